package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Entry is the field people type in. It differs from the toolkit's in three ways:
// a stored value never replaces what is being typed, somebody can listen to its
// being left, and the window's own shortcuts work while it has the keyboard.
type Entry struct {
	widget.Entry

	// OnLeft is told when the keyboard goes elsewhere.
	OnLeft func()

	focused bool
	self    fyne.CanvasObject // the widget the window knows, which may be built around this one
}

// NewEntry makes a field of one line.
func NewEntry() *Entry {
	e := &Entry{}
	e.Wrapping = fyne.TextWrapOff
	e.extend(e)
	return e
}

// extend makes a widget built around the entry known to the toolkit.
func (e *Entry) extend(self fyne.Widget) {
	e.self = self
	e.ExtendBaseWidget(self)
}

// NewSecret makes a field that shows dots, with an eye to look.
func NewSecret() *Entry {
	e := NewEntry()
	e.Password = true
	return e
}

// Focusable is the widget that takes the keyboard: the entry, or what is built
// around it.
func (e *Entry) Focusable() fyne.Focusable { return e.self.(fyne.Focusable) }

// Display shows a stored value, unless someone is typing here: then what is being
// typed is newer.
func (e *Entry) Display(text string) {
	if e.focused || text == e.Text {
		return
	}
	e.SetText(text)
}

// FocusGained notes that someone types here.
func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
}

// FocusLost tells who listens.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	if e.OnLeft != nil {
		e.OnLeft()
	}
}

// TypedShortcut lets the window have what is not about text.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	e.Entry.TypedShortcut(s)
	PassShortcut(e.self, s)
}

// TypedKey lets the window have the function keys.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	if PassKey(e.self, key) {
		return
	}
	e.Entry.TypedKey(key)
}

// PassShortcut gives a shortcut with a modifier to the window a widget is in; for
// widgets that take the keyboard and would otherwise swallow it.
func PassShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	if _, custom := s.(*desktop.CustomShortcut); !custom {
		return
	}
	if c, ok := canvasOf(o).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// PassKey gives F1 to the window a widget is in and reports whether it did.
func PassKey(o fyne.CanvasObject, key *fyne.KeyEvent) bool {
	if key.Name != fyne.KeyF1 {
		return false
	}
	if c := canvasOf(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(key)
	}
	return true
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}
