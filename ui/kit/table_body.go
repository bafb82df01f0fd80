package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// tableBody is the part of a table that scrolls: the rows in sight. It is what has
// the keyboard.
type tableBody struct {
	widget.BaseWidget
	t       *Table
	views   []*tableRowView // reused: row n is shown by view n modulo their number
	ring    outline
	tip     tableTip
	focused bool
	shift   bool
	opens   bool // the button that was pressed opens, and does not choose
	hovered int  // the row under the pointer, or -1
	objects []fyne.CanvasObject
}

func newTableBody(t *Table) *tableBody {
	b := &tableBody{t: t, ring: newOutline(), tip: newTableTip(), hovered: -1, opens: true}
	b.ExtendBaseWidget(b)
	return b
}

// place shows the rows in sight; with again it also reads them anew.
func (b *tableBody) place(again bool) {
	t := b.t
	if len(t.lefts) == 0 {
		return
	}
	height := rowHeight()
	first := int(t.scroll.Offset.Y / height)
	if b.grow(int(math.Ceil(float64(t.scroll.Size().Height/height))) + 1) {
		again = true
	}
	for row := first; row < first+len(b.views); row++ {
		view := b.views[row%len(b.views)]
		if again || view.row != row {
			view.show(t, row)
		}
		view.move(float32(row)*height, b.width(), height)
	}
	b.tip.hide()
	b.placeMarks()
}

func (b *tableBody) width() float32 { return max(b.t.right(), b.t.scroll.Size().Width) }

func (b *tableBody) grow(count int) bool {
	if count <= len(b.views) {
		return false
	}
	for len(b.views) < count {
		b.views = append(b.views, newTableRowView(b.t))
	}
	b.objects = b.objects[:0]
	for _, v := range b.views {
		b.objects = append(b.objects, v.all)
	}
	b.objects = append(b.ring.over(b.objects), b.tip.back, b.tip.text)
	canvas.Refresh(b)
	return true
}

// placeMarks colours the rows and puts the ring where the keyboard is.
func (b *tableBody) placeMarks() {
	for _, v := range b.views {
		v.mark(b)
	}
	t := b.t
	width, ink := sizeOf(theme.SizeRing), fynetheme.ColorNamePrimary
	if !b.focused || t.head.keys {
		width, ink = 1, fynetheme.ColorNamePlaceHolder
	}
	shown := t.cursor >= 0 && t.cursor < t.total
	for _, side := range b.ring {
		side.Hidden = !shown
		if !shown {
			side.Refresh()
		}
	}
	if shown {
		height := rowHeight()
		place := areaAt(t.scroll.Offset.X, float32(t.cursor)*height, min(t.scroll.Size().Width, b.width()), height-1)
		b.ring.around(place, width, fynetheme.Color(ink))
	}
}

// MinSize is the size of all rows.
func (b *tableBody) MinSize() fyne.Size {
	return fyne.NewSize(b.t.right(), float32(b.t.total)*rowHeight())
}

// CreateRenderer is how Fyne draws it.
func (b *tableBody) CreateRenderer() fyne.WidgetRenderer { return &tableBodyRenderer{b} }

type tableBodyRenderer struct{ b *tableBody }

func (r *tableBodyRenderer) Destroy()                     {}
func (r *tableBodyRenderer) Layout(fyne.Size)             { r.b.place(false) }
func (r *tableBodyRenderer) MinSize() fyne.Size           { return r.b.MinSize() }
func (r *tableBodyRenderer) Objects() []fyne.CanvasObject { return r.b.objects }
func (r *tableBodyRenderer) Refresh()                     { r.b.place(true) }

// tableTip shows a cell that was cut in full, over its neighbours.
type tableTip struct {
	back *canvas.Rectangle
	text *canvas.Text
}

func newTableTip() tableTip {
	tip := tableTip{canvas.NewRectangle(nil), canvas.NewText("", nil)}
	tip.back.Hidden, tip.text.Hidden = true, true
	return tip
}

func (tip tableTip) hide() {
	if !tip.back.Hidden {
		tip.back.Hidden, tip.text.Hidden = true, true
		canvas.Refresh(tip.back)
	}
}

func (tip tableTip) show(text string, cell area, left, right float32) {
	pad := sizeOf(theme.SizeGap)
	width := min(fyne.MeasureText(text, fynetheme.TextSize(), fyne.TextStyle{}).Width+2*pad, right-left)
	x := max(min(cell.pos.X, right-width), left)
	tip.back.FillColor = fynetheme.Color(fynetheme.ColorNameOverlayBackground)
	tip.back.StrokeColor, tip.back.StrokeWidth = fynetheme.Color(fynetheme.ColorNameInputBorder), 1
	areaAt(x, cell.pos.Y+1, width, cell.size.Height-3).hold(tip.back)
	tip.text.Text, tip.text.TextSize = shorten(text, width-2*pad+1, fynetheme.TextSize()), fynetheme.TextSize()
	tip.text.Color = fynetheme.Color(fynetheme.ColorNameForeground)
	areaAt(x+pad, cell.pos.Y, width-2*pad, cell.size.Height-1).hold(tip.text)
	tip.back.Hidden, tip.text.Hidden = false, false
	tip.back.Refresh()
	tip.text.Refresh()
}
