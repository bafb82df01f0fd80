package app

import (
	"strings"
	"testing"

	"sophobien/internal/record"
)

// TestPreflightTellsWhatTheFormWarnedOf, and what is missing, each with its row.
func TestPreflightTellsWhatTheFormWarnedOf(t *testing.T) {
	a := newApp(t)
	gone := must(a.SaveUnit(ctx, record.Unit{Kind: "enterprise", Name: "Công ty đã giải thể", Valid: record.Validity{To: "2025-01-31"}}))(t)
	act := training("Tập huấn có Nguyễn Thị Hồng Hạnh tham gia")
	act.HostUnitID = gone.ID
	act = must(a.SaveActivity(ctx, act))(t)
	must(a.SaveAttendees(ctx, act.ID, []record.Attendee{{Person: record.Person{FullName: "Nguyễn Thị Hồng Hạnh"}}}))(t)
	empty := must(a.SaveActivity(ctx, training("Chưa ai tới")))(t)
	q := must(a.SaveQuestion(ctx, record.Question{Text: "Lương thử việc?", Received: "2026-02-02"}))(t)
	found := map[string][]record.Ref{}
	for _, c := range must(a.Preflight(ctx, must(a.Period(ctx, 2026, ""))(t)))(t) {
		found[c.Kind] = append(found[c.Kind], c.Ref)
		if c.Words.VI == "" || c.Words.EN == "" || strings.Contains(c.Words.VI, "%!") {
			t.Errorf("words of %+v", c)
		}
	}
	for kind, want := range map[string]record.Ref{
		"warned": act.Ref(), "personal": act.Ref(), "people": empty.Ref(), "questions": q.Ref(),
	} {
		if got := found[kind]; len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v, want %v", kind, got, want)
		}
	}
	draft := must(a.ReportFor(ctx, must(a.Period(ctx, 2026, ""))(t)))(t)
	draft.Difficulties = "Liên hệ 0905 123 456"
	must(a.SaveReport(ctx, draft))(t)
	written := 0
	for _, c := range must(a.Preflight(ctx, draft.Period))(t) {
		if c.Kind == "personal" && strings.Contains(c.Words.VI, "Khó khăn, vướng mắc") {
			written++
		}
	}
	if written != 1 {
		t.Errorf("a phone number in the report's words is told %d times", written)
	}
	if len(found["evidence"]) != 2 || len(found["far"]) != 0 {
		t.Errorf("evidence %v, far %v", found["evidence"], found["far"])
	}
}
