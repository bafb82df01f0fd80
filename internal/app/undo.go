package app

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// Undo takes a whole action back; what was edited after it stays, and so do people
// and units that something else speaks of by now. Those go with the last that did,
// once what made them is taken back too.
func (a *App) Undo(ctx context.Context, batch string) (record.Change, error) {
	did, known := a.forget(batch)
	if !known {
		return a.commit(ctx, a.planUndo(batch)...)
	}
	ch, err := a.commitQuietly(ctx, a.planUndo(batch)...)
	if err == nil && ch.Batch != "" {
		ch.Words = did.words
		a.push(&a.undoneStack, done{ch.Batch, did.words})
	}
	return ch, err
}

func (a *App) planUndo(batch string) []func(*store.Tx) ([]record.Edit, error) {
	u := &undoing{back: map[record.Ref]bool{}}
	return []func(*store.Tx) ([]record.Edit, error){
		func(tx *store.Tx) (_ []record.Edit, err error) {
			if u.edits, err = tx.Undo(batch); err == nil {
				err = u.spare(tx)
			}
			if err == nil {
				err = leavesClosed(tx, u.edits)
			}
			if err == nil {
				err = leavesSigned(tx, u.edits)
			}
			return u.edits, err
		},
		u.leave,
		u.bringAlong, u.bringAlong, u.bringAlong, // a person, their unit, the unit above it
		func(tx *store.Tx) ([]record.Edit, error) { return recountLists(tx, u.edits) },
		func(tx *store.Tx) ([]record.Edit, error) {
			if slices.ContainsFunc(u.edits, func(e record.Edit) bool { return e.Ref.Noun == "holiday" }) {
				return a.moveDueDays(tx)
			}
			return nil, nil
		},
	}
}

// leavesClosed refuses to change closed activities and their lists by taking something
// back, unless that is what opens them again.
func leavesClosed(tx *store.Tx, edits []record.Edit) error {
	opened := map[record.ID]bool{}
	var touched []record.ID
	for _, e := range edits {
		switch e.Ref.Noun {
		case "activity":
			if _, turns := e.Set["status"]; turns || e.Revive {
				opened[e.Ref.ID] = true
			}
			touched = append(touched, e.Ref.ID)
		case "attendance":
			on, err := tx.ListsWith(e.Ref)
			if err != nil {
				return err
			}
			touched = append(touched, on...)
		}
	}
	for _, id := range touched {
		act, err := store.FindIn[record.Activity](tx, id)
		if errors.Is(err, record.ErrNotFound) || opened[id] {
			continue
		}
		if err == nil {
			err = stillOpen(act)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// leavesSigned refuses to change signed reports and the files kept with them by taking
// something back.
func leavesSigned(tx *store.Tx, edits []record.Edit) error {
	for _, e := range edits {
		if e.Ref.Noun == "report" {
			if err := unsigned(tx, e.Ref.ID); err != nil {
				return err
			}
		}
		if e.Ref.Noun == "evidence" {
			file, err := store.FindIn[record.Evidence](tx, e.Ref.ID)
			if err == nil && file.Noun == "report" {
				return refuseSigned()
			}
		}
	}
	return nil
}

// undoing is an action on its way back.
type undoing struct {
	edits []record.Edit
	left  map[record.ID]bool  // people and units that rows on their way out speak of, and no others
	back  map[record.Ref]bool // rows brought back
}

// isShared reports whether several lists may speak of a row.
func isShared(ref record.Ref) bool { return ref.Noun == "person" || ref.Noun == "unit" }

// spare leaves out the deletion of people and units that are in use, and notes who
// comes and goes.
func (u *undoing) spare(tx *store.Tx) error {
	u.edits = slices.DeleteFunc(u.edits, func(e record.Edit) bool { return e.Delete && e.Ref.Noun == "custody" }) // that log only grows
	going := make(map[record.Ref]bool, len(u.edits))
	for _, e := range u.edits {
		switch {
		case e.Delete:
			going[e.Ref] = true
		case e.Revive:
			u.back[e.Ref] = true
		}
	}
	if len(going) == 0 {
		return nil
	}
	these, used, err := tx.SpokenOf(going)
	if err != nil {
		return err
	}
	u.edits = slices.DeleteFunc(u.edits, func(e record.Edit) bool { return e.Delete && isShared(e.Ref) && used[e.Ref.ID] })
	u.left = these
	maps.DeleteFunc(u.left, func(id record.ID, _ bool) bool { return used[id] })
	return nil
}

// leave deletes the people and units that were spared when the list that made them
// was taken back, and that nothing speaks of any more. Who was edited since stays.
func (u *undoing) leave(tx *store.Tx) ([]record.Edit, error) {
	for _, e := range u.edits {
		if e.Delete {
			delete(u.left, e.Ref.ID)
		}
	}
	if len(u.left) == 0 {
		return nil, nil
	}
	spared, err := sparedBefore(tx)
	if err != nil || len(spared) == 0 {
		return nil, err
	}
	var out []record.Edit
	going := map[record.Ref]bool{}
	for {
		these, used, err := tx.SpokenOf(going)
		if err != nil {
			return nil, err
		}
		before := len(out)
		for _, e := range spared {
			id := e.Ref.ID
			if !going[e.Ref] && !used[id] && (u.left[id] || these[id]) {
				going[e.Ref] = true
				out = append(out, e)
			}
		}
		if len(out) == before {
			return out, nil
		}
	}
}

// sparedBefore are the deletions of people and units that are still owed to lists
// taken back.
func sparedBefore(tx *store.Tx) ([]record.Edit, error) {
	imports, err := tx.UndoneImports()
	if err != nil {
		return nil, err
	}
	var out []record.Edit
	for _, im := range imports {
		edits, err := tx.Undo(im.Batch)
		if errors.Is(err, record.ErrNotFound) {
			continue // of a log that is not all here
		}
		if err != nil {
			return nil, err
		}
		for _, e := range edits {
			if e.Delete && isShared(e.Ref) {
				out = append(out, e)
			}
		}
	}
	return out, nil
}

// bringAlong brings back the people and units that rows just brought back speak of:
// they may have gone with another action.
func (u *undoing) bringAlong(tx *store.Tx) (out []record.Edit, err error) {
	if len(u.back) == 0 {
		return nil, nil
	}
	these, _, err := tx.SpokenOf(u.back)
	if err != nil {
		return nil, err
	}
	u.back = map[record.Ref]bool{}
	for _, noun := range []string{"person", "unit"} {
		gone, err := tx.Deleted(noun)
		if err != nil {
			return nil, err
		}
		for id := range these {
			if ref := (record.Ref{Noun: noun, ID: id}); gone[id] {
				u.back[ref] = true
				out = append(out, record.Edit{Ref: ref, Revive: true})
			}
		}
	}
	slices.SortFunc(out, func(a, b record.Edit) int { return bytes.Compare(a.Ref.ID[:], b.Ref.ID[:]) })
	return out, nil
}
