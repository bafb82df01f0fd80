package ledger

import (
	"context"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Spec is what only the noun knows of its register.
type Spec struct {
	Words   ListWords
	Begin   func() record.Noun // what a new row begins as; of the noun's type
	Build   func(f *Form)      // adds the form's fields
	Touches []string           // further nouns whose changes show here
	Help    string             // the page of the help, for a register that is an area
	Heading func(record.Noun) string
	Mark    func(row record.ListRow) kit.State
	// Tools are buttons for the row that is shown, or is being begun; asked anew
	// whenever another is.
	Tools func(n record.Noun) []fyne.CanvasObject
	// Beside stands under the heading and above the form, and is told of every row
	// that is shown; nil for nothing.
	Beside     fyne.CanvasObject
	OnShown    func(record.Noun)
	KeepsFiles bool // a row has evidence
}

// Screen is the register: its list, and the form of one row.
type Screen struct {
	widget.BaseWidget

	desk   kit.Desk
	office Office
	spec   Spec
	noun   string
	row    *Editing[record.Noun]

	list   *List
	form   *Form
	detail *detail
	files  *Evidence // nil: its rows keep none
	differ *Differences
	waits  *Waiting
	split  *container.Split
}

// New makes the register of a noun.
func New(desk kit.Desk, office Office, spec Spec) *Screen {
	begin := spec.Begin()
	s := &Screen{desk: desk, office: office, spec: spec, noun: begin.Ref().Noun}
	s.list = NewList(desk, office, office.Topics(), s.noun, spec.Words)
	s.list.OnOpen, s.list.OnTake, s.list.Mark = s.Open, s.take, spec.Mark
	s.list.OnNew = s.Create
	s.form = NewForm(desk.Runner, office, begin, spec.Build)
	s.row = s.newEditing()
	s.differ = NewDifferences(desk, office)
	s.differ.OnEdit = func(path string) { s.form.goTo(desk.Window.Canvas(), path) }
	s.form.OnChanged = s.row.Changed
	if files, ok := office.(EvidenceOffice); ok && spec.KeepsFiles {
		s.files = NewEvidence(desk, files)
		s.form.Foot(s.files)
	}
	s.detail = newDetail(s)
	s.waits = NewWaiting(desk, spec.Words.New)
	s.waits.OnOpen = func(l Leftover) { s.row.Resume(l, spec.Begin()) }
	s.row.Left.OnChanged = func() { s.waits.Tell(s.row.Left.Waiting(s.row.InSight)) }
	s.split = container.NewHSplit(s.waits.Over(s.list, s.list.table.Stay), s.detail)
	s.split.Offset = fyne.CurrentApp().Preferences().FloatWithFallback(s.splitKey(), 0.5)
	s.ExtendBaseWidget(s)
	return s
}

func (s *Screen) newEditing() *Editing[record.Noun] {
	ref := func(id record.ID) record.Ref { return record.Ref{Noun: s.noun, ID: id} }
	row := NewEditing(s.desk, s.noun, s.office, Keeper[record.Noun]{
		Read: func(ctx context.Context, id record.ID) (record.Noun, error) { return s.office.Record(ctx, ref(id)) },
		Save: s.office.SaveRecordFrom,
		Delete: func(ctx context.Context, id record.ID) (record.Change, error) {
			return s.office.DeleteRecord(ctx, ref(id))
		},
		Undo: s.office.Undo, Past: s.office.History,
	}, s.form, LeftoversOf{Prefixes: []string{Scopes(s.noun)}, Title: s.titleOf, Stored: s.storedTitle})
	row.On.Mark, row.On.Relist, row.On.Has = s.list.SetOpen, s.list.Reload, s.list.has
	row.Face.OnClear = s.list.clearFilter
	s.list.pages.OnFirst = func(page record.ListPage, err error) {
		s.list.show(page, err)
		row.Seek()
	}
	row.On.Shown = func(n record.Noun, _ bool) {
		s.detail.show(n)
		s.follow(n)
		if s.row.ID().IsZero() {
			s.enter(record.Place{})
		}
	}
	row.On.Enter = s.enter
	row.On.Reread = func(n record.Noun, anew bool) {
		if anew {
			s.detail.name(n)
			s.shown(n)
		}
	}
	row.On.Stored = func(n record.Noun, _ bool) {
		s.detail.name(n)
		s.follow(n)
	}
	row.On.Closed = func() { s.detail.hide() }
	return row
}

func (s *Screen) splitKey() string { return "ledger." + s.noun + ".split" }

// Noun is what the register keeps.
func (s *Screen) Noun() string { return s.noun }

// Turn grows each time another row is shown: an answer for an earlier one is late.
func (s *Screen) Turn() int { return s.row.Turn() }

// Form is the form of the row shown.
func (s *Screen) Form() *Form { return s.form }

// List is the list of rows.
func (s *Screen) List() *List { return s.list }

// Dropped takes files that were dropped on the window as evidence of the row shown.
func (s *Screen) Dropped(paths []string) {
	if s.files != nil && s.row.Stored() {
		s.files.Dropped(paths)
		return
	}
	if s.files == nil {
		s.desk.Say(kit.T("Sổ này không giữ tệp minh chứng."), nil)
		return
	}
	s.desk.Say(kit.T("Lưu dòng này trước, rồi thả ảnh, bản quét vào."), nil)
}

// follow shows what belongs to the row beside its form.
func (s *Screen) follow(n record.Noun) {
	s.differ.ShowOf(n.Ref())
	if s.files != nil {
		s.files.Hidden = n.Ref().ID.IsZero()
		s.files.ShowOf(n.Ref())
		s.form.Refresh()
	}
	s.shown(n)
}

func (s *Screen) shown(n record.Noun) {
	if s.spec.OnShown != nil {
		s.spec.OnShown(n)
	}
}

// Shows reports whether a change touches what is shown.
func (s *Screen) Shows(c record.Change) bool {
	if c.Touches(s.noun) || s.files != nil && c.Touches("evidence") {
		return true
	}
	for _, noun := range s.spec.Touches {
		if c.Touches(noun) {
			return true
		}
	}
	return false
}

// Reload reads the list again, and the row shown unless it is being edited.
func (s *Screen) Reload() {
	fyne.CurrentApp().Preferences().SetFloat(s.splitKey(), s.split.Offset)
	s.list.Reload()
	s.row.Reload()
	s.differ.Reload()
	if s.files != nil && s.row.Stored() {
		s.files.Reload()
	}
}

// Search narrows the list to a text.
func (s *Screen) Search(text string) { s.list.Search(text) }

// CreateRenderer shows the split.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.split) }

// Open shows a row, with its draft if there is one.
func (s *Screen) Open(id record.ID) { s.row.Open(id) }

// enter gives the keyboard to the form, at a place.
func (s *Screen) enter(at record.Place) {
	s.desk.Window.Canvas().Focus(s.form.FocusTarget())
	if at.Field != record.PlaceEvidence {
		s.form.goTo(s.desk.Window.Canvas(), at.Field)
	} else if s.files != nil {
		s.files.GoTo(at.File, s.form.scroll.FollowFocus)
	}
}

// Visit shows a row with the keyboard at a place in its form.
func (s *Screen) Visit(id record.ID, at record.Place) { s.row.Visit(id, at) }

// Create shows an empty form. What was begun before waits above the list.
func (s *Screen) Create() { s.row.Begin(s.spec.Begin()) }

// Begin shows a form with a new row that is filled in as far as it is known.
func (s *Screen) Begin(n record.Noun) { s.row.Begin(n) }

// Shown reports whether a row is shown, stored or new.
func (s *Screen) Shown() bool { return s.row.Shown() }

// Repeat begins a new row like the one shown.
func (s *Screen) Repeat() {
	if s.row.Stored() {
		n, _ := s.form.Value()
		s.row.Begin(WithID(n, record.ID{}))
	}
}

// WithID is a row under another id.
func WithID(n record.Noun, id record.ID) record.Noun {
	p := reflect.New(reflect.TypeOf(n))
	p.Elem().Set(reflect.ValueOf(n))
	p.Elem().FieldByName("ID").Set(reflect.ValueOf(id))
	return p.Elem().Interface().(record.Noun)
}

// Save stores the row in sight, if it keeps the rules.
func (s *Screen) Save() { s.row.Save() }

// SaveSaying stores the row in sight and says what that did, with the way back.
func (s *Screen) SaveSaying(words string) { s.row.SaveSaying(words) }

// Delete takes the row shown away; the line at the foot brings it back.
func (s *Screen) Delete() {
	if s.row.Stored() {
		s.take(s.row.ID())
	}
}

func (s *Screen) take(id record.ID) { s.row.Delete(id, "") }

// Forget drops what is being typed of the row shown, and shows what is stored: for what
// was stored by another way than Save.
func (s *Screen) Forget() { s.row.DropDraft() }

// ShowHistory shows what was done to the row shown.
func (s *Screen) ShowHistory() { s.detail.showHistory() }

// Close shows no row.
func (s *Screen) Close() { s.row.Close() }
