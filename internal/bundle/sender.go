package bundle

import (
	"bytes"
	"crypto"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// MaxPlain is how much plaintext goes into one bundle: even if it would not
// shrink at all it stays under the 8 MiB of a payload.
const MaxPlain = 7 << 20

// Sender is who hands over, to whom, and what seals the file.
type Sender struct {
	Unit       string // code of the sending unit
	To         string // code of the receiving unit
	App        string // program and version
	Signer     crypto.Signer
	Recipients []seal.Recipient // none for the kinds that are plain
	Random     io.Reader        // nonces
	Values     bool             // personal and internal values go along; only to the same unit
}

// Sealed is one finished bundle.
type Sealed struct {
	Name     string
	Bytes    []byte
	Envelope seal.Envelope
	Commits  int    // how many went in, from the front of what is left
	Pieces   int    // the same of a blob's pieces
	Line     []byte // the one line of a receipt
}

// parcel is a bundle while it is filled.
type parcel struct {
	sender Sender
	env    seal.Envelope
	w      *seal.LineWriter
}

func (s Sender) open(kind string, id record.ID, no int64, created string) (*parcel, error) {
	p := &parcel{sender: s, env: seal.Envelope{
		Kind: kind, ID: id.String(), Unit: s.Unit, To: s.To, No: no, App: s.App, Schema: oplog.Schema, Created: created,
		Range: map[string]seal.Span{}, Heads: map[string]string{},
	}}
	if secret := kind == seal.KindLog || kind == seal.KindBlob || kind == seal.KindAnswers; secret && s.To == seal.OfficePublic {
		return nil, fmt.Errorf("%w: a bundle of kind %s for everybody", record.ErrInvalid, kind)
	}
	if s.Values && !s.home() {
		return nil, fmt.Errorf("%w: personal values of %s for %s", record.ErrInvalid, s.Unit, s.To)
	}
	header, err := seal.NewStreamHeader(kind, p.env.ID, s.Random)
	if err != nil {
		return nil, err
	}
	p.w, err = seal.NewLineWriter(header)
	return p, err
}

// home reports whether the bundle stays in the office.
func (s Sender) home() bool { return s.Unit == s.To }

// add writes one line of JSON.
func (p *parcel) add(letter byte, v any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte(letter)
	b.WriteByte(' ')
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("%w: %v", record.ErrInvalid, err)
	}
	line := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	line = bytes.ReplaceAll(line, []byte{0x7f}, []byte(`\u007f`)) // JSON allows it bare, a line does not
	return line, p.w.Add(line)
}

func (p *parcel) close() (Sealed, error) {
	plain, err := p.w.Finish()
	if err != nil {
		return Sealed{}, err
	}
	file, env, err := seal.Seal(p.env, plain, p.sender.Signer, p.sender.Recipients)
	if err != nil {
		return Sealed{}, err
	}
	name, err := seal.NameOf(env, p.sender.Unit)
	return Sealed{Name: name, Bytes: file, Envelope: env}, err
}

// eachLine hands the lines of an opened payload of one kind to take, with the letter
// cut off. Whatever it refuses has a reason.
func eachLine(env seal.Envelope, kind string, plain []byte, take func(letter byte, rest []byte) error) error {
	if env.Kind != kind {
		return fmt.Errorf("%w: a bundle of kind %s is no %s", record.ErrInvalid, env.Kind, kind)
	}
	r, err := seal.NewLineReader(plain)
	if err != nil {
		return err
	}
	if h := r.Header(); h.Sopb != kind+"/1" || h.ID != env.ID {
		return fmt.Errorf("%w: a payload of another bundle", record.ErrDamaged)
	}
	for {
		line, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = take(line[0], line[2:])
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", r.Count(), reasoned(err))
		}
	}
}

// decode reads the JSON of a line.
func decode(rest []byte, into any) error {
	if err := seal.StrictDecode(rest, into); err != nil {
		return fmt.Errorf("%w: %w", record.ErrDamaged, err)
	}
	return nil
}

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %w", record.ErrDamaged, fmt.Errorf(format, args...))
}

func isHex(s string, n int) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) == n
}
