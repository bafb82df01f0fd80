package kit

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sophobien/internal/record"
)

// NewTermPicker is a picker over a closed list, found by bare letters. Before
// anything is typed it offers the whole list.
func NewTermPicker(r *Runner, terms []record.Term) *Picker {
	return NewPicker(r, func(_ context.Context, query string) ([]Choice, error) {
		return MatchTerms(terms, query), nil
	})
}

// TermChoice is the choice of a code, to show a stored one.
func TermChoice(terms []record.Term, code string) Choice {
	if code == "" {
		return Choice{}
	}
	return Choice{Key: code, Text: Term(terms, code)}
}

// MatchTerms are the terms in whose words, or in what else they are called, every word of
// the query begins a word, marks or none; those that begin with the query come first, and
// last those that are only called so.
func MatchTerms(terms []record.Term, query string) []Choice {
	want := wordsIn(bare(query))
	var out []Choice
	for _, t := range terms {
		if matches(bare(In(t.Words)+" "+In(t.Also)), want) {
			out = append(out, Choice{Key: t.Code, Text: In(t.Words)})
		}
	}
	slices.SortStableFunc(out, func(a, b Choice) int { return rank(a, want) - rank(b, want) })
	return out
}

func rank(c Choice, want []string) int {
	text := bare(c.Text)
	switch {
	case len(want) > 0 && strings.HasPrefix(text, want[0]):
		return 0
	case matches(text, want):
		return 1
	}
	return 2
}

// wordsIn takes a text apart where its signs are, as what is sought in is taken apart.
func wordsIn(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func matches(text string, want []string) bool {
	words := wordsIn(text)
	for _, w := range want {
		if !slices.ContainsFunc(words, func(s string) bool { return strings.HasPrefix(s, w) }) {
			return false
		}
	}
	return true
}

// bare is a text in small letters without marks, đ as d: enough for the short
// lists of the window. The register's own search lives with the store.
func bare(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ':
			b.WriteByte('d')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
