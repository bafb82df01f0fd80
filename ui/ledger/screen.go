package ledger

import (
	"bytes"
	"context"
	"reflect"
	"time"

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
	opens  *kit.Latest
	drafts *Drafts

	list   *List
	form   *Form
	detail *detail
	files  *Evidence // nil: its rows keep none
	left   *Leftovers
	waits  *Waiting
	side   *fyne.Container // the list under what waits
	split  *container.Split

	scope   string    // of the draft of the row shown
	id      record.ID // the row shown; zero: a new one, or none
	shown   bool      // a row is shown, stored or new
	dirty   bool      // the form holds what is not stored
	saving  bool
	deleted string // batch of the last deletion, until it is taken back
	turn    int    // grows each time something else is shown
	next    func() // what is to be shown once the row is stored
}

// New makes the register of a noun.
func New(desk kit.Desk, office Office, spec Spec) *Screen {
	begin := spec.Begin()
	s := &Screen{desk: desk, office: office, spec: spec, noun: begin.Ref().Noun, opens: kit.NewLatest(desk.Runner)}
	s.drafts = NewDrafts(desk.Runner, office)
	s.drafts.Kept = s.kept
	s.left = NewLeftovers(desk.Runner, office, LeftoversOf{Prefixes: []string{Scopes(s.noun)}, Title: s.titleOf, Stored: s.storedTitle})
	s.drafts.Wrote, s.left.OnChanged = s.left.Written, s.remind
	s.waits = NewWaiting(desk, spec.Words.New)
	s.waits.OnOpen = s.resume
	s.list = NewList(desk, office, office.Topics(), s.noun, spec.Words)
	s.list.OnOpen, s.list.OnTake, s.list.Mark = s.Open, s.take, spec.Mark
	s.list.OnNew = s.Create
	s.form = NewForm(desk.Runner, office, begin, spec.Build)
	s.form.OnChanged = s.changed
	if files, ok := office.(EvidenceOffice); ok && spec.KeepsFiles {
		s.files = NewEvidence(desk, files)
		s.form.Foot(s.files)
	}
	s.detail = newDetail(s)
	s.side = container.NewBorder(s.waits, nil, nil, nil, s.list)
	s.split = container.NewHSplit(s.side, s.detail)
	s.split.Offset = fyne.CurrentApp().Preferences().FloatWithFallback(s.splitKey(), 0.5)
	s.ExtendBaseWidget(s)
	return s
}

func (s *Screen) splitKey() string { return "ledger." + s.noun + ".split" }

// Noun is what the register keeps.
func (s *Screen) Noun() string { return s.noun }

// Turn grows each time another row is shown: an answer for an earlier one is late.
func (s *Screen) Turn() int { return s.turn }

// Form is the form of the row shown.
func (s *Screen) Form() *Form { return s.form }

// List is the list of rows.
func (s *Screen) List() *List { return s.list }

// Dropped takes files that were dropped on the window as evidence of the row shown.
func (s *Screen) Dropped(paths []string) {
	if s.files != nil && s.shown && !s.id.IsZero() {
		s.files.Dropped(paths)
		return
	}
	if s.files == nil {
		s.desk.Say(kit.T("Sổ này không giữ tệp minh chứng."), nil)
		return
	}
	s.desk.Say(kit.T("Lưu dòng này trước, rồi thả ảnh, bản quét vào."), nil)
}

// showFiles shows the evidence of a stored row.
func (s *Screen) showFiles(n record.Noun) {
	if s.files == nil {
		return
	}
	s.files.Hidden = n.Ref().ID.IsZero()
	s.files.ShowOf(n.Ref())
	s.form.Refresh()
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
	s.left.Look()
	if s.shown && !s.id.IsZero() {
		s.reread()
		if s.files != nil {
			s.files.Reload()
		}
	}
}

// Search narrows the list to a text.
func (s *Screen) Search(text string) { s.list.Search(text) }

// CreateRenderer shows the split.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.split) }

// opened is what opening a row reads.
type opened struct {
	scope string
	row   record.Noun
	draft Draft
}

// Open shows a row, with its draft if there is one.
func (s *Screen) Open(id record.ID) {
	s.list.SetOpen(id)
	s.ask(ScopeOf(s.noun, id), func(ctx context.Context) (record.Noun, error) {
		return s.office.Record(ctx, record.Ref{Noun: s.noun, ID: id})
	})
}

// Create shows an empty form. What was begun before waits above the list.
func (s *Screen) Create() { s.begin(s.spec.Begin()) }

// Repeat begins a new row like the one shown.
func (s *Screen) Repeat() {
	if !s.shown || s.id.IsZero() {
		return
	}
	n, _ := s.form.Value()
	s.begin(WithID(n, record.ID{}))
}

// WithID is a row under another id.
func WithID(n record.Noun, id record.ID) record.Noun {
	p := reflect.New(reflect.TypeOf(n))
	p.Elem().Set(reflect.ValueOf(n))
	p.Elem().FieldByName("ID").Set(reflect.ValueOf(id))
	return p.Elem().Interface().(record.Noun)
}

func (s *Screen) begin(n record.Noun) { s.beginAs(NewScope(s.noun, s.desk.Now()), n) }

func (s *Screen) beginAs(scope string, n record.Noun) {
	s.list.SetOpen(record.ID{})
	s.ask(scope, func(context.Context) (record.Noun, error) { return n, nil })
}

// ask reads a row and its draft, once what is being stored is stored; the answer to an
// earlier question is dropped.
func (s *Screen) ask(scope string, read func(context.Context) (record.Noun, error)) {
	if s.saving { // what is shown stays until it is stored, and where that fails
		s.next = func() { s.ask(scope, read) }
		return
	}
	s.form.Commit()
	draft := s.drafts.Read(scope)
	kit.Ask(s.opens, func(ctx context.Context) (opened, error) {
		n, err := read(ctx)
		if err != nil {
			return opened{}, err
		}
		d, err := draft(ctx)
		return opened{scope, n, d}, err
	}, s.show)
}

func (s *Screen) show(o opened, err error) {
	if err != nil {
		s.detail.showProblem(kit.Sentence(err))
		return
	}
	s.turn++
	s.scope, s.id, s.shown, s.saving = o.scope, o.row.Ref().ID, true, false
	s.form.Edit(o.row)
	s.dirty = s.form.Restore(o.draft.Text)
	s.detail.show(o.row, s.dirty, o.draft.At)
	s.remind()
	s.showFiles(o.row)
	if s.spec.OnShown != nil {
		s.spec.OnShown(o.row)
	}
	if s.id.IsZero() {
		s.desk.Window.Canvas().Focus(s.form.FocusTarget())
	}
}

// reread shows what is stored now, unless the form is being edited.
func (s *Screen) reread() {
	id, turn := s.id, s.turn
	kit.Do(s.desk.Runner, func(ctx context.Context) (record.Noun, error) {
		return s.office.Record(ctx, record.Ref{Noun: s.noun, ID: id})
	}, func(n record.Noun, err error) {
		switch {
		case turn != s.turn:
		case err != nil && !s.dirty:
			s.Close() // it is gone
		case err == nil && !s.dirty && !s.form.typing() && !s.form.Holds(n):
			s.form.Edit(n)
			s.detail.name(n)
			if s.spec.OnShown != nil {
				s.spec.OnShown(n)
			}
		}
	})
}

// changed keeps a draft of the form at every change.
func (s *Screen) changed() {
	s.dirty = true
	s.drafts.Save(s.scope, s.form.Draft())
}

func (s *Screen) kept(scope string, at time.Time, err error) {
	if scope != s.scope || !s.dirty {
		return
	}
	if err != nil {
		s.detail.foot.Say(kit.T("chưa ghi được bản nháp"))
		s.detail.showProblem(kit.Sentence(err))
		return
	}
	s.detail.drafted(at)
}

// Save stores the row in sight, if it keeps the rules.
func (s *Screen) Save() { s.SaveThen(func(record.Noun) {}) }

// SaveThen is Save, and tells of the row as it was stored.
func (s *Screen) SaveThen(then func(record.Noun)) {
	if !s.shown || s.saving {
		return
	}
	s.form.Commit()
	n, err := s.form.Value()
	s.form.ShowProblem(err)
	if err != nil {
		return
	}
	s.saving = true
	turn, scope, typed, base := s.turn, s.scope, s.form.typed(), s.form.base
	kit.Do(s.desk.Runner, func(ctx context.Context) (record.Noun, error) {
		return s.office.SaveRecordFrom(ctx, base, n)
	}, func(stored record.Noun, err error) {
		next := s.next
		s.next = nil
		if err == nil && next != nil {
			defer next()
		}
		if err == nil {
			s.drafts.Drop(scope)
		}
		if turn == s.turn {
			s.stored(typed, stored, err)
		} else if err != nil {
			s.desk.Say(kit.Sentence(err), nil)
		}
		if err == nil {
			s.list.open = stored.Ref().ID
			s.list.Reload()
			then(stored)
		}
	})
}

// stored shows how storing ended. What was typed while it went on stays, as a
// draft of the stored row.
func (s *Screen) stored(typed []byte, stored record.Noun, err error) {
	s.saving = false
	if err != nil {
		s.form.ShowProblem(err)
		s.detail.foot.Say(kit.T("chưa lưu, nội dung vẫn còn trong bản nháp"))
		return
	}
	s.id, s.scope = stored.Ref().ID, ScopeOf(s.noun, stored.Ref().ID)
	s.dirty = s.form.typing() || !bytes.Equal(s.form.typed(), typed)
	s.detail.name(stored)
	s.showFiles(stored)
	s.detail.saved(s.desk.Now())
	if s.dirty {
		s.form.base = stored
		s.changed()
	} else {
		s.form.Edit(stored)
	}
	if s.spec.OnShown != nil {
		s.spec.OnShown(stored)
	}
}

// dropDraft shows what is stored instead of the draft.
func (s *Screen) dropDraft() {
	s.drafts.Drop(s.scope)
	s.dirty = false
	if s.id.IsZero() {
		s.Create()
		return
	}
	s.Open(s.id)
}

// Delete takes the row shown away; the line at the foot brings it back.
func (s *Screen) Delete() {
	if s.shown && !s.id.IsZero() {
		s.take(s.id)
	}
}

func (s *Screen) take(id record.ID) {
	kit.Do(s.desk.Runner, func(ctx context.Context) (record.Change, error) {
		return s.office.DeleteRecord(ctx, record.Ref{Noun: s.noun, ID: id})
	}, func(change record.Change, err error) {
		if err != nil {
			s.desk.Say(kit.Sentence(err), nil)
			return
		}
		if s.id == id {
			s.Close()
		}
		s.deleted = change.Batch
		s.desk.Say(kit.In(change.Words), s.undo)
		s.list.Reload()
	})
}

// undo brings the row deleted last back.
func (s *Screen) undo() {
	batch := s.deleted
	if batch == "" {
		return
	}
	s.deleted = ""
	kit.Do(s.desk.Runner, func(ctx context.Context) (record.Change, error) {
		return s.office.Undo(ctx, batch)
	}, func(_ record.Change, err error) {
		if err != nil {
			s.desk.Say(kit.Sentence(err), nil)
			return
		}
		s.desk.Say(kit.T("Đã lấy lại."), nil)
		s.list.Reload()
	})
}

// ShowHistory shows what was done to the row shown.
func (s *Screen) ShowHistory() { s.detail.showHistory() }

// Close shows no row.
func (s *Screen) Close() {
	s.turn++
	s.id, s.shown, s.dirty = record.ID{}, false, false
	s.list.open = record.ID{}
	s.detail.hide()
	s.remind()
}
