package help

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

// entry is one line of the contents, or one hit of a search.
type entry struct {
	page  string
	title string
	words string // under the title; "" for none
	block int
}

// contents are the lines at the left; arrows open what they reach.
type contents struct {
	widget.BaseWidget

	onOpen  func(entry)
	onEnter func()
	keys    func(*fyne.KeyEvent) bool
	short   func(fyne.Shortcut) bool

	entries []entry
	at      int
	focused bool
	lines   []*contentsLine
	box     *fyne.Container
	scroll  *container.Scroll
}

func newContents() *contents {
	c := &contents{box: kit.VStack(theme.SizeNone)}
	c.scroll = container.NewVScroll(c.box)
	c.ExtendBaseWidget(c)
	return c
}

// set shows lines, with the first that leads to a page marked.
func (c *contents) set(entries []entry, page string) {
	c.entries, c.at = entries, -1
	c.lines = c.lines[:0]
	c.box.RemoveAll()
	for i, e := range entries {
		line := newContentsLine(e, func() { c.choose(i) })
		c.lines = append(c.lines, line)
		c.box.Add(line)
		if c.at < 0 && e.page == page {
			c.at = i
		}
	}
	c.mark()
	c.scroll.ScrollToTop()
	c.Refresh()
	c.reveal()
}

// choose opens a line.
func (c *contents) choose(i int) {
	if i < 0 || i >= len(c.entries) {
		return
	}
	c.at = i
	c.mark()
	c.reveal()
	c.onOpen(c.entries[i])
}

func (c *contents) mark() {
	for i, line := range c.lines {
		line.set(i == c.at, c.focused)
	}
}

func (c *contents) reveal() {
	if c.at < 0 || c.at >= len(c.lines) {
		return
	}
	line := c.lines[c.at]
	top, bottom := line.Position().Y, line.Position().Y+line.Size().Height
	switch {
	case top < c.scroll.Offset.Y:
		c.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > c.scroll.Offset.Y+c.scroll.Size().Height:
		c.scroll.ScrollToOffset(fyne.NewPos(0, max(0, bottom-c.scroll.Size().Height)))
	}
}

// step moves with an arrow and reports whether the key was one.
func (c *contents) step(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyDown:
		c.choose(min(c.at+1, len(c.entries)-1))
	case fyne.KeyUp:
		c.choose(max(c.at-1, 0))
	default:
		return false
	}
	return true
}

// FocusGained shows where the keyboard is.
func (c *contents) FocusGained() { kit.Arrived(c); c.focused = true; c.mark() }

// FocusLost is the other half.
func (c *contents) FocusLost() { c.focused = false; c.mark() }

// TypedRune has nothing to do: letters are for the search.
func (c *contents) TypedRune(rune) {}

// TypedKey moves; Enter goes into the page.
func (c *contents) TypedKey(key *fyne.KeyEvent) {
	if kit.PassKey(c, key) || c.step(key.Name) {
		return
	}
	switch key.Name {
	case fyne.KeyHome:
		c.choose(0)
	case fyne.KeyEnd:
		c.choose(len(c.entries) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyRight:
		c.onEnter()
	default:
		c.keys(key)
	}
}

// TypedShortcut is the sheet's.
func (c *contents) TypedShortcut(s fyne.Shortcut) { c.short(s) }

// CreateRenderer shows the lines.
func (c *contents) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.scroll) }

// contentsLine is one line.
type contentsLine struct {
	widget.BaseWidget

	tapped  func()
	title   *kit.Text
	words   *kit.Text
	back    *canvas.Rectangle
	marked  bool
	focused bool
	hovered bool
}

func newContentsLine(e entry, tapped func()) *contentsLine {
	l := &contentsLine{tapped: tapped, title: kit.Line(e.title), words: kit.Caption(e.words)}
	if e.words == "" {
		l.words.Hide()
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *contentsLine) set(marked, focused bool) {
	l.marked, l.focused = marked, focused
	l.title.Style.Bold = marked
	l.title.Refresh()
	l.Refresh()
}

// Tapped opens the line.
func (l *contentsLine) Tapped(*fyne.PointEvent) { l.tapped() }

// MouseIn, MouseMoved and MouseOut follow the pointer.
func (l *contentsLine) MouseIn(*desktop.MouseEvent)    { l.hovered = true; l.Refresh() }
func (l *contentsLine) MouseMoved(*desktop.MouseEvent) {}
func (l *contentsLine) MouseOut()                      { l.hovered = false; l.Refresh() }

// Cursor is a hand.
func (l *contentsLine) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Refresh recolours the line.
func (l *contentsLine) Refresh() {
	if l.back != nil {
		l.paint()
	}
	l.BaseWidget.Refresh()
}

func (l *contentsLine) paint() {
	l.back.FillColor, l.back.StrokeColor, l.back.StrokeWidth = color.Transparent, color.Transparent, 0
	switch {
	case l.marked:
		l.back.FillColor = fynetheme.Color(theme.ColorSelected)
	case l.hovered:
		l.back.FillColor = fynetheme.Color(fynetheme.ColorNameHover)
	}
	if l.marked && l.focused {
		l.back.StrokeColor, l.back.StrokeWidth = fynetheme.Color(fynetheme.ColorNamePrimary), fynetheme.Size(theme.SizeRing)
	}
	l.back.Refresh()
}

// CreateRenderer puts the words on the line's colour.
func (l *contentsLine) CreateRenderer() fyne.WidgetRenderer {
	l.back = canvas.NewRectangle(color.Transparent)
	l.back.CornerRadius = fynetheme.Size(fynetheme.SizeNameInputRadius)
	l.paint()
	words := kit.InsetXY(theme.SizeGap, theme.SizeTight, kit.VStack(theme.SizeNone, l.title, l.words))
	return widget.NewSimpleRenderer(container.New(lineHeight{}, l.back, words))
}

// lineHeight gives a line at least the height of a row, its words in the middle.
type lineHeight struct{}

func (lineHeight) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[1].MinSize()
	return fyne.NewSize(m.Width, max(m.Height, fynetheme.Size(theme.SizeRow)))
}

func (lineHeight) Layout(o []fyne.CanvasObject, size fyne.Size) {
	ring := fynetheme.Size(theme.SizeRing) / 2 // its line is drawn to both sides of the edge
	o[0].Resize(size.SubtractWidthHeight(2*ring, 2*ring))
	o[0].Move(fyne.NewSquareOffsetPos(ring))
	h := o[1].MinSize().Height
	o[1].Resize(fyne.NewSize(size.Width, h))
	o[1].Move(fyne.NewPos(0, (size.Height-h)/2))
}
