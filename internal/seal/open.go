package seal

import (
	"bytes"
	"crypto/ed25519"
	"slices"
)

// bundleLimits is what ReadOuter lets ReadArchive look at.
var bundleLimits = Limits{
	Entries: 3,
	Entry:   MaxPayload,
	Total:   MaxEnvelope + MaxSignature + MaxPayload + 1<<10, // the last for headers
}

// KeyOf finds the signing key of a device the caller trusts.
type KeyOf func(device string) (ed25519.PublicKey, bool)

// Outer is a bundle whose outside is proven: who sent it, to whom, and that
// not a byte differs from what the sender signed. It holds no plaintext.
type Outer struct {
	Envelope  Envelope
	Raw       []byte // envelope.json as signed
	Signature []byte // envelope.json.minisig
	payload   []byte
}

// ReadOuter checks everything that can be checked without a secret, in this
// order: container, format, sender, signature, envelope, payload. With
// ErrCritical alone the Outer is returned as well: it is trusted and whole,
// and can be parked under its name. The Outer points into b.
func ReadOuter(b []byte, keyOf KeyOf) (Outer, error) {
	outer, err := readParts(b)
	if err != nil {
		return Outer{}, err
	}
	if err := outer.checkSender(keyOf); err != nil {
		return Outer{}, err
	}
	if err := outer.checkClaims(); err != nil {
		return Outer{}, err
	}
	return outer, outer.Envelope.Understood()
}

// Unproven gives the lines of a plain bundle of at most max bytes whose sender is not
// known yet. It is for a file that brings the key of its own signer along, proven in
// another way; nothing else in it may be believed before ReadOuter takes the file.
func Unproven(b []byte, max int) ([]byte, error) {
	outer, err := readParts(b)
	if err != nil {
		return nil, err
	}
	if err := outer.checkClaims(); err != nil {
		return nil, err
	}
	if outer.Envelope.PlainSize > int64(max) {
		return nil, refuse(ErrTooLarge, "content of %d bytes, at most %d", outer.Envelope.PlainSize, max)
	}
	return outer.Open(nil)
}

// PeekEnvelope reads what a file says of itself and proves nothing of it: good enough
// to put files in an order, or to carry one on.
func PeekEnvelope(b []byte) (Envelope, error) {
	outer, err := readParts(b)
	if err != nil {
		return Envelope{}, err
	}
	if err := outer.Envelope.Validate(); err != nil {
		return Envelope{}, refuseAs(ErrDamaged, err)
	}
	return outer.Envelope, nil
}

// readParts walks the container and proves nothing.
func readParts(b []byte) (Outer, error) {
	if !bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		return Outer{}, refuse(ErrForeign, "does not start like a container")
	}
	entries, err := ReadArchive(b, nil, bundleLimits)
	if err != nil {
		return Outer{}, err
	}
	if entries[0].Name != EnvelopeName {
		return Outer{}, refuse(ErrForeign, "first entry is %q", entries[0].Name)
	}
	env, err := decodeEnvelope(entries[0].Data)
	if err != nil {
		return Outer{}, err
	}
	// The names follow the format: another major may hold other entries.
	if want := []string{EnvelopeName, SignatureName, env.payloadName()}; !slices.Equal(entryNames(entries), want) {
		return Outer{}, refuse(ErrDamaged, "container holds %q", entryNames(entries))
	}
	return Outer{env, entries[0].Data, entries[1].Data, entries[2].Data}, nil
}

// checkSender believes nothing in the envelope but the name of its sender,
// which it proves.
func (o Outer) checkSender(keyOf KeyOf) error {
	from := o.Envelope.From
	key, known := keyOf(from)
	if !known {
		return refuse(ErrUnknownDevice, "device %.40q", from)
	}
	if len(key) != ed25519.PublicKeySize || DeviceID(key) != from {
		return refuse(ErrNotTrusted, "key found for device %s is another's", from)
	}
	trusted, err := Verify(key, o.Raw, o.Signature)
	if err != nil {
		return err
	}
	if trusted != o.Envelope.trustedComment() {
		return refuse(ErrDamaged, "trusted comment is not the envelope's")
	}
	return nil
}

// checkClaims holds the signed envelope against itself and the payload.
func (o Outer) checkClaims() error {
	env := o.Envelope
	if err := env.Validate(); err != nil {
		return refuseAs(ErrDamaged, err)
	}
	if int64(len(o.payload)) != env.PayloadSize || hexSum(o.payload) != env.PayloadSHA256 {
		return refuse(ErrDamaged, "payload is not the one signed")
	}
	if env.Plain() {
		return nil
	}
	stanzas, err := countStanzas(o.payload)
	if err != nil {
		return err
	}
	// One stanza a named recipient: nobody unnamed can read it, and a header of
	// thousands of stanzas does not keep a reader busy.
	if stanzas != len(env.Recipients) {
		return refuse(ErrDamaged, "payload is wrapped %d times for %d recipients", stanzas, len(env.Recipients))
	}
	return nil
}

// Open decrypts the payload with one of the identities and checks it against
// the envelope. A plain bundle needs none.
func (o Outer) Open(who []Identity) ([]byte, error) {
	packed, err := o.decrypt(who)
	if err != nil {
		return nil, err
	}
	env := o.Envelope
	plain, err := expand(packed, int(env.PlainSize))
	if err != nil {
		return nil, err
	}
	if hexSum(plain) != env.PlainSHA256 {
		return nil, refuse(ErrDamaged, "content is not the one signed")
	}
	header, lines, err := checkStream(plain)
	if err != nil {
		return nil, err
	}
	if header.Sopb != env.Kind+"/1" || header.ID != env.ID || lines != env.Lines {
		return nil, refuse(ErrDamaged, "content is %s %s of %d lines", header.Sopb, header.ID, lines)
	}
	return plain, nil
}

func (o Outer) decrypt(who []Identity) ([]byte, error) {
	if o.Envelope.Plain() {
		return o.payload, nil
	}
	named := slices.DeleteFunc(slices.Clone(who), func(id Identity) bool {
		return !slices.Contains(o.Envelope.Recipients, id.Recipient().Short())
	})
	if len(named) == 0 {
		return nil, refuse(ErrWrongRecipient, "for %q", o.Envelope.Recipients)
	}
	return Decrypt(o.payload, len(o.payload), named)
}
