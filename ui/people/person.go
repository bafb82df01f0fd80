package people

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/theme"
)

// spec is what the register of people asks of each.
func (s *Screen) spec() ledger.Spec {
	return ledger.Spec{
		Words:   ledger.ListWords{New: kit.T("Người mới"), Nothing: kit.T("Chưa có ai. Danh sách người nhập ở từng hoạt động.")},
		Touches: []string{"attendance", "activity", "unit"},
		Begin:   func() record.Noun { return record.Person{} },
		Heading: func(n record.Noun) string { return n.(record.Person).FullName },
		Build:   s.build,
		Tools:   s.tools,
		Beside:  s.attended,
		OnShown: s.shown,
	}
}

// optional are the fields that are shown where the office collects them.
var optional = []string{"phone", "id_number", "ethnicity", "disability"}

func (s *Screen) build(f *ledger.Form) {
	f.Add(
		f.Text("full_name"),
		kit.TwoColumns(s.birth(f), f.Choose("sex", record.Sexes)),
		kit.TwoColumns(f.Term("audience"), f.Text("position")),
		kit.TwoColumns(f.Unit("unit_id"), f.Text("unit_text")),
		kit.TwoColumns(f.Text("phone"), f.Text("id_number"), f.Text("ethnicity"), f.Text("disability")),
		f.Long("note", 2),
	)
	for _, path := range optional {
		f.Field(path).Hide()
	}
}

// birth is the field for a day or a year of birth.
func (s *Screen) birth(f *ledger.Form) *kit.Field {
	e := kit.NewEntry()
	e.OnChanged = func(string) { f.Touch() }
	return f.Custom("birth", "", e,
		func(v any) { e.SetText(v.(record.Birth).String()) },
		func() (any, error) { return kit.ReadBirth(e.Text, s.office.ParseDate) },
		func() string { return e.Text }, e.SetText)
}

// showCollected shows the optional fields the office collects.
func (s *Screen) showCollected(o record.Office) {
	for _, path := range optional {
		s.people.Form().Field(path).Hidden = !o.CollectsField(path)
	}
	s.people.Form().Refresh()
}

func (s *Screen) shown(n record.Noun) { s.readAttended(n.Ref().ID) }

func (s *Screen) rereadAttended() {
	if s.attended.Visible() {
		s.readAttended(s.attended.person)
	}
}

func (s *Screen) readAttended(person record.ID) {
	s.attended.person = person
	if person.IsZero() {
		s.attended.show(nil)
		return
	}
	kit.Do(s.desk.Runner, func(ctx context.Context) ([]record.AttendedLine, error) {
		return s.office.Attended(ctx, person)
	}, func(lines []record.AttendedLine, err error) {
		if s.attended.person == person {
			if err != nil {
				s.desk.Say(kit.Sentence(err), nil)
			}
			s.attended.show(lines)
		}
	})
}

// attended are the activities a person attended, beside their form.
type attended struct {
	widget.BaseWidget

	person record.ID
	lines  []record.AttendedLine
	said   *kit.Text
	table  *kit.Table
}

func newAttended(open func(activity record.ID)) *attended {
	a := &attended{said: kit.Caption("")}
	a.table = kit.NewTable(
		kit.Column{Heading: kit.T("Ngày"), Ems: 6},
		kit.Column{Heading: kit.T("Hoạt động")},
		kit.Column{Heading: kit.T("Vai trò"), Ems: 9},
	)
	a.table.OnOpen = func(i int) { open(a.lines[i].ActivityID) }
	a.ExtendBaseWidget(a)
	a.Hide()
	return a
}

func (a *attended) show(lines []record.AttendedLine) {
	a.lines = lines
	rows := make([][]string, len(lines))
	for i, l := range lines {
		role := l.Role
		if role == "" {
			role = "participant"
		}
		rows[i] = []string{l.Date.String(), l.Title, kit.Term(record.Roles, role)}
	}
	a.said.SetText(kit.T("Đã dự {{.N}} hoạt động; Enter mở hoạt động", map[string]any{"N": kit.Number(int64(len(lines)))}))
	a.table.SetRows(rows)
	a.Hidden = len(lines) == 0
	a.Refresh()
}

// CreateRenderer shows the table under its sentence.
func (a *attended) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.VStack(theme.SizeTight, a.said, a.table))
}
