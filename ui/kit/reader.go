package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// Reader is a page in a sheet that is longer than the sheet: arrows, Page Up, Page
// Down, Home and End move it, and a ring says that they do.
type Reader struct {
	widget.BaseWidget

	high    float32 // in lines of a list
	scroll  *container.Scroll
	ring    *canvas.Rectangle
	focused bool
}

// NewReader shows a page in at most a number of lines of a list.
func NewReader(lines int, page fyne.CanvasObject) *Reader {
	r := &Reader{high: float32(lines), ring: canvas.NewRectangle(nil)}
	r.scroll = container.NewVScroll(InsetXY(theme.SizeTight, theme.SizeTight, page))
	r.ExtendBaseWidget(r)
	return r
}

// FocusGained shows the ring.
func (r *Reader) FocusGained() { r.focused = true; Arrived(r); r.Refresh() }

// FocusLost takes it away.
func (r *Reader) FocusLost() { r.focused = false; r.Refresh() }

// TypedRune is nothing here.
func (r *Reader) TypedRune(rune) {}

// TypedKey moves the page; Escape and Enter are the sheet's.
func (r *Reader) TypedKey(key *fyne.KeyEvent) {
	if PassKey(r, key) {
		return
	}
	line, page := sizeOf(theme.SizeRow), r.scroll.Size().Height-sizeOf(theme.SizeRow)
	switch key.Name {
	case fyne.KeyDown:
		r.move(line)
	case fyne.KeyUp:
		r.move(-line)
	case fyne.KeyPageDown, fyne.KeySpace:
		r.move(page)
	case fyne.KeyPageUp:
		r.move(-page)
	case fyne.KeyHome:
		r.scroll.ScrollToTop()
	case fyne.KeyEnd:
		r.scroll.ScrollToBottom()
	case fyne.KeyReturn, fyne.KeyEnter:
		passEnter(r, key)
	}
}

func (r *Reader) move(by float32) {
	most := max(r.scroll.Content.MinSize().Height-r.scroll.Size().Height, 0)
	r.scroll.ScrollToOffset(fyne.NewPos(0, min(max(r.scroll.Offset.Y+by, 0), most)))
}

// Long reports whether the page is longer than what is in sight.
func (r *Reader) Long() bool { return r.scroll.Content.MinSize().Height > r.scroll.Size().Height+1 }

// MinSize is as high as the page, up to the number of lines.
func (r *Reader) MinSize() fyne.Size {
	r.ExtendBaseWidget(r)
	m := r.scroll.Content.MinSize()
	return fyne.NewSize(m.Width, min(m.Height, r.high*sizeOf(theme.SizeRow)))
}

// Refresh follows the keyboard and the theme.
func (r *Reader) Refresh() {
	r.ring.StrokeWidth = 0
	if r.focused {
		r.ring.StrokeWidth, r.ring.StrokeColor = sizeOf(theme.SizeRing), fynetheme.Color(fynetheme.ColorNamePrimary)
	}
	r.ring.CornerRadius = sizeOf(fynetheme.SizeNameSelectionRadius)
	r.ring.Refresh()
	r.BaseWidget.Refresh()
}

// CreateRenderer draws the ring over the page.
func (r *Reader) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(r.scroll, r.ring))
}
