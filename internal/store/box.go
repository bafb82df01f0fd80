package store

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
)

// box seals personal values with XChaCha20-Poly1305 under keys derived from
// the office key, one for each purpose, so that a box never opens as another.
type box struct {
	rows, secrets, drafts cipher.AEAD
	nonceKey, localKey    []byte
}

func newBox(key [32]byte) *box {
	return &box{
		rows: aead(key, "rows"), secrets: aead(key, "secrets"), drafts: aead(key, "drafts"),
		nonceKey: derive(key, "row nonces"), localKey: derive(key, "local rows"),
	}
}

func derive(key [32]byte, purpose string) []byte {
	out, err := hkdf.Key(sha256.New, key[:], nil, "sopb-store/1 "+purpose, 32)
	if err != nil {
		panic(err) // only a length over 8,160 bytes fails
	}
	return out
}

func aead(key [32]byte, purpose string) cipher.AEAD {
	a, err := chacha20poly1305.NewX(derive(key, purpose))
	if err != nil {
		panic(err) // only a key of another length fails
	}
	return a
}

// sealRow seals a row's personal values. The nonce is a keyed hash of row and
// text, so the same row with the same text is the same bytes.
func (b *box) sealRow(where, text []byte) []byte {
	m := hmac.New(sha256.New, b.nonceKey)
	m.Write(where)
	m.Write(text)
	nonce := m.Sum(nil)[:chacha20poly1305.NonceSizeX]
	return b.rows.Seal(nonce, nonce, text, where)
}

func (b *box) openRow(where, sealed []byte) ([]byte, error) { return open(b.rows, where, sealed) }

func (b *box) seal(a cipher.AEAD, where, text []byte) []byte {
	nonce := make([]byte, chacha20poly1305.NonceSizeX, chacha20poly1305.NonceSizeX+len(text)+a.Overhead())
	rand.Read(nonce) // never fails: crypto/rand ends the program instead
	return a.Seal(nonce, nonce, text, where)
}

func open(a cipher.AEAD, where, sealed []byte) ([]byte, error) {
	if len(sealed) < chacha20poly1305.NonceSizeX {
		return nil, fmt.Errorf("%w: a sealed value is too short", record.ErrDamaged)
	}
	text, err := a.Open(nil, sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:], where)
	if err != nil {
		return nil, fmt.Errorf("%w: a sealed value does not open with the office key", record.ErrDamaged)
	}
	return text, nil
}

// mac is the keyed hash of a row that is in no chain.
func (b *box) mac(table string, cols ...any) []byte {
	m := hmac.New(sha256.New, b.localKey)
	fmt.Fprintf(m, "%s\n", table)
	for _, c := range cols {
		text := fmt.Sprint(c)
		fmt.Fprintf(m, "%T %d:%s\n", c, len(text), text)
	}
	return m.Sum(nil)
}

// isMac reports whether a row that is in no chain is as it was written.
func (b *box) isMac(mac []byte, table string, cols ...any) error {
	if !hmac.Equal(mac, b.mac(table, cols...)) {
		return fmt.Errorf("%w: a row of table %s is not what it was", record.ErrDamaged, table)
	}
	return nil
}

// How a field of a packed secret is kept.
const (
	packedLeaf   = iota // its value was not given or is erased
	packedSalted        // with a salt of its own
	packedSeeded        // under the operation's seed
)

// sealSecrets packs the secrets of a commit: for each the operation, the seed if
// it has one, and its fields; lengths as varints.
func (b *box) sealSecrets(commit oplog.Hash, secrets []oplog.Secret) []byte {
	size := 0
	for i := range secrets {
		size += 32
		for k := range secrets[i].Fields {
			size += 64 + len(secrets[i].Fields[k].Value)
		}
	}
	p := make([]byte, 0, size)
	for i := range secrets {
		s := &secrets[i]
		p = binary.AppendUvarint(p, uint64(s.Op))
		p = binary.AppendUvarint(p, uint64(len(s.Fields)))
		if s.Seeded() {
			p = append(p, packedSeeded)
			p = append(p, s.Seed[:]...)
		} else {
			p = append(p, packedLeaf)
		}
		for k := range s.Fields {
			p = packField(p, s, &s.Fields[k])
		}
	}
	return b.seal(b.secrets, commit[:], p)
}

func packField(p []byte, s *oplog.Secret, h *oplog.Hidden) []byte {
	p = binary.AppendUvarint(p, uint64(len(h.Field)))
	p = append(p, h.Field...)
	switch {
	case !h.Known:
		return append(append(p, packedLeaf), h.Leaf[:]...)
	case s.Seeded():
		p = append(p, packedSeeded)
	default:
		p = append(append(p, packedSalted), h.Salt[:]...)
	}
	p = binary.AppendUvarint(p, uint64(len(h.Value)))
	return append(p, h.Value...)
}

func (b *box) openSecrets(commit oplog.Hash, sealed []byte) ([]oplog.Secret, error) {
	p, err := open(b.secrets, commit[:], sealed)
	if err != nil {
		return nil, err
	}
	// One string holds every field and value: they stay together as long as the commit.
	r := unpacker{buf: p, text: string(p)}
	var out []oplog.Secret
	for r.at < len(r.buf) && r.err == nil {
		s := oplog.Secret{Op: int(r.uvarint())}
		n := int(r.uvarint())
		if r.byte() == packedSeeded {
			copy(s.Seed[:], r.bytes(len(s.Seed)))
		}
		for ; n > 0 && r.err == nil; n-- {
			s.Fields = append(s.Fields, r.field())
		}
		out = append(out, s)
	}
	return out, r.err
}

type unpacker struct {
	buf  []byte
	text string
	at   int
	err  error
}

func (r *unpacker) field() oplog.Hidden {
	h := oplog.Hidden{Field: r.string()}
	switch r.byte() {
	case packedLeaf:
		copy(h.Leaf[:], r.bytes(len(h.Leaf)))
		return h
	case packedSalted:
		copy(h.Salt[:], r.bytes(len(h.Salt)))
	}
	h.Known, h.Value = true, record.Value(r.string())
	return h
}

func (r *unpacker) fail() {
	r.err = fmt.Errorf("%w: packed secrets", record.ErrDamaged)
	r.at = len(r.buf)
}

func (r *unpacker) uvarint() uint64 {
	n, size := binary.Uvarint(r.buf[r.at:])
	if size <= 0 || n > 1<<30 {
		r.fail()
		return 0
	}
	r.at += size
	return n
}

func (r *unpacker) byte() byte {
	if b := r.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

// span is where the next n bytes stand.
func (r *unpacker) span(n int) (from, to int) {
	if r.err != nil || n < 0 || n > len(r.buf)-r.at {
		r.fail()
		return len(r.buf), len(r.buf)
	}
	from = r.at
	r.at += n
	return from, r.at
}

func (r *unpacker) bytes(n int) []byte {
	from, to := r.span(n)
	return r.buf[from:to]
}

func (r *unpacker) string() string {
	from, to := r.span(int(r.uvarint()))
	return r.text[from:to]
}
