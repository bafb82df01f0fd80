package seal

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// StreamHeader is the first line of a payload. It repeats the bundle's kind
// and id inside the encryption and holds the nonce that makes the plaintext's
// hash say nothing about the lines.
type StreamHeader struct {
	Sopb  string `json:"sopb"` // "<kind>/1"
	ID    string `json:"id"`
	Nonce string `json:"nonce"` // 64 hex digits
}

// NewStreamHeader builds the header for a bundle and takes the nonce from random.
func NewStreamHeader(kind, id string, random io.Reader) (StreamHeader, error) {
	var nonce [32]byte
	if _, err := io.ReadFull(random, nonce[:]); err != nil {
		return StreamHeader{}, refuse(ErrInvalid, "nonce: %w", err)
	}
	h := StreamHeader{Sopb: kind + "/1", ID: id, Nonce: hex.EncodeToString(nonce[:])}
	return h, h.validate()
}

func (h StreamHeader) validate() error {
	kind, major, _ := strings.Cut(h.Sopb, "/")
	switch {
	case !token.MatchString(kind) || !version.MatchString(major):
		return refuse(ErrInvalid, "stream format %.40q", h.Sopb)
	case major != "1":
		return refuse(ErrNewer, "stream format %q", h.Sopb)
	case !uuid7.MatchString(h.ID):
		return refuse(ErrInvalid, "stream id %.40q", h.ID)
	case !hex64.MatchString(h.Nonce):
		return refuse(ErrInvalid, "stream nonce is not 64 hex digits")
	}
	return nil
}

// LineWriter frames the lines of a payload: header, lines, end marker. A
// writer that refused once stays refused.
type LineWriter struct {
	out   bytes.Buffer
	count int
	err   error
}

// NewLineWriter starts a payload.
func NewLineWriter(h StreamHeader) (*LineWriter, error) {
	if err := h.validate(); err != nil {
		return nil, err
	}
	head, err := marshalLine(h)
	if err != nil {
		return nil, err
	}
	w := &LineWriter{}
	w.out.Write(head)
	return w, nil
}

// Add appends one line, given without its line feed.
func (w *LineWriter) Add(line []byte) error {
	if w.err == nil {
		w.err = w.add(line)
	}
	return w.err
}

func (w *LineWriter) add(line []byte) error {
	if err := checkLine(line); err != nil {
		return refuse(ErrInvalid, "line %d: %w", w.count+1, err)
	}
	if len(line) > MaxLine || w.count == MaxLines || w.out.Len()+len(line)+1+maxEndMarker > MaxPlain {
		return refuse(ErrTooLarge, "line %d of %d bytes after %d bytes", w.count+1, len(line), w.out.Len())
	}
	w.out.Write(line)
	w.out.WriteByte('\n')
	w.count++
	return nil
}

// Size is the length of the payload if it were finished now.
func (w *LineWriter) Size() int { return w.out.Len() + len(endMarker(w.count)) }

// Finish writes the end marker and gives the payload. The writer is used up.
func (w *LineWriter) Finish() ([]byte, error) {
	if w.err != nil {
		return nil, w.err
	}
	w.out.WriteString(endMarker(w.count))
	w.err = refuse(ErrInvalid, "payload is already finished")
	return w.out.Bytes(), nil
}

const maxEndMarker = len("E 200000\n")

func endMarker(count int) string { return "E " + strconv.Itoa(count) + "\n" }

// checkLine wants an upper-case letter other than the end marker's E, a space,
// and text without control characters.
func checkLine(line []byte) error {
	if len(line) < 3 || line[0] < 'A' || line[0] > 'Z' || line[0] == 'E' || line[1] != ' ' {
		return fmt.Errorf("does not start with a letter and a space")
	}
	for _, c := range line {
		if c < ' ' || c == 0x7f {
			return fmt.Errorf("control character %#x", c)
		}
	}
	if !utf8.Valid(line) {
		return fmt.Errorf("not valid UTF-8")
	}
	return nil
}

// LineReader takes a payload apart. A reader that failed stays failed.
type LineReader struct {
	header StreamHeader
	rest   []byte
	count  int
	err    error
}

// NewLineReader reads the header of a payload.
func NewLineReader(plain []byte) (*LineReader, error) {
	if len(plain) > MaxPlain {
		return nil, refuse(ErrTooLarge, "payload of %d bytes", len(plain))
	}
	r := &LineReader{rest: plain}
	line, err := r.cut()
	if err != nil {
		return nil, err
	}
	if err := StrictDecode(line, &r.header); err != nil {
		return nil, err
	}
	if err := r.header.validate(); err != nil {
		return nil, refuseAs(ErrDamaged, err)
	}
	return r, nil
}

// Header is the first line.
func (r *LineReader) Header() StreamHeader { return r.header }

// Count is how many lines Next has given.
func (r *LineReader) Count() int { return r.count }

// Next gives the next line without its line feed; it points into the payload.
// io.EOF comes only after an exact end marker with nothing behind it.
func (r *LineReader) Next() ([]byte, error) {
	if r.err != nil {
		return nil, r.err
	}
	line, err := r.next()
	r.err = err
	return line, err
}

func (r *LineReader) next() ([]byte, error) {
	if len(r.rest) <= maxEndMarker && string(r.rest) == endMarker(r.count) {
		return nil, io.EOF
	}
	line, err := r.cut()
	if err != nil {
		return nil, err
	}
	if r.count == MaxLines {
		return nil, refuse(ErrTooLarge, "more than %d lines", MaxLines)
	}
	if err := checkLine(line); err != nil {
		return nil, refuse(ErrDamaged, "line %d: %w", r.count+1, err)
	}
	r.count++
	return line, nil
}

// cut takes one line off the rest without looking further than a line may reach.
func (r *LineReader) cut() ([]byte, error) {
	end := bytes.IndexByte(r.rest[:min(len(r.rest), MaxLine+1)], '\n')
	switch {
	case end >= 0:
		line := r.rest[:end:end]
		r.rest = r.rest[end+1:]
		return line, nil
	case len(r.rest) > MaxLine:
		return nil, refuse(ErrTooLarge, "line %d above %d bytes", r.count+1, MaxLine)
	}
	return nil, refuse(ErrDamaged, "payload ends without its end marker")
}

// checkStream reads a whole payload and says what stands in its header and how
// many lines follow.
func checkStream(plain []byte) (StreamHeader, int, error) {
	r, err := NewLineReader(plain)
	if err != nil {
		return StreamHeader{}, 0, err
	}
	for {
		if _, err := r.Next(); err == io.EOF {
			return r.Header(), r.Count(), nil
		} else if err != nil {
			return StreamHeader{}, 0, err
		}
	}
}
