package main

import (
	"strings"
	"testing"

	"sophobien/ui/uitest"
)

// A window with a passphrase of its own shows nothing of the register before it is given.
func TestStagedWindowIsLockedFromTheStart(t *testing.T) {
	s := stageProgram(t)
	if err := s.office.SetLockPassphrase(t.Context(), "", "2580"); err != nil {
		t.Fatal(err)
	}
	closed := false
	s.putAway(func() { closed = true })
	s.until(t, "the register is closed", func() bool { return closed })
	s.open("")
	s.until(t, "the door", func() bool { return s.office != nil && s.shell.Lock().Locked() })
	if shown := uitest.Words(s.window.Content()); strings.Contains(shown, "Thiết lập") || !strings.Contains(shown, "Sổ đang khóa") {
		t.Errorf("shown:\n%s", shown)
	}
	s.window.Canvas().Focused().TypedRune('2')
	keys := uitest.NewKeyboard(s.window)
	keys.Type("580")
	keys.Press("Return")
	s.until(t, "the window", s.shows("Thiết lập"))
}
