package library

import (
	"slices"
	"strings"
	"unicode"

	"sophobien/internal/law"
	"sophobien/internal/pack"
	"sophobien/internal/viet"
)

// word is a word of a text and where it stands, in runes.
type word struct {
	exact, bare string
	from, to    int
}

// wordsOf takes a text apart as the index does.
func wordsOf(text string) []word {
	exact := []rune(strings.ToLower(text))
	bare := []rune(law.Fold(string(exact)))
	var out []word
	for i := 0; i < len(exact); {
		if !isWordRune(exact[i]) {
			i++
			continue
		}
		from := i
		for i < len(exact) && isWordRune(exact[i]) {
			i++
		}
		out = append(out, word{string(exact[from:i]), string(bare[from:i]), from, i})
	}
	return out
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mn, r)
}

// sought is a term of a query as words.
type sought struct {
	law.Term
	exact, bare, long []string
	begun             bool // the last word may go on

	exactEnds, bareEnds  []string // what the last word may be
	inTitle, longInTitle string   // what titleWords.bare has if a document is called so
}

func (v vocabulary) sought(t law.Term) sought {
	s := sought{Term: t, begun: t.Prefix}
	for _, w := range wordsOf(t.Text) {
		s.exact, s.bare = append(s.exact, w.exact), append(s.bare, w.bare)
	}
	for _, w := range wordsOf(t.Long) {
		s.long = append(s.long, w.bare)
	}
	s.inTitle = " " + strings.Join(s.bare, " ")
	if !s.begun {
		s.inTitle += " "
	}
	if len(s.long) > 0 {
		s.longInTitle = " " + strings.Join(s.long, " ") + " "
	}
	last := len(s.bare) - 1
	s.exactEnds, s.bareEnds = s.exact[last:], s.bare[last:]
	if s.begun {
		s.exactEnds, s.bareEnds = v.ends(s.exact[last], true), v.ends(s.bare[last], false)
	}
	return s
}

// words are the words of the term and what the last one may be: none if the index has no
// such word.
func (s sought) words(exact bool) (words, ends []string) {
	if exact {
		return s.exact, s.exactEnds
	}
	return s.bare, s.bareEnds
}

// at reports how many words the term takes up at a place, 0 if it does not stand there,
// and whether it stands there with the marks as they were typed.
func (s *sought) at(words []word, i int) (n int, exact bool) {
	if standsAt(words, i, s.bare, s.begun, func(w word) string { return w.bare }) {
		return len(s.bare), standsAt(words, i, s.exact, s.begun, func(w word) string { return w.exact })
	}
	if len(s.long) > 0 && standsAt(words, i, s.long, false, func(w word) string { return w.bare }) {
		return len(s.long), true
	}
	return 0, false
}

func standsAt(words []word, i int, want []string, begun bool, of func(word) string) bool {
	if len(want) == 0 || i+len(want) > len(words) {
		return false
	}
	last := len(want) - 1
	for k, w := range want {
		have := of(words[i+k])
		if have != w && !(begun && k == last && strings.HasPrefix(have, w)) {
			return false
		}
	}
	return true
}

// in reports whether the term stands anywhere, and whether exactly so anywhere.
func (s *sought) in(words []word) (found, exact bool) {
	for i := range words {
		if n, e := s.at(words, i); n > 0 {
			found = true
			if e {
				return true, true
			}
		}
	}
	return found, false
}

// titleWords are what a document is found by itself.
type titleWords struct {
	title []word
	whole []word // number, type and title
	bare  string // whole without marks, each word between spaces
}

func titleOf(item pack.Item) titleWords {
	t := titleWords{title: wordsOf(viet.NFC(item.Title))}
	t.whole = slices.Concat(wordsOf(viet.NFC(item.Number)), wordsOf(viet.NFC(item.Type)), t.title)
	var b strings.Builder
	b.WriteByte(' ')
	for _, w := range t.whole {
		b.WriteString(w.bare)
		b.WriteByte(' ')
	}
	t.bare = b.String()
	return t
}

// calls reports whether a document is called by the term.
func (t *titleWords) calls(s *sought) bool {
	return strings.Contains(t.bare, s.inTitle) || s.longInTitle != "" && strings.Contains(t.bare, s.longInTitle)
}
