package report

import (
	"bytes"
	"cmp"
	"slices"

	"sophobien/internal/record"
)

// Input is what figures are made from. Units tells the kind of the host units; a
// host it does not hold counts as "other". Activities may hold more than the
// period and more than what counts.
type Input struct {
	Office     record.Office
	Period     record.FigurePeriod
	Activities []record.Activity
	Directives []record.Directive
	Units      map[record.ID]record.Unit
}

// Counted are the activities that count, by first day, then id.
func Counted(in Input) []record.Activity {
	found := counted(in)
	slices.SortFunc(found, func(a, b *record.Activity) int {
		return cmp.Or(cmp.Compare(a.When.Date, b.When.Date), compareIDs(a, b))
	})
	out := make([]record.Activity, len(found))
	for i, a := range found {
		out[i] = *a
	}
	return out
}

func counted(in Input) []*record.Activity {
	span := record.Period{From: in.Period.From, To: in.Period.To}
	out := make([]*record.Activity, 0, len(in.Activities))
	for i := range in.Activities {
		a := &in.Activities[i]
		if (a.Status == "held" || a.Status == "closed") && span.Has(a.When.Date) {
			out = append(out, a)
		}
	}
	return out
}

// Compute makes the figures of a period, in their stable order. Activities pass
// by in the order of their ids, so that each figure's records end up sorted.
func Compute(in Input) record.Figures {
	found := counted(in)
	slices.SortFunc(found, compareIDs)
	t := newTally()
	for _, a := range found {
		t.count(in, a)
	}
	t.countDirectives(in)
	return t.figures(in.Period)
}

// tally collects figures while activities pass by.
type tally struct{ at map[key]*record.Figure }

// key names a figure: indicator, and the part of one dimension ("" is the whole).
type key struct{ code, dim, part string }

// newTally opens the figures that stand even at zero.
func newTally() tally {
	t := tally{map[key]*record.Figure{}}
	for _, ind := range indicators {
		t.open(key{code: ind.code})
		for _, s := range ind.splits {
			for _, part := range s.fixed {
				t.open(key{ind.code, s.dim, part})
			}
		}
	}
	return t
}

func (t tally) open(k key) *record.Figure {
	f := &record.Figure{Code: k.code, Split: map[string]string{}}
	if k.dim != "" {
		f.Split[k.dim] = k.part
	}
	t.at[k] = f
	return f
}

func (t tally) count(in Input, a *record.Activity) {
	for _, ind := range indicators {
		if !ind.has(a) {
			continue
		}
		t.add(key{code: ind.code}, ind.amount(a), a.ID)
		for _, s := range ind.splits {
			s.each(in, a, func(part string, n int64) { t.add(key{ind.code, s.dim, part}, n, a.ID) })
		}
	}
}

// countDirectives adds the documents issued in the period, by kind.
func (t tally) countDirectives(in Input) {
	for _, d := range issuedIn(in) {
		t.add(key{code: "I1"}, 1, d.ID)
		t.add(key{"I1", "kind", d.Kind}, 1, d.ID)
	}
}

// issuedIn are the documents of the period, by id.
func issuedIn(in Input) []record.Directive {
	span := record.Period{From: in.Period.From, To: in.Period.To}
	var out []record.Directive
	for _, d := range in.Directives {
		if span.Has(d.Issued) {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b record.Directive) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return out
}

// add leaves an activity that adds nothing out of the figure's records.
func (t tally) add(k key, n int64, id record.ID) {
	if n == 0 {
		return
	}
	f := t.at[k]
	if f == nil {
		f = t.open(k)
	}
	f.Value += n
	f.Records = append(f.Records, id)
}

func (t tally) figures(p record.FigurePeriod) record.Figures {
	out := record.Figures{
		Period:     p,
		Indicators: make([]record.Figure, 0, len(t.at)),
		Targets:    []record.TargetFigure{},
	}
	for _, f := range t.at {
		out.Indicators = append(out.Indicators, *f)
	}
	out.Sort()
	return out
}

func compareIDs(a, b *record.Activity) int { return bytes.Compare(a.ID[:], b.ID[:]) }
