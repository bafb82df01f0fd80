package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Value is the exact JSON text of one field. "" means nothing was ever said;
// "null" means it was cleared. A value is never a JSON object: in a commit an
// object in a value's place is a commitment.
type Value string

// Null is the value of a field that was cleared.
const Null Value = "null"

// IsSet reports whether the value says something.
func (v Value) IsSet() bool { return v != "" && v != Null }

// encodeJSON writes compact JSON without escaping <, > and &. DEL, which JSON
// allows and a line of a bundle does not, is escaped.
func encodeJSON(v any) (Value, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	out := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	return Value(bytes.ReplaceAll(out, []byte{0x7f}, []byte(`\u007f`))), nil
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
	if isPlain(s) {
		return Value(`"` + s + `"`)
	}
	v, err := encodeJSON(s)
	if err != nil {
		panic(fmt.Sprintf("record: a string that cannot be encoded: %v", err))
	}
	return v
}

// isPlain reports whether a string stands in JSON as it is.
func isPlain(s string) bool {
	for _, r := range s {
		if r < ' ' || r == '"' || r == '\\' || r == 0x7f || r == '\u2028' || r == '\u2029' || r == utf8.RuneError {
			return false
		}
	}
	return true
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
