package trust

import (
	"errors"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

func TestKnownIsKept(t *testing.T) {
	p := newProvince(t)
	keys := newKeys(t, Demo)
	dir := keys.place.dir
	empty, err := LoadKnown(dir)
	if err != nil || empty.Root.Version != 0 || empty.Fingerprint() != "" || empty.IsConfirmed() || len(empty.Local) != 1 {
		t.Errorf("an empty folder knows %+v, %v", empty, err)
	}
	if err := SaveKnown(dir, empty); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("saved nothing: %v", err)
	}
	if _, err := empty.Confirm("1"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("confirmed nothing: %v", err)
	}
	k, err := OpenRoster(empty, p.seal(t, p.roster))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Confirm("12345 67890"); !errors.Is(err, ErrFingerprint) || k.IsConfirmed() {
		t.Errorf("confirmed with other digits: %v", err)
	}
	if err := SaveKnown(dir, k); err != nil {
		t.Fatal(err)
	}
	r, err := Province(dir)
	if err != nil || !r.Unconfirmed || r.Practice || r.Name != p.Root.Name || !cmp.Equal(r.Keys, p.roster.Recipients) {
		t.Errorf("Province = %+v, %v", r, err)
	}
	k, err = k.Confirm(" " + p.Fingerprint()[:17] + "-" + p.Fingerprint()[18:] + "\n")
	if err != nil {
		t.Fatal(err)
	}
	if err := SaveKnown(dir, k); err != nil {
		t.Fatal(err)
	}
	got, err := LoadKnown(dir)
	if diff := cmp.Diff(k, got, cmp.AllowUnexported(Known{})); diff != "" || err != nil {
		t.Errorf("%v (-saved +loaded):\n%s", err, diff)
	}
	if r, err := Province(dir); err != nil || r.Unconfirmed {
		t.Errorf("Province after the comparison = %+v, %v", r, err)
	}

	// The registrar is replaced before the next roster is here.
	p.replace(t, RoleRegistrar, p.Registrar)
	if k, err = k.withRoots(p.Chain); err != nil {
		t.Fatal(err)
	}
	if err := SaveKnown(dir, k); err != nil {
		t.Fatal(err)
	}
	if got, err := LoadKnown(dir); err != nil || got.Root.Version != 2 || got.Roster.Version != 1 || len(got.Chain) != 2 {
		t.Errorf("root %d, roster %d, %v", got.Root.Version, got.Roster.Version, err)
	}
	// The roots are behind the roster: a cut between the two files.
	k, err = OpenRoster(k, p.seal(t, p.version(2, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if err := SaveKnown(dir, k); err != nil {
		t.Fatal(err)
	}
	if err := saveRoots(dir, Known{Chain: p.Chain[:1]}); err != nil {
		t.Fatal(err)
	}
	if got, err := LoadKnown(dir); err != nil || got.Root.Version != 2 || got.Roster.Version != 2 {
		t.Errorf("root %d, roster %d, %v", got.Root.Version, got.Roster.Version, err)
	}
}

// TestDamagedKnown: bit rot is said and never believed, and takes nothing else along.
func TestDamagedKnown(t *testing.T) {
	p := newProvince(t)
	dir := newKeys(t, Demo).place.dir
	if err := SaveKnown(dir, p.known(t)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{rootsFile(dir), rosterFile(dir)} {
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(whole); i += 1 + len(whole)/60 {
			bad := append([]byte(nil), whole...)
			bad[i] ^= 4
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := LoadKnown(dir)
			if len(got.Local) != 1 {
				t.Errorf("%s byte %d: the devices known here are gone", path, i)
			}
			if err == nil {
				// Only what says nothing may differ: a space, or a copy the roster has again.
				if diff := cmp.Diff(p.known(t).Roster, got.Roster); diff != "" || got.Fingerprint() != p.Fingerprint() {
					t.Errorf("%s byte %d believed:\n%s", path, i, diff)
				}
				continue
			}
			if !errors.Is(err, record.ErrDamaged) && !errors.Is(err, record.ErrNewer) {
				t.Errorf("%s byte %d: %v", path, i, err)
			}
			if r, err := Province(dir); err == nil {
				t.Errorf("%s byte %d: sealed to %v all the same", path, i, r.Name)
			}
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := LoadKnown(dir); err != nil || got.Roster.Version != 1 {
		t.Errorf("whole again: %v", err)
	}
	other := newProvince(t)
	if err := os.WriteFile(rosterFile(dir), other.seal(t, other.roster), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := LoadKnown(dir); !errors.Is(err, record.ErrDamaged) || got.Root.Version != 1 || got.Roster.Version != 0 {
		t.Errorf("another province's roster in its place = roster %d, %v", got.Roster.Version, err)
	}
}

func TestAdopt(t *testing.T) {
	first, second := newKeys(t, Keyring), newKeys(t, Keyring)
	if err := os.WriteFile(RecoveryFile(second.place.dir), []byte("of the office it was"), 0o600); err != nil {
		t.Fatal(err)
	}
	joined, err := second.Adopt(first.Office)
	if err != nil {
		t.Fatal(err)
	}
	if joined.Office != first.Office || joined.ID() != second.ID() || joined.Identity != second.Identity {
		t.Error("joined as another machine")
	}
	if diff := cmp.Diff(joined, reopen(t, second.place.dir), sameKeys); diff != "" {
		t.Errorf("(-joined +opened):\n%s", diff)
	}
	if _, err := os.Stat(RecoveryFile(second.place.dir)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the recovery copy of the office it was is still there: %v", err)
	}
}
