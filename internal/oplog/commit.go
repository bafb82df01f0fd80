package oplog

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"sophobien/internal/record"
)

// Schema is the version of the nouns' descriptions this program writes.
const Schema = 1

// Names of the fields that speak of the row or the log itself.
const (
	FieldDeleted = "_del"
	FieldErase   = "_erase"
)

// MaxLine is the longest commit a reader accepts, in bytes; with its signature it
// fits a line of a bundle.
const MaxLine = 255 << 10

const commitTag = "sopb-commit/1\n"

// Commit is one action of one officer on one device.
type Commit struct {
	Device  Device
	N       int64 // from 1, without gaps
	Prev    Hash  // zero for the first
	Time    int64 // Unix milliseconds, made to grow within a device
	Officer string
	Schema  int
	Ops     []Op

	Raw  []byte // the exact line; what Hash covers
	Hash Hash
	Sig  [64]byte
}

// Op changes one row.
type Op struct {
	Ref        record.Ref
	Cells      []Cell   // sorted by field, at least one
	Commitment [32]byte // to the values of all hidden cells
	Over       []Dot    // the dots it replaces
	Seen       []Dot    // of a delete: the operations its author had seen, fields left out
	Erased     []Dot    // of an erasure: the dots whose values go
}

// Single reports whether the operation is written in the one-field form.
func (o *Op) Single() bool { return len(o.Cells) == 1 }

// hides reports whether a value of the operation is hidden.
func (o *Op) hides() bool {
	for i := range o.Cells {
		if o.Cells[i].Hidden {
			return true
		}
	}
	return false
}

// DotOf names the version of a field that the i-th operation of a commit makes.
func (o *Op) DotOf(commit Prefix, i int, field string) Dot {
	if o.Single() {
		field = ""
	}
	return Dot{commit, i, field}
}

// Cell is one field and its new value, or that the value is hidden behind the
// operation's commitment.
type Cell struct {
	Field  string
	Value  record.Value // "" when hidden
	Hidden bool
}

// HashLine is the name of a commit given its exact line.
func HashLine(raw []byte) Hash {
	h := sha256.New()
	h.Write([]byte(commitTag))
	h.Write(raw)
	return Hash(h.Sum(nil))
}

// Seal encodes the commit, hashes and signs it. The key must be the device's. A
// commit that nobody could read is refused.
func (c *Commit) Seal(key ed25519.PrivateKey) error {
	if err := c.SealEncoded(key); err != nil {
		return err
	}
	if _, err := Decode(c.Raw); err != nil {
		return fmt.Errorf("%w: a commit nobody could read: %v", record.ErrInvalid, err)
	}
	return nil
}

// SealEncoded is Seal for a commit of which every value is what a noun's field
// encodes to: that it can be read need not be tried.
func (c *Commit) SealEncoded(key ed25519.PrivateKey) error {
	if DeviceOf(key.Public().(ed25519.PublicKey)) != c.Device {
		return fmt.Errorf("%w: commit of device %s signed with another key", record.ErrNotTrusted, c.Device)
	}
	c.Raw = c.encode()
	if len(c.Raw) > MaxLine {
		return fmt.Errorf("%w: commit of %d bytes", ErrTooLong, len(c.Raw))
	}
	c.Hash = HashLine(c.Raw)
	copy(c.Sig[:], ed25519.Sign(key, c.Hash[:]))
	return nil
}

// ErrTooLong says that an action holds more than one commit may; the caller
// splits it.
var ErrTooLong = record.Refuse(record.ErrInvalid,
	"Nội dung của một bản ghi quá dài nên chưa được lưu; dữ liệu cũ vẫn nguyên. Hãy viết ngắn lại hoặc tách ra.",
	"One record holds too much text, so it was not saved; earlier data is whole. Shorten it or split it.")

// Verify checks that the line is what the device signed.
func (c *Commit) Verify(key ed25519.PublicKey) error {
	if DeviceOf(key) != c.Device || HashLine(c.Raw) != c.Hash {
		return fmt.Errorf("%w: commit %d of %s", record.ErrDamaged, c.N, c.Device)
	}
	if !ed25519.Verify(key, c.Hash[:], c.Sig[:]) {
		return fmt.Errorf("%w: signature of commit %d of %s", record.ErrNotTrusted, c.N, c.Device)
	}
	return nil
}

// Line is the commit as it stands in a bundle, without the line's letter:
// signature, space, exact bytes.
func (c *Commit) Line() []byte {
	out := make([]byte, 0, 89+len(c.Raw))
	out = base64.StdEncoding.AppendEncode(out, c.Sig[:])
	out = append(out, ' ')
	return append(out, c.Raw...)
}

// ParseLine reads what Line writes. The signature is not checked: the caller
// knows the keys.
func ParseLine(line []byte) (*Commit, error) {
	if len(line) < 90 || line[88] != ' ' {
		return nil, fmt.Errorf("%w: commit line", record.ErrDamaged)
	}
	var sig [66]byte
	n, err := base64.StdEncoding.Strict().Decode(sig[:], line[:88])
	if err != nil || n != 64 {
		return nil, fmt.Errorf("%w: signature of a commit line", record.ErrDamaged)
	}
	c, err := Decode(line[89:])
	if err != nil {
		return nil, err
	}
	copy(c.Sig[:], sig[:64])
	return c, nil
}

// Follows reports whether the commit may come right after prev in its stream;
// prev is nil before the first.
func (c *Commit) Follows(prev *Commit) bool {
	if prev == nil {
		return c.N == 1 && c.Prev.IsZero()
	}
	return c.N == prev.N+1 && c.Prev == prev.Hash && c.Device == prev.Device
}
