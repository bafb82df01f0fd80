package kit

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// gridBody is the part of a grid that scrolls: the cells in sight, the cursor,
// the selection and the editor. It is what has the keyboard.
type gridBody struct {
	widget.BaseWidget
	g         *Grid
	views     []*gridRowView // reused: row n is shown by view n modulo their number
	rules     []*canvas.Rectangle
	selection *canvas.Rectangle
	cursor    outline
	focused   bool
	objects   []fyne.CanvasObject
}

func newGridBody(g *Grid) *gridBody {
	b := &gridBody{g: g, selection: canvas.NewRectangle(nil), cursor: newOutline()}
	for range g.columns {
		b.rules = append(b.rules, canvas.NewRectangle(nil))
	}
	b.ExtendBaseWidget(b)
	return b
}

// rowHeight is that of a row of any table.
func rowHeight() float32 { return sizeOf(theme.SizeRow) }

// place shows the rows in sight; with again it also reads their text anew.
func (b *gridBody) place(again bool) {
	g := b.g
	if len(g.lefts) == 0 {
		return
	}
	height := rowHeight()
	first := int(g.scroll.Offset.Y / height)
	count := int(math.Ceil(float64(g.scroll.Size().Height/height))) + 1
	if b.grow(count) {
		again = true
	}
	for row := first; row < first+len(b.views); row++ {
		view := b.views[row%len(b.views)]
		if again || view.row != row {
			view.show(g, row)
		}
		view.move(float32(row)*height, g.lefts[len(g.columns)], height)
	}
	b.placeRules()
	b.placeMarks()
}

// rebind reads the rows in sight anew.
func (b *gridBody) rebind() { b.place(true) }

func (b *gridBody) grow(count int) bool {
	if count <= len(b.views) {
		return false
	}
	for len(b.views) < count {
		b.views = append(b.views, newGridRowView(b.g))
	}
	b.collect()
	b.g.side.collect()
	return true
}

// collect lists the objects from the lowest to the topmost.
func (b *gridBody) collect() {
	b.objects = []fyne.CanvasObject{b.selection}
	for _, r := range b.rules {
		b.objects = append(b.objects, r)
	}
	for _, v := range b.views {
		b.objects = append(b.objects, v.cells)
	}
	b.objects = append(b.cursor.over(b.objects), b.g.editor, b.g.editor.list)
}

func (b *gridBody) placeRules() {
	g := b.g
	height := min(g.scroll.Size().Height, b.MinSize().Height-g.scroll.Offset.Y)
	for i, rule := range b.rules {
		rule.FillColor = fynetheme.Color(fynetheme.ColorNameSeparator)
		rule.Move(fyne.NewPos(g.lefts[i+1]-1, g.scroll.Offset.Y))
		rule.Resize(fyne.NewSize(1, height))
		rule.Refresh()
	}
}

// placeMarks puts cursor, selection and editor where they belong.
func (b *gridBody) placeMarks() {
	g := b.g
	if len(g.lefts) == 0 {
		return
	}
	b.selection.Hidden = g.selected().single()
	b.selection.FillColor = fynetheme.Color(fynetheme.ColorNameSelection)
	g.areaOf(g.selected()).hold(b.selection)
	width, ink := float32(2), fynetheme.ColorNamePrimary
	if !b.focused && !g.editor.editing {
		width, ink = 1, fynetheme.ColorNamePlaceHolder
	}
	b.cursor.around(g.areaOf(blockOf(g.cursor, g.cursor)), width, fynetheme.Color(ink))
	g.editor.place()
	b.selection.Refresh()
}

// outline is the frame of a cell in four lines, which are as sharp on every
// painter of the toolkit; its stroked rectangle is not.
type outline [4]*canvas.Rectangle

func newOutline() outline {
	var o outline
	for i := range o {
		o[i] = canvas.NewRectangle(nil)
	}
	return o
}

func (o outline) around(a area, width float32, ink color.Color) {
	across, down := fyne.NewSize(a.size.Width, width), fyne.NewSize(width, a.size.Height)
	for i, side := range []area{
		{a.pos, across}, {a.pos.AddXY(0, a.size.Height-width), across},
		{a.pos, down}, {a.pos.AddXY(a.size.Width-width, 0), down},
	} {
		o[i].FillColor = ink
		side.hold(o[i])
		o[i].Refresh()
	}
}

// over lists the lines after what they lie on.
func (o outline) over(objects []fyne.CanvasObject) []fyne.CanvasObject {
	for _, side := range o {
		objects = append(objects, side)
	}
	return objects
}

// area is a place in the body.
type area struct {
	pos  fyne.Position
	size fyne.Size
}

func (a area) hold(o fyne.CanvasObject) {
	o.Move(a.pos)
	o.Resize(a.size)
}

func (g *Grid) areaOf(b block) area {
	height := rowHeight()
	return area{
		pos:  fyne.NewPos(g.lefts[b.left], float32(b.top)*height),
		size: fyne.NewSize(g.lefts[b.right+1]-g.lefts[b.left]-1, float32(b.bottom-b.top+1)*height-1),
	}
}

// reveal scrolls a cell in sight.
func (g *Grid) reveal(c cellAt) {
	if len(g.lefts) == 0 {
		return
	}
	cell, sight, off := g.areaOf(blockOf(c, c)), g.scroll.Size(), g.scroll.Offset
	to := fyne.NewPos(
		reach(off.X, sight.Width, cell.pos.X, cell.size.Width+1),
		reach(off.Y, sight.Height, cell.pos.Y, cell.size.Height+1))
	if to != off {
		g.scroll.ScrollToOffset(to)
		g.follow()
	}
}

// reach is the offset nearest to off that shows a span of length from at on.
func reach(off, sight, at, length float32) float32 {
	return max(0, min(at, max(off, at+length-sight)))
}

// MinSize is the size of all rows, and of the one for adding.
func (b *gridBody) MinSize() fyne.Size {
	return fyne.NewSize(b.g.least, float32(len(b.g.sheet.rows)+1)*rowHeight())
}

// FocusGained shows that the keyboard is here.
func (b *gridBody) FocusGained() {
	Arrived(b)
	b.focused = true
	b.placeMarks()
}

// FocusLost shows that it is not.
func (b *gridBody) FocusLost() {
	b.focused = false
	if !b.g.editor.editing {
		b.g.shift = false
	}
	b.placeMarks()
}

// CreateRenderer is how Fyne draws it.
func (b *gridBody) CreateRenderer() fyne.WidgetRenderer {
	b.collect()
	return &gridBodyRenderer{b}
}

type gridBodyRenderer struct{ b *gridBody }

func (r *gridBodyRenderer) Destroy()                     {}
func (r *gridBodyRenderer) Layout(fyne.Size)             { r.b.place(false) }
func (r *gridBodyRenderer) MinSize() fyne.Size           { return r.b.MinSize() }
func (r *gridBodyRenderer) Objects() []fyne.CanvasObject { return r.b.objects }
func (r *gridBodyRenderer) Refresh()                     { r.b.rebind() }
