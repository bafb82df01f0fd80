package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sophobien/internal/record"
)

// scratch are the folders in a register's folder that are thrown away.
func scratch(t testing.TB, folder string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, scratchPrefix+"*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestADrillRestoresTheNewestBackup(t *testing.T) {
	folder := newFolder(t)
	c := &clock{today}
	a := open(t, folder, c.options())
	if due := must(a.DrillDue(ctx))(t); due {
		t.Error("due without a backup")
	}
	if _, err := a.RestoreDrill(ctx, nil); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("without a backup: %v", err)
	}
	act := newTraining(t, a, "Một")
	must(a.SaveAttendees(ctx, act.ID, newcomers(1, 5)))(t)
	made := must(a.Backup(ctx, ""))(t)
	if due := must(a.DrillDue(ctx))(t); !due {
		t.Error("not due with a backup nobody tried")
	}
	d := must(a.RestoreDrill(ctx, func(int64, int64) {}))(t)
	if !d.OK || d.Backup != made.Path || d.Commits != commits(t, a) || d.Rows == 0 || d.Digest == "" || d.Year != 2026 {
		t.Errorf("%+v", d)
	}
	if left := scratch(t, folder); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	// Entries made since then do not make the backup a bad one.
	newTraining(t, a, "Hai")
	if d := must(a.RestoreDrill(ctx, nil))(t); !d.OK {
		t.Errorf("with newer entries: %+v", d)
	}
	closeApp(t, a)
	a = open(t, folder, c.options())
	if kept := must(a.Drill(ctx))(t); !kept.OK || kept.Backup != made.Path {
		t.Errorf("kept: %+v", kept)
	}
	for _, tt := range []struct {
		days      int
		due, said bool
	}{{1, false, false}, {31, true, false}, {36, true, true}} {
		c.now = today.AddDate(0, 0, tt.days)
		due := must(a.DrillDue(ctx))(t)
		st := must(a.Status(ctx))(t)
		if due != tt.due || len(st.Warnings) > 0 != tt.said {
			t.Errorf("after %d days: due %v, warnings %v", tt.days, due, st.Warnings)
		}
	}
}

func TestADrillTellsABadBackup(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"the middle": func(path string) error {
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for i := len(raw) / 3; i < len(raw)/3+3000; i++ {
				raw[i] ^= 0x5a
			}
			return os.WriteFile(path, raw, 0o600)
		},
		"cut off":          func(path string) error { return os.Truncate(path, 20000) },
		"empty":            func(path string) error { return os.Truncate(path, 0) },
		"its key is gone":  func(path string) error { return os.Remove(path + keySuffix) },
		"its sheet's copy": func(path string) error { return os.Remove(path + recoverySuffix) },
	} {
		t.Run(name, func(t *testing.T) {
			folder := newFolder(t)
			a := open(t, folder, at(today))
			newTraining(t, a, "Một")
			made := must(a.Backup(ctx, ""))(t)
			if err := spoil(made.Path); err != nil {
				t.Fatal(err)
			}
			d := must(a.RestoreDrill(ctx, nil))(t)
			if d.OK || d.Why.VI == "" {
				t.Errorf("%+v", d)
			}
			st := must(a.Status(ctx))(t)
			if len(st.Warnings) != 1 || !strings.Contains(st.Warnings[0].VI, "không đạt") {
				t.Errorf("warnings %v", st.Warnings)
			}
			if due := must(a.DrillDue(ctx))(t); due {
				t.Error("the same bad backup is tried again and again")
			}
			if left := scratch(t, folder); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
			agree(t, a)
		})
	}
}

func TestADrillOfAnotherRegistersBackup(t *testing.T) {
	a := newApp(t)
	newTraining(t, a, "Một")
	made := must(a.Backup(ctx, ""))(t)
	other := newApp(t)
	newTraining(t, other, "Hai")
	newTraining(t, other, "Ba")
	theirs := must(other.Backup(ctx, ""))(t)
	raw := must(os.ReadFile(theirs.Path))(t)
	if err := os.WriteFile(made.Path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if d := must(a.RestoreDrill(ctx, nil))(t); d.OK {
		t.Errorf("%+v", d)
	}
}

func TestACancelledDrillIsNoResult(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	newTraining(t, a, "Một")
	must(a.Backup(ctx, ""))(t)
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := a.RestoreDrill(stopped, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if d := must(a.Drill(ctx))(t); d.At != "" {
		t.Errorf("kept: %+v", d)
	}
	if left := scratch(t, folder); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// What a killed trial left is removed at the next start.
func TestLeftoversOfADrillAreSwept(t *testing.T) {
	folder := newFolder(t)
	left := filepath.Join(folder, scratchPrefix+"thu-khoi-phuc.123")
	if err := os.MkdirAll(left, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(left, "sophobien.db"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, folder, at(today))
	if found := scratch(t, folder); len(found) > 0 {
		t.Errorf("left: %v", found)
	}
}

func TestDaysOff(t *testing.T) {
	a := newApp(t)
	shipped := must(a.DaysOff(ctx, 2026))(t)
	if len(shipped) == 0 {
		t.Fatal("nothing is shipped")
	}
	for _, h := range []record.Holiday{
		{Day: "2026-04-03", Name: "Lễ hội của xã"},
		{Day: "2026-08-31", Name: "Vẫn làm", Work: true},
		{Day: "2031-01-01", Name: "Năm khác"},
	} {
		if _, err := a.SaveRecord(ctx, h); err != nil {
			t.Fatal(err)
		}
	}
	days := must(a.DaysOff(ctx, 2026))(t)
	if len(days) != len(shipped)+1 {
		t.Errorf("%d days, %d shipped", len(days), len(shipped))
	}
	byDay := map[record.Date]record.DayOff{}
	for i, d := range days {
		byDay[d.Day] = d
		if i > 0 && !days[i-1].Day.Time().Before(d.Day.Time()) {
			t.Errorf("%s after %s", d.Day, days[i-1].Day)
		}
	}
	if d := byDay["2026-04-03"]; d.Holiday.IsZero() || d.Instead != nil || d.Name.VI != "Lễ hội của xã" {
		t.Errorf("the office's own: %+v", d)
	}
	if d := byDay["2026-08-31"]; !d.Work || d.Instead == nil || d.Instead.VI == "" {
		t.Errorf("in the place of a shipped one: %+v", d)
	}
	_, err := a.DeleteRecord(ctx, record.Ref{Noun: "holiday", ID: byDay["2026-08-31"].Holiday})
	if err != nil {
		t.Fatal(err)
	}
	if d := must(a.DaysOff(ctx, 2026))(t); len(d) != len(days) {
		t.Errorf("the shipped day does not come back")
	}
}

func TestADrillOpensTheEvidenceOfTheBackup(t *testing.T) {
	folder := newFolder(t)
	a := open(t, folder, at(today))
	act := newTraining(t, a, "Một")
	e := must(a.AddEvidence(ctx, act.Ref(), photo(t, "a.jpg", 10)))(t)
	made := must(a.Backup(ctx, ""))(t)
	if d := must(a.RestoreDrill(ctx, nil))(t); !d.OK {
		t.Fatalf("%+v", d)
	}
	there := filepath.Join(filepath.Dir(made.Path), evidenceFolder, e.SHA256[:2], e.SHA256)
	if err := os.Truncate(there, 40); err != nil {
		t.Fatal(err)
	}
	if d := must(a.RestoreDrill(ctx, nil))(t); d.OK || !strings.Contains(d.Why.VI, "1 tệp minh chứng") {
		t.Errorf("%+v", d)
	}
}
