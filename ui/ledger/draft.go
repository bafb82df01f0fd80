package ledger

import "encoding/json"

// Draft is what was typed into the form, field by field.
func (f *Form) Draft() []byte {
	typed := map[string]string{}
	for _, in := range f.inputs {
		typed[in.path] = in.draft()
	}
	text, err := json.Marshal(typed)
	if err != nil {
		panic("ledger: a draft that cannot be written down: " + err.Error())
	}
	return text
}

// Restore puts a draft into the form and reports whether there was one. A field that
// the draft does not know stays as it is stored.
func (f *Form) Restore(text []byte) bool {
	var typed map[string]string
	if len(text) == 0 || json.Unmarshal(text, &typed) != nil {
		return false
	}
	f.showing = true
	defer func() { f.showing = false }()
	for _, in := range f.inputs {
		if text, known := typed[in.path]; known {
			in.restore(text)
		}
	}
	return true
}

// Put shows another value in a field, as if a person had typed it.
func (f *Form) Put(path string, value any) {
	for _, in := range f.inputs {
		if in.path == path {
			in.show(value)
		}
	}
	f.changed()
}
