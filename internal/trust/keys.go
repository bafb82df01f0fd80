package trust

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"filippo.io/age"

	"sophobien/internal/datadir"
	"sophobien/internal/seal"
)

// Keys are the secrets of this device and its office, and where they are kept.
type Keys struct {
	Device   ed25519.PrivateKey  // signs commits and bundles
	Office   [32]byte            // encrypts personal values
	Identity string              // AGE-SECRET-KEY-PQ-1…: opens what is sealed to this device
	Retired  []ed25519.PublicKey // this device's earlier streams, oldest first

	authority *authorityText // of a province's machine, see OpenAuthority
	place     place
}

// place is where keys are kept and what opens them there.
type place struct {
	dir        *datadir.Dir
	protection Protection
	passphrase string
}

// maxRetired keeps the keys within what every keyring holds; older streams are
// still in devices.json.
const maxRetired = 16

// ID is the id of this device's stream.
func (k *Keys) ID() string { return seal.DeviceID(k.public()) }

func (k *Keys) public() ed25519.PublicKey { return k.Device.Public().(ed25519.PublicKey) }

// Recipient is what others seal to so that this device can open it: age1pq….
func (k *Keys) Recipient() string {
	id, err := age.ParseHybridIdentity(k.Identity)
	if err != nil {
		return "" // unreachable: keys are checked when made and when read
	}
	return id.Recipient().String()
}

// Protection says how the keys are kept.
func (k *Keys) Protection() Protection { return k.place.protection }

// String names the device and tells nothing more, so that keys may be logged.
func (k *Keys) String() string { return "keys of device " + k.ID() }

// Format keeps every verb of fmt from printing a secret.
func (k Keys) Format(s fmt.State, _ rune) { io.WriteString(s, k.String()) }

// generate makes keys around an office key.
func generate(office [32]byte) (*Keys, error) {
	_, device, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return nil, err
	}
	return &Keys{Device: device, Office: office, Identity: id.String()}, nil
}

// keysVersion is raised when an older program could not use newer keys: those of a
// province's machine have a part it does not know.
const (
	keysVersion      = 1
	authorityVersion = 2
)

// keysText is what is kept, as JSON, under whatever protection. It has to stay
// below what the smallest keyring takes: see maxKeyringItem.
type keysText struct {
	Version  int      `json:"v"`
	Device   []byte   `json:"device"` // seed
	Office   []byte   `json:"office"`
	Identity string   `json:"identity"`
	Retired  [][]byte `json:"retired,omitempty"`

	Authority *authorityText `json:"authority,omitempty"`
}

func (k *Keys) encode() ([]byte, error) {
	text := keysText{Version: keysVersion, Device: k.Device.Seed(), Office: k.Office[:], Identity: k.Identity}
	for _, old := range k.Retired {
		text.Retired = append(text.Retired, old)
	}
	if k.authority != nil {
		text.Version, text.Authority = authorityVersion, k.authority
	}
	return json.Marshal(text)
}

func decodeKeys(data []byte) (*Keys, error) {
	var text keysText
	if err := decodeUpTo(authorityVersion, data, &text, func() int { return text.Version }); err != nil {
		return nil, err
	}
	k := &Keys{Identity: text.Identity, authority: text.Authority}
	if (k.authority != nil) != (text.Version == authorityVersion) {
		return nil, because(ErrKeysDamaged, "the keys are not of their version")
	}
	if k.authority != nil {
		if err := k.authority.check(); err != nil {
			return nil, err
		}
	}
	if len(text.Device) != ed25519.SeedSize || len(text.Office) != len(k.Office) {
		return nil, because(ErrKeysDamaged, "a key has the wrong length")
	}
	if _, err := age.ParseHybridIdentity(text.Identity); err != nil {
		return nil, because(ErrKeysDamaged, "the identity is none")
	}
	k.Device = ed25519.NewKeyFromSeed(text.Device)
	copy(k.Office[:], text.Office)
	for _, old := range text.Retired {
		if len(old) != ed25519.PublicKeySize {
			return nil, because(ErrKeysDamaged, "a retired key has the wrong length")
		}
		k.Retired = append(k.Retired, old)
	}
	return k, nil
}

// decodeJSON reads one strict JSON value of version 1.
func decodeJSON(data []byte, into any, version func() int) error {
	return decodeUpTo(keysVersion, data, into, version)
}

// decodeUpTo reads one strict JSON value. What a newer program wrote may have more
// fields, so its number is looked at before they are refused.
func decodeUpTo(newest int, data []byte, into any, version func() int) error {
	if json.Unmarshal(data, into) == nil && version() > newest {
		return ErrKeysNewer
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return because(ErrKeysDamaged, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return because(ErrKeysDamaged, "more than one value")
	}
	if version() < 1 {
		return because(ErrKeysDamaged, "no version")
	}
	return nil
}

// maxFile bounds every file this package reads.
const maxFile = 64 << 10

// readFile reads a small file; one that is larger than any of ours is damaged.
func readFile(path string) ([]byte, error) { return readUpTo(path, maxFile) }

func readUpTo(path string, max int) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, int64(max)+1))
	if err != nil {
		return nil, err
	}
	if len(data) > max {
		return nil, because(ErrKeysDamaged, path+" is too large")
	}
	return data, nil
}
