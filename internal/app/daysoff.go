package app

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"sophobien/assets"
	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/workday"
)

// shippedDays are the days of the catalogue that ships.
var shippedDays = sync.OnceValues(func() ([]workday.Day, error) {
	raw, err := assets.Catalog.ReadFile("catalog/holidays.csv")
	if err != nil {
		return nil, err
	}
	return workday.Read(bytes.NewReader(raw))
})

// DaysOff are the days off and the days made up of a year: the shipped ones, with
// the office's own over them.
func (a *App) DaysOff(ctx context.Context, year int) ([]record.DayOff, error) {
	shipped, err := shippedDays()
	if err != nil {
		return nil, explain(err)
	}
	own, err := store.All[record.Holiday](ctx, a.db)
	if err != nil {
		return nil, explain(err)
	}
	days := map[record.Date]record.DayOff{}
	for _, d := range shipped {
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
	slices.SortFunc(out, func(x, y record.DayOff) int { return x.Day.Time().Compare(y.Day.Time()) })
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
