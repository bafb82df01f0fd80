package recount_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"
	"pgregory.net/rapid"

	"sophobien/internal/record"
	"sophobien/internal/recount"
	"sophobien/internal/report"
)

// schema is what of the store's tables the recount reads.
const schema = `
CREATE TABLE activity (id BLOB PRIMARY KEY, state TEXT, sealed BLOB, flags INTEGER, kind TEXT, task TEXT, form TEXT, mode TEXT,
  title TEXT, topics TEXT, when_date TEXT, when_end_date TEXT, host_unit_id BLOB, direct INTEGER, woven_into TEXT,
  heads_listed INTEGER, heads_total INTEGER, heads_women INTEGER, heads_workers INTEGER, heads_employers INTEGER,
  heads_officials INTEGER, heads_reporters INTEGER, heads_mediators INTEGER, heads_ethnic_minority INTEGER,
  heads_disabled INTEGER, prizes INTEGER, status TEXT);
CREATE TABLE directive (id BLOB PRIMARY KEY, flags INTEGER, kind TEXT, issued TEXT);
CREATE TABLE unit (id BLOB PRIMARY KEY, state TEXT, sealed BLOB, flags INTEGER, kind TEXT);
CREATE TABLE person (id BLOB PRIMARY KEY, state TEXT, sealed BLOB, flags INTEGER, sex TEXT, audience TEXT);
CREATE TABLE attendance (id INTEGER PRIMARY KEY, flags INTEGER, activity_id BLOB, person_id BLOB, role TEXT);
CREATE INDEX attendance_activity ON attendance (activity_id);`

func openTables(t *testing.T) *sql.DB {
	t.Helper()
	file := filepath.Join(t.TempDir(), "office.db")
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(off)&_pragma=synchronous(off)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(schema); err != nil {
		t.Fatal(err)
	}
	return db
}

type fataler interface{ Fatal(...any) }

// fill replaces what the tables hold by an office. Unset fields are NULL.
func fill(t fataler, db *sql.DB, o office) {
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	run := func(query string, args ...any) {
		if _, err := tx.Exec(query, args...); err != nil {
			t.Fatal(err)
		}
	}
	run("DELETE FROM activity; DELETE FROM directive; DELETE FROM unit; DELETE FROM person; DELETE FROM attendance")
	for _, a := range o.activities {
		h := a.Heads
		run(`INSERT INTO activity (id, flags, kind, mode, topics, when_date, when_end_date, host_unit_id, direct, woven_into, prizes, status,
		  heads_listed, heads_total, heads_women, heads_workers, heads_employers, heads_officials, heads_reporters, heads_mediators,
		  heads_ethnic_minority, heads_disabled) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
			a.ID[:], a.flags, text(a.Kind), text(a.Mode), list(t, a.Topics), text(string(a.When.Date)), text(string(a.When.EndDate)),
			blob(a.HostUnitID), yes(a.Direct), text(a.WovenInto), number(a.Prizes), text(a.Status),
			yes(h.Listed), number(h.Total), number(h.Women), number(h.Workers), number(h.Employers), number(h.Officials),
			number(h.Reporters), number(h.Mediators), number(h.EthnicMinority), number(h.Disabled))
	}
	for _, d := range o.directives {
		run("INSERT INTO directive (id, flags, kind, issued) VALUES (?,?,?,?)", d.ID[:], d.flags, text(d.Kind), text(string(d.Issued)))
	}
	for _, u := range o.units {
		run("INSERT INTO unit (id, flags, kind) VALUES (?,?,?)", u.ID[:], u.flags, u.Kind)
	}
	for _, p := range o.people {
		run("INSERT INTO person (id, flags, sex, audience) VALUES (?,?,?,?)", p.id[:], p.flags, text(p.sex), text(p.audience))
	}
	for _, r := range o.attendance {
		run("INSERT INTO attendance (flags, activity_id, person_id, role) VALUES (?,?,?,?)", r.flags, r.activity[:], r.person[:], text(r.role))
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func text(s string) any  { return sql.NullString{String: s, Valid: s != ""} }
func number(n int64) any { return sql.NullInt64{Int64: n, Valid: n != 0} }
func yes(b bool) any     { return sql.NullInt64{Int64: 1, Valid: b} }

func blob(id record.ID) any {
	if id.IsZero() {
		return nil
	}
	return id[:]
}

func list(t fataler, l []string) any {
	if len(l) == 0 {
		return nil
	}
	b, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestRecountEqualsReport counts generated offices both ways. A check of rapid
// draws about a hundred; a dozen of them, each with a seed of its own, go well
// beyond a thousand offices.
func TestRecountEqualsReport(t *testing.T) {
	db := openTables(t)
	offices := 0
	for offices < 1200 {
		rapid.Check(t, func(t *rapid.T) {
			offices++
			o := drawOffice(t)
			fill(t, db, o)
			got, err := recount.Count(context.Background(), db, o.period)
			if err != nil {
				t.Fatal(err)
			}
			want := report.Compute(o.input())
			for i := range want.Indicators {
				want.Indicators[i].Records = nil
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("report and recount differ (-report +recount):\n%s\n%v", diff, o)
			}
		})
		if t.Failed() {
			return
		}
	}
	t.Logf("%d offices", offices)
}

// TestRecountFindsAFalseHeadCount shows that the list is counted and not the
// numbers beside it.
func TestRecountFindsAFalseHeadCount(t *testing.T) {
	db := openTables(t)
	o := office{
		period: report.Period("calendar", 2024, ""),
		activities: []activityRow{{Activity: record.Activity{
			ID: anID(1), Kind: "training", Status: "held", When: record.Occasion{Date: "2024-02-29"},
			Heads: record.HeadCount{Listed: true, Total: 90, Women: 60, Workers: 9, Employers: 9, Officials: 9, Reporters: 9,
				Mediators: 9, EthnicMinority: 1},
		}}},
		people: []personRow{{id: anID(2), sex: "nữ", audience: "employer"}, {id: anID(3)}, {id: anID(4), sex: "nữ"}},
		attendance: []attendanceRow{
			{activity: anID(1), person: anID(2)}, {activity: anID(1), person: anID(3), role: "guest"}, {activity: anID(1), person: anID(4), role: "speaker"},
		},
	}
	fill(t, db, o)
	got, err := recount.Count(context.Background(), db, o.period)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]int64{
		"": 2, "group=women": 1, "group=ethnic_minority": 1, "audience=employer": 1, "audience=other": 1,
		"audience=worker": 0, "audience=official": 0, "audience=reporter": 0, "audience=mediator": 0,
	} {
		if v, ok := got.Value("I3", key); !ok || v != want {
			t.Errorf("I3 %q: %d, %v; want %d", key, v, ok, want)
		}
	}
}

func TestRecountReportsABrokenTable(t *testing.T) {
	db := openTables(t)
	if _, err := db.Exec("DROP TABLE attendance"); err != nil {
		t.Fatal(err)
	}
	if _, err := recount.Count(context.Background(), db, report.Between("", "")); err == nil {
		t.Error("no error without the table attendance")
	}
}
