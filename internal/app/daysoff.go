package app

import (
	"context"
	"sync"

	"sophobien/assets"
	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/workday"
)

// shippedDaysOff is the catalogue of days off that ships with the program.
var shippedDaysOff = sync.OnceValues(func() (*workday.Calendar, error) {
	f, err := assets.Catalog.Open("catalog/holidays.csv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	days, err := workday.Read(f)
	if err != nil {
		return nil, err
	}
	return workday.New(days)
})

// workdays is the calendar by which this office works: the shipped days off with
// what the office has said of single days over them.
func (a *App) workdays(ctx context.Context) (*workday.Calendar, error) {
	shipped, err := shippedDaysOff()
	if err != nil {
		return nil, err
	}
	own, err := store.All[record.Holiday](ctx, a.db)
	if err != nil {
		return nil, err
	}
	var days []workday.Day
	for _, h := range own {
		d := workday.Day{On: h.Day, Name: record.Words{VI: h.Name, EN: h.Name}, Kind: workday.Holiday, Confidence: "high"}
		if h.Work {
			d.Kind = workday.MakeUp
		}
		days = append(days, d)
	}
	return shipped.With(days...)
}
