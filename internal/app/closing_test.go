package app

import (
	"errors"
	"strings"
	"testing"

	"sophobien/internal/record"
)

func closed(t *testing.T, a *App) record.Activity {
	t.Helper()
	act := newTraining(t, a, "Tập huấn")
	must(a.SaveAttendees(ctx, act.ID, newcomers(0, 3)))(t)
	act = must(a.Activity(ctx, act.ID))(t)
	act.Status = "closed"
	return must(a.SaveActivity(ctx, act))(t)
}

func TestClosedActivityChangesOnlyWithAReason(t *testing.T) {
	a := newApp(t)
	act := closed(t, a)
	before := commits(t, a)
	act.Title = "Tập huấn, đợt 1"
	var p record.Problems
	if _, err := a.SaveActivity(ctx, act); !errors.As(err, &p) || p.For("reason", "vi") == "" {
		t.Fatalf("changed without a reason: %v", err)
	}
	act.Reason = " gõ nhầm tên "
	act = must(a.SaveActivity(ctx, act))(t)
	if act.Reason != "20/03/2026: gõ nhầm tên" {
		t.Errorf("the reason kept is %q", act.Reason)
	}
	act.Result = "Tốt" // the form hands the old reason along
	if _, err := a.SaveActivity(ctx, act); err == nil {
		t.Error("an old reason was taken for a new one")
	}
	act.Reason = "thiếu kết quả"
	act = must(a.SaveActivity(ctx, act))(t)
	must(a.SaveActivity(ctx, act))(t)
	if n := commits(t, a) - before; n != 2 {
		t.Errorf("%d commits, want 2", n)
	}
	want := "Sửa kết quả: trống → “Tốt”; lý do sửa sau khi chốt “20/03/2026: thiếu kết quả”"
	if got := must(a.History(ctx, act.Ref()))(t)[0].Words.VI; got != want {
		t.Errorf("history says %q, want %q", got, want)
	}
}

func TestClosedActivityIsOpenedAgainWithAReason(t *testing.T) {
	a := newApp(t)
	act := closed(t, a)
	list := must(a.Attendees(ctx, act.ID))(t)
	refused := func(what string, err error) {
		t.Helper()
		if !errors.Is(err, record.ErrConflict) || !strings.Contains(record.SentenceOf(err, "vi"), "đã chốt") {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err := a.SaveAttendees(ctx, act.ID, list[:2])
	refused("its list", err)
	_, err = a.DeleteActivity(ctx, act.ID)
	refused("deleting it", err)
	act.Status, act.Reason = "held", "thiếu hai người"
	must(a.SaveActivity(ctx, act))(t)
	must(a.SaveAttendees(ctx, act.ID, list[:2]))(t)
	if total(t, a, act.ID) != 2 {
		t.Error("the list of an activity opened again stayed as it was")
	}
	agree(t, a)
}
