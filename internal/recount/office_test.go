package recount_test

import (
	"fmt"

	"pgregory.net/rapid"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// office is a generated office: what the report is given and what the tables hold.
type office struct {
	period     record.FigurePeriod
	activities []activityRow
	directives []directiveRow
	units      []unitRow
	people     []personRow
	attendance []attendanceRow
}

type activityRow struct {
	record.Activity
	flags int
}

type directiveRow struct {
	record.Directive
	flags int
}

type unitRow struct {
	record.Unit
	flags int
}

type personRow struct {
	id            record.ID
	sex, audience string
	flags         int
}

type attendanceRow struct {
	activity, person record.ID
	role             string
	flags            int
}

// input is what the report sees of the office: rows that are not deleted.
func (o office) input() report.Input {
	in := report.Input{Period: o.period, Units: map[record.ID]record.Unit{}}
	for _, a := range o.activities {
		if a.flags&1 == 0 {
			in.Activities = append(in.Activities, a.Activity)
		}
	}
	for _, d := range o.directives {
		if d.flags&1 == 0 {
			in.Directives = append(in.Directives, d.Directive)
		}
	}
	for _, u := range o.units {
		if u.flags&1 == 0 {
			in.Units[u.ID] = u.Unit
		}
	}
	return in
}

func anID(n int) record.ID { return record.NewID(int64(n), [10]byte{1}) }

// flags are mostly none; bit 1 deletes, other bits mean nothing here.
var flags = rapid.SampledFrom([]int{0, 0, 0, 0, 2, 1, 3})

func codes(terms []record.Term, more ...string) *rapid.Generator[string] {
	for _, t := range terms {
		more = append(more, t.Code)
	}
	return rapid.SampledFrom(more)
}

func drawOffice(t *rapid.T) office {
	o := office{period: drawPeriod(t)}
	for i := range rapid.IntRange(0, 4).Draw(t, "units") {
		o.units = append(o.units, unitRow{record.Unit{ID: anID(1000 + i), Kind: codes(record.UnitKinds).Draw(t, "unit kind")}, flags.Draw(t, "flags")})
	}
	for i := range rapid.IntRange(0, 6).Draw(t, "people") {
		o.people = append(o.people, personRow{
			anID(2000 + i), rapid.SampledFrom([]string{"nữ", "nam", ""}).Draw(t, "sex"),
			codes(record.Audiences, "", "later").Draw(t, "audience"), flags.Draw(t, "flags"),
		})
	}
	for i := range rapid.IntRange(0, 10).Draw(t, "activities") {
		o.activities = append(o.activities, activityRow{o.drawActivity(t, i), flags.Draw(t, "flags")})
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "directives") {
		o.directives = append(o.directives, directiveRow{
			record.Directive{ID: anID(3000 + i), Kind: codes(record.DirectiveKinds, "", "later").Draw(t, "document"), Issued: drawDate(t)},
			flags.Draw(t, "flags"),
		})
	}
	return o
}

func drawPeriod(t *rapid.T) record.FigurePeriod {
	rule := rapid.SampledFrom([]string{"plan", "nd09", "calendar", report.Adhoc}).Draw(t, "rule")
	if rule == report.Adhoc {
		return report.Between(drawDate(t), drawDate(t))
	}
	return report.Period(rule, rapid.IntRange(2024, 2025).Draw(t, "year"), drawDate(t))
}

// drawDate draws days around the turns of periods, the leap day, and no day.
func drawDate(t *rapid.T) record.Date {
	edges := []record.Date{"", "2024-02-29", "2024-02-28", "2023-12-01", "2023-11-30", "2023-12-14", "2023-12-15",
		"2024-11-30", "2024-12-01", "2024-12-14", "2024-12-15", "2024-01-01", "2024-12-31", "2025-01-01"}
	if rapid.Bool().Draw(t, "edge") {
		return rapid.SampledFrom(edges).Draw(t, "date")
	}
	return record.Date("2023-11-01").AddDays(rapid.IntRange(0, 800).Draw(t, "day"))
}

func (o *office) drawActivity(t *rapid.T, i int) record.Activity {
	a := record.Activity{
		ID: anID(i), Kind: codes(record.ActivityKinds, "training", "training", "contest", "later").Draw(t, "kind"),
		Mode: codes(record.Modes, "", "later").Draw(t, "mode"), Status: codes(record.Statuses, "held", "held", "later").Draw(t, "status"),
		Topics:     rapid.SliceOfN(rapid.SampledFrom([]string{"LD01", "LD02", "ld02", "Đ'ặc \"biệt\""}), 0, 4).Draw(t, "topics"),
		When:       record.Occasion{Date: drawDate(t), EndDate: drawDate(t)},
		HostUnitID: rapid.SampledFrom([]record.ID{{}, anID(1000), anID(1001), anID(1002), anID(1003)}).Draw(t, "host"),
		Direct:     rapid.Bool().Draw(t, "direct"), WovenInto: rapid.SampledFrom([]string{"", "", "Ngày hội"}).Draw(t, "woven"),
		Prizes: rapid.Int64Range(0, 9).Draw(t, "prizes"),
		Heads: record.HeadCount{
			EthnicMinority: rapid.Int64Range(0, 9).Draw(t, "ethnic"), Disabled: rapid.Int64Range(0, 9).Draw(t, "disabled"),
		},
	}
	if rapid.Bool().Draw(t, "listed") {
		o.drawList(t, &a)
	} else {
		drawTyped(t, &a.Heads)
	}
	return a
}

func drawTyped(t *rapid.T, h *record.HeadCount) {
	n := rapid.Int64Range(0, 9)
	h.Women, h.Workers, h.Employers = n.Draw(t, "women"), n.Draw(t, "workers"), n.Draw(t, "employers")
	h.Officials, h.Reporters, h.Mediators = n.Draw(t, "officials"), n.Draw(t, "reporters"), n.Draw(t, "mediators")
	h.Total = h.Workers + h.Employers + h.Officials + h.Reporters + h.Mediators + n.Draw(t, "rest")
}

// drawList draws the people of an activity and counts them as the action that
// saves a list does.
func (o *office) drawList(t *rapid.T, a *record.Activity) {
	a.Heads.Listed = true
	for _, p := range o.people {
		if !rapid.Bool().Draw(t, "came") {
			continue
		}
		r := attendanceRow{a.ID, p.id, codes(record.Roles, "", "").Draw(t, "role"), flags.Draw(t, "flags")}
		o.attendance = append(o.attendance, r)
		if r.flags&1 == 0 && p.flags&1 == 0 && r.role != "organiser" && r.role != "speaker" {
			countPerson(&a.Heads, p)
		}
	}
}

func countPerson(h *record.HeadCount, p personRow) {
	h.Total++
	if p.sex == "nữ" {
		h.Women++
	}
	switch p.audience {
	case "worker":
		h.Workers++
	case "employer":
		h.Employers++
	case "official":
		h.Officials++
	case "reporter":
		h.Reporters++
	case "mediator":
		h.Mediators++
	}
}

func (o office) String() string {
	return fmt.Sprintf("period %v\nactivities %+v\nunits %+v\npeople %+v\nattendance %+v", o.period, o.activities, o.units, o.people, o.attendance)
}
