package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Grid is a table to type and paste into, and behaves like a spreadsheet:
//
//	arrows, Home, End, Page Up/Down   move; with Shift they select, with Ctrl they go to the end
//	Enter, Tab                        down, right; with Shift up, left; see Across
//	typing, F2                        edit the cell; Esc gives its text back
//	Ctrl+C, Ctrl+X, Ctrl+V            copy, cut, paste blocks as spreadsheets do
//	Ctrl+D, Delete                    fill down, clear
//	Ctrl+Z, Ctrl+Y                    undo, redo
//	Ctrl+plus, Ctrl+minus             insert, delete rows
//	Esc                               leaves the grid when nothing is being edited
//
// It draws only the rows in sight. One entry serves as the editor of all cells
// and never changes what is being typed, so that keyboards which send
// backspaces and characters work. The row below the last is for adding.
//
// The grid knows nothing of what its cells mean: its owner reads Rows, and says
// through State how each row stands.
type Grid struct {
	widget.BaseWidget

	// Across lets Enter go to the next cell of the row and from the last to the next row:
	// for lists that are written row by row, each row a thing of its own.
	Across bool

	// OnCell tells each cell that was typed into and left.
	OnCell func(row, col int, text string)
	// OnChanged tells that a step was made, undone or redone.
	OnChanged func()
	// OnCursor tells where the cursor has gone.
	OnCursor func(row, col int)
	// OnTyping tells what stands in the editor so far; at the end of editing, "".
	OnTyping func(row, col int, text string)
	// OnPaste may take over a block from the clipboard; if it reports false the
	// grid writes the cells as they are.
	OnPaste func(text string) bool
	// OnRefused tells in a sentence why something was not done.
	OnRefused func(sentence string)
	// OnShortcut may take a shortcut before the grid does.
	OnShortcut func(fyne.Shortcut) bool
	// OnHeader is asked for what the title of a column offers, by a tap on it or with
	// Alt+Down in the column; nil: titles are only words.
	OnHeader func(col int, at fyne.Position)
	// NewKey gives a row made in the grid its key; nil leaves it without one.
	NewKey func() string
	// State says how a row stands; it is asked for the rows in sight.
	State func(row int, r GridRow) GridRowState

	columns []GridColumn
	sheet   sheet
	cursor  cellAt
	anchor  cellAt // the selection's other corner
	tabFrom int    // the column where a run of Tabs began; Enter returns to it
	shift   bool   // a Shift key is down

	head   *gridHead
	side   *gridSide
	body   *gridBody
	scroll *container.Scroll
	editor *cellEditor
	least  float32   // the width below which columns would be too narrow
	lefts  []float32 // left edge of each column, and the right edge of the last
}

// GridColumn describes one column.
type GridColumn struct {
	Title   string
	Below   string   // a second, quieter line of the title
	Width   float32  // least width, in letters
	Grow    float32  // share of the room that is left over
	Number  bool     // right-aligned
	Choices []string // the words it may hold; the first letters of one are enough
	Open    bool     // Choices are only offered: what is typed stands, unless one is picked
	Fixed   bool     // shown, not edited
}

// NewGrid makes an empty grid.
func NewGrid(columns []GridColumn) *Grid {
	g := &Grid{columns: columns, sheet: sheet{columns: len(columns)}, tabFrom: -1}
	g.sheet.newKey = func() string {
		if g.NewKey == nil {
			return ""
		}
		return g.NewKey()
	}
	g.editor = newCellEditor(g)
	g.body = newGridBody(g)
	g.head = newGridHead(g)
	g.side = newGridSide(g)
	g.scroll = container.NewScroll(g.body)
	g.scroll.OnScrolled = func(fyne.Position) { g.follow() }
	g.ExtendBaseWidget(g)
	return g
}

// SetRows replaces everything; it cannot be undone.
func (g *Grid) SetRows(rows []GridRow) {
	g.editor.drop()
	g.sheet.reset(rows)
	g.cursor, g.anchor, g.tabFrom = cellAt{}, cellAt{}, -1
	g.scroll.Offset = fyne.Position{}
	g.Refresh()
}

// GridRows are rows of cells alone.
func GridRows(cells [][]string) []GridRow {
	var rows []GridRow
	for _, c := range cells {
		rows = append(rows, GridRow{Cells: c})
	}
	return rows
}

// SetChoices offers other words in a column, in the list under a cell being typed too.
func (g *Grid) SetChoices(col int, words []string) {
	g.columns[col].Choices = words
	if e := g.editor; e.editing && e.at.col == col {
		e.offer()
	}
}

// Rows are the rows as they stand, without what is in the editor.
func (g *Grid) Rows() []GridRow { return g.sheet.rows }

// Row is one row; the row for adding is blank.
func (g *Grid) Row(row int) GridRow {
	if row < 0 || row >= len(g.sheet.rows) {
		return GridRow{Cells: make([]string, len(g.columns))}
	}
	return g.sheet.rows[row]
}

// Replace puts rows in the place of n rows, as one step that can be undone.
func (g *Grid) Replace(at, n int, rows []GridRow) {
	g.editor.drop()
	step := g.sheet.replace(at, n, rows)
	g.step(step, cellAt{step.at, g.cursor.col})
}

// Cursor is where the cursor stands.
func (g *Grid) Cursor() (row, col int) { return g.cursor.row, g.cursor.col }

// CursorPlace is where in the window something about the cursor's cell may open.
func (g *Grid) CursorPlace() fyne.Position {
	cell := g.areaOf(blockOf(g.cursor, g.cursor))
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g.body)
	return at.Add(cell.pos).AddXY(0, cell.size.Height)
}

// Select puts the cursor on a cell and brings it in sight.
func (g *Grid) Select(row, col int) { g.moveTo(cellAt{row, col}, false) }

// Editing is the text in the editor, and whether a cell is being edited.
func (g *Grid) Editing() (text string, editing bool) {
	return g.editor.Text, g.editor.editing
}

// Commit takes what is in the editor, as leaving the cell does.
func (g *Grid) Commit() { g.editor.commit() }

// Cancel gives the cell its text back.
func (g *Grid) Cancel() { g.editor.cancel() }

// Undo takes back the last step; false when there is none.
func (g *Grid) Undo() bool { return g.travel(g.sheet.undo) }

// Redo makes the step taken back last; false when there is none.
func (g *Grid) Redo() bool { return g.travel(g.sheet.redo) }

func (g *Grid) travel(move func() (cellAt, bool)) bool {
	g.editor.drop()
	to, ok := move()
	if !ok {
		return false
	}
	g.cursor, g.anchor = g.inside(to), g.inside(to)
	g.changed()
	return true
}

// Focus gives the grid the keyboard.
func (g *Grid) Focus() {
	if c := canvasOf(g.body); c != nil {
		c.Focus(g.body)
	}
}

// FocusTarget is what takes the keys.
func (g *Grid) FocusTarget() fyne.Focusable { return g.body }

// step makes a step that ends with the cursor on a cell.
func (g *Grid) step(s splice, to cellAt) {
	s.at0, s.at1 = g.cursor, to
	g.keepFixed(s)
	if !g.sheet.do(s) {
		return
	}
	g.cursor, g.anchor = g.inside(to), g.inside(to)
	g.changed()
}

// keepFixed leaves what columns that are not edited hold in the rows of a step.
func (g *Grid) keepFixed(s splice) {
	for col := range g.columns {
		if !g.columns[col].Fixed {
			continue
		}
		was := map[string]string{}
		for _, r := range s.out {
			was[r.Key] = r.Cells[col]
		}
		for _, r := range s.in {
			if text, there := was[r.Key]; there {
				r.Cells[col] = text // made for this step: nobody else holds it yet
			}
		}
	}
}

// changed shows and tells that the rows are no longer the same.
func (g *Grid) changed() {
	if g.OnChanged != nil {
		g.OnChanged() // first: the owner judges the rows that are drawn next
	}
	g.scroll.Refresh()
	g.reveal(g.cursor)
	g.body.rebind()
	g.tellCursor()
}

func (g *Grid) tellCursor() {
	if g.OnCursor != nil {
		g.OnCursor(g.cursor.row, g.cursor.col)
	}
}

// moveTo puts the cursor on a cell; extending keeps the selection's other corner.
func (g *Grid) moveTo(to cellAt, extend bool) {
	g.cursor = g.inside(to)
	if !extend {
		g.anchor = g.cursor
	}
	g.reveal(g.cursor)
	g.body.placeMarks()
	g.tellCursor()
}

func (g *Grid) inside(c cellAt) cellAt {
	return cellAt{
		row: min(max(c.row, 0), len(g.sheet.rows)),
		col: min(max(c.col, 0), len(g.columns)-1),
	}
}

func (g *Grid) selected() block { return blockOf(g.cursor, g.anchor) }

func (g *Grid) refuse(sentence string) {
	if g.OnRefused != nil {
		g.OnRefused(sentence)
	}
}

// paste takes a block from the clipboard.
func (g *Grid) paste(text string) {
	if isBlock(text) && g.OnPaste != nil && g.OnPaste(text) {
		return
	}
	g.PasteCells(text)
}

// PasteCells writes a block as it is, from the selection's corner on.
func (g *Grid) PasteCells(text string) {
	cells := readBlock(text)
	for _, line := range cells {
		for i := range line {
			line[i] = oneLine(line[i])
		}
	}
	at := g.selected()
	if width, room := widthOf(cells), len(g.columns)-at.left; width > room {
		g.refuse(T("Khối dán có {{.Width}} cột, từ ô này sang phải chỉ có {{.Room}} cột. Hãy chọn ô ở cột trước rồi dán lại; chưa có gì thay đổi.",
			map[string]any{"Width": width, "Room": room}))
		return
	}
	g.completeChoices(cells, at.left)
	step, into := g.sheet.put(at, cells)
	g.step(step, cellAt{into.top, into.left})
	g.anchor = g.inside(cellAt{into.bottom, into.right})
	g.body.placeMarks()
}

// completeChoices makes the words of columns with choices whole.
func (g *Grid) completeChoices(cells [][]string, left int) {
	for _, line := range cells {
		for i := range line {
			line[i] = g.columns[left+i].complete(line[i])
		}
	}
}
