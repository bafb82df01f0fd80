package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sophobien/internal/record"
)

// unitRow is a unit's row of the province's grid.
func (w *landscape) unitRow(year int, code string) record.UnitRow {
	w.t.Helper()
	for _, r := range must(w.province.UnitGrid(ctx, year))(w.t).Rows {
		if r.Unit.Code == code {
			return r
		}
	}
	w.t.Fatalf("no unit %s in %d", code, year)
	return record.UnitRow{}
}

func monthsOfRow(r record.UnitRow) string {
	marks := map[string]string{"future": ".", "ontime": "O", "empty": "E", "late": "L", "damaged": "D", "never": "N", "ended": "-"}
	var out strings.Builder
	for _, m := range r.Months {
		out.WriteString(marks[m.State])
	}
	return out.String()
}

func (w *landscape) day(text string) {
	w.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text+" 09:00", today.Location())
	if err != nil {
		w.t.Fatal(err)
	}
	w.now = at
}

// TestTheProvinceSeesEveryMonthOfItsUnits: who hands over in time, late, with nothing to
// tell, a broken file, or never; and how the report of the year goes there, comes back and
// goes there again.
func TestTheProvinceSeesEveryMonthOfItsUnits(t *testing.T) {
	w := newLandscape(t)
	w.day("2026-03-20")
	a, b, c := w.enrolled("23500"), w.enrolled("23284"), w.enrolled("21040")
	newTraining(t, a, "Tập huấn")
	see := func(on string, want map[string]string) {
		t.Helper()
		w.day(on)
		for code, months := range want {
			if got := monthsOfRow(w.unitRow(2026, code)); got != months {
				t.Errorf("%s on %s: %s, want %s", code, on, got, months)
			}
		}
	}
	see("2026-03-20", map[string]string{"23500": "NN..........", "23284": "NN.........."})

	w.day("2026-04-02")
	w.handOver(a)
	bag := w.bag()
	must(c.HandOver(ctx, bag, record.HandOverOptions{}))(t)
	broken := must(filepath.Glob(filepath.Join(bag, "SPB_21040_*.sopb.zip")))(t)[0]
	raw := must(os.ReadFile(broken))(t)
	if err := os.WriteFile(broken, raw[:len(raw)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	must(w.province.TakeIn(ctx, []string{bag}, nil))(t)
	see("2026-04-03", map[string]string{"23500": "LLO.........", "23284": "NN..........", "21040": "DDD........."})
	row := w.unitRow(2026, "23500")
	if m := row.Months[2]; m.Work != 1 || m.Received != "2026-04-02" {
		t.Errorf("March: %+v", m)
	}
	if row.Machines != 1 || row.LastSeen == "" || row.Alarm.VI != "" || row.Message != "" {
		t.Errorf("a unit that did all: %+v", row)
	}
	row = w.unitRow(2026, "21040")
	if !strings.Contains(row.Alarm.VI, filepath.Base(broken)) || !strings.Contains(row.Message, "1, 2, 3 năm 2026") || !strings.Contains(row.Message, "\n3. ") {
		t.Errorf("alarm %q, message\n%s", row.Alarm.VI, row.Message)
	}

	w.day("2026-04-20")
	w.handOver(b)
	w.handOver(c)
	w.day("2026-05-03")
	w.handOver(a)
	see("2026-05-05", map[string]string{"23500": "LLOE........", "23284": "LLL.........", "21040": "LLL........."})
	see("2026-05-06", map[string]string{"23500": "LLOE........", "23284": "LLLN........"})
	if msg := w.unitRow(2026, "23284").Message; !strings.Contains(msg, "tháng 4 năm 2026") || strings.Contains(msg, "báo cáo năm") {
		t.Errorf("message:\n%s", msg)
	}
	g := must(w.province.UnitGrid(ctx, 2026))(t)
	if x := g.Totals; g.DueDay != 5 || x.Units < 90 || x.OnTime != 1 || x.Late != 0 || x.Damaged != 0 || x.Never != x.Units-1 || x.Reports != 0 {
		t.Errorf("due on %d: %+v", g.DueDay, x)
	}
	if got := monthsOfRow(w.unitRow(2025, "23500")); got != "------LLLLLL" { // the unit began in July
		t.Errorf("2025: %s", got)
	}

	w.reports(a, b)
}

// reports walks the report of the year.
func (w *landscape) reports(a, b *App) {
	t := w.t
	sign := func(a *App, r record.Report) record.Report {
		t.Helper()
		r.Number, r.Results = "45", "Đạt."
		return must(a.SignReport(ctx, must(a.SaveReport(ctx, r))(t)))(t)
	}
	period := func(a *App) record.FigurePeriod { return must(a.Period(ctx, 2026, ""))(t) }
	w.day("2026-12-01")
	if msg := w.unitRow(2026, "23500").Message; !strings.Contains(msg, "Chưa nhận được báo cáo năm 2026; hạn gửi là ngày 04/12/2026, còn 3 ngày làm việc.") {
		t.Errorf("message:\n%s", msg)
	}
	mine := sign(a, must(a.ReportFor(ctx, period(a)))(t))
	w.handOver(a)
	if r := w.unitRow(2026, "23500").Report; r.State != "received" || r.Report != mine.ID || r.Received != "2026-12-01" || r.Revision != 1 {
		t.Errorf("received: %+v", r)
	}
	if own := must(w.province.Reports(ctx))(t); len(own) != 0 {
		t.Errorf("the province takes %d reports of its units for its own", len(own))
	}

	if _, err := w.province.DecideReport(ctx, mine.ID, "returned", " "); err == nil {
		t.Error("returned without a reason")
	}
	if _, err := a.DecideReport(ctx, mine.ID, "accepted", ""); err == nil {
		t.Error("an office accepted its own report")
	}
	must(w.province.DecideReport(ctx, mine.ID, "accepted", ""))(t)
	must(w.province.DecideReport(ctx, mine.ID, "returned", "Thiếu kinh phí quý II"))(t)
	w.handOver(a)
	w.handOver(b)
	if v := must(a.VerdictOf(ctx, mine.ID))(t); v.Status != "returned" || v.Reason != "Thiếu kinh phí quý II" {
		t.Errorf("at the office: %+v", v)
	}
	if rows := must(b.db.Verdicts(ctx))(t); len(rows) != 0 {
		t.Errorf("another office was told: %+v", rows)
	}
	if next := must(a.Overview(ctx))(t).Next; next.Words.VI != "Cấp trên trả lại báo cáo năm 2026: Thiếu kinh phí quý II." || next.Ref != mine.Ref() {
		t.Errorf("next: %+v", next)
	}
	row := w.unitRow(2026, "23500")
	if row.Report.State != "returned" || !strings.Contains(row.Message, "Thiếu kinh phí quý II. Đề nghị lập bản mới") {
		t.Errorf("returned: %+v\n%s", row.Report, row.Message)
	}

	w.day("2026-12-08")
	again := sign(a, must(a.ReviseReport(ctx, mine.ID, "Bổ sung kinh phí"))(t))
	if next := must(a.Overview(ctx))(t).Next; strings.Contains(next.Words.VI, "trả lại") {
		t.Errorf("next after the revision: %+v", next)
	}
	sign(b, must(b.ReportFor(ctx, period(b)))(t))
	w.handOver(a)
	w.handOver(b)
	for _, code := range []string{"23500", "23284"} {
		if r := w.unitRow(2026, code).Report; r.State != "late" || r.Received != "2026-12-08" {
			t.Errorf("%s: %+v", code, r)
		}
	}
	must(w.province.DecideReport(ctx, again.ID, "accepted", ""))(t)
	if r := w.unitRow(2026, "23500").Report; r.State != "accepted" || r.Report != again.ID || r.Revision != 2 {
		t.Errorf("accepted: %+v", r)
	}
	if n := must(w.province.UnitGrid(ctx, 2026))(t).Totals.Reports; n != 2 {
		t.Errorf("%d reports", n)
	}
	agree(t, w.province)
}
