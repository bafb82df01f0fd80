package kit

import "fyne.io/fyne/v2"

// Pane is a part of a screen that F6 goes to as a whole.
type Pane struct {
	Object fyne.CanvasObject
	// Target is what gets the keyboard there; nil for the first field or button.
	Target func() fyne.Focusable
	// Page is what it is scrolled on; nil where it is always in sight.
	Page *FormScroll
}

// Enter gives the keyboard to something in the pane, and brings it in sight.
func (p Pane) Enter(c fyne.Canvas, target fyne.Focusable) {
	c.Focus(target)
	if p.Page != nil {
		p.Page.FollowFocus()
	}
}

// First is what gets the keyboard when one comes here; nil where nothing can.
func (p Pane) First() fyne.Focusable {
	if !p.Object.Visible() {
		return nil
	}
	if p.Target != nil {
		return p.Target()
	}
	return focusable(p.Object)
}

// Holds reports whether something that has the keyboard stands in the pane.
func (p Pane) Holds(f fyne.Focusable) bool {
	if f == nil || !p.Object.Visible() {
		return false
	}
	if f == p.First() {
		return true
	}
	o, ok := f.(fyne.CanvasObject)
	if !ok {
		return false
	}
	driver := fyne.CurrentApp().Driver()
	at, from, size := driver.AbsolutePositionForObject(o), driver.AbsolutePositionForObject(p.Object), p.Object.Size()
	return at.X >= from.X && at.X < from.X+size.Width && at.Y >= from.Y && at.Y < from.Y+size.Height
}

// PaneOf is the pane something that has the keyboard stands in, the smallest where one
// lies in another; -1 for none.
func PaneOf(panes []Pane, f fyne.Focusable) int {
	found, least := -1, float32(0)
	for i, p := range panes {
		room := p.Object.Size().Width * p.Object.Size().Height
		if p.Holds(f) && (found < 0 || f == p.First() || room < least) {
			found, least = i, room
			if f == p.First() {
				break
			}
		}
	}
	return found
}
