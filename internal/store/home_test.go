package store

import (
	"crypto/ed25519"
	"errors"
	"testing"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// What stays home has no row elsewhere, whether it comes alone, is edited or is read
// again from the log; in the office that made it it is as ever.
func TestWhatStaysHomeHasNoRowElsewhere(t *testing.T) {
	office, province := newQuick(t), newQuick(t)
	own, above := newFar(1), newFar(3)
	mustSet(t, office, member(own, "", record.RoleOffice, nil))
	mustSet(t, province, member(own, "24340", record.RoleOffice, nil), member(above, "", record.RoleProvince, nil))
	person := recordtest.Person(3)
	said := []Incoming{
		own.say([]record.Edit{record.Create(recordtest.Activity(2)), record.Create(person)}),
		own.set(person.Ref(), map[string]record.Value{"note": `"ghi chú"`}),
	}
	mustReceive(t, office, said...)
	if r := mustReceive(t, province, said...); r.Applied != 2 { // even where the values were given
		t.Errorf("%+v", r)
	}
	if _, err := Find[record.Person](ctx, office, person.ID); err != nil {
		t.Errorf("at home: %v", err)
	}
	if _, err := Find[record.Person](ctx, province, person.ID); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("elsewhere: %v", err)
	}
	mustVerify(t, office)
	mustVerify(t, province)
}

// TestAProvinceSpeaksInAStreamForEachUnit: what it says of a unit's row, or to a unit, is
// in the stream for that unit; its own work is in its own; what it may not say is refused
// and nothing of the action stays.
func TestAProvinceSpeaksInAStreamForEachUnit(t *testing.T) {
	db := newQuick(t)
	own, above, to := newFar(1), testKey(9), testKey(10)
	stream := oplog.DeviceOf(to.Public().(ed25519.PublicKey))
	members := func(k ed25519.PrivateKey) Member {
		pub := k.Public().(ed25519.PublicKey)
		return Member{Device: oplog.DeviceOf(pub), Key: pub, Role: record.RoleProvince}
	}
	mustSet(t, db, member(own, "24340", record.RoleOffice, nil), members(above), members(to))
	q := askedQuestion(1)
	mustReceive(t, db, own.say([]record.Edit{record.Create(q), record.Create(recordtest.Activity(2))}))

	w := Writer{Key: above, Officer: "x", To: map[string]ed25519.PrivateKey{"24340": to}}
	set := func(ref record.Ref, field string, v record.Value) record.Edit {
		return record.Edit{Ref: ref, Set: map[string]record.Value{field: v}}
	}
	say := func(edits ...record.Edit) error {
		_, err := db.Commit(ctx, w, 1, func(*Tx) ([]record.Edit, error) { return edits, nil })
		return err
	}
	verdict := record.Create(record.Verdict{ID: recordtest.ID(50), ReportID: recordtest.ID(51), Status: "accepted", Day: "2026-03-01"})
	verdict.To = "24340"
	if err := say(set(q.Ref(), "answer", `"Có"`), verdict, record.Create(recordtest.Activity(60))); err != nil {
		t.Fatal(err)
	}
	lines := must(db.LogAfterVector(ctx, nil, func(d oplog.Device) bool { return d == stream }, 0, 1<<20, false))
	if len(lines) != 1 || len(lines[0].Commit.Ops) != 2 {
		t.Errorf("in the stream for the unit: %d entries", len(lines))
	}
	before := must(db.Digest(ctx))
	for name, edits := range map[string][]record.Edit{
		"a title":              {set(recordtest.Activity(2).Ref(), "title", `"khác"`)},
		"a delete":             {{Ref: q.Ref(), Delete: true}},
		"an answer and a text": {set(q.Ref(), "answer", `"Không"`), set(q.Ref(), "text", `"khác"`)},
		"a unit without name":  {func() record.Edit { e := record.Create(recordtest.Activity(61)); e.To = "99999"; return e }()},
	} {
		if err := say(edits...); !errors.Is(err, record.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if must(db.Digest(ctx)) != before {
		t.Error("something of what was refused stayed")
	}
	// What was said to the unit is taken back where it was said.
	if err := say(record.Edit{Ref: verdict.Ref, Delete: true}); err != nil {
		t.Fatal(err)
	}
	if lines := must(db.LogAfterVector(ctx, nil, func(d oplog.Device) bool { return d == stream }, 0, 1<<20, false)); len(lines) != 2 {
		t.Errorf("in the stream after the delete: %d entries", len(lines))
	}
	mustVerify(t, db)
}
