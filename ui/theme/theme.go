// Package theme is the look of the window: colours, sizes, fonts and icons, for
// light and dark, at a text scale from 1.0 to 1.5. No screen names a colour or a
// size of its own; it asks here.
//
// It promises text at a contrast of at least 4.5:1 against whatever it may lie on,
// in both variants, and that everything grows with the text, so that large text
// scrolls and is never cut.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Variant is what the person chose: light, dark, or what the desktop says.
type Variant string

// The variants to choose from.
const (
	System Variant = "system"
	Light  Variant = "light"
	Dark   Variant = "dark"
)

// Scales are the text scales offered, smallest first.
var Scales = []float32{1, 1.25, 1.5}

// Theme implements fyne.Theme.
type Theme struct {
	variant Variant
	scale   float32
}

// New makes a theme, a light one unless another was chosen; a scale outside the offered span is brought into it.
func New(v Variant, scale float32) *Theme {
	return &Theme{variant: v, scale: min(max(scale, Scales[0]), Scales[len(Scales)-1])}
}

// Scale is how much larger than usual the text is.
func (t *Theme) Scale() float32 { return t.scale }

// Color finds a colour of the palette; an unknown name is near-black or near-white ink.
func (t *Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	p := &light
	if t.isDark(v) {
		p = &dark
	}
	if c, ok := (*p)[name]; ok {
		return c
	}
	return (*p)[fynetheme.ColorNameForeground]
}

func (t *Theme) isDark(desktop fyne.ThemeVariant) bool {
	if t.variant == System {
		return desktop == fynetheme.VariantDark
	}
	return t.variant == Dark
}

// Font is the toolkit's Noto Sans: it has every Vietnamese letter and figures of one width.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource { return fynetheme.DefaultTheme().Font(s) }

// Size finds a size, grown by the scale where people read or aim at it.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := hairlines[name]; ok {
		return s
	}
	if s, ok := sizes[name]; ok {
		return s * t.scale
	}
	return fynetheme.DefaultTheme().Size(name) * t.scale
}

// Sizes of our own, in addition to the toolkit's.
const (
	SizeSection  fyne.ThemeSizeName = "sophobien.section" // text of a section's heading
	SizePage     fyne.ThemeSizeName = "sophobien.page"    // text of a page's heading
	SizeNone     fyne.ThemeSizeName = "sophobien.none"
	SizeTight    fyne.ThemeSizeName = "sophobien.tight"    // inside a control
	SizeGap      fyne.ThemeSizeName = "sophobien.gap"      // between related things
	SizeGroup    fyne.ThemeSizeName = "sophobien.group"    // between groups
	SizeEdge     fyne.ThemeSizeName = "sophobien.edge"     // at the edges of a page
	SizeRow      fyne.ThemeSizeName = "sophobien.row"      // height of a table's row
	SizeField    fyne.ThemeSizeName = "sophobien.field"    // height of a field
	SizeRail     fyne.ThemeSizeName = "sophobien.rail"     // width of the rail with words
	SizeRailFold fyne.ThemeSizeName = "sophobien.railfold" // width of the rail with icons only
	SizeMeasure  fyne.ThemeSizeName = "sophobien.measure"  // widest column of fields
	SizeRing     fyne.ThemeSizeName = "sophobien.ring"     // thickness of the ring round what has the keyboard
)

var sizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNameText:           14,
	fynetheme.SizeNameCaptionText:    12,
	fynetheme.SizeNameSubHeadingText: 16,
	fynetheme.SizeNameHeadingText:    20,
	fynetheme.SizeNamePadding:        4,
	fynetheme.SizeNameInnerPadding:   8,
	fynetheme.SizeNameLineSpacing:    4,
	fynetheme.SizeNameInlineIcon:     18,
	fynetheme.SizeNameScrollBar:      12,
	fynetheme.SizeNameScrollBarSmall: 4,

	SizeSection: 16, SizePage: 20,
	SizeNone: 0, SizeTight: 4, SizeGap: 8, SizeGroup: 16, SizeEdge: 24,
	SizeRow: 32, SizeField: 36,
	SizeRail: 200, SizeRailFold: 56, SizeMeasure: 440, SizeRing: 2,
}

// hairlines do not grow: a thicker line says nothing more.
var hairlines = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNameSeparatorThickness: 1,
	fynetheme.SizeNameInputBorder:        1,
	fynetheme.SizeNameInputRadius:        3,
	fynetheme.SizeNameSelectionRadius:    2,
	fynetheme.SizeNameScrollBarRadius:    2,
}
