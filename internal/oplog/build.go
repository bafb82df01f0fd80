package oplog

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"sophobien/internal/record"
)

// Author is who commits: the stream with its last commit, and the officer.
type Author struct {
	Device  Device
	N       int64 // of the last commit, 0 before the first
	Head    Hash
	Time    int64 // of the last commit
	Officer string
}

// Build makes an unsigned commit of edits. row gives what is known of a row
// (nil: nothing), random the salts. Time is now, or one millisecond after the
// author's last commit when the clock has gone back.
func Build(a Author, now int64, edits []record.Edit, row func(record.Ref) *Row, random io.Reader) (*Commit, []Secret, error) {
	c := &Commit{
		Device: a.Device, N: a.N + 1, Prev: a.Head, Time: max(now, a.Time+1), Officer: a.Officer, Schema: Schema,
	}
	var secrets []Secret
	for _, e := range edits {
		o, opened, err := buildOp(e, row(e.Ref), random)
		if err != nil {
			return nil, nil, err
		}
		if len(o.Cells) == 0 {
			continue
		}
		for i := range opened {
			opened[i].Op = len(c.Ops)
		}
		secrets = append(secrets, opened...)
		c.Ops = append(c.Ops, o)
	}
	return c, secrets, nil
}

func buildOp(e record.Edit, r *Row, random io.Reader) (Op, []Secret, error) {
	if r == nil {
		r = NewRow()
	}
	o := Op{Ref: e.Ref}
	if e.Delete || e.Revive {
		o.Cells = []Cell{{Field: FieldDeleted, Value: deletedValue(e.Delete)}}
		o.Over = r.Over([]string{FieldDeleted})
		if e.Delete {
			o.Seen = r.Observed()
		}
		return o, nil, nil
	}
	d, ok := record.Describe(e.Ref.Noun)
	if !ok {
		return Op{}, nil, fmt.Errorf("%w: no noun %q", record.ErrInvalid, e.Ref.Noun)
	}
	names := slices.Sorted(maps.Keys(e.Set))
	var secrets []Secret
	for _, name := range names {
		cell := Cell{Field: name, Value: e.Set[name]}
		f, ok := d.Field(name)
		if !ok { // its class is not known: it might be personal
			return Op{}, nil, fmt.Errorf("%w: %s has no field %q", record.ErrInvalid, d.Name, name)
		}
		if f.Class != record.Open {
			s := Secret{Field: name, Value: cell.Value}
			if _, err := io.ReadFull(random, s.Salt[:]); err != nil {
				return Op{}, nil, err
			}
			cell = Cell{Field: name, Committed: true, Commitment: Commitment(s.Salt, s.Value)}
			secrets = append(secrets, s)
		}
		o.Cells = append(o.Cells, cell)
	}
	o.Over = r.Over(names)
	return o, secrets, nil
}

func deletedValue(gone bool) record.Value {
	if gone {
		return "true"
	}
	return "false"
}

// EraseOp makes the operation that erases every version of some fields of a row
// whose dots are given, for ever.
func EraseOp(ref record.Ref, dots []Dot) Op {
	sorted := slices.Clone(dots)
	slices.SortFunc(sorted, Dot.Compare)
	return Op{Ref: ref, Cells: []Cell{{Field: FieldErase, Value: "true"}}, Erased: slices.Compact(sorted)}
}
