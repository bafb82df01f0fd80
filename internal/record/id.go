package record

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// ID names a row for ever: a UUIDv7 made on the device, so that two devices
// never make the same one, or for rows of a shipped catalogue a UUIDv8 derived
// from the catalogue's own key, so that every device makes the same one.
type ID [16]byte

// NewID builds a UUIDv7 from Unix milliseconds and ten random bytes.
func NewID(ms int64, random [10]byte) ID {
	var id ID
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	copy(id[6:], random[:])
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return id
}

// CatalogID derives the id of a catalogue row from its key, for example
// "unit", "23293", "2025-07-01": a code alone is not a key because codes are
// used again for other units.
func CatalogID(parts ...string) ID {
	h := sha256.New()
	h.Write([]byte("sopb-catalog/1\n"))
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s\n", len(p), p)
	}
	var id ID
	copy(id[:], h.Sum(nil))
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return id
}

// ParseID reads the canonical lower-case form; anything else is invalid.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return ID{}, fmt.Errorf("%w: id %q", ErrInvalid, s)
	}
	compact := s[:8] + s[9:13] + s[14:18] + s[19:23] + s[24:]
	for i := range len(compact) {
		if c := compact[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return ID{}, fmt.Errorf("%w: id %q", ErrInvalid, s)
		}
	}
	_, err := hex.Decode(id[:], []byte(compact))
	return id, err
}

// IsZero reports whether the id names nothing.
func (id ID) IsZero() bool { return id == ID{} }

// String is the canonical lower-case form, "" for the zero id.
func (id ID) String() string {
	var b [36]byte
	return string(id.AppendTo(b[:0]))
}

// AppendTo appends the canonical form.
func (id ID) AppendTo(to []byte) []byte {
	if id.IsZero() {
		return to
	}
	to = hex.AppendEncode(to, id[0:4])
	for _, part := range [][2]int{{4, 6}, {6, 8}, {8, 10}, {10, 16}} {
		to = append(to, '-')
		to = hex.AppendEncode(to, id[part[0]:part[1]])
	}
	return to
}

// MarshalText writes the canonical form.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the canonical form or an empty text.
func (id *ID) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*id = ID{}
		return nil
	}
	got, err := ParseID(string(b))
	if err == nil {
		*id = got
	}
	return err
}

// Ref names one row of one noun: "person/0192…" in files.
type Ref struct {
	Noun string `json:"noun"`
	ID   ID     `json:"id"`
}

// String is the form used in commits.
func (r Ref) String() string {
	var b [64]byte
	return string(r.AppendTo(b[:0]))
}

// AppendTo appends the form used in commits.
func (r Ref) AppendTo(to []byte) []byte {
	to = append(to, r.Noun...)
	return r.ID.AppendTo(append(to, '/'))
}
