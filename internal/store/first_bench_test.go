package store

import (
	"fmt"
	"testing"
	"time"

	"sophobien/internal/record"
)

// BenchmarkFirstLook is the first answer of its kind after a large office was opened
// and its lists were read: what a person waits for who begins with it.
func BenchmarkFirstLook(b *testing.B) {
	path := big(b)
	for _, c := range []struct {
		name string
		run  func(*DB) error
	}{
		{"person by name", sortedBy("person", "full_name")},
		{"person by unit", sortedBy("person", "unit")},
		{"person by position", sortedBy("person", "position")},
		{"attendance by name", sortedBy("attendance", "full_name")},
		{"attendance by unit", sortedBy("attendance", "unit")},
		{"attendance by activity", sortedBy("attendance", "activity")},
		{"attendance filtered", func(db *DB) error {
			_, err := db.Rows(ctx, record.ListFilter{Noun: "attendance", Text: "ngoc thu 12", Only: map[string]string{"role": "participant"}})
			return err
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			var worst time.Duration
			for b.Loop() {
				b.StopTimer()
				db, err := Open(ctx, path, Options{Key: [32]byte{7}})
				if err != nil {
					b.Fatal(err)
				}
				db.names.wait()
				<-db.names.lists.ready
				b.StartTimer()
				start := time.Now()
				if err := c.run(db); err != nil {
					b.Fatal(err)
				}
				worst = max(worst, time.Since(start))
				b.StopTimer()
				db.Close()
				b.StartTimer()
			}
			b.ReportMetric(float64(worst.Milliseconds()), "worst-ms")
		})
	}
}

func sortedBy(noun, column string) func(*DB) error {
	return func(db *DB) error {
		_, err := db.Rows(ctx, record.ListFilter{Noun: noun, Sort: column})
		return err
	}
}

// BenchmarkFirstSimilarQuestions is the first offer after 10,000 questions were opened.
func BenchmarkFirstSimilarQuestions(b *testing.B) {
	made, _ := manyQuestions(b)
	var worst time.Duration
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		db := openTest(b, made.path)
		b.StartTimer()
		start := time.Now()
		if found, err := db.SimilarQuestions(ctx, fmt.Sprint("công ty may nợ trợ cấp ", n%12, " tháng"), 3); err != nil || len(found) == 0 {
			b.Fatalf("%d found: %v", len(found), err)
		}
		worst = max(worst, time.Since(start))
	}
	b.ReportMetric(float64(worst.Milliseconds()), "worst-ms")
}

// BenchmarkFirstHistory is the history of the oldest row right after a large office was
// opened, while its lists are still being read.
func BenchmarkFirstHistory(b *testing.B) {
	path := big(b)
	var worst time.Duration
	for b.Loop() {
		b.StopTimer()
		db, err := Open(ctx, path, Options{Key: [32]byte{7}})
		if err != nil {
			b.Fatal(err)
		}
		page, err := db.Activities(ctx, record.ActivityFilter{Offset: bigYears*bigActivities - 1})
		if err != nil || len(page.Lines) == 0 {
			b.Fatalf("%d lines: %v", len(page.Lines), err)
		}
		b.StartTimer()
		start := time.Now()
		if steps, err := db.History(ctx, record.Ref{Noun: "activity", ID: page.Lines[0].ID}); err != nil || len(steps) == 0 {
			b.Fatalf("%d steps: %v", len(steps), err)
		}
		worst = max(worst, time.Since(start))
		b.StopTimer()
		db.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(worst.Milliseconds()), "worst-ms")
}
