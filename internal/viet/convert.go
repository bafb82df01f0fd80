package viet

import (
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Decode turns legacy text into Unicode (NFC). The text is a Go string that came
// about by reading legacy bytes as Windows-1252, Latin-1 or Windows-1258; bytes
// that are not UTF-8 are taken as Latin-1. What the character set does not know
// is kept, so no input is refused; whether to decode at all is the question for
// [CharsetOfFont] and [Detect].
func Decode(s string, c Charset) string {
	text, _ := decode(s, c)
	return text
}

// DecodeFont decodes text by the font it was set in. Text in a capitals font
// (.VnTimeH) is stored in small letters and comes back in capitals.
func DecodeFont(s, font string) string {
	c, capitals := CharsetOfFont(font)
	text := Decode(s, c)
	if capitals {
		text = strings.ToUpper(text)
	}
	return text
}

// CharsetOfFont tells from a font's name how text set in it is stored, and
// whether the font shows small letters as capitals.
func CharsetOfFont(font string) (c Charset, capitals bool) {
	name := strings.ToLower(strings.Trim(font, " \t\"'"))
	name, _, _ = strings.Cut(name, ",")
	switch {
	case strings.HasPrefix(name, ".vn"):
		return TCVN3, strings.HasSuffix(strings.TrimSpace(name), "h")
	case strings.HasPrefix(name, "vni-"), strings.HasPrefix(name, "vni "):
		return VNI, false
	default:
		return Unicode, false
	}
}

// decode also tells whether the whole text is made of what the set can hold.
func decode(s string, c Charset) (text string, clean bool) {
	switch c {
	case TCVN3:
		return tcvn3Table().decode(s)
	case VNI:
		return vniTable().decode(s)
	case CP1258:
		return decode1258(s)
	default:
		return NFC(s), true
	}
}

// decode1258 goes back to the bytes that were read with a Western code page. A
// rune that has no such byte was read rightly and stays.
func decode1258(s string) (text string, clean bool) {
	var b strings.Builder
	clean = true
	for _, r := range legacyRunes(s) {
		if char, ok := charmap.Windows1252.EncodeRune(r); ok {
			if u := charmap.Windows1258.DecodeByte(char); u != utf8.RuneError {
				r = u
			}
		} else {
			clean = false
		}
		b.WriteRune(r)
	}
	return NFC(b.String()), clean
}

// legacyRunes are the characters of s as Windows-1252 shows them: C1 controls
// from a Latin-1 reading become the punctuation their bytes stand for, bytes that
// are not UTF-8 stand for themselves.
func legacyRunes(s string) []rune {
	runes := make([]rune, 0, len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			r = charmap.Windows1252.DecodeByte(s[i])
		} else if 0x80 <= r && r < 0xA0 {
			r = charmap.Windows1252.DecodeByte(byte(r))
		}
		runes = append(runes, r)
		i += size
	}
	return runes
}

// Encode turns Unicode text into legacy text, as a program that reads its bytes
// with Windows-1252 would show it. ok tells whether decoding gives back the
// same text. It is false for what the set cannot hold: toned capitals in TCVN3
// (they come out in small letters), letters of other scripts (they are kept),
// and signs whose place a Vietnamese letter has taken.
func Encode(s string, c Charset) (legacy string, ok bool) {
	s = NFC(s)
	if c == Unicode {
		return s, true
	}
	var b strings.Builder
	held := true
	for _, r := range s {
		text, fits := encodeRune(r, c)
		b.WriteString(text)
		held = held && fits
	}
	legacy = b.String()
	return legacy, held && Decode(legacy, c) == s
}

func encodeRune(r rune, c Charset) (text string, ok bool) {
	if r < utf8.RuneSelf {
		return string(r), true
	}
	switch c {
	case CP1258:
		return encode1258(r)
	case VNI:
		text, ok = vniTable().encode[r]
	default:
		text, ok = tcvn3Table().encode[r]
	}
	if ok {
		return text, true
	}
	_, ok = charmap.Windows1252.EncodeRune(r)
	return string(r), ok
}

// encode1258 writes a letter with its own byte, or as a base letter (which keeps
// its breve, circumflex or horn) and a byte for the tone.
func encode1258(r rune) (text string, ok bool) {
	if b, ok := charmap.Windows1258.EncodeRune(r); ok {
		return string(charmap.Windows1252.DecodeByte(b)), true
	}
	base, tone := splitTone(r)
	b, okBase := charmap.Windows1258.EncodeRune(base)
	m, okTone := charmap.Windows1258.EncodeRune(tone)
	if tone == 0 || !okBase || !okTone {
		return string(r), false
	}
	return string([]rune{charmap.Windows1252.DecodeByte(b), charmap.Windows1252.DecodeByte(m)}), true
}

// splitTone takes the tone off a letter: ế is ê and a combining acute. The tone
// is 0 when there is none.
func splitTone(r rune) (base, tone rune) {
	if r < utf8.RuneSelf {
		return r, 0
	}
	if l, ok := tonedLetters()[r]; ok {
		return l.base, l.tone
	}
	return r, 0
}

// tonedLetters are the letters of the alphabet that carry a tone.
var tonedLetters = sync.OnceValue(func() map[rune]letter {
	m := map[rune]letter{}
	for _, base := range "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" {
		for _, tone := range "\u0300\u0301\u0303\u0309\u0323" {
			whole, _ := utf8.DecodeRuneInString(NFC(string([]rune{base, tone})))
			m[whole] = letter{base, tone}
		}
	}
	return m
})
