package help

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// flow is text of several styles that wraps: words, keys in their caps, links.
type flow struct {
	widget.BaseWidget

	atoms  []atom
	follow func(page string)
}

// atom is what stays together on a line: a word and what is written to it without a
// blank between.
type atom []piece

type piece struct {
	text  string
	style Style
	link  *link
}

func newFlow(spans []Span, follow func(page string)) *flow {
	f := &flow{follow: follow}
	glued := false
	for _, s := range spans {
		glued = f.add(s, glued)
	}
	f.ExtendBaseWidget(f)
	return f
}

// add cuts a span into atoms and reports whether the next span is written to the last
// of them. Keys and links are never cut.
func (f *flow) add(s Span, glued bool) bool {
	words := strings.Fields(s.Text)
	if s.Style == Key || s.Style == Link {
		words = []string{s.Text}
	}
	if strings.HasPrefix(s.Text, " ") {
		glued = false
	}
	for _, w := range words {
		p := piece{text: w, style: s.Style}
		if s.Style == Link {
			p.link = newLink(s.Text, func() { f.follow(s.To) })
		}
		if glued && len(f.atoms) > 0 {
			last := len(f.atoms) - 1
			f.atoms[last] = append(f.atoms[last], p)
		} else {
			f.atoms = append(f.atoms, atom{p})
		}
		glued = false
	}
	if len(words) == 0 {
		return false
	}
	return !strings.HasSuffix(s.Text, " ")
}

// linksIn are the links of the text in order.
func (f *flow) linksIn() []*link {
	var out []*link
	for _, a := range f.atoms {
		for _, p := range a {
			if p.link != nil {
				out = append(out, p.link)
			}
		}
	}
	return out
}

// CreateRenderer draws line by line.
func (f *flow) CreateRenderer() fyne.WidgetRenderer {
	r := &flowRenderer{flow: f}
	r.build()
	return r
}

type flowRenderer struct {
	flow    *flow
	objects []fyne.CanvasObject
	lines   int
	width   float32
}

func (r *flowRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *flowRenderer) Destroy()                     {}

func (r *flowRenderer) Layout(size fyne.Size) {
	if size.Width == r.width {
		return
	}
	before := r.lines
	r.width = size.Width
	r.build()
	if r.lines != before {
		canvas.Refresh(r.flow) // the height it asks for has changed
	}
}

func (r *flowRenderer) Refresh() {
	r.build()
	canvas.Refresh(r.flow)
}

func (r *flowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(10*fynetheme.TextSize(), float32(max(r.lines, 1))*lineStep())
}

// lineStep is the distance of lines: 1.4 of the text.
func lineStep() float32 { return measure("Ậg", Plain).Height * 1.06 }

func measure(text string, s Style) fyne.Size {
	size := fynetheme.TextSize()
	if s == Key {
		size = fynetheme.CaptionTextSize()
	}
	return fyne.MeasureText(text, size, fyne.TextStyle{Bold: s == Bold})
}

// build makes the objects for the width at hand.
func (r *flowRenderer) build() {
	r.objects = r.objects[:0]
	pen := &pen{r: r, blank: measure(" ", Plain).Width}
	for _, a := range r.flow.atoms {
		pen.put(a)
	}
	pen.flush()
	r.lines = pen.line + 1
}

// pen is where the next word goes; words of one style on a line become one text.
type pen struct {
	r     *flowRenderer
	x     float32
	line  int
	blank float32

	run   string
	style Style
	runX  float32
}

func (p *pen) put(a atom) {
	width := float32(0)
	for _, piece := range a {
		width += p.widthOf(piece)
	}
	if p.x > 0 && p.r.width > 0 && p.x+p.blank+width > p.r.width {
		p.flush()
		p.x = 0
		p.line++
	}
	for i, piece := range a {
		gap := i == 0 && p.x > 0
		if piece.style == Key || piece.style == Link {
			p.flush()
			if gap {
				p.x += p.blank
			}
			p.place(piece)
			continue
		}
		p.word(piece, gap)
	}
}

func (p *pen) widthOf(w piece) float32 {
	width := measure(w.text, w.style).Width
	if w.style == Key {
		width += 2 * capPadding()
	}
	return width
}

// word adds to the run of its style.
func (p *pen) word(w piece, gap bool) {
	if p.run != "" && p.style != w.style {
		p.flush()
	}
	switch {
	case p.run == "":
		if gap {
			p.x += p.blank
		}
		p.runX, p.run, p.style = p.x, w.text, w.style
	case gap:
		p.run += " " + w.text
	default:
		p.run += w.text
	}
	p.x = p.runX + measure(p.run, p.style).Width
}

// flush draws the run.
func (p *pen) flush() {
	if p.run == "" {
		return
	}
	text := canvas.NewText(p.run, fynetheme.Color(fynetheme.ColorNameForeground))
	text.TextSize = fynetheme.TextSize()
	text.TextStyle.Bold = p.style == Bold
	p.at(text, p.runX, measure(p.run, p.style))
	p.run = ""
}

func (p *pen) at(o fyne.CanvasObject, x float32, size fyne.Size) {
	y := float32(p.line)*lineStep() + (lineStep()-size.Height)/2
	o.Resize(size)
	o.Move(fyne.NewPos(x, y))
	p.r.objects = append(p.r.objects, o)
}

// place draws a key or a link.
func (p *pen) place(w piece) {
	size := measure(w.text, w.style)
	if w.style == Link {
		p.at(w.link, p.x, size)
		p.x += size.Width
		return
	}
	face := canvas.NewRectangle(fynetheme.Color(theme.ColorRail))
	face.StrokeColor, face.StrokeWidth = fynetheme.Color(fynetheme.ColorNameInputBorder), 1
	face.CornerRadius = fynetheme.Size(fynetheme.SizeNameInputRadius)
	whole := fyne.NewSize(size.Width+2*capPadding(), size.Height)
	p.at(face, p.x, whole)
	text := canvas.NewText(w.text, fynetheme.Color(fynetheme.ColorNameForeground))
	text.TextSize = fynetheme.CaptionTextSize()
	p.at(text, p.x+capPadding(), size)
	p.x += whole.Width
}

func capPadding() float32 { return fynetheme.Size(theme.SizeTight) + 1 }
