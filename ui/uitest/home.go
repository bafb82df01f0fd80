package uitest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Overview counts what the office holds, without targets or anything due.
func (o *Office) Overview(context.Context) (record.Overview, error) {
	year := Now.Year()
	from, _ := record.NewDate(year-1, 12, 1)
	to, _ := record.NewDate(year, 11, 30)
	out := record.Overview{
		Today: record.DateOf(Now), Year: year, Period: record.FigurePeriod{From: from, To: to, Rule: "plan"},
		Report: record.Deadline{On: to.AddDays(4), LastWork: to.AddDays(4)}, Empty: len(o.acts) == 0 && len(o.Units) == 0,
		Next: record.Errand{Words: record.Words{VI: "Hãy lên kế hoạch.", EN: "Plan."}, Do: record.Words{VI: "Lên kế hoạch", EN: "Plan"},
			Area: record.AreaActivities, Ref: record.Ref{Noun: "activity"}},
	}
	for _, a := range o.acts {
		if a.Status == "held" && a.Direct {
			out.Sessions.Now++
			out.People.Now += a.Heads.Total
		}
	}
	return out, o.called("Overview")
}

// AYear is the overview of an office in the middle of its work, every part of it
// filled.
func AYear() record.Overview {
	o := record.Overview{
		Today: record.DateOf(Now), Year: 2026, Period: record.FigurePeriod{From: "2025-12-01", To: "2026-11-30", Rule: "plan"},
		Report:   record.Deadline{On: "2026-12-04", Days: 269, WorkDays: 188, LastWork: "2026-12-04"},
		Sessions: record.Tally{Now: 24, Before: 19}, People: record.Tally{Now: 1098, Before: 918}, Women: record.Tally{Now: 604, Before: 433},
		Activities: record.Tally{Now: 31, Before: 27}, Materials: record.Tally{Now: 2480, Before: 1950},
		Audiences: parts("worker", 807, "employer", 96, "official", 143, "reporter", 21, "mediator", 4, "other", 27),
		Kinds:     parts("direct", 13, "training", 8, "dialogue", 3, "woven", 3, "broadcast", 2, "roundtable", 1, "article", 1),
		Status:    record.Status{LastBackup: "2026-03-10T07:05:00Z", LastHandOver: "2026-02-27T03:00:00Z", Unsent: 41},
		Targets:   targets(),
		Due:       dueLines(), DueMore: 0,
	}
	o.Next = o.Due[0].Errand
	o.Next.Words = record.Words{VI: "2 câu hỏi quá hạn. Lâu nhất: “" + o.Next.Words.VI + "”, quá hạn 4 ngày làm việc.", EN: "2 questions are overdue."}
	sessions, before := []int64{5, 7, 8, 4}, []int64{3, 6, 5, 9, 7, 8, 4, 5, 6, 11, 8, 9}
	for i := range 12 {
		from, _ := record.NewDate(2025+(11+i)/12, (11+i)%12+1, 1)
		next, _ := record.NewDate(2025+(12+i)/12, (12+i)%12+1, 1)
		m := record.MonthTally{Days: record.Period{From: from, To: next.AddDays(-1)}}
		m.Sessions.Before, m.People.Before = before[i], before[i]*47
		if i < len(sessions) {
			m.Sessions.Now, m.People.Now = sessions[i], sessions[i]*46-int64(i)
		}
		o.Months = append(o.Months, m)
	}
	return o
}

func parts(list ...any) []record.Part {
	var out []record.Part
	for i := 0; i < len(list); i += 2 {
		out = append(out, record.Part{Code: list[i].(string), Value: int64(list[i+1].(int))})
	}
	return out
}

func targets() []record.Standing {
	say := func(vi string) record.Words { return record.Words{VI: vi, EN: vi} }
	register := func(noun string) record.Errand {
		return record.Errand{Area: record.AreaRegisters, List: record.ListFilter{Noun: noun}}
	}
	return []record.Standing{
		{Code: "b", Name: say("Công khai văn bản"), Unit: say("lần"), Numerator: 12, State: record.StandingUnknown, Open: register("publication"),
			Rule: say("Lần công khai trong kỳ; chưa có danh mục văn bản để tính 100 %."), Detail: say("chưa tính tỷ lệ")},
		{Code: "c", Name: say("Đơn vị đủ 2 cuộc"), Numerator: 11, Denominator: 31, Threshold: 100, State: record.StandingGoing, Open: register("unit"),
			Rule: say("Đơn vị trong sổ chủ trì hoặc được tiếp cận từ 2 hoạt động trong kỳ."), Detail: say("còn 20 đơn vị")},
		{Code: "d", Name: say("Câu hỏi đã trả lời"), Numerator: 38, Denominator: 43, Threshold: 90, State: record.StandingBehind, Open: record.Errand{Area: record.AreaQuestions},
			Rule: say("Đã trả lời trên số nhận trong kỳ. Đúng hạn 36, muộn 2."), Detail: say("2 câu quá hạn")},
		{Code: "dialogue", Name: say("Hội nghị đối thoại"), Unit: say("cuộc"), Numerator: 3, Denominator: 1, State: record.StandingReached,
			Open: record.Errand{Area: record.AreaActivities}, Rule: say("Cuộc đối thoại trong kỳ; ít nhất 1, do cấp trên chủ trì.")},
	}
}

func dueLines() []record.DueLine {
	var out []record.DueLine
	add := func(noun, state string, on record.Date, vi, when string) {
		area := map[string]string{"question": record.AreaQuestions, "activity": record.AreaActivities}[noun]
		out = append(out, record.DueLine{On: on, State: state, When: record.Words{VI: when, EN: when}, Errand: record.Errand{
			Words: record.Words{VI: vi, EN: vi}, Do: record.Words{VI: "Trả lời", EN: "Answer"}, Area: area, Ref: record.Ref{Noun: noun, ID: record.ID{byte(len(out) + 1)}}}})
	}
	add("question", record.DuePassed, "2026-03-04", "Công ty cho nghỉ không lương hai tháng vì thiếu đơn hàng thì có phải đóng bảo hiểm xã hội không?", "quá hạn 4 ngày làm việc")
	add("question", record.DuePassed, "2026-03-06", "Làm thêm giờ vào ngày lễ được trả bao nhiêu?", "quá hạn 2 ngày làm việc")
	add("activity", record.DuePassed, "2026-03-08", "Phổ biến chế độ thai sản cho chị em thôn Kon Rờ Bàng", "đã qua 2 ngày")
	add("question", record.DueSoon, "2026-03-10", "Hợp đồng thời vụ ba tháng có phải đóng bảo hiểm không?", "hạn hôm nay")
	add("activity", record.DueSoon, "2026-03-11", "Tập huấn Bộ luật Lao động cho người lao động Công ty cổ phần Chế biến mủ cao su Nắng Kơ Nia Xanh", "ngày mai")
	add("question", record.DueAhead, "2026-03-13", "Người dân tộc thiểu số làm việc theo mùa được hỗ trợ gì?", "còn 3 ngày làm việc")
	for i := range 7 {
		on := record.Date("2026-03-14").AddDays(i)
		add("activity", record.DueAhead, on, fmt.Sprintf("Đối thoại với người lao động Hợp tác xã Nông nghiệp số %d", i+1), fmt.Sprintf("còn %d ngày", i+4))
	}
	return out
}

// TextOf finds the visible line of text that begins with the words.
func TextOf(t *testing.T, in fyne.CanvasObject, words string) *kit.Text {
	t.Helper()
	return first(t, in, func(line *kit.Text) bool { return strings.HasPrefix(line.Text, words) })
}
