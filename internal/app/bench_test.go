package app

import (
	"testing"
	"time"

	"sophobien/internal/record"
)

// aMonth is an office with the work of one month: 33 activities, about 1,500
// attendances.
func aMonth(b *testing.B) *App {
	b.Helper()
	now := func() time.Time { return time.Date(2026, 3, 31, 17, 0, 0, 0, time.UTC) }
	a, err := CreateDemo(ctx, b.TempDir(), DemoOptions{Seed: 1, Years: 1, PerYear: 33, People: 45}, Options{Now: now})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { a.Close() })
	return a
}

func BenchmarkYearlyReport(b *testing.B) {
	a := aMonth(b)
	p, err := a.Period(ctx, 2026, "")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := a.Figures(ctx, p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFindUnits(b *testing.B) {
	a := aMonth(b)
	for b.Loop() {
		if found, err := a.FindUnits(ctx, "dak ha", 8); err != nil || len(found) == 0 {
			b.Fatalf("%d found: %v", len(found), err)
		}
	}
}

func BenchmarkProposeSixty(b *testing.B) {
	a := aMonth(b)
	text := "Họ và tên\tGiới tính\tNăm sinh\tĐơn vị\n"
	for range 60 {
		text += "Y Ngọc\tnữ\t1987\tthôn Kon Rờ Bàng\n"
	}
	var p record.Proposal
	for b.Loop() {
		var err error
		if p, err = proposed(a, text); err != nil || len(p.Rows) != 60 {
			b.Fatalf("%d rows: %v", len(p.Rows), err)
		}
	}
}
