package sheet

import (
	"bytes"
	"context"

	"github.com/xuri/excelize/v2"
)

// foreignLimit bounds what the reference reader, which keeps a whole sheet in
// memory, is given.
const foreignLimit = 64 << 20

// readForeign reads a workbook through excelize: slower, in more memory, and for
// the few files whose XML the scanner does not read.
func readForeign(ctx context.Context, data []byte, o Options) (*Grid, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: foreignLimit, UnzipXMLSizeLimit: foreignLimit, RawCellValue: true})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var refs []sheetRef
	for _, name := range f.GetSheetList() {
		visible, err := f.GetSheetVisible(name)
		refs = append(refs, sheetRef{name: name, hidden: err == nil && !visible})
	}
	return choose(o, refs, func(ref sheetRef) (*Grid, error) {
		r := &foreignReader{f: f, ctx: ctx, sheet: ref.name, styles: map[int]uint16{}}
		return r.read(o.Name)
	})
}

// foreignReader turns one sheet into rows.
type foreignReader struct {
	builder
	f      *excelize.File
	ctx    context.Context
	sheet  string
	styles map[int]uint16
	kinds  []Kind // of the styles: Date or Number
}

func (r *foreignReader) read(name string) (*Grid, error) {
	r.grid = Grid{Name: name, Sheet: r.sheet, Format: "xlsx", runs: map[place][]Run{}}
	if props, err := r.f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		r.grid.Date1904 = *props.Date1904
	}
	rows, err := r.f.Rows(r.sheet)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for line := 1; rows.Next(); line++ {
		if r.ctx.Err() != nil {
			return nil, r.ctx.Err()
		}
		cells, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		visible, err := r.f.GetRowVisible(r.sheet, line)
		if err != nil {
			return nil, err
		}
		if err := r.startRow(line, !visible); err != nil {
			return nil, err
		}
		for col, text := range cells {
			if err := r.cell(line, col, text); err != nil {
				return nil, err
			}
		}
	}
	if err := rows.Error(); err != nil {
		return nil, err
	}
	merged, err := r.f.GetMergeCells(r.sheet)
	for _, m := range merged {
		if a, err := parseArea(m.GetStartAxis() + ":" + m.GetEndAxis()); err == nil && len(r.grid.Merged) < maxMerged {
			r.grid.Merged = append(r.grid.Merged, a)
		}
	}
	if err != nil {
		return nil, err
	}
	return r.finish()
}

func (r *foreignReader) cell(line, col int, text string) error {
	if text == "" {
		return nil
	}
	at, err := excelize.CoordinatesToCellName(col+1, line)
	if err != nil {
		return refuseColumns(r.grid.Name, col+1)
	}
	typ, err := r.f.GetCellType(r.sheet, at)
	if err != nil {
		return err
	}
	c := Cell{Text: text, Col: col, style: r.style(at)}
	switch typ {
	case excelize.CellTypeBool:
		c.Kind, c.Text = Bool, map[string]string{"TRUE": "1", "FALSE": "0"}[text]
		if c.Text == "" {
			c.Text = text
		}
	case excelize.CellTypeDate:
		c.Kind = Date
	case excelize.CellTypeNumber, excelize.CellTypeUnset:
		c.Kind = r.kinds[c.style]
	case excelize.CellTypeSharedString, excelize.CellTypeInlineString:
		r.keepRuns(line, col, at)
	}
	return r.add(c)
}

func (r *foreignReader) keepRuns(line, col int, at string) {
	rich, err := r.f.GetCellRichText(r.sheet, at)
	if err != nil {
		return
	}
	var runs []Run
	named := false
	for _, x := range rich {
		run := Run{Text: x.Text}
		if x.Font != nil {
			run.Font = x.Font.Family
		}
		named = named || run.Font != ""
		runs = append(runs, run)
	}
	if named {
		r.grid.runs[place{line, col}] = runs
	}
}

// style is the place of a cell's style in the grid.
func (r *foreignReader) style(at string) uint16 {
	id, err := r.f.GetCellStyle(r.sheet, at)
	if err != nil {
		id = 0
	}
	if n, ok := r.styles[id]; ok {
		return n
	}
	if len(r.grid.styles) == maxStyles-1 {
		return 0
	}
	s := cellStyle{}
	if x, err := r.f.GetStyle(id); err == nil {
		formats := map[int]string{}
		if x.CustomNumFmt != nil {
			formats[x.NumFmt] = *x.CustomNumFmt
		}
		font := ""
		if x.Font != nil {
			font = x.Font.Family
		}
		s = styleOf(0, x.NumFmt, []string{font}, formats)
	}
	n := uint16(len(r.grid.styles))
	r.styles[id] = n
	r.grid.styles = append(r.grid.styles, s.Style)
	kind := Number
	if s.date {
		kind = Date
	}
	r.kinds = append(r.kinds, kind)
	return n
}
