package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

func TestEnterTakesTheFirstChoiceOfAMenu(t *testing.T) {
	uitest.App(t)
	w := uitest.Window(t, kit.Line(""))
	took := ""
	item := func(words string) *fyne.MenuItem { return fyne.NewMenuItem(words, func() { took = words }) }
	not := item("Gỡ")
	not.Disabled = true
	kit.Menu(w, fyne.Position{}, fyne.NewMenuItemSeparator(), not, item("Xem"), item("Lưu ra tệp"))
	keys := uitest.NewKeyboard(w)
	keys.Press(fyne.KeyReturn)
	if took != "Xem" || uitest.Overlay(w) != nil {
		t.Errorf("Enter took %q", took)
	}
	kit.Menu(w, fyne.Position{}, item("Xem"), item("Lưu ra tệp"))
	keys.Press(fyne.KeyDown, fyne.KeyReturn)
	if took != "Lưu ra tệp" {
		t.Errorf("↓ and Enter took %q", took)
	}
}

func TestAClosedListOpensAtWhatIsChosen(t *testing.T) {
	uitest.App(t)
	list := kit.NewSelect([]string{"Mọi loại", "Tập huấn", "Đối thoại"}, nil)
	w := uitest.Window(t, list)
	w.Canvas().Focus(list)
	keys := uitest.NewKeyboard(w)
	keys.Press(fyne.KeyReturn, fyne.KeyReturn)
	if list.Selected != "Mọi loại" {
		t.Errorf("Enter twice chose %q", list.Selected)
	}
	keys.Press(fyne.KeySpace, fyne.KeyDown, fyne.KeyReturn)
	keys.Press(fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn)
	if list.Selected != "Đối thoại" {
		t.Errorf("one further on each time chose %q", list.Selected)
	}
}
