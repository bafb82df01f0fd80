package seal

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSealThenOpen(t *testing.T) {
	for name, classic := range map[string]bool{"post-quantum": false, "classical": true} {
		t.Run(name, func(t *testing.T) {
			first, second := newIdentity(t, classic), newIdentity(t, classic)
			plain := samplePlain(t, 12)
			sealed, env, err := Seal(sampleEnvelope(), plain, deviceKey(1), []Recipient{first.Recipient(), second.Recipient()})
			if err != nil {
				t.Fatal(err)
			}
			for _, who := range []Identity{first, second} {
				outer, err := ReadOuter(sealed, roster(deviceKey(2), deviceKey(1)))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(env, outer.Envelope); diff != "" {
					t.Errorf("envelope (-sealed +read):\n%s", diff)
				}
				got, err := outer.Open([]Identity{newIdentity(t, classic), who})
				if err != nil || !bytes.Equal(got, plain) {
					t.Errorf("Open: %v, %d bytes, want %d", err, len(got), len(plain))
				}
			}
		})
	}
}

func TestSealFillsTheClaims(t *testing.T) {
	to := newIdentity(t, true)
	sealed, plain, env := sealSample(t, to, 3)
	want := sampleEnvelope()
	want.Format, want.From = Format, DeviceID(publicOf(deviceKey(1)))
	want.PlainSHA256, want.PlainSize, want.Lines = hexSum(plain), int64(len(plain)), 3
	payload := parts(t, sealed)[2].Data
	want.PayloadSHA256, want.PayloadSize = hexSum(payload), int64(len(payload))
	want.Recipients, want.Critical = []string{to.Recipient().Short()}, []string{}
	if diff := cmp.Diff(want, env); diff != "" {
		t.Errorf("envelope (-want +got):\n%s", diff)
	}
}

// TestPlainBundlesNeedNoIdentity: what is for every office, and the kinds without
// personal data whoever they are for.
func TestPlainBundlesNeedNoIdentity(t *testing.T) {
	for _, of := range []struct{ kind, to string }{
		{KindLog, OfficePublic}, {KindRoster, OfficePublic}, {KindUnits, OfficePublic}, {KindAck, "24340"}, {KindRoster, "24340"},
	} {
		env := sampleEnvelope()
		env.Kind, env.To, env.PII = of.kind, of.to, false
		plain := bytes.Replace(samplePlain(t, 4), []byte(KindLog), []byte(of.kind), 1)
		sealed, env, err := Seal(env, plain, deviceKey(1), nil)
		if err != nil {
			t.Fatal(of, err)
		}
		if !env.Plain() || len(env.Recipients) != 0 || parts(t, sealed)[2].Name != PublicPayloadName {
			t.Errorf("%v: recipients %q, third entry %q", of, env.Recipients, parts(t, sealed)[2].Name)
		}
		if got, err := openWhole(sealed); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%v: Open: %v", of, err)
		}
		if _, _, err := Seal(env, plain, deviceKey(1), []Recipient{newIdentity(t, false).Recipient()}); !errors.Is(err, ErrInvalid) {
			t.Errorf("%v to a recipient: %v", of, err)
		}
	}
}

// TestUnproven reads what a stranger sealed, within bounds, and nothing that is encrypted.
func TestUnproven(t *testing.T) {
	env := sampleEnvelope()
	env.To, env.PII = OfficePublic, false
	plain := samplePlain(t, 4)
	public, _, err := Seal(env, plain, deviceKey(9), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Unproven(public, len(plain)); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("Unproven: %v", err)
	}
	private, _, _ := sealSample(t, newIdentity(t, false), 4)
	for name, c := range map[string]struct {
		file []byte
		max  int
		want error
	}{
		"one byte too long": {public, len(plain) - 1, ErrTooLarge},
		"encrypted":         {private, MaxPlain, ErrWrongRecipient},
		"cut":               {public[:len(public)-1], MaxPlain, ErrDamaged},
		"altered":           {bytes.Replace(public, []byte(`"no":42`), []byte(`"no":43`), 1), MaxPlain, ErrDamaged},
		"another file":      {[]byte("hello"), MaxPlain, ErrForeign},
	} {
		if _, err := Unproven(c.file, c.max); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestSealRefuses: what no reader would accept is not written.
func TestSealRefuses(t *testing.T) {
	hybrid, classic := newIdentity(t, false).Recipient(), newIdentity(t, true).Recipient()
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	plain := samplePlain(t, 2)
	cases := map[string]struct {
		change func(*Envelope)
		plain  []byte
		signer crypto.Signer
		to     []Recipient
		want   error
	}{
		"no recipient":         {to: []Recipient{}, want: ErrInvalid},
		"mixed recipients":     {to: []Recipient{hybrid, classic}, want: ErrMixedRecipients},
		"recipient twice":      {to: []Recipient{hybrid, hybrid}, want: ErrInvalid},
		"empty recipient":      {to: []Recipient{{}}, want: ErrInvalid},
		"too many recipients":  {to: make([]Recipient, MaxRecipients+1), want: ErrInvalid},
		"unframed payload":     {plain: []byte("hello\n"), want: ErrInvalid},
		"cut payload":          {plain: plain[:len(plain)-1], want: ErrInvalid},
		"payload of other id":  {change: func(e *Envelope) { e.ID = strings.Replace(sampleID, "019a", "019b", 1) }, want: ErrInvalid},
		"payload of otherkind": {change: func(e *Envelope) { e.Kind = KindAck }, want: ErrInvalid},
		"unknown feature":      {change: func(e *Envelope) { e.Critical = []string{"telepathy"} }, want: ErrInvalid},
		"no unit":              {change: func(e *Envelope) { e.Unit = "" }, want: ErrInvalid},
		"public with personal": {change: func(e *Envelope) { e.To = OfficePublic }, want: ErrInvalid},
		"huge envelope":        {change: func(e *Envelope) { e.Critical = nil; e.PacksSeen = manyPacks(3000) }, want: ErrTooLarge},
		"signer with RSA":      {signer: rsaKey, want: ErrInvalid},
		"signer that fails":    {signer: oddSigner{deviceKey(1), func([]byte) ([]byte, error) { return nil, io.ErrClosedPipe }}, want: ErrInvalid},
		"signer that lies":     {signer: oddSigner{deviceKey(1), func([]byte) ([]byte, error) { return make([]byte, 64), nil }}, want: ErrInvalid},
		"signer cut short":     {signer: oddSigner{deviceKey(1), func([]byte) ([]byte, error) { return make([]byte, 63), nil }}, want: ErrInvalid},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			env, signer, to := sampleEnvelope(), crypto.Signer(deviceKey(1)), []Recipient{hybrid}
			if c.change != nil {
				c.change(&env)
			}
			if c.signer != nil {
				signer = c.signer
			}
			if c.to != nil {
				to = c.to
			}
			if c.plain == nil {
				c.plain = plain
			}
			sealed, _, err := Seal(env, c.plain, signer, to)
			if !errors.Is(err, c.want) || sealed != nil {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func manyPacks(n int) map[string]int64 {
	packs := map[string]int64{}
	for i := range n {
		packs[strings.Repeat("p", 20)+strings.Repeat("q", i%40)+string(rune('a'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676%26))] = 1
	}
	return packs
}

// oddSigner signs as its function does.
type oddSigner struct {
	ed25519.PrivateKey
	sign func([]byte) ([]byte, error)
}

func (s oddSigner) Sign(_ io.Reader, m []byte, _ crypto.SignerOpts) ([]byte, error) { return s.sign(m) }

// forger is a sender who is enrolled and hostile: it signs any envelope, over
// any payload, with the device's own key.
type forger struct {
	t       *testing.T
	to, eve Identity
	env     Envelope
	sealed  []Entry
	packed  []byte
}

func newForger(t *testing.T) forger {
	f := forger{t: t, to: newIdentity(t, true), eve: newIdentity(t, true)}
	sealed, plain, env := sealSample(t, f.to, 5)
	f.env, f.sealed, f.packed = env, cloneEntries(parts(t, sealed)), f.compress(plain)
	return f
}

func (f forger) compress(plain []byte) []byte {
	packed, err := compress(plain)
	if err != nil {
		f.t.Fatal(err)
	}
	return packed
}

func (f forger) encrypt(packed []byte, to ...Identity) []byte {
	keys := make([]Recipient, len(to))
	for i, id := range to {
		keys[i] = id.Recipient()
	}
	sealed, err := Encrypt(packed, keys)
	if err != nil {
		f.t.Fatal(err)
	}
	return sealed
}

// envelope signs a changed envelope over the honest payload.
func (f forger) envelope(change func(*Envelope)) []byte {
	return f.bundle(change, f.sealed[2].Data)
}

// payload signs the right hash and size of another payload.
func (f forger) payload(payload []byte) []byte {
	return f.bundle(func(e *Envelope) { e.describePayload(payload, []Recipient{f.to.Recipient()}) }, payload)
}

func (f forger) bundle(change func(*Envelope), payload []byte) []byte {
	e := f.env
	change(&e)
	raw, err := marshalLine(e)
	if err != nil {
		f.t.Fatal(err)
	}
	sig, err := Sign(deviceKey(1), raw, e.trustedComment())
	if err != nil {
		f.t.Fatal(err)
	}
	return archive(f.t, []Entry{{EnvelopeName, raw}, {SignatureName, sig}, {e.payloadName(), payload}})
}

// signature replaces the honest signature.
func (f forger) signature(seed byte, comment string) []byte {
	entries := cloneEntries(f.sealed)
	sig, err := Sign(deviceKey(seed), entries[0].Data, comment)
	if err != nil {
		f.t.Fatal(err)
	}
	entries[1].Data = sig
	return archive(f.t, entries)
}

func (f forger) renamed(name string) []byte {
	entries := cloneEntries(f.sealed)
	entries[2].Name = name
	return archive(f.t, entries)
}

// TestForgeries: whole, canonical archives that are not what they claim.
func TestForgeries(t *testing.T) {
	f := newForger(t)
	plain := samplePlain(t, 5)
	other := f.encrypt(f.compress(samplePlain(t, 6)), f.to)
	padded := f.encrypt(append(bytes.Clone(f.packed), 0), f.to)
	double := f.encrypt(append(bytes.Clone(f.packed), f.packed...), f.to)
	cases := map[string]struct {
		bundle []byte
		want   error
	}{
		"signed as is":            {f.envelope(func(*Envelope) {}), nil},
		"signed by another":       {f.signature(2, f.env.trustedComment()), ErrNotTrusted},
		"sender not enrolled":     {f.envelope(func(e *Envelope) { e.From = strings.Repeat("0", 32) }), ErrNotTrusted},
		"comment of another":      {f.signature(1, "sopb-bundle/1 from= no= payload="), ErrDamaged},
		"payload name swapped":    {f.renamed(PublicPayloadName), ErrDamaged},
		"payload of another":      {f.bundle(func(*Envelope) {}, other), ErrDamaged},
		"other content":           {f.payload(other), ErrTooLarge},
		"content hash":            {f.envelope(func(e *Envelope) { e.PlainSHA256 = strings.Repeat("0", 64) }), ErrDamaged},
		"plain size one less":     {f.envelope(func(e *Envelope) { e.PlainSize-- }), ErrTooLarge},
		"plain size one more":     {f.envelope(func(e *Envelope) { e.PlainSize++ }), ErrDamaged},
		"plain size above 64 MiB": {f.envelope(func(e *Envelope) { e.PlainSize = MaxPlain + 1 }), ErrTooLarge},
		"plain size negative":     {f.envelope(func(e *Envelope) { e.PlainSize = -1 }), ErrDamaged},
		"payload size one more":   {f.envelope(func(e *Envelope) { e.PayloadSize++ }), ErrDamaged},
		"lines":                   {f.envelope(func(e *Envelope) { e.Lines++ }), ErrDamaged},
		"other id":                {f.envelope(func(e *Envelope) { e.ID = strings.Replace(e.ID, "019a", "019b", 1) }), ErrDamaged},
		"other kind":              {f.envelope(func(e *Envelope) { e.Kind = KindRoster }), ErrDamaged},
		"unnamed recipient":       {f.payload(f.encrypt(f.packed, f.to, f.eve)), ErrDamaged},
		"rewrapped to a third":    {f.envelope(func(e *Envelope) { e.Recipients = []string{f.eve.Recipient().Short()} }), ErrWrongRecipient},
		"not encrypted":           {f.payload(f.packed), ErrDamaged},
		"not compressed":          {f.payload(f.encrypt(plain, f.to)), ErrDamaged},
		"byte after gzip":         {f.payload(padded), ErrDamaged},
		"second gzip member":      {f.payload(double), ErrDamaged},
		"byte after age":          {f.payload(append(f.encrypt(f.packed, f.to), 0)), ErrDamaged},
		"newer major":             {f.envelope(func(e *Envelope) { e.Format = "sopb-bundle/2" }), ErrNewer},
		"another document":        {f.envelope(func(e *Envelope) { e.Format = "sopb-ack/1" }), ErrForeign},
		"unknown feature":         {f.envelope(func(e *Envelope) { e.Critical = []string{"telepathy"} }), ErrCritical},
		"unknown kind":            {f.envelope(func(e *Envelope) { e.Kind = "telegram" }), ErrCritical},
		"not a container":         {[]byte("%PDF-1.7"), ErrForeign},
		"another container":       {archive(t, []Entry{{"word.xml", nil}}), ErrForeign},
		"nothing":                 {nil, ErrForeign},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, err := openWhole(c.bundle, f.to); !errors.Is(err, c.want) || (c.want == nil) != (err == nil) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestCriticalBundleIsNamedSoItCanBeParked(t *testing.T) {
	to := newIdentity(t, true)
	sealed, _, env := sealSample(t, to, 1)
	env.Critical = []string{"telepathy"}
	crafted, err := assemble(env, parts(t, sealed)[2].Data, deviceKey(1))
	if err != nil {
		t.Fatal(err)
	}
	outer, err := ReadOuter(crafted, roster(deviceKey(1)))
	if !errors.Is(err, ErrCritical) || outer.Envelope.ID != sampleID {
		t.Errorf("got %v and id %q", err, outer.Envelope.ID)
	}
}

// TestKeyOfMustGiveTheKeyItWasAskedFor: a roster that mixes up two devices
// does not let one sign as the other.
func TestKeyOfMustGiveTheKeyItWasAskedFor(t *testing.T) {
	sealed, _, env := sealSample(t, newIdentity(t, true), 1)
	posing, err := assemble(env, parts(t, sealed)[2].Data, deviceKey(2))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		bundle []byte
		key    ed25519.PublicKey
	}{
		"another's":          {sealed, publicOf(deviceKey(2))},
		"another's, posing":  {posing, publicOf(deviceKey(2))},
		"right, for another": {posing, publicOf(deviceKey(1))},
		"empty":              {sealed, nil},
	} {
		_, err := ReadOuter(c.bundle, func(string) (ed25519.PublicKey, bool) { return c.key, true })
		if !errors.Is(err, ErrNotTrusted) {
			t.Errorf("%s key: %v", name, err)
		}
	}
}

// TestHashHidesGuessableLines: the same lines under two nonces have two
// hashes, and no nonce stands in the clear.
func TestHashHidesGuessableLines(t *testing.T) {
	to := newIdentity(t, true)
	hashes := map[string]bool{}
	for range 2 {
		header, err := NewStreamHeader(KindLog, sampleID, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		w, err := NewLineWriter(header)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Add([]byte("C yes")); err != nil {
			t.Fatal(err)
		}
		plain, err := w.Finish()
		if err != nil {
			t.Fatal(err)
		}
		sealed, env, err := Seal(sampleEnvelope(), plain, deviceKey(1), []Recipient{to.Recipient()})
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(sealed, []byte(header.Nonce)) {
			t.Error("the nonce stands in the clear")
		}
		hashes[env.PlainSHA256] = true
	}
	if len(hashes) != 2 {
		t.Error("equal lines have equal hashes")
	}
}

func TestWrongIdentity(t *testing.T) {
	to := newIdentity(t, false)
	sealed, _, _ := sealSample(t, to, 1)
	for name, who := range map[string][]Identity{"none": nil, "another": {newIdentity(t, false)}, "classical": {newIdentity(t, true)}} {
		if _, err := openWhole(sealed, who...); !errors.Is(err, ErrWrongRecipient) {
			t.Errorf("%s: %v", name, err)
		}
	}
	payload := parts(t, sealed)[2].Data
	if _, err := Decrypt(payload, MaxPayload, []Identity{newIdentity(t, false)}); !errors.Is(err, ErrWrongRecipient) {
		t.Errorf("Decrypt: %v", err)
	}
}
