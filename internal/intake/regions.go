package intake

import (
	"slices"
	"sort"

	"sophobien/internal/sheet"
)

// region is one table of a sheet: its header, its lines, and the columns it has.
type region struct {
	h         header
	first     int // line after which it begins; what stands above is its title
	last      int // its last line
	from, to  int // its columns: from, and before which one
	rows      []sheet.Row
	continues bool // beside the region before: the same lines
}

// manyHeaders bounds how many lines are looked at as headers below the first.
const manyHeaders = 2000

// regions divides a sheet into its tables: each begins with a header of its own,
// below the one before or beside it.
func (t *table) regions(o Options) []region {
	h := t.findHeader()
	switch {
	case o.Header > 0:
		h = t.headerOn(o.Header)
	case h.line == 0:
		h = t.guessHeader(o)
	}
	if h.line == 0 || h.guessed {
		rows := t.rowsWithin(h.last, t.lastLine())
		return []region{{h: h, last: t.lastLine(), to: t.width, rows: rows}}
	}
	var out []region
	first := 0
	for {
		next, more := t.nextHeader(h)
		r := region{h: h, first: first, last: t.lastLine(), to: t.width}
		if more {
			r.last = t.lineBefore(next.line)
		}
		r.rows = t.rowsWithin(h.last, r.last)
		out = append(out, t.beside(r)...)
		if !more {
			return out
		}
		first, h = r.last, next
	}
}

func (t *table) lastLine() int {
	if n := len(t.g.Rows); n > 0 {
		return t.g.Rows[n-1].Line
	}
	return 0
}

// rowsWithin are the rows after one line and up to another.
func (t *table) rowsWithin(after, last int) []sheet.Row {
	rows := t.g.Rows
	upTo := func(line int) int { return sort.Search(len(rows), func(i int) bool { return rows[i].Line > line }) }
	from := upTo(after)
	return rows[from:max(from, upTo(last))]
}

// lineBefore is the last line of the table above a header: titles between the two
// belong to the header.
func (t *table) lineBefore(line int) int {
	rows := t.rowsWithin(0, line-1)
	n := len(rows)
	for n > 1 && len(rows[n-1].Cells) <= 2 && rows[n-1].Line >= line-6 && !t.hasNumber(rows[n-1]) {
		n--
	}
	if n == 0 {
		return line - 1
	}
	return rows[n-1].Line
}

func (t *table) hasNumber(r sheet.Row) bool {
	for _, c := range r.Cells {
		if _, is := smallNumber(t.value(r.Line, c).text); is || c.Kind != sheet.Text {
			return true
		}
	}
	return false
}

// nextHeader finds a header below another table that names other columns, or the
// same in other places. It can only stand after an empty line or a short one: a
// title, a total, a signature.
func (t *table) nextHeader(above header) (header, bool) {
	looked, top := 0, t.g.Row(above.line)
	rows := t.rowsWithin(above.last, t.lastLine())
	for i, r := range rows {
		prev := above.last
		short := false
		if i > 0 {
			prev, short = rows[i-1].Line, len(rows[i-1].Cells) <= 2
		}
		if r.Line == prev+1 && !short || !t.mayBeHeader(r) || t.sameTexts(r, top) {
			continue
		}
		if looked++; looked > manyHeaders {
			return header{}, false
		}
		h := t.headerAt(r, nil)
		if h.spokenOf() >= 2 {
			h = t.headerFrom(rows, i)
		}
		if h.named && h.spokenOf() >= 3 && !h.signs() && !sameFields(h, above) {
			return h, true
		}
	}
	return header{}, false
}

// sameTexts sees the first line of a header again.
func (t *table) sameTexts(a, b sheet.Row) bool {
	return len(a.Cells) == len(b.Cells) && slices.Equal(t.texts(a), t.texts(b))
}

// spokenOf counts the fields a header names that a list can fill, and its numbering.
func (h header) spokenOf() int {
	seen := map[string]bool{}
	for _, f := range h.fields {
		if f != "" && f != ignored {
			seen[f] = true
		}
	}
	return len(seen)
}

// signs reports the words under which people sign, some of which name fields.
func (h header) signs() bool {
	return slices.ContainsFunc(h.labels, func(label string) bool { return startsWith(words(label), signatureWords) })
}

// mayBeHeader sees quickly that a row is none: headers are words, and several.
func (t *table) mayBeHeader(r sheet.Row) bool {
	if len(r.Cells) < 2 {
		return false
	}
	for _, c := range r.Cells {
		if c.Kind != sheet.Text || len(c.Text) > 200 {
			return false
		}
	}
	return figures(r) == 0
}

func sameFields(a, b header) bool {
	for c := range a.fields {
		if a.fields[c] != b.fields[c] {
			return false
		}
	}
	return true
}

// beside divides a table whose header names everything twice, as a list printed
// in two columns does: STT, Họ và tên, Năm sinh, STT, Họ và tên, Năm sinh.
func (t *table) beside(r region) []region {
	starts := t.blockStarts(r.h)
	if len(starts) < 2 {
		return []region{r}
	}
	var out []region
	for i, from := range starts {
		part := r
		part.from, part.to, part.continues = from, t.width, i > 0
		if i+1 < len(starts) {
			part.to = starts[i+1]
		}
		if i == 0 {
			part.from = 0
		}
		part.h = r.h.within(t, part.from, part.to)
		out = append(out, part)
	}
	return out
}

// within is the header of some of the columns.
func (h header) within(t *table, from, to int) header {
	out := t.noHeader()
	out.line, out.last, out.score, out.named, out.low = h.line, h.last, h.score, h.named, h.low
	copy(out.labels[from:to], h.labels[from:to])
	copy(out.fields[from:to], h.fields[from:to])
	return out
}

// blockStarts are the columns at which blocks of the same fields begin.
func (t *table) blockStarts(h header) []int {
	if starts := h.sameLabels(t.form); starts != nil {
		return starts
	}
	var blocks [][]string
	var starts []int
	seen := map[string]bool{}
	for c, f := range h.fields {
		if f == "" || f == ignored {
			continue
		}
		if len(blocks) == 0 || seen[f] {
			blocks, starts = append(blocks, nil), append(starts, c)
			seen = map[string]bool{}
		}
		seen[f] = true
		blocks[len(blocks)-1] = append(blocks[len(blocks)-1], f)
	}
	if len(blocks) < 2 || slices.ContainsFunc(h.labels, ofAnother) {
		return nil // the second name may be that of a spouse
	}
	for _, b := range blocks {
		if len(b) < 2 || !slices.Equal(b, blocks[0]) {
			return nil
		}
	}
	return starts
}

// sameLabels are the columns at which the same labels begin again.
func (h header) sameLabels(f *form) []int {
	var keys []string
	var at []int
	named := false
	for c, label := range h.labels {
		if label != "" {
			keys, at = append(keys, words(label)), append(at, c)
			named = named || f.isKey(h.fields[c])
		}
	}
	for period := 2; named && period*2 <= len(keys); period++ {
		if len(keys)%period != 0 || !slices.Equal(keys[period:], keys[:len(keys)-period]) {
			continue
		}
		var starts []int
		for i := 0; i < len(at); i += period {
			starts = append(starts, at[i])
		}
		return starts
	}
	return nil
}
