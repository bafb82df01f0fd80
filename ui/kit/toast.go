package kit

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// Offer is something a person may do about what was said.
type Offer struct {
	Word string
	Do   func()
}

// mostOffers is how many the line has room for.
const mostOffers = 2

// ToastStays is how long what was said stays, if nothing else is done.
const ToastStays = 30 * time.Second

// Toast is the line at the bottom of the window that says what was done and offers to
// undo it. It goes away after a while or with the next action, but not while the
// keyboard or the mouse is on it; the way back is Ctrl+Alt+Z then. What went wrong
// stays until it was closed.
type Toast struct {
	widget.BaseWidget

	// OnTurned is told when the line comes, goes or says something else: what stands
	// around it is laid out anew.
	OnTurned func()

	now     func() time.Time
	since   time.Time
	wrong   bool
	hovered bool

	back   *canvas.Rectangle
	words  *Text
	offers []*PushButton
	close  *PushButton
}

// NewToast makes a toast that shows nothing. It is told the time by now.
func NewToast(now func() time.Time) *Toast {
	t := &Toast{now: now, words: Paragraph(""), OnTurned: func() {}}
	for range mostOffers {
		t.offers = append(t.offers, Quiet("", "", nil))
	}
	t.close = Quiet("", fynetheme.IconNameCancel, t.Hide)
	t.ExtendBaseWidget(t)
	t.Hide()
	return t
}

// Say says what was done; undo may be nil.
func (t *Toast) Say(words string, undo func()) { t.SayWith(words, T("Hoàn tác"), undo) }

// SayWith is Say with another word on the button.
func (t *Toast) SayWith(words, button string, undo func()) {
	if undo == nil {
		t.Offer(words)
		return
	}
	t.Offer(words, Offer{button, undo})
	t.offers[0].SetIcon(theme.Icon(fynetheme.IconNameContentUndo))
}

// Offer says what was done, with what may be done about it.
func (t *Toast) Offer(words string, offers ...Offer) {
	t.words.SetText(words)
	t.wrong, t.since = toldOfError(words), t.now()
	for i, b := range t.offers {
		SetVisible(b, i < len(offers))
		if i < len(offers) {
			do := offers[i].Do
			b.SetText(offers[i].Word)
			b.SetIcon(nil)
			b.OnTapped = func() { t.Hide(); do() }
		}
	}
	t.Show()
	t.Refresh()
	t.OnTurned()
}

// Hide takes the line away.
func (t *Toast) Hide() {
	if !t.Visible() {
		return
	}
	t.BaseWidget.Hide()
	t.OnTurned()
}

// Tick looks whether what was said has stood long enough; the program calls it every
// few seconds. A clock that was set back begins the time anew.
func (t *Toast) Tick() {
	stood := t.now().Sub(t.since)
	switch {
	case !t.Visible():
	case t.held() || stood < 0:
		t.since = t.now()
	case !t.wrong && stood >= ToastStays:
		t.Hide()
	}
}

// Pass takes away what was said, since something else was done.
func (t *Toast) Pass() {
	if !t.wrong && !t.held() {
		t.Hide()
	}
}

// held reports whether the keyboard or the mouse is on the line.
func (t *Toast) held() bool {
	held := t.hovered || t.Focused()
	for _, b := range t.buttons() {
		held = held || b.hovered
	}
	return held
}

// Focused reports whether the keyboard is on the line, or was when the line went away.
func (t *Toast) Focused() bool {
	return slices.ContainsFunc(t.buttons(), func(b *PushButton) bool { return b.focused })
}

func (t *Toast) buttons() []*PushButton { return append(slices.Clone(t.offers), t.close) }

// Text is what the toast says; "" when it shows nothing.
func (t *Toast) Text() string {
	if !t.Visible() {
		return ""
	}
	return t.words.Text
}

// UndoButton is the button that takes it back.
func (t *Toast) UndoButton() *PushButton { return t.offers[0] }

// FocusTarget is the first thing that can be done, else the button that closes.
func (t *Toast) FocusTarget() fyne.Focusable {
	if t.offers[0].Visible() {
		return t.offers[0]
	}
	return t.close
}

// MouseIn, MouseMoved and MouseOut notice that somebody reads.
func (t *Toast) MouseIn(*desktop.MouseEvent)    { t.hovered = true }
func (t *Toast) MouseMoved(*desktop.MouseEvent) {}
func (t *Toast) MouseOut()                      { t.hovered = false }

// Refresh follows the theme.
func (t *Toast) Refresh() {
	if t.back != nil {
		t.back.FillColor = fynetheme.Color(theme.ColorSelected)
	}
	t.BaseWidget.Refresh()
}

// CreateRenderer puts words and buttons on a coloured line.
func (t *Toast) CreateRenderer() fyne.WidgetRenderer {
	t.back = canvas.NewRectangle(fynetheme.Color(theme.ColorSelected))
	buttons := HStack(theme.SizeTight)
	for _, b := range t.buttons() {
		buttons.Add(b)
	}
	line := container.New(toastLayout{}, t.words, buttons)
	return widget.NewSimpleRenderer(container.NewStack(t.back, InsetXY(theme.SizeGroup, theme.SizeTight, line)))
}

// toastLayout puts buttons at the right of words, which wrap in the room that is left.
type toastLayout struct{}

func (toastLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	words, buttons := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(words.Width+sizeOf(theme.SizeGap)+buttons.Width, max(words.Height, buttons.Height))
}

func (toastLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	buttons := o[1].MinSize()
	high := fitHeight(o[0], size.Width-buttons.Width-sizeOf(theme.SizeGap))
	o[0].Move(fyne.NewPos(0, (size.Height-high)/2))
	o[1].Resize(buttons)
	o[1].Move(fyne.NewPos(size.Width-buttons.Width, (size.Height-buttons.Height)/2))
}
