package sheet

import (
	"bufio"
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

// maxToken bounds one tag or one text; Excel allows 32,767 characters a cell.
const maxToken = 1 << 20

var (
	errXML  = errors.New("malformed XML")
	errLong = errors.New("a tag or text beyond all bounds")
)

// xmlScanner reads the small part of XML that workbooks are made of, without
// building names or attributes nobody asks for. Prefixes are dropped; a document
// type is an error, since entities of its own would come with it.
type xmlScanner struct {
	r      *bufio.Reader
	name   []byte // local name of the tag
	attrs  []byte // raw attributes of a start tag
	text   []byte // unescaped text
	buf    []byte
	closed bool // the tag just given closes itself: its end comes next
}

func newXMLScanner(r io.Reader) *xmlScanner {
	return &xmlScanner{r: bufio.NewReaderSize(r, 64<<10)}
}

// next gives the next tag or text. At the end it gives io.EOF.
func (s *xmlScanner) next() (token, error) {
	if s.closed {
		s.closed = false
		return endTag, nil
	}
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return 0, err
		}
		if c != '<' {
			if err := s.r.UnreadByte(); err != nil {
				return 0, err
			}
			return charData, s.readText()
		}
		switch c, err = s.r.ReadByte(); {
		case err != nil:
			return 0, errXML
		case c == '?':
			err = s.readUntil("?>")
		case c == '!':
			if cdata, err := s.readBang(); err != nil || cdata {
				return charData, err
			}
		case c == '/':
			err = s.readUntil(">")
			s.name = local(bytes.TrimSpace(s.buf[:max(0, len(s.buf)-1)]))
			return endTag, err
		default:
			if err := s.r.UnreadByte(); err != nil {
				return 0, err
			}
			return startTag, s.readTag()
		}
		if err != nil {
			return 0, err
		}
	}
}

// readMore appends up to and including a byte to buf.
func (s *xmlScanner) readMore(end byte) error {
	for {
		part, err := s.r.ReadSlice(end)
		s.buf = append(s.buf, part...)
		switch {
		case len(s.buf) > maxToken:
			return errLong
		case err == nil:
			return nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return err
		}
	}
}

func (s *xmlScanner) readUntil(end string) error {
	s.buf = s.buf[:0]
	for {
		if err := s.readMore(end[len(end)-1]); err != nil {
			return cut(err)
		}
		if bytes.HasSuffix(s.buf, []byte(end)) {
			return nil
		}
	}
}

// cut turns an end inside a tag into an error: the file is incomplete.
func cut(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// readBang reads a comment, or the text of a CDATA section.
func (s *xmlScanner) readBang() (cdata bool, err error) {
	if head, _ := s.r.Peek(7); bytes.HasPrefix(head, []byte("[CDATA[")) {
		err := s.readUntil("]]>")
		if err == nil {
			s.text = append(s.text[:0], s.buf[7:len(s.buf)-3]...)
		}
		return true, err
	}
	if head, _ := s.r.Peek(2); string(head) != "--" {
		return false, errXML
	}
	return false, s.readUntil("-->")
}

// readTag reads a start tag; a ">" inside a quoted value does not end it.
func (s *xmlScanner) readTag() error {
	s.buf = s.buf[:0]
	for {
		if err := s.readMore('>'); err != nil {
			return cut(err)
		}
		if bytes.Count(s.buf, []byte{'"'})%2 == 0 && bytes.Count(s.buf, []byte{'\''})%2 == 0 || balanced(s.buf) {
			break
		}
	}
	tag := s.buf[:len(s.buf)-1]
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		s.closed, tag = true, tag[:n-1]
	}
	end := bytes.IndexAny(tag, " \t\r\n")
	if end < 0 {
		end = len(tag)
	}
	s.name, s.attrs = local(tag[:end]), tag[end:]
	if len(s.name) == 0 {
		return errXML
	}
	return nil
}

// balanced reports whether every quoted value is closed.
func balanced(tag []byte) bool {
	var quote byte
	for _, c := range tag {
		switch {
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		}
	}
	return quote == 0
}

func (s *xmlScanner) readText() error {
	s.buf = s.buf[:0]
	err := s.readMore('<')
	switch {
	case err == nil:
		s.buf = s.buf[:len(s.buf)-1]
		if err := s.r.UnreadByte(); err != nil {
			return err
		}
	case err != io.EOF:
		return err
	}
	s.text = unescape(s.text[:0], s.buf)
	return nil
}

func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
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
	rest := s.attrs
	for {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return nil, false
		}
		name := local(bytes.TrimSpace(rest[:eq]))
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) == 0 || (rest[0] != '"' && rest[0] != '\'') {
			return nil, false
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil, false
		}
		if string(name) == want {
			return rest[1 : 1+end], true
		}
		rest = rest[end+2:]
	}
}

// is reports the local name of the current tag.
func (s *xmlScanner) is(name string) bool { return string(s.name) == name }

// number is an attribute that counts; none is -1.
func (s *xmlScanner) number(name string) int {
	v, ok := s.rawAttr(name)
	if !ok || len(v) == 0 || len(v) > 9 {
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
