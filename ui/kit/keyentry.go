package kit

import "fyne.io/fyne/v2"

// KeyEntry is a field of one line whose owner sees keys before it does, such as a
// search that moves in the list below it with the arrows.
type KeyEntry struct {
	Entry
	// OnKey reports whether it took a key.
	OnKey func(*fyne.KeyEvent) bool
	// OnRune does the same for a letter.
	OnRune func(rune) bool
}

// NewKeyEntry makes an empty field.
func NewKeyEntry() *KeyEntry {
	e := &KeyEntry{}
	e.Wrapping = fyne.TextWrapOff
	e.extend(e)
	return e
}

// TypedKey asks the owner first.
func (e *KeyEntry) TypedKey(key *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(key) {
		Touch()
		return
	}
	e.Entry.TypedKey(key)
}

// TypedRune asks the owner first.
func (e *KeyEntry) TypedRune(r rune) {
	if e.OnRune != nil && e.OnRune(r) {
		Touch()
		return
	}
	e.Entry.TypedRune(r)
}
