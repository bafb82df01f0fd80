package viet

import (
	"fmt"
	"time"
)

// Date is a calendar day. A zero Day (and Month) is a part that is not known:
// people are often on record with a year of birth only.
type Date struct {
	Year, Month, Day int
}

// Valid reports whether the date is a day that exists, all three parts known.
func (d Date) Valid() bool {
	t := d.time()
	return d.Year >= 1 && t.Year() == d.Year && int(t.Month()) == d.Month && t.Day() == d.Day
}

// AddDays moves a complete date by n days.
func (d Date) AddDays(n int) Date {
	t := d.time().AddDate(0, 0, n)
	return Date{t.Year(), int(t.Month()), t.Day()}
}

// String is the date as [FormatDate] writes it.
func (d Date) String() string { return FormatDate(d.Year, d.Month, d.Day) }

func (d Date) time() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// FormatDate writes 05/03/2026; without a day 03/2026, without a month 2026, and
// nothing when not even the year is known.
func FormatDate(y, m, d int) string {
	switch {
	case y == 0:
		return ""
	case m == 0:
		return fmt.Sprintf("%04d", y)
	case d == 0:
		return fmt.Sprintf("%02d/%04d", m, y)
	default:
		return fmt.Sprintf("%02d/%02d/%04d", d, m, y)
	}
}

// DateLine writes a date as Decree 30/2020 wants it on a document: "ngày 05 tháng
// 01 năm 2026". Only days below 10 and months 1 and 2 take a zero in front, where
// a stroke could turn them into another number.
func DateLine(y, m, d int) string {
	month := "%d"
	if m < 3 {
		month = "%02d"
	}
	return fmt.Sprintf("ngày %02d tháng "+month+" năm %d", d, m, y)
}

// PlaceDateLine is the line under a document's heading: "Đắk Tô, ngày 05 tháng 01
// năm 2026".
func PlaceDateLine(place string, y, m, d int) string {
	if place == "" {
		return DateLine(y, m, d)
	}
	return place + ", " + DateLine(y, m, d)
}
