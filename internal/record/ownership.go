package record

import "slices"

// What a machine may say of a row is decided by whose row it is: the unit whose machine
// made it. Of the rows of others a machine may say nothing, with two exceptions, which
// are the same on every PC and need no roster to look up:
//
//   - the rows of some nouns belong to nobody ([Shared]): every unit has the same row of
//     an administrative unit, from the same catalogue;
//   - the province may fill some fields of the rows of its units ([ProvinceMay]).
//
// What is said without the right to is kept in the log, since the chain needs it, and
// shown nowhere.

// Shared reports whether the rows of a noun belong to nobody.
func Shared(noun string) bool { return noun == "unit" }

// provinceMay are the fields of its units' rows that the province fills.
var provinceMay = map[string][]string{
	"question": {"answer", "answered_by", "answered_on", "citations", "public"},
}

// ProvinceMay reports whether the province may fill a field of its units' rows.
func ProvinceMay(noun, field string) bool { return slices.Contains(provinceMay[noun], field) }

// StaysHome reports whether the rows of a noun are shown only in the office that made
// them: those of which others may know nothing, and those that say how the office itself
// works. Elsewhere they are in the log and in no table.
func StaysHome(noun string) bool { return staysHome[noun] }

var staysHome = func() map[string]bool {
	out := map[string]bool{"office": true, "holiday": true}
	for _, d := range ordered {
		if !slices.ContainsFunc(d.Fields, func(f Field) bool { return f.Class == Open }) {
			out[d.Name] = true
		}
	}
	return out
}()
