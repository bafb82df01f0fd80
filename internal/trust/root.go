package trust

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

const rootFormat = "sopb-root/1"

// Bounds of a root.
const (
	maxRoot     = 64 << 10 // bytes
	maxRoots    = 1000     // versions of a chain
	maxRoleKeys = 8        // keys of a role, and signatures of a document
	maxReset    = 32       // channels a root resets
)

// Role is what a key of the province is for. A key has one role.
type Role string

// The roles.
const (
	RoleRoot      Role = "root"      // signs the next root; kept on sticks
	RoleRegistrar Role = "registrar" // signs rosters and reorganisations
	RoleAck       Role = "ack"       // signs receipts
	RoleContent   Role = "content"   // signs packs
)

// RoleKeys are the keys of a role and how many of them must sign.
type RoleKeys struct {
	Keys      []string `json:"keys"`
	Threshold int      `json:"threshold"`
}

// Root says which keys speak for the province. Its first version is known by the
// fingerprint in the letter to the offices; each later one is signed by enough root
// keys of the one before and by enough of its own.
type Root struct {
	Version int                          `json:"version"`
	Unit    string                       `json:"unit"` // code of the province
	Name    string                       `json:"name"`
	Created string                       `json:"created"` // RFC 3339
	Keys    map[string]ed25519.PublicKey `json:"keys"`    // by seal.DeviceID
	Roles   map[Role]RoleKeys            `json:"roles"`
	// Reset names the channels of packs whose stored version this root clears: somebody
	// with a content key, now replaced, drove it up.
	Reset []string `json:"reset,omitempty"`
}

// Signed is a document as it was signed, and the minisign texts over it.
type Signed struct {
	Raw  []byte
	Sigs [][]byte
}

// signedText is Signed in a file: both are text.
type signedText struct {
	Root string   `json:"root"`
	Sigs []string `json:"sigs"`
}

// text is exact: what is signed is valid UTF-8, or no reader takes it.
func (s Signed) text() signedText {
	text := signedText{Root: string(s.Raw), Sigs: []string{}}
	for _, sig := range s.Sigs {
		text.Sigs = append(text.Sigs, string(sig))
	}
	return text
}

func (t signedText) signed() Signed {
	s := Signed{Raw: []byte(t.Root)}
	for _, sig := range t.Sigs {
		s.Sigs = append(s.Sigs, []byte(sig))
	}
	return s
}

// Encode is the document and its signatures as one file, which stands in a pack.
func (s Signed) Encode() ([]byte, error) {
	raw, err := plainJSON(s.text())
	return append(raw, '\n'), err
}

// DecodeSigned reads what Encode writes, in its one form. Nobody has proven it.
func DecodeSigned(file []byte) (Signed, error) {
	var text signedText
	if len(file) > MaxSigned {
		return Signed{}, because(ErrDocument, fmt.Sprintf("root file of %d bytes", len(file)))
	}
	if err := seal.StrictDecode(file, &text); err != nil {
		return Signed{}, kindly(err)
	}
	s := text.signed()
	if again, err := s.Encode(); err != nil || !bytes.Equal(again, file) {
		return Signed{}, because(ErrDocument, "a root file that is not in its one form")
	}
	return s, nil
}

// MaxSigned bounds a root's file: the document, escaped, and its signatures.
const MaxSigned = 2*maxRoot + maxRoleKeys*seal.MaxSignature

// plainJSON is JSON as people read it, without a line feed.
func plainJSON(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// Validate checks everything a root says by itself.
func (r Root) Validate() error {
	switch {
	case r.Version < 1 || r.Version > maxRoots:
		return invalid("root version %d", r.Version)
	case !isUnit(r.Unit):
		return invalid("unit %.60q of the root", r.Unit)
	case !isText(r.Name):
		return invalid("name %.60q of the root", r.Name)
	case !isTime(r.Created):
		return invalid("root created %.60q", r.Created)
	}
	if len(r.Reset) > maxReset || !slices.IsSorted(r.Reset) || len(slices.Compact(slices.Clone(r.Reset))) != len(r.Reset) ||
		slices.ContainsFunc(r.Reset, func(channel string) bool { return !ValidChannel(channel) }) {
		return invalid("the root resets channels %.200q", r.Reset)
	}
	for id, key := range r.Keys {
		if len(key) != ed25519.PublicKeySize || seal.DeviceID(key) != id {
			return invalid("root key %.40q is not its own name", id)
		}
	}
	return r.checkRoles()
}

// checkRoles also looks at roles only a newer program knows: no key may have two.
func (r Root) checkRoles() error {
	of := map[string]Role{}
	for _, role := range slices.Sorted(maps.Keys(r.Roles)) {
		keys := r.Roles[role]
		if len(keys.Keys) == 0 || len(keys.Keys) > maxRoleKeys || keys.Threshold < 1 || keys.Threshold > len(keys.Keys) {
			return invalid("role %.40q needs %d of %d keys", role, keys.Threshold, len(keys.Keys))
		}
		for _, id := range keys.Keys {
			if r.Keys[id] == nil || of[id] != "" {
				return invalid("key %.40q of role %.40q is unknown or has a role already", id, role)
			}
			of[id] = role
		}
	}
	for _, role := range []Role{RoleRoot, RoleRegistrar, RoleAck, RoleContent} {
		if len(r.Roles[role].Keys) == 0 {
			return invalid("nobody has the role %s", role)
		}
	}
	switch {
	case r.Roles[RoleRoot].Threshold < 2:
		return invalid("one person could change the root")
	case r.Roles[RoleRegistrar].Threshold != 1 || r.Roles[RoleAck].Threshold != 1:
		return invalid("a bundle has one signature")
	}
	return nil
}

// Key finds a key by its name, if it has the role.
func (r Root) Key(role Role, id string) (ed25519.PublicKey, bool) {
	if !slices.Contains(r.Roles[role].Keys, id) {
		return nil, false
	}
	return r.Keys[id], true
}

// Verify takes a message that enough keys of a role have signed under a trusted
// comment that begins with the kind. A key has one vote, however often it is listed or
// has signed.
func (r Root) Verify(role Role, message []byte, sigs [][]byte, kind string) error {
	if len(sigs) > maxRoleKeys {
		return because(ErrSignature, fmt.Sprintf("%d signatures", len(sigs)))
	}
	votes := map[string]bool{}
	for _, sig := range sigs {
		for _, id := range r.Roles[role].Keys {
			if comment, err := seal.Verify(r.Keys[id], message, sig); err == nil && says(comment, kind) {
				votes[id] = true
			}
		}
	}
	if need := r.Roles[role].Threshold; need < 1 || len(votes) < need {
		return because(ErrSignature, fmt.Sprintf("%d of the %d keys that role %s needs", len(votes), need, role))
	}
	return nil
}

func rootKind(version int) string { return fmt.Sprintf("%s version=%d", rootFormat, version) }

// SignRoot writes a root down and signs it. Whether these signatures are enough is
// for FirstRoot and NextRoot to say.
func SignRoot(r Root, keys ...ed25519.PrivateKey) (Signed, error) {
	if err := r.Validate(); err != nil {
		return Signed{}, err
	}
	raw, err := plainJSON(struct {
		Format string `json:"format"`
		Root
	}{rootFormat, r})
	if err != nil {
		return Signed{}, err
	}
	s := Signed{Raw: append(raw, '\n')}
	if len(s.Raw) > maxRoot {
		return Signed{}, invalid("root of %d bytes", len(s.Raw))
	}
	for _, key := range keys {
		sig, err := seal.Sign(key, s.Raw, rootKind(r.Version))
		if err != nil {
			return Signed{}, kindly(err)
		}
		s.Sigs = append(s.Sigs, sig)
	}
	return s, nil
}

// SignNextRoot signs the successor of a root, which must be one every office takes.
func SignNextRoot(have, next Root, keys ...ed25519.PrivateKey) (Signed, error) {
	s, err := SignRoot(next, keys...)
	if err != nil {
		return Signed{}, err
	}
	_, err = NextRoot(have, s)
	return s, err
}

// FirstRoot reads version 1, which its own root keys have signed. Who believes it has
// it from a kit, or compares its fingerprint.
func FirstRoot(s Signed) (Root, error) {
	r, err := parseRoot(s.Raw)
	if err != nil {
		return Root{}, err
	}
	if r.Version != 1 {
		return Root{}, because(ErrDocument, fmt.Sprintf("root version %d where the first is needed", r.Version))
	}
	if err := r.Verify(RoleRoot, s.Raw, s.Sigs, rootKind(1)); err != nil {
		return Root{}, err
	}
	return r, nil
}

// NextRoot goes one version on. Nothing of the document is read before enough root
// keys of the version at hand have signed it.
func NextRoot(have Root, s Signed) (Root, error) {
	if err := have.Verify(RoleRoot, s.Raw, s.Sigs, rootKind(have.Version+1)); err != nil {
		return Root{}, err
	}
	next, err := parseRoot(s.Raw)
	if err != nil {
		return Root{}, err
	}
	switch {
	case next.Version != have.Version+1:
		return Root{}, because(ErrDocument, fmt.Sprintf("root version %d after %d", next.Version, have.Version))
	case next.Unit != have.Unit:
		return Root{}, because(ErrOtherProvince, next.Unit)
	}
	if err := next.Verify(RoleRoot, s.Raw, s.Sigs, rootKind(next.Version)); err != nil {
		return Root{}, err
	}
	return next, nil
}

// WalkRoots goes from the root at hand, or from none, to the last of a chain, one
// version after the other. Versions that are behind already are passed over.
func WalkRoots(have *Root, chain []Signed) (Root, error) {
	var at Root
	if have != nil {
		at = *have
	}
	at, _, err := walkRoots(at, chain)
	return at, err
}

// walkRoots also says which documents of the chain were steps.
func walkRoots(at Root, chain []Signed) (Root, []Signed, error) {
	var steps []Signed
	if len(chain) > maxRoots {
		return at, nil, because(ErrDocument, "a chain of too many roots")
	}
	for _, s := range chain {
		version, err := rootVersion(s.Raw)
		switch {
		case err != nil:
			return Root{}, nil, err
		case version <= at.Version:
			continue
		case version > at.Version+1:
			return Root{}, nil, because(ErrDocument, fmt.Sprintf("root version %d is missing", at.Version+1))
		}
		if at.Version == 0 {
			at, err = FirstRoot(s)
		} else {
			at, err = NextRoot(at, s)
		}
		if err != nil {
			return Root{}, nil, err
		}
		steps = append(steps, s)
	}
	if at.Version == 0 {
		return Root{}, nil, because(ErrDocument, "no root")
	}
	return at, steps, nil
}

// rootVersion is what a document says it is; nobody has proven it.
func rootVersion(raw []byte) (int, error) {
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if len(raw) > maxRoot {
		return 0, because(ErrDocument, fmt.Sprintf("root of %d bytes", len(raw)))
	}
	if err := seal.StrictDecode(raw, &head); err != nil {
		return 0, kindly(err)
	}
	return head.Version, checkFormat(head.Format, rootFormat)
}

func parseRoot(raw []byte) (Root, error) {
	if _, err := rootVersion(raw); err != nil {
		return Root{}, err
	}
	var r Root
	if err := seal.StrictDecode(raw, &r); err != nil {
		return Root{}, kindly(err)
	}
	if err := r.Validate(); err != nil {
		return Root{}, damaged(err)
	}
	return r, nil
}

// RootFingerprint is what the letter to the offices prints and a person compares: 30
// digits of version 1, from which every later version follows.
func RootFingerprint(first Signed) string {
	return thirty(sha256.Sum256(append([]byte("sopb-root-fingerprint/1\n"), first.Raw...)))
}

// with returns the next version of a root in which a new key stands in the place of
// one that had the role.
func (r Root) with(role Role, old string, key ed25519.PublicKey, created string) (Root, error) {
	if _, ok := r.Key(role, old); !ok {
		return Root{}, fmt.Errorf("key %.40q does not have the role %s: %w", old, role, record.ErrNotFound)
	}
	next := r
	next.Version, next.Created, next.Reset = r.Version+1, created, nil
	next.Keys, next.Roles = maps.Clone(r.Keys), maps.Clone(r.Roles)
	delete(next.Keys, old)
	id := seal.DeviceID(key)
	next.Keys[id] = key
	keys := slices.Clone(r.Roles[role].Keys)
	keys[slices.Index(keys, old)] = id
	next.Roles[role] = RoleKeys{keys, r.Roles[role].Threshold}
	return next, nil
}
