package store

import (
	"cmp"
	"context"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// HeldStep is what a commit that is held would do to one row.
type HeldStep struct {
	Device oplog.Device
	N      int64  // of its commit
	Why    string // HeldUnknown, HeldRevoked or HeldCut
	Ref    record.Ref
	Step   record.Step // without what the row says now
}

// HeldSteps lists what is held, each machine's in the order of its chain. Hidden values
// stay so.
func (db *DB) HeldSteps(ctx context.Context) ([]HeldStep, error) {
	var out []HeldStep
	err := eachRow(ctx, db.read, "SELECT why, line FROM held", func(row scanTarget) error {
		var why string
		var line []byte
		if err := row.Scan(&why, &line); err != nil {
			return err
		}
		c, err := oplog.ParseLine(line)
		if err != nil {
			return err
		}
		for i := range c.Ops {
			out = append(out, HeldStep{Device: c.Device, N: c.N, Why: why, Ref: c.Ops[i].Ref, Step: heldStep(c, &c.Ops[i])})
		}
		return nil
	})
	slices.SortStableFunc(out, func(x, y HeldStep) int {
		return cmp.Or(cmp.Compare(x.Device.String(), y.Device.String()), cmp.Compare(x.N, y.N))
	})
	return out, fmtErr("list what is held", err)
}

func heldStep(c *oplog.Commit, o *oplog.Op) record.Step {
	step := record.Step{At: c.Time, Officer: c.Officer, Batch: c.Hash.String(), Did: "changed"}
	if !o.Single() && len(o.Over) == 0 {
		step.Did = "made"
	}
	if len(o.Erased) > 0 {
		step.Did = "erased"
	}
	for _, cell := range o.Cells {
		switch {
		case cell.Field == oplog.FieldDeleted && cell.Value == "true":
			step.Did = "deleted"
		case cell.Field == oplog.FieldDeleted:
			step.Did = "restored"
		case cell.Field[0] != '_' && !cell.Hidden:
			step.Fields = append(step.Fields, record.StepField{Name: cell.Field, Before: record.Null, After: cell.Value})
		}
	}
	return step
}
