package law

import (
	"cmp"
	"slices"
	"strings"

	"sophobien/internal/record"
)

// State says whether a document or provision is in force.
type State string

// The states.
const (
	NotYet  State = "not_yet"
	InForce State = "in_force"
	Partly  State = "partly" // some provisions have ended or not begun
	Ended   State = "ended"
	Unknown State = "unknown" // no day of effect is known
)

// States are the words for them.
var States = []record.Term{
	{Code: string(NotYet), Words: record.Words{VI: "Chưa có hiệu lực", EN: "Not yet in force"}},
	{Code: string(InForce), Words: record.Words{VI: "Còn hiệu lực", EN: "In force"}},
	{Code: string(Partly), Words: record.Words{VI: "Còn hiệu lực một phần", EN: "Partly in force"}},
	{Code: string(Ended), Words: record.Words{VI: "Hết hiệu lực", EN: "No longer in force"}},
	{Code: string(Unknown), Words: record.Words{VI: "Chưa rõ hiệu lực", EN: "Effect unknown"}},
}

// RelationKind says what a document does to another.
type RelationKind string

// The kinds.
const (
	Replaces     RelationKind = "replaces"
	Amends       RelationKind = "amends"
	Repeals      RelationKind = "repeals"
	Guides       RelationKind = "guides"
	Consolidates RelationKind = "consolidates"
	// Begins gives provisions a day of effect later than the document's; mostly a
	// document says so of itself.
	Begins RelationKind = "begins"
)

// Facts are what a catalogue says of a document. To is the last day it is in force; ""
// is not known, or none.
type Facts struct {
	ID               string
	Issued, From, To record.Date
}

// Relation is what the document By does to the document To from a day on: to all of it,
// to its provisions named by Anchors, or, when Partly, to provisions that only the note
// names.
type Relation struct {
	Kind    RelationKind
	By, To  string
	Anchors []string
	Partly  bool
	On      record.Date // "" is the day By comes into force
	Note    string
}

// whole reports whether the relation ends the entire document it points at.
func (r Relation) whole() bool { return r.ends() && len(r.Anchors) == 0 && !r.Partly }

func (r Relation) ends() bool { return r.Kind == Replaces || r.Kind == Repeals }

// Correction is what the office knows better of a document, with its source. An empty
// day corrects nothing; NoEnd says that the document has no end. A correction of the
// end outweighs the end by To and by relations.
type Correction struct {
	Item      string
	From, To  record.Date
	NoEnd     bool
	Source    string
	CheckedOn record.Date
}

// Status is how a document or provision stands on a day.
type Status struct {
	State     State
	Amended   bool
	Corrected bool        // the office's own days decided
	From      record.Date // "" unknown
	Until     record.Date // the last day in force, past or future; "" none known
	Ended     []string    // anchors that have ended, sorted
	Pending   []string    // anchors that have not begun, sorted
	By        []Relation  // what ended or amended it up to the day, oldest first
}

// StatusOn says how a document stands on a day. The relations are those that point at it
// and stand (see [Graph]), with their days; others, and those without a day, are passed
// over.
func StatusOn(f Facts, relations []Relation, corrections []Correction, day record.Date) Status {
	return newStanding(f, relations, corrections).on(day)
}

// ProvisionOn says how one provision stands on a day. The path is its anchor and the
// anchors of what it stands in ([Text.Path], or [Path] without the text).
func ProvisionOn(f Facts, relations []Relation, corrections []Correction, path []string, day record.Date) Status {
	s := newStanding(f, relations, corrections)
	if len(path) == 0 {
		return s.on(day)
	}
	return s.provisionOn(path, day)
}

// standing is a document with what bears on it, in order.
type standing struct {
	from, to  record.Date
	issued    record.Date
	corrected bool
	relations []Relation // that point at it, by day
}

func newStanding(f Facts, relations []Relation, corrections []Correction) standing {
	s := standing{from: f.From, to: f.To, issued: f.Issued}
	fixedEnd := s.correct(f.ID, corrections)
	for _, r := range relations {
		if r.To == f.ID && r.On != "" && !(fixedEnd && r.whole()) {
			s.relations = append(s.relations, r)
		}
	}
	slices.SortStableFunc(s.relations, func(a, b Relation) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.By, b.By))
	})
	return s
}

// correct applies the office's corrections, the one checked last on top, and reports
// whether they say how the document ends.
func (s *standing) correct(id string, corrections []Correction) (fixedEnd bool) {
	mine := slices.DeleteFunc(slices.Clone(corrections), func(c Correction) bool { return c.Item != id })
	slices.SortStableFunc(mine, func(a, b Correction) int { return cmp.Compare(a.CheckedOn, b.CheckedOn) })
	for _, c := range mine {
		if c.From != "" {
			s.from, s.corrected = c.From, true
		}
		if c.To != "" || c.NoEnd {
			s.to, s.corrected, fixedEnd = c.To, true, true
		}
	}
	return fixedEnd
}

// until is the last day of the whole document.
func (s standing) until() record.Date {
	until := s.to
	for _, r := range s.relations {
		if r.whole() {
			until = earlier(until, r.On.AddDays(-1))
		}
	}
	return until
}

func (s standing) on(day record.Date) Status {
	out := Status{Corrected: s.corrected, From: s.from, Until: s.until()}
	out.By = s.actingOn(day, func(r Relation) bool { return true })
	out.Amended = slices.ContainsFunc(out.By, func(r Relation) bool { return r.Kind == Amends })
	partly := false
	for _, r := range s.relations {
		switch {
		case r.ends() && !r.whole() && r.On <= day:
			out.Ended = append(out.Ended, r.Anchors...)
			partly = true
		case r.Kind == Begins && r.On > day:
			out.Pending = append(out.Pending, r.Anchors...)
			partly = true
		}
	}
	out.Ended, out.Pending = sorted(out.Ended), sorted(out.Pending)
	out.State = s.stateOn(day, out.Until)
	if out.State == InForce && partly {
		out.State = Partly
	}
	return out
}

// stateOn is the state of the document as one piece.
func (s standing) stateOn(day, until record.Date) State {
	switch {
	case until != "" && day > until:
		return Ended
	case s.from == "" && s.issued != "" && day < s.issued:
		return NotYet
	case s.from == "":
		return Unknown
	case day < s.from:
		return NotYet
	}
	return InForce
}

func (s standing) provisionOn(path []string, day record.Date) Status {
	out := Status{Corrected: s.corrected, From: s.from, Until: s.until()}
	over := func(r Relation) bool { return concerns(r, path) }
	begins := record.Date("")
	partly := false
	for _, r := range s.relations {
		switch {
		case r.ends() && !r.whole() && over(r):
			out.Until = earlier(out.Until, r.On.AddDays(-1))
		case r.Kind == Begins && over(r):
			begins = max(begins, r.On)
		case r.ends() && r.On <= day && len(below(r.Anchors, path[0])) > 0:
			out.Ended = append(out.Ended, below(r.Anchors, path[0])...)
			partly = true
		case r.Kind == Begins && r.On > day && len(below(r.Anchors, path[0])) > 0:
			out.Pending = append(out.Pending, below(r.Anchors, path[0])...)
			partly = true
		}
	}
	out.From = max(out.From, begins)
	out.By = s.actingOn(day, func(r Relation) bool {
		return r.whole() || over(r) || len(below(r.Anchors, path[0])) > 0
	})
	out.Amended = slices.ContainsFunc(out.By, func(r Relation) bool { return r.Kind == Amends })
	out.Ended, out.Pending = sorted(out.Ended), sorted(out.Pending)
	out.State = s.stateOn(day, out.Until)
	switch {
	case out.State == InForce && day < begins:
		out.State = NotYet
	case out.State == InForce && partly:
		out.State = Partly
	}
	return out
}

// actingOn are the relations that have changed the document by the day.
func (s standing) actingOn(day record.Date, of func(Relation) bool) []Relation {
	var out []Relation
	for _, r := range s.relations {
		if r.On <= day && (r.ends() || r.Kind == Amends) && of(r) {
			out = append(out, r)
		}
	}
	return out
}

// concerns reports whether a relation names the provision or what it stands in.
func concerns(r Relation, path []string) bool {
	return slices.ContainsFunc(r.Anchors, func(a string) bool { return slices.Contains(path, a) })
}

// below are the anchors that stand in the provision, by their addresses.
func below(anchors []string, anchor string) []string {
	var out []string
	for _, a := range anchors {
		if strings.HasPrefix(a, anchor+".") {
			out = append(out, a)
		}
	}
	return out
}

func earlier(a, b record.Date) record.Date {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}

func sorted(anchors []string) []string {
	slices.Sort(anchors)
	return slices.Compact(anchors)
}

// Graph is all documents with all relations between them. It knows which relations
// stand: one whose document had already ended the day before does nothing, so that what
// was to be replaced by a document that never came into force is not replaced. What was
// ended does not come back when the document that ended it ends in turn.
type Graph struct {
	facts       map[string]Facts
	to          map[string][]Relation // by the document they point at, with their days
	corrections []Correction
	stands      map[relationKey]bool
}

type relationKey struct {
	to string
	n  int
}

// NewGraph puts documents and relations together. A relation without a day begins with
// its document; one that still has none is passed over.
func NewGraph(documents []Facts, relations []Relation, corrections []Correction) *Graph {
	g := &Graph{facts: map[string]Facts{}, to: map[string][]Relation{}, corrections: corrections, stands: map[relationKey]bool{}}
	for _, f := range documents {
		g.facts[f.ID] = f
	}
	for _, r := range relations {
		if r.On == "" {
			by := newStanding(g.facts[r.By], nil, corrections)
			r.On = by.from
		}
		if r.On != "" {
			g.to[r.To] = append(g.to[r.To], r)
		}
	}
	for id, relations := range g.to { // now, so that a graph may be asked from many goroutines
		for n := range relations {
			g.standing(id, n)
		}
	}
	return g
}

// Relations are those that point at a document and stand, with their days.
func (g *Graph) Relations(id string) []Relation {
	var out []Relation
	for n, r := range g.to[id] {
		if g.standing(id, n) {
			out = append(out, r)
		}
	}
	return out
}

// standing decides from the past of the acting document alone, so it comes to an end
// even when documents replace each other in a circle.
func (g *Graph) standing(id string, n int) bool {
	key := relationKey{id, n}
	if known, ok := g.stands[key]; ok {
		return known
	}
	r := g.to[id][n]
	ok := r.By == r.To || !g.endedBy(r.By, r.On.AddDays(-1))
	g.stands[key] = ok
	return ok
}

// endedBy reports whether a document had ended on a day.
func (g *Graph) endedBy(id string, day record.Date) bool {
	f, ok := g.facts[id]
	if !ok {
		return false
	}
	var past []Relation
	for n, r := range g.to[id] {
		if r.On <= day && r.whole() && g.standing(id, n) {
			past = append(past, r)
		}
	}
	return StatusOn(f, past, g.corrections, day).State == Ended
}

// StatusOn says how a document stands on a day; one that is not known is Unknown.
func (g *Graph) StatusOn(id string, day record.Date) Status {
	f, ok := g.facts[id]
	if !ok {
		return Status{State: Unknown}
	}
	return StatusOn(f, g.Relations(id), g.corrections, day)
}

// ProvisionOn says how a provision stands on a day.
func (g *Graph) ProvisionOn(id string, path []string, day record.Date) Status {
	f, ok := g.facts[id]
	if !ok {
		return Status{State: Unknown}
	}
	return ProvisionOn(f, g.Relations(id), g.corrections, path, day)
}
