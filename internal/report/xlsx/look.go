package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// look is what filling must know of a cell's format.
type look struct {
	style
	dated bool
}

func (w *filling) look(sheet, at string) (look, error) {
	id, err := w.file.GetCellStyle(sheet, at)
	if err != nil {
		return look{}, err
	}
	if l, seen := w.looks[id]; seen {
		return l, nil
	}
	s, err := w.file.GetStyle(id)
	if err != nil {
		return look{}, err
	}
	l := look{style: style{size: 11}}
	if s.Font != nil {
		l.size, l.bold = s.Font.Size, s.Font.Bold
	}
	if s.Alignment != nil {
		l.wrap, l.indent = s.Alignment.WrapText, s.Alignment.Indent
	}
	l.dated = s.NumFmt >= 14 && s.NumFmt <= 22 || s.CustomNumFmt != nil && strings.ContainsAny(strings.ToLower(*s.CustomNumFmt), "dy")
	w.looks[id] = l
	return l, nil
}

// grow makes a row as high as a text needs that was written across some columns. A row
// that was high enough keeps its height.
func (w *filling) grow(sheet string, row, col, toCol int, v any) error {
	text, is := v.(string)
	if !is || text == "" {
		return nil
	}
	l, err := w.look(sheet, cell(col, row))
	if err != nil || !l.wrap {
		return err
	}
	width, err := w.width(sheet, col, toCol)
	if err != nil {
		return err
	}
	has, err := w.file.GetRowHeight(sheet, row)
	if err != nil {
		return err
	}
	if need := min(heightOf(text, l.style, width), maxHeight); need > has {
		return w.file.SetRowHeight(sheet, row, need)
	}
	return nil
}

// width is that of some columns together.
func (w *filling) width(sheet string, from, to int) (float64, error) {
	sum := 0.0
	for col := from; col <= to; col++ {
		for known := w.widths[sheet]; len(known) < col; known = w.widths[sheet] {
			name, err := excelize.ColumnNumberToName(len(known) + 1)
			if err != nil {
				return 0, err
			}
			one, err := w.file.GetColWidth(sheet, name)
			if err != nil {
				return 0, err
			}
			w.widths[sheet] = append(known, one)
		}
		sum += w.widths[sheet][col-1]
	}
	return sum, nil
}

// maxHeight is the highest row there can be, in points.
const maxHeight = 409

// mergedTo is the last column of the merged cell that begins at a cell, else its own.
func (w *filling) mergedTo(n named) int {
	for _, m := range w.merges(n.sheet) {
		if m.col == n.col && m.row == n.row {
			return m.toCol
		}
	}
	return n.col
}

type mergedCell struct{ col, row, toCol, toRow int }

// covered reports whether a cell lies under a merged one; the library reads that one's
// text in its place.
func covered(merges []mergedCell, col, row int) bool {
	for _, m := range merges {
		if m.col <= col && col <= m.toCol && m.row <= row && row <= m.toRow {
			return col != m.col || row != m.row
		}
	}
	return false
}

func (w *filling) merges(sheet string) []mergedCell {
	list, err := w.file.GetMergeCells(sheet, true)
	if err != nil {
		return nil
	}
	var out []mergedCell
	for _, m := range list {
		var c mergedCell
		var err1, err2 error
		c.col, c.row, err1 = excelize.CellNameToCoordinates(m.GetStartAxis())
		c.toCol, c.toRow, err2 = excelize.CellNameToCoordinates(m.GetEndAxis())
		if err1 == nil && err2 == nil {
			out = append(out, c)
		}
	}
	return out
}

func sheetCell(sheet string, col, row int) string {
	return fmt.Sprintf("%s!%s", quoted(sheet), absolute(col, row))
}
