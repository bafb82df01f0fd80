package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// The icons of this area.
const (
	iconNew    = fynetheme.IconNameContentAdd
	iconTakeIn = fynetheme.IconNameUpload
)

// band is the sentence with the next thing to do, and the button that leads there. It
// stays at the head of the page while the rest scrolls.
type band struct {
	widget.BaseWidget

	words  *kit.Text
	button *kit.PushButton
	back   *canvas.Rectangle
	errand record.Errand
}

func newBand(open func(record.Errand)) *band {
	b := &band{words: kit.Section("")}
	b.words.Wrap = true
	b.button = kit.Primary("", "", func() { open(b.errand) })
	b.ExtendBaseWidget(b)
	return b
}

func (b *band) set(e record.Errand) {
	b.errand = e
	b.words.SetText(kit.In(e.Words))
	b.button.SetText(kit.In(e.Do))
	b.Refresh()
}

// Refresh follows the theme.
func (b *band) Refresh() {
	if b.back != nil {
		b.back.FillColor = fynetheme.Color(theme.ColorSelected)
	}
	b.BaseWidget.Refresh()
}

// CreateRenderer puts sentence and button on a quiet colour.
func (b *band) CreateRenderer() fyne.WidgetRenderer {
	b.back = canvas.NewRectangle(fynetheme.Color(theme.ColorSelected))
	b.back.CornerRadius = fynetheme.Size(fynetheme.SizeNameInputRadius)
	line := container.New(bandLayout{}, kit.VStack(theme.SizeNone, kit.Caption(kit.T("Việc nên làm tiếp theo")), b.words), b.button)
	return widget.NewSimpleRenderer(container.NewStack(b.back, kit.InsetXY(theme.SizeGroup, theme.SizeGap, line)))
}

// bandLayout gives the button what it needs and the sentence the rest.
type bandLayout struct{}

func (bandLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	words, button := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(words.Width+button.Width+fynetheme.Size(theme.SizeGroup), max(words.Height, button.Height))
}

func (bandLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	button := o[1].MinSize()
	width := size.Width - button.Width - fynetheme.Size(theme.SizeGroup)
	height := fit(o[0], width)
	o[0].Move(fyne.NewPos(0, max(size.Height-height, 0)/2))
	o[1].Resize(button)
	o[1].Move(fyne.NewPos(size.Width-button.Width, (size.Height-button.Height)/2))
}

// fit gives an object a width and the height it asks for at that width, which text
// that wraps knows only then.
func fit(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.MinSize().Height))
	height := o.MinSize().Height
	o.Resize(fyne.NewSize(width, height))
	return height
}
