package kit

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// Choice is one thing a picker offers. Key is what is stored, Detail tells
// namesakes apart.
type Choice struct{ Key, Text, Detail string }

// Find answers what was typed so far; "" asks for what is offered before typing.
type Find func(ctx context.Context, query string) ([]Choice, error)

// offered is how many choices stand under a picker at once.
const offered = 6

// Picker is a field that finds as people type, with or without marks: arrows
// move, Enter or a click chooses, Escape puts back what was chosen before.
// Leaving it with a text that was not chosen leaves nothing chosen.
type Picker struct {
	widget.BaseWidget

	// OnChosen is told of every choice a person makes; the zero Choice when the
	// text is changed and nothing is chosen any more.
	OnChosen func(Choice)
	// Skips tells of a text that it is no name to find, such as what a reader types of
	// a card; nil: every text is.
	Skips func(text string) bool
	// OnEscape is told of Escape when no choices are offered; nil: nobody is.
	OnEscape func()

	entry   *pickerEntry
	list    *fyne.Container
	asks    *Latest
	find    Find
	chosen  Choice
	marked  int
	setting bool
}

// NewPicker makes a picker over what find offers.
func NewPicker(r *Runner, find Find) *Picker {
	p := &Picker{asks: NewLatest(r), find: find, list: VStack(theme.SizeTight)}
	p.entry = &pickerEntry{picker: p}
	p.entry.Wrapping = fyne.TextWrapOff
	p.entry.extend(p.entry)
	p.entry.OnChanged = p.typed
	p.list.Hide()
	p.ExtendBaseWidget(p)
	return p
}

// SetFind changes where choices come from.
func (p *Picker) SetFind(find Find) { p.find = find }

// SetPlaceHolder says in grey what may be typed.
func (p *Picker) SetPlaceHolder(text string) { p.entry.SetPlaceHolder(text) }

// Chosen is what is chosen; the zero Choice when nothing is.
func (p *Picker) Chosen() Choice { return p.chosen }

// Text is what stands in the field, chosen or not.
func (p *Picker) Text() string { return p.entry.Text }

// Entry is the field people type in.
func (p *Picker) Entry() *Entry { return &p.entry.Entry }

// SetChosen shows a choice made elsewhere, such as a stored one.
func (p *Picker) SetChosen(c Choice) {
	p.chosen = c
	p.setting = true
	p.entry.SetText(c.Text)
	p.setting = false
	p.close()
}

// FocusTarget is where the keyboard goes.
func (p *Picker) FocusTarget() fyne.Focusable { return p.entry }

// CreateRenderer puts the choices under the field.
func (p *Picker) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(VStack(theme.SizeTight, p.entry, p.list))
}

func (p *Picker) typed(text string) {
	if p.setting {
		return
	}
	if p.chosen != (Choice{}) {
		p.chosen = Choice{}
		p.tell()
	}
	if p.Skips != nil && p.Skips(text) {
		p.close()
		return
	}
	p.ask(text)
}

func (p *Picker) ask(text string) {
	find := p.find
	Ask(p.asks, func(ctx context.Context) ([]Choice, error) { return find(ctx, text) }, p.offer)
}

func (p *Picker) offer(choices []Choice, err error) {
	p.list.RemoveAll()
	p.marked = 0
	switch {
	case err != nil:
		p.list.Add(NewNote(Wrong, Sentence(err)))
	case len(choices) == 0 && p.entry.Text != "":
		p.list.Add(NewNote(Plain, T("Không tìm thấy. Hãy gõ một phần tên khác; không cần gõ dấu.")))
	}
	for i, c := range choices[:min(len(choices), offered)] {
		p.list.Add(newChoiceRow(p, c, i == 0))
	}
	SetVisible(p.list, len(p.list.Objects) > 0)
	p.Refresh()
}

func (p *Picker) rows() []*choiceRow {
	var out []*choiceRow
	if p.list.Visible() {
		for _, o := range p.list.Objects {
			if row, ok := o.(*choiceRow); ok {
				out = append(out, row)
			}
		}
	}
	return out
}

func (p *Picker) move(step int) {
	rows := p.rows()
	if len(rows) == 0 {
		p.ask(p.entry.Text)
		return
	}
	rows[p.marked].setMarked(false)
	p.marked = (p.marked + step + len(rows)) % len(rows)
	rows[p.marked].setMarked(true)
}

// choose takes the marked choice and reports whether there was one.
func (p *Picker) chooseMarked() bool {
	rows := p.rows()
	if len(rows) == 0 {
		return false
	}
	p.choose(rows[p.marked].choice)
	return true
}

func (p *Picker) choose(c Choice) {
	p.SetChosen(c)
	p.entry.CursorColumn = len([]rune(c.Text))
	p.tell()
}

func (p *Picker) tell() {
	if p.OnChosen != nil {
		p.OnChosen(p.chosen)
	}
}

func (p *Picker) close() {
	p.asks.Drop()
	if p.list.Visible() {
		p.list.Hide()
		p.Refresh()
	}
}

// pickerEntry is the entry of a picker: four keys move in its list.
type pickerEntry struct {
	Entry
	picker *Picker
}

// TypedKey moves, chooses and closes; all else is typing.
func (e *pickerEntry) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyDown:
		e.picker.move(1)
	case fyne.KeyUp:
		e.picker.move(-1)
	case fyne.KeyEscape:
		if !e.picker.list.Visible() {
			e.Entry.TypedKey(key)
			if e.picker.OnEscape != nil {
				e.picker.OnEscape()
			}
		}
		e.picker.close()
	case fyne.KeyReturn, fyne.KeyEnter:
		if !e.picker.chooseMarked() {
			e.Entry.TypedKey(key)
		}
	default:
		e.Entry.TypedKey(key)
	}
}

// FocusGained offers what was used last when nothing is there yet; else what is there
// is marked, so that typing puts something else in its place.
func (e *pickerEntry) FocusGained() {
	e.Entry.FocusGained()
	switch {
	case e.Disabled():
	case e.Text == "":
		e.picker.ask("")
	default:
		e.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// FocusLost closes the list.
func (e *pickerEntry) FocusLost() {
	e.Entry.FocusLost()
	e.picker.close()
}

// choiceRow is one offered choice.
type choiceRow struct {
	Row
	picker *Picker
	choice Choice
}

func newChoiceRow(p *Picker, c Choice, marked bool) *choiceRow {
	r := &choiceRow{picker: p, choice: c}
	detail := Caption(c.Detail)
	detail.Align = fyne.TextAlignTrailing
	r.content = newSplitLine(Line(c.Text), detail)
	r.marked = marked
	r.OnTapped = func() { p.choose(c) }
	r.ExtendBaseWidget(r)
	return r
}

// MouseDown chooses at once: at the release the field has lost the keyboard and
// the list is gone.
func (r *choiceRow) MouseDown(*desktop.MouseEvent) { r.picker.choose(r.choice) }

// MouseUp is there because MouseDown is.
func (r *choiceRow) MouseUp(*desktop.MouseEvent) {}
