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

	attended [][]attendanceSaid  // made whole, commit by commit
	listed   map[record.Ref]bool // what lists of people show, to be read again
	beside   map[record.Ref]bool // what the search beside the lists' texts knows, to be read again
}

func newOutcome() *outcome {
	return &outcome{nouns: map[string]bool{}, again: map[record.ID]bool{}, listed: map[record.Ref]bool{}, beside: map[record.Ref]bool{}}
}

// add notes a commit that was folded.
func (o *outcome) add(s *storedCommit) {
	o.count++
	if o.count <= 2 {
		o.first = append(o.first, s.commit.Hash)
	}
	o.last = s.commit.Hash
	if len(s.people) > 0 && !s.foreign {
		o.people = append(o.people, s.people)
	}
	var attended []attendanceSaid
	for i := range s.commit.Ops {
		op := &s.commit.Ops[i]
		if s.foreign && record.StaysHome(op.Ref.Noun) {
			continue
		}
		switch {
		case op.Ref.Noun == "attendance" && s.fresh[i] != nil:
			attended = append(attended, attendanceOf(op.Ref.ID, s.fresh[i]))
		case op.Ref.Noun == "attendance" || op.Ref.Noun == "activity" || op.Ref.Noun == "unit":
			o.listed[op.Ref] = true
		}
		if besideNouns[op.Ref.Noun] {
			o.beside[op.Ref] = true
		}
		o.nouns[op.Ref.Noun] = true
		o.erased = o.erased || len(op.Erased) > 0
		if op.Ref.Noun == "person" && s.fresh[i] == nil {
			o.again[op.Ref.ID] = true
		}
	}
	if len(attended) > 0 {
		o.attended = append(o.attended, attended)
	}
}

// attendanceOf is what a row that was made whole says, from the columns it has.
func attendanceOf(id record.ID, rec *rowRecord) attendanceSaid {
	s := attendanceSaid{id: id}
	for i, c := range attendanceColumns {
		switch v := rec.cols[i].(type) {
		case []byte:
			switch c.Name {
			case "activity_id":
				s.activity = idOf(v)
			case "person_id":
				s.person = idOf(v)
			}
		case string:
			switch c.Name {
			case "role":
				s.role = v
			case "arrived":
				s.arrived = v
			}
		case int64:
			switch c.Name {
			case "line":
				s.line = int32(v)
			case "signed":
				s.signed = v != 0
			}
		}
	}
	return s
}

var attendanceColumns = record.DescribeOf(record.Attendance{}).Columns()

// show notes a row that shows something else than before.
func (o *outcome) show(ref record.Ref) {
	o.nouns[ref.Noun] = true
	if besideNouns[ref.Noun] {
		o.beside[ref] = true
	}
	switch ref.Noun {
	case "person":
		o.again[ref.ID] = true
	case "attendance", "activity", "unit":
		o.listed[ref] = true
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

// announce says which nouns were touched and keeps what is held in memory in step.
func (db *DB) announce(ctx context.Context, o *outcome) record.Change {
	db.names.follow(ctx, o)
	db.beside.touch(o.beside)
	if o.nouns["question"] {
		db.asked.changes.Add(1)
	}
	if o.erased {
		keys.forget()
		sortKeys.forget()
	}
	return record.Change{Batch: o.batch(), Nouns: slices.Sorted(maps.Keys(o.nouns))}
}
