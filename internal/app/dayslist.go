package app

import (
	"context"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/workday"
)

// DaysOff are the days off and the days made up of a year: the shipped ones, with
// the office's own over them.
func (a *App) DaysOff(ctx context.Context, year int) ([]record.DayOff, error) {
	own, err := store.All[record.Holiday](ctx, a.db)
	if err != nil {
		return nil, explain(err)
	}
	days := map[record.Date]record.DayOff{}
	for _, d := range a.catalog().holidays.Days() {
		if d.On.Year() == year {
			days[d.On] = record.DayOff{Day: d.On, Name: d.Name, Work: d.Kind == workday.MakeUp, Confidence: d.Confidence, Source: d.Source}
		}
	}
	for _, h := range own {
		if h.Day.Year() == year {
			days[h.Day] = ownDay(h, days[h.Day])
		}
	}
	out := make([]record.DayOff, 0, len(days))
	for _, d := range days {
		out = append(out, d)
	}
	slices.SortFunc(out, func(x, y record.DayOff) int { return compareDates(x.Day, y.Day) })
	return out, nil
}

// ownDay is the office's row over the day that was there, if any.
func ownDay(h record.Holiday, was record.DayOff) record.DayOff {
	d := record.DayOff{Day: h.Day, Name: record.Words{VI: h.Name, EN: h.Name}, Work: h.Work, Holiday: h.ID}
	switch {
	case was.Instead != nil:
		d.Instead = was.Instead
	case was.Day != "" && was.Holiday.IsZero():
		name := was.Name
		d.Instead = &name
	}
	return d
}
