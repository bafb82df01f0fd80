package app

import (
	"context"
	"slices"

	"sophobien/assets"
	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/workday"
)

// readHolidays reads the days off that ship with the program.
func readHolidays() (*workday.Calendar, error) {
	file, err := assets.Catalog.Open("catalog/holidays.csv")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	days, err := workday.Read(file)
	if err != nil {
		return nil, err
	}
	return workday.New(days)
}

// Holidays are the days off and the days made up in a span, those of the office in
// the place of the catalogue's, by day. A day the office has not written has no id.
func (a *App) Holidays(ctx context.Context, p record.Period) ([]record.Holiday, error) {
	own, err := store.All[record.Holiday](ctx, a.db)
	if err != nil {
		return nil, explain(err)
	}
	byDay := map[record.Date]record.Holiday{}
	for _, d := range a.catalog().holidays.Days() {
		byDay[d.On] = record.Holiday{Day: d.On, Name: d.Name.VI, Work: d.Kind == workday.MakeUp}
	}
	for _, h := range own {
		byDay[h.Day] = h
	}
	var out []record.Holiday
	for day, h := range byDay {
		if p.Has(day) {
			out = append(out, h)
		}
	}
	slices.SortFunc(out, func(a, b record.Holiday) int { return compareDates(a.Day, b.Day) })
	return out, nil
}

// holidayEnglish is the English name of a day off where it is one that ships with the
// program, else the name the office gave it.
func (a *App) holidayEnglish(h record.Holiday) string {
	for _, d := range a.catalog().holidays.Days() {
		if d.Name.VI == h.Name && d.Name.EN != "" {
			return d.Name.EN
		}
	}
	return h.Name
}

func compareDates(a, b record.Date) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// workdays is the calendar by which this office works: the shipped days off with
// what the office has said of single days over them.
func (a *App) workdays(ctx context.Context) (*workday.Calendar, error) {
	own, err := store.All[record.Holiday](ctx, a.db)
	if err != nil {
		return nil, err
	}
	return a.catalog().calendarWith(own)
}

// calendarWith is the catalogue's calendar with the office's own days over it.
func (c *catalog) calendarWith(own []record.Holiday) (*workday.Calendar, error) {
	byDay := map[record.Date]workday.Day{}
	for _, h := range own {
		kind := workday.Holiday
		if h.Work {
			kind = workday.MakeUp
		}
		byDay[h.Day] = workday.Day{On: h.Day, Name: record.Words{VI: h.Name, EN: h.Name}, Kind: kind, Confidence: "high", Source: "cơ quan ghi"}
	}
	days := make([]workday.Day, 0, len(byDay))
	for _, d := range byDay {
		days = append(days, d)
	}
	return c.holidays.With(days...)
}

// SaveHoliday makes or changes a day off. Open questions whose day was counted move
// with it, in the same action.
func (a *App) SaveHoliday(ctx context.Context, h record.Holiday) (record.Holiday, error) {
	normal(&h)
	made := h.ID.IsZero()
	if made {
		h.ID = a.newID()
	}
	if err := h.Validate(); err != nil {
		return h, err
	}
	_, err := a.commit(ctx, func(tx *store.Tx) ([]record.Edit, error) { return editsOf(tx, h, made) }, a.moveDueDays)
	return h, err
}

// moveDueDays counts the days of open questions again.
func (a *App) moveDueDays(tx *store.Tx) ([]record.Edit, error) {
	own, err := store.AllIn[record.Holiday](tx)
	if err != nil {
		return nil, err
	}
	calendar, err := a.catalog().calendarWith(own)
	if err != nil {
		return nil, err
	}
	open, err := tx.OpenQuestions()
	if err != nil {
		return nil, err
	}
	var edits []record.Edit
	for _, q := range open {
		if q.Due.Days == 0 || q.Received == "" {
			continue // the day was set by hand, or there is none
		}
		count, err := calendar.Add(q.Received, int(q.Due.Days))
		if err != nil {
			return nil, err
		}
		after := q
		after.Due.On = count.Due
		if e, changed := record.Update(q, after); changed {
			edits = append(edits, e)
		}
	}
	return edits, nil
}
