package activities

import (
	"bytes"
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
)

// Screen is the area: the list at the left, the activity at the right.
type Screen struct {
	widget.BaseWidget

	desk   kit.Desk
	office Office
	opens  *kit.Latest
	warns  *kit.Latest
	drafts *ledger.Drafts
	left   *ledger.Leftovers
	waits  *ledger.Waiting

	list   *list
	form   *Form
	people *people
	detail *detail
	files  *ledger.Evidence // nil: the office keeps none
	side   *fyne.Container  // the list under what waits
	split  *container.Split

	scope    string    // of the draft of the activity shown
	id       record.ID // the activity shown; zero: a new one, or none
	next     func()    // what is to be shown once the activity is stored
	stored   record.Activity
	first    string // the field the keyboard is to go to in a new one; "" for the first
	saying   string // what to say once the form is stored, with the way back
	reason   string // why something closed is changed, given by a person just now
	shown    bool   // an activity is shown, stored or new
	dirty    bool   // the form holds what is not stored
	saving   bool
	toPeople bool   // its people are wanted, not its form
	deleted  string // batch of the last deletion, until it is taken back
	swept    bool   // what an older program noted was looked for
	turn     int    // grows each time something else is shown
}

// splitKey and diarySplitKey remember where the list ends, and the calendar, which
// has more room.
const (
	splitKey      = "activities.split"
	diarySplitKey = "activities.split.calendar"
)

func (s *Screen) splitAt() float64 {
	if s.list.inDiary {
		return fyne.CurrentApp().Preferences().FloatWithFallback(diarySplitKey, 0.62)
	}
	return fyne.CurrentApp().Preferences().FloatWithFallback(splitKey, 0.4)
}

func (s *Screen) keepSplit(diary bool) {
	key := splitKey
	if diary {
		key = diarySplitKey
	}
	fyne.CurrentApp().Preferences().SetFloat(key, s.split.Offset)
}

// turned gives the calendar its room, or the lines theirs, and the keyboard with it.
func (s *Screen) turned() {
	s.keepSplit(!s.list.inDiary)
	s.split.Offset = s.splitAt()
	s.split.Refresh()
	s.focus(s.list)
}

// Turn goes between the list as lines and as a calendar.
func (s *Screen) Turn() {
	if s.side.Visible() {
		s.list.turn(!s.list.inDiary)
	}
}

// New makes the area.
func New(desk kit.Desk, office Office) *Screen {
	s := &Screen{desk: desk, office: office, opens: kit.NewLatest(desk.Runner), warns: kit.NewLatest(desk.Runner)}
	s.drafts = ledger.NewDrafts(desk.Runner, office)
	s.drafts.Kept = s.kept
	s.left = ledger.NewLeftovers(desk.Runner, office, ledger.LeftoversOf{
		Prefixes: []string{ledger.Scopes("activity"), peopleScope}, Title: titleOf, Stored: s.storedTitle,
	})
	s.drafts.Wrote, s.left.OnChanged = s.left.Written, s.remind
	s.waits = ledger.NewWaiting(desk, kit.T("Hoạt động mới"))
	s.waits.OnOpen, s.waits.Says, s.waits.Calls = s.resume, saysOfPeople, callsPeople
	s.list = newList(desk, office)
	s.list.onOpen, s.list.onEnter, s.list.onNew = s.Open, s.enter, s.Create
	s.list.onDelete, s.list.onUndo = s.delete, s.undo
	s.list.onNewOn, s.list.onTurned = s.CreateOn, s.turned
	s.list.idle = func() bool { return !s.shown }
	s.form = NewForm(desk.Runner, office)
	s.form.OnChanged, s.form.OnSave, s.form.OnLeft = s.changed, s.store, s.judge
	s.form.Holiday = s.list.diary.Holiday
	s.people = newPeople(desk, office, s.drafts)
	s.people.onSaved = s.peopleSaved
	s.people.heading = func() string { return s.detail.title.Text }
	s.people.onCount = func(n int) { s.detail.countPeople(n) }
	if files, ok := office.(ledger.EvidenceOffice); ok {
		s.files = ledger.NewEvidence(desk, files)
		s.files.Hide()
		s.form.Foot(s.files)
	}
	s.detail = newDetail(s)
	s.side = container.NewBorder(s.waits, nil, nil, nil, s.list)
	s.split = container.NewHSplit(s.side, s.detail)
	s.split.Offset = s.splitAt()
	s.bindKeys(desk.Window.Canvas())
	s.ExtendBaseWidget(s)
	return s
}

// Shows reports whether a change touches what this area shows.
func (s *Screen) Shows(c record.Change) bool {
	for _, noun := range []string{"activity", "attendance", "person", "unit", "office", "evidence", "holiday"} {
		if c.Touches(noun) {
			return true
		}
	}
	return false
}

// Reload reads the list again, and the activity shown unless it is being edited.
func (s *Screen) Reload() {
	s.keepSplit(s.list.inDiary)
	s.list.diary.forgetHolidays()
	s.list.reload()
	s.people.reload()
	if s.files != nil && !s.id.IsZero() {
		s.files.Reload()
	}
	s.left.Look()
	if !s.swept {
		s.swept = true
		s.forgetIndex()
	}
	if s.shown && !s.id.IsZero() {
		s.reread()
	}
}

// CreateRenderer shows the split.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(s.split)
}

// bindKeys gives the window the keys of this area: Ctrl+S saves, Ctrl+L goes
// between the activity and its people, Ctrl+D begins another one like it, Ctrl+T
// goes between list and calendar. They rest while another area is seen.
func (s *Screen) bindKeys(c fyne.Canvas) {
	for key, do := range map[fyne.KeyName]func(){fyne.KeyS: s.Save, fyne.KeyL: s.detail.turn, fyne.KeyD: s.Repeat, fyne.KeyT: s.Turn} {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) {
			if s.Visible() && c.Overlays().Top() == nil {
				do()
			}
		})
	}
}

// opened is what opening an activity reads.
type opened struct {
	scope    string
	activity record.Activity
	draft    ledger.Draft
}

// Open shows an activity, with its draft if there is one.
func (s *Screen) Open(id record.ID) {
	s.list.open = id
	s.list.mark()
	s.ask(ledger.ScopeOf("activity", id), func(ctx context.Context) (record.Activity, error) { return s.office.Activity(ctx, id) })
}

// Search narrows the list to a text.
func (s *Screen) Search(text string) {
	s.detail.toForm()
	s.list.searchFor(text)
}

// OpenPeople shows the people of an activity.
func (s *Screen) OpenPeople(id record.ID) {
	s.toPeople = true
	s.Open(id)
}

// Create shows an empty form. What was begun before waits above the list.
func (s *Screen) Create() {
	s.first = ""
	s.begin(fresh())
}

// fresh is what a new activity begins as.
func fresh() record.Activity { return record.Activity{Status: "held", Mode: "in_person"} }

// CreateOn begins an activity on a day: a plan where the day lies ahead.
func (s *Screen) CreateOn(day record.Date) {
	a := fresh()
	a.When.Date = day
	if day > record.DateOf(s.desk.Now()) {
		a.Status = "planned"
	}
	s.first = ""
	s.begin(a)
}

// Repeat begins a new activity like the one shown, today, elsewhere and with other
// people: topics, speakers, materials, hours, kind and audience stay. The keyboard is
// in the day, which typing replaces; the place comes next.
func (s *Screen) Repeat() {
	if !s.shown || s.id.IsZero() {
		return
	}
	a, _ := s.form.Value()
	a.ID, a.Status, a.Heads = record.ID{}, "held", record.HeadCount{}
	a.When.Date, a.When.EndDate, a.When.Place = record.DateOf(s.desk.Now()), "", ""
	a.HostUnitID, a.UnitsReached, a.Costs = record.ID{}, nil, nil
	a.Link, a.Times, a.Prizes, a.Result, a.Note, a.Reason = "", 0, 0, "", "", ""
	a.Materials = slices.Clone(a.Materials)
	for i := range a.Materials { // the same leaflets may go out again, how many is another day's count
		a.Materials[i].Copies = 0
	}
	s.first = "when.date"
	s.begin(a)
}

func (s *Screen) begin(a record.Activity) { s.beginAs(ledger.NewScope("activity", s.desk.Now()), a) }

func (s *Screen) beginAs(scope string, a record.Activity) {
	s.list.open = record.ID{}
	s.list.mark()
	s.ask(scope, func(context.Context) (record.Activity, error) { return a, nil })
}

// ask reads an activity and its draft; the answer to an earlier question is dropped.
func (s *Screen) ask(scope string, read func(context.Context) (record.Activity, error)) {
	if s.saving { // what is shown stays until it is stored, and where that fails
		s.next = func() { s.ask(scope, read) }
		return
	}
	s.form.commitCells()
	draft := s.drafts.Read(scope)
	kit.Ask(s.opens, func(ctx context.Context) (opened, error) {
		a, err := read(ctx)
		if err != nil {
			return opened{}, err
		}
		d, err := draft(ctx)
		return opened{scope, a, d}, err
	}, s.show)
}

func (s *Screen) show(o opened, err error) {
	if err != nil {
		s.detail.showProblem(kit.Sentence(err))
		return
	}
	s.turn++
	s.scope, s.id, s.shown, s.saving = o.scope, o.activity.ID, true, false
	s.stored, s.saying, s.reason = o.activity, "", ""
	s.form.Edit(o.activity)
	drafted := s.form.Restore(o.draft.Text)
	s.dirty = drafted
	s.people.open(s.id)
	s.detail.show(o.activity, drafted, o.draft.At)
	s.showFiles()
	switch {
	case s.id.IsZero():
		s.detail.toForm()
		s.focus(s.form)
		if s.first != "" && !drafted {
			s.form.FocusField(s.desk.Window.Canvas(), s.first)
		}
	case s.toPeople:
		s.detail.toPeople()
	}
	s.toPeople = false
	s.remind()
	s.judge()
}

// judge asks what looks wrong with what stands in the form.
func (s *Screen) judge() {
	a, _ := s.form.Value()
	if a.When.Date == "" {
		s.warns.Drop()
		s.form.ShowWarnings(nil)
		return
	}
	kit.Ask(s.warns, func(ctx context.Context) ([]record.Warning, error) {
		return s.office.ActivityWarnings(ctx, a)
	}, func(warnings []record.Warning, err error) {
		if err == nil { // a warning that cannot be worked out is none
			s.form.ShowWarnings(warnings)
		}
	})
}

// reread shows what is stored now, or only the counts while the form is edited.
func (s *Screen) reread() {
	id, turn := s.id, s.turn
	kit.Do(s.desk.Runner, func(ctx context.Context) (record.Activity, error) {
		return s.office.Activity(ctx, id)
	}, func(a record.Activity, err error) {
		if turn != s.turn || err != nil {
			return
		}
		s.stored = a
		s.detail.name(a)
		switch {
		case !s.dirty && !s.form.holds(a):
			s.form.Edit(a)
			s.judge()
		case s.dirty && a.Heads.Listed:
			s.form.ShowHeads(a.Heads)
		}
	})
}

// changed keeps a draft of the form at every change.
func (s *Screen) changed() {
	s.dirty = true
	s.drafts.Save(s.scope, s.form.Draft())
	s.detail.offerPeople()
}

func (s *Screen) kept(scope string, at time.Time, err error) {
	if scope == s.people.scope() {
		s.people.kept(at, err)
		return
	}
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

// Save stores what is in sight: the form, or the list of people.
func (s *Screen) Save() {
	switch {
	case !s.shown:
	case s.detail.onPeople:
		s.people.save()
	default:
		s.form.Save()
	}
}

// store is what the form asks for when its value keeps the rules.
func (s *Screen) store(a record.Activity) {
	if s.saving {
		return
	}
	if s.needsReason(a) {
		s.askReason(kit.T("Hoạt động đã chốt. Vì sao sửa?"), kit.T("Lưu"), func(reason string) {
			s.reason = reason
			s.form.Save()
		})
		return
	}
	if s.reason != "" {
		a.Reason = s.reason
	}
	s.saving = true
	turn, scope, typed, base := s.turn, s.scope, s.form.paper(), s.form.base
	kit.Do(s.desk.Runner, func(ctx context.Context) (record.Activity, error) {
		return s.office.SaveActivityFrom(ctx, base, a)
	}, func(stored record.Activity, err error) {
		next := s.next
		s.next = nil
		if err == nil && next != nil {
			defer next()
		}
		if err == nil {
			s.drafts.Drop(scope)
			s.list.open = stored.ID
			s.list.reload()
		}
		if turn == s.turn {
			s.ended(typed, stored, err)
		} else if err != nil {
			s.desk.Say(kit.Sentence(err), nil)
		}
	})
}

// ended shows how storing ended. What was typed while it went on stays, as a
// draft of the stored activity.
func (s *Screen) ended(typed paper, stored record.Activity, err error) {
	words := s.saying
	s.saving, s.saying, s.reason = false, "", ""
	if err != nil {
		s.form.ShowProblem(err)
		s.detail.foot.Say(kit.T("chưa lưu, nội dung vẫn còn trong bản nháp"))
		return
	}
	now := s.form.paper()
	isNew := s.id.IsZero()
	s.scope, s.id = ledger.ScopeOf("activity", stored.ID), stored.ID
	s.stored, s.form.base, s.form.reason = stored, stored, stored.Reason
	s.dirty = !bytes.Equal(now.bytes(), typed.bytes())
	s.detail.name(stored)
	s.detail.saved(s.desk.Now())
	s.showFiles()
	if s.dirty {
		s.changed()
	}
	if isNew {
		s.people.open(s.id)
	}
	s.judge()
	if words != "" {
		s.desk.Say(words, s.takeBack(stored))
	}
}

// peopleSaved shows the counts that storing the list of people changed.
func (s *Screen) peopleSaved() {
	s.list.reload()
	s.reread()
}

// dropDraft shows what is stored instead of the draft.
func (s *Screen) dropDraft() {
	s.drafts.Drop(s.scope)
	if s.id.IsZero() {
		s.Create()
		return
	}
	s.Open(s.id)
}

// widen lets the list give way to the grid of people, whose columns need the room.
func (s *Screen) widen(wide bool) {
	if s.split != nil {
		kit.SetVisible(s.side, !wide)
		s.split.Refresh()
	}
}

// focus gives the keyboard to a part that may not have been drawn yet, which the
// toolkit's own search for its window would miss.
func (s *Screen) focus(part interface{ FocusTarget() fyne.Focusable }) {
	s.desk.Window.Canvas().Focus(part.FocusTarget())
}

// enter goes from the list to the form.
func (s *Screen) enter() {
	if s.shown {
		s.detail.toForm()
		s.focus(s.form)
	}
}

// delete takes an activity away; the line at the foot of the window brings it back.
func (s *Screen) delete(line record.ActivityLine) {
	kit.Do(s.desk.Runner, func(ctx context.Context) (record.Change, error) {
		return s.office.DeleteActivity(ctx, line.ID)
	}, func(change record.Change, err error) {
		if err != nil {
			s.desk.Say(kit.Sentence(err), nil)
			return
		}
		if s.id == line.ID {
			s.Close()
		}
		s.deleted = change.Batch
		s.desk.Say(kit.T("Đã xóa “{{.Title}}”.", map[string]any{"Title": line.Title}), s.undo)
		s.list.reload()
	})
}

// undo brings the activity deleted last back.
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
		s.desk.Say(kit.T("Đã lấy lại hoạt động vừa xóa."), nil)
		s.list.reload()
	})
}

// Close shows no activity.
func (s *Screen) Close() {
	s.turn++
	s.id, s.shown, s.dirty, s.stored = record.ID{}, false, false, record.Activity{}
	s.list.open = record.ID{}
	s.detail.toForm()
	s.detail.hide()
	s.remind()
}
