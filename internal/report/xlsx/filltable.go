package xlsx

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
)

// modelRow is a row of a template that is repeated: its cells from column 1 on, its
// height (0: left to the program) and the cells merged in it.
type modelRow struct {
	row    int
	cells  []modelCell
	height float64
	merges []mergedCell
}

type modelCell struct {
	styleID int
	formula string
	text    string // what stands in it, words in braces among it
	kind    excelize.CellType
}

// formula is where a formula stands, kept in step with the rows put in.
type formula struct {
	sheet    string
	col, row int
}

// move is what filling a table did to the rows of its sheet, in rows of the template.
type move struct {
	sheet       string
	first, last int
	filled      int
}

func (m move) by() int { return m.filled - (m.last - m.first + 1) }

func (w *filling) fillTables() error {
	for i := range w.tables {
		if err := w.fillTable(&w.tables[i]); err != nil {
			return err
		}
	}
	return nil
}

func (w *filling) fillTable(m *model) error {
	var models []modelRow
	for r := m.row; r <= m.last; r++ {
		one, err := w.readModel(m, r)
		if err != nil {
			return err
		}
		models = append(models, one)
	}
	rows := m.rows(w.vocabulary)
	if len(rows) == 0 {
		rows = []row{{}} // an empty row stays, so that sums and charts have something to hold
	}
	moved := move{m.sheet, m.row, m.last, len(rows)}
	if err := w.makeRoom(moved); err != nil {
		return err
	}
	w.moves = append(w.moves, moved)
	for i, r := range rows {
		if err := w.writeRow(m, moved, models[min(r.level, len(models)-1)], m.row+i, r); err != nil {
			return err
		}
	}
	return w.stretch(moved)
}

var inBraces = regexp.MustCompile(`\{([^{}]*)\}`)

func (w *filling) readModel(m *model, at int) (modelRow, error) {
	out := modelRow{row: at}
	for _, c := range w.merges(m.sheet) {
		if c.row <= at && at <= c.toRow {
			if c.row != c.toRow {
				return out, refuse(fmt.Sprintf("Dòng mẫu của bảng “%s” có ô gộp nhiều dòng (trang “%s”, ô %s).", m.name, m.sheet, cell(c.col, c.row)),
					fmt.Sprintf("A model row of the table “%s” has a cell merged over rows (sheet “%s”, cell %s).", m.name, m.sheet, cell(c.col, c.row)))
			}
			out.merges = append(out.merges, c)
		}
	}
	for col := 1; col <= max(w.widest(m.sheet), m.toCol); col++ {
		var c modelCell
		var err error
		if covered(out.merges, col, at) {
			c.styleID, err = w.file.GetCellStyle(m.sheet, cell(col, at))
		} else {
			c, err = w.readCell(m, col, at)
		}
		if err != nil {
			return out, err
		}
		out.cells = append(out.cells, c)
	}
	height, err := w.file.GetRowHeight(m.sheet, at)
	if err != nil {
		return out, err
	}
	out.height = height
	return out, nil
}

func (w *filling) readCell(m *model, col, row int) (c modelCell, err error) {
	at := cell(col, row)
	if c.styleID, err = w.file.GetCellStyle(m.sheet, at); err != nil {
		return c, err
	}
	if c.formula, err = w.file.GetCellFormula(m.sheet, at); err != nil {
		return c, err
	}
	if c.kind, err = w.file.GetCellType(m.sheet, at); err != nil {
		return c, err
	}
	if c.text, err = w.file.GetCellValue(m.sheet, at, excelize.Options{RawCellValue: true}); err != nil {
		return c, err
	}
	for _, word := range inBraces.FindAllStringSubmatch(c.text, -1) {
		if i := m.column(word[1]); i >= 0 {
			m.at[m.columns[i].code] = col
		} else {
			return c, refuse(fmt.Sprintf("Bảng “%s” không có cột {%s} (trang “%s”, ô %s).", m.name, word[1], m.sheet, at),
				fmt.Sprintf("The table “%s” has no column {%s} (sheet “%s”, cell %s).", m.name, word[1], m.sheet, at))
		}
	}
	return c, nil
}

// column is the place of a column; -1 for none.
func (t table) column(code string) int {
	for i, c := range t.columns {
		if strings.EqualFold(c.code, strings.TrimSpace(code)) {
			return i
		}
	}
	return -1
}

// widest is the last column of a sheet that holds or formats anything.
func (w *filling) widest(sheet string) int {
	if n, seen := w.wide[sheet]; seen {
		return n
	}
	n := 1
	if ref, err := w.file.GetSheetDimension(sheet); err == nil {
		_, end, _ := strings.Cut(ref+":"+ref, ":")
		end, _, _ = strings.Cut(end, ":")
		if col, _, err := excelize.CellNameToCoordinates(end); err == nil {
			n = min(col, maxColumn)
		}
	}
	w.wide[sheet] = n
	return n
}

// makeRoom puts in the rows a table needs beyond its model rows, or takes out those it
// does not.
func (w *filling) makeRoom(m move) error {
	switch by := m.by(); {
	case by > 0:
		if err := w.file.InsertRows(m.sheet, m.last+1, by); err != nil {
			return err
		}
	case by < 0:
		for range -by {
			if err := w.file.RemoveRow(m.sheet, m.first+m.filled); err != nil {
				return err
			}
		}
	}
	kept := w.formulas[:0]
	for _, f := range w.formulas {
		if f.sheet == m.sheet {
			if f.row >= m.first && f.row <= m.last {
				continue // written anew with its row
			}
			if f.row > m.last {
				f.row += m.by()
			}
		}
		kept = append(kept, f)
	}
	w.formulas = kept
	return nil
}

func (w *filling) writeRow(m *model, moved move, from modelRow, at int, r row) error {
	for _, c := range from.merges {
		if at > m.last || at != from.row { // the first rows may have been another level's
			if err := w.file.MergeCell(m.sheet, cell(c.col, at), cell(c.toCol, at)); err != nil {
				return err
			}
		}
	}
	height := from.height
	for i, c := range from.cells {
		col := i + 1
		if err := w.file.SetCellStyle(m.sheet, cell(col, at), cell(col, at), c.styleID); err != nil {
			return err
		}
		if c.formula != "" {
			text := eachReference(c.formula, func(f reference) reference { return inCopy(f, m.sheet, moved, at-from.row) })
			if err := w.file.SetCellFormula(m.sheet, cell(col, at), text); err != nil {
				return err
			}
			w.formulas = append(w.formulas, formula{m.sheet, col, at})
			continue
		}
		if covered(from.merges, col, from.row) {
			continue
		}
		v := w.filledIn(m, c, r)
		if err := w.putModel(m.sheet, col, at, c, v); err != nil {
			return err
		}
		need, err := w.needs(m.sheet, at, col, from.merges, v)
		if err != nil {
			return err
		}
		height = max(height, need)
	}
	return w.file.SetRowHeight(m.sheet, at, min(height, maxHeight))
}

// filledIn is what a cell of the model says in a row: the value itself where the cell is
// one word in braces, else its text with the words replaced.
func (w *filling) filledIn(m *model, c modelCell, r row) any {
	value := func(word string) any {
		if i := m.column(word); i >= 0 && i < len(r.values) {
			return r.values[i]
		}
		return nil
	}
	if whole := inBraces.FindStringSubmatch(c.text); whole != nil && strings.TrimSpace(c.text) == whole[0] {
		return value(whole[1])
	}
	return inBraces.ReplaceAllStringFunc(c.text, func(word string) string {
		switch v := value(strings.Trim(word, "{}")).(type) {
		case nil:
			return ""
		case record.Date:
			return v.String()
		default:
			return fmt.Sprint(v)
		}
	})
}

// putModel writes a cell of a repeated row. What stood there as a number or a truth stays one.
func (w *filling) putModel(sheet string, col, row int, c modelCell, v any) error {
	if text, is := v.(string); is && text == c.text && c.kind != excelize.CellTypeInlineString && c.kind != excelize.CellTypeSharedString {
		if text == "" {
			return nil
		}
		return w.file.SetCellDefault(sheet, cell(col, row), text)
	}
	return w.put(sheet, col, row, v)
}

func (w *filling) needs(sheet string, row, col int, merges []mergedCell, v any) (float64, error) {
	text, is := v.(string)
	if !is || text == "" {
		return 0, nil
	}
	l, err := w.look(sheet, cell(col, row))
	if err != nil || !l.wrap {
		return 0, err
	}
	to := col
	for _, c := range merges {
		if c.col == col {
			to = c.toCol
		}
	}
	width, err := w.width(sheet, col, to)
	return heightOf(text, l.style, width), err
}

// inCopy is a reference of a model row in the row's copy: what points into the model rows
// goes along unless it is fixed, what points below moves down with it.
func inCopy(f reference, sheet string, m move, by int) reference {
	if f.sheet != "" && f.sheet != sheet {
		return f
	}
	f.row = inCopyRow(f.row, f.fixed, m, by)
	if f.toRow > 0 {
		f.toRow = inCopyRow(f.toRow, f.toFixed, m, by)
	}
	return f
}

func inCopyRow(row int, fixed bool, m move, by int) int {
	switch {
	case row > m.last:
		return row + m.by()
	case row >= m.first && !fixed:
		return row + by
	}
	return row
}

// stretch makes the ranges that ended in the model rows end with the last filled one.
func (w *filling) stretch(m move) error {
	for _, f := range w.formulas {
		if f.sheet == m.sheet && f.row >= m.first && f.row < m.first+m.filled {
			continue
		}
		text, err := w.file.GetCellFormula(f.sheet, cell(f.col, f.row))
		if err != nil {
			return err
		}
		longer := eachReference(text, func(r reference) reference { return stretched(r, f.sheet, m) })
		if longer == text {
			continue
		}
		if err := w.file.SetCellFormula(f.sheet, cell(f.col, f.row), longer); err != nil {
			return err
		}
	}
	if w.file.WorkBook.DefinedNames == nil {
		return nil
	}
	for i := range w.file.WorkBook.DefinedNames.DefinedName {
		d := &w.file.WorkBook.DefinedNames.DefinedName[i]
		d.Data = eachReference(d.Data, func(r reference) reference { return stretched(r, "", m) })
	}
	return nil
}

func stretched(r reference, sheet string, m move) reference {
	if r.sheet != "" {
		sheet = r.sheet
	}
	if sheet == m.sheet && r.toRow >= m.first && r.toRow <= m.last && r.row <= r.toRow {
		r.toRow = m.first + m.filled - 1
	}
	return r
}
