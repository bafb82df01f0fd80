package law

import (
	"slices"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// column is a long page of blocks, of which only those in sight are drawn. It has the
// keyboard as one:
//
//	arrows                from one block to the next that can be stopped at
//	Page Up, Page Down    by what is in sight; Home and End to the ends
//	Enter                 opens the block
//	Ctrl+C                copies, where somebody answers to it
type column struct {
	widget.BaseWidget

	onMoved  func(at int)              // the keyboard stands on another block
	onKey    func(*fyne.KeyEvent) bool // keys of whoever shows it, before its own
	onLetter func(rune)
	onCopy   func(fyne.Clipboard)

	blocks  []block
	tops    []float32 // of each block, and the end of the last
	words   lengths
	heights map[fyne.ThemeSizeName]float32
	laid    layout
	at      int // -1: nowhere
	focused bool
	hovered int
	scroll  *container.Scroll
	body    *columnBody
}

// layout is what the blocks were laid out for.
type layout struct {
	width, text float32
}

func newColumn() *column {
	c := &column{at: -1, hovered: -1, words: measured, heights: map[fyne.ThemeSizeName]float32{}, tops: []float32{0}}
	c.body = &columnBody{c: c}
	c.body.ExtendBaseWidget(c.body)
	c.scroll = container.NewVScroll(c.body)
	c.scroll.OnScrolled = func(fyne.Position) { c.place() }
	c.ExtendBaseWidget(c)
	return c
}

// set shows other blocks, from the top.
func (c *column) set(blocks []block) {
	c.blocks, c.at, c.hovered = blocks, -1, -1
	c.lay()
	c.scroll.Offset = fyne.Position{}
	c.Refresh()
}

// replace shows the blocks anew, with what was in sight still there.
func (c *column) replace(blocks []block) {
	key, offset := c.keyAt(), c.scroll.Offset.Y
	c.blocks, c.hovered = blocks, -1
	c.at = c.find(key)
	c.lay()
	c.scroll.Offset = fyne.NewPos(0, min(offset, max(0, c.end()-c.scroll.Size().Height)))
	c.Refresh()
}

func (c *column) keyAt() string {
	if c.at < 0 || c.at >= len(c.blocks) {
		return ""
	}
	return c.blocks[c.at].key
}

// find is the block of a key, or -1.
func (c *column) find(key string) int {
	if key == "" {
		return -1
	}
	return slices.IndexFunc(c.blocks, func(b block) bool { return b.key == key })
}

func (c *column) end() float32 { return c.tops[len(c.tops)-1] }

// lay breaks all blocks up for the width there is.
func (c *column) lay() {
	width := c.scroll.Size().Width
	c.laid = layout{width, em()}
	clear(c.heights)
	c.tops = append(c.tops[:0], 0)
	y := float32(0)
	for i := range c.blocks {
		y += c.blocks[i].lay(width, c.words, c.heights)
		c.tops = append(c.tops, y)
	}
	c.tops[len(c.tops)-1] = y + size(theme.SizeGroup)
}

// goTo puts the keyboard on a block and brings it in sight, near the top where it has to
// be moved.
func (c *column) goTo(i int) {
	if i < 0 || i >= len(c.blocks) {
		return
	}
	c.stand(i)
	view := c.scroll.Size().Height
	if top, bottom := c.tops[i], c.tops[i+1]; top < c.scroll.Offset.Y || bottom > c.scroll.Offset.Y+view {
		c.to(top - view/5)
	}
	c.place()
}

// stand says where the keyboard is.
func (c *column) stand(i int) {
	if i != c.at {
		c.at = i
		if c.onMoved != nil {
			c.onMoved(i)
		}
	}
}

func (c *column) to(y float32) {
	y = max(0, min(y, c.end()-c.scroll.Size().Height))
	c.scroll.ScrollToOffset(fyne.NewPos(0, y))
	c.place()
}

// next is the next block to stop at, in a direction; -1 for none.
func (c *column) next(from, step int) int {
	for i := from + step; i >= 0 && i < len(c.blocks); i += step {
		if c.blocks[i].stop {
			return i
		}
	}
	return -1
}

// move goes to the next block; over a long one and to the ends it moves the page first.
func (c *column) move(step int) {
	view, top := c.scroll.Size().Height, c.scroll.Offset.Y
	i := c.next(c.at, step)
	far := i < 0
	if !far && step > 0 {
		far = c.tops[i] > top+view*0.9
	} else if !far {
		far = c.tops[i+1] < top+view*0.1
	}
	if far {
		c.to(top + float32(step)*4*em())
		return
	}
	c.stand(i)
	switch {
	case c.tops[i] < top:
		c.to(max(c.tops[i], c.tops[i+1]-view))
		if c.tops[i+1]-c.tops[i] < view {
			c.to(c.tops[i])
		}
	case c.tops[i+1] > top+view:
		c.to(min(c.tops[i], c.tops[i+1]-view))
	}
	c.place()
}

// turn moves by what is in sight and takes the keyboard along.
func (c *column) turn(step int) {
	c.to(c.scroll.Offset.Y + float32(step)*(c.scroll.Size().Height-3*em()))
	from := sort.Search(len(c.blocks), func(i int) bool { return c.tops[i] >= c.scroll.Offset.Y })
	if i := c.next(from-1, 1); i >= 0 && c.tops[i] < c.scroll.Offset.Y+c.scroll.Size().Height {
		c.stand(i)
	}
	c.place()
}

// FocusGained shows where the keyboard is.
func (c *column) FocusGained() {
	kit.Arrived(c)
	c.focused = true
	if c.at < 0 {
		if i := c.next(-1, 1); i >= 0 {
			c.stand(i)
		}
	}
	c.place()
}

// FocusLost is the other half.
func (c *column) FocusLost() { c.focused = false; c.place() }

// TypedRune is for whoever shows the column.
func (c *column) TypedRune(r rune) {
	if c.onLetter != nil && r != ' ' {
		c.onLetter(r)
	}
}

// TypedKey moves and opens.
func (c *column) TypedKey(key *fyne.KeyEvent) {
	kit.Touch()
	if c.onKey != nil && c.onKey(key) {
		return
	}
	switch key.Name {
	case fyne.KeyDown:
		c.move(1)
	case fyne.KeyUp:
		c.move(-1)
	case fyne.KeyPageDown, fyne.KeySpace:
		c.turn(1)
	case fyne.KeyPageUp:
		c.turn(-1)
	case fyne.KeyHome:
		c.stand(max(c.next(-1, 1), -1))
		c.to(0)
	case fyne.KeyEnd:
		c.stand(max(c.next(len(c.blocks), -1), -1))
		c.to(c.end())
	case fyne.KeyReturn, fyne.KeyEnter:
		c.openAt(c.at)
	default:
		if w := windowKeys(c); !kit.PassKey(c, key) && w != nil {
			w(key)
		}
	}
}

// windowKeys are the keys of the window a widget is in, such as Escape where it goes back.
func windowKeys(o fyne.CanvasObject) func(*fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		return c.OnTypedKey()
	}
	return nil
}

func (c *column) openAt(i int) {
	if i >= 0 && i < len(c.blocks) && c.blocks[i].open != nil {
		c.blocks[i].open()
	}
}

// TypedShortcut copies, and leaves the window its own.
func (c *column) TypedShortcut(s fyne.Shortcut) {
	if copied, ok := s.(*fyne.ShortcutCopy); ok && c.onCopy != nil {
		c.onCopy(copied.Clipboard)
		return
	}
	kit.PassShortcut(c, s)
}

// MinSize is that of a few lines.
func (c *column) MinSize() fyne.Size { return fyne.NewSize(em()*14, em()*8) }

// Refresh lays out anew where the text has become larger.
func (c *column) Refresh() {
	if c.laid.text != em() {
		c.lay()
	}
	c.body.Refresh()
	c.scroll.Refresh()
	c.place()
}

// place draws what is in sight.
func (c *column) place() {
	top, view := c.scroll.Offset.Y, c.scroll.Size().Height
	width := c.scroll.Size().Width
	from := max(0, sort.Search(len(c.blocks), func(i int) bool { return c.tops[i+1] > top-view/2 }))
	var out []fyne.CanvasObject
	for i := from; i < len(c.blocks) && c.tops[i] < top+view*1.5; i++ {
		out = append(out, c.ground(i, width)...)
		out = append(out, c.blocks[i].draw(c.tops[i], width, c.heights)...)
	}
	c.body.objects = out
	canvas.Refresh(c.body)
}

// ground is what lies below a block: where the keyboard or the pointer is.
func (c *column) ground(i int, width float32) []fyne.CanvasObject {
	b := &c.blocks[i]
	if i != c.at && (i != c.hovered || b.open == nil) {
		return nil
	}
	y, high := c.tops[i]+b.room()-size(theme.SizeTight), b.high-b.room()+size(theme.SizeTight)
	back := canvas.NewRectangle(fynetheme.Color(fynetheme.ColorNameHover))
	back.CornerRadius = size(fynetheme.SizeNameSelectionRadius)
	back.Move(fyne.NewPos(size(theme.SizeTight), y))
	back.Resize(fyne.NewSize(width-2*size(theme.SizeTight), high))
	if i != c.at {
		return []fyne.CanvasObject{back}
	}
	bar := canvas.NewRectangle(fynetheme.Color(fynetheme.ColorNamePlaceHolder))
	if c.focused {
		bar.FillColor = fynetheme.Color(fynetheme.ColorNamePrimary)
		back.StrokeColor, back.StrokeWidth = fynetheme.Color(fynetheme.ColorNamePrimary), 1
	}
	bar.Move(fyne.NewPos(size(theme.SizeTight), y))
	bar.Resize(fyne.NewSize(size(theme.SizeTight), high))
	return []fyne.CanvasObject{back, bar}
}

// CreateRenderer shows the page in its scroll.
func (c *column) CreateRenderer() fyne.WidgetRenderer { return &columnRenderer{c} }

type columnRenderer struct{ c *column }

func (r *columnRenderer) Destroy()                     {}
func (r *columnRenderer) MinSize() fyne.Size           { return r.c.MinSize() }
func (r *columnRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.c.scroll} }
func (r *columnRenderer) Refresh()                     { r.Layout(r.c.Size()) }

// Layout keeps what stood at the top there when the width changes.
func (r *columnRenderer) Layout(size fyne.Size) {
	c := r.c
	narrower := size.Width != c.laid.width
	first := sort.Search(len(c.blocks), func(i int) bool { return c.tops[i+1] > c.scroll.Offset.Y })
	c.scroll.Resize(size)
	if narrower {
		c.lay()
		switch {
		case c.at >= 0:
			if top := c.tops[c.at]; top < c.scroll.Offset.Y || top > c.scroll.Offset.Y+size.Height {
				c.scroll.Offset.Y = max(0, min(top-size.Height/5, c.end()-size.Height))
			}
		case first < len(c.blocks):
			c.scroll.Offset.Y = max(0, min(c.tops[first], c.end()-size.Height))
		}
		c.scroll.Refresh()
	}
	c.place()
}

// columnBody is what scrolls.
type columnBody struct {
	widget.BaseWidget
	c       *column
	objects []fyne.CanvasObject
}

func (b *columnBody) blockAt(p fyne.Position) int {
	i := sort.Search(len(b.c.blocks), func(i int) bool { return b.c.tops[i+1] > p.Y })
	if i >= len(b.c.blocks) {
		return -1
	}
	return i
}

// Tapped goes to a block and opens it.
func (b *columnBody) Tapped(p *fyne.PointEvent) {
	c := b.c
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil {
		canvas.Focus(c)
	}
	i := b.blockAt(p.Position)
	if i < 0 {
		return
	}
	if c.blocks[i].stop {
		c.stand(i)
		c.place()
	}
	c.openAt(i)
}

// MouseIn, MouseMoved and MouseOut follow the pointer.
func (b *columnBody) MouseIn(m *desktop.MouseEvent)    { b.hover(b.blockAt(m.Position)) }
func (b *columnBody) MouseMoved(m *desktop.MouseEvent) { b.hover(b.blockAt(m.Position)) }
func (b *columnBody) MouseOut()                        { b.hover(-1) }

func (b *columnBody) hover(i int) {
	if i != b.c.hovered {
		b.c.hovered = i
		b.c.place()
	}
}

// Cursor is a hand where a click opens.
func (b *columnBody) Cursor() desktop.Cursor {
	if i := b.c.hovered; i >= 0 && i < len(b.c.blocks) && b.c.blocks[i].open != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// MinSize is as high as all blocks.
func (b *columnBody) MinSize() fyne.Size { return fyne.NewSize(em()*10, b.c.end()) }

// CreateRenderer draws what place has made.
func (b *columnBody) CreateRenderer() fyne.WidgetRenderer { return &columnBodyRenderer{b} }

type columnBodyRenderer struct{ b *columnBody }

func (r *columnBodyRenderer) Destroy()                     {}
func (r *columnBodyRenderer) Layout(fyne.Size)             {}
func (r *columnBodyRenderer) MinSize() fyne.Size           { return r.b.MinSize() }
func (r *columnBodyRenderer) Refresh()                     { canvas.Refresh(r.b) }
func (r *columnBodyRenderer) Objects() []fyne.CanvasObject { return r.b.objects }
