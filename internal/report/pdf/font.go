package pdf

import (
	"fmt"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"sophobien/assets"
)

// style is how a text is set; size is in points.
type style struct {
	size         float64
	bold, italic bool
}

func (s style) sized(size float64) style { s.size = size; return s }

// key is the style as fpdf names it.
func (s style) key() string {
	return map[[2]bool]string{{true, false}: "B", {false, true}: "I", {true, true}: "BI"}[[2]bool{s.bold, s.italic}]
}

const (
	family = "serif"
	mm     = 25.4 / 72 // of a point

	// Parts of the size of Liberation Serif.
	ascent  = 0.891
	descent = 0.216
	leading = 1.15
)

func (s style) lineHeight() float64 { return s.size * mm * leading }

// files are the faces by their key.
var files = map[string]string{
	"": "fonts/LiberationSerif-Regular.ttf", "B": "fonts/LiberationSerif-Bold.ttf",
	"I": "fonts/LiberationSerif-Italic.ttf", "BI": "fonts/LiberationSerif-BoldItalic.ttf",
}

// face measures the letters of one file.
type face struct {
	data   []byte
	font   *sfnt.Font
	buf    sfnt.Buffer
	widths map[rune]float64 // per unit of size; below zero: no such letter
}

func loadFace(key string) (*face, error) {
	data, err := assets.Fonts.ReadFile(files[key])
	if err != nil {
		return nil, err
	}
	f, err := sfnt.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", files[key], err)
	}
	return &face{data: data, font: f, widths: map[rune]float64{}}, nil
}

// has reports whether the face can draw the letter. fpdf draws none beyond the first
// plane.
func (f *face) has(r rune) bool { return f.advance(r) >= 0 }

func (f *face) advance(r rune) float64 {
	if w, ok := f.widths[r]; ok {
		return w
	}
	w := f.measure(r)
	f.widths[r] = w
	return w
}

func (f *face) measure(r rune) float64 {
	if r > 0xFFFF {
		return -1
	}
	glyph, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil || glyph == 0 {
		return -1
	}
	em := fixed.I(int(f.font.UnitsPerEm()))
	advance, err := f.font.GlyphAdvance(&f.buf, glyph, em, font.HintingNone)
	if err != nil {
		return -1
	}
	return float64(advance) / float64(em)
}

// width is of a cleaned text, per unit of size.
func (f *face) width(text string) float64 {
	var w float64
	for _, r := range text {
		w += max(0, f.advance(r))
	}
	return w
}
