package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// scanned is the history as the whole log tells it, commit by commit.
func scanned(t *testing.T, db *DB, ref record.Ref) []record.Step {
	t.Helper()
	log, err := db.newLogReader(ctx, db.read)
	if err != nil {
		t.Fatal(err)
	}
	h := &historian{log: log, ref: ref, shown: map[string]record.Value{}}
	var out []record.Step
	err = eachRow(ctx, db.read, selectLog+" ORDER BY log.seq", func(row scanTarget) error {
		s, err := scanCommit(row, db.box)
		if err == nil {
			out = append(out, h.steps(s)...)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAHistoryReadsOnlyWhatSpeaksOfItsRow and tells what the whole log does: of a row
// made in one go, of one whose first field came alone, changed, deleted, revived, erased.
func TestAHistoryReadsOnlyWhatSpeaksOfItsRow(t *testing.T) {
	db := newTest(t)
	a := recordtest.Activity(1)
	person := recordtest.Attendees(a.ID, 1, 1)[0].Person
	commit(t, db, 1, record.Create(a), record.Create(person))
	commit(t, db, 1, record.Create(recordtest.Activity(2))) // another's
	alone := record.Unit{ID: recordtest.ID(77), Name: "Ăn Phát"}
	commit(t, db, 1, record.Create(alone))
	b := a
	b.Title = "Đã sửa"
	e, _ := record.Update(a, b)
	commit(t, db, 1, e, record.Create(recordtest.Activity(3)))
	commit(t, db, 1, record.Edit{Ref: a.Ref(), Delete: true})
	commit(t, db, 1, record.Edit{Ref: a.Ref(), Revive: true})
	renamed := alone
	renamed.Name = "Ăn Phát Hai"
	e, _ = record.Update(alone, renamed)
	commit(t, db, 1, e)
	commit(t, db, 1, record.Edit{Ref: person.Ref(), Erase: []string{"full_name", "birth"}})
	for ref, steps := range map[record.Ref]int{a.Ref(): 4, alone.Ref(): 2, person.Ref(): 2, {Noun: "activity", ID: recordtest.ID(3)}: 1, {Noun: "activity", ID: recordtest.ID(99)}: 0} {
		got, err := db.History(ctx, ref)
		if err != nil || len(got) != steps {
			t.Errorf("%s: %d steps, %v", ref, len(got), err)
		}
		if diff := cmp.Diff(scanned(t, db, ref), got); diff != "" {
			t.Errorf("%s (-the log +told):\n%s", ref, diff)
		}
	}
	mustVerify(t, db)
}

// TestMentionsThatAreNotTheLogsAreAFault: they are compared with the fold as the tables are.
func TestMentionsThatAreNotTheLogsAreAFault(t *testing.T) {
	db := newTest(t)
	commit(t, db, 1, record.Create(recordtest.Activity(1)))
	if _, err := db.write.Exec("INSERT INTO mention (id, seq) VALUES (zeroblob(16), 1)"); err != nil {
		t.Fatal(err)
	}
	if rep, err := db.Verify(ctx, true, t.TempDir(), nil); err != nil || rep.OK || len(rep.Faults) != 1 {
		t.Errorf("%+v, %v", rep, err)
	}
	mustVerify(t, db) // put right
}
