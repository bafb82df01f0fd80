package oplog

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sophobien/internal/record"
)

// Decode reads a commit's exact line and hashes it. Unknown keys are left where
// they are: the line itself is what is kept. A known key twice, a value of the
// wrong shape or anything after the object is damaged.
func Decode(raw []byte) (*Commit, error) {
	if len(raw) > MaxLine {
		return nil, fmt.Errorf("%w: %d bytes", ErrTooLong, len(raw))
	}
	if !utf8.Valid(raw) || !json.Valid(raw) {
		return nil, fmt.Errorf("%w: a commit is not JSON", record.ErrDamaged)
	}
	return decodeValid(raw)
}

// DecodeTrusted is Decode for a line whose signature this program has checked
// before it was stored: the grammar is not checked again.
func DecodeTrusted(raw []byte) (*Commit, error) { return decodeValid(raw) }

func decodeValid(raw []byte) (*Commit, error) {
	c := &Commit{Raw: raw, Hash: HashLine(raw)}
	s := scanner{buf: raw}
	var seen keys
	s.object(func(key string) {
		switch key {
		case "d":
			c.Device = parsed(&s, ParseDevice)
		case "n":
			c.N = s.number()
		case "p":
			if p := s.text(); p != "" {
				c.Prev = must(&s, p, ParseHash)
			}
		case "t":
			c.Time = s.number()
		case "u":
			c.Officer = s.text()
		case "s":
			c.Schema = int(s.number())
		case "ops":
			s.array(func() { c.Ops = append(c.Ops, s.op()) })
		default:
			s.skip()
			return
		}
		seen.add(&s, key)
	})
	s.end()
	if s.err == nil && (!seen.all("d", "n", "p", "t", "ops") || c.N < 1 || len(c.Ops) == 0 || (c.N == 1) != c.Prev.IsZero()) {
		s.fail("a commit lacks a part")
	}
	if s.err != nil {
		return nil, s.err
	}
	return c, nil
}

func (s *scanner) op() Op {
	var o Op
	var seen keys
	var single Cell
	s.object(func(key string) {
		switch key {
		case "r":
			o.Ref = parsed(s, parseRef)
		case "f":
			single.Field = s.text()
		case "v":
			single.Value = s.plain()
		case "set":
			s.object(func(field string) { o.Cells = append(o.Cells, Cell{Field: field, Value: s.plain()}) })
		case "h":
			s.array(func() { o.Cells = append(o.Cells, Cell{Field: s.text(), Hidden: true}) })
		case "c":
			o.Commitment = s.commitment()
		case "b":
			s.array(func() { o.Over = append(o.Over, parsed(s, ParseDot)) })
		case "obs":
			s.array(func() { o.Seen = append(o.Seen, parsed(s, ParseDot)) })
		case "x":
			s.array(func() { o.Erased = append(o.Erased, parsed(s, ParseDot)) })
		default:
			s.skip()
			return
		}
		seen.add(s, key)
	})
	if seen.all("f") {
		if seen.all("v") == seen.all("c") || seen.all("set") || seen.all("h") {
			s.fail("an operation says a field twice or not at all")
		}
		single.Hidden = seen.all("c")
		o.Cells = []Cell{single}
	} else if len(o.Cells) < 2 || seen.all("v") || seen.all("h") != seen.all("c") {
		s.fail("an operation sets nothing")
	}
	s.order(&o)
	if o.Ref.Noun == "" {
		s.fail("an operation names no row")
	}
	return o
}

// order puts open and hidden cells together. Each kind must stand in order of its
// own: one meaning has one encoding.
func (s *scanner) order(o *Op) {
	for i := 1; i < len(o.Cells); i++ {
		if a, b := &o.Cells[i-1], &o.Cells[i]; a.Hidden == b.Hidden && a.Field >= b.Field {
			s.fail("the fields of an operation are not in order")
		}
	}
	slices.SortStableFunc(o.Cells, func(a, b Cell) int { return strings.Compare(a.Field, b.Field) })
	if hasTwins(o.Cells) {
		s.fail("an operation says a field twice")
	}
	for i := range o.Cells {
		if !isName(o.Cells[i].Field) {
			s.fail("an operation names no field")
		}
	}
}

func hasTwins(cells []Cell) bool {
	for i := 1; i < len(cells); i++ {
		if cells[i].Field == cells[i-1].Field {
			return true
		}
	}
	return false
}

func (s *scanner) commitment() [32]byte {
	text := s.text()
	out, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(out) != 32 {
		s.fail("a commitment is not 32 bytes")
		return [32]byte{}
	}
	return [32]byte(out)
}

// plain reads any JSON value but an object, as its exact text.
func (s *scanner) plain() record.Value {
	if s.peek() == '{' {
		s.fail("a value is an object")
	}
	from := s.pos
	s.skip()
	return record.Value(s.buf[from:s.pos])
}

func parseRef(text string) (record.Ref, error) {
	noun, id, _ := strings.Cut(text, "/")
	parsed, err := record.ParseID(id)
	if err != nil || parsed.IsZero() || !isName(noun) {
		return record.Ref{}, fmt.Errorf("%w: row %.60q", record.ErrDamaged, text)
	}
	return record.Ref{Noun: noun, ID: parsed}, nil
}

// isName reports whether a text can be the name of a noun or field, of this
// program or a later one.
func isName(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return 0 < len(s) && len(s) <= 64
}

func parsed[T any](s *scanner, parse func(string) (T, error)) T { return must(s, s.text(), parse) }

func must[T any](s *scanner, text string, parse func(string) (T, error)) T {
	v, err := parse(text)
	if err != nil && s.err == nil {
		s.err = err
	}
	return v
}

// keys remembers which known keys an object has had, refusing the second.
type keys struct{ names []string }

func (k *keys) add(s *scanner, name string) {
	if slices.Contains(k.names, name) {
		s.fail("a key stands twice")
	}
	k.names = append(k.names, name)
}

func (k *keys) all(names ...string) bool {
	for _, n := range names {
		if !slices.Contains(k.names, n) {
			return false
		}
	}
	return true
}

// scanner walks compact or spaced JSON whose grammar is known to be valid; on
// text that is not, it stops with an error instead of running past the end.
type scanner struct {
	buf []byte
	pos int
	err error
}

func (s *scanner) fail(what string) {
	if s.err == nil {
		s.err = fmt.Errorf("%w: %s", record.ErrDamaged, what)
	}
	s.pos = len(s.buf)
}

func (s *scanner) space() {
	for s.pos < len(s.buf) {
		switch s.buf[s.pos] {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return
		}
	}
}

func (s *scanner) peek() byte {
	s.space()
	if s.pos >= len(s.buf) {
		s.fail("it ends too soon")
		return 0
	}
	return s.buf[s.pos]
}

func (s *scanner) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.pos++
	return true
}

// sequence runs item for each member between two brackets.
func (s *scanner) sequence(open, end byte, item func()) {
	if !s.take(open) {
		s.fail("a list or object was expected")
		return
	}
	if s.take(end) {
		return
	}
	for s.err == nil {
		item()
		if s.err != nil || s.take(end) {
			return
		}
		if !s.take(',') {
			s.fail("a comma was expected")
		}
	}
}

func (s *scanner) array(item func()) { s.sequence('[', ']', item) }

func (s *scanner) object(member func(key string)) {
	s.sequence('{', '}', func() {
		key := s.text()
		if !s.take(':') {
			s.fail("a colon was expected")
			return
		}
		member(key)
	})
}

// quoted gives the raw text of a string with its quotes.
func (s *scanner) quoted() []byte {
	if s.peek() != '"' {
		s.fail("a text was expected")
		return nil
	}
	for i := s.pos + 1; i < len(s.buf); i++ {
		switch s.buf[i] {
		case '\\':
			i++
		case '"':
			out := s.buf[s.pos : i+1]
			s.pos = i + 1
			return out
		}
	}
	s.fail("a text does not end")
	return nil
}

func (s *scanner) text() string {
	q := s.quoted()
	if len(q) < 2 {
		return ""
	}
	if bytes.IndexByte(q, '\\') < 0 {
		return string(q[1 : len(q)-1])
	}
	var out string
	if err := json.Unmarshal(q, &out); err != nil {
		s.fail("a text is broken")
	}
	return out
}

func (s *scanner) number() int64 {
	s.space()
	from := s.pos
	for s.pos < len(s.buf) && (s.buf[s.pos] == '-' || s.buf[s.pos] >= '0' && s.buf[s.pos] <= '9') {
		s.pos++
	}
	n, err := strconv.ParseInt(string(s.buf[from:s.pos]), 10, 64)
	if err != nil {
		s.fail("a whole number was expected")
	}
	return n
}

// skip passes over one value of any kind.
func (s *scanner) skip() {
	switch s.peek() {
	case '"':
		s.quoted()
	case '{', '[':
		s.skipNested()
	default:
		from := s.pos
		for s.pos < len(s.buf) && !strings.ContainsRune(",]} \t\r\n", rune(s.buf[s.pos])) {
			s.pos++
		}
		if s.pos == from {
			s.fail("a value was expected")
		}
	}
}

func (s *scanner) skipNested() {
	for depth := 0; s.err == nil; {
		switch s.peek() {
		case '"':
			s.quoted()
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if s.err != nil {
			return
		}
		s.pos++
		if depth == 0 {
			return
		}
	}
}

func (s *scanner) end() {
	s.space()
	if s.err == nil && s.pos != len(s.buf) {
		s.fail("something follows the commit")
	}
}
