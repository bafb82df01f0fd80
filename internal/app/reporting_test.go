package app

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

// TestAReportStandsBesideItsYearBefore and all years of the plan, each the figures that
// would be counted alone.
func TestAReportStandsBesideItsYearBefore(t *testing.T) {
	a := demoOffice(t, DemoOptions{Seed: 8, Years: 2, PerYear: 50, People: 4}, time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC))
	p := must(a.Period(ctx, 2026, ""))(t)
	y := must(a.Yearly(ctx, p))(t)
	same := func(what string, got *record.Figures, p record.FigurePeriod) {
		t.Helper()
		want := must(a.Figures(ctx, p))(t)
		if got == nil {
			t.Fatalf("%s: none", what)
		}
		if diff := cmp.Diff(want, *got); diff != "" {
			t.Errorf("%s (-alone +beside):\n%s", what, diff)
		}
	}
	same("the year", &y.Figures, p)
	same("the year before", y.Before, must(a.Period(ctx, 2025, ""))(t))
	same("since the plan began", y.Since, must(a.Between("2024-01-01", p.To))(t))
	if y := must(a.Yearly(ctx, must(a.Period(ctx, 2024, ""))(t)))(t); y.Before != nil {
		t.Errorf("before the register there is %+v", y.Before.Period)
	}
}

func TestTheSameDayAYearEarlier(t *testing.T) {
	for day, want := range map[record.Date]record.Date{"2026-03-01": "2025-03-01", "2024-02-29": "2023-02-28", "2025-02-28": "2024-02-28"} {
		if got := aYearEarlier(day); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

// TestFiguresStandBesideTheYearsBefore: the screen has what the printed report has, and
// when it is due; a part of a year is not due by itself.
func TestFiguresStandBesideTheYearsBefore(t *testing.T) {
	a := newApp(t)
	for _, day := range []record.Date{"2024-05-05", "2025-03-05", "2025-06-05", "2026-02-05"} {
		act := newTraining(t, a, "Tập huấn")
		act.When.Date, act.Heads = day, record.HeadCount{Total: 10}
		must(a.SaveActivity(ctx, act))(t)
	}
	p := must(a.Period(ctx, 2026, "plan"))(t)
	s := must(a.Standing(ctx, p))(t)
	y := must(a.Yearly(ctx, p))(t)
	if diff := cmp.Diff(y.Before, s.Before) + cmp.Diff(y.Since, s.Since) + cmp.Diff(y.Figures, s.Figures); diff != "" {
		t.Errorf("paper and screen differ:\n%s", diff)
	}
	for f, want := range map[*record.Figures]int64{&s.Figures: 1, s.Before: 2, s.Since: 4} {
		if n, _ := f.Value("I2", ""); n != want {
			t.Errorf("%v: %d trainings, want %d", f.Period.Span(), n, want)
		}
	}
	o := must(a.Overview(ctx))(t)
	if s.Report != o.Report || s.Report.On != "2026-12-04" {
		t.Errorf("due %+v, on the overview %+v", s.Report, o.Report)
	}
	part := must(a.PartOfYear(ctx, 2026, "plan", "q1"))(t)
	if s := must(a.Standing(ctx, part))(t); s.Report.On != "" {
		t.Errorf("a quarter is due on %s", s.Report.On)
	}
}
