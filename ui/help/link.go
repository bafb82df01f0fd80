package help

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// link leads to another page, by mouse, Enter or Space.
type link struct {
	widget.BaseWidget

	words   string
	open    func()
	keys    func(*fyne.KeyEvent) bool // of the sheet
	short   func(fyne.Shortcut) bool
	seen    func(fyne.CanvasObject) // it has the keyboard and wants to be in sight
	focused bool
}

func newLink(words string, open func()) *link {
	l := &link{words: words, open: open}
	l.ExtendBaseWidget(l)
	return l
}

// Tapped opens the page.
func (l *link) Tapped(*fyne.PointEvent) { l.open() }

// Cursor is a hand.
func (l *link) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained shows the ring and brings the link in sight.
func (l *link) FocusGained() {
	kit.Arrived(l)
	l.focused = true
	l.Refresh()
	if l.seen != nil {
		l.seen(l)
	}
}

// FocusLost takes the ring away.
func (l *link) FocusLost() { l.focused = false; l.Refresh() }

// TypedRune opens the page on Space.
func (l *link) TypedRune(r rune) {
	if r == ' ' {
		l.open()
	}
}

// TypedKey opens the page on Enter; the sheet has the rest.
func (l *link) TypedKey(key *fyne.KeyEvent) {
	switch {
	case key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter:
		kit.Touch()
		l.open()
	case kit.PassKey(l, key):
	case l.keys != nil:
		l.keys(key)
	}
}

// TypedShortcut is the sheet's.
func (l *link) TypedShortcut(s fyne.Shortcut) {
	if l.short != nil {
		l.short(s)
	}
}

// CreateRenderer draws the words underlined.
func (l *link) CreateRenderer() fyne.WidgetRenderer {
	r := &linkRenderer{link: l, text: canvas.NewText(l.words, color.Transparent), line: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type linkRenderer struct {
	link       *link
	text       *canvas.Text
	line, ring *canvas.Rectangle
}

func (r *linkRenderer) Destroy() {}

func (r *linkRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.text, r.line, r.ring}
}

func (r *linkRenderer) MinSize() fyne.Size { return measure(r.link.words, Link) }

func (r *linkRenderer) Layout(size fyne.Size) {
	r.text.Resize(size)
	r.line.Resize(fyne.NewSize(size.Width, 1))
	r.line.Move(fyne.NewPos(0, size.Height*0.86))
	out := fynetheme.Size(theme.SizeRing)
	r.ring.Move(fyne.NewPos(-out, 0))
	r.ring.Resize(size.AddWidthHeight(2*out, 0))
}

func (r *linkRenderer) Refresh() {
	ink := fynetheme.Color(fynetheme.ColorNameHyperlink)
	r.text.Color, r.text.TextSize = ink, fynetheme.TextSize()
	r.line.FillColor = ink
	r.ring.StrokeColor, r.ring.StrokeWidth = ink, fynetheme.Size(theme.SizeRing)
	r.ring.CornerRadius = fynetheme.Size(fynetheme.SizeNameInputRadius)
	r.ring.Hidden = !r.link.focused
	r.text.Refresh()
	r.line.Refresh()
	r.ring.Refresh()
}
