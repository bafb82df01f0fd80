package trust

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"filippo.io/age"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// Authority is what a machine of the province holds beside its own keys.
type Authority struct {
	Chain     []Signed // every root, the first first
	Root      Root     // the last of them
	Registrar ed25519.PrivateKey
	Ack       ed25519.PrivateKey
	Content   ed25519.PrivateKey
	Working   []string // AGE-SECRET-KEY-PQ-1…: open what offices seal; the one in use first
	Recovery  string   // age1pq1…: its secret lies with the third root key
}

// Sticks are what leaves the machine when a province's keys are made, and is then
// forgotten here.
type Sticks struct {
	Root     [3]ed25519.PrivateKey // one a stick, one a person
	Recovery string                // AGE-SECRET-KEY-PQ-1…, beside the third
}

// String names the root and tells nothing more.
func (a *Authority) String() string { return "keys of province " + a.Root.Unit }

// Format keeps every verb of fmt from printing a secret.
func (a Authority) Format(s fmt.State, _ rune) { io.WriteString(s, a.String()) }

// Format keeps every verb of fmt from printing a secret.
func (s Sticks) Format(f fmt.State, _ rune) { io.WriteString(f, "keys of sticks") }

// Forget wipes the keys, once the sticks are written.
func (s *Sticks) Forget() {
	for _, key := range s.Root {
		clear(key)
	}
	s.Recovery = ""
}

// MakeAuthority makes the keys of a province and its first root, signed by all three
// root keys. Nothing is kept: write the sticks, then [Keys.SaveAuthority].
func MakeAuthority(unit, name, created string) (*Authority, Sticks, error) {
	var sticks Sticks
	a := &Authority{}
	first := Root{Version: 1, Unit: unit, Name: name, Created: created,
		Keys: map[string]ed25519.PublicKey{}, Roles: map[Role]RoleKeys{}}
	for role, keys := range map[Role][]*ed25519.PrivateKey{
		RoleRoot:      {&sticks.Root[0], &sticks.Root[1], &sticks.Root[2]},
		RoleRegistrar: {&a.Registrar}, RoleAck: {&a.Ack}, RoleContent: {&a.Content},
	} {
		threshold := 1
		if role == RoleRoot {
			threshold = 2
		}
		var ids []string
		for _, key := range keys {
			public, private, err := ed25519.GenerateKey(rand.Reader)
			if err != nil {
				return nil, Sticks{}, fmt.Errorf("make keys of a province: %w", err)
			}
			id := seal.DeviceID(public)
			*key, first.Keys[id], ids = private, public, append(ids, id)
		}
		first.Roles[role] = RoleKeys{ids, threshold}
	}
	var err error
	if sticks.Recovery, a.Recovery, err = newIdentity(); err != nil {
		return nil, Sticks{}, err
	}
	working, _, err := newIdentity()
	if err != nil {
		return nil, Sticks{}, err
	}
	signed, err := SignRoot(first, sticks.Root[:]...)
	if err != nil {
		return nil, Sticks{}, err
	}
	a.Chain, a.Root, a.Working = []Signed{signed}, first, []string{working}
	return a, sticks, nil
}

// newIdentity gives the secret and the public half.
func newIdentity() (secret, recipient string, err error) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return "", "", fmt.Errorf("make an identity: %w", err)
	}
	return id.String(), id.Recipient().String(), nil
}

// Fingerprint is what the letter to the offices prints.
func (a *Authority) Fingerprint() string { return RootFingerprint(a.Chain[0]) }

// Recipients are what offices seal to: the working and the recovery key.
func (a *Authority) Recipients() ([]string, error) {
	id, err := age.ParseHybridIdentity(a.Working[0])
	if err != nil {
		return nil, because(ErrKeysDamaged, "the province's identity is none")
	}
	return []string{id.Recipient().String(), a.Recovery}, nil
}

// Replace gives a role a new key in place of an old one, in a next root that two root
// keys sign. The new key is in the authority, except a root key, which goes to a stick.
func (a *Authority) Replace(role Role, old, created string, roots ...ed25519.PrivateKey) (*Authority, ed25519.PrivateKey, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, nil, fmt.Errorf("replace a key: %w", err)
	}
	root, err := a.Root.with(role, old, public, created)
	if err != nil {
		return nil, nil, err
	}
	signed, err := SignNextRoot(a.Root, root, roots...)
	if err != nil {
		return nil, nil, err
	}
	next := *a
	next.Root, next.Chain = root, append(slices.Clone(a.Chain), signed)
	if key := next.keyOf(role); key != nil {
		*key = private
	}
	return &next, private, nil
}

// Reset clears, in a next root that two root keys sign, the version every office has
// stored of some channels of packs: a key that was replaced had driven it up.
func (a *Authority) Reset(channels []string, created string, roots ...ed25519.PrivateKey) (*Authority, error) {
	root := a.Root
	root.Version, root.Created = a.Root.Version+1, created
	root.Reset = slices.Compact(slices.Sorted(slices.Values(channels)))
	if len(root.Reset) == 0 {
		return nil, invalid("no channel to reset")
	}
	signed, err := SignNextRoot(a.Root, root, roots...)
	if err != nil {
		return nil, err
	}
	next := *a
	next.Root, next.Chain = root, append(slices.Clone(a.Chain), signed)
	return &next, nil
}

// keyOf is where the key of a role is kept; nil of one that is not kept here.
func (a *Authority) keyOf(role Role) *ed25519.PrivateKey {
	switch role {
	case RoleRegistrar:
		return &a.Registrar
	case RoleAck:
		return &a.Ack
	case RoleContent:
		return &a.Content
	}
	return nil
}

var keptRoles = []Role{RoleRegistrar, RoleAck, RoleContent}

// ReplaceWorking goes on with a new working identity. The old ones stay, since old
// bundles are sealed to them; offices learn the new one from the next roster.
func (a *Authority) ReplaceWorking() (*Authority, error) {
	secret, _, err := newIdentity()
	if err != nil {
		return nil, err
	}
	next := *a
	next.Working = append([]string{secret}, a.Working[:min(len(a.Working), maxWorking-1)]...)
	return &next, nil
}

// maxWorking keeps the keys within what every keyring holds. What was sealed to an
// older identity opens with the recovery identity.
const maxWorking = 4

// check refuses an authority whose keys are not those its root names.
func (a *Authority) check() error {
	for _, role := range keptRoles {
		key := *a.keyOf(role)
		if len(key) != ed25519.PrivateKeySize {
			return invalid("the province has no key for role %s", role)
		}
		if _, ok := a.Root.Key(role, seal.DeviceID(key.Public().(ed25519.PublicKey))); !ok {
			return invalid("the root does not name the key of role %s", role)
		}
	}
	if len(a.Chain) == 0 || len(a.Working) == 0 || len(a.Working) > maxWorking {
		return invalid("a province of %d roots and %d identities", len(a.Chain), len(a.Working))
	}
	to, err := a.Recipients()
	if err != nil {
		return err
	}
	return checkRecipients(to)
}

// rootKeyText is the content of the age file on a stick.
type rootKeyText struct {
	Version int    `json:"v"`
	Root    []byte `json:"root"` // seed
}

// SealRootKey makes the file for a stick: a plain age file under a passphrase.
func SealRootKey(key ed25519.PrivateKey, passphrase string) ([]byte, error) {
	text, err := json.Marshal(rootKeyText{keysVersion, key.Seed()})
	if err != nil {
		return nil, err
	}
	return sealPassphrase(text, passphrase)
}

// OpenRootKey opens what SealRootKey made.
func OpenRootKey(file []byte, passphrase string) (ed25519.PrivateKey, error) {
	text, err := openPassphrase(file, passphrase)
	if err != nil {
		return nil, err
	}
	return parseRootKey(text)
}

func parseRootKey(data []byte) (ed25519.PrivateKey, error) {
	var text rootKeyText
	if err := decodeJSON(data, &text, func() int { return text.Version }); err != nil {
		return nil, err
	}
	if len(text.Root) != ed25519.SeedSize {
		return nil, because(ErrKeysDamaged, "the root key has the wrong length")
	}
	return ed25519.NewKeyFromSeed(text.Root), nil
}

// SealIdentity makes the file of the recovery identity. What the stock tool finds in
// it is an identity file, with which it opens a bundle.
func SealIdentity(identity, passphrase string) ([]byte, error) {
	return sealPassphrase([]byte(identity+"\n"), passphrase)
}

// OpenIdentity opens what SealIdentity made.
func OpenIdentity(file []byte, passphrase string) (string, error) {
	text, err := openPassphrase(file, passphrase)
	if err != nil {
		return "", err
	}
	return parsePractice(string(text))
}

func sealPassphrase(text []byte, passphrase string) ([]byte, error) {
	if normal(passphrase) == "" {
		return nil, ErrPassphraseNeeded
	}
	return sealScrypt(text, normal(passphrase), passphraseWork)
}

func openPassphrase(file []byte, passphrase string) ([]byte, error) {
	if len(file) > maxFile {
		return nil, because(ErrKeysDamaged, "the key file is too large")
	}
	return openScrypt(file, normal(passphrase), maxWork)
}

// authorityText is what is kept of an authority with the keys of its machine. Which
// key is whose role is for the root to say, so that keys and root may change one
// after the other and a cut between them loses neither.
type authorityText struct {
	Keys     [][]byte `json:"keys"` // seeds
	Working  []string `json:"working"`
	Recovery string   `json:"recovery"` // seal.Recipient.Short; the recipient is in authority.json
}

// maxAuthorityKeys has room for every role, before and after a change.
const maxAuthorityKeys = 6

func (t *authorityText) check() error {
	if len(t.Keys) == 0 || len(t.Keys) > maxAuthorityKeys || len(t.Working) == 0 || len(t.Working) > maxWorking {
		return because(ErrKeysDamaged, "the keys of the province are too many or none")
	}
	for _, seed := range t.Keys {
		if len(seed) != ed25519.SeedSize {
			return because(ErrKeysDamaged, "a key of the province has the wrong length")
		}
	}
	for _, identity := range t.Working {
		if _, err := age.ParseHybridIdentity(identity); err != nil {
			return because(ErrKeysDamaged, "an identity of the province is none")
		}
	}
	return nil
}

// find gives the kept key that a root names for a role.
func (t *authorityText) find(r Root, role Role) (ed25519.PrivateKey, error) {
	for _, seed := range t.Keys {
		key := ed25519.NewKeyFromSeed(seed)
		if _, ok := r.Key(role, seal.DeviceID(key.Public().(ed25519.PublicKey))); ok {
			return key, nil
		}
	}
	return nil, fmt.Errorf("the key of role %s is elsewhere: %w", role, record.ErrNotFound)
}
