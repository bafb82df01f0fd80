package store

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"hash/maphash"
	"math"
	"slices"
	"strings"
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
	pairs map[[2]int32]int32 // of words
	in    []int32            // in how many questions a word or a pair stands
	seed  maphash.Seed
}

// asked is an answered question as a bag of words.
type asked struct {
	id     record.ID
	on     string  // the day of the answer
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
	if !x.built || x.known() > 2*x.standing()+1000 { // mostly words nobody says any more
		x.seed, x.words, x.pairs = maphash.MakeSeed(), map[string]int32{}, map[[2]int32]int32{}
		clear(before)
	}
	all := make([]asked, 0, len(x.all))
	err := eachRow(ctx, read, `SELECT id, answered_on, coalesce(text, ''), coalesce(answer, '') FROM question
		WHERE flags & 1 = 0 AND coalesce(answered_on, '') <> ''`, func(row scanTarget) error {
		a, err := x.scan(row, before)
		all = append(all, a)
		return err
	})
	if err != nil {
		x.built = false
		return err
	}
	slices.SortFunc(all, func(a, b asked) int { return cmp.Or(strings.Compare(b.on, a.on), bytes.Compare(a.id[:], b.id[:])) })
	x.all, x.built, x.seen = all, true, changes
	x.in = make([]int32, x.known())
	for _, a := range x.all {
		for _, w := range a.words {
			x.in[w]++
		}
	}
	return nil
}

// warm builds the index beside other work, so that who looks first need not wait.
func (x *askedIndex) warm(ctx context.Context, read *sql.DB) {
	x.mu.Lock()
	defer x.mu.Unlock()
	_ = x.settle(ctx, read) // who looks next meets the error again
}

// known is how many words and pairs have a number.
func (x *askedIndex) known() int { return len(x.words) + len(x.pairs) }

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
	var id, on, text, answer sql.RawBytes
	if err := row.Scan(&id, &on, &text, &answer); err != nil {
		return asked{}, err
	}
	if len(id) != 16 {
		return asked{}, fmt.Errorf("%w: an id of %d bytes", record.ErrDamaged, len(id))
	}
	a := asked{id: record.ID(id), on: string(on), hash: maphash.Bytes(x.seed, text), answer: x.answerHash(answer)}
	if b, ok := before[a.id]; ok && b.hash == a.hash {
		b.on, b.answer = a.on, a.answer
		return b, nil
	}
	a.words = x.numbers(viet.Key(string(text)), func(n int32) int32 { return n })
	return a, nil
}

// numbers are those of the words of a key and of its pairs of neighbours, sorted: a
// Vietnamese word is mostly two syllables. What has no number gets what fresh makes of
// the next one; below 0 it gets none.
func (x *askedIndex) numbers(key string, fresh func(next int32) int32) []int32 {
	var out []int32
	before := int32(-1)
	for word := range strings.FieldsFuncSeq(key, func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') }) {
		n, ok := x.words[word]
		if !ok {
			if n = fresh(int32(x.known())); n >= 0 {
				x.words[strings.Clone(word)] = n
			}
		}
		if n >= 0 {
			out = append(out, n)
		}
		if pair := [2]int32{before, n}; before >= 0 && n >= 0 {
			p, ok := x.pairs[pair]
			if !ok {
				if p = fresh(int32(x.known())); p >= 0 {
					x.pairs[pair] = p
				}
			}
			if p >= 0 {
				out = append(out, p)
			}
		}
		before = n
	}
	slices.Sort(out)
	return slices.Compact(out)
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

// nearest finds questions that share the words of a key.
func (x *askedIndex) nearest(key string, limit int) []record.ID {
	weights := make([]float64, len(x.in))
	whole := 0.0
	for _, n := range x.numbers(key, func(int32) int32 { return -1 }) {
		if x.in[n] > 0 {
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
