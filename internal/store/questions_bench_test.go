package store

import (
	"fmt"
	"testing"

	"sophobien/internal/record"
)

// manyQuestions is a register of 10,000 questions, most of them answered.
func manyQuestions(b *testing.B) (*DB, []record.Question) {
	b.Helper()
	db := newTest(b)
	var all []record.Question
	var edits []record.Edit
	for i := range 10_000 {
		q := record.Question{ID: record.ID{1: 9, 14: byte(i >> 8), 15: byte(i)}, Received: "2026-01-05", Channel: "in_person",
			Text: fmt.Sprintf("Tôi làm việc %d tháng ở công ty may số %d, xin hỏi về tiền lương và trợ cấp thôi việc theo Bộ luật Lao động", i%37, i%211)}
		if i%5 != 0 {
			q.Answer, q.AnsweredOn = fmt.Sprintf("Theo Điều %d Bộ luật Lao động 2019", i%200), "2026-01-08"
		}
		all, edits = append(all, q), append(edits, record.Create(q))
	}
	if _, err := db.Commit(ctx, testWriter(1), 1, func(*Tx) ([]record.Edit, error) { return edits, nil }); err != nil {
		b.Fatal(err)
	}
	return db, all
}

func BenchmarkQuestions(b *testing.B) {
	db, all := manyQuestions(b)
	rows := func(f record.ListFilter) func() error {
		f.Noun, f.Limit = "question", 50
		return func() error { _, err := db.Rows(ctx, f); return err }
	}
	similar := func() error {
		_, err := db.SimilarQuestions(ctx, "công ty may nợ trợ cấp 12 tháng", 3)
		return err
	}
	for _, c := range []struct {
		name string
		run  func() error
	}{
		{"similar", similar},
		{"similar after a change", func() error { db.asked.changes.Add(1); return similar() }},
		{"text", rows(record.ListFilter{Text: "lao dong"})},
		{"text alone", rows(record.ListFilter{Text: "lao dong", Bare: true})},
		{"by text", rows(record.ListFilter{Sort: "text"})},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if err := c.run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("history", func(b *testing.B) {
		for b.Loop() {
			if _, err := db.History(ctx, all[0].Ref()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkHistoryOfTheFirst looks through the whole log of a large office.
func BenchmarkHistoryOfTheFirst(b *testing.B) {
	db := openBig(b)
	page, err := db.Rows(ctx, record.ListFilter{Noun: "activity", Sort: "when_date", Limit: 1})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := db.History(ctx, record.Ref{Noun: "activity", ID: page.Rows[0].ID}); err != nil {
			b.Fatal(err)
		}
	}
}
