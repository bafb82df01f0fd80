package trust

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

// plainAuthority lets a difference be shown: an Authority does not print itself.
type plainAuthority Authority

func sameAuthority(t *testing.T, what string, want, got *Authority) {
	t.Helper()
	if got == nil {
		t.Errorf("%s: none", what)
	} else if !cmp.Equal(plainAuthority(*want), plainAuthority(*got)) {
		t.Errorf("%s: other keys than were kept", what)
	}
}

func TestAuthorityIsKept(t *testing.T) {
	for _, protection := range []Protection{Keyring, Demo} { // they are with the machine's keys, whatever keeps those
		t.Run(string(protection), func(t *testing.T) {
			p := newProvince(t)
			k := newKeys(t, protection)
			if _, err := OpenAuthority(k); !errors.Is(err, ErrNoAuthority) || !errors.Is(err, record.ErrNotFound) {
				t.Errorf("before = %v", err)
			}
			if err := k.SaveAuthority(p.Authority); err != nil {
				t.Fatal(err)
			}
			k = reopen(t, k.place.dir)
			got, err := OpenAuthority(k)
			if err != nil {
				t.Fatal(err)
			}
			sameAuthority(t, "opened", p.Authority, got)
			if known, err := LoadKnown(k.place.dir); err != nil || !known.IsConfirmed() || known.Fingerprint() != p.Fingerprint() {
				t.Errorf("the province does not know itself: %v", err)
			}
		})
	}
}

func TestAuthorityGoesAlong(t *testing.T) {
	p := newProvince(t)
	k := newKeys(t, Keyring)
	if err := k.SaveAuthority(p.Authority); err != nil {
		t.Fatal(err)
	}
	var err error
	for range maxRetired + 1 {
		if k, err = k.NewStream(0, ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := k.Protect(Keyring, ""); err != nil {
		t.Fatal(err)
	}
	for range maxWorking + 1 {
		if p.Authority, err = p.ReplaceWorking(); err != nil {
			t.Fatal(err)
		}
	}
	for _, role := range keptRoles {
		p.replace(t, role, *p.keyOf(role))
	}
	if err := k.SaveAuthority(p.Authority); err != nil {
		t.Fatal(err)
	}
	if text, err := k.encode(); err != nil || len(text) > maxKeyringItem || len(k.authority.Keys) != maxAuthorityKeys {
		t.Errorf("%d bytes, %d keys, %v", len(text), len(k.authority.Keys), err)
	}
	got, err := OpenAuthority(reopen(t, k.place.dir))
	if err != nil {
		t.Fatal(err)
	}
	sameAuthority(t, "after it all", p.Authority, got)
	if err := k.SaveAuthority(p.Authority); err != nil || len(k.authority.Keys) != len(keptRoles) {
		t.Errorf("replaced keys are still kept: %d, %v", len(k.authority.Keys), err)
	}
}

// TestAuthorityCutShort: the keys are written before the root that names them, and a
// cut between the two leaves an authority that works.
func TestAuthorityCutShort(t *testing.T) {
	p := newProvince(t)
	k := newKeys(t, Demo)
	if err := k.SaveAuthority(p.Authority); err != nil {
		t.Fatal(err)
	}
	roots, err := os.ReadFile(rootsFile(k.place.dir))
	if err != nil {
		t.Fatal(err)
	}
	before := p.Authority
	p.replace(t, RoleRegistrar, p.Registrar)
	if err := k.SaveAuthority(p.Authority); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(rootsFile(k.place.dir), roots, 0o600); err != nil {
		t.Fatal(err)
	}
	k = reopen(t, k.place.dir)
	got, err := OpenAuthority(k)
	if err != nil {
		t.Fatal(err)
	}
	sameAuthority(t, "cut", before, got)
	if err := k.SaveAuthority(p.Authority); err != nil {
		t.Errorf("again = %v", err)
	}
	// The very first time.
	if err := os.Remove(rootsFile(k.place.dir)); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenAuthority(k); !errors.Is(err, ErrNoAuthority) {
		t.Errorf("without its root = %v", err)
	}
	second := newProvince(t)
	if err := k.SaveAuthority(second.Authority); err != nil {
		t.Errorf("begun again = %v", err)
	}
}

func TestAuthorityRefuses(t *testing.T) {
	p, other := newProvince(t), newProvince(t)
	k := newKeys(t, Demo)
	dir := k.place.dir
	strange := *p.Authority
	strange.Registrar = other.Registrar
	nameless := *p.Authority
	nameless.Working = nil
	bare := *p.Authority
	bare.Content = nil
	for name, a := range map[string]*Authority{"another's registrar": &strange, "no identity": &nameless, "no content key": &bare} {
		if err := k.SaveAuthority(a); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := k.SaveAuthority(p.Authority); err != nil {
		t.Fatal(err)
	}
	if err := k.SaveAuthority(other.Authority); !errors.Is(err, ErrAuthorityExists) {
		t.Errorf("another province's = %v", err)
	}
	older := p.Authority
	p.replace(t, RoleAck, p.Ack)
	if err := k.SaveAuthority(p.Authority); err != nil {
		t.Fatal(err)
	}
	if err := k.SaveAuthority(older); !errors.Is(err, ErrAuthorityExists) {
		t.Errorf("an older one = %v", err)
	}
	office := newKeys(t, Demo)
	if err := SaveKnown(office.place.dir, other.known(t)); err != nil {
		t.Fatal(err)
	}
	if err := office.SaveAuthority(p.Authority); !errors.Is(err, ErrAuthorityExists) {
		t.Errorf("on an office's machine = %v", err)
	}
	// authority.json is not protected: it may not lead bundles to somebody else.
	for name, text := range map[string]string{
		"another's": `{"v":1,"recovery":"` + other.Recovery + `"}`,
		"a secret":  `{"v":1,"recovery":"` + p.Working[0] + `"}`,
		"none":      `{"v":1}`,
	} {
		if err := os.WriteFile(authorityPath(dir), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenAuthority(k); !errors.Is(err, record.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.Remove(authorityPath(dir)); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenAuthority(k); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("without authority.json = %v", err)
	}
}

func TestDamagedAuthorityKeys(t *testing.T) {
	p := newProvince(t)
	k := newKeys(t, Demo)
	if err := k.SaveAuthority(p.Authority); err != nil {
		t.Fatal(err)
	}
	whole, err := k.encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"as the first version": bytes.Replace(whole, []byte(`"v":2`), []byte(`"v":1`), 1),
		"a short key":          bytes.Replace(whole, []byte(`"keys":["`), []byte(`"keys":["AAAA`), 1),
		"no key":               bytes.Replace(whole, []byte(`"authority":{"keys":[`), []byte(`"authority":{"keys":[],"x":[`), 1),
		"no identity":          bytes.Replace(whole, []byte(`"working":["AGE-SECRET-KEY-PQ-1`), []byte(`"working":["AGE-SECRET-KEY-PQ-2`), 1),
		"no authority":         bytes.Replace(whole, []byte(`"authority":{`), []byte(`"authority":null,"x":{`), 1),
	} {
		if bytes.Equal(data, whole) {
			t.Errorf("%s: nothing changed", name)
		}
		if _, err := decodeKeys(data); !errors.Is(err, record.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSticks takes the work of a passphrase, so one of each is made.
func TestSticks(t *testing.T) {
	p := newProvince(t)
	root, err := SealRootKey(p.sticks.Root[0], testPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := OpenRootKey(root, " "+testPassphrase+"\n"); err != nil || !got.Equal(p.sticks.Root[0]) {
		t.Errorf("root key: %v", err)
	}
	recovery, err := SealIdentity(p.sticks.Recovery, testPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := OpenIdentity(recovery, testPassphrase); err != nil || got != p.sticks.Recovery {
		t.Errorf("recovery identity: %v", err)
	}
	if _, err := parseRootKey([]byte(p.sticks.Recovery + "\n")); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("an identity as a root key = %v", err)
	}
	if _, err := SealRootKey(p.sticks.Root[0], " "); !errors.Is(err, ErrPassphraseNeeded) {
		t.Errorf("without a passphrase = %v", err)
	}
	if _, err := OpenRootKey(make([]byte, maxFile+1), "x"); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("a huge file = %v", err)
	}
	p.sticks.Forget()
	if p.sticks.Recovery != "" || !bytes.Equal(p.sticks.Root[2], make([]byte, 64)) {
		t.Error("not forgotten")
	}
	if _, err := parseRootKey([]byte(`{"v":1,"root":"AAAA"}`)); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("a short key = %v", err)
	}
}
