package app

import (
	"context"
	"slices"

	"sophobien/internal/record"
)

// metaOfficer names who is at the desk of this PC.
const metaOfficer = "officer_at_desk"

// AtDesk is the officer in whose name this PC writes.
func (a *App) AtDesk(ctx context.Context) (record.Officer, error) {
	id, err := a.currentOfficer(ctx)
	if err != nil {
		return record.Officer{}, explain(err)
	}
	office, err := a.Office(ctx)
	if err != nil {
		return record.Officer{}, err
	}
	officer, _ := office.Officer(id)
	return officer, nil
}

// TakeDesk lets an officer write from now on, on this PC.
func (a *App) TakeDesk(ctx context.Context, id record.ID) error {
	office, err := a.Office(ctx)
	if err != nil {
		return err
	}
	officer, there := office.Officer(id)
	if !there || officer.Gone {
		return record.Refuse(record.ErrNotFound, "Cán bộ này không còn trong danh sách đang làm việc.", "This officer is no longer on the list of those at work.")
	}
	if err := a.db.SetMeta(ctx, metaOfficer, id.String()); err != nil {
		return a.explainWrite(err)
	}
	a.forgetOfficer()
	a.announce(record.Change{Nouns: []string{"officer"}})
	return nil
}

func (a *App) currentOfficer(ctx context.Context) (record.ID, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.officer.IsZero() {
		return a.officer, nil
	}
	o, err := a.db.Office(ctx)
	if err != nil {
		return record.ID{}, err
	}
	kept, err := a.db.Meta(ctx, metaOfficer)
	if err != nil {
		return record.ID{}, err
	}
	a.officer = officerOf(o, kept)
	return a.officer, nil
}

// officerOf is the officer last at the desk, or the first who is at work.
func officerOf(o record.Office, kept string) record.ID {
	if id, err := record.ParseID(kept); err == nil {
		if f, there := o.Officer(id); there && !f.Gone {
			return id
		}
	}
	i := slices.IndexFunc(o.Officers, func(f record.Officer) bool { return !f.Gone })
	if i < 0 {
		return record.ID{}
	}
	return o.Officers[i].ID
}

// forgetOfficer makes the next commit look again who is at the desk.
func (a *App) forgetOfficer() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.officer = record.ID{}
}

// keepOfficers refuses to take officers off the list: the log names them.
func keepOfficers(before, after record.Office) error {
	for _, f := range before.Officers {
		if _, there := after.Officer(f.ID); !there {
			r := record.Refuse(record.ErrConflict, "Cán bộ "+f.Name+" đã có tên trong nhật ký nên không xóa được; hãy đánh dấu đã nghỉ.",
				"The history names "+f.Name+", so they stay on the list; mark them as gone.")
			r.Field = "officers"
			return record.Problems{r}
		}
	}
	return nil
}
