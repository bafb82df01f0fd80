package sheet

import (
	"context"
	"errors"
	"strconv"
	"strings"
)

var errReference = errors.New("a cell reference that is none")

// maxMerged bounds the merged areas of a sheet.
const maxMerged = 1 << 17

// sheetReader turns one sheet's XML into rows.
type sheetReader struct {
	*workbook
	builder
	ctx    context.Context
	line   int
	cell   Cell
	inCell bool   // a cell has begun and not ended
	typ    string // of the cell, as the file says it
	inV    bool
	inIS   bool
	rich   textCollector
	val    []byte
}

func (w *workbook) readSheet(ctx context.Context, ref sheetRef) (*Grid, error) {
	r := &sheetReader{workbook: w, ctx: ctx}
	r.grid = Grid{Name: w.name, Sheet: ref.name, Format: "xlsx", Date1904: w.date1904, runs: map[place][]Run{}}
	for _, s := range w.styles {
		r.grid.styles = append(r.grid.styles, s.Style)
	}
	if err := w.each(ref.part, r.take); err != nil {
		return nil, err
	}
	return r.finish()
}

func (r *sheetReader) take(s *xmlScanner, t token) error {
	if r.inIS {
		r.rich.take(s, t)
	}
	switch t {
	case charData:
		if r.inV {
			r.val = append(r.val, s.text...)
		}
		return nil
	case startTag:
		return r.start(s)
	}
	switch {
	case s.is("v"):
		r.inV = false
	case s.is("is"):
		r.inIS = false
	case s.is("c"):
		return r.endCell()
	}
	return nil
}

func (r *sheetReader) start(s *xmlScanner) error {
	switch {
	case s.is("row"):
		return r.startLine(s)
	case s.is("c"):
		return r.startCell(s)
	case s.is("v"):
		r.inV = true
	case s.is("is"):
		r.inIS = true
	case s.is("mergeCell"):
		ref, _ := s.attr("ref")
		area, err := parseArea(ref)
		if err == nil && len(r.grid.Merged) < maxMerged {
			r.grid.Merged = append(r.grid.Merged, area)
		}
		return err
	}
	return nil
}

func (r *sheetReader) startLine(s *xmlScanner) error {
	r.line++
	if n := s.number("r"); n > 0 {
		r.line = n
	}
	r.cell.Col = -1
	if r.line%4096 == 0 && r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	return r.startRow(r.line, s.flag("hidden"))
}

func (r *sheetReader) startCell(s *xmlScanner) error {
	col := r.cell.Col + 1
	if ref, ok := s.rawAttr("r"); ok {
		_, c, err := parseRef(string(ref))
		if err != nil {
			return err
		}
		col = c
	}
	r.cell, r.inCell = Cell{Col: col}, true
	if n := s.number("s"); n > 0 && n < len(r.styles) {
		r.cell.style = uint16(n)
	}
	r.typ = typeOf(s)
	r.val = r.val[:0]
	r.rich = textCollector{}
	return nil
}

// typeOf is the type a cell claims; an unknown one is taken for a number, as
// spreadsheets do.
func typeOf(s *xmlScanner) string {
	raw, _ := s.rawAttr("t")
	for _, t := range []string{"s", "inlineStr", "str", "b", "d", "e"} {
		if string(raw) == t {
			return t
		}
	}
	return ""
}

// endCell keeps the cell when it says something.
func (r *sheetReader) endCell() error {
	c := r.cell
	if r.line == 0 || !r.inCell {
		return errReference
	}
	r.inCell = false
	c.Text = string(r.val)
	var runs []Run
	switch r.typ {
	case "s":
		n, err := strconv.Atoi(c.Text)
		if err != nil || n < 0 || n >= len(r.strings) {
			if c.Text == "" {
				return nil
			}
			return errReference
		}
		c.Text, runs = r.strings[n], r.richText[n]
	case "inlineStr":
		runs = r.rich.runs
		c.Text = r.rich.finish()
	case "str":
		c.Text = unescapeControl(c.Text)
	case "b":
		c.Kind = Bool
	case "d":
		c.Kind = Date
	case "e":
	default:
		c.Kind = r.numberKind()
	}
	if c.Text == "" {
		return nil
	}
	if severalFonts(runs) {
		r.grid.runs[place{r.line, c.Col}] = runs
	}
	return r.add(c)
}

func (r *sheetReader) numberKind() Kind {
	if i := int(r.cell.style); i < len(r.styles) && r.styles[i].date {
		return Date
	}
	return Number
}

// parseRef reads "AB12" as line 12 and column 27.
func parseRef(ref string) (line, col int, err error) {
	i := 0
	for ; i < len(ref) && i < 4 && ref[i]|0x20 >= 'a' && ref[i]|0x20 <= 'z'; i++ {
		col = col*26 + int(ref[i]|0x20-'a') + 1
	}
	line, err = strconv.Atoi(ref[i:])
	if err != nil || i == 0 || line < 1 {
		return 0, 0, errReference
	}
	return line, col - 1, nil
}

func parseArea(ref string) (Area, error) {
	from, to, ok := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !ok {
		to = from
	}
	l1, c1, err1 := parseRef(from)
	l2, c2, err2 := parseRef(to)
	if err := errors.Join(err1, err2); err != nil {
		return Area{}, err
	}
	return Area{min(l1, l2), min(c1, c2), max(l1, l2), max(c1, c2)}, nil
}
