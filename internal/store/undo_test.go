package store

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

func undoBatch(t testing.TB, db *DB, batch string) record.Change {
	t.Helper()
	ch, err := db.Commit(ctx, testWriter(1), recordtest.Day0.UnixMilli(), func(tx *Tx) ([]record.Edit, error) { return tx.Undo(batch) })
	if err != nil {
		t.Fatal(err)
	}
	return ch
}

type visible struct {
	Activities []record.Activity
	People     []record.Person
	Lists      [][]record.Attendee
}

func lookAt(t testing.TB, db *DB) visible {
	t.Helper()
	var v visible
	var err1, err2 error
	v.Activities, err1 = All[record.Activity](ctx, db)
	v.People, err2 = All[record.Person](ctx, db)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	for n := range int64(3) {
		list, err := db.Attendees(ctx, recordtest.Activity(n).ID)
		if err != nil {
			t.Fatal(err)
		}
		v.Lists = append(v.Lists, list)
	}
	return v
}

// someAction is one action as the window makes them: edits of several rows.
func someAction(random *rand.Rand, tx *Tx, step int64) ([]record.Edit, error) {
	a := recordtest.Activity(random.Int64N(3))
	before, err := FindIn[record.Activity](tx, a.ID)
	if gone, _ := tx.p.row(a.Ref()); err != nil && gone != nil {
		return []record.Edit{{Ref: a.Ref(), Revive: true}}, nil
	}
	if err != nil {
		edits := []record.Edit{record.Create(a)}
		for _, x := range recordtest.Attendees(a.ID, step*10, 3) {
			edits = append(edits, record.Create(x.Person), record.Create(x.Attendance))
		}
		return edits, nil
	}
	if random.IntN(5) == 0 {
		return []record.Edit{{Ref: a.Ref(), Delete: true}}, nil
	}
	after := before
	after.Title, after.Prizes = recordtest.Activity(step).Title, step
	if random.IntN(2) == 0 {
		after.Note, after.Topics = "", nil
	} else {
		after.Note, after.Topics = "ghi chú", []string{"wage"}
	}
	e, ok := record.Update(before, after)
	edits := []record.Edit{e}
	if !ok {
		edits = nil
	}
	list, err := tx.Attendees(a.ID)
	if err == nil && len(list) > 1 {
		p := list[0].Person
		p.FullName = recordtest.Person(step).FullName
		if e, ok := record.Update(list[0].Person, p); ok {
			edits = append(edits, e)
		}
		edits = append(edits, record.Edit{Ref: list[1].Attendance.Ref(), Delete: true})
	}
	return edits, err
}

// TestUndoOfEverythingInReverse: taking actions back one by one shows again what
// was seen before each, and undoing all the undos the last state.
func TestUndoOfEverythingInReverse(t *testing.T) {
	for seed := range uint64(recordtest.Count(t, 10, 10_000)) {
		random := rand.New(rand.NewPCG(seed, 13))
		db := newQuick(t)
		var states []visible
		var batches []string
		for step := range int64(14) {
			before := lookAt(t, db)
			ch, err := db.Commit(ctx, testWriter(1), recordtest.Day0.UnixMilli(), func(tx *Tx) ([]record.Edit, error) { return someAction(random, tx, 1+step) })
			if err != nil {
				t.Fatal(err)
			}
			if ch.Batch != "" {
				states, batches = append(states, before), append(batches, ch.Batch)
			}
		}
		last := lookAt(t, db)
		var undone []string
		for i := len(batches) - 1; i >= 0; i-- {
			undone = append(undone, undoBatch(t, db, batches[i]).Batch)
			if diff := cmp.Diff(states[i], lookAt(t, db)); diff != "" {
				t.Fatalf("seed %d, action %d taken back (-before +now):\n%s", seed, i, diff)
			}
		}
		for i := len(undone) - 1; i >= 0; i-- {
			undoBatch(t, db, undone[i])
		}
		if diff := cmp.Diff(last, lookAt(t, db)); diff != "" {
			t.Fatalf("seed %d, all done again (-before +now):\n%s", seed, diff)
		}
		mustVerify(t, db)
	}
}

func TestUndoOfAnUnknownBatchIsASentence(t *testing.T) {
	db := newTest(t)
	commit(t, db, 1, record.Create(recordtest.Activity(1)))
	for _, batch := range []string{"", "x", recordtest.Activity(1).ID.String(), "00000000000000000000000000000000000000000000000000000000000000aa"} {
		_, err := db.Commit(ctx, testWriter(1), 0, func(tx *Tx) ([]record.Edit, error) { return tx.Undo(batch) })
		wantRefusal(t, err, record.ErrNotFound)
	}
}

func TestUndoOfAnActionTooLongForOneCommit(t *testing.T) {
	db := newTest(t)
	a := recordtest.Activity(1)
	edits := []record.Edit{record.Create(a)}
	for _, x := range recordtest.Attendees(a.ID, 1, 1500) {
		edits = append(edits, record.Create(x.Person), record.Create(x.Attendance))
	}
	ch := commit(t, db, 1, edits...)
	if n, err := db.CountAfter(ctx, 0); err != nil || n < 2 {
		t.Fatalf("%d commits (%v); the test wants several", n, err)
	}
	if list, _ := db.Attendees(ctx, a.ID); len(list) != 1500 {
		t.Fatalf("%d people", len(list))
	}
	undoBatch(t, db, ch.Batch)
	if diff := cmp.Diff(visible{Lists: make([][]record.Attendee, 3)}, lookAt(t, db), cmpEmpty); diff != "" {
		t.Errorf("after undo:\n%s", diff)
	}
	mustVerify(t, db)
}
