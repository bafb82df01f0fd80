package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/recount"
	"sophobien/internal/report"
	"sophobien/internal/report/xlsx"
)

// Period is the span of a reporting year by the office's rule, or by another
// when rule is given.
func (a *App) Period(ctx context.Context, year int, rule string) (record.FigurePeriod, error) {
	if year < 2000 || year > 2999 {
		return record.FigurePeriod{}, record.Refuse(record.ErrInvalid,
			fmt.Sprintf("Năm báo cáo %d không hợp lệ.", year), fmt.Sprintf("%d is no reporting year.", year))
	}
	if rule == "" {
		o, err := a.Office(ctx)
		if err != nil {
			return record.FigurePeriod{}, err
		}
		rule = o.PeriodRule
	}
	if record.Word(record.PeriodRules, rule) == nil {
		return record.FigurePeriod{}, record.Refuse(record.ErrInvalid,
			"Cách tính kỳ báo cáo “"+rule+"” không có; hãy dùng plan, nd09 hoặc calendar.",
			"There is no period rule “"+rule+"”; use plan, nd09 or calendar.")
	}
	return report.Period(rule, year, ""), nil
}

// Between is an ad-hoc span.
func (a *App) Between(from, to record.Date) (record.FigurePeriod, error) {
	if from == "" || to == "" || !from.Valid() || !to.Valid() || from > to {
		return record.FigurePeriod{}, record.Refuse(record.ErrInvalid,
			"Khoảng thời gian cần ngày đầu và ngày cuối có trong lịch, ngày đầu không sau ngày cuối.",
			"A span needs two existing dates, the first not after the last.")
	}
	return report.Between(from, to), nil
}

// Figures computes the report of a period from the record.
func (a *App) Figures(ctx context.Context, p record.FigurePeriod) (record.Figures, error) {
	in, err := a.reportInput(ctx, p)
	if err != nil {
		return record.Figures{}, err
	}
	return report.Compute(in), nil
}

// Behind lists the rows behind a figure, by day.
func (a *App) Behind(ctx context.Context, ids []record.ID) ([]record.Behind, error) {
	list, err := a.db.Behind(ctx, ids)
	return list, explain(err)
}

func (a *App) reportInput(ctx context.Context, p record.FigurePeriod) (report.Input, error) {
	in := report.Input{Period: p, Units: map[record.ID]record.Unit{}}
	var err error
	if in.Office, err = a.db.Office(ctx); err != nil {
		return in, explain(err)
	}
	if in.Activities, err = a.db.ActivitiesIn(ctx, record.Period{From: p.From, To: p.To}); err != nil {
		return in, explain(err)
	}
	if in.Directives, err = a.db.DirectivesIn(ctx, record.Period{From: p.From, To: p.To}); err != nil {
		return in, explain(err)
	}
	units, err := a.db.Units(ctx)
	for _, u := range units {
		in.Units[u.ID] = u
	}
	return in, explain(err)
}

// Recount counts the same figures again in plain SQL, sharing no code with report.
func (a *App) Recount(ctx context.Context, p record.FigurePeriod) (record.Figures, error) {
	f, err := recount.Count(ctx, a.db.Reader(), p)
	return f, explain(err)
}

// WriteWorkbook writes the yearly workbook to a file, whole or not at all.
func (a *App) WriteWorkbook(ctx context.Context, p record.FigurePeriod, path string) error {
	if err := a.checkTarget(path); err != nil {
		return err
	}
	in, err := a.reportInput(ctx, p)
	if err != nil {
		return err
	}
	names := make(map[record.ID]string, len(in.Units))
	for id, u := range in.Units {
		names[id] = u.FullName()
	}
	book, err := xlsx.Workbook(xlsx.Input{
		Office: in.Office, Figures: report.Compute(in), Months: report.Monthly(in), Audiences: report.ByAudience(in),
		Activities: report.Counted(in), UnitNames: names, Topics: a.Topics(), PrintedOn: record.DateOf(a.opts.Now()),
	})
	if err != nil {
		return explain(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return explain(err)
	}
	return explain(datadir.WriteFile(path, book))
}
