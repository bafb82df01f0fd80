//go:build !windows

package kit

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// places are the person's folders and what is plugged in.
func places() []place {
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	named := userFolders(home)
	all := []place{
		{T("Tài liệu của tôi"), named["DOCUMENTS"]},
		{T("Màn hình nền"), named["DESKTOP"]},
		{T("Tệp tải về"), named["DOWNLOAD"]},
		{T("Thư mục của tôi"), home},
	}
	user := filepath.Base(home)
	for _, pattern := range []string{"/media/" + user + "/*", "/run/media/" + user + "/*", "/media/*", "/mnt/*", "/Volumes/*"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			continue
		}
		for _, path := range found {
			if filepath.Base(path) != user {
				all = append(all, place{T("USB, ổ rời {{.Name}}", map[string]any{"Name": filepath.Base(path)}), path})
			}
		}
	}
	return present(append(all, place{T("Cả máy"), "/"}))
}

// userFolders are the person's folders by what the desktop calls them, which it
// writes down where they are named in the person's language.
func userFolders(home string) map[string]string {
	out := map[string]string{}
	if home == "" {
		return out
	}
	out["DOCUMENTS"], out["DESKTOP"], out["DOWNLOAD"] = filepath.Join(home, "Documents"), filepath.Join(home, "Desktop"), filepath.Join(home, "Downloads")
	config := os.Getenv("XDG_CONFIG_HOME")
	if config == "" {
		config = filepath.Join(home, ".config")
	}
	text, err := os.ReadFile(filepath.Join(config, "user-dirs.dirs"))
	if err != nil {
		return out
	}
	for line := range strings.Lines(string(text)) {
		name, path, ok := strings.Cut(line, "=")
		name, prefixed := strings.CutPrefix(strings.TrimSpace(name), "XDG_")
		name, suffixed := strings.CutSuffix(name, "_DIR")
		path = strings.Replace(strings.Trim(strings.TrimSpace(path), `"`), "$HOME", home, 1)
		if ok && prefixed && suffixed && filepath.IsAbs(path) {
			out[name] = filepath.Clean(path)
		}
	}
	return out
}

// isHidden is for systems that hide by more than a name.
func isHidden(fs.FileInfo) bool { return false }
