package law

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/theme"
)

// block is one thing in a column, such as a clause: its texts under each other, in one
// column or in two.
type block struct {
	key    string // by which it is found again
	indent float32
	above  fyne.ThemeSizeName // the room above it; "" for little
	icon   fyne.Resource      // before its first line
	texts  []text
	beside []text // at the right half; nil: the texts have the whole width
	rule   bool   // a thin line above it
	stop   bool   // the keyboard stops here
	open   func() // Enter and a click; nil: nothing

	lines [2][][]line // of texts and beside, as they were broken up
	high  float32
}

func size(name fyne.ThemeSizeName) float32 { return fynetheme.Size(name) }

func em() float32 { return fynetheme.TextSize() }

// lineHigh is the height of a line of a text.
func lineHigh(t text, heights map[fyne.ThemeSizeName]float32) float32 {
	h, ok := heights[t.scale()]
	if !ok {
		h = fyne.MeasureText("Ậg", size(t.scale()), fyne.TextStyle{Bold: true}).Height
		heights[t.scale()] = h
	}
	return h
}

func (b *block) room() float32 {
	if b.above == "" {
		return size(theme.SizeTight)
	}
	return size(b.above)
}

// edges are where the texts begin, how wide they are, and where those beside begin.
func (b *block) edges(width float32) (x, wide, second float32) {
	x = size(theme.SizeGroup) + b.indent*em()
	if b.icon != nil {
		x += em()*1.15 + size(theme.SizeGap)
	}
	wide = width - x - size(theme.SizeGroup)
	if b.beside != nil {
		wide = (wide - size(theme.SizeGroup)) / 2
		second = x + wide + size(theme.SizeGroup)
	}
	return x, max(wide, em()*6), second
}

// lay breaks the texts up for a width and returns how high the block is.
func (b *block) lay(width float32, words lengths, heights map[fyne.ThemeSizeName]float32) float32 {
	_, wide, _ := b.edges(width)
	tallest := float32(0)
	for side, texts := range [][]text{b.texts, b.beside} {
		b.lines[side] = b.lines[side][:0]
		high := float32(0)
		for _, t := range texts {
			lines := words.wrap(t, wide)
			b.lines[side] = append(b.lines[side], lines)
			high += float32(len(lines)) * lineHigh(t, heights)
		}
		tallest = max(tallest, high)
	}
	b.high = b.room() + tallest + size(theme.SizeTight)
	return b.high
}

// firstBare takes the line above the first block away, where another stands there already.
func firstBare(blocks []block) {
	if len(blocks) > 0 {
		blocks[0].rule, blocks[0].above = false, theme.SizeGap
	}
}

// draw makes what is seen of the block, its upper edge at y.
func (b *block) draw(y, width float32, heights map[fyne.ThemeSizeName]float32) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if b.rule {
		l := canvas.NewRectangle(fynetheme.Color(fynetheme.ColorNameSeparator))
		l.Move(fyne.NewPos(size(theme.SizeGroup), y))
		l.Resize(fyne.NewSize(width-2*size(theme.SizeGroup), 1))
		out = append(out, l)
	}
	x, _, second := b.edges(width)
	y += b.room()
	if b.icon != nil {
		side := em() * 1.15
		icon := canvas.NewImageFromResource(b.icon)
		icon.Resize(fyne.NewSquareSize(side))
		icon.Move(fyne.NewPos(x-side-size(theme.SizeGap), y+(lineHigh(b.texts[0], heights)-side)/2))
		out = append(out, icon)
	}
	for side, texts := range [][]text{b.texts, b.beside} {
		left, top := x, y
		if side == 1 {
			left = second
		}
		for i, t := range texts {
			high := lineHigh(t, heights)
			for _, l := range b.lines[side][i] {
				out = append(out, drawLine(t, l, left, top, high)...)
				top += high
			}
		}
	}
	return out
}

// drawLine makes the words of a line, and what makes some of them stand out.
func drawLine(t text, l line, x, y, high float32) []fyne.CanvasObject {
	var grounds, out []fyne.CanvasObject
	for _, r := range t.runs(l) {
		style := t.style()
		style.Bold = style.Bold || r.marked && r.mark == sought
		words := canvas.NewText(r.words, fynetheme.Color(t.color()))
		words.TextSize, words.TextStyle = size(t.scale()), style
		wide := fyne.MeasureText(r.words, words.TextSize, style).Width
		words.Move(fyne.NewPos(x, y))
		words.Resize(fyne.NewSize(wide, high))
		if r.marked {
			back := canvas.NewRectangle(fynetheme.Color(theme.ColorSelected))
			back.CornerRadius = size(fynetheme.SizeNameSelectionRadius)
			if r.mark == removed {
				back.FillColor = fynetheme.Color(theme.ColorTrack)
			}
			back.Move(fyne.NewPos(x-1, y+1))
			back.Resize(fyne.NewSize(wide+2, high-2))
			grounds = append(grounds, back)
			words.Color = fynetheme.Color(fynetheme.ColorNameForeground)
		}
		out = append(out, words)
		if r.marked && r.mark != sought {
			ink, at := fynetheme.ColorNamePrimary, y+high-2
			if r.mark == removed {
				ink, at = fynetheme.ColorNameError, y+high*0.54
			}
			stroke := canvas.NewRectangle(fynetheme.Color(ink))
			stroke.Move(fyne.NewPos(x, at))
			stroke.Resize(fyne.NewSize(wide, max(1, em()/10)))
			out = append(out, stroke)
		}
		x += wide
	}
	return append(grounds, out...)
}
