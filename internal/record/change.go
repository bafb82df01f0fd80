package record

import (
	"fmt"
	"maps"
	"slices"
)

// Edit is what an action wants to say about one row: the fields it sets, or
// that the row goes.
type Edit struct {
	Ref    Ref
	New    bool // the row does not exist yet: nothing needs to be looked up
	Set    map[string]Value
	Delete bool
	Revive bool     // undo of a delete
	Erase  []string // committed fields whose every value, past ones too, goes for ever
	To     string   // at a province: code of the unit a new row is said to, "" nobody

	made Noun // the whole row, in the place of Set
}

// Create is the edit that makes a row: one operation, however many fields.
func Create(n Noun) Edit { return Edit{Ref: n.Ref(), New: true, made: n} }

// Encoded reports whether every value of the edit is what a noun's own field
// encodes to, and so of its shape.
func (e *Edit) Encoded() bool { return e.made != nil }

// Columns appends what the table of a row made whole holds, in the order of
// Description.Columns. The edit must be encoded.
func (e *Edit) Columns(to []any) []any {
	d := DescribeOf(e.made)
	v := structOf(e.made)
	for i := range d.Fields {
		f := &d.Fields[i]
		switch fv := v.Field(f.index); {
		case len(f.Columns) == 0:
		case isUnset(fv):
			to = append(to, make([]any, len(f.Columns))...)
		default:
			to = f.codec.direct(to, fv)
		}
	}
	return to
}

// Each gives the fields an edit sets, by name. A field that this program does not
// know is an error.
func (e *Edit) Each(do func(f *Field, v Value)) error {
	d, ok := Describe(e.Ref.Noun)
	if !ok {
		return fmt.Errorf("%w: no noun %q", ErrInvalid, e.Ref.Noun)
	}
	if e.made != nil {
		v := structOf(e.made)
		for _, i := range d.sorted {
			f := &d.Fields[i]
			if fv := v.Field(f.index); !isUnset(fv) {
				do(f, f.codec.encode(fv))
			}
		}
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(e.Set)) {
		f, ok := d.Field(name)
		if !ok { // its class is not known: it might be personal
			return fmt.Errorf("%w: %s has no field %q", ErrInvalid, d.Name, name)
		}
		do(f, e.Set[name])
	}
	return nil
}

// Update is the edit from before to after; ok is false when nothing changed.
func Update(before, after Noun) (e Edit, ok bool) {
	set := Changed(before, after)
	return Edit{Ref: after.Ref(), Set: set}, len(set) > 0
}

// Settle is the edit that ends a difference between versions of a field: it names all of
// them, also when the value is the one that is shown. A row that one deleted and another edited is
// settled by deleting or reviving it again, having seen both.
func Settle(ref Ref, field string, v Value) Edit {
	return Edit{Ref: ref, Set: map[string]Value{field: v}}
}

// Change says which kinds of thing an action or an intake touched, so that the
// window reloads the screens that show them.
type Change struct {
	Nouns []string
	Batch string // id for undo: hash of the commit, in hex
	Words Words  // what was done
}

// Touches reports whether the change concerns a noun.
func (c Change) Touches(noun string) bool { return slices.Contains(c.Nouns, noun) }
