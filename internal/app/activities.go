package app

import (
	"context"
	"fmt"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/viet"
)

// Activities reads one page of the list.
func (a *App) Activities(ctx context.Context, f record.ActivityFilter) (record.ActivityPage, error) {
	page, err := a.db.Activities(ctx, f)
	return page, explain(err)
}

// Activity reads one activity.
func (a *App) Activity(ctx context.Context, id record.ID) (record.Activity, error) {
	act, err := store.Find[record.Activity](ctx, a.db, id)
	return act, explain(err)
}

// SaveActivity makes an activity (zero id) or changes one. What was held cannot
// lie in the future. One that was closed changes only with a reason, which a person
// has just given in Reason.
func (a *App) SaveActivity(ctx context.Context, act record.Activity) (record.Activity, error) {
	normal(&act)
	if err := act.Validate(); err != nil {
		return act, err
	}
	if err := a.checkDate(ctx, act); err != nil {
		return act, err
	}
	var err error
	if act.Citations, err = a.complete(ctx, act.Citations, act.When.Date); err != nil {
		return act, err
	}
	made := act.ID.IsZero()
	if made {
		act.ID = a.newID()
	}
	_, err = a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		edits, err := a.planActivity(tx, &act, made)
		if err != nil || len(edits) == 0 {
			return nil, err
		}
		units, err := a.useUnits(tx, slices.Concat([]record.ID{act.HostUnitID}, act.CoOrganisers, act.UnitsReached)...)
		return append(units, edits...), err
	})
	return act, err
}

// planActivity plans the edits for an activity as it shall be. The head count of
// a list is what its list says, whatever the form showed.
func (a *App) planActivity(tx *store.Tx, act *record.Activity, made bool) ([]record.Edit, error) {
	if made {
		if act.Heads.Listed {
			act.Heads = countHeads(nil) // a repeated activity has no list yet
		}
		return []record.Edit{record.Create(*act)}, nil
	}
	before, err := store.FindIn[record.Activity](tx, act.ID)
	if err != nil {
		return nil, err
	}
	if act.Heads.Listed {
		list, err := tx.Attendees(act.ID)
		if err != nil {
			return nil, err
		}
		act.Heads = countHeads(list)
	}
	given := act.Reason
	act.Reason = before.Reason
	e, changed := record.Update(before, *act)
	if !changed {
		return nil, nil
	}
	if before.Status == "closed" {
		if act.Reason, err = a.reasonFor(before, given); err != nil {
			return nil, err
		}
		e, _ = record.Update(before, *act)
	}
	return []record.Edit{e}, nil
}

func (a *App) checkDate(ctx context.Context, act record.Activity) error {
	today, err := a.today(ctx)
	if err != nil {
		return err
	}
	if act.Status != "planned" && act.Status != "cancelled" && act.When.Date > today {
		r := record.Refuse(record.ErrInvalid,
			fmt.Sprintf("Ngày %s ở sau hôm nay (%s). Nếu là kế hoạch, chọn tình trạng “Dự kiến”.", act.When.Date, today),
			fmt.Sprintf("%s is after today (%s). If it is a plan, choose the status “Planned”.", act.When.Date, today))
		r.Field = "when.date"
		return record.Problems{r}
	}
	return nil
}

// DeleteActivity takes an activity away with its list and its evidence; Undo brings
// all of it back.
func (a *App) DeleteActivity(ctx context.Context, id record.ID) (record.Change, error) {
	return a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		act, err := store.FindIn[record.Activity](tx, id)
		if err != nil {
			return nil, err
		}
		if err := stillOpen(act); err != nil {
			return nil, err
		}
		list, err := tx.Attendees(id)
		if err != nil {
			return nil, err
		}
		evidence, err := tx.EvidenceOf(id)
		if err != nil {
			return nil, err
		}
		edits := []record.Edit{{Ref: act.Ref(), Delete: true}}
		for _, at := range list {
			edits = append(edits, record.Edit{Ref: at.Attendance.Ref(), Delete: true})
		}
		for _, e := range evidence {
			edits = append(edits, record.Edit{Ref: e.Ref(), Delete: true})
		}
		return edits, nil
	})
}

// ParseDate reads a date as people type it: 5/3, 05032026, hôm nay.
func (a *App) ParseDate(text string) (record.Date, error) {
	now := a.opts.Now()
	d, err := viet.ParseDate(text, viet.Date{Year: now.Year(), Month: int(now.Month()), Day: now.Day()})
	if err != nil {
		return "", record.Refuse(record.ErrInvalid, "Không hiểu ngày “"+text+"”. Hãy ghi như 05/03/2026 hoặc 5/3.",
			"The date “"+text+"” is not understood. Write it as 05/03/2026 or 5/3.").Because(err)
	}
	date, ok := record.NewDate(d.Year, d.Month, d.Day)
	if !ok {
		return "", record.Refuse(record.ErrInvalid, "Ngày “"+text+"” không có trong lịch.", "The date “"+text+"” does not exist.")
	}
	return date, nil
}
