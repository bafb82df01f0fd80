package recount_test

import (
	"fmt"

	"pgregory.net/rapid"

	"sophobien/internal/record"
	"sophobien/internal/recount"
	"sophobien/internal/report"
)

// office is a generated office: what the report is given and what the tables hold.
type office struct {
	period       record.FigurePeriod
	own          record.ID // the office's unit
	activities   []row[record.Activity]
	directives   []row[record.Directive]
	publications []row[record.Publication]
	materials    []row[record.Material]
	surveys      []row[record.Survey]
	models       []row[record.Model]
	budgets      []row[record.Budget]
	questions    []row[record.Question]
	units        []row[record.Unit]
	people       []personRow
	attendance   []attendanceRow
	targets      []record.Target
	documents    []report.Document
	words        []row[record.SameEvent]
}

// machine is who made a row.
type machine int

const (
	ours        machine = iota // before anybody has a list of machines
	province                   // whose words on events count
	otherOffice                // whose people are not here
)

// state is what a row's state begins with: the entry that made it.
func (m machine) state() string { return fmt.Sprintf("%d.0 more", int(m)+1) }

// row is a noun's row as a table keeps it.
type row[T any] struct {
	of    T
	flags int
	by    machine
}

func standing[T any](rows []row[T]) []T {
	var out []T
	for _, r := range rows {
		if r.flags&1 == 0 {
			out = append(out, r.of)
		}
	}
	return out
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
	in := report.Input{
		Office: record.Office{UnitID: o.own}, Period: o.period, Units: map[record.ID]record.Unit{},
		Activities: standing(o.activities), Directives: standing(o.directives), Publications: standing(o.publications),
		Materials: standing(o.materials), Surveys: standing(o.surveys), Models: standing(o.models),
		Budgets: standing(o.budgets), Questions: standing(o.questions), Targets: o.targets, Documents: o.documents,
	}
	for _, u := range standing(o.units) {
		in.Units[u.ID] = u
	}
	held := map[record.ID]bool{}
	for _, a := range in.Activities {
		held[a.ID] = a.Held() && a.When.Date != ""
	}
	for _, w := range o.words {
		if w.flags&1 == 0 && w.by != otherOffice && held[w.of.ActivityID] && held[w.of.TwinID] {
			in.SameEvents = append(in.SameEvents, w.of)
		}
	}
	return in
}

// rules are the targets and texts as the recount takes them.
func (o office) rules() recount.Rules {
	r := recount.Rules{Targets: o.targets}
	for _, d := range o.documents {
		r.Documents = append(r.Documents, recount.Document(d))
	}
	return r
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
	o.drawUnits(t)
	for i := range rapid.IntRange(0, 6).Draw(t, "people") {
		o.people = append(o.people, personRow{
			anID(2000 + i), rapid.SampledFrom([]string{"nữ", "nam", ""}).Draw(t, "sex"),
			codes(record.Audiences, "", "later").Draw(t, "audience"), flags.Draw(t, "flags"),
		})
	}
	for i := range rapid.IntRange(0, 10).Draw(t, "activities") {
		by := rapid.SampledFrom([]machine{ours, ours, province, otherOffice}).Draw(t, "made by")
		o.activities = append(o.activities, row[record.Activity]{o.drawActivity(t, i, by == otherOffice), flags.Draw(t, "flags"), by})
	}
	o.drawWords(t)
	o.directives = rows(t, 4, func(n int) record.Directive {
		return record.Directive{ID: anID(3000 + n), Kind: codes(record.DirectiveKinds, "", "later").Draw(t, "document"), Issued: drawDate(t)}
	})
	o.drawRegisters(t)
	o.drawTargets(t)
	return o
}

// rows draws up to most rows, some of them deleted.
func rows[T any](t *rapid.T, most int, draw func(n int) T) []row[T] {
	var out []row[T]
	for i := range rapid.IntRange(0, most).Draw(t, "rows") {
		out = append(out, row[T]{of: draw(i), flags: flags.Draw(t, "flags")})
	}
	return out
}

// drawUnits draws units that open, close, split and merge, some with dates that make no
// sense, links to units that are gone, and the office's own among them.
func (o *office) drawUnits(t *rapid.T) {
	n := rapid.IntRange(0, 7).Draw(t, "units")
	unit := rapid.Custom(func(t *rapid.T) record.ID { return anID(1000 + rapid.IntRange(0, 7).Draw(t, "which")) })
	some := rapid.SliceOfN(unit, 0, 3)
	for i := range n {
		u := record.Unit{
			ID: anID(1000 + i), Kind: codes(record.UnitKinds, "enterprise", "enterprise", "commune").Draw(t, "unit kind"),
			Name: rapid.SampledFrom([]string{"Đăk Hà", "Ngọk Bay", "Ia Chim"}).Draw(t, "name"), Code: rapid.SampledFrom([]string{"", "23500", "23284"}).Draw(t, "code"),
			Focus:   rapid.SliceOfN(codes(record.FocusFlags), 0, 3).Draw(t, "focus"),
			Workers: record.Workers{Total: rapid.Int64Range(0, 90).Draw(t, "workers")},
			Valid:   record.Validity{From: drawDate(t), To: rapid.SampledFrom([]record.Date{"", "", "2024-06-30", drawDate(t)}).Draw(t, "until")},
		}
		if rapid.Bool().Draw(t, "parted") {
			u.ParentID = unit.Draw(t, "parent")
		}
		if rapid.Bool().Draw(t, "moved") {
			u.Successors, u.Predecessors = some.Draw(t, "successors"), some.Draw(t, "predecessors")
		}
		o.units = append(o.units, row[record.Unit]{of: u, flags: flags.Draw(t, "flags")})
	}
	if n > 0 && rapid.Bool().Draw(t, "own") {
		o.own = unit.Draw(t, "own unit")
	}
}

func (o *office) drawRegisters(t *rapid.T) {
	small := rapid.Int64Range(0, 9)
	unit := rapid.SampledFrom([]record.ID{{}, anID(1000), anID(1001), anID(1002), anID(1009)})
	o.publications = rows(t, 4, func(n int) record.Publication {
		return record.Publication{ID: anID(4000 + n), Document: rapid.SampledFrom([]string{"", "45/2019/QH14", " 12/2022/NĐ-CP "}).Draw(t, "number"), On: drawDate(t), UnitID: unit.Draw(t, "by")}
	})
	o.materials = rows(t, 3, func(n int) record.Material {
		return record.Material{
			ID: anID(5000 + n), Kind: codes(record.MaterialKinds, "", "later").Draw(t, "material"), On: drawDate(t), Made: small.Draw(t, "made"), Given: small.Draw(t, "given"),
			Topics:    drawTopics(t),
			Languages: rapid.SliceOfN(rapid.SampledFrom([]string{"Tiếng Việt", "Tiếng Xơ-đăng"}), 0, 3).Draw(t, "languages"),
		}
	})
	o.surveys = rows(t, 3, func(n int) record.Survey {
		return record.Survey{ID: anID(6000 + n), Purpose: codes(record.SurveyPurposes).Draw(t, "purpose"), On: drawDate(t), Sent: small.Draw(t, "sent"), Returned: small.Draw(t, "returned")}
	})
	o.models = rows(t, 3, func(n int) record.Model {
		return record.Model{ID: anID(7000 + n), Since: drawDate(t), TakenOver: rapid.SliceOfNDistinct(unit, 0, 3, rapid.ID).Draw(t, "taken over")}
	})
	o.budgets = rows(t, 3, func(n int) record.Budget {
		return record.Budget{ID: anID(8000 + n), Year: rapid.Int64Range(2023, 2026).Draw(t, "year"), Task: drawTask(t), Source: codes(record.CostSources).Draw(t, "source"), Planned: small.Draw(t, "planned"), Spent: small.Draw(t, "spent")}
	})
	o.questions = rows(t, 6, func(n int) record.Question {
		return record.Question{
			ID: anID(9000 + n), Received: drawDate(t), Difficulty: rapid.Bool().Draw(t, "difficulty"), AskerGroup: codes(record.Audiences, "", "later").Draw(t, "asker"),
			Topics: rapid.SliceOfN(rapid.SampledFrom([]string{"LD01", "LD02"}), 0, 3).Draw(t, "topics"),
			Due:    record.Due{On: drawDate(t)}, UnitID: unit.Draw(t, "unit of who asked"), Routed: record.Routed{On: drawDate(t)}, AnsweredOn: drawDate(t),
		}
	})
}

// drawTargets draws targets of every way of counting, some of which do not hold or are
// a newer program's.
func (o *office) drawTargets(t *rapid.T) {
	for range rapid.IntRange(0, 5).Draw(t, "targets") {
		o.targets = append(o.targets, record.Target{
			Code: rapid.SampledFrom([]string{"a", "b", "c", "d", "dialogue"}).Draw(t, "target"), Counts: codes(record.TargetCounts, "units", "units", "later").Draw(t, "counts"),
			Owner: "province", Valid: record.Validity{From: drawDate(t), To: rapid.SampledFrom([]record.Date{"", "", "2024-11-30"}).Draw(t, "until")},
			UnitKinds: rapid.SliceOfN(codes(record.UnitKinds), 0, 6).Draw(t, "kinds of unit"), Kinds: rapid.SliceOfN(codes(record.ActivityKinds), 0, 3).Draw(t, "kinds"),
			Roles: rapid.SliceOfN(rapid.SampledFrom([]string{"host", "co_organiser", "reached", "publication"}), 0, 4).Draw(t, "roles"),
			Least: rapid.Int64Range(0, 3).Draw(t, "least"), Share: rapid.SampledFrom([]int64{0, 50, 100}).Draw(t, "share"),
		})
	}
	for range rapid.IntRange(0, 3).Draw(t, "documents") {
		o.documents = append(o.documents, report.Document{Number: rapid.SampledFrom([]string{"45/2019/QH14", "12/2022/NĐ-CP"}).Draw(t, "number"), Issued: drawDate(t)})
	}
}

func drawPeriod(t *rapid.T) record.FigurePeriod {
	p := report.Between(drawDate(t), drawDate(t))
	if rule := rapid.SampledFrom([]string{"plan", "nd09", "calendar", report.Adhoc}).Draw(t, "rule"); rule != report.Adhoc {
		p = report.Period(rule, rapid.IntRange(2024, 2025).Draw(t, "year"), drawDate(t))
	}
	p.Map = rapid.SampledFrom([]string{record.MapAsItWas, record.MapToday}).Draw(t, "map")
	return p
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

// drawWords draws what was said of pairs of activities: again and again of one pair, both
// ways round, in chains and rings, of rows that are not there, and by who may not.
func (o *office) drawWords(t *rapid.T) {
	which := rapid.Map(rapid.IntRange(0, len(o.activities)), anID)
	for i := range rapid.IntRange(0, 8).Draw(t, "words") {
		w := record.SameEvent{
			ID: anID(11_000 + i), ActivityID: which.Draw(t, "counts"), TwinID: which.Draw(t, "twin"),
			Status: rapid.SampledFrom([]string{"same", "same", "different"}).Draw(t, "word"),
			Day:    rapid.SampledFrom([]record.Date{"2024-05-01", "2024-05-01", "2024-05-02"}).Draw(t, "said on"),
		}
		if w.Validate() == nil {
			o.words = append(o.words, row[record.SameEvent]{w, flags.Draw(t, "flags"), rapid.SampledFrom([]machine{ours, province, province, otherOffice}).Draw(t, "said by")})
		}
	}
}

// drawActivity draws one of this office, or one of another, whose list is not here.
func (o *office) drawActivity(t *rapid.T, i int, away bool) record.Activity {
	a := record.Activity{
		ID: anID(i), Kind: codes(record.ActivityKinds, "training", "training", "contest", "later").Draw(t, "kind"),
		Mode: codes(record.Modes, "", "later").Draw(t, "mode"), Status: codes(record.Statuses, "held", "held", "later").Draw(t, "status"),
		Topics: drawTopics(t), Task: drawTask(t), Audience: rapid.SliceOfN(codes(record.Audiences, "later"), 0, 3).Draw(t, "meant for"),
		When:         record.Occasion{Date: drawDate(t), EndDate: drawDate(t)},
		HostUnitID:   rapid.SampledFrom([]record.ID{{}, anID(1000), anID(1001), anID(1002), anID(1003)}).Draw(t, "host"),
		CoOrganisers: o.drawSome(t), UnitsReached: o.drawSome(t), Times: rapid.Int64Range(0, 3).Draw(t, "times"),
		Materials: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) record.MaterialGiven {
			return record.MaterialGiven{Name: "Tờ gấp", Kind: codes(record.MaterialKinds, "", "later").Draw(t, "material"), Copies: rapid.Int64Range(0, 9).Draw(t, "copies")}
		}), 0, 2).Draw(t, "materials"),
		Costs: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) record.Cost {
			return record.Cost{Source: codes(record.CostSources).Draw(t, "source"), Amount: rapid.Int64Range(0, 9).Draw(t, "amount")}
		}), 0, 2).Draw(t, "costs"),
		Direct: rapid.Bool().Draw(t, "direct"), WovenInto: rapid.SampledFrom([]string{"", "", "Ngày hội"}).Draw(t, "woven"),
		Prizes: rapid.Int64Range(0, 9).Draw(t, "prizes"),
		Heads: record.HeadCount{
			EthnicMinority: rapid.Int64Range(0, 9).Draw(t, "ethnic"), Disabled: rapid.Int64Range(0, 9).Draw(t, "disabled"),
		},
	}
	if listed := rapid.Bool().Draw(t, "listed"); listed && !away {
		o.drawList(t, &a)
	} else {
		a.Heads.Listed = listed
		drawTyped(t, &a.Heads)
	}
	return a
}

func drawTopics(t *rapid.T) []string {
	return rapid.SliceOfN(rapid.SampledFrom([]string{"LD01", "LD02", "ld02", "Đ'ặc \"biệt\""}), 0, 4).Draw(t, "topics")
}

func drawTask(t *rapid.T) string {
	return rapid.SampledFrom([]string{"", "IV.1.a", "IV.2.b"}).Draw(t, "task")
}

// drawSome draws a few units, each once, some of them unknown.
func (o *office) drawSome(t *rapid.T) []record.ID {
	return rapid.SliceOfNDistinct(rapid.Map(rapid.IntRange(1000, 1008), anID), 0, 3, rapid.ID).Draw(t, "some units")
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
	return fmt.Sprintf("period %v\nactivities %+v\nunits %+v\npeople %+v\nattendance %+v\ntargets %+v\nquestions %+v", o.period, o.activities, o.units, o.people, o.attendance, o.targets, o.questions)
}
