package store

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// OpenQuestions reads the questions that wait for an answer.
func (t *Tx) OpenQuestions() ([]record.Question, error) {
	return load[record.Question](t.ctx, t.tx, t.p.box, "WHERE flags & 1 = 0 AND coalesce(answered_on, '') = '' ORDER BY id")
}

// asked is an answered question as a bag of words.
type asked struct {
	id    record.ID
	words map[string]bool
}

// SimilarQuestions finds answered questions whose words are those of a text. A word
// weighs the more the fewer questions it stands in, so that "lao động", which all
// of them say, counts for nothing. A text of which nothing weighs finds nothing.
func (db *DB) SimilarQuestions(ctx context.Context, text string, limit int) ([]record.ID, error) {
	var all []asked
	in := map[string]int{}
	err := eachRow(ctx, db.read, `SELECT id, viet_key(coalesce(text, '')) FROM question
		WHERE flags & 1 = 0 AND coalesce(answered_on, '') <> '' ORDER BY answered_on DESC, id`, func(row scanTarget) error {
		var id []byte
		var key string
		if err := row.Scan(&id, &key); err != nil {
			return err
		}
		if len(id) != 16 {
			return fmt.Errorf("%w: an id of %d bytes", record.ErrDamaged, len(id))
		}
		a := asked{record.ID(id), pairsOf(key)}
		for w := range a.words {
			in[w]++
		}
		all = append(all, a)
		return nil
	})
	if err != nil {
		return nil, fmtErr("similar questions", err)
	}
	return nearest(all, in, pairsOf(viet.Key(text)), limit), nil
}

// pairsOf are the words of a key and its pairs of neighbours: a Vietnamese word is
// mostly two syllables.
func pairsOf(key string) map[string]bool {
	out := map[string]bool{}
	words := strings.FieldsFunc(key, func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') })
	for i, w := range words {
		out[w] = true
		if i > 0 {
			out[words[i-1]+" "+w] = true
		}
	}
	return out
}

// leastNear is how much of the weight of the typed words a question must share.
const leastNear = 0.25

func nearest(all []asked, in map[string]int, want map[string]bool, limit int) []record.ID {
	weight := func(w string) float64 { return math.Log(float64(len(all)+1) / float64(in[w])) }
	whole := 0.0
	for w := range want {
		if in[w] > 0 {
			whole += weight(w)
		}
	}
	type hit struct {
		id   record.ID
		near float64
	}
	var hits []hit
	for _, a := range all {
		shared := 0.0
		for w := range want {
			if a.words[w] { // so it stands in one at least
				shared += weight(w)
			}
		}
		if whole > 0 && shared >= leastNear*whole {
			hits = append(hits, hit{a.id, shared})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.near, a.near) })
	var out []record.ID
	for _, h := range hits[:min(limit, len(hits))] {
		out = append(out, h.id)
	}
	return out
}
