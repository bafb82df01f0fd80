package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/app"
	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/settings"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// stagedProgram is the program on a real register, in a window in memory; the test's
// goroutine is the window's thread, and work runs beside it as it does in the program.
type stagedProgram struct {
	*program
	posts chan func()
}

func stageProgram(t *testing.T) *stagedProgram {
	t.Helper()
	if !strings.HasPrefix(t.Name(), "TestStaged") {
		t.Fatal("its name must begin with TestStaged: scripts/test.sh knows by that what to run under the race detector")
	}
	uitest.App(t)
	s := &stagedProgram{posts: make(chan func(), 100)}
	s.program = &program{
		fyne: fyne.CurrentApp(), window: uitest.Window(t, kit.Line("")),
		look:  settings.Look{Variant: theme.Light, Scale: 1, Language: "vi"},
		flags: flags{data: filepath.Join(t.TempDir(), "so"), screens: "no copies by themselves"},
	}
	s.runner = kit.NewRunner(s.start, func(f func()) { s.posts <- f })
	kit.OnDamaged(s.watch)
	t.Cleanup(func() {
		kit.OnDamaged(nil)
		s.until(t, "all work has ended", func() bool { return s.busy.Load() == 0 })
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	starter := app.Starter{Folder: s.flags.data, Options: app.Options{}}
	units, err := starter.FindUnits(t.Context(), "2025-commune", "dak ha", 1)
	if err != nil || len(units) == 0 {
		t.Fatalf("units %v, %v", units, err)
	}
	setup, err := starter.Propose("2025-commune", units[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	setup.OfficerName, setup.Protection = "A Brel", "demo"
	made, err := starter.Create(t.Context(), setup)
	if err != nil {
		t.Fatal(err)
	}
	s.begin(made.App)
	return s
}

// until runs what comes back to the window until something holds.
func (s *stagedProgram) until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	late := time.After(20 * time.Second)
	for !holds() {
		select {
		case f := <-s.posts:
			f()
		case <-time.After(10 * time.Millisecond):
		case <-late:
			t.Fatalf("not reached: %s; shown:\n%s", what, uitest.Words(s.window.Content()))
		}
	}
}

func (s *stagedProgram) shows(words string) func() bool {
	return func() bool { return strings.Contains(uitest.Words(s.window.Content()), words) }
}

var torn = record.Refuse(record.ErrDamaged, "Tệp sổ bị hỏng ở trang 117.", "The register is damaged at page 117.")

func TestStagedRegisterDamagedWhileOpenEndsInTroubleAndComesBackFromABackup(t *testing.T) {
	s := stageProgram(t)
	copied, err := s.office.Backup(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	desk := s.shell.Desk()
	kit.ShowError(s.window, "Chưa sao lưu được", torn)
	s.until(t, "the trouble screen", s.shows("Tệp sổ bị hỏng ở trang 117."))
	if uitest.Overlay(s.window) != nil {
		t.Error("a dialog lies over the trouble screen")
	}
	for _, want := range []string{"Sổ bị hỏng", "được giữ nguyên", "Khôi phục từ bản sao lưu…"} {
		if !s.shows(want)() {
			t.Errorf("%q is not said", want)
		}
	}
	kit.Do(desk.Runner, func(context.Context) (int, error) {
		t.Error("a screen left behind still reached the register")
		return 0, nil
	}, func(int, error) {})
	s.restore(copied.Path, "", func(_ app.Restored, err error) {
		if err != nil {
			t.Fatal(err)
		}
		s.open("")
	})
	s.until(t, "the register from the backup", func() bool { return s.office != nil })
	s.until(t, "its year", s.shows("Ghi hoạt động"))
}

func TestStagedRestoreThatFailsOpensTheRegisterAgain(t *testing.T) {
	s := stageProgram(t)
	var failed error
	s.restore(filepath.Join(t.TempDir(), "không có.db"), "", func(_ app.Restored, err error) { failed = err })
	s.until(t, "the refusal", func() bool { return failed != nil })
	s.until(t, "the register", func() bool { return s.office != nil })
}

func TestWhatIsNoDamageOfTheRegister(t *testing.T) {
	badStick := record.Refuse(record.ErrDamaged, "USB hỏng.", "Bad stick.").Because(datadir.ErrReadBack)
	for err, want := range map[error]bool{torn: true, badStick: false, errors.New("other"): false} {
		if ofRegister(err) != want {
			t.Errorf("%v: of the register %v, want %v", err, !want, want)
		}
	}
}

func TestTheLogBeginsBeforeItsFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "so")
	file := &lateFile{path: filepath.Join(folder, "sophobien.log")}
	log := slog.New(slog.NewTextHandler(file, nil))
	log.Info("started")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	log.Info("register opened")
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	log.Info("too late")
	text, err := os.ReadFile(file.path)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(text); strings.Count(got, "\n") != 2 || !strings.Contains(got, "started") || !strings.Contains(got, "register opened") {
		t.Errorf("the log has %q", got)
	}
}
