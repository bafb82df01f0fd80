package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"
)

// workbook is an opened .xlsx: its parts, and what all sheets share.
type workbook struct {
	name     string
	parts    map[string]*zip.File
	left     int64 // bytes that may still be expanded
	sheets   []sheetRef
	strings  []string
	richText map[int][]Run // shared strings written in several fonts
	styles   []cellStyle
	date1904 bool
}

// sheetRef is one sheet of a file: where it is, as its format says it.
type sheetRef struct {
	name   string
	part   string
	at     int
	hidden bool
}

// errBomb stops a part that expands beyond the limit.
var errBomb = errors.New("expands beyond the limit")

// readWorkbook reads an .xlsx or .ods. A workbook written in a way the scanner does
// not read goes to the reference reader.
func readWorkbook(ctx context.Context, data []byte, o Options) (*Grid, error) {
	g, err := openWorkbook(ctx, data, o, MaxExpanded)
	if errors.Is(err, errForeign) {
		return readForeign(ctx, data, o)
	}
	return g, err
}

// openWorkbook reads a sheet; limit bounds the bytes of all parts once expanded.
func openWorkbook(ctx context.Context, data []byte, o Options, limit int64) (*Grid, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	w := &workbook{name: o.Name, parts: map[string]*zip.File{}, left: limit}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, refusePassword(o.Name)
		}
		w.parts[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))] = f
	}
	if w.parts["content.xml"] != nil && w.parts["xl/workbook.xml"] == nil {
		return w.readDocument(ctx, o)
	}
	book, err := w.find()
	if err != nil {
		return nil, err
	}
	if err := w.load(book); err != nil {
		return nil, err
	}
	return choose(o, w.sheets, func(ref sheetRef) (*Grid, error) { return w.readSheet(ctx, ref) })
}

// find gives the part that lists the sheets, or says what the archive is instead.
func (w *workbook) find() (string, error) {
	for _, other := range []struct{ part, vi, en string }{
		{"word/document.xml", "văn bản Word", "a Word document"},
		{"ppt/presentation.xml", "bài trình chiếu", "a presentation"},
		{"xl/workbook.bin", "tệp .xlsb", "an .xlsb file"},
	} {
		if w.parts[other.part] != nil {
			return "", refuseOther(w.name, other.vi, other.en)
		}
	}
	rels, err := w.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range rels {
		if path.Base(r.kind) == "officeDocument" && w.parts[strings.ToLower(r.target)] != nil {
			return r.target, nil
		}
	}
	if w.parts["xl/workbook.xml"] != nil {
		return "xl/workbook.xml", nil
	}
	return "", refuseOther(w.name, "tệp nén", "an archive")
}

// open reads a part inside the limit of all parts together.
func (w *workbook) open(part string) (io.ReadCloser, error) {
	f := w.parts[strings.ToLower(part)]
	if f == nil {
		return nil, io.ErrUnexpectedEOF
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &bounded{ReadCloser: r, left: &w.left}, nil
}

type bounded struct {
	io.ReadCloser
	left *int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if *b.left -= int64(n); *b.left < 0 {
		return 0, errBomb
	}
	return n, err
}

// each calls do for every token of a part, until its end.
func (w *workbook) each(part string, do func(*xmlScanner, token) error) error {
	r, err := w.open(part)
	if err != nil {
		return err
	}
	defer r.Close()
	return scan(r, do)
}

type relation struct{ id, kind, target string }

// relations reads what a part points at; "" is the archive itself. A part
// without relations has none.
func (w *workbook) relations(part string) ([]relation, error) {
	dir, base := path.Split(part)
	rels := dir + "_rels/" + base + ".rels"
	if w.parts[strings.ToLower(rels)] == nil {
		return nil, nil
	}
	var out []relation
	err := w.each(rels, func(s *xmlScanner, t token) error {
		if t == startTag && s.is("Relationship") {
			id, _ := s.attr("Id")
			kind, _ := s.attr("Type")
			target, _ := s.attr("Target")
			if strings.HasPrefix(target, "/") {
				target = target[1:]
			} else {
				target = path.Join(dir, target)
			}
			out = append(out, relation{id, kind, target})
		}
		return nil
	})
	return out, err
}

// load reads the list of sheets and what they share.
func (w *workbook) load(book string) error {
	rels, err := w.relations(book)
	if err != nil {
		return err
	}
	byID := map[string]relation{}
	for _, r := range rels {
		byID[r.id] = r
		switch path.Base(r.kind) {
		case "sharedStrings":
			err = w.loadStrings(r.target)
		case "styles":
			err = w.loadStyles(r.target)
		}
		if err != nil {
			return err
		}
	}
	return w.each(book, func(s *xmlScanner, t token) error {
		switch {
		case t != startTag:
		case s.is("workbookPr"):
			w.date1904 = s.flag("date1904")
		case s.is("sheet"):
			name, _ := s.attr("name")
			id, _ := s.attr("id")
			state, _ := s.attr("state")
			if r := byID[id]; path.Base(r.kind) == "worksheet" {
				w.sheets = append(w.sheets, sheetRef{name: name, part: r.target, hidden: state == "hidden" || state == "veryHidden"})
			}
		}
		return nil
	})
}

// choose reads the wanted sheet, or the first visible one that says something. For
// ReadEach it reads all of these and shows them as it goes, giving none.
func choose(o Options, sheets []sheetRef, read func(sheetRef) (*Grid, error)) (*Grid, error) {
	var visible []string
	for _, s := range sheets {
		if !s.hidden {
			visible = append(visible, s.name)
		}
	}
	for _, s := range sheets {
		if o.Sheet == "" && s.hidden || o.Sheet != "" && !strings.EqualFold(s.name, o.Sheet) || o.each.has(s.name) {
			continue
		}
		g, err := read(s)
		if g != nil {
			g.Sheets = visible
		}
		switch {
		case o.each != nil && !errors.Is(err, errForeign):
			if more := o.each.show(s.name, g, err); !more {
				return nil, nil
			}
		case err != nil:
			return nil, err
		case o.Sheet != "" || len(g.Rows) > 0:
			return g, nil
		}
	}
	switch {
	case o.each != nil && o.each.shown:
		return nil, nil
	case o.Sheet != "":
		return nil, refuseSheet(o.Name, o.Sheet, visible)
	}
	return nil, refuseEmpty(o.Name)
}
