package trust

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"

	"sophobien/internal/record"
)

// A recovery code is ten groups of five digits: digits can be read over a
// telephone, typed on any keyboard and need no list of words. Four digits of a group
// are random (133 bits in all), the fifth checks them and the group's place. So a
// wrong digit, two neighbours exchanged, or two groups exchanged are noticed, and
// the group can be named, which one checksum over everything could not do.
const (
	codeGroups = 10
	groupSize  = 5
)

// damm is the quasigroup of H. M. Damm's check digit: no single wrong digit and no
// exchange of neighbours leads to the same state.
var damm = [10][10]byte{
	{0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
	{7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
	{4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
	{1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
	{6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
	{3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
	{5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
	{8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
	{9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
	{2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}

// checkDigit starts from the group's place, so that a group is right in one place.
func checkDigit(place int, digits string) byte {
	state := byte(place)
	for i := range len(digits) {
		state = damm[state][digits[i]-'0']
	}
	return state
}

// NewRecoveryCode makes a code, as it is printed and typed: 12345-67890-….
func NewRecoveryCode() (string, error) {
	groups := make([]string, codeGroups)
	for i := range groups {
		n, err := rand.Int(rand.Reader, big.NewInt(10_000))
		if err != nil {
			return "", fmt.Errorf("recovery code: %w", err)
		}
		digits := fmt.Sprintf("%04d", n)
		groups[i] = fmt.Sprintf("%s%d", digits, checkDigit(i, digits))
	}
	return strings.Join(groups, "-"), nil
}

// CodeError is a recovery code with a slip in it. Groups are the groups to look at,
// counted from 1; there are none when the digits cannot be told into groups.
type CodeError struct {
	Groups []int
	Digits int // how many digits were typed; 50 are right
}

func (e *CodeError) Error() string {
	if len(e.Groups) == 0 {
		return fmt.Sprintf("the recovery code has %d digits, not %d", e.Digits, codeGroups*groupSize)
	}
	return fmt.Sprintf("the recovery code has a slip in group %s", strings.Trim(fmt.Sprint(e.Groups), "[]"))
}

// Unwrap gives the kind.
func (e *CodeError) Unwrap() error { return record.ErrPassphrase }

// ParseRecoveryCode returns a typed code in its one form. Spaces, dashes and line
// breaks may stand anywhere; a slip gives a [*CodeError].
func ParseRecoveryCode(typed string) (string, error) {
	groups := strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(" \t\r\n\u00a0-–—.,", r) })
	if len(groups) != codeGroups {
		all := strings.Join(groups, "")
		if !isDigits(all) || len(all) != codeGroups*groupSize {
			return "", &CodeError{Digits: countDigits(all)}
		}
		groups = groups[:0]
		for i := 0; i < len(all); i += groupSize {
			groups = append(groups, all[i:i+groupSize])
		}
	}
	var wrong []int
	for i, g := range groups {
		if len(g) != groupSize || !isDigits(g) || checkDigit(i, g) != 0 {
			wrong = append(wrong, i+1)
		}
	}
	if wrong != nil {
		return "", &CodeError{Groups: wrong, Digits: countDigits(strings.Join(groups, ""))}
	}
	return strings.Join(groups, "-"), nil
}

func isDigits(s string) bool { return countDigits(s) == len(s) }

func countDigits(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}
