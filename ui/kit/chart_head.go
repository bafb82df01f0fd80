package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// chartHead is the title of a chart and, where two numbers stand side by side,
// which of them is which: there a name fits at no bar.
type chartHead struct {
	widget.BaseWidget
	title       string
	now, before string
}

func newChartHead() *chartHead {
	h := &chartHead{}
	h.ExtendBaseWidget(h)
	return h
}

func (h *chartHead) set(title, now, before string) {
	if before == "" {
		now = ""
	}
	h.title, h.now, h.before = title, now, before
	SetVisible(h, title != "" || before != "")
	h.Refresh()
}

// CreateRenderer is how Fyne draws it.
func (h *chartHead) CreateRenderer() fyne.WidgetRenderer { return &chartHeadRenderer{h: h} }

type chartHeadRenderer struct {
	h       *chartHead
	objects []fyne.CanvasObject
}

func (r *chartHeadRenderer) Destroy()                     {}
func (r *chartHeadRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *chartHeadRenderer) Refresh()                     { r.Layout(r.h.Size()); canvas.Refresh(r.h) }
func (r *chartHeadRenderer) MinSize() fyne.Size {
	return fyne.NewSize(captionSize("Ậg").Height*6, captionSize("Ậg").Height)
}

// Layout writes the names from the right and the title in what is left.
func (r *chartHeadRenderer) Layout(size fyne.Size) {
	r.objects = nil
	right := r.key(r.h.now, theme.ColorBar, size, size.Width)
	right = r.key(r.h.before, theme.ColorBarQuiet, size, right)
	title := written(r.h.title, areaAt(0, 0, right, size.Height), fyne.TextAlignLeading, theme.ColorMuted)
	r.objects = append(r.objects, title)
}

// key writes a name with its colour so that it ends at right, and says where the
// next may end.
func (r *chartHeadRenderer) key(name string, ink fyne.ThemeColorName, size fyne.Size, right float32) float32 {
	if name == "" {
		return right
	}
	width, side := captionSize(name).Width, whole(fynetheme.CaptionTextSize()*0.75)
	left := right - width
	word := written(name, areaAt(left, 0, width, size.Height), fyne.TextAlignLeading, theme.ColorMuted)
	left -= side + sizeOf(theme.SizeTight)
	swatch := filled(areaAt(left, (size.Height-side)/2, side, side), ink)
	r.objects = append(r.objects, word, swatch)
	return left - sizeOf(theme.SizeGroup)
}
