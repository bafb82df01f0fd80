package seal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Format is the only major format this package writes and reads.
const Format = "sopb-bundle/1"

// OfficePublic in Envelope.To means: for every office, not encrypted.
const OfficePublic = "office-public"

// Kinds of bundle.
const (
	KindLog     = "log"
	KindBlob    = "blob"
	KindAck     = "ack"
	KindRoster  = "roster"
	KindAnswers = "answers"
	KindUnits   = "units"
)

// plainKinds are never encrypted, whoever they are for: they hold no personal data,
// and anybody who carries them may check them.
var plainKinds = []string{KindAck, KindRoster, KindUnits}

// Envelope is the signed routing header. The order of its fields is the order
// in the file.
type Envelope struct {
	Format        string            `json:"format"`
	Kind          string            `json:"kind"`
	ID            string            `json:"id"`   // UUIDv7
	From          string            `json:"from"` // DeviceID of the signer
	Unit          string            `json:"unit"` // of the sender
	To            string            `json:"to"`   // unit, or OfficePublic
	No            int64             `json:"no"`   // the sender's running number
	Range         map[string]Span   `json:"range"`
	Heads         map[string]string `json:"heads"`
	PayloadSHA256 string            `json:"payload_sha256"`
	PayloadSize   int64             `json:"payload_size"`
	PlainSHA256   string            `json:"plain_sha256"`
	PlainSize     int64             `json:"plain_size"`
	Lines         int               `json:"lines"`      // between header and end marker
	Recipients    []string          `json:"recipients"` // Recipient.Short of each; none when Plain
	PII           bool              `json:"pii"`        // personal values inside
	App           string            `json:"app"`
	Schema        int               `json:"schema"`
	Created       string            `json:"created"` // RFC 3339, for display only
	RosterSeen    int64             `json:"roster_seen"`
	PacksSeen     map[string]int64  `json:"packs_seen"`
	Critical      []string          `json:"critical"` // features a reader must know
}

// Span is the first and last commit number of one device.
type Span struct{ First, Last int64 }

// MarshalJSON writes [first,last].
func (s Span) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%d]", s.First, s.Last), nil
}

// UnmarshalJSON reads exactly two numbers; a Go array would take one or three.
func (s *Span) UnmarshalJSON(b []byte) error {
	var pair []int64
	if err := json.Unmarshal(b, &pair); err != nil {
		return err
	}
	if len(pair) != 2 {
		return fmt.Errorf("span of %d numbers", len(pair))
	}
	s.First, s.Last = pair[0], pair[1]
	return nil
}

// Encode validates the envelope and writes it as one JSON object and a line feed.
func (e Envelope) Encode() ([]byte, error) {
	if err := e.Validate(); err != nil {
		return nil, err
	}
	raw, err := marshalLine(e.filled())
	if err != nil {
		return nil, err
	}
	if len(raw) > MaxEnvelope {
		return nil, refuse(ErrTooLarge, "envelope of %d bytes", len(raw))
	}
	return raw, nil
}

// marshalLine is JSON as people read it, <, > and & unescaped, and a line feed.
func marshalLine(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, refuse(ErrInvalid, "%w", err)
	}
	return out.Bytes(), nil
}

// filled puts empty collections in place of nil ones, so that no null is written.
func (e Envelope) filled() Envelope {
	if e.Range == nil {
		e.Range = map[string]Span{}
	}
	if e.Heads == nil {
		e.Heads = map[string]string{}
	}
	if e.PacksSeen == nil {
		e.PacksSeen = map[string]int64{}
	}
	if e.Recipients == nil {
		e.Recipients = []string{}
	}
	if e.Critical == nil {
		e.Critical = []string{}
	}
	return e
}

// trustedComment is what the signature repeats of the envelope, for people who
// check a bundle with stock tools.
func (e Envelope) trustedComment() string {
	return fmt.Sprintf("%s from=%s no=%d payload=sha256:%s", Format, e.From, e.No, e.PayloadSHA256)
}

// Plain reports whether the payload is readable by anyone. Such a bundle names no
// recipients, and every other names at least one.
func (e Envelope) Plain() bool {
	return e.To == OfficePublic || slices.Contains(plainKinds, e.Kind)
}

// payloadName is the third entry's name.
func (e Envelope) payloadName() string {
	if e.Plain() {
		return PublicPayloadName
	}
	return PayloadName
}

// ParseEnvelope reads what Encode writes. It looks at format before anything
// else and refuses another major with ErrNewer; an unknown kind or critical
// feature is left to the caller of [Envelope.Understood].
func ParseEnvelope(raw []byte) (Envelope, error) {
	env, err := decodeEnvelope(raw)
	if err != nil {
		return Envelope{}, err
	}
	if err := env.Validate(); err != nil {
		return Envelope{}, refuseAs(ErrDamaged, err)
	}
	return env, nil
}

// decodeEnvelope does everything but Validate: what must happen before the
// signature can be checked, and no more.
func decodeEnvelope(raw []byte) (Envelope, error) {
	if len(raw) > MaxEnvelope {
		return Envelope{}, refuse(ErrTooLarge, "envelope of %d bytes", len(raw))
	}
	if !bytes.HasPrefix(raw, []byte("{")) || !bytes.HasSuffix(raw, []byte("}\n")) {
		return Envelope{}, refuse(ErrDamaged, "envelope is not one object and a line feed")
	}
	var head struct {
		Format string `json:"format"`
	}
	if err := StrictDecode(raw, &head); err != nil {
		return Envelope{}, err
	}
	if err := checkFormat(head.Format); err != nil {
		return Envelope{}, err
	}
	var env Envelope
	err := StrictDecode(raw, &env)
	return env, err
}
