package kit

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// matrixRows are the rows in sight, drawn once each and moved when others come: row n is
// shown by view n modulo their number. Both halves of a matrix are made of them.
type matrixRows struct {
	m     *Matrix
	draw  func(r MatrixRow, height float32) []fyne.CanvasObject
	views []*matrixRowView
}

type matrixRowView struct {
	row  int
	back *canvas.Rectangle
	all  *fyne.Container
}

// place shows the rows in sight; with again it also draws them anew. It reports whether
// there are more views than before.
func (rs *matrixRows) place(again bool, shift, width float32) bool {
	height, before := matrixRowHeight(), len(rs.views)
	for need := int(math.Ceil(float64(rs.m.scroll.Size().Height/height))) + 1; len(rs.views) < need; {
		back := canvas.NewRectangle(color.Transparent)
		rs.views = append(rs.views, &matrixRowView{row: -1, back: back, all: container.NewWithoutLayout(back)})
	}
	again = again || len(rs.views) > before
	first := int(rs.m.scroll.Offset.Y / height)
	for row := first; row < first+len(rs.views); row++ {
		v := rs.views[row%len(rs.views)]
		if again || v.row != row {
			rs.show(v, row, width, height)
		}
		v.all.Move(fyne.NewPos(0, float32(row)*height-shift))
		v.all.Resize(fyne.NewSize(width, height))
	}
	return len(rs.views) > before
}

func (rs *matrixRows) show(v *matrixRowView, row int, width, height float32) {
	v.row = row
	v.all.Hidden = row >= len(rs.m.rows)
	v.all.Objects = v.all.Objects[:1]
	if !v.all.Hidden {
		areaAt(0, 0, width, height-1).hold(v.back)
		v.all.Objects = append(v.all.Objects, filled(areaAt(0, height-1, width, 1), fynetheme.ColorNameSeparator))
		v.all.Objects = append(v.all.Objects, rs.draw(rs.m.rows[row], height)...)
	}
	canvas.Refresh(v.all)
}

// colour shows on which row the keyboard and the pointer are.
func (rs *matrixRows) colour() {
	for _, v := range rs.views {
		fill := color.Color(color.Transparent)
		switch v.row {
		case rs.m.row:
			fill = fynetheme.Color(theme.ColorSelected)
		case rs.m.body.hovered:
			fill = fynetheme.Color(fynetheme.ColorNameHover)
		}
		if v.back.FillColor != fill {
			v.back.FillColor = fill
			v.back.Refresh()
		}
	}
}

func (rs *matrixRows) objects() (out []fyne.CanvasObject) {
	for _, v := range rs.views {
		out = append(out, v.all)
	}
	return out
}

// matrixNames are the names of the rows, which follow the cells up and down.
type matrixNames struct {
	widget.BaseWidget
	m    *Matrix
	rows matrixRows
	box  *fyne.Container
}

func newMatrixNames(m *Matrix) *matrixNames {
	n := &matrixNames{m: m, box: container.NewWithoutLayout()}
	n.rows = matrixRows{m: m, draw: n.draw}
	n.ExtendBaseWidget(n)
	return n
}

func (n *matrixNames) place(again bool) {
	if n.rows.place(again, n.m.scroll.Offset.Y, n.Size().Width) {
		n.box.Objects = n.rows.objects()
	}
	n.placeMarks()
}

func (n *matrixNames) placeMarks() { n.rows.colour() }

func (n *matrixNames) draw(r MatrixRow, height float32) (out []fyne.CanvasObject) {
	x := sizeOf(theme.SizeGap)
	if r.State != Plain {
		side := fynetheme.CaptionTextSize() + 2
		icon := canvas.NewImageFromResource(r.State.icon())
		areaAt(whole(x), whole((height-side)/2), side, side).hold(icon)
		out = append(out, icon)
		x += side + sizeOf(theme.SizeTight)
	}
	text := canvas.NewText(shorten(r.Name, n.Size().Width-x-sizeOf(theme.SizeTight), fynetheme.TextSize()), fynetheme.Color(fynetheme.ColorNameForeground))
	text.TextSize = fynetheme.TextSize()
	areaAt(x, 0, n.Size().Width-x, height-1).hold(text)
	return append(out, text)
}

// Tapped opens a row at the column one is in.
func (n *matrixNames) Tapped(p *fyne.PointEvent) {
	n.m.body.tapped(int((p.Position.Y+n.m.scroll.Offset.Y)/matrixRowHeight()), n.m.column)
}

// Scrolled moves the cells, and the names with them.
func (n *matrixNames) Scrolled(e *fyne.ScrollEvent) { n.m.scroll.Scrolled(e) }

// MouseIn, MouseMoved and MouseOut follow the pointer.
func (n *matrixNames) MouseIn(e *desktop.MouseEvent) { n.MouseMoved(e) }
func (n *matrixNames) MouseMoved(e *desktop.MouseEvent) {
	n.m.body.hover(e.Position.Y + n.m.scroll.Offset.Y)
}
func (n *matrixNames) MouseOut() { n.m.body.MouseOut() }

// Cursor is a hand.
func (n *matrixNames) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is how Fyne draws it.
func (n *matrixNames) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(n.box) }

// matrixBody is the part of a matrix that scrolls both ways. It has the keyboard.
type matrixBody struct {
	widget.BaseWidget
	m       *Matrix
	rows    matrixRows
	ring    outline
	focused bool
	hovered int // the row under the pointer, or -1
	objects []fyne.CanvasObject
}

func newMatrixBody(m *Matrix) *matrixBody {
	b := &matrixBody{m: m, ring: newOutline(), hovered: -1}
	b.rows = matrixRows{m: m, draw: b.draw}
	b.ExtendBaseWidget(b)
	return b
}

func (b *matrixBody) place(again bool) {
	if len(b.m.lefts) == 0 {
		return
	}
	if b.rows.place(again, 0, b.m.right()) {
		b.objects = b.ring.over(b.rows.objects())
		canvas.Refresh(b)
	}
	b.placeMarks()
}

// draw writes the cells: the mark and, beside it, its letter or word. Marks stand under
// each other, whatever the letters.
func (b *matrixBody) draw(r MatrixRow, height float32) (out []fyne.CanvasObject) {
	side, gap := markSide(), whole(1.5*sizeOf(theme.SizeTight))
	letter := captionSize("Đ").Width
	for i, c := range r.Cells {
		if c.Mark.Shape == NoShape {
			continue
		}
		left, right := b.m.lefts[i], b.m.lefts[i+1]
		x := left + (right-left-side-gap-letter)/2
		if b.m.columns[i].Words {
			x = left + sizeOf(theme.SizeGap)
		}
		ink := fynetheme.ColorNameForeground
		if c.Quiet {
			ink = theme.ColorMuted
		}
		out = append(out, c.Mark.draw(areaAt(whole(x), whole((height-side)/2), side, side))...)
		x = whole(x) + side + gap
		out = append(out, written(c.Word, areaAt(x, 0, max(right-x, 0), height-1), fyne.TextAlignLeading, ink))
	}
	return out
}

// placeMarks colours the rows and puts the ring where the keyboard is.
func (b *matrixBody) placeMarks() {
	b.rows.colour()
	m := b.m
	width, ink := sizeOf(theme.SizeRing), fynetheme.ColorNamePrimary
	if !b.focused {
		width, ink = 1, fynetheme.ColorNamePlaceHolder
	}
	shown := m.row >= 0 && m.row < len(m.rows) && len(m.lefts) > 0
	for _, side := range b.ring {
		side.Hidden = !shown
	}
	if shown {
		height := matrixRowHeight()
		left := m.lefts[m.column]
		b.ring.around(areaAt(left, float32(m.row)*height, m.lefts[m.column+1]-left, height-1), width, fynetheme.Color(ink))
	}
}

// MinSize is the size of all rows.
func (b *matrixBody) MinSize() fyne.Size {
	if len(b.m.lefts) == 0 {
		return fyne.Size{}
	}
	return fyne.NewSize(b.m.right(), float32(len(b.m.rows))*matrixRowHeight())
}

// FocusGained shows where the keyboard is.
func (b *matrixBody) FocusGained() {
	Arrived(b)
	b.focused = true
	b.placeMarks()
}

// FocusLost is the other half.
func (b *matrixBody) FocusLost() {
	b.focused = false
	b.placeMarks()
}

// TypedKey moves and opens.
func (b *matrixBody) TypedKey(key *fyne.KeyEvent) {
	m := b.m
	if m.OnKey != nil && m.OnKey(key) {
		Touch()
		return
	}
	if PassKey(b, key) {
		return
	}
	page := max(1, int(m.scroll.Size().Height/matrixRowHeight())-1)
	switch key.Name {
	case fyne.KeyUp:
		m.goTo(m.row-1, m.column)
	case fyne.KeyDown:
		m.goTo(m.row+1, m.column)
	case fyne.KeyLeft:
		m.goTo(m.row, m.column-1)
	case fyne.KeyRight:
		m.goTo(m.row, m.column+1)
	case fyne.KeyPageUp:
		m.goTo(m.row-page, m.column)
	case fyne.KeyPageDown:
		m.goTo(m.row+page, m.column)
	case fyne.KeyHome:
		m.goTo(m.row, 0)
	case fyne.KeyEnd:
		m.goTo(m.row, len(m.columns)-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		m.open()
	case fyne.KeyEscape:
		if c := canvasOf(b); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(key) // back, where the window knows a way
		}
	}
}

// TypedRune opens on Space, and searches on any other letter.
func (b *matrixBody) TypedRune(r rune) {
	switch {
	case r == ' ':
		b.m.open()
	case b.m.OnSearch != nil:
		b.m.OnSearch(r)
	}
}

// TypedShortcut copies; the rest is the window's.
func (b *matrixBody) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*fyne.ShortcutCopy); ok {
		c.Clipboard.SetContent(b.m.Copied())
		return
	}
	PassShortcut(b, s)
}

// Tapped opens a cell.
func (b *matrixBody) Tapped(p *fyne.PointEvent) {
	column := len(b.m.columns) - 1
	for column > 0 && b.m.lefts[column] > p.Position.X {
		column--
	}
	b.tapped(int(p.Position.Y/matrixRowHeight()), column)
}

func (b *matrixBody) tapped(row, column int) {
	if row < 0 || row >= len(b.m.rows) {
		return
	}
	b.m.Focus()
	b.m.goTo(row, column)
	b.m.open()
}

// MouseIn, MouseMoved and MouseOut follow the pointer.
func (b *matrixBody) MouseIn(e *desktop.MouseEvent)    { b.hover(e.Position.Y) }
func (b *matrixBody) MouseMoved(e *desktop.MouseEvent) { b.hover(e.Position.Y) }
func (b *matrixBody) MouseOut()                        { b.setHovered(-1) }

func (b *matrixBody) hover(y float32) {
	row := int(y / matrixRowHeight())
	if row >= len(b.m.rows) {
		row = -1
	}
	b.setHovered(row)
}

func (b *matrixBody) setHovered(row int) {
	if row == b.hovered {
		return
	}
	b.hovered = row
	b.rows.colour()
	b.m.names.placeMarks()
}

// Cursor is a hand over what a click opens.
func (b *matrixBody) Cursor() desktop.Cursor {
	if b.hovered >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer is how Fyne draws it.
func (b *matrixBody) CreateRenderer() fyne.WidgetRenderer { return &matrixBodyRenderer{b} }

type matrixBodyRenderer struct{ b *matrixBody }

func (r *matrixBodyRenderer) Destroy()                     {}
func (r *matrixBodyRenderer) Layout(fyne.Size)             { r.b.place(false) }
func (r *matrixBodyRenderer) MinSize() fyne.Size           { return r.b.MinSize() }
func (r *matrixBodyRenderer) Objects() []fyne.CanvasObject { return r.b.objects }
func (r *matrixBodyRenderer) Refresh()                     { r.b.place(true); canvas.Refresh(r.b) }
