package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// askedBefore tells the questions received before a day that need say no longer who
// asked: they are answered, or deleted.
func askedBefore(day record.Date) func(q record.Question, deleted bool) bool {
	return func(q record.Question, deleted bool) bool {
		return q.Asker+q.Contact != "" && q.Received != "" && q.Received < day && (q.Answered() || deleted)
	}
}

// PersonalDue counts whose names, and whose optional fields, have been kept for as
// long as the office keeps them.
func (a *App) PersonalDue(ctx context.Context) (record.PersonalDue, error) {
	due := record.PersonalDue{Fields: map[string]int{}}
	office, err := a.db.Office(ctx)
	if err == nil {
		due.Before, err = a.monthsAgo(ctx, office.MonthsNamed())
	}
	if err != nil {
		return due, explain(err)
	}
	days, fields := []record.Date{due.Before}, []string{""}
	for _, c := range office.Collects {
		if c.Months > 0 {
			day, err := a.monthsAgo(ctx, int(c.Months))
			if err != nil {
				return due, explain(err)
			}
			days, fields = append(days, day), append(fields, c.Field)
		}
	}
	kept, err := a.db.KeptSince(ctx, days...)
	if err != nil {
		return due, explain(err)
	}
	due.Names = kept[0].Names
	for i, field := range fields {
		if n := kept[i].Fields[field]; n > 0 {
			due.Fields[field] = n
		}
	}
	gone, err := a.db.People(ctx).DeletedNotSeenSince(due.Before)
	if err != nil {
		return due, explain(err)
	}
	due.Names += gone
	due.Askers, err = a.db.People(ctx).OldAskers(due.Before)
	return due, explain(err)
}

// HideOldNames takes the names off lists older than the office keeps them, or before a
// day that is given, and who asked off questions answered as long ago; every count stays. Who came again since, and who is in the
// network of instructors, keeps their name.
func (a *App) HideOldNames(ctx context.Context, before record.Date) (record.Forgotten, error) {
	office, err := a.db.Office(ctx)
	if err == nil && before == "" {
		before, err = a.monthsAgo(ctx, office.MonthsNamed())
	}
	if err != nil {
		return record.Forgotten{}, explain(err)
	}
	var out record.Forgotten
	var hidden []record.ID
	out.Change, err = a.commitQuietly(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		living, gone, err := a.namedBefore(tx.People(), before)
		if err != nil {
			return nil, err
		}
		people, err := tx.People().In(living)
		if err != nil {
			return nil, err
		}
		askers, err := forgetAskers(tx, askedBefore(before))
		if err != nil || len(people)+len(gone)+len(askers) == 0 {
			return nil, err
		}
		hidden, out.Askers = append(living, gone...), len(askers)
		out.People = len(people) + len(gone)
		edits := forgetPeople(people, record.NameHidden)
		for _, id := range gone {
			edits = append(edits, record.Edit{Ref: record.Ref{Noun: "person", ID: id}, Erase: personalFields})
		}
		what := "Tên trong danh sách trước ngày " + before.String()
		if len(askers) > 0 {
			what += fmt.Sprintf("; người hỏi, liên hệ của %d câu hỏi", len(askers))
		}
		note, err := a.custody(ctx, record.Custody{
			Kind: "hide", Count: int64(out.People), What: what, Reason: fmt.Sprintf("Hết thời hạn lưu %d tháng", office.MonthsNamed()),
		})
		return append(append(edits, askers...), note), err
	})
	if err != nil {
		return record.Forgotten{}, err
	}
	for _, id := range hidden {
		if err := a.db.DropDraft(ctx, "person/"+id.String()); err != nil {
			return out, explain(err)
		}
	}
	out.Change.Words = record.Words{VI: fmt.Sprintf("Ẩn tên %d người đã hết thời hạn lưu", out.People), EN: fmt.Sprintf("Hid the names of %d people whose time kept is over", out.People)}
	return out, nil
}

// namedBefore are the people seen last before a day who still have a name.
func (a *App) namedBefore(people store.PeopleReader, before record.Date) (living, gone []record.ID, err error) {
	living, gone, err = people.NotSeenSince(before)
	if err != nil {
		return nil, nil, err
	}
	living = slices.DeleteFunc(living, func(id record.ID) bool {
		name, nameErr := a.db.NameOf(id)
		if nameErr != nil {
			err = nameErr
		}
		return record.NoName(name)
	})
	return living, gone, err
}

// ClearOldFields clears optional fields whose own time kept is over.
func (a *App) ClearOldFields(ctx context.Context) (record.Forgotten, error) {
	office, err := a.db.Office(ctx)
	if err != nil {
		return record.Forgotten{}, explain(err)
	}
	var out record.Forgotten
	out.Change, err = a.commitQuietly(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		edits, fields, err := a.oldFields(ctx, tx.People(), office)
		if err != nil || len(edits) == 0 {
			return nil, err
		}
		out.People, out.Fields = len(edits), fields
		var what []string
		for _, t := range record.OptionalFields {
			if n := fields[t.Code]; n > 0 {
				what = append(what, fmt.Sprintf("%s (%d người)", t.Words.VI, n))
			}
		}
		note, err := a.custody(ctx, record.Custody{Kind: "hide", Count: int64(len(edits)), What: strings.Join(what, ", "), Reason: "Hết thời hạn lưu của trường thông tin"})
		return append(edits, note), err
	})
	if err != nil {
		return record.Forgotten{}, err
	}
	out.Change.Words = record.Words{VI: "Xóa thông tin tùy chọn đã hết thời hạn lưu", EN: "Cleared optional fields whose time kept is over"}
	return out, nil
}

// oldFields are the edits that clear fields, one a person, and of how many people each.
func (a *App) oldFields(ctx context.Context, reader store.PeopleReader, office record.Office) ([]record.Edit, map[string]int, error) {
	edits, at, counts := []record.Edit{}, map[record.ID]int{}, map[string]int{}
	for _, c := range office.Collects {
		if c.Months <= 0 {
			continue
		}
		before, err := a.monthsAgo(ctx, int(c.Months))
		if err != nil {
			return nil, nil, err
		}
		ids, _, err := reader.NotSeenSince(before)
		if err != nil {
			return nil, nil, err
		}
		people, err := reader.In(ids)
		if err != nil {
			return nil, nil, err
		}
		for _, p := range people {
			if record.Get(p, c.Field) == "" || record.NoName(p.FullName) {
				continue
			}
			i, have := at[p.ID]
			if !have {
				i = len(edits)
				at[p.ID] = i
				edits = append(edits, record.Edit{Ref: p.Ref(), Set: map[string]record.Value{}})
			}
			edits[i].Set[c.Field] = record.Null
			edits[i].Erase = append(edits[i].Erase, c.Field)
			counts[c.Field]++
		}
	}
	return edits, counts, nil
}

// monthsAgo is the day some months before today.
func (a *App) monthsAgo(ctx context.Context, months int) (record.Date, error) {
	today, err := a.today(ctx)
	if err != nil {
		return "", err
	}
	return record.DateOf(today.Time().AddDate(0, -months, 0)), nil
}
