package sheet

import (
	"errors"
	"slices"
	"sort"
	"unicode/utf8"
)

// Kind says how a cell was stored.
type Kind uint8

// The kinds of cell. A date is a number shown by a date format, or an ISO date.
const (
	Text Kind = iota
	Number
	Date
	Bool
)

// Cell is one cell that says something.
type Cell struct {
	Text  string // as stored: the text, the digits of a number, the serial of a date
	Col   int    // from 0
	Kind  Kind
	style uint16
}

// Row is one line with at least one cell that says something.
type Row struct {
	Line   int // in the file, from 1
	Hidden bool
	Cells  []Cell // by column
}

// At is the cell of a column; an empty one when nothing is there.
func (r Row) At(col int) Cell {
	if i, ok := slices.BinarySearchFunc(r.Cells, col, func(c Cell, col int) int { return c.Col - col }); ok {
		return r.Cells[i]
	}
	return Cell{Col: col}
}

// Style is how cells are shown: the font's name and the number format.
type Style struct {
	Font   string
	Format string
}

// Run is a stretch of a cell's text in one font.
type Run struct {
	Text string
	Font string
}

// Area is a merged rectangle. Only its first cell says something.
type Area struct {
	Line, Col         int // first line (from 1) and column (from 0)
	LastLine, LastCol int
}

// Grid is a sheet as it was stored. It is never changed after Read.
type Grid struct {
	Name     string   // of the file, for messages
	Sheet    string   // name of the sheet, "" for a text
	Sheets   []string // all visible sheets of the file
	Format   string   // "xlsx", "text" or "clipboard"
	Charset  string   // of the bytes of a text: "utf-8", "utf-16", "cp1252" or "cp1258"
	Rows     []Row    // by line
	Merged   []Area
	Date1904 bool // serials count from 1904

	styles []Style
	runs   map[place][]Run
}

type place struct{ line, col int }

// StyleOf is how a cell of this grid is shown.
func (g *Grid) StyleOf(c Cell) Style {
	if int(c.style) < len(g.styles) {
		return g.styles[c.style]
	}
	return Style{}
}

// RunsOf are the stretches of a cell that is written in several fonts, nil for all others.
func (g *Grid) RunsOf(line, col int) []Run { return g.runs[place{line, col}] }

// Row finds a row by its line; an empty one when the line says nothing.
func (g *Grid) Row(line int) Row {
	i := sort.Search(len(g.Rows), func(i int) bool { return g.Rows[i].Line >= line })
	if i < len(g.Rows) && g.Rows[i].Line == line {
		return g.Rows[i]
	}
	return Row{Line: line}
}

// Width is the number of columns up to the last one that says something.
func (g *Grid) Width() int {
	w := 0
	for _, r := range g.Rows {
		w = max(w, r.Cells[len(r.Cells)-1].Col+1)
	}
	return w
}

// builder fills a grid inside the limits.
type builder struct {
	grid  Grid
	row   Row
	cells int
	usual int // cells of the row before: the next one has about as many

	// Texts given as bytes become one string a row, of which cells hold pieces.
	bytes  []byte
	pieces []piece
}

// piece is the text of a cell of the row that is being filled.
type piece struct{ cell, from, to int }

var errNotUTF8 = errors.New("text that is not UTF-8")

func (b *builder) startRow(line int, hidden bool) error {
	if line > MaxRows {
		return refuseRows(b.grid.Name)
	}
	if err := b.endRow(); err != nil {
		return err
	}
	b.row = Row{Line: line, Hidden: hidden}
	return nil
}

func (b *builder) add(c Cell) error {
	if c.Col >= MaxColumns {
		return refuseColumns(b.grid.Name, c.Col+1)
	}
	if b.cells++; b.cells > MaxCells {
		return refuseCells(b.grid.Name)
	}
	if b.row.Cells == nil {
		b.row.Cells = make([]Cell, 0, b.usual)
	}
	b.row.Cells = append(b.row.Cells, c)
	return nil
}

// addBytes adds a cell whose text the reader will overwrite.
func (b *builder) addBytes(c Cell, text []byte) error {
	b.pieces = append(b.pieces, piece{len(b.row.Cells), len(b.bytes), len(b.bytes) + len(text)})
	b.bytes = append(b.bytes, text...)
	return b.add(c)
}

func (b *builder) endRow() error {
	if len(b.row.Cells) == 0 {
		b.row = Row{}
		return nil
	}
	if len(b.pieces) > 0 {
		all := string(b.bytes)
		if !utf8.ValidString(all) {
			return errNotUTF8
		}
		for _, p := range b.pieces {
			b.row.Cells[p.cell].Text = all[p.from:p.to]
		}
		b.bytes, b.pieces = b.bytes[:0], b.pieces[:0]
	}
	b.usual = len(b.row.Cells)
	b.grid.Rows = append(b.grid.Rows, b.row)
	b.row = Row{}
	return nil
}

// finish puts rows and cells in order, which damaged writers do not keep.
func (b *builder) finish() (*Grid, error) {
	if err := b.endRow(); err != nil {
		return nil, err
	}
	g := &b.grid
	byLine := func(a, b Row) int { return a.Line - b.Line }
	if !slices.IsSortedFunc(g.Rows, byLine) {
		slices.SortStableFunc(g.Rows, byLine)
	}
	for i := range g.Rows {
		if i > 0 && g.Rows[i].Line == g.Rows[i-1].Line {
			return nil, refuseDamaged(g.Name, errTwice)
		}
		if err := orderCells(g.Name, g.Rows[i].Cells); err != nil {
			return nil, err
		}
	}
	return g, nil
}

func orderCells(name string, cells []Cell) error {
	byCol := func(a, b Cell) int { return a.Col - b.Col }
	if !slices.IsSortedFunc(cells, byCol) {
		slices.SortStableFunc(cells, byCol)
	}
	for i := 1; i < len(cells); i++ {
		if cells[i].Col == cells[i-1].Col {
			return refuseDamaged(name, errTwice)
		}
	}
	return nil
}
