package store

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// richFile is a closed register that has something in every table.
func richFile(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rich.db")
	db := openTest(t, path)
	random := rand.New(rand.NewPCG(5, 5))
	w := recordtest.NewWorkload(random, 30, 10)
	know(t, db, w.Keys)
	receiveAll(t, db, random, w.Said)
	for i, d := range record.Nouns() {
		n := d.New(recordtest.ID(int64(500 + i)))
		recordtest.Distinct(n)
		commit(t, db, 9, record.Create(n.(record.Noun)))
	}
	desk := recordtest.NewDesk(byte(1), 0)
	desk.Author.N, desk.Author.Head = 7, oplog.Hash{1}
	s, _ := desk.Commit(1, rand.NewChaCha8([32]byte{2}), []record.Edit{record.Create(recordtest.Person(77))})
	erase := oplog.EraseOp(recordtest.Person(1).Ref(), []oplog.Dot{{Commit: oplog.Prefix{9}, Op: 1, Field: "phone"}})
	e, _ := recordtest.NewDesk(8, 0).Commit(1, nil, nil, erase)
	know(t, db, w.Keys[:0])
	if err := db.AddDevice(ctx, recordtest.Key(8).Public().(ed25519.PublicKey)); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Receive(ctx, []Incoming{{s.Commit, s.Secrets}, {e.Commit, nil}}); err != nil {
		t.Fatal(err)
	}
	err1 := db.SaveDraft(ctx, "activity/new", []byte("đang gõ dở"), recordtest.Day0)
	err2 := db.SetMeta(ctx, "last_backup", "2026-03-05T08:00:00Z")
	err3 := db.AddBundle(ctx, Bundle{ID: "a", No: 3, Name: "n", Path: "/p", Created: recordtest.Day0, Size: 7, SHA256: "ff", Recipient: "r", Commits: 5, LastSeq: 9})
	if err1 != nil || err2 != nil || err3 != nil {
		t.Fatal(err1, err2, err3)
	}
	mustVerify(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

var allTables = []string{"meta", "device", "log", "secret", "erased", "parked", "draft", "bundle", "office", "unit", "activity", "person", "attendance"}

// dump is all a register holds, as text.
func dump(db *DB) (string, error) {
	var b strings.Builder
	var tables []string
	err := eachRow(ctx, db.read, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", func(row scanTarget) error {
		var name string
		err := row.Scan(&name)
		tables = append(tables, name)
		return err
	})
	if err != nil {
		return "", err
	}
	for _, table := range tables {
		rows, err := db.read.Query("SELECT * FROM " + table)
		if err != nil {
			return "", err
		}
		names, err := rows.Columns()
		if err != nil {
			return "", err
		}
		for rows.Next() {
			b.Write(rawRow(rows, true, len(names)).text)
			b.WriteByte('\n')
		}
		err = rows.Err()
		rows.Close()
		if err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

// readsAsBefore reports whether all tables are what they were and every index agrees with
// its table: then nothing can read otherwise.
func readsAsBefore(db *DB, want string) bool {
	got, err := dump(db)
	return err == nil && got == want && check(ctx, db.read, "integrity_check") == nil
}

// TestBitRot: one random byte of the file is another. Someone notices, or it does no harm:
// where anything reads otherwise Verify must say so.
func TestBitRot(t *testing.T) {
	whole := mustRead(t, richFile(t))
	path := filepath.Join(t.TempDir(), "a.db")
	open := func(b []byte) (*DB, error) {
		for _, old := range []string{path + "-wal", path + "-shm"} {
			os.Remove(old)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return Open(ctx, path, Options{Key: [32]byte{7}, Synchronous: "OFF"})
	}
	db, err := open(whole)
	if err != nil {
		t.Fatal(err)
	}
	want, err := dump(db)
	if err != nil || len(want) < 10_000 || !readsAsBefore(db, want) {
		t.Fatalf("%d bytes of dump, %v", len(want), err)
	}
	db.Close()
	scratch := t.TempDir()
	harmless, atOpen, proven := 0, 0, 0
	random := rand.New(rand.NewPCG(20, 20))
	for range recordtest.Count(t, 2_000, 50_000) {
		rotten := bytes.Clone(whole)
		at, bit := random.IntN(len(rotten)), byte(1+random.IntN(255))
		rotten[at] ^= bit
		db, err := open(rotten)
		if err != nil {
			atOpen++
			continue
		}
		if readsAsBefore(db, want) {
			harmless++
		} else if rep, err := db.Verify(ctx, true, scratch, nil); err != nil || !rep.OK {
			proven++
		} else {
			t.Errorf("silent harm: byte %d ^ %#x", at, bit)
		}
		db.Close()
	}
	t.Logf("noticed at open %d, by verify %d, touched nothing %d, silent harm 0", atOpen, proven, harmless)
	if proven == 0 {
		t.Error("verify noticed nothing at all")
	}
}

// TestEveryCellCounts: any cell of any table changed is found.
func TestEveryCellCounts(t *testing.T) {
	whole := mustRead(t, richFile(t))
	cells := 0
	for _, table := range allTables {
		for _, column := range columnsOfTable(t, whole, table) {
			t.Run(table+"."+column, func(t *testing.T) {
				db := rottenCell(t, whole, table, column)
				if db == nil {
					return // all NULL, or the engine itself forbids the change
				}
				cells++
				rep, err := db.Verify(ctx, true, t.TempDir(), nil)
				if err == nil && rep.OK {
					t.Error("verify did not notice")
				}
			})
		}
	}
	if cells < 90 {
		t.Errorf("only %d cells were changed", cells)
	}
}

func columnsOfTable(t *testing.T, whole []byte, table string) []string {
	t.Helper()
	db := openBytes(t, whole)
	var out []string
	err := eachRow(ctx, db.read, "SELECT name FROM pragma_table_info('"+table+"')", func(row scanTarget) error {
		var name string
		err := row.Scan(&name)
		out = append(out, name)
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("columns of %s: %v, %v", table, out, err)
	}
	return out
}

func openBytes(t *testing.T, b []byte) *DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := Open(ctx, path, Options{Key: [32]byte{7}, Synchronous: "OFF"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// rottenCell changes one cell of one row and nothing else.
func rottenCell(t *testing.T, whole []byte, table, column string) *DB {
	t.Helper()
	db := openBytes(t, whole)
	if _, err := db.write.Exec("PRAGMA foreign_keys=OFF"); err != nil {
		t.Fatal(err)
	}
	key := "rowid"
	if strings.Contains("meta device erased draft office unit activity person attendance", table) {
		key = columnsOfTable(t, whole, table)[0]
	}
	changed := fmt.Sprintf("CASE typeof(%[1]s) WHEN 'integer' THEN %[1]s + 1 WHEN 'text' THEN %[1]s || 'x' ELSE CAST(substr(%[1]s, 2) || x'41' AS BLOB) END", column)
	res, err := db.write.Exec(fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s = (SELECT %s FROM %s WHERE %s IS NOT NULL ORDER BY 1 DESC LIMIT 1)",
		table, column, changed, key, key, table, column))
	if err != nil {
		t.Logf("the engine refuses: %v", err)
		return nil
	}
	if n, _ := res.RowsAffected(); n != 1 {
		t.Logf("%d cells changed", n)
		return nil
	}
	return db
}
