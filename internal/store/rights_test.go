package store

import (
	"crypto/ed25519"
	"fmt"
	"testing"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// member puts a desk on a list.
func member(f *far, unit string, role record.Role, cut *Cut) Member {
	key := f.Key.Public().(ed25519.PublicKey)
	return Member{Device: oplog.DeviceOf(key), Key: key, Unit: unit, Role: role, Cut: cut}
}

func mustSet(t testing.TB, db *DB, list ...Member) Received {
	t.Helper()
	r, err := db.SetMembers(ctx, list)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func askedQuestion(n int64) record.Question {
	return record.Question{ID: recordtest.ID(n), Received: "2026-03-05", Channel: "direct", Text: "Hỏi", Asker: "Y Hỏi"}
}

// permutations calls with every order of n things.
func permutations(n int, do func(order []int)) {
	var step func(order []int, left []int)
	step = func(order, left []int) {
		if len(left) == 0 {
			do(order)
		}
		for i := range left {
			rest := append(append([]int{}, left[:i]...), left[i+1:]...)
			step(append(order[:len(order):len(order)], left[i]), rest)
		}
	}
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	step(nil, all)
}

// TestWhoMaySpeakOfARow says in every order what two machines of an office, one of another
// office and the province say of a question, of a unit and of each other's values.
func TestWhoMaySpeakOfARow(t *testing.T) {
	q := askedQuestion(1)
	unit := record.Unit{ID: recordtest.ID(7), Name: "Xã"}
	text := func(v string) map[string]record.Value { return map[string]record.Value{"text": record.TextValue(v)} }
	answer := map[string]record.Value{"answer": `"Đáp"`, "answered_on": `"2026-03-09"`}
	type desks struct{ own, second, other, province *far }
	for name, c := range map[string]struct {
		say    func(d desks) []Incoming
		check  func(row record.Question) error
		denied int
		owner  string
	}{
		"another PC of the office edits": {func(d desks) []Incoming {
			return []Incoming{d.own.say([]record.Edit{record.Create(q)}), d.second.set(q.Ref(), text("Sửa"))}
		}, nil, 0, "24340"},
		"another office edits": {func(d desks) []Incoming {
			return []Incoming{d.own.say([]record.Edit{record.Create(q)}), d.other.set(q.Ref(), text("Chen"))}
		}, wantText("Hỏi"), 1, "24340"},
		"another office deletes": {func(d desks) []Incoming {
			return []Incoming{d.own.say([]record.Edit{record.Create(q)}), d.other.say([]record.Edit{{Ref: q.Ref(), Delete: true}})}
		}, wantText("Hỏi"), 1, "24340"},
		"the province answers": {func(d desks) []Incoming {
			return []Incoming{d.own.say([]record.Edit{record.Create(q)}), d.province.set(q.Ref(), answer)}
		}, func(row record.Question) error { return wantThat(row.Answer == "Đáp" && row.Text == "Hỏi", row) }, 0, "24340"},
		"the province answers with a clock of before": {func(d desks) []Incoming {
			d.province.now -= recordtest.Year
			return []Incoming{d.own.say([]record.Edit{record.Create(q)}), d.province.set(q.Ref(), answer)}
		}, func(row record.Question) error { return wantThat(row.Answer == "Đáp" && row.Text == "Hỏi", row) }, 0, "24340"},
		"the province changes the question with its answer": {func(d desks) []Incoming {
			return []Incoming{d.own.say([]record.Edit{record.Create(q)}), d.province.set(q.Ref(), map[string]record.Value{"answer": `"Đáp"`, "text": `"Chen"`})}
		}, func(row record.Question) error { return wantThat(row.Answer == "Đáp" && row.Text == "Hỏi", row) }, 1, "24340"},
		"another office answers": {func(d desks) []Incoming {
			return []Incoming{d.own.say([]record.Edit{record.Create(q)}), d.other.set(q.Ref(), answer)}
		}, func(row record.Question) error { return wantThat(row.Answer == "", row) }, 1, "24340"},
		"two make it, the first stays": {func(d desks) []Incoming {
			first := d.own.say([]record.Edit{record.Create(q)})
			d.other.now += 10
			return []Incoming{first, d.other.say([]record.Edit{record.Create(record.Question{ID: q.ID, Text: "Chen", Channel: "phone"})})}
		}, wantText("Hỏi"), 1, "24340"},
		"a value of another office is not erased": {func(d desks) []Incoming {
			made := d.own.say([]record.Edit{record.Create(q)})
			dot := made.Commit.Ops[0].DotOf(made.Commit.Hash.Prefix(), 0, "asker")
			return []Incoming{made, d.other.say(nil, oplog.EraseOp(q.Ref(), []oplog.Dot{dot}))}
		}, func(row record.Question) error { return wantThat(row.Asker == "Y Hỏi", row) }, 1, "24340"},
		"a value of the office is": {func(d desks) []Incoming {
			made := d.own.say([]record.Edit{record.Create(q)})
			dot := made.Commit.Ops[0].DotOf(made.Commit.Hash.Prefix(), 0, "asker")
			return []Incoming{made, d.second.say(nil, oplog.EraseOp(q.Ref(), []oplog.Dot{dot}))}
		}, func(row record.Question) error { return wantThat(row.Asker == "", row) }, 0, "24340"},
		"everybody speaks of a unit": {func(d desks) []Incoming {
			return []Incoming{d.own.say([]record.Edit{record.Create(unit)}), d.other.set(unit.Ref(), map[string]record.Value{"name": `"Xã mới"`}),
				d.own.say([]record.Edit{record.Create(q)})}
		}, nil, 0, "24340"},
		"only others have spoken": {func(d desks) []Incoming {
			return []Incoming{d.other.set(q.Ref(), text("Một")), d.own.say([]record.Edit{record.Create(recordtest.Activity(9))})}
		}, wantText("Một"), 0, "24341"},
	} {
		t.Run(name, func(t *testing.T) {
			d := desks{newFar(1), newFar(2), newFar(3), newFar(4)}
			said := c.say(d)
			list := []Member{member(d.own, "24340", record.RoleOffice, nil), member(d.second, "24340", record.RoleOffice, nil),
				member(d.other, "24341", record.RoleOffice, nil), member(d.province, "62", record.RoleProvince, nil)}
			permutations(len(said), func(order []int) {
				db := newQuick(t)
				defer db.Close()
				mustSet(t, db, list...)
				for _, i := range order {
					mustReceive(t, db, said[i], said[i])
				}
				row, err := Find[record.Question](ctx, db, q.ID)
				if err == nil && c.check != nil {
					err = c.check(row)
				}
				if err != nil {
					t.Errorf("order %v: %v", order, err)
				}
				got, err := db.Denied(ctx)
				ops := map[string]bool{}
				for _, x := range got {
					ops[x.Machine+x.At] = true
				}
				if err != nil || len(ops) != c.denied {
					t.Errorf("order %v: denied %v (%v), want %d", order, got, err, c.denied)
				}
				if of, err := db.UnitOf(ctx, "question", []record.ID{q.ID}); err != nil || of[q.ID] != c.owner {
					t.Errorf("order %v: of %v (%v)", order, of, err)
				}
				if order[0] > 0 {
					mustVerify(t, db)
				}
			})
		})
	}
}

func wantThat(ok bool, row record.Question) error {
	if !ok {
		return fmt.Errorf("%+v", row)
	}
	return nil
}

func wantText(text string) func(record.Question) error {
	return func(row record.Question) error { return wantThat(row.Text == text, row) }
}

// TestANewListIsFoldedIn: what was said before the list came is judged by it, searched
// names included.
func TestANewListIsFoldedIn(t *testing.T) {
	db := newQuick(t)
	own, other := newFar(1), newFar(2)
	know(t, db, keysOf(own.Desk, other.Desk))
	p := recordtest.Activity(1)
	made := own.say([]record.Edit{record.Create(p)})
	other.now += 10
	mustReceive(t, db, made, other.set(p.Ref(), map[string]record.Value{"title": `"Kẻ chen"`}))
	if got := must(Find[record.Activity](ctx, db, p.ID)); got.Title != "Kẻ chen" {
		t.Fatalf("before the list: %q", got.Title)
	}
	mustSet(t, db, member(own, "", record.RoleOffice, nil), member(other, "24341", record.RoleOffice, nil))
	if got := must(Find[record.Activity](ctx, db, p.ID)); got.Title != p.Title {
		t.Errorf("with the list: %q", got.Title)
	}
	if got := must(db.Denied(ctx)); len(got) != 1 || got[0].Field != "title" || got[0].Unit != "24341" || got[0].Ref != p.Ref() {
		t.Errorf("denied: %+v", got)
	}
	mustVerify(t, db)
	mustSet(t, db)
	if got := must(db.Denied(ctx)); len(got) != 0 {
		t.Errorf("without a list: %+v", got)
	}
	mustVerify(t, db)
}

func TestUnknownMachinesAreHeldAndKeepNobodyOut(t *testing.T) {
	db := newQuick(t)
	own, stranger := newFar(1), newFar(2)
	mustSet(t, db, member(own, "", record.RoleOffice, nil))
	first := own.say([]record.Edit{record.Create(recordtest.Activity(1))})
	a, b := stranger.say([]record.Edit{record.Create(recordtest.Activity(2))}), stranger.set(recordtest.Activity(2).Ref(), map[string]record.Value{"note": `"x"`})
	forged := a
	commit := *a.Commit
	commit.Sig[5] ^= 1
	forged.Commit = &commit
	if r := mustReceive(t, db, forged, b, first, a); r.Applied != 1 || r.Held != 3 {
		t.Errorf("%+v", r)
	}
	streams := must(db.Streams(ctx))
	for _, s := range streams {
		if s.Device == stranger.Author.Device && (s.Held[HeldUnknown] != 3 || s.Commits != 0) {
			t.Errorf("%+v", s)
		}
	}
	mustVerify(t, db)
	if _, err := db.ReleaseHeld(ctx, stranger.Author.Device); err == nil {
		t.Error("let in without a key")
	}
	if r := mustSet(t, db, member(own, "", record.RoleOffice, nil), member(stranger, "24341", record.RoleOffice, nil)); r.Applied != 2 || r.Held != 0 {
		t.Errorf("with the list: %+v", r)
	}
	if p, err := Find[record.Activity](ctx, db, recordtest.Activity(2).ID); err != nil || p.Note != "x" {
		t.Errorf("%+v, %v", p, err)
	}
	mustVerify(t, db)
}

// TestARevokedMachineIsCutByPosition: in every order what stands before the cut comes in,
// what stands behind it or beside it is held until a person lets it in.
func TestARevokedMachineIsCutByPosition(t *testing.T) {
	f := newFar(1)
	ref := recordtest.Activity(1).Ref()
	title := func(v string) map[string]record.Value { return map[string]record.Value{"title": record.TextValue(v)} }
	one := f.say([]record.Edit{record.Create(recordtest.Activity(1))})
	thief := &far{Desk: f.Clone([]recordtest.Said{{Commit: one.Commit, Secrets: one.Secrets}}), salts: f.salts, now: f.now - recordtest.Year}
	two := f.set(ref, title("hai"))
	three := f.set(ref, title("ba"))
	beside := thief.set(ref, title("trộm"))
	said := []Incoming{one, two, three, beside}
	permutations(len(said), func(order []int) {
		db := newQuick(t)
		defer db.Close()
		mustSet(t, db, member(f, "24340", record.RoleOffice, &Cut{N: two.Commit.N, Hash: two.Commit.Hash}))
		for _, i := range order {
			mustReceive(t, db, said[i])
		}
		s := must(db.Streams(ctx))[0]
		if s.Commits != 2 || s.Held[HeldRevoked] != 2 || s.Held[HeldCut] != 0 || len(s.Heads) != 1 || s.Heads[0].Hash != two.Commit.Hash {
			t.Errorf("order %v: %+v", order, s)
		}
		if order[0] != 0 || order[1] != 3 {
			return
		}
		mustVerify(t, db)
		r, err := db.ReleaseHeld(ctx, f.Author.Device)
		if err != nil || r.Applied != 2 || r.Forked != 1 {
			t.Errorf("let in: %+v, %v", r, err)
		}
		if forks := must(db.Forks(ctx)); len(forks) != 1 || forks[0].After != (Point{1, one.Commit.Hash}) || len(forks[0].Next) != 2 {
			t.Errorf("forks: %+v", forks)
		}
		mustVerify(t, db)
	})
}

// TestARevokedForkEndsAtAllItsBranches: in every order both branches up to their ends come
// in, and what stands behind either is held.
func TestARevokedForkEndsAtAllItsBranches(t *testing.T) {
	f := newFar(1)
	ref := recordtest.Activity(1).Ref()
	title := func(v string) map[string]record.Value { return map[string]record.Value{"title": record.TextValue(v)} }
	one := f.say([]record.Edit{record.Create(recordtest.Activity(1))})
	twin := &far{Desk: f.Clone([]recordtest.Said{{Commit: one.Commit, Secrets: one.Secrets}}), salts: f.salts, now: f.now + 5}
	two, three := f.set(ref, title("hai")), f.set(ref, title("ba"))
	beside, behind := twin.set(ref, title("bên")), twin.set(ref, title("sau"))
	said := []Incoming{one, two, three, beside, behind}
	cut := &Cut{N: three.Commit.N, Hash: three.Commit.Hash, Also: []oplog.Hash{beside.Commit.Hash}}
	permutations(len(said), func(order []int) {
		db := newQuick(t)
		defer db.Close()
		mustSet(t, db, member(f, "24340", record.RoleOffice, cut))
		for _, i := range order {
			mustReceive(t, db, said[i])
		}
		s := must(db.Streams(ctx))[0]
		if s.Commits != 4 || s.Held[HeldRevoked] != 1 || s.Held[HeldCut] != 0 || len(s.Heads) != 2 {
			t.Errorf("order %v: %+v", order, s)
		}
		if got := must(db.Members(ctx))[f.Author.Device].Cut; !got.equal(cut) {
			t.Errorf("kept %+v", got)
		}
	})
}

func TestOfOneMachineNotEndlesslyManyWait(t *testing.T) {
	db, err := Open(ctx, t.TempDir()+"/a.db", Options{Key: [32]byte{7}, Synchronous: "OFF", MaxWaiting: 5})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	own, noisy, stranger := newFar(1), newFar(2), newFar(3)
	mustSet(t, db, member(own, "", record.RoleOffice, nil), member(noisy, "24341", record.RoleOffice, nil))
	for _, f := range []*far{own, noisy, stranger} {
		for i := range 9 {
			f.set(recordtest.Activity(1).Ref(), map[string]record.Value{"title": record.TextValue(fmt.Sprint(i))})
		}
	}
	if r := mustReceive(t, db, noisy.said[1:]...); r.Waiting != 5 || r.Dropped != 3 {
		t.Errorf("%+v", r)
	}
	if r := mustReceive(t, db, stranger.said...); r.Held != 5 || r.Dropped != 4 {
		t.Errorf("%+v", r)
	}
	if r := mustReceive(t, db, own.said...); r.Applied != 9 || r.Dropped != 0 {
		t.Errorf("the honest one: %+v", r)
	}
	if r := mustReceive(t, db, noisy.said...); r.Applied != 9 {
		t.Errorf("once all came: %+v", r)
	}
}
