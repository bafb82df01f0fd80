package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// State is how things stand. It is always said by an icon and words, never by
// colour alone.
type State int

// The states.
const (
	Plain State = iota
	Fine
	Attention
	Wrong
)

func (s State) icon() fyne.Resource {
	switch s {
	case Fine:
		return fynetheme.NewSuccessThemedResource(theme.Icon(fynetheme.IconNameConfirm))
	case Attention:
		return fynetheme.NewWarningThemedResource(theme.Icon(fynetheme.IconNameWarning))
	case Wrong:
		return fynetheme.NewErrorThemedResource(theme.Icon(fynetheme.IconNameError))
	}
	return theme.Icon(fynetheme.IconNameInfo)
}

func (s State) color() fyne.ThemeColorName {
	switch s {
	case Attention:
		return fynetheme.ColorNameWarning
	case Wrong:
		return fynetheme.ColorNameError
	}
	return theme.ColorMuted
}

// Note is a sentence with the icon of its state before it.
type Note struct {
	widget.BaseWidget

	icon *widget.Icon
	text *Text
}

// NewNote makes a note; it wraps.
func NewNote(s State, sentence string) *Note {
	n := &Note{icon: widget.NewIcon(nil), text: Caption(sentence)}
	n.text.Wrap = true
	n.setState(s)
	n.ExtendBaseWidget(n)
	return n
}

// Set changes state and sentence.
func (n *Note) Set(s State, sentence string) {
	n.setState(s)
	n.text.Text = sentence
	n.text.Refresh()
	n.Refresh()
}

// SetText changes the sentence.
func (n *Note) SetText(sentence string) {
	n.text.SetText(sentence)
	n.Refresh()
}

// Text is the sentence.
func (n *Note) Text() string { return n.text.Text }

func (n *Note) setState(s State) {
	n.icon.SetResource(s.icon())
	n.text.Color = s.color()
}

// CreateRenderer puts the icon at the height of the first line.
func (n *Note) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(noteLayout{}, n.icon, n.text))
}

type noteLayout struct{}

func (noteLayout) side() float32 { return sizeOf(fynetheme.SizeNameCaptionText) + 4 }

func (l noteLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[1].MinSize()
	return fyne.NewSize(m.Width+l.side()+sizeOf(theme.SizeTight), max(m.Height, l.side()))
}

func (l noteLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	side := l.side()
	o[0].Resize(fyne.NewSquareSize(side))
	o[0].Move(fyne.NewPos(0, 1))
	x := side + sizeOf(theme.SizeTight)
	o[1].Move(fyne.NewPos(x, 0))
	o[1].Resize(fyne.NewSize(size.Width-x, size.Height))
}
