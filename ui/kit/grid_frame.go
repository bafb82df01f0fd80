package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
)

// gridHead is the row of titles, which follows the body sideways.
type gridHead struct {
	g      *Grid
	clip   *container.Clip
	titles *fyne.Container
	corner *canvas.Text
	line   *canvas.Rectangle
	texts  []*canvas.Text
}

func newGridHead(g *Grid) *gridHead {
	h := &gridHead{g: g, titles: container.NewWithoutLayout(), corner: canvas.NewText("", nil), line: canvas.NewRectangle(nil)}
	for _, c := range g.columns {
		text := canvas.NewText(c.Title, nil)
		if c.Number {
			text.Alignment = fyne.TextAlignTrailing
		}
		h.texts = append(h.texts, text)
		h.titles.Objects = append(h.titles.Objects, text)
	}
	h.corner.Alignment = fyne.TextAlignTrailing
	h.clip = container.NewClip(h.titles)
	return h
}

func (h *gridHead) place(width float32) {
	height := rowHeight()
	h.line.FillColor = fynetheme.Color(fynetheme.ColorNamePlaceHolder)
	h.line.Move(fyne.NewPos(0, height-1))
	h.line.Resize(fyne.NewSize(width, 1))
	h.corner.Text = T("TT")
	h.corner.Move(fyne.Position{})
	h.corner.Resize(fyne.NewSize(numberWidth(), height-1))
	h.clip.Move(fyne.NewPos(marginWidth(), 0))
	h.clip.Resize(fyne.NewSize(width-marginWidth(), height))
	for i, text := range h.texts {
		text.Move(fyne.NewPos(h.g.lefts[i]+fynetheme.InnerPadding(), 0))
		text.Resize(fyne.NewSize(h.g.width(i)-2*fynetheme.InnerPadding(), height-1))
		text.Text = shorten(h.g.columns[i].Title, h.g.width(i)-2*fynetheme.InnerPadding(), fynetheme.CaptionTextSize())
	}
	for _, text := range append(h.texts, h.corner) {
		text.TextSize = fynetheme.CaptionTextSize()
		text.Color = fynetheme.Color(fynetheme.ColorNamePlaceHolder)
		text.Refresh()
	}
	h.line.Refresh()
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
	s.line.Resize(fyne.NewSize(1, rowHeight()+height))
	s.clip.Move(fyne.NewPos(0, rowHeight()))
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
	r.size = size
	g, height := r.g, rowHeight()
	g.measure(size.Width - marginWidth())
	g.head.place(size.Width)
	g.side.place(size.Height - height)
	g.scroll.Move(fyne.NewPos(marginWidth(), height))
	g.scroll.Resize(fyne.NewSize(size.Width-marginWidth(), size.Height-height))
	g.scroll.Refresh()
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
