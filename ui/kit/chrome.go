package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// Hairline is a thin line between parts; it follows the theme.
func Hairline() fyne.CanvasObject { return widget.NewSeparator() }

// Toolbar is a line of buttons; what follows a Spring stands at the right.
func Toolbar(objects ...fyne.CanvasObject) *fyne.Container {
	return HStack(theme.SizeGap, objects...)
}

// EmptyState says in one sentence why there is nothing, with one button that
// changes it. A nil button is left out.
func EmptyState(sentence string, button *PushButton) fyne.CanvasObject {
	words := Paragraph(sentence)
	words.Color, words.Align = theme.ColorMuted, fyne.TextAlignCenter
	o := []fyne.CanvasObject{words}
	if button != nil {
		o = append(o, button)
	}
	return container.New(middle{}, o...)
}

// middle puts words and a button in the middle; the words go on in the next line
// where the room is short, so that an empty place never asks for a wide window.
type middle struct{}

func (middle) MinSize(o []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, each := range o {
		m := each.MinSize()
		size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height+sizeOf(theme.SizeGroup))
	}
	return size
}

func (middle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	words := o[0].(*Text)
	whole := fyne.MeasureText(words.Text, sizeOf(words.Scale), words.Style).Width + 1
	width := min(whole, max(size.Width-2*sizeOf(theme.SizeEdge), words.MinSize().Width))
	height := fitHeight(words, width)
	all := height
	if len(o) > 1 {
		all += sizeOf(theme.SizeGroup) + o[1].MinSize().Height
	}
	y := max((size.Height-all)/2, 0)
	words.Move(fyne.NewPos((size.Width-width)/2, y))
	if len(o) > 1 {
		m := o[1].MinSize()
		o[1].Resize(m)
		o[1].Move(fyne.NewPos((size.Width-m.Width)/2, y+height+sizeOf(theme.SizeGroup)))
	}
}

// Foot is the line at the end of a form that says when it was saved.
type Foot struct {
	widget.BaseWidget
	note *Text
}

// NewFoot makes an empty foot.
func NewFoot() *Foot {
	f := &Foot{note: Caption("")}
	f.ExtendBaseWidget(f)
	return f
}

// Saved says that what was typed is kept, and since when. An empty stamp says nothing.
func (f *Foot) Saved(at time.Time) {
	if at.IsZero() {
		f.Say("")
		return
	}
	f.Say(T("đã lưu {{.Clock}}", map[string]any{"Clock": at.Format("15:04")}))
}

// Say shows another short state.
func (f *Foot) Say(words string) { f.note.SetText(words) }

// Text is what the foot says.
func (f *Foot) Text() string { return f.note.Text }

// CreateRenderer shows the words.
func (f *Foot) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.note) }

// Chip is one filter with how many things it would leave.
type Chip struct {
	Key   string
	Label string
	Count int // below 0: not shown
}

// Chips is one row of filters, of which one or none is on.
type Chips struct {
	widget.BaseWidget

	OnChosen func(key string) // "" when the chosen one is switched off

	box    *fyne.Container
	chips  []Chip
	chosen string
}

// NewChips makes an empty row.
func NewChips(onChosen func(key string)) *Chips {
	c := &Chips{OnChosen: onChosen, box: HStack(theme.SizeTight)}
	c.ExtendBaseWidget(c)
	return c
}

// Set shows chips with one of them on.
func (c *Chips) Set(chips []Chip, chosen string) {
	c.chips, c.chosen = chips, chosen
	c.box.RemoveAll()
	for _, chip := range chips {
		c.box.Add(newChip(chip, chip.Key == chosen, c.tapped))
	}
	c.Refresh()
}

// Chosen is the key of the chip that is on.
func (c *Chips) Chosen() string { return c.chosen }

func (c *Chips) tapped(key string) {
	if key == c.chosen {
		key = ""
	}
	c.Set(c.chips, key)
	if c.OnChosen != nil {
		c.OnChosen(key)
	}
}

// CreateRenderer shows the row; where the room ends it scrolls sideways.
func (c *Chips) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewHScroll(c.box))
}

func newChip(chip Chip, on bool, tapped func(string)) fyne.CanvasObject {
	label := chip.Label
	if chip.Count >= 0 {
		label += "  " + Number(int64(chip.Count))
	}
	b := Quiet(label, "", func() { tapped(chip.Key) })
	if on {
		b.Importance = widget.HighImportance
	}
	return b
}
