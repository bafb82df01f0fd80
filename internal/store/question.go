package store

import (
	"context"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/viet"
)

// OpenQuestions reads the questions that wait for an answer.
func (t *Tx) OpenQuestions() ([]record.Question, error) {
	return load[record.Question](t.ctx, t.tx, t.p.box, "WHERE flags & 1 = 0 AND coalesce(answered_on, '') = '' ORDER BY id")
}

// SimilarQuestions finds answered questions whose words are those of a text. A word
// weighs the more the fewer questions it stands in, so that "lao động", which all
// of them say, counts for nothing. A text of which nothing weighs finds nothing.
// Of questions that were given the same answer, the one answered last is found alone.
func (db *DB) SimilarQuestions(ctx context.Context, text string, limit int) ([]record.ID, error) {
	x := &db.asked
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.settle(ctx, db.read); err != nil {
		return nil, fmtErr("similar questions", err)
	}
	return x.nearest(pairsOf(viet.Key(text)), limit), nil
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
