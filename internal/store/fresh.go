package store

import (
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// freshRow is a row made whole by one operation.
type freshRow struct {
	op  int
	id  record.ID
	rec *rowRecord
}

// rowMaker makes the rows that operations make whole. It reads no table, so it
// may work ahead of the fold.
type rowMaker struct {
	box    *box
	nouns  nouns
	erased map[erasure]bool
}

// make finds what the operations of a commit make whole.
func (m rowMaker) make(s *storedCommit) {
	s.fresh = make([]*rowRecord, len(s.commit.Ops))
	for i := range s.commit.Ops {
		d, ok := m.nouns.named[s.commit.Ops[i].Ref.Noun]
		if ok && !(s.foreign && record.StaysHome(d.Name)) {
			s.fresh[i] = m.row(d, s, i)
		}
	}
}

// makeOf is make for a commit of new rows that were just encoded here: what the
// tables hold need not be read back from what was encoded.
func (m rowMaker) makeOf(s *storedCommit, edits []record.Edit) {
	if len(edits) != len(s.commit.Ops) || m.nouns.fewer() { // a row that says nothing has no operation
		m.make(s)
		return
	}
	s.fresh = make([]*rowRecord, len(edits))
	cols := make([]any, 0, 8*len(edits))
	var room []fieldValue
	for i := range edits {
		o := &s.commit.Ops[i]
		if o.Single() {
			continue
		}
		from := len(cols)
		cols = edits[i].Columns(cols)
		rec := &rowRecord{state: (&rowState{base: place{s.seq, int64(i)}}).String(), cols: slices.Clip(cols[from:])}
		var personal []fieldValue
		if k, ok := s.find(i); ok {
			personal = m.personal(s, &s.secrets[k], o, room)
			room = personal[:0]
		}
		rec.sealed = sealPersonal(m.box, o.Ref, personal)
		s.fresh[i] = rec
	}
}

// personal are the personal values of a row made whole, in room if they fit, and
// its entry for the search over names.
func (m rowMaker) personal(s *storedCommit, x *oplog.Secret, o *oplog.Op, room []fieldValue) []fieldValue {
	d, ok := record.Describe(o.Ref.Noun)
	if !ok {
		return nil
	}
	out := room[:0]
	for i := range x.Fields {
		if f, ok := d.Field(x.Fields[i].Field); ok && f.Class == record.Personal {
			out = append(out, fieldValue{f.Name, x.Fields[i].Value})
		}
	}
	if o.Ref.Noun == "person" {
		if s.people == nil {
			s.people = make([]nameEntry, 0, len(s.secrets))
		}
		s.people = append(s.people, nameOf(o.Ref.ID, func(field string) record.Value {
			v, _ := x.Value(field)
			return v
		}))
	}
	return out
}

// row is the row of an operation that says all there is of it, if it is the first
// of its row: nothing to merge, every value present and of its field's shape. nil
// when it is not that simple.
func (m rowMaker) row(d *record.Description, s *storedCommit, i int) *rowRecord {
	o := &s.commit.Ops[i]
	if o.Single() || len(o.Over) > 0 {
		return nil
	}
	base := rowState{base: place{s.seq, int64(i)}}
	rec := &rowRecord{state: base.String(), cols: make([]any, 0, len(d.Columns()))}
	var personal []fieldValue
	used := 0
	for k := range d.Fields {
		f := &d.Fields[k]
		v, ok := m.value(s, i, f.Name)
		if !ok || v == record.Null {
			return nil
		}
		if v != "" {
			used++
		}
		cols, exact := columnsOf(f, v)
		if !exact {
			return nil
		}
		rec.cols = append(rec.cols, cols...)
		if f.Class == record.Personal && v != "" {
			personal = append(personal, fieldValue{f.Name, v})
		}
	}
	if used != len(o.Cells) {
		return nil
	}
	rec.sealed = sealPersonal(m.box, o.Ref, personal)
	if o.Ref.Noun == "person" {
		s.people = append(s.people, nameOf(o.Ref.ID, func(field string) record.Value {
			v, _ := m.value(s, i, field)
			return v
		}))
	}
	return rec
}

// value is what an operation says of a field: "" nothing; not ok: withheld.
func (m rowMaker) value(s *storedCommit, i int, field string) (record.Value, bool) {
	cells := s.commit.Ops[i].Cells
	k, ok := slices.BinarySearchFunc(cells, field, func(c oplog.Cell, field string) int {
		switch {
		case c.Field < field:
			return -1
		case c.Field > field:
			return 1
		}
		return 0
	})
	if !ok {
		return "", true
	}
	return s.value(m.erased, i, &cells[k])
}
