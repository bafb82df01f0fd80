package main

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/ui"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// TestCutWhileTyping pulls the plug after a random key of a journey: what was typed
// is there when the program starts again, but for the last letter at most.
func TestCutWhileTyping(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 1))
	journeys := []struct {
		name, label, text, prefix string
		show                      func(*ui.Shell, *ui.Screens)
	}{
		{"a session", "Tên hoạt động", "Tập huấn ở nhà rông Kon Rờ Bàng", "activity/", func(s *ui.Shell, _ *ui.Screens) { s.Go(ui.AreaActivities) }},
		{"a question", "Nội dung", "Nghỉ việc có được trợ cấp thất nghiệp không?", "question/", func(s *ui.Shell, _ *ui.Screens) { s.Go(ui.AreaQuestions) }},
		{"a material", "Tên tài liệu", "Tờ gấp hỏi đáp về tiền lương", "material/", func(s *ui.Shell, all *ui.Screens) {
			s.Go(ui.AreaRegisters)
			all.Registers.Open("material")
		}},
	}
	for _, j := range journeys {
		t.Run(j.name, func(t *testing.T) {
			office, shell, screens, keys, window := registerWith(t)
			j.show(shell, screens)
			keys.Ctrl(fyne.KeyN)
			window.Canvas().Focus(focusableUnder(t, shell, j.label))
			letters := []rune(j.text)
			typed := 0
			for range recordtest.Count(t, 6, 200) {
				if typed == len(letters) {
					break
				}
				more := min(1+random.IntN(9), len(letters)-typed)
				keys.Type(string(letters[typed : typed+more]))
				typed += more
				after := restart(t, office, func(again *app.App) string { return resumed(t, again, j.show, j.label) })
				if want := string(letters[:typed]); after != want && after != string(letters[:typed-1]) {
					t.Fatalf("typed %q, after the cut %q", want, after)
				}
			}
			// another one begun leaves the first where it is
			window.Canvas().Unfocus() // a field would ask the window that was made last
			keys.Ctrl(fyne.KeyN)
			window.Canvas().Focus(focusableUnder(t, shell, j.label))
			keys.Type("Việc khác")
			left := restart(t, office, func(again *app.App) string {
				drafts, err := again.Drafts(context.Background(), j.prefix)
				if err != nil || len(drafts) != 2 {
					t.Errorf("%d drafts are left, %v", len(drafts), err)
				}
				var all strings.Builder
				for _, d := range drafts {
					all.Write(d.Text)
				}
				return all.String()
			})
			if !strings.Contains(left, string(letters[:typed-1])) || !strings.Contains(left, "Việc khá") {
				t.Errorf("after the cut there are only %s", left)
			}
		})
	}
}

// focusableUnder is the field under a label.
func focusableUnder(t *testing.T, in fyne.CanvasObject, label string) fyne.Focusable {
	t.Helper()
	return uitest.FieldUnder(t, in, label)
}

// atTheCut is when the program starts again.
func atTheCut() time.Time { return time.Date(2026, 3, 10, 14, 6, 0, 0, time.UTC) }

// restart opens a copy of the register as the disk holds it now and reads from it.
func restart(t *testing.T, office *app.App, read func(*app.App) string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(folder, os.DirFS(office.Folder())); err != nil {
		t.Fatal(err)
	}
	again, err := app.Open(folder, app.Options{Now: atTheCut})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	return read(again)
}

// resumed opens the draft that waits above a list and reads a field.
func resumed(t *testing.T, again *app.App, show func(*ui.Shell, *ui.Screens), label string) string {
	t.Helper()
	window := uitest.Window(t, kit.Line(""))
	shell := ui.New(kit.Desk{Runner: uitest.AtOnce(), Window: window, Now: atTheCut}, again)
	screens := ui.NewScreens(shell, again, ui.ScreenOptions{Words: vocabulary{again.Topics()}})
	window.SetContent(shell)
	shell.Begin(screens.Areas())
	defer shell.End()
	show(shell, screens)
	uitest.TapButton(t, shell, "Mở")
	return uitest.TextUnder(t, shell, label)
}

// TestNothingRunsOnAfterClosing: an office that is closed leaves no goroutine behind.
func TestNothingRunsOnAfterClosing(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 3, 10, 14, 5, 0, 0, time.UTC) }
	folder := filepath.Join(t.TempDir(), "so")
	office, err := app.CreateDemo(context.Background(), folder, app.DemoOptions{Years: 1, PerYear: 3, People: 5}, app.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	use := func(a *app.App) {
		a.Overview(context.Background())
		a.Rows(context.Background(), record.ListFilter{Noun: "attendance"})
		a.SearchAll(context.Background(), "a", 3)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	use(office)
	settled := func(most int) (n int) {
		for range 200 {
			if n = runtime.NumGoroutine(); n <= most {
				return n
			}
			time.Sleep(5 * time.Millisecond)
		}
		return n
	}
	before := settled(0)
	for range 5 {
		a, err := app.Open(folder, app.Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		use(a)
	}
	if after := settled(before); after > before {
		stacks := make([]byte, 1<<16)
		t.Errorf("%d goroutines before, %d after:\n%s", before, after, strings.TrimSpace(string(stacks[:runtime.Stack(stacks, true)])))
	}
}
