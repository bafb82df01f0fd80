package app

import (
	"context"
	"errors"
	"time"

	"sophobien/internal/demo"
	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// DemoOptions say how large the made-up office is; zero numbers take demo's
// defaults.
type DemoOptions struct {
	Seed                   int64
	Years, PerYear, People int
}

// CreateDemo fills an empty folder with a made-up office, the same for the same
// seed and day. Its keys lie in plain: a demonstration has no secrets.
func CreateDemo(ctx context.Context, folder string, d DemoOptions, o Options) (*App, error) {
	a, err := prepare(folder, o)
	if err != nil {
		return nil, err
	}
	if err := a.checkUnused(); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if err := a.fillDemo(ctx, d); err != nil {
		err = errors.Join(err, a.Close())
		a.removeHalfMade()
		return nil, err
	}
	return a, nil
}

func (a *App) fillDemo(ctx context.Context, d DemoOptions) error {
	err := a.setupBegins()
	if err != nil {
		return err
	}
	if a.keys, err = trust.Create(a.dir, trust.Demo, ""); err != nil {
		return explain(err)
	}
	if err := a.openStore(); err != nil {
		return err
	}
	today := record.DateOf(a.opts.Now())
	made, err := demo.Generate(demo.Options{
		Seed: d.Seed, Years: d.Years, ActivitiesPerYear: d.PerYear, PeoplePerActivity: d.People, Today: today, Catalog: CatalogFiles(),
	})
	if err != nil {
		return err
	}
	a.officer = made.Office.Officers[0].ID
	w := store.Writer{Key: a.keys.Device, Officer: a.officer.String()}
	edits := []record.Edit{}
	for _, u := range made.Units {
		edits = append(edits, record.Create(u))
	}
	if _, err := a.db.Commit(ctx, w, made.Began().Time().UnixMilli(), planned(append(edits, record.Create(made.Office)))); err != nil {
		return explain(err)
	}
	known := map[record.ID]bool{}
	err = made.Each(func(act record.Activity, people []record.Attendee) error {
		_, err := a.db.Commit(ctx, w, min(act.When.Date.Time().Add(16*time.Hour).UnixMilli(), a.opts.Now().UnixMilli()), planned(demoEdits(act, people, known)))
		return err
	})
	if err != nil {
		return explain(err)
	}
	err = made.Rest(func(day record.Date, rows []record.Noun) error {
		var edits []record.Edit
		for _, n := range rows {
			edits = append(edits, record.Create(n))
		}
		_, err := a.db.Commit(ctx, w, min(day.Time().Add(10*time.Hour).UnixMilli(), a.opts.Now().UnixMilli()), planned(edits))
		return err
	})
	if err != nil {
		return explain(err)
	}
	a.keepMark(ctx)
	return a.setupDone()
}

func planned(edits []record.Edit) func(*store.Tx) ([]record.Edit, error) {
	return func(*store.Tx) ([]record.Edit, error) { return edits, nil }
}

func demoEdits(act record.Activity, people []record.Attendee, known map[record.ID]bool) []record.Edit {
	edits := []record.Edit{record.Create(act)}
	for _, at := range people {
		if !known[at.Person.ID] {
			known[at.Person.ID] = true
			edits = append(edits, record.Create(at.Person))
		}
		edits = append(edits, record.Create(at.Attendance))
	}
	return edits
}
