package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// AcceptsTab keeps Tab for moving among the cells.
func (b *gridBody) AcceptsTab() bool { return true }

// KeyDown and KeyUp watch Shift: Fyne does not hand it over with other keys.
func (b *gridBody) KeyDown(k *fyne.KeyEvent) { b.g.watchShift(k, true) }

// KeyUp is the other half of KeyDown.
func (b *gridBody) KeyUp(k *fyne.KeyEvent) { b.g.watchShift(k, false) }

func (g *Grid) watchShift(k *fyne.KeyEvent, down bool) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		g.shift = down
	}
}

// TypedRune begins a cell anew with what is typed.
func (b *gridBody) TypedRune(r rune) {
	if b.g.editor.begin("", true); b.g.editor.editing {
		b.g.editor.TypedRune(r)
	}
}

// TypedKey moves, clears or begins to edit.
func (b *gridBody) TypedKey(k *fyne.KeyEvent) {
	g := b.g
	Touch()
	if k.Name == fyne.KeyF1 || k.Name == fyne.KeyF6 {
		PassKey(b, k)
		return
	}
	if to, ok := g.target(k.Name); ok {
		g.tabFrom = -1
		g.moveTo(to, g.shift)
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		g.enter()
	case fyne.KeyTab:
		g.tab()
	case fyne.KeyF2:
		g.editor.begin(g.sheet.text(g.cursor.row, g.cursor.col), false)
	case fyne.KeyBackspace:
		g.editor.begin("", true)
	case fyne.KeyDelete:
		g.clearSelected()
	case fyne.KeyEscape:
		g.escape()
	}
}

// target is where a key alone leads.
func (g *Grid) target(key fyne.KeyName) (cellAt, bool) {
	c := g.cursor
	page := max(1, int(g.scroll.Size().Height/rowHeight())-1)
	switch key {
	case fyne.KeyUp:
		c.row--
	case fyne.KeyDown:
		c.row++
	case fyne.KeyLeft:
		c.col--
	case fyne.KeyRight:
		c.col++
	case fyne.KeyHome:
		c.col = 0
	case fyne.KeyEnd:
		c.col = len(g.columns) - 1
	case fyne.KeyPageUp:
		c.row -= page
	case fyne.KeyPageDown:
		c.row += page
	default:
		return c, false
	}
	return c, true
}

// farTarget is where a key with Ctrl leads.
func (g *Grid) farTarget(key fyne.KeyName) (cellAt, bool) {
	c, last := g.cursor, max(len(g.sheet.rows)-1, 0)
	switch key {
	case fyne.KeyUp:
		c.row = 0
	case fyne.KeyDown:
		c.row = last
	case fyne.KeyLeft:
		c.col = 0
	case fyne.KeyRight:
		c.col = len(g.columns) - 1
	case fyne.KeyHome:
		c = cellAt{}
	case fyne.KeyEnd:
		c = cellAt{last, len(g.columns) - 1}
	default:
		return c, false
	}
	return c, true
}

// enter goes down, and after a run of Tabs back to the column it began in; or across.
func (g *Grid) enter() {
	if g.Across {
		if to, inside := g.across(); inside {
			g.moveTo(to, false)
		}
		return
	}
	to := g.cursor
	if g.shift {
		to.row--
	} else {
		to.row++
	}
	if g.tabFrom >= 0 {
		to.col = g.tabFrom
	}
	g.tabFrom = -1
	g.moveTo(to, false)
}

// tab goes right and on to the next row; before the first cell and after the
// last one it leaves the grid.
func (g *Grid) tab() {
	to, inside := g.across()
	if !inside {
		if g.shift {
			g.leave(-1)
		} else {
			g.leave(1)
		}
		return
	}
	if g.tabFrom < 0 {
		g.tabFrom = g.cursor.col
	}
	if to.row != g.cursor.row {
		g.tabFrom = -1
	}
	g.moveTo(to, false)
}

// across is the cell after the cursor, with Shift the one before it; there is none before
// the first and after the last.
func (g *Grid) across() (to cellAt, inside bool) {
	at := g.cursor.row*len(g.columns) + g.cursor.col
	if g.shift {
		at--
	} else {
		at++
	}
	if at < 0 || at >= (len(g.sheet.rows)+1)*len(g.columns) {
		return g.cursor, false
	}
	return cellAt{at / len(g.columns), at % len(g.columns)}, true
}

func (g *Grid) leave(step int) {
	c := canvasOf(g.body)
	switch {
	case c == nil:
	case step < 0:
		c.FocusPrevious()
	default:
		c.FocusNext()
	}
}

func (g *Grid) escape() {
	if g.cursor != g.anchor {
		g.moveTo(g.cursor, false)
		return
	}
	g.leave(1)
}

func (g *Grid) clearSelected() {
	if b := g.selected(); b.top < len(g.sheet.rows) {
		g.stepKeeping(g.sheet.clear(b))
	}
}

// stepKeeping makes a step that leaves cursor and selection where they are.
func (g *Grid) stepKeeping(s splice) {
	anchor := g.anchor
	g.step(s, g.cursor)
	g.anchor = g.inside(anchor)
	g.body.placeMarks()
}

func (g *Grid) fillDown() {
	if b := g.selected(); b.top != b.bottom || b.top > 0 {
		g.stepKeeping(g.sheet.fillDown(b))
	}
}

func (g *Grid) insertRows() {
	b := g.selected()
	if b.top >= len(g.sheet.rows) {
		return
	}
	blank := make([]GridRow, b.bottom-b.top+1)
	g.stepKeeping(g.sheet.replace(b.top, 0, blank))
}

func (g *Grid) deleteRows() {
	b := g.selected()
	g.step(g.sheet.replace(b.top, b.bottom-b.top+1, nil), cellAt{b.top, g.cursor.col})
}

func (g *Grid) selectAll() {
	g.anchor = cellAt{}
	g.cursor = g.inside(cellAt{max(len(g.sheet.rows)-1, 0), len(g.columns) - 1})
	g.body.placeMarks()
}

// TypedShortcut does what the grid knows and passes the rest on to the window,
// which would not hear of it otherwise.
func (b *gridBody) TypedShortcut(s fyne.Shortcut) {
	g := b.g
	if g.OnShortcut != nil && g.OnShortcut(s) {
		return
	}
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		s.Clipboard.SetContent(g.sheet.copy(g.selected()))
	case *fyne.ShortcutCut:
		s.Clipboard.SetContent(g.sheet.copy(g.selected()))
		g.clearSelected()
	case *fyne.ShortcutPaste:
		g.paste(s.Clipboard.Content())
	case *fyne.ShortcutUndo:
		if !g.Undo() {
			PassShortcut(b, s) // what was done before the grid was typed in
		}
	case *fyne.ShortcutRedo:
		if !g.Redo() {
			PassShortcut(b, s)
		}
	case *fyne.ShortcutSelectAll:
		g.selectAll()
	case *desktop.CustomShortcut:
		if !g.custom(s) {
			PassShortcut(b, s)
		}
	default:
		PassShortcut(b, s)
	}
}

func (g *Grid) custom(s *desktop.CustomShortcut) bool {
	if s.Modifier == fyne.KeyModifierAlt && s.KeyName == fyne.KeyDown && g.OnHeader != nil {
		g.openHeader(g.cursor.col)
		return true
	}
	if s.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierShortcutDefault {
		return false
	}
	if to, ok := g.farTarget(s.KeyName); ok {
		g.tabFrom = -1
		g.moveTo(to, s.Modifier&fyne.KeyModifierShift != 0)
		return true
	}
	switch s.KeyName {
	case fyne.KeyD:
		g.fillDown()
	case fyne.KeyPlus, fyne.KeyEqual:
		g.insertRows()
	case fyne.KeyMinus:
		g.deleteRows()
	default:
		return false
	}
	return true
}
