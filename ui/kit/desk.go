package kit

import (
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
)

// Desk is what the shell hands every screen beside the office's data.
type Desk struct {
	Runner *Runner
	Window fyne.Window
	Now    func() time.Time
	// Say shows what was done at the foot of the window; undo may be nil.
	Say func(words string, undo func())
	// SayAgain shows what was taken back, with the way to do it again; nil: there is none.
	SayAgain func(words string, again func())
	// Offer shows what was done with what may be done about it; nil where only Say is.
	Offer func(words string, offers ...Offer)
	// Open opens a file or a folder outside; nil for the way of the system.
	Open func(path string) error
	// Modifiers are the keys held now; nil for what the system says.
	Modifiers func() fyne.KeyModifier
	// Restate reads the two states of the top line again, after something that is
	// no change of the record: a backup made, a bundle written.
	Restate func()
}

// Screen is one area of the window, as the shell sees it.
type Screen interface {
	fyne.CanvasObject
	// Reload reads again what the screen shows, away from the window.
	Reload()
	// Shows reports whether a change touches what the screen shows.
	Shows(record.Change) bool
}
