package app

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// distinctActivity has every field set to a value no other field has, as far as
// Validate allows.
func distinctActivity() record.Activity {
	var x record.Activity
	recordtest.Distinct(&x)
	normal(&x)
	x.ID, x.Kind, x.Mode, x.Status = record.ID{}, "contest", "hybrid", "closed"
	x.When.EndDate = x.When.Date.AddDays(1)
	x.Costs[0].Source, x.Costs[1].Source = "state", "contributed"
	x.Heads = record.HeadCount{Total: 990, Women: 91, Workers: 92, Employers: 93, Officials: 94, Reporters: 95, Mediators: 96, EthnicMinority: 97, Disabled: 98}
	return x
}

// distinctAttendee likewise. Listed heads are the list's, so the two are apart.
func distinctAttendee() record.Attendee {
	var at record.Attendee
	recordtest.Distinct(&at)
	normal(&at.Person)
	normal(&at.Attendance)
	p := &at.Person
	p.Sex, p.Group, p.Phone, p.IDNumber = "nữ", "mediator", "0905123987", "062087001987"
	at.Attendance.Role = "guest"
	p.ID, at.Attendance.ID = record.ID{}, record.ID{}
	return at
}

// TestEveryFieldArrives takes nouns with all fields distinct through the action,
// the commit, the store and the bundle: in the office everything is as it was
// typed; in the bundle are A fields, and of the others only commitments.
func TestEveryFieldArrives(t *testing.T) {
	a := newApp(t)
	collectAll(t, a)
	act := must(a.SaveActivity(ctx, distinctActivity()))(t)
	listed := newTraining(t, a, "Có danh sách")
	want := distinctAttendee()
	must(a.SaveAttendees(ctx, listed.ID, []record.Attendee{want}))(t)
	unit := record.Unit{}
	recordtest.Distinct(&unit)
	normal(&unit)
	unit.ID, unit.Kind = record.ID{}, "enterprise"
	unit.Workers = record.Workers{Total: 80, Women: 21, EthnicMinority: 22, Disabled: 23}
	unit = must(a.SaveUnit(ctx, unit))(t)
	office := must(a.Office(ctx))(t)
	id, unitID, officers := office.ID, office.UnitID, office.Officers
	recordtest.Distinct(&office)
	normal(&office)
	office.Officers = append(officers, office.Officers...) // whoever wrote stays on the list
	office.ID, office.UnitID, office.PeriodRule = id, unitID, "nd09"
	if err := a.SaveOffice(ctx, office); err != nil {
		t.Fatal(err)
	}

	if diff := cmp.Diff(act, must(a.Activity(ctx, act.ID))(t)); diff != "" {
		t.Errorf("activity:\n%s", diff)
	}
	got := must(a.Attendees(ctx, listed.ID))(t)[0]
	want.Person.ID, want.Attendance.ID = got.Person.ID, got.Attendance.ID
	want.Attendance.ActivityID, want.Attendance.PersonID, want.Attendance.Line = listed.ID, got.Person.ID, 1
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("attendee:\n%s", diff)
	}
	if diff := cmp.Diff(unit, must(a.Unit(ctx, unit.ID))(t)); diff != "" {
		t.Errorf("unit:\n%s", diff)
	}
	if diff := cmp.Diff(office, must(a.Office(ctx))(t)); diff != "" {
		t.Errorf("office:\n%s", diff)
	}
	agree(t, a)

	rows := sealedRows(t, a)
	withheld := 0
	for _, n := range []record.Noun{act, unit, office, got.Person, got.Attendance} {
		withheld += checkSealedRow(t, rows[n.Ref()], n)
	}
	if withheld < 20 {
		t.Errorf("only %d values were withheld", withheld)
	}
}

// checkSealedRow compares a row of the bundle with its noun, field by field, and
// counts what was withheld.
func checkSealedRow(t *testing.T, row *oplog.Row, n record.Noun) (withheld int) {
	t.Helper()
	if row == nil {
		t.Fatalf("%s is not in the bundle", n.Ref())
	}
	values := record.Values(n)
	for _, f := range record.DescribeOf(n).Fields {
		heads := row.Cells[f.Name]
		if len(heads) != 1 {
			t.Errorf("%s.%s has %d heads", n.Ref().Noun, f.Name, len(heads))
			continue
		}
		switch told := heads[0].Value; {
		case f.Class == record.Open && told != values[f.Name]:
			t.Errorf("%s.%s arrives as %s, is %s", n.Ref().Noun, f.Name, told, values[f.Name])
		case f.Class != record.Open && (told != "" || !heads[0].Withheld):
			t.Errorf("%s.%s of class %v is told: %s", n.Ref().Noun, f.Name, f.Class, told)
		case f.Class != record.Open:
			withheld++
		}
	}
	return withheld
}

// sealedRows seals, opens the file with the practice key and folds what is in it.
func sealedRows(t *testing.T, a *App) map[record.Ref]*oplog.Row {
	t.Helper()
	made := must(a.HandOver(ctx, t.TempDir(), record.HandOverOptions{}))(t).Written
	if len(made) != 1 {
		t.Fatalf("%d bundles", len(made))
	}
	raw := must(os.ReadFile(made[0].Places[0]))(t)
	devices := must(trust.LoadDevices(a.dir))(t)
	outer := must(seal.ReadOuter(raw, devices.Lookup))(t)
	id := must(seal.ParseIdentity(must(trust.PracticeIdentity(a.dir))(t)))(t)
	plain := must(outer.Open([]seal.Identity{id}))(t)
	contents := must(bundle.ReadLog(outer.Envelope, plain))(t)
	if contents.Values() != 0 || outer.Envelope.PII {
		t.Errorf("%d personal or internal values inside", contents.Values())
	}
	state := oplog.NewState()
	for _, c := range contents.Commits {
		state.Add(c, nil)
	}
	return state.Rows
}
