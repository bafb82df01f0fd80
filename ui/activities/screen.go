package activities

import (
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
	warns  *kit.Latest
	row    *ledger.Editing[record.Activity]

	list   *list
	form   *Form
	people *people
	detail *detail
	files  *ledger.Evidence // nil: the office keeps none
	differ *ledger.Differences
	waits  *ledger.Waiting
	side   *fyne.Container // the list under what waits
	split  *container.Split

	stored   record.Activity // the activity shown, as it is stored
	first    string          // the field the keyboard is to go to in a new one; "" for the first
	called   *placeTitle     // how the title of a repeat follows its place
	reason   string          // why something closed is changed, given by a person just now
	toPeople bool            // its people are wanted, not its form
	swept    bool            // what an older program noted was looked for
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
	s := &Screen{desk: desk, office: office, warns: kit.NewLatest(desk.Runner)}
	s.list = newList(desk, office)
	s.form = NewForm(desk.Runner, office)
	s.row = s.newEditing()
	s.list.onOpen, s.list.onEnter, s.list.onNew = s.Open, s.enter, s.Create
	s.list.onDelete = s.delete
	s.list.onNewOn, s.list.onTurned = s.CreateOn, s.turned
	s.list.idle = func() bool { return !s.row.Shown() }
	s.form.OnChanged, s.form.OnLeft = s.row.Changed, s.judge
	s.form.Holiday = s.list.diary.Holiday
	s.people = newPeople(desk, office, s.row.Drafts)
	s.people.onSaved = s.peopleSaved
	s.people.heading = func() string { return s.detail.title.Text }
	s.people.onCount = func(n int) { s.detail.countPeople(n) }
	if files, ok := office.(ledger.EvidenceOffice); ok {
		s.files = ledger.NewEvidence(desk, files)
		s.files.Hide()
		s.form.Foot(s.files)
	}
	s.differ = ledger.NewDifferences(desk, office)
	s.differ.OnEdit = func(path string) { s.arrive(record.Place{Field: path}) }
	s.waits = s.newWaiting()
	s.side = s.waits.Over(s.list, s.list.rows.stay)
	s.detail = newDetail(s)
	s.split = container.NewHSplit(s.side, s.detail)
	s.split.Offset = s.splitAt()
	s.bindKeys(desk.Window.Canvas())
	s.ExtendBaseWidget(s)
	return s
}

func (s *Screen) newEditing() *ledger.Editing[record.Activity] {
	row := ledger.NewEditing(s.desk, "activity", s.office, ledger.Keeper[record.Activity]{
		Read: s.office.Activity, Save: s.office.SaveActivityFrom, Delete: s.office.DeleteActivity, Undo: s.office.Undo, Past: s.office.History,
	}, s.form, ledger.LeftoversOf{Prefixes: []string{ledger.Scopes("activity"), peopleScope}, Title: titleOf, Stored: s.storedTitle})
	row.Drafts.Kept = s.kept
	row.Left.OnChanged = s.remind
	row.Face.OnClear, s.list.onRead = s.list.clearFilter, row.Seek
	row.On = ledger.Around[record.Activity]{
		Mark: s.list.setOpen, Relist: s.list.reload, Has: s.list.has,
		Shown: s.shown, Enter: s.arrive, Reread: s.reread, Changed: func() { s.detail.offerPeople() },
		Ready: s.ready, Stored: s.ended, Refused: func() { s.reason = "" }, Closed: s.closed,
	}
	return row
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
	if s.files != nil && s.row.Stored() {
		s.files.Reload()
	}
	s.row.Reload()
	s.differ.Reload()
	if !s.swept {
		s.swept = true
		s.forgetIndex()
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

// Open shows an activity, with its draft if there is one.
func (s *Screen) Open(id record.ID) { s.row.Open(id) }

// Visit shows an activity with the keyboard at a place in its form.
func (s *Screen) Visit(id record.ID, at record.Place) { s.row.Visit(id, at) }

// arrive gives the keyboard to the form, at a place.
func (s *Screen) arrive(at record.Place) {
	s.enter()
	if at.Field != record.PlaceEvidence {
		s.form.GoTo(s.desk.Window.Canvas(), at)
	} else if s.files != nil {
		s.files.GoTo(at.File, s.form.follow)
	}
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
	s.row.Begin(fresh())
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
	s.row.Begin(a)
}

// Repeat begins a new activity like the one shown, today, elsewhere and with other
// people: topics, speakers, materials, hours, kind and audience stay; a title that names
// the old place is called after the new one. The keyboard is in the day, which typing
// replaces; the place comes next.
func (s *Screen) Repeat() {
	if !s.row.Stored() {
		return
	}
	a, _ := s.form.Value()
	a, s.called = s.form.elsewhereOf(a)
	a.ID, a.Status, a.Heads = record.ID{}, "held", record.HeadCount{}
	a.When.Date, a.When.EndDate, a.When.Place = record.DateOf(s.desk.Now()), "", ""
	a.HostUnitID, a.UnitsReached, a.Costs = record.ID{}, nil, nil
	a.Link, a.Times, a.Prizes, a.Result, a.Note, a.Reason = "", 0, 0, "", "", ""
	a.Materials = slices.Clone(a.Materials)
	for i := range a.Materials { // the same leaflets may go out again, how many is another day's count
		a.Materials[i].Copies = 0
	}
	s.first = "when.date"
	s.row.Begin(a)
}

// shown follows the form to another activity.
func (s *Screen) shown(a record.Activity, drafted bool) {
	s.stored, s.reason = a, ""
	s.people.open(a.ID)
	s.differ.ShowOf(a.Ref())
	s.detail.show(a)
	s.showFiles()
	switch {
	case a.ID.IsZero():
		s.detail.toForm()
		s.focus(s.form)
		if s.first != "" && !drafted {
			s.form.FocusField(s.desk.Window.Canvas(), s.first)
			s.form.callAfterPlace(s.called)
		}
	case s.toPeople:
		s.detail.toPeople()
	}
	s.toPeople = false
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

// reread shows how the activity stands now, and its counts while the form is edited.
func (s *Screen) reread(a record.Activity, anew bool) {
	s.stored = a
	s.detail.name(a)
	switch {
	case anew:
		s.judge()
	case s.row.Dirty() && a.Heads.Listed:
		s.form.ShowHeads(a.Heads)
	}
}

func (s *Screen) kept(scope string, at time.Time, err error) {
	if scope == s.people.scope() {
		s.people.kept(at, err)
		return
	}
	s.row.Kept(scope, at, err)
}

// Save stores what is in sight: the form, or the list of people.
func (s *Screen) Save() {
	switch {
	case !s.row.Shown():
	case s.detail.onPeople:
		s.people.save()
	default:
		s.row.Save()
	}
}

// ready asks for the reason where something closed is changed, and stores it with that.
func (s *Screen) ready(a record.Activity) (record.Activity, bool) {
	if s.needsReason(a) {
		s.askReason(kit.T("Hoạt động đã chốt. Vì sao sửa?"), kit.T("Lưu"), func(reason string) {
			s.reason = reason
			s.row.Save()
		})
		return a, false
	}
	if s.reason != "" {
		a.Reason = s.reason
	}
	return a, true
}

// ended shows that the activity was stored.
func (s *Screen) ended(stored record.Activity, fresh bool) {
	s.reason, s.stored = "", stored
	s.differ.ShowOf(stored.Ref())
	s.detail.name(stored)
	s.showFiles()
	if fresh {
		s.people.open(stored.ID)
	}
	s.judge()
}

// peopleSaved shows the counts that storing the list of people changed.
func (s *Screen) peopleSaved() {
	s.list.reload()
	s.row.Reload()
}

// widen lets the list give way to the grid of people, whose columns need the room.
func (s *Screen) widen(wide bool) {
	if s.split != nil {
		kit.SetVisible(s.side, !wide)
		s.row.Face.Alone(wide)
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
	if s.row.Shown() {
		s.detail.toForm()
		s.focus(s.form)
	}
}

// delete takes an activity away; the line at the foot of the window brings it back.
func (s *Screen) delete(line record.ActivityLine) {
	s.row.Delete(line.ID, kit.T("Đã xóa “{{.Title}}”.", map[string]any{"Title": line.Title}))
}

// Close shows no activity.
func (s *Screen) Close() { s.row.Close() }

func (s *Screen) closed() {
	s.stored = record.Activity{}
	s.detail.toForm()
	s.detail.hide()
}
