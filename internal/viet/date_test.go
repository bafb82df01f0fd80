package viet

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var today = Date{2026, 3, 1}

func TestParseDate(t *testing.T) {
	tests := []struct {
		in   string
		want Date
		err  error
	}{
		{in: "5/3", want: Date{2026, 3, 5}},
		{in: "5/3/2026", want: Date{2026, 3, 5}},
		{in: "05-03-2026", want: Date{2026, 3, 5}},
		{in: "5.3.2026", want: Date{2026, 3, 5}},
		{in: " 5 / 3 / 2026 ", want: Date{2026, 3, 5}},
		{in: "05032026", want: Date{2026, 3, 5}},
		{in: "20260305", want: Date{2026, 3, 5}},
		{in: "2026-03-05", want: Date{2026, 3, 5}},
		{in: "2026-03-05T14:30:00Z", want: Date{2026, 3, 5}},
		{in: "05/03/2026 00:00:00", want: Date{2026, 3, 5}},
		{in: "5/3/26", want: Date{2026, 3, 5}},
		{in: "5/3/27", want: Date{2027, 3, 5}},
		{in: "5/3/28", want: Date{1928, 3, 5}},
		{in: "5/3/87", want: Date{1987, 3, 5}},
		{in: "29/2/2024", want: Date{2024, 2, 29}},
		{in: "hôm nay", want: today},
		{in: "Hôm Nay", want: today},
		{in: "hom qua", want: Date{2026, 2, 28}},
		{in: "hôm kia", want: Date{2026, 2, 27}},
		{in: "ngày mai", want: Date{2026, 3, 2}},
		{in: "ngày 5 tháng 3 năm 2026", want: Date{2026, 3, 5}},
		{in: "Ngày 05 tháng 03", want: Date{2026, 3, 5}},
		{in: "mùng 5 tháng 3", want: Date{2026, 3, 5}},
		{in: "ngày 5/3/2026", want: Date{2026, 3, 5}},
		{in: "Đắk Tô, ngày 05 tháng 3 năm 2026", want: Date{2026, 3, 5}},
		{in: "", err: ErrNotDate},
		{in: "5", err: ErrNotDate},
		{in: "2026", err: ErrNotDate},
		{in: "thứ hai", err: ErrNotDate},
		{in: "5/3/2026/1", err: ErrNotDate},
		{in: "5/3/202", err: ErrNotDate},
		{in: strings.Repeat("5/", 5000), err: ErrNotDate},
		{in: "31/2/2026", err: ErrNoSuchDay},
		{in: "29/2", err: ErrNoSuchDay},
		{in: "0/3/2026", err: ErrNoSuchDay},
		{in: "3/25/2026", err: ErrNoSuchDay},
		{in: "5/3/1026", err: ErrNoSuchDay},
		{in: "99999999", err: ErrNoSuchDay},
	}
	for _, tt := range tests {
		got, err := ParseDate(tt.in, today)
		if !errors.Is(err, tt.err) {
			t.Errorf("ParseDate(%.50q): error %v, want %v", tt.in, err, tt.err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("ParseDate(%.50q) (-want +got):\n%s", tt.in, diff)
		}
	}
}

func TestParseBirth(t *testing.T) {
	tests := []struct {
		in   string
		want Date
		ok   bool
	}{
		{"1987", Date{Year: 1987}, true},
		{"năm 1987", Date{Year: 1987}, true},
		{"3/1987", Date{Year: 1987, Month: 3}, true},
		{"tháng 3 năm 1987", Date{Year: 1987, Month: 3}, true},
		{"05/03/1987", Date{1987, 3, 5}, true},
		{"13/1987", Date{}, false},
		{"0/1987", Date{}, false},
		{"1087", Date{}, false},
		{"87", Date{}, false},
	}
	for _, tt := range tests {
		got, err := ParseBirth(tt.in, today)
		if (err == nil) != tt.ok || got != tt.want {
			t.Errorf("ParseBirth(%q) = %+v, %v", tt.in, got, err)
		}
	}
}

func TestDateMessagesSayWhatToDo(t *testing.T) {
	for in, want := range map[string]string{
		"xyz":       "không đọc được ngày từ “xyz”; hãy viết như 05/03/2026",
		"31/2/2026": "không có ngày này trong lịch: “31/2/2026”; hãy kiểm tra ngày, tháng và năm (từ 1900 đến 2199)",
	} {
		if _, err := ParseDate(in, today); err == nil || err.Error() != want {
			t.Errorf("ParseDate(%q): %v", in, err)
		}
	}
}

func TestFormatDate(t *testing.T) {
	for d, want := range map[Date]string{
		{2026, 3, 5}:           "05/03/2026",
		{2026, 12, 31}:         "31/12/2026",
		{Year: 1987, Month: 3}: "03/1987",
		{Year: 1987}:           "1987",
		{}:                     "",
	} {
		if got := d.String(); got != want {
			t.Errorf("%+v: %q, want %q", d, got, want)
		}
	}
}

func TestDateLine(t *testing.T) {
	for d, want := range map[Date]string{
		{2026, 1, 5}:   "ngày 05 tháng 01 năm 2026",
		{2026, 2, 10}:  "ngày 10 tháng 02 năm 2026",
		{2026, 6, 9}:   "ngày 09 tháng 6 năm 2026",
		{2026, 12, 31}: "ngày 31 tháng 12 năm 2026",
	} {
		if got := DateLine(d.Year, d.Month, d.Day); got != want {
			t.Errorf("%+v: %q, want %q", d, got, want)
		}
	}
	if got, want := PlaceDateLine("Đắk Tô", 2026, 1, 5), "Đắk Tô, ngày 05 tháng 01 năm 2026"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := PlaceDateLine("", 2026, 1, 5), "ngày 05 tháng 01 năm 2026"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDatesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date{Year: firstYear, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 109_000).Draw(t, "days"))
		for _, text := range []string{d.String(), DateLine(d.Year, d.Month, d.Day), PlaceDateLine("Ia H' Drai", d.Year, d.Month, d.Day)} {
			got, err := ParseDate(text, today)
			if err != nil || got != d {
				t.Fatalf("%q read as %v, %v", text, got, err)
			}
		}
	})
}
