package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Column is one column of a table: its heading, its width in units of the theme's
// text (0 takes what is left, once), and whether it holds numbers.
type Column struct {
	Key     string // what it is remembered by; "" for the heading
	Heading string
	Ems     float32
	Number  bool // right-aligned
	Hidden  bool
}

func (c Column) key() string {
	if c.Key != "" {
		return c.Key
	}
	return c.Heading
}

// TableRow is one row, prepared for display: a text for every column in the order
// given to NewTable. Key is what the row is known by when the rows move.
type TableRow struct {
	Key   string
	Cells []string
	Marks []State // an icon before a cell's words; may be shorter, or nil
}

// Table is a list with columns, made for registers of hundreds of thousands of rows:
// it asks Row for those in sight only, and shows "…" for one that was not read yet,
// so that nothing jumps while pages come.
//
//	arrows, Page Up/Down, Home, End   from row to row; Left and Right move a wide table
//	Enter                             opens the row
//	Space, Shift+arrows               select, where the table selects; Esc selects none
//	Ctrl+A, Ctrl+C                    select all; copy what is selected, or the row, with headings
//	letters                           search
//	Ctrl+V                            hands what was copied to who takes it, if anybody does
//	Ctrl+Up                           to the headings: arrows move among them, Enter sorts,
//	                                  + and - change the width, Ctrl+arrows the place, Down goes back
//	Alt+Down                          all of this in a menu, with the columns to show
//
// By mouse: a tap opens a row or sorts by a heading; the edge of a heading changes
// the width, the heading itself its place; Ctrl and Shift select; the sign at a
// row's left does too. A cell that was cut shows in full under the pointer.
type Table struct {
	widget.BaseWidget

	Row       func(i int) (TableRow, bool) // false: not read yet; asking may start the reading
	OnOpen    func(index int)              // nil: rows are only read
	OnCursor  func(index int)
	OnSort    func(Sorting) // nil: the order is not the person's to choose
	OnSearch  func(rune)
	OnState   func(TableState) // the person changed columns or order
	OnSelect  func()           // the selection changed
	OnRefused func(sentence string)
	OnPaste   func(text string) // rows were pasted; nil: nothing can be
	// OnCopyAll reads the rows of a selection of all, which the table does not have,
	// and hands them to put. Without it they are asked of Row one by one.
	OnCopyAll func(s TableSelection, put func(rows [][]string))
	Selects   bool // rows can be selected

	columns  []Column
	original []Column
	order    []int // the columns by their place
	sorting  Sorting
	total    int
	rows     [][]string // what SetRows gave
	cursor   int        // -1 until a person has been here
	chosen   selection

	lefts  []float32 // left edges of the shown columns, and the right edge of the last
	shown  []int     // the columns shown, by their place
	head   *tableHead
	body   *tableBody
	scroll *container.Scroll
}

// NewTable makes an empty table.
func NewTable(columns ...Column) *Table {
	t := &Table{columns: append([]Column(nil), columns...), original: columns, cursor: -1}
	for i := range columns {
		t.order = append(t.order, i)
	}
	t.body = newTableBody(t)
	t.head = newTableHead(t)
	t.scroll = container.NewScroll(t.body)
	t.scroll.OnScrolled = func(fyne.Position) { t.follow() }
	t.ExtendBaseWidget(t)
	return t
}

// SetRows shows prepared rows, each with a text for every column: for a short table
// that is held whole.
func (t *Table) SetRows(rows [][]string) {
	t.rows = rows
	t.Row = func(i int) (TableRow, bool) {
		return TableRow{Key: strconv.Itoa(i), Cells: t.rows[i]}, true
	}
	t.SetTotal(len(rows))
}

// Rows are the rows SetRows gave.
func (t *Table) Rows() [][]string { return t.rows }

// SetTotal says how many rows there are, and reads those in sight anew.
func (t *Table) SetTotal(n int) {
	t.total = n
	t.cursor = min(t.cursor, n-1)
	t.Refresh()
}

// Total is how many rows there are.
func (t *Table) Total() int { return t.total }

// Open does what a click on a row does.
func (t *Table) Open(index int) {
	if t.OnOpen != nil && index >= 0 && index < t.total {
		t.OnOpen(index)
	}
}

// Cursor is the row the keyboard is on, or -1.
func (t *Table) Cursor() int { return t.cursor }

// MoveTo goes to a row and brings it in sight, without telling OnCursor.
func (t *Table) MoveTo(index int) {
	if t.total == 0 {
		return
	}
	t.cursor = min(max(index, 0), t.total-1)
	t.reveal()
	t.body.placeMarks()
}

// goTo is MoveTo by a person.
func (t *Table) goTo(index int) {
	before := t.cursor
	t.MoveTo(index)
	if t.cursor != before && t.OnCursor != nil {
		t.OnCursor(t.cursor)
	}
}

// Focus gives the table the keyboard.
func (t *Table) Focus() {
	if c := canvasOf(t.body); c != nil {
		c.Focus(t.body)
	}
}

// FocusTarget is what takes the keys.
func (t *Table) FocusTarget() fyne.Focusable { return t.body }

// row is one row as it is now known; one that is not shows that something is there.
func (t *Table) row(i int) (TableRow, bool) {
	if t.Row == nil || i < 0 || i >= t.total {
		return TableRow{}, false
	}
	return t.Row(i)
}

func (t *Table) refuse(sentence string) {
	if t.OnRefused != nil {
		t.OnRefused(sentence)
	}
}

// reveal scrolls the row of the keyboard in sight.
func (t *Table) reveal() {
	height, sight := rowHeight(), t.scroll.Size().Height
	if sight <= 0 {
		return
	}
	to := fyne.NewPos(t.scroll.Offset.X, reach(t.scroll.Offset.Y, sight, float32(t.cursor)*height, height))
	if to != t.scroll.Offset {
		t.scroll.ScrollToOffset(to)
		t.follow()
	}
}

// follow brings headings and rows in step with what was scrolled.
func (t *Table) follow() {
	t.head.follow()
	t.body.place(false)
}

// MinSize leaves room for a heading and three rows.
func (t *Table) MinSize() fyne.Size { return fyne.NewSize(em()*12, 4*rowHeight()) }

// CreateRenderer puts the headings above the rows.
func (t *Table) CreateRenderer() fyne.WidgetRenderer { return &tableRenderer{t: t} }

type tableRenderer struct {
	t    *Table
	size fyne.Size
}

func (r *tableRenderer) Layout(size fyne.Size) {
	t, height := r.t, rowHeight()
	shrunk := size.Height < r.size.Height
	r.size = size
	t.measure(size.Width)
	t.head.place(size.Width, height)
	t.scroll.Move(fyne.NewPos(0, height))
	t.scroll.Resize(fyne.NewSize(size.Width, size.Height-height))
	t.scroll.Refresh() // which reads the rows in sight anew
	if shrunk && t.body.focused {
		t.reveal()
	}
	t.head.follow()
}

func (r *tableRenderer) Refresh() {
	if !r.size.IsZero() {
		r.Layout(r.size)
	}
}

func (r *tableRenderer) Destroy()           {}
func (r *tableRenderer) MinSize() fyne.Size { return r.t.MinSize() }
func (r *tableRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.t.head.back, r.t.head.clip, r.t.scroll, r.t.head.line}
}
