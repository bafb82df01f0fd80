package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// widestList is how wide the choices of a picker may become, in the theme's text.
const widestList = 42

// adopt lets the choices of the pickers of a form lie over it.
func (f *FormScroll) adopt(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			f.adopt(child)
		}
	case *Field:
		f.adopt(o.input)
	case *MultiPicker:
		f.adopt(o.picker)
	case *Picker:
		o.page = f
		o.place.RemoveAll()
		o.place.Hide()
	}
}

// lay puts the choices of a picker under its field, or above it where more of them fit
// there, as wide as their words ask for.
func (f *FormScroll) lay(p *Picker) {
	driver := fyne.CurrentApp().Driver()
	origin := driver.AbsolutePositionForObject(f.over)
	at, size := driver.AbsolutePositionForObject(p.entry).Subtract(origin), p.entry.Size()
	seen := driver.AbsolutePositionForObject(f.scroll).Y - origin.Y // where what is in sight begins
	gap, edge := sizeOf(theme.SizeTight), sizeOf(theme.SizeGap)
	above, below := at.Y-seen-gap, seen+f.scroll.Size().Height-at.Y-size.Height-gap

	panel := newChoicePanel(p.list)
	width := min(max(size.Width, p.wantedWidth()), widestList*em(), f.over.Size().Width-2*edge)
	width = max(width, size.Width)
	inside := panel.around()
	high := p.fit(below-inside, width-inside) + inside
	y := at.Y + size.Height + gap
	if high > below || p.room < min(offered, len(p.choices)) && above > below {
		p.room = min(offered, len(p.choices))
		p.fill()
		if high = p.fit(max(above, below)-inside, width-inside) + inside; above > below {
			y = at.Y - gap - high
		}
	}
	f.over.Objects = []fyne.CanvasObject{panel}
	panel.Resize(fyne.NewSize(width, high))
	panel.Move(fyne.NewPos(max(edge, min(at.X, f.over.Size().Width-width-edge)), y))
	f.over.Refresh()
}

// lift takes the choices away again.
func (f *FormScroll) lift(p *Picker) {
	if len(f.over.Objects) > 0 && f.over.Objects[0].(*choicePanel).list == p.list {
		f.over.RemoveAll()
	}
}

// wantedWidth is how wide the longest choice in sight is.
func (p *Picker) wantedWidth() float32 {
	widest := float32(0)
	for _, c := range p.choices {
		text, detail := wholeWidth(Line(c.Text)), wholeWidth(Caption(c.Detail))
		widest = max(widest, text+detail+4*sizeOf(theme.SizeGap))
	}
	return widest
}

// choicePanel is the sheet on which choices lie over a form. What is pressed between
// them presses nothing below.
type choicePanel struct {
	widget.BaseWidget
	list *fyne.Container
}

func newChoicePanel(list *fyne.Container) *choicePanel {
	c := &choicePanel{list: list}
	c.ExtendBaseWidget(c)
	return c
}

// around is how much of the sheet lies around the choices, at both sides together.
func (c *choicePanel) around() float32 { return 2 * sizeOf(theme.SizeTight) }

// MouseDown and MouseUp keep a press from what lies below.
func (c *choicePanel) MouseDown(*desktop.MouseEvent) {}
func (c *choicePanel) MouseUp(*desktop.MouseEvent)   {}

// CreateRenderer draws the sheet under the choices.
func (c *choicePanel) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(fynetheme.Color(fynetheme.ColorNameMenuBackground))
	back.StrokeColor, back.StrokeWidth = fynetheme.Color(fynetheme.ColorNameInputBorder), 1
	back.CornerRadius = sizeOf(fynetheme.SizeNameSelectionRadius)
	return widget.NewSimpleRenderer(container.NewStack(back, InsetXY(theme.SizeTight, theme.SizeTight, c.list)))
}
