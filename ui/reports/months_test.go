package reports

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

func TestMonthsOfThePeriodAreCounted(t *testing.T) {
	at := func(days ...record.Date) (list []record.Behind) {
		for _, d := range days {
			list = append(list, record.Behind{Day: d})
		}
		return list
	}
	p := record.FigurePeriod{From: "2025-12-15", To: "2026-02-14"}
	for _, tt := range []struct {
		name string
		list []record.Behind
		want []bar
	}{
		{"none", nil, []bar{{"12", 0}, {"1", 0}, {"2", 0}}},
		{"over the turn of the year", at("2025-12-31", "2026-01-01", "2026-01-31"), []bar{{"12", 1}, {"1", 2}, {"2", 0}}},
		{"outside the period", at("2025-11-30", "2026-03-01", ""), []bar{{"12", 0}, {"1", 0}, {"2", 0}}},
	} {
		if diff := cmp.Diff(tt.want, countMonths(p, tt.list), cmp.AllowUnexported(bar{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	if got := countMonths(record.FigurePeriod{}, nil); got != nil {
		t.Errorf("a period without ends gave %v", got)
	}
}
