package evidence

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sophobien/internal/datadir"
)

// Copied is what a copy of files brought.
type Copied struct {
	Files   int      // written anew
	Bytes   int64    // of these, sealed
	Missing []string // hashes of the files that are whole neither here nor there
}

// CopyTo writes files to another folder, sealed as they are and lying as they do
// here. A file that is there already is not written again; one that is damaged here
// never replaces it. Disks that files are copied to are read back.
func (s *Store) CopyTo(ctx context.Context, folder string, shas []string) (Copied, error) {
	var c Copied
	var due []string
	var room int64
	for _, sha := range uniqueSHA(shas) {
		from, to := s.path(sha), pathIn(folder, sha)
		if sameFile(from, to) {
			continue
		}
		if info, err := os.Stat(from); err == nil {
			room += info.Size()
			due = append(due, sha)
		} else if !isThere(to) {
			c.Missing = append(c.Missing, sha)
		}
	}
	if len(due) == 0 {
		return c, nil
	}
	if err := datadir.Need(folder, room); err != nil {
		return c, err
	}
	for _, sha := range due {
		if err := ctx.Err(); err != nil {
			return c, err
		}
		if err := s.copyOne(&c, s.path(sha), pathIn(folder, sha), sha); err != nil {
			return c, err
		}
	}
	return c, nil
}

// TakeFrom brings the files of a folder that [Store.CopyTo] wrote, as far as they are
// whole and are not here whole. A folder that is not there holds none.
func (s *Store) TakeFrom(ctx context.Context, folder string) (Copied, error) {
	var c Copied
	var due []string
	var room int64
	err := walk(folder, func(in string, names []string) error {
		for _, sha := range names {
			if !isSHA(sha) {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if _, err := s.Read(sha); err == nil {
				continue
			}
			if info, err := os.Stat(filepath.Join(in, sha)); err == nil {
				room += info.Size()
				due = append(due, sha)
			}
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(due) == 0 {
		return c, nil
	}
	if err == nil {
		err = datadir.Need(s.folder, room)
	}
	for _, sha := range due {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = s.copyOne(&c, pathIn(folder, sha), s.path(sha), sha)
		}
	}
	return c, err
}

// copyOne copies a file that is whole and this office's; any other is only noted as
// missing, unless the place it was to go to has one.
func (s *Store) copyOne(c *Copied, from, to, sha string) error {
	sealed, err := readSealed(from)
	if err == nil {
		var plain []byte
		if plain, err = s.box.open(s.box.files, sha, bytes.Clone(sealed)); err == nil && shaOf(plain) != sha {
			err = errSealed
		}
	}
	if err != nil {
		if !isThere(to) {
			c.Missing = append(c.Missing, sha)
		}
		return nil
	}
	if err := datadir.MakeFolder(filepath.Dir(to)); err != nil {
		return err
	}
	if err := datadir.WriteFileVerified(to, sealed); err != nil {
		return err
	}
	c.Files++
	c.Bytes += int64(len(sealed))
	return nil
}

// Remove takes files out of a folder that [Store.CopyTo] wrote, and what interrupted
// copies left there. Files it is not told of stay.
func Remove(folder string, shas []string) error {
	for _, sha := range uniqueSHA(shas) {
		if err := os.Remove(pathIn(folder, sha)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	err := walk(folder, func(in string, _ []string) error {
		_, err := datadir.Sweep(in)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func pathIn(folder, sha string) string { return filepath.Join(folder, sha[:2], sha) }

func isThere(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func uniqueSHA(shas []string) []string {
	out := slices.DeleteFunc(slices.Clone(shas), func(sha string) bool { return !isSHA(sha) })
	slices.Sort(out)
	return slices.Compact(out)
}

// sameFile tells by length and nonce whether two sealed files are copies of one: no
// nonce is drawn twice. What lies behind the nonce is proven when it is read.
func sameFile(a, b string) bool {
	x, sizeA := headOf(a)
	y, sizeB := headOf(b)
	return x != "" && x == y && sizeA == sizeB
}

func headOf(path string) (string, int64) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0
	}
	defer f.Close()
	info, err := f.Stat()
	head := make([]byte, sealedHead)
	if _, read := io.ReadFull(f, head); err != nil || read != nil || !strings.HasPrefix(string(head), magic) {
		return "", 0
	}
	return string(head), info.Size()
}
