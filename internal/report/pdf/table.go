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
}

const (
	padX = 1.2
	padY = 0.9
)

// cell is a text as it will be drawn.
type cell struct {
	lines []string
	st    style
	align align
}

// rows draws the table; at gives the texts of row i.
func (p *page) rows(t table, count int, at func(i int) []string) {
	head := t.headCells(p)
	if height(head, 0) > p.whole()/2 {
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
		if i >= count-t.yielding && height(cells, t.least)+tail > p.room()+slack {
			return
		}
		p.row(t, head, cells, tail)
	}
}

func (t table) headCells(p *page) []cell {
	cells := make([]cell, len(t.columns))
	for i, c := range t.columns {
		lines, st := p.fit(c.name, t.head, c.width-2*padX)
		cells[i] = cell{lines, st, centre}
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
	if c.least > 0 {
		lines, st := p.oneLine(text, st, width, c.least)
		return cell{lines, st, c.align}
	}
	lines, st := p.fit(text, st, width)
	return cell{lines, st, c.align}
}

// height is what cells need at the least.
func height(cells []cell, least float64) float64 {
	for _, c := range cells {
		least = max(least, float64(len(c.lines))*c.st.lineHeight()+2*padY)
	}
	return least
}

func (p *page) tableHead(t table, head []cell) {
	if head == nil {
		return
	}
	h := height(head, 0)
	p.need(h + max(t.least, 2*t.body.lineHeight()))
	p.pdf.SetFillColor(238, 238, 238)
	p.pdf.Rect(p.left, p.y, t.width(), h, "F")
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
	whole := p.whole() - height(head, 0)
	for {
		h := height(cells, t.least)
		switch {
		case h+min(tail, max(0, whole-h)) <= p.room()+slack:
			p.cells(t, cells, h)
			return
		case h <= whole:
			p.turn()
			p.tableHead(t, head)
		default:
			var now []cell
			now, cells = split(cells, p.room())
			if !slices.ContainsFunc(now, func(c cell) bool { return len(c.lines) > 0 }) {
				p.turn()
				p.tableHead(t, head)
				continue
			}
			p.cells(t, now, height(now, 0))
			if height(cells, 0) == 2*padY {
				return
			}
		}
	}
}

// split takes from each cell the lines that fit in a height.
func split(cells []cell, room float64) (now, later []cell) {
	for _, c := range cells {
		n := 0
		if lh := c.st.lineHeight(); lh > 0 {
			n = max(0, min(len(c.lines), int((room-2*padY)/lh)))
		}
		now = append(now, cell{c.lines[:n], c.st, c.align})
		later = append(later, cell{c.lines[n:], c.st, c.align})
	}
	return now, later
}

// cells draws one row of a height, its texts half way up.
func (p *page) cells(t table, cells []cell, h float64) {
	p.pdf.SetLineWidth(0.2)
	x := p.left
	for i, c := range cells {
		w := t.columns[i].width
		p.pdf.Rect(x, p.y, w, h, "D")
		y := p.y + (h-float64(len(c.lines))*c.st.lineHeight())/2
		for _, l := range c.lines {
			p.put(l, c.st, x+padX, y, w-2*padX, c.align)
			y += c.st.lineHeight()
		}
		x += w
	}
	p.y += h
}
