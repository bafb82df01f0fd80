package kit

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// Dialog is a sheet over the window with a heading, a body and its buttons. Escape
// leaves it and Enter does its main thing, unless a button has the keyboard: then
// Enter pushes that one.
type Dialog struct {
	win    fyne.Window
	popup  *widget.PopUp
	first  fyne.Focusable // what has the keyboard when it opens
	enter  *PushButton    // nil: Enter does nothing by itself
	escape *PushButton
	keys   func(*fyne.KeyEvent) bool // sees the keys first; nil for most
	// shortcuts sees those nothing in the dialog takes; nil for most.
	shortcuts func(fyne.Shortcut) bool
}

// Show opens the dialog and puts the keyboard into its first field or on its safe
// button. The window is asked, because what was not drawn yet knows no window.
func (d *Dialog) Show() {
	if d.hold() {
		return
	}
	d.popup.Show()
	if d.first != nil {
		d.win.Canvas().Focus(d.first)
	}
}

// Hide closes the dialog.
func (d *Dialog) Hide() {
	d.release()
	d.popup.Hide()
}

// typed does what Escape and Enter mean and reports whether the key was one of them.
func (d *Dialog) typed(key *fyne.KeyEvent) bool {
	if d.keys != nil {
		return d.typedOnSheet(key)
	}
	var button *PushButton
	switch key.Name {
	case fyne.KeyEscape:
		button = d.escape
	case fyne.KeyReturn, fyne.KeyEnter:
		button = d.enter
	default:
		return false
	}
	if button != nil {
		button.Tapped(nil)
	}
	return true
}

// typedOnSheet lets who shows the sheet have the keys; Escape closes it.
func (d *Dialog) typedOnSheet(key *fyne.KeyEvent) bool {
	if d.keys(key) {
		return true
	}
	if key.Name != fyne.KeyEscape {
		return false
	}
	d.Hide()
	return true
}

// dialogOver is the dialog that lies over a window; nil when there is none, or
// something else lies over it.
func dialogOver(c fyne.Canvas) *Dialog {
	if c == nil {
		return nil
	}
	if popup, ok := c.Overlays().Top().(*widget.PopUp); ok {
		if s, ok := popup.Content.(*dialogSheet); ok {
			return s.dialog
		}
	}
	return nil
}

// CloseDialogs takes away all dialogs over a window, answering none.
func CloseDialogs(c fyne.Canvas) {
	for d := dialogOver(c); d != nil; d = dialogOver(c) {
		d.Hide()
	}
}

// Keys lets a dialog have its keys when nothing in it has the keyboard; all other
// keys are the window's own.
func Keys(c fyne.Canvas, own func(*fyne.KeyEvent)) {
	c.SetOnTypedKey(func(key *fyne.KeyEvent) {
		Touch()
		switch d := dialogOver(c); {
		case d != nil:
			d.typed(key)
		case c.Overlays().Top() == nil:
			own(key)
		}
	})
}

// dialogSheet is what a dialog shows, and how the dialog is found again.
type dialogSheet struct {
	widget.BaseWidget
	dialog  *Dialog
	content fyne.CanvasObject
}

// Cursor is the arrow; being asked for it tells that the mouse moves over the dialog.
func (s *dialogSheet) Cursor() desktop.Cursor {
	Touch()
	return desktop.DefaultCursor
}

// CreateRenderer shows the content.
func (s *dialogSheet) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(s.content)
}

// newDialog builds a dialog; its buttons stand at the right. Which of them the keys
// push is for the caller to say.
func newDialog(win fyne.Window, icon fyne.Resource, heading string, body fyne.CanvasObject, buttons ...*PushButton) *Dialog {
	title := Section(heading)
	title.Wrap = true
	head := fyne.CanvasObject(title)
	if icon != nil {
		mark := canvas.NewImageFromResource(icon)
		mark.SetMinSize(fyne.NewSquareSize(sizeOf(theme.SizeSection) * 1.4))
		head = Border(nil, nil, container.NewVBox(mark), nil, InsetXY(theme.SizeTight, theme.SizeNone, title))
	}
	foot := HStack(theme.SizeGap, Spring())
	for _, b := range buttons {
		foot.Add(b)
	}
	s := &dialogSheet{content: container.New(dialogWidth{}, Inset(theme.SizeGroup, VStack(theme.SizeGroup, head, body, foot)))}
	s.ExtendBaseWidget(s)
	s.dialog = &Dialog{win: win, popup: widget.NewModalPopUp(s, win.Canvas())}
	return s.dialog
}

// dialogWidth keeps dialogs at the width of a sentence people can read.
type dialogWidth struct{}

func (dialogWidth) MinSize(o []fyne.CanvasObject) fyne.Size {
	width := sizeOf(theme.SizeMeasure)
	m := o[0].MinSize()
	if m.Width < width && o[0].Size().Width != width {
		o[0].Resize(fyne.NewSize(width, m.Height))
		m = o[0].MinSize()
	}
	return fyne.NewSize(max(m.Width, width), m.Height)
}

func (dialogWidth) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}

// Confirmation says what is about to be lost and asks. Only for what undo cannot
// bring back.
type Confirmation struct {
	Heading string // the question
	Loss    string // what will be lost, by name
	Do      string // the button that does it
	Keep    string // the safe button, which has the keyboard
}

// Confirm asks and calls yes when the person wants it done.
func Confirm(win fyne.Window, c Confirmation, yes func()) *Dialog {
	var d *Dialog
	keep := Button(c.Keep, "", func() { d.Hide() })
	do := Button(c.Do, "", func() { d.Hide(); yes() })
	do.Importance = widget.DangerImportance
	d = newDialog(win, Attention.icon(), c.Heading, Paragraph(c.Loss), do, keep)
	d.first, d.escape, d.enter = keep, keep, keep
	d.Show()
	return d
}

// ShowError says an error in the words made for it.
func ShowError(win fyne.Window, heading string, err error) *Dialog {
	return ShowSentence(win, Wrong, heading, Sentence(err))
}

// ShowSentence says one thing and waits until it was read.
func ShowSentence(win fyne.Window, s State, heading, sentence string) *Dialog {
	return ShowBody(win, s, heading, Paragraph(sentence))
}

// ShowBody shows anything under a heading with one button to close it.
func ShowBody(win fyne.Window, s State, heading string, body fyne.CanvasObject) *Dialog {
	var d *Dialog
	ok := Primary(T("Đóng"), "", func() { d.Hide() })
	icon := s.icon()
	if s == Plain {
		icon = nil
	}
	d = newDialog(win, icon, heading, body, ok)
	d.first, d.escape, d.enter = ok, ok, ok
	d.Show()
	return d
}

// ProgressDialog shows how far long work is, and can cancel it.
type ProgressDialog struct {
	*Dialog
	bar   *widget.ProgressBar
	state *Text
}

// RunWithProgress does long work behind a dialog with a cancel button. Work
// reports with the function it gets, from any goroutine; done runs at the end,
// with context.Canceled when it was cancelled.
func RunWithProgress[R any](r *Runner, win fyne.Window, heading string,
	work func(ctx context.Context, report func(done, total int64)) (R, error), done func(R, error)) *ProgressDialog {
	ctx, cancel := context.WithCancel(context.Background())
	p := &ProgressDialog{bar: widget.NewProgressBar(), state: Caption("")}
	p.bar.TextFormatter = func() string { return "" }
	stop := Button(T("Dừng"), "", cancel)
	p.Dialog = newDialog(win, nil, heading, VStack(theme.SizeGap, p.bar, p.state), stop)
	p.first, p.escape = stop, stop
	p.Show()
	r.start(func() {
		got, err := work(ctx, func(n, total int64) { r.post(func() { p.set(n, total) }) })
		r.post(func() { cancel(); p.Hide(); done(got, err) })
	})
	return p
}

// set shows how far it is; a total of 0 is one that nobody knows yet.
func (p *ProgressDialog) set(done, total int64) {
	if total == 0 {
		p.state.SetText(T("đã xong {{.Done}}", map[string]any{"Done": Number(done)}))
		return
	}
	p.bar.SetValue(float64(done) / float64(total))
	p.state.SetText(T("{{.Done}} trên {{.Total}}", map[string]any{"Done": Number(done), "Total": Number(total)}))
}
