package law

import (
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"sophobien/internal/viet"
)

// zeros recognises UTF-16 without a mark: many bytes at even or odd places are zero.
func zeros(data []byte, odd int) bool {
	head := data[:min(len(data), 4096)&^1]
	n := 0
	for i := odd; i < len(head); i += 2 {
		if head[i] == 0 {
			n++
		}
	}
	return len(head) >= 8 && n*5 > len(head)
}

func decode16(data []byte, big bool) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		lo, hi := data[2*i], data[2*i+1]
		if big {
			lo, hi = hi, lo
		}
		units[i] = uint16(hi)<<8 | uint16(lo)
	}
	return string(utf16.Decode(units))
}

// decodeSingle reads one byte a letter; not ok when no Vietnamese shows in it.
func decodeSingle(data []byte) (string, bool) {
	western, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return "", false
	}
	charset, sure := viet.Detect(lines(string(western))...)
	if charset == viet.Unicode || sure < plainly {
		return "", false
	}
	return viet.Decode(strings.ReplaceAll(string(western), "\x00", " "), charset), true
}
