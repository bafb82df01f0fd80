package store

import (
	"crypto/ed25519"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// TestAVectorCoversWhatStandsBeforeIt compares with a walk along the chains, for random
// points of workloads with a clone.
func TestAVectorCoversWhatStandsBeforeIt(t *testing.T) {
	for seed := range uint64(recordtest.Count(t, 4, 10_000)) {
		random := rand.New(rand.NewPCG(seed, 21))
		w := recordtest.NewWorkload(random, 25, 10)
		db := newQuick(t)
		know(t, db, w.Keys)
		receiveAll(t, db, random, w.Deal(random))
		log := storedCommits(t, db)
		at := map[oplog.Hash]*oplog.Commit{}
		for _, s := range log {
			at[s.commit.Hash] = s.commit
		}
		for range 20 {
			cover := map[oplog.Device][]Point{}
			covered := map[oplog.Hash]bool{}
			for range random.IntN(6) {
				c := log[random.IntN(len(log))].commit
				cover[c.Device] = append(cover[c.Device], Point{c.N, c.Hash})
				for k := c; k != nil; k = at[k.Prev] {
					covered[k.Hash] = true
					if got, err := db.Ancestor(ctx, c.Device, k.N, c.Hash); err != nil || got != k.Hash {
						t.Fatalf("seed %d: ancestor %d: %s, %v", seed, k.N, got, err)
					}
				}
			}
			cover[log[0].commit.Device] = append(cover[log[0].commit.Device], Point{3, oplog.Hash{1}}) // nobody here knows it
			after, but := log[random.IntN(len(log))].seq, log[random.IntN(len(log))].commit.Device
			var want, got []int64
			for _, s := range log {
				if s.seq > after && !covered[s.commit.Hash] && s.commit.Device != but {
					want = append(want, s.seq)
				}
			}
			lines, err := db.LogAfterVector(ctx, cover, func(d oplog.Device) bool { return d != but }, after, math.MaxInt64, true)
			for _, l := range lines {
				got = append(got, l.Seq)
				if !reflect.DeepEqual(l.Secrets, log[l.Seq-1].secrets) {
					t.Errorf("seed %d: secrets of place %d differ", seed, l.Seq)
				}
			}
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Fatalf("seed %d: %v (-want +got):\n%s", seed, err, diff)
			}
		}
		wantHeads(t, db, log)
		db.Close()
	}
}

// wantHeads compares heads and forks with what the commits say.
func wantHeads(t *testing.T, db *DB, log []*storedCommit) {
	t.Helper()
	next := map[oplog.Hash]int{}
	first := map[oplog.Device]int{}
	for _, s := range log {
		if next[s.commit.Prev]++; s.commit.N == 1 {
			first[s.commit.Device]++
		}
	}
	heads, forks := 0, 0
	for _, s := range log {
		if next[s.commit.Hash] == 0 {
			heads++
		}
		if next[s.commit.Hash] > 1 {
			forks++
		}
	}
	for _, n := range first {
		if n > 1 {
			forks++
		}
	}
	got := 0
	for _, s := range must(db.Streams(ctx)) {
		got += len(s.Heads)
	}
	if got != heads {
		t.Errorf("%d heads, want %d", got, heads)
	}
	if list := must(db.Forks(ctx)); len(list) != forks {
		t.Errorf("%d forks, want %d", len(list), forks)
	}
}

// TestThroughAVector: nothing older than the time it gives is beyond it, whichever of two
// machines said it.
func TestThroughAVector(t *testing.T) {
	db := newQuick(t)
	a, b, other := newFar(1), newFar(2), newFar(3)
	know(t, db, keysOf(a.Desk, b.Desk, other.Desk))
	id := int64(0)
	say := func(f *far, days ...int64) (points []Point) {
		for _, day := range days {
			id++
			f.now = day
			in := f.say([]record.Edit{record.Create(recordtest.Person(id))})
			mustReceive(t, db, in)
			points = append(points, Point{in.Commit.N, in.Commit.Hash})
		}
		return points
	}
	one := say(a, 10, 20, 30, 40)
	two := say(b, 15, 50)
	say(other, 5)
	deviceOf := func(f *far) oplog.Device { return oplog.DeviceOf(keysOf(f.Desk)[0].Public().(ed25519.PublicKey)) }
	da, dB := deviceOf(a), deviceOf(b)
	for name, c := range map[string]struct {
		cover         map[oplog.Device][]Point
		until, beyond int64
	}{
		"nothing":             {nil, 0, 6},
		"all":                 {map[oplog.Device][]Point{da: one[3:], dB: two[1:]}, 51, 0},
		"the first of one":    {map[oplog.Device][]Point{da: one[:1]}, 11, 5},
		"all of one":          {map[oplog.Device][]Point{da: one[3:]}, 11, 2},
		"all, and one of two": {map[oplog.Device][]Point{da: one[3:], dB: two[:1]}, 41, 1},
		"half of each":        {map[oplog.Device][]Point{da: one[1:2], dB: two[:1]}, 21, 3},
		"points nobody has":   {map[oplog.Device][]Point{da: {{4, oplog.Hash{1}}}}, 0, 6},
	} {
		until, beyond, err := db.ThroughVector(ctx, c.cover, func(d oplog.Device) bool { return d == da || d == dB })
		if err != nil || until != c.until || beyond != c.beyond {
			t.Errorf("%s: until %d, %d beyond (%v); want %d and %d", name, until, beyond, err, c.until, c.beyond)
		}
	}
}

func TestAVectorIsPagedAndKeepsSecretsBack(t *testing.T) {
	db := newQuick(t)
	f := newFar(1)
	know(t, db, keysOf(f.Desk))
	for i := range int64(5) {
		mustReceive(t, db, f.say([]record.Edit{record.Create(recordtest.Person(i))}))
	}
	var seqs []int64
	after := int64(0)
	for {
		lines, err := db.LogAfterVector(ctx, nil, nil, after, 1, false)
		if err != nil {
			t.Fatal(err)
		}
		if len(lines) == 0 {
			break
		}
		if len(lines) != 1 || len(lines[0].Secrets) > 0 {
			t.Fatalf("%d lines, %d secrets", len(lines), len(lines[0].Secrets))
		}
		after = lines[0].Seq
		seqs = append(seqs, after)
	}
	if diff := cmp.Diff([]int64{1, 2, 3, 4, 5}, seqs); diff != "" {
		t.Error(diff)
	}
	if _, err := db.Ancestor(ctx, f.Author.Device, 9, f.Author.Head); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("%v", err)
	}
	mustReceive(t, db) // nothing
	gap := newFar(2)
	know(t, db, keysOf(gap.Desk))
	for i := range int64(7) {
		gap.say([]record.Edit{record.Create(recordtest.Person(20 + i))})
	}
	mustReceive(t, db, gap.said[0], gap.said[2], gap.said[3], gap.said[6])
	for _, s := range must(db.Streams(ctx)) {
		if s.Device == gap.Author.Device {
			if diff := cmp.Diff([][2]int64{{3, 4}, {7, 7}}, s.Parked); diff != "" || s.Heads[0].N != 1 {
				t.Errorf("%+v\n%s", s, diff)
			}
		}
	}
}

func TestConflictsAreTold(t *testing.T) {
	db := newQuick(t)
	a, b := newFar(1), newFar(2)
	know(t, db, keysOf(a.Desk, b.Desk))
	ref, gone := recordtest.Activity(1).Ref(), recordtest.Activity(2).Ref()
	title := func(v string) map[string]record.Value { return map[string]record.Value{"title": record.TextValue(v)} }
	a.say([]record.Edit{record.Create(recordtest.Activity(1)), record.Create(recordtest.Activity(2))})
	a.set(ref, title("chung"))
	for _, in := range a.said {
		b.State.Add(in.Commit, in.Secrets)
	}
	a.set(ref, title("trung gian"))
	a.set(ref, title("của A"))
	b.now += 50
	b.set(ref, title("của B"))
	a.say([]record.Edit{{Ref: gone, Delete: true}})
	b.set(gone, title("sửa sau khi xóa"))
	mustReceive(t, db, append(a.said, b.said...)...)

	got := must(db.Conflicts(ctx))
	if len(got) != 2 || got[0].Ref != ref && got[1].Ref != ref {
		t.Fatalf("%+v", got)
	}
	for _, c := range got {
		switch c.Ref {
		case ref:
			if c.Field != "title" || len(c.Versions) != 2 || c.Versions[0].Value != `"của B"` || c.Versions[1].Value != `"của A"` ||
				c.Before == nil || c.Before.Value != `"chung"` || c.Versions[0].Officer == "" || c.Words.EN == "" {
				t.Errorf("%+v, before %+v", c, c.Before)
			}
		case gone:
			if c.Field != "" || len(c.Versions) != 2 || c.Versions[0].Device != a.Author.Device.String() || c.Versions[1].Value != `"sửa sau khi xóa"` {
				t.Errorf("%+v", c)
			}
		}
	}
	commit(t, db, 9, record.Settle(ref, "title", `"của B"`), record.Edit{Ref: gone, Delete: true})
	if got := must(db.Conflicts(ctx)); len(got) != 0 {
		t.Errorf("settled: %+v", got)
	}
	if x, err := Find[record.Activity](ctx, db, ref.ID); err != nil || x.Title != "của B" {
		t.Errorf("%+v, %v", x, err)
	}
	if _, err := Find[record.Activity](ctx, db, gone.ID); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("deleted again: %v", err)
	}
	mustVerify(t, db)
}

// TestConflictsAreFoundb2yIndex: no noun's table is read for them.
func TestConflictsAreFoundb2yIndex(t *testing.T) {
	db := newQuick(t)
	for _, d := range record.Nouns() {
		var a, b, c int
		var plan string
		row := db.read.QueryRow("EXPLAIN QUERY PLAN SELECT id FROM " + d.Name + " WHERE flags & 6 <> 0 AND flags & 1 = 0 ORDER BY id")
		if err := row.Scan(&a, &b, &c, &plan); err != nil || plan != "SCAN "+d.Name+" USING INDEX "+d.Name+"_open" {
			t.Errorf("%s: %q, %v", d.Name, plan, err)
		}
	}
}

func TestCountsAndDigestOfAUnit(t *testing.T) {
	office, province := newQuick(t), newQuick(t)
	own, other, above := newFar(1), newFar(2), newFar(3)
	mustSet(t, office, member(own, "", record.RoleOffice, nil), member(above, "62", record.RoleProvince, nil))
	mustSet(t, province, member(own, "24340", record.RoleOffice, nil), member(other, "24341", record.RoleOffice, nil), member(above, "", record.RoleProvince, nil))
	q := askedQuestion(1)
	said := []Incoming{own.say([]record.Edit{record.Create(q), record.Create(recordtest.Activity(2)), record.Create(recordtest.Person(3))}),
		own.say([]record.Edit{record.Create(recordtest.Activity(4))}), own.say([]record.Edit{{Ref: recordtest.Activity(4).Ref(), Delete: true}})}
	mustReceive(t, office, said...)
	for _, in := range said { // without what the office keeps to itself
		in.Secrets = nil
		mustReceive(t, province, in)
	}
	mustReceive(t, province, above.set(q.Ref(), map[string]record.Value{"answer": `"Đáp"`}),
		other.say([]record.Edit{record.Create(recordtest.Activity(5))}), other.set(recordtest.Activity(2).Ref(), map[string]record.Value{"title": `"chen"`}))
	mine, theirs := must(office.OpenDigest(ctx, "")), must(province.OpenDigest(ctx, "24340"))
	if mine != theirs {
		t.Error("digests differ")
	}
	want := map[string]map[string]int{"24340": {"question": 1, "activity": 1}, "24341": {"activity": 1}}
	if diff := cmp.Diff(want, must(province.Counts(ctx))); diff != "" {
		t.Error(diff)
	}
	mustReceive(t, office, own.set(recordtest.Activity(2).Ref(), map[string]record.Value{"title": `"mới"`}))
	if must(office.OpenDigest(ctx, "")) == theirs {
		t.Error("the digest does not see a change")
	}
}

func TestSentTakenAndReceipts(t *testing.T) {
	db := newTest(t)
	at := time.UnixMilli(1_772_000_000_000)
	old := Bundle{ID: "old", No: 1, Name: "a.zip", Path: "x/a.zip", Created: at, Size: 5, SHA256: "00", Recipient: "62", Commits: 2, LastSeq: 2}
	if err := db.AddBundle(ctx, old); err != nil {
		t.Fatal(err)
	}
	s := Sent{ID: "new", No: 2, Kind: "log", Name: "b.zip", Unit: "62", Device: "d", Created: at, Size: 7, SHA256: "11", Practice: true, Commits: 3,
		Covers: map[oplog.Device]Point{{1}: {3, oplog.Hash{4}}, {2}: {5, oplog.Hash{6}}}, From: map[oplog.Device]int64{{2}: 4}, State: record.StatePacked, Reason: "", Places: []string{"ổ D"}}
	if err := db.AddSent(ctx, s); err != nil {
		t.Fatal(err)
	}
	if err := db.SetSent(ctx, "old", record.StateHanded, "", []string{"usb", "x/a.zip"}, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if err := db.SetSent(ctx, "new", record.StateParked, "roster-old", nil, at); err != nil {
		t.Fatal(err)
	}
	if err := db.SetSent(ctx, "none", record.StateHanded, "", nil, at); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("%v", err)
	}
	s.State, s.Reason, s.Stated = record.StateParked, "roster-old", at
	first := Sent{ID: "old", No: 1, Kind: "log", Name: "a.zip", Unit: "62", Created: at, Size: 5, SHA256: "00", Commits: 2,
		State: record.StateHanded, Places: []string{"usb", "x/a.zip"}}
	if diff := cmp.Diff([]Sent{s, first}, must(db.SentList(ctx))); diff != "" {
		t.Error(diff)
	}
	x := Taken{SHA256: "aa", ID: "i", Kind: "log", Unit: "24340", Device: "d", No: 4, Name: "c.zip", Created: "2026", Through: "2026-03-31", Received: at, State: record.TakenParked, Reason: "replay", Commits: 9}
	y := Taken{SHA256: "bb", Unit: "24341", Received: at.Add(time.Hour), State: record.TakenRefused}
	for _, f := range []Taken{x, y} {
		if err := db.AddTaken(ctx, f); err != nil {
			t.Fatal(err)
		}
	}
	again := x
	again.State, again.Reason, again.Received = record.TakenApplied, "", at.Add(time.Hour)
	if err := db.AddTaken(ctx, again); err != nil {
		t.Fatal(err)
	}
	x.State, x.Reason = again.State, ""
	if diff := cmp.Diff([]Taken{y, x}, must(db.TakenList(ctx, ""))); diff != "" {
		t.Error(diff)
	}
	if list := must(db.TakenList(ctx, "24341")); len(list) != 1 || list[0] != y {
		t.Errorf("%+v", list)
	}
	if got, ok, err := db.TakenBySHA(ctx, "aa"); !ok || err != nil || got != x {
		t.Errorf("%+v %v %v", got, ok, err)
	}
	if _, ok, err := db.TakenBySHA(ctx, "cc"); ok || err != nil {
		t.Errorf("%v %v", ok, err)
	}
	if err := db.SetReceipt(ctx, "62", 2, []byte("hai")); err != nil {
		t.Fatal(err)
	}
	if err := db.SetReceipt(ctx, "62", 1, []byte("một")); err != nil {
		t.Fatal(err)
	}
	if no, line, err := db.Receipt(ctx, "62"); no != 2 || string(line) != "hai" || err != nil {
		t.Errorf("%d %s %v", no, line, err)
	}
	if no, _, err := db.Receipt(ctx, "63"); no != 0 || err != nil {
		t.Errorf("%d %v", no, err)
	}
	mustVerify(t, db)
	for spoil, mend := range map[string]string{
		"UPDATE sent SET covers = replace(covers, '[3', '[9') WHERE id = 'new'": "UPDATE sent SET covers = replace(covers, '[9', '[3')",
		"UPDATE taken SET through = '2026-04-30' WHERE sha256 = 'aa'":           "UPDATE taken SET through = '2026-03-31' WHERE sha256 = 'aa'",
		"UPDATE receipt SET no = 3":                                             "UPDATE receipt SET no = 2",
	} {
		for _, change := range []string{spoil, mend} {
			if _, err := db.write.Exec(change); err != nil {
				t.Fatal(err)
			}
			if rep, err := db.Verify(ctx, false, t.TempDir(), nil); err != nil || rep.OK != (change == mend) {
				t.Errorf("%s: %+v %v", change, rep, err)
			}
		}
	}
}
