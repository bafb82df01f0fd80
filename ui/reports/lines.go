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
	value   int64
	records []record.ID
}

// linesOf prepares the table: each whole, then its parts set in.
func linesOf(f record.Figures, words Vocabulary) []line {
	out := make([]line, len(f.Indicators))
	for i, g := range f.Indicators {
		out[i] = lineOf(g, words)
	}
	return out
}

func lineOf(g record.Figure, words Vocabulary) line {
	name := kit.In(words.Name(g.Code))
	l := line{code: g.Code, words: name, full: name, unit: kit.In(words.Unit(g)), value: g.Value, records: g.Records}
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
