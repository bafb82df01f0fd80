package app

import (
	"errors"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// people adds rows to the end of an activity's list.
func (im *listImport) people() []plan {
	p := &peopleImport{listImport: im, rows: im.in.Proposal.Rows, known: map[record.ID]record.Person{}}
	add := func(tx *store.Tx) ([]record.Edit, error) { return nil, tx.NewRows(p.next) }
	return []plan{im.useUnits, p.begin, add, p.end}
}

// peopleImport adds rows to a list piece by piece: a list of a hundred thousand must
// not stand in memory three times.
type peopleImport struct {
	*listImport
	rows []record.ProposedRow

	before  record.Activity
	heads   headCounter
	line    int64
	known   map[record.ID]record.Person // as they are once the list has filled them in
	listed  map[record.ID]bool          // on the list before
	changed []record.Edit               // of known people
}

// importedAtOnce is how many rows become edits at a time.
const importedAtOnce = 200

// begin counts the list as it stands and fills in what the register does not know
// of people it knows.
func (im *peopleImport) begin(tx *store.Tx) (_ []record.Edit, err error) {
	if im.before, err = store.FindIn[record.Activity](tx, im.in.Activity); err != nil {
		return nil, err
	}
	if err := stillOpen(im.before); err != nil {
		return nil, err
	}
	list, err := tx.Attendees(im.in.Activity)
	im.listed = make(map[record.ID]bool, len(list))
	for i := range list {
		im.heads.add(&list[i])
		im.listed[list[i].Person.ID] = true
	}
	im.line = int64(len(list))
	if err != nil {
		return nil, err
	}
	for i := range im.rows {
		if err := im.fill(tx, &im.rows[i]); err != nil {
			return nil, err
		}
	}
	return im.changed, nil
}

// fill fills in a known person. One who has been deleted meanwhile is made anew.
func (im *peopleImport) fill(tx *store.Tx, row *record.ProposedRow) error {
	if row.Known == nil {
		return nil
	}
	p, e, changed, err := im.filledPerson(tx, row)
	if errors.Is(err, record.ErrNotFound) {
		row.Known = nil
		return nil
	}
	if err != nil {
		return err
	}
	if changed {
		im.changed = append(im.changed, e)
	}
	im.known[p.ID] = p
	return nil
}

// next are the edits of the next rows, none at the end.
func (im *peopleImport) next() ([]record.Edit, error) {
	for len(im.rows) > 0 {
		n := min(importedAtOnce, len(im.rows))
		rows := im.rows[:n]
		im.rows = im.rows[n:]
		if im.in.Progress != nil {
			im.in.Progress(im.note.Rows-int64(len(im.rows)), im.note.Rows)
		}
		edits := make([]record.Edit, 0, 2*n)
		for i := range rows {
			var err error
			if edits, err = im.attend(edits, &rows[i]); err != nil {
				return nil, err
			}
		}
		clear(rows)
		if len(edits) > 0 {
			return edits, nil
		}
	}
	return nil, nil
}

// attend adds the edits that put a row's person on the list; one who is on it stays
// where they are.
func (im *peopleImport) attend(edits []record.Edit, row *record.ProposedRow) ([]record.Edit, error) {
	at := record.Attendee{Person: personOf(row), Attendance: record.Attendance{Signed: true}}
	known := row.Known != nil
	if known {
		at.Person = im.known[row.Known.ID]
		if im.listed[at.Person.ID] {
			return edits, nil
		}
		im.listed[at.Person.ID] = true
	}
	if err := im.app.completeAttendee(im.office, im.in.Activity, int(im.line), &at); err != nil {
		return nil, err
	}
	im.line++
	im.heads.add(&at)
	if !known {
		edits = append(edits, record.Create(at.Person))
	}
	edits = append(edits, record.Create(at.Attendance))
	return append(edits, im.tellApart(at.Person.ID, row.Apart)...), nil
}

// end lets head counts follow, here and on other lists of people who were filled in.
func (im *peopleImport) end(tx *store.Tx) ([]record.Edit, error) {
	var out []record.Edit
	after := im.before
	after.Heads = im.heads.total()
	if e, changed := record.Update(im.before, after); changed {
		out = append(out, e)
	}
	if len(im.changed) == 0 {
		return out, nil
	}
	others, err := recountLists(tx, im.changed)
	for _, e := range others {
		if e.Ref != im.before.Ref() {
			out = append(out, e)
		}
	}
	return out, err
}

// personOf is the person of a row, with the unit its text means.
func personOf(row *record.ProposedRow) record.Person {
	p := record.PersonOf(row.Fields)
	p.UnitID = row.UnitID
	return p
}

// filledPerson is a known person with what the list knows of them and the register
// does not.
func (im *listImport) filledPerson(tx *store.Tx, row *record.ProposedRow) (p record.Person, e record.Edit, changed bool, err error) {
	before, err := store.FindIn[record.Person](tx, row.Known.ID)
	if err != nil {
		return before, e, false, err
	}
	list := im.office.Kept(personOf(row))
	normal(&list)
	p = filled(before, list, row.Take)
	e, changed = record.Update(before, p)
	return p, e, changed, inList(row, p.Validate())
}

// filled fills in what is blank; with take it also takes the list's word for what is
// not.
func filled(p, list record.Person, take bool) record.Person {
	for _, f := range []struct {
		to   *string
		from string
	}{
		{&p.Sex, list.Sex}, {&p.Group, list.Group}, {&p.Position, list.Position}, {&p.Phone, list.Phone},
		{&p.IDNumber, list.IDNumber}, {&p.Ethnicity, list.Ethnicity}, {&p.Disability, list.Disability},
	} {
		if f.from != "" && (*f.to == "" || take) {
			*f.to = f.from
		}
	}
	if list.Birth != "" && (p.Birth == "" || take) {
		p.Birth = list.Birth
	}
	if take && list.FullName != "" {
		p.FullName = list.FullName
	}
	if list.UnitText != "" && (p.UnitText == "" && p.UnitID.IsZero() || take) {
		p.UnitID, p.UnitText = list.UnitID, list.UnitText
	}
	return p
}

// tellApart remembers whom an officer has said a person is not.
func (im *listImport) tellApart(person record.ID, others []record.ID) []record.Edit {
	var out []record.Edit
	for _, other := range others {
		if other != person {
			out = append(out, record.Create(record.SamePerson{ID: im.app.newID(), PersonID: person, OtherID: other}))
		}
	}
	return out
}
