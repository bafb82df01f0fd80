package record

import (
	"fmt"
	"strconv"
	"time"
)

// Date is a calendar day without time or zone, kept as "2006-01-02"; "" is unknown.
type Date string

// NewDate builds a date and reports whether the day exists.
func NewDate(y, m, d int) (Date, bool) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1 || y > 9999 || t.Year() != y || int(t.Month()) != m || t.Day() != d {
		return "", false
	}
	return Date(t.Format(time.DateOnly)), true
}

// DateOf is the day of an instant in its own zone.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// Valid reports whether the date is empty or a day that exists.
func (d Date) Valid() bool {
	if d == "" {
		return true
	}
	t, err := time.Parse(time.DateOnly, string(d))
	return err == nil && t.Year() >= 1
}

// Time is midnight UTC of the day; the zero time for "" or an invalid date.
func (d Date) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Year, Month and Day are 0 for an empty date.
func (d Date) Year() int  { return d.part(0, 4) }
func (d Date) Month() int { return d.part(5, 7) }
func (d Date) Day() int   { return d.part(8, 10) }

func (d Date) part(i, j int) int {
	if len(d) != 10 {
		return 0
	}
	n, err := strconv.Atoi(string(d[i:j]))
	if err != nil {
		return 0
	}
	return n
}

// AddDays moves by days; an empty date stays empty.
func (d Date) AddDays(n int) Date {
	if d == "" || !d.Valid() {
		return d
	}
	return DateOf(d.Time().AddDate(0, 0, n))
}

// String shows the date as written in Vietnam, dd/mm/yyyy; what is no date stays as
// it is.
func (d Date) String() string {
	if len(d) != 10 || d[4] != '-' || d[7] != '-' {
		return string(d)
	}
	return string(d[8:10]) + "/" + string(d[5:7]) + "/" + string(d[0:4])
}

// Clock is a time of day "15:04"; "" is unknown.
type Clock string

// Valid reports whether the clock is empty or a time of day.
func (c Clock) Valid() bool {
	if c == "" {
		return true
	}
	_, err := time.Parse("15:04", string(c))
	return err == nil && len(c) == 5
}

// Birth is a birth date "1987-03-05" or, often all that is known, a year "1987".
type Birth string

// Valid reports whether the birth is empty, a year or a day that exists.
func (b Birth) Valid() bool {
	if len(b) == 4 {
		y, err := strconv.Atoi(string(b))
		return err == nil && y > 0
	}
	return Date(b).Valid()
}

// Year is 0 when unknown.
func (b Birth) Year() int {
	if len(b) < 4 {
		return 0
	}
	y, _ := strconv.Atoi(string(b[:4]))
	return y
}

// String shows dd/mm/yyyy, or the year alone.
func (b Birth) String() string {
	if len(b) == 4 {
		return string(b)
	}
	return Date(b).String()
}

// Period is a span of days, both ends included.
type Period struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// YearOf is a calendar year.
func YearOf(year int) Period {
	from, _ := NewDate(year, 1, 1)
	to, _ := NewDate(year, 12, 31)
	return Period{From: from, To: to}
}

// Has reports whether the day lies in the period. An open end is not a bound.
func (p Period) Has(d Date) bool {
	return d != "" && (p.From == "" || d >= p.From) && (p.To == "" || d <= p.To)
}

// String shows "01/12/2025 – 30/11/2026".
func (p Period) String() string { return fmt.Sprintf("%s – %s", p.From, p.To) }
