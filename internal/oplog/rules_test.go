package oplog_test

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// table of a few desks that share one row to begin with.
type talk struct {
	t     *testing.T
	salts *rand.ChaCha8
	now   int64
	said  []recordtest.Said
}

func newTalk(t *testing.T) *talk { return &talk{t: t, salts: rand.NewChaCha8([32]byte{9}), now: 1000} }

func (k *talk) say(d *recordtest.Desk, edits []record.Edit, extra ...oplog.Op) recordtest.Said {
	k.t.Helper()
	k.now++
	s, ok := d.Commit(k.now, k.salts, edits, extra...)
	if !ok {
		k.t.Fatal("nothing was said")
	}
	k.said = append(k.said, s)
	return s
}

func (k *talk) set(d *recordtest.Desk, ref record.Ref, field string, v record.Value) recordtest.Said {
	k.t.Helper()
	return k.say(d, []record.Edit{{Ref: ref, Set: map[string]record.Value{field: v}}})
}

// everyOrder folds all that was said in every order of up to six commits and
// lets check look at the outcome, which must be one.
func (k *talk) everyOrder(check func(*oplog.State)) {
	k.t.Helper()
	var want string
	permute(len(k.said), func(order []int) {
		s := oplog.NewState()
		for _, i := range order {
			s.Add(k.said[i].Commit, k.said[i].Secrets)
		}
		if got := s.Digest(); want == "" {
			want = got
		} else if got != want {
			k.t.Fatalf("order %v gives another digest", order)
		}
		check(s)
	})
}

func permute(n int, visit func([]int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	var walk func(int)
	walk = func(i int) {
		if i == n {
			visit(order)
			return
		}
		for j := i; j < n; j++ {
			order[i], order[j] = order[j], order[i]
			walk(i + 1)
			order[i], order[j] = order[j], order[i]
		}
	}
	walk(0)
}

func shown(t *testing.T, s *oplog.State, ref record.Ref, field string) (record.Value, bool) {
	t.Helper()
	d, _ := record.Describe(ref.Noun)
	f, ok := d.Field(field)
	if !ok {
		t.Fatalf("no field %s", field)
	}
	return s.Rows[ref].Shown(f)
}

func (k *talk) wantShown(ref record.Ref, field string, want record.Value, wantConflict bool) {
	k.t.Helper()
	k.everyOrder(func(s *oplog.State) {
		k.t.Helper()
		if v, c := shown(k.t, s, ref, field); v != want || c != wantConflict {
			k.t.Fatalf("%s shows %s (conflict %t), want %s (%t)", field, v, c, want, wantConflict)
		}
	})
}

func (k *talk) wantDeleted(ref record.Ref, wantGone, wantDisputed bool) {
	k.t.Helper()
	k.everyOrder(func(s *oplog.State) {
		k.t.Helper()
		if gone, disputed := s.Rows[ref].Deleted(); gone != wantGone || disputed != wantDisputed {
			k.t.Fatalf("gone %t, disputed %t; want %t, %t", gone, disputed, wantGone, wantDisputed)
		}
	})
}

// two desks that both know one activity.
func pair(t *testing.T) (*talk, *recordtest.Desk, *recordtest.Desk, record.Ref) {
	k := newTalk(t)
	a, b := recordtest.NewDesk(1, 0), recordtest.NewDesk(2, 0)
	s := k.say(a, []record.Edit{record.Create(recordtest.Activity(1))})
	b.State.Add(s.Commit, s.Secrets)
	return k, a, b, recordtest.Activity(1).Ref()
}

func TestConcurrentEditsConflictAndTheLaterIsShown(t *testing.T) {
	k, a, b, ref := pair(t)
	k.set(a, ref, "title", `"của A"`)
	k.set(b, ref, "title", `"của B"`)
	k.wantShown(ref, "title", `"của B"`, true)
}

func TestEqualEditsDoNotConflict(t *testing.T) {
	k, a, b, ref := pair(t)
	k.set(a, ref, "title", `"như nhau"`)
	k.set(b, ref, "title", `"như nhau"`)
	k.wantShown(ref, "title", `"như nhau"`, false)
}

func TestAnEditThatSawBothEndsTheConflict(t *testing.T) {
	k, a, b, ref := pair(t)
	k.set(a, ref, "title", `"của A"`)
	s := k.set(b, ref, "title", `"của B"`)
	a.State.Add(s.Commit, nil)
	k.set(a, ref, "title", `"đã gộp"`)
	k.wantShown(ref, "title", `"đã gộp"`, false)
}

func TestEditsOfTwoFieldsBothStay(t *testing.T) {
	k, a, b, ref := pair(t)
	k.set(a, ref, "title", `"tên mới"`)
	k.set(b, ref, "status", `"closed"`)
	k.wantShown(ref, "title", `"tên mới"`, false)
	k.wantShown(ref, "status", `"closed"`, false)
}

func TestASetShowsTheUnion(t *testing.T) {
	k, a, b, ref := pair(t)
	k.set(a, ref, "topics", `["wage","hour"]`)
	k.set(b, ref, "topics", `["safety","wage"]`)
	k.wantShown(ref, "topics", `["hour","safety","wage"]`, false)
}

func TestDelete(t *testing.T) {
	t.Run("seen by all", func(t *testing.T) {
		k, a, _, ref := pair(t)
		k.say(a, []record.Edit{{Ref: ref, Delete: true}})
		k.wantDeleted(ref, true, false)
	})
	t.Run("beside an edit it had not seen", func(t *testing.T) {
		k, a, b, ref := pair(t)
		k.say(a, []record.Edit{{Ref: ref, Delete: true}})
		k.set(b, ref, "title", `"sửa"`)
		k.wantDeleted(ref, false, true)
	})
	t.Run("after an edit it had seen", func(t *testing.T) {
		k, a, b, ref := pair(t)
		s := k.set(b, ref, "title", `"sửa"`)
		a.State.Add(s.Commit, nil)
		k.say(a, []record.Edit{{Ref: ref, Delete: true}})
		k.wantDeleted(ref, true, false)
	})
	t.Run("by two, each having seen another edit", func(t *testing.T) {
		k, a, b, ref := pair(t)
		k.set(a, ref, "title", `"A"`)
		k.set(b, ref, "status", `"closed"`)
		k.say(a, []record.Edit{{Ref: ref, Delete: true}})
		k.say(b, []record.Edit{{Ref: ref, Delete: true}})
		k.wantDeleted(ref, true, false)
	})
	t.Run("taken back", func(t *testing.T) {
		k, a, _, ref := pair(t)
		k.say(a, []record.Edit{{Ref: ref, Delete: true}})
		k.say(a, []record.Edit{{Ref: ref, Revive: true}})
		k.wantDeleted(ref, false, false)
	})
	t.Run("taken back, and again", func(t *testing.T) {
		k, a, b, ref := pair(t)
		k.say(a, []record.Edit{{Ref: ref, Delete: true}})
		s := k.say(a, []record.Edit{{Ref: ref, Revive: true}})
		for _, x := range k.said {
			b.State.Add(x.Commit, x.Secrets)
		}
		b.State.Add(s.Commit, nil)
		k.say(b, []record.Edit{{Ref: ref, Delete: true}})
		k.wantDeleted(ref, true, false)
	})
}

// named makes a desk and a person it has just recorded.
func named(t *testing.T) (*talk, *recordtest.Desk, record.Ref, oplog.Dot) {
	k := newTalk(t)
	a := recordtest.NewDesk(1, 0)
	p := recordtest.Person(1)
	p.Phone = "0912345678"
	s := k.say(a, []record.Edit{record.Create(p)})
	return k, a, p.Ref(), s.Commit.Ops[0].DotOf(s.Commit.Hash.Prefix(), 0, "full_name")
}

func TestErasedStaysErased(t *testing.T) {
	k, a, ref, dot := named(t)
	k.say(a, nil, oplog.EraseOp(ref, []oplog.Dot{dot}))
	k.said = append(k.said, k.said[0]) // an old bundle brings it again
	k.wantShown(ref, "full_name", "", false)
	k.wantShown(ref, "phone", `"0912345678"`, false)
}

func TestErasureByAnotherDeviceBeforeAndAfter(t *testing.T) {
	k, _, ref, dot := named(t)
	b := recordtest.NewDesk(2, 0)
	k.say(b, nil, oplog.EraseOp(ref, []oplog.Dot{dot}))
	k.wantShown(ref, "full_name", "", false)
}

// TestErasureStaysInItsRow: a dot of another row is not erased, in any order.
func TestErasureStaysInItsRow(t *testing.T) {
	k, _, ref, dot := named(t)
	b := recordtest.NewDesk(2, 0)
	k.say(b, []record.Edit{record.Create(recordtest.Person(2))})
	k.say(b, nil, oplog.EraseOp(recordtest.Person(2).Ref(), []oplog.Dot{dot}))
	k.wantShown(ref, "full_name", record.TextValue(recordtest.Person(1).FullName), false)
}

// TestReplacingReachesItsFieldsOnly: an operation that names a version of a field
// it does not set replaces nothing, in any order.
func TestReplacingReachesItsFieldsOnly(t *testing.T) {
	k, a, _, ref := pair(t)
	s := k.set(a, ref, "title", `"giữ"`)
	b := recordtest.NewDesk(2, 0)
	made := k.said[0].Commit
	k.say(b, nil, oplog.Op{Ref: ref, Cells: []oplog.Cell{{Field: "status", Value: `"closed"`}}, Over: []oplog.Dot{
		s.Commit.Ops[0].DotOf(s.Commit.Hash.Prefix(), 0, "title"), made.Ops[0].DotOf(made.Hash.Prefix(), 0, "kind"),
	}})
	k.wantShown(ref, "title", `"giữ"`, false)
	k.wantShown(ref, "kind", `"training"`, false)
}

func TestLateDisclosure(t *testing.T) {
	k, _, ref, _ := named(t)
	whole := k.said[0]
	withheld := oplog.NewState()
	withheld.Add(whole.Commit, nil)
	if v, _ := shown(t, withheld, ref, "full_name"); v != "" {
		t.Fatalf("shown without its secret: %s", v)
	}
	for i := range whole.Secrets[0].Fields { // a forged value opens nothing
		forged := whole.Secrets[0]
		forged.Fields = slices.Clone(forged.Fields)
		forged.Fields[i].Value = `"Kẻ Mạo Danh"`
		if forged.Opens(whole.Commit) {
			t.Fatalf("%s: another value opens the commitment", forged.Fields[i].Field)
		}
		withheld.Add(whole.Commit, []oplog.Secret{forged})
	}
	if v, _ := shown(t, withheld, ref, "full_name"); v != "" {
		t.Fatalf("a forged value is shown: %s", v)
	}
	withheld.Add(whole.Commit, whole.Secrets)
	if diff := cmp.Diff(fold(k.said).Digest(), withheld.Digest()); diff != "" {
		t.Errorf("disclosed late:\n%s", diff)
	}
}

func TestSecretsOpenOnlyTheirOwnOperation(t *testing.T) {
	k, _, _, _ := named(t)
	s := k.said[0]
	whole := s.Secrets[0]
	for name, spoil := range map[string]func(*oplog.Secret){
		"no operation":       func(x *oplog.Secret) { x.Op = -1 },
		"another operation":  func(x *oplog.Secret) { x.Op++ },
		"far operation":      func(x *oplog.Secret) { x.Op = 1 << 30 },
		"another seed":       func(x *oplog.Secret) { x.Seed[0] ^= 1 },
		"no seed":            func(x *oplog.Secret) { x.Seed = oplog.Salt{} },
		"a field less":       func(x *oplog.Secret) { x.Fields = x.Fields[1:] },
		"a field more":       func(x *oplog.Secret) { x.Fields = append(x.Fields, oplog.Hidden{Field: "z", Known: true, Value: "1"}) },
		"no field":           func(x *oplog.Secret) { x.Fields = nil },
		"another field":      func(x *oplog.Secret) { x.Fields[0].Field = "zz" },
		"fields exchanged":   func(x *oplog.Secret) { x.Fields[0].Value, x.Fields[1].Value = x.Fields[1].Value, x.Fields[0].Value },
		"a leaf with a seed": func(x *oplog.Secret) { x.Fields[0].Known = false },
	} {
		x := whole
		x.Fields = slices.Clone(x.Fields)
		spoil(&x)
		if x.Opens(s.Commit) {
			t.Errorf("%s opens", name)
		}
	}
	if !whole.Opens(s.Commit) {
		t.Error("the secret itself does not open")
	}
}

// TestPartsOfASecret: whatever is taken out of a secret, what is left opens the
// commitment and tells nothing of what is gone; parts joined know what either did.
func TestPartsOfASecret(t *testing.T) {
	k, _, _, _ := named(t)
	s := k.said[0]
	whole := s.Secrets[0]
	n := len(whole.Fields)
	if n < 3 {
		t.Fatalf("only %d fields are hidden", n)
	}
	part := func(mask int) oplog.Secret {
		return whole.Without(func(field string) bool {
			i := slices.IndexFunc(whole.Fields, func(h oplog.Hidden) bool { return h.Field == field })
			return mask>>i&1 == 0
		})
	}
	for mask := range 1 << n {
		x := part(mask)
		if !x.Opens(s.Commit) {
			t.Fatalf("part %b does not open", mask)
		}
		for i, h := range x.Fields {
			v, ok := x.Value(h.Field)
			if here := mask>>i&1 == 1; ok != here || here && v != whole.Fields[i].Value {
				t.Fatalf("part %b: %s is %q, %v", mask, h.Field, v, ok)
			}
		}
		if mask != 1<<n-1 && x.Seeded() {
			t.Fatalf("part %b still has the seed, which gives the salts of what is gone", mask)
		}
		other := 0x2A55 & (1<<n - 1)
		y := part(other)
		joined := x.Joined(&y)
		if !joined.Opens(s.Commit) || joined.Known() != bits.OnesCount(uint(mask|other)) {
			t.Fatalf("parts %b and %b joined know %d values", mask, other, joined.Known())
		}
	}
}

// TestAForeignPredecessorIsNoChain: a device cannot hang its commits on
// another's stream, before or after that stream comes.
func TestAForeignPredecessorIsNoChain(t *testing.T) {
	k, a, b, ref := pair(t)
	b.Author.N, b.Author.Head = a.Author.N, a.Author.Head
	k.set(b, ref, "title", `"chen vào"`)
	k.wantShown(ref, "title", record.TextValue(recordtest.Activity(1).Title), false)
}

func TestFollows(t *testing.T) {
	k, a, _, ref := pair(t)
	second, third := k.set(a, ref, "title", `"2"`).Commit, k.set(a, ref, "title", `"3"`).Commit
	first := k.said[0].Commit
	for _, c := range []struct {
		next, prev *oplog.Commit
		want       bool
	}{{first, nil, true}, {second, first, true}, {third, second, true}, {third, first, false}, {second, nil, false}, {first, first, false}} {
		if got := c.next.Follows(c.prev); got != c.want {
			t.Errorf("commit %d: %t", c.next.N, got)
		}
	}
}

func TestTheClockNeverGoesBackInAStream(t *testing.T) {
	d := recordtest.NewDesk(1, 0)
	k := newTalk(t)
	ref := recordtest.Activity(1).Ref()
	last := int64(0)
	for _, now := range []int64{1_700_000_000_000, 1_000, 0, 1_700_000_000_000, 4_000_000_000_000, 5} {
		k.now = now
		if s := k.set(d, ref, "title", `"x"`); s.Commit.Time <= last {
			t.Errorf("at %d: time %d after %d", now, s.Commit.Time, last)
		} else {
			last = s.Commit.Time
		}
	}
}
