package kit

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/theme"
)

// Field is an input with its label above it and, when something is wrong, a
// sentence under it.
type Field struct {
	widget.BaseWidget

	label   *Text
	input   fyne.CanvasObject
	problem *Note
	warning *Note
	hint    *Text
}

// NewField puts a label above an input.
func NewField(label string, input fyne.CanvasObject) *Field {
	f := &Field{label: Caption(label), input: input, problem: NewNote(Wrong, ""), warning: NewNote(Attention, ""), hint: Caption("")}
	f.problem.Hide()
	f.warning.Hide()
	f.hint.Hide()
	f.hint.Wrap = true
	f.ExtendBaseWidget(f)
	if u, ok := input.(understander); ok {
		u.onUnderstood(func(sentence string) { f.Hint(sentence) })
	}
	return f
}

// understander is an input that says, once it was left, how it was understood.
type understander interface{ onUnderstood(func(sentence string)) }

// HintText is the quiet sentence under the input, seen or not.
func (f *Field) HintText() string { return f.hint.Text }

// Hint shows a quiet sentence under the input; it gives way to a problem.
func (f *Field) Hint(sentence string) *Field {
	f.hint.SetText(sentence)
	f.show()
	return f
}

// Label is the words above the input.
func (f *Field) Label() string { return f.label.Text }

// SetProblem shows what is wrong, or nothing for "". It leaves the input alone.
func (f *Field) SetProblem(sentence string) {
	if sentence == f.problem.Text() {
		return
	}
	f.problem.SetText(sentence)
	f.show()
}

// SetWarning shows what looks wrong and may be right, or nothing for "". It gives way
// to a problem.
func (f *Field) SetWarning(sentence string) {
	if sentence == f.warning.Text() {
		return
	}
	f.warning.SetText(sentence)
	f.show()
}

// Warning is what looks wrong, seen or not.
func (f *Field) Warning() string { return f.warning.Text() }

// Problem is the sentence under the input.
func (f *Field) Problem() string { return f.problem.Text() }

// Input is what stands under the label.
func (f *Field) Input() fyne.CanvasObject { return f.input }

// Focus puts the cursor into the input, where the window can do that.
func (f *Field) Focus() { FocusOn(f.input) }

func (f *Field) show() {
	SetVisible(f.problem, f.problem.Text() != "")
	SetVisible(f.warning, f.warning.Text() != "" && f.problem.Text() == "")
	SetVisible(f.hint, f.hint.Text != "" && f.problem.Text() == "")
	f.Refresh()
}

// CreateRenderer lays label, input and sentence under each other.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(VStack(theme.SizeTight, f.label, f.input, f.problem, f.warning, f.hint))
}

// FocusOn moves the keyboard to an object, or to the first thing in it that takes keys.
func FocusOn(o fyne.CanvasObject) {
	target := focusable(o)
	if target == nil || fyne.CurrentApp() == nil {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(target.(fyne.CanvasObject)); c != nil {
		c.Focus(target)
	}
}

// FocusIn is FocusOn in a window that may not have drawn the object yet. It reports
// whether something there takes keys.
func FocusIn(c fyne.Canvas, o fyne.CanvasObject) bool {
	target := focusable(o)
	if target != nil {
		c.Focus(target)
	}
	return target != nil
}

func focusable(o fyne.CanvasObject) fyne.Focusable {
	if o == nil || !o.Visible() {
		return nil
	}
	if holder, ok := o.(interface{ FocusTarget() fyne.Focusable }); ok {
		return able(holder.FocusTarget())
	}
	if f, ok := o.(*Field); ok {
		return focusable(f.input)
	}
	if f, ok := o.(fyne.Focusable); ok {
		return able(f)
	}
	if c, ok := o.(*fyne.Container); ok {
		for _, child := range c.Objects {
			if f := focusable(child); f != nil {
				return f
			}
		}
	}
	return nil
}

// able is what can take the keyboard, or nil where it is switched off.
func able(f fyne.Focusable) fyne.Focusable {
	if d, can := f.(fyne.Disableable); can && d.Disabled() {
		return nil
	}
	return f
}

// SetVisible shows or hides, and does nothing where it stands so already.
func SetVisible(o fyne.CanvasObject, visible bool) {
	if visible == o.Visible() {
		return
	}
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// Fields are the fields of a form by the names record gives them, in the order
// of the form.
type Fields struct {
	names  []string
	byName map[string]*Field
}

// Add makes a field for a name of record and keeps it. Several names may lead to
// one field: give the others to Also.
func (fs *Fields) Add(name, label string, input fyne.CanvasObject) *Field {
	f := NewField(label, input)
	fs.Also(name, f)
	return f
}

// Also lets another name of record lead to a field.
func (fs *Fields) Also(name string, f *Field) {
	if fs.byName == nil {
		fs.byName = map[string]*Field{}
	}
	fs.names = append(fs.names, name)
	fs.byName[name] = f
}

// Names are the names of record that lead to a field, in the order of the form.
func (fs *Fields) Names() []string { return fs.names }

// Field finds a field by its name in record.
func (fs *Fields) Field(name string) *Field { return fs.byName[name] }

// Warn puts each warning under its field, the first where there are several, and
// takes all others away. Hints and fields it does not know are left to the form.
func (fs *Fields) Warn(warnings []record.Warning) {
	said := map[*Field]string{}
	for _, w := range warnings {
		if f := fs.byName[w.Field]; f != nil && !w.Hint && said[f] == "" {
			said[f] = In(w.Words)
		}
	}
	for _, f := range fs.byName {
		f.SetWarning(said[f])
	}
}

// Clear takes all problems away.
func (fs *Fields) Clear() {
	for _, f := range fs.byName {
		f.SetProblem("")
	}
}

// Mend takes away each problem that is true no more: read says what is wrong with what
// stands in the form now. It says nothing new, for a person may be typing, and reads
// only where a problem is shown.
func (fs *Fields) Mend(read func() error) {
	var shown []*Field
	for _, f := range fs.byName {
		if f.Problem() != "" {
			shown = append(shown, f)
		}
	}
	if len(shown) == 0 {
		return
	}
	still := map[*Field]bool{}
	for _, r := range refusals(read()) {
		if f := fs.byName[r.Field]; f != nil && f.Problem() == In(r.Words) {
			still[f] = true
		}
	}
	for _, f := range shown {
		if !still[f] {
			f.SetProblem("")
		}
	}
}

// Show puts each problem of an error under its field, moves the keyboard to the
// first and returns the sentence no field could show, "" when all were shown. A
// nil error clears.
func (fs *Fields) Show(err error) string {
	unplaced := fs.Place(err)
	for _, name := range fs.names {
		if fs.byName[name].Problem() != "" {
			fs.byName[name].Focus()
			break
		}
	}
	return unplaced
}

// Place is Show without moving the keyboard: for a save made on leaving a field,
// when the person is already in the next.
func (fs *Fields) Place(err error) (unplaced string) {
	fs.Clear()
	if err == nil {
		return ""
	}
	for _, r := range refusals(err) {
		f, known := fs.byName[r.Field]
		switch {
		case known && f.Problem() == "":
			f.SetProblem(In(r.Words))
		case !known && unplaced == "":
			unplaced = In(r.Words)
		}
	}
	if len(refusals(err)) == 0 {
		return Sentence(err)
	}
	notice(err)
	return unplaced
}

func refusals(err error) []*record.Refusal {
	if p := record.Problems(nil); errors.As(err, &p) {
		return p
	}
	if r := (*record.Refusal)(nil); errors.As(err, &r) {
		return []*record.Refusal{r}
	}
	return nil
}
