package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// gridHead is the row of titles, which follows the body sideways.
type gridHead struct {
	g      *Grid
	clip   *container.Clip
	titles *fyne.Container
	corner *canvas.Text
	line   *canvas.Rectangle
	texts  []*canvas.Text
	belows []*canvas.Text // the second lines
	touch  *headTouch
}

func newGridHead(g *Grid) *gridHead {
	h := &gridHead{g: g, titles: container.NewWithoutLayout(), corner: canvas.NewText("", nil), line: canvas.NewRectangle(nil)}
	for _, c := range g.columns {
		text := canvas.NewText(c.Title, nil)
		if c.Number {
			text.Alignment = fyne.TextAlignTrailing
		}
		below := canvas.NewText(c.Below, nil)
		below.Alignment = text.Alignment
		h.texts, h.belows = append(h.texts, text), append(h.belows, below)
		h.titles.Objects = append(h.titles.Objects, text, below)
	}
	h.touch = newHeadTouch(g)
	h.titles.Objects = append(h.titles.Objects, h.touch)
	h.corner.Alignment = fyne.TextAlignTrailing
	h.clip = container.NewClip(h.titles)
	return h
}

// headHeight is that of one line of titles, or of two where a column has two.
func (g *Grid) headHeight() float32 {
	for _, c := range g.columns {
		if c.Below != "" {
			return rowHeight() + fynetheme.CaptionTextSize()*1.4
		}
	}
	return rowHeight()
}

func (h *gridHead) place(width float32) {
	g, height := h.g, h.g.headHeight()
	h.line.FillColor = fynetheme.Color(fynetheme.ColorNamePlaceHolder)
	h.line.Move(fyne.NewPos(0, height-1))
	h.line.Resize(fyne.NewSize(width, 1))
	h.corner.Text = T("TT")
	h.corner.Move(fyne.Position{})
	h.corner.Resize(fyne.NewSize(numberWidth(), height-1))
	h.clip.Move(fyne.NewPos(marginWidth(), 0))
	h.clip.Resize(fyne.NewSize(width-marginWidth(), height))
	h.touch.Resize(fyne.NewSize(g.lefts[len(g.columns)], height))
	for i := range h.texts {
		h.placeTitle(i, height)
	}
	h.ink(h.corner, fynetheme.ColorNamePlaceHolder)
	h.line.Refresh()
}

func (h *gridHead) placeTitle(i int, height float32) {
	g, c := h.g, h.g.columns[i]
	room, x := g.width(i)-2*fynetheme.InnerPadding(), g.lefts[i]+fynetheme.InnerPadding()
	title, mark := c.Title, ""
	if g.OnHeader != nil {
		mark = " ▾"
	}
	upper := height - 1
	if height > rowHeight() {
		upper = height * 0.56
		h.belows[i].Text = shorten(c.Below, room, fynetheme.CaptionTextSize())
		h.belows[i].Move(fyne.NewPos(x, upper-fynetheme.CaptionTextSize()*0.25))
		h.belows[i].Resize(fyne.NewSize(room, height-upper))
		h.ink(h.belows[i], fynetheme.ColorNamePlaceHolder)
	}
	markRoom := fyne.MeasureText(mark, fynetheme.CaptionTextSize(), fyne.TextStyle{}).Width
	h.texts[i].Text = shorten(title, room-markRoom, fynetheme.CaptionTextSize()) + mark
	h.texts[i].Move(fyne.NewPos(x, 0))
	h.texts[i].Resize(fyne.NewSize(room, upper))
	ink := fynetheme.ColorNamePlaceHolder
	if g.OnHeader != nil && !c.Fixed {
		ink = fynetheme.ColorNameForeground
	}
	h.ink(h.texts[i], ink)
}

func (h *gridHead) ink(text *canvas.Text, name fyne.ThemeColorName) {
	text.TextSize = fynetheme.CaptionTextSize()
	text.Color = fynetheme.Color(name)
	text.Refresh()
}

// headTouch lets the titles be tapped.
type headTouch struct {
	widget.BaseWidget
	g *Grid
}

func newHeadTouch(g *Grid) *headTouch {
	t := &headTouch{g: g}
	t.ExtendBaseWidget(t)
	return t
}

// Tapped offers what the title under it has to offer.
func (t *headTouch) Tapped(p *fyne.PointEvent) {
	if t.g.OnHeader != nil {
		t.g.openHeader(t.g.cellUnder(fyne.NewPos(p.Position.X, 0)).col)
	}
}

// Cursor says that titles can be tapped.
func (t *headTouch) Cursor() desktop.Cursor {
	if t.g.OnHeader == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer draws nothing.
func (t *headTouch) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// openHeader offers what a title has to offer, under it.
func (g *Grid) openHeader(col int) {
	if g.OnHeader == nil {
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g.head.clip)
	g.OnHeader(col, at.AddXY(g.lefts[col]-g.scroll.Offset.X, g.headHeight()))
}

// gridSide is the margin with row numbers and words, which follows the body down.
type gridSide struct {
	g    *Grid
	clip *container.Clip
	rows *fyne.Container
	line *canvas.Rectangle
}

func newGridSide(g *Grid) *gridSide {
	s := &gridSide{g: g, rows: container.NewWithoutLayout(), line: canvas.NewRectangle(nil)}
	s.clip = container.NewClip(s.rows)
	return s
}

func (s *gridSide) collect() {
	s.rows.Objects = s.rows.Objects[:0]
	for _, v := range s.g.body.views {
		s.rows.Objects = append(s.rows.Objects, v.margin)
	}
}

func (s *gridSide) place(height float32) {
	s.line.FillColor = fynetheme.Color(fynetheme.ColorNameSeparator)
	s.line.Move(fyne.NewPos(marginWidth()-1, 0))
	s.line.Resize(fyne.NewSize(1, s.g.headHeight()+height))
	s.clip.Move(fyne.NewPos(0, s.g.headHeight()))
	s.clip.Resize(fyne.NewSize(marginWidth()-1, height))
	s.line.Refresh()
}

// follow brings head, margin and rows in step with the scrolled body.
func (g *Grid) follow() {
	g.head.titles.Move(fyne.NewPos(-g.scroll.Offset.X, 0))
	g.side.rows.Move(fyne.NewPos(0, -g.scroll.Offset.Y))
	g.body.place(false)
}

// measure shares the width among the columns: each gets its least width, and
// what is left over goes to those that grow.
func (g *Grid) measure(width float32) {
	letter := fynetheme.TextSize() * 0.6
	least, shares := float32(0), float32(0)
	for _, c := range g.columns {
		least += c.Width*letter + 2*fynetheme.InnerPadding()
		shares += c.Grow
	}
	g.least = least
	spare := max(0, width-least)
	g.lefts = make([]float32, 1, len(g.columns)+1)
	at := float32(0)
	for _, c := range g.columns {
		at += c.Width*letter + 2*fynetheme.InnerPadding()
		if shares > 0 {
			at += spare * c.Grow / shares
		}
		g.lefts = append(g.lefts, at)
	}
}

// MinSize leaves room for the margin, a column and three rows.
func (g *Grid) MinSize() fyne.Size {
	return fyne.NewSize(marginWidth()+120, 4*rowHeight())
}

// CreateRenderer is how Fyne draws the grid.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	return &gridRenderer{g: g}
}

type gridRenderer struct {
	g    *Grid
	size fyne.Size
}

func (r *gridRenderer) Layout(size fyne.Size) {
	shrunk := size.Height < r.size.Height
	r.size = size
	g, height := r.g, r.g.headHeight()
	g.measure(size.Width - marginWidth())
	g.head.place(size.Width)
	g.side.place(size.Height - height)
	g.scroll.Move(fyne.NewPos(marginWidth(), height))
	g.scroll.Resize(fyne.NewSize(size.Width-marginWidth(), size.Height-height))
	g.scroll.Refresh()
	if shrunk && g.body.focused {
		g.reveal(g.cursor) // a line at the foot of the window must not cover it
	}
	g.body.rebind()
	g.follow()
}

func (r *gridRenderer) Refresh() {
	if !r.size.IsZero() {
		r.Layout(r.size)
	}
}

func (r *gridRenderer) Destroy()           {}
func (r *gridRenderer) MinSize() fyne.Size { return r.g.MinSize() }
func (r *gridRenderer) Objects() []fyne.CanvasObject {
	g := r.g
	return []fyne.CanvasObject{g.head.corner, g.head.clip, g.side.clip, g.scroll, g.head.line, g.side.line}
}
