package store

import (
	"context"
	"errors"
	"fmt"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// NamedFile is a file of evidence that a row names, or named until it was deleted.
type NamedFile struct {
	SHA256 string
	Size   int64
	Gone   int64 // when the row was deleted, in Unix milliseconds; 0: it lives
}

// NamedFiles lists the files that rows of evidence name, once for each row.
func (db *DB) NamedFiles(ctx context.Context) ([]NamedFile, error) {
	var out []NamedFile
	gone := map[int]int64{} // place in out → commit that deleted the row
	err := eachRow(ctx, db.read, "SELECT coalesce(sha256, ''), coalesce(size, 0), flags & 1, state FROM evidence ORDER BY id", func(row scanTarget) error {
		var f NamedFile
		var deleted bool
		var state string
		if err := row.Scan(&f.SHA256, &f.Size, &deleted, &state); err != nil {
			return err
		}
		if deleted {
			st, err := parseRowState(state)
			if err != nil {
				return err
			}
			gone[len(out)] = st.deletedBy()
		}
		out = append(out, f)
		return nil
	})
	for i, seq := range gone {
		err = errors.Join(err, db.read.QueryRowContext(ctx, "SELECT time FROM log WHERE seq = ?", seq).Scan(&out[i].Gone))
	}
	return out, fmtErr("files of evidence", err)
}

// deletedBy is the last commit that said of a row that it is gone.
func (s *rowState) deletedBy() int64 {
	last := int64(-1)
	for _, at := range s.listed[oplog.FieldDeleted] {
		last = max(last, at[0])
	}
	if last < 0 {
		return s.base[0]
	}
	return last
}

// Lives reports whether a row is there and not deleted.
func (t *Tx) Lives(ref record.Ref) (bool, error) {
	d, ok := record.Describe(ref.Noun)
	if !ok {
		return false, fmt.Errorf("%w: no noun %q", record.ErrInvalid, ref.Noun)
	}
	n := 0
	err := t.tx.QueryRowContext(t.ctx, "SELECT count(*) FROM "+d.Name+" WHERE id = ? AND flags & 1 = 0", ref.ID[:]).Scan(&n)
	return n > 0, fmtErr("look for "+d.Name, err)
}

// Proved are the rows of a noun that have a file of evidence.
func (db *DB) Proved(ctx context.Context, noun string) (map[record.ID]bool, error) {
	out := map[record.ID]bool{}
	err := eachRow(ctx, db.read, "SELECT DISTINCT owner_id FROM evidence WHERE noun = ? AND flags & 1 = 0 AND length(owner_id) = 16", func(row scanTarget) error {
		var id []byte
		err := row.Scan(&id)
		if err == nil {
			out[record.ID(id)] = true
		}
		return err
	}, noun)
	return out, fmtErr("rows with evidence", err)
}
