package faults

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"database/sql"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/seal"
	"sophobien/internal/store"
)

// child is this test binary at one of its works.
func child(t *testing.T, work, dir string, env ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), append(env, envWork+"="+work, envDir+"="+dir)...)
	return cmd
}

// kill starts a child, lets it work for at most longest after it is ready, kills
// it, and gives what it said to be done. Every other time the clock starts only
// when one thing is done, so that a slow machine gets that far too.
func kill(t *testing.T, random *rand.Rand, longest time.Duration, cmd *exec.Cmd) []string {
	t.Helper()
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	var said []byte
	for range 1 + random.IntN(2) {
		line, err := lines.ReadBytes('\n')
		if err != nil && len(said) == 0 {
			t.Fatalf("the child did not begin: %v\n%s", err, &complaints)
		}
		said = append(said, line...)
	}
	time.AfterFunc(time.Duration(random.Int64N(int64(longest))), func() { cmd.Process.Kill() })
	rest, err := io.ReadAll(lines)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Wait() // it was killed: the error says so
	if complaints.Len() > 0 {
		t.Fatalf("the child complained:\n%s", &complaints)
	}
	return acknowledged(append(said, rest...))
}

// prove opens a register and verifies it; it gives the batches it holds.
func prove(t *testing.T, dir string, rebuild bool) map[string]bool {
	t.Helper()
	db, err := store.Open(ctx, database(dir), store.Options{Key: key})
	if err != nil {
		t.Fatalf("does not open: %v", err)
	}
	defer db.Close()
	rep, err := db.Verify(ctx, rebuild, t.TempDir(), nil)
	if err != nil || !rep.OK {
		t.Fatalf("corrupt: %v %v", rep.Faults, err)
	}
	return held(t, db)
}

func held(t *testing.T, db *store.DB) map[string]bool {
	t.Helper()
	out, err := batches(db)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// batches are the commits a register holds.
func batches(db *store.DB) (map[string]bool, error) {
	lines, err := db.LogAfter(ctx, 0, math.MaxInt64)
	out := map[string]bool{}
	for _, l := range lines {
		out[l.Commit.Hash.String()] = true
	}
	return out, err
}

func wantAll(t *testing.T, have map[string]bool, acknowledged []string) {
	t.Helper()
	for _, batch := range acknowledged {
		if !have[batch] {
			t.Fatalf("acknowledged and lost: %s", batch)
		}
	}
}

// filled is a folder with a register of n commits.
func filled(t *testing.T, n int64) string {
	t.Helper()
	dir := t.TempDir()
	for _, sub := range []string{"backups", "out"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	db, err := store.Open(ctx, database(dir), store.Options{Key: key, Synchronous: "OFF"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := fill(db, 100_000+i); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func fill(db *store.DB, n int64) error {
	a := recordtest.Activity(n)
	edits := []record.Edit{record.Create(a)}
	for _, x := range recordtest.Attendees(a.ID, n*100, 10) {
		edits = append(edits, record.Create(x.Person), record.Create(x.Attendance))
	}
	_, err := db.Commit(ctx, writer, n, func(*store.Tx) ([]record.Edit, error) { return edits, nil })
	return err
}

// sweep removes orphans as the program does at its start, and gives what stays.
func sweep(t *testing.T, folder string) []string {
	t.Helper()
	if _, err := datadir.Sweep(folder); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, filepath.Join(folder, e.Name()))
	}
	return out
}

func TestKillDuringCommit(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(15, 1))
	total := 0
	var dir string
	var acked []string
	for i := range recordtest.Count(t, 120, 300) {
		if i%20 == 0 {
			dir, acked = filled(t, 0), nil
		}
		acked = append(acked, kill(t, random, 60*time.Millisecond, child(t, "commit", dir))...)
		wantAll(t, prove(t, dir, i%20 == 19), acked)
		if i%20 == 19 {
			total += len(acked)
		}
	}
	t.Logf("%d commits acknowledged, none lost", total)
	if total < 100 {
		t.Errorf("only %d commits were acknowledged between kills", total)
	}
}

func TestKillDuringBackup(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(15, 2))
	dir := filled(t, 40)
	folder := filepath.Join(dir, "backups")
	whole := 0
	for range recordtest.Count(t, 60, 300) {
		acked := kill(t, random, 150*time.Millisecond, child(t, "backup", dir))
		wantWhole(t, folder, acked, func(path string) error {
			whole++
			_, err := store.CheckCopy(ctx, path, key)
			return err
		})
	}
	prove(t, dir, true)
	t.Logf("%d copies, all whole", whole)
	if whole == 0 {
		t.Error("no copy was finished between kills")
	}
}

// wantWhole wants every acknowledged file in a folder and every file there whole,
// and empties it.
func wantWhole(t *testing.T, folder string, acked []string, check func(string) error) {
	t.Helper()
	there := map[string]bool{}
	for _, path := range sweep(t, folder) {
		there[path] = true
		if err := check(path); err != nil {
			t.Fatalf("%s has its final name and is not whole: %v", filepath.Base(path), err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	wantAll(t, there, acked)
}

func TestKillDuringExport(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(15, 3))
	dir := filled(t, 20)
	id, err := seal.NewClassicIdentity()
	if err != nil {
		t.Fatal(err)
	}
	public := writer.Key.Public().(ed25519.PublicKey)
	keyOf := func(device string) (ed25519.PublicKey, bool) { return public, device == seal.DeviceID(public) }
	whole := 0
	for range recordtest.Count(t, 60, 300) {
		acked := kill(t, random, 60*time.Millisecond, child(t, "export", dir, envTo+"="+id.Recipient().String()))
		wantWhole(t, filepath.Join(dir, "out"), acked, func(path string) error {
			whole++
			return readBundle(path, keyOf, id)
		})
	}
	prove(t, dir, true)
	t.Logf("%d bundles, all whole", whole)
	if whole == 0 {
		t.Error("no bundle was finished between kills")
	}
}

func readBundle(path string, keyOf seal.KeyOf, id seal.Identity) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	outer, err := seal.ReadOuter(raw, keyOf)
	if err != nil {
		return err
	}
	plain, err := outer.Open([]seal.Identity{id})
	if err != nil {
		return err
	}
	_, err = bundle.ReadLog(outer.Envelope, plain)
	return err
}

func TestKillDuringMigration(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(15, 4))
	dir := filled(t, 60)
	want := prove(t, dir, true)
	backToFirstVersion(t, dir)
	old, err := os.ReadFile(database(dir))
	if err != nil {
		t.Fatal(err)
	}
	finished := 0
	for i := range recordtest.Count(t, 60, 300) {
		for _, f := range []string{"", "-wal", "-shm"} {
			os.Remove(database(dir) + f)
		}
		if err := os.WriteFile(database(dir), old, 0o600); err != nil {
			t.Fatal(err)
		}
		finished += len(kill(t, random, 300*time.Millisecond, child(t, "migration", dir)))
		have := prove(t, dir, i%10 == 0)
		if len(have) != len(want) {
			t.Fatalf("%d commits, %d before", len(have), len(want))
		}
		wantWhole(t, filepath.Join(dir, "backups"), nil, func(path string) error {
			n, err := store.CheckCopy(ctx, path, key)
			if err == nil && int(n) != len(want) {
				t.Errorf("the copy has %d commits, %d expected", n, len(want))
			}
			return err
		})
	}
	t.Logf("%d migrations were finished before the kill", finished)
}

// backToFirstVersion takes a register's tables away, as before there were any.
func backToFirstVersion(t *testing.T, dir string) {
	t.Helper()
	db, err := sql.Open("sqlite", database(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var drops string
	err = db.QueryRow(`SELECT group_concat('DROP TABLE ' || name || ';', '') FROM sqlite_schema
		WHERE type = 'table' AND name NOT IN ('meta','device','log','secret','erased','parked','draft','bundle')`).Scan(&drops)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(drops + "PRAGMA user_version=1; PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
}
