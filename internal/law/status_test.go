package law

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sophobien/internal/record"
)

func TestStatusOn(t *testing.T) {
	whole := func(kind RelationKind, by, to string, on record.Date) Relation {
		return Relation{Kind: kind, By: by, To: to, On: on}
	}
	part := func(kind RelationKind, by, to string, on record.Date, anchors ...string) Relation {
		return Relation{Kind: kind, By: by, To: to, On: on, Anchors: anchors}
	}
	foreign := Relation{Kind: Replaces, By: "219-2025-nd-cp", To: "152-2020-nd-cp", On: "2025-08-07", Partly: true,
		Note: "phần lao động nước ngoài; phần còn lại còn hiệu lực theo Nghị định 283/2026/NĐ-CP Điều 66(3)"}
	for _, c := range []struct {
		name        string
		facts       []Facts
		relations   []Relation
		corrections []Correction
		of, anchor  string
		days        map[record.Date]State
	}{
		{"by its own days", []Facts{{ID: "a", From: "2026-01-01", To: "2026-12-31"}}, nil, nil, "a", "",
			map[record.Date]State{"2025-12-31": NotYet, "2026-01-01": InForce, "2026-12-31": InForce, "2027-01-01": Ended}},
		{"no day of effect known", []Facts{{ID: "a", Issued: "2025-06-19"}}, nil, nil, "a", "",
			map[record.Date]State{"2025-06-18": NotYet, "2025-06-19": Unknown, "2030-01-01": Unknown}},
		{"no day of effect known, replaced", []Facts{{ID: "a"}, {ID: "b", From: "2026-01-01"}}, []Relation{whole(Replaces, "b", "a", "")}, nil, "a", "",
			map[record.Date]State{"2025-12-31": Unknown, "2026-01-01": Ended}},
		{"partly repealed", []Facts{{ID: "135", From: "2021-01-01"}}, []Relation{part(Repeals, "158", "135", "2025-07-01", "d5.k2")}, nil, "135", "",
			map[record.Date]State{"2025-06-30": InForce, "2025-07-01": Partly}},
		{"the clause repealed", []Facts{{ID: "135", From: "2021-01-01"}}, []Relation{part(Repeals, "158", "135", "2025-07-01", "d5.k2")}, nil, "135", "d5.k2",
			map[record.Date]State{"2025-06-30": InForce, "2025-07-01": Ended}},
		{"its point", []Facts{{ID: "135", From: "2021-01-01"}}, []Relation{part(Repeals, "158", "135", "2025-07-01", "d5.k2")}, nil, "135", "d5.k2.a",
			map[record.Date]State{"2025-06-30": InForce, "2025-07-01": Ended}},
		{"its article", []Facts{{ID: "135", From: "2021-01-01"}}, []Relation{part(Repeals, "158", "135", "2025-07-01", "d5.k2")}, nil, "135", "d5",
			map[record.Date]State{"2025-06-30": InForce, "2025-07-01": Partly}},
		{"its neighbour", []Facts{{ID: "135", From: "2021-01-01"}}, []Relation{part(Repeals, "158", "135", "2025-07-01", "d5.k2")}, nil, "135", "d5.k20",
			map[record.Date]State{"2025-07-01": InForce}},
		{"the clause whose number another's begins with", []Facts{{ID: "135", From: "2021-01-01"}}, []Relation{part(Repeals, "158", "135", "2025-07-01", "d5.k20")}, nil, "135", "d5.k2",
			map[record.Date]State{"2025-07-01": InForce}},
		{"provisions that begin later", []Facts{{ID: "a", From: "2026-01-01"}}, []Relation{part(Begins, "a", "a", "2026-07-01", "d9")}, nil, "a", "",
			map[record.Date]State{"2025-12-31": NotYet, "2026-01-01": Partly, "2026-06-30": Partly, "2026-07-01": InForce}},
		{"one of them", []Facts{{ID: "a", From: "2026-01-01"}}, []Relation{part(Begins, "a", "a", "2026-07-01", "d9")}, nil, "a", "d9.k1",
			map[record.Date]State{"2026-01-01": NotYet, "2026-07-01": InForce}},
		{"replaced twice", []Facts{{ID: "a", From: "2020-01-01"}, {ID: "b", From: "2024-01-01"}, {ID: "c", From: "2025-01-01"}},
			[]Relation{whole(Replaces, "c", "a", "2025-01-01"), whole(Replaces, "b", "a", "2024-01-01")}, nil, "a", "",
			map[record.Date]State{"2023-12-31": InForce, "2024-01-01": Ended, "2025-01-01": Ended}},
		{"its replacer repealed: it does not come back", []Facts{{ID: "a", From: "2020-01-01"}, {ID: "b", From: "2024-01-01"}, {ID: "c", From: "2025-01-01"}},
			[]Relation{whole(Replaces, "b", "a", "2024-01-01"), whole(Repeals, "c", "b", "2025-01-01")}, nil, "a", "",
			map[record.Date]State{"2023-12-31": InForce, "2024-06-01": Ended, "2025-06-01": Ended}},
		{"its replacer repealed before it began", []Facts{{ID: "a", From: "2020-01-01"}, {ID: "b", From: "2025-01-01"}, {ID: "c", From: "2024-06-01"}},
			[]Relation{whole(Replaces, "b", "a", ""), whole(Repeals, "c", "b", "2024-06-01")}, nil, "a", "",
			map[record.Date]State{"2024-12-31": InForce, "2025-01-01": InForce}},
		{"two ends on one day", []Facts{{ID: "a", From: "2020-01-01", To: "2023-12-31"}, {ID: "b", From: "2024-01-01"}}, []Relation{whole(Replaces, "b", "a", "2024-01-01")}, nil, "a", "",
			map[record.Date]State{"2023-12-31": InForce, "2024-01-01": Ended}},
		{"begins and ends on one day", []Facts{{ID: "a", From: "2024-01-01", To: "2024-01-01"}}, nil, nil, "a", "",
			map[record.Date]State{"2023-12-31": NotYet, "2024-01-01": InForce, "2024-01-02": Ended}},
		{"two replace each other", []Facts{{ID: "a", From: "2020-01-01"}, {ID: "b", From: "2020-01-01"}}, []Relation{whole(Replaces, "a", "b", "2024-01-01"), whole(Replaces, "b", "a", "2024-01-01")}, nil, "a", "",
			map[record.Date]State{"2023-12-31": InForce, "2024-01-01": Ended}},
		{"NĐ 152/2020, partly alive", []Facts{{ID: "152-2020-nd-cp", From: "2021-02-15"}, {ID: "219-2025-nd-cp", From: "2025-08-07"}}, []Relation{foreign}, nil, "152-2020-nd-cp", "",
			map[record.Date]State{"2021-02-14": NotYet, "2025-08-06": InForce, "2025-08-07": Partly, "2026-09-10": Partly}},
		{"NĐ 12/2022, ended by NĐ 283/2026", []Facts{{ID: "12-2022-nd-cp", From: "2022-01-17", To: "2026-09-09"}, {ID: "283-2026-nd-cp", From: "2026-09-10"}},
			[]Relation{whole(Replaces, "283-2026-nd-cp", "12-2022-nd-cp", "")}, nil, "12-2022-nd-cp", "",
			map[record.Date]State{"2026-09-09": InForce, "2026-09-10": Ended}},
		{"amended, guided, consolidated: in force", []Facts{{ID: "a", From: "2020-01-01"}},
			[]Relation{whole(Amends, "b", "a", "2021-01-01"), whole(Guides, "c", "a", "2021-01-01"), whole(Consolidates, "d", "a", "2021-01-01")}, nil, "a", "",
			map[record.Date]State{"2022-01-01": InForce}},
		{"the office knows the day of effect", []Facts{{ID: "283", From: "2027-01-01"}}, nil, []Correction{{Item: "283", From: "2026-09-10", Source: "Điều 66"}}, "283", "",
			map[record.Date]State{"2026-09-09": NotYet, "2026-09-10": InForce}},
		{"the office knows it lives on", []Facts{{ID: "a", From: "2020-01-01", To: "2023-12-31"}, {ID: "b", From: "2024-01-01"}}, []Relation{whole(Replaces, "b", "a", "2024-01-01")},
			[]Correction{{Item: "a", NoEnd: true}}, "a", "", map[record.Date]State{"2025-01-01": InForce}},
		{"the office was corrected", []Facts{{ID: "a", From: "2020-01-01"}}, nil,
			[]Correction{{Item: "a", To: "2022-12-31", CheckedOn: "2026-02-01"}, {Item: "a", To: "2021-12-31", CheckedOn: "2026-01-01"}}, "a", "",
			map[record.Date]State{"2022-06-01": InForce, "2023-01-01": Ended}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := NewGraph(c.facts, c.relations, c.corrections)
			for day, want := range c.days {
				got := g.StatusOn(c.of, day)
				if c.anchor != "" {
					got = g.ProvisionOn(c.of, Path(c.anchor), day)
				}
				if got.State != want {
					t.Errorf("on %s: %s, want %s", day, got.State, want)
				}
			}
		})
	}
}

func TestStatusTellsWhy(t *testing.T) {
	by := Relation{Kind: Amends, By: "b", To: "a", On: "2022-01-01", Anchors: []string{"d7"}}
	out := Relation{Kind: Repeals, By: "c", To: "a", On: "2023-01-01", Anchors: []string{"d5", "d2"}}
	end := Relation{Kind: Replaces, By: "d", To: "a", On: "2030-01-01"}
	got := StatusOn(Facts{ID: "a", From: "2020-01-01"}, []Relation{end, out, by}, []Correction{{Item: "a", From: "2020-02-01"}}, "2024-01-01")
	want := Status{State: Partly, Amended: true, Corrected: true, From: "2020-02-01", Until: "2029-12-31", Ended: []string{"d2", "d5"}, By: []Relation{by, out}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if NewGraph(nil, nil, nil).StatusOn("x", "2024-01-01").State != Unknown {
		t.Error("a document nobody knows has a status")
	}
}

// history lives through the days one after the other; it shares nothing with Graph.
type history struct {
	facts   map[string]Facts
	ended   map[string]bool
	parts   map[string][]string // anchors that ended
	unnamed map[string]bool     // parts that only a note names have ended
}

func live(facts []Facts, relations []Relation, first record.Date, until record.Date) *history {
	h := &history{map[string]Facts{}, map[string]bool{}, map[string][]string{}, map[string]bool{}}
	for _, f := range facts {
		h.facts[f.ID] = f
	}
	for day := first; day <= until; day = day.AddDays(1) {
		var acting []Relation
		for _, r := range relations {
			on := r.On
			if on == "" {
				on = h.facts[r.By].From
			}
			f := h.facts[r.By]
			over := h.ended[r.By] || f.To != "" && f.To < day.AddDays(-1)
			if on == day && (!over || r.By == r.To) && (r.Kind == Replaces || r.Kind == Repeals) {
				acting = append(acting, r)
			}
		}
		for _, r := range acting { // after all were looked at: they act in the same instant
			switch {
			case len(r.Anchors) > 0:
				h.parts[r.To] = append(h.parts[r.To], r.Anchors...)
			case r.Partly:
				h.unnamed[r.To] = true
			default:
				h.ended[r.To] = true
			}
		}
	}
	return h
}

func (h *history) state(id, anchor string, day record.Date) State {
	f := h.facts[id]
	gone := h.ended[id] || f.To != "" && f.To < day
	inside := false
	for _, a := range h.parts[id] {
		if anchor != "" && strings.HasPrefix(anchor+".", a+".") {
			gone = true
		}
		inside = inside || anchor == "" || strings.HasPrefix(a+".", anchor+".")
	}
	inside = inside || anchor == "" && h.unnamed[id]
	switch {
	case gone:
		return Ended
	case f.From == "" && f.Issued > day:
		return NotYet
	case f.From == "":
		return Unknown
	case f.From > day:
		return NotYet
	case inside:
		return Partly
	}
	return InForce
}

func TestStatusAgreesWithHistory(t *testing.T) {
	const first = record.Date("2026-01-01")
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.Custom(func(t *rapid.T) record.Date { return first.AddDays(rapid.IntRange(0, 14).Draw(t, "day")) })
		maybe := rapid.Custom(func(t *rapid.T) record.Date {
			if rapid.IntRange(0, 2).Draw(t, "known") == 0 {
				return ""
			}
			return day.Draw(t, "day")
		})
		ids := []string{"a", "b", "c", "d"}
		var facts []Facts
		for _, id := range ids {
			facts = append(facts, Facts{ID: id, Issued: maybe.Draw(t, "issued"), From: maybe.Draw(t, "from"), To: maybe.Draw(t, "to")})
		}
		relation := rapid.Custom(func(t *rapid.T) Relation {
			return Relation{
				Kind: rapid.SampledFrom([]RelationKind{Replaces, Repeals, Replaces, Amends, Guides}).Draw(t, "kind"),
				By:   rapid.SampledFrom(ids).Draw(t, "by"), To: rapid.SampledFrom(ids).Draw(t, "to"), On: maybe.Draw(t, "on"),
				Anchors: rapid.SliceOfN(rapid.SampledFrom([]string{"d1", "d1.k1", "d1.k1.a", "d10", "d2.k1"}), 0, 2).Draw(t, "anchors"),
				Partly:  rapid.Bool().Draw(t, "partly"),
			}
		})
		relations := rapid.SliceOfN(relation, 0, 8).Draw(t, "relations")
		g := NewGraph(facts, relations, nil)
		today := day.Draw(t, "today")
		h := live(facts, relations, first, today)
		for _, id := range ids {
			if got, want := g.StatusOn(id, today).State, h.state(id, "", today); got != want {
				t.Fatalf("%s on %s: %s, want %s", id, today, got, want)
			}
			for _, anchor := range []string{"d1", "d1.k1", "d1.k1.a", "d10", "d2", "d3"} {
				if got, want := g.ProvisionOn(id, Path(anchor), today).State, h.state(id, anchor, today); got != want {
					t.Fatalf("%s of %s on %s: %s, want %s", anchor, id, today, got, want)
				}
			}
		}
		// The order in which relations are known is no matter.
		slices.Reverse(relations)
		back := NewGraph(facts, relations, nil)
		for _, id := range ids {
			if a, b := g.StatusOn(id, today), back.StatusOn(id, today); a.State != b.State || a.Until != b.Until {
				t.Fatalf("%s on %s: %+v and %+v", id, today, a, b)
			}
		}
	})
}
