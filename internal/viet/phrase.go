package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// HasPhrase reports whether a key holds another as whole words: "dinh van a" stands in
// "dinh van a, 45 tuoi" and not in "dinh van anh".
func HasPhrase(key, phrase string) bool {
	if phrase == "" {
		return false
	}
	for from := 0; ; {
		i := strings.Index(key[from:], phrase)
		if i < 0 {
			return false
		}
		at := from + i
		end := at + len(phrase)
		before, _ := utf8.DecodeLastRuneInString(key[:at])
		after, _ := utf8.DecodeRuneInString(key[end:])
		if (at == 0 || !inWord(before)) && (end == len(key) || !inWord(after)) {
			return true
		}
		from = at + 1
	}
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
