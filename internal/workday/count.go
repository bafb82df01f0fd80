package workday

import (
	"fmt"
	"slices"
	"time"

	"sophobien/internal/record"
)

// MostDays is the longest term that is counted; no law sets one near it.
const MostDays = 1000

// lastYear bounds the walk: a calendar of nothing but days off must not walk for ever.
const lastYear = 9990

// Why says for what reason a day was not counted.
type Why string

// The reasons. A holiday on a Saturday is a holiday.
const (
	OffHoliday  Why = "holiday"
	OffSaturday Why = "saturday"
	OffSunday   Why = "sunday"
)

// Skipped is a day that was not counted. Day is what was declared, for a holiday.
type Skipped struct {
	On  record.Date
	Why Why
	Day Day
}

// Count is a term of working days, with everything needed to explain it.
type Count struct {
	From    record.Date // the day of receipt, not counted itself
	Days    int
	Due     record.Date
	Skipped []Skipped // in order
	MadeUp  []Day     // days of work counted that would have been off
	Unknown []int     // years of which the calendar declares nothing
}

// Sure reports whether every day it rests on is fixed by law or was announced, and
// every year of it is known.
func (k Count) Sure() bool { return len(k.Unknown) == 0 && len(k.expected()) == 0 }

// expected lists the years of days that the State has yet to decide.
func (k Count) expected() []int {
	var years []int
	take := func(d Day) {
		if year := d.On.Year(); d.Confidence == unannounced && !slices.Contains(years, year) {
			years = append(years, year)
		}
	}
	for _, s := range k.Skipped {
		take(s.Day)
	}
	for _, d := range k.MadeUp {
		take(d)
	}
	slices.Sort(years)
	return years
}

// Add counts days of work after a day: the first one after it is day 1. No days
// are due on the day itself.
func (c *Calendar) Add(from record.Date, days int) (Count, error) {
	if from == "" || !from.Valid() {
		return Count{}, refuseDay("Không tính được hạn từ ngày “%s”: ngày này không có trong lịch.", "No due day can be counted from “%s”: there is no such day.", from)
	}
	if days < 0 || days > MostDays {
		return Count{}, record.Refuse(record.ErrInvalid,
			fmt.Sprintf("Số ngày làm việc phải từ 0 đến %d.", MostDays), fmt.Sprintf("Working days lie between 0 and %d.", MostDays))
	}
	k := Count{From: from, Days: days, Due: from}
	t := from.Time()
	for left := days; left > 0; {
		t = t.AddDate(0, 0, 1)
		if t.Year() > lastYear {
			return Count{}, record.Refuse(record.ErrInvalid, "Lịch nghỉ không còn ngày làm việc nào để tính hạn. Hãy kiểm tra lại lịch nghỉ.",
				"The calendar leaves no working day to be due on. Check its days off.")
		}
		if c.step(&k, record.DateOf(t), t.Weekday()) {
			left--
		}
	}
	return k, nil
}

// step takes one day into the count and reports whether it is worked.
func (c *Calendar) step(k *Count, on record.Date, w time.Weekday) bool {
	k.Due = on
	if year := on.Year(); !c.Knows(year) && (len(k.Unknown) == 0 || k.Unknown[len(k.Unknown)-1] != year) {
		k.Unknown = append(k.Unknown, year)
	}
	d, declared := c.days[on]
	switch {
	case declared && d.Kind == Holiday:
		k.Skipped = append(k.Skipped, Skipped{on, OffHoliday, d})
		return false
	case declared:
		k.MadeUp = append(k.MadeUp, d)
	case w == time.Saturday:
		k.Skipped = append(k.Skipped, Skipped{On: on, Why: OffSaturday})
		return false
	case w == time.Sunday:
		k.Skipped = append(k.Skipped, Skipped{On: on, Why: OffSunday})
		return false
	}
	return true
}

// Between is how many days are worked after one day up to and including another:
// on the day before the due day one is left. When the second comes first the number
// is negative: how many days it is late. A day that is none gives 0.
func (c *Calendar) Between(from, to record.Date) int {
	if from == "" || to == "" || !from.Valid() || !to.Valid() {
		return 0
	}
	if to < from {
		return -c.Between(to, from)
	}
	n := 0
	for t, end := from.Time(), to.Time(); t.Before(end); {
		t = t.AddDate(0, 0, 1)
		if c.working(record.DateOf(t), t.Weekday()) {
			n++
		}
	}
	return n
}
