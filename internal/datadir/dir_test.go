package datadir

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func openDir(t *testing.T) *Dir {
	t.Helper()
	d, err := Open(filepath.Join(t.TempDir(), "Văn phòng #1 100%", "so"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestOpenMakesTheFolder(t *testing.T) {
	d := openDir(t)
	for range 2 {
		again, err := Open(d.Path())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"backups", "carried", "keys", "outbox", "parked", "quarantine"}, names(t, again.Path())); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	info, err := os.Stat(d.Keys())
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("keys folder: %v, %v", info.Mode(), err)
	}
	if got := filepath.Base(d.Database()); got != "sophobien.db" {
		t.Errorf("database is called %s", got)
	}
}

func TestDefaultPath(t *testing.T) {
	tests := []struct {
		goos string
		env  map[string]string
		want string
	}{
		{"linux", map[string]string{"HOME": "/home/lan"}, "/home/lan/.local/share/sophobien"},
		{"linux", map[string]string{"HOME": "/home/lan", "XDG_DATA_HOME": "/data"}, "/data/sophobien"},
		{"linux", map[string]string{"HOME": "/home/lan", "XDG_DATA_HOME": "data"}, "/home/lan/.local/share/sophobien"},
		{"darwin", map[string]string{"HOME": "/Users/lan"}, "/Users/lan/Library/Application Support/SoPhoBien"},
		{"windows", map[string]string{"LOCALAPPDATA": "/L", "APPDATA": "/R"}, "/L/SoPhoBien"},
		{"windows", map[string]string{"APPDATA": "/R"}, ""},
		{"linux", nil, ""},
	}
	for _, tt := range tests {
		got, err := defaultPath(tt.goos, func(k string) string { return tt.env[k] })
		if got != filepath.FromSlash(tt.want) || (err != nil) != (tt.want == "") {
			t.Errorf("%s %v: %q, %v; want %q", tt.goos, tt.env, got, err, tt.want)
		}
	}
}

func TestDirSweep(t *testing.T) {
	d := openDir(t)
	for _, folder := range d.folders() {
		if err := os.WriteFile(filepath.Join(folder, ".~x.0123456789abcdef.tmp"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := d.Sweep(); n != 7 || err != nil {
		t.Errorf("Sweep = %d, %v; want 7", n, err)
	}
	if n, err := d.Sweep(); n != 0 || err != nil {
		t.Errorf("second Sweep = %d, %v", n, err)
	}
}

func TestMakeFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a", "b")
	for range 2 {
		if err := MakeFolder(folder); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		t.Errorf("no folder: %v", err)
	}
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := MakeFolder(file); err == nil {
		t.Error("a file was taken for a folder")
	}
}

func TestSpace(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "not", "yet")
	free, err := Free(missing)
	if err != nil || free <= 0 {
		t.Fatalf("Free = %d, %v", free, err)
	}
	if err := Need(missing, 1); err != nil {
		t.Errorf("Need(1) = %v", err)
	}
	err = Need(missing, math.MaxInt64)
	var space *SpaceError
	if !errors.As(err, &space) {
		t.Fatalf("Need(all) = %v, want a SpaceError", err)
	}
	if space.Path != missing || space.Need != math.MaxInt64 || space.Free <= 0 {
		t.Errorf("error = %+v", space)
	}
}

func TestReserve(t *testing.T) {
	d := openDir(t)
	for range 2 {
		if err := d.EnsureReserve(); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(d.reserveFile())
		if err != nil || info.Size() != ReserveSize {
			t.Fatalf("reserve: %v, %v", info, err)
		}
	}
	for range 2 {
		if err := d.ReleaseReserve(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(d.reserveFile()); !os.IsNotExist(err) {
		t.Errorf("reserve is still there: %v", err)
	}
}

func TestMark(t *testing.T) {
	d := openDir(t)
	if _, ok, err := d.ReadMark(); ok || err != nil {
		t.Errorf("no mark: %v, %v", ok, err)
	}
	want := Mark{Stream: "00ff", N: math.MaxUint64, Head: "abcd"}
	if err := d.WriteMark(want); err != nil {
		t.Fatal(err)
	}
	got, ok, err := d.ReadMark()
	if diff := cmp.Diff(want, got); diff != "" || !ok || err != nil {
		t.Errorf("%v, %v (-want +got):\n%s", ok, err, diff)
	}
}

func TestTornMarkIsNoMark(t *testing.T) {
	d := openDir(t)
	if err := d.WriteMark(Mark{Stream: "00ff", N: 7, Head: "abcd"}); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(d.markFile())
	if err != nil {
		t.Fatal(err)
	}
	json := bytes.TrimSpace(whole)
	torn := [][]byte{make([]byte, len(whole)), bytes.Repeat(whole, 2), []byte("{}"), []byte(`{"stream":"zz","n":1,"head":"ab"}`)}
	for i := range json {
		torn = append(torn, json[:i])
	}
	for _, text := range torn {
		if err := os.WriteFile(d.markFile(), text, 0o600); err != nil {
			t.Fatal(err)
		}
		if m, ok, err := d.ReadMark(); ok || err != nil || m != (Mark{}) {
			t.Errorf("%q read as %v, %v, %v", text, m, ok, err)
		}
	}
}

func FuzzParseMark(f *testing.F) {
	f.Add([]byte(`{"stream":"00","n":1,"head":"ab"}`))
	f.Add([]byte(`{"stream":"00","n":-1,"head":""}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, ok := parseMark(text)
		if ok != (m != Mark{}) || ok && (!isHex(m.Stream) || !isHex(m.Head)) {
			t.Errorf("%q read as %v, %v", text, m, ok)
		}
	})
}
