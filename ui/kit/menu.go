package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Menu shows choices at a place of a window and gives them the keyboard, with the first
// that can be chosen marked, so that Enter takes it.
func Menu(win fyne.Window, at fyne.Position, items ...*fyne.MenuItem) {
	menuOn(win.Canvas(), at, items...)
}

func menuOn(c fyne.Canvas, at fyne.Position, items ...*fyne.MenuItem) {
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
	first := 0 // of those the arrows stop at
	for _, item := range items {
		if !item.IsSeparator && !item.Disabled {
			markInMenu(c, first)
			return
		}
		if !item.IsSeparator {
			first++
		}
	}
}

// markInMenu marks the n-th choice of the menu that has just got the keyboard, as so
// many arrows would.
func markInMenu(c fyne.Canvas, n int) {
	if menu, ok := c.Focused().(*widget.PopUpMenu); ok {
		for range n + 1 {
			menu.ActivateNext()
		}
	}
}
