package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// Column is one column of a table: its heading, its width in units of the theme's
// text (0 takes what is left, once), and whether it holds numbers.
type Column struct {
	Heading string
	Ems     float32
	Number  bool
}

// Table is a list of prepared rows under a heading line. Its callbacks only copy
// strings; whoever fills it has them ready.
type Table struct {
	widget.BaseWidget

	OnOpen func(index int) // a row was clicked; nil: rows are only read

	columns []Column
	rows    [][]string
	list    *widget.List
}

// NewTable makes an empty table.
func NewTable(columns ...Column) *Table {
	t := &Table{columns: columns}
	t.list = widget.NewList(func() int { return len(t.rows) }, t.newRow, t.fillRow)
	t.list.HideSeparators = false
	t.ExtendBaseWidget(t)
	return t
}

// SetRows shows prepared rows, each with a text for every column.
func (t *Table) SetRows(rows [][]string) {
	t.rows = rows
	t.list.Refresh()
}

// Rows are the rows shown.
func (t *Table) Rows() [][]string { return t.rows }

// Open does what a click on a row does.
func (t *Table) Open(index int) {
	if t.OnOpen != nil {
		t.OnOpen(index)
	}
}

func (t *Table) newRow() fyne.CanvasObject { return newTableRow(t) }

func (t *Table) fillRow(i widget.ListItemID, o fyne.CanvasObject) {
	row := o.(*tableRow)
	for j, cell := range row.cells {
		cell.SetText(t.rows[i][j])
	}
	row.OnTapped = nil
	if t.OnOpen != nil {
		row.OnTapped = func() { t.Open(i) }
	}
}

// CreateRenderer puts the heading above the rows.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	heads := make([]fyne.CanvasObject, len(t.columns))
	for i, c := range t.columns {
		heads[i] = c.cell(Caption(c.Heading))
	}
	head := container.New(rowLayout{}, container.New(tableLayout{t.columns}, heads...))
	return widget.NewSimpleRenderer(container.NewBorder(VStack(theme.SizeNone, head, Hairline()), nil, nil, nil, t.list))
}

func (c Column) cell(t *Text) *Text {
	if c.Number {
		t.Align = fyne.TextAlignTrailing
	}
	return t
}

type tableRow struct {
	Row
	cells []*Text
}

func newTableRow(t *Table) *tableRow {
	r := &tableRow{}
	objects := make([]fyne.CanvasObject, len(t.columns))
	for i, c := range t.columns {
		cell := c.cell(Line(""))
		r.cells = append(r.cells, cell)
		objects[i] = cell
	}
	r.content = container.New(tableLayout{t.columns}, objects...)
	r.tight = true
	r.ExtendBaseWidget(r)
	return r
}

type tableLayout struct{ columns []Column }

func (l tableLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	em := sizeOf(theme.SizeSection) * 0.875
	for i, c := range l.columns {
		m := o[i].MinSize()
		size.Width += max(c.Ems*em, 0) + sizeOf(theme.SizeGap)
		size.Height = max(size.Height, m.Height)
	}
	return size
}

func (l tableLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap := sizeOf(theme.SizeGroup)
	em := sizeOf(theme.SizeSection) * 0.875
	left := size.Width - gap*float32(len(l.columns)-1)
	for _, c := range l.columns {
		left -= c.Ems * em
	}
	x := float32(0)
	for i, c := range l.columns {
		w := c.Ems * em
		if c.Ems == 0 {
			w = max(left, 4*em)
		}
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(fyne.NewSize(w, size.Height))
		x += w + gap
	}
}
