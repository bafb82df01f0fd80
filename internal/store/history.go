package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// History tells what was done to a row and to the files that belong to it, the oldest
// first, in the order in which it came here. Values that have been erased, or never
// came, are not told.
func (db *DB) History(ctx context.Context, ref record.Ref) ([]record.Step, error) {
	var out []record.Step
	err := db.snapshot(ctx, func(q querier) error {
		log, err := db.newLogReader(ctx, q)
		if err != nil {
			return err
		}
		files, err := filesOf(ctx, q, ref)
		if err != nil {
			return err
		}
		told := []*historian{{log: log, ref: ref, shown: map[string]record.Value{}}}
		for _, file := range files {
			told = append(told, &historian{log: log, ref: file, belongs: true, shown: map[string]record.Value{}})
		}
		out, err = tell(ctx, q, db.box, told)
		return err
	})
	return out, fmtErr("history", err)
}

// Changed tells the history of each row of a noun that was changed since it came here,
// deleted ones too.
func (db *DB) Changed(ctx context.Context, noun string, told func(record.ID, []record.Step)) error {
	d, ok := record.Describe(noun)
	if !ok {
		return fmt.Errorf("%w: no noun %q", record.ErrInvalid, noun)
	}
	err := db.snapshot(ctx, func(q querier) error {
		log, err := db.newLogReader(ctx, q)
		if err != nil {
			return err
		}
		var ids []record.ID
		err = eachRow(ctx, q, "SELECT id FROM "+d.Name+" WHERE id IN (SELECT id FROM mention) ORDER BY id", func(row scanTarget) error {
			var id []byte
			err := row.Scan(&id)
			ids = append(ids, idOf(id))
			return err
		})
		for _, id := range ids {
			if err != nil {
				break
			}
			var steps []record.Step
			steps, err = tell(ctx, q, db.box, []*historian{{log: log, ref: record.Ref{Noun: d.Name, ID: id}, shown: map[string]record.Value{}}})
			told(id, steps)
		}
		return err
	})
	return fmtErr("histories of "+noun, err)
}

// filesOf are the files of evidence of a row, those that were taken off too.
func filesOf(ctx context.Context, q querier, owner record.Ref) ([]record.Ref, error) {
	var out []record.Ref
	err := eachRow(ctx, q, "SELECT id FROM evidence WHERE owner_id = ? AND noun = ? ORDER BY id", func(row scanTarget) error {
		var id []byte
		err := row.Scan(&id)
		if err == nil && len(id) == len(record.ID{}) {
			out = append(out, record.Ref{Noun: "evidence", ID: record.ID(id)})
		}
		return err
	}, owner.ID[:], owner.Noun)
	return out, err
}

// tell reads the commits that speak of rows, each once for all of them. The first is the
// row that was asked for: what took it away or brought it back did so to the others, too,
// and is told once.
func tell(ctx context.Context, q querier, b *box, of []*historian) ([]record.Step, error) {
	var seqs []int64
	for _, h := range of {
		more, err := seqsOf(ctx, q, h.ref)
		if err != nil {
			return nil, err
		}
		seqs = append(seqs, more...)
	}
	slices.Sort(seqs)
	var out []record.Step
	for _, seq := range slices.Compact(seqs) {
		s, err := scanCommit(q.QueryRowContext(ctx, selectLog+" WHERE log.seq = ?", seq), b)
		if err != nil {
			return nil, behindRow(err)
		}
		for i, h := range of {
			steps := h.steps(s)
			out = append(out, steps...)
			if i == 0 && len(steps) > 0 && (steps[0].Did == "deleted" || steps[0].Did == "restored") {
				break
			}
		}
	}
	return out, nil
}

// seqsOf are the places in the log of the commits that speak of a row: of the one that
// brought it here, which is its base, and of those that mention it since.
func seqsOf(ctx context.Context, q querier, ref record.Ref) ([]int64, error) {
	d, ok := record.Describe(ref.Noun)
	if !ok {
		return nil, nil
	}
	var text string
	err := q.QueryRowContext(ctx, "SELECT state FROM "+d.Name+" WHERE id = ?", ref.ID[:]).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, mapError(err)
	}
	st, err := parseRowState(text)
	if err != nil {
		return nil, err
	}
	var out []int64
	if st.base[0] > 0 { // else what brought it here mentions it
		out = append(out, st.base[0])
	}
	err = eachRow(ctx, q, "SELECT seq FROM mention WHERE id = ?", func(row scanTarget) error {
		var seq int64
		err := row.Scan(&seq)
		out = append(out, seq)
		return err
	}, ref.ID[:])
	return out, err
}

// historian remembers what a row said last.
type historian struct {
	log   *logReader
	ref   record.Ref
	shown map[string]record.Value
	made  bool

	belongs bool // the row belongs to the one asked for
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
	if h.belongs {
		step.Of, step.Said = h.ref, maps.Clone(h.shown)
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
