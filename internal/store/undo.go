package store

import (
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// batchCommits finds the places in the log of a batch's commits, the last first.
func (t *Tx) batchCommits(batch string) ([]int64, error) {
	first, last, chain := strings.Cut(batch, "..")
	if !chain {
		var out []int64
		parts := strings.Split(batch, "+")
		slices.Reverse(parts)
		for _, part := range parts {
			seq, err := t.seqOfHash(part)
			if err != nil {
				return nil, err
			}
			out = append(out, seq)
		}
		return out, nil
	}
	from, err := t.seqOfHash(first)
	if err != nil {
		return nil, err
	}
	seq, err := t.seqOfHash(last)
	if err != nil {
		return nil, err
	}
	out := []int64{seq}
	for seq != from {
		s, err := t.p.log.at(seq)
		if err != nil {
			return nil, err
		}
		if s.commit.Prev.IsZero() {
			return nil, noBatch(fmt.Errorf("batch %.140q is no chain", batch))
		}
		if seq, err = t.seqOfHash(s.commit.Prev.String()); err != nil {
			return nil, err
		}
		out = append(out, seq)
	}
	return out, nil
}

func (t *Tx) seqOfHash(text string) (int64, error) {
	hash, err := oplog.ParseHash(text)
	if err != nil {
		return 0, noBatch(err)
	}
	seq, err := t.p.log.seqOf(hash.Prefix())
	if err == nil && seq == 0 {
		err = noBatch(fmt.Errorf("batch %.80q", text))
	}
	return seq, err
}

// Undo plans the edits that take a batch back: rows it made go, fields it
// replaced get their former value, rows it deleted return. What was edited after
// the batch stays as it is.
func (t *Tx) Undo(batch string) ([]record.Edit, error) {
	seqs, err := t.batchCommits(batch)
	if err != nil {
		return nil, err
	}
	var edits []record.Edit
	for _, seq := range seqs {
		s, err := t.p.log.at(seq)
		if err != nil {
			return nil, err
		}
		for i := len(s.commit.Ops) - 1; i >= 0; i-- {
			e, ok, err := t.undoOp(s, i)
			if err != nil {
				return nil, err
			}
			if ok {
				edits = append(edits, e)
			}
		}
	}
	return edits, nil
}

func noBatch(cause error) error {
	return record.Refuse(record.ErrNotFound, "Không tìm thấy thao tác cần hoàn tác.", "The action to undo was not found.").Because(cause)
}

func (t *Tx) undoOp(s *storedCommit, i int) (record.Edit, bool, error) {
	o := &s.commit.Ops[i]
	e := record.Edit{Ref: o.Ref}
	row, err := t.p.row(o.Ref)
	if err != nil || row == nil {
		return e, false, err
	}
	switch field := o.Cells[0].Field; {
	case field == oplog.FieldDeleted:
		was := o.Cells[0].Value == "true"
		e.Revive, e.Delete = was, !was
		return e, t.stillShows(row, s, i, &o.Cells[0]), nil
	case field[0] == '_':
		return e, false, nil // an erasure is for ever
	}
	made, err := t.madeHere(s, i)
	if err != nil {
		return e, false, err
	}
	if made {
		gone, _ := row.Deleted()
		e.Delete = true
		return e, !gone && !t.editedLater(row, s, i), nil
	}
	e.Set, err = t.former(row, s, i)
	return e, len(e.Set) > 0, err
}

// madeHere reports whether the row did not exist before the operation.
func (t *Tx) madeHere(s *storedCommit, i int) (bool, error) {
	o := &s.commit.Ops[i]
	if o.Single() || len(o.Over) > 0 {
		return false, nil
	}
	rec, ok, err := t.p.loadRow(t.p.tables[o.Ref.Noun], o.Ref.ID)
	if err != nil || !ok {
		return false, err
	}
	st, err := parseRowState(rec.state)
	return err == nil && st.base == place{s.seq, int64(i)}, err
}

// stillShows reports whether a field is as an operation left it: its version is
// the only one, or a later one brought the same value back, as undo does.
func (t *Tx) stillShows(row *foldedRow, s *storedCommit, i int, c *oplog.Cell) bool {
	heads := row.Cells[c.Field]
	if len(heads) != 1 {
		return false
	}
	if heads[0].Dot == s.commit.Ops[i].DotOf(s.commit.Hash.Prefix(), i, c.Field) {
		return true
	}
	v, known := t.p.log.valueOf(s, i, c)
	return known && !heads[0].Withheld && heads[0].Value == v
}

// editedLater reports whether a row shows something else than the operation
// that made it said.
func (t *Tx) editedLater(row *foldedRow, s *storedCommit, i int) bool {
	o := &s.commit.Ops[i]
	said := map[string]bool{}
	for k := range o.Cells {
		said[o.Cells[k].Field] = t.stillShows(row, s, i, &o.Cells[k])
	}
	for _, field := range row.Fields() {
		cleared := len(row.Cells[field]) == 1 && row.Cells[field][0].Value == record.Null
		if same, told := said[field]; field[0] != '_' && !same && (told || !cleared) {
			return true
		}
	}
	return false
}

// former are the values an operation replaced, for the fields that still show
// what it wrote.
func (t *Tx) former(row *foldedRow, s *storedCommit, i int) (map[string]record.Value, error) {
	o := &s.commit.Ops[i]
	out := map[string]record.Value{}
	for k := range o.Cells {
		field := o.Cells[k].Field
		if !t.stillShows(row, s, i, &o.Cells[k]) {
			continue
		}
		v, known, err := t.replaced(o, field)
		if err != nil {
			return nil, err
		}
		if known && v != row.Cells[field][0].Value {
			out[field] = v
		}
	}
	return out, nil
}

// replaced is what people saw before an operation replaced it, Null when there
// was nothing; not known when it has been erased or never was here.
func (t *Tx) replaced(o *oplog.Op, field string) (v record.Value, known bool, err error) {
	before := oplog.NewRow()
	for _, dot := range o.Over {
		if dot.Field != "" && dot.Field != field {
			continue
		}
		seq, err := t.p.log.seqOf(dot.Commit)
		if err != nil {
			return "", false, err
		}
		if seq == 0 {
			return "", false, nil
		}
		s, err := t.p.log.at(seq)
		if err != nil {
			return "", false, err
		}
		if dot.Op >= len(s.commit.Ops) || (dot.Field == "" && s.commit.Ops[dot.Op].Cells[0].Field != field) {
			continue
		}
		h := oplog.Head{Dot: dot, Time: s.commit.Time, Device: s.commit.Device}
		if err := t.p.log.lookUp(o.Ref, place{seq, int64(dot.Op)}, field, &h); err != nil {
			return "", false, err
		}
		if h.Withheld {
			return "", false, nil
		}
		before.Insert(field, h)
	}
	if len(before.Cells[field]) == 0 {
		return record.Null, true, nil
	}
	f, ok := t.p.tables[o.Ref.Noun].d.Field(field)
	if !ok {
		f = &record.Field{Name: field}
	}
	v, _ = before.Shown(f)
	return v, v != "", nil
}
