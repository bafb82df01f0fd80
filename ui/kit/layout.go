package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/theme"
)

// Gap is a distance of the theme: theme.SizeTight, SizeGap, SizeGroup, SizeEdge.
type Gap = fyne.ThemeSizeName

// VStack puts objects under each other, as wide as it is, with a gap between.
func VStack(gap Gap, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(stack{gap: gap, vertical: true}, objects...)
}

// HStack puts objects beside each other, centred on one line, with a gap between.
// A spacer (see Spring) takes what room is left.
func HStack(gap Gap, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(stack{gap: gap}, objects...)
}

// Spring takes the room that is left in an HStack.
func Spring() fyne.CanvasObject { return layout.NewSpacer() }

// Inset keeps a distance around an object.
func Inset(gap Gap, object fyne.CanvasObject) *fyne.Container {
	return container.New(inset{gap, gap}, object)
}

// InsetXY keeps one distance at the sides and another above and below.
func InsetXY(x, y Gap, object fyne.CanvasObject) *fyne.Container {
	return container.New(inset{x, y}, object)
}

// Wide keeps an object no wider than two columns of fields and at the left.
func Wide(object fyne.CanvasObject) *fyne.Container {
	return container.New(measure{theme.SizeMeasure, 2}, object)
}

// Border puts objects around others, which get the room that is left; nil for none.
//
// Tab and its way back go through objects as a container holds them, and the toolkit's
// own border holds the middle first: all buttons above a list would come after it. This
// one holds them as they are read. What wraps above or below gets the height it needs at
// the width there is.
func Border(top, bottom, left, right fyne.CanvasObject, middle ...fyne.CanvasObject) *fyne.Container {
	c := container.New(border{top, bottom, left, right, layout.NewBorderLayout(top, bottom, left, right)})
	for _, o := range slices.Concat([]fyne.CanvasObject{top, left}, middle, []fyne.CanvasObject{right, bottom}) {
		if o != nil {
			c.Objects = append(c.Objects, o)
		}
	}
	return c
}

// TwoColumns lays fields out row by row in two columns where there is room for
// them, else in one. The order of Tab is the order given.
func TwoColumns(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columns{count: 1}, objects...)
}

// Steady keeps room for a number of caption lines, so that nothing jumps when a
// sentence comes or goes.
func Steady(lines int, object fyne.CanvasObject) *fyne.Container {
	return container.New(steady{lines}, object)
}

type steady struct{ lines int }

func (s steady) MinSize(o []fyne.CanvasObject) fyne.Size {
	line := fyne.MeasureText("Ậg", sizeOf(fynetheme.SizeNameCaptionText), fyne.TextStyle{}).Height
	return fyne.NewSize(0, max(o[0].MinSize().Height, float32(s.lines)*line+sizeOf(theme.SizeGap)))
}

func (steady) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}

// sizeOf is a size of the running theme.
func sizeOf(name fyne.ThemeSizeName) float32 { return fynetheme.Size(name) }

type stack struct {
	gap      Gap
	vertical bool
}

func (s stack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var along, across float32
	shown := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if !s.vertical {
			m = fyne.NewSize(m.Height, m.Width)
		}
		along += m.Height
		across = max(across, m.Width)
		shown++
	}
	along += sizeOf(s.gap) * float32(max(shown-1, 0))
	if s.vertical {
		return fyne.NewSize(across, along)
	}
	return fyne.NewSize(along, across)
}

func (s stack) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if s.vertical {
		s.layDown(objects, size)
		return
	}
	s.layAlong(objects, size)
}

func (s stack) layDown(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Move(fyne.NewPos(0, y))
		y += fitHeight(o, size.Width) + sizeOf(s.gap)
	}
}

// border is the toolkit's, but for what wraps above and below.
type border struct {
	top, bottom, left, right fyne.CanvasObject
	plain                    fyne.Layout
}

func (b border) MinSize(o []fyne.CanvasObject) fyne.Size { return b.plain.MinSize(o) }

func (b border) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, edge := range []fyne.CanvasObject{b.top, b.bottom} {
		if edge != nil && edge.Visible() {
			fitHeight(edge, size.Width)
		}
	}
	b.plain.Layout(o, size)
}

// fitHeight gives an object a width and the height it then asks for, which for
// text that wraps is known only after it got its width.
func fitHeight(o fyne.CanvasObject, width float32) float32 {
	h := o.MinSize().Height
	o.Resize(fyne.NewSize(width, h))
	if after := o.MinSize().Height; after != h {
		h = after
		o.Resize(fyne.NewSize(width, h))
	}
	return h
}

func (s stack) layAlong(objects []fyne.CanvasObject, size fyne.Size) {
	spare := max(size.Width-s.MinSize(objects).Width, 0)
	x := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if spring, ok := o.(layout.SpacerObject); ok && spring.ExpandHorizontal() {
			m.Width += spare
			spare = 0
		}
		o.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		o.Resize(m)
		x += m.Width + sizeOf(s.gap)
	}
}

type inset struct{ x, y Gap }

func (i inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return layout.NewStackLayout().MinSize(objects).AddWidthHeight(2*sizeOf(i.x), 2*sizeOf(i.y))
}

func (i inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x, y := sizeOf(i.x), sizeOf(i.y)
	for _, o := range objects {
		o.Move(fyne.NewPos(x, y))
		o.Resize(size.SubtractWidthHeight(2*x, 2*y))
	}
}

// measure limits the width.
type measure struct {
	name  fyne.ThemeSizeName
	times float32
}

func (m measure) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return layout.NewStackLayout().MinSize(objects)
}

func (m measure) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	size.Width = min(size.Width, sizeOf(m.name)*m.times)
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

// columns remembers how many it had room for, since the toolkit asks for the
// smallest size without saying the width; the window asks again after a change.
type columns struct{ count int }

const columnMinimum = 250

func (c *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for row := range rowsOf(objects, c.count) {
		h := float32(0)
		for _, o := range row {
			m := o.MinSize()
			h = max(h, m.Height)
			size.Width = max(size.Width, m.Width)
		}
		if size.Height > 0 {
			size.Height += sizeOf(theme.SizeGap)
		}
		size.Height += h
	}
	return size
}

func (c *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := sizeOf(theme.SizeGroup)
	scale := sizeOf(fynetheme.SizeNameText) / 14
	c.count = 1
	if size.Width >= 2*columnMinimum*scale+gap {
		c.count = 2
	}
	width := (size.Width - gap*float32(c.count-1)) / float32(c.count)
	y := float32(0)
	for row := range rowsOf(objects, c.count) {
		h := float32(0)
		for i, o := range row {
			o.Move(fyne.NewPos(float32(i)*(width+gap), y))
			h = max(h, fitHeight(o, width))
		}
		y += h + sizeOf(theme.SizeGap)
	}
}

// rowsOf yields the visible objects, count at a time.
func rowsOf(objects []fyne.CanvasObject, count int) func(func([]fyne.CanvasObject) bool) {
	return func(yield func([]fyne.CanvasObject) bool) {
		var row []fyne.CanvasObject
		for _, o := range objects {
			if !o.Visible() {
				continue
			}
			if row = append(row, o); len(row) == count {
				if !yield(row) {
					return
				}
				row = nil
			}
		}
		if len(row) > 0 {
			yield(row)
		}
	}
}
