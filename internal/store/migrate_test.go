package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

func TestAnOldRegisterIsCopiedMigratedAndFolded(t *testing.T) {
	for version := 1; version < len(migrations); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			path, want := kept(t, version)
			saved := filepath.Join(t.TempDir(), "trước.db")
			db, err := Open(ctx, path, Options{Key: keptKey, BeforeMigration: func(copyTo func(string) error) error { return copyTo(saved) }})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			have := contentsOf(t, db)
			if diff := cmp.Diff(want, have); diff != "" {
				t.Errorf("(-before +after):\n%s", diff)
			}
			if rep := mustVerify(t, db); int(rep.Commits) != want.Commits {
				t.Errorf("%d commits, not %d", rep.Commits, want.Commits)
			}
			if n, err := CheckCopy(ctx, saved, keptKey); err != nil || int(n) != want.Commits {
				t.Errorf("the copy taken before: %d commits, %v", n, err)
			}
		})
	}
}

func TestNoCopyNoMigration(t *testing.T) {
	path, _ := kept(t, 1)
	before := mustRead(t, path)
	full := errors.New("no room for the copy")
	if _, err := Open(ctx, path, Options{Key: keptKey, BeforeMigration: func(func(string) error) error { return full }}); !errors.Is(err, full) {
		t.Fatalf("%v", err)
	}
	if string(mustRead(t, path)) != string(before) {
		t.Error("the file was touched")
	}
}

func TestAFailedStepLeavesTheFileAsItWas(t *testing.T) {
	path, _ := kept(t, 1)
	before := mustRead(t, path)
	db := &DB{path: path, box: newBox(keptKey), nouns: newNouns(record.Nouns())}
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
	path, _ := kept(t, 1)
	pool, err := openPool(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec("UPDATE log SET raw = CAST('{' || raw AS BLOB) WHERE seq = 2"); err != nil {
		t.Fatal(err)
	}
	pool.Close()
	before := mustRead(t, path)
	if _, err := Open(ctx, path, Options{Key: keptKey}); !errors.Is(err, record.ErrDamaged) {
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
