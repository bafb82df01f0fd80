package xlsx

import (
	"math"
	"strings"
	"unicode"
)

// Spreadsheets do not fit the height of merged cells to their text, and some fit
// no row at all on opening, so heights are reckoned here. Widths are in the
// workbook's unit, a digit of the body font; heights in points.

const (
	rowHeight = 20.0 // a line with air around it
	lineRatio = 1.2  // line height of Times New Roman
	headAir   = 12.0 // what header rows have more
)

// heightOf is what a text needs in a cell of a width.
func heightOf(text string, st style, width float64) float64 {
	size := st.points()
	lines := 1
	if st.wrap {
		scale := size / fontSize
		if st.bold {
			scale *= 1.06
		}
		lines = lineCount(text, (width-1-1.3*float64(st.indent))/scale)
	}
	h := max(math.Ceil(float64(lines)*size*lineRatio)+4, rowHeight)
	if st.shaded && st.wrap && st.align == "center" {
		h += headAir
	}
	return h
}

// lineCount is how many lines a text needs in a width of so many digits.
func lineCount(text string, width float64) int {
	lines := 0
	for _, paragraph := range strings.Split(text, "\n") {
		used := 0.0
		lines++
		for _, word := range strings.Fields(paragraph) {
			w := wordWidth(word)
			if used > 0 && used+spaceWidth+w > width {
				lines, used = lines+1, 0
			}
			if used > 0 {
				used += spaceWidth
			}
			// A word longer than the line is broken by the program.
			for used += w; used > width && width > 1; used -= width {
				lines++
			}
		}
	}
	return lines
}

const spaceWidth = 0.5

func wordWidth(word string) float64 {
	sum := 0.0
	for _, r := range word {
		sum += runeWidth(r)
	}
	return sum
}

// runeWidth is the width of a letter of Times New Roman in digits, on the wide side.
func runeWidth(r rune) float64 {
	switch {
	case unicode.Is(unicode.Mn, r):
		return 0
	case strings.ContainsRune("ijltfrIíìịỉĩ.,;:-/()'", r):
		return 0.65
	case strings.ContainsRune("mwMW", r):
		return 1.75
	case unicode.IsUpper(r):
		return 1.42
	case r > 0x2E80: // full-width scripts
		return 2
	}
	return 0.98
}
