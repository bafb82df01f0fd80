package record

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Noun is any of the structs listed in nouns.go.
type Noun interface {
	// Ref names the row.
	Ref() Ref
	// Validate refuses what cannot be true, one problem a field.
	Validate() error
}

// ColumnType is the storage type of a projection's column.
type ColumnType string

// The three column types in use.
const (
	TextColumn    ColumnType = "TEXT"
	IntegerColumn ColumnType = "INTEGER"
	BlobColumn    ColumnType = "BLOB"
)

// Column is one column of a noun's table.
type Column struct {
	Name string
	Type ColumnType
}

// Field describes one field of a noun: what a commit calls it, who may see it,
// how it merges, and the columns that show it.
type Field struct {
	Name    string
	Words   Words // what people call it
	Class   Class
	Merge   Merge
	Columns []Column // empty for Personal: those share the sealed column

	index int
	codec codec
}

// Type names the Go type of the field's values: two programs that give it alike read a
// value alike.
func (f *Field) Type() string { return f.codec.typ().String() }

// Description is all the program knows of a noun beyond its struct.
type Description struct {
	Name   string
	Words  Words // what people call one, in small letters
	Fields []Field

	typ    reflect.Type
	byName map[string]int
	sorted []int // places in Fields by name
}

// Field finds a field by name.
func (d *Description) Field(name string) (*Field, bool) {
	i, ok := d.byName[name]
	if !ok {
		return nil, false
	}
	return &d.Fields[i], true
}

// Columns are all columns of the noun's table but the fixed ones.
func (d *Description) Columns() []Column {
	var out []Column
	for _, f := range d.Fields {
		out = append(out, f.Columns...)
	}
	return out
}

// Without is the noun as a program knows it that does not know some of its fields: an
// earlier one.
func (d *Description) Without(fields ...string) *Description {
	out := &Description{Name: d.Name, Words: d.Words, typ: d.typ}
	for _, f := range d.Fields {
		if !slices.Contains(fields, f.Name) {
			out.Fields = append(out.Fields, f)
		}
	}
	out.index()
	return out
}

// index lists the fields by name.
func (d *Description) index() {
	d.byName = make(map[string]int, len(d.Fields))
	for i := range d.Fields {
		d.byName[d.Fields[i].Name] = i
		d.sorted = append(d.sorted, i)
	}
	slices.SortFunc(d.sorted, func(a, b int) int { return strings.Compare(d.Fields[a].Name, d.Fields[b].Name) })
}

// New returns a pointer to a zero value of the noun with its id set.
func (d *Description) New(id ID) any {
	p := reflect.New(d.typ)
	p.Elem().FieldByName("ID").Set(reflect.ValueOf(id))
	return p.Interface()
}

func describe(noun any, say string) *Description {
	t := reflect.TypeOf(noun)
	d := &Description{Name: snake(t.Name()), Words: parseSay(say), typ: t}
	for i := range t.NumField() {
		tag, ok := t.Field(i).Tag.Lookup("rec")
		if !ok {
			continue
		}
		f := parseTag(tag)
		f.Words = parseSay(t.Field(i).Tag.Get("say"))
		f.index = i
		f.codec = codecOf(t.Field(i).Type)
		if f.Class != Personal {
			f.Columns = f.codec.columns(f.Name)
		}
		d.Fields = append(d.Fields, f)
	}
	d.index()
	return d
}

func parseTag(tag string) Field {
	parts := strings.Split(tag, ",")
	if len(parts) < 2 || !slices.Contains([]string{"A", "O", "P"}, parts[1]) {
		panic("record: bad tag " + tag)
	}
	f := Field{Name: parts[0], Class: Class(parts[1][0])}
	if slices.Contains(parts[2:], "set") {
		f.Merge = Set
	}
	return f
}

func parseSay(say string) Words {
	vi, en, ok := strings.Cut(say, "|")
	if !ok {
		panic("record: a noun or field without its words: " + say)
	}
	return Words{vi, en}
}

func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if r >= 'A' && r <= 'Z' {
			if i > 0 {
				b.WriteByte('_')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Describe returns the description of a noun by its name.
func Describe(noun string) (*Description, bool) {
	d, ok := descriptions[noun]
	return d, ok
}

// DescribeOf returns the description of a noun's value.
func DescribeOf(n Noun) *Description { return descriptions[n.Ref().Noun] }

// Nouns lists all descriptions in the order of nouns.go.
func Nouns() []*Description { return ordered }

// Values are the set fields of a noun by name.
func Values(n Noun) map[string]Value {
	d := DescribeOf(n)
	v := structOf(n)
	out := make(map[string]Value, len(d.Fields))
	for i := range d.Fields {
		f := &d.Fields[i]
		if fv := v.Field(f.index); !isUnset(fv) {
			out[f.Name] = f.codec.encode(fv)
		}
	}
	return out
}

// Changed are the fields of after that differ from before; a field that lost
// its value is Null.
func Changed(before, after Noun) map[string]Value {
	a, b := Values(before), Values(after)
	out := map[string]Value{}
	for name, v := range b {
		if a[name] != v {
			out[name] = v
		}
	}
	for name := range a {
		if _, still := b[name]; !still {
			out[name] = Null
		}
	}
	return out
}

// Fill sets the fields of a noun (a pointer) from values; unknown names are
// left alone, since a newer program may know them.
func Fill(n any, values map[string]Value) error {
	v := reflect.ValueOf(n).Elem()
	d := descriptions[snake(v.Type().Name())]
	for name, val := range values {
		f, ok := d.Field(name)
		if !ok {
			continue
		}
		if err := f.codec.decode(val, v.Field(f.index)); err != nil {
			return fmt.Errorf("%w: %s.%s: %v", ErrDamaged, d.Name, name, err)
		}
	}
	return nil
}

// EachText lets fn rewrite every text in a noun (a pointer): normal form.
func EachText(n any, fn func(string) string) { eachText(reflect.ValueOf(n).Elem(), fn) }

func eachText(v reflect.Value, fn func(string) string) {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); s != "" {
			v.SetString(fn(s))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			eachText(v.Field(i), fn)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachText(v.Index(i), fn)
		}
	}
}

func structOf(n Noun) reflect.Value {
	v := reflect.ValueOf(n)
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	return v
}

func isUnset(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return v.Len() == 0
	}
	return v.IsZero()
}

// ToColumns turns a value into what the field's columns hold, in their order.
// A value of the wrong shape is damaged.
func (f *Field) ToColumns(v Value) ([]any, error) {
	if !v.IsSet() {
		return make([]any, len(f.Columns)), nil
	}
	out, err := f.codec.toColumns(v)
	if err != nil {
		return nil, fmt.Errorf("%w: field %s: %v", ErrDamaged, f.Name, err)
	}
	return out, nil
}

// FromColumns is the inverse of ToColumns.
func (f *Field) FromColumns(cols []any) (Value, error) { return f.codec.fromColumns(cols) }

// Continue is a new value of a field with what a later version added to the one it
// replaces and this program does not know: parts of a group, and members of those items of a list
// that stay as they were, or have an id and keep it.
func (f *Field) Continue(before, v Value) Value {
	c, ok := f.codec.(interface{ continued(before, v Value) Value })
	if !ok || !v.IsSet() {
		return v
	}
	return c.continued(before, v)
}

// FillColumns sets the fields of a noun (a pointer) that have columns from those of its
// table, in the order of Columns.
func (d *Description) FillColumns(n any, cols []any) error {
	v := reflect.ValueOf(n).Elem()
	at := 0
	for i := range d.Fields {
		f := &d.Fields[i]
		width := len(f.Columns)
		if width == 0 {
			continue
		}
		if err := f.codec.set(cols[at:at+width], v.Field(f.index)); err != nil {
			return fmt.Errorf("%w: %s.%s: %v", ErrDamaged, d.Name, f.Name, err)
		}
		at += width
	}
	return nil
}

// Check reports whether a value has the field's shape and is written the one
// way this program writes it.
func (f *Field) Check(v Value) error {
	if !v.IsSet() {
		return nil
	}
	p := reflect.New(f.codec.typ()).Elem()
	if err := f.codec.decode(v, p); err != nil {
		return fmt.Errorf("%w: field %s: %v", ErrDamaged, f.Name, err)
	}
	return nil
}

// Union merges concurrent lists of a Set field: every element once, sorted.
func Union(values []Value) Value {
	seen := map[string]bool{}
	var all []string
	for _, v := range values {
		var list []json.RawMessage
		if json.Unmarshal([]byte(v), &list) != nil {
			continue
		}
		for _, e := range list {
			if !seen[string(e)] {
				seen[string(e)] = true
				all = append(all, string(e))
			}
		}
	}
	if len(all) == 0 {
		return Null
	}
	slices.Sort(all)
	return Value("[" + strings.Join(all, ",") + "]")
}
