package evidence

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
)

// Check is what Verify found.
type Check struct {
	Files int
	Bytes int64 // of the files that are whole
	Bad   []Bad
}

// Bad is a file that is not what it was.
type Bad struct {
	SHA256 string
	Err    error
}

// Verify reads every file. A file that is missing it cannot miss: hold the hashes the
// records name against [Store.Has].
func (s *Store) Verify(ctx context.Context) (Check, error) {
	var c Check
	err := s.walk(func(_ string, names []string) error {
		for _, sha := range names {
			if !isSHA(sha) {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			c.Files++
			plain, err := s.Read(sha)
			if errors.Is(err, record.ErrNotFound) { // swept meanwhile
				c.Files--
			} else if err != nil {
				c.Bad = append(c.Bad, Bad{sha, err})
			}
			c.Bytes += int64(len(plain))
		}
		return nil
	})
	return c, err
}

// Sweep removes the files no record names, their thumbnails, and what interrupted
// writes left; it says how many files of evidence went. What was added since [Open]
// stays: the record that names it may be under way. No map at all is a mistake and
// removes nothing.
func (s *Store) Sweep(keep map[string]bool) (int, error) {
	if keep == nil {
		return 0, record.Refuse(record.ErrInvalid, "Chưa biết tệp minh chứng nào đang được dùng nên không dọn.", "Which evidence is in use is not known; nothing was removed.")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	removed := 0
	err := s.walk(func(folder string, names []string) error {
		for _, name := range names {
			sha, _, thumb := strings.Cut(name, thumbMark)
			if !isSHA(sha) || keep[sha] || s.fresh[sha] {
				continue
			}
			if err := os.Remove(filepath.Join(folder, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			if !thumb {
				removed++
			}
		}
		_, err := datadir.Sweep(folder)
		return err
	})
	return removed, err
}

// walk calls visit with each folder of files and the names in it.
func (s *Store) walk(visit func(folder string, names []string) error) error {
	return walk(s.folder, visit)
}

func walk(root string, visit func(folder string, names []string) error) error {
	folders, err := os.ReadDir(root)
	if err != nil {
		return err
	}
	for _, f := range folders {
		if !f.IsDir() || len(f.Name()) != 2 {
			continue
		}
		folder := filepath.Join(root, f.Name())
		entries, err := os.ReadDir(folder)
		if err != nil {
			return err
		}
		var names []string
		for _, e := range entries {
			if e.Type().IsRegular() && strings.HasPrefix(e.Name(), f.Name()) {
				names = append(names, e.Name())
			}
		}
		if err := visit(folder, names); err != nil {
			return err
		}
	}
	return nil
}
