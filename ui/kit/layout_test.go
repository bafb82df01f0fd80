package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

func TestTabGoesThroughABorderAsOneReads(t *testing.T) {
	uitest.App(t)
	button := func(label string) *kit.PushButton { return kit.Button(label, "", nil) }
	page := kit.Border(button("above"), button("below"), button("left"), button("right"), button("middle"))
	w := uitest.Window(t, page)
	keys := uitest.NewKeyboard(w)
	var went []string
	for range 5 {
		keys.Press(fyne.KeyTab)
		went = append(went, w.Canvas().Focused().(*kit.PushButton).Text)
	}
	if diff := cmp.Diff([]string{"above", "left", "middle", "right", "below"}, went); diff != "" {
		t.Errorf("Tab goes (-want +got):\n%s", diff)
	}
	if wrong := uitest.TabsBack(page, nil); len(wrong) > 0 {
		t.Error(wrong)
	}
	swapped := kit.HStack("", button("a"), button("b"))
	swapped.Objects[0], swapped.Objects[1] = swapped.Objects[1], swapped.Objects[0]
	w.SetContent(swapped)
	swapped.Objects[0], swapped.Objects[1] = swapped.Objects[1], swapped.Objects[0]
	if len(uitest.TabsBack(swapped, nil)) != 1 {
		t.Error("a stop at the left that comes last is not told of")
	}
}
