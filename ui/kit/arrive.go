package kit

import (
	"slices"

	"fyne.io/fyne/v2"
)

// holders are what had the keyboard last, in the window and in each thing that lies over
// it.
var holders = map[fyne.CanvasObject]fyne.CanvasObject{}

// Arrived notes that the keyboard has come to a widget, and reports whether it came from
// another: a person who was in another program comes back to what she had in hand. Each
// widget says so in its FocusGained.
func Arrived(at fyne.CanvasObject) bool {
	c := canvasOf(at)
	if c == nil {
		return false
	}
	layer := c.Overlays().Top()
	for gone := range holders {
		if gone != nil && !slices.Contains(c.Overlays().List(), gone) {
			delete(holders, gone)
		}
	}
	from := holders[layer]
	holders[layer] = at
	if from == at {
		return false
	}
	for page := range pages {
		if canvasOf(page) == c {
			page.FollowFocus()
		}
	}
	return true
}

// pages are the forms that were shown: whatever has the keyboard on one of them is brought
// in sight.
var pages = map[*FormScroll]bool{}
