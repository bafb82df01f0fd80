package kit_test

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

func TestEnterAndSpacePushAButton(t *testing.T) {
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace} {
		uitest.App(t)
		pushed := 0
		b := kit.Primary("Lưu", "", func() { pushed++ })
		w := uitest.Window(t, b)
		w.Canvas().Focus(b)
		uitest.NewKeyboard(w).Press(key)
		b.Disable()
		uitest.NewKeyboard(w).Press(key)
		if pushed != 1 {
			t.Errorf("%s pushed %d times, want once and never when disabled", key, pushed)
		}
	}
}

func TestTheKeyThatLeadsToAFieldIsNotTypedIntoIt(t *testing.T) {
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeySpace} {
		uitest.App(t)
		e := kit.NewSecret()
		var w fyne.Window
		b := kit.Primary("Tiếp tục", "", func() { w.Canvas().Focus(e) })
		w = uitest.Window(t, container.NewVBox(e, b))
		w.Canvas().Focus(b)
		keys := uitest.NewKeyboard(w)
		keys.Press(key)
		keys.Type("bốn từ")
		if e.Text != "bốn từ" {
			t.Errorf("%s: the field has %q", key, e.Text)
		}
	}
}

// The ring is measured where it is drawn: at least two pixels that stand out from
// what is inside them.
func TestTheRingIsSeenOnEveryButtonInBothThemes(t *testing.T) {
	kinds := []widget.Importance{widget.MediumImportance, widget.HighImportance, widget.LowImportance, widget.DangerImportance}
	for _, variant := range []theme.Variant{theme.Light, theme.Dark} {
		for _, kind := range kinds {
			t.Run(fmt.Sprint(variant, kind), func(t *testing.T) {
				uitest.App(t)
				fyne.CurrentApp().Settings().SetTheme(theme.New(variant, 1))
				b := kit.Button("", "", nil)
				b.Importance = kind
				w := uitest.Window(t, container.NewWithoutLayout(b))
				b.Resize(fyne.NewSize(100, 40))
				b.Refresh()
				if n := outstanding(w); n != 0 {
					t.Fatalf("%d pixels stand out before the button has the keyboard", n)
				}
				w.Canvas().Focus(b)
				if n := outstanding(w); n < 2 {
					t.Errorf("the ring is %d pixels thick, want 2", n)
				}
			})
		}
	}
}

// outstanding counts how many of the first pixels from the upper edge of the button
// stand out against its middle.
func outstanding(w fyne.Window) int {
	picture := w.Canvas().Capture()
	middle, n := picture.At(50, 20), 0
	for y := range 8 {
		if contrast(picture.At(50, y), middle) >= 3 {
			n++
		}
	}
	return n
}

func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
