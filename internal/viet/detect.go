package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Detect says in which character set the texts are, which must all come from one
// place (a column, a sheet, a file): the more there is, the surer. The answer is
// Unicode unless the texts are much better Vietnamese in another reading, and
// always when one of them has a letter that only Unicode has (ă, đ, ơ, ư, or any
// of U+1EA0–1EF9): "toà" stays "toà", although VNI would read it "tồ".
//
// The confidence goes from 0 (nothing to tell by) to 1. For a legacy set it is
// 0.5 for a single clear word and rises with every further one. A person should
// see the result before it is kept; a font name ([CharsetOfFont]) knows better.
//
// At most 4,096 words are weighed; the search for Unicode letters sees all.
func Detect(texts ...string) (c Charset, confidence float64) {
	for _, t := range texts {
		if hasUnicodeLetter(t) {
			return Unicode, 1
		}
	}
	var b ballot
	for _, t := range texts {
		for _, word := range strings.FieldsFunc(t, isBetweenWords) {
			if isEvidence(word) && b.words < 4096 {
				b.add(word)
			}
		}
	}
	return b.result()
}

// hasUnicodeLetter looks at the normal form: in "Unicode tổ hợp" the letters are
// in pieces.
func hasUnicodeLetter(s string) bool {
	return strings.ContainsFunc(NFC(s), func(r rune) bool {
		return 0x1EA0 <= r && r <= 0x1EF9 || strings.ContainsRune("ăĂđĐơƠưƯ", r)
	})
}

// Syllables counts the words of a text that are Vietnamese syllables or acronyms,
// and all that are not of plain letters alone.
func Syllables(s string) (good, all int) {
	for _, word := range strings.FieldsFunc(NFC(s), isBetweenWords) {
		if isEvidence(word) {
			all++
			if isSyllable(word) || isAcronym(word) {
				good++
			}
		}
	}
	return good, all
}

// isBetweenWords must not part at the signs that legacy sets use as letters, nor
// at the soft hyphen.
func isBetweenWords(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z')
	case 0x2000 <= r && r <= 0x206F:
		return true
	default:
		return unicode.IsSpace(r)
	}
}

// isEvidence leaves out what reads the same everywhere, lone signs (×, ÷, §, Ø and
// the bullet are at home in Unicode too) and the units that begin with µ.
func isEvidence(word string) bool {
	ascii := strings.IndexFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
	letters := strings.ContainsFunc(word, func(r rune) bool { return r < utf8.RuneSelf })
	return !ascii && (letters || utf8.RuneCountInString(word) > 2) && !units[word]
}

var units = set("µm µg µl µL µs µF µA µV µW")

// ballot adds up, over the words seen, how good each reading is: 1 for a good
// word, 0 for an impossible one. Between a reading and the text as it stands only
// the words that differ can decide: gain is by how much they are better, changed
// how many they are.
type ballot struct {
	words   int
	score   [len(charsetNames)]float64
	gain    [len(charsetNames)]float64
	changed [len(charsetNames)]int
}

func (b *ballot) add(word string) {
	b.words++
	asIs, asIsScore := NFC(word), unicodeScore(word)
	for c := TCVN3; c <= CP1258; c++ {
		text, score := read(word, c)
		b.score[c] += score
		if text != asIs {
			b.changed[c]++
			b.gain[c] += score - asIsScore
		}
	}
}

// unicodeScore is generous: the text may be any language.
func unicodeScore(word string) float64 {
	word = NFC(word)
	if isUnicodeWord(word) {
		return 1
	}
	inner := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
	if inner != word && isUnicodeWord(inner) {
		return 0.1 // a word with a sign or a quotation mark at its edge
	}
	return 0
}

// read decodes a word and scores it strictly: the reading must make Vietnamese
// of it.
func read(word string, c Charset) (text string, score float64) {
	text, clean := decode(word, c)
	switch {
	case !clean:
		return text, 0
	case c == TCVN3 && isAcronym(Decode(word, CP1258)):
		return text, 0 // NÐ is NĐ, not Né
	case isSyllable(text), isAcronym(text):
		return text, 1
	case isNearSyllable(text):
		return text, 0.7
	default:
		return text, 0
	}
}

// isAcronym reports whether the word is of capital consonants only, as in LĐTBXH.
func isAcronym(word string) bool {
	letters, ok := spell(word)
	if !ok || len(letters) < 2 || word != strings.ToUpper(word) {
		return false
	}
	for _, l := range letters {
		if isVowel(l.base) {
			return false
		}
	}
	return true
}

// How much better, per word, a legacy reading must be than the text as it stands
// and than the other sets, and how good in itself.
const (
	marginOverUnicode = 0.3
	marginOverOthers  = 0.2
	leastQuality      = 0.5
)

func (b *ballot) result() (Charset, float64) {
	if b.words == 0 {
		return Unicode, 1
	}
	best, second := b.best()
	n, changed := float64(b.words), float64(b.changed[best])
	gain, lead := b.gain[best], b.score[best]-second
	switch {
	case b.score[best] < leastQuality*n, gain < marginOverUnicode*changed, lead < marginOverOthers*n, gain <= 0:
		return Unicode, max(0, -gain) / n
	default:
		return best, min(gain/(changed+1), lead/(n+1))
	}
}

// best is the legacy set with the highest score, and the score of the next.
func (b *ballot) best() (best Charset, second float64) {
	best = TCVN3
	for c := VNI; c <= CP1258; c++ {
		if b.score[c] > b.score[best] {
			best, second = c, b.score[best]
		} else {
			second = max(second, b.score[c])
		}
	}
	return best, second
}
