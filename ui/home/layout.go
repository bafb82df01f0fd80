package home

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/theme"
)

// frame keeps the problem and the next thing to do at the head, the state of the
// record at the foot, and gives the page between them the rest. The order of its
// objects is the order of Tab.
type frame struct{}

func (frame) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := o[2].MinSize()
	for _, i := range []int{0, 1, 3} {
		if o[i].Visible() {
			m := o[i].MinSize()
			size.Width = max(size.Width, m.Width)
			size.Height += m.Height
		}
	}
	return size.AddWidthHeight(2*fynetheme.Size(theme.SizeEdge), 2*fynetheme.Size(theme.SizeGap))
}

func (frame) Layout(o []fyne.CanvasObject, size fyne.Size) {
	edge, gap := fynetheme.Size(theme.SizeEdge), fynetheme.Size(theme.SizeGap)
	top, bottom := float32(0), size.Height
	for _, i := range []int{0, 1} {
		if o[i].Visible() {
			top += gap
			o[i].Move(fyne.NewPos(edge, top))
			top += fit(o[i], size.Width-2*edge)
		}
	}
	if o[3].Visible() {
		bottom -= fit(o[3], size.Width)
		o[3].Move(fyne.NewPos(0, bottom))
	}
	o[2].Move(fyne.NewPos(0, top))
	o[2].Resize(fyne.NewSize(size.Width, bottom-top))
}

// ems is a width in units of the theme's text: how much reads side by side.
func ems(width float32) float32 { return width / fynetheme.TextSize() }

// pageLayout puts the targets above what is due and what was done, which stand beside
// each other where there is room. The toolkit asks for the smallest size without
// saying the width, so the one last given is remembered.
type pageLayout struct{ width float32 }

const dueEms = 27 // the least width of what is due, beside what was done

func (l *pageLayout) wide() bool { return ems(l.width) >= 72 }

func (l *pageLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	targets, due, done := o[0].MinSize(), o[1].MinSize(), o[2].MinSize()
	gap := fynetheme.Size(theme.SizeGroup)
	height := targets.Height + gap
	if l.wide() {
		return fyne.NewSize(0, height+max(due.Height, done.Height))
	}
	return fyne.NewSize(0, height+due.Height+gap+done.Height)
}

func (l *pageLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	gap, edge := fynetheme.Size(theme.SizeGroup), fynetheme.Size(theme.SizeEdge)
	y := fit(o[0], size.Width) + gap
	o[0].Move(fyne.Position{})
	o[1].Move(fyne.NewPos(0, y))
	if !l.wide() {
		due := o[1].MinSize().Height
		o[1].Resize(fyne.NewSize(size.Width, due))
		o[2].Move(fyne.NewPos(0, y+due+gap))
		o[2].Resize(fyne.NewSize(size.Width, max(size.Height-y-due-gap, o[2].MinSize().Height)))
		return
	}
	left := max(dueEms*fynetheme.TextSize(), size.Width*0.3)
	o[1].Resize(fyne.NewSize(left, size.Height-y))
	o[2].Move(fyne.NewPos(left+edge, y))
	o[2].Resize(fyne.NewSize(size.Width-left-edge, size.Height-y))
}

// cells lays objects out in rows of as many columns as are wide enough, at most so
// many, all of one width. The last row takes the height that is left where it grows.
type cells struct {
	most  int
	least float32 // width of a column, in ems
	gap   fyne.ThemeSizeName
	grow  bool // the first row takes the height that is left
	width float32
}

func (l *cells) columns() int {
	gap := fynetheme.Size(theme.SizeEdge)
	for n := l.most; n > 1; n /= 2 {
		if ems((l.width-gap*float32(n-1))/float32(n)) >= l.least {
			return n
		}
	}
	return 1
}

func (l *cells) MinSize(o []fyne.CanvasObject) fyne.Size {
	height := float32(0)
	n := l.columns()
	for i := 0; i < len(o); i += n {
		if i > 0 {
			height += fynetheme.Size(l.gap)
		}
		height += tallest(o[i:min(i+n, len(o))])
	}
	return fyne.NewSize(0, height)
}

func tallest(o []fyne.CanvasObject) float32 {
	height := float32(0)
	for _, c := range o {
		height = max(height, c.MinSize().Height)
	}
	return height
}

func (l *cells) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	n, gap := l.columns(), fynetheme.Size(theme.SizeEdge)
	width := (size.Width - gap*float32(n-1)) / float32(n)
	for _, c := range o {
		fit(c, width) // so that what wraps knows its height
	}
	spare := float32(0)
	if l.grow {
		spare = max(size.Height-l.MinSize(o).Height, 0)
	}
	y := float32(0)
	for i := 0; i < len(o); i += n {
		row := o[i:min(i+n, len(o))]
		height := tallest(row) + spare
		spare = 0
		for j, c := range row {
			c.Move(fyne.NewPos(float32(j)*(width+gap), y))
			c.Resize(fyne.NewSize(width, height))
		}
		y += height + fynetheme.Size(l.gap)
	}
}

// head is a heading at the left and quiet words at the right, on one line where they
// fit and else under each other.
type head struct{ width float32 }

func (h *head) beside(o []fyne.CanvasObject) bool {
	return o[0].MinSize().Width+o[1].MinSize().Width+fynetheme.Size(theme.SizeGroup) <= h.width
}

func (h *head) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	if h.width == 0 || h.beside(o) {
		return fyne.NewSize(0, max(a.Height, b.Height))
	}
	return fyne.NewSize(0, a.Height+b.Height)
}

func (h *head) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h.width = size.Width
	a, b := o[0].MinSize(), o[1].MinSize()
	o[0].Move(fyne.Position{})
	o[0].Resize(a)
	o[1].Resize(b)
	if h.beside(o) {
		o[1].Move(fyne.NewPos(size.Width-b.Width, a.Height-b.Height-1))
		return
	}
	o[1].Move(fyne.NewPos(0, a.Height))
}

// bleed lets what keeps room for a ring around it reach into the margins by that much,
// so that its words stand under the heading.
type bleed struct{}

func (bleed) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (bleed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	air := fynetheme.Size(theme.SizeTight)
	o[0].Move(fyne.NewPos(-air, 0))
	o[0].Resize(size.AddWidthHeight(2*air, 0))
}
