package activities

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// weekKey remembers whether the calendar shows a week.
const weekKey = "activities.week"

// readAtOnce is how many lines of the days in sight are read with one question.
const readAtOnce = 500

// diary is the list as a calendar: of the days in sight it reads all, and no more.
type diary struct {
	*kit.Calendar

	onRead func(record.ActivityPage, error) // what the days in sight hold

	desk   kit.Desk
	office Office
	asks   *kit.Latest
	filter record.ActivityFilter
	off    map[record.Date]string
}

func newDiary(desk kit.Desk, office Office, l *list) *diary {
	today := func() record.Date { return record.DateOf(desk.Now()) }
	d := &diary{Calendar: kit.NewCalendar(today), desk: desk, office: office, asks: kit.NewLatest(desk.Runner), off: map[record.Date]string{}}
	d.Unit = kit.T("hoạt động")
	d.Holiday = func(day record.Date) string { return d.off[day] }
	d.ShowWeek(fyne.CurrentApp().Preferences().Bool(weekKey))
	d.OnRange = d.read
	d.OnOpen = func(key string) {
		if id, err := record.ParseID(key); err == nil {
			l.onOpen(id)
		}
	}
	d.OnNew = func(day record.Date) { l.onNewOn(day) }
	return d
}

// load shows what a filter leaves of the days in sight.
func (d *diary) load(f record.ActivityFilter) {
	d.filter = f
	d.Reload()
}

// span is what is in sight, as a filter.
func (d *diary) span() record.ActivityFilter {
	f := d.filter
	f.Period.From, f.Period.To = d.Range()
	f.Touching, f.Offset, f.Limit = true, 0, readAtOnce
	return f
}

func (d *diary) read(from, to record.Date) {
	fyne.CurrentApp().Preferences().SetBool(weekKey, d.Week())
	f := d.span()
	kit.Ask(d.asks, func(ctx context.Context) (record.ActivityPage, error) {
		return readAll(ctx, d.office, f)
	}, func(page record.ActivityPage, err error) {
		if err == nil {
			d.Set(d.entries(page.Lines))
		}
		d.onRead(page, err)
	})
	d.readHolidays(record.Period{From: from, To: to})
}

// readAll reads every line of a filter.
func readAll(ctx context.Context, office Office, f record.ActivityFilter) (record.ActivityPage, error) {
	page, err := office.Activities(ctx, f)
	for err == nil && len(page.Lines) < page.Total {
		f.Offset = len(page.Lines)
		var next record.ActivityPage
		if next, err = office.Activities(ctx, f); len(next.Lines) == 0 {
			break // some went away meanwhile
		}
		page.Lines = append(page.Lines, next.Lines...)
	}
	return page, err
}

// forgetHolidays reads the days off anew, of this year and the next at once: fields
// for a day name them too.
func (d *diary) forgetHolidays() {
	d.off = map[record.Date]string{}
	year := d.desk.Now().Year()
	d.readHolidays(record.Period{From: record.YearOf(year).From, To: record.YearOf(year + 1).To})
}

// readHolidays names the days off in a span. Without them the calendar is still one.
func (d *diary) readHolidays(p record.Period) {
	kit.Do(d.desk.Runner, func(ctx context.Context) ([]record.Holiday, error) {
		return d.office.Holidays(ctx, p)
	}, func(days []record.Holiday, err error) {
		if err != nil {
			return
		}
		for _, h := range days {
			d.off[h.Day] = kit.HolidayName(h.Name)
			if h.Work {
				d.off[h.Day] = kit.T("Làm bù")
			}
		}
		d.Refresh()
	})
}

func (d *diary) entries(lines []record.ActivityLine) []kit.CalendarEntry {
	var out []kit.CalendarEntry
	today := record.DateOf(d.desk.Now())
	for _, l := range lines {
		out = append(out, entryOf(l, today))
	}
	return out
}

// entryOf shows how an activity stands: a plan is drawn in outline, what is closed has
// a tick, a plan of a day that is over a sign of warning, and what was called off says so.
func entryOf(l record.ActivityLine, today record.Date) kit.CalendarEntry {
	e := kit.CalendarEntry{
		Key: l.ID.String(), Day: l.Date, EndDay: l.EndDate, Start: l.Start, End: l.End,
		Title: l.Title, Word: lower(state(l, today)),
	}
	switch {
	case late(l, today):
		e.Faint, e.State = true, kit.Attention
	case l.Status == "planned":
		e.Faint = true
	case l.Status == "closed":
		e.State = kit.Fine
	case l.Status == "cancelled":
		e.Faint, e.Title = true, kit.T("Hủy: {{.Title}}", map[string]any{"Title": l.Title})
	}
	return e
}

// late reports whether the day of a plan is over.
func late(l record.ActivityLine, today record.Date) bool {
	return l.Status == "planned" && max(l.Date, l.EndDate) < today
}

// statusChips are the filters that make sense where the days are chosen by sight.
func statusChips(chips []kit.GroupChip) []kit.GroupChip {
	return slices.DeleteFunc(chips, func(c kit.GroupChip) bool { return c.Group == "year" })
}
