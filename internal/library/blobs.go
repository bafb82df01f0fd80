package library

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sync"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
)

// blobStore is files under the hash of what is in them, in folders by the first two
// digits. A file there was whole when it was put there.
type blobStore struct {
	folder string

	mu     sync.Mutex
	proven map[string]bool // compared with their hash since the program began; false: damaged
}

var (
	blobName   = regexp.MustCompile(`^[0-9a-f]{64}$`)
	blobFolder = regexp.MustCompile(`^[0-9a-f]{2}$`)
)

// openBlobs also removes what an interrupted copy left.
func openBlobs(folder string) (*blobStore, error) {
	if err := datadir.MakeFolder(folder); err != nil {
		return nil, err
	}
	s := &blobStore{folder: folder, proven: map[string]bool{}}
	return s, s.eachFolder(func(path string) error {
		_, err := datadir.Sweep(path)
		return err
	})
}

func (s *blobStore) eachFolder(do func(path string) error) error {
	entries, err := os.ReadDir(s.folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() && blobFolder.MatchString(e.Name()) {
			if err := do(filepath.Join(s.folder, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// each names all blobs there are, with their sizes.
func (s *blobStore) each(do func(sum string, size int64) error) error {
	return s.eachFolder(func(path string) error {
		entries, err := os.ReadDir(path)
		if err != nil {
			return err
		}
		for _, e := range entries {
			info, err := e.Info()
			if err != nil || !blobName.MatchString(e.Name()) {
				continue // gone meanwhile, or not ours
			}
			if err := do(e.Name(), info.Size()); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *blobStore) path(sum string) string { return filepath.Join(s.folder, sum[:2], sum) }

// has reports whether a blob of that size is here, and not known to be damaged; a size of
// -1 is any.
func (s *blobStore) has(sum string, size int64) bool {
	if !blobName.MatchString(sum) {
		return false
	}
	s.mu.Lock()
	whole, known := s.proven[sum]
	s.mu.Unlock()
	if known && !whole {
		return false
	}
	info, err := os.Stat(s.path(sum))
	return err == nil && info.Mode().IsRegular() && (size < 0 || info.Size() == size)
}

// put lays a blob by. copy fails unless what it wrote is the blob.
func (s *blobStore) put(sum string, copy func(io.Writer) error) error {
	path := s.path(sum)
	if err := datadir.MakeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	if err := datadir.WriteStream(path, copy); err != nil {
		return err
	}
	s.note(sum, true)
	return nil
}

func (s *blobStore) note(sum string, whole bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.proven[sum] = whole
}

// open gives the bytes of a blob, which are compared with the hash when it is first
// opened.
func (s *blobStore) open(sum string) (io.ReadCloser, error) {
	if !blobName.MatchString(sum) {
		return nil, missing(sum, nil)
	}
	s.mu.Lock()
	known := s.proven[sum]
	s.mu.Unlock()
	if !known {
		if err := s.prove(sum); err != nil {
			return nil, err
		}
	}
	f, err := os.Open(s.path(sum))
	if err != nil {
		return nil, missing(sum, err)
	}
	return f, nil
}

// prove compares a blob with its hash.
func (s *blobStore) prove(sum string) error {
	f, err := os.Open(s.path(sum))
	if err != nil {
		return missing(sum, err)
	}
	defer f.Close()
	digest := sha256.New()
	if _, err := io.Copy(digest, f); err != nil {
		return fmt.Errorf("read %s: %w", sum, err)
	}
	whole := hex.EncodeToString(digest.Sum(nil)) == sum
	s.note(sum, whole)
	if !whole {
		return record.Refuse(record.ErrDamaged,
			"Tệp này trong thư viện đã bị hỏng trên ổ đĩa nên không mở. Hãy nhập lại gói pháp luật mới nhất để thay tệp.",
			"This file of the library was damaged on the disk and is not opened. Import the newest law pack again to replace it.").
			Because(fmt.Errorf("blob %s has another hash", sum))
	}
	return nil
}

func missing(sum string, cause error) error {
	return record.Refuse(record.ErrNotFound,
		"Tệp này chưa có trên máy. Hãy nhập lại gói pháp luật mới nhất.",
		"This file is not on this PC. Import the newest law pack again.").Because(errors.Join(fmt.Errorf("blob %.80q", sum), cause))
}

// remove takes blobs away, and says how many bytes that freed.
func (s *blobStore) remove(sum string) (int64, error) {
	info, err := os.Stat(s.path(sum))
	if err == nil {
		err = os.Remove(s.path(sum))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.proven, sum)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Blob opens bytes of the library by their hash, such as a leaflet. [pack.State] wants
// it as a source.
func (l *Library) Blob(sha256 string) (io.ReadCloser, error) { return l.blobs.open(sha256) }

// Has reports whether the bytes are here.
func (l *Library) Has(sha256 string) bool { return l.blobs.has(sha256, -1) }
