package outbox

import (
	"sophobien/internal/record"
)

// Point is a place in a stream: the number and hash of an entry.
type Point struct {
	N    int64  `json:"n"`
	Hash string `json:"hash"`
}

// Entry is what the states of sealed files hang on.
type Entry struct {
	To     string           // receiver: unit and, of the office's own PC, device
	Kind   string           // only files of one kind replace each other
	Covers map[string]Point // the end of each stream inside
	From   map[string]int64 // where each begins; 0 or none: at its beginning
	Said   record.HandOverState
}

// States gives each file its state; the list is in the order in which they were made.
// covered says whether the receiver's signed vector holds all up to the points given.
func States(list []Entry, covered func(e Entry) bool) []record.HandOverState {
	out := make([]record.HandOverState, len(list))
	for i, e := range list {
		out[i] = stateOf(e, list[i+1:], covered)
	}
	return out
}

func stateOf(e Entry, later []Entry, covered func(e Entry) bool) record.HandOverState {
	if len(e.Covers) > 0 && covered(e) {
		return record.StateAccepted
	}
	switch e.Said {
	case record.StateAccepted: // said of a file without entries: there is no vector to say it
		return record.StateAccepted
	case record.StateRefused, record.StateParked, record.StateReceived:
		return e.Said
	}
	for _, l := range later {
		if l.To == e.To && l.Kind == e.Kind && reaches(l, e) {
			return record.StateReplaced
		}
	}
	return e.Said
}

// reaches reports whether one file holds what another does of every stream: it begins no
// later, since a long record is several files, and is at or beyond its end. A fork
// of a stream shows as other hashes only where the numbers are equal; a later file of
// this very office holds both branches then.
func reaches(have, want Entry) bool {
	for device, p := range want.Covers {
		h, ok := have.Covers[device]
		if !ok || have.From[device] > want.From[device] || h.N < p.N || h.N == p.N && h.Hash != p.Hash {
			return false
		}
	}
	return true
}
