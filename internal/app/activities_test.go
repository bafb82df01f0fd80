package app

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

func TestActivityIsSavedChangedDeletedAndBack(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Tập huấn")
	if act.ID.IsZero() {
		t.Fatal("a new activity has no id")
	}
	act.Title, act.Heads.Total = "Tập huấn, đợt 2", 12
	saved := must(a.SaveActivity(ctx, act))(t)
	if diff := cmp.Diff(saved, must(a.Activity(ctx, act.ID))(t)); diff != "" {
		t.Error(diff)
	}
	before := commits(t, a)
	must(a.SaveActivity(ctx, saved))(t)
	if commits(t, a) != before {
		t.Error("saving the same again made a commit")
	}
	if _, err := a.SaveAttendees(ctx, act.ID, newcomers(0, 5)); err != nil {
		t.Fatal(err)
	}
	gone := must(a.DeleteActivity(ctx, act.ID))(t)
	if _, err := a.Activity(ctx, act.ID); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a deleted activity: %v", err)
	}
	if list, err := a.Attendees(ctx, act.ID); err != nil || len(list) > 0 {
		t.Errorf("a deleted activity has %d people, %v", len(list), err)
	}
	must(a.Undo(ctx, gone.Batch))(t)
	if n := len(must(a.Attendees(ctx, act.ID))(t)); n != 5 || total(t, a, act.ID) != 5 {
		t.Errorf("after undo %d people, counted %d", n, total(t, a, act.ID))
	}
	agree(t, a)
}

// TestUndoKeepsLaterEdits takes the first of three edits back.
func TestUndoKeepsLaterEdits(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Một")
	var batches []string
	defer a.Subscribe(func(ch record.Change) { batches = append(batches, ch.Batch) })()
	act.Title, act.Result = "Hai", "Tốt"
	must(a.SaveActivity(ctx, act))(t)
	act.Title = "Ba"
	must(a.SaveActivity(ctx, act))(t)
	must(a.Undo(ctx, batches[0]))(t)
	if got := must(a.Activity(ctx, act.ID))(t); got.Title != "Ba" || got.Result != "" {
		t.Errorf("after undo: title %q, result %q", got.Title, got.Result)
	}
}

func TestSaveActivityRefuses(t *testing.T) {
	a := newApp(t)
	for name, tt := range map[string]struct {
		change func(*record.Activity)
		field  string
	}{
		"no title":       {func(x *record.Activity) { x.Title = "  " }, "title"},
		"tomorrow":       {func(x *record.Activity) { x.When.Date = "2026-03-21" }, "when.date"},
		"no such day":    {func(x *record.Activity) { x.When.Date = "2026-02-30" }, "when.date"},
		"ends before":    {func(x *record.Activity) { x.When.EndDate = "2026-03-04" }, "when.end_date"},
		"more women":     {func(x *record.Activity) { x.Heads = record.HeadCount{Total: 3, Women: 4} }, "heads"},
		"unknown kind":   {func(x *record.Activity) { x.Kind = "picnic" }, "kind"},
		"unknown status": {func(x *record.Activity) { x.Status = "maybe" }, "status"},
	} {
		t.Run(name, func(t *testing.T) {
			before := commits(t, a)
			act := training("Thử")
			tt.change(&act)
			_, err := a.SaveActivity(ctx, act)
			var p record.Problems
			if !errors.As(err, &p) || p.For(tt.field, "vi") == "" || p.For(tt.field, "en") == "" {
				t.Errorf("got %v, want a sentence about %s", err, tt.field)
			}
			if commits(t, a) != before {
				t.Error("something was stored")
			}
		})
	}
	for _, day := range []record.Date{"2026-03-21", "2027-01-01"} {
		act := training("Kế hoạch")
		act.When.Date, act.Status = day, "planned"
		must(a.SaveActivity(ctx, act))(t)
	}
	unknown := training("Thử")
	unknown.ID = record.NewID(1, [10]byte{1})
	if _, err := a.SaveActivity(ctx, unknown); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("an activity nobody made: %v", err)
	}
}

// TestRepeatedActivityHasNoList: a form that repeats an activity hands its counts
// along; the new one has no list yet.
func TestRepeatedActivityHasNoList(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Lần một")
	must(a.SaveAttendees(ctx, act.ID, newcomers(0, 4)))(t)
	again := must(a.Activity(ctx, act.ID))(t)
	again.ID = record.ID{}
	again = must(a.SaveActivity(ctx, again))(t)
	if total(t, a, again.ID) != 0 {
		t.Errorf("the repeated activity counts %d people", total(t, a, again.ID))
	}
	// And a form that shows an old count does not overrule the list.
	act = must(a.Activity(ctx, act.ID))(t)
	act.Heads.Total = 99
	must(a.SaveActivity(ctx, act))(t)
	if total(t, a, act.ID) != 4 {
		t.Errorf("the list of 4 counts %d", total(t, a, act.ID))
	}
	agree(t, a)
}

// TestTextIsInNormalForm: the same words typed on another keyboard are the same.
func TestTextIsInNormalForm(t *testing.T) {
	a := newApp(t)
	decomposed := "  To\u0302\u0309 da\u0302n pho\u0302\u0301  "
	act := training(decomposed)
	act.Topics = []string{" T01 "}
	act = must(a.SaveActivity(ctx, act))(t)
	list := newcomers(0, 1)
	list[0].Person.FullName = decomposed
	must(a.SaveAttendees(ctx, act.ID, list))(t)
	got := must(a.Activity(ctx, act.ID))(t)
	if got.Title != "Tổ dân phố" || got.Topics[0] != "T01" {
		t.Errorf("stored %q, %q", got.Title, got.Topics)
	}
	if name := must(a.Attendees(ctx, act.ID))(t)[0].Person.FullName; name != "Tổ dân phố" {
		t.Errorf("stored %q", name)
	}
}

// TestClockSetBack: a dead battery must not make the past future.
func TestClockSetBack(t *testing.T) {
	folder := newFolder(t)
	closeApp(t, open(t, folder, at(today)))
	for _, now := range []time.Time{time.Date(2001, 1, 1, 8, 0, 0, 0, time.UTC), today.AddDate(0, -1, 0)} {
		a := open(t, folder, at(now))
		if got := must(a.today(ctx))(t); got != "2026-03-20" {
			t.Errorf("with the clock at %v today is %s", now, got)
		}
		newTraining(t, a, "Hôm nay")
		act := training("Ngày mai")
		act.When.Date = "2026-03-21"
		if _, err := a.SaveActivity(ctx, act); err == nil {
			t.Error("tomorrow was accepted as held")
		}
		s := must(a.Status(ctx))(t)
		if len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0].VI, "Đồng hồ") {
			t.Errorf("warnings: %v", s.Warnings)
		}
		if b := must(a.Backup(ctx, ""))(t); !b.Checked {
			t.Error("no backup by a wrong clock")
		}
		agree(t, a)
		closeApp(t, a)
	}
}

func TestParseDate(t *testing.T) {
	a := newApp(t)
	for text, want := range map[string]record.Date{"5/3": "2026-03-05", "05/03/2026": "2026-03-05", "2026-03-05": "2026-03-05", "hôm nay": "2026-03-20"} {
		if got, err := a.ParseDate(text); err != nil || got != want {
			t.Errorf("%q is %s, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "31/02/2026", "một ngày đẹp trời"} {
		if got, err := a.ParseDate(text); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%q is %s, %v", text, got, err)
		}
	}
}
