package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// firstVersion makes a closed register as it was before there were tables: only
// a log. It gives what was seen in it.
func firstVersion(t *testing.T) (path string, seen visible) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "sổ.db")
	db := openTest(t, path)
	a := recordtest.Activity(1)
	a.Note = "nội bộ"
	edits := []record.Edit{record.Create(a)}
	for _, x := range recordtest.Attendees(a.ID, 1, 5) {
		edits = append(edits, record.Create(x.Person), record.Create(x.Attendance))
	}
	commit(t, db, 1, edits...)
	b := a
	b.Title = "đã sửa"
	e, _ := record.Update(a, b)
	commit(t, db, 1, e)
	seen = lookAt(t, db)
	later := readTexts(t, db, `SELECT name FROM sqlite_schema WHERE type = 'table' AND instr(?, 'CREATE TABLE ' || name || ' (') = 0`, migrations[0].sql)
	for _, name := range later {
		if _, err := db.write.Exec("DROP TABLE " + name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.write.Exec("PRAGMA user_version=1"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path, seen
}

func TestAnOldRegisterIsCopiedMigratedAndFolded(t *testing.T) {
	path, want := firstVersion(t)
	saved := filepath.Join(t.TempDir(), "trước.db")
	db, err := Open(ctx, path, Options{Key: [32]byte{7}, BeforeMigration: func(copyTo func(string) error) error { return copyTo(saved) }})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if diff := cmp.Diff(want, lookAt(t, db)); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	if rep := mustVerify(t, db); rep.Commits != 2 {
		t.Errorf("%d commits", rep.Commits)
	}
	if n, err := CheckCopy(ctx, saved, [32]byte{7}); err != nil || n != 2 {
		t.Errorf("the copy taken before: %d commits, %v", n, err)
	}
}

func TestNoCopyNoMigration(t *testing.T) {
	path, _ := firstVersion(t)
	before := mustRead(t, path)
	full := errors.New("no room for the copy")
	if _, err := Open(ctx, path, Options{Key: [32]byte{7}, BeforeMigration: func(func(string) error) error { return full }}); !errors.Is(err, full) {
		t.Fatalf("%v", err)
	}
	if string(mustRead(t, path)) != string(before) {
		t.Error("the file was touched")
	}
}

func TestAFailedStepLeavesTheFileAsItWas(t *testing.T) {
	path, _ := firstVersion(t)
	before := mustRead(t, path)
	db := &DB{path: path, box: newBox([32]byte{7}), nouns: newNouns(record.Nouns())}
	var err error
	if db.write, err = openPool(path); err != nil {
		t.Fatal(err)
	}
	steps := append(append([]migration{}, migrations...), migration{len(migrations) + 1, "broken", "CREATE TABLE extra (a); SELECT no_such_thing"})
	if err := db.migrate(ctx, nil, steps); err == nil {
		t.Fatal("a broken step was taken")
	}
	var version int
	if err := db.write.QueryRow("PRAGMA user_version").Scan(&version); err != nil || version != 1 {
		t.Errorf("version %d, %v", version, err)
	}
	db.write.Close()
	if string(mustRead(t, path)) != string(before) {
		t.Error("the file was touched")
	}
}

// TestADamagedLogIsNotMigrated: folding stops with a sentence and the file stays.
func TestADamagedLogIsNotMigrated(t *testing.T) {
	path, _ := firstVersion(t)
	pool, err := openPool(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec("UPDATE log SET raw = CAST('{' || raw AS BLOB) WHERE seq = 2"); err != nil {
		t.Fatal(err)
	}
	pool.Close()
	before := mustRead(t, path)
	if _, err := Open(ctx, path, Options{Key: [32]byte{7}}); !errors.Is(err, record.ErrDamaged) {
		t.Fatalf("%v", err)
	}
	if string(mustRead(t, path)) != string(before) {
		t.Error("the file was touched")
	}
}

func TestCreatingLeavesNothingHalfMade(t *testing.T) {
	dir := t.TempDir()
	db := openTest(t, filepath.Join(dir, "a.db"))
	db.Close()
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("%v", entries)
	}
	if version := mustRead(t, filepath.Join(dir, "a.db"))[userVersionAt+3]; int(version) != len(migrations) {
		t.Errorf("version %d in the header", version)
	}
}

func readTexts(t *testing.T, db *DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.write.Query(query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		out = append(out, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
