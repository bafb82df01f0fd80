package sqlitefile

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sophobien/internal/record"
)

var ctx = context.Background()

func TestOlderVersion(t *testing.T) {
	for _, c := range []struct {
		have string
		want bool
	}{
		{"3.51.3", false}, {"3.51.4", false}, {"3.52.0", false}, {"4.0.0", false}, {"3.51.10", false}, {"3.51.3.1", false},
		{"3.51.2", true}, {"3.9.99", true}, {"3.51", true}, {"2.99.99", true}, {"", true}, {"x", true},
	} {
		if got := olderVersion(c.have, "3.51.3"); got != c.want {
			t.Errorf("%q older than 3.51.3: %t", c.have, got)
		}
	}
}

func open(t *testing.T, path string) *Pair {
	t.Helper()
	p, err := Open(ctx, path, Mode{Journal: "WAL"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

// What stands in the data source name holds for every connection of both pools.
func TestEveryConnectionHasThePragmas(t *testing.T) {
	p := open(t, filepath.Join(t.TempDir(), "a?b 100%#", "..", "so.db"))
	for pool, db := range map[string]*sql.DB{"write": p.Write, "read": p.Read} {
		for _, c := range []struct{ pragma, want string }{
			{"journal_mode", "wal"}, {"synchronous", "2"}, {"foreign_keys", "1"}, {"secure_delete", "1"}, {"trusted_schema", "0"},
			{"query_only", map[string]string{"write": "0", "read": "1"}[pool]},
		} {
			var got string
			if err := db.QueryRow("PRAGMA " + c.pragma).Scan(&got); err != nil || got != c.want {
				t.Errorf("%s: %s = %s, %v; want %s", pool, c.pragma, got, err, c.want)
			}
		}
	}
	if _, err := p.Read.Exec("CREATE TABLE a (b)"); err == nil {
		t.Error("a reader wrote")
	}
}

func TestTxIsAllOrNothing(t *testing.T) {
	p := open(t, filepath.Join(t.TempDir(), "so.db"))
	stop := errors.New("stop")
	err := p.Tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.Exec("CREATE TABLE a (b)"); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatalf("Tx = %v", err)
	}
	var n int
	if err := p.Read.QueryRow("SELECT count(*) FROM sqlite_schema").Scan(&n); err != nil || n != 0 {
		t.Errorf("%d tables, %v", n, err)
	}
}

func TestHead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "so.db")
	if _, err := Head(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	p := open(t, path)
	if _, err := p.Write.Exec("PRAGMA application_id = 77; PRAGMA user_version = 5"); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := Head(path); got != (Stamp{77, 5}) || err != nil {
		t.Errorf("Head = %+v, %v", got, err)
	}
	for _, text := range []string{"", "SQLite format 3\x00", strings.Repeat("x", 200)} {
		if err := os.WriteFile(path+"x", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Head(path + "x"); !errors.Is(err, record.ErrDamaged) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}
