package sheet

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pageTable is one table of a page on its way into a grid.
type pageTable struct {
	builder
	css    pageStyles
	base   Style
	known  map[Style]uint16
	line   int
	col    int         // of the next cell
	taken  map[int]int // the last line down to which a cell above fills a column
	cell   *pageCell
	inline []string // the fonts that open elements name, inside the cell
}

// pageCell is the cell that is open.
type pageCell struct {
	col    int
	style  Style
	number string // what Excel keeps beside the text it shows
	text   strings.Builder
	runs   []Run
	broken bool // a line has just ended
}

func newPageTable(file string, number int, css pageStyles, tag html.Token) *pageTable {
	t := &pageTable{css: css, base: css.of(tag), known: map[Style]uint16{}, taken: map[int]int{}}
	t.grid = Grid{Name: file, Sheet: "Bảng " + strconv.Itoa(number), Format: "html", Charset: "utf-8", runs: map[place][]Run{}}
	t.styleNumber(Style{})
	return t
}

func (t *pageTable) start(tag html.Token) error {
	switch tag.DataAtom {
	case atom.Tr:
		return t.startRow(tag)
	case atom.Td, atom.Th:
		return t.startCell(tag)
	}
	if t.cell == nil {
		return nil
	}
	switch tag.DataAtom {
	case atom.Br, atom.P, atom.Div, atom.Li:
		t.cell.breakLine()
	}
	if opensFont(tag.DataAtom) {
		t.inline = append(t.inline, t.css.of(tag).Font)
	}
	return nil
}

// startInside keeps the cells of a table inside a cell apart.
func (t *pageTable) startInside(name atom.Atom) {
	switch {
	case t.cell == nil:
	case name == atom.Tr || name == atom.Br:
		t.cell.breakLine()
	case name == atom.Td || name == atom.Th:
		t.cell.add(" ", "")
	}
}

func (t *pageTable) end(name atom.Atom) error {
	switch {
	case name == atom.Td || name == atom.Th || name == atom.Tr:
		return t.endCell()
	case opensFont(name) && len(t.inline) > 0:
		t.inline = t.inline[:len(t.inline)-1]
	}
	return nil
}

// opensFont reports an element that may name the font of what is in it.
func opensFont(name atom.Atom) bool {
	switch name {
	case atom.P, atom.Div, atom.Span, atom.Font, atom.B, atom.I, atom.U, atom.Strong, atom.Em:
		return true
	}
	return false
}

func (t *pageTable) startRow(tag html.Token) error {
	if err := t.endCell(); err != nil {
		return err
	}
	t.line++
	t.col = 0
	return t.builder.startRow(t.line, isHidden(attribute(tag, "style")))
}

func (t *pageTable) startCell(tag html.Token) error {
	if t.line == 0 {
		if err := t.startRow(html.Token{}); err != nil {
			return err
		}
	}
	if err := t.endCell(); err != nil {
		return err
	}
	for t.taken[t.col] >= t.line {
		t.col++
	}
	area := Area{t.line, t.col, t.line + span(tag, "rowspan", MaxRows) - 1, t.col + span(tag, "colspan", MaxColumns) - 1}
	if area.LastLine > area.Line || area.LastCol > area.Col {
		t.merge(area)
	}
	style := t.css.of(tag)
	if style.Font == "" {
		style.Font = t.base.Font
	}
	t.cell = &pageCell{col: t.col, style: style, number: attribute(tag, "x:num")}
	t.inline = t.inline[:0]
	t.col = area.LastCol + 1
	return nil
}

func (t *pageTable) merge(a Area) {
	if len(t.grid.Merged) < maxMerged {
		t.grid.Merged = append(t.grid.Merged, a)
	}
	for c := a.Col; c <= min(a.LastCol, MaxColumns) && a.LastLine > a.Line; c++ {
		t.taken[c] = a.LastLine
	}
}

// endCell keeps the cell when it says something.
func (t *pageTable) endCell() error {
	c := t.cell
	if c == nil {
		return nil
	}
	t.cell = nil
	cell := Cell{Text: strings.TrimRight(c.text.String(), " \n"), Col: c.col, style: t.styleNumber(c.style)}
	if c.number != "" {
		if _, err := strconv.ParseFloat(c.number, 64); err == nil {
			cell.Text, cell.Kind = c.number, Number
			if showsDay(c.style.Format) {
				cell.Kind = Date
			}
		}
	}
	if strings.Trim(cell.Text, " \u00A0\n") == "" {
		return nil
	}
	if cell.Kind == Text && otherThan(c.style.Font, c.runs) {
		t.grid.runs[place{t.line, c.col}] = c.runs
	}
	return t.add(cell)
}

// otherThan reports whether a stretch of a text is set in another font than its cell.
func otherThan(font string, runs []Run) bool {
	for _, r := range runs {
		if r.Font != font {
			return true
		}
	}
	return false
}

// maxPageStyles bounds how many styles a page has; more are shown like the first.
const maxPageStyles = 4096

func (t *pageTable) styleNumber(s Style) uint16 {
	n, ok := t.known[s]
	if !ok && len(t.grid.styles) < maxPageStyles {
		n = uint16(len(t.grid.styles))
		t.known[s] = n
		t.grid.styles = append(t.grid.styles, s)
	}
	return n
}

func (t *pageTable) finish() (*Grid, error) {
	if err := t.endCell(); err != nil {
		return nil, err
	}
	return t.builder.finish()
}

func (t *pageTable) text(s string) {
	if t.cell == nil {
		return
	}
	font := t.cell.style.Font
	for _, f := range t.inline {
		if f != "" {
			font = f
		}
	}
	t.cell.add(s, font)
}

// add appends text the way a browser shows it: a stretch of blanks is one space.
func (c *pageCell) add(s, font string) {
	s = foldBlanks(s)
	if c.text.Len() == 0 || c.broken || strings.HasSuffix(c.text.String(), " ") {
		s = strings.TrimPrefix(s, " ")
	}
	if s == "" {
		return
	}
	c.broken = false
	c.text.WriteString(s)
	c.runs = append(c.runs, Run{s, font})
}

func (c *pageCell) breakLine() {
	if c.text.Len() > 0 && !c.broken {
		c.text.WriteByte('\n')
		c.runs[len(c.runs)-1].Text += "\n"
		c.broken = true
	}
}

// foldBlanks makes every stretch of blanks one space; a hard space stays.
func foldBlanks(s string) string {
	var b strings.Builder
	blank := false
	for _, r := range s {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' {
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
			continue
		}
		blank = false
		b.WriteRune(r)
	}
	return b.String()
}

// span is how many columns or rows a cell takes.
func span(tag html.Token, name string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(attribute(tag, name)))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

func attribute(tag html.Token, name string) string {
	for _, a := range tag.Attr {
		if strings.EqualFold(a.Key, name) {
			return a.Val
		}
	}
	return ""
}
