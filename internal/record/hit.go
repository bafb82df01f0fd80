package record

// Hit is a row that a search over all registers has found.
type Hit struct {
	Ref    Ref
	Title  string // what people call it
	Detail Words  // what tells it from its namesakes: a day, a place, a unit
	Why    Words  // what of it was found, where neither title nor detail say that
	Place  Place  // where that stands
}

// Place is where in a row something stands. The zero Place is its beginning.
type Place struct {
	Field string // "evidence" for a file of the row
	File  ID     // which one
	Text  string // as it stands there
}

// FieldPath is the path of a field that a list shows in a column: "when_place" of an
// activity is "when.place" in its form.
func FieldPath(noun, column string) string {
	d, known := Describe(noun)
	if !known {
		return column
	}
	if _, whole := d.Field(column); whole {
		return column
	}
	for at, c := range column {
		if _, is := d.Field(column[:at]); c == '_' && is {
			return column[:at] + "." + column[at+1:]
		}
	}
	return column
}

// Fields of a row whose words no list shows.
const (
	PlaceTopics    = "topics"
	PlaceMaterials = "materials"
	PlaceEvidence  = "evidence"
)
