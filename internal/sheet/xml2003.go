package sheet

import (
	"bytes"
	"context"
	"io"

	"golang.org/x/net/html/charset"
)

// readXML2003 reads the XML workbook of Excel 2003, which many systems export
// under the name .xls.
func readXML2003(ctx context.Context, data []byte, o Options) (*Grid, error) {
	text, err := xmlText(data)
	if err != nil {
		return nil, err
	}
	w := &xmlWorkbook{name: o.Name, byID: map[string]int{}, styles: []cellStyle{{}}}
	if err := scan(bytes.NewReader(text), func(s *xmlScanner, t token) error { return w.look(s, t) }); err != nil {
		return nil, err
	}
	if !w.ended && len(w.sheets) > 0 {
		return nil, io.ErrUnexpectedEOF
	}
	if len(w.sheets) == 0 {
		return nil, refuseOther(o.Name, "tệp XML", "an XML file")
	}
	return choose(o, w.sheets, func(ref sheetRef) (*Grid, error) { return w.readSheet(ctx, text, ref) })
}

// xmlText is the XML in UTF-8, whatever it was written in.
func xmlText(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}), zeros(data, 0) > 40, zeros(data, 1) > 40:
		text, _ := decodeText(data)
		return undeclared([]byte(text)), nil
	}
	enc := declaredEncoding(bytes.TrimPrefix(data[:min(len(data), 256)], []byte("\xEF\xBB\xBF")))
	if enc == "" || enc == "utf-8" || enc == "us-ascii" {
		return data, nil
	}
	r, err := charset.NewReaderLabel(enc, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(r, 4*MaxFile))
	return undeclared(text), err
}

// undeclared is XML without the line that names its encoding, which no longer holds.
func undeclared(text []byte) []byte {
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\xEF\xBB\xBF")), " \t\r\n")
	if end := bytes.Index(text, []byte("?>")); end > 0 && bytes.HasPrefix(text, []byte("<?xml")) {
		return text[end+2:]
	}
	return text
}

// scan calls do for every token, until the end.
func scan(r io.Reader, do func(*xmlScanner, token) error) error {
	s := newXMLScanner(r)
	for {
		t, err := s.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := do(s, t); err != nil {
			return err
		}
	}
}

// xmlWorkbook is what the sheets of an XML workbook share.
type xmlWorkbook struct {
	name     string
	sheets   []sheetRef
	styles   []cellStyle
	byID     map[string]int
	date1904 bool
	ended    bool
}

// look reads the styles and the names of the sheets.
func (w *xmlWorkbook) look(s *xmlScanner, t token) error {
	if t != startTag {
		w.ended = w.ended || t == endTag && s.is("Workbook")
		return nil
	}
	current := &w.styles[len(w.styles)-1]
	switch string(s.name) {
	case "Style":
		return w.startStyle(s)
	case "Font":
		if font, ok := s.attr("FontName"); ok && len(w.sheets) == 0 {
			current.Font = font
		}
	case "NumberFormat":
		if format, ok := s.attr("Format"); ok && len(w.sheets) == 0 {
			current.Format = xmlFormat(format)
			current.date = showsDay(current.Format)
		}
	case "Date1904":
		w.date1904 = true
	case "Worksheet":
		name, _ := s.attr("Name")
		w.sheets = append(w.sheets, sheetRef{name: name, at: len(w.sheets)})
	case "Visible": // an option of the sheet: SheetHidden or SheetVeryHidden
		if len(w.sheets) > 0 {
			w.sheets[len(w.sheets)-1].hidden = true
		}
	}
	return nil
}

func (w *xmlWorkbook) startStyle(s *xmlScanner) error {
	if len(w.styles) == maxStyles {
		return errLong
	}
	id, _ := s.attr("ID")
	style := cellStyle{}
	if parent, ok := s.attr("Parent"); ok {
		style = w.styles[w.byID[parent]]
	} else if id != "Default" {
		style = w.styles[w.byID["Default"]]
	}
	w.byID[id] = len(w.styles)
	w.styles = append(w.styles, style)
	return nil
}

// xmlFormat turns the names of formats into codes.
func xmlFormat(name string) string {
	switch name {
	case "Short Date", "Medium Date", "Long Date", "General Date":
		return "dd/mm/yyyy"
	case "General":
		return ""
	}
	return name
}

// xmlSheetReader turns one sheet's XML into rows.
type xmlSheetReader struct {
	*xmlWorkbook
	builder
	ctx    context.Context
	wanted int
	at     int // the sheet that is open, from 0
	line   int
	col    int
	cell   *Cell
	typ    string
	inData bool
	inNote bool
	text   []byte
	runs   []Run
	fonts  []string
}

func (w *xmlWorkbook) readSheet(ctx context.Context, text []byte, ref sheetRef) (*Grid, error) {
	r := &xmlSheetReader{xmlWorkbook: w, ctx: ctx, wanted: ref.at, at: -1}
	r.grid = Grid{Name: w.name, Sheet: ref.name, Format: "xml", Date1904: w.date1904, runs: map[place][]Run{}}
	for _, s := range w.styles {
		r.grid.styles = append(r.grid.styles, s.Style)
	}
	if err := scan(bytes.NewReader(text), r.take); err != nil {
		return nil, err
	}
	return r.finish()
}

func (r *xmlSheetReader) take(s *xmlScanner, t token) error {
	if t == startTag && s.is("Worksheet") {
		r.at++
		r.line = 0
	}
	if r.at != r.wanted {
		return nil
	}
	switch t {
	case charData:
		if r.inData {
			r.text = append(r.text, s.text...)
			r.runs = append(r.runs, Run{string(s.text), r.font()})
		}
		return nil
	case startTag:
		return r.start(s)
	}
	switch string(s.name) {
	case "Data":
		r.inData = false
	case "Comment":
		r.inNote = false
	case "Font":
		if r.inData && len(r.fonts) > 0 {
			r.fonts = r.fonts[:len(r.fonts)-1]
		}
	case "Cell":
		return r.endCell()
	}
	return nil
}

func (r *xmlSheetReader) start(s *xmlScanner) error {
	switch string(s.name) {
	case "Row":
		return r.startLine(s)
	case "Cell":
		return r.startCell(s)
	case "Comment":
		r.inNote = true
	case "Data":
		if r.cell != nil && !r.inNote {
			r.typ, _ = s.attr("Type")
			r.inData = true
		}
	case "Font":
		if r.inData {
			face, _ := s.attr("Face")
			r.fonts = append(r.fonts, face)
		}
	}
	return nil
}

func (r *xmlSheetReader) font() string {
	for i := len(r.fonts) - 1; i >= 0; i-- {
		if r.fonts[i] != "" {
			return r.fonts[i]
		}
	}
	return r.grid.StyleOf(*r.cell).Font
}

func (r *xmlSheetReader) startLine(s *xmlScanner) error {
	r.line++
	if n := s.number("Index"); n > 0 {
		r.line = n
	}
	r.col = 0
	if r.line%4096 == 0 && r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	if err := r.startRow(r.line, s.flag("Hidden")); err != nil {
		return err
	}
	r.line += max(s.number("Span"), 0)
	return nil
}

func (r *xmlSheetReader) startCell(s *xmlScanner) error {
	if r.line == 0 {
		return errReference
	}
	if n := s.number("Index"); n > 0 {
		r.col = n - 1
	}
	id, styled := s.attr("StyleID")
	if !styled {
		id = "Default"
	}
	across, down := max(s.number("MergeAcross"), 0), max(s.number("MergeDown"), 0)
	if across+down > 0 && len(r.grid.Merged) < maxMerged {
		r.grid.Merged = append(r.grid.Merged, Area{r.row.Line, r.col, r.row.Line + down, r.col + across})
	}
	r.cell = &Cell{Col: r.col, style: uint16(r.byID[id])}
	r.col += across + 1
	r.text, r.runs, r.fonts = r.text[:0], nil, r.fonts[:0]
	return nil
}

// endCell keeps the cell when it says something.
func (r *xmlSheetReader) endCell() error {
	c := r.cell
	r.cell, r.inData = nil, false
	if c == nil || len(r.text) == 0 {
		return nil
	}
	switch r.typ {
	case "Number":
		c.Kind = Number
		if r.styles[c.style].date {
			c.Kind = Date
		}
	case "DateTime":
		c.Kind = Date
	case "Boolean":
		c.Kind = Bool
	default:
		if otherThan(r.grid.StyleOf(*c).Font, r.runs) {
			r.grid.runs[place{r.row.Line, c.Col}] = r.runs
		}
	}
	return r.addBytes(*c, r.text)
}
