package uitest

import (
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"golang.org/x/text/unicode/norm"
)

// Keyboard sends keys to whatever has the focus of a window, in the order and by
// the rules of the desktop driver: Tab moves the focus unless the widget keeps
// it, shortcuts go to the focused widget or else to the window.
type Keyboard struct {
	canvas    fyne.Canvas
	Clipboard fyne.Clipboard
	// Struck counts the keys a person would have struck: one for each key, whatever
	// is held with it, and for letters typed with UniKey one more for each mark.
	Struck int

	uncounted bool // what an input method sends is no key of the person's
}

// NewKeyboard is a keyboard for a window, with an empty clipboard.
func NewKeyboard(w fyne.Window) *Keyboard {
	return &Keyboard{canvas: w.Canvas(), Clipboard: test.NewClipboard()}
}

// Press presses and releases keys one after the other.
func (k *Keyboard) Press(names ...fyne.KeyName) {
	for _, name := range names {
		k.press(name, 0)
	}
}

// Shift presses keys while Shift is held.
func (k *Keyboard) Shift(names ...fyne.KeyName) {
	k.hold(desktop.KeyShiftLeft, true)
	for _, name := range names {
		k.press(name, fyne.KeyModifierShift)
	}
	k.hold(desktop.KeyShiftLeft, false)
}

// Ctrl presses a key while Ctrl is held.
func (k *Keyboard) Ctrl(name fyne.KeyName) { k.shortcut(k.ctrlShortcut(name)) }

// Alt presses a key while Alt is held.
func (k *Keyboard) Alt(name fyne.KeyName) {
	k.shortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierAlt})
}

// CtrlShift presses a key while Ctrl and Shift are held.
func (k *Keyboard) CtrlShift(name fyne.KeyName) {
	k.shortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift})
}

// Paste puts a text on the clipboard and presses Ctrl+V.
func (k *Keyboard) Paste(text string) {
	k.Clipboard.SetContent(text)
	k.Ctrl(fyne.KeyV)
}

// Type types letters one by one.
func (k *Keyboard) Type(text string) {
	for _, r := range text {
		k.strike(1)
		if f := k.canvas.Focused(); f != nil {
			f.TypedRune(r)
		} else if typed := k.canvas.OnTypedRune(); typed != nil {
			typed(r)
		}
	}
}

func (k *Keyboard) strike(n int) {
	if !k.uncounted {
		k.Struck += n
	}
}

// UniKey types as that input method does: each word first in bare letters; when
// the marks come, it sends backspaces to the first letter that changes and then
// the letters with their marks.
func (k *Keyboard) UniKey(text string) {
	k.strike(len([]rune(norm.NFD.String(strings.NewReplacer("đ", "dd", "Đ", "DD").Replace(text)))))
	k.uncounted = true
	defer func() { k.uncounted = false }()
	word := []rune{}
	for _, r := range norm.NFC.String(text) {
		if !unicode.IsLetter(r) {
			k.compose(word)
			word = word[:0]
			k.Type(string(r))
			continue
		}
		word = append(word, r)
	}
	k.compose(word)
}

func (k *Keyboard) compose(word []rune) {
	bare := make([]rune, len(word))
	for i, r := range word {
		bare[i] = bareLetter(r)
	}
	k.Type(string(bare))
	first := 0
	for first < len(word) && word[first] == bare[first] {
		first++
	}
	k.Press(slices.Repeat([]fyne.KeyName{fyne.KeyBackspace}, len(word)-first)...)
	k.Type(string(word[first:]))
}

func bareLetter(r rune) rune {
	switch r {
	case 'đ':
		return 'd'
	case 'Đ':
		return 'D'
	}
	return []rune(norm.NFD.String(string(r)))[0]
}

func (k *Keyboard) hold(name fyne.KeyName, down bool) {
	f, ok := k.canvas.Focused().(desktop.Keyable)
	switch {
	case !ok:
	case down:
		f.KeyDown(&fyne.KeyEvent{Name: name})
	default:
		f.KeyUp(&fyne.KeyEvent{Name: name})
	}
}

func (k *Keyboard) press(name fyne.KeyName, modifier fyne.KeyModifier) {
	k.strike(1)
	k.hold(name, true)
	defer k.hold(name, false)
	if name == fyne.KeyTab && !k.keepsTab() {
		if modifier == fyne.KeyModifierShift {
			k.canvas.FocusPrevious()
		} else {
			k.canvas.FocusNext()
		}
		return
	}
	event := &fyne.KeyEvent{Name: name}
	if f := k.canvas.Focused(); f != nil {
		f.TypedKey(event)
	} else if typed := k.canvas.OnTypedKey(); typed != nil {
		typed(event)
	}
	if name == fyne.KeySpace && modifier == 0 {
		k.Type(" ") // the character comes after the key, to whatever has the keyboard then
		k.strike(-1)
	}
}

func (k *Keyboard) keepsTab() bool {
	f, ok := k.canvas.Focused().(fyne.Tabbable)
	return ok && f.AcceptsTab()
}

func (k *Keyboard) shortcut(s fyne.Shortcut) {
	k.strike(1)
	if f, ok := k.canvas.Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
		return
	}
	if c, ok := k.canvas.(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

func (k *Keyboard) ctrlShortcut(name fyne.KeyName) fyne.Shortcut {
	switch name {
	case fyne.KeyC:
		return &fyne.ShortcutCopy{Clipboard: k.Clipboard}
	case fyne.KeyX:
		return &fyne.ShortcutCut{Clipboard: k.Clipboard}
	case fyne.KeyV:
		return &fyne.ShortcutPaste{Clipboard: k.Clipboard}
	case fyne.KeyZ:
		return &fyne.ShortcutUndo{}
	case fyne.KeyY:
		return &fyne.ShortcutRedo{}
	case fyne.KeyA:
		return &fyne.ShortcutSelectAll{}
	}
	return &desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierControl}
}
