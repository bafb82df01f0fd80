package record

// Hit is a row that a search over all registers has found.
type Hit struct {
	Ref    Ref
	Title  string // what people call it
	Detail Words  // what tells it from its namesakes: a day, a place, a unit
}
