package law

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sophobien/internal/viet"
)

// Fold is a text as it is searched when no marks are typed: small letters, marks
// stripped, đ as d. It has one rune for each rune of the text, so the place of a find
// is the place in the original. [viet.Key] is not used for the whole, since it drops and
// joins runes. The text should be NFC.
func Fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		b.WriteRune(foldRune(r))
	}
	return b.String()
}

// foldEnd is the end of the letters that are folded ahead: those of Vietnamese are
// below it.
const foldEnd = 0x1F00

var folded = func() (table [foldEnd]rune) {
	for r := range table {
		table[r] = computeFold(rune(r))
	}
	return table
}()

func foldRune(r rune) rune {
	if r >= 0 && r < foldEnd {
		return folded[r]
	}
	return computeFold(r)
}

func computeFold(r rune) rune {
	if key := viet.Key(string(r)); utf8.RuneCountInString(key) == 1 {
		f, _ := utf8.DecodeRuneInString(key)
		return f
	}
	return unicode.ToLower(r)
}
