package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// Shape is the form of a mark. Each is told from the others without colour.
type Shape int

// The shapes, from the calmest on.
const (
	NoShape Shape = iota
	Dash
	Ring
	Disc
	Square
	Triangle
	Diamond
	Cross
)

// Mark is how one cell of a matrix stands: a shape, and its colour in the theme, which
// only repeats what the shape says.
type Mark struct {
	Shape Shape
	Ink   fyne.ThemeColorName
}

// markSide is how large a mark is.
func markSide() float32 { return whole(fynetheme.CaptionTextSize() * 0.7) }

// draw makes the objects of the mark in a square.
func (m Mark) draw(a area) []fyne.CanvasObject {
	ink, thick := fynetheme.Color(m.Ink), whole(fynetheme.CaptionTextSize()/7)
	line := func(x1, y1, x2, y2 float32) fyne.CanvasObject {
		l := canvas.NewLine(ink)
		l.StrokeWidth = thick
		l.Position1, l.Position2 = a.pos.AddXY(x1*a.size.Width, y1*a.size.Height), a.pos.AddXY(x2*a.size.Width, y2*a.size.Height)
		return l
	}
	switch m.Shape {
	case Dash:
		return []fyne.CanvasObject{filled(areaAt(a.pos.X, a.pos.Y+(a.size.Height-thick)/2, a.size.Width, thick), m.Ink)}
	case Ring, Disc:
		c := canvas.NewCircle(nil)
		c.StrokeColor, c.StrokeWidth = ink, thick
		if m.Shape == Disc {
			c.FillColor = ink
		}
		a.hold(c)
		return []fyne.CanvasObject{c}
	case Square:
		return []fyne.CanvasObject{filled(a, m.Ink)}
	case Triangle:
		return []fyne.CanvasObject{polygon(3, a, 0.15, m.Ink)}
	case Diamond:
		return []fyne.CanvasObject{polygon(4, a, 0.12, m.Ink)}
	case Cross:
		return []fyne.CanvasObject{line(0, 0, 1, 1), line(0, 1, 1, 0)}
	}
	return nil
}

// polygon is a filled one that looks as large as a square of the same place: more is the
// part of the side it goes beyond it.
func polygon(sides uint, a area, more float32, ink fyne.ThemeColorName) *canvas.Polygon {
	p := canvas.NewPolygon(sides, fynetheme.Color(ink))
	grow := a.size.Width * more
	areaAt(a.pos.X-grow, a.pos.Y-grow, a.size.Width+2*grow, a.size.Height+2*grow).hold(p)
	return p
}

// Legend is one mark with what it means beside it.
type Legend struct {
	widget.BaseWidget

	mark  Mark
	words *Text
}

// NewLegend makes a legend.
func NewLegend(m Mark, words string) *Legend {
	l := &Legend{mark: m, words: Caption(words)}
	l.words.Whole = true
	l.ExtendBaseWidget(l)
	return l
}

// Set shows another mark and other words.
func (l *Legend) Set(m Mark, words string) {
	l.mark = m
	l.words.SetText(words)
	l.Refresh()
}

// CreateRenderer is how Fyne draws it.
func (l *Legend) CreateRenderer() fyne.WidgetRenderer { return &legendRenderer{l: l} }

type legendRenderer struct {
	l     *Legend
	drawn []fyne.CanvasObject
}

func (r *legendRenderer) Destroy() {}
func (r *legendRenderer) Objects() []fyne.CanvasObject {
	return append(r.drawn[:len(r.drawn):len(r.drawn)], r.l.words)
}
func (r *legendRenderer) Refresh() { r.Layout(r.l.Size()); canvas.Refresh(r.l) }

func (r *legendRenderer) MinSize() fyne.Size {
	m := r.l.words.MinSize()
	return fyne.NewSize(m.Width+markSide()+2*sizeOf(theme.SizeTight)+sizeOf(theme.SizeGap), m.Height+sizeOf(theme.SizeTight))
}

func (r *legendRenderer) Layout(size fyne.Size) {
	side := markSide()
	r.drawn = r.l.mark.draw(areaAt(1, whole((size.Height-side)/2), side, side))
	x := 1 + side + 1.5*sizeOf(theme.SizeTight)
	areaAt(x, 0, max(size.Width-x, 0), size.Height).hold(r.l.words)
}
