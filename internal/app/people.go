package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"sophobien/internal/intake"
	"sophobien/internal/record"
	"sophobien/internal/store"
)

// Attendees reads the people tab of an activity, in the order of the list.
func (a *App) Attendees(ctx context.Context, activity record.ID) ([]record.Attendee, error) {
	list, err := a.db.Attendees(ctx, activity)
	return list, explain(err)
}

// SaveAttendees makes an activity's list be what is given: new people are added,
// changed ones changed, absent ones taken off; the head count follows. It is one
// action. A person without id is new, one with an id is known.
func (a *App) SaveAttendees(ctx context.Context, activity record.ID, list []record.Attendee) (record.Change, error) {
	list = slices.Clone(list)
	office, err := a.db.Office(ctx)
	if err != nil {
		return record.Change{}, explain(err)
	}
	if err := a.completeList(office, activity, list); err != nil {
		return record.Change{}, err
	}
	meant, err := a.meanUnits(ctx, activity, list)
	if err != nil {
		return record.Change{}, explain(err)
	}
	return a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		units, err := a.useUnits(tx, meant...)
		if err != nil {
			return nil, err
		}
		edits, err := planAttendees(tx, activity, list)
		return append(units, edits...), err
	})
}

// meanUnits finds which units the texts of a list mean, where that is not known yet.
func (a *App) meanUnits(ctx context.Context, activity record.ID, list []record.Attendee) ([]record.ID, error) {
	var units *intake.Units
	var on record.Date
	var meant []record.ID
	for i := range list {
		p := &list[i].Person
		if p.UnitText == "" || !p.UnitID.IsZero() {
			continue
		}
		if units == nil {
			var err error
			if on, err = a.dayOf(ctx, activity); err != nil {
				return nil, err
			}
			if units, err = a.units(ctx, on); err != nil {
				return nil, err
			}
		}
		if id, ok := units.Match(p.UnitText, on); ok {
			p.UnitID = id
			meant = append(meant, id)
		}
	}
	return meant, nil
}

// completeList completes every line and refuses a person who stands twice: a
// report would count one person as two.
func (a *App) completeList(office record.Office, activity record.ID, list []record.Attendee) error {
	lines := map[record.ID]int{}
	for i := range list {
		if err := a.completeAttendee(office, activity, i, &list[i]); err != nil {
			return err
		}
		p, at := list[i].Person, list[i].Attendance.ID
		first := max(lines[p.ID], lines[at])
		if first > 0 {
			r := record.Refuse(record.ErrInvalid, fmt.Sprintf("%s đã có ở dòng %d.", p.FullName, first), fmt.Sprintf("%s already stands on line %d.", p.FullName, first))
			r.Field = "full_name"
			return inLine(i, record.Problems{r})
		}
		lines[p.ID], lines[at] = i+1, i+1
	}
	return nil
}

// completeAttendee gives ids and the place on the list, and refuses a line that
// cannot be true, naming it. Of a new person only what the office collects is taken.
func (a *App) completeAttendee(office record.Office, activity record.ID, i int, at *record.Attendee) error {
	normal(&at.Person)
	normal(&at.Attendance)
	if at.Person.ID.IsZero() {
		at.Person = office.Kept(at.Person)
		at.Person.ID = a.newID()
	}
	if at.Attendance.ID.IsZero() {
		at.Attendance.ID = a.newID()
	}
	at.Attendance.ActivityID, at.Attendance.PersonID, at.Attendance.Line = activity, at.Person.ID, int64(i+1)
	return errors.Join(inLine(i, at.Person.Validate()), inLine(i, at.Attendance.Validate()))
}

// inLine puts the line's number before the sentence, and into the field's name
// for the grid: "3.birth".
func inLine(i int, err error) error {
	var problems record.Problems
	if !errors.As(err, &problems) {
		return err
	}
	out := make(record.Problems, len(problems))
	for k, p := range problems {
		r := *p
		r.Field = fmt.Sprintf("%d.%s", i+1, p.Field)
		r.Words = record.Words{VI: fmt.Sprintf("Dòng %d: %s", i+1, p.Words.VI), EN: fmt.Sprintf("Line %d: %s", i+1, p.Words.EN)}
		out[k] = &r
	}
	return out
}

// planAttendees plans the edits that make a list be what is given, and the head
// counts that follow from it, here and on other lists.
func planAttendees(tx *store.Tx, activity record.ID, list []record.Attendee) ([]record.Edit, error) {
	act, err := store.FindIn[record.Activity](tx, activity)
	if err != nil {
		return nil, err
	}
	before, err := tx.Attendees(activity)
	if err != nil {
		return nil, err
	}
	if len(before)+len(list) == 0 {
		return nil, nil // no list at all: a typed head count stays
	}
	if err := stillOpen(act); err != nil {
		return nil, err
	}
	known := make(map[record.ID]record.Attendee, len(before))
	for _, b := range before {
		known[b.Attendance.ID] = b
	}
	var edits []record.Edit
	for _, at := range list {
		more, err := planAttendee(tx, known, at)
		if err != nil {
			return nil, err
		}
		edits = append(edits, more...)
		delete(known, at.Attendance.ID)
	}
	for _, b := range before {
		if gone, still := known[b.Attendance.ID]; still {
			more, err := planLeaving(tx, gone)
			if err != nil {
				return nil, err
			}
			edits = append(edits, more...)
		}
	}
	others, err := planOtherLists(tx, activity, list, edits)
	if err != nil {
		return nil, err
	}
	edits = append(edits, others...)
	counted := act
	counted.Heads = countHeads(list)
	if e, changed := record.Update(act, counted); changed {
		edits = append(edits, e)
	}
	return edits, nil
}

func planAttendee(tx *store.Tx, known map[record.ID]record.Attendee, at record.Attendee) ([]record.Edit, error) {
	var edits []record.Edit
	switch old, ok := known[at.Attendance.ID]; {
	case ok:
		if e, changed := record.Update(old.Attendance, at.Attendance); changed {
			edits = append(edits, e)
		}
	default:
		edits = append(edits, record.Create(at.Attendance))
	}
	person, err := store.FindIn[record.Person](tx, at.Person.ID)
	switch {
	case errors.Is(err, record.ErrNotFound):
		return append([]record.Edit{record.Create(at.Person)}, edits...), nil
	case err != nil:
		return nil, err
	}
	if e, changed := record.Update(person, at.Person); changed {
		edits = append(edits, e)
	}
	return edits, nil
}

// planLeaving takes a person off a list; a person on no other list goes too.
func planLeaving(tx *store.Tx, at record.Attendee) ([]record.Edit, error) {
	edits := []record.Edit{{Ref: at.Attendance.Ref(), Delete: true}}
	elsewhere, err := tx.AttendedElsewhere(at.Person.ID, at.Attendance.ActivityID)
	if err != nil || elsewhere {
		return edits, err
	}
	return append(edits, record.Edit{Ref: at.Person.Ref(), Delete: true}), nil
}

// FindPeople offers known people while a name is typed.
func (a *App) FindPeople(ctx context.Context, query string, limit int) ([]record.PersonChoice, error) {
	found, err := a.db.FindPeople(ctx, query, limit)
	return found, explain(err)
}

// Person reads one known person, for taking them over into a list.
func (a *App) Person(ctx context.Context, id record.ID) (record.Person, error) {
	p, err := store.Find[record.Person](ctx, a.db, id)
	return p, explain(err)
}
