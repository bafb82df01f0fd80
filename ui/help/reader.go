package help

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// reader shows one page and scrolls it by keyboard.
type reader struct {
	widget.BaseWidget

	follow func(page string)
	keys   func(*fyne.KeyEvent) bool
	short  func(fyne.Shortcut) bool

	box     *fyne.Container
	scroll  *container.Scroll
	blocks  []fyne.CanvasObject // as the page's blocks
	edge    *canvas.Rectangle
	focused bool
}

func newReader() *reader {
	r := &reader{box: kit.VStack(theme.SizeNone)}
	r.scroll = container.NewVScroll(container.New(readable{}, r.box))
	r.ExtendBaseWidget(r)
	return r
}

// show puts a page into the reader, with one of its blocks at the top; -1 for the
// beginning.
func (r *reader) show(p Page, block int) {
	r.box.RemoveAll()
	r.blocks = r.blocks[:0]
	r.box.Add(kit.Page(p.Title))
	for i, b := range p.Blocks {
		if gap := gapBefore(p, i); gap != theme.SizeNone {
			r.box.Add(newSpace(gap))
		}
		o := r.draw(b)
		r.blocks = append(r.blocks, o)
		r.box.Add(o)
	}
	r.box.Add(newSpace(theme.SizeEdge))
	r.scroll.Content.Refresh()
	r.scroll.Offset = fyne.Position{}
	r.scroll.Refresh()
	if block >= 0 && block < len(r.blocks) {
		r.scroll.ScrollToOffset(fyne.NewPos(0, max(0, r.blocks[block].Position().Y-lineStep())))
	}
}

// gapBefore keeps the lines of a list together and headings with what they are of.
func gapBefore(p Page, i int) kit.Gap {
	b := p.Blocks[i]
	switch {
	case b.Kind == Heading:
		return theme.SizeEdge
	case i == 0:
		return theme.SizeGroup
	case b.Kind != Paragraph && p.Blocks[i-1].Kind == b.Kind:
		return theme.SizeTight
	}
	return theme.SizeGap
}

func (r *reader) draw(b Block) fyne.CanvasObject {
	if b.Kind == Heading {
		title := kit.Section(b.Text())
		title.Wrap = true
		return title
	}
	f := newFlow(b.Spans, r.follow)
	for _, l := range f.linksIn() {
		l.keys, l.short, l.seen = r.keys, r.short, r.reveal
	}
	switch b.Kind {
	case Bullet:
		return container.New(hanging{}, kit.Line("•"), f)
	case Step:
		return container.New(hanging{}, kit.Line(strconv.Itoa(b.Number)+"."), f)
	}
	return f
}

// reveal scrolls a link in sight.
func (r *reader) reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(r.scroll).Y
	switch bottom := top + o.Size().Height; {
	case top < 0:
		r.move(top - lineStep())
	case bottom > r.scroll.Size().Height:
		r.move(bottom - r.scroll.Size().Height + lineStep())
	}
}

// move scrolls by a distance.
func (r *reader) move(by float32) {
	most := max(0, r.scroll.Content.MinSize().Height-r.scroll.Size().Height)
	r.scroll.ScrollToOffset(fyne.NewPos(0, min(max(0, r.scroll.Offset.Y+by), most)))
}

// turn scrolls on a key and reports whether it was one for scrolling.
func (r *reader) turn(key fyne.KeyName) bool {
	page := r.scroll.Size().Height - 2*lineStep()
	switch key {
	case fyne.KeyPageDown:
		r.move(page)
	case fyne.KeyPageUp:
		r.move(-page)
	default:
		return false
	}
	return true
}

// FocusGained shows where the keyboard is.
func (r *reader) FocusGained() { kit.Arrived(r); r.focused = true; r.Refresh() }

// FocusLost is the other half.
func (r *reader) FocusLost() { r.focused = false; r.Refresh() }

// TypedRune turns the page on Space.
func (r *reader) TypedRune(c rune) {
	if c == ' ' {
		r.turn(fyne.KeyPageDown)
	}
}

// TypedKey scrolls with the arrows; the sheet has the rest.
func (r *reader) TypedKey(key *fyne.KeyEvent) {
	if kit.PassKey(r, key) {
		return
	}
	switch key.Name {
	case fyne.KeyDown:
		r.move(2 * lineStep())
	case fyne.KeyUp:
		r.move(-2 * lineStep())
	case fyne.KeyHome:
		r.scroll.ScrollToTop()
	case fyne.KeyEnd:
		r.move(r.scroll.Content.MinSize().Height)
	default:
		r.keys(key)
	}
}

// TypedShortcut is the sheet's.
func (r *reader) TypedShortcut(s fyne.Shortcut) { r.short(s) }

// Cursor is the arrow.
func (r *reader) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// Refresh follows the theme and the keyboard.
func (r *reader) Refresh() {
	if r.edge != nil {
		r.edge.FillColor = fynetheme.Color(fynetheme.ColorNamePrimary)
		r.edge.Hidden = !r.focused
		r.edge.Refresh()
	}
	r.BaseWidget.Refresh()
}

// CreateRenderer puts the page beside a thin edge that shows the keyboard is in it.
func (r *reader) CreateRenderer() fyne.WidgetRenderer {
	r.edge = canvas.NewRectangle(fynetheme.Color(fynetheme.ColorNamePrimary))
	r.edge.Hidden = !r.focused
	return widget.NewSimpleRenderer(container.New(edged{}, r.edge, r.scroll))
}

// edged keeps room for the edge.
type edged struct{}

func (edged) MinSize(o []fyne.CanvasObject) fyne.Size { return o[1].MinSize() }

func (edged) Layout(o []fyne.CanvasObject, size fyne.Size) {
	width := fynetheme.Size(theme.SizeRing)
	o[0].Resize(fyne.NewSize(width, size.Height))
	o[0].Move(fyne.Position{})
	o[1].Resize(fyne.NewSize(size.Width-width, size.Height))
	o[1].Move(fyne.NewPos(width, 0))
}

// readable keeps lines at a length the eye can follow.
type readable struct{}

func (readable) MinSize(o []fyne.CanvasObject) fyne.Size {
	edge := fynetheme.Size(theme.SizeEdge)
	return fyne.NewSize(12*fynetheme.TextSize()+2*edge, o[0].MinSize().Height)
}

func (readable) Layout(o []fyne.CanvasObject, size fyne.Size) {
	edge := fynetheme.Size(theme.SizeEdge)
	o[0].Move(fyne.NewPos(edge, 0))
	o[0].Resize(fyne.NewSize(min(size.Width-2*edge, 46*fynetheme.TextSize()), size.Height))
}

// hanging puts a mark before text that wraps.
type hanging struct{}

func (hanging) indent() float32 { return 1.8 * fynetheme.TextSize() }

func (h hanging) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[1].MinSize()
	return fyne.NewSize(m.Width+h.indent(), m.Height)
}

func (h hanging) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(h.indent(), lineStep()))
	o[1].Move(fyne.NewPos(h.indent(), 0))
	o[1].Resize(fyne.NewSize(size.Width-h.indent(), size.Height))
}

// newSpace is a distance between blocks.
func newSpace(gap kit.Gap) fyne.CanvasObject { return container.New(spaceLayout{gap}) }

type spaceLayout struct{ gap kit.Gap }

func (s spaceLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, fynetheme.Size(s.gap))
}

func (spaceLayout) Layout([]fyne.CanvasObject, fyne.Size) {}
