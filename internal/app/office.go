package app

import (
	"context"
	"errors"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// Office is who we are.
func (a *App) Office(ctx context.Context) (record.Office, error) {
	o, err := a.db.Office(ctx)
	return o, explain(err)
}

// SaveOffice changes names, titles, rules and the fields that are collected.
func (a *App) SaveOffice(ctx context.Context, o record.Office) error {
	normal(&o)
	for i := range o.Officers {
		if o.Officers[i].ID.IsZero() {
			o.Officers[i].ID = a.newID()
		}
	}
	if err := o.Validate(); err != nil {
		return err
	}
	defer a.forgetOfficer()
	_, err := a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		before, err := store.FindIn[record.Office](tx, o.ID)
		if err != nil {
			return nil, err
		}
		if err := keepOfficers(before, o); err != nil {
			return nil, err
		}
		e, changed := record.Update(before, o)
		if !changed {
			return nil, nil
		}
		return []record.Edit{e}, nil
	})
	return err
}

// Unit reads a registered unit, or one of the shipped catalogue.
func (a *App) Unit(ctx context.Context, id record.ID) (record.Unit, error) {
	u, err := store.Find[record.Unit](ctx, a.db, id)
	if errors.Is(err, record.ErrNotFound) {
		if shipped, ok := a.catalog().unit(id); ok {
			return shipped, nil
		}
	}
	return u, explain(err)
}

// SaveUnit makes (zero id) or changes a unit.
func (a *App) SaveUnit(ctx context.Context, u record.Unit) (record.Unit, error) {
	normal(&u)
	made := u.ID.IsZero()
	if made {
		u.ID = a.newID()
	}
	if err := u.Validate(); err != nil {
		return u, err
	}
	_, err := a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) {
		before, err := store.FindIn[record.Unit](tx, u.ID)
		if errors.Is(err, record.ErrNotFound) {
			return []record.Edit{record.Create(u)}, nil
		}
		if err != nil {
			return nil, err
		}
		e, changed := record.Update(before, u)
		if !changed {
			return nil, nil
		}
		return []record.Edit{e}, nil
	})
	return u, err
}

// FindUnits offers the office's own units first, then those of the shipped
// catalogue that exist today, by bare letters.
func (a *App) FindUnits(ctx context.Context, query string, limit int) ([]record.UnitChoice, error) {
	own, err := a.db.Units(ctx)
	if err != nil {
		return nil, explain(err)
	}
	out := matchUnits(own, query, a.catalog())
	seen := map[record.ID]bool{}
	for _, u := range own {
		seen[u.ID] = true
	}
	today, err := a.today(ctx)
	if err != nil {
		return nil, explain(err)
	}
	for _, c := range a.catalog().find(query, "", today, limit+len(own)) {
		if !seen[c.ID] {
			out = append(out, c)
		}
	}
	return out[:min(limit, len(out))], nil
}

// useUnits registers the catalogue's rows an activity names and what these went into, so
// that a report and a bundle can tell what they are.
func (a *App) useUnits(tx *store.Tx, ids ...record.ID) ([]record.Edit, error) {
	var edits []record.Edit
	planned := map[record.ID]bool{}
	for _, id := range ids {
		shipped, ok := a.catalog().unit(id)
		if !ok {
			continue
		}
		for _, u := range a.catalog().kin(shipped) {
			_, err := store.FindIn[record.Unit](tx, u.ID)
			if err == nil || planned[u.ID] {
				continue
			}
			if !errors.Is(err, record.ErrNotFound) {
				return nil, err
			}
			planned[u.ID] = true
			edits = append(edits, record.Create(u))
		}
	}
	return edits, nil
}

// Topics are the shipped topics of labour law.
func (a *App) Topics() []record.Term { return a.catalog().topics }
