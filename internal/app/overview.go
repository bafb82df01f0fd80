package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/store"
	"sophobien/internal/workday"
)

// How far ahead the overview looks, in days.
const (
	questionsAhead = 7
	plansAhead     = 14
)

// Overview is the reporting year of the office at a glance.
func (a *App) Overview(ctx context.Context) (record.Overview, error) {
	g, err := a.glance(ctx)
	if err != nil {
		return record.Overview{}, explain(err)
	}
	g.count()
	g.o.Targets = g.standings()
	g.o.Due, g.o.DueMore = g.due(), g.year.MoreWaiting+g.year.MorePlans
	g.o.Next = g.next()
	return g.o, nil
}

// glance is an overview being made, with what it is made from.
type glance struct {
	o    record.Overview
	year store.Year
	days *workday.Calendar
	now  time.Time

	outlooks []report.Outlook // of the targets
	level    string           // kind of the office's unit

	ended       record.UnitEnd // the office's unit was reorganised away
	unsentSince int64          // Unix milliseconds of the first entry in no sealed file; 0 for none

	back    record.Report  // a report that the province sent back
	backFor record.Verdict // and why
}

func (a *App) glance(ctx context.Context) (*glance, error) {
	g := &glance{now: a.opts.Now()}
	office, err := a.db.Office(ctx)
	if err != nil {
		return nil, err
	}
	if g.o.Today, err = a.today(ctx); err != nil {
		return nil, err
	}
	if g.days, err = a.workdays(ctx); err != nil {
		return nil, err
	}
	if g.o.Status, err = a.Status(ctx); err != nil {
		return nil, err
	}
	years, err := a.years(ctx)
	if err != nil {
		return nil, err
	}
	if g.back, g.backFor, err = a.returned(ctx); err != nil {
		return nil, err
	}
	before := g.setYear(years, office.PeriodRule)
	in, err := a.reportInput(ctx, g.o.Period)
	if err != nil {
		return nil, err
	}
	if g.ended, err = a.UnitEnd(ctx); err != nil {
		return nil, err
	}
	if g.unsentSince, err = a.unsentSince(ctx); err != nil {
		return nil, err
	}
	g.outlooks, g.level = report.Outlooks(in, g.o.Today), in.Units[office.UnitID].Kind
	g.year, err = a.db.Year(ctx, store.YearSpan{
		Today: g.o.Today, Period: record.Period{From: g.o.Period.From, To: g.o.Period.To}, Before: record.Period{From: before.From, To: before.To},
		Own: office.UnitID, Soon: g.o.Today.AddDays(questionsAhead), Ahead: g.o.Today.AddDays(plansAhead),
		Elsewhere: report.CountedElsewhere(in.SameEvents),
	})
	g.o.Empty = g.year.Recorded == 0 && g.year.Units.All == 0
	return g, err
}

// setYear finds the reporting year: that of today, or the one whose report is still
// to be sent. It returns the days of the year before.
func (g *glance) setYear(years years, rule string) record.FigurePeriod {
	y := g.o.Today.Year()
	p := years.whole(rule, y)
	if g.o.Today > p.To && g.o.Today > dayOfReport(y) {
		y++
		p = years.whole(rule, y)
	}
	g.o.Year, g.o.Period = y, p
	g.o.Report = deadline(g.days, g.o.Today, dayOfReport(y))
	return years.whole(rule, y-1)
}

// count adds up what was held.
func (g *glance) count() {
	o := &g.o
	o.Materials = g.year.Materials
	o.Months = monthsOf(o.Period)
	var heads record.HeadCount
	kinds := map[string]int64{}
	for _, m := range g.year.Held {
		row := g.monthOf(m)
		if m.Before {
			row.Sessions.Before += m.Sessions
			row.People.Before += m.Heads.Total
			if !m.Later {
				addTally(&o.Activities.Before, m.Activities, &o.Sessions.Before, m.Sessions)
				addTally(&o.People.Before, m.Heads.Total, &o.Women.Before, m.Heads.Women)
			}
			continue
		}
		row.Sessions.Now += m.Sessions
		row.People.Now += m.Heads.Total
		addTally(&o.Activities.Now, m.Activities, &o.Sessions.Now, m.Sessions)
		addTally(&o.People.Now, m.Heads.Total, &o.Women.Now, m.Heads.Women)
		kinds[m.Kind] += m.Activities
		heads = addHeads(heads, m.Heads)
	}
	o.Kinds = partsByCount(kinds)
	for _, t := range record.Audiences {
		o.Audiences = append(o.Audiences, record.Part{Code: t.Code, Value: heads.Of(t.Code)})
	}
}

func addTally(a *int64, n int64, b *int64, m int64) { *a, *b = *a+n, *b+m }

func addHeads(a, b record.HeadCount) record.HeadCount {
	a.Total += b.Total
	a.Workers += b.Workers
	a.Employers += b.Employers
	a.Officials += b.Officials
	a.Reporters += b.Reporters
	a.Mediators += b.Mediators
	return a
}

// monthsOf are the months of a period as the report has them.
func monthsOf(p record.FigurePeriod) []record.MonthTally {
	var out []record.MonthTally
	for _, m := range report.Monthly(report.Input{Period: p}) {
		out = append(out, record.MonthTally{Days: m.Days})
	}
	return out
}

// monthOf is the row of a month, or of the same month a year later.
func (g *glance) monthOf(m store.HeldMonth) *record.MonthTally {
	year, month := record.Date(m.Month+"-01").Year(), m.Month[4:]
	if m.Before {
		year++
	}
	want := fmt.Sprintf("%04d%s", year, month)
	i := slices.IndexFunc(g.o.Months, func(row record.MonthTally) bool { return string(row.Days.From[:7]) == want })
	if i < 0 {
		return &record.MonthTally{} // a day that is none
	}
	return &g.o.Months[i]
}

// partsByCount puts the most first, and equals in the order of their list.
func partsByCount(kinds map[string]int64) []record.Part {
	var out []record.Part
	for _, t := range record.ActivityKinds {
		if n := kinds[t.Code]; n > 0 {
			out = append(out, record.Part{Code: t.Code, Value: n})
		}
		delete(kinds, t.Code)
	}
	for code, n := range kinds { // written by a newer program
		out = append(out, record.Part{Code: code, Value: n})
	}
	slices.SortStableFunc(out, func(a, b record.Part) int { return cmp.Compare(b.Value, a.Value) })
	return out
}
