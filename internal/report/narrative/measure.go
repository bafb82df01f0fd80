package narrative

import (
	"fmt"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"sophobien/assets"
)

// boldFace measures with a face as wide as Times New Roman Bold, in which stands all that
// has a line below.
var boldFace = sync.OnceValues(func() (*sfnt.Font, error) {
	const file = "fonts/LiberationSerif-Bold.ttf"
	data, err := assets.Fonts.ReadFile(file)
	if err != nil {
		return nil, err
	}
	f, err := sfnt.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return f, nil
})

// boldWidth is how long a text in bold is on one line, in twips.
func boldWidth(text string, size int) (int, error) {
	f, err := boldFace()
	if err != nil {
		return 0, err
	}
	var buf sfnt.Buffer
	var units fixed.Int26_6
	em := fixed.I(int(f.UnitsPerEm()))
	for _, r := range clean(text) {
		glyph, err := f.GlyphIndex(&buf, r)
		if err != nil {
			return 0, err
		}
		advance, err := f.GlyphAdvance(&buf, glyph, em, font.HintingNone)
		if err != nil {
			return 0, err
		}
		units += advance
	}
	return int(float64(units) / float64(em) * float64(size) * twipsInPoint), nil
}

// longestLine is the length of the longest line of a bold text set in a width.
func longestLine(text string, size, width int) (int, error) {
	longest, used, first := 0, 0, true
	space, err := boldWidth(" ", size)
	if err != nil {
		return 0, err
	}
	for _, word := range strings.Fields(clean(text)) {
		w, err := boldWidth(word, size)
		switch {
		case err != nil:
			return 0, err
		case !first && used+space+w <= width:
			used += space + w
		default:
			used = w
		}
		first = false
		longest = max(longest, min(used, width))
	}
	return longest, nil
}
