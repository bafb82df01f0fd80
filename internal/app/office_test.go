package app

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

// TestSubscribersHearAfterTheCommit: whoever hears of a change can read it.
func TestSubscribersHearAfterTheCommit(t *testing.T) {
	a := newApp(t)
	var heard []record.Change
	stop := a.Subscribe(func(ch record.Change) {
		page, err := a.Activities(ctx, record.ActivityFilter{})
		if err != nil || page.Total != 1 {
			t.Errorf("inside the notice there are %d activities, %v", page.Total, err)
		}
		heard = append(heard, ch)
	})
	act := newTraining(t, a, "Tập huấn")
	if len(heard) != 1 || !heard[0].Touches("activity") || heard[0].Touches("person") || heard[0].Batch == "" {
		t.Fatalf("heard %+v", heard)
	}
	act.Title = ""
	if _, err := a.SaveActivity(ctx, act); err == nil {
		t.Fatal("an activity without a title was accepted")
	}
	if len(heard) != 1 {
		t.Error("a refused action was announced")
	}
	stop()
	newTraining(t, a, "Không ai nghe")
	if len(heard) != 1 {
		t.Error("heard of a change after stopping")
	}
}

// TestOfficerAtTheDesk: who has left no longer signs for anything.
func TestOfficerAtTheDesk(t *testing.T) {
	a := newApp(t)
	newTraining(t, a, "Người cũ ghi")
	o := must(a.Office(ctx))(t)
	o.Officers[0].Gone = true
	o.Officers = append(o.Officers, record.Officer{Name: "Người mới"})
	if err := a.SaveOffice(ctx, o); err != nil {
		t.Fatal(err)
	}
	o = must(a.Office(ctx))(t)
	if o.Officers[1].ID.IsZero() {
		t.Fatal("the new officer has no id")
	}
	newTraining(t, a, "Người mới ghi")
	lines := must(a.db.LogAfter(ctx, 0, 1<<30))(t)
	if got := lines[len(lines)-1].Commit.Officer; got != o.Officers[1].ID.String() {
		t.Errorf("the last commit is by officer %s, at the desk is %s", got, o.Officers[1].ID)
	}
	if got := lines[len(lines)-3].Commit.Officer; got != o.Officers[0].ID.String() {
		t.Errorf("the earlier commit is by officer %s, was %s", got, o.Officers[0].ID)
	}
}

// TestDraftsSurviveAKill: the folder as it is while the program runs – what a kill
// leaves – has every draft, and a copy of the file tells nothing of them.
func TestDraftsSurviveAKill(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	for _, text := range []string{"Tập h", "Tập huấn dở dang"} {
		must(a.SaveDraft(ctx, "activity/new/1", []byte(text)))(t)
		must(a.SaveDraft(ctx, "activity/new/2", []byte(text+" khác")))(t)
	}
	must(a.SaveDraft(ctx, "other", []byte("x")))(t)
	if err := a.DropDraft(ctx, "other"); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(t.TempDir(), "so")
	if err := os.CopyFS(left, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	b := open(t, left, at(today.Add(time.Hour)))
	text, when, err := b.Draft(ctx, "activity/new/1")
	if err != nil || string(text) != "Tập huấn dở dang" || !when.Equal(today) {
		t.Errorf("draft %q of %v, %v", text, when, err)
	}
	want := []record.Draft{
		{Scope: "activity/new/1", At: today, Text: []byte("Tập huấn dở dang")},
		{Scope: "activity/new/2", At: today, Text: []byte("Tập huấn dở dang khác")},
	}
	if diff := cmp.Diff(want, must(b.Drafts(ctx, "activity/"))(t)); diff != "" {
		t.Errorf("drafts (-want +got):\n%s", diff)
	}
	if text, _, err := b.Draft(ctx, "other"); err != nil || text != nil {
		t.Errorf("a dropped draft is %q, %v", text, err)
	}
	for _, name := range []string{"sophobien.db", "sophobien.db-wal"} {
		file, err := os.ReadFile(filepath.Join(folder, name))
		if err == nil && bytes.Contains(file, []byte("dở dang")) {
			t.Errorf("%s holds the draft in clear", name)
		}
	}
}

func TestStatusFollowsWhatIsDone(t *testing.T) {
	a := newApp(t)
	s := must(a.Status(ctx))(t)
	want := record.Status{Unsent: 1, Protection: "demo", Practice: true}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Errorf("new office:\n%s", diff)
	}
	newTraining(t, a, "Tập huấn")
	must(a.HandOver(ctx, t.TempDir(), record.HandOverOptions{}))(t)
	must(a.Backup(ctx, ""))(t)
	want.Unsent, want.LastHandOver, want.LastBackup = 0, "2026-03-20T02:00:00Z", "2026-03-20T02:00:00Z"
	if diff := cmp.Diff(want, must(a.Status(ctx))(t)); diff != "" {
		t.Errorf("after hand-over and backup:\n%s", diff)
	}
	newTraining(t, a, "Tập huấn nữa")
	if s := must(a.Status(ctx))(t); s.Unsent != 1 {
		t.Errorf("%d unsent commits, want 1", s.Unsent)
	}
	if made, list := must(a.Sent(ctx))(t), must(a.Backups(ctx))(t); len(made) != 1 || made[0].Commits != 2 || len(list) != 1 || !list[0].Checked {
		t.Errorf("bundles %+v, backups %+v", made, list)
	}
}

func TestSecondCopyIsRefused(t *testing.T) {
	folder := newFolder(t)
	open(t, folder, at(today))
	if _, err := Open(folder, at(today)); !errors.Is(err, record.ErrBusy) {
		t.Errorf("a second copy: %v", err)
	}
	if _, err := Restore(ctx, "x.db", folder, "", at(today)); !errors.Is(err, record.ErrBusy) {
		t.Errorf("a restore while the office is open: %v", err)
	}
}

// TestUnitsAreRegisteredWhenNamed: a unit of the catalogue enters the register with
// all above it, once, when an activity names it.
func TestUnitsAreRegisteredWhenNamed(t *testing.T) {
	a := newApp(t)
	before := len(must(a.db.Units(ctx))(t))
	found := must(a.FindUnits(ctx, "dak cam", 5))(t)
	if len(found) == 0 || found[0].Code != "23284" {
		t.Fatalf("found %+v", found)
	}
	for range 2 {
		act := training("Tại phường")
		act.HostUnitID, act.UnitsReached = found[0].ID, []record.ID{found[0].ID}
		must(a.SaveActivity(ctx, act))(t)
	}
	units := must(a.db.Units(ctx))(t)
	if len(units) != before+1 { // the province is there since the office is in it
		t.Errorf("%d units, were %d", len(units), before)
	}
	if u := must(a.Unit(ctx, found[0].ID))(t); u.Code != "23284" || u.Name != "Đăk Cấm" {
		t.Errorf("unit %+v", u)
	}
	page := must(a.Activities(ctx, record.ActivityFilter{UnitID: found[0].ID}))(t)
	if page.Total != 2 || page.Lines[0].Host != "phường Đăk Cấm" {
		t.Errorf("page %+v", page)
	}
}

func TestOwnUnitsComeFirst(t *testing.T) {
	a := newApp(t)
	must(a.SaveUnit(ctx, record.Unit{Kind: "enterprise", Name: "Công ty Đăk Hà", Address: "Tổ dân phố 3"}))(t)
	found := must(a.FindUnits(ctx, "dak ha", 10))(t)
	var names []string
	seen := map[record.ID]bool{}
	for _, c := range found {
		names = append(names, c.Name)
		if seen[c.ID] {
			t.Errorf("%s is offered twice", c.Name)
		}
		seen[c.ID] = true
	}
	if len(names) < 2 || !slices.Contains(names[:2], "Công ty Đăk Hà") || !slices.Contains(names[:2], "xã Đăk Hà") {
		t.Errorf("offered %q", names)
	}
}
