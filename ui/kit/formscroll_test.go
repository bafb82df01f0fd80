package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// TestThePageInSightFollowsTheKeyboard, to buttons as to fields; one that is hidden stays
// where it was.
func TestThePageInSightFollowsTheKeyboard(t *testing.T) {
	uitest.App(t)
	page := func() (*kit.FormScroll, *kit.Entry, *kit.PushButton) {
		first, last := kit.NewEntry(), kit.Button("Cuối", "", nil)
		form := kit.VStack(theme.SizeGroup, first)
		for range 20 {
			form.Add(kit.NewEntry())
		}
		form.Add(last)
		return kit.NewFormScroll(uitest.AtOnce(), form), first, last
	}
	shown, first, last := page()
	hidden, _, _ := page()
	w := uitest.Window(t, kit.Border(kit.Line("Đầu trang"), nil, nil, nil, container.NewStack(shown, hidden)))
	w.Resize(fyne.NewSize(600, 300))
	hidden.Hide()
	w.Canvas().Focus(last)
	at, size := uitest.Place(last)
	if shown.Scroll().Offset.Y == 0 || at.Y < 0 || at.Y+size.Height > 300 {
		t.Errorf("the last button stands at %v, the page at %v", at.Y, shown.Scroll().Offset.Y)
	}
	w.Canvas().Focus(first)
	if at, _ := uitest.Place(first); at.Y < 0 {
		t.Errorf("the first field stands at %v", at.Y)
	}
	if hidden.Scroll().Offset.Y != 0 {
		t.Errorf("the hidden page went to %v", hidden.Scroll().Offset.Y)
	}
	// Hidden with what it stands on: it is not told so itself.
	area := container.NewStack(hidden)
	hidden.Show()
	area.Hide()
	w.SetContent(kit.Border(kit.Line("Đầu trang"), nil, nil, nil, container.NewStack(shown, area)))
	w.Canvas().Focus(last)
	if hidden.Scroll().Offset.Y != 0 {
		t.Errorf("the page of a hidden area went to %v", hidden.Scroll().Offset.Y)
	}
}
