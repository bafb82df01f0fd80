package packdir

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"sophobien/internal/law"
	"sophobien/internal/pack"
	"sophobien/internal/record"
)

// Contents are what a folder holds.
type Contents struct {
	Items    []pack.Item // by id
	Warnings []record.PackWarning

	fsys  fs.FS
	made  map[string][]byte // blobs that are in no file: the texts
	files map[string]string // path of the file that is a blob
}

const (
	itemsFile     = "items.csv"
	relationsFile = "relations.csv"
	wordingsFile  = "wordings.csv"
	filesFolder   = "files"
)

// Read reads a folder. Earlier are the items of the listing that came before; none for a
// new channel.
func Read(fsys fs.FS, earlier []pack.Item) (*Contents, error) {
	c := &Contents{fsys: fsys, made: map[string][]byte{}, files: map[string]string{}}
	items, err := c.items()
	if err != nil {
		return nil, err
	}
	for _, read := range []func(map[string]*pack.Item) error{c.relations, c.wordings, c.attachments} {
		if err := read(items); err != nil {
			return nil, err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(items)) {
		c.Items = append(c.Items, *items[id])
	}
	c.Items = numbered(c.Items, earlier)
	for i := range c.Items {
		if err := c.check(&c.Items[i]); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Blob opens a blob of the contents: a [pack.Source].
func (c *Contents) Blob(sha string) (io.ReadCloser, error) {
	if b, ok := c.made[sha]; ok {
		return io.NopCloser(bytes.NewReader(b)), nil
	}
	name, ok := c.files[sha]
	if !ok {
		return nil, fmt.Errorf("blob %.12s: %w", sha, fs.ErrNotExist)
	}
	return c.fsys.Open(name)
}

func (c *Contents) items() (map[string]*pack.Item, error) {
	t, err := readTable(c.fsys, itemsFile, "id", "kind", "number", "type", "title", "issuer", "issued", "from", "to", "topics",
		"confidence", "source", "checked_on", "note", "withdrawn")
	if err != nil {
		return nil, err
	}
	out := map[string]*pack.Item{}
	for t.next() {
		i := &pack.Item{
			ID: t.text("id"), Version: 1, Kind: t.text("kind"), Title: t.text("title"), Number: t.text("number"), Type: t.text("type"),
			Issuer: t.text("issuer"), Issued: t.day("issued"), From: t.day("from"), To: t.day("to"), Topics: t.list("topics"),
			Confidence: t.text("confidence"), Source: t.text("source"), CheckedOn: t.day("checked_on"), Note: t.text("note"),
			Withdrawn: t.yes("withdrawn"),
			Wordings:  []pack.Wording{}, Files: []pack.Attachment{}, Relations: []pack.Relation{},
		}
		if i.ID == "" {
			i.ID = law.FoldNumber(i.Number)
		}
		if i.Kind == "" {
			i.Kind = string(record.LawDocument)
		}
		switch {
		case !pack.ValidID(i.ID):
			t.refuse("“"+i.ID+"” không dùng làm mã được: mã gồm chữ thường không dấu, số và dấu gạch nối.",
				"“"+i.ID+"” cannot be an id: an id has small letters without marks, digits and hyphens.")
		case out[i.ID] != nil:
			t.refuse("mã “"+i.ID+"” có hai lần.", "the id “"+i.ID+"” stands twice.")
		}
		out[i.ID] = i
	}
	return out, t.err
}

func (c *Contents) relations(items map[string]*pack.Item) error {
	t, err := readTable(c.fsys, relationsFile, "from", "kind", "to", "anchors", "partly", "on", "note")
	if isAbsent(err) {
		return nil
	} else if err != nil {
		return err
	}
	for t.next() {
		by := items[idOf(t.text("from"))]
		if by == nil {
			t.refuse("không có mục “"+t.text("from")+"” trong items.csv.", "there is no item “"+t.text("from")+"” in items.csv.")
			break
		}
		by.Relations = append(by.Relations, pack.Relation{
			Kind: t.text("kind"), To: idOf(t.text("to")), Anchors: t.list("anchors"), Partly: t.yes("partly"), On: t.day("on"), Note: t.text("note"),
		})
	}
	return t.err
}

// idOf takes an id or a number.
func idOf(s string) string {
	if pack.ValidID(s) {
		return s
	}
	return law.FoldNumber(s)
}

// wordings reads the texts that lie in the folder itself.
func (c *Contents) wordings(items map[string]*pack.Item) error {
	titles, err := c.wordingTitles()
	if err != nil {
		return err
	}
	entries, err := fs.ReadDir(c.fsys, ".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		ext := path.Ext(e.Name())
		if e.IsDir() || !slices.Contains([]string{".txt", ".html", ".htm", ".docx"}, strings.ToLower(ext)) {
			continue
		}
		id, from, dated := strings.Cut(strings.TrimSuffix(e.Name(), ext), "@")
		i := items[id]
		if i == nil {
			return refuse(e.Name(), 0, "không có mục “"+id+"” trong items.csv.", "there is no item “"+id+"” in items.csv.")
		}
		w := pack.Wording{From: record.Date(from)}
		if !dated {
			w.From = i.From
		} else if !w.From.Valid() || from == "" {
			return refuse(e.Name(), 0, "“"+from+"” không phải là ngày (ví dụ 2026-02-12).", "“"+from+"” is no day (2026-02-12, say).")
		}
		blob, err := c.text(e.Name())
		if err != nil {
			return err
		}
		w.SHA256, w.Size, w.Title = c.keep(blob), int64(len(blob)), titles[id+"@"+string(w.From)]
		i.Wordings = append(i.Wordings, w)
	}
	for _, i := range items {
		slices.SortFunc(i.Wordings, func(a, b pack.Wording) int { return strings.Compare(string(a.From), string(b.From)) })
		for k := 1; k < len(i.Wordings); k++ {
			if i.Wordings[k].From == i.Wordings[k-1].From {
				return refuse(i.ID, 0, "có hai bản văn cùng ngày "+i.Wordings[k].From.String()+".", "two texts read from "+string(i.Wordings[k].From)+".")
			}
		}
	}
	return nil
}

func (c *Contents) wordingTitles() (map[string]string, error) {
	t, err := readTable(c.fsys, wordingsFile, "id", "from", "title")
	if isAbsent(err) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for t.next() {
		out[idOf(t.text("id"))+"@"+string(t.day("from"))] = t.text("title")
	}
	return out, t.err
}

// text is a file as a wording blob.
func (c *Contents) text(name string) ([]byte, error) {
	raw, err := readFile(c.fsys, name)
	if err != nil {
		return nil, err
	}
	source, err := law.Read(name, raw)
	if err != nil {
		return nil, err
	}
	text, flaws := law.Split(source.Lines)
	flaws = append(slices.Clone(source.Flaws), flaws...)
	if err := flaws.Refusal(name); err != nil {
		return nil, err
	}
	for _, f := range flaws {
		c.Warnings = append(c.Warnings, record.PackWarning{File: name, Line: f.Line, Words: f.Words})
	}
	return law.EncodeText(text)
}

func (c *Contents) keep(blob []byte) string {
	sum := sha256.Sum256(blob)
	sha := hex.EncodeToString(sum[:])
	c.made[sha] = blob
	return sha
}

// attachments reads the files of the items.
func (c *Contents) attachments(items map[string]*pack.Item) error {
	err := fs.WalkDir(c.fsys, filesFolder, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			return nil
		case !e.Type().IsRegular():
			return refuse(name, 0, "không phải là tệp thường.", "it is no plain file.")
		}
		parts := strings.Split(name, "/")
		if len(parts) != 3 {
			return refuse(name, 0, "tệp phải nằm trong files/MÃ/.", "a file lies in files/ID/.")
		}
		i := items[parts[1]]
		if i == nil {
			return refuse(name, 0, "không có mục “"+parts[1]+"” trong items.csv.", "there is no item “"+parts[1]+"” in items.csv.")
		}
		sha, size, err := c.hashFile(name)
		if err != nil {
			return err
		}
		if i.Kind == string(record.LawFAQ) && parts[2] == faqFile { // what it says is its text
			i.Wordings = append(i.Wordings, pack.Wording{From: i.From, SHA256: sha, Size: size})
			return nil
		}
		title, lang := named(parts[2])
		i.Files = append(i.Files, pack.Attachment{Name: parts[2], SHA256: sha, Size: size, Lang: lang, Title: title})
		return nil
	})
	if isAbsent(err) {
		return nil
	}
	return err
}

// named takes the language out of a file's name: "to-roi.vi.pdf".
func named(file string) (title, lang string) {
	title = strings.TrimSuffix(file, path.Ext(file))
	if tag := strings.TrimPrefix(path.Ext(title), "."); len(tag) == 2 || len(tag) == 3 {
		return strings.TrimSuffix(title, "."+tag), strings.ToLower(tag)
	}
	return title, ""
}

func (c *Contents) hashFile(name string) (sha string, size int64, err error) {
	f, err := c.fsys.Open(name)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	if size, err = io.Copy(h, io.LimitReader(f, pack.MaxBlob+1)); err != nil {
		return "", 0, err
	}
	if size > pack.MaxBlob {
		return "", 0, refuse(name, 0, "quá lớn (hơn 256 MB).", "it is too large (more than 256 MB).")
	}
	if size == 0 {
		return "", 0, refuse(name, 0, "tệp trống.", "the file is empty.")
	}
	sha = hex.EncodeToString(h.Sum(nil))
	c.files[sha] = name
	return sha, size, nil
}

// numbered gives each item its version, and lists as withdrawn what was there before.
func numbered(items, earlier []pack.Item) []pack.Item {
	was := map[string]pack.Item{}
	for _, i := range earlier {
		was[i.ID] = i
	}
	for k := range items {
		i := &items[k]
		old, had := was[i.ID]
		delete(was, i.ID)
		if !had {
			continue
		}
		if i.Version = old.Version; !reflect.DeepEqual(*i, old) {
			i.Version++
		}
	}
	for _, old := range was {
		gone := old
		gone.Wordings, gone.Files, gone.Relations = []pack.Wording{}, []pack.Attachment{}, []pack.Relation{}
		if gone.Withdrawn = true; !reflect.DeepEqual(gone, old) {
			gone.Version++
		}
		items = append(items, gone)
	}
	slices.SortFunc(items, func(a, b pack.Item) int { return strings.Compare(a.ID, b.ID) })
	return items
}
