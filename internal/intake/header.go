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
}

// searched bounds how far down a header may stand.
const searched = 80

// findHeader takes the line, or pair of lines, that names most fields. A name
// counts twice; without one at least three fields must be named.
func (t *table) findHeader() header {
	best := header{labels: make([]string, t.width), fields: make([]string, t.width)}
	rows := t.g.Rows[:min(len(t.g.Rows), searched)]
	for i, r := range rows {
		alone := t.headerAt(r, nil)
		if alone.score > best.score {
			best = alone
		}
		if i+1 == len(rows) || rows[i+1].Line != r.Line+1 {
			continue
		}
		// A title over the header divides nothing: the pair must name more.
		under := t.headerAt(rows[i+1], nil)
		if h := t.headerAt(r, &rows[i+1]); h.score > max(best.score, under.score) {
			best = h
		}
	}
	return best
}

// headerAt reads one or two lines as a header; its score is 0 when they are none.
func (t *table) headerAt(r sheet.Row, sub *sheet.Row) header {
	h := header{line: r.Line, last: r.Line, labels: make([]string, t.width), fields: make([]string, t.width)}
	top := t.labelLine(r, sub != nil)
	if sub == nil {
		for c, label := range top {
			h.labels[c], h.fields[c] = label, t.labelOf(label)
		}
		h.rate(t)
		return h
	}
	h.last = sub.Line
	low := t.labelLine(*sub, false)
	if !t.isSubHeader(top, low) {
		return h
	}
	spread(top, low)
	for c := range top {
		h.labels[c], h.fields[c] = strings.TrimSpace(top[c]+" "+low[c]), labelOfPair(top[c], low[c])
		if top[c] == low[c] {
			h.labels[c] = top[c]
		}
	}
	h.rate(t)
	return h
}

// labelsSeen remembers what was asked before: the search for a header looks at
// each line four times.
type labelsSeen struct {
	lines  map[int][]string
	fields map[string]string
}

func (t *table) texts(r sheet.Row) []string {
	line, ok := t.seen.lines[r.Line]
	if !ok {
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
		f = labelOf(label)
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
		if (field == fullName || field == ordinal) && t.labelOf(low[c]) == "" || strings.ContainsAny(low[c], "0123456789") {
			return false
		}
		some = some || t.labelOf(low[c]) != "" || labelOfPair(top[c], low[c]) != field
	}
	return some
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
	named := seen[fullName] || seen[givenName] || seen[familyName]
	switch {
	case named && (h.score >= 2 || t.width <= 2):
		h.score++
	case !named && h.score >= 3:
	default:
		h.score = 0
	}
}
