package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

func TestArrowsTakeTheChoiceBeside(t *testing.T) {
	uitest.App(t)
	var took []string
	radio := kit.NewRadio([]string{"Sáng", "Tối", "Theo máy"}, func(option string) { took = append(took, option) })
	after := kit.NewEntry()
	w := uitest.Window(t, kit.VStack(theme.SizeGap, radio, after))
	keys := uitest.NewKeyboard(w)
	radio.Display("Tối")
	keys.Press(fyne.KeyTab, fyne.KeyDown, fyne.KeyRight, fyne.KeyDown, fyne.KeyUp, fyne.KeyLeft, fyne.KeyUp)
	if diff := cmp.Diff([]string{"Theo máy", "Tối", "Sáng"}, took); diff != "" {
		t.Errorf("took (-want +got):\n%s", diff)
	}
	keys.Press(fyne.KeyTab)
	if w.Canvas().Focused() != after {
		t.Error("Tab stops at each choice")
	}
	test.TapCanvas(w.Canvas(), middleOf(uitest.Line(t, radio, "Tối")))
	if radio.Chosen() != "Tối" || w.Canvas().Focused() != radio {
		t.Errorf("a tap takes %q, the keyboard is on a %T", radio.Chosen(), w.Canvas().Focused())
	}
}

func middleOf(o fyne.CanvasObject) fyne.Position {
	at, size := uitest.Place(o)
	return at.AddXY(size.Width/2, size.Height/2)
}
