package record

import "time"

// Draft is what was being typed in one place of the window and was not saved.
type Draft struct {
	Scope string // the place
	At    time.Time
	Text  []byte // nil: it is damaged
}
