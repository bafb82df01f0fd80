package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// MatrixColumn is one column of a matrix: its heading, how wide it is at least in units
// of the theme's text, and whether whole words stand in it, which begin at its left.
type MatrixColumn struct {
	Heading string
	Ems     float32
	Words   bool
}

// MatrixCell is one cell: a mark with a letter or a word beside it, and the same in full
// for who copies. A quiet one needs nobody.
type MatrixCell struct {
	Mark  Mark
	Word  string
	Full  string
	Quiet bool
}

// MatrixRow is one row: its name, which stays in sight, and a cell for every column.
type MatrixRow struct {
	Key   string
	Name  string
	State State // an icon before the name; Plain for none
	Cells []MatrixCell
}

// Matrix shows how many things stand in many periods, a mark in every cell. The names of
// the rows and the headings stay while the rest scrolls.
//
//	arrows, Page Up/Down   from cell to cell
//	Home, End              first and last column
//	Enter, Space           open the cell
//	Ctrl+C                 all that is shown, with headings, for a workbook
//	letters                search
//
// A tap opens a cell, or with a row's name the row at the column one is in.
type Matrix struct {
	widget.BaseWidget

	OnOpen   func(row, column int)
	OnCursor func(row, column int)
	OnSearch func(rune)
	OnKey    func(*fyne.KeyEvent) bool // sees keys first, and reports whether it took one

	corner  string
	nameEms float32
	columns []MatrixColumn
	rows    []MatrixRow
	row     int // -1 while there are none
	column  int

	lefts  []float32 // left edges of the columns, and the right edge of the last
	head   *fyne.Container
	names  *matrixNames
	body   *matrixBody
	scroll *container.Scroll
}

// NewMatrix makes an empty matrix. The names of its rows stand under corner.
func NewMatrix(corner string, nameEms float32, columns ...MatrixColumn) *Matrix {
	m := &Matrix{corner: corner, nameEms: nameEms, columns: columns, row: -1, head: container.NewWithoutLayout()}
	m.body = newMatrixBody(m)
	m.names = newMatrixNames(m)
	m.scroll = container.NewScroll(m.body)
	m.scroll.OnScrolled = func(fyne.Position) { m.follow() }
	m.ExtendBaseWidget(m)
	return m
}

// SetRows shows rows in the place of those shown; the keyboard stays on the row it was on,
// by its key.
func (m *Matrix) SetRows(rows []MatrixRow) {
	key := ""
	if m.row >= 0 && m.row < len(m.rows) {
		key = m.rows[m.row].Key
	}
	m.rows = rows
	m.row = min(max(m.row, 0), len(rows)-1)
	for i, r := range rows {
		if r.Key == key {
			m.row = i
		}
	}
	m.Refresh()
}

// Cursor is the cell the keyboard is on; row -1 where there is none.
func (m *Matrix) Cursor() (row, column int) { return m.row, m.column }

// MoveTo goes to a cell and brings it in sight, without telling OnCursor.
func (m *Matrix) MoveTo(row, column int) {
	if len(m.rows) == 0 {
		return
	}
	m.row, m.column = min(max(row, 0), len(m.rows)-1), min(max(column, 0), len(m.columns)-1)
	m.reveal()
	m.mark()
}

func (m *Matrix) goTo(row, column int) {
	wasRow, wasColumn := m.row, m.column
	m.MoveTo(row, column)
	if (m.row != wasRow || m.column != wasColumn) && m.OnCursor != nil {
		m.OnCursor(m.row, m.column)
	}
}

func (m *Matrix) open() {
	if m.OnOpen != nil && m.row >= 0 {
		m.OnOpen(m.row, m.column)
	}
}

// Scrolled is how far the cells were moved.
func (m *Matrix) Scrolled() fyne.Position { return m.scroll.Offset }

// Focus gives the matrix the keyboard.
func (m *Matrix) Focus() {
	if c := canvasOf(m.body); c != nil {
		c.Focus(m.body)
	}
}

// FocusTarget is what takes the keys.
func (m *Matrix) FocusTarget() fyne.Focusable { return m.body }

// Copied is all that is shown, in lines of cells between tabs.
func (m *Matrix) Copied() string {
	line := []string{m.corner}
	for _, c := range m.columns {
		line = append(line, c.Heading)
	}
	lines := []string{strings.Join(line, "\t")}
	for _, r := range m.rows {
		line := []string{r.Name}
		for _, c := range r.Cells {
			line = append(line, c.Full)
		}
		lines = append(lines, strings.Join(line, "\t"))
	}
	return strings.Join(lines, "\n")
}

// matrixRowHeight is less than that of a table: there is no sentence in a cell.
func matrixRowHeight() float32 { return sizeOf(theme.SizeRow) - sizeOf(theme.SizeTight) }

// reveal scrolls the cell of the keyboard in sight.
func (m *Matrix) reveal() {
	sight := m.scroll.Size()
	if sight.IsZero() || len(m.lefts) == 0 {
		return
	}
	height := matrixRowHeight()
	to := fyne.NewPos(
		reach(m.scroll.Offset.X, sight.Width, m.lefts[m.column], m.lefts[m.column+1]-m.lefts[m.column]),
		reach(m.scroll.Offset.Y, sight.Height, float32(m.row)*height, height))
	if to != m.scroll.Offset {
		m.scroll.ScrollToOffset(to)
		m.follow()
	}
}

// follow brings headings, names and cells in step with what was scrolled.
func (m *Matrix) follow() {
	m.head.Move(fyne.NewPos(-m.scroll.Offset.X, 0))
	m.body.place(false)
	m.names.place(false)
}

func (m *Matrix) mark() {
	m.body.placeMarks()
	m.names.placeMarks()
	m.writeHead()
}

// measure gives the columns their room: what they ask for, and what is left in parts.
func (m *Matrix) measure(room float32) {
	all := float32(0)
	for _, c := range m.columns {
		all += c.Ems * em()
	}
	stretch := max(room/max(all, 1), 1)
	m.lefts = m.lefts[:0]
	x := float32(0)
	for _, c := range m.columns {
		m.lefts = append(m.lefts, whole(x))
		x += c.Ems * em() * stretch
	}
	m.lefts = append(m.lefts, whole(x))
}

func (m *Matrix) right() float32 { return m.lefts[len(m.lefts)-1] }

// writeHead writes the headings; that of the column one is in stands out.
func (m *Matrix) writeHead() {
	if len(m.lefts) == 0 {
		return
	}
	m.head.Objects = m.head.Objects[:0]
	for i, c := range m.columns {
		place := areaAt(m.lefts[i], 0, m.lefts[i+1]-m.lefts[i], rowHeight())
		ink := theme.ColorMuted
		if i == m.column && m.row >= 0 {
			ink = fynetheme.ColorNameForeground
		}
		align := fyne.TextAlignCenter
		if c.Words {
			align = fyne.TextAlignLeading
			place = areaAt(place.pos.X+sizeOf(theme.SizeGap), 0, place.size.Width-sizeOf(theme.SizeGap), rowHeight())
		}
		m.head.Add(written(c.Heading, place, align, ink))
	}
	m.head.Resize(fyne.NewSize(m.right(), rowHeight()))
	canvas.Refresh(m.head)
}

// MinSize leaves room for the names, a few columns and three rows.
func (m *Matrix) MinSize() fyne.Size {
	return fyne.NewSize(em()*(m.nameEms+6), rowHeight()+4*matrixRowHeight())
}

// CreateRenderer puts the headings above and the names before the cells.
func (m *Matrix) CreateRenderer() fyne.WidgetRenderer {
	r := &matrixRenderer{m: m, back: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil), edge: canvas.NewRectangle(nil),
		corner: canvas.NewText("", nil), top: container.NewClip(m.head), side: container.NewClip(m.names)}
	return r
}

type matrixRenderer struct {
	m                *Matrix
	size             fyne.Size
	back, line, edge *canvas.Rectangle
	corner           *canvas.Text
	top, side        *container.Clip
}

func (r *matrixRenderer) Layout(size fyne.Size) {
	m, high := r.m, rowHeight()
	shrunk := size.Height < r.size.Height || size.Width < r.size.Width
	r.size = size
	wide := whole(min(m.nameEms*em(), size.Width*0.45))
	m.measure(size.Width - wide)
	areaAt(0, 0, size.Width, high).hold(r.back)
	areaAt(0, high-1, size.Width, 1).hold(r.line)
	areaAt(wide-1, 0, 1, size.Height).hold(r.edge)
	areaAt(wide, 0, size.Width-wide, high).hold(r.top)
	areaAt(0, high, wide-1, size.Height-high).hold(r.side)
	m.names.Resize(r.side.Size())
	areaAt(wide, high, size.Width-wide, size.Height-high).hold(m.scroll)
	r.dress(wide, high)
	m.writeHead()
	m.scroll.Refresh() // which reads the rows in sight anew
	m.names.place(true)
	if shrunk && m.row >= 0 {
		m.reveal()
	}
	m.follow()
}

func (r *matrixRenderer) dress(wide, high float32) {
	r.back.FillColor = fynetheme.Color(theme.ColorRail)
	r.line.FillColor = fynetheme.Color(fynetheme.ColorNameInputBorder)
	r.edge.FillColor = fynetheme.Color(fynetheme.ColorNameInputBorder)
	r.corner.Text = shorten(r.m.corner, wide, fynetheme.CaptionTextSize())
	r.corner.TextSize, r.corner.Color = fynetheme.CaptionTextSize(), fynetheme.Color(theme.ColorMuted)
	areaAt(sizeOf(theme.SizeGap), 0, wide, high).hold(r.corner)
	for _, o := range []fyne.CanvasObject{r.back, r.line, r.edge, r.corner} {
		o.Refresh()
	}
}

func (r *matrixRenderer) Refresh() {
	if !r.size.IsZero() {
		r.Layout(r.size)
	}
}

func (r *matrixRenderer) Destroy()           {}
func (r *matrixRenderer) MinSize() fyne.Size { return r.m.MinSize() }
func (r *matrixRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.corner, r.top, r.side, r.m.scroll, r.line, r.edge}
}
