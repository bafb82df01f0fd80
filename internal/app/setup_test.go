package app

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// filesIn are the files below a folder, but for those every start makes.
func filesIn(t testing.TB, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && e.Name() != "app.lock" && e.Name() != "reserve.bin" {
			out[path] = string(must(os.ReadFile(path))(t))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// tryCreate sets up an office as far as it gets.
func tryCreate(t testing.TB, folder string, change func(*record.Setup)) error {
	t.Helper()
	s := Starter{Folder: folder, Options: at(today)}
	unit := must(s.UnitByCode("2025-commune", "23500"))(t)
	setup := must(s.Propose("2025-commune", unit.ID))(t)
	setup.OfficerName, setup.Protection = "Y Ngọc", string(trust.Demo)
	change(&setup)
	made, err := s.Create(ctx, setup)
	if err == nil {
		closeApp(t, made.App)
	}
	return err
}

// TestFailedSetupLeavesNothing, wherever it fails.
func TestFailedSetupLeavesNothing(t *testing.T) {
	notKey := filepath.Join(t.TempDir(), "khoa.txt")
	if err := os.WriteFile(notKey, []byte("không phải khóa"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*record.Setup){
		"no officer":          func(s *record.Setup) { s.OfficerName = " " },
		"no office name":      func(s *record.Setup) { s.OfficeName = " " },
		"unknown unit":        func(s *record.Setup) { s.Unit.ID = record.NewID(1, [10]byte{}) },
		"unknown preset":      func(s *record.Setup) { s.Preset = "2031-village" },
		"no passphrase":       func(s *record.Setup) { s.Protection, s.Passphrase = string(trust.Passphrase), "" },
		"unknown protection":  func(s *record.Setup) { s.Protection = "magic" },
		"no province key":     func(s *record.Setup) { s.ProvinceKeyFile = notKey },
		"province key absent": func(s *record.Setup) { s.ProvinceKeyFile = notKey + ".x" },
	} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "so")
			err := tryCreate(t, folder, change)
			if err == nil {
				t.Fatal("set up")
			}
			if s := record.SentenceOf(err, "vi"); s == record.SentenceOf(errors.New("x"), "vi") {
				t.Errorf("no sentence for %v", err)
			}
			if diff := cmp.Diff(map[string]string{}, filesIn(t, folder)); diff != "" {
				t.Error(diff)
			}
			if err := tryCreate(t, folder, func(*record.Setup) {}); err != nil {
				t.Errorf("and then not even a right one: %v", err)
			}
		})
	}
}

// TestSetupRemovesNothingItDidNotMake: keys without their register, and a register
// without its keys, are what a person needs to get the record back.
func TestSetupRemovesNothingItDidNotMake(t *testing.T) {
	for name, lost := range map[string]string{"register lost": "sophobien.db", "keys lost": "keys"} {
		t.Run(name, func(t *testing.T) {
			folder := newFolder(t)
			if err := os.RemoveAll(filepath.Join(folder, lost)); err != nil {
				t.Fatal(err)
			}
			before := filesIn(t, folder)
			if err := tryCreate(t, folder, func(*record.Setup) {}); !errors.Is(err, record.ErrConflict) {
				t.Errorf("set up: %v", err)
			}
			if _, err := CreateDemo(ctx, folder, DemoOptions{}, at(today)); !errors.Is(err, record.ErrConflict) {
				t.Errorf("demo: %v", err)
			}
			if diff := cmp.Diff(before, filesIn(t, folder)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPlacesAreExplained(t *testing.T) {
	for _, reason := range []datadir.Reason{datadir.Network, datadir.Synced, datadir.Roaming, datadir.ReadOnly, datadir.NotFolder} {
		err := explain(&datadir.PlaceError{Path: "/noi/nay", Reason: reason, Detail: "OneDrive"})
		if !errors.Is(err, record.ErrPlace) {
			t.Errorf("%s: %v", reason, err)
		}
	}
	full := explain(&datadir.SpaceError{Path: "/noi/nay", Need: 5 << 20, Free: 1 << 20})
	if !errors.Is(full, record.ErrSpace) || record.SentenceOf(full, "en") != "Not enough room on the disk: 5 MB needed, 1 MB free. Nothing was written; free some space and try again." {
		t.Errorf("a full disk: %v", full)
	}
}

// TestDemoIsTheSameForASeed and an office like any other.
func TestDemoIsTheSameForASeed(t *testing.T) {
	var offices []record.Figures
	for _, seed := range []int64{4, 4, 5} {
		a := must(CreateDemo(ctx, filepath.Join(t.TempDir(), "so"), DemoOptions{Seed: seed, Years: 1, PerYear: 8, People: 6}, at(today)))(t)
		t.Cleanup(func() { closeApp(t, a) })
		agree(t, a)
		offices = append(offices, must(a.Figures(ctx, must(a.Between("2000-01-01", "2099-12-31"))(t)))(t))
	}
	if diff := cmp.Diff(offices[0], offices[1]); diff != "" {
		t.Errorf("the same seed differs:\n%s", diff)
	}
	if cmp.Equal(offices[0], offices[2]) {
		t.Error("another seed gives the same office")
	}
}

// A setup that was cut off leaves a folder in which the next one begins anew.
func TestInterruptedSetupBeginsAnew(t *testing.T) {
	folder := t.TempDir()
	a, err := prepare(folder, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.setupBegins(); err != nil {
		t.Fatal(err)
	}
	if a.keys, err = trust.Create(a.dir, trust.Demo, ""); err != nil {
		t.Fatal(err)
	}
	if err := a.openStore(); err != nil { // and here the power goes
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(folder, Options{}); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a half-made office opens: %v", err)
	}
	made, err := CreateDemo(ctx, folder, DemoOptions{Years: 1, PerYear: 1, People: 1}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := CreateDemo(ctx, folder, DemoOptions{}, Options{}); !errors.Is(err, record.ErrConflict) {
		t.Errorf("a finished office is overwritten: %v", err)
	}
}
