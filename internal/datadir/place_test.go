package datadir

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestCheckName(t *testing.T) {
	windowsEnv := map[string]string{
		"APPDATA":            `D:\Profiles\lan\Settings`,
		"OneDriveCommercial": `C:\Users\lan\Tài liệu chung`,
	}
	tests := []struct {
		goos, path string
		want       Reason
	}{
		{"windows", `\\sv01\chung\sophobien`, Network},
		{"windows", `//sv01/chung/sophobien`, Network},
		{"windows", `\\?\UNC\sv01\chung`, Network},
		{"windows", `\\?\unc\sv01\chung`, Network},
		{"windows", `\\?\C:\SoPhoBien`, ""},
		{"windows", `C:\Users\lan\AppData\Local\SoPhoBien`, ""},
		{"windows", `C:\Users\lan\AppData\Roaming\SoPhoBien`, Roaming},
		{"windows", `c:\users\lan\appdata\roaming`, Roaming},
		{"windows", `d:/profiles/LAN/settings/so`, Roaming},
		{"windows", `D:\Profiles\lan\SettingsOld\so`, ""},
		{"windows", `C:\Users\lan\OneDrive\So`, Synced},
		{"windows", `C:\Users\lan\OneDrive - Sở Nội vụ\So`, Synced},
		{"windows", `C:\Users\lan\Tài liệu chung\So`, Synced},
		{"windows", `C:\Users\lan\Documents\Zalo Received Files\So`, Synced},
		{"windows", `C:\Users\lan\iCloudDrive`, Synced},
		{"windows", `G:\My Drive\So`, Synced},
		{"windows", `G:\Drive của tôi\So`, Synced},
		{"windows", `C:\Users\lan\Dropbox (Personal)\So`, Synced},
		{"windows", `C:\Users\lan\Google Drive\So`, Synced},
		{"windows", `D:\So pho bien`, ""},
		{"windows", `D:\Onedrivers\So`, ""},
		{"linux", "/home/lan/.local/share/sophobien", ""},
		{"linux", "//home//lan", ""},
		{"linux", "/home/lan/Nextcloud/so", Synced},
		{"linux", "/home/lan/dropbox/so", Synced},
		{"linux", `/home/lan/a\onedrive\b`, ""},
		{"linux", "/home/lan/AppData/Roaming", ""},
		{"darwin", "/Users/lan/Library/Application Support/SoPhoBien", ""},
		{"darwin", "/Users/lan/Library/CloudStorage/Box-Box/so", Synced},
		{"darwin", "/Users/lan/Library/Mobile Documents/com~apple~CloudDocs/so", Synced},
	}
	for _, tt := range tests {
		s := surroundings{goos: tt.goos, env: func(k string) string {
			if tt.goos == "windows" {
				return windowsEnv[k]
			}
			return ""
		}}
		err := s.checkName(tt.path, tt.path)
		if got := reasonOf(err); got != tt.want {
			t.Errorf("%s %s: %q (%v), want %q", tt.goos, tt.path, got, err, tt.want)
		}
		if err != nil && !strings.Contains(err.Error(), tt.path) {
			t.Errorf("%v does not name the path", err)
		}
	}
}

func reasonOf(err error) Reason {
	var p *PlaceError
	if errors.As(err, &p) {
		return p.Reason
	}
	return ""
}

// here is a machine where everything is well.
func here() surroundings {
	s := system()
	s.remote = func(string) (string, bool) { return "", false }
	s.probe = func(string) error { return nil }
	s.marked = func(string, string) bool { return false }
	return s
}

func TestCheckAsksTheMachine(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	fails := func(err error) func(*surroundings) {
		return func(s *surroundings) {
			s.probe = func(p string) error { return &fs.PathError{Op: "open", Path: p, Err: err} }
		}
	}
	tests := []struct {
		name   string
		path   string
		change func(*surroundings)
		want   Reason
	}{
		{"well", folder, func(*surroundings) {}, ""},
		{"not there yet", filepath.Join(folder, "a", "b"), func(*surroundings) {}, ""},
		{"a file", file, func(*surroundings) {}, NotFolder},
		{"below a file", filepath.Join(file, "a"), func(*surroundings) {}, NotFolder},
		{"read-only disk", folder, fails(syscall.EROFS), ReadOnly},
		{"no right", folder, fails(fs.ErrPermission), ReadOnly},
		{"no right above", filepath.Join(folder, "a", "b"), fails(syscall.EACCES), ReadOnly},
		{"share", folder, func(s *surroundings) {
			s.remote = func(string) (string, bool) { return "nfs", true }
		}, Network},
		{"watched above", filepath.Join(folder, "a"), func(s *surroundings) {
			s.marked = func(dir, name string) bool { return dir == filepath.Dir(realPath(t, folder)) && name == ".stfolder" }
		}, Synced},
		{"leads elsewhere", folder, func(s *surroundings) {
			s.real = func(string) (string, error) { return "/home/lan/OneDrive/so", nil }
		}, Synced},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := here()
			tt.change(&s)
			err := s.check(tt.path)
			if got := reasonOf(err); got != tt.want || (err == nil) != (tt.want == "") {
				t.Errorf("check = %v, want %q", err, tt.want)
			}
		})
	}
}

func realPath(t *testing.T, path string) string {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		t.Fatal(err)
	}
	return real
}

func TestCheckFullDisk(t *testing.T) {
	s := here()
	s.probe = func(string) error { return fullDisk }
	var space *SpaceError
	if err := s.check(t.TempDir()); !errors.As(err, &space) {
		t.Errorf("check = %v, want a SpaceError", err)
	}
}

func TestCheckLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	if err := Check(filepath.Join(folder, "a", "b")); err != nil {
		t.Fatal(err)
	}
	if got := names(t, folder); got != nil {
		t.Errorf("left %v", got)
	}
}

func TestSyncMarkSparesHome(t *testing.T) {
	home := filepath.FromSlash("/home/lan")
	s := here()
	s.env = func(k string) string { return map[string]string{"HOME": home}[k] }
	s.marked = func(dir, name string) bool { return dir == home && name == ".dropbox" }
	if got := s.syncMark(filepath.Join(home, "so")); got != "" {
		t.Errorf("settings of Dropbox in the home folder taken for a mark: %s", got)
	}
	s.marked = func(dir, name string) bool { return dir == filepath.Join(home, "D") && name == ".dropbox" }
	if got := s.syncMark(filepath.Join(home, "D", "so")); got == "" {
		t.Error("mark of a renamed Dropbox folder overlooked")
	}
}
