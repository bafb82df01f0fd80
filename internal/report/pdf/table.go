package pdf

import "slices"

// column is one of a table; the width is in millimetres.
type column struct {
	name  string
	width float64
	align align
	size  float64 // of its texts, where that is not the table's
	least float64 // down to which a text is set smaller to stay on one line
}

// table is drawn row by row. Its head stands again on each page.
type table struct {
	columns   []column
	head      style
	body      style
	least     float64 // height of a row, at the least
	tail      float64 // height of what must stand on the page of the last row
	totalLast bool    // the last row is a sum, in bold
	yielding  int     // how many of the last rows are left out where they would need a page more
	pad       float64 // above and below what stands in a cell
	unshaded  bool    // its head is as white as the rest
	unframed  bool    // what stands in it begins at the top
}

const (
	padX = 1.2
	padY = 0.9
)

// cell is what stands in a place of a table.
type cell []slab

// slab is a piece of a page that is never cut: a line of text or a drawn line.
type slab struct {
	above  float64 // empty, between it and what stands above
	height float64
	draw   func(x, y float64) // nil: nothing is seen
}

func (s slab) whole() float64 { return s.above + s.height }

func (c cell) height() float64 {
	var h float64
	for _, s := range c {
		h += s.whole()
	}
	return h
}

// rows draws the table; at gives the texts of row i.
func (p *page) rows(t table, count int, at func(i int) []string) {
	head := t.headCells(p)
	if t.height(head, 0) > p.whole()/2 {
		p.row(t, nil, head, 0) // it would leave no room on any page
		head = nil
	} else {
		p.tableHead(t, head)
	}
	for i := range count {
		st, tail := t.body, 0.0
		st.bold = t.totalLast && i == count-1
		if i >= count-1-t.yielding { // the last row, if those after it are left out
			tail = t.tail
		}
		cells := t.cells(p, at(i), st)
		if i >= count-t.yielding && t.height(cells, t.least)+tail > p.room()+slack {
			return
		}
		p.row(t, head, cells, tail)
	}
}

func (t table) headCells(p *page) []cell {
	cells := make([]cell, len(t.columns))
	for i, c := range t.columns {
		lines, st := p.fit(c.name, t.head, c.width-2*padX)
		cells[i] = p.textCell(lines, st, c.width, centre)
	}
	return cells
}

func (t table) cells(p *page, texts []string, st style) []cell {
	cells := make([]cell, len(t.columns))
	for i, c := range t.columns {
		if i < len(texts) {
			cells[i] = c.cell(p, texts[i], st)
		}
	}
	return cells
}

func (c column) cell(p *page, text string, st style) cell {
	if c.size > 0 {
		st.size = c.size
	}
	width := c.width - 2*padX
	lines := []string(nil)
	if c.least > 0 {
		lines, st = p.oneLine(text, st, width, c.least)
	} else {
		lines, st = p.fit(text, st, width)
	}
	return p.textCell(lines, st, c.width, c.align)
}

// textCell is lines of a text in a column.
func (p *page) textCell(lines []string, st style, width float64, a align) cell {
	out := make(cell, len(lines))
	for i, l := range lines {
		out[i] = slab{height: st.lineHeight(), draw: func(x, y float64) { p.put(l, st, x+padX, y, width-2*padX, a) }}
	}
	return out
}

// height is what cells need at the least.
func (t table) height(cells []cell, least float64) float64 {
	for _, c := range cells {
		least = max(least, c.height()+2*t.pad)
	}
	return least
}

func (p *page) tableHead(t table, head []cell) {
	if head == nil {
		return
	}
	h := t.height(head, 0)
	p.need(h + max(t.least, 2*t.body.lineHeight()))
	if !t.unshaded {
		p.pdf.SetFillColor(238, 238, 238)
		p.pdf.Rect(p.left, p.y, t.width(), h, "F")
	}
	p.cells(t, head, h)
}

func (t table) width() float64 {
	var w float64
	for _, c := range t.columns {
		w += c.width
	}
	return w
}

// row draws cells, on the next page where they do not fit on this one. A row higher
// than a whole page is drawn in pieces.
func (p *page) row(t table, head, cells []cell, tail float64) {
	whole := p.whole() - t.height(head, 0)
	for {
		h := t.height(cells, t.least)
		switch {
		case h+min(tail, max(0, whole-h)) <= p.room()+slack:
			p.cells(t, cells, h)
			return
		case h <= whole:
			p.turn()
			p.tableHead(t, head)
		default:
			var now []cell
			now, cells = split(cells, p.room()-2*t.pad)
			if !filledCells(now) {
				p.turn()
				p.tableHead(t, head)
				continue
			}
			p.cells(t, now, t.height(now, 0))
			if !filledCells(cells) {
				return
			}
		}
	}
}

func filledCells(cells []cell) bool {
	return slices.ContainsFunc(cells, func(c cell) bool { return len(c) > 0 })
}

// split takes from each cell what fits in a height.
func split(cells []cell, room float64) (now, later []cell) {
	for _, c := range cells {
		n, left := 0, room
		for n < len(c) && c[n].whole() <= left+slack {
			left -= c[n].whole()
			n++
		}
		now, later = append(now, c[:n]), append(later, c[n:])
	}
	return now, later
}

// cells draws one row of a height, what stands in it half way up.
func (p *page) cells(t table, cells []cell, h float64) {
	p.pdf.SetLineWidth(0.2)
	x := p.left
	for i, c := range cells {
		w := t.columns[i].width
		y := p.y
		if !t.unframed {
			p.pdf.Rect(x, p.y, w, h, "D")
			y += (h - c.height()) / 2
		}
		for _, s := range c {
			y += s.above
			if s.draw != nil {
				s.draw(x, y)
			}
			y += s.height
		}
		x += w
	}
	p.y += h
}
