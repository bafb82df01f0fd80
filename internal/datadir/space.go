package datadir

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// SpaceError says that a disk is full or too full for what was about to be done.
// Need and Free are bytes; Need is 0 when a write failed before anybody asked.
type SpaceError struct {
	Path       string
	Need, Free int64
	Cause      error
}

func (e *SpaceError) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("no space left on the disk of %s: %v", e.Path, e.Cause)
	}
	return fmt.Sprintf("%s needs %d bytes, its disk has %d free", e.Path, e.Need, e.Free)
}

func (e *SpaceError) Unwrap() error { return e.Cause }

// Free is how many bytes this user may still write on the disk of path, which
// need not exist yet.
func Free(path string) (int64, error) {
	there, _ := nearest(path)
	n, err := freeBytes(there)
	if err != nil {
		return 0, fmt.Errorf("free space of %s: %w", path, err)
	}
	return n, nil
}

// Need returns a [*SpaceError] when the disk of path has fewer than n bytes free.
func Need(path string, n int64) error {
	free, err := Free(path)
	if err != nil {
		return err
	}
	if free < n {
		return &SpaceError{Path: path, Need: n, Free: free}
	}
	return nil
}

// ReserveSize is the room kept back: on a full disk SQLite can neither delete nor
// checkpoint, so there must be something to let go of.
const ReserveSize = 16 << 20

// EnsureReserve makes the reserve file if it is not there. On a disk that could
// not bear it, it makes none and returns a [*SpaceError].
func (d *Dir) EnsureReserve() error {
	info, err := os.Stat(d.reserveFile())
	if err == nil && info.Size() == ReserveSize {
		return nil
	}
	if err := Need(d.path, 4*ReserveSize); err != nil {
		return err
	}
	// Random bytes, since a compressing file system would keep zeros in no room.
	return WriteStream(d.reserveFile(), func(w io.Writer) error {
		_, err := io.CopyN(w, rand.Reader, ReserveSize)
		return err
	})
}

// ReleaseReserve gives the reserve back to the disk, to finish what was begun.
func (d *Dir) ReleaseReserve() error {
	err := os.Remove(d.reserveFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("release the reserve: %w", err)
	}
	return syncFolder(filepath.Dir(d.reserveFile()))
}
