package card

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sophobien/internal/record"
)

// How letters change on the way from a reader to a field:
//
//	Nguye64n, Nguyeexn   the reader sends the keys of an input method that is off
//	Nguyễễn, Nữữ         or sends letters through one that is on
//	Nguyá»…n VÄƒn         UTF-8 taken for a code page of one byte
//	Nguy?n, Nguy�n       letters the code page does not have
//	Nu                   a reader that types only what a plain keyboard has
//
// What cannot be told: an input method that is on may change a foreign syllable
// (Ksor) into another that is possible (Kỏ). The names of the Central Highlands are
// full of them, so a list of possible syllables would refuse half of Kon Tum.

// garbledName reports whether a name is none that a card can hold.
func garbledName(name string) bool {
	if name == "" || garbledText(name) {
		return true
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && !strings.ContainsRune(" '’‘ʼ`-.,", r) {
			return true
		}
	}
	ascii := true
	for _, r := range name {
		ascii = ascii && r < utf8.RuneSelf
	}
	return ascii && telexKeys.MatchString(strings.ToLower(name))
}

// telexKeys are the keys of a Vietnamese syllable: two letters for one with a mark
// and a letter for the tone at the end, or dd at the start.
var telexKeys = regexp.MustCompile(`\bdd[aeiouyw]|(aa|ee|oo|aw|ow|uw)(n|ng|nh|m|p|t|c|ch|i|u|y|o)?[sfrxj]\b|[aeiouy](aa|ee|oo|aw|ow|uw)[a-z]*[sfrxj]`)

// garbledText reports whether a text holds what no card does.
func garbledText(text string) bool {
	for _, r := range text {
		if r == utf8.RuneError || r == '?' || unicode.IsControl(r) || strings.ContainsRune(codePage, r) {
			return true
		}
	}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }) {
		if tones(word) > 1 {
			return true
		}
	}
	return false
}

// codePage are characters that appear when UTF-8 of Vietnamese is read one byte at a
// time, and on no card.
const codePage = "ÄÅÆƒ»«¡¢£¤¥¦§©ª¬®¯±²³´µ¶·¸¹º¼½¾¿†‡‰‹›€„“”•™œŒžŽšŠÿŸˆ˜"

// tones counts the tone marks of a word; a syllable has one at most.
func tones(word string) (n int) {
	if len(word) == utf8.RuneCountInString(word) {
		return 0
	}
	for _, r := range norm.NFD.String(word) {
		switch r {
		case '\u0300', '\u0301', '\u0303', '\u0309', '\u0323':
			n++
		}
	}
	return n
}

// usualCase puts right a name that came in one case, or in the wrong one while Caps
// Lock was on: a code holds names in usual case.
func usualCase(name string) string {
	first, _ := utf8.DecodeRuneInString(name)
	if !unicode.IsLower(first) && name != strings.ToUpper(name) {
		return name
	}
	begins := true
	return strings.Map(func(r rune) rune {
		switch {
		case !unicode.IsLetter(r) && !unicode.Is(unicode.M, r):
			begins = true
			return r
		case begins:
			begins = false
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, name)
}

func refuseGarbled() error {
	return record.Refuse(record.ErrInvalid,
		"Chữ trên thẻ bị biến dạng khi máy quét gõ vào. Hãy chuyển bộ gõ tiếng Việt (UniKey, EVKey) sang tiếng Anh (biểu tượng chữ E) rồi quét lại; nếu vẫn vậy, hãy đặt máy quét ở chế độ gõ Unicode.",
		"The letters of the card were changed while the reader typed them. Switch the Vietnamese keyboard (UniKey, EVKey) to English (the letter E) and scan again; if it stays, set the reader to type Unicode.")
}

func refuseBar() error {
	return record.Refuse(record.ErrInvalid,
		"Không thấy dấu “|” giữa các mục của thẻ: bàn phím đang ở ngôn ngữ khác. Hãy chọn bàn phím tiếng Anh (Mỹ), tắt bộ gõ tiếng Việt rồi quét lại.",
		"The bars between the fields of the card are missing: the keyboard is set to another language. Choose the English (US) keyboard, switch the Vietnamese input method off and scan again.")
}

func refuseNoCard() error {
	return record.Refuse(record.ErrInvalid,
		"Đây không phải nội dung mã QR trên thẻ căn cước. Hãy quét mã QR in trên thẻ (không quét mã vạch).",
		"This is not the QR code of a citizen card. Scan the QR code printed on the card, not a bar code.")
}

func refuseShort() error {
	return record.Refuse(record.ErrInvalid,
		"Nội dung thẻ bị thiếu: máy quét chưa gõ hết. Hãy quét lại và đợi tiếng bíp.",
		"The text of the card is cut short. Scan it again and wait for the beep.")
}

func refuseDay(field, vi, en string) error {
	r := record.Refuse(record.ErrInvalid,
		vi+" trên thẻ không đọc được. Hãy quét lại; nếu vẫn vậy hãy nhập tay theo thẻ.",
		"The "+en+" on the card cannot be read. Scan it again; if it stays, type it from the card.")
	r.Field = field
	return r
}
