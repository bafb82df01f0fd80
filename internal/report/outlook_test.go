package report_test

import (
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// outlook is how the target of two sessions looks from a day.
func outlook(t *testing.T, in report.Input, code string, today record.Date) report.Outlook {
	t.Helper()
	for _, o := range report.Outlooks(in, today) {
		if o.Target.Code == code {
			return o
		}
	}
	t.Fatalf("no outlook for %s", code)
	return report.Outlook{}
}

func TestOutlookNamesWhatWouldMoveATarget(t *testing.T) {
	in := desk()
	for i := range in.Targets {
		in.Targets[i].Owner = "office"
		if in.Targets[i].Code == "c" {
			in.Targets[i].Threshold = 100
		}
	}
	// Unit 12 lacks one session, 13 and 11 have theirs; 16 and 17 lack both, 17 is larger.
	in.Units[id(16)] = record.Unit{ID: id(16), Kind: "school", Workers: record.Workers{Total: 5}}
	in.Units[id(17)] = record.Unit{ID: id(17), Kind: "school", Workers: record.Workers{Total: 50}}
	o := outlook(t, in, "c", "2026-05-01")
	if o.Needed != 3 || o.Sessions != 1+2+2 || len(o.Movers) != 3 || o.Movers[0] != id(12) || o.Movers[1] != id(17) {
		t.Errorf("needed %d, %d sessions, %v", o.Needed, o.Sessions, o.Movers)
	}
	if o.Planned.Numerator != o.Now.Numerator+1 { // the plan of May reaches unit 12
		t.Errorf("now %d, with the plans %d", o.Now.Numerator, o.Planned.Numerator)
	}
	if o.LastWeek != "2026-10-26" { // five sessions at one a week before 30 November
		t.Errorf("last week %s", o.LastWeek)
	}
	want := "Còn thiếu 3 đơn vị (5 cuộc); kế hoạch đã có sẽ thêm 1; chậm nhất phải bắt đầu tuần từ 26/10/2026."
	if got := o.Words("2026-05-01").VI; got != want {
		t.Errorf("%s", got)
	}
	if o := outlook(t, in, "c", "2026-06-01"); o.Planned.Numerator != o.Now.Numerator {
		t.Errorf("a plan that has passed still counts: %+v", o.Planned)
	}
	if o := outlook(t, in, "c", "2026-11-05"); !o.Late("2026-11-05") || o.Words("2026-11-05").EN != "3 more units needed (5 sessions); at the pace so far there is no time left." {
		t.Errorf("in November: %s", o.Words("2026-11-05").EN)
	}
	if o := outlook(t, in, "c", "2026-12-05"); o.LastWeek != "" {
		t.Errorf("after the period it can still be caught up by %s", o.LastWeek)
	}
}

func TestOutlookOfWhatIsReachedOrNothing(t *testing.T) {
	in := report.Input{Period: report.Period("plan", 2026, ""), Targets: targets()}
	if got := outlook(t, in, "d", "2026-05-01").Words("2026-05-01").VI; got != "Chưa có gì để tính." {
		t.Error(got)
	}
	in.Questions = []record.Question{{ID: id(1), Received: "2026-02-01", AnsweredOn: "2026-02-02"}}
	if got := outlook(t, in, "d", "2026-05-01").Words("2026-05-01").VI; got != "Đã đạt." {
		t.Error(got)
	}
}
