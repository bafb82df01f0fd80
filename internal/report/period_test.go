package report_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

func TestPeriod(t *testing.T) {
	for name, c := range map[string]struct {
		rule string
		last record.Date
		want record.FigurePeriod
	}{
		"plan, first year":          {"plan", "", record.FigurePeriod{From: "2025-12-01", To: "2026-11-30", Rule: "plan"}},
		"plan, after a cut-off":     {"plan", "2025-11-15", record.FigurePeriod{From: "2025-11-16", To: "2026-11-30", Rule: "plan"}},
		"plan, after a leap day":    {"plan", "2024-02-28", record.FigurePeriod{From: "2024-02-29", To: "2026-11-30", Rule: "plan"}},
		"plan, cut-off too late":    {"plan", "2026-11-30", record.FigurePeriod{From: "2025-12-01", To: "2026-11-30", Rule: "plan"}},
		"plan, cut-off not a day":   {"plan", "2025-02-30", record.FigurePeriod{From: "2025-12-01", To: "2026-11-30", Rule: "plan"}},
		"decree":                    {"nd09", "2025-11-15", record.FigurePeriod{From: "2025-12-15", To: "2026-12-14", Rule: "nd09"}},
		"calendar":                  {"calendar", "", record.FigurePeriod{From: "2026-01-01", To: "2026-12-31", Rule: "calendar"}},
		"a rule of a newer program": {"later", "", record.FigurePeriod{From: "2025-12-01", To: "2026-11-30", Rule: "plan"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, report.Period(c.rule, 2026, c.last)); diff != "" {
				t.Errorf("period (-want +got):\n%s", diff)
			}
		})
	}
	want := record.FigurePeriod{From: "2026-03-01", To: "2026-03-31", Rule: "adhoc"}
	if diff := cmp.Diff(want, report.Between("2026-03-01", "2026-03-31")); diff != "" {
		t.Errorf("ad hoc (-want +got):\n%s", diff)
	}
}

func TestYearsNeitherOverlapNorLeaveGaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := rapid.SampledFrom([]string{"plan", "nd09", "calendar"}).Draw(t, "rule")
		year := rapid.IntRange(2000, 2100).Draw(t, "year")
		this := report.Period(rule, year, anyDay(year-1).Draw(t, "last cut-off"))
		for range rapid.IntRange(1, 6).Draw(t, "years") {
			year++
			next := report.Period(rule, year, this.To)
			if next.From != this.To.AddDays(1) || next.From > next.To {
				t.Fatalf("%s: %v is followed by %v", rule, this, next)
			}
			this = next
		}
	})
}

// anyDay draws a day of a year, and its 29 February often when it has one.
func anyDay(year int) *rapid.Generator[record.Date] {
	return rapid.Custom(func(t *rapid.T) record.Date {
		if leap, ok := record.NewDate(year, 2, 29); ok && rapid.IntRange(0, 4).Draw(t, "leap") == 0 {
			return leap
		}
		first, _ := record.NewDate(year, 1, 1)
		return first.AddDays(rapid.IntRange(0, 364).Draw(t, "day"))
	})
}
