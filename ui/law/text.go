package law

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
)

// mark is how a piece of a text stands out.
type mark int

const (
	sought  mark = iota // bold, on a ground
	added               // underlined, on a ground
	removed             // struck through, on a ground
)

// stretch is a run of runes that stands out.
type stretch struct {
	record.Span
	mark mark
}

func stretches(spans []record.Span, m mark) []stretch {
	out := make([]stretch, len(spans))
	for i, s := range spans {
		out[i] = stretch{s, m}
	}
	return out
}

// text is words of one size that wrap.
type text struct {
	words  string
	size   fyne.ThemeSizeName  // "" is ordinary text
	ink    fyne.ThemeColorName // "" is that of ordinary text
	bold   bool
	italic bool
	marks  []stretch // in the order of the text, none over another
}

func (t text) scale() fyne.ThemeSizeName {
	if t.size == "" {
		return fynetheme.SizeNameText
	}
	return t.size
}

func (t text) color() fyne.ThemeColorName {
	if t.ink == "" {
		return fynetheme.ColorNameForeground
	}
	return t.ink
}

func (t text) style() fyne.TextStyle { return fyne.TextStyle{Bold: t.bold, Italic: t.italic} }

// line is one line of a text as it was broken up: some of its runes.
type line struct{ from, to int }

// lengths knows how wide words are. A law has few different words and many of them, so
// each is measured once for a size.
type lengths map[lengthKey]float32

// measured are the lengths of all columns: texts share their words. It is used on the
// window's thread only.
var measured = lengths{}

// mostMeasured is how many words are remembered.
const mostMeasured = 50_000

type lengthKey struct {
	word string
	size float32
	bold bool
}

func (l lengths) of(word string, size float32, style fyne.TextStyle) float32 {
	key := lengthKey{word, size, style.Bold}
	w, ok := l[key]
	if !ok {
		if len(l) >= mostMeasured {
			clear(l)
		}
		w = fyne.MeasureText(word, size, style).Width
		l[key] = w
	}
	return w
}

// wrap breaks a text into lines of a width.
func (l lengths) wrap(t text, width float32) []line {
	if t.words == "" {
		return nil
	}
	runes, size, style := []rune(t.words), fynetheme.Size(t.scale()), t.style()
	space := l.of("a a", size, style) - 2*l.of("a", size, style)
	if len(t.marks) > 0 && t.marks[0].mark == sought {
		style.Bold = true // what is sought is bold, and wider
	}
	var out []line
	at := line{}
	used := float32(0)
	for i := 0; i < len(runes); {
		switch {
		case runes[i] == '\n':
			out = append(out, line{at.from, i})
			i++
			at, used = line{i, i}, 0
			continue
		case unicode.IsSpace(runes[i]):
			i++
			continue
		}
		end := i
		for end < len(runes) && !unicode.IsSpace(runes[end]) {
			end++
		}
		w := l.of(string(runes[i:end]), size, style)
		gap := space
		if used == 0 {
			gap = 0
			at.from = i
		}
		if used > 0 && used+gap+w > width {
			out = append(out, line{at.from, at.to})
			at, used, gap = line{i, i}, 0, 0
		}
		for w > width && end-i > 1 { // a word longer than the line
			end--
			w = fyne.MeasureText(string(runes[i:end]), size, style).Width
		}
		at.to, used = end, used+gap+w
		i = end
	}
	return append(out, line{at.from, max(at.to, at.from)})
}

// run is a piece of a line in one style.
type run struct {
	words  string
	marked bool
	mark   mark
}

// runs cuts a line where marks begin and end.
func (t text) runs(l line) []run {
	runes := []rune(t.words)
	var out []run
	at := l.from
	add := func(to int, marked bool, m mark) {
		if to = min(to, l.to); to > at {
			out = append(out, run{strings.ReplaceAll(string(runes[at:to]), "\t", " "), marked, m})
			at = to
		}
	}
	for _, s := range t.marks {
		if s.To <= at || s.From >= l.to {
			continue
		}
		add(s.From, false, 0)
		add(s.To, true, s.mark)
	}
	add(l.to, false, 0)
	return out
}
