package faults

import (
	"crypto/ed25519"
	cryptorand "crypto/rand"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/seal"
	"sophobien/internal/store"
)

// post is a province's register and the desks that send to it real sealed files on a road
// that loses, damages, doubles and mixes them.
type post struct {
	t      *testing.T
	random *rand.Rand
	salts  *rand.ChaCha8
	to     seal.Identity
	db     *store.DB
	keys   map[string]ed25519.PublicKey
	road   [][]byte
	no     int64
	counts map[string]int
}

// sender is a desk with its whole log and what it was told is there.
type sender struct {
	*recordtest.Desk
	n     byte
	log   []recordtest.Said
	acked map[oplog.Hash]bool
}

func newPost(t *testing.T, seed uint64) *post {
	t.Helper()
	db, err := store.Open(ctx, filepath.Join(t.TempDir(), "a.db"), store.Options{Key: key, Synchronous: "OFF"})
	if err != nil {
		t.Fatal(err)
	}
	return &post{
		t: t, random: rand.New(rand.NewPCG(seed, 11)), salts: rand.NewChaCha8([32]byte{byte(seed), 11}), db: db,
		to: must(seal.NewClassicIdentity())(t), keys: map[string]ed25519.PublicKey{}, counts: map[string]int{},
	}
}

func (p *post) desk(n byte) *sender {
	s := &sender{Desk: recordtest.NewDesk(n, (p.random.Int64N(21)-10)*recordtest.Year), n: n, acked: map[oplog.Hash]bool{}}
	public := s.Key.Public().(ed25519.PublicKey)
	p.keys[seal.DeviceID(public)] = public
	if err := p.db.AddDevice(ctx, public); err != nil {
		p.t.Fatal(err)
	}
	return s
}

func (p *post) say(s *sender) {
	a := recordtest.Activity(int64(s.n))
	edit := record.Edit{Ref: a.Ref(), Set: map[string]record.Value{"title": record.TextValue(fmt.Sprint("Buổi ", p.random.IntN(1_000_000)))}}
	if s.State.Rows[a.Ref()] == nil {
		edit = record.Create(a)
	}
	if said, ok := s.Commit(recordtest.Day0.UnixMilli()+int64(len(s.log)), p.salts, []record.Edit{edit}); ok {
		s.log = append(s.log, said)
		p.counts["said"]++
	}
}

// seal makes the file of all that a desk was not told to be there.
func (p *post) seal(s *sender) []byte {
	var list []bundle.Entry
	for _, x := range s.log {
		if !s.acked[x.Commit.Hash] {
			list = append(list, bundle.Entry{Commit: x.Commit})
		}
	}
	p.no++
	var random [10]byte
	cryptorand.Read(random[:])
	made, err := bundle.WriteLog(bundle.Sender{
		Unit: "23293", To: "51", App: "test", Signer: s.Key, Recipients: []seal.Recipient{p.to.Recipient()}, Random: cryptorand.Reader,
	}, bundle.State{}, nil, list, record.NewID(recordtest.Day0.UnixMilli(), random), p.no, "2026-03-05T08:00:00Z")
	if err != nil {
		p.t.Fatal(err)
	}
	return made.Bytes
}

// send puts a file on the road.
func (p *post) send(raw []byte) {
	p.counts["files"]++
	n := p.random.IntN(100)
	switch {
	case n < 30:
		p.counts["lost"]++
		return
	case n < 40:
		raw[p.random.IntN(len(raw))] ^= byte(1 << p.random.IntN(8))
		p.counts["damaged"]++
	case n < 60:
		p.road = append(p.road, raw)
	}
	p.road = append(p.road, raw)
}

// arrive takes a file in; one that was damaged must not get through.
func (p *post) arrive(raw []byte) {
	outer, err := seal.ReadOuter(raw, func(id string) (ed25519.PublicKey, bool) { k, ok := p.keys[id]; return k, ok })
	var plain []byte
	if err == nil {
		plain, err = outer.Open([]seal.Identity{p.to})
	}
	if err != nil {
		p.counts["refused"]++
		return
	}
	contents, err := bundle.ReadLog(outer.Envelope, plain)
	if err != nil {
		p.t.Fatalf("a whole file is refused: %v", err)
	}
	in := make([]store.Incoming, len(contents.Commits))
	for i, c := range contents.Commits {
		in[i].Commit = c
	}
	if _, err := p.db.Receive(ctx, in); err != nil {
		p.t.Fatalf("a whole file is not taken in: %v", err)
	}
}

// acknowledge tells a desk what is there: the ends of its branches, and by the chain all
// before them. It gives whether entries are there that the desk does not know.
func (p *post) acknowledge(s *sender) (unknown bool) {
	by := map[oplog.Hash]recordtest.Said{}
	for _, x := range s.log {
		by[x.Commit.Hash] = x
	}
	for _, st := range must(p.db.Streams(ctx))(p.t) {
		if st.Device != s.Author.Device {
			continue
		}
		for _, h := range st.Heads {
			at, ok := by[h.Hash]
			unknown = unknown || !ok
			for ; ok && !s.acked[at.Commit.Hash]; at, ok = by[at.Commit.Prev] {
				s.acked[at.Commit.Hash] = true
			}
		}
	}
	return unknown
}

func (p *post) log() map[string]bool { return must(batches(p.db))(p.t) }

// copyOf is a desk as it is now, to be put back later or to go on beside it.
func copyOf(s *sender) *sender {
	out := &sender{Desk: s.Clone(s.log), n: s.n, log: append([]recordtest.Said{}, s.log...), acked: map[oplog.Hash]bool{}}
	for h := range s.acked {
		out.acked[h] = true
	}
	return out
}

// TestFaultyTransport: 30 % of the files are lost, 10 % damaged, 20 % come twice, in any
// order, and registers are put back to older copies. Nobody is told that something is
// there that is not; after one good exchange nothing is missing, and every fork is seen.
func TestFaultyTransport(t *testing.T) {
	all := map[string]int{}
	for seed := range uint64(recordtest.Count(t, 6, 40)) {
		p := newPost(t, seed)
		next := byte(4)
		desks := []*sender{p.desk(1), p.desk(2), p.desk(3)}
		copies := make([]*sender, len(desks))
		for range 300 {
			i := p.random.IntN(len(desks))
			s := desks[i]
			switch n := p.random.IntN(100); {
			case n < 45:
				p.say(s)
			case n < 70:
				p.send(p.seal(s))
			case n < 88 && len(p.road) > 0:
				k := p.random.IntN(len(p.road))
				p.arrive(p.road[k])
				p.road = append(p.road[:k], p.road[k+1:]...)
			case n < 96:
				if p.acknowledge(s) { // more is there than here: another copy of this register writes, or wrote
					desks[i], copies[i] = p.desk(next), nil
					next++
					p.counts["new streams"]++
				}
			case n < 98:
				copies[i] = copyOf(s)
			case copies[i] != nil:
				desks[i], copies[i] = copies[i], nil
				p.counts["restores"]++
			}
			if p.random.IntN(20) == 0 {
				p.wantNoFalseWord(seed, desks)
			}
		}
		for _, s := range desks {
			p.arrive(p.seal(s))
			p.acknowledge(s)
			for _, x := range s.log {
				if !s.acked[x.Commit.Hash] {
					t.Errorf("seed %d: entry %d of desk %d is missing after a good exchange", seed, x.Commit.N, s.n)
				}
			}
		}
		p.wantNoFalseWord(seed, desks)
		p.wantForksSeen(seed)
		if rep, err := p.db.Verify(ctx, true, t.TempDir(), nil); err != nil || !rep.OK {
			t.Errorf("seed %d: %v %v", seed, rep.Faults, err)
		}
		if err := p.db.Close(); err != nil {
			t.Fatal(err)
		}
		for k, n := range p.counts {
			all[k] += n
		}
	}
	t.Logf("%v", all)
	for _, k := range []string{"lost", "refused", "restores", "new streams", "forks"} {
		if all[k] == 0 {
			t.Errorf("no %s", k)
		}
	}
}

func (p *post) wantNoFalseWord(seed uint64, desks []*sender) {
	p.t.Helper()
	log := p.log()
	for _, s := range desks {
		for h := range s.acked {
			if !log[h.String()] {
				p.t.Errorf("seed %d: desk %d was told that %s is there", seed, s.n, h)
			}
		}
	}
}

// wantForksSeen wants each stream of which two entries with one number are there named.
func (p *post) wantForksSeen(seed uint64) {
	p.t.Helper()
	numbers := map[string]int{}
	for _, l := range must(p.db.LogAfter(ctx, 0, 1<<40))(p.t) {
		numbers[fmt.Sprint(l.Commit.Device, l.Commit.N)]++
	}
	want := map[string]bool{}
	for at, n := range numbers {
		if n > 1 {
			want[at[:32]] = true
		}
	}
	got := map[string]bool{}
	for _, f := range must(p.db.Forks(ctx))(p.t) {
		got[f.Device.String()] = true
	}
	p.counts["forks"] += len(got)
	if len(got) != len(want) {
		p.t.Errorf("seed %d: %d streams are forked, %d are named", seed, len(want), len(got))
	}
}

// TestClones: of each of many cloned machines both branches are kept and the fork is named
// as soon as both have come, in any order, and not before.
func TestClones(t *testing.T) {
	p := newPost(t, 12)
	defer p.db.Close()
	clones := recordtest.Count(t, 200, 200)
	said := map[oplog.Device]int64{}
	for i := range clones {
		if i > 0 && i%200 == 0 { // keys are made from a byte
			p.db.Close()
			p = newPost(t, uint64(12+i))
		}
		a := p.desk(byte(1 + i%200))
		for range 1 + p.random.IntN(3) {
			p.say(a)
		}
		b := copyOf(a)
		common := len(a.log)
		for range 1 + p.random.IntN(3) {
			p.say(a)
		}
		for range 1 + p.random.IntN(3) {
			p.say(b)
		}
		arrives := append(append([]recordtest.Said{}, a.log...), b.log[common:]...)
		p.random.Shuffle(len(arrives), func(x, y int) { arrives[x], arrives[y] = arrives[y], arrives[x] })
		forked := 0
		for _, x := range arrives {
			got := must(p.db.Receive(ctx, []store.Incoming{{Commit: x.Commit}, {Commit: x.Commit}}))(t)
			forked += got.Forked
		}
		if forked == 0 {
			t.Errorf("clone %d was not told when it came", i)
		}
		said[a.Author.Device] = int64(len(arrives))
	}
	for _, st := range must(p.db.Streams(ctx))(t) {
		if len(st.Heads) != 2 || st.Commits != said[st.Device] || len(st.Parked) != 0 {
			t.Errorf("%+v, of %d entries", st, said[st.Device])
		}
	}
	if n := len(must(p.db.Forks(ctx))(t)); n != 1+(clones-1)%200 {
		t.Errorf("%d forks of %d clones are named", n, clones)
	}
}
