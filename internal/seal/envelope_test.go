package seal

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wholeEnvelope has every field set to a distinct value.
func wholeEnvelope() Envelope {
	e := sampleEnvelope()
	e.Format, e.From = Format, strings.Repeat("c3", 16)
	e.PayloadSHA256, e.PayloadSize = strings.Repeat("d4", 32), 1001
	e.PlainSHA256, e.PlainSize, e.Lines = strings.Repeat("e5", 32), 2002, 33
	e.Recipients = []string{"0123456789abcdef", "fedcba9876543210"}
	e.Critical = []string{"feature-x"}
	return e
}

func TestEnvelopeRoundTrip(t *testing.T) {
	want := wholeEnvelope()
	raw, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := ParseEnvelope(raw)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if again, err := got.Encode(); err != nil || !bytes.Equal(again, raw) {
		t.Errorf("encodes to other bytes: %v", err)
	}
}

// TestEnvelopeBytes is the file other programs rely on.
func TestEnvelopeBytes(t *testing.T) {
	e := wholeEnvelope()
	e.Range, e.Heads = map[string]Span{strings.Repeat("a", 32): {1, 2}}, nil
	raw, err := e.Encode()
	if err != nil {
		t.Fatal(err)
	}
	want := `{"format":"sopb-bundle/1","kind":"log","id":"019ab3c4-5d6e-7f80-8123-456789abcdef","from":"` + e.From +
		`","unit":"23293","to":"51-so-noi-vu","no":42,"range":{"` + strings.Repeat("a", 32) + `":[1,2]},"heads":{},"payload_sha256":"` + e.PayloadSHA256 +
		`","payload_size":1001,"plain_sha256":"` + e.PlainSHA256 + `","plain_size":2002,"lines":33,"recipients":["0123456789abcdef","fedcba9876543210"],` +
		`"pii":true,"app":"sophobien 1.0","schema":5,"created":"2026-11-23T16:45:00+07:00","roster_seen":6,"packs_seen":{"law/51":9},"critical":["feature-x"]}` + "\n"
	if diff := cmp.Diff(want, string(raw)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEnvelopeValidate(t *testing.T) {
	if err := wholeEnvelope().Validate(); err != nil {
		t.Fatal(err)
	}
	cases := map[string]func(*Envelope){
		"format":               func(e *Envelope) { e.Format = "sopb-bundle/2" },
		"kind":                 func(e *Envelope) { e.Kind = "Log" },
		"id of version 4":      func(e *Envelope) { e.ID = strings.Replace(e.ID, "-7", "-4", 1) },
		"id in capitals":       func(e *Envelope) { e.ID = strings.ToUpper(e.ID) },
		"id and a line feed":   func(e *Envelope) { e.ID += "\n" },
		"from":                 func(e *Envelope) { e.From = "someone" },
		"unit empty":           func(e *Envelope) { e.Unit = "" },
		"unit public":          func(e *Envelope) { e.Unit = OfficePublic },
		"unit with marks":      func(e *Envelope) { e.Unit = "Sở" },
		"to with a path":       func(e *Envelope) { e.To = "../x" },
		"to too long":          func(e *Envelope) { e.To = strings.Repeat("x", 41) },
		"no zero":              func(e *Envelope) { e.No = 0 },
		"no too large":         func(e *Envelope) { e.No = maxNo + 1 },
		"range device":         func(e *Envelope) { e.Range = map[string]Span{"x": {1, 2}} },
		"range from zero":      func(e *Envelope) { e.Range = map[string]Span{e.From: {0, 2}} },
		"range backwards":      func(e *Envelope) { e.Range = map[string]Span{e.From: {3, 2}} },
		"head device":          func(e *Envelope) { e.Heads = map[string]string{"x": e.PlainSHA256} },
		"head hash":            func(e *Envelope) { e.Heads = map[string]string{e.From: "x"} },
		"payload hash":         func(e *Envelope) { e.PayloadSHA256 = strings.ToUpper(e.PayloadSHA256) },
		"payload size":         func(e *Envelope) { e.PayloadSize = 0 },
		"payload size large":   func(e *Envelope) { e.PayloadSize = MaxPayload + 1 },
		"plain hash":           func(e *Envelope) { e.PlainSHA256 = "" },
		"plain size":           func(e *Envelope) { e.PlainSize = 0 },
		"plain size large":     func(e *Envelope) { e.PlainSize = MaxPlain + 1 },
		"lines negative":       func(e *Envelope) { e.Lines = -1 },
		"lines too many":       func(e *Envelope) { e.Lines = MaxLines + 1 },
		"no recipient":         func(e *Envelope) { e.Recipients = nil },
		"recipient":            func(e *Envelope) { e.Recipients = []string{"x"} },
		"recipient twice":      func(e *Envelope) { e.Recipients[1] = e.Recipients[0] },
		"too many recipients":  func(e *Envelope) { e.Recipients = make([]string, MaxRecipients+1) },
		"public to recipients": func(e *Envelope) { e.To, e.PII = OfficePublic, false },
		"public and personal":  func(e *Envelope) { e.To, e.Recipients = OfficePublic, nil },
		"ack to recipients":    func(e *Envelope) { e.Kind, e.PII = KindAck, false },
		"ack and personal":     func(e *Envelope) { e.Kind, e.Recipients = KindAck, nil },
		"app empty":            func(e *Envelope) { e.App = "" },
		"app of two lines":     func(e *Envelope) { e.App = "a\nb" },
		"schema":               func(e *Envelope) { e.Schema = 0 },
		"created":              func(e *Envelope) { e.Created = "yesterday" },
		"created with parts":   func(e *Envelope) { e.Created = "2026-11-23T16:45:00.5Z" },
		"roster":               func(e *Envelope) { e.RosterSeen = -1 },
		"pack":                 func(e *Envelope) { e.PacksSeen = map[string]int64{"Law": 1} },
		"pack version":         func(e *Envelope) { e.PacksSeen = map[string]int64{"law": -1} },
		"critical":             func(e *Envelope) { e.Critical = []string{""} },
		"critical twice":       func(e *Envelope) { e.Critical = []string{"x", "x"} },
	}
	for name, bend := range cases {
		t.Run(name, func(t *testing.T) {
			e := wholeEnvelope()
			bend(&e)
			if err := e.Validate(); !errors.Is(err, ErrInvalid) && !errors.Is(err, ErrTooLarge) {
				t.Errorf("Validate: %v", err)
			}
			if raw, err := e.Encode(); err == nil || raw != nil {
				t.Errorf("Encode wrote it: %v", err)
			}
			raw, err := marshalLine(e)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := ParseEnvelope(raw); err == nil {
				t.Error("ParseEnvelope took it")
			}
		})
	}
}

func TestParseEnvelopeRefuses(t *testing.T) {
	good, err := wholeEnvelope().Encode()
	if err != nil {
		t.Fatal(err)
	}
	text := string(good)
	for name, c := range map[string]struct {
		raw  string
		want error
	}{
		"no line feed":         {strings.TrimSuffix(text, "\n"), ErrDamaged},
		"two line feeds":       {text + "\n", ErrDamaged},
		"space before":         {" " + text, ErrDamaged},
		"array":                {"[" + strings.TrimSuffix(text, "\n") + "]\n", ErrDamaged},
		"empty object":         {"{}\n", ErrForeign},
		"another format":       {strings.Replace(text, "sopb-bundle/1", "sopb-ack/1", 1), ErrForeign},
		"format not a number":  {strings.Replace(text, "sopb-bundle/1", "sopb-bundle/x", 1), ErrForeign},
		"newer before all":     {`{"format":"sopb-bundle/12","id":7}` + "\n", ErrNewer},
		"format in other case": {strings.Replace(text, `"format"`, `"Format"`, 1), ErrDamaged},
		"no in other case":     {strings.Replace(text, `"no"`, `"NO"`, 1), ErrDamaged},
		"no twice":             {strings.Replace(text, `"no":42`, `"no":42,"no":43`, 1), ErrDamaged},
		"range of three":       {strings.Replace(text, `[3,17]`, `[3,17,18]`, 1), ErrDamaged},
		"above 64 KiB":         {strings.Replace(text, `{`, `{"x":"`+strings.Repeat("x", MaxEnvelope)+`",`, 1), ErrTooLarge},
	} {
		if _, err := ParseEnvelope([]byte(c.raw)); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestUnknownKeysStayAllowed(t *testing.T) {
	good, err := wholeEnvelope().Encode()
	if err != nil {
		t.Fatal(err)
	}
	raw := strings.Replace(string(good), `{`, `{"weather":{"sky":["blue"]},`, 1)
	got, err := ParseEnvelope([]byte(raw))
	if diff := cmp.Diff(wholeEnvelope(), got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}
