package seal

import (
	"encoding/hex"
	"strings"

	"filippo.io/age"
)

// Recipient is a public key a payload can be sealed to: post-quantum hybrid
// (age1pq1…) or, for peers with an age older than 1.3, X25519 (age1…).
type Recipient struct {
	text    string
	key     age.Recipient
	classic bool
}

// Identity is the secret that opens what was sealed to its Recipient.
type Identity struct {
	text      string
	key       age.Identity
	recipient Recipient
}

// NewIdentity makes a post-quantum hybrid identity.
func NewIdentity() (Identity, error) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return Identity{}, refuse(ErrInvalid, "%w", err)
	}
	return hybridIdentity(id), nil
}

// NewClassicIdentity makes an X25519 identity, for peers that need old tools.
func NewClassicIdentity() (Identity, error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return Identity{}, refuse(ErrInvalid, "%w", err)
	}
	return classicIdentity(id), nil
}

func hybridIdentity(id *age.HybridIdentity) Identity {
	to := id.Recipient()
	return Identity{id.String(), id, Recipient{text: to.String(), key: to}}
}

func classicIdentity(id *age.X25519Identity) Identity {
	to := id.Recipient()
	return Identity{id.String(), id, Recipient{text: to.String(), key: to, classic: true}}
}

// ParseIdentity reads one AGE-SECRET-KEY-… text.
func ParseIdentity(text string) (Identity, error) {
	if strings.HasPrefix(text, "AGE-SECRET-KEY-PQ-") {
		id, err := age.ParseHybridIdentity(text)
		if err != nil || id.String() != text {
			return Identity{}, refuse(ErrDamaged, "not a post-quantum identity")
		}
		return hybridIdentity(id), nil
	}
	id, err := age.ParseX25519Identity(text)
	if err != nil || id.String() != text {
		return Identity{}, refuse(ErrDamaged, "not an age identity")
	}
	return classicIdentity(id), nil
}

// ParseRecipient reads one age1… text.
func ParseRecipient(text string) (Recipient, error) {
	if strings.HasPrefix(text, "age1pq1") {
		to, err := age.ParseHybridRecipient(text)
		if err != nil || to.String() != text {
			return Recipient{}, refuse(ErrDamaged, "not a post-quantum recipient")
		}
		return Recipient{text: text, key: to}, nil
	}
	to, err := age.ParseX25519Recipient(text)
	if err != nil || to.String() != text {
		return Recipient{}, refuse(ErrDamaged, "not an age recipient")
	}
	return Recipient{text: text, key: to, classic: true}, nil
}

// Secret is the AGE-SECRET-KEY-… text. It is not called String, so that a
// formatted Identity does not print it.
func (id Identity) Secret() string { return id.text }

// Recipient is the public half.
func (id Identity) Recipient() Recipient { return id.recipient }

// String names the identity by its public half, never by its secret.
func (id Identity) String() string { return "identity " + id.recipient.Short() }

// GoString keeps the secret out of %#v.
func (id Identity) GoString() string { return id.String() }

// String is the age1… text.
func (r Recipient) String() string { return r.text }

// Classic reports whether a quantum computer could open what is sealed to r.
func (r Recipient) Classic() bool { return r.classic }

// Short is the fingerprint an envelope lists: 16 lower-case hex digits.
func (r Recipient) Short() string {
	sum := taggedSum("sopb-recipient/1\n", []byte(r.text))
	return hex.EncodeToString(sum[:8])
}

// checkRecipients refuses none, too many, the same twice, and the two kinds
// together.
func checkRecipients(to []Recipient) error {
	if len(to) == 0 || len(to) > MaxRecipients {
		return refuse(ErrInvalid, "%d recipients, 1 to %d are possible", len(to), MaxRecipients)
	}
	seen := map[string]bool{}
	for _, r := range to {
		switch {
		case r.key == nil:
			return refuse(ErrInvalid, "empty recipient")
		case seen[r.text]:
			return refuse(ErrInvalid, "recipient %s twice", r.Short())
		case r.classic != to[0].classic:
			return refuse(ErrMixedRecipients, "%s and %s", to[0].Short(), r.Short())
		}
		seen[r.text] = true
	}
	return nil
}
