package kit

import (
	"strings"
	"unicode"
)

// fingerprint is how many digits the fingerprint of a key has.
const fingerprint = 30

// Digits writes the digits of a key in groups of five, as they are read on the telephone.
func Digits(text string) string {
	var b strings.Builder
	for i, r := range OnlyDigits(text) {
		if i > 0 && i%5 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// OnlyDigits leaves out what stands between digits.
func OnlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// DigitsProblem says why a text cannot be the digits of a key; "" where it can.
func DigitsProblem(text string) string {
	for _, r := range text {
		if !unicode.IsSpace(r) && !strings.ContainsRune("0123456789-.", r) {
			return T("Chỉ có chữ số, chia nhóm năm số.")
		}
	}
	if n := len(OnlyDigits(text)); n != fingerprint {
		return T("Cần đủ 30 số, mới có {{.N}}.", map[string]any{"N": Number(int64(n))})
	}
	return ""
}
