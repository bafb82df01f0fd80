package report

import (
	"bytes"
	"cmp"
	"slices"

	"sophobien/internal/record"
)

// Input is what figures are made from. Its rows may be more than the period and more
// than what counts; deleted ones are not among them. A host that Units does not hold
// counts as "other". Targets are those that hold on some day, Documents the legal texts
// to be made public. SameEvents are the province's words on two activities that were both
// held, in whatever period.
type Input struct {
	Office       record.Office
	Period       record.FigurePeriod
	Activities   []record.Activity
	Directives   []record.Directive
	Publications []record.Publication
	Materials    []record.Material
	Surveys      []record.Survey
	Models       []record.Model
	Budgets      []record.Budget
	Questions    []record.Question
	SameEvents   []record.SameEvent
	Units        map[record.ID]record.Unit
	Targets      []record.Target
	Documents    []Document
}

// Document is a legal text as far as a target needs it.
type Document struct {
	Number string      `json:"number"`
	Issued record.Date `json:"issued"`
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

func counted(in Input) []*record.Activity { return eventsIn(in).held }

// Compute makes the figures of a period, in their stable order, each with its rows in
// the order of their ids.
func Compute(in Input) record.Figures {
	c := newComputation(in)
	for _, a := range c.held {
		c.countActivity(a)
	}
	c.countDirectives()
	c.countMaterials()
	c.countQuestions()
	c.countSurveys()
	c.countMoney()
	c.countModels()
	c.countBusinesses()
	targets := c.targets()
	out := record.Figures{Period: in.Period, Indicators: c.figures(), Targets: targets}
	out.Sort()
	return out
}

// computation is one run of Compute.
type computation struct {
	tally
	in Input
	events
	register *register
}

// tally collects figures while rows pass by.
type tally struct{ at map[key]*record.Figure }

// key names a figure: indicator, and the part of one dimension ("" is the whole).
type key struct{ code, dim, part string }

// newTally opens the figures that stand even at zero.
func newTally() tally {
	t := tally{map[key]*record.Figure{}}
	for _, ind := range indicators {
		t.open(key{code: ind.code})
		for _, s := range ind.splits {
			t.openParts(ind.code, s.dim, s.fixed)
		}
	}
	for _, s := range standing {
		if s.dim == "" {
			t.open(key{code: s.code})
			continue
		}
		t.openParts(s.code, s.dim, s.parts)
	}
	return t
}

func (t tally) openParts(code, dim string, parts []string) {
	for _, part := range parts {
		t.open(key{code, dim, part})
	}
}

func (t tally) open(k key) *record.Figure {
	if f := t.at[k]; f != nil {
		return f
	}
	f := &record.Figure{Code: k.code, Split: map[string]string{}}
	if k.dim != "" {
		f.Split[k.dim] = k.part
	}
	t.at[k] = f
	return f
}

func newComputation(in Input) *computation {
	return &computation{in: in, tally: newTally(), events: eventsIn(in), register: newRegister(in)}
}

func (c *computation) countActivity(a *record.Activity) {
	for _, ind := range indicators {
		if !ind.has(a) {
			continue
		}
		c.add(key{code: ind.code}, ind.amount(a), a.ID)
		for _, s := range ind.splits {
			s.each(c.in, a, func(part string, n int64) { c.add(key{ind.code, s.dim, part}, n, a.ID) })
		}
	}
}

// add leaves a row that adds nothing out of the figure's records.
func (t tally) add(k key, n int64, id record.ID) {
	if n == 0 {
		return
	}
	f := t.open(k)
	f.Value += n
	f.Records = append(f.Records, id)
}

// figures are what was collected; a row that added twice stands once.
func (t tally) figures() []record.Figure {
	out := make([]record.Figure, 0, len(t.at))
	for _, f := range t.at {
		f.Records = sortedIDs(f.Records)
		out = append(out, *f)
	}
	return out
}

func sortedIDs(ids []record.ID) []record.ID {
	slices.SortFunc(ids, func(a, b record.ID) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(ids)
}

func compareIDs(a, b *record.Activity) int { return bytes.Compare(a.ID[:], b.ID[:]) }
