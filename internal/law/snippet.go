package law

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Span is a stretch of a text, in bytes.
type Span struct{ From, To int }

// Find is where a text answers the query, in order and without overlap. A word typed
// with marks is shown where the marks agree, if it stands there at all, else wherever its
// letters do.
func (q Query) Find(text string) []Span {
	tokens := tokensOf(text)
	var out []Span
	for _, t := range q.Terms {
		hits := t.find(tokens, t.Text, func(t token) string { return t.lower })
		if len(hits) == 0 {
			hits = t.find(tokens, t.Folded, func(t token) string { return t.folded })
		}
		if t.Long != "" {
			long := Term{}
			hits = append(hits, long.find(tokens, t.Long, func(t token) string { return t.folded })...)
		}
		out = append(out, hits...)
	}
	return merged(out)
}

// token is a word as the index has it.
type token struct {
	at            Span
	lower, folded string
}

func tokensOf(text string) []token {
	var out []token
	from := -1
	end := func(to int) {
		if from >= 0 {
			lower := strings.ToLower(text[from:to])
			out = append(out, token{Span{from, to}, lower, Fold(lower)})
		}
		from = -1
	}
	for i, r := range text {
		switch {
		case !isToken(r):
			end(i)
		case from < 0:
			from = i
		}
	}
	end(len(text))
	return out
}

// find looks for the words of a term one behind the other.
func (t Term) find(tokens []token, words string, form func(token) string) []Span {
	want := tokensOf(words)
	if len(want) == 0 {
		return nil
	}
	var out []Span
	for i := 0; i+len(want) <= len(tokens); i++ {
		n := 0
		for n < len(want) && (form(tokens[i+n]) == want[n].lower ||
			t.Prefix && n == len(want)-1 && strings.HasPrefix(form(tokens[i+n]), want[n].lower)) {
			n++
		}
		if n == len(want) {
			out = append(out, Span{tokens[i].at.From, tokens[i+n-1].at.To})
		}
	}
	return out
}

func merged(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(a.From-b.From, a.To-b.To) })
	var out []Span
	for _, s := range spans {
		if n := len(out); n > 0 && s.From < out[n-1].To {
			out[n-1].To = max(out[n-1].To, s.To)
			continue
		}
		out = append(out, s)
	}
	return out
}

// Snippet is a piece of a text with what it answers.
type Snippet struct {
	Text  string
	Spans []Span // in Text
}

// Snippet cuts the piece of a text, of about so many runes, that holds most of what the
// query finds in it. Line breaks become spaces; "…" stands where something was left out.
func (q Query) Snippet(text string, runes int) Snippet {
	text = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, text)
	hits := q.Find(text)
	best, most := Span{}, -1
	for i := range max(1, len(hits)) {
		from := 0
		if len(hits) > 0 {
			from = back(text, hits[i].From, runes/4)
		}
		w := Span{from, forth(text, from, runes)}
		n := 0
		for _, h := range hits {
			if h.From >= w.From && h.To <= w.To {
				n += 1 + len(strings.Fields(text[h.From:h.To]))
			}
		}
		if n > most {
			best, most = w, n
		}
	}
	return cutOut(text, best, hits)
}

func cutOut(text string, w Span, hits []Span) Snippet {
	var s Snippet
	if w.From > 0 {
		s.Text = "… "
	}
	move := len(s.Text) - w.From
	s.Text += text[w.From:w.To]
	if w.To < len(text) {
		s.Text += " …"
	}
	for _, h := range hits {
		if h.From >= w.From && h.To <= w.To {
			s.Spans = append(s.Spans, Span{h.From + move, h.To + move})
		}
	}
	return s
}

// back is a place some runes before another, at the beginning of a word.
func back(text string, at, runes int) int {
	for ; runes > 0 && at > 0; runes-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	if at == 0 {
		return 0
	}
	if i := strings.IndexByte(text[at:], ' '); i >= 0 && i < 40 {
		return at + i + 1
	}
	return at
}

// forth is a place some runes behind another, at the end of a word.
func forth(text string, at, runes int) int {
	from := at
	for ; runes > 0 && at < len(text); runes-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	if at == len(text) {
		return at
	}
	if i := strings.LastIndexByte(text[from:at], ' '); i > 0 {
		return from + i
	}
	return at
}
