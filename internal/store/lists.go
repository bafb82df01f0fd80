package store

import (
	"context"
	"fmt"
	"time"

	"sophobien/internal/record"
)

// Imports reads the lists that were taken in and not taken back, the newest first;
// those of one activity, or with a zero id all.
func (db *DB) Imports(ctx context.Context, activity record.ID) ([]record.Import, error) {
	if activity.IsZero() {
		return load[record.Import](ctx, db.read, db.box, "WHERE flags & 1 = 0 ORDER BY id DESC")
	}
	return load[record.Import](ctx, db.read, db.box, "WHERE flags & 1 = 0 AND target_id = ? ORDER BY id DESC", activity[:])
}

// Now is the moment of the action.
func (t *Tx) Now() time.Time { return time.UnixMilli(t.now) }

// Batch names what the action has written so far, for undo.
func (t *Tx) Batch() string { return t.done.batch() }

// SpokenOf tells which people and units some rows speak of, and which all other living
// rows do: who stands on a list or in the network of instructors, what somebody belongs
// to, what an activity reached.
func (t *Tx) SpokenOf(by map[record.Ref]bool) (these, others map[record.ID]bool, err error) {
	these, others = map[record.ID]bool{}, map[record.ID]bool{}
	for _, q := range []struct{ noun, columns string }{
		{"attendance", "person_id, NULL"}, {"instructor", "person_id, NULL"}, {"custody", "person_id, NULL"},
		{"person", "unit_id, NULL"}, {"question", "unit_id, NULL"}, {"unit", "parent_id, NULL"}, {"office", "unit_id, NULL"},
		{"publication", "unit_id, NULL"}, {"model", "unit_id, taken_over"}, {"activity", "host_unit_id, coalesce(co_organisers, '') || coalesce(units_reached, '')"},
	} {
		err := eachRow(t.ctx, t.tx, "SELECT id, "+q.columns+" FROM "+q.noun+" WHERE flags & 1 = 0", func(row scanTarget) error {
			var id, one []byte
			var many *string
			if err := row.Scan(&id, &one, &many); err != nil {
				return err
			}
			if len(id) != 16 || len(one) != 0 && len(one) != 16 {
				return fmt.Errorf("%w: an id of %d bytes", record.ErrDamaged, len(id))
			}
			used := others
			if by[record.Ref{Noun: q.noun, ID: record.ID(id)}] {
				used = these
			}
			if len(one) == 16 {
				used[record.ID(one)] = true
			}
			if many != nil {
				useAll(used, *many)
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return these, others, nil
}

// Deleted are the deleted rows of a noun.
func (t *Tx) Deleted(noun string) (map[record.ID]bool, error) {
	out := map[record.ID]bool{}
	err := eachRow(t.ctx, t.tx, "SELECT id FROM "+noun+" WHERE flags & 1 = 1", func(row scanTarget) error {
		var id []byte
		if err := row.Scan(&id); err != nil {
			return err
		}
		if len(id) != 16 {
			return fmt.Errorf("%w: an id of %d bytes", record.ErrDamaged, len(id))
		}
		out[record.ID(id)] = true
		return nil
	})
	return out, err
}

// UndoneImports are the lists that were taken in and taken back.
func (t *Tx) UndoneImports() ([]record.Import, error) {
	return load[record.Import](t.ctx, t.tx, t.p.box, "WHERE flags & 1 = 1 ORDER BY id")
}

// useAll notes every id that stands in a column of several.
func useAll(used map[record.ID]bool, text string) {
	for i := 0; i+36 <= len(text); i++ {
		if id, err := record.ParseID(text[i : i+36]); err == nil {
			used[id] = true
			i += 35
		}
	}
}
