package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/trust"
)

var ctx = context.Background()

// today is the day of the tests, a Friday.
var today = time.Date(2026, 3, 20, 9, 0, 0, 0, time.FixedZone("+07", 7*3600))

// template is an office made once; each test gets its own copy, since making keys
// and a recovery sheet takes longer than most tests.
var template string

var makeTemplate = sync.OnceValue(func() error {
	s := Starter{Folder: filepath.Join(template, "so"), Options: at(today)}
	unit, err := s.UnitByCode("2025-commune", "23500")
	if err != nil {
		return err
	}
	setup, err := s.Propose("2025-commune", unit.ID)
	if err != nil {
		return err
	}
	setup.OfficerName, setup.Protection = "Y Ngọc", string(trust.Demo)
	made, err := s.Create(ctx, setup)
	if err != nil {
		return err
	}
	// The reserve is 16 MB of nothing: copies share it.
	return errors.Join(made.App.Close(), os.Rename(filepath.Join(template, "so", "reserve.bin"), filepath.Join(template, "reserve.bin")))
})

func TestMain(m *testing.M) {
	var err error
	if template, err = os.MkdirTemp("", "app-test-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(template)
	os.Exit(code)
}

func at(now time.Time) Options { return Options{Now: func() time.Time { return now }} }

// newFolder is a folder with an office of its own: one unit, one officer, no
// activity.
func newFolder(t testing.TB) string {
	t.Helper()
	if err := makeTemplate(); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "so")
	if err := os.CopyFS(folder, os.DirFS(filepath.Join(template, "so"))); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(filepath.Join(template, "reserve.bin"), filepath.Join(folder, "reserve.bin")); err != nil {
		t.Fatal(err)
	}
	return folder
}

func open(t testing.TB, folder string, o Options) *App {
	t.Helper()
	a, err := Open(folder, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func newApp(t testing.TB) *App {
	t.Helper()
	return open(t, newFolder(t), at(today))
}

func closeApp(t testing.TB, a *App) {
	t.Helper()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

// must gives what a call gave, which must not have failed: must(a.Office(ctx))(t).
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// training is a held training without id or list.
func training(title string) record.Activity {
	return record.Activity{Kind: "training", Title: title, Status: "held", Direct: true, When: record.Occasion{Date: "2026-03-05"}}
}

func newTraining(t testing.TB, a *App, title string) record.Activity {
	t.Helper()
	return must(a.SaveActivity(ctx, training(title)))(t)
}

// newcomers are n people nobody knows yet.
func newcomers(from, n int64) []record.Attendee {
	list := recordtest.Attendees(record.ID{}, from, n)
	for i := range list {
		list[i].Person.ID, list[i].Attendance.ID = record.ID{}, record.ID{}
	}
	return list
}

func commits(t testing.TB, a *App) int64 {
	t.Helper()
	return must(a.db.CountAfter(ctx, 0))(t)
}

// agree checks that the register is whole, that report and recount give the same
// figures, and with them that every head count is its list's.
func agree(t testing.TB, a *App) {
	t.Helper()
	rep := must(a.Verify(ctx, true, nil))(t)
	if !rep.OK {
		t.Errorf("verify: %v", rep.Faults)
	}
	p := must(a.Between("2026-01-01", "2026-12-31"))(t)
	got, want := must(a.Figures(ctx, p))(t), must(a.Recount(ctx, p))(t)
	for _, g := range got.Indicators {
		if v, ok := want.Value(g.Code, g.SplitKey()); !ok || v != g.Value {
			t.Errorf("%s %s: report %d, recount %d", g.Code, g.SplitKey(), g.Value, v)
		}
	}
	if !sameFigures(got, want) {
		t.Errorf("targets: report %+v, recount %+v", got.Targets, want.Targets)
	}
}

func total(t testing.TB, a *App, id record.ID) int64 {
	t.Helper()
	return must(a.Activity(ctx, id))(t).Heads.Total
}

func mark(t testing.TB, a *App) datadir.Mark {
	t.Helper()
	m, ok, err := a.dir.ReadMark()
	if err != nil || !ok {
		t.Fatalf("no mark: %v", err)
	}
	return m
}
