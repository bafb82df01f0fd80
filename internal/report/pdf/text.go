package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// box stands for what the type has no letter for.
const box = '□'

// clean gives a text as it can be drawn: composed, without what is not seen, every
// other character one the face has.
func clean(text string, f *face) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, string(box)), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f':
			return '\n'
		case r == '\u00a0' && f.has(r):
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		case f.has(r):
			return r
		case unicode.IsMark(r):
			return -1
		}
		return box
	}, norm.NFC.String(text))
}

// wrap breaks a text into lines of at most the width, the first of them shorter by
// the indent. What has no words has no lines.
func (p *page) wrap(text string, st style, width, indent float64) []string {
	f := p.face(st)
	var lines []string
	for part := range strings.SplitSeq(clean(text, f), "\n") {
		w := wrapper{face: f, width: width / (st.size * mm), indent: indent / (st.size * mm)}
		for _, word := range words(part) {
			w.add(word)
		}
		lines = append(lines, w.done()...)
		indent = 0
	}
	return lines
}

// words are what lines may be broken between; a held space is no such place.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' })
}

// wrapper fills lines word by word. Lengths are per unit of size.
type wrapper struct {
	face   *face
	width  float64
	indent float64 // of the first line
	words  []string
	used   float64
	lines  []string
}

func (w *wrapper) room() float64 {
	if len(w.lines) == 0 {
		return w.width - w.indent
	}
	return w.width
}

func (w *wrapper) add(word string) {
	long := w.face.width(word)
	space := w.face.advance(' ')
	if len(w.words) > 0 && w.used+space+long > w.room()+slack {
		w.flush()
	}
	for word != "" && long > w.room()+slack {
		word = w.broken(word)
		long = w.face.width(word)
	}
	if word == "" {
		return
	}
	if len(w.words) > 0 {
		w.used += space
	}
	w.words = append(w.words, word)
	w.used += long
}

// slack lets a column that was measured by its text hold that text.
const slack = 1e-6

// broken sets as much of a word as a line holds and gives the rest; a mark stays with
// its letter.
func (w *wrapper) broken(word string) string {
	var used float64
	at := 0
	for i, r := range word {
		long := max(0, w.face.advance(r))
		if i > 0 && used+long > w.room()+slack && !unicode.IsMark(r) {
			break
		}
		used += long
		at = i + len(string(r))
	}
	w.lines = append(w.lines, word[:at])
	return word[at:]
}

func (w *wrapper) flush() {
	w.lines = append(w.lines, strings.Join(w.words, " "))
	w.words, w.used = nil, 0
}

func (w *wrapper) done() []string {
	if len(w.words) > 0 {
		w.flush()
	}
	return w.lines
}

// fit wraps a text for a narrow place: set smaller, down to three quarters, while a
// word is wider than the place.
func (p *page) fit(text string, st style, width float64) ([]string, style) {
	widest := p.widest(text, st)
	if widest > width {
		st = st.sized(max(st.size*width/widest*0.999, st.size*0.75))
	}
	return p.wrap(text, st, width, 0), st
}

// widest is the length of the longest word.
func (p *page) widest(text string, st style) float64 {
	f, most := p.face(st), 0.0
	for _, word := range words(clean(text, f)) {
		most = max(most, f.width(word))
	}
	return most * st.size * mm
}

// oneLine sets a text on one line where a size down to the least does it, else wraps
// it at that size.
func (p *page) oneLine(text string, st style, width, least float64) ([]string, style) {
	if long := p.width(text, st); long > width {
		st = st.sized(max(st.size*width/long*0.999, least))
	}
	return p.fit(text, st, width)
}

// width is the length of a text on one line.
func (p *page) width(text string, st style) float64 {
	f := p.face(st)
	return f.width(clean(text, f)) * st.size * mm
}

// balanced wraps a text for the middle of a place: no more lines than it needs, and
// those about as long as each other.
func (p *page) balanced(text string, st style, width float64) ([]string, style) {
	lines, st := p.fit(text, st, width)
	if len(lines) < 2 {
		return lines, st
	}
	least := p.widest(text, st)
	for w := width * 0.95; w >= max(least, width/2); w -= width * 0.05 {
		shorter := p.wrap(text, st, w, 0)
		if len(shorter) > len(lines) {
			break
		}
		lines = shorter
	}
	return lines, st
}

// longest is the length of the longest line.
func (p *page) longest(lines []string, st style) float64 {
	var most float64
	for _, l := range lines {
		most = max(most, p.width(l, st))
	}
	return most
}
