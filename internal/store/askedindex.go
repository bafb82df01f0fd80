package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"hash/maphash"
	"maps"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// askedIndex holds the words of the answered questions. It is built when somebody
// looks first and again after questions have changed; a text that stayed is not taken
// apart anew.
type askedIndex struct {
	changes atomic.Int64 // commits that touched questions

	mu    sync.Mutex
	built bool
	seen  int64   // of changes, when it was built
	all   []asked // answered last first
	words map[string]int32
	in    []int32 // in how many questions a word stands
	seed  maphash.Seed
}

// asked is an answered question as a bag of words.
type asked struct {
	id     record.ID
	hash   uint64  // of the text
	answer uint64  // hash of the answer's words, 0 for none
	words  []int32 // sorted
}

// settle brings the index up to date.
func (x *askedIndex) settle(ctx context.Context, read *sql.DB) error {
	changes := x.changes.Load()
	if x.built && x.seen == changes {
		return nil
	}
	before := make(map[record.ID]asked, len(x.all))
	for _, a := range x.all {
		before[a.id] = a
	}
	if !x.built || len(x.words) > 2*x.standing()+1000 { // mostly words nobody says any more
		x.seed, x.words = maphash.MakeSeed(), map[string]int32{}
		clear(before)
	}
	all := make([]asked, 0, len(x.all))
	err := eachRow(ctx, read, `SELECT id, coalesce(text, ''), coalesce(answer, '') FROM question
		WHERE flags & 1 = 0 AND coalesce(answered_on, '') <> '' ORDER BY answered_on DESC, id`, func(row scanTarget) error {
		a, err := x.scan(row, before)
		all = append(all, a)
		return err
	})
	if err != nil {
		x.built = false
		return err
	}
	x.all, x.built, x.seen = all, true, changes
	x.in = make([]int32, len(x.words))
	for _, a := range x.all {
		for _, w := range a.words {
			x.in[w]++
		}
	}
	return nil
}

// standing is how many words stand in a question.
func (x *askedIndex) standing() (n int) {
	for _, in := range x.in {
		if in > 0 {
			n++
		}
	}
	return n
}

func (x *askedIndex) scan(row scanTarget, before map[record.ID]asked) (asked, error) {
	var id, text, answer sql.RawBytes
	if err := row.Scan(&id, &text, &answer); err != nil {
		return asked{}, err
	}
	if len(id) != 16 {
		return asked{}, fmt.Errorf("%w: an id of %d bytes", record.ErrDamaged, len(id))
	}
	a := asked{id: record.ID(id), hash: maphash.Bytes(x.seed, text), answer: x.answerHash(answer)}
	if b, ok := before[a.id]; ok && b.hash == a.hash {
		b.answer = a.answer
		return b, nil
	}
	for w := range pairsOf(viet.Key(string(text))) {
		n, ok := x.words[w]
		if !ok {
			n = int32(len(x.words))
			x.words[w] = n
		}
		a.words = append(a.words, n)
	}
	slices.Sort(a.words)
	return a, nil
}

// answerHash tells answers apart by their words, however they are broken into lines.
func (x *askedIndex) answerHash(answer []byte) uint64 {
	var h maphash.Hash
	h.SetSeed(x.seed)
	empty := true
	for word := range bytes.FieldsSeq(answer) {
		h.Write(word)
		h.WriteByte(' ')
		empty = false
	}
	if empty {
		return 0
	}
	return h.Sum64()
}

// leastNear is how much of the weight of the typed words a question must share.
const leastNear = 0.25

func (x *askedIndex) nearest(want map[string]bool, limit int) []record.ID {
	weights := make([]float64, len(x.in))
	whole := 0.0
	for _, w := range slices.Sorted(maps.Keys(want)) {
		if n, ok := x.words[w]; ok && x.in[n] > 0 {
			weights[n] = math.Log(float64(len(x.all)+1) / float64(x.in[n]))
			whole += weights[n]
		}
	}
	if whole == 0 {
		return nil
	}
	type hit struct {
		id   record.ID
		near float64
	}
	var hits []hit
	by := map[uint64]int{} // of hits, by the answer
	for i := range x.all {
		shared := 0.0
		for _, w := range x.all[i].words {
			shared += weights[w]
		}
		if shared < leastNear*whole {
			continue
		}
		// Of those with one answer, the one answered last stands for all.
		if at, told := by[x.all[i].answer]; told && x.all[i].answer != 0 {
			hits[at].near = max(hits[at].near, shared)
			continue
		}
		by[x.all[i].answer] = len(hits)
		hits = append(hits, hit{x.all[i].id, shared})
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.near, a.near) })
	var out []record.ID
	for _, h := range hits[:min(limit, len(hits))] {
		out = append(out, h.id)
	}
	return out
}
