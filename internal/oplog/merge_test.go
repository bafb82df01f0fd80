package oplog_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// seeded names its seed when a test fails, so that it can be run again.
func seeded(t *testing.T, seed uint64, run func(*testing.T, *rand.Rand)) {
	t.Helper()
	defer func() {
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	}()
	run(t, rand.New(rand.NewPCG(seed, 10)))
}

func fold(said []recordtest.Said) *oplog.State { return foldOf(nil, said) }

func foldOf(rights oplog.Rights, said []recordtest.Said) *oplog.State {
	s := oplog.NewStateOf(rights)
	for _, x := range said {
		s.Add(x.Commit, x.Secrets)
	}
	return s
}

// TestEveryOrderGivesOneDigest: 2–5 devices with clocks ten years off, one of
// them cloned, duplicates, late secrets, deletes, undeletes, erasures. Every other
// workload is of several units and a province.
func TestEveryOrderGivesOneDigest(t *testing.T) {
	orders := recordtest.Count(t, 10_000, 10_000)
	const perWorkload = 100
	for seed := range uint64((orders + perWorkload - 1) / perWorkload) {
		seeded(t, seed, func(t *testing.T, random *rand.Rand) {
			w := recordtest.NewWorkload(random, 20, 10)
			if seed%2 == 1 {
				w = recordtest.NewExchange(random, 20, 10)
			}
			want := foldOf(w.Rights, w.Said)
			for range perWorkload {
				s := foldOf(w.Rights, w.Deal(random))
				if got := s.Digest(); got != want.Digest() {
					t.Fatalf("digest %s, in the order of saying %s", got, want.Digest())
				}
				if s.Waiting() != 0 {
					t.Fatalf("%d commits still wait", s.Waiting())
				}
				for ref, row := range s.Rows {
					if len(row.Gone) != 0 {
						t.Fatalf("%s: still waits for %v", ref, row.SortedGone())
					}
					if got, want := denied(s, ref), denied(want, ref); got != want {
						t.Fatalf("%s: denied %s, in the order of saying %s", ref, got, want)
					}
				}
			}
		})
	}
}

// denied names what of a row was left out, in an order of its own.
func denied(s *oplog.State, ref record.Ref) string {
	list, owner := s.Denied(ref)
	var names []string
	for _, x := range list {
		names = append(names, fmt.Sprint(x.Commit.Hash, x.Op))
	}
	slices.Sort(names)
	return owner + " " + strings.Join(names, " ")
}

// TestExchangesAreWild holds the other generator to what the test above claims for it.
func TestExchangesAreWild(t *testing.T) {
	var left, answers, contested, spared int
	for seed := range uint64(60) {
		w := recordtest.NewExchange(rand.New(rand.NewPCG(seed, 10)), 20, 10)
		s := foldOf(w.Rights, w.Said)
		free := fold(w.Said)
		for ref, row := range s.Rows {
			list, owner := s.Denied(ref)
			left += len(list)
			for _, h := range row.Cells["answer"] {
				if r := w.Rights[h.Device]; r.Province && r.Unit != owner {
					answers++
				}
			}
			for field, heads := range row.Cells {
				for _, h := range heads {
					for _, f := range free.Rows[ref].Cells[field] {
						if f.Dot == h.Dot && f.Withheld && !h.Withheld {
							spared++
						}
					}
				}
			}
			if len(list) > 0 && len(row.Fields()) > 1 {
				contested++
			}
		}
	}
	for what, n := range map[string]int{"denied operations": left, "answers of the province": answers, "contested rows": contested, "values nobody else could erase": spared} {
		if n < 5 {
			t.Errorf("%d %s in 60 workloads", n, what)
		}
	}
}

// TestWorkloadsAreWild holds the generator to what the tests above claim for it.
func TestWorkloadsAreWild(t *testing.T) {
	var forks, conflicts, disputed, gone, withheld, deep int
	for seed := range uint64(60) {
		w := recordtest.NewWorkload(rand.New(rand.NewPCG(seed, 10)), 20, 10)
		at := map[string]bool{}
		for _, s := range w.Said {
			name := fmt.Sprint(s.Commit.Device, s.Commit.N)
			if at[name] {
				forks++
			}
			at[name] = true
		}
		for ref, row := range fold(w.Said).Rows {
			d, _ := record.Describe(ref.Noun)
			for i := range d.Fields {
				if _, conflict := row.Shown(&d.Fields[i]); conflict {
					conflicts++
				}
				for _, h := range row.Cells[d.Fields[i].Name] {
					if h.Withheld {
						withheld++
					}
				}
				if len(row.Cells[d.Fields[i].Name]) > 2 {
					deep++
				}
			}
			if g, q := row.Deleted(); g {
				gone++
			} else if q {
				disputed++
			}
		}
	}
	for what, n := range map[string]int{"forks": forks, "conflicts": conflicts, "disputed deletes": disputed, "deleted rows": gone, "withheld values": withheld, "three versions": deep} {
		if n < 5 {
			t.Errorf("%d %s in 60 workloads", n, what)
		}
	}
}

// edit is one version of one field and the versions its author had seen.
type edit struct {
	said recordtest.Said
	dot  oplog.Dot
	past map[int]bool
}

// TestNoCausalEditIsLost: with clocks fifty years off, what stands in the end is
// exactly what nobody had seen when he wrote something else.
func TestNoCausalEditIsLost(t *testing.T) {
	for seed := range uint64(recordtest.Count(t, 1000, 10_000)) {
		seeded(t, seed, func(t *testing.T, random *rand.Rand) {
			edits := writeOneField(random, 12)
			order := random.Perm(len(edits))
			s := oplog.NewState()
			for _, i := range order {
				s.Add(edits[i].said.Commit, nil)
			}
			want := map[oplog.Dot]bool{}
			for i := range edits {
				want[edits[i].dot] = true
			}
			for i := range edits {
				for p := range edits[i].past {
					delete(want, edits[p].dot)
				}
			}
			heads := s.Rows[recordtest.Activity(1).Ref()].Cells["title"]
			if len(heads) != len(want) {
				t.Fatalf("%d versions stand, %d expected", len(heads), len(want))
			}
			for _, h := range heads {
				if !want[h.Dot] {
					t.Fatalf("%s stands, though a later author had seen it", h.Value)
				}
			}
		})
	}
}

// writeOneField lets devices write one field, listening to whole histories.
func writeOneField(random *rand.Rand, steps int) []edit {
	var desks []*recordtest.Desk
	seen := map[*recordtest.Desk]map[int]bool{}
	for i := range 2 + random.IntN(4) {
		d := recordtest.NewDesk(byte(1+i), random.Int64N(101*recordtest.Year)-50*recordtest.Year)
		desks = append(desks, d)
		seen[d] = map[int]bool{}
	}
	ref := recordtest.Activity(1).Ref()
	var edits []edit
	for step := range steps {
		d := desks[random.IntN(len(desks))]
		if len(edits) > 0 && random.IntN(2) == 0 {
			for i := range random.IntN(len(edits)) + 1 {
				hear(d, seen[d], edits, i)
			}
		}
		e := record.Edit{Ref: ref, Set: map[string]record.Value{"title": record.TextValue(fmt.Sprint(step))}}
		said, _ := d.Commit(recordtest.Day0.UnixMilli()+int64(step), nil, []record.Edit{e})
		past := map[int]bool{}
		for i := range seen[d] {
			past[i] = true
		}
		edits = append(edits, edit{said, said.Commit.Ops[0].DotOf(said.Commit.Hash.Prefix(), 0, "title"), past})
		seen[d][len(edits)-1] = true
	}
	return edits
}

func hear(d *recordtest.Desk, seen map[int]bool, edits []edit, i int) {
	d.State.Add(edits[i].said.Commit, nil)
	if !d.State.Knows(edits[i].said.Commit.Hash) {
		return // its predecessor has not come: not seen
	}
	seen[i] = true
	for p := range edits[i].past { // what it replaced counts as seen through it
		seen[p] = true
	}
}
