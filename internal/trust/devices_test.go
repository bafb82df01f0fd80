package trust

import (
	"crypto/ed25519"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

func TestDevices(t *testing.T) {
	dir := openDir(t)
	if list, err := LoadDevices(dir); list != nil || err != nil {
		t.Errorf("an empty folder knows %v, %v", list, err)
	}
	k, err := Create(dir, Demo, "")
	if err != nil {
		t.Fatal(err)
	}
	peer, _, _ := ed25519.GenerateKey(nil)
	for _, name := range []string{"Máy chị Lan", ""} {
		if err := AddDevice(dir, peer, name); err != nil {
			t.Fatal(err)
		}
	}
	if err := AddDevice(dir, k.public(), "Máy này"); err != nil {
		t.Fatal(err)
	}
	want := Devices{
		{ID: k.ID(), Key: k.public(), Own: true, Name: "Máy này"},
		{ID: seal.DeviceID(peer), Key: peer, Name: "Máy chị Lan"},
	}
	list, err := LoadDevices(dir)
	if diff := cmp.Diff(want, list); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if key, ok := list.Lookup(seal.DeviceID(peer)); !ok || !key.Equal(peer) {
		t.Error("the peer is not found")
	}
	if key, ok := list.Lookup("00"); ok || key != nil {
		t.Error("an unknown device is found")
	}
	if err := AddDevice(dir, peer[:5], ""); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("AddDevice of half a key = %v", err)
	}
}
