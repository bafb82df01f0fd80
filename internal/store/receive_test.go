package store

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// far is another device and what it says, known to a register by its key.
type far struct {
	*recordtest.Desk
	salts *rand.ChaCha8
	now   int64
	said  []Incoming
}

func newFar(n byte) *far {
	return &far{Desk: recordtest.NewDesk(n, 0), salts: rand.NewChaCha8([32]byte{n}), now: recordtest.Day0.UnixMilli()}
}

func (f *far) say(edits []record.Edit, extra ...oplog.Op) Incoming {
	f.now++
	s, ok := f.Commit(f.now, f.salts, edits, extra...)
	if !ok {
		panic("nothing was said")
	}
	f.said = append(f.said, Incoming{s.Commit, s.Secrets})
	return f.said[len(f.said)-1]
}

func (f *far) set(ref record.Ref, values map[string]record.Value) Incoming {
	return f.say([]record.Edit{{Ref: ref, Set: values}})
}

func mustReceive(t testing.TB, db *DB, in ...Incoming) Received {
	t.Helper()
	r, err := db.Receive(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func wantNothing(t testing.TB, db *DB, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("error %v, want %q", err, kind)
	}
	if n, err := db.CountAfter(ctx, 0); err != nil || n != 0 {
		t.Errorf("%d commits stored (%v)", n, err)
	}
	if rep := mustVerify(t, db); rep.Rows != 0 {
		t.Errorf("%d rows stored", rep.Rows)
	}
}

func TestReceiveIsAllOrNothing(t *testing.T) {
	make := func() (*far, Incoming) {
		f := newFar(1)
		return f, f.say([]record.Edit{record.Create(recordtest.Person(1))})
	}
	for name, spoil := range map[string]func(in *Incoming){
		"signature altered": func(in *Incoming) { in.Commit.Sig[3] ^= 1 },
		"line altered":      func(in *Incoming) { in.Commit.Raw[20] ^= 1 },
		"value altered":     func(in *Incoming) { in.Secrets[0].Fields[0].Value = `"Kẻ Mạo Danh"` },
		"seed altered":      func(in *Incoming) { in.Secrets[0].Seed[0] ^= 1 },
		"value of another":  func(in *Incoming) { in.Secrets[0].Op = 3 },
		"foreign predecessor": func(in *Incoming) {
			g := newFar(2)
			g.Author.N, g.Author.Head = in.Commit.N-1, in.Commit.Prev
			*in = g.set(recordtest.Person(1).Ref(), map[string]record.Value{"full_name": `"chen"`})
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := newQuick(t)
			f, good := make()
			know(t, db, keysOf(f.Desk, newFar(2).Desk))
			second := f.set(recordtest.Person(1).Ref(), map[string]record.Value{"full_name": `"Y Hai"`})
			spoil(&second)
			_, err := db.Receive(ctx, []Incoming{good, second})
			if !errors.Is(err, record.ErrNotTrusted) {
				wantNothing(t, db, err, record.ErrDamaged)
				return
			}
			wantNothing(t, db, err, record.ErrNotTrusted)
		})
	}
}

func keysOf(desks ...*recordtest.Desk) (out []ed25519.PrivateKey) {
	for _, d := range desks {
		out = append(out, d.Key)
	}
	return out
}

// TestAForeignSuccessorDoesNotKeepTheHonestOut: what was parked and turns out not
// to follow is dropped.
func TestAForeignSuccessorDoesNotKeepTheHonestOut(t *testing.T) {
	db := newQuick(t)
	f, g := newFar(1), newFar(2)
	know(t, db, keysOf(f.Desk, g.Desk))
	honest := f.say([]record.Edit{record.Create(recordtest.Person(1))})
	g.Author.N, g.Author.Head = 1, honest.Commit.Hash
	if r := mustReceive(t, db, g.set(recordtest.Person(1).Ref(), map[string]record.Value{"full_name": `"chen"`})); r.Waiting != 1 {
		t.Fatalf("%+v", r)
	}
	if r := mustReceive(t, db, honest); r.Applied != 1 || r.Waiting != 0 {
		t.Fatalf("%+v", r)
	}
	if p, err := Find[record.Person](ctx, db, recordtest.Person(1).ID); err != nil || p.FullName != recordtest.Person(1).FullName {
		t.Errorf("%q, %v", p.FullName, err)
	}
	mustVerify(t, db)
}

// TestParkedCommitsKeepEveryValue: values that come with different copies of a
// waiting commit are all there when it is taken up.
func TestParkedCommitsKeepEveryValue(t *testing.T) {
	db := newQuick(t)
	f := newFar(1)
	know(t, db, keysOf(f.Desk))
	first := f.say([]record.Edit{record.Create(recordtest.Activity(1))})
	p := recordtest.Person(1)
	second := f.say([]record.Edit{record.Create(p)})
	for _, h := range second.Secrets[0].Fields {
		one := second.Secrets[0].Without(func(field string) bool { return field != h.Field })
		mustReceive(t, db, Incoming{second.Commit, []oplog.Secret{one}})
	}
	mustVerify(t, db) // also while it waits
	if r := mustReceive(t, db, first); r.Applied != 2 {
		t.Fatalf("%+v", r)
	}
	if got, err := Find[record.Person](ctx, db, p.ID); err != nil || got != p {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestNamesGivenLateAreFound(t *testing.T) {
	db := newQuick(t)
	f := newFar(1)
	know(t, db, keysOf(f.Desk))
	p := recordtest.Person(1)
	p.FullName = "Nguyễn Thị Bé Đào"
	in := f.say([]record.Edit{record.Create(p)})
	mustReceive(t, db, Incoming{Commit: in.Commit})
	if hits, _ := db.FindPeople(ctx, "be dao", 5); len(hits) != 0 {
		t.Fatalf("found before it was given: %v", hits)
	}
	if r := mustReceive(t, db, in); r.Known != 1 || !slices.Contains(r.Change.Nouns, "person") || r.Change.Batch != "" {
		t.Errorf("%+v", r)
	}
	if hits, err := db.FindPeople(ctx, "be dao", 5); err != nil || len(hits) != 1 || hits[0].Name != p.FullName {
		t.Errorf("found %v, %v", hits, err)
	}
	mustVerify(t, db)
}

// TestErasedIsNowhere: after the erasure neither tables nor boxes, waiting ones
// included, hold the value, and no old bundle brings it back.
func TestErasedIsNowhere(t *testing.T) {
	for _, order := range []string{"value first", "erasure first", "value waits"} {
		t.Run(order, func(t *testing.T) {
			db := newQuick(t)
			f, g := newFar(1), newFar(2)
			know(t, db, keysOf(f.Desk, g.Desk))
			start := f.say([]record.Edit{record.Create(recordtest.Activity(1))})
			p := recordtest.Person(1)
			p.FullName, p.Phone = "Nguyễn Văn Cần Xóa", "0912345678"
			value := f.say([]record.Edit{record.Create(p)})
			dot := value.Commit.Ops[0].DotOf(value.Commit.Hash.Prefix(), 0, "full_name")
			erasure := g.say(nil, oplog.EraseOp(p.Ref(), []oplog.Dot{dot}))
			switch order {
			case "value first":
				mustReceive(t, db, start, value)
				if hits, _ := db.FindPeople(ctx, "can xoa", 1); len(hits) != 1 {
					t.Fatal("not found before the erasure")
				}
				mustReceive(t, db, erasure)
			case "erasure first":
				mustReceive(t, db, erasure, start, value)
			case "value waits":
				mustReceive(t, db, value)
				mustReceive(t, db, erasure)
				for _, w := range must(readParked(ctx, db.read, db.box, "")) {
					for _, s := range w.Secrets {
						if _, here := s.Value("full_name"); here {
							t.Error("the erased value still waits")
						}
					}
				}
				mustReceive(t, db, start)
			}
			mustReceive(t, db, value, start, erasure)
			got, err := Find[record.Person](ctx, db, p.ID)
			if err != nil || got.FullName != "" || got.Phone != p.Phone {
				t.Errorf("%+v, %v", got, err)
			}
			for _, s := range storedCommits(t, db) {
				for _, x := range s.secrets {
					if strings.Contains(fmt.Sprint(x), "Cần Xóa") {
						t.Error("the box still holds the value")
					}
				}
			}
			if hits, _ := db.FindPeople(ctx, "can xoa", 1); len(hits) != 0 {
				t.Error("the search still finds it")
			}
			mustVerify(t, db)
		})
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// oddValues are what a newer or a hostile program may write: shapes this one
// does not have, or its own values written another way.
var oddValues = []record.Value{
	`"\u0061"`, `"a"`, `"\u007f"`, `"a\u0000b"`, `"\ud800"`, `""`, `5`, `-0`, `0`, `1.0`, `1e2`, `true`, `false`, `[]`, `[null]`, `["a"]`,
	`[ "2026-03-05" , null ]`, `["2026-03-05"]`, `["2026-03-05",null,null,null,"P",{"later":1}]`, `[false,0]`, `[1,[2,[3]]]`, `null`,
	`"0192A5D0-0000-7000-8000-000000000001"`, `"0192a5d0-0000-7000-8000-000000000001"`, `[{"name":"x","copies":"y"}]`, `99999999999999999999`,
}

// TestOddValuesConverge: they are kept byte for byte, break no list, and every
// register agrees on what they amount to.
func TestOddValuesConverge(t *testing.T) {
	for seed := range uint64(recordtest.Count(t, 12, 10_000)) {
		random := rand.New(rand.NewPCG(seed, 14))
		farA, farB := newFar(1), newFar(2)
		for range 10 {
			f := []*far{farA, farB}[random.IntN(2)]
			if random.IntN(2) == 0 {
				for _, in := range slices.Concat(farA.said, farB.said) {
					f.State.Add(in.Commit, in.Secrets)
				}
			}
			edits, later := oddEdits(random, f.State)
			f.say(edits, later)
		}
		all := slices.Concat(farA.said, farB.said)
		want := ""
		for range 3 {
			random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			s := oplog.NewState()
			db := newQuick(t)
			know(t, db, keysOf(farA.Desk, farB.Desk))
			for _, in := range all {
				s.Add(in.Commit, in.Secrets)
				mustReceive(t, db, in)
			}
			for ref := range s.Rows {
				if ref.Noun == "petition" {
					delete(s.Rows, ref) // has no table here
				}
			}
			if got := digest(t, db); got != s.Digest() || want != "" && got != want {
				t.Fatalf("seed %d: digests differ", seed)
			} else {
				want = got
			}
			mustVerify(t, db)
			readAll(t, db)
			db.Close()
		}
	}
}

func oddEdits(random *rand.Rand, s *oplog.State) ([]record.Edit, oplog.Op) {
	odd := func() record.Value { return oddValues[random.IntN(len(oddValues))] }
	noun := []string{"activity", "person", "attendance"}[random.IntN(3)]
	ref := record.Ref{Noun: noun, ID: recordtest.ID(random.Int64N(2))}
	d, _ := record.Describe(noun)
	set := map[string]record.Value{}
	for range 1 + random.IntN(12) {
		set[d.Fields[random.IntN(len(d.Fields))].Name] = odd()
	}
	// A newer program's field of the same row, or its noun.
	later := oplog.Op{Ref: ref, Cells: []oplog.Cell{{Field: "later_field", Value: odd()}}}
	if row := s.Rows[ref]; row != nil {
		later.Over = row.Over([]string{"later_field"})
	}
	if random.IntN(3) == 0 {
		later.Ref.Noun = "petition"
	}
	return []record.Edit{{Ref: ref, Set: set}}, later
}

func readAll(t testing.TB, db *DB) {
	t.Helper()
	if _, err := All[record.Activity](ctx, db); err != nil {
		t.Errorf("activities cannot be read: %v", err)
	}
	if _, err := All[record.Person](ctx, db); err != nil {
		t.Errorf("people cannot be read: %v", err)
	}
	if _, err := All[record.Attendance](ctx, db); err != nil {
		t.Errorf("attendances cannot be read: %v", err)
	}
	if _, err := db.FindPeople(ctx, "a", 5); err != nil {
		t.Errorf("names cannot be searched: %v", err)
	}
	if _, err := db.Activities(ctx, record.ActivityFilter{Text: "a"}); err != nil {
		t.Errorf("activities cannot be listed: %v", err)
	}
}

func TestALongWaitingChainIsTakenUpAtOnce(t *testing.T) {
	db := newQuick(t)
	f := newFar(1)
	know(t, db, keysOf(f.Desk))
	for i := range 400 {
		f.set(recordtest.Activity(1).Ref(), map[string]record.Value{"title": record.TextValue(fmt.Sprint(i))})
	}
	slices.Reverse(f.said)
	r := mustReceive(t, db, f.said...)
	if r.Applied != 400 || r.Waiting != 0 {
		t.Errorf("%+v", r)
	}
	mustVerify(t, db)
}
