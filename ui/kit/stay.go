package kit

import "fyne.io/fyne/v2"

// Stay makes a change that moves the upper edge of a list, such as a line that comes
// or goes above it, and has the list scroll so that its rows stay where they are on the
// window. A list at its top stays there.
func Stay(list fyne.CanvasObject, offset func() float32, scroll func(float32), change func()) {
	top := func() float32 { return fyne.CurrentApp().Driver().AbsolutePositionForObject(list).Y }
	at, before := offset(), top()
	change()
	if at > 0 {
		scroll(max(0, at+top()-before))
	}
}

// Stay is the function of that name for a table.
func (t *Table) Stay(change func()) {
	Stay(t, func() float32 { return t.scroll.Offset.Y }, func(y float32) {
		t.scroll.ScrollToOffset(fyne.NewPos(t.scroll.Offset.X, y))
		t.follow()
	}, change)
}
