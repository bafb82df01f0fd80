package app

import (
	"strings"
	"testing"

	"sophobien/internal/bundle"
	"sophobien/internal/record"
)

// TestOnlyTheSameEntriesAreCompared: a receipt that counts otherwise is an alarm only when
// both ends hold the same entries, of every branch of a forked stream, and count the same
// fields; a later one that counts alike ends it.
func TestOnlyTheSameEntriesAreCompared(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23284")
	must(a.SaveActivity(ctx, record.Activity{Kind: "training", Title: "Buổi", Status: "held", When: record.Occasion{Date: "2026-03-05"}}))(t)
	w.handOver(a)

	r := must(a.receiptOf(ctx, "23284"))(t)
	other := strings.Repeat("0", 64)
	for _, c := range []struct {
		name  string
		bend  func(*bundle.Receipt)
		alarm bool
	}{
		{"as it is", func(*bundle.Receipt) {}, false},
		{"other rows", func(r *bundle.Receipt) { r.Digest = other }, true},
		{"as it is, later", func(*bundle.Receipt) {}, false},
		{"other rows, of a branch that is not here", func(r *bundle.Receipt) {
			d := r.Devices[0]
			d.Also = []bundle.Head{{N: d.N, Head: other}}
			r.Digest, r.Devices = other, []bundle.DeviceState{d}
		}, false},
		{"other rows, of other fields", func(r *bundle.Receipt) { r.Digest, r.Fields = other, other[:32] }, false},
	} {
		said := r
		c.bend(&said)
		if err := a.compare(ctx, said); err != nil {
			t.Fatal(err)
		}
		if x := must(a.Exchange(ctx))(t); (x.Alarm.EN != "") != c.alarm {
			t.Errorf("%s: %q", c.name, x.Alarm.EN)
		}
	}
}

// TestARevokedKeyIsNotEnrolledAgain: a wish of a key that has ended in the meantime, one
// that comes once more, and one that a cut left lying are no wishes.
func TestARevokedKeyIsNotEnrolledAgain(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23284")
	old := a.keys.ID()
	bag := w.bag()
	if _, _, err := a.AskEnrolment(ctx, bag); err != nil {
		t.Fatal(err)
	}
	if err := w.province.RevokeMachine(ctx, old); err != nil {
		t.Fatal(err)
	}
	got := w.takeIn(w.province, bag)
	if len(got.Files) == 0 || got.Files[0].State != record.TakenKnown || !strings.Contains(got.Files[0].Words.EN, "revoked") {
		t.Errorf("%+v", got.Files)
	}
	if asked := must(w.province.Enrolments(ctx))(t); len(asked) != 0 {
		t.Errorf("%+v ask", asked)
	}
	back := w.bag() // with the roster it goes on under a new key, and that one is enrolled
	must(w.province.WriteRoster(ctx, back))(t)
	w.takeIn(a, back)
	if a.keys.ID() == old {
		t.Fatal("it goes on under the key that has ended")
	}
	w.enrol(a)
	if x := must(a.Exchange(ctx))(t); !x.Enrolled {
		t.Errorf("%+v", x)
	}
}
