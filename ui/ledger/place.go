package ledger

import (
	"slices"

	"sophobien/internal/record"
)

// GoTo puts the keyboard on a file of the row shown, once the files are there, and tells
// so.
func (e *Evidence) GoTo(file record.ID, there func()) {
	e.wanted, e.onThere = file, there
	e.arrive()
}

// arrive goes to the file that is wanted if it is there.
func (e *Evidence) arrive() {
	at := slices.IndexFunc(e.list, func(x record.Evidence) bool { return x.ID == e.wanted })
	if e.wanted.IsZero() || at < 0 {
		return
	}
	e.wanted = record.ID{}
	e.desk.Window.Canvas().Focus(e.strip)
	e.strip.moveTo(at)
	e.onThere()
}
