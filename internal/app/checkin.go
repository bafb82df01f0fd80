package app

import (
	"context"
	"fmt"
	"strings"

	"sophobien/internal/card"
	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/viet"
)

// CheckIn takes in whoever holds a citizen card of which a reader typed the text. Who
// is on the activity's list is ticked with the time, who is not is put on it; nobody
// is taken in twice. The card's number is kept only where the office has switched it
// on, else its mark; nothing else of the card is kept but name, sex and year of birth.
func (a *App) CheckIn(ctx context.Context, activity record.ID, text string) (record.CheckedIn, error) {
	c, err := card.Parse(text)
	if err != nil {
		return record.CheckedIn{}, err
	}
	office, err := a.db.Office(ctx)
	if err != nil {
		return record.CheckedIn{}, explain(err)
	}
	return a.checkIn(ctx, activity, func(tx *store.Tx, list []record.Attendee) (arrival, error) {
		return a.holderOf(tx, office, c, list)
	})
}

// CheckInPerson takes in a person of the register who has no card at hand.
func (a *App) CheckInPerson(ctx context.Context, activity, person record.ID) (record.CheckedIn, error) {
	return a.checkIn(ctx, activity, func(tx *store.Tx, _ []record.Attendee) (arrival, error) {
		p, err := store.FindIn[record.Person](tx, person)
		return arrival{before: p, now: p}, err
	})
}

// arrival is who stands at the door, as the register knows them and as it will.
type arrival struct {
	before, now record.Person
	isNew       bool
}

func (a *App) checkIn(ctx context.Context, activity record.ID, who func(*store.Tx, []record.Attendee) (arrival, error)) (record.CheckedIn, error) {
	var out record.CheckedIn
	ch, err := a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		act, err := store.FindIn[record.Activity](tx, activity)
		if err == nil {
			err = stillOpen(act)
		}
		if err != nil {
			return nil, err
		}
		list, err := tx.Attendees(activity)
		if err != nil {
			return nil, err
		}
		arrived, err := who(tx, list)
		if err != nil {
			return nil, err
		}
		return a.planArrival(tx, act, list, arrived, &out)
	})
	if err != nil {
		return record.CheckedIn{}, explain(err)
	}
	out.Batch = ch.Batch
	return out, nil
}

// planArrival ticks a person on a list, or puts them on it.
func (a *App) planArrival(tx *store.Tx, act record.Activity, list []record.Attendee, who arrival, out *record.CheckedIn) ([]record.Edit, error) {
	at := -1
	last := int64(0)
	for i := range list {
		last = max(last, list[i].Attendance.Line)
		if list[i].Person.ID == who.now.ID && at < 0 {
			at = i
		}
	}
	var edits []record.Edit
	out.Added, out.New, out.Again = at < 0, who.isNew, at >= 0 && list[at].Attendance.Arrived != ""
	if at < 0 {
		at = len(list)
		list = append(list, record.Attendee{Attendance: record.Attendance{ID: a.newID(), ActivityID: act.ID, PersonID: who.now.ID, Line: last + 1}})
	}
	row := &list[at]
	before := row.Attendance
	row.Person = who.now
	if !out.Again {
		row.Attendance.Signed, row.Attendance.Arrived = true, record.Clock(a.opts.Now().Format("15:04"))
	}
	switch e, changed := record.Update(before, row.Attendance); {
	case out.Added:
		edits = append(edits, record.Create(row.Attendance))
	case changed:
		edits = append(edits, e)
	}
	more, err := planHolder(tx, act.ID, list, who)
	if err != nil {
		return nil, err
	}
	edits = append(more, edits...)
	counted := act
	counted.Heads = countHeads(list)
	if e, changed := record.Update(act, counted); changed && !out.Again {
		edits = append(edits, e)
	}
	out.Person, out.Attendance, out.Listed = who.now, row.Attendance, len(list)
	out.Here = 0
	for i := range list {
		if list[i].Attendance.Arrived != "" {
			out.Here++
		}
	}
	return edits, nil
}

// planHolder keeps what the card says of its holder and the register did not know.
func planHolder(tx *store.Tx, activity record.ID, list []record.Attendee, who arrival) ([]record.Edit, error) {
	if who.isNew {
		return []record.Edit{record.Create(who.now)}, nil
	}
	e, changed := record.Update(who.before, who.now)
	if !changed {
		return nil, nil
	}
	edits := []record.Edit{e}
	if who.before.Sex == who.now.Sex {
		return edits, nil
	}
	others, err := planOtherLists(tx, activity, list, edits) // which count by sex
	return append(edits, others...), err
}

// holderOf finds the holder of a card: by its number or mark, else by name and birth
// among people of whom no other card is known, those on the list first. Who is not
// found is new.
func (a *App) holderOf(tx *store.Tx, office record.Office, c card.Card, list []record.Attendee) (arrival, error) {
	mark := a.cardMark(c.Number)
	like, err := a.db.PeopleLike(record.Person{FullName: c.FullName, IDNumber: c.Number, IDMark: mark})
	if err != nil {
		return arrival{}, err
	}
	if c.OldNumber != "" {
		old, err := a.db.PeopleLike(record.Person{IDNumber: c.OldNumber})
		if err != nil {
			return arrival{}, err
		}
		like = append(like, old...)
	}
	listed := map[record.ID]bool{}
	for i := range list {
		listed[list[i].Person.ID] = true
	}
	best, of, rivals := record.Person{}, 0, 0
	for _, p := range like {
		score := likeness(p, c, mark, listed[p.ID])
		if score > of {
			best, of, rivals = p, score, 0
		} else if score == of && score > 0 && p.ID != best.ID {
			rivals++
		}
	}
	if of == 0 || rivals > 0 && of < sureOfHolder {
		return arrival{now: a.newHolder(office, c, mark), isNew: true}, nil
	}
	return knownHolder(tx, office, c, mark, best.ID)
}

// sureOfHolder is from which likeness two people of one name are told apart by who
// comes first on the list, instead of a third being made.
const sureOfHolder = 4

// likeness says how sure it is that a person holds a card: 0 they do not.
func likeness(p record.Person, c card.Card, mark string, listed bool) int {
	switch {
	case p.IDNumber != "" && (p.IDNumber == c.Number || p.IDNumber == c.OldNumber), p.IDMark != "" && p.IDMark == mark:
		return 9
	case p.IDNumber != "" && len(p.IDNumber) == len(c.Number), p.IDMark != "", p.Sex != "" && p.Sex != c.Sex, viet.Agree(p.FullName, c.FullName) == viet.Differ:
		return 0
	}
	score := 0
	switch {
	case p.Birth == c.Birth && len(p.Birth) > 4:
		score = 3
	case p.Birth != "" && p.Birth.Year() == c.Birth.Year() && (len(p.Birth) == 4 || len(c.Birth) == 4):
		score = 2
	case p.Birth == "" && listed:
		score = 1
	default:
		return 0
	}
	if listed {
		score += 3
	}
	return score
}

// cardMark is what is kept of a card in the place of its number.
func (a *App) cardMark(number string) string {
	return card.Fingerprint(a.keys.Office, number) + ":" + card.Tail(number)
}

func (a *App) newHolder(office record.Office, c card.Card, mark string) record.Person {
	p := record.Person{ID: a.newID(), FullName: c.FullName, Sex: c.Sex, Birth: yearOnly(c.Birth)}
	return withCard(office, p, c, mark)
}

// yearOnly is all that lists say of a birth.
func yearOnly(b record.Birth) record.Birth { return b[:min(4, len(b))] }

func knownHolder(tx *store.Tx, office record.Office, c card.Card, mark string, id record.ID) (arrival, error) {
	before, err := store.FindIn[record.Person](tx, id)
	now := withCard(office, before, c, mark)
	if now.Sex == "" {
		now.Sex = c.Sex
	}
	if now.Birth == "" {
		now.Birth = yearOnly(c.Birth)
	}
	return arrival{before: before, now: now}, err
}

// withCard is a person with the number of their card, or its mark.
func withCard(office record.Office, p record.Person, c card.Card, mark string) record.Person {
	if office.CollectsField("id_number") {
		p.IDNumber = c.Number
	} else if p.IDNumber == "" {
		p.IDMark = mark
	}
	return p
}

// FindAttendees offers people by the beginnings of their names' words, those on an
// activity's list before others.
func (a *App) FindAttendees(ctx context.Context, activity record.ID, query string, limit int) ([]record.PersonChoice, error) {
	words := viet.Key(query)
	if words == "" {
		return nil, nil
	}
	list, err := a.db.Attendees(ctx, activity)
	if err != nil {
		return nil, explain(err)
	}
	var out []record.PersonChoice
	on := map[record.ID]bool{}
	for _, at := range list {
		on[at.Person.ID] = true
		if !record.NoName(at.Person.FullName) && len(out) < limit && viet.MatchKey(viet.Key(at.Person.FullName), words) {
			out = append(out, record.PersonChoice{ID: at.Person.ID, Name: at.Person.FullName, Detail: onList(at)})
		}
	}
	known, err := a.db.FindPeople(ctx, query, limit+len(list))
	for _, p := range known {
		if !on[p.ID] && len(out) < limit {
			out = append(out, p)
		}
	}
	return out, explain(err)
}

func onList(at record.Attendee) string {
	said := []string{fmt.Sprintf("dòng %d", at.Attendance.Line)}
	for _, part := range []string{at.Person.Birth.String(), at.Person.UnitText} {
		if part != "" {
			said = append(said, part)
		}
	}
	if at.Attendance.Arrived != "" {
		said = append(said, "đã điểm danh "+string(at.Attendance.Arrived))
	}
	return strings.Join(said, ", ")
}
