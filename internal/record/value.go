package record

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Value is the exact JSON text of one field. "" means nothing was ever said;
// "null" means it was cleared. A value is never a JSON object: in a commit an
// object in a value's place is a commitment.
type Value string

// Null is the value of a field that was cleared.
const Null Value = "null"

// IsSet reports whether the value says something.
func (v Value) IsSet() bool { return v != "" && v != Null }

// encodeJSON writes compact JSON without escaping <, > and &.
func encodeJSON(v any) (Value, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	return Value(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}

// Text is the Go string of a JSON string value, "" for any other.
func (v Value) Text() string {
	if len(v) < 2 || v[0] != '"' {
		return ""
	}
	if plain := v[1 : len(v)-1]; !bytes.ContainsRune([]byte(plain), '\\') {
		return string(plain)
	}
	var s string
	if json.Unmarshal([]byte(v), &s) != nil {
		return ""
	}
	return s
}

// TextValue is the JSON text of a string.
func TextValue(s string) Value {
	v, err := encodeJSON(s)
	if err != nil {
		panic(fmt.Sprintf("record: a string that cannot be encoded: %v", err))
	}
	return v
}

// Class says where a field's value may go.
type Class byte

// The three classes. See the exchange contract, section 2.10.
const (
	Open     Class = 'A' // goes to the province
	Internal Class = 'O' // stays in the office
	Personal Class = 'P' // stays, sealed, can be erased
)

// Merge says how concurrent versions of a field become one.
type Merge byte

// Register shows the latest of several concurrent versions and flags the
// conflict; Set shows the union of concurrent lists.
const (
	Register Merge = iota
	Set
)
