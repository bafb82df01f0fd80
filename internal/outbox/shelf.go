package outbox

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
)

// Shelf is a folder of sealed files.
type Shelf struct {
	Folder string
	Files  int   // how many it holds at most
	Bytes  int64 // and how much
}

// Kept is a file on a shelf.
type Kept struct {
	Name   string // on the shelf
	SHA256 string // of its bytes, the first 16 digits
	Size   int64
	At     time.Time // when it was put there
}

// ErrFull says that a shelf holds no more.
var ErrFull = record.Refuse(record.ErrSpace,
	"Chỗ giữ tệp chờ đã đầy; hãy giao bớt hoặc xóa tệp cũ trong Trao đổi.",
	"There is no more room for waiting files; hand some over or remove old ones in the exchange.")

// plain keeps a name harmless on every disk.
var plain = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// Put keeps a file under its name and hash. One that is there already stays as it is.
func (s Shelf) Put(name string, data []byte) (Kept, error) {
	sum := sha256.Sum256(data)
	id := hex.EncodeToString(sum[:8])
	list, err := s.List()
	if err != nil {
		return Kept{}, err
	}
	var bytes int64
	for _, k := range list {
		if k.SHA256 == id {
			return k, nil
		}
		bytes += k.Size
	}
	if len(list) >= s.Files || bytes+int64(len(data)) > s.Bytes {
		return Kept{}, ErrFull
	}
	name = plain.ReplaceAllString(filepath.Base(name), "_")
	name = id + "_" + name[max(0, len(name)-80):]
	if err := datadir.MakeFolder(s.Folder); err != nil {
		return Kept{}, err
	}
	if err := datadir.WriteFile(filepath.Join(s.Folder, name), data); err != nil {
		return Kept{}, err
	}
	return Kept{Name: name, SHA256: id, Size: int64(len(data)), At: time.Time{}}, nil
}

// List gives what is on the shelf, the oldest first. Anything else in the folder is
// nobody's business.
func (s Shelf) List() ([]Kept, error) {
	entries, err := os.ReadDir(s.Folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Kept
	for _, e := range entries {
		st, err := e.Info()
		if err != nil || !st.Mode().IsRegular() || !isKept(e.Name()) {
			continue
		}
		out = append(out, Kept{e.Name(), e.Name()[:16], st.Size(), st.ModTime()})
	}
	slices.SortStableFunc(out, func(a, b Kept) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Name, b.Name)) })
	return out, nil
}

func isKept(name string) bool {
	if len(name) < 18 || name[16] != '_' {
		return false
	}
	_, err := hex.DecodeString(name[:16])
	return err == nil
}

// Read gives the bytes of a kept file; one that is no longer what it was is damaged.
func (s Shelf) Read(k Kept) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(s.Folder, k.Name))
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:8]) != k.SHA256 {
		return nil, fmt.Errorf("%w: %s", record.ErrDamaged, k.Name)
	}
	return data, nil
}

// Original is the name the file came under.
func (k Kept) Original() string { return k.Name[17:] }

// Drop removes a file; that it is gone already is no fault.
func (s Shelf) Drop(k Kept) error {
	err := os.Remove(filepath.Join(s.Folder, k.Name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Expire drops what was put there before a time.
func (s Shelf) Expire(before time.Time) error {
	list, err := s.List()
	if err != nil {
		return err
	}
	for _, k := range list {
		if k.At.Before(before) {
			err = errors.Join(err, s.Drop(k))
		}
	}
	return err
}
