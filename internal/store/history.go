package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// History tells what was done to a row, the oldest first, in the order in which it
// came here. Values that have been erased, or never came, are not told.
func (db *DB) History(ctx context.Context, ref record.Ref) ([]record.Step, error) {
	var out []record.Step
	err := db.snapshot(ctx, func(q querier) error {
		log, err := newLogReader(ctx, q, db.box)
		if err != nil {
			return err
		}
		from, err := firstSeq(ctx, q, ref)
		if err != nil {
			return err
		}
		rows, err := q.QueryContext(ctx, selectLog+" WHERE log.seq >= ? AND line_has(log.raw, ?) ORDER BY log.seq", from, []byte(`"`+ref.String()+`"`))
		if err != nil {
			return mapError(err)
		}
		defer rows.Close()
		h := historian{log: log, ref: ref, shown: map[string]record.Value{}}
		for rows.Next() {
			s, err := scanCommit(rows, db.box)
			if err != nil {
				return err
			}
			out = append(out, h.steps(s)...)
		}
		return mapError(rows.Err())
	})
	return out, fmtErr("history", err)
}

// firstSeq is from where in the log a row may be spoken of: its base is the operation
// that brought it here. It is 0 where that is not known.
func firstSeq(ctx context.Context, q querier, ref record.Ref) (int64, error) {
	d, ok := record.Describe(ref.Noun)
	if !ok {
		return 0, nil
	}
	var text string
	err := q.QueryRowContext(ctx, "SELECT state FROM "+d.Name+" WHERE id = ?", ref.ID[:]).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, mapError(err)
	}
	st, err := parseRowState(text)
	if err != nil {
		return 0, err
	}
	return st.base[0], nil
}

// historian remembers what a row said last.
type historian struct {
	log   *logReader
	ref   record.Ref
	shown map[string]record.Value
	made  bool
}

func (h *historian) steps(s *storedCommit) []record.Step {
	step := record.Step{At: s.commit.Time, Officer: s.commit.Officer, Batch: s.commit.Hash.String(), Did: "changed"}
	if !h.made {
		step.Did = "made"
	}
	told := false
	for i := range s.commit.Ops {
		o := &s.commit.Ops[i]
		if o.Ref != h.ref {
			continue
		}
		told, h.made = true, true
		for k := range o.Cells {
			h.cell(&step, s, i, &o.Cells[k])
		}
		if len(o.Erased) > 0 {
			step.Did = "erased"
		}
	}
	if !told {
		return nil
	}
	return []record.Step{step}
}

func (h *historian) cell(step *record.Step, s *storedCommit, op int, c *oplog.Cell) {
	switch {
	case c.Field == oplog.FieldDeleted && c.Value == "true":
		step.Did = "deleted"
	case c.Field == oplog.FieldDeleted:
		step.Did = "restored"
	case c.Field[0] == '_':
	default:
		v, known := h.log.valueOf(s, op, c)
		f := record.StepField{Name: c.Field, Before: h.shown[c.Field], After: v, Gone: !known}
		if f.Before == "" {
			f.Before = record.Null
		}
		h.shown[c.Field] = f.After
		at := slices.IndexFunc(step.Fields, func(x record.StepField) bool { return x.Name == c.Field })
		if at < 0 {
			step.Fields = append(step.Fields, f)
		} else {
			step.Fields[at].After, step.Fields[at].Gone = f.After, f.Gone
		}
	}
}
