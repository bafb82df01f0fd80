package app

import (
	"testing"
	"time"

	"sophobien/internal/record"
)

// BenchmarkPersonalData is what a person waits for in the view of personal data, in an
// office of eight years, 144,000 attendances and 2,400 questions.
func BenchmarkPersonalData(b *testing.B) {
	now := func() time.Time { return time.Date(2026, 3, 31, 17, 0, 0, 0, time.UTC) }
	a, err := CreateDemo(ctx, b.TempDir(), DemoOptions{Seed: 1, Years: 8, PerYear: 400, People: 45}, Options{Now: now})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { a.Close() })
	for i := range 2400 {
		q := record.Question{
			Text: "Hỏi về tiền lương?", Received: record.Date("2018-04-01").AddDays(i), Asker: "Nguyễn Văn Hỏi", Answer: "Đáp.",
			AnsweredOn: record.Date("2018-04-02").AddDays(i),
		}
		if _, err := a.SaveQuestion(ctx, q); err != nil {
			b.Fatal(err)
		}
	}
	collecting(b, a, 12)
	page, err := a.Rows(ctx, record.ListFilter{Noun: "person", Limit: 1})
	if err != nil {
		b.Fatal(err)
	}
	person := page.Rows[0].ID
	for _, c := range []struct {
		name string
		run  func() error
	}{
		{"due", func() error { _, err := a.PersonalDue(ctx); return err }},
		{"told", func() error { _, err := a.PersonalData(ctx, person); return err }},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if err := c.run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
