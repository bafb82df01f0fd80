package store

import (
	"crypto/ed25519"
	"database/sql"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// newQuick is a fresh register that does not wait for the disk: for tests about
// what it says, not about what survives.
func newQuick(t testing.TB) *DB {
	t.Helper()
	db, err := Open(ctx, filepath.Join(t.TempDir(), "a.db"), Options{Key: [32]byte{7}, Synchronous: "OFF"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func know(t testing.TB, db *DB, keys []ed25519.PrivateKey) {
	t.Helper()
	for _, k := range keys {
		if err := db.AddDevice(ctx, k.Public().(ed25519.PublicKey)); err != nil {
			t.Fatal(err)
		}
	}
}

func digest(t testing.TB, db *DB) string {
	t.Helper()
	d, err := db.Digest(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// receiveAll gives a register what was said, in packets of random size.
func receiveAll(t testing.TB, db *DB, random *rand.Rand, said []recordtest.Said) Received {
	t.Helper()
	var last Received
	for len(said) > 0 {
		n := 1 + random.IntN(min(len(said), 8))
		var in []Incoming
		for _, s := range said[:n] {
			in = append(in, Incoming{s.Commit, s.Secrets})
		}
		var err error
		if last, err = db.Receive(ctx, in); err != nil {
			t.Fatal(err)
		}
		said = said[n:]
	}
	return last
}

// TestRegistersConverge: whatever the order, in packets, with duplicates,
// parked commits and late secrets, every register says what the fold in memory
// says, and its tables are the fold of its log.
func TestRegistersConverge(t *testing.T) {
	for seed := range uint64(recordtest.Count(t, 30, 10_000)) {
		random := rand.New(rand.NewPCG(seed, 11))
		w := recordtest.NewWorkload(random, 25, 10)
		if seed%2 == 1 {
			w = recordtest.NewExchange(random, 25, 10)
		}
		yardstick := oplog.NewStateOf(w.Rights)
		for _, s := range w.Said {
			yardstick.Add(s.Commit, s.Secrets)
		}
		want := yardstick.Digest()
		for range 2 {
			db := newQuick(t)
			know(t, db, w.Keys)
			late := random.IntN(2) == 0 // the list comes when all has been said
			if w.Rights != nil && !late {
				setMembers(t, db, w)
			}
			if last := receiveAll(t, db, random, w.Deal(random)); last.Waiting != 0 {
				t.Fatalf("seed %d: %d commits still wait", seed, last.Waiting)
			}
			if w.Rights != nil && late {
				setMembers(t, db, w)
			}
			if got := digest(t, db); got != want && !(late && erases(w)) { // what was erased before the list came stays so
				t.Fatalf("seed %d: the register says another thing than the fold in memory", seed)
			}
			mustVerify(t, db)
			for ref := range yardstick.Rows {
				wantDenied(t, db, yardstick, ref)
			}
			db.Close()
		}
	}
}

// setMembers puts the machines of a workload on the list, those of this office too.
func setMembers(t testing.TB, db *DB, w recordtest.Workload) {
	t.Helper()
	var list []Member
	for _, k := range w.Keys {
		key := k.Public().(ed25519.PublicKey)
		m := Member{Device: oplog.DeviceOf(key), Key: key, Role: record.RoleOffice}
		if s := w.Rights[m.Device]; s.Province {
			m.Role = record.RoleProvince
		}
		m.Unit = w.Rights[m.Device].Unit
		list = append(list, m)
	}
	if _, err := db.SetMembers(ctx, list); err != nil {
		t.Fatal(err)
	}
}

// erases reports whether something was erased.
func erases(w recordtest.Workload) bool {
	for _, s := range w.Said {
		for _, o := range s.Commit.Ops {
			if len(o.Erased) > 0 {
				return w.Rights != nil
			}
		}
	}
	return false
}

// wantDenied compares what is left out of a row, and whose it is, with the fold in memory.
func wantDenied(t testing.TB, db *DB, s *oplog.State, ref record.Ref) {
	t.Helper()
	list, owner := s.Denied(ref)
	var n int
	if err := db.read.QueryRow("SELECT count(*) FROM denied WHERE id = ?", ref.ID[:]).Scan(&n); err != nil || n != len(list) {
		t.Errorf("%s: %d operations denied, want %d (%v)", ref, n, len(list), err)
	}
	if s.Rights() == nil {
		return
	}
	of, err := db.UnitOf(ctx, ref.Noun, []record.ID{ref.ID})
	if got, ok := of[ref.ID]; err != nil || !ok || got != owner {
		t.Errorf("%s is of %q, want %q (%v)", ref, got, owner, err)
	}
}

// TestRegistersTalk: real registers write, exchange random parts and write on.
func TestRegistersTalk(t *testing.T) {
	for seed := range uint64(recordtest.Count(t, 12, 10_000)) {
		random := rand.New(rand.NewPCG(seed, 12))
		dbs := []*DB{newQuick(t), newQuick(t), newQuick(t)}
		for _, db := range dbs {
			know(t, db, []ed25519.PrivateKey{testKey(1), testKey(2), testKey(3)})
		}
		for step := range 30 {
			from := random.IntN(len(dbs))
			writeSomething(t, random, dbs[from], byte(1+from), int64(step))
			if random.IntN(3) == 0 {
				pass(t, random, dbs[from], dbs[random.IntN(len(dbs))], 2)
			}
		}
		for range 2 {
			for _, a := range dbs {
				for _, b := range dbs {
					pass(t, random, a, b, 1)
				}
			}
		}
		want := digest(t, dbs[0])
		for i, db := range dbs {
			if got := digest(t, db); got != want {
				t.Fatalf("seed %d: register %d says another thing than register 0", seed, i)
			}
			mustVerify(t, db)
			db.Close()
		}
	}
}

func writeSomething(t testing.TB, random *rand.Rand, db *DB, w byte, step int64) {
	t.Helper()
	now := recordtest.Day0.UnixMilli() + (random.Int64N(21)-10)*recordtest.Year
	_, err := db.Commit(ctx, testWriter(w), now, func(tx *Tx) ([]record.Edit, error) {
		p := recordtest.Person(random.Int64N(5))
		before, err := FindIn[record.Person](tx, p.ID)
		switch {
		case err != nil && random.IntN(2) == 0: // also over a deleted row, which no window does
			return []record.Edit{record.Create(p)}, nil
		case err != nil:
			return []record.Edit{{Ref: p.Ref(), Revive: true}}, nil
		case random.IntN(5) == 0:
			return []record.Edit{{Ref: p.Ref(), Delete: true}}, nil
		}
		after := before
		after.FullName = recordtest.Person(step).FullName
		if random.IntN(2) == 0 {
			after.Sex, after.Note = "nam", "đổi"
		}
		e, ok := record.Update(before, after)
		if !ok {
			return nil, nil
		}
		return []record.Edit{e}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// pass gives one register a random 1/oneIn of another's commits, with their values.
func pass(t testing.TB, random *rand.Rand, from, to *DB, oneIn int) {
	t.Helper()
	if from == to {
		return
	}
	var in []Incoming
	for _, s := range storedCommits(t, from) {
		if random.IntN(oneIn) == 0 {
			in = append(in, Incoming{s.commit, s.secrets})
		}
	}
	random.Shuffle(len(in), func(i, j int) { in[i], in[j] = in[j], in[i] })
	if _, err := to.Receive(ctx, in); err != nil {
		t.Fatal(err)
	}
}

func storedCommits(t testing.TB, db *DB) []*storedCommit {
	t.Helper()
	var out []*storedCommit
	err := eachRow(ctx, db.read, selectLog+" ORDER BY log.seq", func(row scanTarget) error {
		s, err := scanCommit(row, db.box)
		out = append(out, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// openPool is the file without a register around it.
func openPool(path string) (*sql.DB, error) {
	return sql.Open("sqlite", dsn(path, "WAL", "FULL", false))
}
