package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// choiceMatch says how well bare letters name a word: the whole, its beginning, the
// first letters of its parts ("nld" for người lao động), or the beginning of a
// part. Zero is not at all; the best is highest.
func choiceMatch(word, letters string) int {
	bare, typed := bare(word), oneLine(bare(letters))
	switch {
	case bare == typed:
		return 4
	case strings.HasPrefix(bare, typed):
		return 3
	case strings.HasPrefix(initials(bare), typed):
		return 2
	case strings.Contains(" "+bare, " "+typed):
		return 1
	}
	return 0
}

func initials(word string) string {
	var out strings.Builder
	for _, part := range strings.FieldsFunc(word, func(r rune) bool { return r == ' ' || r == ',' }) {
		out.WriteByte(part[0])
	}
	return out.String()
}

// matching are the choices that letters may mean, the best first.
func (c GridColumn) matching(letters string) []string {
	if strings.TrimSpace(letters) == "" {
		return c.Choices
	}
	var out []string
	for _, choice := range c.Choices {
		if choiceMatch(choice, letters) > 0 {
			out = append(out, choice)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return choiceMatch(b, letters) - choiceMatch(a, letters) })
	return out
}

// complete is the choice that a text means. What names none stays as it is: its
// owner says what is wrong with it.
func (c GridColumn) complete(text string) string {
	if c.Open {
		return text
	}
	if found := c.matching(text); text != "" && len(found) > 0 {
		return found[0]
	}
	return text
}

// choiceList shows under the editor what the letters may mean. It never takes
// the keyboard.
type choiceList struct {
	widget.BaseWidget
	words  []string
	typed  bool // something was typed that means the first word
	picked int  // the word chosen with the arrows, or -1
}

func newChoiceList() *choiceList {
	l := &choiceList{picked: -1}
	l.Hidden = true
	l.ExtendBaseWidget(l)
	return l
}

func (l *choiceList) show(words []string, typed bool) {
	l.words, l.typed, l.picked = words, typed, -1
	l.Hidden = len(words) == 0
	l.Refresh()
}

// move picks with the arrows; it reports false where there is nothing to pick.
func (l *choiceList) move(key fyne.KeyName) bool {
	if l.Hidden {
		return false
	}
	at := l.marked()
	if key == fyne.KeyDown {
		at++
	} else {
		at--
	}
	l.picked = min(max(at, 0), len(l.words)-1)
	l.Refresh()
	return true
}

// marked is the word that leaving the cell will take, or -1.
func (l *choiceList) marked() int {
	if l.picked < 0 && l.typed && len(l.words) > 0 {
		return 0
	}
	return l.picked
}

// word is the word picked with the arrows, or "".
func (l *choiceList) word() string {
	if l.Hidden || l.picked < 0 {
		return ""
	}
	return l.words[l.picked]
}

func (l *choiceList) size(least float32) fyne.Size {
	width := least
	for _, w := range l.words {
		width = max(width, fyne.MeasureText(w, fynetheme.TextSize(), fyne.TextStyle{}).Width+2*fynetheme.InnerPadding())
	}
	return fyne.NewSize(width, float32(len(l.words))*rowHeight())
}

// CreateRenderer is how Fyne draws it.
func (l *choiceList) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{l: l, back: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type choiceRenderer struct {
	l     *choiceList
	back  *canvas.Rectangle
	mark  *canvas.Rectangle
	texts []*canvas.Text
}

func (r *choiceRenderer) Destroy()           {}
func (r *choiceRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *choiceRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.back, r.mark}
	for _, t := range r.texts {
		objects = append(objects, t)
	}
	return objects
}

func (r *choiceRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	for i, t := range r.texts {
		t.Move(fyne.NewPos(fynetheme.InnerPadding(), float32(i)*rowHeight()))
		t.Resize(fyne.NewSize(size.Width, rowHeight()))
	}
	r.mark.Hidden = r.l.marked() < 0
	r.mark.Move(fyne.NewPos(1, float32(r.l.marked())*rowHeight()+1))
	r.mark.Resize(fyne.NewSize(size.Width-2, rowHeight()-2))
}

func (r *choiceRenderer) Refresh() {
	r.back.FillColor = fynetheme.Color(fynetheme.ColorNameMenuBackground)
	r.back.StrokeColor = fynetheme.Color(fynetheme.ColorNameInputBorder)
	r.back.StrokeWidth = 1
	r.mark.FillColor = fynetheme.Color(theme.ColorSelected)
	r.texts = r.texts[:0]
	for _, w := range r.l.words {
		text := canvas.NewText(w, fynetheme.Color(fynetheme.ColorNameForeground))
		text.TextSize = fynetheme.TextSize()
		r.texts = append(r.texts, text)
	}
	r.Layout(r.l.Size())
	canvas.Refresh(r.l)
}
