package app

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
)

// lawCopies is the folder of copies of files of the library that were opened. It is
// emptied when the library is first opened in a run of the program.
func (a *App) lawCopies() string { return filepath.Join(a.dir.Law(), "opened") }

// readable are the endings of files the library opens: what is looked at, and runs nothing.
var readable = []string{".pdf", ".docx", ".doc", ".odt", ".rtf", ".xlsx", ".xls", ".ods", ".pptx", ".ppt", ".odp", ".txt", ".csv", ".jpg", ".jpeg", ".png", ".webp", ".mp3", ".mp4", ".zip"}

// LawFile makes a copy of a file of an item that can be looked at with other programs, and
// not be changed: the library keeps its own.
func (a *App) LawFile(ctx context.Context, item, sha string) (string, error) {
	l, err := a.law(ctx)
	if err != nil {
		return "", err
	}
	v, err := a.lawOn(ctx, "")
	if err != nil {
		return "", err
	}
	r, err := v.Reading(ctx, item)
	if err != nil {
		return "", explain(err)
	}
	i := slices.IndexFunc(r.Files, func(f record.LawFile) bool { return f.SHA256 == sha })
	if i < 0 {
		return "", record.Refuse(record.ErrNotFound, "Văn bản này không có tệp ấy.", "This document has no such file.")
	}
	name := filepath.Base(filepath.FromSlash(r.Files[i].Name))
	if !slices.Contains(readable, strings.ToLower(filepath.Ext(name))) {
		return "", record.Refuse(record.ErrInvalid, "Tệp “"+name+"” không thuộc loại mở để xem được; chưa mở gì.", "The file “"+name+"” is not of a kind that is opened to be looked at; nothing was opened.")
	}
	path := filepath.Join(a.lawCopies(), sha[:12], name)
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	blob, err := l.Blob(sha)
	if err != nil {
		return "", explain(err)
	}
	defer blob.Close()
	if err := datadir.MakeFolder(filepath.Dir(path)); err != nil {
		return "", a.explainWrite(err)
	}
	err = datadir.WriteStream(path, func(w io.Writer) error {
		_, err := io.Copy(w, blob)
		return err
	})
	if err != nil {
		return "", a.explainWrite(err)
	}
	markForeign(path)
	return path, explain(os.Chmod(path, 0o400))
}

// markForeign tells Windows that a file came from elsewhere, so that office programs open
// it without running what is in it. A disk without streams cannot keep the mark.
func markForeign(path string) {
	if runtime.GOOS == "windows" {
		_ = os.WriteFile(path+":Zone.Identifier", []byte("[ZoneTransfer]\r\nZoneId=3\r\n"), 0o600)
	}
}
