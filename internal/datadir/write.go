package datadir

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"regexp"
)

// WriteFile puts data where path says, in one step: a reader, and whoever comes
// after a power cut, finds the old file or the new one.
func WriteFile(path string, data []byte) error {
	return WriteStream(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// WriteFileVerified is [WriteFile] for a disk one does not trust, such as a stick:
// the bytes are read back and compared before the old file is replaced.
func WriteFileVerified(path string, data []byte) error {
	t := &temp{path: path, sum: sha256.New()}
	return t.run(func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// WriteStream is [WriteFile] for content that is made while it is written. When
// write fails nothing is left behind, and a write that fails before its first
// byte has touched no disk at all.
func WriteStream(path string, write func(io.Writer) error) error {
	t := &temp{path: path}
	return t.run(write)
}

// temp is a file under way, beside its target so that the rename stays on one disk.
type temp struct {
	path string
	file *os.File
	sum  hash.Hash // not nil: compare with what the disk gives back
}

func (t *temp) run(write func(io.Writer) error) (err error) {
	defer func() {
		if err != nil {
			t.discard()
			err = writeError(t.path, err)
		}
	}()
	if err := write(t); err != nil {
		return err
	}
	if err := t.open(); err != nil {
		return err
	}
	if err := t.finish(); err != nil {
		return err
	}
	if err := replaceFile(t.file.Name(), t.path); err != nil {
		return err
	}
	t.file = nil // it has its name: from here nothing may remove it
	return syncFolder(filepath.Dir(t.path))
}

// Write makes the file at the first byte.
func (t *temp) Write(p []byte) (int, error) {
	if err := t.open(); err != nil {
		return 0, err
	}
	if t.sum != nil {
		t.sum.Write(p)
	}
	return t.file.Write(p)
}

func (t *temp) open() (err error) {
	if t.file == nil {
		t.file, err = createTemp(t.path)
	}
	return err
}

func (t *temp) finish() error {
	if err := t.file.Sync(); err != nil {
		return err
	}
	if t.sum != nil {
		if err := t.compare(); err != nil {
			return err
		}
	}
	return t.file.Close()
}

func (t *temp) compare() error {
	dropCache(t.file)
	if _, err := t.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	again := sha256.New()
	if _, err := io.Copy(again, t.file); err != nil {
		return err
	}
	if !bytes.Equal(again.Sum(nil), t.sum.Sum(nil)) {
		return ErrReadBack
	}
	return nil
}

func (t *temp) discard() {
	if t.file != nil {
		t.file.Close() // a second close is harmless
		os.Remove(t.file.Name())
	}
}

// ErrReadBack says that a disk gave back other bytes than were written to it.
var ErrReadBack = errors.New("the disk gave back other bytes than were written")

// writeError names the file, and gives a full disk its type.
func writeError(path string, err error) error {
	if isFull(err) {
		return &SpaceError{Path: path, Cause: err}
	}
	return fmt.Errorf("write %s: %w", path, err)
}

// createTemp makes a new file beside path that only this user can read.
func createTemp(path string) (*os.File, error) {
	return os.OpenFile(TempName(path), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}

// MakeFolder makes a folder of this user's alone, and the ones it stands in, so that what
// is then written to it lasts through a power cut. One that is there already is fine.
func MakeFolder(path string) error { return makeFolder(path, 0o700) }

// MakeSharedFolder is [MakeFolder] for one that others may look into, as their system has
// it: on a stick, or where backups are kept.
func MakeSharedFolder(path string) error { return makeFolder(path, 0o777) }

func makeFolder(path string, mode os.FileMode) error {
	if isFolder(path) {
		return nil
	}
	up := filepath.Dir(path)
	if up != path {
		if err := makeFolder(up, mode); err != nil {
			return err
		}
	}
	if err := os.Mkdir(path, mode); err != nil && !isFolder(path) {
		return writeError(path, err)
	}
	return syncFolder(up)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

var tempName = regexp.MustCompile(`^\.~.+\.[0-9a-f]{16}\.tmp(-journal|-wal|-shm)?$`)

// Sweep removes what interrupted writes left in one folder, what SQLite keeps
// beside a copy under way included, and says how many
// files that were. It knows them by their name and touches nothing else.
func Sweep(folder string) (int, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return 0, fmt.Errorf("sweep: %w", err)
	}
	var n int
	var errs []error
	for _, e := range entries {
		if !e.Type().IsRegular() || !tempName.MatchString(e.Name()) {
			continue
		}
		if err := os.Remove(filepath.Join(folder, e.Name())); err != nil {
			errs = append(errs, fmt.Errorf("sweep: %w", err))
			continue
		}
		n++
	}
	return n, errors.Join(errs...)
}

// TempName is a name beside path for a file that another library writes, such
// as a copy of the database; [Sweep] knows it. [Publish] gives it its own name.
func TempName(path string) string {
	var random [8]byte
	rand.Read(random[:])
	return filepath.Join(filepath.Dir(path), ".~"+filepath.Base(path)+"."+hex.EncodeToString(random[:])+".tmp")
}

// Publish moves a finished file of [TempName] to its place, in one step that
// lasts through a power cut.
func Publish(temp, path string) error {
	f, err := os.OpenFile(temp, os.O_RDWR, 0)
	if err != nil {
		return writeError(path, err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return writeError(path, err)
	}
	if err := replaceFile(temp, path); err != nil {
		return writeError(path, err)
	}
	return syncFolder(filepath.Dir(path))
}
