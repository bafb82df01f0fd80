package bundle

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// secretLine is a P line as it is written: the values of an operation under its
// seed, or else each with its own salt, or its leaf where the value is not given.
type secretLine struct {
	Commit string                     `json:"h"`
	Op     int                        `json:"i"`
	Seed   string                     `json:"s"`
	Values map[string]json.RawMessage `json:"v"`
}

// saltedLine is a value with a salt of its own, or the leaf in its place.
type saltedLine struct {
	Salt  string          `json:"s"`
	Value json.RawMessage `json:"v"`
	Leaf  string          `json:"l"`
}

func (r *chainReader) addSecret(rest []byte) error {
	var l secretLine
	if err := decode(rest, &l); err != nil {
		return err
	}
	hash, err := oplog.ParseHash(l.Commit)
	if err != nil {
		return err
	}
	s, err := l.secret()
	if err != nil {
		return err
	}
	commit := r.byHash[hash]
	if commit == nil || !s.Opens(commit) {
		return WithReason("bad-value", fmt.Errorf("%w: values that their commit did not promise", record.ErrNotTrusted))
	}
	at := secretAt{hash, l.Op}
	if r.have[at] {
		return damaged("the values of an operation stand twice")
	}
	r.have[at] = true
	r.out.Secrets[hash] = append(r.out.Secrets[hash], s)
	return nil
}

func (l *secretLine) secret() (oplog.Secret, error) {
	s := oplog.Secret{Op: l.Op}
	if l.Seed != "" {
		if err := decodeInto(s.Seed[:], l.Seed); err != nil {
			return s, err
		}
		if !s.Seeded() {
			return s, fmt.Errorf("%w: a seed of zeros", record.ErrDamaged)
		}
	}
	for _, field := range slices.Sorted(maps.Keys(l.Values)) {
		h, err := hiddenOf(field, l.Values[field], s.Seeded())
		if err != nil {
			return s, err
		}
		s.Fields = append(s.Fields, h)
	}
	return s, nil
}

func hiddenOf(field string, raw json.RawMessage, seeded bool) (oplog.Hidden, error) {
	h := oplog.Hidden{Field: field, Known: true}
	if seeded {
		h.Value = record.Value(raw)
		return h, isValue(raw)
	}
	var l saltedLine
	if err := decode(raw, &l); err != nil {
		return h, err
	}
	if l.Leaf != "" {
		h.Known = false
		if l.Salt != "" || l.Value != nil {
			return h, fmt.Errorf("%w: a leaf beside its value", record.ErrDamaged)
		}
		return h, decodeInto(h.Leaf[:], l.Leaf)
	}
	h.Value = record.Value(l.Value)
	return h, errors.Join(decodeInto(h.Salt[:], l.Salt), isValue(l.Value))
}

func isValue(raw json.RawMessage) error {
	if len(raw) == 0 || raw[0] == '{' {
		return fmt.Errorf("%w: a value is missing or an object", record.ErrDamaged)
	}
	return nil
}

func decodeInto(into []byte, text string) error {
	b, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(b) != len(into) {
		return fmt.Errorf("%w: %d bytes expected", record.ErrDamaged, len(into))
	}
	copy(into, b)
	return nil
}

// secretLines are the P lines of a commit, in the order of its operations. Values too
// long for a line stay at home, the longest first; their leaves stand for them.
func secretLines(commit oplog.Hash, secrets []oplog.Secret) [][]byte {
	sorted := slices.Clone(secrets)
	slices.SortFunc(sorted, func(a, b oplog.Secret) int { return a.Op - b.Op })
	out := make([][]byte, len(sorted))
	for i := range sorted {
		s := sorted[i]
		out[i] = secretText(commit, &s)
		for len(out[i]) > seal.MaxLine && s.Known() > 0 {
			longest := slices.MaxFunc(s.Fields, func(a, b oplog.Hidden) int { return len(a.Value) - len(b.Value) })
			s = s.Without(func(field string) bool { return field == longest.Field })
			out[i] = secretText(commit, &s)
		}
	}
	return out
}

// secretText is a P line. The values stand there byte for byte: that is what was
// promised, and encoding/json would rewrite them.
func secretText(commit oplog.Hash, s *oplog.Secret) []byte {
	b := fmt.Appendf(nil, `P {"h":"%s","i":%d,`, commit, s.Op)
	if s.Seeded() {
		b = appendBytes(append(b, `"s":`...), s.Seed[:])
		b = append(b, ',')
	}
	b = append(b, `"v":{`...)
	for i, h := range s.Fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, `"%s":`, h.Field)
		switch {
		case s.Seeded():
			b = append(b, h.Value...)
		case h.Known:
			b = appendBytes(append(b, `{"s":`...), h.Salt[:])
			b = append(append(append(b, `,"v":`...), h.Value...), '}')
		default:
			b = append(appendBytes(append(b, `{"l":`...), h.Leaf[:]), '}')
		}
	}
	return append(b, "}}"...)
}

func appendBytes(b, raw []byte) []byte {
	b = base64.StdEncoding.AppendEncode(append(b, '"'), raw)
	return append(b, '"')
}
