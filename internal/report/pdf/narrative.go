package pdf

import (
	"sophobien/internal/report"
	"sophobien/internal/report/narrative"
)

// Narrative draws the report of a period in words as it will be printed and signed: the
// document that docx writes, page by page.
func Narrative(y report.Yearly) ([]byte, error) {
	d, err := narrative.Of(y)
	if err != nil {
		return nil, err
	}
	p := newPage(false, about{d.Title, d.Office, d.Day})
	p.numbered = true
	for _, s := range d.Sections {
		p.lay(s.Wide)
		p.number = 0
		p.turn()
		p.flow(s.Blocks)
	}
	return written("narrative", p)
}

// In millimetres: the length a document counts in, and how thick a frame is there.
const (
	twip  = mm / 20
	frame = mm / 2
)

// A chunk is a block ready to be drawn: lines in groups that stay together, or rows.
type chunk struct {
	above, below float64
	groups       [][]slab
	keep         bool // the last group stands on the page of what follows
	level        int  // in the outline of the file, from 1; 0 is not in it
	title        string

	table table
	rows  [][]cell
	hold  []bool // the row stands on the page of the next
}

// flow draws blocks under one another, over as many pages as they take.
func (p *page) flow(blocks []narrative.Block) {
	all := p.chunks(blocks, p.textWidth(), false)
	for i, c := range all {
		for k, g := range c.groups {
			rest := 0.0
			if c.keep && k == len(c.groups)-1 {
				rest = least(all[i+1:])
			}
			p.need(cell(g).height() + rest)
			if p.y == p.top {
				g[0].above = 0
			}
			p.y += g[0].above
			if k == 0 && c.level > 0 {
				p.outline(c.title, c.level)
			}
			for _, s := range g {
				s.draw(p.left, p.y)
				p.y += s.height
			}
		}
		p.grid(c)
	}
}

// outline puts a heading beside the pages, as a reader shows it.
func (p *page) outline(title string, level int) { p.pdf.Bookmark(title, level-1, p.y) }

// least is what must stand on one page of the beginning of chunks.
func least(all []chunk) float64 {
	if len(all) == 0 {
		return 0
	}
	c := all[0]
	if len(c.rows) > 0 {
		h := c.table.height(c.rows[0], 0)
		if !c.table.unframed && len(c.rows) > 1 {
			h += c.table.height(c.rows[1], 0)
		}
		return h
	}
	h := cell(c.groups[0]).height()
	if c.keep && len(c.groups) == 1 {
		h += least(all[1:])
	}
	return h
}

// grid draws the rows of a table; the first of a framed one again on each page.
func (p *page) grid(c chunk) {
	if len(c.rows) == 0 {
		return
	}
	p.space(c.above)
	rows, hold := c.rows, c.hold
	var head []cell
	if !c.table.unframed {
		head, rows, hold = rows[0], rows[1:], hold[1:]
		p.tableHead(c.table, head)
	}
	for i, row := range rows {
		tail := 0.0
		if hold[i] && i+1 < len(rows) {
			tail = c.table.height(rows[i+1], 0)
		}
		p.row(c.table, head, row, tail)
	}
}

// chunks sets blocks for a place of a width, the room between two of them the larger of
// what both want. In a narrow place texts with long words are set smaller.
func (p *page) chunks(blocks []narrative.Block, width float64, narrow bool) []chunk {
	var out []chunk
	for _, b := range blocks {
		c := p.chunk(b, width, narrow)
		if n := len(out); n > 0 {
			c.above = max(c.above, out[n-1].below)
			out[n-1].below = 0
		}
		if len(c.groups) > 0 {
			c.groups[0][0].above = c.above
		}
		if len(c.groups) > 0 || len(c.rows) > 0 {
			out = append(out, c)
		}
	}
	return out
}

func (p *page) chunk(b narrative.Block, width float64, narrow bool) chunk {
	switch b := b.(type) {
	case narrative.Para:
		return p.para(b, width, narrow)
	case narrative.Rule:
		inset := float64(b.Inset) * twip
		return alone(b.Before, slab{height: 40 * twip, draw: func(x, y float64) { p.rule(x+inset, y, width-2*inset) }})
	case narrative.Gap:
		c := alone(b.Height, slab{height: 20 * twip, draw: func(_, _ float64) {}})
		c.keep = b.Keep
		return c
	case narrative.Dotted:
		return p.dotted(width)
	case narrative.Table:
		return p.framed(b)
	}
	return chunk{}
}

// alone is a chunk of one slab.
func alone(above int, s slab) chunk {
	return chunk{above: float64(above) * twip, groups: [][]slab{{s}}}
}

// para sets a paragraph, no line of it alone on a page.
func (p *page) para(q narrative.Para, width float64, narrow bool) chunk {
	look := q.Look()
	st, x, indent := styleOf(look), float64(q.Left)*twip, float64(look.First)*twip
	width -= x
	var lines []string
	if narrow {
		lines, st = p.fit(q.Text(), st, width)
	} else {
		lines = p.wrap(q.Text(), st, width, indent)
	}
	if len(lines) == 0 {
		lines = []string{""}
	}
	var all []slab
	for i, l := range lines {
		all = append(all, p.lineOf(l, look, st, x+indent, width-indent, i == len(lines)-1))
		indent = 0
	}
	return chunk{
		above: float64(look.Before) * twip, below: float64(look.After) * twip, groups: together(all), keep: look.Keep,
		level: look.Level, title: q.Text(),
	}
}

func styleOf(look narrative.Style) style {
	return style{size: float64(look.Size), bold: look.Bold, italic: look.Italic}
}

// lineOf is a line of a paragraph; what its style gives it beyond its height lies above.
func (p *page) lineOf(text string, look narrative.Style, st style, left, width float64, last bool) slab {
	high := st.lineHeight() * float64(look.Lines) / singleLine
	lead := high - st.lineHeight()
	return slab{height: high, draw: func(x, y float64) {
		if look.Align == narrative.AlignBoth && !last {
			p.spread(text, st, x+left, y+lead, width)
			return
		}
		p.put(text, st, x+left, y+lead, width, alignOf(look.Align))
	}}
}

// singleLine is the height of lines without room between, as styles count it.
const singleLine = 240

func alignOf(a narrative.Align) align {
	switch a {
	case narrative.AlignCentre:
		return centre
	case narrative.AlignRight:
		return right
	}
	return left
}

// together puts the first two lines and the last two of a paragraph in groups.
func together(lines []slab) [][]slab {
	n := len(lines)
	if n <= 3 {
		return [][]slab{lines}
	}
	out := [][]slab{lines[:2]}
	for i := 2; i < n-2; i++ {
		out = append(out, lines[i:i+1])
	}
	return append(out, lines[n-2:])
}

// dotted is a line of the text to write on.
func (p *page) dotted(width float64) chunk {
	look := narrative.StyleOf(narrative.BodyText)
	st, first := styleOf(look), float64(look.First)*twip
	high := st.lineHeight() * float64(look.Lines) / singleLine
	c := alone(look.Before, slab{height: high, draw: func(x, y float64) {
		p.dots(x+first, y+high-st.lineHeight()+st.baseline(), width-first)
	}})
	c.below = float64(look.After) * twip
	return c
}

// framed sets the rows of a table, with a frame or without.
func (p *page) framed(t narrative.Table) chunk {
	c := chunk{table: table{unframed: !t.Framed, unshaded: true}}
	pad := 0.0
	if t.Framed {
		pad, c.table.pad = narrative.CellMargin*twip, frame/2
	}
	for _, w := range t.Widths {
		c.table.columns = append(c.table.columns, column{width: float64(w) * twip})
	}
	for _, row := range t.Rows {
		var cells []cell
		hold := false
		for i, in := range row {
			set, keep := p.cellOf(in, c.table.columns[i].width, pad)
			cells, hold = append(cells, set), hold || keep
		}
		c.rows, c.hold = append(c.rows, cells), append(c.hold, hold)
	}
	return c
}

// cellOf sets what stands in a place of a table, and says whether it is kept with what
// follows.
func (p *page) cellOf(in narrative.Cell, width, pad float64) (out cell, keep bool) {
	if len(in) == 0 {
		in = narrative.Cell{narrative.Para{Style: narrative.CellText}} // as high as a line
	}
	all := p.chunks(in, width-2*pad, pad > 0)
	for _, c := range all {
		keep = keep || c.keep
		for _, g := range c.groups {
			for _, s := range g {
				draw := s.draw
				s.draw = func(x, y float64) { draw(x+pad, y) }
				out = append(out, s)
			}
		}
	}
	return append(out, slab{height: all[len(all)-1].below}), keep
}
