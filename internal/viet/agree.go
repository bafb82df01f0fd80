package viet

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Agreement says how well two texts say the same.
type Agreement int

// The kinds of agreement, worst first.
const (
	Differ Agreement = iota // other words, or other marks: Hà and Hạ
	Bare                    // the same words, one of the texts without any marks: Hà and Ha
	Same                    // the same words, whatever their case and wherever the tone stands: hòa and hoà
)

// Agree compares two names. The key alone would not do: Hà and Hạ share it and are
// two people.
func Agree(a, b string) Agreement {
	if a == b {
		return Same
	}
	if Key(a) != Key(b) {
		return Differ
	}
	x, y := strings.Fields(markedKey(a)), strings.Fields(markedKey(b))
	if len(x) != len(y) {
		return Bare // joined or parted otherwise: "ĐăkBlà"
	}
	same, bareX, bareY := true, true, true
	for i := range x {
		mx, my := marks(x[i]), marks(y[i])
		same = same && slices.Equal(mx, my)
		bareX, bareY = bareX && len(mx) == 0, bareY && len(my) == 0
	}
	switch {
	case same:
		return Same
	case bareX || bareY:
		return Bare
	}
	return Differ // who writes some marks writes all of them
}

// marks are those of a word, in an order that does not tell where they stand; the
// stroke of đ is one of them.
func marks(word string) []rune {
	var out []rune
	for _, r := range norm.NFD.String(word) {
		if r == 'đ' || unicode.Is(unicode.Mn, r) {
			out = append(out, r)
		}
	}
	slices.Sort(out)
	return out
}
