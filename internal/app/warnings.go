package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/viet"
)

// world is what an activity is judged against: all that is stored beside it.
type world struct {
	today  record.Date
	off    func(record.Date) (record.Holiday, bool, error)
	unit   func(record.ID) (record.Unit, bool, error)
	stored func(record.ID) (record.Activity, bool, error)
	during func(record.Period) ([]record.Activity, error) // activities of which a day lies there
}

// ActivityWarnings tells what looks wrong with an activity as it would be saved, by
// the field: a speaker who speaks elsewhere at that time, a host that did not exist
// on the day, a day off, a session without people. None of it keeps from saving.
func (a *App) ActivityWarnings(ctx context.Context, act record.Activity) ([]record.Warning, error) {
	today, err := a.today(ctx)
	if err != nil {
		return nil, explain(err)
	}
	out, err := a.warningsIn(world{
		today: today,
		off: func(day record.Date) (record.Holiday, bool, error) {
			off, err := a.Holidays(ctx, record.Period{From: day, To: day})
			if err != nil || len(off) == 0 {
				return record.Holiday{}, false, err
			}
			return off[0], true, nil
		},
		unit: func(id record.ID) (record.Unit, bool, error) { return found(a.Unit(ctx, id)) },
		stored: func(id record.ID) (record.Activity, bool, error) {
			return found(store.Find[record.Activity](ctx, a.db, id))
		},
		during: func(p record.Period) ([]record.Activity, error) { return a.db.ActivitiesDuring(ctx, p) },
	}, act)
	return out, explain(err)
}

// found takes an answer that there is no such row for what it is.
func found[T any](row T, err error) (T, bool, error) {
	if errors.Is(err, record.ErrNotFound) {
		return row, false, nil
	}
	return row, err == nil, err
}

// warningsIn judges an activity against a world.
func (a *App) warningsIn(w world, act record.Activity) ([]record.Warning, error) {
	if act.When.Date == "" || !act.When.Date.Valid() || act.Status == "cancelled" {
		return nil, nil
	}
	var out []record.Warning
	for _, judge := range []func(world, record.Activity) ([]record.Warning, error){
		a.warnOfDay, warnOfStatus, warnOfHeads, warnOfUnits, warnOfSpeakers,
	} {
		found, err := judge(w, act)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func warning(field, vi, en string) record.Warning {
	return record.Warning{Field: field, Words: record.Words{VI: vi, EN: en}}
}

// warnOfDay names the day off it falls on.
func (a *App) warnOfDay(w world, act record.Activity) ([]record.Warning, error) {
	day := act.When.Date
	off, free, err := w.off(day)
	if err != nil || free && off.Work {
		return nil, err
	}
	if free {
		w := warning("when.date", "ngày nghỉ: "+off.Name, "day off: "+a.holidayEnglish(off))
		w.Hint = true
		return []record.Warning{w}, nil
	}
	if day.Time().Weekday() == time.Sunday && record.ActivityAsks(act.Kind, "heads") {
		w := warning("when.date", "ngày nghỉ hằng tuần", "weekly day off")
		w.Hint = true
		return []record.Warning{w}, nil
	}
	return nil, nil
}

// warnOfStatus notices a plan whose day has gone by.
func warnOfStatus(w world, act record.Activity) ([]record.Warning, error) {
	if act.Status != "planned" || act.When.Last() >= w.today {
		return nil, nil
	}
	return []record.Warning{warning("status", "Ngày dự kiến đã qua: ghi “Đã tổ chức”, dời ngày hoặc hủy kế hoạch.",
		"The planned day is over: mark it as held, put it off or cancel it.")}, nil
}

// warnOfHeads notices that nobody was counted: once the day is over, or it was stored
// as held. While it is being written down for today, people are yet to come.
func warnOfHeads(w world, act record.Activity) ([]record.Warning, error) {
	if !act.Held() || act.Heads.Total > 0 || !record.ActivityAsks(act.Kind, "heads") {
		return nil, nil
	}
	if act.When.Last() >= w.today {
		if stored, there, err := w.stored(act.ID); err != nil || !there || !stored.Held() {
			return nil, err
		}
	}
	return []record.Warning{warning("heads", "Đã tổ chức nhưng chưa có người nào.", "It was held, but nobody is counted.")}, nil
}

// warnOfUnits notices units that did not exist on the day.
func warnOfUnits(w world, act record.Activity) ([]record.Warning, error) {
	var out []record.Warning
	for _, of := range []struct {
		field string
		ids   []record.ID
	}{{"host_unit_id", []record.ID{act.HostUnitID}}, {"co_organisers", act.CoOrganisers}, {"units_reached", act.UnitsReached}} {
		for _, id := range of.ids {
			found, err := warnOfUnit(w, act, of.field, id)
			if err != nil {
				return nil, err
			}
			out = append(out, found...)
		}
	}
	return out, nil
}

func warnOfUnit(w world, act record.Activity, field string, id record.ID) ([]record.Warning, error) {
	if id.IsZero() {
		return nil, nil
	}
	unit, there, err := w.unit(id)
	if err != nil || !there || // the form says itself that it is gone
		unit.Valid.Has(act.When.Date) && unit.Valid.Has(act.When.Last()) {
		return nil, err
	}
	vi, en := "từ "+unit.Valid.From.String(), "from "+unit.Valid.From.String()
	switch {
	case unit.Valid.From == "":
		vi, en = "đến "+unit.Valid.To.String(), "until "+unit.Valid.To.String()
	case unit.Valid.To != "":
		vi, en = vi+" đến "+unit.Valid.To.String(), en+" to "+unit.Valid.To.String()
	}
	whatVI, whatEN := "đơn vị này", "this unit"
	if field != "host_unit_id" {
		whatVI, whatEN = unit.FullName(), unit.FullName()
	}
	return []record.Warning{warning(field,
		fmt.Sprintf("Ngày %s nằm ngoài thời gian của %s (%s).", act.When.Date, whatVI, vi),
		fmt.Sprintf("%s lies outside the time of %s (%s).", act.When.Date, whatEN, en))}, nil
}

// warnOfSpeakers notices a speaker who speaks elsewhere at the same time.
func warnOfSpeakers(w world, act record.Activity) ([]record.Warning, error) {
	if len(act.Speakers) == 0 || act.When.Start == "" {
		return nil, nil
	}
	others, err := w.during(record.Period{From: act.When.Date, To: act.When.Last()})
	if err != nil {
		return nil, err
	}
	var out []record.Warning
	for i := range others {
		other := &others[i]
		if other.ID == act.ID || other.Status == "cancelled" || !atOnce(act.When, other.When) {
			continue
		}
		for _, name := range act.Speakers {
			if slices.ContainsFunc(other.Speakers, func(s string) bool { return speakerKey(s) == speakerKey(name) }) {
				out = append(out, warning("speakers",
					fmt.Sprintf("%s cũng nói ở “%s”, %s ngày %s.", name, other.Title, hours(other.When), other.When.Date),
					fmt.Sprintf("%s also speaks at “%s”, %s on %s.", name, other.Title, hours(other.When), other.When.Date)))
			}
		}
	}
	return out, nil
}

// speakerKey is a name without what a comma puts behind it, such as an office.
func speakerKey(name string) string {
	for i, r := range name {
		if r == ',' || r == '(' {
			name = name[:i]
			break
		}
	}
	return viet.Key(name)
}

// atOnce reports whether the hours of two occasions that share a day meet. One of
// which no hours are known meets nothing.
func atOnce(x, y record.Occasion) bool {
	if x.Start == "" || y.Start == "" {
		return false
	}
	xEnd, yEnd := cmp.Or(x.End, x.Start), cmp.Or(y.End, y.Start)
	return x.Start == y.Start || x.Start < yEnd && y.Start < xEnd
}

func hours(o record.Occasion) string {
	if o.End == "" {
		return string(o.Start)
	}
	return string(o.Start) + "–" + string(o.End)
}
