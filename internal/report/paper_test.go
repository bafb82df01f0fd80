package report_test

import (
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

func TestPlaceAndDay(t *testing.T) {
	for _, c := range []struct {
		day  record.Date
		want string
	}{
		{"2026-01-05", "Đắk Tô, ngày 05 tháng 01 năm 2026"},
		{"2026-02-10", "Đắk Tô, ngày 10 tháng 02 năm 2026"},
		{"2026-03-09", "Đắk Tô, ngày 09 tháng 3 năm 2026"},
		{"2026-12-31", "Đắk Tô, ngày 31 tháng 12 năm 2026"},
		{"", "Đắk Tô, ngày      tháng      năm        "},
		{"2026-02-30", "Đắk Tô, ngày      tháng      năm        "},
	} {
		if got := report.PlaceAndDay("Đắk Tô", c.day); got != c.want {
			t.Errorf("%s: got %q", c.day, got)
		}
	}
	if got := report.PlaceAndDay("", "2026-03-09"); got != "…………, ngày 09 tháng 3 năm 2026" {
		t.Errorf("no place: %q", got)
	}
}

// TestAPeriodIsSaidTheSameEverywhere: every file of a report takes these words.
func TestAPeriodIsSaidTheSameEverywhere(t *testing.T) {
	part := func(rule, code string) record.FigurePeriod {
		p, ok := report.Part(rule, 2026, "", code)
		if !ok {
			t.Fatalf("no part %q", code)
		}
		return p
	}
	const matter = "kết quả phổ biến, giáo dục pháp luật về lao động "
	for _, c := range []struct {
		period  record.FigurePeriod
		subject string
	}{
		{part("plan", ""), "năm 2026"}, {part("plan", "h1"), "6 tháng đầu năm 2026"}, {part("nd09", "q3"), "quý III năm 2026"},
		{part("plan", "m12"), "tháng 12 năm 2025"}, {part("nd09", "m12"), "tháng 12 năm 2026"}, {part("calendar", "9m"), "9 tháng năm 2026"},
		{report.Between("2026-03-01", "2026-03-31"), "từ ngày 01/03/2026 đến ngày 31/03/2026"},
	} {
		if got := report.Subject(c.period); got != matter+c.subject {
			t.Errorf("%+v: %q", c.period, got)
		}
	}
	for share, want := range map[float64]string{0: "0,0 %", 2.0 / 3: "66,7 %", 1: "100,0 %"} {
		if got := report.Percent(share); got != want {
			t.Errorf("%v: %q", share, got)
		}
	}
}
