package folder

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Bounds of a look into a folder.
const (
	MaxFile   = 9 << 20 // bytes of the largest sealed file, with its container
	maxDepth  = 3       // folders below the one that was named
	maxLooked = 50_000  // entries looked at
)

// Kind is what a file seems to be, by how it begins.
type Kind string

// The kinds.
const (
	Bundle    Kind = "bundle"    // envelope.json first
	Enrolment Kind = "enrolment" // enrol.json first
	Unpacked  Kind = "unpacked"  // a folder with the entries of a bundle
)

// Found is a file that seems to be ours.
type Found struct {
	Path string
	Kind Kind
	Size int64
}

// Look is what was found.
type Look struct {
	Found   []Found // in the order of their paths
	Ignored int     // plain files that are none of ours
	Cut     bool    // there is more than anybody looks through
}

// ErrGone says that the medium went away while it was read.
var ErrGone = errors.New("the medium is gone")

// Find looks through files and folders. A file that was named itself is found whatever
// it is called; one that is none of ours counts as ignored.
func Find(ctx context.Context, paths ...string) (Look, error) {
	f := finder{ctx: ctx}
	for _, p := range paths {
		st, err := os.Stat(p)
		if err != nil {
			return f.look, err
		}
		if !st.IsDir() {
			f.file(p, st)
			continue
		}
		if err := f.folder(p, 0); err != nil {
			if _, gone := os.Stat(p); gone != nil {
				err = fmt.Errorf("%w: %w", ErrGone, err)
			}
			return f.sorted(), err
		}
	}
	return f.sorted(), nil
}

type finder struct {
	ctx    context.Context
	look   Look
	looked int
}

func (f *finder) sorted() Look {
	slices.SortFunc(f.look.Found, func(a, b Found) int { return strings.Compare(a.Path, b.Path) })
	f.look.Found = slices.CompactFunc(f.look.Found, func(a, b Found) bool { return a.Path == b.Path })
	return f.look
}

func (f *finder) folder(path string, depth int) error {
	if err := f.ctx.Err(); err != nil {
		return err
	}
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	for {
		entries, err := dir.ReadDir(256)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, e := range entries {
			if f.looked++; f.looked > maxLooked {
				f.look.Cut = true
				return nil
			}
			if err := f.entry(path, e, depth); err != nil {
				return err
			}
		}
	}
}

func (f *finder) entry(folder string, e fs.DirEntry, depth int) error {
	path := filepath.Join(folder, e.Name())
	switch {
	case e.IsDir():
		if isUnpacked(path) {
			f.look.Found = append(f.look.Found, Found{path, Unpacked, 0})
			return nil
		}
		if depth == maxDepth {
			return nil
		}
		err := f.folder(path, depth+1)
		if errors.Is(err, fs.ErrPermission) { // "System Volume Information" and its like
			return nil
		}
		return err
	case e.Type().IsRegular():
		st, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // removed since the folder was read
		}
		if err != nil {
			return err
		}
		f.file(path, st)
	}
	return nil // links, devices and the like are not followed
}

func (f *finder) file(path string, st fs.FileInfo) {
	kind := kindOf(path)
	if kind == "" || !st.Mode().IsRegular() {
		f.look.Ignored++
		return
	}
	f.look.Found = append(f.look.Found, Found{path, kind, st.Size()})
}

// kindOf looks at the name of the first entry of a container. A file that has our name
// and does not begin like a container is still ours: it was damaged on the way.
func kindOf(path string) Kind {
	if hidden(path) {
		return ""
	}
	byName := Kind("")
	switch lower := strings.ToLower(filepath.Base(path)); {
	case strings.Contains(lower, ".sopb."):
		byName = Bundle
	case strings.Contains(lower, ".sope."):
		byName = Enrolment
	}
	head := make([]byte, 64)
	file, err := os.Open(path)
	if err != nil {
		return byName
	}
	defer file.Close()
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return byName
	}
	switch firstEntry(head[:n]) {
	case "envelope.json":
		return Bundle
	case "enrol.json":
		return Enrolment
	}
	return byName
}

// hidden are files under way and what other systems put beside a file.
func hidden(path string) bool { return strings.HasPrefix(filepath.Base(path), ".") }

// firstEntry is the name in the first local header of a ZIP.
func firstEntry(head []byte) string {
	const fixed = 30
	if len(head) < fixed || !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return ""
	}
	n := int(binary.LittleEndian.Uint16(head[26:]))
	if n > len(head)-fixed {
		return ""
	}
	return string(head[fixed : fixed+n])
}

// entryNames are the entries of a bundle in their order; the payload has either name.
var entryNames = [][]string{
	{"envelope.json"}, {"envelope.json.minisig"}, {"payload.jsonl.gz.age", "payload.jsonl.gz"},
}

func isUnpacked(folder string) bool {
	for _, names := range entryNames[:2] {
		if st, err := os.Lstat(filepath.Join(folder, names[0])); err != nil || !st.Mode().IsRegular() {
			return false
		}
	}
	return true
}

// ErrTooLarge says that a file is larger than any sealed file.
var ErrTooLarge = errors.New("larger than a sealed file can be")

// Piece is an entry of an unpacked bundle.
type Piece struct {
	Name string
	Data []byte
}

// Read gives the bytes of a file, or the pieces of an unpacked bundle.
func Read(f Found) (data []byte, pieces []Piece, err error) {
	if f.Kind != Unpacked {
		data, err = readBounded(f.Path)
		return data, nil, err
	}
	for _, names := range entryNames {
		for _, name := range names {
			data, err := readBounded(filepath.Join(f.Path, name))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, nil, err
			}
			pieces = append(pieces, Piece{name, data})
			break
		}
	}
	return nil, pieces, nil
}

func readBounded(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, MaxFile+1))
	if err == nil && len(data) > MaxFile {
		return nil, fmt.Errorf("%w: %s", ErrTooLarge, path)
	}
	return data, err
}
