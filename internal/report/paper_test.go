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
