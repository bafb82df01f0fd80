package recount_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"path/filepath"
	"strings"
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
  heads_disabled INTEGER, prizes INTEGER, status TEXT, times INTEGER, materials TEXT, costs TEXT, co_organisers TEXT, units_reached TEXT, audience TEXT);
CREATE TABLE same_event (id BLOB PRIMARY KEY, state TEXT, flags INTEGER, activity_id BLOB, twin_id BLOB, status TEXT, day TEXT);
CREATE TABLE log (seq INTEGER PRIMARY KEY, device BLOB);
CREATE TABLE member (device BLOB PRIMARY KEY, unit TEXT, role TEXT);
CREATE TABLE directive (id BLOB PRIMARY KEY, flags INTEGER, kind TEXT, issued TEXT);
CREATE TABLE unit (id BLOB PRIMARY KEY, state TEXT, sealed BLOB, flags INTEGER, kind TEXT, name TEXT, code TEXT, parent_id BLOB,
  focus TEXT, workers_total INTEGER, valid_from TEXT, valid_to TEXT, predecessors TEXT, successors TEXT);
CREATE TABLE office (id BLOB PRIMARY KEY, flags INTEGER, unit_id BLOB);
CREATE TABLE publication (id BLOB PRIMARY KEY, flags INTEGER, document TEXT, day TEXT, unit_id BLOB);
CREATE TABLE material (id BLOB PRIMARY KEY, flags INTEGER, kind TEXT, languages TEXT, topics TEXT, day TEXT, made INTEGER, given INTEGER);
CREATE TABLE survey (id BLOB PRIMARY KEY, flags INTEGER, purpose TEXT, day TEXT, sent INTEGER, returned INTEGER);
CREATE TABLE model (id BLOB PRIMARY KEY, flags INTEGER, since TEXT, taken_over TEXT);
CREATE TABLE budget (id BLOB PRIMARY KEY, flags INTEGER, year INTEGER, task TEXT, source TEXT, planned INTEGER, spent INTEGER);
CREATE TABLE question (id BLOB PRIMARY KEY, flags INTEGER, received TEXT, difficulty INTEGER, topics TEXT, asker_group TEXT,
  due_on TEXT, routed_on TEXT, answered_on TEXT, unit_id BLOB);
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
	defer tx.Rollback()
	run := func(query string, args ...any) {
		if _, err := tx.Exec(query, args...); err != nil {
			t.Fatal(err)
		}
	}
	put := func(table, columns string, args ...any) {
		run("INSERT INTO "+table+" ("+columns+") VALUES ("+strings.TrimSuffix(strings.Repeat("?,", len(args)), ",")+")", args...)
	}
	for _, table := range []string{"activity", "directive", "unit", "person", "attendance", "office", "publication", "material", "survey", "model", "budget", "question", "same_event", "log", "member"} {
		run("DELETE FROM " + table)
	}
	put("office", "id, flags, unit_id", blob(anID(0)), 0, blob(o.own))
	for m := ours; m <= otherOffice; m++ {
		put("log", "seq, device", int(m)+1, []byte{byte(m)})
	}
	put("member", "device, unit, role", []byte{byte(province)}, "", "province")
	put("member", "device, unit, role", []byte{byte(otherOffice)}, "23284", "office")
	for _, r := range o.words {
		w := r.of
		put("same_event", "id, state, flags, activity_id, twin_id, status, day", w.ID[:], r.by.state(), r.flags,
			blob(w.ActivityID), blob(w.TwinID), text(w.Status), text(string(w.Day)))
	}
	for _, r := range o.activities {
		a := r.of
		h := a.Heads
		put("activity", `id, state, flags, kind, mode, topics, when_date, when_end_date, host_unit_id, direct, woven_into, prizes, status,
		  heads_listed, heads_total, heads_women, heads_workers, heads_employers, heads_officials, heads_reporters, heads_mediators,
		  heads_ethnic_minority, heads_disabled, times, materials, costs, co_organisers, units_reached, task, audience`,
			a.ID[:], r.by.state(), r.flags, text(a.Kind), text(a.Mode), list(t, a.Topics), text(string(a.When.Date)), text(string(a.When.EndDate)),
			blob(a.HostUnitID), yes(a.Direct), text(a.WovenInto), number(a.Prizes), text(a.Status),
			yes(h.Listed), number(h.Total), number(h.Women), number(h.Workers), number(h.Employers), number(h.Officials),
			number(h.Reporters), number(h.Mediators), number(h.EthnicMinority), number(h.Disabled),
			number(a.Times), list(t, a.Materials), list(t, a.Costs), ids(t, a.CoOrganisers), ids(t, a.UnitsReached),
			text(a.Task), list(t, a.Audience))
	}
	for _, r := range o.directives {
		d := r.of
		put("directive", "id, flags, kind, issued", d.ID[:], r.flags, text(d.Kind), text(string(d.Issued)))
	}
	for _, r := range o.units {
		u := r.of
		put("unit", "id, flags, kind, name, code, parent_id, focus, workers_total, valid_from, valid_to, predecessors, successors",
			u.ID[:], r.flags, u.Kind, text(u.Name), text(u.Code), blob(u.ParentID), list(t, u.Focus), number(u.Workers.Total),
			text(string(u.Valid.From)), text(string(u.Valid.To)), ids(t, u.Predecessors), ids(t, u.Successors))
	}
	for _, p := range o.people {
		put("person", "id, flags, sex, audience", p.id[:], p.flags, text(p.sex), text(p.audience))
	}
	for _, r := range o.attendance {
		put("attendance", "flags, activity_id, person_id, role", r.flags, r.activity[:], r.person[:], text(r.role))
	}
	for _, r := range o.publications {
		p := r.of
		put("publication", "id, flags, document, day, unit_id", p.ID[:], r.flags, text(p.Document), text(string(p.On)), blob(p.UnitID))
	}
	for _, r := range o.materials {
		m := r.of
		put("material", "id, flags, kind, languages, topics, day, made, given", m.ID[:], r.flags, text(m.Kind), list(t, m.Languages), list(t, m.Topics), text(string(m.On)), number(m.Made), number(m.Given))
	}
	for _, r := range o.surveys {
		s := r.of
		put("survey", "id, flags, purpose, day, sent, returned", s.ID[:], r.flags, text(s.Purpose), text(string(s.On)), number(s.Sent), number(s.Returned))
	}
	for _, r := range o.models {
		m := r.of
		put("model", "id, flags, since, taken_over", m.ID[:], r.flags, text(string(m.Since)), ids(t, m.TakenOver))
	}
	for _, r := range o.budgets {
		b := r.of
		put("budget", "id, flags, year, task, source, planned, spent", b.ID[:], r.flags, number(b.Year), text(b.Task), text(b.Source), number(b.Planned), number(b.Spent))
	}
	for _, r := range o.questions {
		q := r.of
		put("question", "id, flags, received, difficulty, topics, asker_group, due_on, routed_on, answered_on, unit_id", q.ID[:], r.flags,
			text(string(q.Received)), yes(q.Difficulty), list(t, q.Topics), text(q.AskerGroup), text(string(q.Due.On)), text(string(q.Routed.On)), text(string(q.AnsweredOn)), blob(q.UnitID))
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

func list[T any](t fataler, l []T) any {
	if len(l) == 0 {
		return nil
	}
	b, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func ids(t fataler, l []record.ID) any {
	texts := make([]string, len(l))
	for i, id := range l {
		texts[i] = id.String()
	}
	return list(t, texts)
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
			got, err := recount.Count(context.Background(), db, o.period, o.rules())
			if err != nil {
				t.Fatal(err)
			}
			want := bare(report.Compute(o.input()))
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
		activities: []row[record.Activity]{{of: record.Activity{
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
	got, err := recount.Count(context.Background(), db, o.period, o.rules())
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
	if _, err := recount.Count(context.Background(), db, report.Between("", ""), recount.Rules{}); err == nil {
		t.Error("no error without the table attendance")
	}
}
