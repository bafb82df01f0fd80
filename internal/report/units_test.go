package report_test

import (
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// reorganised is a commune whose two cooperatives merged on 1 July into a new one, and
// whose company was split into two on 1 September.
func reorganised(as string) report.Input {
	on := func(d record.Date) record.Occasion { return record.Occasion{Date: d} }
	in := report.Input{Period: report.Period("plan", 2026, ""), Targets: targets(), Units: map[record.ID]record.Unit{}}
	in.Period.Map = as
	for _, u := range []record.Unit{
		{ID: id(1), Kind: "cooperative", Name: "Một", Valid: record.Validity{To: "2026-06-30"}, Successors: []record.ID{id(3)}, Workers: record.Workers{Total: 10}},
		{ID: id(2), Kind: "cooperative", Name: "Hai", Valid: record.Validity{From: "2020-01-01", To: "2026-06-30"}, Workers: record.Workers{Total: 20}},
		{ID: id(3), Kind: "cooperative", Name: "Ba", Valid: record.Validity{From: "2026-07-01"}, Predecessors: []record.ID{id(2)}, Workers: record.Workers{Total: 30}},
		{ID: id(4), Kind: "enterprise", Name: "Cũ", Code: "X", Valid: record.Validity{To: "2026-08-31"}, Successors: []record.ID{id(5), id(6), id(99)}},
		{ID: id(5), Kind: "enterprise", Name: "Cũ", Valid: record.Validity{From: "2026-09-01"}},
		{ID: id(6), Kind: "enterprise", Name: "Mới", Code: "X", Valid: record.Validity{From: "2026-09-01"}},
	} {
		in.Units[u.ID] = u
	}
	for i, who := range [][]record.ID{{id(1)}, {id(2), id(1)}, {id(4)}, {id(6)}, {id(3), id(2)}} {
		in.Activities = append(in.Activities, record.Activity{ID: id(byte(50 + i)), Kind: "direct", Status: "held", When: on("2026-03-01"), UnitsReached: who})
	}
	return in
}

func TestUnitsAsTheyWereAndByTodaysMap(t *testing.T) {
	standing := func(as string) record.TargetFigure {
		for _, f := range report.Compute(reorganised(as)).Targets {
			if f.Code == "c" {
				return f
			}
		}
		return record.TargetFigure{}
	}
	// As it was, the three that stood for half the year are asked; the merged one and the
	// two halves came too late.
	if f := standing(record.MapAsItWas); f.Numerator != 2 || f.Denominator != 3 {
		t.Errorf("as it was: %+v", f)
	}
	// By today's map the merged one has three sessions, one of them once though it was at
	// two of its parts; the heir with the code has two; the other half is new.
	f := standing(record.MapToday)
	if f.Numerator != 2 || f.Denominator != 2 || f.Records[0] != id(3) || f.Records[1] != id(6) {
		t.Errorf("by today's map: %+v", f)
	}
}

func TestReachedBusinessesUnderBothMaps(t *testing.T) {
	for as, want := range map[string]map[string]int64{
		record.MapAsItWas: {"": 5, "unit=cooperative": 3, "measure=registered": 6, "measure=workers": 60},
		record.MapToday:   {"": 2, "unit=cooperative": 1, "measure=registered": 3, "measure=workers": 30},
	} {
		f := report.Compute(reorganised(as))
		for key, n := range want {
			if v, ok := f.Value("I6", key); !ok || v != n {
				t.Errorf("map %q, I6 %q: %d, want %d", as, key, v, n)
			}
		}
	}
}

// A chain of successors that runs in a circle, or to nowhere, ends.
func TestBadSuccessorsEnd(t *testing.T) {
	in := reorganised(record.MapToday)
	for a, b := range map[byte]byte{1: 2, 2: 1} {
		u := in.Units[id(a)]
		u.Successors = append(u.Successors, id(b), id(a))
		in.Units[id(a)] = u
	}
	if v, _ := report.Compute(in).Value("I6", ""); v != 2 {
		t.Errorf("reached %d, want 2", v)
	}
}
