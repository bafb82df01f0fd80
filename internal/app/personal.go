package app

import (
	"context"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// What is done with personal data on request or by rule. Each of these leaves a row
// of record.Custody. What erases erases for ever, from every past version too: it
// cannot be taken back. Copies made before, on sticks and in backups, stay as they are.

// CustodyLog reads what was done with personal data, the newest first.
func (a *App) CustodyLog(ctx context.Context) ([]record.Custody, error) {
	all, err := store.All[record.Custody](ctx, a.db)
	slices.Reverse(all)
	slices.SortStableFunc(all, func(x, y record.Custody) int { return strings.Compare(string(y.Day), string(x.Day)) })
	return all, explain(err)
}

// NoteCustody notes what was done with personal data outside of these actions: a list
// with names that was written out, a breach.
func (a *App) NoteCustody(ctx context.Context, c record.Custody) error {
	normal(&c)
	e, err := a.custody(ctx, c)
	if err != nil {
		return err
	}
	_, err = a.commitQuietly(ctx, func(*store.Tx) ([]record.Edit, error) { return []record.Edit{e}, nil })
	return err
}

func (a *App) custody(ctx context.Context, c record.Custody) (record.Edit, error) {
	c.ID = a.newID()
	if c.Day == "" {
		var err error
		if c.Day, err = a.today(ctx); err != nil {
			return record.Edit{}, explain(err)
		}
	}
	return record.Create(c), c.Validate()
}

// CorrectPerson changes a person on request and says so in the log.
func (a *App) CorrectPerson(ctx context.Context, p record.Person, reason string) (record.Change, error) {
	normal(&p)
	if err := p.Validate(); err != nil {
		return record.Change{}, err
	}
	before, err := a.Person(ctx, p.ID)
	if err != nil {
		return record.Change{}, err
	}
	changed := record.Changed(before, p)
	if len(changed) == 0 {
		return record.Change{}, nil
	}
	note, err := a.custody(ctx, record.Custody{Kind: "correct", PersonID: p.ID, Count: 1, What: fieldWords(changed), Reason: trimmed(reason)})
	if err != nil {
		return record.Change{}, err
	}
	var edits []record.Edit
	return a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		edits, err = editsOf(tx, p, false)
		if err != nil || len(edits) == 0 {
			return nil, err
		}
		units, err := a.useUnits(tx, p.UnitID)
		return append(append(units, edits...), note), err
	}, func(tx *store.Tx) ([]record.Edit, error) { return recountLists(tx, edits) })
}

// fieldWords names fields of a person as people call them; never their values.
func fieldWords(changed map[string]record.Value) string {
	var out []string
	for _, f := range record.DescribeOf(record.Person{}).Fields {
		if _, is := changed[f.Name]; is {
			out = append(out, f.Words.VI)
		}
	}
	return strings.Join(out, ", ")
}

var personalFields = func() []string {
	var out []string
	for _, f := range record.DescribeOf(record.Person{}).Fields {
		if f.Class == record.Personal {
			out = append(out, f.Name)
		}
	}
	return out
}()
