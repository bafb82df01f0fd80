package report_test

import (
	"fmt"
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
		"plan, first year":          {"plan", "", record.FigurePeriod{From: "2025-12-01", To: "2026-11-30", Rule: "plan", Year: 2026}},
		"plan, after a cut-off":     {"plan", "2025-11-15", record.FigurePeriod{From: "2025-11-16", To: "2026-11-30", Rule: "plan", Year: 2026}},
		"plan, after a leap day":    {"plan", "2024-02-28", record.FigurePeriod{From: "2024-02-29", To: "2026-11-30", Rule: "plan", Year: 2026}},
		"plan, cut-off too late":    {"plan", "2026-11-30", record.FigurePeriod{From: "2025-12-01", To: "2026-11-30", Rule: "plan", Year: 2026}},
		"plan, cut-off not a day":   {"plan", "2025-02-30", record.FigurePeriod{From: "2025-12-01", To: "2026-11-30", Rule: "plan", Year: 2026}},
		"decree":                    {"nd09", "2025-11-15", record.FigurePeriod{From: "2025-12-15", To: "2026-12-14", Rule: "nd09", Year: 2026}},
		"calendar":                  {"calendar", "", record.FigurePeriod{From: "2026-01-01", To: "2026-12-31", Rule: "calendar", Year: 2026}},
		"a rule of a newer program": {"later", "", record.FigurePeriod{From: "2025-12-01", To: "2026-11-30", Rule: "plan", Year: 2026}},
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

// TestPartsTileTheirYear: halves, quarters and months each cover the year without a gap
// or an overlap, whatever the rule, the cut-off and the leap day.
func TestPartsTileTheirYear(t *testing.T) {
	months := func(first int) []string {
		var out []string
		for i := range 12 {
			out = append(out, fmt.Sprintf("m%d", (first+i-1)%12+1))
		}
		return out
	}
	rapid.Check(t, func(t *rapid.T) {
		rule := rapid.SampledFrom([]string{"plan", "nd09", "calendar"}).Draw(t, "rule")
		year := rapid.IntRange(2000, 2100).Draw(t, "year")
		last := record.Date(fmt.Sprintf("%d-11-01", year-1)).AddDays(rapid.IntRange(0, 40).Draw(t, "cut-off"))
		whole := report.Period(rule, year, last)
		for _, tiles := range [][]string{{"h1", "h2"}, {"q1", "q2", "q3", "q4"}, {"9m", "q4"}, months(firstMonth(rule))} {
			next := whole.From
			for _, name := range tiles {
				p, ok := report.Part(rule, year, last, name)
				if !ok || p.From != next || p.From > p.To || p.Part != name || p.Year != year {
					t.Fatalf("%s %d after %s: %s is %v, want it to begin on %s", rule, year, last, name, p, next)
				}
				next = p.To.AddDays(1)
			}
			if next != whole.To.AddDays(1) {
				t.Fatalf("%s %d: %v end on %s, the year on %s", rule, year, tiles, next.AddDays(-1), whole.To)
			}
		}
	})
	if p, ok := report.Part("nd09", 2026, "", "q2"); !ok || p.From != "2026-03-15" || p.To != "2026-06-14" {
		t.Errorf("the second quarter of Decree 09: %v", p)
	}
	if p, ok := report.Part("plan", 2026, "", "m2"); !ok || p.From != "2026-02-01" || p.To != "2026-02-28" {
		t.Errorf("February: %v", p)
	}
	if p, ok := report.Part("plan", 2026, "", "m12"); !ok || p.From != "2025-12-01" || p.To != "2025-12-31" {
		t.Errorf("the December the year begins with: %v", p)
	}
	if _, ok := report.Part("plan", 2026, "", "moon"); ok {
		t.Error("there is a part called moon")
	}
	for _, part := range record.PeriodParts {
		if _, ok := report.Part("plan", 2026, "", part.Code); !ok {
			t.Errorf("no part %q", part.Code)
		}
	}
}

func firstMonth(rule string) int {
	if rule == "plan" {
		return 12
	}
	return 1
}
