package trust

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"

	"filippo.io/age"

	"sophobien/internal/seal"
)

// Rebuilt is the authority of a province whose machine was lost, made anew.
type Rebuilt struct {
	*Authority
	Recovery string // AGE-SECRET-KEY-PQ-1…: for a stick; "" where the one before stays in force
}

// Rebuild gives a province new keys for every role that is kept on a machine, in one next
// root that enough root keys sign, and a new working identity. chain are its roots, and
// recovery is the recipient that offices seal to beside the lost one.
//
// The recovery identities found on sticks stay among the working ones: they open what
// was sealed until offices learn the new recipients. One that has come to a machine is
// no reserve any more, so a new one takes the place of that in force.
func Rebuild(chain []Signed, recovery string, found []string, created string, roots ...ed25519.PrivateKey) (Rebuilt, error) {
	last, err := WalkRoots(nil, chain)
	if err != nil {
		return Rebuilt{}, err
	}
	a := &Authority{Root: last, Recovery: recovery}
	a.Root.Version, a.Root.Created = last.Version+1, created
	a.Root.Keys, a.Root.Roles = maps.Clone(last.Keys), maps.Clone(last.Roles)
	for _, role := range keptRoles {
		public, private, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return Rebuilt{}, fmt.Errorf("make keys of a province anew: %w", err)
		}
		for _, lost := range last.Roles[role].Keys {
			delete(a.Root.Keys, lost)
		}
		id := seal.DeviceID(public)
		a.Root.Keys[id], a.Root.Roles[role], *a.keyOf(role) = public, RoleKeys{[]string{id}, 1}, private
	}
	signed, err := SignNextRoot(last, a.Root, roots...)
	if err != nil {
		return Rebuilt{}, err
	}
	a.Chain = append(slices.Clone(chain), signed)
	working, _, err := newIdentity()
	if err != nil {
		return Rebuilt{}, err
	}
	a.Working = append([]string{working}, found[:min(len(found), maxWorking-1)]...)
	out := Rebuilt{Authority: a}
	if holdsRecipient(found, recovery) {
		out.Recovery, a.Recovery, err = newIdentity()
	}
	return out, err
}

// holdsRecipient reports whether one of some identities is a recipient's.
func holdsRecipient(identities []string, recipient string) bool {
	return slices.ContainsFunc(identities, func(text string) bool {
		id, err := age.ParseHybridIdentity(text)
		return err == nil && id.Recipient().String() == recipient
	})
}
