package law

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sophobien/internal/viet"
)

// Query is what somebody typed, made ready for an FTS5 table with the columns body (the
// text, unicode61 remove_diacritics 0) and folded (its [Fold]).
type Query struct {
	Match   string // finds whatever the marks; "" when there is nothing to search for
	Exact   string // finds only what has the marks as they were typed
	Terms   []Term
	Address Address // what the words say as a citation: "khoản 1 điều 98 bllđ"
	Cited   bool    // they say one
}

// Term is one word, number or phrase of a query.
type Term struct {
	Text   string // as typed, in small letters
	Folded string
	Prefix bool   // the word is still being typed
	Long   string // what an abbreviation stands for, folded; "" for none
}

// Bounds of a query: what is typed beyond is left out.
const (
	maxQuery = 400 // runes
	maxTerms = 24
)

// ParseQuery reads what was typed: words (the last one as a beginning, unless a space
// follows), "phrases", numbers like 145/2020/NĐ-CP. Whatever it is, Match and Exact are
// well-formed FTS5 expressions. Ranked by bm25(table, 10, 1), a text with the marks as
// they were typed comes first.
func ParseQuery(typed string) Query {
	typed = clean(typed)
	var q Query
	q.Address, q.Cited = ParseAddress(typed)
	q.Terms = termsOf(typed)
	var match, exact []string
	for _, t := range q.Terms {
		match = append(match, t.match())
		exact = append(exact, "body : "+quote(t.Text, t.Prefix))
	}
	q.Match, q.Exact = strings.Join(match, " AND "), strings.Join(exact, " AND ")
	return q
}

// clean is NFC without what cannot be seen, within bounds.
func clean(typed string) string {
	n := 0
	return viet.NFC(strings.Map(func(r rune) rune {
		n++
		switch {
		case n > maxQuery || unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r) || unicode.IsSpace(r) || r == utf8.RuneError:
			return ' '
		}
		return r
	}, typed))
}

// termsOf parts a query at spaces, and at the quotation marks around phrases. A phrase
// that is still open is being typed.
func termsOf(typed string) []Term {
	var out []Term
	add := func(text string, prefix bool) {
		if len(out) < maxTerms && strings.ContainsFunc(text, isToken) {
			out = append(out, newTerm(text, prefix))
		}
	}
	for phrase := false; ; phrase = !phrase {
		end := strings.IndexFunc(typed, isQuotation)
		piece := typed
		if end >= 0 {
			piece = typed[:end]
		}
		if phrase {
			add(joinWords(piece), end < 0 && !strings.HasSuffix(piece, " "))
		} else {
			words := strings.Fields(piece)
			for i, w := range words {
				add(w, end < 0 && i == len(words)-1 && !strings.HasSuffix(piece, " "))
			}
		}
		if end < 0 {
			return out
		}
		_, size := utf8.DecodeRuneInString(typed[end:])
		typed = typed[end+size:]
	}
}

func isQuotation(r rune) bool { return strings.ContainsRune("\"“”„‟«»", r) }

// isToken reports whether unicode61 makes words of a rune.
func isToken(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func newTerm(text string, prefix bool) Term {
	text = strings.ToLower(text)
	t := Term{Text: text, Folded: Fold(text), Prefix: prefix && endsInToken(text)}
	if long, ok := longForms[t.Folded]; ok {
		t.Long = Fold(long)
	}
	return t
}

func endsInToken(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return isToken(r)
}

// match finds a term with its marks or without, or what it stands for.
func (t Term) match() string {
	m := "(body : " + quote(t.Text, t.Prefix) + " OR folded : " + quote(t.Folded, t.Prefix)
	if t.Long != "" {
		m += " OR folded : " + quote(t.Long, false)
	}
	return m + ")"
}

// quote makes a string of FTS5: what is in it is words and nothing else. Quotation marks
// have parted the terms, so there are none in it.
func quote(text string, prefix bool) string {
	q := `"` + text + `"`
	if prefix {
		q += " *"
	}
	return q
}
