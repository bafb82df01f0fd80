package record

import "slices"

// What a kind of activity asks for. A kind of which nothing is said here asks for
// people: who came, who spoke, at which hour.
var (
	gathered = []string{"heads", "people", "when.start", "when.end", "when.end_date", "when.place", "host_unit_id", "mode", "speakers", "direct", "woven_into"}
	spread   = []string{"channel", "link", "times"}

	kindAsks = map[string][]string{
		"directive": {"link"},
		"contest":   append([]string{"prizes"}, gathered...),
		"broadcast": append([]string{"when.place", "when.start", "when.end_date", "speakers"}, spread...),
		"article":   spread,
		"social":    append([]string{"when.end_date"}, spread...),
		"posting":   append([]string{"when.place", "when.end_date", "host_unit_id"}, spread...),
		"survey":    {"when.place", "when.end_date", "host_unit_id"},
	}
	// asked are the fields some kinds ask for and others do not.
	asked = slices.Concat(gathered, spread, []string{"prizes"})
)

// ActivityAsks reports whether a kind of activity asks for a field of the form, by
// its name in record; "people" is the list of those who came. What a kind does not
// ask for keeps its value.
func ActivityAsks(kind, field string) bool {
	if !slices.Contains(asked, field) {
		return true
	}
	asks, special := kindAsks[kind]
	if !special {
		asks = gathered
	}
	return slices.Contains(asks, field)
}

// NewActivityKinds are the kinds offered for a new activity: documents that steer
// the work have a register of their own by now.
func NewActivityKinds() []Term {
	return slices.DeleteFunc(slices.Clone(ActivityKinds), func(t Term) bool { return t.Code == "directive" })
}

// Held reports whether the activity took place: only then do reports count it.
func (a Activity) Held() bool { return a.Status == "held" || a.Status == "closed" }

// Warning is a sentence beside a field about what looks wrong and may be right: it
// keeps nobody from saving. A hint only tells.
type Warning struct {
	Field string
	Words Words
	Hint  bool
}
