package record

import "slices"

// Edit is what an action wants to say about one row: the fields it sets, or
// that the row goes.
type Edit struct {
	Ref    Ref
	New    bool // the row does not exist yet: nothing needs to be looked up
	Set    map[string]Value
	Delete bool
	Revive bool     // undo of a delete
	Erase  []string // committed fields whose every value, past ones too, goes for ever
}

// Create is the edit that makes a row: one operation, however many fields.
func Create(n Noun) Edit { return Edit{Ref: n.Ref(), New: true, Set: Values(n)} }

// Update is the edit from before to after; ok is false when nothing changed.
func Update(before, after Noun) (e Edit, ok bool) {
	set := Changed(before, after)
	return Edit{Ref: after.Ref(), Set: set}, len(set) > 0
}

// Change says which kinds of thing an action or an intake touched, so that the
// window reloads the screens that show them.
type Change struct {
	Nouns []string
	Batch string // id for undo: hash of the commit, in hex
}

// Touches reports whether the change concerns a noun.
func (c Change) Touches(noun string) bool { return slices.Contains(c.Nouns, noun) }
