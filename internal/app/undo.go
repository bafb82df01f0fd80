package app

import (
	"context"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// Undo takes a whole action back; what was edited after it stays, and so do people
// and units that something else speaks of by now.
func (a *App) Undo(ctx context.Context, batch string) (record.Change, error) {
	did, known := a.forget(batch)
	if !known {
		return a.commit(ctx, planUndo(batch)...)
	}
	ch, err := a.commitQuietly(ctx, planUndo(batch)...)
	if err == nil && ch.Batch != "" {
		ch.Words = did.words
		a.push(&a.undoneStack, done{ch.Batch, did.words})
	}
	return ch, err
}

func planUndo(batch string) []func(*store.Tx) ([]record.Edit, error) {
	var undone []record.Edit
	return []func(*store.Tx) ([]record.Edit, error){
		func(tx *store.Tx) (_ []record.Edit, err error) {
			if undone, err = tx.Undo(batch); err == nil {
				undone, err = sparing(tx, undone)
			}
			return undone, err
		},
		func(tx *store.Tx) ([]record.Edit, error) { return recountLists(tx, undone) },
	}
}

// sparing leaves out the deletion of people and units that are in use.
func sparing(tx *store.Tx, edits []record.Edit) ([]record.Edit, error) {
	shared := func(e record.Edit) bool { return e.Delete && (e.Ref.Noun == "person" || e.Ref.Noun == "unit") }
	if !slices.ContainsFunc(edits, shared) {
		return edits, nil
	}
	going := make(map[record.Ref]bool, len(edits))
	for _, e := range edits {
		if e.Delete {
			going[e.Ref] = true
		}
	}
	used, err := tx.InUse(going)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(edits, func(e record.Edit) bool { return shared(e) && used[e.Ref.ID] }), nil
}
