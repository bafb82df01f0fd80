package app

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

func TestADayOffIsNamedInEnglishToo(t *testing.T) {
	a := newApp(t)
	must(a.SaveHoliday(ctx, record.Holiday{Day: "2026-03-04", Name: "Lễ hội xã"}))(t)
	for day, want := range map[record.Date]string{"2026-02-17": "day off: Lunar New Year", "2026-03-04": "day off: Lễ hội xã"} {
		act := training("Tập huấn")
		act.Heads.Total, act.When.Date = 12, day
		if list := must(a.ActivityWarnings(ctx, act))(t); len(list) != 1 || list[0].Words.EN != want {
			t.Errorf("%s: %+v, want %q", day, list, want)
		}
	}
}

func TestActivityWarnings(t *testing.T) {
	a := newApp(t)
	gone := must(a.SaveUnit(ctx, record.Unit{Kind: "enterprise", Name: "Công ty cũ", Valid: record.Validity{From: "2020-01-01", To: "2025-06-30"}}))(t)
	must(a.SaveHoliday(ctx, record.Holiday{Day: "2026-03-04", Name: "Lễ hội xã"}))(t)
	other := training("Ở xã bên")
	other.When = record.Occasion{Date: "2026-03-04", EndDate: "2026-03-06", Start: "08:00", End: "11:00"}
	other.Speakers, other.Heads.Total = []string{"Y Ngọc, phó trưởng phòng", "A Brôl"}, 20
	must(a.SaveActivity(ctx, other))(t)
	for name, tt := range map[string]struct {
		change func(*record.Activity)
		want   []string
	}{
		"nothing":         {func(*record.Activity) {}, nil},
		"nobody came":     {func(x *record.Activity) { x.Heads.Total = 0 }, []string{"heads: Đã tổ chức nhưng chưa có người nào."}},
		"nobody came yet": {func(x *record.Activity) { x.Heads.Total, x.When.Date = 0, "2026-03-20" }, nil},
		"nobody yet of two days": {func(x *record.Activity) {
			x.Heads.Total, x.When.Date, x.When.EndDate = 0, "2026-03-19", "2026-03-20"
		}, nil},
		"nobody is asked":  {func(x *record.Activity) { x.Heads.Total, x.Kind = 0, "broadcast" }, nil},
		"a plan":           {func(x *record.Activity) { x.Heads.Total, x.Status, x.When.Date = 0, "planned", "2026-03-24" }, nil},
		"a plan of old":    {func(x *record.Activity) { x.Status = "planned" }, []string{"status: Ngày dự kiến đã qua: ghi “Đã tổ chức”, dời ngày hoặc hủy kế hoạch."}},
		"called off":       {func(x *record.Activity) { x.Status, x.When.Date, x.Heads.Total = "cancelled", "2026-03-08", 0 }, nil},
		"a Sunday":         {func(x *record.Activity) { x.When.Date = "2026-03-08" }, []string{"when.date? ngày nghỉ hằng tuần"}},
		"the office's day": {func(x *record.Activity) { x.When.Date = "2026-03-04" }, []string{"when.date? ngày nghỉ: Lễ hội xã"}},
		"Tết":              {func(x *record.Activity) { x.When.Date = "2026-02-17" }, []string{"when.date? ngày nghỉ: Tết Âm lịch"}},
		"a host of before": {func(x *record.Activity) { x.HostUnitID = gone.ID }, []string{"host_unit_id: Ngày 05/03/2026 nằm ngoài thời gian của đơn vị này (từ 01/01/2020 đến 30/06/2025)."}},
		"a speaker twice": {func(x *record.Activity) { x.Speakers, x.When.Start, x.When.End = []string{"y ngoc"}, "10:30", "12:00" },
			[]string{"speakers: y ngoc cũng nói ở “Ở xã bên”, 08:00–11:00 ngày 04/03/2026."}},
		"a speaker later": {func(x *record.Activity) {
			x.Speakers, x.When.Start, x.When.End = []string{"Y Ngọc"}, "11:00", "12:00"
		}, nil},
		"a speaker unclear": {func(x *record.Activity) { x.Speakers = []string{"Y Ngọc"} }, nil},
		"another speaker":   {func(x *record.Activity) { x.Speakers, x.When.Start = []string{"Y Ngân"}, "09:00" }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			act := training("Tập huấn")
			act.Heads.Total = 12
			tt.change(&act)
			var got []string
			for _, w := range must(a.ActivityWarnings(ctx, act))(t) {
				mark := ": "
				if w.Hint {
					mark = "? "
				}
				got = append(got, w.Field+mark+w.Words.VI)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	stored := must(a.Activities(ctx, record.ActivityFilter{Text: "xa ben"}))(t).Lines[0]
	act := must(a.Activity(ctx, stored.ID))(t)
	if w := must(a.ActivityWarnings(ctx, act))(t); len(w) != 1 || !w[0].Hint {
		t.Errorf("an activity is in its own way: %+v", w)
	}
}

// The calendar asks for what touches the weeks in sight; the list for an order.
func TestActivitiesTouchingAndSorted(t *testing.T) {
	a := newApp(t)
	for _, x := range []struct {
		title    string
		day, end record.Date
		people   int64
	}{{"Bạn", "2026-02-27", "2026-03-02", 5}, {"Âm", "2026-03-05", "", 30}, {"An", "2026-01-05", "2026-01-06", 9}, {"Ở", "2026-03-03", "", 30}} {
		act := training(x.title)
		act.When = record.Occasion{Date: x.day, EndDate: x.end, Start: "08:00"}
		act.Heads.Total = x.people
		must(a.SaveActivity(ctx, act))(t)
	}
	march := record.Period{From: "2026-03-01", To: "2026-03-31"}
	for name, tt := range map[string]struct {
		f    record.ActivityFilter
		want []string
	}{
		"begun in March":   {record.ActivityFilter{Period: march}, []string{"Âm", "Ở"}},
		"going on in it":   {record.ActivityFilter{Period: march, Touching: true}, []string{"Âm", "Ở", "Bạn"}},
		"the oldest first": {record.ActivityFilter{Sort: record.OldestFirst}, []string{"An", "Bạn", "Ở", "Âm"}},
		"by name":          {record.ActivityFilter{Sort: record.ByTitle}, []string{"An", "Âm", "Bạn", "Ở"}},
		"most people":      {record.ActivityFilter{Sort: record.MostPeople}, []string{"Âm", "Ở", "An", "Bạn"}},
	} {
		page := must(a.Activities(ctx, tt.f))(t)
		var got []string
		for _, l := range page.Lines {
			got = append(got, l.Title)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || page.Total != len(tt.want) {
			t.Errorf("%s, %d in all (-want +got):\n%s", name, page.Total, diff)
		}
	}
	line := must(a.Activities(ctx, record.ActivityFilter{Text: "ban"}))(t).Lines[0]
	if line.EndDate != "2026-03-02" || line.Start != "08:00" {
		t.Errorf("the line says %+v", line)
	}
}

// TestNobodyIsMissedOnceItWasStored as held, be it today's; a plan that is being marked
// as held today was only just begun.
func TestNobodyIsMissedOnceItWasStored(t *testing.T) {
	a := newApp(t)
	act := training("Tập huấn hôm nay")
	act.When.Date = record.DateOf(today)
	act.Status = "planned"
	said := func() bool {
		for _, w := range must(a.ActivityWarnings(ctx, act))(t) {
			if w.Field == "heads" {
				return true
			}
		}
		return false
	}
	if said() {
		t.Error("said of a plan")
	}
	act = must(a.SaveActivity(ctx, act))(t)
	act.Status = "held"
	if said() {
		t.Error("said while it is being marked as held")
	}
	act = must(a.SaveActivity(ctx, act))(t)
	if !said() {
		t.Error("not said of what was stored as held")
	}
}
