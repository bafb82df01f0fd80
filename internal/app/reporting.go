package app

import (
	"context"
	"fmt"

	"sophobien/internal/record"
	"sophobien/internal/recount"
	"sophobien/internal/report"
)

// Period is the span of a reporting year by the office's rule, or by another
// when rule is given.
func (a *App) Period(ctx context.Context, year int, rule string) (record.FigurePeriod, error) {
	return a.PartOfYear(ctx, year, rule, "")
}

// PartOfYear is a part of a reporting year, one of record.PeriodParts.
func (a *App) PartOfYear(ctx context.Context, year int, rule, part string) (record.FigurePeriod, error) {
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
	years, err := a.years(ctx)
	if err != nil {
		return record.FigurePeriod{}, err
	}
	p, known := years.part(rule, year, part)
	if !known {
		return record.FigurePeriod{}, record.Refuse(record.ErrInvalid,
			"Không có kỳ “"+part+"”; hãy dùng h1, h2, 9m, q1–q4 hoặc m1–m12.", "There is no part “"+part+"”; use h1, h2, 9m, q1–q4 or m1–m12.")
	}
	return p, nil
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

// Standing is the figures of a period beside those before it, and where its targets are
// heading.
func (a *App) Standing(ctx context.Context, p record.FigurePeriod) (record.PeriodStanding, error) {
	in, last, since, err := a.reportBeside(ctx, p)
	if err != nil {
		return record.PeriodStanding{}, err
	}
	today, err := a.today(ctx)
	if err != nil {
		return record.PeriodStanding{}, explain(err)
	}
	out := record.PeriodStanding{Figures: report.Compute(in), Before: last, Since: since}
	for _, o := range report.Outlooks(in, today) {
		o.Now.Missing = o.Movers // those that lack least first
		out.Targets = append(out.Targets, record.TargetOutlook{Target: o.Target, Now: o.Now, Needed: o.Needed, Late: o.Late(today), Words: o.Words(today)})
	}
	out.Report, err = a.reportDeadline(ctx, p, today)
	return out, explain(err)
}

// Behind lists the rows behind a figure, by day.
func (a *App) Behind(ctx context.Context, ids []record.ID) ([]record.Behind, error) {
	list, err := a.db.Behind(ctx, ids)
	return list, explain(err)
}

// reportInput reads what the figures of a period are made from.
func (a *App) reportInput(ctx context.Context, p record.FigurePeriod) (report.Input, error) {
	in := report.Input{Period: p, Units: map[record.ID]record.Unit{}, Targets: a.catalog().targets, Documents: a.catalog().documents}
	y, err := a.db.ReportRows(ctx, p.Span())
	if err != nil {
		return in, explain(err)
	}
	in.Office, in.Activities, in.Directives, in.Publications, in.Materials = y.Office, y.Activities, y.Directives, y.Publications, y.Materials
	in.Surveys, in.Models, in.Budgets, in.Questions = y.Surveys, y.Models, y.Budgets, y.Questions
	in.SameEvents = y.SameEvents
	for _, u := range y.Units {
		in.Units[u.ID] = u
	}
	return in, nil
}

// Recount counts the same figures again in plain SQL, sharing no code with report.
func (a *App) Recount(ctx context.Context, p record.FigurePeriod) (record.Figures, error) {
	f, err := recount.Count(ctx, a.db.Reader(), p, a.recountRules())
	return f, explain(err)
}

// RecountScript is the same count for the stock sqlite3 shell.
func (a *App) RecountScript(p record.FigurePeriod) (string, error) {
	return recount.Script(p, a.recountRules())
}

func (a *App) recountRules() recount.Rules {
	rules := recount.Rules{Targets: a.catalog().targets}
	for _, d := range a.catalog().documents {
		rules.Documents = append(rules.Documents, recount.Document(d))
	}
	return rules
}

// planBegan is the first day that the figures "since the plan" count.
const planBegan record.Date = "2024-01-01"

// Yearly is all that a report of a period prints, counted from one state of the record,
// with the words the office has written for it.
func (a *App) Yearly(ctx context.Context, p record.FigurePeriod) (report.Yearly, error) {
	r, err := a.ReportFor(ctx, p)
	if err != nil {
		return report.Yearly{}, err
	}
	y, _, err := a.yearly(ctx, r)
	return y, err
}

// yearly is what a report prints, and the rows it was counted from.
func (a *App) yearly(ctx context.Context, r record.Report) (report.Yearly, report.Input, error) {
	in, last, since, err := a.reportBeside(ctx, r.Period)
	if err != nil {
		return report.Yearly{}, in, err
	}
	today, err := a.today(ctx)
	if err != nil {
		return report.Yearly{}, in, explain(err)
	}
	printed := today
	if r.SignedOn != "" {
		printed = r.SignedOn
	}
	y := report.Yearly{
		Office: in.Office, Printed: printed, Number: r.Number, Basis: r.Basis, Texts: r.Texts(),
		Figures: report.Compute(in), Estimate: report.Estimate(in, printed), Outlooks: report.Outlooks(in, printed),
		Before: last, Since: since,
		UnitNames: make(map[record.ID]string, len(in.Units)), Topics: a.Topics(),
	}
	y.Tables(in)
	for id, u := range in.Units {
		y.UnitNames[id] = u.FullName()
	}
	return y, in, nil
}

// reportBeside reads what the figures of a period are made from, and counts those it is
// compared with: of the year before, and since the plan began.
func (a *App) reportBeside(ctx context.Context, p record.FigurePeriod) (in report.Input, last, since *record.Figures, err error) {
	years, err := a.years(ctx)
	if err != nil {
		return in, nil, nil, err
	}
	year, all := years.before(p), report.Between(planBegan, p.To)
	all.Map = p.Map
	if in, err = a.reportInput(ctx, record.FigurePeriod{From: min(planBegan, year.From), To: p.To}); err != nil {
		return in, nil, nil, err
	}
	in.Period = p
	return in, figuresIf(in, year), figuresIf(in, all), nil
}

// figuresIf are the figures of a period of which in holds the rows; nil where nothing was
// held then.
func figuresIf(in report.Input, p record.FigurePeriod) *record.Figures {
	in.Period = p
	if len(report.Counted(in)) == 0 {
		return nil
	}
	f := report.Compute(in)
	return &f
}

// WriteWorkbook writes the yearly workbook to a file, whole or not at all, in the
// template that holds on the last day of the period.
func (a *App) WriteWorkbook(ctx context.Context, p record.FigurePeriod, path string) error {
	return a.WriteWorkbookFrom(ctx, p, "", path)
}
