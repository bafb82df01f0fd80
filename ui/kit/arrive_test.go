package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// lines is a window with two lines, the first filled, and a text of many lines.
func lines(t *testing.T) (first, second *kit.Entry, many *kit.LongText, w fyne.Window, keys *uitest.Keyboard) {
	t.Helper()
	uitest.App(t)
	first, second, many = kit.NewEntry(), kit.NewEntry(), kit.NewLongText(2)
	first.SetText("Đăk Hà")
	many.SetText("một\nhai")
	w = uitest.Window(t, kit.VStack(theme.SizeGap, first, second, many))
	return first, second, many, w, uitest.NewKeyboard(w)
}

func TestWhatStandsInALineIsMarkedOnComingToIt(t *testing.T) {
	first, _, many, _, keys := lines(t)
	keys.Press(fyne.KeyTab)
	if first.SelectedText() != "Đăk Hà" || first.CursorColumn != 6 {
		t.Errorf("marked %q, the cursor at %d", first.SelectedText(), first.CursorColumn)
	}
	keys.UniKey("Đăk Mar")
	if first.Text != "Đăk Mar" {
		t.Errorf("typing leaves %q", first.Text)
	}
	keys.Press(fyne.KeyTab, fyne.KeyTab)
	if many.SelectedText() != "" {
		t.Errorf("marked of many lines %q", many.SelectedText())
	}
	keys.Shift(fyne.KeyTab)
	keys.Shift(fyne.KeyTab)
	keys.Press(fyne.KeyEnd)
	keys.UniKey(", xã")
	if first.Text != "Đăk Mar, xã" {
		t.Errorf("End and typing leave %q", first.Text)
	}
}

func TestAClickPutsTheCursorWhereItFalls(t *testing.T) {
	first, _, _, _, keys := lines(t)
	first.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(2, 10)}})
	if first.SelectedText() != "" || first.CursorColumn != 0 {
		t.Errorf("marked %q, the cursor at %d", first.SelectedText(), first.CursorColumn)
	}
	keys.Type("ở ")
	if first.Text != "ở Đăk Hà" {
		t.Errorf("typing leaves %q", first.Text)
	}
}

// TestComingBackToTheWindowMarksNothing: who looks something up in another program, or in
// a dialog, goes on typing where she was.
func TestComingBackToTheWindowMarksNothing(t *testing.T) {
	_, second, _, w, keys := lines(t)
	w.Canvas().Focus(second)
	keys.UniKey("Tập huấn ")
	away := func() {
		w.Canvas().Focused().FocusLost() // as the driver tells it
		w.Canvas().Focused().FocusGained()
	}
	away()
	keys.UniKey("ở nhà rông")
	d := kit.AskFields(w, "Vì sao?", kit.NewEntry(), "Ghi", func(func()) {})
	keys.Press(fyne.KeyTab)
	away()
	d.Hide()
	away()
	keys.UniKey(" Kon Klor")
	if second.Text != "Tập huấn ở nhà rông Kon Klor" {
		t.Errorf("there stands %q", second.Text)
	}
	test.Tap(second)
	keys.UniKey(" 2")
	if second.Text != "Tập huấn ở nhà rông Kon Klor 2" {
		t.Errorf("after a tap in it there stands %q", second.Text)
	}
}
