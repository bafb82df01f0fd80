package kit

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// Text is words on the page, without the padding of the toolkit's label, so that
// they stand exactly above what they name. It is one line, shortened with … where
// the room ends, unless Wrap is set.
type Text struct {
	widget.BaseWidget

	Text  string
	Scale fyne.ThemeSizeName
	Color fyne.ThemeColorName
	Style fyne.TextStyle
	Align fyne.TextAlign
	Wrap  bool
	Whole bool // never shortened: the room is made for it
}

func newText(text string, size fyne.ThemeSizeName, color fyne.ThemeColorName) *Text {
	t := &Text{Text: text, Scale: size, Color: color}
	t.ExtendBaseWidget(t)
	return t
}

// Line is one line of ordinary text, shortened where the room ends.
func Line(text string) *Text {
	return newText(text, fynetheme.SizeNameText, fynetheme.ColorNameForeground)
}

// Paragraph is ordinary text that wraps.
func Paragraph(text string) *Text {
	t := Line(text)
	t.Wrap = true
	return t
}

// Caption is small quiet text, such as the label above a field.
func Caption(text string) *Text {
	return newText(text, fynetheme.SizeNameCaptionText, theme.ColorMuted)
}

// Section is the heading of a part of a page.
func Section(text string) *Text {
	t := newText(text, theme.SizeSection, fynetheme.ColorNameForeground)
	t.Style.Bold = true
	return t
}

// Page is the heading of a page.
func Page(text string) *Text {
	t := newText(text, theme.SizePage, fynetheme.ColorNameForeground)
	t.Style.Bold = true
	return t
}

// SetText changes the words.
func (t *Text) SetText(text string) {
	if text == t.Text {
		return
	}
	t.Text = text
	t.Refresh()
}

// CreateRenderer draws the words line by line.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	r := &textRenderer{text: t}
	r.Refresh()
	return r
}

type textRenderer struct {
	text  *Text
	lines []fyne.CanvasObject
	width float32
}

func (r *textRenderer) Objects() []fyne.CanvasObject { return r.lines }
func (r *textRenderer) Destroy()                     {}

func (r *textRenderer) MinSize() fyne.Size {
	whole := r.measure(r.text.Text)
	switch {
	case r.text.Wrap:
		return fyne.NewSize(min(whole.Width, sizeOf(fynetheme.SizeNameText)*6), r.lineHeight()*float32(max(len(r.lines), 1)))
	case r.text.Whole:
		return fyne.NewSize(whole.Width, r.lineHeight())
	}
	return fyne.NewSize(min(whole.Width, sizeOf(fynetheme.SizeNameText)*3), r.lineHeight())
}

func (r *textRenderer) lineHeight() float32 { return r.measure("Ậg").Height }

func (r *textRenderer) measure(s string) fyne.Size {
	return fyne.MeasureText(s, sizeOf(r.text.Scale), r.text.Style)
}

func (r *textRenderer) Layout(size fyne.Size) {
	if size.Width != r.width {
		before := len(r.lines)
		r.width = size.Width
		r.breakUp()
		if len(r.lines) != before {
			canvas.Refresh(r.text) // the height it asks for has changed
		}
	}
	h := r.lineHeight()
	for i, o := range r.lines {
		y := float32(i) * h
		if !r.text.Wrap {
			y = (size.Height - h) / 2
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
	}
}

func (r *textRenderer) Refresh() {
	r.breakUp()
	r.Layout(r.text.Size())
	canvas.Refresh(r.text)
}

// breakUp makes the lines for the width at hand.
func (r *textRenderer) breakUp() {
	var texts []string
	switch {
	case r.text.Wrap:
		texts = r.wrapped()
	case r.text.Whole || r.width == 0:
		texts = []string{r.text.Text}
	default:
		texts = []string{r.shortened()}
	}
	ink := fynetheme.Color(r.text.Color)
	r.lines = r.lines[:0]
	for _, s := range texts {
		line := canvas.NewText(s, ink)
		line.TextSize = sizeOf(r.text.Scale)
		line.TextStyle = r.text.Style
		line.Alignment = r.text.Align
		r.lines = append(r.lines, line)
	}
}

func (r *textRenderer) wrapped() []string {
	var out []string
	for _, paragraph := range strings.Split(r.text.Text, "\n") {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			longer := strings.TrimSpace(line + " " + word)
			if line != "" && r.width > 0 && r.measure(longer).Width > r.width {
				out = append(out, line)
				longer = word
			}
			for r.breaks() && r.measure(longer).Width > r.width { // a path, or the name of a file
				fits := r.fits(longer)
				out = append(out, longer[:fits])
				longer = longer[fits:]
			}
			line = longer
		}
		out = append(out, line)
	}
	return out
}

// breaks reports whether there is the room that wrapping asks for: before it was laid out
// a text may have next to none.
func (r *textRenderer) breaks() bool { return r.width >= sizeOf(fynetheme.SizeNameText)*6 }

// fits is how many bytes of a word fit in a line, one letter at least.
func (r *textRenderer) fits(word string) int {
	end := 0
	for i, letter := range word {
		next := i + utf8.RuneLen(letter)
		if end > 0 && r.measure(word[:next]).Width > r.width {
			break
		}
		end = next
	}
	return end
}

func (r *textRenderer) shortened() string {
	if r.measure(r.text.Text).Width <= r.width+0.5 {
		return r.text.Text
	}
	runes := []rune(r.text.Text)
	low, high := 0, len(runes)
	for low < high {
		middle := (low + high + 1) / 2
		if r.measure(string(runes[:middle])+"…").Width <= r.width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return strings.TrimRight(string(runes[:low]), " ,.;") + "…"
}
