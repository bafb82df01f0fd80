package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Check is the toolkit's box to tick, with the keys of the window while it has the
// keyboard.
type Check struct{ widget.Check }

// NewCheck makes a box that is not ticked; changed may be nil.
func NewCheck(label string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = label, changed
	c.ExtendBaseWidget(c)
	return c
}

// FocusGained shows where the keyboard is.
func (c *Check) FocusGained() {
	Arrived(c)
	c.Check.FocusGained()
}

// TypedKey gives the window its keys.
func (c *Check) TypedKey(key *fyne.KeyEvent) {
	if !PassKey(c, key) {
		c.Check.TypedKey(key)
	}
}

// Select is the toolkit's closed list, with the keys of the window while it has the
// keyboard. Enter opens it, as the space bar and the arrows up and down do, with what is
// chosen marked.
type Select struct{ widget.Select }

// NewSelect makes a list with nothing chosen; changed may be nil.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged = options, changed
	s.ExtendBaseWidget(s)
	return s
}

// FocusGained shows where the keyboard is.
func (s *Select) FocusGained() {
	Arrived(s)
	s.Select.FocusGained()
}

// TypedKey gives the window its keys.
func (s *Select) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyUp, fyne.KeyDown:
		s.Select.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		markInMenu(canvasOf(s), max(s.SelectedIndex(), 0))
	default:
		if !PassKey(s, key) {
			s.Select.TypedKey(key)
		}
	}
}
