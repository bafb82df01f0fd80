package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The longest names files get, in letters and in the bytes some disks count.
const (
	longestName  = 120
	longestBytes = 240
)

// FileName is what an office would call a file: "Danh sách ký tên – Tập huấn ở Đăk Hà –
// 2026-03-05.pdf". What systems refuse in a name is left out; where it is too long the
// longest part is cut between words.
func FileName(ending string, parts ...string) string {
	var said []string
	longest := 0
	for _, p := range parts {
		if p = nameable(p); p != "" {
			said = append(said, p)
			if len(p) > len(said[longest]) {
				longest = len(said) - 1
			}
		}
	}
	name := strings.Join(said, " – ") + ending
	for tooLong(name) && said[longest] != "…" {
		said[longest] = shorter(said[longest])
		name = strings.Join(said, " – ") + ending
	}
	return name
}

func tooLong(name string) bool {
	return utf8.RuneCountInString(name) > longestName || len(name) > longestBytes
}

// shorter leaves out the last word of some words, or the last letter of one.
func shorter(words string) string {
	words = strings.TrimSuffix(words, "…")
	cut := strings.LastIndexByte(words, ' ')
	if cut < 0 {
		_, last := utf8.DecodeLastRuneInString(words)
		cut = len(words) - last
	}
	return strings.TrimRight(words[:max(cut, 0)], " .,;–-") + "…"
}

// nameable leaves out what Windows and others refuse in a name; a colon and a slash
// stand between words and become a hyphen.
func nameable(words string) string {
	words = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:|`, r):
			return '-'
		case strings.ContainsRune(`*?"<>`, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, norm.NFC.String(words))
	return strings.Trim(strings.Join(strings.Fields(words), " "), " .-")
}
