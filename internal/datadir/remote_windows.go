package datadir

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

func remoteFS(path string) (string, bool) {
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(path) + `\`)
	if err != nil {
		return "", false
	}
	return "network drive", windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
