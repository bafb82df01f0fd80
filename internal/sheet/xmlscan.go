package sheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// token is what next found.
type token uint8

const (
	startTag token = iota
	endTag
	charData
)

const (
	// maxToken bounds one tag or one text; Excel allows 32,767 characters a cell.
	maxToken = 1 << 20
	// firstWindow is how much of a part is looked at at once; a longer token widens it.
	firstWindow = 64 << 10
)

var (
	errXML  = errors.New("malformed XML")
	errLong = errors.New("a tag or text beyond all bounds")
	// errForeign is XML of a kind this scanner does not read: another encoding
	// than UTF-8, or a document type.
	errForeign = errors.New("XML this scanner does not read")
)

// xmlScanner reads the small part of XML that sheets are made of, without
// building names or attributes nobody asks for. Prefixes are dropped; a document
// type is foreign to it, since entities of its own would come with it.
//
// It looks at a window of the part: what it hands out points into the window and
// is valid until the next token.
type xmlScanner struct {
	r        io.Reader
	buf      []byte
	pos, end int   // what of buf is still to be read
	ended    error // of r
	begun    bool

	name   []byte // local name of the tag
	attrs  []byte // raw attributes of a start tag
	text   []byte // unescaped text
	plain  []byte // where a text with entities is unescaped to
	closed bool   // the tag just given closes itself: its end comes next
}

func newXMLScanner(r io.Reader) *xmlScanner {
	return &xmlScanner{r: r, buf: make([]byte, firstWindow)}
}

// more reads on, keeping what is still to be read; false at the end of the part.
func (s *xmlScanner) more() bool {
	if s.ended != nil {
		return false
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxToken {
			s.ended = errLong
			return false
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for tries := 0; ; tries++ {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		switch {
		case err != nil:
			s.ended = err
			return n > 0
		case n > 0:
			return true
		case tries == 100:
			s.ended = io.ErrNoProgress
			return false
		}
	}
}

// index finds a byte at or after an offset from pos, reading on as needed; -1
// when the part ends without it.
func (s *xmlScanner) index(c byte, from int) int {
	for {
		if i := bytes.IndexByte(s.buf[s.pos+from:s.end], c); i >= 0 {
			return from + i
		}
		from = s.end - s.pos
		if !s.more() {
			return -1
		}
	}
}

// cut is the error of a part that ends inside a tag: the file is incomplete.
func (s *xmlScanner) cut() error {
	if s.ended == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return s.ended
}

// next gives the next tag or text. At the end it gives io.EOF.
func (s *xmlScanner) next() (token, error) {
	if s.closed {
		s.closed = false
		return endTag, nil
	}
	if !s.begun {
		s.begun = true
		if err := s.begin(); err != nil {
			return 0, err
		}
	}
	for {
		if s.pos == s.end && !s.more() {
			return 0, s.ended
		}
		if s.buf[s.pos] != '<' {
			return charData, s.readText()
		}
		for s.end-s.pos < 2 {
			if !s.more() {
				return 0, s.cut()
			}
		}
		switch s.buf[s.pos+1] {
		case '?':
			if err := s.skip("?>"); err != nil {
				return 0, err
			}
		case '!':
			if cdata, err := s.readBang(); err != nil || cdata {
				return charData, err
			}
		case '/':
			return endTag, s.readEnd()
		default:
			return startTag, s.readTag()
		}
	}
}

// begin looks at how the part says it is written.
func (s *xmlScanner) begin() error {
	for s.end < 256 && s.more() {
	}
	head := s.buf[:s.end]
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		s.pos = 3
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return errForeign
	}
	if enc := declaredEncoding(head[s.pos:]); enc != "" && enc != "utf-8" && enc != "us-ascii" {
		return errForeign
	}
	return nil
}

// declaredEncoding is what <?xml encoding="…"?> says, in small letters.
func declaredEncoding(head []byte) string {
	head = bytes.TrimLeft(head, " \t\r\n")
	end := bytes.Index(head, []byte("?>"))
	if end < 0 || !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	decl := xmlScanner{attrs: head[5:end]}
	enc, _ := decl.rawAttr("encoding")
	return string(bytes.ToLower(enc))
}

// skip passes over everything up to and including end.
func (s *xmlScanner) skip(end string) error {
	for from := 2; ; {
		i := s.index(end[len(end)-1], from)
		if i < 0 {
			return s.cut()
		}
		from = i + 1
		if from >= 2+len(end) && string(s.buf[s.pos+from-len(end):s.pos+from]) == end {
			s.pos += from
			return nil
		}
	}
}

// readBang passes over a comment, or reads the text of a CDATA section.
func (s *xmlScanner) readBang() (cdata bool, err error) {
	for s.end-s.pos < 9 && s.more() {
	}
	switch head := s.buf[s.pos:s.end]; {
	case bytes.HasPrefix(head, []byte("<!--")):
		return false, s.skip("-->")
	case bytes.HasPrefix(head, []byte("<![CDATA[")):
	case bytes.HasPrefix(bytes.ToUpper(head[:min(len(head), 9)]), []byte("<!DOCTYPE")):
		return false, errForeign
	default:
		return false, errXML
	}
	for from := 9; ; {
		i := s.index('>', from)
		if i < 0 {
			return true, s.cut()
		}
		if i >= 11 && s.buf[s.pos+i-1] == ']' && s.buf[s.pos+i-2] == ']' {
			s.text = s.buf[s.pos+9 : s.pos+i-2]
			s.pos += i + 1
			return true, nil
		}
		from = i + 1
	}
}

func (s *xmlScanner) readEnd() error {
	i := s.index('>', 2)
	if i < 0 {
		return s.cut()
	}
	s.name = local(withoutSpaceAfter(s.buf[s.pos+2 : s.pos+i]))
	s.pos += i + 1
	return nil
}

// readTag reads a start tag; a ">" inside a quoted value does not end it.
func (s *xmlScanner) readTag() error {
	i, ok := s.tagEnd()
	if !ok {
		return s.cut()
	}
	tag := s.buf[s.pos+1 : s.pos+i]
	s.pos += i + 1
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		s.closed, tag = true, tag[:n-1]
	}
	end := 0
	for end < len(tag) && tag[end] > ' ' {
		end++
	}
	s.name, s.attrs = local(tag[:end]), tag[end:]
	if len(s.name) == 0 {
		return errXML
	}
	return nil
}

// tagEnd is the offset of the ">" that ends the tag at pos.
func (s *xmlScanner) tagEnd() (int, bool) {
	var quote byte
	for i := 1; ; i++ {
		if s.pos+i == s.end && !s.more() {
			return 0, false
		}
		switch c := s.buf[s.pos+i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '>':
			return i, true
		case c == '"' || c == '\'':
			quote = c
		}
	}
}

func (s *xmlScanner) readText() error {
	i := s.index('<', 0)
	if i < 0 {
		if s.ended != io.EOF {
			return s.ended
		}
		i = s.end - s.pos
	}
	s.text = s.buf[s.pos : s.pos+i]
	s.pos += i
	if bytes.IndexByte(s.text, '&') >= 0 {
		s.plain = unescape(s.plain[:0], s.text)
		s.text = s.plain
	}
	return nil
}

// local is a name without its prefix. Names are too short for bytes.IndexByte to pay.
func local(name []byte) []byte {
	for i, c := range name {
		if c == ':' {
			return name[i+1:]
		}
	}
	return name
}

func withoutSpaceAfter(name []byte) []byte {
	for len(name) > 0 && name[len(name)-1] <= ' ' {
		name = name[:len(name)-1]
	}
	return name
}

// nextAttr reads one attribute, as written, from what is left of a tag's.
func nextAttr(rest []byte) (name, value, left []byte, ok bool) {
	i := 0
	for i < len(rest) && rest[i] <= ' ' {
		i++
	}
	start := i
	for i < len(rest) && rest[i] != '=' {
		i++
	}
	name = rest[start:i]
	for i++; i < len(rest) && rest[i] <= ' '; i++ {
	}
	if i >= len(rest) || rest[i] != '"' && rest[i] != '\'' {
		return nil, nil, nil, false
	}
	end := bytes.IndexByte(rest[i+1:], rest[i])
	if end < 0 {
		return nil, nil, nil, false
	}
	return local(withoutSpaceAfter(name)), rest[i+1 : i+1+end], rest[i+2+end:], true
}

// attr is the value of an attribute by its local name.
func (s *xmlScanner) attr(want string) (string, bool) {
	raw, ok := s.rawAttr(want)
	if bytes.IndexByte(raw, '&') >= 0 {
		raw = unescape(nil, raw)
	}
	return string(raw), ok
}

// rawAttr is an attribute's value as written, valid until the next token.
func (s *xmlScanner) rawAttr(want string) ([]byte, bool) {
	for rest := s.attrs; ; {
		name, value, left, ok := nextAttr(rest)
		if !ok || string(name) == want {
			return value, ok
		}
		rest = left
	}
}

// is reports the local name of the current tag.
func (s *xmlScanner) is(name string) bool { return string(s.name) == name }

// number is an attribute that counts; none is -1.
func (s *xmlScanner) number(name string) int {
	v, ok := s.rawAttr(name)
	if !ok {
		return -1
	}
	return countOf(v)
}

// countOf reads a number that counts; anything else is -1.
func countOf(v []byte) int {
	if len(v) == 0 || len(v) > 9 {
		return -1
	}
	n := 0
	for _, c := range v {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// flag is an attribute that is on when it is "1" or "true".
func (s *xmlScanner) flag(name string) bool {
	v, _ := s.rawAttr(name)
	return string(v) == "1" || string(v) == "true"
}

var entities = map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

// unescape appends text with its entities resolved; an unknown one stays as written.
func unescape(dst, src []byte) []byte {
	for {
		i := bytes.IndexByte(src, '&')
		if i < 0 {
			return append(dst, src...)
		}
		dst = append(dst, src[:i]...)
		src = src[i:]
		end := bytes.IndexByte(src[:min(len(src), 12)], ';')
		r, ok := rune(0), false
		if end > 1 {
			r, ok = entity(string(src[1:end]))
		}
		if !ok {
			dst, src = append(dst, '&'), src[1:]
			continue
		}
		dst, src = utf8.AppendRune(dst, r), src[end+1:]
	}
}

func entity(name string) (rune, bool) {
	if name[0] != '#' {
		r, ok := entities[name]
		return r, ok
	}
	digits, base := name[1:], 10
	if digits != "" && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return rune(n), err == nil && n > 0 && utf8.ValidRune(rune(n))
}
