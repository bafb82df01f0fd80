package evidence

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
)

// Store is the folder of evidence of one office. Many may use it at once; only one
// program at a time may have the office's folder.
type Store struct {
	folder string
	box    *box
	work   chan struct{} // one picture is decoded at a time: each takes hundreds of megabytes

	mu    sync.Mutex
	fresh map[string]bool // added since Open: a record that names it may yet be stored
}

// Open opens the evidence of an office under its key, and removes what interrupted
// writes left.
func Open(dir *datadir.Dir, key [32]byte) (*Store, error) {
	if err := datadir.MakeFolder(dir.Evidence()); err != nil {
		return nil, err
	}
	s := &Store{folder: dir.Evidence(), box: newBox(key), work: make(chan struct{}, 1), fresh: map[string]bool{}}
	return s, s.walk(func(folder string, _ []string) error {
		_, err := datadir.Sweep(folder)
		return err
	})
}

// AddFile keeps a file of the disk.
func (s *Store) AddFile(ctx context.Context, path string) (record.Evidence, error) {
	f, err := os.Open(path)
	if err != nil {
		return record.Evidence{}, refuseUnread(cleanName(path), err)
	}
	defer f.Close()
	return s.Add(ctx, path, f)
}

// Add keeps what r gives, under a name for people, and says what it kept.
func (s *Store) Add(ctx context.Context, name string, r io.Reader) (record.Evidence, error) {
	name = cleanName(name)
	raw, err := readAll(name, r)
	if err != nil {
		return record.Evidence{}, err
	}
	select {
	case s.work <- struct{}{}:
		defer func() { <-s.work }()
	case <-ctx.Done():
		return record.Evidence{}, ctx.Err()
	}
	e, kept, err := prepare(ctx, name, raw)
	if err != nil {
		return record.Evidence{}, err
	}
	if err := ctx.Err(); err != nil {
		return record.Evidence{}, err
	}
	return e, s.keep(e.SHA256, kept)
}

// Keep keeps bytes of the program's own making, as they are, and gives their hash.
func (s *Store) Keep(plain []byte) (sha string, err error) {
	sha = shaOf(plain)
	return sha, s.keep(sha, plain)
}

// keep writes the bytes unless they are there, whole.
func (s *Store) keep(sha string, plain []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.Read(sha); err == nil {
		s.fresh[sha] = true
		return nil
	}
	path := s.path(sha)
	if err := datadir.MakeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	if err := datadir.WriteFile(path, s.box.seal(s.box.files, sha, plain)); err != nil {
		return err
	}
	s.fresh[sha] = true
	return nil
}

// Read gives the bytes kept under a hash.
func (s *Store) Read(sha string) ([]byte, error) {
	if !isSHA(sha) {
		return nil, refuseSHA()
	}
	sealed, err := readSealed(s.path(sha))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, refuseMissing().Because(err)
	}
	if err != nil {
		return nil, refuseDamaged().Because(err)
	}
	plain, err := s.box.open(s.box.files, sha, sealed)
	if err != nil || shaOf(plain) != sha {
		return nil, refuseDamaged().Because(err)
	}
	return plain, nil
}

// Has reports whether a file is there under a hash, without reading it.
func (s *Store) Has(sha string) bool {
	if !isSHA(sha) {
		return false
	}
	info, err := os.Stat(s.path(sha))
	return err == nil && info.Mode().IsRegular()
}

func (s *Store) path(sha string) string { return pathIn(s.folder, sha) }

// readAll reads a file that is not too large; one whose size can be asked is not
// read to find out.
func readAll(name string, r io.Reader) ([]byte, error) {
	size := int64(0)
	if f, ok := r.(interface{ Stat() (fs.FileInfo, error) }); ok {
		if info, err := f.Stat(); err == nil {
			if info.IsDir() {
				return nil, refuseFolder(name)
			}
			size = info.Size()
		}
	}
	if size > MostBytes {
		return nil, refuseLarge(name, size)
	}
	raw, err := readUpTo(r, MostBytes, size)
	if errors.Is(err, errLarge) {
		return nil, refuseLarge(name, 0)
	}
	if err != nil {
		return nil, refuseUnread(name, err)
	}
	if len(raw) == 0 {
		return nil, refuseEmpty(name)
	}
	return raw, nil
}

var errLarge = errors.New("larger than the limit")

// readUpTo reads at most so many bytes, into room for as many as are expected.
func readUpTo(r io.Reader, most, expected int64) ([]byte, error) {
	raw := make([]byte, 0, min(expected, most)+512)
	r = io.LimitReader(r, most+1)
	for {
		n, err := r.Read(raw[len(raw):cap(raw)])
		raw = raw[:len(raw)+n]
		switch {
		case int64(len(raw)) > most:
			return nil, errLarge
		case err == io.EOF:
			return raw, nil
		case err != nil:
			return nil, err
		case len(raw) == cap(raw):
			raw = append(raw, 0)[:len(raw)]
		}
	}
}

func readSealed(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return readUpTo(f, MostBytes+sealedExtra, info.Size())
}

func shaOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func isSHA(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) == 2*sha256.Size
}
