package activities

import (
	"encoding/json"

	"sophobien/internal/record"
)

// draftOf is what a draft keeps: what was typed, and the activity it was typed over, so
// that what others change meanwhile is not taken back. An older program kept no base.
type draftOf struct {
	paper
	Base map[string]record.Value `json:"base,omitempty"`
}

// Draft is what was typed into the form.
func (f *Form) Draft() []byte {
	text, err := json.Marshal(draftOf{f.paper(), record.Values(f.base)})
	if err != nil {
		panic("activities: a draft that cannot be written down: " + err.Error())
	}
	return text
}

// Typed is what was typed alone, to see whether more came.
func (f *Form) Typed() []byte { return f.paper().bytes() }

// Restore puts a draft into the form and reports whether there was one.
func (f *Form) Restore(text []byte) bool {
	p, ok := readPaper(text)
	if !ok {
		return false
	}
	var d draftOf
	base := record.Activity{ID: f.base.ID}
	if json.Unmarshal(text, &d) == nil && d.Base != nil && record.Fill(&base, d.Base) == nil {
		f.base = base
	}
	f.show(p)
	return true
}
