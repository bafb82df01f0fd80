package main

import (
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// TestTabGoesAsOneReads walks every screen: Tab comes to what is read first before it
// comes to what stands below or right of that. Only who is at the desk comes last, from
// the foot of the rail.
func TestTabGoesAsOneReads(t *testing.T) {
	office, shell, screens, _, _ := registerWith(t)
	walkScreens(t, office, shell, screens, func(what string) {
		t.Helper()
		for _, wrong := range uitest.TabsBack(shell, inTheRail) {
			t.Errorf("%s: %s", what, wrong)
		}
	})
}

func inTheRail(o fyne.CanvasObject) bool { return uitest.Right(o) <= fynetheme.Size(theme.SizeRail) }
