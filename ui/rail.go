package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// foldBelow is the width of window below which the rail shows icons only.
const foldBelow = 1200

// frame lays the rail beside the page and folds it where room is short.
type frame struct {
	rail *rail
	who  *deskButton // at the rail's foot; nil for none
}

func (f *frame) MinSize(o []fyne.CanvasObject) fyne.Size {
	page := o[1].MinSize()
	return fyne.NewSize(page.Width+fynetheme.Size(theme.SizeRailFold), page.Height)
}

func (f *frame) Layout(o []fyne.CanvasObject, size fyne.Size) {
	scale := fynetheme.TextSize() / 14
	folded := size.Width < foldBelow*scale
	f.rail.fold(folded)
	width := f.rail.width()
	if f.who != nil {
		f.who.fold(folded)
		height := f.who.MinSize().Height
		f.who.Move(fyne.NewPos(0, size.Height-height))
		f.who.Resize(fyne.NewSize(width-1, height)) // the rail's own line stands at its right
		f.rail.foot.SetMinSize(fyne.NewSize(0, height))
	}
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(width, size.Height))
	o[1].Move(fyne.NewPos(width, 0))
	o[1].Resize(fyne.NewSize(size.Width-width, size.Height))
}

// rail is the list of areas at the left.
type rail struct {
	widget.BaseWidget

	open   func(int)
	items  []*railItem
	folded bool
	name   *kit.Text
	box    *fyne.Container
	foot   *canvas.Rectangle // keeps the room of what stands at the foot
	back   *canvas.Rectangle
}

func newRail(open func(int)) *rail {
	r := &rail{open: open, name: kit.Section(kit.T("Sổ Phổ Biến"))}
	r.box = container.New(railList{})
	r.foot = canvas.NewRectangle(color.Transparent)
	r.ExtendBaseWidget(r)
	return r
}

func (r *rail) add(a Area) {
	i := len(r.items)
	item := newRailItem(a, func() { r.open(i) })
	item.fold(r.folded)
	r.items = append(r.items, item)
	r.box.Add(item)
}

// count says beside an area how much in it waits for a person.
func (r *rail) count(key string, n int) {
	for _, item := range r.items {
		if item.key == key {
			item.setCount(n)
		}
	}
}

func (r *rail) mark(at int) {
	for i, item := range r.items {
		item.setMarked(i == at)
	}
}

func (r *rail) width() float32 {
	if r.folded {
		return fynetheme.Size(theme.SizeRailFold)
	}
	return fynetheme.Size(theme.SizeRail)
}

func (r *rail) fold(folded bool) {
	if folded == r.folded {
		return
	}
	r.folded = folded
	for _, item := range r.items {
		item.fold(folded)
	}
	if folded {
		r.name.Hide()
	} else {
		r.name.Show()
	}
}

func (r *rail) Refresh() {
	if r.back != nil {
		r.back.FillColor = fynetheme.Color(theme.ColorRail)
	}
	r.BaseWidget.Refresh()
}

func (r *rail) CreateRenderer() fyne.WidgetRenderer {
	r.back = canvas.NewRectangle(fynetheme.Color(theme.ColorRail))
	head := kit.InsetXY(theme.SizeGroup, theme.SizeGroup, r.name)
	list := kit.InsetXY(theme.SizeGap, theme.SizeNone, r.box)
	return widget.NewSimpleRenderer(container.NewStack(r.back,
		kit.Border(nil, nil, nil, kit.Hairline(), kit.Border(head, r.foot, nil, nil, list))))
}

// railList puts the areas under each other, closer where the window is low.
type railList struct{}

func (railList) MinSize(o []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, item := range o {
		size = size.Max(item.MinSize())
	}
	return size
}

func (l railList) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if len(o) == 0 {
		return
	}
	gap := fynetheme.Size(theme.SizeTight)
	step := min(l.MinSize(o).Height+gap, (size.Height+gap)/float32(len(o)))
	for i, item := range o {
		item.Move(fyne.NewPos(0, float32(i)*step))
		item.Resize(fyne.NewSize(size.Width, step-gap))
	}
}

// railItem is an area's icon and word, and how much in it waits for a person.
type railItem struct {
	widget.BaseWidget

	key     string
	tapped  func()
	icon    *widget.Icon
	res     fyne.Resource
	text    *kit.Text
	waits   *kit.Text // hidden with nothing
	pill    *canvas.Rectangle
	back    *canvas.Rectangle
	marked  bool
	hovered bool
}

func newRailItem(a Area, tapped func()) *railItem {
	i := &railItem{key: a.Key, tapped: tapped, res: theme.Icon(a.Icon), text: kit.Line(a.Word), waits: kit.Caption(""), pill: canvas.NewRectangle(color.Transparent)}
	i.icon = widget.NewIcon(i.res)
	i.waits.Whole, i.waits.Align, i.waits.Color, i.waits.Style.Bold = true, fyne.TextAlignCenter, fynetheme.ColorNameForegroundOnPrimary, true
	i.waits.Hide()
	i.pill.CornerRadius = canvas.RadiusMaximum
	i.pill.Hide()
	i.ExtendBaseWidget(i)
	return i
}

func (i *railItem) Tapped(*fyne.PointEvent)        { i.tapped() }
func (i *railItem) MouseIn(*desktop.MouseEvent)    { i.hovered = true; i.Refresh() }
func (i *railItem) MouseMoved(*desktop.MouseEvent) {}
func (i *railItem) MouseOut()                      { i.hovered = false; i.Refresh() }
func (i *railItem) Cursor() desktop.Cursor         { return desktop.PointerCursor }

func (i *railItem) setMarked(marked bool) {
	i.marked = marked
	i.text.Style.Bold = marked
	i.text.Color = fynetheme.ColorNameForeground
	i.icon.SetResource(i.res)
	if marked {
		i.text.Color = fynetheme.ColorNamePrimary
		i.icon.SetResource(fynetheme.NewPrimaryThemedResource(i.res))
	}
	i.text.Refresh()
	i.Refresh()
}

// mostCounted is as much as is counted in the room there is.
const mostCounted = 99

func (i *railItem) setCount(n int) {
	words := kit.Number(int64(n))
	if n > mostCounted {
		words = kit.Number(mostCounted) + "+"
	}
	i.waits.SetText(words)
	kit.SetVisible(i.waits, n > 0)
	kit.SetVisible(i.pill, n > 0)
	i.Refresh()
}

func (i *railItem) fold(folded bool) {
	if folded {
		i.text.Hide()
	} else {
		i.text.Show()
	}
	i.Refresh()
}

func (i *railItem) Refresh() {
	if i.back != nil {
		i.back.FillColor = i.fill()
		i.pill.FillColor = fynetheme.Color(fynetheme.ColorNamePrimary)
	}
	i.BaseWidget.Refresh()
}

func (i *railItem) fill() color.Color {
	switch {
	case i.marked:
		return fynetheme.Color(theme.ColorSelected)
	case i.hovered:
		return fynetheme.Color(fynetheme.ColorNameHover)
	}
	return color.Transparent
}

func (i *railItem) CreateRenderer() fyne.WidgetRenderer {
	i.back = canvas.NewRectangle(i.fill())
	i.back.CornerRadius = fynetheme.Size(fynetheme.SizeNameInputRadius)
	i.pill.FillColor = fynetheme.Color(fynetheme.ColorNamePrimary)
	return widget.NewSimpleRenderer(container.NewStack(i.back, container.New(railItemLayout{}, i.icon, i.text, i.pill, i.waits)))
}

// railItemLayout puts the count at the right end, or at the icon's corner where the rail is
// folded.
type railItemLayout struct{}

func (railItemLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(fynetheme.Size(theme.SizeField), fynetheme.Size(theme.SizeField)+fynetheme.Size(theme.SizeTight))
}

func (railItemLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	side := fynetheme.Size(fynetheme.SizeNameInlineIcon) + 2
	x := fynetheme.Size(theme.SizeGap) + 2
	if !o[1].Visible() {
		x = (size.Width - side) / 2
	}
	o[0].Move(fyne.NewPos(x, (size.Height-side)/2))
	o[0].Resize(fyne.NewSquareSize(side))
	x += side + fynetheme.Size(theme.SizeGap) + 2
	o[1].Move(fyne.NewPos(x, 0))
	o[1].Resize(fyne.NewSize(size.Width-x, size.Height))
	least := o[3].MinSize()
	high, wide := least.Height, max(least.Height, least.Width+fynetheme.Size(theme.SizeGap))
	at := fyne.NewPos(size.Width-wide-fynetheme.Size(theme.SizeGap), (size.Height-high)/2)
	if !o[1].Visible() {
		at = fyne.NewPos(size.Width-wide, 0)
	}
	for _, part := range o[2:] {
		part.Move(at)
		part.Resize(fyne.NewSize(wide, high))
	}
}
