package trust

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

const testTime = "2026-11-23T16:45:00+07:00"

// province is what the tests of documents begin with: a province, an office and their
// machines, one of them the province's own.
type province struct {
	*Authority
	sticks         Sticks
	office, centre ed25519.PrivateKey
	roster         Roster
}

func newProvince(t testing.TB) *province {
	t.Helper()
	a, sticks, err := MakeAuthority("51", "Sở Nội vụ tỉnh Quảng Ngãi", testTime)
	if err != nil {
		t.Fatal(err)
	}
	p := &province{Authority: a, sticks: sticks, office: newKey(t), centre: newKey(t)}
	to, err := a.Recipients()
	if err != nil {
		t.Fatal(err)
	}
	p.roster = Roster{
		Version: 1, Unit: "51", Name: a.Root.Name, Created: testTime, Recipients: to, DueDay: 5,
		Units: []RosterUnit{
			{Code: "24340", Name: "Xã Đăk Hà", Kind: "commune", ID: record.CatalogID("unit", "24340"), From: "2025-07-01"},
			{Code: "23293", Name: "Phường Kon Tum", Kind: "commune", ID: record.CatalogID("unit", "23293"), To: "2026-12-31"},
		},
		Devices: []RosterDevice{
			p.device(t, p.office, "24340", record.RoleOffice),
			p.device(t, p.centre, "51", record.RoleProvince),
		},
	}
	return p
}

func newKey(t testing.TB) ed25519.PrivateKey {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func publicOf(key ed25519.PrivateKey) ed25519.PublicKey { return key.Public().(ed25519.PublicKey) }

func idOf(key ed25519.PrivateKey) string { return seal.DeviceID(publicOf(key)) }

func (p *province) device(t testing.TB, key ed25519.PrivateKey, unit string, role record.Role) RosterDevice {
	t.Helper()
	return RosterDevice{ID: idOf(key), Key: publicOf(key), Unit: unit, Role: role, Name: "Máy " + unit,
		Recipient: hybrid(t).Recipient().String(), Since: []Membership{{Unit: unit, From: "2026-01-01"}}}
}

var testIDs = record.NewID(1_764_000_000_000, [10]byte{1, 2, 3})

// seal makes the roster's file.
func (p *province) seal(t testing.TB, r Roster) []byte {
	t.Helper()
	file, _, err := SealRoster(p.Authority, p.Chain, r, testIDs, testTime, "sophobien 1.0", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// version is the roster as another version, changed.
func (p *province) version(n int64, change func(*Roster)) Roster {
	r := p.roster
	r.Version = n
	r.Units = append([]RosterUnit(nil), r.Units...)
	r.Devices = append([]RosterDevice(nil), r.Devices...)
	if change != nil {
		change(&r)
	}
	return r
}

// known is what a machine believes that has the roster.
func (p *province) known(t testing.TB) Known {
	t.Helper()
	k, err := OpenRoster(Known{}, p.seal(t, p.roster))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// replace goes one root on.
func (p *province) replace(t testing.TB, role Role, old ed25519.PrivateKey) ed25519.PrivateKey {
	t.Helper()
	next, key, err := p.Authority.Replace(role, idOf(old), testTime, p.sticks.Root[0], p.sticks.Root[1])
	if err != nil {
		t.Fatal(err)
	}
	p.Authority = next
	return key
}

// sealed is a bundle with one line, signed by whom the test says.
func sealed(t testing.TB, kind, to string, key ed25519.PrivateKey, recipients ...string) []byte {
	t.Helper()
	header, err := seal.NewStreamHeader(kind, testIDs.String(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	w, err := seal.NewLineWriter(header)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Add([]byte(`A {}`)); err != nil {
		t.Fatal(err)
	}
	plain, err := w.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return sealedPlain(t, kind, to, plain, key, recipients...)
}

func sealedPlain(t testing.TB, kind, to string, plain []byte, key ed25519.PrivateKey, recipients ...string) []byte {
	t.Helper()
	env := seal.Envelope{Kind: kind, ID: testIDs.String(), Unit: "51", To: to, No: 1, App: "sophobien 1.0", Schema: 1, Created: testTime}
	var keys []seal.Recipient
	for _, text := range recipients {
		r, err := seal.ParseRecipient(text)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, r)
	}
	file, _, err := seal.Seal(env, plain, key, keys)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// TestDocumentsAndKeys: of five kinds of document and five keys, each kind is taken from its
// own key and from no other.
func TestDocumentsAndKeys(t *testing.T) {
	p := newProvince(t)
	known := p.known(t)
	keys := []struct {
		name string
		key  ed25519.PrivateKey
	}{{"device", p.office}, {"ack", p.Ack}, {"registrar", p.Registrar}, {"root", p.sticks.Root[1]}, {"content", p.Content}}
	pack := []byte(`{"format":"sopb-pack/1"}` + "\n")
	documents := []struct {
		name string
		take func(ed25519.PrivateKey) error
	}{
		{"log", func(key ed25519.PrivateKey) error {
			_, err := known.ReadOuter(sealed(t, seal.KindLog, "51", key, known.Recipients()...))
			return err
		}},
		{"ack", func(key ed25519.PrivateKey) error {
			_, err := known.ReadOuter(sealed(t, seal.KindAck, "24340", key))
			return err
		}},
		{"roster", func(key ed25519.PrivateKey) error {
			header, err := seal.NewStreamHeader(seal.KindRoster, testIDs.String(), rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			plain, err := rosterPlain(header, p.Chain, p.roster)
			if err != nil {
				t.Fatal(err)
			}
			_, err = OpenRoster(known, sealedPlain(t, seal.KindRoster, seal.OfficePublic, plain, key))
			return err
		}},
		{"root", func(key ed25519.PrivateKey) error {
			next := p.Root
			next.Version = 2
			signed, err := SignRoot(next, p.sticks.Root[0], key)
			if err != nil {
				t.Fatal(err)
			}
			_, err = NextRoot(p.Root, signed)
			return err
		}},
		{"pack", func(key ed25519.PrivateKey) error {
			sig, err := seal.Sign(key, pack, "sopb-pack/1 channel=law version=3")
			if err != nil {
				t.Fatal(err)
			}
			return known.Root.Verify(RoleContent, pack, [][]byte{sig}, "sopb-pack/1")
		}},
	}
	for i, document := range documents {
		for j, key := range keys {
			err := document.take(key.key)
			if i == j && err != nil {
				t.Errorf("%s by the key of %s: %v", document.name, key.name, err)
			}
			if i != j && !errors.Is(err, record.ErrNotTrusted) && !errors.Is(err, seal.ErrNotTrusted) {
				t.Errorf("%s by the key of %s = %v, want not trusted", document.name, key.name, err)
			}
		}
	}
	// The right key over the right bytes, as another kind of document.
	sig, err := seal.Sign(p.Content, pack, "sopb-pack/12")
	if err != nil {
		t.Fatal(err)
	}
	if err := known.Root.Verify(RoleContent, pack, [][]byte{sig}, "sopb-pack/1"); !errors.Is(err, ErrSignature) {
		t.Errorf("a pack signed as another kind = %v", err)
	}
}

func TestSigner(t *testing.T) {
	p := newProvince(t)
	k := p.known(t)
	local := newKey(t)
	k.Local = Devices{{ID: idOf(local), Key: publicOf(local)}, {ID: idOf(p.Ack), Key: publicOf(p.Ack)}}
	names := map[string]ed25519.PrivateKey{"office": p.office, "centre": p.centre, "local": local,
		"registrar": p.Registrar, "ack": p.Ack, "content": p.Content, "root": p.sticks.Root[0], "nobody": newKey(t)}
	for kind, may := range map[string]string{
		seal.KindLog: "office centre local", seal.KindBlob: "office centre local", seal.KindAnswers: "centre",
		seal.KindAck: "ack", seal.KindRoster: "registrar", seal.KindUnits: "registrar", "gossip": "",
	} {
		for name, key := range names {
			want := strings.Contains(" "+may+" ", " "+name+" ")
			got, ok := k.Signer(kind, idOf(key))
			if ok != want || ok && !got.Equal(publicOf(key)) {
				t.Errorf("%s may sign %s: %v, want %v", name, kind, ok, want)
			}
			if _, ok := (Known{}).Signer(kind, idOf(key)); ok {
				t.Errorf("who believes nobody lets %s sign %s", name, kind)
			}
		}
	}
	if k.UnitOf(idOf(p.office)) != "24340" || k.RoleOf(idOf(p.centre)) != record.RoleProvince || k.UnitOf(idOf(local)) != "" || k.RoleOf("") != "" {
		t.Error("a device is of another unit or role")
	}
	if d, ok := k.Device(idOf(p.centre)); !ok || d.Name != "Máy 51" {
		t.Errorf("device %+v, %v", d, ok)
	}
	if u, ok := k.Unit("23293"); !ok || u.Name != "Phường Kon Tum" {
		t.Errorf("unit %+v, %v", u, ok)
	}
}

// TestBundlesOfTheFutureAreParked: only from who may sign their kind, or, of a kind
// nobody here knows, from anybody known.
func TestBundlesOfTheFutureAreParked(t *testing.T) {
	p := newProvince(t)
	k := p.known(t)
	b := sealed(t, seal.KindLog, "51", p.office, k.Recipients()...)
	bend := func(file []byte, key ed25519.PrivateKey, old, new string) []byte {
		entries, err := seal.ReadArchive(file, nil, seal.Limits{Entries: 3, Entry: seal.MaxPayload, Total: seal.MaxPayload})
		if err != nil {
			t.Fatal(err)
		}
		comment, err := seal.Verify(publicOf(key), entries[0].Data, entries[1].Data)
		if err != nil {
			t.Fatal(err)
		}
		entries[0].Data = bytes.Replace(entries[0].Data, []byte(old), []byte(new), 1)
		if entries[1].Data, err = seal.Sign(key, entries[0].Data, comment); err != nil {
			t.Fatal(err)
		}
		out, err := seal.WriteArchive(entries)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	feature := []string{`"critical":[]`, `"critical":["telepathy"]`}
	ack := func(key ed25519.PrivateKey) []byte {
		return bend(sealed(t, seal.KindAck, "24340", key), key, feature[0], feature[1])
	}
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"a log":                 {b, nil},
		"a stranger's":          {sealed(t, seal.KindLog, "51", newKey(t), k.Recipients()...), seal.ErrNotTrusted},
		"cut":                   {b[:len(b)-1], seal.ErrDamaged},
		"a new kind":            {bend(b, p.office, `"kind":"log"`, `"kind":"gossip"`), seal.ErrCritical},
		"a new feature":         {ack(p.Ack), seal.ErrCritical},
		"of who may not say it": {ack(p.office), ErrSignature},
	} {
		outer, err := k.ReadOuter(c.file)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if whole := c.want == nil || c.want == seal.ErrCritical; whole != (outer.Envelope.ID != "") {
			t.Errorf("%s: envelope %q", name, outer.Envelope.ID)
		}
	}
}

// TestRecoveryIdentityOpens: the working identity is lost, and what offices sealed
// opens all the same.
func TestRecoveryIdentityOpens(t *testing.T) {
	p := newProvince(t)
	k := p.known(t)
	file := sealed(t, seal.KindLog, "51", p.office, k.Recipients()...)
	outer, err := k.ReadOuter(file)
	if err != nil {
		t.Fatal(err)
	}
	var plain [][]byte
	for _, text := range []string{p.Working[0], p.sticks.Recovery} {
		id, err := seal.ParseIdentity(text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := outer.Open([]seal.Identity{id})
		if err != nil {
			t.Fatal(err)
		}
		plain = append(plain, got)
	}
	if !bytes.Equal(plain[0], plain[1]) {
		t.Error("the two open different things")
	}
	next, err := p.ReplaceWorking()
	if err != nil {
		t.Fatal(err)
	}
	to, err := next.Recipients()
	if err != nil || to[0] == k.Recipients()[0] || to[1] != k.Recipients()[1] || next.Working[1] != p.Working[0] {
		t.Errorf("after the loss %.20q, %v", to, err)
	}
}

func TestProvinceDoesNotPrintItself(t *testing.T) {
	p := newProvince(t)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		for _, v := range []any{p.Authority, *p.Authority, p.sticks, &p.sticks} {
			if got := fmt.Sprintf(verb, v); got != "keys of province 51" && got != "keys of sticks" {
				t.Errorf("%s prints %.60q", verb, got)
			}
		}
	}
}
