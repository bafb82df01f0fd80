package store

import (
	"context"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// addErasures adds the operations of edits that erase: each names every version
// its fields ever had here, so that the values go from the whole log.
func (t *Tx) addErasures(c *oplog.Commit, edits []record.Edit) error {
	for _, e := range edits {
		if dots := t.erasing[e.Ref]; len(e.Erase) > 0 && len(dots) > 0 {
			c.Ops = append(c.Ops, oplog.EraseOp(e.Ref, dots))
		}
	}
	return nil
}

// findErasures lists all committed versions of the fields that edits erase, from the
// first. It reads the log itself, once for all of them: an erasure is rare, and the
// tables know only what is shown.
func (t *Tx) findErasures(edits []record.Edit) error {
	fields := map[record.Ref][]string{}
	for _, e := range edits {
		if len(e.Erase) > 0 {
			fields[e.Ref] = append(fields[e.Ref], e.Erase...)
		}
	}
	t.erasing = map[record.Ref][]oplog.Dot{}
	if len(fields) == 0 {
		return nil
	}
	query, args := selectLog, []any{}
	if len(fields) == 1 { // the database passes over lines faster than they are decoded
		for ref := range fields {
			query, args = query+" WHERE instr(log.raw, ?) > 0", append(args, []byte(ref.String()))
		}
	}
	rows, err := t.tx.QueryContext(t.ctx, query+" ORDER BY log.seq", args...)
	if err != nil {
		return mapError(err)
	}
	defer rows.Close()
	for rows.Next() {
		s, err := scanCommit(rows, t.db.box)
		if err != nil {
			return err
		}
		t.addVersions(s, fields)
	}
	return mapError(rows.Err())
}

func (t *Tx) addVersions(s *storedCommit, fields map[record.Ref][]string) {
	for i := range s.commit.Ops {
		o := &s.commit.Ops[i]
		wanted := fields[o.Ref]
		if len(wanted) == 0 {
			continue
		}
		whole := t.wholePerson(o.Ref.Noun, wanted)
		for _, cell := range o.Cells {
			if cell.Hidden && (slices.Contains(wanted, cell.Field) || whole && t.unknown(o.Ref.Noun, cell.Field)) {
				t.erasing[o.Ref] = append(t.erasing[o.Ref], o.DotOf(s.commit.Hash.Prefix(), i, cell.Field))
			}
		}
	}
}

// wholePerson reports whether an erasure takes all that is personal of a row: then what a
// later version hides in it goes, too, since it may be personal.
func (t *Tx) wholePerson(noun string, wanted []string) bool {
	d, ok := t.db.nouns.named[noun]
	if !ok {
		return false
	}
	for _, f := range d.Fields {
		if f.Class == record.Personal && !slices.Contains(wanted, f.Name) {
			return false
		}
	}
	return true
}

func (t *Tx) unknown(noun, field string) bool {
	_, known := t.db.nouns.named[noun].Field(field)
	return !known
}

// forgetErased empties the write-ahead log after an erasure: the pages as they
// were before stand there.
func (db *DB) forgetErased(ctx context.Context, done *outcome) error {
	if !done.erased {
		return nil
	}
	_, err := db.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return fmtErr("empty the write-ahead log", err)
}

// keepErased keeps what is known of erasures for the next transaction, unless this one
// added some or was taken back.
func (db *DB) keepErased(done bool, o *outcome) {
	if !done || o.erased {
		db.erased, db.members = nil, nil
	}
}

// DraftsWith names the places of the window whose drafts hold something.
func (db *DB) DraftsWith(ctx context.Context, holds func(text string) bool) ([]string, error) {
	var out []string
	err := db.eachDraft(ctx, db.read, "", func(d record.Draft, err error) error {
		if err == nil && holds(string(d.Text)) {
			out = append(out, d.Scope)
		}
		return err
	})
	slices.Sort(out)
	return out, fmtErr("read drafts", err)
}
