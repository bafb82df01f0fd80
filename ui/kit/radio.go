package kit

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// Radio is a few choices in sight, of which one is always taken. It has the keyboard as
// a whole: Tab comes to what is taken, the arrows take what stands beside it. All other
// keys are the window's, as elsewhere.
type Radio struct {
	widget.BaseWidget

	OnChanged func(option string)

	options []string
	at      int
	focused bool
	items   []*radioItem
	box     *fyne.Container
}

// NewRadio shows choices under each other, the first of them taken.
func NewRadio(options []string, changed func(option string)) *Radio {
	r := newRadio(options, changed)
	r.box = VStack(theme.SizeNone, r.objects()...)
	return r
}

// NewRadioLine shows choices beside each other, and in the next line where the room ends.
func NewRadioLine(options []string, changed func(option string)) *Radio {
	r := newRadio(options, changed)
	r.box = Flow(r.objects()...)
	return r
}

func newRadio(options []string, changed func(string)) *Radio {
	r := &Radio{options: options, OnChanged: changed}
	for i, option := range options {
		r.items = append(r.items, newRadioItem(r, i, option))
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *Radio) objects() (out []fyne.CanvasObject) {
	for _, item := range r.items {
		out = append(out, item)
	}
	return out
}

// Chosen is what is taken.
func (r *Radio) Chosen() string { return r.options[r.at] }

// Display shows a stored value, without telling anybody.
func (r *Radio) Display(option string) {
	if i := slices.Index(r.options, option); i >= 0 {
		r.at = i
		r.Refresh()
	}
}

// Choose takes a choice and tells who listens, if another was taken.
func (r *Radio) Choose(option string) { r.take(slices.Index(r.options, option)) }

func (r *Radio) take(i int) {
	if i < 0 || i >= len(r.options) || i == r.at {
		return
	}
	r.at = i
	r.Refresh()
	if r.OnChanged != nil {
		r.OnChanged(r.Chosen())
	}
}

// FocusGained and FocusLost show where the keyboard is.
func (r *Radio) FocusGained() { r.focused = true; Arrived(r); r.Refresh() }

// FocusLost is the other half of FocusGained.
func (r *Radio) FocusLost() { r.focused = false; r.Refresh() }

// TypedRune is nothing here.
func (r *Radio) TypedRune(rune) {}

// TypedKey takes what stands beside, and lets the window and a dialog have theirs.
func (r *Radio) TypedKey(key *fyne.KeyEvent) {
	if PassKey(r, key) {
		return
	}
	switch key.Name {
	case fyne.KeyDown, fyne.KeyRight:
		r.take(r.at + 1)
	case fyne.KeyUp, fyne.KeyLeft:
		r.take(r.at - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		passEnter(r, key)
	}
}

// Refresh recolours the choices.
func (r *Radio) Refresh() {
	for _, item := range r.items {
		item.Refresh()
	}
	r.BaseWidget.Refresh()
}

// CreateRenderer shows the choices.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.box) }

// radioItem is one choice.
type radioItem struct {
	widget.BaseWidget

	of      *Radio
	index   int
	hovered bool
	mark    *widget.Icon
	words   *Text
	ring    *canvas.Rectangle
}

func newRadioItem(of *Radio, index int, words string) *radioItem {
	i := &radioItem{of: of, index: index, mark: widget.NewIcon(nil), words: Line(words), ring: canvas.NewRectangle(color.Transparent)}
	i.words.Whole = true
	i.dress()
	i.ExtendBaseWidget(i)
	return i
}

// Tapped takes the choice and puts the keyboard here.
func (i *radioItem) Tapped(*fyne.PointEvent) {
	if c := canvasOf(i.of); c != nil {
		c.Focus(i.of)
	}
	i.of.take(i.index)
}

// MouseIn, MouseMoved and MouseOut follow the pointer.
func (i *radioItem) MouseIn(*desktop.MouseEvent)    { i.hovered = true; i.Refresh() }
func (i *radioItem) MouseMoved(*desktop.MouseEvent) {}
func (i *radioItem) MouseOut()                      { i.hovered = false; i.Refresh() }

// Cursor is a hand.
func (i *radioItem) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Refresh follows the choice, the keyboard, the pointer and the theme.
func (i *radioItem) Refresh() {
	i.dress()
	i.BaseWidget.Refresh()
}

func (i *radioItem) dress() {
	taken := i.of.at == i.index
	if taken {
		i.mark.SetResource(fynetheme.NewPrimaryThemedResource(theme.Icon(fynetheme.IconNameRadioButtonChecked)))
	} else {
		out := fynetheme.NewThemedResource(theme.Icon(fynetheme.IconNameRadioButton))
		out.ColorName = theme.ColorMuted
		i.mark.SetResource(out)
	}
	i.ring.FillColor = color.Transparent
	if i.hovered {
		i.ring.FillColor = fynetheme.Color(fynetheme.ColorNameHover)
	}
	i.ring.StrokeWidth = 0
	if taken && i.of.focused {
		i.ring.StrokeWidth, i.ring.StrokeColor = sizeOf(theme.SizeRing), fynetheme.Color(fynetheme.ColorNamePrimary)
	}
	i.ring.CornerRadius = sizeOf(fynetheme.SizeNameInputRadius)
}

// CreateRenderer puts the mark before the words.
func (i *radioItem) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(radioItemLayout{}, i.ring, i.mark, i.words))
}

// radioItemLayout gives a choice the height of a field.
type radioItemLayout struct{}

func (radioItemLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(sizeOf(fynetheme.SizeNameInlineIcon)+o[2].MinSize().Width+3*sizeOf(theme.SizeGap), sizeOf(theme.SizeField))
}

func (l radioItemLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap, side := sizeOf(theme.SizeGap), sizeOf(fynetheme.SizeNameInlineIcon)
	width := min(l.MinSize(o).Width, size.Width)
	edge := sizeOf(theme.SizeRing) / 2 // the line is drawn to both sides of the edge
	o[0].Move(fyne.NewSquareOffsetPos(edge))
	o[0].Resize(fyne.NewSize(width-2*edge, size.Height-2*edge))
	o[1].Move(fyne.NewPos(gap, (size.Height-side)/2))
	o[1].Resize(fyne.NewSquareSize(side))
	o[2].Move(fyne.NewPos(2*gap+side, 0))
	o[2].Resize(fyne.NewSize(size.Width-2*gap-side, size.Height))
}
