package store

import (
	"errors"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// newPeople gives people in pieces, as an import does.
func newPeople(from, to int64, piece int) func() ([]record.Edit, error) {
	return func() ([]record.Edit, error) {
		var edits []record.Edit
		for ; from < to && len(edits) < piece; from++ {
			edits = append(edits, record.Create(recordtest.Person(from)))
		}
		return edits, nil
	}
}

func rowsOf(t *testing.T, db *DB) int {
	t.Helper()
	all, err := All[record.Person](ctx, db)
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// Rows made ahead are what rows made one by one are: signed, chained, the fold of
// the log, found by name, undone together.
func TestNewRows(t *testing.T) {
	db := newTest(t)
	commit(t, db, 1, record.Create(recordtest.Activity(1)))
	change, err := db.Commit(ctx, testWriter(1), 0, func(tx *Tx) ([]record.Edit, error) {
		return nil, tx.NewRows(newPeople(10, 3010, 7))
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := rowsOf(t, db); n != 3000 {
		t.Errorf("%d rows", n)
	}
	if !strings.Contains(change.Batch, "..") || !change.Touches("person") {
		t.Errorf("change %+v", change)
	}
	if found, err := db.FindPeople(ctx, recordtest.Person(2000).FullName, 5); err != nil || len(found) == 0 {
		t.Errorf("found %v, %v", found, err)
	}
	mustVerify(t, db)
	if _, err := db.Commit(ctx, testWriter(1), 0, func(tx *Tx) ([]record.Edit, error) { return tx.Undo(change.Batch) }); err != nil {
		t.Fatal(err)
	}
	if n := rowsOf(t, db); n != 0 {
		t.Errorf("%d rows after undo", n)
	}
	mustVerify(t, db)
}

// A row that is there already is merged, not written over or lost.
func TestNewRowsThatAreThere(t *testing.T) {
	db := newTest(t)
	old := recordtest.Person(25)
	old.FullName = "Y Cũ"
	commit(t, db, 1, record.Create(old))
	_, err := db.Commit(ctx, testWriter(1), 0, func(tx *Tx) ([]record.Edit, error) {
		return nil, tx.NewRows(newPeople(0, 200, 200))
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := rowsOf(t, db); n != 200 {
		t.Errorf("%d rows", n)
	}
	mustVerify(t, db)
}

// What fails half-way leaves nothing, wherever it fails.
func TestNewRowsAllOrNothing(t *testing.T) {
	stop := errors.New("stop")
	for name, more := range map[string]func(n int) ([]record.Edit, error){
		"an error": func(int) ([]record.Edit, error) { return nil, stop },
		"an edit of a row": func(int) ([]record.Edit, error) {
			return []record.Edit{{Ref: recordtest.Person(1).Ref(), Set: map[string]record.Value{"full_name": `"x"`}}}, nil
		},
	} {
		db := newTest(t)
		good, n := newPeople(0, 1<<30, 50), 0
		_, err := db.Commit(ctx, testWriter(1), 0, func(tx *Tx) ([]record.Edit, error) {
			return nil, tx.NewRows(func() ([]record.Edit, error) {
				if n++; n == 60 {
					return more(n)
				}
				return good()
			})
		})
		if err == nil {
			t.Errorf("%s: no error", name)
		}
		if n := rowsOf(t, db); n != 0 {
			t.Errorf("%s: %d rows", name, n)
		}
		mustVerify(t, db)
	}
}
