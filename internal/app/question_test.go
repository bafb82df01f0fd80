package app

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

func asked(t *testing.T, a *App, q record.Question) record.Question {
	t.Helper()
	return must(a.SaveQuestion(ctx, q))(t)
}

// TestAQuestionIsDueAfterTheOfficesWorkingDays: 30/04 to 02/05 are days off, then
// comes a weekend.
func TestAQuestionIsDueAfterTheOfficesWorkingDays(t *testing.T) {
	a := newApp(t)
	q := asked(t, a, record.Question{Text: "Hỏi?", Received: "2025-04-29"})
	if q.Due.On != "2025-05-09" || q.Due.Days != record.DefaultAnswerDays {
		t.Errorf("due %+v", q.Due)
	}
	_, words, err := a.DueFor(ctx, "2025-04-29", 0)
	if err != nil || !strings.Contains(words.VI, "09/05/2025") || !strings.Contains(words.VI, "Quốc tế Lao động") {
		t.Errorf("counted: %q, %v", words.VI, err)
	}
	q.Received = "2025-05-05"
	if q = asked(t, a, q); q.Due.On != "2025-05-12" {
		t.Errorf("received later, due %+v", q.Due)
	}
	q.Due.On, q.Due.Note = "2025-06-30", "Hẹn lại với người hỏi"
	q.Received = "2025-05-06"
	if q = asked(t, a, q); q.Due.On != "2025-06-30" {
		t.Errorf("a day set by hand was moved to %s", q.Due.On)
	}
	q.Due.On = ""
	if q = asked(t, a, q); q.Due.On != "2025-05-13" || q.Due.Days != 5 {
		t.Errorf("taken away again, due %+v", q.Due)
	}
}

// TestADayOffMovesOpenQuestions whose day was counted, in one action that is taken
// back as one.
func TestADayOffMovesOpenQuestions(t *testing.T) {
	a := newApp(t)
	open := asked(t, a, record.Question{Text: "Chưa trả lời", Received: "2026-03-02"})
	answered := asked(t, a, record.Question{Text: "Đã trả lời", Received: "2026-03-02", Answer: "Rồi.", AnsweredOn: "2026-03-03"})
	byHand := asked(t, a, record.Question{Text: "Hẹn", Received: "2026-03-02", Due: record.Due{On: "2026-03-09"}})
	due := func(q record.Question) record.Date {
		return must(a.Record(ctx, q.Ref()))(t).(record.Question).Due.On
	}
	was := []record.Date{due(open), due(answered), due(byHand)}
	h := must(a.SaveHoliday(ctx, record.Holiday{Day: "2026-03-05", Name: "Nghỉ đột xuất"}))(t)
	if diff := cmp.Diff([]record.Date{was[0].AddDays(1), was[1], was[2]}, []record.Date{due(open), due(answered), due(byHand)}); diff != "" {
		t.Errorf("with a day off more (-want +got), was %v:\n%s", was, diff)
	}
	must(a.UndoLast(ctx))(t)
	if got := due(open); got != was[0] {
		t.Errorf("taken back, due %s, was %s", got, was[0])
	}
	must(a.RedoLast(ctx))(t)
	h.Work = true
	must(a.SaveHoliday(ctx, h))(t)
	if got := due(open); got != was[0] {
		t.Errorf("worked after all, due %s, was %s", got, was[0])
	}
	days := must(a.Holidays(ctx, record.Period{From: "2026-03-01", To: "2026-03-31"}))(t)
	if len(days) != 1 || days[0].ID != h.ID {
		t.Errorf("days of March: %+v", days)
	}
}

func TestSimilarAnsweredQuestionsAreOffered(t *testing.T) {
	a := newApp(t)
	for _, text := range []string{
		"Người lao động làm thêm giờ vào ngày lễ được trả lương thế nào?",
		"Người lao động nghỉ thai sản được hưởng bao nhiêu tháng?",
		"Hợp đồng lao động thử việc tối đa bao lâu?",
	} {
		asked(t, a, record.Question{Text: text, Received: "2026-03-01", Answer: "Theo luật.", AnsweredOn: "2026-03-02"})
	}
	asked(t, a, record.Question{Text: "Tiền lương làm thêm giờ ngày lễ chưa trả lời", Received: "2026-03-01"})
	for typed, want := range map[string]string{
		"lam them gio ngay le":           "Người lao động làm thêm giờ vào ngày lễ được trả lương thế nào?",
		"cho tôi hỏi thai sản mấy tháng": "Người lao động nghỉ thai sản được hưởng bao nhiêu tháng?",
		"thử việc":                       "Hợp đồng lao động thử việc tối đa bao lâu?",
		"máy xúc":                        "",
		"":                               "",
	} {
		got := must(a.SimilarQuestions(ctx, typed, 3))(t)
		switch {
		case want == "" && len(got) > 0:
			t.Errorf("%q finds %q", typed, got[0].Text)
		case want != "" && (len(got) == 0 || got[0].Text != want):
			t.Errorf("%q finds %+v", typed, got)
		}
	}
}

// TestOneAnswerIsOfferedOnce: questions that were given the same answer stand as one,
// the one answered last.
func TestOneAnswerIsOfferedOnce(t *testing.T) {
	a := newApp(t)
	for _, q := range []record.Question{
		{Text: "Làm thêm giờ ngày lễ trả lương bao nhiêu?", Answer: "Ít nhất 300 %.\nChưa kể lương ngày lễ.", AnsweredOn: "2026-01-12"},
		{Text: "Đi làm thêm ngày lễ thì lương tính sao?", Answer: "Ít nhất 300 %. Chưa kể  lương ngày lễ.", AnsweredOn: "2026-02-20"},
		{Text: "Làm thêm ngày lễ, lương mấy lần?", Answer: "Ít nhất 300 %. Chưa kể lương ngày lễ.", AnsweredOn: "2026-02-03"},
		{Text: "Làm thêm ngày thường lương bao nhiêu?", Answer: "Ít nhất 150 %.", AnsweredOn: "2026-01-20"},
		{Text: "Nghỉ thai sản mấy tháng?", Answer: "Sáu tháng.", AnsweredOn: "2026-01-20"},
	} {
		q.Received = "2026-01-05"
		asked(t, a, q)
	}
	days := func(typed string) (days []record.Date) {
		for _, q := range must(a.SimilarQuestions(ctx, typed, 3))(t) {
			days = append(days, q.AnsweredOn)
		}
		return days
	}
	if diff := cmp.Diff([]record.Date{"2026-02-20", "2026-01-20"}, days("lương làm thêm ngày lễ bao nhiêu")); diff != "" {
		t.Errorf("offered (-want +got):\n%s", diff)
	}
	q := must(a.SimilarQuestions(ctx, "lương làm thêm ngày lễ", 1))(t)[0]
	q.Answer = "Ít nhất 400 %."
	must(a.SaveQuestion(ctx, q))(t)
	if diff := cmp.Diff([]record.Date{"2026-02-03", "2026-01-20", "2026-02-20"}, days("lương làm thêm ngày lễ bao nhiêu")); diff != "" {
		t.Errorf("with another answer, offered (-want +got):\n%s", diff)
	}
}
