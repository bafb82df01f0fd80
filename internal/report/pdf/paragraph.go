package pdf

import "strings"

// Text of a paper, by Decree 30.
var (
	bodyText    = style{size: 13}
	boldText    = style{size: 13, bold: true}
	italicText  = style{size: 13, italic: true}
	titleText   = style{size: 14, bold: true}
	smallItalic = style{size: 11, italic: true}
)

// Space below a paragraph and before its first line, in millimetres.
const (
	paragraphGap = 6 * mm
	firstLine    = 10.0
	hanging      = 6.0
)

// space leaves some of the page empty, none at its top.
func (p *page) space(height float64) {
	if p.y > p.top {
		p.y += height
	}
}

// paragraph sets text from margin to margin. Each line of the text is a paragraph.
func (p *page) paragraph(text string, st style) {
	for _, part := range paragraphs(text) {
		p.justified(part, st, p.left, p.textWidth(), firstLine)
		p.space(paragraphGap)
	}
}

// item sets text behind a dash, its lines under each other.
func (p *page) item(text string, st style) {
	x, width := p.left+firstLine, p.textWidth()-firstLine
	for i, part := range paragraphs(text) {
		p.need(st.lineHeight())
		if i == 0 {
			p.put("-", st, x, p.y, hanging, left)
		}
		p.justified(part, st, x+hanging/2, width-hanging/2, 0)
		p.space(paragraphGap / 2)
	}
}

// heading keeps with what follows.
func (p *page) heading(text string, st style) {
	p.space(paragraphGap / 2)
	lines, st := p.fit(text, st, p.textWidth()-firstLine)
	p.need(float64(len(lines))*st.lineHeight() + 3*bodyText.lineHeight())
	p.lines(lines, st, p.left+firstLine, p.textWidth()-firstLine, left)
	p.space(paragraphGap)
}

// justified sets one paragraph in a place.
func (p *page) justified(text string, st style, x, width, indent float64) {
	lines := p.wrap(text, st, width, indent)
	for i, l := range lines {
		p.need(st.lineHeight())
		if i == len(lines)-1 {
			p.put(l, st, x+indent, p.y, width-indent, left)
		} else {
			p.spread(l, st, x+indent, p.y, width-indent)
		}
		p.y += st.lineHeight()
		indent = 0
	}
}

// spread sets a line so that it ends at the margin.
func (p *page) spread(text string, st style, x, y, width float64) {
	parts := words(text)
	gap := 0.0
	if len(parts) > 1 {
		gap = (width - p.width(text, st)) / float64(len(parts)-1)
	}
	step := p.face(st).advance(' ')*st.size*mm + gap
	for _, word := range parts {
		p.put(word, st, x, y, 0, left)
		x += p.width(word, st) + step
	}
}

// blank is a label and dotted lines to be filled in by hand.
func (p *page) blank(label string, st style, lines int) {
	p.need(st.lineHeight() * blankLeading * float64(lines))
	x := p.left + firstLine
	p.put(clean(label, p.face(st)), st, x, p.y, 0, left)
	if label != "" {
		x += p.width(label+" ", st)
	}
	for i := range lines {
		p.dots(x, p.y+st.baseline(), p.wide-p.right-x)
		p.y += st.lineHeight()
		if i < lines-1 {
			p.y += st.lineHeight() * (blankLeading - 1)
		}
		x = p.left
	}
	p.space(paragraphGap)
}

// blankLeading is the room of a line of handwriting.
const blankLeading = 1.5

// paragraphs are the lines of a text that are not blank.
func paragraphs(text string) []string {
	return filled(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })...)
}

// height is what a wrapped text takes.
func (p *page) height(text string, st style, width float64) float64 {
	return float64(len(p.wrap(text, st, width, 0))) * st.lineHeight()
}
