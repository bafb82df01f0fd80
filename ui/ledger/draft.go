package ledger

import (
	"encoding/json"
	"reflect"

	"sophobien/internal/record"
)

// draftOf is what a draft keeps: what was typed, field by field, and the row it was
// typed over, so that what others change meanwhile is not taken back.
type draftOf struct {
	Typed map[string]string
	Base  map[string]record.Value
}

// Draft is what was typed into the form.
func (f *Form) Draft() []byte {
	return draftText(draftOf{f.texts(), record.Values(f.base)})
}

// Typed is what was typed alone, to see whether more came.
func (f *Form) Typed() []byte { return draftText(f.texts()) }

func (f *Form) texts() map[string]string {
	typed := map[string]string{}
	for _, in := range f.inputs {
		typed[in.path] = in.draft()
	}
	return typed
}

func draftText(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic("ledger: a draft that cannot be written down: " + err.Error())
	}
	return text
}

// readDraft reads a draft; what another version wrote and this one cannot read is none.
func readDraft(text []byte) (d draftOf, ok bool) {
	err := json.Unmarshal(text, &d)
	return d, err == nil && d.Typed != nil
}

// Restore puts a draft into the form and reports whether there was one. A field that
// the draft does not know stays as it is stored.
func (f *Form) Restore(text []byte) bool {
	d, ok := readDraft(text)
	if !ok {
		return false
	}
	base := reflect.New(reflect.TypeOf(f.base))
	if record.Fill(base.Interface(), d.Base) == nil {
		f.base = WithID(base.Elem().Interface().(record.Noun), f.base.Ref().ID)
	}
	f.showing = true
	defer func() { f.showing = false }()
	for _, in := range f.inputs {
		if text, known := d.Typed[in.path]; known {
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
