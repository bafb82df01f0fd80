package app

import (
	"fmt"

	"sophobien/internal/record"
)

// warnAhead is how many days before the report a target that is not reached asks for
// work.
const warnAhead = 60

// standings are the targets that can be told from what is recorded: (b), (c), (d) of
// the plan, and the dialogue. Target (a) speaks of agencies that disseminate, of
// which nothing is recorded yet.
func (g *glance) standings() []record.Standing {
	return []record.Standing{g.published(), g.unitsTwice(), g.questions(), g.dialogue()}
}

func (g *glance) published() record.Standing {
	return record.Standing{
		Code: "b", Name: record.Words{VI: "Công khai văn bản", EN: "Texts made public"},
		Rule: record.Words{
			VI: "Lần công khai trong kỳ; chưa có danh mục văn bản để tính 100 %.",
			EN: "Times something was made public; no list of texts yet to tell the 100 %.",
		},
		Unit: record.Words{VI: "lần", EN: "times"}, Numerator: g.year.Published, State: record.StandingUnknown,
		Detail: record.Words{VI: "chưa tính tỷ lệ", EN: "no share yet"},
		Open:   record.Errand{Area: record.AreaRegisters, List: record.ListFilter{Noun: "publication", Period: g.span()}},
	}
}

func (g *glance) unitsTwice() record.Standing {
	u := g.year.Units
	s := record.Standing{
		Code: "c", Name: record.Words{VI: "Đơn vị đủ 2 cuộc", EN: "Units met twice"},
		Rule: record.Words{
			VI: "Đơn vị trong sổ chủ trì hoặc được tiếp cận từ 2 hoạt động trong kỳ.",
			EN: "Registered units that hosted or were reached by 2 activities.",
		},
		Numerator: u.Twice, Denominator: u.All, Threshold: 100, State: g.pressing(u.Twice == u.All),
		Open: record.Errand{Area: record.AreaRegisters, List: record.ListFilter{Noun: "unit", Sort: "sessions"}},
	}
	switch missing := u.All - u.Twice; {
	case u.All == 0:
		s.State = record.StandingUnknown
		s.Detail = record.Words{VI: "sổ chưa có đơn vị nào", EN: "no unit is registered"}
	case missing > 0:
		s.Detail = record.Words{VI: fmt.Sprintf("còn %d đơn vị", missing), EN: fmt.Sprintf("%d units to go", missing)}
	}
	return s
}

// questions is behind only for what is overdue: a question may wait until its day.
func (g *glance) questions() record.Standing {
	q := g.year.Questions
	s := record.Standing{
		Code: "d", Name: record.Words{VI: "Câu hỏi đã trả lời", EN: "Questions answered"},
		Rule: record.Words{
			VI: fmt.Sprintf("Đã trả lời trên số nhận trong kỳ. Đúng hạn %d, muộn %d.", q.OnTime, q.Answered-q.OnTime),
			EN: fmt.Sprintf("Answered of those received in the period. On time %d, late %d.", q.OnTime, q.Answered-q.OnTime),
		},
		Numerator: q.Answered, Denominator: q.Received, Threshold: 90, State: record.StandingGoing,
		Open: record.Errand{Area: record.AreaQuestions},
	}
	open := q.Received - q.Answered
	switch enough := q.Answered*10 >= q.Received*9; {
	case q.Received == 0:
		s.State = record.StandingUnknown
		s.Detail = record.Words{VI: "chưa nhận câu hỏi nào", EN: "no question received"}
	case q.Overdue > 0:
		s.State = g.late()
		s.Detail = record.Words{VI: fmt.Sprintf("%d câu quá hạn", q.Overdue), EN: fmt.Sprintf("%d overdue", q.Overdue)}
	case enough:
		s.State = record.StandingReached
	}
	if s.Detail == (record.Words{}) && open > 0 {
		s.Detail = record.Words{VI: fmt.Sprintf("còn %d câu trong hạn", open), EN: fmt.Sprintf("%d open, in time", open)}
	}
	return s
}

// dialogue is never missed: those above lead it.
func (g *glance) dialogue() record.Standing {
	held := int64(0)
	for _, k := range g.o.Kinds {
		if k.Code == "dialogue" {
			held = k.Value
		}
	}
	s := record.Standing{
		Code: "dialogue", Name: record.Words{VI: "Hội nghị đối thoại", EN: "Dialogue"},
		Rule: record.Words{VI: "Cuộc đối thoại trong kỳ; ít nhất 1, do cấp trên chủ trì.", EN: "Dialogues in the period; at least 1, led by the level above."},
		Unit: record.Words{VI: "cuộc", EN: "held"}, Numerator: held, Denominator: 1, State: g.reached(held > 0),
		Open: record.Errand{Area: record.AreaActivities, List: record.ListFilter{Noun: "activity", Period: g.span(), Only: map[string]string{"kind": "dialogue"}}},
	}
	if held == 0 {
		s.Detail = record.Words{VI: "chưa có cuộc nào", EN: "none yet"}
	}
	return s
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
