package trust

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"

	"sophobien/internal/seal"
)

const streamKind = "sopb-stream/1"

// StreamFor is the key of the stream in which this machine of the province speaks to
// one office, so that what the office gets is a whole chain without the words said to
// others. It follows from the device key and is kept nowhere.
func (k *Keys) StreamFor(unit string) ed25519.PrivateKey {
	seed, err := hkdf.Key(sha256.New, k.Device.Seed(), nil, streamKind+"\n"+unit, ed25519.SeedSize)
	if err != nil {
		panic(err) // only for lengths that no constant here has
	}
	return ed25519.NewKeyFromSeed(seed)
}

// streamCert is what an S line holds.
type streamCert struct {
	Key  ed25519.PublicKey `json:"key"`
	Unit string            `json:"unit"`
	Sig  string            `json:"sig"`
}

// message is the stream's key as stock minisign takes it; unit and id stand in the
// trusted comment.
func (c streamCert) message() []byte { return []byte(seal.PublicKeyText(c.Key)) }

func (c streamCert) comment() string {
	return fmt.Sprintf("%s unit=%s stream=%s", streamKind, c.Unit, seal.DeviceID(c.Key))
}

// StreamCert is the device's word that the stream for a unit is its own.
func StreamCert(k *Keys, unit string) ([]byte, error) {
	if !isUnit(unit) {
		return nil, invalid("unit %.60q", unit)
	}
	c := streamCert{Key: k.StreamFor(unit).Public().(ed25519.PublicKey), Unit: unit}
	sig, err := seal.Sign(k.Device, c.message(), c.comment())
	if err != nil {
		return nil, kindly(err)
	}
	c.Sig = string(sig)
	return plainJSON(c)
}

// maxCert is more than a certificate needs.
const maxCert = 2 << 10

// VerifyStreamCert reads a certificate that the device with this key has signed.
func VerifyStreamCert(device ed25519.PublicKey, cert []byte) (unit string, stream ed25519.PublicKey, err error) {
	var c streamCert
	if len(cert) > maxCert {
		return "", nil, because(ErrDocument, "a certificate too long")
	}
	if err := seal.StrictDecode(cert, &c); err != nil {
		return "", nil, kindly(err)
	}
	if !isUnit(c.Unit) || len(c.Key) != ed25519.PublicKeySize {
		return "", nil, because(ErrDocument, "a certificate without unit or key")
	}
	comment, err := seal.Verify(device, c.message(), []byte(c.Sig))
	if err != nil {
		return "", nil, kindly(err)
	}
	if comment != c.comment() {
		return "", nil, because(ErrSignature, fmt.Sprintf("signed as %.120q", comment))
	}
	return c.Unit, c.Key, nil
}

// Stream reads a certificate that a device of the province has signed, whichever it is.
func (k Known) Stream(cert []byte) (unit string, stream ed25519.PublicKey, err error) {
	err = because(ErrSignature, "no device of the province certifies the stream")
	for _, d := range k.Roster.Devices {
		if key, ok := k.Signer(seal.KindAnswers, d.ID); ok {
			if unit, stream, err = VerifyStreamCert(key, cert); err == nil {
				return unit, stream, nil
			}
		}
	}
	return "", nil, err
}
