package record

import (
	"strings"
)

// codeLetters are those of Crockford's base 32: none is taken for another in print.
const codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// codeBytes is how many bytes of an id a code holds.
const codeBytes = 5

// Code is a short name of a row to print and to type: "7K3Q-9MZ2", the last forty
// bits of its id. Two rows of one office hardly ever share one; where they do, both
// are found.
func (id ID) Code() string {
	var n uint64
	for _, b := range id[len(id)-codeBytes:] {
		n = n<<8 | uint64(b)
	}
	var out [9]byte
	for i := 8; i >= 0; i-- {
		if i == 4 {
			out[i] = '-'
			continue
		}
		out[i] = codeLetters[n&31]
		n >>= 5
	}
	return string(out[:])
}

// ParseCode reads a code as people type it, in small letters or without the hyphen,
// and gives the last bytes of the ids it means.
func ParseCode(s string) (end [codeBytes]byte, ok bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	if len(s) == 9 && s[4] == '-' {
		s = s[:4] + s[5:]
	}
	if len(s) != 8 {
		return end, false
	}
	var n uint64
	for i := range len(s) {
		at := strings.IndexByte(codeLetters, s[i])
		switch s[i] {
		case 'O':
			at = 0
		case 'I', 'L':
			at = 1
		}
		if at < 0 {
			return end, false
		}
		n = n<<5 | uint64(at)
	}
	for i := codeBytes - 1; i >= 0; i-- {
		end[i] = byte(n)
		n >>= 8
	}
	return end, true
}
