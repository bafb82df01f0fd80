package trust

import (
	"errors"
	"slices"
	"testing"

	"filippo.io/age"
)

// TestRebuildIsTakenByOffices: two root keys and a roster make a province again that
// offices follow without being asked, and what was sealed before still opens.
func TestRebuildIsTakenByOffices(t *testing.T) {
	p := newProvince(t)
	office := p.known(t)
	got, err := Rebuild(office.Chain, p.Authority.Recovery, []string{p.sticks.Recovery}, testTime, p.sticks.Root[0], p.sticks.Root[2])
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range keptRoles {
		if got.keyOf(role).Equal(*p.keyOf(role)) {
			t.Errorf("the key of role %s is the lost one", role)
		}
	}
	if got.Recovery == "" || got.Authority.Recovery == p.Authority.Recovery || !slices.Contains(got.Working, p.sticks.Recovery) || len(got.Working) != 2 {
		t.Error("the recovery identity is still the reserve, or opens nothing")
	}
	if id, err := age.ParseHybridIdentity(got.Recovery); err != nil || id.Recipient().String() != got.Authority.Recovery {
		t.Errorf("the new recovery identity is not its recipient's: %v", err)
	}
	k := newKeys(t, Demo)
	if err := k.SaveAuthority(got.Authority); err != nil {
		t.Fatal(err)
	}
	fingerprint, lost := office.Fingerprint(), p.Authority
	p.Authority = got.Authority
	if p.roster.Recipients, err = p.Recipients(); err != nil {
		t.Fatal(err)
	}
	next, err := OpenRoster(office, p.seal(t, p.roster))
	if err != nil {
		t.Fatal(err)
	}
	if next.Fingerprint() != fingerprint || next.Root.Version != 2 || next.Recipients()[0] == office.Recipients()[0] {
		t.Errorf("an office goes on with root %d", next.Root.Version)
	} else if _, ok := next.Signer("ack", idOf(lost.Ack)); ok || !next.Former(idOf(lost.Ack)) || next.Former(idOf(got.Ack)) || next.Former(idOf(p.office)) {
		t.Error("the lost ack key still signs, or is taken for another's")
	}
}

func TestRebuildRefuses(t *testing.T) {
	p, other := newProvince(t), newProvince(t)
	chain := p.Chain
	if _, err := Rebuild(chain, p.Authority.Recovery, nil, testTime, p.sticks.Root[0], p.sticks.Root[0]); !errors.Is(err, ErrSignature) {
		t.Errorf("one key twice = %v", err)
	}
	if _, err := Rebuild(chain, p.Authority.Recovery, nil, testTime, p.sticks.Root[0], other.sticks.Root[1]); !errors.Is(err, ErrSignature) {
		t.Errorf("a key of another province = %v", err)
	}
	got, err := Rebuild(chain, p.Authority.Recovery, []string{other.sticks.Recovery}, testTime, p.sticks.Root[0], p.sticks.Root[1])
	if err != nil || got.Recovery != "" || got.Authority.Recovery != p.Authority.Recovery {
		t.Errorf("without the recovery identity the reserve is another: %v", err)
	}
}
