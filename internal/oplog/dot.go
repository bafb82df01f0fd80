package oplog

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"sophobien/internal/record"
)

// Hash names a commit.
type Hash [32]byte

func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// IsZero reports whether the hash names nothing, as before a stream's first commit.
func (h Hash) IsZero() bool { return h == Hash{} }

// ParseHash reads 64 lower-case hex digits.
func ParseHash(s string) (Hash, error) {
	var h Hash
	if err := parseHex(h[:], s); err != nil {
		return Hash{}, err
	}
	return h, nil
}

// Device names a stream: the fingerprint of the key that signs it.
type Device [16]byte

func (d Device) String() string { return hex.EncodeToString(d[:]) }

// ParseDevice reads 32 lower-case hex digits.
func ParseDevice(s string) (Device, error) {
	var d Device
	if err := parseHex(d[:], s); err != nil {
		return Device{}, err
	}
	return d, nil
}

// deviceTag separates device fingerprints from every other hash.
const deviceTag = "sopb-device/1\n"

// DeviceOf is the stream id of a signing key.
func DeviceOf(key ed25519.PublicKey) Device {
	h := sha256.Sum256(append([]byte(deviceTag), key...))
	return Device(h[:16])
}

func parseHex(into []byte, s string) error {
	if len(s) != 2*len(into) || strings.ToLower(s) != s {
		return fmt.Errorf("%w: %d hex digits expected", record.ErrDamaged, 2*len(into))
	}
	if _, err := hex.Decode(into, []byte(s)); err != nil {
		return fmt.Errorf("%w: %v", record.ErrDamaged, err)
	}
	return nil
}

// Prefix is the part of a commit's hash that dots carry.
type Prefix [16]byte

// Prefix is the first half of the hash.
func (h Hash) Prefix() Prefix { return Prefix(h[:16]) }

// Dot names one version of one field: which commit, which operation in it, and
// which field, "" when the operation sets only one.
type Dot struct {
	Commit Prefix
	Op     int
	Field  string
}

func (d Dot) String() string {
	s := hex.EncodeToString(d.Commit[:]) + "/" + strconv.Itoa(d.Op)
	if d.Field != "" {
		s += "/" + d.Field
	}
	return s
}

// ParseDot reads the form String writes.
func ParseDot(s string) (Dot, error) {
	var d Dot
	if len(s) < 34 || s[32] != '/' {
		return Dot{}, fmt.Errorf("%w: dot %.60q", record.ErrDamaged, s)
	}
	if err := parseHex(d.Commit[:], s[:32]); err != nil {
		return Dot{}, err
	}
	index, field, _ := strings.Cut(s[33:], "/")
	n, err := strconv.Atoi(index)
	if err != nil || n < 0 || strconv.Itoa(n) != index || (field == "" && strings.HasSuffix(s, "/")) {
		return Dot{}, fmt.Errorf("%w: dot %.60q", record.ErrDamaged, s)
	}
	d.Op, d.Field = n, field
	return d, nil
}

// Compare orders dots: by commit, operation, field.
func (d Dot) Compare(e Dot) int {
	return cmp.Or(bytes.Compare(d.Commit[:], e.Commit[:]), cmp.Compare(d.Op, e.Op), cmp.Compare(d.Field, e.Field))
}
