// Package people is the area Người tham dự: everybody who came to an activity, every
// coming of theirs, and what is done with personal data on request or when the time
// it is kept is over.
//
// Lists of a hundred thousand rows are read in pages only. Optional fields are shown
// where the office has switched them on.
package people

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/theme"
)

// Office is what this area asks of the running office.
type Office interface {
	ledger.Office
	Office(ctx context.Context) (record.Office, error)
	// Attended are the activities on whose lists a person stands, the newest first.
	Attended(ctx context.Context, person record.ID) ([]record.AttendedLine, error)
	Requests
}

// Screen is the area: its three views, of which one is seen.
type Screen struct {
	widget.BaseWidget

	// OnOpenActivity shows an activity; given by the shell.
	OnOpenActivity func(record.ID)

	desk   kit.Desk
	office Office

	names    *kit.ChipRow
	people   *ledger.Screen
	rows     *ledger.List // attendances
	personal *personal
	attended *attended
	stage    *fyne.Container
	views    []view
	at       int
}

// view is one of the views, and whether it must be read again when it is seen.
type view struct {
	key    string
	page   fyne.CanvasObject
	reload func()
	stale  bool
}

// The views by their keys.
const (
	ViewPeople      = "person"
	ViewAttendances = "attendance"
	ViewPersonal    = "personal"
)

// New makes the area.
func New(desk kit.Desk, office Office) *Screen {
	s := &Screen{desk: desk, office: office, OnOpenActivity: func(record.ID) {}}
	s.attended = newAttended(func(id record.ID) { s.OnOpenActivity(id) })
	s.people = ledger.New(desk, office, s.spec())
	s.rows = ledger.NewList(desk, office, office.Topics(), "attendance", ledger.ListWords{Nothing: kit.T("Chưa có lượt tham dự nào. Danh sách người nhập ở từng hoạt động.")})
	s.rows.OnOpen = s.openRow
	s.personal = newPersonal(desk, office)
	s.views = []view{
		{ViewPeople, s.people, s.readPeople, true},
		{ViewAttendances, s.rows, s.rows.Reload, true},
		{ViewPersonal, s.personal, s.personal.reload, true},
	}
	s.stage = container.NewStack()
	for i := range s.views {
		s.stage.Add(s.views[i].page)
		s.views[i].page.Hide()
	}
	s.views[0].page.Show()
	s.names = kit.NewChipRow(func(c kit.GroupChip) { s.View(c.Key) })
	s.name()
	s.ExtendBaseWidget(s)
	return s
}

func (s *Screen) name() {
	labels := []string{kit.T("Người"), kit.T("Lượt tham dự"), kit.T("Dữ liệu cá nhân")}
	var chips []kit.GroupChip
	for i, v := range s.views {
		chips = append(chips, kit.GroupChip{Group: "view", Chip: kit.Chip{Key: v.key, Label: labels[i], Count: -1}, On: i == s.at})
	}
	s.names.Set(chips)
}

// View shows one of the views.
func (s *Screen) View(key string) {
	for i := range s.views {
		if s.views[i].key == key {
			s.views[s.at].page.Hide()
			s.at = i
			s.views[i].page.Show()
			s.name()
			s.read()
			s.Refresh()
		}
	}
}

// OpenPerson shows a person.
func (s *Screen) OpenPerson(id record.ID) {
	s.View(ViewPeople)
	s.people.Visit(id, record.Place{})
}

// People is the register of people.
func (s *Screen) People() *ledger.Screen { return s.people }

// Attendances is the list of their comings.
func (s *Screen) Attendances() *ledger.List { return s.rows }

// openRow shows whose coming it is.
func (s *Screen) openRow(id record.ID) {
	kit.Do(s.desk.Runner, func(ctx context.Context) (record.Noun, error) {
		return s.office.Record(ctx, record.Ref{Noun: "attendance", ID: id})
	}, func(n record.Noun, err error) {
		if err != nil {
			s.desk.Say(kit.Sentence(err), nil)
			return
		}
		s.OpenPerson(n.(record.Attendance).PersonID)
	})
}

// Shows reports whether a change touches what this area shows.
func (s *Screen) Shows(c record.Change) bool {
	for _, noun := range []string{"person", "attendance", "activity", "unit", "office", "custody"} {
		if c.Touches(noun) {
			for i := range s.views {
				s.views[i].stale = true
			}
			return true
		}
	}
	return false
}

// Reload reads the view that is seen again.
func (s *Screen) Reload() {
	s.views[s.at].stale = true
	s.read()
}

func (s *Screen) read() {
	if v := &s.views[s.at]; v.stale {
		v.stale = false
		v.reload()
	}
}

func (s *Screen) readPeople() {
	kit.Do(s.desk.Runner, s.office.Office, func(o record.Office, err error) {
		if err == nil {
			s.showCollected(o)
		}
	})
	s.people.Reload()
	s.rereadAttended()
}

// Search narrows the list in sight to a text.
func (s *Screen) Search(text string) {
	if s.at == 1 {
		s.rows.Search(text)
		return
	}
	s.View(ViewPeople)
	s.people.Search(text)
}

// Narrow shows what a filter of people or of their comings leaves.
func (s *Screen) Narrow(f record.ListFilter) {
	s.View(f.Noun)
	if f.Noun == ViewAttendances {
		s.rows.Narrow(f)
		return
	}
	s.people.List().Narrow(f)
}

// Create begins a new person.
func (s *Screen) Create() {
	s.View(ViewPeople)
	s.people.Create()
}

// Save stores the person in sight.
func (s *Screen) Save() {
	if s.at == 0 {
		s.people.Save()
	}
}

// CreateRenderer puts the names of the views above the one that is seen.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer {
	head := kit.VStack(theme.SizeNone, kit.InsetXY(theme.SizeGroup, theme.SizeGap, s.names), kit.Hairline())
	return widget.NewSimpleRenderer(kit.Border(head, nil, nil, nil, s.stage))
}

// Beside is what stands beside the form: the activities of the person shown.
func (s *Screen) Beside() fyne.CanvasObject { return s.attended }
