package sheet

import (
	"context"
	"errors"
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
	inCell bool // a cell has begun and not ended
	typ    cellType
	inV    bool
	inIS   bool
	rich   textCollector
	val    []byte
}

// cellType is how the file says a cell is stored.
type cellType uint8

const (
	typeNumber cellType = iota // also whatever a file claims that nobody knows
	typeShared
	typeInline
	typeFormulaText
	typeBool
	typeISODate
	typeError
)

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
	switch string(s.name) {
	case "v":
		r.inV = false
	case "is":
		r.inIS = false
	case "c":
		return r.endCell()
	}
	return nil
}

func (r *sheetReader) start(s *xmlScanner) error {
	switch string(s.name) {
	case "row":
		return r.startLine(s)
	case "c":
		return r.startCell(s)
	case "v":
		r.inV = true
	case "is":
		r.inIS = true
	case "mergeCell":
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
	r.cell.Col, r.inCell = -1, false
	if r.line%4096 == 0 && r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	return r.startRow(r.line, s.flag("hidden"))
}

func (r *sheetReader) startCell(s *xmlScanner) error {
	r.cell, r.inCell, r.typ = Cell{Col: r.cell.Col + 1}, true, typeNumber
	r.val = r.val[:0]
	for rest := s.attrs; ; {
		name, value, left, ok := nextAttr(rest)
		if !ok {
			return nil
		}
		rest = left
		switch string(name) {
		case "r":
			_, col, err := parseRef(value)
			if err != nil {
				return err
			}
			r.cell.Col = col
		case "s":
			if n := countOf(value); n > 0 && n < len(r.styles) {
				r.cell.style = uint16(n)
			}
		case "t":
			r.typ = typeOf(value)
		}
	}
}

func typeOf(raw []byte) cellType {
	switch string(raw) {
	case "s":
		return typeShared
	case "inlineStr":
		return typeInline
	case "str":
		return typeFormulaText
	case "b":
		return typeBool
	case "d":
		return typeISODate
	case "e":
		return typeError
	}
	return typeNumber
}

// endCell keeps the cell when it says something.
func (r *sheetReader) endCell() error {
	if r.line == 0 || !r.inCell {
		return errReference
	}
	r.inCell = false
	switch r.typ {
	case typeShared:
		return r.endShared()
	case typeInline:
		if r.rich.several {
			r.grid.runs[place{r.line, r.cell.Col}] = r.rich.takeRuns()
		}
		r.val = append(r.val[:0], r.rich.text...)
		r.rich.reset()
	case typeFormulaText:
		r.val = unescapeControl(r.val)
	case typeBool:
		r.cell.Kind = Bool
	case typeISODate:
		r.cell.Kind = Date
	case typeNumber:
		r.cell.Kind = r.numberKind()
	}
	if len(r.val) == 0 {
		return nil
	}
	return r.addBytes(r.cell, r.val)
}

// endShared takes the text that the cell names by its number.
func (r *sheetReader) endShared() error {
	if len(r.val) == 0 {
		return nil
	}
	n := countOf(r.val)
	if n < 0 || n >= len(r.strings) {
		return errReference
	}
	r.cell.Text = r.strings[n]
	if r.cell.Text == "" {
		return nil
	}
	if runs := r.richText[n]; runs != nil {
		r.grid.runs[place{r.line, r.cell.Col}] = runs
	}
	return r.add(r.cell)
}

func (r *sheetReader) numberKind() Kind {
	if i := int(r.cell.style); i < len(r.styles) && r.styles[i].date {
		return Date
	}
	return Number
}

// parseRef reads "AB12" as line 12 and column 27.
func parseRef(ref []byte) (line, col int, err error) {
	i := 0
	for ; i < len(ref) && i < 4 && ref[i]|0x20 >= 'a' && ref[i]|0x20 <= 'z'; i++ {
		col = col*26 + int(ref[i]|0x20-'a') + 1
	}
	line = countOf(ref[i:])
	if i == 0 || line < 1 {
		return 0, 0, errReference
	}
	return line, col - 1, nil
}

func parseArea(ref string) (Area, error) {
	from, to, ok := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !ok {
		to = from
	}
	l1, c1, err1 := parseRef([]byte(from))
	l2, c2, err2 := parseRef([]byte(to))
	if err := errors.Join(err1, err2); err != nil {
		return Area{}, err
	}
	return Area{min(l1, l2), min(c1, c2), max(l1, l2), max(c1, c2)}, nil
}
