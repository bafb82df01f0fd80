package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Colours of our own, in addition to the toolkit's.
const (
	ColorMuted    fyne.ThemeColorName = "sophobien.muted"    // captions, second lines
	ColorRail     fyne.ThemeColorName = "sophobien.rail"     // behind the rail and heads of tables
	ColorSelected fyne.ThemeColorName = "sophobien.selected" // a chosen row, under text
	ColorBar      fyne.ThemeColorName = "sophobien.bar"      // bars of a chart
	ColorBarQuiet fyne.ThemeColorName = "sophobien.barquiet" // bars to compare with, such as last year's
	ColorTrack    fyne.ThemeColorName = "sophobien.track"    // the whole that a bar is a part of
	ColorTarget   fyne.ThemeColorName = "sophobien.target"   // the line a bar should reach
)

type palette map[fyne.ThemeColorName]color.Color

func hex(rgb uint32) color.NRGBA { return hexA(rgb, 0xff) }

func hexA(rgb uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: alpha}
}

// light is paper white, ink near-black, one deep blue-green.
var light = palette{
	fynetheme.ColorNameBackground:          hex(0xffffff),
	fynetheme.ColorNameForeground:          hex(0x1b2326),
	fynetheme.ColorNamePrimary:             hex(0x0f5e66),
	fynetheme.ColorNameForegroundOnPrimary: hex(0xffffff),
	fynetheme.ColorNameHyperlink:           hex(0x0f5e66),
	fynetheme.ColorNameButton:              hex(0xeff2f2),
	fynetheme.ColorNameDisabledButton:      hex(0xf3f5f5),
	fynetheme.ColorNameDisabled:            hex(0x6b7679),
	fynetheme.ColorNamePlaceHolder:         hex(0x687376),
	fynetheme.ColorNameInputBackground:     hex(0xffffff),
	fynetheme.ColorNameInputBorder:         hex(0xb9c3c5),
	fynetheme.ColorNameSeparator:           hex(0xdde3e4),
	fynetheme.ColorNameHover:               hexA(0x0f5e66, 0x12),
	fynetheme.ColorNamePressed:             hexA(0x0f5e66, 0x26),
	fynetheme.ColorNameFocus:               hexA(0x0f5e66, 0x38),
	fynetheme.ColorNameSelection:           hexA(0x0f5e66, 0x30),
	fynetheme.ColorNameScrollBar:           hexA(0x1b2326, 0x66),
	fynetheme.ColorNameScrollBarBackground: hexA(0x1b2326, 0x0c),
	fynetheme.ColorNameShadow:              hexA(0x0b1a1c, 0x16),
	fynetheme.ColorNameMenuBackground:      hex(0xffffff),
	fynetheme.ColorNameOverlayBackground:   hex(0xffffff),
	fynetheme.ColorNameHeaderBackground:    hex(0xf5f7f7),
	fynetheme.ColorNameError:               hex(0xa8261b),
	fynetheme.ColorNameForegroundOnError:   hex(0xffffff),
	fynetheme.ColorNameSuccess:             hex(0x1f6b3a),
	fynetheme.ColorNameForegroundOnSuccess: hex(0xffffff),
	fynetheme.ColorNameWarning:             hex(0x8a5200),
	fynetheme.ColorNameForegroundOnWarning: hex(0xffffff),
	ColorMuted:                             hex(0x566164),
	ColorRail:                              hex(0xf5f7f7),
	ColorSelected:                          hex(0xdcebec),
	ColorBar:                               hex(0x0072b2),
	ColorBarQuiet:                          hex(0x879396),
	ColorTrack:                             hex(0xe6ebec),
	ColorTarget:                            hex(0xd55e00),
}

// dark is the true counterpart: the same roles, the same contrast.
var dark = palette{
	fynetheme.ColorNameBackground:          hex(0x161b1d),
	fynetheme.ColorNameForeground:          hex(0xe7ecec),
	fynetheme.ColorNamePrimary:             hex(0x6cc3cb),
	fynetheme.ColorNameForegroundOnPrimary: hex(0x08282c),
	fynetheme.ColorNameHyperlink:           hex(0x6cc3cb),
	fynetheme.ColorNameButton:              hex(0x262e30),
	fynetheme.ColorNameDisabledButton:      hex(0x1f2628),
	fynetheme.ColorNameDisabled:            hex(0x8d999c),
	fynetheme.ColorNamePlaceHolder:         hex(0x8f9b9e),
	fynetheme.ColorNameInputBackground:     hex(0x1a2022),
	fynetheme.ColorNameInputBorder:         hex(0x4c585b),
	fynetheme.ColorNameSeparator:           hex(0x2f383a),
	fynetheme.ColorNameHover:               hexA(0x6cc3cb, 0x18),
	fynetheme.ColorNamePressed:             hexA(0x6cc3cb, 0x30),
	fynetheme.ColorNameFocus:               hexA(0x6cc3cb, 0x40),
	fynetheme.ColorNameSelection:           hexA(0x6cc3cb, 0x3c),
	fynetheme.ColorNameScrollBar:           hexA(0xe7ecec, 0x66),
	fynetheme.ColorNameScrollBarBackground: hexA(0xe7ecec, 0x0c),
	fynetheme.ColorNameShadow:              hexA(0x000000, 0x60),
	fynetheme.ColorNameMenuBackground:      hex(0x1f2628),
	fynetheme.ColorNameOverlayBackground:   hex(0x1f2628),
	fynetheme.ColorNameHeaderBackground:    hex(0x1d2325),
	fynetheme.ColorNameError:               hex(0xff9a8c),
	fynetheme.ColorNameForegroundOnError:   hex(0x35100b),
	fynetheme.ColorNameSuccess:             hex(0x7fd19b),
	fynetheme.ColorNameForegroundOnSuccess: hex(0x0a2a14),
	fynetheme.ColorNameWarning:             hex(0xe8b563),
	fynetheme.ColorNameForegroundOnWarning: hex(0x2e1f04),
	ColorMuted:                             hex(0xa3afb1),
	ColorRail:                              hex(0x1d2325),
	ColorSelected:                          hex(0x21393c),
	ColorBar:                               hex(0x56b4e9),
	ColorBarQuiet:                          hex(0x6f7b7e),
	ColorTrack:                             hex(0x2b3335),
	ColorTarget:                            hex(0xe69f00),
}
