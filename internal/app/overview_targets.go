package app

import (
	"fmt"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// warnAhead is how many days before the report a target that is not reached asks for
// work.
const warnAhead = 60

// standings are the targets of the year as the report counts them, without those that
// another level answers for.
func (g *glance) standings() []record.Standing {
	var out []record.Standing
	for _, o := range g.outlooks {
		if o.Target.Owner != "office" && o.Target.Owner != g.level {
			continue
		}
		s := record.Standing{
			Code: o.Target.Code, Name: o.Target.Short, Rule: o.Target.Brief, Threshold: o.Target.Threshold,
			Numerator: o.Now.Numerator, Denominator: o.Now.Denominator, State: g.pressing(o.Needed == 0),
		}
		stand := standOf[o.Target.Counts]
		stand.missing(o, &s)
		stand.more(g, &s)
		s.Open = stand.open(g)
		out = append(out, s)
	}
	return out
}

// stand is what only one way of counting says of a target.
type stand struct {
	nothing record.Words // when there is nothing to count
	lacks   [3]string    // how many more are needed: Vietnamese, English for one, for several
	open    func(*glance) record.Errand
	more    func(*glance, *record.Standing)
}

var standOf = map[string]stand{
	"units": {
		record.Words{VI: "sổ chưa có đơn vị nào", EN: "no unit is registered"},
		[3]string{"còn %d đơn vị", "%d unit to go", "%d units to go"},
		func(*glance) record.Errand {
			return record.Errand{Area: record.AreaRegisters, List: record.ListFilter{Noun: "unit", Sort: "sessions"}}
		}, func(*glance, *record.Standing) {},
	},
	"documents": {
		record.Words{VI: "trong kỳ chưa có văn bản nào", EN: "no text in the period"},
		[3]string{"còn %d văn bản", "%d text to go", "%d texts to go"},
		func(g *glance) record.Errand {
			return record.Errand{Area: record.AreaRegisters, List: record.ListFilter{Noun: "publication", Period: g.span()}}
		}, func(*glance, *record.Standing) {},
	},
	"questions": {
		record.Words{VI: "chưa nhận câu hỏi nào", EN: "no question received"},
		[3]string{"còn %d câu", "%d open", "%d open"},
		func(*glance) record.Errand { return record.Errand{Area: record.AreaQuestions} },
		(*glance).waitingQuestions,
	},
	"dialogue": {
		record.Words{}, [3]string{"chưa có cuộc nào", "none yet", "none yet"},
		func(g *glance) record.Errand {
			return record.Errand{Area: record.AreaActivities, List: record.ListFilter{Noun: "activity", Period: g.span(), Only: map[string]string{"kind": "dialogue"}}}
		},
		// Never missed: those above lead it.
		func(g *glance, s *record.Standing) {
			s.Unit, s.State = record.Words{VI: "cuộc", EN: "held"}, g.reached(s.Numerator > 0)
		},
	},
}

// missing says how many more are needed.
func (st stand) missing(o report.Outlook, s *record.Standing) {
	switch {
	case o.Now.Denominator == 0:
		s.State, s.Detail = record.StandingUnknown, st.nothing
	case o.Needed > 0:
		s.Detail = count(int(o.Needed), st.lacks[0], st.lacks[1], st.lacks[2])
	}
}

// waitingQuestions is behind only for what is overdue: a question may wait until its day.
func (g *glance) waitingQuestions(s *record.Standing) {
	q := g.year.Questions
	s.Rule.VI += fmt.Sprintf(" Đúng hạn %d, muộn %d.", q.OnTime, q.Answered-q.OnTime)
	s.Rule.EN += fmt.Sprintf(" On time %d, late %d.", q.OnTime, q.Answered-q.OnTime)
	open := s.Denominator - s.Numerator
	switch {
	case s.Denominator == 0:
		return
	case q.Overdue > 0:
		s.State = g.late()
		s.Detail = record.Words{VI: fmt.Sprintf("%d câu quá hạn", q.Overdue), EN: fmt.Sprintf("%d overdue", q.Overdue)}
		return
	case s.State != record.StandingReached:
		s.State = record.StandingGoing
	}
	if open > 0 {
		s.Detail = record.Words{VI: fmt.Sprintf("còn %d câu trong hạn", open), EN: fmt.Sprintf("%d open, in time", open)}
	}
}

func (g *glance) span() record.Period {
	return record.Period{From: g.o.Period.From, To: g.o.Period.To}
}

func (g *glance) reached(yes bool) string {
	if yes {
		return record.StandingReached
	}
	return record.StandingGoing
}

// pressing is how a target stands that has the whole year: behind when the report
// comes near.
func (g *glance) pressing(reached bool) string {
	if !reached && g.o.Report.Days < warnAhead {
		return g.late()
	}
	return g.reached(reached)
}

func (g *glance) late() string {
	if g.o.Report.Days < 0 {
		return record.StandingMissed
	}
	return record.StandingBehind
}
