package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// cellEditor is the one entry that edits all cells. While someone types it only
// listens; the text is tidied when the cell is left.
type cellEditor struct {
	widget.Entry
	g       *Grid
	list    *choiceList
	at      cellAt
	editing bool
	quick   bool // begun by typing: arrows leave the cell instead of moving in it
}

func newCellEditor(g *Grid) *cellEditor {
	e := &cellEditor{g: g, list: newChoiceList()}
	e.Hidden = true
	e.Wrapping = fyne.TextWrapOff
	e.Scroll = fyne.ScrollHorizontalOnly
	e.OnChanged = func(text string) {
		e.offer()
		e.tell(text)
	}
	e.ExtendBaseWidget(e)
	return e
}

// offer shows what the letters typed so far may mean.
func (e *cellEditor) offer() {
	c := e.g.columns[e.at.col]
	e.list.show(c.matching(e.Text), e.Text != "" && !c.Open)
	e.place()
}

// begin edits the cell under the cursor, starting from a text.
func (e *cellEditor) begin(text string, quick bool) {
	if e.editing || e.g.columns[e.g.cursor.col].Fixed {
		return
	}
	g := e.g
	e.at, e.quick, e.editing = g.cursor, quick, true
	g.anchor = g.cursor
	e.setSilently(text)
	e.CursorColumn = len([]rune(text))
	e.list.show(g.columns[e.at.col].Choices, false)
	e.Show()
	g.reveal(g.cursor)
	g.body.placeMarks()
	e.take(e)
}

// setSilently sets the text without telling anyone that it was typed.
func (e *cellEditor) setSilently(text string) {
	told := e.OnChanged
	e.OnChanged = nil
	e.SetText(text)
	e.OnChanged = told
}

func (e *cellEditor) tell(text string) {
	if e.g.OnTyping != nil {
		e.g.OnTyping(e.at.row, e.at.col, text)
	}
}

func (e *cellEditor) take(f fyne.Focusable) {
	if c := canvasOf(e.g.body); c != nil && c.Focused() != f {
		c.Focus(f)
	}
}

// commit keeps what was typed.
func (e *cellEditor) commit() {
	e.keep(true)
}

// keep ends editing with what was typed; the keyboard goes back to the cells
// unless it is on its way elsewhere.
func (e *cellEditor) keep(keyboard bool) {
	if !e.editing {
		return
	}
	g, at, text := e.g, e.at, oneLine(e.Text)
	if word := e.list.word(); word != "" {
		text = word
	} else {
		text = g.columns[at.col].complete(text)
	}
	e.end(keyboard)
	step := g.sheet.change(at.row, at.row, func(_ int, cells []string) { cells[at.col] = text })
	g.step(step, at)
	if g.OnCell != nil {
		g.OnCell(at.row, at.col, text)
	}
}

// cancel leaves the cell as it was.
func (e *cellEditor) cancel() {
	if e.editing {
		e.end(true)
	}
}

// drop ends editing because the rows change under it.
func (e *cellEditor) drop() { e.cancel() }

func (e *cellEditor) end(keyboard bool) {
	e.editing = false
	if keyboard {
		e.take(e.g.body)
	}
	e.Hide()
	e.list.Hide()
	e.g.body.placeMarks()
	e.tell("")
}

// place puts the editor over its cell, and the choices under it, or above where
// there is no room.
func (e *cellEditor) place() {
	if !e.editing {
		return
	}
	g := e.g
	cell := g.areaOf(blockOf(e.at, e.at))
	e.over(cell).hold(e)
	size := e.list.size(cell.size.Width)
	below := cell.pos.AddXY(0, cell.size.Height)
	if below.Y+size.Height > g.scroll.Offset.Y+g.scroll.Size().Height && cell.pos.Y-size.Height >= g.scroll.Offset.Y {
		below = cell.pos.SubtractXY(0, size.Height)
	}
	area{below, size}.hold(e.list)
}

// over is the editor's place over a cell: so much higher and lower than the cell
// that the text stands where it stood.
func (e *cellEditor) over(cell area) area {
	more := max(0, e.MinSize().Height-cell.size.Height)
	return area{cell.pos.SubtractXY(0, more/2), cell.size.AddWidthHeight(0, more)}
}

// AcceptsTab keeps Tab for going to the next cell.
func (e *cellEditor) AcceptsTab() bool { return true }

// KeyDown and KeyUp watch Shift for the cells too.
func (e *cellEditor) KeyDown(k *fyne.KeyEvent) {
	e.g.watchShift(k, true)
	e.Entry.KeyDown(k)
}

// KeyUp is the other half of KeyDown.
func (e *cellEditor) KeyUp(k *fyne.KeyEvent) {
	e.g.watchShift(k, false)
	e.Entry.KeyUp(k)
}

// FocusGained gives the keyboard on to the cells when nothing is edited: the
// window hands it back to whoever had it when the person returns to it.
func (e *cellEditor) FocusGained() {
	if !e.editing {
		e.take(e.g.body)
		return
	}
	e.Entry.FocusGained()
}

// FocusLost keeps what was typed, as leaving a cell always does.
func (e *cellEditor) FocusLost() {
	e.Entry.FocusLost()
	e.keep(false)
}

// TypedRune types, or begins a cell when nothing is edited.
func (e *cellEditor) TypedRune(r rune) {
	if !e.editing {
		e.take(e.g.body)
		e.g.body.TypedRune(r)
		return
	}
	e.Entry.TypedRune(r)
}

// TypedKey leaves the cell or edits its text.
func (e *cellEditor) TypedKey(k *fyne.KeyEvent) {
	Touch()
	switch k.Name {
	case fyne.KeyEscape:
		e.cancel()
		return
	case fyne.KeyF2:
		e.quick = false
		return
	case fyne.KeyUp, fyne.KeyDown:
		if e.list.move(k.Name) {
			return
		}
	}
	if !e.editing || e.leaves(k.Name) {
		e.commit()
		e.g.body.TypedKey(k)
		return
	}
	e.Entry.TypedKey(k)
}

func (e *cellEditor) leaves(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab, fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyF6:
		return true
	case fyne.KeyLeft, fyne.KeyRight:
		return e.quick && !e.g.shift
	}
	return false
}

// TypedShortcut edits text, takes a block for the cells, or leaves the cell and
// lets the grid and the window have their turn.
func (e *cellEditor) TypedShortcut(s fyne.Shortcut) {
	if e.g.OnShortcut != nil && e.g.OnShortcut(s) {
		return
	}
	if p, ok := s.(*fyne.ShortcutPaste); ok && isBlock(p.Clipboard.Content()) {
		e.commit()
		e.g.body.TypedShortcut(s)
		return
	} else if ok {
		s = &fyne.ShortcutPaste{Clipboard: oneCell{oneLine(p.Clipboard.Content())}}
	}
	if c, ok := s.(*desktop.CustomShortcut); ok && !editsText(c) {
		e.commit()
		e.g.body.TypedShortcut(s)
		return
	}
	e.Entry.TypedShortcut(s)
}

// editsText reports whether a shortcut is the entry's own.
func editsText(s *desktop.CustomShortcut) bool {
	switch s.KeyName {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
		return true
	}
	return false
}

// oneCell is a clipboard that holds one cell without the line end after it.
type oneCell struct{ text string }

func (c oneCell) Content() string { return c.text }
func (c oneCell) SetContent(string) {
}
