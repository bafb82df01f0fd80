package activities

import (
	"bytes"
	"context"
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
	drafts *ledger.Drafts
	left   *leftovers

	list   *list
	form   *Form
	people *people
	detail *detail
	split  *container.Split

	id       record.ID // the activity shown; zero: a new one, or none
	shown    bool      // an activity is shown, stored or new
	dirty    bool      // the form holds what is not stored
	saving   bool
	toPeople bool   // its people are wanted, not its form
	deleted  string // batch of the last deletion, until it is taken back
	turn     int    // grows each time something else is shown
}

// splitKey remembers where the list ends.
const splitKey = "activities.split"

// New makes the area.
func New(desk kit.Desk, office Office) *Screen {
	s := &Screen{desk: desk, office: office, opens: kit.NewLatest(desk.Runner)}
	s.drafts = ledger.NewDrafts(desk.Runner, office)
	s.drafts.Kept = s.kept
	s.left = newLeftovers(desk.Runner, office, s.drafts)
	s.drafts.Wrote, s.left.onChanged = s.left.written, s.remind
	s.list = newList(desk, office)
	s.list.onOpen, s.list.onEnter, s.list.onNew = s.Open, s.enter, s.Create
	s.list.onDelete, s.list.onUndo = s.delete, s.undo
	s.list.idle = func() bool { return !s.shown }
	s.form = NewForm(desk.Runner, office)
	s.form.OnChanged, s.form.OnSave = s.changed, s.store
	s.people = newPeople(desk, office, s.drafts)
	s.people.onSaved = s.peopleSaved
	s.people.onCount = func(n int) { s.detail.countPeople(n) }
	s.detail = newDetail(s)
	s.split = container.NewHSplit(s.list, s.detail)
	s.split.Offset = fyne.CurrentApp().Preferences().FloatWithFallback(splitKey, 0.4)
	s.bindKeys(desk.Window.Canvas())
	s.ExtendBaseWidget(s)
	return s
}

// Shows reports whether a change touches what this area shows.
func (s *Screen) Shows(c record.Change) bool {
	for _, noun := range []string{"activity", "attendance", "person", "unit", "office"} {
		if c.Touches(noun) {
			return true
		}
	}
	return false
}

// Reload reads the list again, and the activity shown unless it is being edited.
func (s *Screen) Reload() {
	fyne.CurrentApp().Preferences().SetFloat(splitKey, s.split.Offset)
	s.list.reload()
	s.people.reload()
	s.left.look()
	if s.shown && !s.id.IsZero() {
		s.reread()
	}
}

// CreateRenderer shows the split.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(s.split)
}

// bindKeys gives the window the keys of this area: Ctrl+S saves, Ctrl+L goes
// between the activity and its people, Ctrl+D begins another one like it. They
// rest while another area is seen.
func (s *Screen) bindKeys(c fyne.Canvas) {
	for key, do := range map[fyne.KeyName]func(){fyne.KeyS: s.Save, fyne.KeyL: s.detail.turn, fyne.KeyD: s.Repeat} {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) {
			if s.Visible() {
				do()
			}
		})
	}
}

// opened is what opening an activity reads.
type opened struct {
	activity record.Activity
	draft    ledger.Draft
}

// Open shows an activity, with its draft if there is one.
func (s *Screen) Open(id record.ID) {
	s.list.open = id
	s.list.mark()
	s.ask(id, func(ctx context.Context) (record.Activity, error) { return s.office.Activity(ctx, id) })
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

// Create shows an empty form, or the draft of one begun before.
func (s *Screen) Create() {
	s.begin(record.Activity{Status: "held", Mode: "in_person"})
}

// Repeat begins a new activity like the one shown, on another day with other
// people. A new one begun before and not yet stored comes first.
func (s *Screen) Repeat() {
	if !s.shown || s.id.IsZero() {
		return
	}
	a, _ := s.form.Value()
	a.ID, a.When.Date, a.When.EndDate, a.Heads, a.Result = record.ID{}, "", "", record.HeadCount{}, ""
	a.Status = "held"
	s.begin(a)
}

func (s *Screen) begin(a record.Activity) {
	s.list.open = record.ID{}
	s.list.mark()
	s.ask(record.ID{}, func(context.Context) (record.Activity, error) { return a, nil })
}

// ask reads an activity and its draft; the answer to an earlier question is dropped.
func (s *Screen) ask(id record.ID, read func(context.Context) (record.Activity, error)) {
	s.form.commitCells()
	draft := s.drafts.Read(scopeOf(id))
	kit.Ask(s.opens, func(ctx context.Context) (opened, error) {
		a, err := read(ctx)
		if err != nil {
			return opened{}, err
		}
		d, err := draft(ctx)
		return opened{a, d}, err
	}, s.show)
}

func scopeOf(id record.ID) string {
	if id.IsZero() {
		return "activity/new"
	}
	return "activity/" + id.String()
}

func (s *Screen) show(o opened, err error) {
	if err != nil {
		s.detail.showProblem(kit.Sentence(err))
		return
	}
	s.turn++
	s.id, s.shown, s.saving = o.activity.ID, true, false
	p, drafted := readPaper(o.draft.Text)
	if !drafted {
		p = paperOf(o.activity)
	}
	p.ID = s.id
	s.dirty = drafted
	s.form.show(p)
	s.people.open(s.id)
	s.detail.show(o.activity, drafted, o.draft.At)
	switch {
	case s.id.IsZero():
		s.detail.toForm()
		s.focus(s.form)
	case s.toPeople:
		s.detail.toPeople()
	}
	s.toPeople = false
	s.remind()
}

// reread shows what is stored now, or only the counts while the form is edited.
func (s *Screen) reread() {
	id, turn := s.id, s.turn
	kit.Do(s.desk.Runner, func(ctx context.Context) (record.Activity, error) {
		return s.office.Activity(ctx, id)
	}, func(a record.Activity, err error) {
		switch {
		case turn != s.turn || err != nil:
		case !s.dirty && !s.form.holds(a):
			s.form.Edit(a)
			s.detail.name(a)
		case s.dirty && a.Heads.Listed:
			s.form.ShowHeads(a.Heads)
		}
	})
}

// changed keeps a draft of the form at every change.
func (s *Screen) changed() {
	s.dirty = true
	s.drafts.Save(scopeOf(s.id), s.form.paper().bytes())
}

func (s *Screen) kept(scope string, at time.Time, err error) {
	if scope == s.people.scope() {
		s.people.kept(at, err)
		return
	}
	if scope != scopeOf(s.id) || !s.dirty {
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
	s.saving = true
	turn, scope, typed := s.turn, scopeOf(s.id), s.form.paper()
	kit.Do(s.desk.Runner, func(ctx context.Context) (record.Activity, error) {
		return s.office.SaveActivity(ctx, a)
	}, func(stored record.Activity, err error) {
		if err == nil {
			s.drafts.Drop(scope)
			s.list.open = stored.ID
			s.list.reload()
		}
		if turn == s.turn {
			s.stored(typed, stored, err)
		} else if err != nil {
			s.desk.Say(kit.Sentence(err), nil)
		}
	})
}

// stored shows how storing ended. What was typed while it went on stays, as a
// draft of the stored activity.
func (s *Screen) stored(typed paper, stored record.Activity, err error) {
	s.saving = false
	if err != nil {
		s.form.ShowProblem(err)
		s.detail.foot.Say(kit.T("chưa lưu, nội dung vẫn còn trong bản nháp"))
		return
	}
	now := s.form.paper()
	isNew := s.id.IsZero()
	s.id, s.form.id = stored.ID, stored.ID
	s.dirty = !bytes.Equal(now.bytes(), typed.bytes())
	s.detail.name(stored)
	s.detail.saved(s.desk.Now())
	if s.dirty {
		s.changed()
	}
	if isNew {
		s.people.open(s.id)
	}
}

// peopleSaved shows the counts that storing the list of people changed.
func (s *Screen) peopleSaved() {
	s.list.reload()
	s.reread()
}

// dropDraft shows what is stored instead of the draft.
func (s *Screen) dropDraft() {
	s.drafts.Drop(scopeOf(s.id))
	if s.id.IsZero() {
		s.Create()
		return
	}
	s.Open(s.id)
}

// widen lets the list give way to the grid of people, whose columns need the room.
func (s *Screen) widen(wide bool) {
	if s.split != nil {
		setVisible(s.list, !wide)
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
	s.id, s.shown, s.dirty = record.ID{}, false, false
	s.list.open = record.ID{}
	s.detail.toForm()
	s.detail.hide()
	s.remind()
}
