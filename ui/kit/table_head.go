package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// tableHead is the row of headings, which follows the rows sideways.
type tableHead struct {
	t      *Table
	clip   *container.Clip
	titles *fyne.Container
	back   *canvas.Rectangle
	line   *canvas.Rectangle
	texts  []*canvas.Text
	rules  []*canvas.Rectangle
	ring   outline
	touch  *tableTouch
	at     int  // the heading the keyboard was on last
	keys   bool // the keyboard is on the headings
}

func newTableHead(t *Table) *tableHead {
	h := &tableHead{t: t, titles: container.NewWithoutLayout(), back: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil), ring: newOutline()}
	for range t.columns {
		text, rule := canvas.NewText("", nil), canvas.NewRectangle(nil)
		h.texts, h.rules = append(h.texts, text), append(h.rules, rule)
		h.titles.Objects = append(h.titles.Objects, text, rule)
	}
	h.touch = newTableTouch(h)
	h.titles.Objects = append(h.ring.over(h.titles.Objects), h.touch)
	h.clip = container.NewClip(h.titles)
	return h
}

func (h *tableHead) place(width, height float32) {
	h.back.FillColor = fynetheme.Color(theme.ColorRail)
	h.back.Resize(fyne.NewSize(width, height))
	h.back.Refresh()
	h.line.FillColor = fynetheme.Color(fynetheme.ColorNameInputBorder)
	areaAt(0, height-1, width, 1).hold(h.line)
	h.line.Refresh()
	h.clip.Resize(fyne.NewSize(width, height))
	h.touch.Resize(fyne.NewSize(max(h.t.right(), width), height))
	for n := range h.texts {
		h.texts[n].Hidden, h.rules[n].Hidden = n >= len(h.t.shown), n >= len(h.t.shown)
		if n < len(h.t.shown) {
			h.placeTitle(n, height)
		}
	}
	h.placeRing()
}

func (h *tableHead) placeTitle(n int, height float32) {
	t, c := h.t, h.t.columns[h.t.shown[n]]
	pad := sizeOf(theme.SizeGap)
	room, sign := t.lefts[n+1]-t.lefts[n]-2*pad, ""
	text := h.texts[n]
	text.Color = fynetheme.Color(theme.ColorMuted)
	if t.sorting.Key == c.key() && t.OnSort != nil {
		text.Color = fynetheme.Color(fynetheme.ColorNameForeground)
		sign = map[bool]string{false: " ↑", true: " ↓"}[t.sorting.Down]
	}
	text.TextSize = fynetheme.CaptionTextSize()
	text.Text = shorten(c.Heading, room-captionSize(sign).Width, text.TextSize) + sign
	text.Alignment = fyne.TextAlignLeading
	if c.Number {
		text.Alignment = fyne.TextAlignTrailing
	}
	areaAt(t.lefts[n]+pad, 0, room, height-1).hold(text)
	text.Refresh()
	rule := h.rules[n]
	rule.FillColor = fynetheme.Color(fynetheme.ColorNameSeparator)
	areaAt(t.lefts[n+1]-1, whole(height*0.25), 1, whole(height*0.5)).hold(rule)
	rule.Refresh()
}

func (h *tableHead) placeRing() {
	t := h.t
	h.at = min(max(h.at, 0), max(len(t.shown)-1, 0))
	shown := h.keys && t.body.focused && len(t.shown) > 0
	for _, side := range h.ring {
		side.Hidden = !shown
		side.Refresh()
	}
	if shown {
		place := areaAt(t.lefts[h.at], 0, t.lefts[h.at+1]-t.lefts[h.at], rowHeight()-1)
		h.ring.around(place, sizeOf(theme.SizeRing), fynetheme.Color(fynetheme.ColorNamePrimary))
	}
}

func (h *tableHead) follow() { h.titles.Move(fyne.NewPos(-h.t.scroll.Offset.X, 0)) }

// goTo puts the keyboard on a heading and brings it in sight.
func (h *tableHead) goTo(n int) {
	t := h.t
	h.keys, h.at = true, min(max(n, 0), max(len(t.shown)-1, 0))
	if len(t.shown) > 0 {
		x := reach(t.scroll.Offset.X, t.scroll.Size().Width, t.lefts[h.at], t.lefts[h.at+1]-t.lefts[h.at])
		t.scroll.ScrollToOffset(fyne.NewPos(x, t.scroll.Offset.Y))
		t.follow()
	}
	h.placeRing()
	t.body.placeMarks()
}

func (h *tableHead) leave() {
	h.keys = false
	h.placeRing()
	h.t.body.placeMarks()
}

// menu offers what a heading can do, under it.
func (h *tableHead) menu(n int) {
	t, window := h.t, canvasOf(h.t.body)
	if window == nil || len(t.shown) == 0 {
		return
	}
	h.at = min(max(n, 0), len(t.shown)-1)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(h.clip)
	at = at.AddXY(t.lefts[h.at]-t.scroll.Offset.X, rowHeight())
	menuOn(window, at, h.items(h.at)...)
}

func (h *tableHead) items(n int) []*fyne.MenuItem {
	t := h.t
	key := t.columns[t.shown[n]].key()
	var items []*fyne.MenuItem
	if t.OnSort != nil {
		items = append(items,
			fyne.NewMenuItem(T("Xếp tăng dần"), func() { t.sortBy(Sorting{Key: key}) }),
			fyne.NewMenuItem(T("Xếp giảm dần"), func() { t.sortBy(Sorting{Key: key, Down: true}) }),
			fyne.NewMenuItemSeparator())
	}
	items = append(items,
		fyne.NewMenuItem(T("Rộng hơn")+"    +", func() { t.widen(n, 1) }),
		fyne.NewMenuItem(T("Hẹp lại")+"    −", func() { t.widen(n, -1) }),
		fyne.NewMenuItem(T("Sang trái")+"    Ctrl+←", func() { h.shift(n, -1) }),
		fyne.NewMenuItem(T("Sang phải")+"    Ctrl+→", func() { h.shift(n, 1) }),
		fyne.NewMenuItemSeparator())
	for _, i := range t.order {
		item := fyne.NewMenuItem(t.columns[i].Heading, func() { t.hide(i, !t.columns[i].Hidden) })
		item.Checked = !t.columns[i].Hidden
		items = append(items, item)
	}
	return append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(T("Trả cột về ban đầu"), t.ResetColumns))
}

// shift moves a heading by steps, and the keyboard with it.
func (h *tableHead) shift(n, step int) {
	if h.t.shift(n, n+step) {
		h.at = n + step
		h.placeRing()
		h.t.tellState()
	}
}

// tableTouch lets the headings be tapped and dragged.
type tableTouch struct {
	widget.BaseWidget
	h       *tableHead
	pointer float32
	sizing  int // the column whose edge is dragged, or -1
	moving  int // the column that is dragged, or -1
	width   float32
	dragged bool
}

func newTableTouch(h *tableHead) *tableTouch {
	t := &tableTouch{h: h, sizing: -1, moving: -1}
	t.ExtendBaseWidget(t)
	return t
}

// Tapped sorts by the heading, except on an edge.
func (t *tableTouch) Tapped(p *fyne.PointEvent) {
	table := t.h.t
	table.Focus()
	if table.edgeAt(p.Position.X) >= 0 || p.Position.X >= table.right() || p.Position.X < table.gutter() {
		return
	}
	table.turnSort(table.placeOf(p.Position.X))
}

// TappedSecondary offers what the heading can do.
func (t *tableTouch) TappedSecondary(p *fyne.PointEvent) {
	t.h.t.Focus()
	t.h.menu(t.h.t.placeOf(p.Position.X))
}

// Dragged changes the width of the column whose edge was taken, or the place of the
// column that was.
func (t *tableTouch) Dragged(e *fyne.DragEvent) {
	table := t.h.t
	if !t.dragged {
		t.take(e.Position.X - e.Dragged.DX)
	}
	switch {
	case t.sizing >= 0:
		t.width += e.Dragged.DX
		table.setWidth(t.sizing, t.width)
	case t.moving >= 0:
		t.carry(e.Position.X)
	}
}

func (t *tableTouch) take(x float32) {
	table := t.h.t
	t.dragged = true
	if t.sizing = table.edgeAt(x); t.sizing >= 0 {
		t.width = table.lefts[t.sizing+1] - table.lefts[t.sizing]
		return
	}
	if x >= table.gutter() && x < table.right() {
		t.moving = table.placeOf(x)
	}
}

// carry moves the column on once the pointer is past the middle of its neighbour, and
// the column would lie under it at its new place: else columns of unequal width
// would jump back and forth.
func (t *tableTouch) carry(x float32) {
	table, n := t.h.t, t.moving
	middle := func(n int) float32 { return (table.lefts[n] + table.lefts[n+1]) / 2 }
	width := table.lefts[n+1] - table.lefts[n]
	switch {
	case n+1 < len(table.shown) && x >= max(table.lefts[n+2]-width, middle(n+1)):
		t.moving++
	case n > 0 && x < min(table.lefts[n-1]+width, middle(n-1)):
		t.moving--
	default:
		return
	}
	table.shift(n, t.moving)
}

// DragEnd tells what has become of it.
func (t *tableTouch) DragEnd() {
	if t.sizing >= 0 || t.moving >= 0 {
		t.h.t.tellState()
	}
	t.sizing, t.moving, t.dragged = -1, -1, false
}

// MouseIn, MouseMoved and MouseOut follow the pointer.
func (t *tableTouch) MouseIn(e *desktop.MouseEvent)    { t.pointer = e.Position.X }
func (t *tableTouch) MouseMoved(e *desktop.MouseEvent) { t.pointer = e.Position.X }
func (t *tableTouch) MouseOut()                        {}

// Cursor says what the pointer would do.
func (t *tableTouch) Cursor() desktop.Cursor {
	switch table := t.h.t; {
	case t.sizing >= 0 || table.edgeAt(t.pointer) >= 0:
		return desktop.HResizeCursor
	case table.OnSort != nil:
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer draws nothing.
func (t *tableTouch) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
