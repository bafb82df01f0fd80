package store

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// A large office: eight years of 400 activities with 45 people each, of whom
// most came more than once.
const (
	bigYears      = 8
	bigActivities = 400
	bigPeople     = 45
	bigKnown      = 60_000
)

var bigOffice struct {
	once sync.Once
	path string
	err  error
}

// big gives a copy-free path to the large register, made once a run.
func big(b *testing.B) string {
	b.Helper()
	bigOffice.once.Do(func() {
		var dir string
		if dir, bigOffice.err = os.MkdirTemp("", "sophobien-bench"); bigOffice.err == nil {
			bigOffice.path = filepath.Join(dir, "big.db")
			bigOffice.err = makeBig(bigOffice.path)
		}
	})
	if bigOffice.err != nil {
		b.Fatal(bigOffice.err)
	}
	return bigOffice.path
}

func TestMain(m *testing.M) {
	code := m.Run()
	if bigOffice.path != "" {
		os.RemoveAll(filepath.Dir(bigOffice.path))
	}
	os.Exit(code)
}

func makeBig(path string) error {
	db, err := Open(ctx, path, Options{Key: [32]byte{7}, Synchronous: "OFF"})
	if err != nil {
		return err
	}
	known := int64(0)
	for n := range int64(bigYears * bigActivities) {
		a := recordtest.Activity(n)
		a.When.Date = record.Date(fmt.Sprintf("%d-01-01", 2018+n/bigActivities)).AddDays(int(n % 300))
		a.Heads = record.HeadCount{Listed: true, Total: bigPeople, Women: 20}
		edits := []record.Edit{record.Create(a)}
		for i, x := range recordtest.Attendees(a.ID, n*bigPeople, bigPeople) {
			if known < bigKnown && i%2 == 0 || n < 10 {
				edits = append(edits, record.Create(x.Person))
				known++
			} else {
				x.Attendance.PersonID = recordtest.Person(n*bigPeople + int64(i)&^1).ID
			}
			edits = append(edits, record.Create(x.Attendance))
		}
		if _, err := db.Commit(ctx, testWriter(1), n, func(*Tx) ([]record.Edit, error) { return edits, nil }); err != nil {
			return err
		}
	}
	return db.Close()
}

func openBig(b *testing.B) *DB {
	b.Helper()
	db := openTest(b, big(b))
	db.names.wait()
	b.ResetTimer()
	return db
}

// sixty are 60 new people on one list: 120 rows and one commit.
func sixty(round int) []record.Edit {
	a := recordtest.Activity(int64(1_000_000 + round))
	var edits []record.Edit
	for _, x := range recordtest.Attendees(a.ID, int64(10_000_000+100*round), 60) {
		x.Person.Position, x.Person.UnitText, x.Person.Ethnicity = "Công nhân", "Công ty Cổ phần Cao su Kon Tum", "Xơ Đăng"
		edits = append(edits, record.Create(x.Person), record.Create(x.Attendance))
	}
	return edits
}

func BenchmarkCommit60People(b *testing.B) {
	db := newTest(b)
	benchCommit(b, db)
}

// BenchmarkCommit60PeopleInABigOffice is the same beside 144,000 attendances.
func BenchmarkCommit60PeopleInABigOffice(b *testing.B) {
	db := openBig(b)
	benchCommit(b, db)
}

var benchRound int

func benchCommit(b *testing.B, db *DB) {
	for b.Loop() {
		benchRound++
		edits := sixty(benchRound)
		_, err := db.Commit(ctx, testWriter(1), 0, func(*Tx) ([]record.Edit, error) { return edits, nil })
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpen is until the first page of the list can be shown.
func BenchmarkOpen(b *testing.B) {
	path := big(b)
	for b.Loop() {
		db, err := Open(ctx, path, Options{Key: [32]byte{7}})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := db.Activities(ctx, record.ActivityFilter{}); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		db.Close()
		b.StartTimer()
	}
}

// BenchmarkOpenWithNames is until names can be searched too.
func BenchmarkOpenWithNames(b *testing.B) {
	path := big(b)
	for b.Loop() {
		db, err := Open(ctx, path, Options{Key: [32]byte{7}})
		if err != nil {
			b.Fatal(err)
		}
		db.names.wait()
		b.StopTimer()
		db.Close()
		b.StartTimer()
	}
}

func BenchmarkActivityPage(b *testing.B) {
	for _, c := range []struct {
		name string
		f    record.ActivityFilter
	}{
		{"first", record.ActivityFilter{}},
		{"last", record.ActivityFilter{Offset: 3100}},
		{"year", record.ActivityFilter{Period: record.Period{From: "2020-01-01", To: "2020-12-31"}}},
		{"text", record.ActivityFilter{Text: "bo luat 25"}},
		{"kind and status", record.ActivityFilter{Kind: "training", Status: "held"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			db := openBig(b)
			for b.Loop() {
				if p, err := db.Activities(ctx, c.f); err != nil || len(p.Lines) == 0 {
					b.Fatalf("%d lines, %v", len(p.Lines), err)
				}
			}
		})
	}
}

func BenchmarkAttendees(b *testing.B) {
	db := openBig(b)
	for b.Loop() {
		if list, err := db.Attendees(ctx, recordtest.Activity(1234).ID); err != nil || len(list) != bigPeople {
			b.Fatalf("%d people, %v", len(list), err)
		}
	}
}

func BenchmarkFindPeople(b *testing.B) {
	for _, query := range []string{"y", "thu 12", "ngoc thu 1234", "khong co ai"} {
		b.Run(query, func(b *testing.B) {
			db := openBig(b)
			for b.Loop() {
				if _, err := db.FindPeople(ctx, query, 10); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchVerify(b *testing.B, rebuild bool) {
	db := openBig(b)
	scratch := b.TempDir()
	var ops int64
	for b.Loop() {
		rep, err := db.Verify(ctx, rebuild, scratch, nil)
		if err != nil || !rep.OK {
			b.Fatalf("%+v %v", rep, err)
		}
		ops += rep.Ops
	}
	b.ReportMetric(float64(ops)/b.Elapsed().Seconds(), "ops/s")
}

func BenchmarkVerify(b *testing.B)            { benchVerify(b, false) }
func BenchmarkVerifyWithRebuild(b *testing.B) { benchVerify(b, true) }

// BenchmarkRebuild folds the whole log into empty tables, every signature and
// commitment checked: what VerifyWithRebuild does before it compares.
func BenchmarkRebuild(b *testing.B) {
	db := openBig(b)
	keys, err := deviceKeys(ctx, db.read)
	if err != nil {
		b.Fatal(err)
	}
	var ops int64
	for b.Loop() {
		other, err := openScratch(ctx, filepath.Join(b.TempDir(), "fold.db"))
		if err != nil {
			b.Fatal(err)
		}
		tx, err := other.BeginTx(ctx, nil)
		if err != nil {
			b.Fatal(err)
		}
		log, err := db.newLogReader(ctx, db.read)
		if err != nil {
			b.Fatal(err)
		}
		n, err := foldAll(ctx, db.read, tx, log, db.box, foldOptions{check: newChainCheck(keys)})
		if err != nil {
			b.Fatal(err)
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
		other.Close()
		ops += n.ops
	}
	b.ReportMetric(float64(ops)/b.Elapsed().Seconds(), "ops/s")
}
