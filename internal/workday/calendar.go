package workday

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"sophobien/internal/record"
)

// Kind says what a declared day is.
type Kind string

// The kinds, as the catalogue writes them.
const (
	Holiday Kind = "holiday" // nobody works: a holiday, or a day off in its place
	MakeUp  Kind = "make_up" // worked although it would be off: làm bù
)

// unannounced is the confidence of a day the State has yet to decide.
const unannounced = "low"

// Day is one declared day.
type Day struct {
	On         record.Date
	Name       record.Words
	Kind       Kind
	Confidence string // "high": the law fixes it; "medium": announced for this year; "low": not announced yet, by rule
	Source     string // what the day rests on, for people
}

// Calendar knows which days are worked. It never changes once built, so many may
// ask it at once.
type Calendar struct {
	days  map[record.Date]Day
	years map[int]bool // of which anything is declared
}

// New builds a calendar from its declared days.
func New(days []Day) (*Calendar, error) {
	c := &Calendar{days: make(map[record.Date]Day, len(days)), years: map[int]bool{}}
	for _, d := range days {
		if err := d.check(); err != nil {
			return nil, err
		}
		if _, twice := c.days[d.On]; twice {
			return nil, refuseDay("Ngày %s có hai dòng trong lịch nghỉ. Hãy giữ lại một dòng.", "The day %s stands twice in the calendar. Keep one line.", d.On)
		}
		c.put(d)
	}
	return c, nil
}

// With is the calendar with further days declared; a day declared already is
// replaced. A day off that the State took back is declared as [MakeUp].
func (c *Calendar) With(days ...Day) (*Calendar, error) {
	out := &Calendar{days: maps.Clone(c.days), years: maps.Clone(c.years)}
	for _, d := range days {
		if err := d.check(); err != nil {
			return nil, err
		}
		out.put(d)
	}
	return out, nil
}

func (c *Calendar) put(d Day) {
	c.days[d.On] = d
	c.years[d.On.Year()] = true
}

func (d Day) check() error {
	if d.On == "" || !d.On.Valid() {
		return refuseDay("Lịch nghỉ có ngày không tồn tại: “%s”. Hãy viết như 02/09/2026.", "The calendar has a day that does not exist: “%s”. Write it like 02/09/2026.", d.On)
	}
	if d.Kind != Holiday && d.Kind != MakeUp {
		return refuseDay("Lịch nghỉ không cho biết ngày %s là ngày nghỉ hay ngày làm bù.", "The calendar does not say whether %s is a day off or a day of work.", d.On)
	}
	return nil
}

// Days lists the declared days in order.
func (c *Calendar) Days() []Day {
	return slices.SortedFunc(maps.Values(c.days), func(a, b Day) int { return a.On.Time().Compare(b.On.Time()) })
}

// Declared finds what is declared of a day.
func (c *Calendar) Declared(on record.Date) (Day, bool) {
	d, ok := c.days[on]
	return d, ok
}

// Knows reports whether anything is declared of the year; if not, its days are
// counted with weekends only.
func (c *Calendar) Knows(year int) bool { return c.years[year] }

// Working reports whether the day is worked. No day, and one that does not exist,
// is not.
func (c *Calendar) Working(on record.Date) bool {
	return on != "" && on.Valid() && c.working(on, on.Time().Weekday())
}

func (c *Calendar) working(on record.Date, weekday time.Weekday) bool {
	if d, ok := c.days[on]; ok {
		return d.Kind == MakeUp
	}
	return !weekend(weekday)
}

func weekend(w time.Weekday) bool { return w == time.Saturday || w == time.Sunday }

func refuseDay(vi, en string, on record.Date) error {
	return record.Refuse(record.ErrInvalid, fmt.Sprintf(vi, on), fmt.Sprintf(en, on))
}
