package intake

import (
	"slices"
	"strings"

	"sophobien/internal/sheet"
)

// header is the line, or the two lines, that name the columns.
type header struct {
	line, last int // first and last line; 0 when the sheet has none
	labels     []string
	fields     []string // by column, as the labels say; "" unknown
	score      int
	named      bool     // it names a key of the list
	low        []string // texts of the second line, if it has one
	guessed    bool     // its words are unknown; what stands below it shows that it is one
}

func (t *table) noHeader() header {
	return header{labels: make([]string, t.width), fields: make([]string, t.width)}
}

// searched bounds how far down a header may stand.
const searched = 80

// findHeader takes the line, or pair of lines, that names most fields. A name
// counts twice; without one at least three fields must be named.
func (t *table) findHeader() header {
	best := t.noHeader()
	rows := t.g.Rows[:min(len(t.g.Rows), searched)]
	for i := range rows {
		if h := t.headerFrom(rows, i); h.score > best.score || h.score == best.score && best.titles(h) {
			best = h
		}
	}
	for i, r := range rows { // a table above it, with fewer columns
		if r.Line >= best.line {
			break
		}
		h := t.headerFrom(rows, i)
		if h.named && h.score >= clearHeader && h.last < best.line && len(t.rowsWithin(h.last, best.line-1)) > 0 {
			return h
		}
	}
	return best
}

// titles reports whether what was taken for the header of a single column is the
// title above it.
func (h header) titles(below header) bool {
	if h.score == 0 || below.line != h.last+1 {
		return false
	}
	label, column := "", -1
	for c, text := range h.labels {
		if text == "" {
			continue
		}
		if column >= 0 {
			return false
		}
		label, column = text, c
	}
	return column >= 0 && below.labels[column] != "" && len(words(below.labels[column])) < len(words(label))
}

// headerFrom reads a line as a header, or together with the one below where the two
// name more than either. (A title over a header divides nothing.)
func (t *table) headerFrom(rows []sheet.Row, i int) header {
	alone := t.headerAt(rows[i], nil)
	if i+1 == len(rows) || rows[i+1].Line != rows[i].Line+1 {
		return alone
	}
	under := t.headerAt(rows[i+1], nil)
	both := t.headerAt(rows[i], &rows[i+1])
	if both.score > max(alone.score, under.score) || both.score > under.score && both.score == alone.score && t.divides(rows[i], rows[i+1]) {
		return both
	}
	return alone
}

// divides reports whether a line says nothing but what stands under groups of columns
// that the line above it names together: words that are no fields, as peoples are.
func (t *table) divides(top, sub sheet.Row) bool {
	above, below := t.texts(top), t.texts(sub)
	some := false
	for c := 0; c < t.width; {
		end := c + 1
		for end < t.width && above[end] == "" && t.inGroup(top.Line, c, end) {
			end++
		}
		filled := 0
		for _, text := range below[c:end] {
			if text != "" {
				filled++
			}
		}
		switch {
		case filled == 0:
		case above[c] == "" || filled < 2 || filled < end-c:
			return false
		default:
			some = true
		}
		c = end
	}
	return some
}

// inGroup reports whether a column without a text of its own is named by the one at
// which a group begins: by a merged cell, or beside one that is not merged.
func (t *table) inGroup(line, first, col int) bool {
	a, merged := t.area(line, first)
	return !merged || a.Line == line && a.LastCol >= col
}

// clearHeader is the score of a line that cannot be anything but a header: it
// names a key and two more fields.
const clearHeader = 4

// headerAt reads one or two lines as a header; its score is 0 when they are none.
func (t *table) headerAt(r sheet.Row, sub *sheet.Row) header {
	h := t.noHeader()
	h.line, h.last = r.Line, r.Line
	top := t.labelLine(r, sub != nil)
	if figures(r) > 1 {
		return h // a row of data, some of which says words that headers do
	}
	if sub == nil {
		for c, label := range top {
			h.labels[c], h.fields[c] = label, t.labelOf(label)
		}
		h.rate(t)
		return h
	}
	h.last = sub.Line
	low := t.labelLine(*sub, false)
	if !t.isSubHeader(top, low) && !(t.hasNoFigures(low) && t.divides(r, *sub)) {
		return h
	}
	h.low = slices.Clone(low)
	spread(top, low)
	for c := range top {
		h.labels[c], h.fields[c] = strings.TrimSpace(top[c]+" "+low[c]), t.form.labelOfPair(top[c], low[c])
		if top[c] == low[c] {
			h.labels[c] = top[c]
		}
	}
	h.rate(t)
	return h
}

// figures counts the cells of a row that are numbers or days, but for years of which
// a list may speak in its header.
func figures(r sheet.Row) (n int) {
	for _, c := range r.Cells {
		if len(c.Text) == 4 && "2015" <= c.Text && c.Text <= "2040" {
			continue
		}
		if c.Kind != sheet.Text || c.Text[0] <= '9' && strings.ContainsAny(c.Text, "0123456789") && !strings.ContainsFunc(c.Text, isLetter) && c.Text[0] != '(' {
			n++
		}
	}
	return n
}

// labelsSeen remembers what was asked before: the search for a header looks at
// each line four times. It does not keep a whole sheet of small tables.
type labelsSeen struct {
	lines  map[int][]string
	fields map[string]string
}

func (t *table) texts(r sheet.Row) []string {
	line, ok := t.seen.lines[r.Line]
	if !ok {
		if len(t.seen.lines) > 2*searched {
			clear(t.seen.lines)
		}
		line = make([]string, t.width)
		for _, c := range r.Cells {
			line[c.Col] = t.value(r.Line, c).text
		}
		t.seen.lines[r.Line] = line
	}
	return line
}

func (t *table) labelOf(label string) string {
	f, ok := t.seen.fields[label]
	if !ok {
		f = t.form.labelOf(label)
		t.seen.fields[label] = f
	}
	return f
}

// labelLine is the text over each column; wide says that a cell merged over
// several columns stands over all of them.
func (t *table) labelLine(r sheet.Row, wide bool) []string {
	line := t.texts(r)
	out := slices.Clone(line)
	for c := range out {
		if !wide || out[c] != "" {
			continue
		}
		if a, ok := t.area(r.Line, c); ok && a.Line == r.Line {
			out[c] = line[a.Col]
		}
	}
	return out
}

// isSubHeader reports whether the lower line divides the upper one: it has text,
// but none under the columns of name and number, which a row of data would fill.
func (t *table) isSubHeader(top, low []string) bool {
	some := false
	for c := range top {
		if low[c] == "" || low[c] == top[c] {
			continue
		}
		field := t.labelOf(top[c])
		if (t.form.isKey(field) || field == ordinal) && t.labelOf(low[c]) == "" || strings.ContainsAny(low[c], "0123456789") {
			return false
		}
		some = some || t.labelOf(low[c]) != "" || t.form.labelOfPair(top[c], low[c]) != field
	}
	return some
}

// hasNoFigures reports whether a line has no figures, as a row of data would.
func (t *table) hasNoFigures(low []string) bool {
	return !slices.ContainsFunc(low, func(text string) bool { return strings.ContainsAny(text, "0123456789") || isTick(text) })
}

// spread carries a group's label over the columns it stands for where the file
// does not say so (a delimited text has no merged cells).
func spread(top, low []string) {
	for c := 1; c < len(top); c++ {
		if top[c] == "" && low[c] != "" && low[c-1] != "" {
			top[c] = top[c-1]
		}
	}
}

func (h *header) rate(t *table) {
	seen := map[string]bool{}
	for c, f := range h.fields {
		if f != "" && !seen[f] && h.labels[c] != "" {
			seen[f] = true
			h.score++
		}
	}
	for _, f := range t.form.keys {
		h.named = h.named || seen[f]
	}
	switch {
	case h.named && (h.score >= 2 || t.width <= 2):
		h.score++
	case !h.named && h.score >= 3:
	default:
		h.score = 0
	}
}

// headerOn reads the line that an officer has pointed out.
func (t *table) headerOn(line int) header {
	rows := t.rowsWithin(line-1, line)
	if len(rows) == 0 {
		return t.noHeader()
	}
	if h := t.headerFrom(t.rowsWithin(line-1, line+1), 0); h.score > 0 {
		return h
	}
	h := t.noHeader()
	h.line, h.last, h.guessed = line, line, true
	copy(h.labels, t.texts(rows[0]))
	return h
}

// guessHeader finds the line of words nobody knows that names the columns: one of a
// layout taught before, or one of texts over at least two columns of numbers.
func (t *table) guessHeader(o Options) header {
	rows := t.g.Rows[:min(len(t.g.Rows), searched)]
	for i, r := range rows {
		h := t.noHeader()
		h.line, h.last, h.guessed = r.Line, r.Line, true
		copy(h.labels, t.texts(r))
		cols := make([]column, t.width)
		for c := range cols {
			cols[c].label = h.labels[c]
		}
		if o.layoutFor(t.form.of, cols) != nil || i+1 < len(rows) && t.namesNumbers(r, rows[i+1:]) {
			return h
		}
	}
	return t.noHeader()
}

// namesNumbers reports whether a line of texts stands over columns of numbers.
func (t *table) namesNumbers(r sheet.Row, below []sheet.Row) bool {
	if len(r.Cells) < 2 || !t.mayBeHeader(r) {
		return false
	}
	over := 0
	for _, c := range r.Cells {
		if strings.ContainsAny(c.Text, "0123456789") {
			return false
		}
		filled, numbers := 0, 0
		for _, b := range below {
			if x := b.At(c.Col); x.Text != "" {
				filled++
				if x.Kind != sheet.Text || strings.ContainsAny(x.Text, "0123456789") {
					numbers++
				}
			}
		}
		if filled > 0 && numbers*10 >= filled*8 {
			over++
		}
	}
	return over >= 2
}
