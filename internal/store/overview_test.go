package store

import (
	"fmt"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// aYear is five years of 400 activities that name 400 units, 2,000 questions and 500
// texts made public. Attendances are left out: the overview reads none.
func aYear(t testing.TB) *DB {
	t.Helper()
	db := newTest(t)
	edits := []record.Edit{}
	for n := range int64(400) {
		edits = append(edits, record.Create(record.Unit{ID: recordtest.ID(5_000_000 + n), Kind: "enterprise", Name: fmt.Sprint("Công ty ", n)}))
	}
	for n := range int64(2000) {
		a := recordtest.Activity(n)
		a.When.Date = record.Date(fmt.Sprintf("%d-01-01", 2022+n/400)).AddDays(int(n % 300))
		a.Heads = record.HeadCount{Listed: true, Total: 72, Women: 20, Workers: 50}
		a.HostUnitID = recordtest.ID(5_000_000 + n%100)
		a.UnitsReached = []record.ID{recordtest.ID(5_000_000 + n%200), recordtest.ID(5_000_000 + n%300)}
		a.Materials = []record.MaterialGiven{{Name: "Tờ gấp", Copies: 10}}
		q := record.Question{ID: recordtest.ID(6_000_000 + n), Text: "Làm thêm giờ được trả bao nhiêu?", Received: a.When.Date, Due: record.Due{On: a.When.Date.AddDays(7)}}
		if n%50 != 0 {
			q.Answer, q.AnsweredOn = "Theo Điều 98.", a.When.Date.AddDays(int(n%9))
		}
		edits = append(edits, record.Create(a), record.Create(q))
		if n%4 == 0 {
			edits = append(edits, record.Create(record.Publication{ID: recordtest.ID(7_000_000 + n), Title: "Bộ luật Lao động", Channel: "office", On: a.When.Date}))
		}
	}
	if _, err := db.Commit(ctx, testWriter(1), 1, func(*Tx) ([]record.Edit, error) { return edits, nil }); err != nil {
		t.Fatal(err)
	}
	return db
}

var span2026 = YearSpan{
	Today: "2026-11-20", Period: record.Period{From: "2025-12-01", To: "2026-11-30"}, Before: record.Period{From: "2024-12-01", To: "2025-11-30"},
	Own: recordtest.ID(5_000_000), Soon: "2026-11-27", Ahead: "2026-12-04",
}

func TestAYearIsReadAtOnce(t *testing.T) {
	db := aYear(t)
	y, err := db.Year(ctx, span2026)
	if err != nil {
		t.Fatal(err)
	}
	var now, before, sameDay int64
	for _, m := range y.Held {
		switch {
		case !m.Before:
			now += m.Sessions
		case !m.Later:
			before, sameDay = before+m.Sessions, sameDay+m.Sessions
		default:
			before += m.Sessions
		}
	}
	if now != 400 || before != 400 || sameDay != 400 || y.Materials.Now != 4000 {
		t.Errorf("%d sessions, %d and %d a year before, %d copies", now, before, sameDay, y.Materials.Now)
	}
	if y.Units.All != 399 || y.Units.Never != 100 || y.Units.ExampleName != "Công ty 300" {
		t.Errorf("units: %+v", y.Units)
	}
	if q := y.Questions; q.Received != 400 || q.Answered != 392 || q.Overdue != 8 || q.OnTime >= q.Answered {
		t.Errorf("questions: %+v", q)
	}
	if len(y.Waiting) != listed || y.MoreWaiting != 0 || y.Overdue != listed {
		t.Errorf("%d wait, %d more, %d overdue", len(y.Waiting), y.MoreWaiting, y.Overdue)
	}
	if y.Recorded != 4000 || len(y.Plans) != 0 || y.NoPeople.Count+y.NoProof.Count != 0 {
		t.Errorf("%d recorded, %d plans, %d without people, %d without proof", y.Recorded, len(y.Plans), y.NoPeople.Count, y.NoProof.Count)
	}
}

func TestAnEmptyRegisterHasAYear(t *testing.T) {
	y, err := newTest(t).Year(ctx, YearSpan{Today: "2026-03-05"})
	if err != nil || y.Recorded != 0 || len(y.Held) != 0 {
		t.Errorf("%+v, %v", y, err)
	}
}

// TestAQuestionPassedOnDoesNotWaitHere though its day has passed.
func TestAQuestionPassedOnDoesNotWaitHere(t *testing.T) {
	db := newTest(t)
	here := record.Question{ID: recordtest.ID(1), Text: "Ở đây", Received: "2026-03-02", Due: record.Due{On: "2026-03-09"}}
	passed := record.Question{ID: recordtest.ID(2), Text: "Đã chuyển", Received: "2026-03-02", Due: record.Due{On: "2026-03-09"}, Routed: record.Routed{To: "Sở Nội vụ", On: "2026-03-03"}}
	commit(t, db, 1, record.Create(here), record.Create(passed))
	y, err := db.Year(ctx, span2026)
	if err != nil || len(y.Waiting) != 1 || y.Waiting[0].ID != here.ID || y.Overdue != 1 || y.Questions.Overdue != 1 || y.Questions.Received != 2 {
		t.Errorf("waiting %+v, overdue %d of %+v, %v", y.Waiting, y.Overdue, y.Questions, err)
	}
}

func BenchmarkYear(b *testing.B) {
	db := aYear(b)
	for b.Loop() {
		if _, err := db.Year(ctx, span2026); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkYearInABigOffice is the same beside 144,000 attendances.
func BenchmarkYearInABigOffice(b *testing.B) {
	db := openBig(b)
	span := span2026
	span.Today, span.Period, span.Before = "2025-11-20", record.Period{From: "2024-12-01", To: "2025-11-30"}, record.Period{From: "2023-12-01", To: "2024-11-30"}
	for b.Loop() {
		if _, err := db.Year(ctx, span); err != nil {
			b.Fatal(err)
		}
	}
}
