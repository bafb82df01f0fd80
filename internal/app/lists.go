package app

import (
	"context"
	"fmt"

	"sophobien/internal/intake"
	"sophobien/internal/record"
	"sophobien/internal/sheet"
	"sophobien/internal/store"
	"sophobien/internal/viet"
)

// ReadList reads a list; nothing is stored, and no office is needed. The grid is
// let go as it is read.
func ReadList(ctx context.Context, src record.ListSource, of string) (record.Proposal, error) {
	p, err := readList(ctx, src, of, intake.Options{LetGo: true})
	return p, explain(err)
}

func readList(ctx context.Context, src record.ListSource, of string, o intake.Options) (record.Proposal, error) {
	var g *sheet.Grid
	var err error
	if src.Data != nil {
		g, err = sheet.Read(ctx, src.Data, sheet.Options{Name: src.Name, Sheet: src.Sheet})
	} else {
		g, err = sheet.FromClipboard(src.Text)
	}
	if err != nil {
		return record.Proposal{}, err
	}
	return intake.Read(ctx, g, of, o)
}

// ProposeList reads a list and holds it against the register: which units are
// meant, who is known already, who may be. Nothing is stored.
func (a *App) ProposeList(ctx context.Context, src record.ListSource, o record.ListOptions) (record.Proposal, error) {
	layouts, err := store.All[record.Layout](ctx, a.db)
	if err != nil {
		return record.Proposal{}, explain(err)
	}
	p, err := readList(ctx, src, o.Of, intake.Options{
		Layouts: layouts, Fields: o.Fields, Header: o.Header, Ask: o.Ask, UsualCase: o.UsualCase, LetGo: true,
	})
	if err != nil || p.Unclear != nil {
		return p, explain(err)
	}
	r, err := a.register(ctx, o)
	if err != nil {
		return record.Proposal{}, explain(err)
	}
	return p, explain(intake.Hold(ctx, &p, r))
}

// CheckRow refuses fields that make no row of a list of some noun.
func (a *App) CheckRow(of string, fields record.Fields) error {
	return explain(intake.Check(of, fields))
}

// register is what lists of some noun are held against.
func (a *App) register(ctx context.Context, o record.ListOptions) (r intake.Register, err error) {
	if r.On, err = a.dayOf(ctx, o.Activity); err != nil {
		return r, err
	}
	own, err := a.db.Units(ctx)
	if err != nil {
		return r, err
	}
	r.Units = &intake.Units{Own: intake.NewUnitIndex(own, a.catalog.spelled), Shipped: a.catalog.index(), Home: a.home(ctx, r.On)}
	names := make(map[record.ID]string, len(own))
	for i := range own {
		names[own[i].ID] = own[i].FullName()
	}
	r.UnitName = func(id record.ID) string { return names[id] }
	switch o.Of {
	case "person", "instructor":
		r.People = a.db.PeopleLike
		if r.Apart, err = a.apart(ctx); err != nil {
			return r, err
		}
		r.Listed, err = a.listed(ctx, o)
	case "question":
		r.Asked, err = a.asked(ctx)
	}
	return r, err
}

// dayOf is the day of an activity, else today.
func (a *App) dayOf(ctx context.Context, activity record.ID) (record.Date, error) {
	if activity.IsZero() {
		return a.today(ctx)
	}
	act, err := store.Find[record.Activity](ctx, a.db, activity)
	if err == nil && act.When.Date == "" {
		return a.today(ctx)
	}
	return act.When.Date, err
}

// home is the province the office's area lies in.
func (a *App) home(ctx context.Context, on record.Date) record.ID {
	office, err := a.db.Office(ctx)
	if err != nil {
		return record.ID{}
	}
	u, ok := a.catalog.unit(office.UnitID)
	if !ok {
		return record.ID{}
	}
	line := a.catalog.line(u)
	province := line[len(line)-1]
	if now, ok := a.catalog.byCode(province.Code, on); ok {
		return now.ID // the same province under another kind
	}
	return province.ID
}

// listed are the people who need not come again: those on the activity's list, or
// in the network of instructors.
func (a *App) listed(ctx context.Context, o record.ListOptions) (map[record.ID]string, error) {
	out := map[record.ID]string{}
	if o.Of == "instructor" {
		network, err := store.All[record.Instructor](ctx, a.db)
		for _, i := range network {
			out[i.PersonID] = "đã có trong mạng lưới"
		}
		return out, err
	}
	if o.Activity.IsZero() {
		return out, nil
	}
	list, err := a.db.Attendees(ctx, o.Activity)
	for i := range list {
		out[list[i].Person.ID] = fmt.Sprintf("đã có ở dòng %d của danh sách đang ghi", i+1)
	}
	return out, err
}

// apart knows whom officers have told apart.
func (a *App) apart(ctx context.Context) (func(x, y record.ID) bool, error) {
	said, err := store.All[record.SamePerson](ctx, a.db)
	if err != nil || len(said) == 0 {
		return nil, err
	}
	pairs := make(map[[2]record.ID]bool, 2*len(said))
	for _, s := range said {
		pairs[[2]record.ID{s.PersonID, s.OtherID}] = !s.Same
		pairs[[2]record.ID{s.OtherID, s.PersonID}] = !s.Same
	}
	return func(x, y record.ID) bool { return pairs[[2]record.ID{x, y}] }, nil
}

// asked knows which questions stand in the register, by day and words.
func (a *App) asked(ctx context.Context) (func(received, text string) bool, error) {
	all, err := store.All[record.Question](ctx, a.db)
	seen := make(map[string]bool, len(all))
	for i := range all {
		seen[string(all[i].Received)+" "+viet.Key(all[i].Text)] = true
	}
	return func(received, text string) bool { return seen[received+" "+viet.Key(text)] }, err
}
