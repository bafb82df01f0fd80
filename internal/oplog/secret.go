package oplog

import (
	"crypto/sha256"
	"io"
	"slices"

	"sophobien/internal/record"
)

// Tags of what stands behind a commitment.
const (
	valueTag  = "sopb-value/1\n"
	valuesTag = "sopb-values/1\n"
	saltTag   = "sopb-salt/1\n"
)

// Salt makes a hash of a short value unguessable.
type Salt [16]byte

// Leaf is the salted hash of one field and its value.
type Leaf [32]byte

// LeafOf hashes a field's value under a salt.
func LeafOf(salt Salt, field string, v record.Value) Leaf {
	var room [256]byte // enough for almost every value
	buf := append(room[:0], valueTag...)
	buf = append(buf, salt[:]...)
	buf = append(buf, field...)
	buf = append(buf, 0)
	buf = append(buf, v...)
	return sha256.Sum256(buf)
}

// saltOf draws a field's salt from the seed of its operation.
func saltOf(seed Salt, field string) Salt {
	var room [128]byte
	buf := append(room[:0], saltTag...)
	buf = append(buf, seed[:]...)
	buf = append(buf, field...)
	h := sha256.Sum256(buf)
	return Salt(h[:])
}

// Secret opens the commitment of one operation: its hidden fields, each with the
// value, or with no more than its leaf where the value was not given or is erased.
type Secret struct {
	Op     int
	Seed   Salt     // draws the salts; only while every value is here
	Fields []Hidden // all hidden fields of the operation, sorted
}

// Hidden is one field behind a commitment.
type Hidden struct {
	Field string
	Known bool
	Value record.Value // of a known one
	Salt  Salt         // of a known one, unless the secret has a seed
	Leaf  Leaf         // of any other
}

// drawSecret hides values, sorted by field, under a seed.
func drawSecret(op int, random io.Reader, values []Hidden) (Secret, error) {
	s := Secret{Op: op, Fields: values}
	_, err := io.ReadFull(random, s.Seed[:])
	return s, err
}

// Seeded reports whether one seed draws all salts.
func (s *Secret) Seeded() bool { return s.Seed != Salt{} }

func (s *Secret) salt(h *Hidden) Salt {
	if s.Seeded() {
		return saltOf(s.Seed, h.Field)
	}
	return h.Salt
}

func (s *Secret) leaf(h *Hidden) Leaf {
	if !h.Known {
		return h.Leaf
	}
	return LeafOf(s.salt(h), h.Field, h.Value)
}

// Commitment is what the operation says in place of the values: the hash of
// their leaves in the order of the fields.
func (s *Secret) Commitment() [32]byte {
	var room [512]byte
	buf := append(room[:0], valuesTag...)
	for i := range s.Fields {
		leaf := s.leaf(&s.Fields[i])
		buf = append(buf, leaf[:]...)
	}
	return sha256.Sum256(buf)
}

// Opens reports whether the secret is the one its operation committed to, no
// matter how many of its values are here.
func (s *Secret) Opens(c *Commit) bool {
	if s.Op < 0 || s.Op >= len(c.Ops) {
		return false
	}
	o := &c.Ops[s.Op]
	at := 0
	for i := range o.Cells {
		if !o.Cells[i].Hidden {
			continue
		}
		if at == len(s.Fields) || s.Fields[at].Field != o.Cells[i].Field || s.Seeded() && !s.Fields[at].Known {
			return false
		}
		at++
	}
	return at > 0 && at == len(s.Fields) && s.Commitment() == o.Commitment
}

// Value is the value of a field, unless it was not given or is erased.
func (s *Secret) Value(field string) (record.Value, bool) {
	i, ok := slices.BinarySearchFunc(s.Fields, field, compareField)
	if !ok || !s.Fields[i].Known {
		return "", false
	}
	return s.Fields[i].Value, true
}

func compareField(h Hidden, field string) int {
	switch {
	case h.Field < field:
		return -1
	case h.Field > field:
		return 1
	}
	return 0
}

// Known counts the values that are here.
func (s *Secret) Known() int {
	n := 0
	for i := range s.Fields {
		if s.Fields[i].Known {
			n++
		}
	}
	return n
}

// Without is the secret that no longer knows some fields. The seed goes, since it
// would let their values be guessed.
func (s *Secret) Without(gone func(field string) bool) Secret {
	if !slices.ContainsFunc(s.Fields, func(h Hidden) bool { return h.Known && gone(h.Field) }) {
		return *s
	}
	out := Secret{Op: s.Op, Fields: make([]Hidden, len(s.Fields))}
	for i := range s.Fields {
		h := s.Fields[i]
		if h.Known && !gone(h.Field) {
			h.Salt = s.salt(&h)
		} else {
			h = Hidden{Field: h.Field, Leaf: s.leaf(&h)}
		}
		out.Fields[i] = h
	}
	return out
}

// Joined knows what either of two secrets of one operation knows.
func (s *Secret) Joined(other *Secret) Secret {
	switch {
	case s.Known() == len(s.Fields):
		return *s
	case other.Known() == len(other.Fields):
		return *other
	}
	out := Secret{Op: s.Op, Fields: slices.Clone(s.Fields)}
	for i := range out.Fields {
		if h := other.Fields[i]; !out.Fields[i].Known && h.Known {
			h.Salt = other.salt(&h)
			out.Fields[i] = h
		}
	}
	return out
}
