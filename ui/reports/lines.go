package reports

import (
	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// line is one figure, ready to be shown.
type line struct {
	code    string // "" on the parts of a whole
	words   string
	full    string // the words where the whole is not above it
	unit    string
	value   string
	before  string // in the same part of the year before; "–" where nothing was held then
	since   string // in all years since the plan began
	share   string // of what there is; "" where that says nothing
	records []record.ID
}

func (l line) cells() []string {
	return []string{l.code, l.words, l.unit, l.value, l.before, l.since, l.share}
}

// linesOf prepares the table: each whole, then its parts set in.
func linesOf(c record.PeriodStanding, words Vocabulary) []line {
	before, since := beside(c.Before), beside(c.Since)
	out := make([]line, len(c.Figures.Indicators))
	for i, g := range c.Figures.Indicators {
		l := lineOf(g, words)
		l.before, l.since = before(g), since(g)
		if all, is := words.Whole(g, c.Figures); is {
			l.share = kit.Rate(g.Value, all)
		}
		out[i] = l
	}
	return out
}

// beside finds the same figure of another period; one that does not stand there is 0.
func beside(f *record.Figures) func(record.Figure) string {
	if f == nil {
		return func(record.Figure) string { return "–" }
	}
	at := make(map[string]int64, len(f.Indicators))
	for _, g := range f.Indicators {
		at[g.Code+" "+g.SplitKey()] = g.Value
	}
	return func(g record.Figure) string { return kit.Number(at[g.Code+" "+g.SplitKey()]) }
}

func lineOf(g record.Figure, words Vocabulary) line {
	name := kit.In(words.Name(g.Code))
	l := line{code: g.Code, words: name, full: name, unit: kit.In(words.Unit(g)), value: kit.Number(g.Value), records: g.Records}
	for dim, part := range g.Split {
		word := kit.In(words.Part(dim, part))
		l.code = ""
		l.words = "\u2003\u2003" + word
		l.full = name + ": " + word
	}
	return l
}

func firstWithRecords(lines []line) int {
	for i, l := range lines {
		if len(l.records) > 0 {
			return i
		}
	}
	return -1
}
