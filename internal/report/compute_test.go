package report_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

func id(n byte) record.ID { return record.NewID(int64(n), [10]byte{9: n}) }

const (
	mill    = 201 // an enterprise
	village = 202 // a commune
	school  = 203
)

// year is a small office in which every rule of counting bites once.
func year() report.Input {
	on := func(d record.Date) record.Occasion { return record.Occasion{Date: d} }
	return report.Input{
		Period: report.Period("plan", 2026, ""),
		Units: map[record.ID]record.Unit{
			id(mill): {Kind: "enterprise"}, id(village): {Kind: "commune"}, id(school): {Kind: "school"},
		},
		Directives: []record.Directive{
			{ID: id(22), Kind: "plan", Issued: "2026-01-15"}, {ID: id(21), Kind: "plan", Issued: "2025-12-01"},
			{ID: id(23), Kind: "plan", Issued: "2026-12-01"}, {ID: id(24), Kind: "plan"},
		},
		Activities: []record.Activity{
			{ID: id(9), Kind: "directive", Status: "closed", When: on("2026-11-30")},
			{ID: id(2), Kind: "training", Status: "held", Mode: "online", When: on("2026-02-28"),
				Heads: record.HeadCount{Total: 10, Women: 4, Officials: 7, Mediators: 1, EthnicMinority: 3}},
			{ID: id(1), Kind: "training", Status: "held", Direct: true, HostUnitID: id(mill), When: on("2025-12-01"),
				Topics: []string{"LD02", "LD07", "LD02"},
				Heads:  record.HeadCount{Total: 50, Women: 30, Workers: 45, Employers: 5, EthnicMinority: 20, Disabled: 2}},
			{ID: id(3), Kind: "woven", Status: "held", Direct: true, HostUnitID: id(village), When: on("2026-03-08"),
				Topics: []string{"LD07"}, Heads: record.HeadCount{Total: 100, Women: 90, Workers: 60}},
			{ID: id(4), Kind: "direct", Status: "closed", Direct: true, WovenInto: "Ngày hội", HostUnitID: id(school), When: on("2026-03-09")},
			{ID: id(5), Kind: "direct", Status: "held", Direct: true, HostUnitID: id(77), When: on("2026-04-01"),
				Heads: record.HeadCount{Total: 1}},
			{ID: id(6), Kind: "workshop", Status: "held", When: record.Occasion{Date: "2026-11-30", EndDate: "2026-12-02"},
				Heads: record.HeadCount{Total: 12}},
			{ID: id(7), Kind: "contest", Status: "held", When: on("2026-05-19"), Prizes: 6, Heads: record.HeadCount{Total: 80}},
			// What does not count.
			{ID: id(101), Kind: "training", Status: "planned", When: on("2026-06-01"), Heads: record.HeadCount{Total: 9}},
			{ID: id(102), Kind: "training", Status: "cancelled", When: on("2026-06-01"), Heads: record.HeadCount{Total: 9}},
			{ID: id(103), Kind: "training", Status: "held", When: on("2025-11-30"), Heads: record.HeadCount{Total: 9}},
			{ID: id(104), Kind: "training", Status: "held", When: on("2026-12-01"), Heads: record.HeadCount{Total: 9}},
			{ID: id(105), Kind: "training", Status: "held", When: record.Occasion{Date: "2025-11-30", EndDate: "2025-12-02"}},
			{ID: id(106), Kind: "training", Status: "held"},
		},
	}
}

// lines writes figures the way people compare them: code, split, value, records.
func lines(f record.Figures) []string {
	var out []string
	for _, g := range f.Indicators {
		var ids []string
		for _, r := range g.Records {
			ids = append(ids, fmt.Sprint(r[15]))
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s = %d %s", g.Code, g.SplitKey(), g.Value, strings.Join(ids, " "))))
	}
	return out
}

func TestComputeCountsEveryRule(t *testing.T) {
	want := []string{
		"I1  = 3 9 21 22",
		"I1 kind=decision = 0", "I1 kind=dispatch = 0", "I1 kind=guidance = 0", "I1 kind=notice = 0",
		"I1 kind=other = 1 9", "I1 kind=plan = 2 21 22",
		"I2  = 2 1 2", "I2 mode=hybrid = 0", "I2 mode=in_person = 1 1", "I2 mode=online = 1 2",
		"I3  = 60 1 2",
		"I3 audience=employer = 5 1", "I3 audience=mediator = 1 2", "I3 audience=official = 7 2",
		"I3 audience=other = 2 2", "I3 audience=reporter = 0", "I3 audience=worker = 45 1",
		"I3 group=ethnic_minority = 23 1 2", "I3 group=women = 34 1 2",
		"I4  = 4 1 3 4 5",
		"I4 host=commune = 1 3", "I4 host=enterprise = 1 1", "I4 host=other = 2 4 5",
		"I4 setting=standalone = 2 1 5", "I4 setting=woven = 2 3 4",
		"I4 topic=LD02 = 1 1", "I4 topic=LD07 = 2 1 3",
		"I5  = 151 1 3 5",
		"I5 audience=employer = 5 1", "I5 audience=mediator = 0", "I5 audience=official = 0",
		"I5 audience=other = 41 3 5", "I5 audience=reporter = 0", "I5 audience=worker = 105 1 3",
		"I5 group=disabled = 2 1", "I5 group=ethnic_minority = 20 1", "I5 group=women = 120 1 3",
		"I7  = 1 6",
		"I7 kind=dialogue = 0", "I7 kind=forum = 0", "I7 kind=roundtable = 0", "I7 kind=workshop = 1 6",
		"I7 measure=people = 12 6",
		"I8  = 1 7", "I8 measure=entries = 80 7", "I8 measure=prizes = 6 7",
	}
	got := slices.DeleteFunc(lines(report.Compute(year())), func(l string) bool { // those of other rows have a test of their own
		return strings.HasPrefix(l, "I6") || strings.HasPrefix(l, "I9") || strings.HasPrefix(l, "I1") && l[2] >= '0' && l[2] <= '5'
	})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
}

func TestComputeDoesNotDependOnOrder(t *testing.T) {
	in := year()
	want := report.Compute(in)
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		r.Shuffle(len(in.Activities), func(i, j int) {
			in.Activities[i], in.Activities[j] = in.Activities[j], in.Activities[i]
		})
		if diff := cmp.Diff(want, report.Compute(in)); diff != "" {
			t.Fatalf("shuffled with %d (-want +got):\n%s", seed, diff)
		}
	}
}

func TestAnEmptyYearHasEveryTotal(t *testing.T) {
	f := report.Compute(report.Input{Period: report.Period("nd09", 2026, "")})
	for _, i := range report.Infos {
		if v, ok := f.Value(i.Code, ""); !ok || v != 0 {
			t.Errorf("%s: %d, %v; want 0, present", i.Code, v, ok)
		}
	}
	for _, g := range f.Indicators {
		if g.Split == nil || g.Split["topic"] != "" || g.Value != 0 {
			t.Errorf("unexpected figure %+v", g)
		}
	}
	if f.Targets == nil {
		t.Error("targets are null in the JSON, not an empty list")
	}
}

func TestMonthlyAddsUpToTheFigures(t *testing.T) {
	in := year()
	rows := report.Monthly(in)
	if len(rows) != 12 || rows[0].Days.From != "2025-12-01" || rows[2].Days.To != "2026-02-28" || rows[11].Days.To != "2026-11-30" {
		t.Fatalf("months: %+v", rows)
	}
	var sum report.MonthRow
	for _, m := range rows {
		sum.Directives += m.Directives
		sum.Trainings += m.Trainings
		sum.Trained += m.Trained
		sum.Direct += m.Direct
		sum.Attended += m.Attended
		sum.AttendedWomen += m.AttendedWomen
		sum.Dialogues += m.Dialogues
		sum.DialogueHeads += m.DialogueHeads
		sum.Contests += m.Contests
		sum.Entries += m.Entries
	}
	want := report.MonthRow{Directives: 3, Trainings: 2, Trained: 60, Direct: 4, Attended: 151, AttendedWomen: 120,
		Dialogues: 1, DialogueHeads: 12, Contests: 1, Entries: 80}
	if diff := cmp.Diff(want, sum); diff != "" {
		t.Errorf("sum of the months (-want +got):\n%s", diff)
	}
	if rows[3].Direct != 2 || rows[3].Attended != 100 {
		t.Errorf("March: %+v", rows[3])
	}
}

func TestMonthsOfOtherPeriods(t *testing.T) {
	for name, c := range map[string]struct {
		period record.FigurePeriod
		want   int
		first  string
		last   string
	}{
		"cut months":      {report.Period("nd09", 2024, ""), 13, "15/12/2023 – 31/12/2023", "01/12/2024 – 14/12/2024"},
		"a few days":      {report.Between("2024-02-28", "2024-03-01"), 2, "28/02/2024 – 29/02/2024", "01/03/2024 – 01/03/2024"},
		"open ends":       {report.Between("", ""), 14, "30/11/2025 – 30/11/2025", "01/12/2026 – 01/12/2026"},
		"to the last day": {report.Between("9999-12-01", "9999-12-31"), 1, "01/12/9999 – 31/12/9999", "01/12/9999 – 31/12/9999"},
	} {
		t.Run(name, func(t *testing.T) {
			in := year()
			in.Period = c.period
			if c.period.From == "" {
				in.Activities[len(in.Activities)-3].When.Date = "2026-11-30"
			}
			rows := report.Monthly(in)
			if len(rows) != c.want || rows[0].Days.String() != c.first || rows[len(rows)-1].Days.String() != c.last {
				t.Errorf("%d months, %v … %v", len(rows), rows[0].Days, rows[len(rows)-1].Days)
			}
		})
	}
	if rows := report.Monthly(report.Input{Period: report.Between("2026-02-01", "2026-01-01")}); len(rows) != 0 {
		t.Errorf("a period that ends before it starts has months: %v", rows)
	}
}

func TestByAudienceAgreesWithTheFigures(t *testing.T) {
	in := year()
	f := report.Compute(in)
	for _, r := range report.ByAudience(in) {
		key := record.Figure{Split: r.Split}.SplitKey()
		if v, ok := f.Value("I3", key); ok && v != r.Trained {
			t.Errorf("%s trained: %d, figure %d", key, r.Trained, v)
		}
		if v, ok := f.Value("I5", key); !ok || v != r.Attended {
			t.Errorf("%s attended: %d, figure %d", key, r.Attended, v)
		}
		if key == "" && (r.Dialogue != 12 || r.Entries != 80) {
			t.Errorf("everybody: %+v", r)
		}
	}
}

func TestEveryFigureHasWords(t *testing.T) {
	topics := []record.Term{{Code: "LD01", Words: record.Words{VI: "Việc làm"}}, {Code: "LD02", Words: record.Words{VI: "Hợp đồng lao động"}}, {Code: "LD07", Words: record.Words{VI: "Tiền lương"}}}
	for _, f := range slices.Concat(report.Compute(year()).Indicators, report.Compute(desk()).Indicators) {
		for _, lang := range []string{"vi", "en"} {
			if report.UnitIn(f, lang) == "" {
				t.Errorf("%s has no unit in %s", f.Code, lang)
			}
			for dim, part := range f.Split {
				if w := report.PartIn(dim, part, topics, lang); w == part && dim != "language" || w == "" { // a language is its own word
					t.Errorf("%s %s=%s has no word in %s", f.Code, dim, part, lang)
				}
				if record.Word(report.Dims, dim) == nil {
					t.Errorf("dimension %s has no name", dim)
				}
			}
		}
	}
	if got := report.UnitIn(record.Figure{Code: "I99"}, "vi"); got != "" {
		t.Errorf("an unknown indicator is counted in %q", got)
	}
}

func BenchmarkCompute(b *testing.B) {
	for _, n := range []int{400, 3200} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			in := many(n)
			b.ReportAllocs()
			for b.Loop() {
				report.Compute(in)
			}
		})
	}
}

// many is an office of n activities spread over a year.
func many(n int) report.Input {
	r := rand.New(rand.NewPCG(1, 2))
	in := year()
	in.Activities = nil
	hosts := []record.ID{id(mill), id(village), id(school)}
	for i := range n {
		heads := record.HeadCount{Total: r.Int64N(100) + 20, Women: r.Int64N(20), Workers: r.Int64N(20), EthnicMinority: r.Int64N(20)}
		in.Activities = append(in.Activities, record.Activity{
			ID: record.NewID(int64(i), [10]byte{}), Kind: record.ActivityKinds[i%len(record.ActivityKinds)].Code,
			Status: "held", Direct: i%3 > 0, HostUnitID: hosts[i%3], Topics: []string{"LD02", fmt.Sprintf("LD%02d", i%20)},
			When: record.Occasion{Date: in.Period.From.AddDays(r.IntN(365))}, Heads: heads,
		})
	}
	return in
}
