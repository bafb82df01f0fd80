package seal

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
)

// Seal makes a bundle of a finished payload (see LineWriter). Format, From,
// Recipients, sizes, hashes and Lines of the envelope are filled in here; the
// rest is the caller's. The header of the payload must name the same kind and
// id. Recipients are given unless the bundle is Plain.
func Seal(env Envelope, plain []byte, signer crypto.Signer, to []Recipient) ([]byte, Envelope, error) {
	key, ok := signer.Public().(ed25519.PublicKey)
	if !ok {
		return nil, Envelope{}, refuse(ErrInvalid, "signer holds %T, not an Ed25519 key", signer.Public())
	}
	env.Format, env.From = Format, DeviceID(key)
	if err := env.describePlain(plain); err != nil {
		return nil, Envelope{}, err
	}
	payload, err := sealPayload(env, plain, to)
	if err != nil {
		return nil, Envelope{}, err
	}
	env.describePayload(payload, to)
	if err := env.Understood(); err != nil {
		return nil, Envelope{}, refuse(ErrInvalid, "%v", err)
	}
	sealed, err := assemble(env, payload, signer)
	if err != nil {
		return nil, Envelope{}, err
	}
	return sealed, env.filled(), nil
}

// describePlain checks the payload as a reader will and notes its claims.
func (e *Envelope) describePlain(plain []byte) error {
	header, lines, err := checkStream(plain)
	if err != nil {
		return refuseAs(ErrInvalid, err)
	}
	if header.Sopb != e.Kind+"/1" || header.ID != e.ID {
		return refuse(ErrInvalid, "payload is %s %s, envelope %s %s", header.Sopb, header.ID, e.Kind, e.ID)
	}
	e.PlainSHA256, e.PlainSize, e.Lines = hexSum(plain), int64(len(plain)), lines
	return nil
}

func (e *Envelope) describePayload(payload []byte, to []Recipient) {
	e.PayloadSHA256, e.PayloadSize = hexSum(payload), int64(len(payload))
	e.Recipients = make([]string, len(to))
	for i, r := range to {
		e.Recipients[i] = r.Short()
	}
}

func sealPayload(env Envelope, plain []byte, to []Recipient) ([]byte, error) {
	packed, err := compress(plain)
	if err != nil || env.Plain() {
		return packed, err
	}
	return Encrypt(packed, to)
}

// assemble signs an envelope and puts the three entries together.
func assemble(env Envelope, payload []byte, signer crypto.Signer) ([]byte, error) {
	raw, err := env.Encode()
	if err != nil {
		return nil, err
	}
	signature, err := Sign(signer, raw, env.trustedComment())
	if err != nil {
		return nil, err
	}
	return WriteArchive([]Entry{{EnvelopeName, raw}, {SignatureName, signature}, {env.payloadName(), payload}})
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
