package trust

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

func TestRecovery(t *testing.T) {
	k := newKeys(t, Demo)
	code := newCode(t)
	if err := WriteRecovery(k, code); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(RecoveryFile(k.place.dir))
	if err != nil {
		t.Fatal(err)
	}
	r, err := OpenRecovery(file, code)
	if diff := cmp.Diff(Recovered{k.Office, k.ID()}, r); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if _, err := OpenRecovery(file, newCode(t)); !errors.Is(err, ErrWrongCode) {
		t.Errorf("another code: %v", err)
	}
	slip := []byte(code)
	slip[7] = '0' + (slip[7]-'0'+1)%10
	var named *CodeError
	if _, err := OpenRecovery(file, string(slip)); !errors.As(err, &named) || named.Groups[0] != 2 {
		t.Errorf("a slip: %v", err)
	}
	if _, err := OpenRecovery(file[:len(file)-1], code); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("a cut file: %v", err)
	}
	if err := WriteRecovery(k, string(slip)); !errors.As(err, &named) {
		t.Errorf("WriteRecovery under a code with a slip: %v", err)
	}
}

func TestRecoveryCopyHoldsNoSigningKey(t *testing.T) {
	k := newKeys(t, Demo)
	code := newCode(t)
	file, err := sealRecovery(k, code)
	if err != nil {
		t.Fatal(err)
	}
	text, err := openScrypt(file, code, maxWork)
	if err != nil {
		t.Fatal(err)
	}
	kept, _ := k.encode()
	parts := bytes.Split(kept, []byte(`"`)) // {"v":1,"device":"…","office":"…","identity":"…"}
	if !bytes.Contains(text, parts[9]) {
		t.Error("the office key is missing")
	}
	if bytes.Contains(text, parts[5]) || bytes.Contains(text, []byte(k.Identity)) {
		t.Error("the copy holds a key of the device")
	}
}

func TestRecoverMakesNewKeysAroundTheOfficeKey(t *testing.T) {
	lost := newKeys(t, Keyring)
	dir := lost.place.dir
	r := Recovered{lost.Office, lost.ID()}
	if _, err := Recover(dir, Passphrase, "", r); !errors.Is(err, ErrPassphraseNeeded) {
		t.Errorf("Recover without a passphrase = %v", err)
	}
	k, err := Recover(dir, Keyring, "", r)
	if err != nil {
		t.Fatal(err)
	}
	if k.Office != lost.Office || k.ID() == lost.ID() || k.Identity == lost.Identity {
		t.Error("the office key must stay and the device's keys must not")
	}
	again, err := Open(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(k, again, sameKeys); diff != "" {
		t.Errorf("(-made +opened):\n%s", diff)
	}
	aside, err := filepath.Glob(filepath.Join(dir.Keys(), "keyring.json.aside-*"))
	if err != nil || len(aside) != 1 {
		t.Errorf("the keys nobody could open were not kept: %v, %v", aside, err)
	}
	list, err := LoadDevices(dir)
	if _, ok := list.Lookup(lost.ID()); err != nil || !ok {
		t.Errorf("the lost stream is no longer known: %v", err)
	}
}

func TestFailedRecoverPutsTheKeysBack(t *testing.T) {
	k := newKeys(t, Demo)
	if _, err := Recover(k.place.dir, "locker", "", Recovered{}); !errors.Is(err, ErrNotHere) {
		t.Errorf("Recover = %v, want ErrNotHere", err)
	}
	if diff := cmp.Diff(k, reopen(t, k.place.dir), sameKeys); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}
