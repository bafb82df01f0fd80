package uitest

import (
	"context"
	"slices"
	"strings"

	"sophobien/internal/record"
)

// People is an office with the door of an activity and the requests people may make
// about what is held of them.
type People struct {
	*Records

	Scans     []string // of cards and ids, as they came
	Corrected []record.Person
	Erased    []record.ID
	Reasons   []string
	Due       record.PersonalDue
	Takes     record.Erasure // what is said before somebody is erased
	Hidden    int
	attended  map[record.ID][]record.AttendedLine
	undoable  map[string]func()
}

// NewPeople makes one over an office.
func NewPeople(o *Office) *People {
	return &People{Records: NewRecords(o), attended: map[record.ID][]record.AttendedLine{}, undoable: map[string]func(){}}
}

// Attend notes what somebody attended.
func (p *People) Attend(person record.ID, lines ...record.AttendedLine) { p.attended[person] = lines }

// Attended is what somebody attended.
func (p *People) Attended(_ context.Context, person record.ID) ([]record.AttendedLine, error) {
	return p.attended[person], p.called("Attended")
}

// SetList puts people on an activity's list.
func (p *People) SetList(activity record.ID, list ...record.Attendee) { p.lists[activity] = list }

// CheckIn takes in by the third field of a card; whose name is on the list is ticked.
func (p *People) CheckIn(_ context.Context, activity record.ID, text string) (record.CheckedIn, error) {
	if err := p.called("CheckIn"); err != nil {
		return record.CheckedIn{}, err
	}
	fields := strings.Split(text, "|")
	if len(fields) < 7 {
		return record.CheckedIn{}, record.Refuse(record.ErrInvalid, "Nội dung quét không phải thẻ căn cước.", "This is no citizen card.")
	}
	p.Scans = append(p.Scans, text)
	return p.arrive(activity, record.Person{FullName: fields[2]}), nil
}

// CheckInPerson takes in somebody by id.
func (p *People) CheckInPerson(_ context.Context, activity, person record.ID) (record.CheckedIn, error) {
	p.Scans = append(p.Scans, person.String())
	for _, at := range p.lists[activity] {
		if at.Person.ID == person {
			return p.arrive(activity, at.Person), p.called("CheckInPerson")
		}
	}
	return record.CheckedIn{}, record.Refuse(record.ErrNotFound, "Không còn người này.", "This person is gone.")
}

func (p *People) arrive(activity record.ID, person record.Person) record.CheckedIn {
	before := slices.Clone(p.lists[activity])
	list := p.lists[activity]
	at := slices.IndexFunc(list, func(a record.Attendee) bool { return a.Person.FullName == person.FullName })
	in := record.CheckedIn{Added: at < 0, New: at < 0}
	if at < 0 {
		person.ID = p.ID()
		list = append(list, record.Attendee{Person: person, Attendance: record.Attendance{ID: p.ID(), Line: int64(len(list) + 1)}})
		at = len(list) - 1
	}
	row := &list[at]
	in.Again = row.Attendance.Arrived != ""
	if !in.Again {
		row.Attendance.Arrived, row.Attendance.Signed = record.Clock(Now.Format("15:04")), true
		in.Batch = row.Attendance.ID.String() + row.Person.FullName
		p.undoable[in.Batch] = func() { p.lists[activity] = before }
	}
	p.lists[activity] = list
	in.Person, in.Attendance, in.Listed = row.Person, row.Attendance, len(list)
	for _, a := range list {
		if a.Attendance.Arrived != "" {
			in.Here++
		}
	}
	return in
}

// Undo takes back a check-in, or what Records can.
func (p *People) Undo(ctx context.Context, batch string) (record.Change, error) {
	if undo, ok := p.undoable[batch]; ok {
		delete(p.undoable, batch)
		undo()
		return record.Change{Nouns: []string{"attendance"}}, p.called("Undo")
	}
	return p.Records.Undo(ctx, batch)
}

// FindAttendees finds on the list by the beginning of the name.
func (p *People) FindAttendees(_ context.Context, activity record.ID, query string, limit int) ([]record.PersonChoice, error) {
	var out []record.PersonChoice
	for _, at := range p.lists[activity] {
		if strings.Contains(bare(at.Person.FullName), bare(query)) && len(out) < limit {
			out = append(out, record.PersonChoice{ID: at.Person.ID, Name: at.Person.FullName, Detail: at.Person.UnitText})
		}
	}
	return out, p.called("FindAttendees")
}

// PersonalData says the name.
func (p *People) PersonalData(_ context.Context, id record.ID) (record.PersonalData, error) {
	n, _ := p.Row(record.Ref{Noun: "person", ID: id}).(record.Person)
	return record.PersonalData{PersonID: id, Name: n.FullName, Day: record.DateOf(Now), Parts: []record.PersonalPart{
		{Heading: record.Words{VI: "Thông tin cá nhân", EN: "Personal information"}, Lines: []record.Words{{VI: "Họ và tên: “" + n.FullName + "”", EN: "Full name: “" + n.FullName + "”"}}},
	}}, p.called("PersonalData")
}

// CorrectPerson stores a person and the reason.
func (p *People) CorrectPerson(_ context.Context, n record.Person, reason string) (record.Change, error) {
	if err := p.called("CorrectPerson"); err != nil {
		return record.Change{}, err
	}
	p.Put(n)
	p.Corrected, p.Reasons = append(p.Corrected, n), append(p.Reasons, reason)
	return record.Change{Nouns: []string{"person"}, Batch: "corrected"}, nil
}

// ErasureOf is what the test says.
func (p *People) ErasureOf(context.Context, record.ID) (record.Erasure, error) {
	return p.Takes, p.called("ErasureOf")
}

// ErasePerson takes the name away.
func (p *People) ErasePerson(_ context.Context, id record.ID, reason string) (record.Forgotten, error) {
	if err := p.called("ErasePerson"); err != nil {
		return record.Forgotten{}, err
	}
	p.Put(record.Person{ID: id, FullName: record.NameErased})
	p.Erased, p.Reasons = append(p.Erased, id), append(p.Reasons, reason)
	return record.Forgotten{People: 1, Change: record.Change{Nouns: []string{"person"}}}, nil
}

// PersonalDue is what the test says.
func (p *People) PersonalDue(context.Context) (record.PersonalDue, error) {
	return p.Due, p.called("PersonalDue")
}

// HideOldNames hides as many as are due.
func (p *People) HideOldNames(context.Context, record.Date) (record.Forgotten, error) {
	n := p.Due.Names
	p.Due.Names, p.Hidden = 0, n
	return record.Forgotten{People: n, Change: record.Change{Nouns: []string{"person"}}}, p.called("HideOldNames")
}

// ClearOldFields clears what is due.
func (p *People) ClearOldFields(context.Context) (record.Forgotten, error) {
	f := p.Due.Fields
	p.Due.Fields = nil
	n := 0
	for _, k := range f {
		n = max(n, k)
	}
	return record.Forgotten{People: n, Fields: f}, p.called("ClearOldFields")
}
