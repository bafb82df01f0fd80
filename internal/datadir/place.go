package datadir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Reason says why a folder cannot hold the record.
type Reason string

// The reasons for which [Check] refuses a folder.
const (
	Network   Reason = "network share"
	Synced    Reason = "folder kept in step by a synchronisation program"
	Roaming   Reason = "roaming profile"
	ReadOnly  Reason = "cannot be written to"
	NotFolder Reason = "not a folder"
)

// PlaceError refuses a folder. Detail names what gave it away: the element of
// the path, the variable, the kind of file system.
type PlaceError struct {
	Path   string
	Reason Reason
	Detail string
	Cause  error
}

func (e *PlaceError) Error() string {
	s := fmt.Sprintf("folder %s cannot hold the record: %s", e.Path, e.Reason)
	if e.Detail != "" {
		s += " (" + e.Detail + ")"
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

func (e *PlaceError) Unwrap() error { return e.Cause }

// placeOf turns a failure to make or write something in a folder into a refusal
// of the folder; a full disk is another matter.
func placeOf(path string, err error) error {
	if isFull(err) {
		return &SpaceError{Path: path, Cause: err}
	}
	if isNotFolder(err) {
		return &PlaceError{Path: path, Reason: NotFolder, Cause: err}
	}
	return &PlaceError{Path: path, Reason: ReadOnly, Cause: err}
}

// Check refuses a folder that cannot hold the record, with a [*PlaceError]. The
// folder need not exist yet: then its nearest parent is looked at. Check leaves
// nothing behind.
func Check(path string) error {
	return system().check(path)
}

// surroundings is what Check asks the machine. Tests answer in its place, since
// a superuser can write anywhere and a test machine has no network share.
type surroundings struct {
	goos   string
	env    func(string) string
	real   func(string) (string, error) // symbolic links resolved
	remote func(string) (string, bool)  // kind of remote file system, if it is one
	probe  func(string) error           // write and remove a file
	marked func(folder, name string) bool
}

func system() surroundings {
	return surroundings{
		goos: runtime.GOOS, env: os.Getenv, real: filepath.EvalSymlinks,
		remote: remoteFS, probe: probeWrite,
		marked: func(folder, name string) bool {
			_, err := os.Lstat(filepath.Join(folder, name))
			return err == nil
		},
	}
}

func (s surroundings) check(path string) error {
	if err := s.checkName(path, path); err != nil {
		return err
	}
	there, rest := nearest(path)
	real, err := s.real(there)
	if err != nil {
		return placeOf(path, err)
	}
	// Links and junctions are how a synced folder hides behind a plain name.
	if err := s.checkName(path, filepath.Join(real, rest)); err != nil {
		return err
	}
	if kind, yes := s.remote(real); yes {
		return &PlaceError{Path: path, Reason: Network, Detail: kind}
	}
	if detail := s.syncMark(real); detail != "" {
		return &PlaceError{Path: path, Reason: Synced, Detail: detail}
	}
	if info, err := os.Stat(real); err != nil || !info.IsDir() {
		return &PlaceError{Path: path, Reason: NotFolder, Detail: real, Cause: err}
	}
	if err := s.probe(real); err != nil {
		return placeOf(path, err)
	}
	return nil
}

// nearest splits a path into the longest part that exists and the rest.
func nearest(path string) (there, rest string) {
	for there = filepath.Clean(path); ; {
		if _, err := os.Lstat(there); !errors.Is(err, fs.ErrNotExist) {
			return there, rest
		}
		up := filepath.Dir(there)
		if up == there {
			return there, rest
		}
		rest = filepath.Join(filepath.Base(there), rest)
		there = up
	}
}

func probeWrite(folder string) error {
	f, err := createTemp(filepath.Join(folder, "probe"))
	if err != nil {
		return err
	}
	_, err = f.Write([]byte("probe"))
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}

// checkName refuses by the name alone; asked is the path the person gave.
func (s surroundings) checkName(asked, path string) error {
	refuse := func(r Reason, detail string) error {
		return &PlaceError{Path: asked, Reason: r, Detail: detail}
	}
	if s.goos == "windows" && isUNC(path) {
		return refuse(Network, "UNC path")
	}
	if name := s.syncedByVariable(path); name != "" {
		return refuse(Synced, name)
	}
	parts := s.split(path)
	for i, p := range parts {
		if syncedName(p) {
			return refuse(Synced, p)
		}
		if i > 0 && strings.EqualFold(p, "CloudStorage") && strings.EqualFold(parts[i-1], "Library") {
			return refuse(Synced, "Library/CloudStorage")
		}
		if s.goos == "windows" && i > 0 && strings.EqualFold(p, "Roaming") && strings.EqualFold(parts[i-1], "AppData") {
			return refuse(Roaming, `AppData\Roaming`)
		}
	}
	if s.goos == "windows" && s.inside(path, s.env("APPDATA")) {
		return refuse(Roaming, "APPDATA")
	}
	return nil
}

// isUNC recognises \\server\share and its long form; \\?\C:\ is a local disk.
func isUNC(path string) bool {
	p := strings.ReplaceAll(path, "/", `\`)
	if !strings.HasPrefix(p, `\\`) {
		return false
	}
	if strings.HasPrefix(p, `\\?\`) || strings.HasPrefix(p, `\\.\`) {
		return len(p) >= 8 && strings.EqualFold(p[4:8], `UNC\`)
	}
	return true
}

// split gives the elements of a path as the system of the path sees them.
func (s surroundings) split(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool {
		return r == '/' || s.goos == "windows" && r == '\\'
	})
}

// inside reports whether path is folder or lies below it, ignoring case as the
// systems that set such variables do.
func (s surroundings) inside(path, folder string) bool {
	in, out := s.split(path), s.split(folder)
	if len(out) == 0 || len(in) < len(out) {
		return false
	}
	for i := range out {
		if !strings.EqualFold(in[i], out[i]) {
			return false
		}
	}
	return true
}
