package kit

import (
	"slices"

	"fyne.io/fyne/v2"
)

// held are the windows whose content nobody may see now, with the dialogs that were
// to be shown over them meanwhile.
var held = map[fyne.Canvas][]*Dialog{}

// Cover keeps dialogs from showing over a window until Uncover: work that ends while
// the window is locked must not tell its result to a stranger.
func Cover(c fyne.Canvas) {
	if _, covered := held[c]; !covered {
		held[c] = nil
	}
}

// Covered reports whether a window is covered.
func Covered(c fyne.Canvas) bool {
	_, covered := held[c]
	return covered
}

// Uncover ends that and gives what was to be shown, the oldest first.
func Uncover(c fyne.Canvas) []*Dialog {
	waiting := held[c]
	delete(held, c)
	return waiting
}

// hold keeps a dialog back where its window is covered, and reports whether it did.
func (d *Dialog) hold() bool {
	c := d.win.Canvas()
	if !Covered(c) {
		return false
	}
	held[c] = append(held[c], d)
	return true
}

// release forgets that a dialog was to be shown.
func (d *Dialog) release() {
	c := d.win.Canvas()
	if i := slices.Index(held[c], d); i >= 0 {
		held[c] = slices.Delete(held[c], i, i+1)
	}
}
