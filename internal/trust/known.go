package trust

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// Known is what this machine believes: the province's roots, the roster, and the
// devices it knows by itself. The zero value believes nobody.
type Known struct {
	Chain     []Signed // every root from the first on
	Root      Root     // the last of them
	Confirmed string   // fingerprint of the first that a person has compared
	Roster    Roster
	File      []byte  // of the roster, as received
	Local     Devices // devices.json

	registrar string // who signed the roster
	body      []byte // its lines without the roots
}

// Fingerprint is that of the province's first root, "" without one.
func (k Known) Fingerprint() string {
	if len(k.Chain) == 0 {
		return ""
	}
	return RootFingerprint(k.Chain[0])
}

// IsConfirmed reports whether a person has compared the province's fingerprint.
func (k Known) IsConfirmed() bool { return k.Confirmed != "" && k.Confirmed == k.Fingerprint() }

// Confirm notes that a person typed or compared the digits of the letter.
func (k Known) Confirm(typed string) (Known, error) {
	if len(k.Chain) == 0 {
		return k, fmt.Errorf("no root of a province is here: %w", record.ErrNotFound)
	}
	if digitsOf(typed) != digitsOf(k.Fingerprint()) {
		return k, ErrFingerprint
	}
	k.Confirmed = k.Fingerprint()
	return k, nil
}

// withRoots goes on along a whole chain, which must be the one at hand as far as that
// goes.
func (k Known) withRoots(chain []Signed) (Known, error) {
	for i := range min(len(chain), len(k.Chain)) {
		switch {
		case bytes.Equal(chain[i].Raw, k.Chain[i].Raw):
		case i == 0:
			return k, because(ErrOtherProvince, "the first root is another")
		default:
			return k, because(ErrSignature, fmt.Sprintf("another root %d than the one that is here", i+1))
		}
	}
	root, steps, err := walkRoots(k.Root, chain)
	if err != nil {
		return k, err
	}
	k.Root, k.Chain = root, append(slices.Clone(k.Chain), steps...)
	return k, nil
}

// WithRoots goes on along the whole chain a document brought, which must be the one at
// hand as far as that goes, and says which of the chain were steps. Who has no root yet
// believes no chain.
func (k Known) WithRoots(chain []Signed) (Known, []Signed, error) {
	if len(k.Chain) == 0 {
		return k, nil, fmt.Errorf("no root of a province is here: %w", record.ErrNotFound)
	}
	next, err := k.withRoots(chain)
	if err != nil {
		return k, nil, err
	}
	return next, next.Chain[len(k.Chain):], nil
}

// ResetOf is the version of the newest root that resets a channel of packs, 0 without one.
func (k Known) ResetOf(channel string) int {
	for i := len(k.Chain) - 1; i >= 0; i-- {
		if r, err := parseRoot(k.Chain[i].Raw); err == nil && slices.Contains(r.Reset, channel) {
			return r.Version
		}
	}
	return 0
}

// Signer says which key may sign a kind of bundle under a name; it is the only place
// that does:
//
//	log, blob      a device of the roster, or one this office knows by itself
//	answers        a device of the province
//	ack            an ack key of the root
//	roster, units  a registrar key of the root
//
// A device with a cut stays: what it said before the cut is taken.
func (k Known) Signer(kind, device string) (ed25519.PublicKey, bool) {
	switch kind {
	case seal.KindLog, seal.KindBlob:
		return k.deviceKey(device)
	case seal.KindAnswers:
		d, ok := k.Roster.Device(device)
		return d.Key, ok && d.Role == record.RoleProvince
	case seal.KindAck:
		return k.Root.Key(RoleAck, device)
	case seal.KindRoster, seal.KindUnits:
		return k.Root.Key(RoleRegistrar, device)
	}
	return nil, false
}

func (k Known) deviceKey(device string) (ed25519.PublicKey, bool) {
	if k.Root.Keys[device] != nil {
		return nil, false // a key of the province speaks for no device, whoever lists it
	}
	if d, ok := k.Roster.Device(device); ok {
		return d.Key, true
	}
	return k.Local.Lookup(device)
}

// Former reports whether a key was the province's and has been replaced: what it signs is
// old, or a thief's, and nothing in either case.
func (k Known) Former(device string) bool {
	if k.Root.Keys[device] != nil {
		return false
	}
	return slices.ContainsFunc(k.Chain, func(s Signed) bool {
		r, err := parseRoot(s.Raw)
		return err == nil && r.Keys[device] != nil
	})
}

// KeyOf is Signer for a reader that expects one kind. What it read may still call itself
// another: see ReadOuter.
func (k Known) KeyOf(kind string) seal.KeyOf {
	return func(device string) (ed25519.PublicKey, bool) { return k.Signer(kind, device) }
}

// ReadOuter reads the outside of a bundle of any kind, and takes it from no one but
// who may sign its kind. A bundle of a kind this program does not know, from
// somebody it knows, comes with seal.ErrCritical.
func (k Known) ReadOuter(file []byte) (seal.Outer, error) {
	outer, err := seal.ReadOuter(file, k.anyKey)
	if err != nil && !errors.Is(err, seal.ErrCritical) {
		return seal.Outer{}, err
	}
	env := outer.Envelope
	if _, ok := k.Signer(env.Kind, env.From); !ok && slices.Contains(signedKinds, env.Kind) {
		return seal.Outer{}, fmt.Errorf("%w: %s may not sign a %s: %w", ErrSignature, env.From, env.Kind, seal.ErrNotTrusted)
	}
	return outer, err
}

// signedKinds are the kinds Signer knows.
var signedKinds = []string{seal.KindLog, seal.KindBlob, seal.KindAnswers, seal.KindAck, seal.KindRoster, seal.KindUnits}

// anyKey finds a key by its name, whatever it may sign.
func (k Known) anyKey(device string) (ed25519.PublicKey, bool) {
	for _, role := range []Role{RoleRegistrar, RoleAck} {
		if key, ok := k.Root.Key(role, device); ok {
			return key, true
		}
	}
	return k.deviceKey(device)
}

// Recipients are the province's: what every office seals to.
func (k Known) Recipients() []string { return k.Roster.Recipients }

// Recipient is the same with what people call it.
func (k Known) Recipient() Recipient {
	keys := k.Recipients()
	return Recipient{Keys: keys, Name: k.Roster.Name, Fingerprint: fingerprint(keys), Unconfirmed: !k.IsConfirmed()}
}

// Device finds a machine on the roster.
func (k Known) Device(id string) (RosterDevice, bool) { return k.Roster.Device(id) }

// UnitOf is the code of the unit a machine of the roster works for, "" of others.
func (k Known) UnitOf(device string) string {
	d, _ := k.Roster.Device(device)
	return d.Unit
}

// RoleOf is the role of a machine of the roster, "" of others.
func (k Known) RoleOf(device string) record.Role {
	d, _ := k.Roster.Device(device)
	return d.Role
}

// Unit finds a unit of the roster by its code.
func (k Known) Unit(code string) (RosterUnit, bool) { return k.Roster.unit(code) }
