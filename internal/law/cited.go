package law

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// citedToken is a run of letters, a run of digits, or a sign.
type citedToken struct {
	text, key string
	glued     bool // no space before it
}

func (t citedToken) digits() bool { return t.text[0] >= '0' && t.text[0] <= '9' }
func (t citedToken) letter() bool { return utf8.RuneCountInString(t.text) == 1 && isLetter(t.text) }

func isLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func citedTokens(text string) []citedToken {
	class := func(r rune) int {
		switch {
		case r >= '0' && r <= '9':
			return 1
		case unicode.IsLetter(r):
			return 2
		case unicode.IsSpace(r):
			return 0
		}
		return 3
	}
	var out []citedToken
	glued, last := false, 0
	for _, r := range strings.ToLower(text) {
		c := class(r)
		switch {
		case c == 0:
			glued = false
		case c == last && c != 3 && glued:
			out[len(out)-1].text += string(r)
		default:
			out = append(out, citedToken{text: string(r), glued: glued})
			glued = true
		}
		last = c
	}
	for i := range out {
		out[i].key = Fold(out[i].text)
	}
	return out
}

// citedReader finds the places in the tokens of a citation.
type citedReader struct {
	tokens []citedToken
	at     int
	places []place
	joined bool
}

func citedPlaces(text string) []place {
	r := citedReader{tokens: citedTokens(text)}
	for r.at < len(r.tokens) && len(r.places) < maxAnchors {
		level, n := r.unit(r.at)
		switch {
		case n == 0:
			r.joined = r.joined && !isPause(r.tokens[r.at].text)
			r.at++
		case !r.list(level, r.at+n):
			r.at++
		}
	}
	return r.places
}

func isPause(text string) bool {
	switch text {
	case ",", ";", "và", "va", "hoặc", "hoac", "&", "+":
		return true
	}
	return false
}

var unitWords = []struct {
	words []string
	level Level
}{
	{[]string{"điều"}, Article}, {[]string{"khoản"}, Clause}, {[]string{"điểm"}, Point}, {[]string{"chương"}, Chapter},
	{[]string{"tiểu", "mục"}, Subsection}, {[]string{"mục"}, Section}, {[]string{"phụ", "lục", "số"}, Annex}, {[]string{"phụ", "lục"}, Annex},
	{[]string{"phần", "thứ"}, Part}, {[]string{"phần"}, Part},
}

// unit reads a word for a level at a token: the level, and how many tokens it is; 0 for
// none. A word with marks must have the right ones: mức is not mục.
func (r *citedReader) unit(at int) (Level, int) {
	for _, u := range unitWords {
		n := 0
		for n < len(u.words) && at+n < len(r.tokens) && saysWord(r.tokens[at+n], u.words[n]) {
			n++
		}
		if n == len(u.words) {
			return u.level, n
		}
	}
	return r.shortUnit(at)
}

func saysWord(t citedToken, word string) bool {
	return t.text == word || t.text == t.key && t.key == Fold(word)
}

// shortUnit reads "Đ.98", "k 1", "đ.a".
func (r *citedReader) shortUnit(at int) (Level, int) {
	t := r.tokens[at]
	if t.key != "d" && t.key != "k" {
		return "", 0
	}
	n, dotted := 1, false
	if r.is(at+1, ".") {
		n, dotted = 2, true
	}
	if at+n >= len(r.tokens) {
		return "", 0
	}
	switch next := r.tokens[at+n]; {
	case next.digits() && t.key == "d":
		return Article, n
	case next.digits():
		return Clause, n
	case dotted && t.key == "d" && next.letter():
		return Point, n
	}
	return "", 0
}

func (r *citedReader) is(at int, text string) bool {
	return at < len(r.tokens) && r.tokens[at].text == text
}

// list reads the numbers behind a word for a level.
func (r *citedReader) list(level Level, at int) bool {
	n, end := r.numeral(level, at)
	if n == "" {
		return false
	}
	p := place{level: level, numbers: []string{n}, joined: r.joined && len(r.places) > 0}
	for {
		more, next := r.more(level, p.numbers[len(p.numbers)-1], end)
		if next == 0 {
			break
		}
		p.numbers, end = append(p.numbers, more...), next
	}
	r.places, r.at, r.joined = append(r.places, p), end, true
	r.brackets(level)
	return true
}

// more reads ", 2", "và 3", "đến 5", "đến khoản 5".
func (r *citedReader) more(level Level, from string, at int) (numbers []string, end int) {
	if at >= len(r.tokens) {
		return nil, 0
	}
	sign := r.tokens[at].text
	upTo := sign == "đến" || sign == "den" || sign == "-" || sign == "–"
	if !upTo && !isPause(sign) {
		return nil, 0
	}
	at++
	if r.is(at, "và") || r.is(at, "va") {
		at++
	}
	if at >= len(r.tokens) {
		return nil, 0
	}
	unit, n := r.unit(at)
	if n > 0 && !(upTo && unit == level) {
		return nil, 0
	}
	to, end := r.numeral(level, at+n)
	switch {
	case to == "":
		return nil, 0
	case upTo:
		return rangeOf(level, from, to)[1:], end
	}
	return []string{to}, end
}

// brackets reads the "(1)(a)" behind an article or clause.
func (r *citedReader) brackets(level Level) {
	for level == Article || level == Clause {
		if !r.is(r.at, "(") {
			return
		}
		in := Point
		if r.at+1 < len(r.tokens) && r.tokens[r.at+1].digits() && level == Article {
			in = Clause
		}
		n, end := r.numeral(in, r.at+1)
		if n == "" || !r.is(end, ")") {
			return
		}
		r.places = append(r.places, place{level: in, numbers: []string{n}, joined: true})
		r.at, level = end+1, in
	}
}

// numeral reads one number of a level, in the form it has in anchors; "" for none.
func (r *citedReader) numeral(level Level, at int) (n string, end int) {
	if at >= len(r.tokens) {
		return "", 0
	}
	t := r.tokens[at]
	switch {
	case level == Point:
		return r.pointNumeral(at)
	case t.digits():
		return r.digitNumeral(level, at)
	case level == Part:
		if n := ordinal(t.text); n > 0 {
			return strconv.Itoa(n), at + 1
		}
	}
	if level == Chapter || level == Section || level == Part || level == Annex {
		if v, ok := arabic(t.text); ok {
			return strconv.Itoa(v), at + 1
		}
	}
	if level == Annex && t.letter() && t.text == t.key {
		return t.key, at + 1
	}
	return "", 0
}

func (r *citedReader) pointNumeral(at int) (string, int) {
	t := r.tokens[at]
	if !t.letter() || !strings.Contains(alphabet, t.text) {
		return "", 0
	}
	n := ascii(t.text)
	if at+1 < len(r.tokens) && r.tokens[at+1].glued && r.tokens[at+1].digits() && len(r.tokens[at+1].text) < 3 {
		return n + r.tokens[at+1].text, at + 2
	}
	return n, at + 1
}

// digitNumeral reads 98 and 98a; in "98k1" the letter begins the clause.
func (r *citedReader) digitNumeral(level Level, at int) (string, int) {
	t := r.tokens[at]
	if len(t.text) > 4 {
		return "", 0
	}
	n := strings.TrimLeft(t.text, "0")
	if n == "" {
		return "", 0
	}
	if at+1 < len(r.tokens) {
		l := r.tokens[at+1]
		_, unit := r.unit(at + 1)
		if l.glued && l.letter() && unit == 0 && strings.Contains(alphabet, l.text) && level != Section && level != Subsection {
			return n + ascii(l.text), at + 2
		}
	}
	return n, at + 1
}
