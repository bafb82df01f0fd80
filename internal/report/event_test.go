package report_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// together is a year of two communes that held one session together, each with an
// activity of its own that names the other, and the first one more alone.
func together(words ...record.SameEvent) report.Input {
	session := func(n byte, host, with record.ID, day record.Date, people int64) record.Activity {
		return record.Activity{
			ID: id(n), Kind: "training", Status: "held", Direct: true, Task: "IV.1.a", HostUnitID: host, CoOrganisers: []record.ID{with}, When: record.Occasion{Date: day},
			Heads: record.HeadCount{Total: people, Women: people / 2}, Topics: []string{"LD02"},
			Materials: []record.MaterialGiven{{Name: "Tờ gấp", Kind: "leaflet", Copies: people}}, Costs: []record.Cost{{Source: "state", Amount: people * 10}},
		}
	}
	in := report.Input{
		Period: report.Period("plan", 2026, ""),
		Units:  map[record.ID]record.Unit{},
		Activities: []record.Activity{
			session(1, id(201), id(202), "2026-03-05", 40), session(2, id(202), id(201), "2026-03-05", 42), session(3, id(201), record.ID{}, "2026-04-01", 7),
		},
		Targets: []record.Target{{
			Code: "c", Counts: "units", UnitKinds: []string{"commune"}, Kinds: []string{"training"}, Roles: []string{"host", "co_organiser"}, Least: 2, Owner: "office",
		}},
		SameEvents: words,
	}
	for _, n := range []byte{201, 202} {
		in.Units[id(n)] = record.Unit{ID: id(n), Kind: "commune", Name: string(rune('A' + n - 201)), Valid: record.Validity{From: "2025-07-01"}}
	}
	return in
}

func word(n byte, counts, twin byte, status string) record.SameEvent {
	return record.SameEvent{ID: id(n), ActivityID: id(counts), TwinID: id(twin), Status: status, Day: "2026-05-01"}
}

// TestAnEventHeldTogetherCountsOnce, and neither unit loses its session.
func TestAnEventHeldTogetherCountsOnce(t *testing.T) {
	figures := func(in report.Input) map[string]int64 {
		f, out := report.Compute(in), map[string]int64{}
		for _, code := range []string{"I2", "I3", "I4", "I5", "I9 measure=given", "I14"} {
			c, split := code, ""
			if len(code) > 3 {
				c, split = code[:2], code[3:]
			}
			out[code], _ = f.Value(c, split)
		}
		y := report.Yearly{Figures: f}
		y.Tables(in)
		for _, u := range y.Units {
			out["sessions of "+in.Units[u.Unit].Name] = u.Sessions
		}
		for _, p := range y.Places {
			out["at "+in.Units[p.Unit].Name] = p.Activities
		}
		out["listed"] = int64(len(y.Activities))
		return out
	}
	for name, c := range map[string]struct {
		words []record.SameEvent
		want  map[string]int64
	}{
		"nothing said": {nil, map[string]int64{
			"I2": 3, "I3": 89, "I4": 3, "I5": 89, "I9 measure=given": 89, "I14": 890, "sessions of A": 3, "sessions of B": 2, "at A": 2, "at B": 1, "listed": 3}},
		"the first counts": {[]record.SameEvent{word(50, 1, 2, "same")}, map[string]int64{
			"I2": 2, "I3": 47, "I4": 2, "I5": 47, "I9 measure=given": 47, "I14": 470, "sessions of A": 2, "sessions of B": 1, "at A": 2, "listed": 2}},
		"the other counts, said later": {[]record.SameEvent{word(51, 2, 1, "same"), word(50, 1, 2, "same")}, map[string]int64{
			"I2": 2, "I3": 49, "I4": 2, "I5": 49, "I9 measure=given": 49, "I14": 490, "sessions of A": 2, "sessions of B": 1, "at A": 1, "at B": 1, "listed": 2}},
		"taken back": {[]record.SameEvent{word(50, 1, 2, "same"), word(51, 2, 1, "different")}, map[string]int64{
			"I2": 3, "I3": 89, "I4": 3, "I5": 89, "I9 measure=given": 89, "I14": 890, "sessions of A": 3, "sessions of B": 2, "at A": 2, "at B": 1, "listed": 3}},
		"a ring counts one": {[]record.SameEvent{word(50, 1, 2, "same"), word(51, 2, 3, "same"), word(52, 3, 1, "same")}, map[string]int64{
			"I2": 1, "I3": 40, "I4": 1, "I5": 40, "I9 measure=given": 40, "I14": 400, "sessions of A": 1, "sessions of B": 1, "at A": 1, "listed": 1}},
		"a chain counts its head": {[]record.SameEvent{word(50, 3, 2, "same"), word(51, 2, 1, "same")}, map[string]int64{
			"I2": 1, "I3": 7, "I4": 1, "I5": 7, "I9 measure=given": 7, "I14": 70, "sessions of A": 1, "sessions of B": 1, "at A": 1, "listed": 1}},
	} {
		if diff := cmp.Diff(c.want, figures(together(c.words...))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestWordsInAnyOrderGiveTheSameFigures: what counts hangs on what was said, not on how it came.
func TestWordsInAnyOrderGiveTheSameFigures(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	for range 200 {
		var words []record.SameEvent
		for i := range byte(8) {
			counts, twin := byte(1+r.IntN(3)), byte(1+r.IntN(3))
			if counts != twin {
				words = append(words, word(50+i, counts, twin, []string{"same", "different"}[r.IntN(2)]))
			}
		}
		want := report.Compute(together(words...))
		r.Shuffle(len(words), func(i, k int) { words[i], words[k] = words[k], words[i] })
		if diff := cmp.Diff(want, report.Compute(together(words...))); diff != "" {
			t.Fatalf("%+v\n%s", words, diff)
		}
	}
}

// TestAnInquiryNamesBothUnitsOfAnEvent counts it once and shows it under each.
func TestAnInquiryNamesBothUnitsOfAnEvent(t *testing.T) {
	in := together(word(50, 1, 2, "same"))
	in.Activities[0].CoOrganisers, in.Activities[1].CoOrganisers = nil, nil
	got, err := report.Inquire(in, nil, record.Inquiry{Measure: "activity", Split: "unit"})
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]int64{}
	for _, p := range got.Parts {
		parts[p.Name.VI] = p.Value
	}
	if diff := cmp.Diff(map[string]int64{"A": 2, "B": 1}, parts); diff != "" || got.Whole.Value != 2 {
		t.Errorf("%d activities (-want +got):\n%s", got.Whole.Value, diff)
	}
}
