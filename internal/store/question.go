package store

import (
	"context"

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
	return x.nearest(viet.Key(text), limit), nil
}
