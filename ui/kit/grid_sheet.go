package kit

import (
	"slices"
	"strings"
)

// GridRow is one row of a grid. Key is the owner's own mark: it travels with
// the row through every step and back through undo. A row made in the grid gets
// its key from Grid.NewKey.
type GridRow struct {
	Key   string
	Cells []string
}

// Blank reports whether nothing stands in the row.
func (r GridRow) Blank() bool {
	for _, c := range r.Cells {
		if c != "" {
			return false
		}
	}
	return true
}

// with is the row with its cells changed; rows are never changed in place, so
// that the history can hold them.
func (r GridRow) with(columns int, edit func(cells []string)) GridRow {
	cells := make([]string, columns)
	copy(cells, r.Cells)
	edit(cells)
	return GridRow{Key: r.Key, Cells: cells}
}

func (r GridRow) equal(o GridRow) bool {
	return r.Key == o.Key && slices.Equal(r.Cells, o.Cells)
}

// sheet is what a grid holds: rows of text and the steps that made them. Every
// change is one splice, so one mechanism does and undoes all of them.
type sheet struct {
	columns int
	newKey  func() string // nil: rows have no key
	rows    []GridRow
	done    []splice
	undone  []splice
}

// splice replaces the rows out, which begin at a row, by the rows in.
type splice struct {
	at      int
	out, in []GridRow
	at0     cellAt // where the cursor stood before
	at1     cellAt // and where the step leaves it
}

// cellAt is a place in the grid.
type cellAt struct{ row, col int }

func (s *sheet) text(row, col int) string {
	if row < 0 || row >= len(s.rows) || col < 0 || col >= len(s.rows[row].Cells) {
		return ""
	}
	return s.rows[row].Cells[col]
}

// keyed gives a row that has none a key.
func (s *sheet) keyed(r GridRow) GridRow {
	if r.Key == "" && s.newKey != nil {
		r.Key = s.newKey()
	}
	return r
}

// reset replaces everything and forgets the steps.
func (s *sheet) reset(rows []GridRow) {
	s.rows = make([]GridRow, len(rows))
	for i, r := range rows {
		s.rows[i] = r.with(s.columns, func([]string) {})
	}
	s.done, s.undone = nil, nil
}

// do makes one step, unless it would change nothing.
func (s *sheet) do(step splice) bool {
	if slices.EqualFunc(step.out, step.in, GridRow.equal) {
		return false
	}
	s.apply(step.at, len(step.out), step.in)
	s.done = append(s.done, step)
	s.undone = nil
	return true
}

func (s *sheet) apply(at, n int, in []GridRow) {
	s.rows = slices.Concat(s.rows[:at], in, s.rows[at+n:])
}

// undo takes the last step back and says where the cursor stood.
func (s *sheet) undo() (cellAt, bool) {
	if len(s.done) == 0 {
		return cellAt{}, false
	}
	step := s.done[len(s.done)-1]
	s.done = s.done[:len(s.done)-1]
	s.apply(step.at, len(step.in), step.out)
	s.undone = append(s.undone, step)
	return step.at0, true
}

// redo makes the step taken back again.
func (s *sheet) redo() (cellAt, bool) {
	if len(s.undone) == 0 {
		return cellAt{}, false
	}
	step := s.undone[len(s.undone)-1]
	s.undone = s.undone[:len(s.undone)-1]
	s.apply(step.at, len(step.out), step.in)
	s.done = append(s.done, step)
	return step.at1, true
}

// replace is the step that puts rows in the place of n rows.
func (s *sheet) replace(at, n int, rows []GridRow) splice {
	at = min(max(at, 0), len(s.rows))
	n = min(max(n, 0), len(s.rows)-at)
	in := make([]GridRow, len(rows))
	for i, r := range rows {
		in[i] = s.keyed(r.with(s.columns, func([]string) {}))
	}
	return splice{at: at, out: slices.Clone(s.rows[at : at+n]), in: in}
}

// change is the step that edits the rows top to bottom; rows below the last
// one are added, and blank ones at the very end are not kept.
func (s *sheet) change(top, bottom int, edit func(row int, cells []string)) splice {
	at := min(top, len(s.rows))
	end := min(bottom+1, len(s.rows))
	out := slices.Clone(s.rows[at:max(at, end)])
	var in []GridRow
	for row := at; row <= bottom; row++ {
		var before GridRow
		if row < len(s.rows) {
			before = s.rows[row]
		}
		in = append(in, s.keyed(before).with(s.columns, func(cells []string) {
			if row >= top {
				edit(row, cells)
			}
		}))
	}
	if end == len(s.rows) {
		in = withoutBlankEnd(in)
	}
	return splice{at: at, out: out, in: in}
}

func withoutBlankEnd(rows []GridRow) []GridRow {
	for len(rows) > 0 && rows[len(rows)-1].Blank() {
		rows = rows[:len(rows)-1]
	}
	return rows
}

// block is a rectangle of the grid, both corners included.
type block struct{ top, left, bottom, right int }

func blockOf(a, b cellAt) block {
	return block{min(a.row, b.row), min(a.col, b.col), max(a.row, b.row), max(a.col, b.col)}
}

func (b block) has(row, col int) bool {
	return row >= b.top && row <= b.bottom && col >= b.left && col <= b.right
}

func (b block) single() bool { return b.top == b.bottom && b.left == b.right }

// clear empties the cells of a block.
func (s *sheet) clear(b block) splice {
	return s.change(b.top, min(b.bottom, max(len(s.rows)-1, b.top)), func(_ int, cells []string) {
		clear(cells[b.left : b.right+1])
	})
}

// fillDown copies the block's first row into the rows below it; of a block one
// row high, the row above into it.
func (s *sheet) fillDown(b block) splice {
	from := b.top
	if b.top == b.bottom {
		from--
	}
	return s.change(b.top, b.bottom, func(_ int, cells []string) {
		for col := b.left; col <= b.right; col++ {
			cells[col] = s.text(from, col)
		}
	})
}

// put writes cells as a rectangle from a place on. One cell fills the whole
// block. The rectangle must fit in the columns.
func (s *sheet) put(b block, cells [][]string) (splice, block) {
	if len(cells) == 1 && len(cells[0]) == 1 {
		one := cells[0][0]
		return s.change(b.top, b.bottom, func(_ int, row []string) {
			for col := b.left; col <= b.right; col++ {
				row[col] = one
			}
		}), b
	}
	into := block{b.top, b.left, b.top + len(cells) - 1, b.left + widthOf(cells) - 1}
	return s.change(into.top, into.bottom, func(row int, to []string) {
		line := cells[row-into.top]
		clear(to[into.left : into.right+1])
		copy(to[into.left:], line)
	}), into
}

func widthOf(cells [][]string) int {
	width := 0
	for _, line := range cells {
		width = max(width, len(line))
	}
	return width
}

// copy is a block as the text a spreadsheet puts on the clipboard.
func (s *sheet) copy(b block) string {
	var out strings.Builder
	for row := b.top; row <= min(b.bottom, max(len(s.rows)-1, b.top)); row++ {
		for col := b.left; col <= b.right; col++ {
			if col > b.left {
				out.WriteByte('\t')
			}
			out.WriteString(quoteCell(s.text(row, col)))
		}
		out.WriteByte('\n')
	}
	return out.String()
}
