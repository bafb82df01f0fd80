package report

import (
	"fmt"
	"slices"

	"sophobien/internal/record"
)

// stands is a figure, or the parts of one dimension, that stand even at zero.
type stands struct {
	code, dim string
	parts     []string
}

// standing are the figures that other rows than activities fill.
var standing = []stands{
	{"I6", "", nil}, {"I6", "unit", businesses}, {"I6", "focus", codes(record.FocusFlags)},
	{"I6", "measure", []string{"registered", "workers", "workers_registered"}},
	{"I9", "", nil}, {"I9", "material", codes(record.MaterialKinds)}, {"I9", "measure", []string{"made", "given"}},
	{"I11", "", nil}, {"I11", "audience", codes(record.Audiences)},
	{"I11", "measure", []string{"answered", "on_time", "passed", "difficulties", "carried", "carried_answered"}},
	{"I12", "", nil}, {"I12", "measure", []string{"units"}},
	{"I13", "", nil}, {"I13", "measure", []string{"returned", "surveys"}}, {"I13", "purpose", codes(record.SurveyPurposes)},
	{"I14", "measure", []string{"planned"}},
	{"I15", "", nil}, {"I15", "measure", []string{"taken_over"}},
}

// countDirectives adds the documents issued in the period, by kind.
func (c *computation) countDirectives() {
	for _, d := range issuedIn(c.in) {
		c.add(key{code: "I1"}, 1, d.ID)
		c.add(key{"I1", "kind", d.Kind}, 1, d.ID)
	}
}

// issuedIn are the documents of the period.
func issuedIn(in Input) []record.Directive {
	span := in.Period.Span()
	var out []record.Directive
	for _, d := range in.Directives {
		if span.Has(d.Issued) {
			out = append(out, d)
		}
	}
	return out
}

// countMaterials adds what was made in the period, with the copies made and those given
// beside what activities handed out.
func (c *computation) countMaterials() {
	span := c.in.Period.Span()
	for _, m := range c.in.Materials {
		if !span.Has(m.On) {
			continue
		}
		c.add(key{code: "I9"}, 1, m.ID)
		c.add(key{"I9", "material", knownOr(record.MaterialKinds, m.Kind)}, 1, m.ID)
		for i, language := range m.Languages {
			if !slices.Contains(m.Languages[:i], language) {
				c.add(key{"I9", "language", language}, 1, m.ID)
			}
		}
		c.add(key{"I9", "measure", "made"}, m.Made, m.ID)
		c.add(key{"I9", "measure", "given"}, m.Given, m.ID)
		c.add(key{"I9", "given", knownOr(record.MaterialKinds, m.Kind)}, m.Given, m.ID)
	}
}

// countQuestions adds the questions received in the period and how they fared up to its
// last day, and those that were still open when it began.
func (c *computation) countQuestions() {
	span := c.in.Period.Span()
	for i := range c.in.Questions {
		q := &c.in.Questions[i]
		measure := func(name string, counts bool) {
			if counts {
				c.add(key{"I11", "measure", name}, 1, q.ID)
			}
		}
		answered := q.Answered() && (span.To == "" || q.AnsweredOn <= span.To)
		if span.From != "" && q.Received != "" && q.Received < span.From {
			carried := !q.Answered() || q.AnsweredOn >= span.From
			measure("carried", carried)
			measure("carried_answered", carried && answered)
		}
		if !span.Has(q.Received) {
			continue
		}
		c.add(key{code: "I11"}, 1, q.ID)
		c.add(key{"I11", "audience", knownOr(record.Audiences, q.AskerGroup)}, 1, q.ID)
		measure("answered", answered)
		measure("on_time", answered && (q.Due.On == "" || q.AnsweredOn <= q.Due.On))
		measure("passed", q.Routed.On != "" && (span.To == "" || q.Routed.On <= span.To))
		measure("difficulties", q.Difficulty)
		for i, topic := range q.Topics {
			if !slices.Contains(q.Topics[:i], topic) {
				c.add(key{"I11", "topic", topic}, 1, q.ID)
			}
		}
	}
}

// countSurveys adds the sheets of surveys that began in the period.
func (c *computation) countSurveys() {
	span := c.in.Period.Span()
	for _, s := range c.in.Surveys {
		if !span.Has(s.On) {
			continue
		}
		c.add(key{code: "I13"}, s.Sent, s.ID)
		c.add(key{"I13", "purpose", s.Purpose}, s.Sent, s.ID)
		c.add(key{"I13", "measure", "returned"}, s.Returned, s.ID)
		c.add(key{"I13", "measure", "surveys"}, 1, s.ID)
	}
}

// countMoney adds the lines of the years the period holds to what activities cost.
func (c *computation) countMoney() {
	for _, b := range c.in.Budgets {
		if !holdsYear(c.in.Period, b.Year) {
			continue
		}
		c.add(key{code: "I14"}, b.Spent, b.ID)
		c.add(key{"I14", "source", b.Source}, b.Spent, b.ID)
		c.add(key{"I14", "measure", "planned"}, b.Planned, b.ID)
	}
}

// holdsYear reports whether a period holds the budget of a year, which has no day: it
// does from 1 February to 31 October at least. All the rules of a reporting year do; a
// month, a quarter and half a year do not.
func holdsYear(p record.FigurePeriod, year int64) bool {
	from, to := record.Date(fmt.Sprintf("%04d-02-01", year)), record.Date(fmt.Sprintf("%04d-10-31", year))
	return (p.From == "" || p.From <= from) && (p.To == "" || p.To >= to)
}

// countModels adds the good practices begun in the period and the units that took them over.
func (c *computation) countModels() {
	span := c.in.Period.Span()
	for _, m := range c.in.Models {
		if !span.Has(m.Since) {
			continue
		}
		c.add(key{code: "I15"}, 1, m.ID)
		c.add(key{"I15", "measure", "taken_over"}, int64(len(m.TakenOver)), m.ID)
	}
}
