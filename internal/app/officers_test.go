package app

import (
	"strings"
	"testing"

	"sophobien/internal/record"
)

// withOfficers adds officers to the office and gives all of them.
func withOfficers(t testing.TB, a *App, names ...string) []record.Officer {
	t.Helper()
	o := must(a.Office(ctx))(t)
	for _, n := range names {
		o.Officers = append(o.Officers, record.Officer{Name: n, Title: "Chuyên viên"})
	}
	if err := a.SaveOffice(ctx, o); err != nil {
		t.Fatal(err)
	}
	return must(a.Office(ctx))(t).Officers
}

func TestWhoIsAtTheDeskSigns(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	all := withOfficers(t, a, "A Brel")
	act := newTraining(t, a, "Của Y Ngọc")
	if err := a.TakeDesk(ctx, all[1].ID); err != nil {
		t.Fatal(err)
	}
	act.Title = "Sửa bởi A Brel"
	if _, err := a.SaveActivity(ctx, act); err != nil {
		t.Fatal(err)
	}
	lines := must(a.History(ctx, act.Ref()))(t)
	if lines[0].Officer != "A Brel" || lines[len(lines)-1].Officer != "Y Ngọc" {
		t.Errorf("history: %+v", lines)
	}
	closeApp(t, a)
	a = open(t, folder, at(today))
	if got := must(a.AtDesk(ctx))(t); got.Name != "A Brel" {
		t.Errorf("after a new start %q is at the desk", got.Name)
	}
}

func TestOfficersStayOnTheList(t *testing.T) {
	a := newApp(t)
	all := withOfficers(t, a, "A Brel")
	o := must(a.Office(ctx))(t)
	o.Officers = o.Officers[:1]
	if err := a.SaveOffice(ctx, o); err == nil || !strings.Contains(record.SentenceOf(err, "vi"), "A Brel") {
		t.Errorf("an officer was taken off the list: %v", err)
	}
	o = must(a.Office(ctx))(t)
	o.Officers[0].Gone, o.Officers[1].Gone = true, true
	if err := a.SaveOffice(ctx, o); err == nil {
		t.Error("an office without anybody at work was stored")
	}
	if err := a.TakeDesk(ctx, all[1].ID); err != nil {
		t.Fatal(err)
	}
	o.Officers[0].Gone = false
	if err := a.SaveOffice(ctx, o); err != nil {
		t.Fatal(err)
	}
	if got := must(a.AtDesk(ctx))(t); got.ID != all[0].ID {
		t.Errorf("%q is gone but at the desk", got.Name)
	}
	if err := a.TakeDesk(ctx, all[1].ID); err == nil {
		t.Error("who is gone took the desk")
	}
}
