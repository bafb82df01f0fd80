package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sophobien/ui/theme"
)

// FocusGained shows where the keyboard is.
func (b *tableBody) FocusGained() {
	Arrived(b)
	b.focused = true
	if b.t.cursor < 0 && b.t.total > 0 {
		b.t.cursor = 0
	}
	b.placeMarks()
}

// FocusLost shows that it is elsewhere.
func (b *tableBody) FocusLost() {
	b.focused, b.shift = false, false
	b.t.head.leave()
}

// KeyDown and KeyUp watch Shift: Fyne does not hand it over with other keys.
func (b *tableBody) KeyDown(k *fyne.KeyEvent) { b.watchShift(k, true) }

// KeyUp is the other half of KeyDown.
func (b *tableBody) KeyUp(k *fyne.KeyEvent) { b.watchShift(k, false) }

func (b *tableBody) watchShift(k *fyne.KeyEvent, down bool) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		b.shift = down
	}
}

// TypedKey moves and opens.
func (b *tableBody) TypedKey(key *fyne.KeyEvent) {
	t := b.t
	Touch()
	if t.head.keys {
		b.headKey(key)
		return
	}
	if to, ok := b.target(key.Name); ok {
		if b.shift {
			t.selectTo(to)
		} else {
			t.goTo(to)
		}
		return
	}
	switch key.Name {
	case fyne.KeyLeft, fyne.KeyRight:
		b.scrollAside(key.Name)
	case fyne.KeyReturn, fyne.KeyEnter:
		t.Open(t.cursor)
	case fyne.KeyEscape:
		if t.SelectedCount() > 0 {
			t.SelectNone()
			return
		}
		if c := canvasOf(b); !PassKey(b, key) && c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(key) // back, where the window knows a way
		}
	default:
		b.pass(key)
	}
}

// pass lets the window and a dialog have a key.
func (b *tableBody) pass(key *fyne.KeyEvent) {
	if d := dialogOver(canvasOf(b)); !PassKey(b, key) && d != nil {
		d.typed(key)
	}
}

// target is the row a key leads to.
func (b *tableBody) target(key fyne.KeyName) (int, bool) {
	t := b.t
	page := max(1, int(t.scroll.Size().Height/rowHeight())-1)
	switch key {
	case fyne.KeyUp:
		return max(t.cursor-1, 0), true
	case fyne.KeyDown:
		return t.cursor + 1, true
	case fyne.KeyPageUp:
		return max(t.cursor-page, 0), true
	case fyne.KeyPageDown:
		return t.cursor + page, true
	case fyne.KeyHome:
		return 0, true
	case fyne.KeyEnd:
		return t.total - 1, true
	}
	return 0, false
}

// scrollAside moves a table that is wider than its room.
func (b *tableBody) scrollAside(key fyne.KeyName) {
	s := b.t.scroll
	step := em() * 6
	if key == fyne.KeyLeft {
		step = -step
	}
	x := max(min(s.Offset.X+step, b.width()-s.Size().Width), 0)
	s.ScrollToOffset(fyne.NewPos(x, s.Offset.Y))
	b.t.follow()
}

// headKey does what keys do on the headings.
func (b *tableBody) headKey(key *fyne.KeyEvent) {
	h := b.t.head
	switch key.Name {
	case fyne.KeyLeft:
		h.goTo(h.at - 1)
	case fyne.KeyRight:
		h.goTo(h.at + 1)
	case fyne.KeyHome:
		h.goTo(0)
	case fyne.KeyEnd:
		h.goTo(len(b.t.shown) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		b.t.turnSort(h.at)
	case fyne.KeyDown, fyne.KeyEscape:
		h.leave()
	default:
		PassKey(b, key)
	}
}

// TypedRune selects on Space and searches with letters; on the headings it sorts and
// changes widths.
func (b *tableBody) TypedRune(r rune) {
	t := b.t
	switch {
	case t.head.keys:
		b.headRune(r)
	case r == ' ':
		t.toggle(t.cursor)
	case t.OnSearch != nil:
		t.OnSearch(r)
	}
}

func (b *tableBody) headRune(r rune) {
	t := b.t
	switch r {
	case ' ':
		t.turnSort(t.head.at)
	case '+', '=':
		t.widen(t.head.at, 1)
	case '-', '_':
		t.widen(t.head.at, -1)
	}
}

// TypedShortcut does what the table knows; the rest is the window's.
func (b *tableBody) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		b.t.copyTo(s.Clipboard)
	case *fyne.ShortcutPaste:
		if b.t.OnPaste != nil {
			b.t.OnPaste(s.Clipboard.Content())
		}
	case *fyne.ShortcutSelectAll:
		b.t.SelectAll()
	case *desktop.CustomShortcut:
		if !b.custom(s) {
			PassShortcut(b, s)
		}
	default:
		PassShortcut(b, s)
	}
}

func (b *tableBody) custom(s *desktop.CustomShortcut) bool {
	h := b.t.head
	if s.Modifier == fyne.KeyModifierAlt && s.KeyName == fyne.KeyDown {
		h.menu(h.at)
		return true
	}
	if s.Modifier != fyne.KeyModifierShortcutDefault {
		return false
	}
	switch s.KeyName {
	case fyne.KeyUp:
		h.goTo(h.at)
	case fyne.KeyDown:
		h.leave()
	case fyne.KeyHome:
		b.t.goTo(0)
	case fyne.KeyEnd:
		b.t.goTo(b.t.total - 1)
	case fyne.KeyLeft, fyne.KeyRight:
		return b.shiftHead(s.KeyName)
	default:
		return false
	}
	return true
}

func (b *tableBody) shiftHead(key fyne.KeyName) bool {
	h := b.t.head
	if !h.keys {
		return false
	}
	step := 1
	if key == fyne.KeyLeft {
		step = -1
	}
	h.shift(h.at, step)
	return true
}

// MouseDown goes to the row under the pointer; with Ctrl it chooses the row too, with
// Shift all up to it.
func (b *tableBody) MouseDown(m *desktop.MouseEvent) {
	t := b.t
	t.Focus()
	t.head.leave()
	row := b.rowAt(m.Position)
	if row < 0 {
		return
	}
	switch {
	case m.Modifier&fyne.KeyModifierShift != 0:
		t.selectTo(row)
	case m.Modifier&fyne.KeyModifierShortcutDefault != 0, m.Button == desktop.MouseButtonPrimary && b.onTick(m.Position):
		t.toggle(row)
		t.goTo(row)
	default:
		t.goTo(row)
		b.opens = m.Button == desktop.MouseButtonPrimary
		return
	}
	b.opens = false
}

// MouseUp is there because MouseDown is.
func (b *tableBody) MouseUp(*desktop.MouseEvent) {}

// Tapped opens the row, unless the press was for choosing it.
func (b *tableBody) Tapped(p *fyne.PointEvent) {
	if row := b.rowAt(p.Position); row >= 0 && b.opens {
		b.t.Open(row)
	}
}

func (b *tableBody) rowAt(p fyne.Position) int {
	if row := int(p.Y / rowHeight()); p.Y >= 0 && row < b.t.total {
		return row
	}
	return -1
}

func (b *tableBody) onTick(p fyne.Position) bool {
	return b.t.Selects && p.X < b.t.gutter()+sizeOf(theme.SizeTight)
}

// MouseIn, MouseMoved and MouseOut follow the pointer.
func (b *tableBody) MouseIn(m *desktop.MouseEvent)    { b.hover(m.Position) }
func (b *tableBody) MouseMoved(m *desktop.MouseEvent) { b.hover(m.Position) }
func (b *tableBody) MouseOut() {
	b.hovered = -1
	b.tip.hide()
	b.placeMarks()
}

func (b *tableBody) hover(p fyne.Position) {
	if row := b.rowAt(p); row != b.hovered {
		b.hovered = row
		b.placeMarks()
	}
	b.showTip(p)
}

// showTip shows the cell under the pointer in full where it was cut.
func (b *tableBody) showTip(p fyne.Position) {
	t, n := b.t, b.t.placeOf(p.X)
	if b.hovered < 0 || len(b.views) == 0 || p.X >= t.right() || p.X < t.gutter() {
		b.tip.hide()
		return
	}
	view := b.views[b.hovered%len(b.views)]
	if view.row != b.hovered || !view.cut[n] {
		b.tip.hide()
		return
	}
	cell := areaAt(t.lefts[n], float32(view.row)*rowHeight(), t.lefts[n+1]-t.lefts[n], rowHeight())
	b.tip.show(view.full[n], cell, t.scroll.Offset.X, t.scroll.Offset.X+t.scroll.Size().Width)
}

// Cursor is a hand where a click opens.
func (b *tableBody) Cursor() desktop.Cursor {
	if b.t.OnOpen != nil && b.hovered >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
