package store

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"sophobien/internal/record"
)

// BenchmarkRowsOf144000 is what a person waits for in the lists of a large office;
// the bar is 100 ms.
func BenchmarkRowsOf144000(b *testing.B) {
	last := map[string]int{"person": 70_000, "attendance": 140_000}
	for _, c := range []struct {
		name string
		f    record.ListFilter
	}{
		{"first page", record.ListFilter{}},
		{"by name", record.ListFilter{Sort: "full_name"}},
		{"by unit from the end", record.ListFilter{Sort: "unit", Desc: true}},
		{"text", record.ListFilter{Text: "ngoc thu 12"}},
		{"text of nobody", record.ListFilter{Text: "khong co ai"}},
		{"one sex", record.ListFilter{Only: map[string]string{"sex": "nữ"}, Sort: "birth"}},
		{"deep", record.ListFilter{Sort: "full_name", Desc: true, Offset: -1}},
	} {
		for _, noun := range []string{"person", "attendance"} {
			b.Run(noun+" "+c.name, func(b *testing.B) {
				db := openBig(b)
				f := c.f
				f.Noun = noun
				if f.Offset < 0 {
					f.Offset = last[noun]
				}
				if _, err := db.Rows(ctx, f); err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					if _, err := db.Rows(ctx, f); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkRowsAfterACommit is the first look after sixty people were taken in.
func BenchmarkRowsAfterACommit(b *testing.B) {
	db := openBig(b)
	f := record.ListFilter{Noun: "attendance", Sort: "full_name"}
	db.Rows(ctx, f)
	var worst time.Duration
	for b.Loop() {
		b.StopTimer()
		benchRound++
		edits := sixty(benchRound)
		if _, err := db.Commit(ctx, testWriter(1), 0, func(*Tx) ([]record.Edit, error) { return edits, nil }); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		start := time.Now()
		if _, err := db.Rows(ctx, f); err != nil {
			b.Fatal(err)
		}
		worst = max(worst, time.Since(start))
	}
	b.ReportMetric(float64(worst.Milliseconds()), "worst-ms")
}

// BenchmarkOpenLists is until both lists can be read, and the room they take with the
// search over names.
func BenchmarkOpenLists(b *testing.B) {
	path := big(b)
	for b.Loop() {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		db, err := Open(ctx, path, Options{Key: [32]byte{7}})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := db.Rows(ctx, record.ListFilter{Noun: "attendance"}); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/1e6, "MB")
		people, rows := len(db.names.list), len(db.names.lists.rows)
		if people == 0 || rows < bigYears*bigActivities*bigPeople {
			b.Fatal(fmt.Sprint(people, " people, ", rows, " rows"))
		}
		db.Close()
		b.StartTimer()
	}
}
