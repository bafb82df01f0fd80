package app

import (
	"errors"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// countHeads counts a list: everyone but those who speak or organise.
func countHeads(list []record.Attendee) record.HeadCount {
	var h headCounter
	for i := range list {
		h.add(&list[i])
	}
	return h.total()
}

// headCounter counts a list line by line.
type headCounter struct{ count record.HeadCount }

func (c *headCounter) total() record.HeadCount {
	c.count.Listed = true
	return c.count
}

func (c *headCounter) add(at *record.Attendee) {
	if at.Attendance.Role == "speaker" || at.Attendance.Role == "organiser" {
		return
	}
	h := &c.count
	h.Total++
	if at.Person.Sex == "nữ" {
		h.Women++
	}
	if e := at.Person.Ethnicity; e != "" && e != "Kinh" {
		h.EthnicMinority++
	}
	if at.Person.Disability != "" {
		h.Disabled++
	}
	switch at.Person.Group {
	case "worker":
		h.Workers++
	case "employer":
		h.Employers++
	case "official":
		h.Officials++
	case "reporter":
		h.Reporters++
	case "mediator":
		h.Mediators++
	}
}

// recountLists lets head counts follow the lists that edits have changed: a
// count edited after the batch stayed as it was while its list did not.
func recountLists(tx *store.Tx, edits []record.Edit) ([]record.Edit, error) {
	lists, err := listsOf(tx, edits)
	if err != nil {
		return nil, err
	}
	var out []record.Edit
	for _, id := range lists {
		e, changed, err := planCount(tx, id, nil)
		if err != nil {
			return nil, err
		}
		if changed {
			out = append(out, e)
		}
	}
	return out, nil
}

// listsOf names the activities whose lists edits touch: through a line, or
// through a person on them. A line that is gone still says where it was.
func listsOf(tx *store.Tx, edits []record.Edit) ([]record.ID, error) {
	var out []record.ID
	for _, e := range edits {
		switch e.Ref.Noun {
		case "activity":
			out = append(out, e.Ref.ID)
		case "attendance", "person":
			more, err := tx.ListsWith(e.Ref)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
	}
	slices.SortFunc(out, func(a, b record.ID) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(out), nil
}

// planOtherLists counts the other lists on which changed people stand.
func planOtherLists(tx *store.Tx, activity record.ID, list []record.Attendee, edits []record.Edit) ([]record.Edit, error) {
	changed := map[record.ID]record.Person{}
	var people []record.Edit
	for _, e := range edits {
		if e.Ref.Noun == "person" && !e.New && !e.Delete {
			people = append(people, e)
			i := slices.IndexFunc(list, func(at record.Attendee) bool { return at.Person.ID == e.Ref.ID })
			changed[e.Ref.ID] = list[i].Person
		}
	}
	others, err := listsOf(tx, people)
	if err != nil {
		return nil, err
	}
	var out []record.Edit
	for _, id := range others {
		if id == activity {
			continue
		}
		e, ok, err := planCount(tx, id, changed)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, e)
		}
	}
	return out, nil
}

// recountedReason is why the count of a closed activity has changed without anybody
// opening it: somebody on its list was corrected.
const recountedReason = "số lượt đếm lại vì thông tin người trong danh sách đã sửa"

// planCount counts a list as it will be once people have changed.
func planCount(tx *store.Tx, activity record.ID, changed map[record.ID]record.Person) (e record.Edit, ok bool, err error) {
	before, err := store.FindIn[record.Activity](tx, activity)
	if errors.Is(err, record.ErrNotFound) || err == nil && !before.Heads.Listed {
		return e, false, nil
	}
	if err != nil {
		return e, false, err
	}
	list, err := tx.Attendees(activity)
	for i := range list {
		if p, is := changed[list[i].Person.ID]; is {
			list[i].Person = p
		}
	}
	after := before
	after.Heads = countHeads(list)
	if before.Status == "closed" && after.Heads != before.Heads {
		after.Reason = record.DateOf(tx.Now()).String() + ": " + recountedReason
	}
	e, ok = record.Update(before, after)
	return e, ok, err
}
