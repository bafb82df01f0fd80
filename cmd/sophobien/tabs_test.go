package main

import (
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui"
	"sophobien/ui/kit"
	"sophobien/ui/reports"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// TestTabGoesAsOneReads walks every screen: Tab comes to what is read first before it
// comes to what stands below or right of that. Only who is at the desk comes last, from
// the foot of the rail.
func TestTabGoesAsOneReads(t *testing.T) {
	office, shell, screens, _, _ := registerWith(t)
	reads := func(what string) {
		t.Helper()
		for _, wrong := range uitest.TabsBack(shell, inTheRail) {
			t.Errorf("%s: %s", what, wrong)
		}
	}
	walkScreens(t, office, shell, screens, reads)
	shell.Go(ui.AreaReports)
	screens.Reports.View(reports.ViewAsk)
	reads("a question in passing")
}

func inTheRail(o fyne.CanvasObject) bool { return uitest.Right(o) <= fynetheme.Size(theme.SizeRail) }

// TestAFoundRowIsOpenedWithTheKeyboardInIt: Enter searches everywhere, Enter opens.
func TestAFoundRowIsOpenedWithTheKeyboardInIt(t *testing.T) {
	_, shell, screens, keys, window := registerWith(t)
	shell.Go(ui.AreaReports)
	keys.Ctrl(fyne.KeyK)
	keys.Type("pho bien")
	keys.Press(fyne.KeyReturn, fyne.KeyReturn)
	if panes := screens.Registers.Panes(); kit.PaneOf(panes, window.Canvas().Focused()) != 1 {
		t.Errorf("the keyboard is on a %T of:\n%s", window.Canvas().Focused(), uitest.Words(shell))
	}
}
