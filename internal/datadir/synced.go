package datadir

import (
	"path/filepath"
	"strings"
)

// syncedNames are the folders such programs make, by the whole name of one
// element, in lower case. Names a person or an office might well bear (Box, Mega,
// Sync) are left to the marks below.
var syncedNames = map[string]bool{
	"onedrive": true, "skydrive": true,
	"dropbox":      true,
	"google drive": true, "googledrive": true, "drivefs": true,
	"my drive": true, "drive của tôi": true,
	"iclouddrive": true, "icloud drive": true, "com~apple~clouddocs": true, "mobile documents": true,
	"nextcloud": true, "owncloud": true, "syncthing": true,
	"megasync": true, "box sync": true, "pclouddrive": true, "pcloud drive": true,
	"yandex.disk": true, "zalo received files": true, "zalopc": true, "zalo": true,
}

// syncedPrefixes are names to which the program adds an account or an office:
// "OneDrive - Sở Nội vụ", "Dropbox (Personal)".
var syncedPrefixes = []string{"onedrive - ", "onedrive-", "dropbox (", "dropbox-", "googledrive-", "nextcloud-", "google drive ("}

func syncedName(element string) bool {
	e := strings.ToLower(strings.TrimSpace(element))
	if syncedNames[e] {
		return true
	}
	for _, p := range syncedPrefixes {
		if strings.HasPrefix(e, p) {
			return true
		}
	}
	return false
}

// syncedVariables name the folders OneDrive keeps, whatever they are called;
// with "known folder move" that can be the Documents folder itself.
var syncedVariables = []string{"OneDrive", "OneDriveConsumer", "OneDriveCommercial"}

func (s surroundings) syncedByVariable(path string) string {
	for _, name := range syncedVariables {
		if s.inside(path, s.env(name)) {
			return name
		}
	}
	return ""
}

// syncMarks are files such programs keep in the root of what they watch.
var syncMarks = []string{".dropbox", ".dropbox.cache", ".stfolder", ".nextcloudsync.log", ".owncloudsync.log", ".tmp.drivedownload", ".tmp.driveupload"}

// syncMark looks for such a file in the folder and all above it. A home folder
// holds ".dropbox" as settings, so there that name alone tells nothing.
func (s surroundings) syncMark(path string) string {
	home := s.env("HOME")
	for dir := path; ; dir = filepath.Dir(dir) {
		for _, name := range syncMarks {
			if name == ".dropbox" && dir == home {
				continue
			}
			if s.marked(dir, name) {
				return filepath.Join(dir, name)
			}
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}
