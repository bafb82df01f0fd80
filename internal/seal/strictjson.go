package seal

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// StrictDecode is encoding/json for bytes somebody else wrote. It refuses what
// two readers could understand differently: a key that stands twice or again
// in other case, a key that fits a field of v except for its case, invalid
// UTF-8 or surrogates, nesting deeper than MaxDepth, anything after the
// value. Keys v does not know stay allowed.
func StrictDecode(raw []byte, v any) error {
	if !utf8.Valid(raw) {
		return refuse(ErrDamaged, "JSON is not valid UTF-8")
	}
	if !json.Valid(raw) {
		return refuse(ErrDamaged, "not one JSON value")
	}
	scan := jsonScan{rest: raw}
	if err := scan.value(reflect.TypeOf(v), 0); err != nil {
		return refuse(ErrDamaged, "%w", err)
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return refuse(ErrDamaged, "%w", err)
	}
	return nil
}

// jsonScan walks JSON already known to be well formed, so that it only has to
// tell keys, strings and containers apart. Beside it walks the Go type the
// bytes will fill, nil where there is none.
type jsonScan struct{ rest []byte }

func (s *jsonScan) value(into reflect.Type, depth int) error {
	into = settable(into)
	switch s.peek() {
	case '{':
		return s.object(into, depth+1)
	case '[':
		return s.array(into, depth+1)
	case '"':
		_, err := s.text()
		return err
	}
	s.rest = s.rest[scalarLen(s.rest):]
	return nil
}

func (s *jsonScan) object(into reflect.Type, depth int) error {
	if depth > MaxDepth {
		return fmt.Errorf("nested deeper than %d", MaxDepth)
	}
	fields := fieldsOf(into)
	seen := map[string]bool{}
	for s.rest = s.rest[1:]; s.peek() != '}'; {
		s.skip(',')
		key, err := s.key(fields, seen)
		if err != nil {
			return err
		}
		s.skip(':')
		if err := s.value(memberType(into, fields, key), depth); err != nil {
			return err
		}
	}
	s.rest = s.rest[1:]
	return nil
}

// key reads the next key and refuses its twins, written or expected.
func (s *jsonScan) key(fields map[string]field, seen map[string]bool) (string, error) {
	s.peek()
	key, err := s.text()
	if err != nil {
		return "", err
	}
	folded := foldCase(key)
	if seen[folded] {
		return "", fmt.Errorf("key %q stands twice", key)
	}
	seen[folded] = true
	if f, ok := fields[folded]; ok && f.name != key {
		return "", fmt.Errorf("key %q where %q is meant", key, f.name)
	}
	return key, nil
}

func (s *jsonScan) array(into reflect.Type, depth int) error {
	if depth > MaxDepth {
		return fmt.Errorf("nested deeper than %d", MaxDepth)
	}
	for s.rest = s.rest[1:]; s.peek() != ']'; {
		s.skip(',')
		if err := s.value(elementType(into), depth); err != nil {
			return err
		}
	}
	s.rest = s.rest[1:]
	return nil
}

// peek passes white space and gives the next byte.
func (s *jsonScan) peek() byte {
	for s.rest[0] == ' ' || s.rest[0] == '\t' || s.rest[0] == '\n' || s.rest[0] == '\r' {
		s.rest = s.rest[1:]
	}
	return s.rest[0]
}

func (s *jsonScan) skip(c byte) {
	if s.peek() == c {
		s.rest = s.rest[1:]
	}
}

// text reads the string that starts here and refuses lone surrogates, which
// encoding/json would replace silently.
func (s *jsonScan) text() (string, error) {
	end, escaped := 1, false
	for ; s.rest[end] != '"'; end++ {
		if s.rest[end] == '\\' {
			escaped = true
			end++
		}
	}
	quoted := s.rest[:end+1]
	s.rest = s.rest[end+1:]
	if !escaped {
		return string(quoted[1:end]), nil
	}
	if err := checkSurrogates(quoted); err != nil {
		return "", err
	}
	var text string
	err := json.Unmarshal(quoted, &text)
	return text, err
}

func checkSurrogates(quoted []byte) error {
	for i := 0; i < len(quoted); i++ {
		if quoted[i] != '\\' {
			continue
		}
		i++
		switch unit := codeUnit(quoted[i:]); {
		case unit < 0xd800 || unit > 0xdfff:
		case unit < 0xdc00 && quoted[i+5] == '\\' && isLow(codeUnit(quoted[i+6:])):
			i += 6
		default:
			return fmt.Errorf("lone surrogate %04x", unit)
		}
	}
	return nil
}

// codeUnit is the value of uXXXX at the start of b, -1 where there is none.
func codeUnit(b []byte) int {
	if b[0] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(b[1:5]), 16, 16)
	if err != nil {
		return -1
	}
	return int(n)
}

func isLow(unit int) bool { return unit >= 0xdc00 && unit <= 0xdfff }

// scalarLen is the length of the number, true, false or null that starts here.
func scalarLen(b []byte) int {
	for i, c := range b {
		if strings.IndexByte(",]} \t\r\n", c) >= 0 {
			return i
		}
	}
	return len(b)
}

// foldCase maps names encoding/json would take for each other to one string.
// Lower-case ASCII, which nearly every key is, stands for itself.
func foldCase(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			return strings.Map(foldRune, s)
		}
	}
	return s
}

// foldRune gives one rune for all that differ only in case: the smallest of
// them, in lower case where that is ASCII.
func foldRune(r rune) rune {
	next := unicode.SimpleFold(r)
	for ; next > r; next = unicode.SimpleFold(r) {
		r = next
	}
	if next >= 'A' && next <= 'Z' {
		return next + 'a' - 'A'
	}
	return next
}
