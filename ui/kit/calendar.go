package kit

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/theme"
)

// CalendarEntry is one thing in a calendar.
type CalendarEntry struct {
	Key        string
	Day        record.Date
	EndDay     record.Date // "" or Day: one day
	Start, End record.Clock
	Title      string
	State      State  // Plain shows no icon
	Faint      bool   // it is not certain: drawn in outline
	Word       string // how it stands, said at the foot: "dự kiến"
}

func (e CalendarEntry) last() record.Date { return max(e.Day, e.EndDay) }

func (e CalendarEntry) on(d record.Date) bool { return e.Day <= d && d <= e.last() }

// words are all that is said of it.
func (e CalendarEntry) words() string {
	words := joined(e.clock(), e.Title)
	if e.Word != "" {
		words += ", " + e.Word
	}
	return words
}

// clock is "08:00–11:30", or what is known of it.
func (e CalendarEntry) clock() string {
	if e.End == "" || e.Start == "" {
		return string(e.Start)
	}
	return string(e.Start) + "–" + string(e.End)
}

// Calendar shows entries by day, a month or a week at a time:
//
//	arrows               from day to day; in a week Up and Down go through the day's entries
//	Home, End            Monday, Sunday
//	Page Up, Page Down   a month, or a week, back and on
//	T, M, W              today; month; week
//	Tab                  through the entries of the day, then on in the window
//	Enter, Space         open the entry, or the day's first; on an empty day OnNew
//
// A tap on an entry opens it; on a day it goes there, and on the day one is at does
// what Enter does. The line at the foot says the day in full with what is on it.
type Calendar struct {
	widget.BaseWidget

	OnRange func(from, to record.Date) // asked for what is seen; answer with Set
	OnOpen  func(key string)
	OnNew   func(day record.Date)
	OnDay   func(day record.Date) // a person went to a day
	// Holiday is the name of a holiday, or "".
	Holiday func(record.Date) string
	// Unit is what is counted: "hoạt động"; "" for "việc".
	Unit string

	today   func() record.Date
	day     record.Date
	week    bool
	from    record.Date // what OnRange was asked for
	to      record.Date
	entries []CalendarEntry
	entry   int // the entry of the day the keyboard is on, or -1

	title              *Text
	said               *Text
	monthly, weekly    *PushButton
	back, on, todayBtn *PushButton
	body               *calendarBody
}

// NewCalendar makes an empty calendar at today. Set its fields, then call Reload.
func NewCalendar(today func() record.Date) *Calendar {
	c := &Calendar{today: today, day: today(), entry: -1, title: Section(""), said: Caption("")}
	c.title.Whole = true
	c.body = newCalendarBody(c)
	c.back = Quiet("", fynetheme.IconNameNavigateBack, func() { c.turn(-1) })
	c.on = Quiet("", fynetheme.IconNameNavigateNext, func() { c.turn(1) })
	c.todayBtn = Button(T("Hôm nay"), "", func() { c.goTo(c.today()) })
	c.monthly = Quiet(T("Tháng"), "", func() { c.ShowWeek(false) })
	c.weekly = Quiet(T("Tuần"), "", func() { c.ShowWeek(true) })
	c.ExtendBaseWidget(c)
	c.say()
	return c
}

// Set shows entries in the place of those shown.
func (c *Calendar) Set(entries []CalendarEntry) {
	at := c.current().Key
	c.entries = slices.SortedFunc(slices.Values(entries), func(a, b CalendarEntry) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), -cmp.Compare(a.last(), b.last()),
			cmp.Compare(a.Start, b.Start), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Key, b.Key))
	})
	c.entry = -1
	if at != "" {
		c.entry = slices.IndexFunc(c.Entries(c.day), func(e CalendarEntry) bool { return e.Key == at })
	}
	c.refresh()
}

// Reload asks again for what is seen.
func (c *Calendar) Reload() {
	c.from, c.to = "", ""
	c.ask()
}

// Entries are the entries of a day, in the order of the day.
func (c *Calendar) Entries(d record.Date) []CalendarEntry {
	var out []CalendarEntry
	for _, e := range c.entries {
		if e.on(d) {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b CalendarEntry) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// Day is the day the calendar is at.
func (c *Calendar) Day() record.Date { return c.day }

// SetDay goes to a day without telling OnDay.
func (c *Calendar) SetDay(d record.Date) {
	if d == "" || !d.Valid() {
		return
	}
	c.day, c.entry = d, -1
	c.ask()
	c.refresh()
}

// Week reports whether a week is shown, and not a month.
func (c *Calendar) Week() bool { return c.week }

// ShowWeek shows the week of the day, or its month.
func (c *Calendar) ShowWeek(week bool) {
	c.week = week
	c.ask()
	c.refresh()
}

// Range is what is seen: whole weeks.
func (c *Calendar) Range() (from, to record.Date) {
	if c.week {
		return mondayOf(c.day), mondayOf(c.day).AddDays(6)
	}
	return monthSpan(c.day)
}

// Said is what the line at the foot says.
func (c *Calendar) Said() string { return c.said.Text }

// FocusTarget is what takes the keys.
func (c *Calendar) FocusTarget() fyne.Focusable { return c.body }

func (c *Calendar) ask() {
	from, to := c.Range()
	if from == c.from && to == c.to {
		return
	}
	c.from, c.to = from, to
	if c.OnRange != nil {
		c.OnRange(from, to)
	}
}

func (c *Calendar) goTo(d record.Date) {
	if d == c.day {
		return
	}
	c.SetDay(d)
	if c.OnDay != nil {
		c.OnDay(c.day)
	}
}

// turn goes to the next page, or the one before.
func (c *Calendar) turn(step int) {
	if c.week {
		c.goTo(c.day.AddDays(7 * step))
		return
	}
	c.goTo(addMonths(c.day, step))
}

// current is the entry the keyboard is on; the zero entry when it is on the day.
func (c *Calendar) current() CalendarEntry {
	if today := c.Entries(c.day); c.entry >= 0 && c.entry < len(today) {
		return today[c.entry]
	}
	return CalendarEntry{}
}

// enter opens the entry the keyboard is on or the day's first, or begins one.
func (c *Calendar) enter() {
	entries := c.Entries(c.day)
	switch {
	case len(entries) > 0:
		c.open(entries[max(c.entry, 0)].Key)
	case c.OnNew != nil:
		c.OnNew(c.day)
	}
}

func (c *Calendar) open(key string) {
	if c.OnOpen != nil {
		c.OnOpen(key)
	}
}

func (c *Calendar) refresh() {
	c.say()
	c.body.Refresh()
}

// Refresh shows changed fields.
func (c *Calendar) Refresh() {
	c.refresh()
	c.BaseWidget.Refresh()
}

// say writes the title and the line at the foot.
func (c *Calendar) say() {
	title := monthName(c.day)
	if c.week {
		from, to := c.Range()
		title = T("Tuần {{.From}} – {{.To}}", map[string]any{"From": from.String()[:5], "To": to.String()})
	}
	c.title.SetText(title)
	c.said.SetText(c.dayWords() + c.busyWords())
	press(c.monthly, !c.week)
	press(c.weekly, c.week)
}

// press shows which of two buttons is on.
func press(b *PushButton, on bool) {
	importance := widget.LowImportance
	if on {
		importance = widget.HighImportance
	}
	if b.Importance != importance {
		b.Importance = importance
		b.Refresh()
	}
}

func (c *Calendar) dayWords() string {
	words := []string{DayWords(c.day)}
	if c.day == c.today() {
		words = append(words, T("hôm nay"))
	}
	if name := c.holiday(c.day); name != "" {
		words = append(words, name)
	}
	return strings.Join(words, ", ")
}

func (c *Calendar) busyWords() string {
	unit := c.Unit
	if unit == "" {
		unit = T("việc")
	}
	entries := c.Entries(c.day)
	if e := c.current(); e.Key != "" {
		at := Number(int64(c.entry+1)) + "/" + Number(int64(len(entries)))
		return " · " + at + ": " + e.words()
	}
	switch {
	case len(entries) > 0:
		return " · " + counted(int64(len(entries)), unit)
	case c.OnNew != nil:
		return " · " + T("chưa có {{.Unit}}; Enter để ghi", map[string]any{"Unit": unit})
	}
	return " · " + T("chưa có {{.Unit}}", map[string]any{"Unit": unit})
}

func (c *Calendar) holiday(d record.Date) string {
	if c.Holiday == nil {
		return ""
	}
	return c.Holiday(d)
}

// CreateRenderer puts the title and the buttons above the days.
func (c *Calendar) CreateRenderer() fyne.WidgetRenderer {
	head := HStack(theme.SizeTight, c.back, c.on, c.title, Spring(), c.todayBtn, c.monthly, c.weekly)
	return widget.NewSimpleRenderer(Border(head, c.said, nil, nil, c.body))
}
