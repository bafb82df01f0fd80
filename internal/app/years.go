package app

import (
	"context"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/store"
)

// years are the reporting years of this office, by the cut-offs of its reports: each begins
// on the day after the signed one before it ended.
type years struct{ reports []record.Report }

func (a *App) years(ctx context.Context) (years, error) {
	list, err := store.Own[record.Report](ctx, a.db)
	return years{list}, explain(err)
}

// part is a part of a year, "" for the whole; false for a part that there is not.
func (y years) part(rule string, year int, part string) (record.FigurePeriod, bool) {
	p, known := report.Part(rule, year, y.cutOff(rule, year-1, true), part)
	if end := y.cutOff(rule, year, false); end != "" && p.To == report.Period(rule, year, "").To {
		p.To = end
	}
	return p, known
}

func (y years) whole(rule string, year int) record.FigurePeriod {
	p, _ := y.part(rule, year, "")
	return p
}

// before is the same part of the year before.
func (y years) before(p record.FigurePeriod) record.FigurePeriod {
	b := report.Between(aYearEarlier(p.From), aYearEarlier(p.To))
	if p.Year > 0 {
		b, _ = y.part(p.Rule, p.Year-1, p.Part)
	}
	b.Map = p.Map
	return b
}

// cutOff is the last day of the latest report of a whole year, signed or in writing; ""
// where there is none, or the rule leaves no choice.
func (y years) cutOff(rule string, year int, signed bool) record.Date {
	var last record.Report
	for _, r := range y.reports {
		p := r.Period
		if p.Rule == rule && rule == "plan" && p.Year == year && p.Part == "" && (r.Signed() || !signed) && r.Revision >= last.Revision {
			last = r
		}
	}
	return last.Period.To
}

// aYearEarlier is the same day a year earlier, 28 February for the 29th.
func aYearEarlier(d record.Date) record.Date {
	if d, ok := record.NewDate(d.Year()-1, d.Month(), d.Day()); ok {
		return d
	}
	return d.AddDays(-366)
}
