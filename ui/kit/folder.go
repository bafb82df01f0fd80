package kit

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// folderEntry is a file or a folder in a folder.
type folderEntry struct {
	name    string
	key     string // bare letters, to find and order by
	folder  bool
	size    int64
	changed time.Time
}

// readFolder reads what can be chosen in a folder: its folders and then, unless
// folders only are wanted, the files with one of the endings.
func readFolder(ctx context.Context, folder string, foldersOnly bool, endings []string) ([]folderEntry, error) {
	names, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var out []folderEntry
	for _, n := range names {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		e, ok := entryOf(folder, n)
		if ok && (e.folder || !foldersOnly && hasEnding(e.name, endings)) {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b folderEntry) int {
		switch {
		case a.folder && !b.folder:
			return -1
		case b.folder && !a.folder:
			return 1
		case a.key != b.key:
			return strings.Compare(a.key, b.key)
		}
		return strings.Compare(a.name, b.name)
	})
	return out, nil
}

// entryOf is what is known of a name; what is hidden, or has gone meanwhile, is passed
// over.
func entryOf(folder string, n fs.DirEntry) (folderEntry, bool) {
	if strings.HasPrefix(n.Name(), ".") {
		return folderEntry{}, false
	}
	info, err := n.Info()
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		info, err = os.Stat(filepath.Join(folder, n.Name()))
	}
	if err != nil || isHidden(info) || !info.IsDir() && !info.Mode().IsRegular() {
		return folderEntry{}, false
	}
	return folderEntry{name: n.Name(), key: bare(n.Name()), folder: info.IsDir(), size: info.Size(), changed: info.ModTime()}, true
}

func hasEnding(name string, endings []string) bool {
	return len(endings) == 0 || slices.ContainsFunc(endings, func(e string) bool { return strings.EqualFold(filepath.Ext(name), e) })
}

// folderSentence says why a folder cannot be seen.
func folderSentence(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return T("Không có quyền mở thư mục này. Hãy chọn thư mục khác.")
	case errors.Is(err, fs.ErrNotExist):
		return T("Thư mục này không còn, hoặc ổ đĩa đã được rút ra.")
	}
	return T("Chưa mở được thư mục này. Hãy xem ổ đĩa còn cắm không, rồi thử lại.")
}

// place is a folder or a drive where one may begin to look.
type place struct {
	word string
	path string
}

// firstFolder is where looking begins: at what was named, else where something was
// chosen last, else at the documents. An empty answer is the home of no one.
func firstFolder(named, last string) string {
	for _, at := range []string{named, last} {
		for at = strings.TrimSpace(at); filepath.IsAbs(at); at = filepath.Dir(at) {
			if isFolder(at) {
				return at
			}
			if at == filepath.Dir(at) {
				break
			}
		}
	}
	for _, p := range places() {
		if isFolder(p.path) {
			return p.path
		}
	}
	return ""
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// present leaves out the places that are not there, and those named twice.
func present(all []place) []place {
	var out []place
	for _, p := range all {
		if p.path != "" && isFolder(p.path) && !slices.ContainsFunc(out, func(have place) bool { return have.path == p.path }) {
			out = append(out, p)
		}
	}
	return out
}
