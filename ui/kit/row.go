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

// Row is one line of a list or table, of the theme's height, that answers to a
// click and shows under the pointer that it does.
type Row struct {
	widget.BaseWidget

	OnTapped func()

	content fyne.CanvasObject
	marked  bool
	hovered bool
	tight   bool // in a list of the toolkit, which puts a gap between rows itself
	back    *canvas.Rectangle
}

func (r *Row) setMarked(marked bool) {
	r.marked = marked
	r.Refresh()
}

// Tapped tells who listens.
func (r *Row) Tapped(*fyne.PointEvent) {
	if r.OnTapped != nil {
		r.OnTapped()
	}
}

// MouseIn, MouseMoved and MouseOut follow the pointer.
func (r *Row) MouseIn(*desktop.MouseEvent)    { r.hovered = true; r.Refresh() }
func (r *Row) MouseMoved(*desktop.MouseEvent) {}
func (r *Row) MouseOut()                      { r.hovered = false; r.Refresh() }

// Cursor is a hand where a click does something.
func (r *Row) Cursor() desktop.Cursor {
	if r.OnTapped == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// Refresh recolours the row.
func (r *Row) Refresh() {
	if r.back != nil {
		r.back.FillColor = r.fill()
	}
	r.BaseWidget.Refresh()
}

func (r *Row) fill() color.Color {
	switch {
	case r.marked:
		return fynetheme.Color(theme.ColorSelected)
	case r.hovered && r.OnTapped != nil:
		return fynetheme.Color(fynetheme.ColorNameHover)
	}
	return color.Transparent
}

// CreateRenderer draws the content on the row's colour.
func (r *Row) CreateRenderer() fyne.WidgetRenderer {
	r.back = canvas.NewRectangle(r.fill())
	r.back.CornerRadius = sizeOf(fynetheme.SizeNameSelectionRadius)
	return widget.NewSimpleRenderer(container.NewStack(r.back, container.New(rowLayout{r.tight}, r.content)))
}

// rowLayout gives a row its height and keeps its content off the edges.
type rowLayout struct{ tight bool }

func (l rowLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	height := sizeOf(theme.SizeRow)
	if l.tight {
		height -= sizeOf(fynetheme.SizeNamePadding)
	}
	return fyne.NewSize(m.Width+2*sizeOf(theme.SizeGap), max(m.Height, height))
}

func (rowLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap := sizeOf(theme.SizeGap)
	o[0].Move(fyne.NewPos(gap, 0))
	o[0].Resize(size.SubtractWidthHeight(2*gap, 0))
}
