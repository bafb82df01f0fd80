package ui_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/help"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// guarded is an office with a lock and two officers.
type guarded struct {
	safety
	*uitest.Guard
}

func (g *guarded) Office(context.Context) (record.Office, error) { return g.Keeper, nil }

type guardedStage struct {
	*stage
	guard  *guarded
	now    time.Time
	edited int
}

func guard(t *testing.T) *guardedStage {
	t.Helper()
	return guardWith(t, "Y Ngọc")
}

// guardWith is the window with somebody at the desk.
func guardWith(t *testing.T, name string) *guardedStage {
	t.Helper()
	uitest.App(t)
	st := &guardedStage{stage: &stage{window: uitest.Window(t, kit.Line(""))}, now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}
	st.keys = uitest.NewKeyboard(st.window)
	officers := []record.Officer{{ID: record.ID{1}, Name: name}, {ID: record.ID{2}, Name: "A Brel", Title: "Chuyên viên"}, {ID: record.ID{3}, Name: "Y Thu", Gone: true}}
	st.guard = &guarded{Guard: &uitest.Guard{
		Lock: record.LockState{Minutes: 10, Set: true}, Passphrase: "2580",
		Keeper: record.Office{Officers: officers}, Here: record.ID{1},
	}}
	st.shell = ui.New(kit.Desk{Runner: uitest.AtOnce(), Window: st.window, Now: func() time.Time { return st.now }}, st.guard)
	st.shell.Guard(st.guard, func() { st.edited++ })
	st.window.SetContent(st.shell)
	st.areas = []*area{newArea("activity")}
	st.areas[0].entry.SetText("Tập huấn ở Đăk Hà")
	st.shell.Begin([]ui.Area{{Word: "Hoạt động", Icon: theme.IconActivities, Screen: st.areas[0]}})
	st.shell.Keys(st.window.Canvas())
	return st
}

func (st *guardedStage) wait(d time.Duration) {
	st.now = st.now.Add(d)
	st.shell.Lock().Tick()
}

// seen is all that is in the window, and over it.
func (st *guardedStage) seen() string {
	shown := uitest.Words(st.window.Content())
	for _, o := range st.window.Canvas().Overlays().List() {
		shown += "\n" + uitest.Words(o)
	}
	return shown
}

func TestTheWindowLocksWhenNobodyIsThere(t *testing.T) {
	st := guard(t)
	st.window.Canvas().Focus(st.areas[0].entry)
	st.wait(9 * time.Minute)
	st.keys.Press(fyne.KeyEnd) // somebody is there
	st.wait(9 * time.Minute)
	if st.shell.Lock().Locked() {
		t.Fatal("locked while somebody typed")
	}
	st.shell.Cursor() // the mouse moves over the window
	st.wait(9 * time.Minute)
	if st.shell.Lock().Locked() {
		t.Fatal("locked while the mouse moved")
	}
	st.keys.Type(", xã mới")
	st.wait(10 * time.Minute)
	if !st.shell.Lock().Locked() {
		t.Fatal("not locked after ten minutes")
	}
	if shown := st.seen(); strings.Contains(shown, "Tập huấn") || !strings.Contains(shown, "Sổ đang khóa") {
		t.Errorf("shown:\n%s", shown)
	}
	st.keys.Type("0000")
	st.keys.Press(fyne.KeyReturn)
	if shown := st.seen(); !strings.Contains(shown, "Mật khẩu không đúng.") || strings.Contains(shown, "Tập huấn") {
		t.Errorf("after a wrong one:\n%s", shown)
	}
	st.keys.Press(fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace)
	st.keys.Type("2580")
	st.keys.Press(fyne.KeyReturn)
	if shown := st.seen(); !strings.Contains(shown, "Tập huấn ở Đăk Hà, xã mới") {
		t.Errorf("what was typed is gone:\n%s", shown)
	}
	if st.window.Canvas().Focused() != fyne.Focusable(st.areas[0].entry) {
		t.Error("the keyboard is not where it was")
	}
	if diff := cmp.Diff([]string{"0000", "2580"}, st.guard.Tries); diff != "" {
		t.Errorf("tried (-want +got):\n%s", diff)
	}
}

func TestNoKeyReachesWhatIsLocked(t *testing.T) {
	st := guard(t)
	st.keys.CtrlShift(fyne.KeyL)
	if !st.shell.Lock().Locked() {
		t.Fatal("Ctrl+Shift+L does not lock")
	}
	for _, key := range []fyne.KeyName{fyne.Key1, fyne.KeyN, fyne.KeyK, fyne.KeyS} {
		st.keys.Ctrl(key)
	}
	st.keys.CtrlShift(fyne.KeyO)
	st.keys.Press(fyne.KeyF1, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
	st.shell.Dropped([]string{"/danh sách.xlsx"})
	if st.areas[0].created != 0 || st.areas[0].Visible() || len(st.window.Canvas().Overlays().List()) != 0 {
		t.Errorf("behind the door: created %d, visible %v, overlays %d", st.areas[0].created, st.areas[0].Visible(), len(st.window.Canvas().Overlays().List()))
	}
	if f := st.window.Canvas().Focused(); f == fyne.Focusable(st.areas[0].entry) {
		t.Error("Tab leads behind the door")
	}
	st.wait(time.Hour)
	if shown := st.seen(); strings.Count(shown, "Sổ đang khóa") != 1 {
		t.Errorf("a second door:\n%s", shown)
	}
}

func TestDialogsRestWhileTheWindowIsLocked(t *testing.T) {
	st := guard(t)
	over := kit.ShowSentence(st.window, kit.Plain, "Danh sách", "Nguyễn Thị Hằng")
	st.keys.CtrlShift(fyne.KeyL) // a dialog is no way to keep it open
	late := kit.ShowSentence(st.window, kit.Plain, "Kết quả", "A Blan")
	dropped := kit.ShowSentence(st.window, kit.Plain, "Bỏ", "Y Brôl")
	dropped.Hide()
	if shown := st.seen(); !st.shell.Lock().Locked() || strings.Contains(shown, "Hằng") || strings.Contains(shown, "Blan") {
		t.Fatalf("shown:\n%s", shown)
	}
	st.keys.Type("2580")
	st.keys.Press(fyne.KeyReturn)
	shown := st.seen()
	if !strings.Contains(shown, "Hằng") || !strings.Contains(shown, "Blan") || strings.Contains(shown, "Brôl") {
		t.Errorf("after opening:\n%s", shown)
	}
	late.Hide()
	over.Hide()
	if len(st.window.Canvas().Overlays().List()) != 0 {
		t.Error("a dialog stays for ever")
	}
}

func TestALockThatCannotBeOpenedDoesNotClose(t *testing.T) {
	st := guard(t)
	st.guard.Lock = record.LockState{}
	st.keys.CtrlShift(fyne.KeyL)
	if st.shell.Lock().Locked() || !strings.Contains(st.shell.Toast().Text(), "Thiết lập › An toàn dữ liệu") {
		t.Errorf("locked %v, said %q", st.shell.Lock().Locked(), st.shell.Toast().Text())
	}
}

func TestAWindowWithItsOwnPassphraseAsksAtTheStart(t *testing.T) {
	st := guard(t)
	st.shell.Lock().Start(record.LockState{Set: true})
	if st.shell.Lock().Locked() {
		t.Error("the register's passphrase was asked for already")
	}
	st.shell.Lock().Start(record.LockState{Set: true, Own: true})
	if shown := st.seen(); !strings.Contains(shown, "Mật khẩu khóa màn hình") {
		t.Errorf("shown:\n%s", shown)
	}
	st.shell.End()
	if kit.Covered(st.window.Canvas()) {
		t.Error("the window stays covered after the shell has ended")
	}
}

func TestWhoIsAtTheDesk(t *testing.T) {
	st := guard(t)
	uitest.Button(t, st.shell, "Y Ngọc")
	st.keys.CtrlShift(fyne.KeyO)
	menu := uitest.Overlay(st.window)
	if menu == nil {
		t.Fatal("Ctrl+Shift+O offers nobody")
	}
	shown := uitest.Words(menu)
	for words, want := range map[string]bool{"Y Ngọc": true, "A Brel, Chuyên viên": true, "Y Thu": false, "Danh sách cán bộ…": true} {
		if strings.Contains(shown, words) != want {
			t.Errorf("%q offered: %v, want %v:\n%s", words, !want, want, shown)
		}
	}
	st.keys.Press(fyne.KeyDown, fyne.KeyReturn)
	if st.guard.Here != (record.ID{2}) {
		t.Fatalf("at the desk: %v", st.guard.Here)
	}
	uitest.Button(t, st.shell, "A Brel")
	if said := st.shell.Toast().Text(); !strings.Contains(said, "A Brel") {
		t.Errorf("said %q", said)
	}
}

// keyName writes a shortcut as the help does.
func keyName(key fyne.Shortcut) string {
	s, custom := key.(*desktop.CustomShortcut)
	if !custom {
		return map[string]string{"Undo": "Ctrl+Z", "Redo": "Ctrl+Y", "Paste": "Ctrl+V"}[key.ShortcutName()]
	}
	name := ""
	for _, m := range []struct {
		bit  fyne.KeyModifier
		word string
	}{{fyne.KeyModifierControl, "Ctrl+"}, {fyne.KeyModifierAlt, "Alt+"}, {fyne.KeyModifierShift, "Shift+"}} {
		if s.Modifier&m.bit != 0 {
			name += m.word
		}
	}
	switch s.KeyName {
	case fyne.KeyPageUp:
		return name + "PageUp"
	case fyne.KeyPageDown:
		return name + "PageDown"
	}
	return name + string(s.KeyName)
}

// listener is a window that notes which keys it is given.
type listener struct {
	fyne.Canvas
	heard []string
}

func (l *listener) AddShortcut(s fyne.Shortcut, _ func(fyne.Shortcut)) {
	l.heard = append(l.heard, keyName(s))
}

// The page of keys, the list of keys and the shell's own keys are the same.
func TestThePageOfKeysNamesTheKeys(t *testing.T) {
	st := guard(t)
	window := &listener{Canvas: st.window.Canvas()}
	st.shell.Keys(window)
	for _, key := range window.heard {
		if !slices.Contains(ui.KeyMap(), key) {
			t.Errorf("%s does something and is not in the list of keys", key)
		}
	}
	for _, language := range []string{"vi", "en"} {
		pages, err := help.Pages(language)
		if err != nil {
			t.Fatal(err)
		}
		named := map[string]bool{}
		for _, p := range pages {
			for _, b := range p.Blocks {
				for _, s := range b.Spans {
					if s.Style == help.Key && p.Name == help.Keys {
						named[s.Text] = true
						if !slices.Contains(ui.KeyMap(), s.Text) {
							t.Errorf("%s: the page names %s, which is no key of the window", language, s.Text)
						}
					}
				}
			}
		}
		for _, key := range ui.KeyMap() {
			if !named[key] {
				t.Errorf("%s: the page of keys does not name %s", language, key)
			}
		}
	}
}

// What the help writes in bold stands in the window, in both languages.
func TestTheHelpUsesTheWordsOfTheWindow(t *testing.T) {
	en := words(t, "en")
	for _, state := range record.TakenStates {
		en[state.Words.VI] = state.Words.EN
	}
	bold := map[string][]string{}
	for _, language := range []string{"vi", "en"} {
		pages, err := help.Pages(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			for _, b := range p.Blocks {
				for _, s := range b.Spans {
					if s.Style == help.Bold {
						bold[language] = append(bold[language], s.Text)
					}
				}
			}
		}
	}
	for i, vi := range bold["vi"] {
		if i >= len(bold["en"]) || en[vi] != bold["en"][i] {
			t.Errorf("the help says %q; the window says %q in English", vi, en[vi])
		}
	}
}

// TestWhoIsAtTheDeskIsNamedInFull where there is room, and keeps the family name beyond.
func TestWhoIsAtTheDeskIsNamedInFull(t *testing.T) {
	for name, want := range map[string]string{
		"Phạm Thị Thu Hằng":      "Phạm Thị Thu Hằng",
		"Nguyễn Thị Thu Hằng":    "Nguyễn Thị Thu Hằng",
		"Nguyễn Hoàng Thị Hương": "Nguyễn H. Thị Hương",
		"Y Ngọc":                 "Y Ngọc",
	} {
		st := guardWith(t, name)
		st.window.Resize(fyne.NewSize(1366, 768))
		if words := uitest.Words(st.shell); !strings.Contains(words, want) {
			t.Errorf("%q is not written as %q:\n%s", name, want, words)
		}
	}
}
