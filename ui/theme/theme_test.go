package theme

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/assets"
)

// Every colour words are written in, over every colour they may lie on.
var pairs = []struct{ ink, paper fyne.ThemeColorName }{
	{fynetheme.ColorNameForeground, fynetheme.ColorNameBackground},
	{fynetheme.ColorNameForeground, fynetheme.ColorNameInputBackground},
	{fynetheme.ColorNameForeground, fynetheme.ColorNameButton},
	{fynetheme.ColorNameForeground, fynetheme.ColorNameOverlayBackground},
	{fynetheme.ColorNameForeground, fynetheme.ColorNameMenuBackground},
	{fynetheme.ColorNameForeground, ColorRail},
	{fynetheme.ColorNameForeground, ColorSelected},
	{fynetheme.ColorNamePrimary, fynetheme.ColorNameBackground},
	{fynetheme.ColorNamePrimary, ColorSelected},
	{fynetheme.ColorNameForegroundOnPrimary, fynetheme.ColorNamePrimary},
	{fynetheme.ColorNameForegroundOnError, fynetheme.ColorNameError},
	{fynetheme.ColorNameForegroundOnWarning, fynetheme.ColorNameWarning},
	{fynetheme.ColorNameForegroundOnSuccess, fynetheme.ColorNameSuccess},
	{fynetheme.ColorNamePlaceHolder, fynetheme.ColorNameInputBackground},
	{fynetheme.ColorNameDisabled, fynetheme.ColorNameBackground},
	{fynetheme.ColorNameError, fynetheme.ColorNameBackground},
	{fynetheme.ColorNameError, fynetheme.ColorNameOverlayBackground},
	{fynetheme.ColorNameWarning, fynetheme.ColorNameBackground},
	{fynetheme.ColorNameWarning, ColorRail},
	{fynetheme.ColorNameSuccess, fynetheme.ColorNameBackground},
	{ColorMuted, fynetheme.ColorNameBackground},
	{ColorMuted, fynetheme.ColorNameOverlayBackground},
	{ColorMuted, ColorRail},
	{ColorMuted, ColorSelected},
}

func TestTextStandsOutFromWhatItLiesOn(t *testing.T) {
	for _, v := range []Variant{Light, Dark} {
		th := New(v, 1)
		for _, p := range pairs {
			got := contrast(th.Color(p.ink, 0), th.Color(p.paper, 0))
			if got < 4.5 {
				t.Errorf("%s: %s on %s: contrast %.2f, want at least 4.5", v, p.ink, p.paper, got)
			}
		}
	}
}

// A hairline or a bar need not be read, but it must be seen.
func TestFocusAndBarsAreSeen(t *testing.T) {
	for _, v := range []Variant{Light, Dark} {
		th := New(v, 1)
		for _, name := range []fyne.ThemeColorName{fynetheme.ColorNamePrimary, ColorBar, ColorBarQuiet, ColorTarget} {
			if got := contrast(th.Color(name, 0), th.Color(fynetheme.ColorNameBackground, 0)); got < 3 {
				t.Errorf("%s: %s on the background: contrast %.2f, want at least 3", v, name, got)
			}
		}
	}
}

// contrast is the ratio of WCAG 2.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func linear(v uint32) float64 {
	x := float64(v) / 0xffff
	if x <= 0.03928 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

func TestSystemFollowsTheDesktop(t *testing.T) {
	th := New(System, 1)
	if th.Color(fynetheme.ColorNameBackground, fynetheme.VariantDark) != dark[fynetheme.ColorNameBackground] {
		t.Error("a dark desktop must give the dark palette")
	}
	if th.Color(fynetheme.ColorNameBackground, fynetheme.VariantLight) != light[fynetheme.ColorNameBackground] {
		t.Error("a light desktop must give the light palette")
	}
}

func TestBothPalettesNameTheSameColours(t *testing.T) {
	for name := range light {
		if _, ok := dark[name]; !ok {
			t.Errorf("%s is missing in the dark palette", name)
		}
	}
	if len(light) != len(dark) {
		t.Errorf("light has %d colours, dark %d", len(light), len(dark))
	}
}

func TestEveryDrawingIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, file := range files {
		used[file+".svg"] = true
	}
	drawings, err := assets.Icons.ReadDir("icons")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range drawings {
		if !used[d.Name()] {
			t.Errorf("%s is drawn for nothing", d.Name())
		}
	}
}

func TestSizesGrowWithTheText(t *testing.T) {
	small, large := New(Light, 1), New(Light, 1.5)
	for name, want := range map[fyne.ThemeSizeName]float32{
		fynetheme.SizeNameText: 14, fynetheme.SizeNameCaptionText: 12, SizeSection: 16, SizePage: 20, SizeRow: 32, SizeField: 36,
	} {
		if got := small.Size(name); got != want {
			t.Errorf("%s = %v, want %v", name, got, want)
		}
		if got := large.Size(name); got != want*1.5 {
			t.Errorf("%s at 150 %% = %v, want %v", name, got, want*1.5)
		}
	}
	if got := large.Size(fynetheme.SizeNameSeparatorThickness); got != 1 {
		t.Errorf("hairlines must stay hairlines, got %v", got)
	}
}

func TestScaleStaysWithinWhatIsOffered(t *testing.T) {
	for given, want := range map[float32]float32{0: 1, 0.5: 1, 1.25: 1.25, 3: 1.5} {
		if got := New(Light, given).Scale(); got != want {
			t.Errorf("scale %v became %v, want %v", given, got, want)
		}
	}
}

func TestTheThemeIsLightUnlessAnotherWasChosen(t *testing.T) {
	want := New(Light, 1).Color(fynetheme.ColorNameBackground, fynetheme.VariantDark)
	for _, chosen := range []Variant{"", "no such"} {
		if got := New(chosen, 1).Color(fynetheme.ColorNameBackground, fynetheme.VariantDark); got != want {
			t.Errorf("%q on a dark desktop: background %v, want %v", chosen, got, want)
		}
	}
}
