package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// desk is a small office in which every rule about other rows than people bites once.
func desk() report.Input {
	on := func(d record.Date) record.Occasion { return record.Occasion{Date: d} }
	return report.Input{
		Office: record.Office{UnitID: id(1)},
		Period: report.Period("plan", 2026, ""),
		Units: map[record.ID]record.Unit{
			id(1):  {ID: id(1), Kind: "commune", Name: "Đăk Hà", ParentID: id(2)},
			id(2):  {ID: id(2), Kind: "province", Name: "Quảng Ngãi"},
			id(11): {ID: id(11), Kind: "enterprise", Focus: []string{"fdi", "zone", "fdi"}, Workers: record.Workers{Total: 120}},
			id(12): {ID: id(12), Kind: "cooperative", Workers: record.Workers{Total: 30}},
			id(13): {ID: id(13), Kind: "school"},
			id(14): {ID: id(14), Kind: "enterprise", Workers: record.Workers{Total: 7}, Valid: record.Validity{To: "2025-11-30"}}, // gone before
			id(15): {ID: id(15), Kind: "enterprise", Workers: record.Workers{Total: 9}, Valid: record.Validity{From: "2026-10-01"}},
		},
		Activities: []record.Activity{
			{
				ID: id(31), Kind: "direct", Status: "held", When: on("2026-03-01"), HostUnitID: id(1), CoOrganisers: []record.ID{id(13)},
				UnitsReached: []record.ID{id(11), id(12), id(99)}, Costs: []record.Cost{{Source: "state", Amount: 500}, {Source: "contributed", Amount: 70}},
				Materials: []record.MaterialGiven{{Kind: "leaflet", Copies: 40}, {Kind: "tờ rời", Copies: 5}},
			},
			{ID: id(32), Kind: "training", Status: "held", When: on("2026-04-01"), HostUnitID: id(11), UnitsReached: []record.ID{id(11), id(13)}},
			{ID: id(33), Kind: "broadcast", Status: "held", When: on("2026-04-02"), Times: 6, UnitsReached: []record.ID{id(12)}},
			{ID: id(34), Kind: "article", Status: "held", When: on("2026-04-03")},
			{ID: id(35), Kind: "dialogue", Status: "held", When: on("2026-05-03"), HostUnitID: id(1)},
			{ID: id(36), Kind: "direct", Status: "planned", When: on("2026-05-03"), HostUnitID: id(12), Costs: []record.Cost{{Source: "state", Amount: 1}}},
		},
		Publications: []record.Publication{
			{ID: id(41), Document: "1/2026/NĐ-CP", On: "2026-02-02"}, {ID: id(42), Document: " 1/2026/NĐ-CP", On: "2026-12-01"},
			{ID: id(43), Document: "2/2026/NĐ-CP", On: "2026-12-01"}, {ID: id(44), Document: "9/2020/NĐ-CP", On: "2026-02-02", UnitID: id(12)},
		},
		Documents: []report.Document{
			{Number: "1/2026/NĐ-CP", Issued: "2025-12-01"}, {Number: "1/2026/NĐ-CP", Issued: "2026-01-01"}, {Number: "2/2026/NĐ-CP", Issued: "2026-11-30"},
			{Number: "3/2026/NĐ-CP", Issued: "2026-12-01"}, {Number: "4/2026/NĐ-CP"},
		},
		Materials: []record.Material{
			{ID: id(51), Kind: "leaflet", On: "2026-01-05", Made: 300, Given: 20, Languages: []string{"Tiếng Việt", "Tiếng Xơ-đăng", "Tiếng Việt"}},
			{ID: id(52), Kind: "clip", On: "2025-11-30", Made: 9, Given: 9},
		},
		Surveys: []record.Survey{{ID: id(55), Purpose: "needs", On: "2026-08-01", Sent: 120, Returned: 96}, {ID: id(56), Purpose: "quiz", On: "2026-12-01", Sent: 5}},
		Models:  []record.Model{{ID: id(61), Since: "2026-05-05", TakenOver: []record.ID{id(11), id(12)}}, {ID: id(62), Since: "2025-05-05"}},
		Budgets: []record.Budget{
			{ID: id(65), Year: 2026, Source: "state", Planned: 9000, Spent: 1000}, {ID: id(66), Year: 2025, Source: "state", Planned: 1, Spent: 1},
		},
		Questions: []record.Question{
			{ID: id(71), Received: "2026-02-01", AskerGroup: "worker", Topics: []string{"LD01", "LD01"}, Due: record.Due{On: "2026-02-08"}, AnsweredOn: "2026-02-08"},
			{ID: id(72), Received: "2026-02-02", AskerGroup: "employer", Difficulty: true, Due: record.Due{On: "2026-02-09"}, AnsweredOn: "2026-02-10"},
			{ID: id(73), Received: "2026-11-30", AnsweredOn: "2026-12-01", Routed: record.Routed{On: "2026-11-30"}},
			{ID: id(74), Received: "2025-11-29", AnsweredOn: "2025-12-02"}, // open when the period began
			{ID: id(75), Received: "2025-11-29", AnsweredOn: "2025-11-30"},
			{ID: id(76), Received: "2025-11-28"},
			{ID: id(77), Received: "2026-12-01"},
		},
		Targets: targets(),
	}
}

func targets() []record.Target {
	always := record.Validity{From: "2024-01-01"}
	bodies := []string{"commune", "enterprise", "cooperative", "school"}
	return []record.Target{
		{Code: "c", Valid: always, Counts: "units", UnitKinds: bodies, Roles: []string{"host", "reached", "co_organiser"}, Kinds: []string{"direct", "training"}, Least: 2, Share: 50},
		{Code: "a", Valid: always, Counts: "units", UnitKinds: bodies, Roles: []string{"publication"}, Least: 1},
		{Code: "b", Valid: always, Counts: "documents"},
		{Code: "d", Valid: always, Counts: "questions"},
		{Code: "dialogue", Valid: always, Counts: "dialogue", Owner: "province"},
		{Code: "d", Valid: record.Validity{From: "2023-01-01", To: "2027-01-01"}, Counts: "documents"}, // a later one holds
		{Code: "e", Valid: record.Validity{To: "2026-11-29"}, Counts: "questions"},                     // ended
		{Code: "f", Valid: always, Counts: "moons"},
	}
}

func TestOtherRowsCountByEveryRule(t *testing.T) {
	want := []string{
		"I6  = 2 11 12", "I6 focus=fdi = 1 11", "I6 focus=zone = 1 11",
		"I6 measure=registered = 3 11 12 15", "I6 measure=workers = 150 11 12", "I6 measure=workers_registered = 159 11 12 15",
		"I6 unit=cooperative = 1 12", "I6 unit=enterprise = 1 11",
		"I9  = 1 51", "I9 given=leaflet = 60 31 51", "I9 given=other = 5 31", "I9 language=Tiếng Việt = 1 51", "I9 language=Tiếng Xơ-đăng = 1 51",
		"I9 material=leaflet = 1 51", "I9 measure=given = 65 31 51", "I9 measure=made = 300 51",
		"I10  = 7 33 34", "I10 kind=article = 1 34", "I10 kind=broadcast = 6 33",
		"I11  = 3 71 72 73", "I11 audience=employer = 1 72", "I11 audience=other = 1 73", "I11 audience=worker = 1 71",
		"I11 measure=answered = 2 71 72", "I11 measure=carried = 2 74 76", "I11 measure=carried_answered = 1 74", "I11 measure=difficulties = 1 72",
		"I11 measure=on_time = 1 71", "I11 measure=passed = 1 73", "I11 topic=LD01 = 1 71",
		"I12  = 2 11 13", "I12 measure=units = 3 11 12 13",
		"I13  = 120 55", "I13 measure=returned = 96 55", "I13 measure=surveys = 1 55", "I13 purpose=needs = 120 55",
		"I14  = 1570 31 65", "I14 measure=planned = 9000 65", "I14 source=contributed = 70 31", "I14 source=state = 1500 31 65",
		"I15  = 1 61", "I15 measure=taken_over = 2 61",
	}
	got := slices.DeleteFunc(lines(report.Compute(desk())), func(l string) bool {
		return strings.Contains(l, " = 0") || !strings.HasPrefix(l, "I6") && !strings.HasPrefix(l, "I9") && (l[:2] != "I1" || l[2] < '0' || l[2] > '5')
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
}

func TestTargetsStandByTheirRules(t *testing.T) {
	third := 1.0 / 3
	want := []record.TargetFigure{
		{Code: "a", Numerator: 1, Denominator: 4, Rate: 0.25, Records: []record.ID{id(12)}, Missing: []record.ID{id(11), id(13), id(15)}},
		{Code: "b", Numerator: 1, Denominator: 2, Rate: 0.5, Records: []record.ID{id(41)}},
		{Code: "c", Numerator: 2, Denominator: 3, Rate: 2 * third, Records: []record.ID{id(11), id(13)}, Missing: []record.ID{id(12)}},
		{Code: "d", Numerator: 2, Denominator: 3, Rate: 2 * third, Records: []record.ID{id(71), id(72)}, Missing: []record.ID{id(73)}},
		{Code: "dialogue", Denominator: 1},
	}
	if diff := cmp.Diff(want, report.Compute(desk()).Targets); diff != "" {
		t.Errorf("targets (-want +got):\n%s", diff)
	}
	in := desk()
	in.Activities[4].HostUnitID = id(2) // now the province leads it
	if f := report.Compute(in).Targets[4]; f.Rate != 1 || len(f.Records) != 1 {
		t.Errorf("a dialogue led by the province: %+v", f)
	}
	in.Period = report.Between("2026-01-01", "")
	if f := report.Compute(in).Targets; len(f) != 0 {
		t.Errorf("an open period has targets: %+v", f)
	}
}

// A budget line has no day: only a period that holds the year's months counts it.
func TestMoneyOfAYearCountsInItsYearOnly(t *testing.T) {
	for name, c := range map[string]struct {
		period record.FigurePeriod
		want   int64
	}{
		"plan":       {report.Period("plan", 2026, ""), 9000},
		"nd09":       {report.Period("nd09", 2026, ""), 9000},
		"calendar":   {report.Period("calendar", 2026, ""), 9000},
		"late start": {report.Period("plan", 2026, "2026-01-31"), 9000},
		"two years":  {report.Between("2025-01-01", "2026-12-31"), 9001},
		"half":       {report.Between("2026-01-01", "2026-06-30"), 0},
		"a month":    {report.Between("2026-07-01", "2026-07-31"), 0},
	} {
		in := desk()
		in.Period = c.period
		if v, _ := report.Compute(in).Value("I14", "measure=planned"); v != c.want {
			t.Errorf("%s: %d planned, want %d", name, v, c.want)
		}
	}
}
