package report_test

import (
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// TestAnEstimateTakesThePlansAsHeld, with the people its kind usually brings where the
// plan does not say.
func TestAnEstimateTakesThePlansAsHeld(t *testing.T) {
	in := desk()
	act := func(n byte, status string, day record.Date, total int64) record.Activity {
		return record.Activity{ID: id(n), Kind: "training", Direct: true, Status: status, When: record.Occasion{Date: day}, Heads: record.HeadCount{Total: total, Women: total / 2, Workers: total}}
	}
	in.Activities = []record.Activity{
		act(1, "held", "2026-02-01", 31), act(2, "held", "2026-03-01", 40), act(3, "held", "2026-04-01", 0), // its list is still to come
		act(4, "planned", "2026-10-30", 500), // its day passed: nobody held it
		act(5, "planned", "2026-11-10", 0), act(6, "planned", "2026-11-20", 90), act(7, "planned", "2026-12-05", 0),
		act(8, "cancelled", "2026-11-12", 10),
	}
	e := report.Estimate(in, "2026-11-05")
	if e == nil {
		t.Fatal("no estimate before the last day")
	}
	for _, want := range []struct {
		code, split string
		value       int64
	}{{"I2", "", 5}, {"I3", "", 31 + 40 + 35 + 90}, {"I3", "group=women", 15 + 20 + 17 + 45}, {"I4", "", 5}} {
		if got, _ := e.Value(want.code, want.split); got != want.value {
			t.Errorf("%s %s is estimated at %d, want %d", want.code, want.split, got, want.value)
		}
	}
	for _, f := range e.Indicators {
		if len(f.Records) > 0 {
			t.Fatalf("the estimate of %s points at rows", f.Code)
		}
	}
	if now, _ := report.Compute(in).Value("I3", ""); now != 71 || in.Activities[4].Heads.Total != 0 {
		t.Errorf("the figures themselves were touched: %d", now)
	}
	for _, today := range []record.Date{"2026-11-30", "2026-12-01", "2025-11-30"} {
		if report.Estimate(in, today) != nil {
			t.Errorf("an estimate on %s", today)
		}
	}
}

func TestAnUnfinishedPeriodSaysWhatItComesTo(t *testing.T) {
	in := desk()
	y := report.Yearly{Figures: report.Compute(in), Printed: "2026-04-30", Estimate: report.Estimate(in, "2026-04-30")}
	if said := y.Unfinished(); !strings.HasSuffix(said, "chưa có hoạt động nào trong kế hoạch.") {
		t.Error(said)
	}
	in.Activities = append(in.Activities, record.Activity{ID: id(90), Kind: "training", Status: "planned", When: record.Occasion{Date: "2026-06-01"}})
	y.Estimate = report.Estimate(in, "2026-04-30")
	said := y.Unfinished()
	if !strings.Contains(said, "đến ngày in 30/04/2026") || !strings.Contains(said, "Ước cả kỳ") || !strings.Contains(said, "lớp (hội nghị, lớp tập huấn, bồi dưỡng)") {
		t.Error(said)
	}
	y.Printed, y.Estimate = "2026-11-30", nil
	if said := y.Unfinished(); said != "" {
		t.Errorf("on the last day: %s", said)
	}
}
