package viet

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NFC is the normal form in which the program keeps all text. It also joins
// "Unicode tổ hợp", where tones are separate combining marks.
func NFC(s string) string { return norm.NFC.String(s) }

// Key is the form in which texts are searched and compared: marks stripped,
// đ as d, lower case, and runs of spaces, hyphens, apostrophes and underscores
// as one space, none at the ends. "Đắk Glei", "Đăk Glei" and "dak-glei" have
// the same key, and so have hòa and hoà. A key is its own key.
//
// Ð (eth), which old keyboards left in place of Đ, is a d too. Invisible
// characters (soft hyphen, zero-width space) vanish.
func Key(s string) string {
	if isKey(s) {
		return s
	}
	var room [128]byte
	buf := room[:0]
	for _, r := range s {
		switch f := foldRune(r); f {
		case dropped:
		case several:
			buf = appendDecomposed(buf, r)
		case ' ':
			if n := len(buf); n > 0 && buf[n-1] != ' ' {
				buf = append(buf, ' ')
			}
		default:
			buf = utf8.AppendRune(buf, f)
		}
	}
	if n := len(buf); n > 0 && buf[n-1] == ' ' {
		buf = buf[:n-1]
	}
	return string(buf)
}

// isKey recognises the common case of an ASCII text that needs no change.
func isKey(s string) bool {
	space := true // as if a space stood before the text: a leading one is extra
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			if space {
				return false
			}
			space = true
		case c < ' ' || c >= utf8.RuneSelf-1 || 'A' <= c && c <= 'Z' || c == '-' || c == '\'' || c == '`' || c == '_':
			return false
		default:
			space = false
		}
	}
	return s == "" || !space
}

// What foldRune answers when a rune does not become one other rune.
const (
	dropped rune = -1 // a mark or an invisible character
	several rune = -2 // decomposes into more than one letter (Hangul and the like)
)

// foldRune is the key of one rune; ' ' for everything that parts words.
func foldRune(r rune) rune {
	switch {
	case r < latinEnd:
		return latin[r]
	case r >= extraStart && r < extraEnd:
		return extra[r-extraStart]
	default:
		return computeFold(r)
	}
}

// Two blocks hold every letter of Vietnamese and its neighbours' languages:
// Latin up to Extended-B, and Latin Extended Additional.
const (
	latinEnd   = 0x250
	extraStart = 0x1E00
	extraEnd   = 0x1F00
)

var latin, extra = foldTables()

func foldTables() (low [latinEnd]rune, high [extraEnd - extraStart]rune) {
	for i := range low {
		low[i] = computeFold(rune(i))
	}
	for i := range high {
		high[i] = computeFold(rune(i + extraStart))
	}
	return low, high
}

func computeFold(r rune) rune {
	switch {
	case isSeparator(r):
		return ' '
	case r == 'đ' || r == 'Đ' || r == 'ð' || r == 'Ð' || r == 'Ɖ' || r == 'ɖ':
		return 'd'
	case unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r):
		return dropped
	}
	result := dropped
	for _, d := range norm.NFD.String(string(r)) {
		if unicode.Is(unicode.M, d) {
			continue
		}
		if result != dropped {
			return several
		}
		result = unicode.ToLower(d)
	}
	if isSeparator(result) {
		return ' ' // some old quotation marks decompose into an apostrophe
	}
	return result
}

func isSeparator(r rune) bool {
	switch r {
	case '-', '_', '\'', '`', '´', '‘', '’', '‛', '′', 'ʹ', 'ʼ', 'ʻ', '−', '﹣', '－', '＇', '＿':
		return true
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || '\u2010' <= r && r <= '\u2015'
}

func appendDecomposed(buf []byte, r rune) []byte {
	for _, d := range norm.NFD.String(string(r)) {
		if !unicode.Is(unicode.M, d) {
			buf = utf8.AppendRune(buf, unicode.ToLower(d))
		}
	}
	return buf
}
