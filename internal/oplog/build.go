package oplog

import (
	"io"
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
		Ops: make([]Op, 0, len(edits)),
	}
	secrets := make([]Secret, 0, len(edits))
	room := &room{}
	for i := range edits {
		var r *Row
		if !edits[i].New {
			r = row(edits[i].Ref)
		}
		o, hidden, err := room.buildOp(&edits[i], r)
		if err != nil {
			return nil, nil, err
		}
		if len(o.Cells) == 0 {
			continue
		}
		if len(hidden) > 0 {
			s, err := drawSecret(len(c.Ops), random, hidden)
			if err != nil {
				return nil, nil, err
			}
			o.Commitment = s.Commitment()
			secrets = append(secrets, s)
		}
		c.Ops = append(c.Ops, o)
	}
	return c, secrets, nil
}

// room is where the cells of a commit's operations stand: a few pieces of memory
// instead of two for each operation.
type room struct {
	cells  []Cell
	hidden []Hidden
}

// next is where the cells of the next operation begin: what stands there already
// must not be moved to a larger piece with it.
func (room *room) next() (cell, hidden int) {
	const piece, most = 512, 32
	if cap(room.cells)-len(room.cells) < most {
		room.cells = make([]Cell, 0, piece)
	}
	if cap(room.hidden)-len(room.hidden) < most {
		room.hidden = make([]Hidden, 0, piece)
	}
	return len(room.cells), len(room.hidden)
}

// buildOp makes the operation of an edit, and gives the values it hides.
func (room *room) buildOp(e *record.Edit, r *Row) (Op, []Hidden, error) {
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
	var names []string
	from, fromHidden := room.next()
	err := e.Each(func(f *record.Field, v record.Value) {
		if !e.New {
			names = append(names, f.Name)
			if heads := r.Cells[f.Name]; len(heads) == 1 { // of several a person has chosen one
				v = f.Continue(heads[0].Value, v)
			}
		}
		if f.Class == record.Open {
			room.cells = append(room.cells, Cell{Field: f.Name, Value: v})
			return
		}
		room.cells = append(room.cells, Cell{Field: f.Name, Hidden: true})
		room.hidden = append(room.hidden, Hidden{Field: f.Name, Known: true, Value: v})
	})
	if err != nil {
		return Op{}, nil, err
	}
	if !e.New {
		o.Over = r.Over(names)
	}
	o.Cells = slices.Clip(room.cells[from:])
	return o, slices.Clip(room.hidden[fromHidden:]), nil
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
