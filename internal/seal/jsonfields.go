package seal

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
)

// field is one field of a struct as encoding/json names it.
type field struct {
	name string
	kind reflect.Type
}

// fieldCache holds map[string]field by reflect.Type: types are few and never
// change, lines are many.
var fieldCache sync.Map

// fieldsOf lists a struct's fields by folded name; nil for any other type.
func fieldsOf(t reflect.Type) map[string]field {
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	if known, ok := fieldCache.Load(t); ok {
		return known.(map[string]field)
	}
	fields := map[string]field{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || !f.IsExported() || f.Anonymous && name == "" {
			continue
		}
		if name == "" {
			name = f.Name
		}
		fields[foldCase(name)] = field{name, f.Type}
	}
	fieldCache.Store(t, fields)
	return fields
}

// settable follows pointers to the type encoding/json fills by itself; nil for
// interfaces and for types that read their own JSON.
func settable(t reflect.Type) reflect.Type {
	for t != nil {
		if t.Implements(jsonReader) || reflect.PointerTo(t).Implements(jsonReader) ||
			t.Implements(textReader) || reflect.PointerTo(t).Implements(textReader) ||
			t.Kind() == reflect.Interface {
			return nil
		}
		if t.Kind() != reflect.Pointer {
			return t
		}
		t = t.Elem()
	}
	return nil
}

var (
	jsonReader = reflect.TypeFor[json.Unmarshaler]()
	textReader = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// memberType is what a key of an object fills.
func memberType(t reflect.Type, fields map[string]field, key string) reflect.Type {
	if f, ok := fields[foldCase(key)]; ok {
		return f.kind
	}
	if t != nil && t.Kind() == reflect.Map {
		return t.Elem()
	}
	return nil
}

func elementType(t reflect.Type) reflect.Type {
	if t != nil && (t.Kind() == reflect.Slice || t.Kind() == reflect.Array) {
		return t.Elem()
	}
	return nil
}
