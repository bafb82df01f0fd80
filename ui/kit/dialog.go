package kit

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// Dialog is a sheet over the window with a heading, a body and its buttons.
type Dialog struct {
	win   fyne.Window
	popup *widget.PopUp
	safe  fyne.Focusable
}

// Show opens the dialog and puts the keyboard on the safe button.
func (d *Dialog) Show() {
	d.popup.Show()
	if d.safe != nil {
		d.win.Canvas().Focus(d.safe)
	}
}

// Hide closes the dialog.
func (d *Dialog) Hide() { d.popup.Hide() }

// newDialog builds a dialog; buttons stand at the right, the safe one has focus.
func newDialog(win fyne.Window, icon fyne.Resource, heading string, body fyne.CanvasObject, safe fyne.Focusable, buttons ...fyne.CanvasObject) *Dialog {
	title := Section(heading)
	title.Wrap = true
	head := fyne.CanvasObject(title)
	if icon != nil {
		mark := canvas.NewImageFromResource(icon)
		mark.SetMinSize(fyne.NewSquareSize(sizeOf(theme.SizeSection) * 1.4))
		head = container.NewBorder(nil, nil, container.NewVBox(mark), nil, InsetXY(theme.SizeTight, theme.SizeNone, title))
	}
	foot := HStack(theme.SizeGap, append([]fyne.CanvasObject{Spring()}, buttons...)...)
	content := container.New(dialogWidth{}, Inset(theme.SizeGroup, VStack(theme.SizeGroup, head, body, foot)))
	return &Dialog{win: win, safe: safe, popup: widget.NewModalPopUp(content, win.Canvas())}
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
	keep := widget.NewButton(c.Keep, func() { d.Hide() })
	do := widget.NewButton(c.Do, func() { d.Hide(); yes() })
	do.Importance = widget.DangerImportance
	d = newDialog(win, Attention.icon(), c.Heading, Paragraph(c.Loss), keep, do, keep)
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
	ok := widget.NewButton(T("Đóng"), func() { d.Hide() })
	ok.Importance = widget.HighImportance
	icon := s.icon()
	if s == Plain {
		icon = nil
	}
	d = newDialog(win, icon, heading, body, ok, ok)
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
	stop := widget.NewButton(T("Dừng"), cancel)
	p.Dialog = newDialog(win, nil, heading, VStack(theme.SizeGap, p.bar, p.state), stop, stop)
	p.Show()
	r.start(func() {
		got, err := work(ctx, func(n, total int64) { r.post(func() { p.set(n, total) }) })
		r.post(func() { cancel(); p.Hide(); done(got, err) })
	})
	return p
}

func (p *ProgressDialog) set(done, total int64) {
	if total > 0 {
		p.bar.SetValue(float64(done) / float64(total))
	}
	p.state.SetText(T("{{.Done}} trên {{.Total}}", map[string]any{"Done": Number(done), "Total": Number(total)}))
}
