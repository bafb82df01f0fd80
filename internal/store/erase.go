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
		if len(e.Erase) == 0 {
			continue
		}
		dots, err := t.versions(e.Ref, e.Erase)
		if err != nil {
			return err
		}
		if len(dots) > 0 {
			c.Ops = append(c.Ops, oplog.EraseOp(e.Ref, dots))
		}
	}
	return nil
}

// versions lists all committed versions of some fields of a row, from the first.
// It reads the log itself: an erasure is rare, and the tables know only what is shown.
func (t *Tx) versions(ref record.Ref, fields []string) ([]oplog.Dot, error) {
	rows, err := t.tx.QueryContext(t.ctx, selectLog+" WHERE instr(log.raw, ?) > 0 ORDER BY log.seq", []byte(ref.String()))
	if err != nil {
		return nil, mapError(err)
	}
	defer rows.Close()
	var out []oplog.Dot
	for rows.Next() {
		s, err := scanCommit(rows, t.db.box)
		if err != nil {
			return nil, err
		}
		for i := range s.commit.Ops {
			o := &s.commit.Ops[i]
			if o.Ref != ref {
				continue
			}
			for _, cell := range o.Cells {
				if cell.Hidden && slices.Contains(fields, cell.Field) {
					out = append(out, o.DotOf(s.commit.Hash.Prefix(), i, cell.Field))
				}
			}
		}
	}
	return out, mapError(rows.Err())
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
