package kit

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// Choice is one thing a picker offers. Key is what is stored, Detail tells
// namesakes apart.
type Choice struct{ Key, Text, Detail string }

// Find answers what was typed so far; "" asks for what is offered before typing.
type Find func(ctx context.Context, query string) ([]Choice, error)

// offered is how many choices stand under a picker at once, where they fit; the arrows
// go on to the others.
const offered = 6

// leastOffered stand there however little room is left.
const leastOffered = 2

// Picker is a field that finds as people type, with or without marks: arrows
// move, Enter or a click chooses, Escape puts back what was chosen before.
// Leaving it with a text that was not chosen leaves nothing chosen.
//
// In a form on a page of its own (see FormScroll) the choices lie over the fields
// below, or above where there is more room, and nothing moves. They are part of the
// page and no overlay of the window: those take the keyboard, and an input method that
// sends letters and backspaces must find the field it is in. Elsewhere they stand under
// the field.
type Picker struct {
	widget.BaseWidget

	// OnChosen is told of every choice a person makes; the zero Choice when the
	// text is changed and nothing is chosen any more.
	OnChosen func(Choice)
	// OnTyped is told of every letter by which nothing is chosen yet; nil: nobody is.
	OnTyped func()
	// Skips tells of a text that it is no name to find, such as what a reader types of
	// a card; nil: every text is.
	Skips func(text string) bool
	// OnEscape is told of Escape when no choices are offered; nil: nobody is.
	OnEscape func()

	entry   *pickerEntry
	list    *fyne.Container
	place   *fyne.Container // of the list, when it stands under the field
	page    *FormScroll     // over which the list lies; nil: it stands under the field
	asks    *Latest
	find    Find
	taken   func(key string) bool // what is not offered any more; nil: nothing
	chosen  Choice
	choices []Choice // what is offered
	first   int      // the first of them in sight
	room    int      // how many are in sight
	marked  int      // of choices
	setting bool
}

// NewPicker makes a picker over what find offers.
func NewPicker(r *Runner, find Find) *Picker {
	p := &Picker{asks: NewLatest(r), find: find, list: VStack(theme.SizeNone)}
	p.place = container.NewStack(p.list)
	p.place.Hide()
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

// Draft is what a draft keeps of the field: the choice, or with an empty key the text
// that was typed and chose nothing yet.
func (p *Picker) Draft() Choice {
	if p.chosen == (Choice{}) {
		return Choice{Text: p.entry.Text}
	}
	return p.chosen
}

// Restore shows what a draft kept.
func (p *Picker) Restore(c Choice) {
	p.SetChosen(c)
	if c.Key == "" {
		p.chosen = Choice{}
	}
}

// FocusTarget is where the keyboard goes.
func (p *Picker) FocusTarget() fyne.Focusable { return p.entry }

// CreateRenderer puts the choices under the field, unless they lie over a page.
func (p *Picker) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(VStack(theme.SizeTight, p.entry, p.place))
}

func (p *Picker) typed(text string) {
	if p.setting {
		return
	}
	switch {
	case p.chosen != (Choice{}):
		p.chosen = Choice{}
		p.tell()
	case p.OnTyped != nil:
		p.OnTyped()
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
	found := len(choices)
	if p.taken != nil {
		choices = slices.DeleteFunc(slices.Clone(choices), func(c Choice) bool { return p.taken(c.Key) })
	}
	p.choices, p.first, p.marked = choices, 0, 0
	var note *Note
	switch {
	case err != nil:
		p.choices, note = nil, NewNote(Wrong, Sentence(err))
	case len(choices) > 0 || p.entry.Text == "":
	case found > 0:
		note = NewNote(Plain, T("Đã chọn rồi."))
	default:
		note = NewNote(Plain, T("Không tìm thấy. Hãy gõ một phần tên khác; không cần gõ dấu."))
	}
	p.list.RemoveAll()
	if note != nil {
		p.list.Add(note)
	}
	if note == nil && len(p.choices) == 0 {
		p.hideList()
		return
	}
	p.showList()
}

// showList shows the choices in sight, as many as there is room for.
func (p *Picker) showList() {
	p.list.Show()
	p.place.Hidden = p.page != nil
	p.room = min(offered, len(p.choices))
	p.fill()
	if p.page != nil {
		p.page.lay(p)
		return
	}
	if c := canvasOf(p.entry); c != nil {
		below := c.Size().Height - fyne.CurrentApp().Driver().AbsolutePositionForObject(p.entry).Y - p.entry.Size().Height
		p.fit(below, p.entry.Size().Width)
	}
	p.Refresh()
}

// fill puts rows for the choices in sight into the list.
func (p *Picker) fill() {
	if len(p.choices) == 0 {
		return
	}
	p.list.RemoveAll()
	for i := p.first; i < p.first+p.room; i++ {
		p.list.Add(newChoiceRow(p, p.choices[i], i == p.marked))
	}
	if p.room < len(p.choices) {
		more := Caption(T("{{.N}} dòng, mũi tên xem tiếp", map[string]any{"N": Number(int64(len(p.choices)))}))
		more.Align = fyne.TextAlignTrailing
		p.list.Add(InsetXY(theme.SizeGap, theme.SizeNone, more))
	}
}

// fit leaves out choices until the list is no higher than there is room, and says how
// high it is.
func (p *Picker) fit(room, width float32) float32 {
	for {
		high := fitHeight(p.list, width)
		if high <= room || p.room <= leastOffered {
			return high
		}
		p.room--
		p.fill()
	}
}

func (p *Picker) move(step int) {
	if !p.list.Visible() || len(p.choices) == 0 {
		p.ask(p.entry.Text)
		return
	}
	p.marked = (p.marked + step + len(p.choices)) % len(p.choices)
	before := p.first
	p.first = min(p.first, p.marked)
	p.first = max(p.first, p.marked-p.room+1)
	if p.first != before {
		p.showList()
		return
	}
	for i := range p.room {
		p.list.Objects[i].(*choiceRow).setMarked(p.first+i == p.marked)
	}
}

// chooseMarked takes the marked choice and reports whether there was one.
func (p *Picker) chooseMarked() bool {
	if !p.list.Visible() || len(p.choices) == 0 {
		return false
	}
	p.choose(p.choices[p.marked])
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
	p.hideList()
}

func (p *Picker) hideList() {
	if !p.list.Visible() {
		return
	}
	p.list.Hide()
	p.place.Hide()
	if p.page != nil {
		p.page.lift(p)
		return
	}
	p.Refresh()
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

// FocusGained offers what was used last when nothing is there yet.
func (e *pickerEntry) FocusGained() {
	e.Entry.FocusGained()
	if e.Text == "" && !e.Disabled() {
		e.picker.ask("")
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
	detail.Wrap = true
	r.content = container.New(&choiceLine{}, Paragraph(c.Text), detail)
	r.marked = marked
	r.OnTapped = func() { p.choose(c) }
	r.ExtendBaseWidget(r)
	return r
}

// choiceLine puts what a choice is called and what tells it from its namesakes beside
// each other where both fit, else under each other: neither is ever cut.
type choiceLine struct{ width float32 }

func (l *choiceLine) beside(o []fyne.CanvasObject) (text, detail float32, fits bool) {
	text, detail = wholeWidth(o[0].(*Text)), wholeWidth(o[1].(*Text))
	return text, detail, text+sizeOf(theme.SizeGap)+detail <= l.width
}

func wholeWidth(t *Text) float32 {
	if t.Text == "" {
		return 0
	}
	return fyne.MeasureText(t.Text, sizeOf(t.Scale), t.Style).Width + 1
}

func (l *choiceLine) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	if _, detail, fits := l.beside(o); fits || detail == 0 {
		return a
	}
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+sizeOf(theme.SizeTight))
}

func (l *choiceLine) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	text, detail, fits := l.beside(o)
	if fits || detail == 0 {
		left := size.Width
		if detail > 0 {
			left = text
		}
		h := fitHeight(o[0], left)
		o[0].Move(fyne.NewPos(0, (size.Height-h)/2))
		h = fitHeight(o[1], detail)
		o[1].Move(fyne.NewPos(size.Width-detail, (size.Height-h)/2))
		return
	}
	h := fitHeight(o[0], size.Width)
	top := max(0, (size.Height-h-fitHeight(o[1], size.Width))/2)
	o[0].Move(fyne.NewPos(0, top))
	o[1].Move(fyne.NewPos(0, top+h))
}

// MouseDown chooses at once: at the release the field has lost the keyboard and
// the list is gone.
func (r *choiceRow) MouseDown(*desktop.MouseEvent) { r.picker.choose(r.choice) }

// MouseUp is there because MouseDown is.
func (r *choiceRow) MouseUp(*desktop.MouseEvent) {}
