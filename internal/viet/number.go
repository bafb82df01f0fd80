package viet

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// FormatInt writes 1.234.567.
func FormatInt(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	return sign + group(digits)
}

// FormatNumber writes 1.234,50: rounded to so many decimals, all of them shown.
// What is not a number (a share of nothing) is written as nothing.
func FormatNumber(f float64, decimals int) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return ""
	}
	text := strconv.FormatFloat(math.Abs(f), 'f', max(decimals, 0), 64)
	whole, fraction, _ := strings.Cut(text, ".")
	out := group(whole)
	if fraction != "" {
		out += "," + fraction
	}
	if f < 0 && strings.Trim(text, "0.") != "" {
		out = "-" + out
	}
	return out
}

// group puts a dot before every third digit from the right.
func group(digits string) string {
	first := (len(digits)+2)%3 + 1
	if first >= len(digits) {
		return digits
	}
	var b strings.Builder
	b.WriteString(digits[:first])
	for i := first; i < len(digits); i += 3 {
		b.WriteByte('.')
		b.WriteString(digits[i : i+3])
	}
	return b.String()
}

// ParseNumber reads a number as people write it here, and as programs set to
// English write it where that cannot be mistaken:
//
//	1.234.567  1.234,56  1,5  1 234,5      as here
//	1,234,567  1,234.56  1.5  1234.567     in English
//
// Two shapes have two readings, and the Vietnamese one is taken: "1.234" is one
// thousand two hundred and thirty-four, "1,234" is a little more than one. A
// caller who sees a whole column and knows better decides by the column.
// Groups never start with a zero, so "0.125" is an eighth. What is 10¹⁸ or more is
// refused: nothing an office counts is, and a float no longer keeps its units.
func ParseNumber(s string) (float64, error) {
	plain, err := plainNumber(s)
	if err != nil {
		return 0, err
	}
	f, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.Abs(f) >= 1e18 {
		return 0, notNumber(s)
	}
	return f + 0, nil // -0 becomes 0
}

// ParseInt reads a whole number; the shapes are those of [ParseNumber].
func ParseInt(s string) (int64, error) {
	plain, err := plainNumber(s)
	if err != nil {
		return 0, err
	}
	whole, fraction, _ := strings.Cut(plain, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || strings.Trim(fraction, "0") != "" {
		return 0, notNumber(s)
	}
	return n, nil
}

// The shapes of a number, the first that fits decides.
var (
	dotGroups   = regexp.MustCompile(`^[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$`)
	spaceGroups = regexp.MustCompile(`^[+-]?[1-9]\d{0,2}( \d{3})+([.,]\d+)?$`)
	commaGroups = regexp.MustCompile(`^[+-]?[1-9]\d{0,2}(,\d{3})+(,\d{3}|\.\d+)$`)
	ungrouped   = regexp.MustCompile(`^[+-]?\d+([.,]\d+)?$`)

	spaces    = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "−", "-")
	dropDots  = strings.NewReplacer(".", "", ",", ".")
	dropSpace = strings.NewReplacer(" ", "", ",", ".")
)

// plainNumber rewrites a number in the form strconv reads.
func plainNumber(s string) (string, error) {
	if len(s) > longestInput {
		return "", notNumber(s)
	}
	t := strings.TrimSpace(spaces.Replace(s))
	switch {
	case dotGroups.MatchString(t):
		return dropDots.Replace(t), nil
	case spaceGroups.MatchString(t):
		return dropSpace.Replace(t), nil
	case commaGroups.MatchString(t):
		return strings.ReplaceAll(t, ",", ""), nil
	case ungrouped.MatchString(t):
		return strings.Replace(t, ",", ".", 1), nil
	}
	return "", notNumber(s)
}

func notNumber(s string) error {
	return fmt.Errorf("%w từ “%s”; hãy viết như 1.234 hoặc 1.234,5", ErrNotNumber, shorten(s))
}
