package store

import (
	"context"
	"maps"
	"slices"
	"strings"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// outcome is what is to be told of commits once they are on the disk. It holds no
// commit: an action may have thousands.
type outcome struct {
	count  int
	first  []oplog.Hash // at most two
	last   oplog.Hash
	nouns  map[string]bool
	people [][]nameEntry      // made whole, commit by commit
	again  map[record.ID]bool // people to be read again
	erased bool
}

func newOutcome() *outcome {
	return &outcome{nouns: map[string]bool{}, again: map[record.ID]bool{}}
}

// add notes a commit that was folded.
func (o *outcome) add(s *storedCommit) {
	o.count++
	if o.count <= 2 {
		o.first = append(o.first, s.commit.Hash)
	}
	o.last = s.commit.Hash
	if len(s.people) > 0 {
		o.people = append(o.people, s.people)
	}
	for i := range s.commit.Ops {
		op := &s.commit.Ops[i]
		o.nouns[op.Ref.Noun] = true
		o.erased = o.erased || len(op.Erased) > 0
		if op.Ref.Noun == "person" && s.fresh[i] == nil {
			o.again[op.Ref.ID] = true
		}
	}
}

// show notes a row that shows something else than before.
func (o *outcome) show(ref record.Ref) {
	o.nouns[ref.Noun] = true
	if ref.Noun == "person" {
		o.again[ref.ID] = true
	}
}

// batch names what the commits did together, for undo: their hashes joined by
// "+", or for more than two the first and the last joined by "..", since an
// action's commits follow each other in one stream.
func (o *outcome) batch() string {
	if o.count > 2 {
		return o.first[0].String() + ".." + o.last.String()
	}
	var names []string
	for _, h := range o.first {
		names = append(names, h.String())
	}
	return strings.Join(names, "+")
}

// announce says which nouns were touched and keeps the name search in step.
func (db *DB) announce(ctx context.Context, o *outcome) record.Change {
	db.names.follow(ctx, o)
	return record.Change{Batch: o.batch(), Nouns: slices.Sorted(maps.Keys(o.nouns))}
}
