package trust

import (
	"crypto/ed25519"
	"fmt"

	"sophobien/internal/seal"
)

const enrolFormat = "sopb-enrol/1"

// The entries of an enrolment file, and its bounds.
const (
	enrolName     = "enrol.json"
	enrolSigName  = "enrol.json.minisig"
	enrolSuffix   = ".sope.zip"
	maxEnrolment  = 16 << 10
	maxEnrolTotal = maxEnrolment + seal.MaxSignature + 1<<10 // the last for headers
)

// Enrolment is how a machine asks to be put on the roster. It is signed by itself and
// proves no more than that whoever wrote it has the key; who that is, two people find out by
// reading the fingerprint to each other.
type Enrolment struct {
	Unit      string            `json:"unit"` // code
	UnitName  string            `json:"unit_name"`
	Office    string            `json:"office"` // as it calls itself
	Officer   string            `json:"officer"`
	Machine   string            `json:"machine"`
	Key       ed25519.PublicKey `json:"key"`
	Recipient string            `json:"recipient"` // age1pq1…
	Created   string            `json:"created"`   // RFC 3339
	Continues *Statement        `json:"continues,omitempty"`
}

// Device is the id the machine will have.
func (e Enrolment) Device() string { return seal.DeviceID(e.Key) }

// Fingerprint is what two people compare.
func (e Enrolment) Fingerprint() string { return seal.Fingerprint30(e.Key) }

func (e Enrolment) comment() string {
	return fmt.Sprintf("%s unit=%s device=%s", enrolFormat, e.Unit, e.Device())
}

// Validate checks everything an enrolment says by itself.
func (e Enrolment) Validate() error {
	if !isUnit(e.Unit) {
		return invalid("unit %.60q of the enrolment", e.Unit)
	}
	for _, text := range []string{e.UnitName, e.Office, e.Officer, e.Machine} {
		if !isText(text) {
			return invalid("%.60q in the enrolment", text)
		}
	}
	switch {
	case len(e.Key) != ed25519.PublicKeySize:
		return invalid("enrolment without a key")
	case !isTime(e.Created):
		return invalid("enrolment created %.60q", e.Created)
	}
	if _, err := isHybrid(e.Recipient); err != nil {
		return err
	}
	if e.Continues == nil {
		return nil
	}
	if !e.Continues.Key.Equal(e.Key) {
		return invalid("the enrolment continues another machine's stream")
	}
	return e.Continues.Verify()
}

// NewEnrolment asks for this machine: its key and recipient are filled in here, the
// statement of a stream that goes on ([Keys.Statement]) is the caller's.
func NewEnrolment(k *Keys, e Enrolment) (file []byte, name string, err error) {
	e.Key, e.Recipient = k.public(), k.Recipient()
	if err := e.Validate(); err != nil {
		return nil, "", err
	}
	raw, err := plainJSON(struct {
		Format string `json:"format"`
		Enrolment
	}{enrolFormat, e})
	if err != nil {
		return nil, "", err
	}
	raw = append(raw, '\n')
	sig, err := seal.Sign(k.Device, raw, e.comment())
	if err != nil {
		return nil, "", kindly(err)
	}
	file, err = seal.WriteArchive([]seal.Entry{{Name: enrolName, Data: raw}, {Name: enrolSigName, Data: sig}})
	if err != nil {
		return nil, "", kindly(err)
	}
	// The file must be one that its reader takes.
	if _, err := ReadEnrolment(file); err != nil {
		return nil, "", invalid("%v", err)
	}
	return file, fmt.Sprintf("SPB_enrol_%s_%s%s", e.Unit, e.Device()[:4], enrolSuffix), nil
}

// ReadEnrolment takes exactly the files NewEnrolment makes.
func ReadEnrolment(file []byte) (Enrolment, error) {
	entries, err := seal.ReadArchive(file, []string{enrolName, enrolSigName},
		seal.Limits{Entries: 2, Entry: maxEnrolment, Total: maxEnrolTotal})
	if err != nil {
		return Enrolment{}, kindly(err)
	}
	raw, sig := entries[0].Data, entries[1].Data
	var head struct {
		Format string            `json:"format"`
		Unit   string            `json:"unit"`
		Key    ed25519.PublicKey `json:"key"`
	}
	if err := seal.StrictDecode(raw, &head); err != nil {
		return Enrolment{}, kindly(err)
	}
	if err := checkFormat(head.Format, enrolFormat); err != nil {
		return Enrolment{}, err
	}
	comment, err := seal.Verify(head.Key, raw, sig)
	if err != nil {
		return Enrolment{}, kindly(err)
	}
	if want := (Enrolment{Unit: head.Unit, Key: head.Key}).comment(); comment != want {
		return Enrolment{}, because(ErrSignature, fmt.Sprintf("signed as %.60q", comment))
	}
	var e Enrolment
	if err := seal.StrictDecode(raw, &e); err != nil {
		return Enrolment{}, kindly(err)
	}
	if err := e.Validate(); err != nil {
		return Enrolment{}, damaged(err)
	}
	return e, nil
}
