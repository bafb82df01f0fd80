package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
)

// codec knows how one Go type stands in a commit (JSON) and in a table.
type codec interface {
	typ() reflect.Type
	columns(name string) []Column
	encode(reflect.Value) Value
	decode(Value, reflect.Value) error
	direct(to []any, v reflect.Value) []any // what toColumns makes of what encode makes
	toColumns(Value) ([]any, error)
	fromColumns([]any) (Value, error)
	set(cols []any, into reflect.Value) error // what decode makes of what fromColumns gives, without the JSON between
}

var idType = reflect.TypeFor[ID]()

func codecOf(t reflect.Type) codec {
	base := plain{t}
	switch {
	case t == idType:
		return idCodec{base}
	case t.Kind() == reflect.String:
		return textCodec{base}
	case t.Kind() == reflect.Int64, t.Kind() == reflect.Int:
		return intCodec{base}
	case t.Kind() == reflect.Bool:
		return boolCodec{base}
	case t.Kind() == reflect.Slice:
		return listCodec{base}
	case t.Kind() == reflect.Struct:
		return newGroup(base)
	}
	panic("record: no codec for " + t.String())
}

// plain is what all codecs share: JSON both ways.
type plain struct{ t reflect.Type }

func (p plain) typ() reflect.Type { return p.t }

func (p plain) encode(v reflect.Value) Value {
	out, err := encodeJSON(v.Interface())
	if err != nil {
		panic(fmt.Sprintf("record: %s cannot be encoded: %v", p.t, err))
	}
	return out
}

func (p plain) decode(v Value, into reflect.Value) error {
	if !v.IsSet() {
		into.SetZero()
		return nil
	}
	return json.Unmarshal([]byte(v), into.Addr().Interface())
}

type textCodec struct{ plain }

func (textCodec) encode(v reflect.Value) Value { return TextValue(v.String()) }

func (textCodec) columns(name string) []Column { return []Column{{name, TextColumn}} }

func (textCodec) direct(to []any, v reflect.Value) []any { return append(to, v.String()) }

func (c textCodec) toColumns(v Value) ([]any, error) {
	if v[0] != '"' || !json.Valid([]byte(v)) {
		return nil, fmt.Errorf("not a text: %.40s", v)
	}
	return []any{v.Text()}, nil
}

func (textCodec) fromColumns(cols []any) (Value, error) {
	switch s := cols[0].(type) {
	case nil:
		return "", nil
	case string:
		return TextValue(s), nil
	}
	return "", fmt.Errorf("%w: %T in a text column", ErrDamaged, cols[0])
}

func (textCodec) set(cols []any, into reflect.Value) error {
	switch s := cols[0].(type) {
	case nil:
		into.SetZero()
	case string:
		into.SetString(s)
	default:
		return fmt.Errorf("%w: %T in a text column", ErrDamaged, cols[0])
	}
	return nil
}

type intCodec struct{ plain }

func (intCodec) encode(v reflect.Value) Value { return Value(strconv.FormatInt(v.Int(), 10)) }

func (intCodec) columns(name string) []Column { return []Column{{name, IntegerColumn}} }

func (intCodec) direct(to []any, v reflect.Value) []any { return append(to, v.Int()) }

func (intCodec) toColumns(v Value) ([]any, error) {
	n, err := strconv.ParseInt(string(v), 10, 64)
	return []any{n}, err
}

func (intCodec) fromColumns(cols []any) (Value, error) {
	switch n := cols[0].(type) {
	case nil:
		return "", nil
	case int64:
		return Value(strconv.FormatInt(n, 10)), nil
	}
	return "", fmt.Errorf("%w: %T in an integer column", ErrDamaged, cols[0])
}

func (intCodec) set(cols []any, into reflect.Value) error {
	switch n := cols[0].(type) {
	case nil:
		into.SetZero()
	case int64:
		into.SetInt(n)
	default:
		return fmt.Errorf("%w: %T in an integer column", ErrDamaged, cols[0])
	}
	return nil
}

type boolCodec struct{ plain }

func (boolCodec) encode(v reflect.Value) Value { return Value(strconv.FormatBool(v.Bool())) }

func (boolCodec) columns(name string) []Column { return []Column{{name, IntegerColumn}} }

func (boolCodec) direct(to []any, v reflect.Value) []any {
	if v.Bool() {
		return append(to, int64(1))
	}
	return append(to, int64(0))
}

func (boolCodec) toColumns(v Value) ([]any, error) {
	switch v {
	case "true":
		return []any{int64(1)}, nil
	case "false":
		return []any{int64(0)}, nil
	}
	return nil, fmt.Errorf("not true or false: %.40s", v)
}

func (boolCodec) fromColumns(cols []any) (Value, error) {
	switch n := cols[0].(type) {
	case nil:
		return "", nil
	case int64:
		return Value(strconv.FormatBool(n != 0)), nil
	}
	return "", fmt.Errorf("%w: %T in a yes/no column", ErrDamaged, cols[0])
}

func (boolCodec) set(cols []any, into reflect.Value) error {
	switch n := cols[0].(type) {
	case nil:
		into.SetZero()
	case int64:
		into.SetBool(n != 0)
	default:
		return fmt.Errorf("%w: %T in a yes/no column", ErrDamaged, cols[0])
	}
	return nil
}

type idCodec struct{ plain }

func (idCodec) encode(v reflect.Value) Value {
	var b [38]byte
	id := v.Interface().(ID)
	return Value(append(id.AppendTo(append(b[:0], '"')), '"'))
}

func (idCodec) columns(name string) []Column { return []Column{{name, BlobColumn}} }

func (idCodec) direct(to []any, v reflect.Value) []any {
	id := v.Interface().(ID)
	return append(to, id[:])
}

func (idCodec) toColumns(v Value) ([]any, error) {
	id, err := ParseID(v.Text())
	return []any{id[:]}, err
}

func (idCodec) fromColumns(cols []any) (Value, error) {
	switch b := cols[0].(type) {
	case nil:
		return "", nil
	case []byte:
		if len(b) == 16 {
			return Value(`"` + ID(b).String() + `"`), nil
		}
	}
	return "", fmt.Errorf("%w: %T in an id column", ErrDamaged, cols[0])
}

func (idCodec) set(cols []any, into reflect.Value) error {
	switch b := cols[0].(type) {
	case nil:
		into.SetZero()
		return nil
	case []byte:
		if len(b) == 16 {
			*into.Addr().Interface().(*ID) = ID(b)
			return nil
		}
	}
	return fmt.Errorf("%w: %T in an id column", ErrDamaged, cols[0])
}

// listCodec keeps a list as JSON text in one column.
type listCodec struct{ plain }

func (listCodec) columns(name string) []Column { return []Column{{name, TextColumn}} }

func (c listCodec) direct(to []any, v reflect.Value) []any { return append(to, string(c.encode(v))) }

func (c listCodec) toColumns(v Value) ([]any, error) {
	if err := c.decode(v, reflect.New(c.t).Elem()); err != nil {
		return nil, err
	}
	return []any{string(v)}, nil
}

func (listCodec) fromColumns(cols []any) (Value, error) {
	switch s := cols[0].(type) {
	case nil:
		return "", nil
	case string:
		return Value(s), nil
	}
	return "", fmt.Errorf("%w: %T in a list column", ErrDamaged, cols[0])
}

func (c listCodec) set(cols []any, into reflect.Value) error {
	switch s := cols[0].(type) {
	case nil:
		into.SetZero()
		return nil
	case string:
		return c.decode(Value(s), into)
	}
	return fmt.Errorf("%w: %T in a list column", ErrDamaged, cols[0])
}

// continued gives the items of a value the members that a later version wrote into the
// same items of the one it replaces.
func (c listCodec) continued(before, v Value) Value {
	var old, list []json.RawMessage
	if c.t.Elem().Kind() != reflect.Struct || json.Unmarshal([]byte(before), &old) != nil || json.Unmarshal([]byte(v), &list) != nil {
		return v
	}
	more := map[string][][]byte{}
	for _, raw := range old {
		if same, members := c.later(raw); len(members) > 0 {
			more[same] = append(more[same], members)
		}
	}
	for i, raw := range list {
		same, members := c.later(raw)
		if wait := more[same]; len(wait) > 0 && members == nil {
			list[i], more[same] = withMembers(raw, wait[0]), wait[1:]
		}
	}
	out := []byte{'['}
	for i, raw := range list {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, raw...)
	}
	return Value(append(out, ']'))
}

// later says by what an item is the same in another list – its id, or else all this
// program knows of it, since what was changed may make the rest untrue – and gives the members
// this program does not know, a comma before each. What is no item of this kind is like no
// other.
func (c listCodec) later(raw json.RawMessage) (same string, members []byte) {
	known, all := reflect.New(c.t.Elem()), map[string]json.RawMessage{}
	if json.Unmarshal(raw, known.Interface()) != nil || json.Unmarshal(raw, &all) != nil {
		return "", nil
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		member := slices.Concat([]byte{','}, []byte(TextValue(name)), []byte{':'}, all[name])
		strict := json.NewDecoder(bytes.NewReader(withMembers([]byte("{}"), member)))
		strict.DisallowUnknownFields()
		if strict.Decode(reflect.New(c.t.Elem()).Interface()) != nil {
			members = append(members, member...)
		}
	}
	if id := known.Elem().FieldByName("ID"); id.IsValid() {
		return fmt.Sprint(id.Interface()), members
	}
	return string(plain{c.t.Elem()}.encode(known.Elem())), members
}
func withMembers(object, members []byte) json.RawMessage {
	if len(object) == len("{}") {
		members = members[1:]
	}
	return slices.Concat(object[:len(object)-1], members, []byte{'}'})
}

// group is a struct whose parts make sense only together (day, time and
// place): one value in the log, a JSON array in the order of its parts, and one
// column a part. Later versions may append parts; a shorter array leaves them unset.
type group struct {
	plain
	names []string
	parts []codec
}

func newGroup(base plain) group {
	g := group{plain: base}
	for i := range base.t.NumField() {
		f := base.t.Field(i)
		g.names = append(g.names, f.Tag.Get("part"))
		g.parts = append(g.parts, codecOf(f.Type))
	}
	return g
}

func (g group) columns(name string) []Column {
	var out []Column
	for i, p := range g.parts {
		out = append(out, p.columns(name+"_"+g.names[i])...)
	}
	return out
}

func (g group) encode(v reflect.Value) Value {
	last := v.NumField()
	for last > 0 && isUnset(v.Field(last-1)) {
		last--
	}
	out := []byte{'['}
	for i := range last {
		if i > 0 {
			out = append(out, ',')
		}
		if f := v.Field(i); isUnset(f) {
			out = append(out, Null...)
		} else {
			out = append(out, g.parts[i].encode(f)...)
		}
	}
	return Value(append(out, ']'))
}

func (g group) direct(to []any, v reflect.Value) []any {
	for i, p := range g.parts {
		if f := v.Field(i); isUnset(f) {
			to = append(to, nil)
		} else {
			to = p.direct(to, f)
		}
	}
	return to
}

func (g group) split(v Value) ([]json.RawMessage, error) {
	var list []json.RawMessage
	if err := json.Unmarshal([]byte(v), &list); err != nil {
		return nil, err
	}
	return list[:min(len(list), len(g.parts))], nil
}

// continued appends to a value the parts of an earlier one that are not among the known.
func (g group) continued(before, v Value) Value {
	var old, list []json.RawMessage
	if json.Unmarshal([]byte(before), &old) != nil || len(old) <= len(g.parts) ||
		json.Unmarshal([]byte(v), &list) != nil || len(list) > len(g.parts) {
		return v
	}
	for len(list) < len(g.parts) {
		list = append(list, json.RawMessage(Null))
	}
	out := []byte{'['}
	for i, raw := range append(list, old[len(g.parts):]...) {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, raw...)
	}
	return Value(append(out, ']'))
}

func (g group) decode(v Value, into reflect.Value) error {
	into.SetZero()
	if !v.IsSet() {
		return nil
	}
	list, err := g.split(v)
	for i, raw := range list {
		if err == nil {
			err = g.parts[i].decode(Value(raw), into.Field(i))
		}
	}
	return err
}

func (g group) toColumns(v Value) ([]any, error) {
	list, err := g.split(v)
	if err != nil {
		return nil, err
	}
	out := make([]any, len(g.parts))
	for i, raw := range list {
		if !Value(raw).IsSet() {
			continue
		}
		col, err := g.parts[i].toColumns(Value(raw))
		if err != nil {
			return nil, err
		}
		out[i] = col[0]
	}
	return out, nil
}

func (g group) fromColumns(cols []any) (Value, error) {
	out, set := []byte{'['}, 1
	for i, p := range g.parts {
		v, err := p.fromColumns(cols[i : i+1])
		if err != nil {
			return "", err
		}
		if i > 0 {
			out = append(out, ',')
		}
		if v == "" {
			out = append(out, Null...)
			continue
		}
		out = append(out, v...)
		set = len(out)
	}
	if set == 1 {
		return "", nil
	}
	return Value(append(out[:set], ']')), nil
}

func (g group) set(cols []any, into reflect.Value) error {
	for i, p := range g.parts {
		if err := p.set(cols[i:i+1], into.Field(i)); err != nil {
			return err
		}
	}
	return nil
}
