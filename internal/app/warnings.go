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

// ActivityWarnings tells what looks wrong with an activity as it would be saved, by
// the field: a speaker who speaks elsewhere at that time, a host that did not exist
// on the day, a day off, a session without people. None of it keeps from saving.
func (a *App) ActivityWarnings(ctx context.Context, act record.Activity) ([]record.Warning, error) {
	if act.When.Date == "" || !act.When.Date.Valid() || act.Status == "cancelled" {
		return nil, nil
	}
	var out []record.Warning
	for _, judge := range []func(context.Context, record.Activity) ([]record.Warning, error){
		a.warnOfDay, a.warnOfStatus, a.warnOfHeads, a.warnOfUnits, a.warnOfSpeakers,
	} {
		found, err := judge(ctx, act)
		if err != nil {
			return nil, explain(err)
		}
		out = append(out, found...)
	}
	return out, nil
}

func warning(field, vi, en string) record.Warning {
	return record.Warning{Field: field, Words: record.Words{VI: vi, EN: en}}
}

// warnOfDay names the day off it falls on.
func (a *App) warnOfDay(ctx context.Context, act record.Activity) ([]record.Warning, error) {
	day := act.When.Date
	off, err := a.Holidays(ctx, record.Period{From: day, To: day})
	if err != nil {
		return nil, err
	}
	if len(off) > 0 && off[0].Work {
		return nil, nil
	}
	if len(off) > 0 {
		w := warning("when.date", "ngày nghỉ: "+off[0].Name, "day off: "+a.holidayEnglish(off[0]))
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
func (a *App) warnOfStatus(ctx context.Context, act record.Activity) ([]record.Warning, error) {
	today, err := a.today(ctx)
	if err != nil || act.Status != "planned" || act.When.Last() >= today {
		return nil, err
	}
	return []record.Warning{warning("status", "Ngày dự kiến đã qua: ghi “Đã tổ chức”, dời ngày hoặc hủy kế hoạch.",
		"The planned day is over: mark it as held, put it off or cancel it.")}, nil
}

// warnOfHeads notices that nobody was counted: once the day is over, or it was stored
// as held. While it is being written down for today, people are yet to come.
func (a *App) warnOfHeads(ctx context.Context, act record.Activity) ([]record.Warning, error) {
	if !act.Held() || act.Heads.Total > 0 || !record.ActivityAsks(act.Kind, "heads") {
		return nil, nil
	}
	today, err := a.today(ctx)
	if err != nil {
		return nil, err
	}
	if act.When.Last() >= today {
		stored, err := store.Find[record.Activity](ctx, a.db, act.ID)
		if errors.Is(err, record.ErrNotFound) || err == nil && !stored.Held() {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
	}
	return []record.Warning{warning("heads", "Đã tổ chức nhưng chưa có người nào.", "It was held, but nobody is counted.")}, nil
}

// warnOfUnits notices units that did not exist on the day.
func (a *App) warnOfUnits(ctx context.Context, act record.Activity) ([]record.Warning, error) {
	var out []record.Warning
	for _, of := range []struct {
		field string
		ids   []record.ID
	}{{"host_unit_id", []record.ID{act.HostUnitID}}, {"co_organisers", act.CoOrganisers}, {"units_reached", act.UnitsReached}} {
		for _, id := range of.ids {
			w, err := a.warnOfUnit(ctx, act, of.field, id)
			if err != nil {
				return nil, err
			}
			out = append(out, w...)
		}
	}
	return out, nil
}

func (a *App) warnOfUnit(ctx context.Context, act record.Activity, field string, id record.ID) ([]record.Warning, error) {
	if id.IsZero() {
		return nil, nil
	}
	unit, err := a.Unit(ctx, id)
	if errors.Is(err, record.ErrNotFound) {
		return nil, nil // the form says itself that it is gone
	}
	if err != nil || unit.Valid.Has(act.When.Date) && unit.Valid.Has(act.When.Last()) {
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
func (a *App) warnOfSpeakers(ctx context.Context, act record.Activity) ([]record.Warning, error) {
	if len(act.Speakers) == 0 || act.When.Start == "" {
		return nil, nil
	}
	others, err := a.db.ActivitiesDuring(ctx, record.Period{From: act.When.Date, To: act.When.Last()})
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
