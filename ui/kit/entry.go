package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Entry is the field people type in. It differs from the toolkit's in five ways:
// a stored value never replaces what is being typed, somebody can listen to its
// being left, the keys of the window and of a dialog work while it has the
// keyboard, what stands in a line is marked when the keyboard comes to it, and no
// scroll bar lies over a line that is too long for it.
type Entry struct {
	widget.Entry

	// OnLeft is told when the keyboard goes elsewhere.
	OnLeft func()

	focused bool
	self    fyne.CanvasObject // the widget the window knows, which may be built around this one
	scroll  *container.Scroll // what moves a long line along with the cursor
	field   fieldKind         // what a field of one kind of value adds; nil for text
}

// fieldKind is what a field for a date or a number adds to the one for text. The
// person still types into an Entry, and a form still holds one.
type fieldKind interface {
	// typedShortcut and typedKey report whether they took it.
	typedShortcut(fyne.Shortcut) bool
	typedKey(*fyne.KeyEvent) bool
	// left comes before OnLeft, and reports false where the person has not gone away.
	left() bool
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
	e.hideBars()
}

// SetText puts a text in the place of the one that stands here, and what was marked of
// that is marked no more: the toolkit forgets to, and the letter typed second would
// take the place of the first.
func (e *Entry) SetText(text string) {
	if e.SelectedText() != "" {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	}
	e.Entry.SetText(text)
}

// CreateRenderer finds what scrolls the line.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	r := e.Entry.CreateRenderer()
	for _, o := range r.Objects() {
		if scroll, ok := o.(*container.Scroll); ok {
			e.scroll = scroll
		}
	}
	e.hideBars()
	return r
}

// hideBars makes the scroll bars of a single line as thin as nothing; the line moves
// with the cursor. The toolkit forgets it for a bar that was not seen for a minute,
// so it is said again when a field is entered or shows another value.
func (e *Entry) hideBars() {
	if e.scroll != nil && !e.MultiLine {
		container.NewThemeOverride(e.scroll, noBars{})
	}
}

// noBars is the running theme without scroll bars.
type noBars struct{}

func (noBars) running() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

func (n noBars) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return n.running().Color(name, v)
}

func (n noBars) Font(style fyne.TextStyle) fyne.Resource { return n.running().Font(style) }

func (n noBars) Icon(name fyne.ThemeIconName) fyne.Resource { return n.running().Icon(name) }

func (n noBars) Size(name fyne.ThemeSizeName) float32 {
	if name == fynetheme.SizeNameScrollBar || name == fynetheme.SizeNameScrollBarSmall {
		return 0
	}
	return n.running().Size(name)
}

// FocusGained notes that someone types here, and marks what stands in a line, so that
// typing takes its place. A click puts the cursor where it falls, and who comes back from
// another program finds the cursor where it was.
func (e *Entry) FocusGained() {
	e.focused = true
	e.hideBars()
	e.Entry.FocusGained()
	if Arrived(e.self) && !e.MultiLine && !e.Disabled() {
		e.SelectAll()
	}
}

// FocusLost tells who listens.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	if e.field != nil && !e.field.left() {
		return
	}
	if e.OnLeft != nil {
		e.OnLeft()
	}
}

// TypedShortcut lets the window have what is not about text.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if e.field != nil && e.field.typedShortcut(s) {
		return
	}
	e.Entry.TypedShortcut(s)
	PassShortcut(e.self, s)
}

// TypedKey lets the window have the function keys and the Enter nobody else waits for, and
// a dialog Escape and that Enter.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	if PassKey(e.self, key) || e.field != nil && e.field.typedKey(key) {
		return
	}
	enter := key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter
	if enter && e.OnSubmitted == nil && !e.MultiLine {
		passEnter(e.self, key)
		return
	}
	e.Entry.TypedKey(key)
}

// PassShortcut gives a shortcut with a modifier to the dialog over the window a widget
// is in, or to the window; for widgets that take the keyboard and would otherwise
// swallow it.
func PassShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	switch s.(type) {
	case *desktop.CustomShortcut:
	case *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		if _, types := o.(interface{ SelectedText() string }); types {
			return // a field takes back its own typing
		}
	default:
		return
	}
	c := canvasOf(o)
	if d := dialogOver(c); d != nil && d.shortcuts != nil && d.shortcuts(s) {
		return
	}
	if c, ok := c.(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// PassKey gives F1 and F6 to the window a widget is in, and Escape to the dialog over it,
// and reports whether it did.
func PassKey(o fyne.CanvasObject, key *fyne.KeyEvent) bool {
	Touch()
	switch c := canvasOf(o); key.Name {
	case fyne.KeyF1, fyne.KeyF6:
		if c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(key)
		}
		return true
	case fyne.KeyEscape:
		d := dialogOver(c)
		return d != nil && d.typed(key)
	}
	return false
}

// passEnter gives the Enter nobody else waits for to the dialog over the window a widget is
// in, or to the window.
func passEnter(o fyne.CanvasObject, key *fyne.KeyEvent) {
	c := canvasOf(o)
	if d := dialogOver(c); d != nil {
		d.typed(key)
	} else if c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(key)
	}
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(o)
}
