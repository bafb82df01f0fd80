package kit

import "fyne.io/fyne/v2"

// SelectAll marks the whole text, so that what is typed next takes its place. The
// keyboard must be here already.
func (e *Entry) SelectAll() { e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }
