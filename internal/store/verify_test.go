package store

import (
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// When the log has lost values, the tables that still show them are not
// overwritten: verify says so and leaves the repair to a backup.
func TestVerifyDoesNotWipeWhatTheLogHasLost(t *testing.T) {
	db := newTest(t)
	p := recordtest.Person(1)
	commit(t, db, 1, record.Create(p))
	if _, err := db.write.Exec("DELETE FROM secret"); err != nil {
		t.Fatal(err)
	}
	rep, err := db.Verify(ctx, true, t.TempDir(), nil)
	if err != nil || rep.OK || len(rep.Faults) == 0 {
		t.Fatalf("a lost value was not noticed: %+v %v", rep, err)
	}
	got, err := Find[record.Person](ctx, db, p.ID)
	if err != nil || got.FullName != p.FullName {
		t.Errorf("the name is gone from the table too: %+v %v", got, err)
	}
}
