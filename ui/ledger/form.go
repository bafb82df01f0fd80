package ledger

import (
	"errors"
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Form is one row on one page. It is built field by field, in the order of thought,
// which is the order of Tab; it shows a row, gives one back and shows what is wrong
// with it. It stores nothing.
type Form struct {
	widget.BaseWidget

	// OnChanged tells every change a person makes, letter by letter.
	OnChanged func()
	// OnLeft tells that a field was left, with the row as the form says it by then;
	// a form may show more where that is wanted.
	OnLeft func(record.Noun)

	runner  *kit.Runner
	office  Office
	fields  kit.Fields
	inputs  []*input
	grids   []gridAt
	base    record.Noun
	showing bool

	first   []fyne.CanvasObject
	rest    []fyne.CanvasObject
	problem *kit.Note
	more    *fyne.Container
	foot    *fyne.Container
	toggle  *kit.PushButton
	scroll  *kit.FormScroll
}

// input is one field of the form: how a value gets into it and out of it, and what
// of it a draft remembers.
type input struct {
	path    string
	show    func(value any)
	read    func() (any, error)
	draft   func() string
	restore func(string)
	focus   fyne.CanvasObject
	more    bool // it stands under "Thêm"
}

// NewForm makes an empty form for rows like base; build adds its fields.
func NewForm(r *kit.Runner, office Office, base record.Noun, build func(f *Form)) *Form {
	f := &Form{runner: r, office: office, base: base, problem: kit.NewNote(kit.Wrong, "")}
	f.problem.Hide()
	build(f)
	f.lay()
	f.ExtendBaseWidget(f)
	return f
}

// Add puts fields on the page, those before More in sight at once.
func (f *Form) Add(o ...fyne.CanvasObject) {
	if f.more != nil {
		f.rest = append(f.rest, o...)
		return
	}
	f.first = append(f.first, o...)
}

// More puts the fields that are added from now on under one quiet button.
func (f *Form) More() { f.more = kit.VStack(theme.SizeGap) }

func (f *Form) lay() {
	all := kit.VStack(theme.SizeGroup, f.problem, kit.VStack(theme.SizeGap, f.first...))
	if f.more != nil {
		f.more.Objects = f.rest
		f.more.Hide()
		f.toggle = kit.Quiet(kit.T("Thêm"), fynetheme.IconNameMoreVertical, func() { f.openMore(!f.more.Visible()) })
		f.toggle.Alignment = widget.ButtonAlignLeading
		all.Add(container.NewHBox(f.toggle))
		all.Add(f.more)
	}
	f.foot = kit.VStack(theme.SizeGroup)
	all.Add(f.foot)
	f.scroll = kit.NewFormScroll(f.runner, all)
}

// Foot puts something below all fields.
func (f *Form) Foot(o fyne.CanvasObject) { f.foot.Add(o) }

func (f *Form) openMore(open bool) {
	if f.more == nil {
		return
	}
	f.more.Hidden = !open
	f.toggle.SetText(kit.T("Thêm"))
	if open {
		f.toggle.SetText(kit.T("Bớt"))
	}
	f.scroll.Refresh()
	f.Refresh()
}

// Edit shows a row.
func (f *Form) Edit(n record.Noun) {
	f.showing = true
	defer func() { f.showing = false }()
	f.base = n
	for _, in := range f.inputs {
		in.show(record.Get(n, in.path))
	}
	f.fields.Clear()
	f.problem.Hide()
	f.openMore(false)
	f.scroll.ToTop()
}

// Value reads the fields over the row that was shown. What cannot be read or breaks
// a rule of the noun comes back as record.Problems.
func (f *Form) Value() (record.Noun, error) {
	p := reflect.New(reflect.TypeOf(f.base))
	p.Elem().Set(reflect.ValueOf(f.base))
	var problems record.Problems
	for _, in := range f.inputs {
		v, err := in.read()
		if err != nil {
			problems = append(problems, about(in.path, err))
			continue
		}
		record.Put(p.Interface(), in.path, v)
	}
	n := p.Elem().Interface().(record.Noun)
	var more record.Problems
	if errors.As(n.Validate(), &more) {
		for _, r := range more {
			if !slices.ContainsFunc(problems, func(have *record.Refusal) bool { return have.Field == r.Field }) {
				problems = append(problems, r)
			}
		}
	}
	if len(problems) > 0 {
		return n, problems
	}
	return n, nil
}

// about says of a field what an error says.
func about(path string, err error) *record.Refusal {
	var r *record.Refusal
	if !errors.As(err, &r) {
		r = record.Refuse(record.ErrInvalid, record.SentenceOf(err, "vi"), record.SentenceOf(err, "en")).Because(err)
	}
	said := *r
	said.Field = path
	return &said
}

// ShowProblem shows an error under the fields it names, the rest of it above the
// form, and puts the keyboard on the first field; nil takes all of it away.
func (f *Form) ShowProblem(err error) {
	var problems record.Problems
	if errors.As(err, &problems) && slices.ContainsFunc(problems, f.underMore) {
		f.openMore(true)
	}
	rest := f.fields.Show(err)
	f.problem.SetText(rest)
	f.problem.Hidden = rest == ""
	f.Refresh()
}

func (f *Form) underMore(r *record.Refusal) bool {
	return slices.ContainsFunc(f.inputs, func(in *input) bool { return in.path == r.Field && in.more })
}

// Field is the field of a path.
func (f *Form) Field(path string) *kit.Field { return f.fields.Field(path) }

// FocusTarget is the first field.
func (f *Form) FocusTarget() fyne.Focusable {
	if holder, ok := f.inputs[0].focus.(interface{ FocusTarget() fyne.Focusable }); ok {
		return holder.FocusTarget()
	}
	return f.inputs[0].focus.(fyne.Focusable)
}

// goTo puts the keyboard into the field of a path, in sight or not.
func (f *Form) goTo(c fyne.Canvas, path string) {
	for _, in := range f.inputs {
		if in.path == path {
			f.openMore(in.more || f.more != nil && f.more.Visible())
			kit.FocusIn(c, in.focus)
			f.scroll.FollowFocus()
		}
	}
}

// Holds reports whether the form shows just this row.
func (f *Form) Holds(n record.Noun) bool {
	shown, err := f.Value()
	return err == nil && len(record.Changed(n, shown)) == 0
}

// Commit takes what is being typed in the cells of tables.
func (f *Form) Commit() {
	for _, at := range f.grids {
		at.grid.Commit()
	}
}

// Typing reports whether somebody is in the middle of a cell, or of choosing: then what
// stands in the form is older than what they type.
func (f *Form) Typing() bool {
	if _, err := f.Value(); err != nil {
		return true
	}
	for _, at := range f.grids {
		if _, editing := at.grid.Editing(); editing {
			return true
		}
	}
	return false
}

// Touch tells that the person changed something beside the fields.
func (f *Form) Touch() { f.changed() }

func (f *Form) changed() {
	if f.showing {
		return
	}
	f.fields.Mend(func() error { _, err := f.Value(); return err })
	if f.OnChanged != nil {
		f.OnChanged()
	}
}

// left says at once what is wrong with the field just left.
func (f *Form) left(path string) {
	n, err := f.Value()
	sentence := ""
	var problems record.Problems
	if errors.As(err, &problems) {
		sentence = problems.For(path, kit.Language())
	}
	f.fields.Field(path).SetProblem(sentence)
	f.scroll.FollowFocus()
	if f.OnLeft != nil {
		f.OnLeft(n)
	}
}

// add makes a field of an input under the words of record, or others.
func (f *Form) add(in *input, label string, o fyne.CanvasObject) *kit.Field {
	if label == "" {
		label = labelOf(f.base, in.path)
	}
	in.focus, in.more = o, f.more != nil
	f.inputs = append(f.inputs, in)
	return f.fields.Add(in.path, label, o)
}

// labelOf is what record calls a field.
func labelOf(n record.Noun, path string) string {
	for i := range path {
		if path[i] == '.' {
			path = path[:i]
			break
		}
	}
	field, ok := record.DescribeOf(n).Field(path)
	if !ok {
		panic("ledger: no field " + path)
	}
	return kit.In(field.Words)
}

// CreateRenderer shows the page.
func (f *Form) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.scroll) }

// Base is the row that was typed over.
func (f *Form) Base() record.Noun { return f.base }

// Rebase says which row the fields are typed over from now on.
func (f *Form) Rebase(n record.Noun) { f.base = n }
