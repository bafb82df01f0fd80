package kit

import (
	"image/color"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// plot is the part of a chart that shows bars. It has the keyboard:
//
//	arrows, Home, End   from bar to bar; the chart says the bar's value under it
//	Enter, Space        open what the bar counts
//	Ctrl+C              the chart in words
//
// A click on a bar opens it too. What is drawn comes from the chart itself.
type plot struct {
	widget.BaseWidget

	count func() int
	draw  func(size fyne.Size) drawing
	least func() fyne.Size
	said  func(i int) // the bar looked at; -1 for none
	open  func() func(i int)
	words func() string // the chart in words
	came  func() func() // to be told that the keyboard has come

	at      int // the bar the keyboard is on
	hovered int // the bar under the pointer, or -1
	focused bool
	shown   drawing
}

// drawing is what a chart shows at a size, and where each bar may be pointed at.
type drawing struct {
	objects []fyne.CanvasObject
	slots   []area
}

func (d *drawing) add(o ...fyne.CanvasObject) { d.objects = append(d.objects, o...) }

// FocusGained shows on which bar the keyboard is.
func (p *plot) FocusGained() {
	Arrived(p)
	p.focused = true
	p.look()
	if told := p.came(); told != nil {
		told()
	}
}

// FocusLost is the other half.
func (p *plot) FocusLost() { p.focused = false; p.look() }

// TypedKey moves from bar to bar and opens.
func (p *plot) TypedKey(key *fyne.KeyEvent) {
	if PassKey(p, key) {
		return
	}
	switch key.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		p.moveTo(p.at - 1)
	case fyne.KeyRight, fyne.KeyDown:
		p.moveTo(p.at + 1)
	case fyne.KeyHome:
		p.moveTo(0)
	case fyne.KeyEnd:
		p.moveTo(p.count() - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		p.openBar(p.at)
	}
}

// TypedRune opens on Space, like a button.
func (p *plot) TypedRune(r rune) {
	if r == ' ' {
		p.openBar(p.at)
	}
}

// TypedShortcut copies; the rest is the window's.
func (p *plot) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*fyne.ShortcutCopy); ok {
		c.Clipboard.SetContent(p.words())
		return
	}
	PassShortcut(p, s)
}

func (p *plot) moveTo(i int) {
	p.at = min(max(i, 0), max(p.count()-1, 0))
	p.look()
}

// looked is the bar to speak of: under the pointer, else under the keyboard.
func (p *plot) looked() int {
	switch {
	case p.hovered >= 0 && p.hovered < p.count():
		return p.hovered
	case p.focused && p.at < p.count():
		return p.at
	}
	return -1
}

func (p *plot) look() {
	p.said(p.looked())
	p.Refresh()
}

func (p *plot) openBar(i int) {
	if f := p.open(); f != nil && i >= 0 && i < p.count() {
		f(i)
	}
}

// Tapped opens the bar under the pointer.
func (p *plot) Tapped(e *fyne.PointEvent) {
	i := p.under(e.Position)
	if i < 0 {
		return
	}
	if c := canvasOf(p); c != nil {
		c.Focus(p)
	}
	p.moveTo(i)
	p.openBar(i)
}

func (p *plot) under(at fyne.Position) int {
	for i, s := range p.shown.slots {
		if s.has(at) {
			return i
		}
	}
	return -1
}

// MouseIn, MouseMoved and MouseOut say the bar under the pointer.
func (p *plot) MouseIn(e *desktop.MouseEvent)    { p.hover(p.under(e.Position)) }
func (p *plot) MouseMoved(e *desktop.MouseEvent) { p.hover(p.under(e.Position)) }
func (p *plot) MouseOut()                        { p.hover(-1) }

func (p *plot) hover(i int) {
	if i != p.hovered {
		p.hovered = i
		p.look()
	}
}

// Cursor is a hand where a click opens something.
func (p *plot) Cursor() desktop.Cursor {
	if p.open() != nil && p.hovered >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer draws anew for every size and theme: a chart is a few dozen
// rectangles and words.
func (p *plot) CreateRenderer() fyne.WidgetRenderer {
	r := &plotRenderer{p: p, ring: newOutline()}
	r.Refresh()
	return r
}

func newPlot() *plot {
	p := &plot{hovered: -1}
	p.ExtendBaseWidget(p)
	return p
}

type plotRenderer struct {
	p    *plot
	ring outline
}

func (r *plotRenderer) Destroy()           {}
func (r *plotRenderer) MinSize() fyne.Size { return r.p.least() }
func (r *plotRenderer) Refresh()           { r.Layout(r.p.Size()); canvas.Refresh(r.p) }

func (r *plotRenderer) Layout(size fyne.Size) {
	r.p.shown = drawing{}
	if !size.IsZero() {
		r.p.shown = r.p.draw(size)
	}
	r.placeRing()
}

func (r *plotRenderer) placeRing() {
	p := r.p
	shown := p.focused && p.at < len(p.shown.slots)
	for _, side := range r.ring {
		side.Hidden = !shown
	}
	if shown {
		r.ring.around(p.shown.slots[p.at], sizeOf(theme.SizeRing), fynetheme.Color(fynetheme.ColorNamePrimary))
	}
}

func (r *plotRenderer) Objects() []fyne.CanvasObject {
	drawn := r.p.shown.objects
	return r.ring.over(drawn[:len(drawn):len(drawn)])
}

func (a area) has(p fyne.Position) bool {
	return p.X >= a.pos.X && p.Y >= a.pos.Y && p.X < a.pos.X+a.size.Width && p.Y < a.pos.Y+a.size.Height
}

func (a area) overlaps(b area) bool {
	return a.pos.X < b.pos.X+b.size.Width && b.pos.X < a.pos.X+a.size.Width &&
		a.pos.Y < b.pos.Y+b.size.Height && b.pos.Y < a.pos.Y+a.size.Height
}

func areaAt(x, y, width, height float32) area {
	return area{fyne.NewPos(x, y), fyne.NewSize(width, height)}
}

// whole lays an edge on a whole pixel, where it is sharp.
func whole(v float32) float32 { return float32(math.Round(float64(v))) }

// filled is a rectangle in a colour of the theme, its edges on whole pixels.
func filled(a area, name fyne.ThemeColorName) *canvas.Rectangle {
	r := canvas.NewRectangle(fynetheme.Color(name))
	x, y := whole(a.pos.X), whole(a.pos.Y)
	areaAt(x, y, whole(a.pos.X+a.size.Width)-x, whole(a.pos.Y+a.size.Height)-y).hold(r)
	return r
}

// written is a word of a chart in its place, shortened where the room ends.
func written(text string, a area, align fyne.TextAlign, ink fyne.ThemeColorName) *canvas.Text {
	return writtenIn(text, a, align, fynetheme.Color(ink))
}

func writtenIn(text string, a area, align fyne.TextAlign, ink color.Color) *canvas.Text {
	t := canvas.NewText(shorten(text, a.size.Width+0.5, fynetheme.CaptionTextSize()), ink)
	t.TextSize, t.Alignment = fynetheme.CaptionTextSize(), align
	a.hold(t)
	return t
}

// captionSize is the room a caption needs.
func captionSize(text string) fyne.Size {
	return fyne.MeasureText(text, fynetheme.CaptionTextSize(), fyne.TextStyle{})
}

func widestCaption(n int, text func(i int) string) float32 {
	width := float32(0)
	for i := range n {
		width = max(width, captionSize(text(i)).Width)
	}
	return width
}

// percent is a share in whole percent; only what is nothing says 0 and only what
// is all of it says 100.
func percent(part, whole int64) string {
	switch {
	case whole <= 0:
		return "–"
	case part <= 0:
		return "0 %"
	case part*100 < whole:
		return "<1 %"
	case part >= whole:
		return Number(part*100/whole) + " %"
	}
	return Number(min((part*100+whole/2)/whole, 99)) + " %"
}

// counted is a number with what it counts.
func counted(n int64, unit string) string { return strings.TrimSpace(Number(n) + " " + unit) }

// chartStack puts title, plot and caption under each other; the plot takes the room.
type chartStack struct{}

func (chartStack) MinSize(o []fyne.CanvasObject) fyne.Size {
	return stack{gap: theme.SizeTight, vertical: true}.MinSize(o)
}

func (chartStack) Layout(o []fyne.CanvasObject, size fyne.Size) {
	gap := sizeOf(theme.SizeTight)
	head, foot := float32(0), o[2].MinSize().Height
	if o[0].Visible() {
		head = o[0].MinSize().Height + gap
	}
	areaAt(0, 0, size.Width, head-min(head, gap)).hold(o[0])
	areaAt(0, head, size.Width, size.Height-head-gap-foot).hold(o[1])
	areaAt(0, size.Height-foot, size.Width, foot).hold(o[2])
}
