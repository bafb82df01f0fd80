package store

import (
	"context"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

var ctx = context.Background()

func testKey(n byte) ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	seed[0] = n
	return ed25519.NewKeyFromSeed(seed)
}

func testWriter(n byte) Writer {
	return Writer{Key: testKey(n), Officer: recordtest.ID(int64(n)).String()}
}

func openTest(t testing.TB, path string) *DB {
	t.Helper()
	db, err := Open(ctx, path, Options{Key: [32]byte{7}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func newTest(t testing.TB) *DB {
	t.Helper()
	return openTest(t, filepath.Join(t.TempDir(), "sổ ?tay.db"))
}

func commit(t testing.TB, db *DB, w byte, edits ...record.Edit) record.Change {
	t.Helper()
	ch, err := db.Commit(ctx, testWriter(w), recordtest.Day0.UnixMilli(), func(*Tx) ([]record.Edit, error) { return edits, nil })
	if err != nil {
		t.Fatal(err)
	}
	return ch
}

func mustVerify(t testing.TB, db *DB) record.VerifyReport {
	t.Helper()
	rep, err := db.Verify(ctx, true, t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !rep.OK {
		t.Fatalf("tables are not the fold of the log: %v", rep.Faults)
	}
	return rep
}

func TestEveryFieldOfEveryNounComesBack(t *testing.T) {
	db := newTest(t)
	for i, d := range record.Nouns() {
		want := d.New(recordtest.ID(int64(i)))
		recordtest.Distinct(want)
		reflect.ValueOf(want).Elem().FieldByName("ID").Set(reflect.ValueOf(recordtest.ID(int64(i))))
		n := reflect.ValueOf(want).Elem().Interface().(record.Noun)
		commit(t, db, 1, record.Create(n))
		rows, err := db.read.QueryContext(ctx, "SELECT id, sealed, "+columnList(d)+" FROM "+d.Name)
		if err != nil {
			t.Fatal(err)
		}
		if !rows.Next() {
			t.Fatalf("%s: no row", d.Name)
		}
		got, err := newRowScan(d, db.box).row(rows)
		rows.Close()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", d.Name, diff)
		}
	}
	mustVerify(t, db)
}

func TestTablesHaveTheColumnsOfTheDescriptions(t *testing.T) {
	db := newTest(t)
	for _, d := range record.Nouns() {
		want := map[string]string{"id": "BLOB", "state": "TEXT", "sealed": "BLOB", "flags": "INTEGER"}
		for _, c := range d.Columns() {
			want[c.Name] = string(c.Type)
		}
		got := map[string]string{}
		rows, err := db.read.Query("SELECT name, type FROM pragma_table_info(?)", d.Name)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var name, typ string
			if err := rows.Scan(&name, &typ); err != nil {
				t.Fatal(err)
			}
			got[name] = typ
		}
		rows.Close()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("table %s (-description +table):\n%s", d.Name, diff)
		}
	}
}

func TestNoNameStandsInTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db := openTest(t, path)
	p := recordtest.Person(1)
	p.FullName, p.Phone = "Nguyễn Thị Tên Riêng", "0912345678"
	commit(t, db, 1, record.Create(p))
	if err := db.SaveDraft(ctx, "x", []byte(p.FullName), recordtest.Day0); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, planted := range []string{p.FullName, p.Phone} {
		if strings.Contains(string(raw), planted) {
			t.Errorf("%q stands in the file in clear", planted)
		}
	}
}

func TestUndoBringsBackWhatTheBatchReplaced(t *testing.T) {
	db := newTest(t)
	a := recordtest.Activity(1)
	commit(t, db, 1, record.Create(a))
	b := a
	b.Title, b.Note, b.When.Place = "Đối thoại", "ghi chú", "Hội trường"
	e, _ := record.Update(a, b)
	people := recordtest.Attendees(a.ID, 1, 3)
	edits := []record.Edit{e}
	for _, p := range people {
		edits = append(edits, record.Create(p.Person), record.Create(p.Attendance))
	}
	batch := commit(t, db, 1, edits...).Batch
	c := b
	c.Title = "Đối thoại lần hai" // a later edit is kept
	later, _ := record.Update(b, c)
	commit(t, db, 1, later)

	undo := func(batch string) record.Change {
		ch, err := db.Commit(ctx, testWriter(1), recordtest.Day0.UnixMilli(), func(tx *Tx) ([]record.Edit, error) { return tx.Undo(batch) })
		if err != nil {
			t.Fatal(err)
		}
		return ch
	}
	undone := undo(batch)
	got, err := Find[record.Activity](ctx, db, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := a
	want.Title = c.Title
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("after undo (-want +got):\n%s", diff)
	}
	if list, _ := db.Attendees(ctx, a.ID); len(list) != 0 {
		t.Errorf("%d people are still there", len(list))
	}
	undo(undone.Batch)
	if list, _ := db.Attendees(ctx, a.ID); len(list) != 3 {
		t.Errorf("undo of undo: %d people, 3 expected", len(list))
	}
	mustVerify(t, db)
}
