package record

import (
	"fmt"
	"reflect"
	"strings"
)

// Get is the value of a field of a noun, or of a part of one: "title", "due.on".
func Get(n Noun, path string) any { return fieldAt(structOf(n), path).Interface() }

// Put gives a field of a noun (a pointer), or a part of one, a value of its type. A
// string goes into any field of text, an int64 into any number.
func Put(n any, path string, value any) {
	f, v := fieldAt(reflect.ValueOf(n).Elem(), path), reflect.ValueOf(value)
	if !v.IsValid() {
		f.SetZero()
		return
	}
	f.Set(v.Convert(f.Type()))
}

// fieldAt finds a field by the name record gives it; one that is not there is a
// mistake of the program.
func fieldAt(v reflect.Value, path string) reflect.Value {
	name, part, _ := strings.Cut(path, ".")
	d := descriptions[snake(v.Type().Name())]
	i, ok := d.byName[name]
	if !ok {
		panic(fmt.Sprintf("record: %s has no field %q", d.Name, path))
	}
	f := v.Field(d.Fields[i].index)
	if part == "" {
		return f
	}
	for i := range f.NumField() {
		if f.Type().Field(i).Tag.Get("part") == part {
			return f.Field(i)
		}
	}
	panic(fmt.Sprintf("record: %s has no field %q", d.Name, path))
}
