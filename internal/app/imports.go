package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"sophobien/internal/intake"
	"sophobien/internal/record"
	"sophobien/internal/store"
)

// plan is a step of an action: what to write, seeing what earlier steps wrote.
type plan = func(*store.Tx) ([]record.Edit, error)

// ImportList stores the rows of a proposal as one action, and notes that it did.
// Parked rows are not stored. People and units that the proposal links are not made
// again: what the register does not know of them is filled in, what it knows stays
// unless the row says to take the list's word. The rows are let go as they are
// written: a long list would stand in memory twice.
func (a *App) ImportList(ctx context.Context, in record.ListImport) (record.Import, record.Change, error) {
	if len(in.Proposal.Rows) == 0 {
		return record.Import{}, record.Change{}, record.Refuse(record.ErrInvalid, "Không có dòng nào chắc chắn để lưu; chưa lưu gì. Hãy sửa các dòng để riêng rồi nhập lại.",
			"No row is certain enough to store; nothing was stored. Correct the rows set aside and import again.")
	}
	im, err := a.newImport(ctx, in)
	if err != nil {
		return record.Import{}, record.Change{}, explain(err)
	}
	rows := map[string]func() []plan{
		"person": im.people, "instructor": im.instructors, "unit": im.units, "question": im.questions,
	}[in.Proposal.Of]
	if rows == nil {
		return record.Import{}, record.Change{}, fmt.Errorf("%w: no list of %q", record.ErrInvalid, in.Proposal.Of)
	}
	ch, err := a.commit(ctx, append(rows(), im.remember)...)
	if ch.Batch == "" {
		im.note.Rows = 0 // the register knew all of it
	}
	return im.note, ch, err
}

// listImport is a list on its way into the register.
type listImport struct {
	app    *App
	office record.Office
	in     record.ListImport
	today  record.Date
	note   record.Import
}

func (a *App) newImport(ctx context.Context, in record.ListImport) (*listImport, error) {
	im := &listImport{app: a, in: in}
	var err error
	if im.office, err = a.db.Office(ctx); err != nil {
		return nil, err
	}
	if im.today, err = a.today(ctx); err != nil {
		return nil, err
	}
	p := &in.Proposal
	im.note = record.Import{
		ID: a.newID(), Of: p.Of, Target: in.Activity, Source: trimmed(in.Source), Day: im.today,
		Rows: int64(len(p.Rows)), Parked: int64(len(p.Parked)),
	}
	for i := range p.Rows {
		if p.Rows[i].Known != nil {
			im.note.Known++
		}
	}
	return im, nil
}

// remember notes the import beside its batch, and the shape of its list where an
// officer has explained it.
func (im *listImport) remember(tx *store.Tx) ([]record.Edit, error) {
	if im.note.Batch = tx.Batch(); im.note.Batch == "" {
		return nil, nil
	}
	edits := []record.Edit{record.Create(im.note)}
	layout, ok := intake.LayoutOf(im.in.Proposal)
	if !im.in.Learn || !ok {
		return edits, nil
	}
	known, err := store.AllIn[record.Layout](tx)
	if err != nil {
		return nil, err
	}
	for _, k := range known {
		if k.Of == layout.Of && slices.Equal(k.Labels, layout.Labels) {
			layout.ID = k.ID
			if e, changed := record.Update(k, layout); changed {
				edits = append(edits, e)
			}
			return edits, nil
		}
	}
	layout.ID = im.app.newID()
	return append(edits, record.Create(layout)), nil
}

// Imports are the lists that were taken in and not taken back, the newest first:
// into the list of an activity, or with a zero id all.
func (a *App) Imports(ctx context.Context, activity record.ID) ([]record.Import, error) {
	list, err := a.db.Imports(ctx, activity)
	return list, explain(err)
}

// UndoImport takes a whole list back, however long ago; what was edited since stays.
func (a *App) UndoImport(ctx context.Context, id record.ID) (record.Change, error) {
	im, err := store.Find[record.Import](ctx, a.db, id)
	if errors.Is(err, record.ErrNotFound) {
		return record.Change{}, record.Refuse(record.ErrNotFound, "Lần nhập này đã được hoàn tác.", "This import has been taken back already.").Because(err)
	}
	if err != nil {
		return record.Change{}, explain(err)
	}
	forget := func(*store.Tx) ([]record.Edit, error) { return []record.Edit{{Ref: im.Ref(), Delete: true}}, nil }
	open := func(tx *store.Tx) ([]record.Edit, error) {
		act, err := store.FindIn[record.Activity](tx, im.Target)
		if errors.Is(err, record.ErrNotFound) {
			return nil, nil // it is no list of people, or its activity is gone
		}
		return nil, errors.Join(err, stillOpen(act))
	}
	ch, err := a.commitQuietly(ctx, slices.Concat([]plan{open}, a.planUndo(im.Batch), []plan{forget})...)
	if err == nil && ch.Batch != "" {
		ch.Words = record.Words{VI: fmt.Sprintf("Nhập danh sách %s dòng", grouped(int(im.Rows))), EN: fmt.Sprintf("A list of %d rows taken in", im.Rows)}
		if _, known := a.forget(im.Batch); known {
			a.push(&a.undoneStack, done{ch.Batch, ch.Words})
		} else { // of an earlier run: this is what was done last
			a.remember(ch)
		}
	}
	return ch, err
}

// units registers what the rows' texts mean and the register does not have.
func (im *listImport) useUnits(tx *store.Tx) ([]record.Edit, error) {
	var ids []record.ID
	for i := range im.in.Proposal.Rows {
		if id := im.in.Proposal.Rows[i].UnitID; !id.IsZero() && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return im.app.useUnits(tx, ids...)
}

// inList names the line of the file an error is about.
func inList(row *record.ProposedRow, err error) error { return inLine(row.Line-1, err) }
