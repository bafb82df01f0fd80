package trust

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// Device is a device whose signatures this office believes.
type Device struct {
	ID   string            `json:"id"` // fingerprint of the key
	Key  ed25519.PublicKey `json:"key"`
	Own  bool              `json:"own,omitempty"`  // a stream of this device, present or retired
	Name string            `json:"name,omitempty"` // what people call it
	// Recipient is what is sealed to it, of another PC of this office; "" of others.
	Recipient string `json:"recipient,omitempty"`
	// Since is when somebody here compared its digits, RFC 3339, of another PC of this
	// office: until the roster names it, it is known for a while only.
	Since string `json:"since,omitempty"`
}

// Devices are the known devices, in the order in which they became known.
type Devices []Device

// Lookup finds the key to verify a device's signatures with.
func (d Devices) Lookup(id string) (ed25519.PublicKey, bool) {
	i := slices.IndexFunc(d, func(one Device) bool { return one.ID == id })
	if i < 0 {
		return nil, false
	}
	return d[i].Key, true
}

// devicesText is the content of devices.json.
type devicesText struct {
	Version int     `json:"v"`
	Devices Devices `json:"devices"`
}

func devicesFile(dir *datadir.Dir) string { return filepath.Join(dir.Keys(), "devices.json") }

// LoadDevices reads the list; a folder without one knows no device.
func LoadDevices(dir *datadir.Dir) (Devices, error) {
	data, err := readFile(devicesFile(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseDevices(data)
}

// AddDevice puts a device on the list. A key that is there already keeps its line,
// with the new name.
func AddDevice(dir *datadir.Dir, key ed25519.PublicKey, name string) error {
	if len(key) != ed25519.PublicKeySize {
		return fmt.Errorf("device key: %w", record.ErrInvalid)
	}
	list, err := LoadDevices(dir)
	if err != nil {
		return err
	}
	return saveDevices(dir, list.with(Device{Key: key, Name: name}))
}

// AddColleague puts another PC of this office on the list, to which things can be sealed;
// since is when its digits were compared.
func AddColleague(dir *datadir.Dir, key ed25519.PublicKey, name, recipient, since string) error {
	if _, err := isHybrid(recipient); err != nil || len(key) != ed25519.PublicKeySize {
		return fmt.Errorf("another PC of the office: %w", record.ErrInvalid)
	}
	list, err := LoadDevices(dir)
	if err != nil {
		return err
	}
	return saveDevices(dir, list.with(Device{Key: key, Name: name, Recipient: recipient, Since: since}))
}

// with returns the list with a device added or renamed.
func (d Devices) with(one Device) Devices {
	one.ID = seal.DeviceID(one.Key)
	out := slices.Clone(d)
	i := slices.IndexFunc(out, func(o Device) bool { return o.ID == one.ID })
	if i < 0 {
		return append(out, one)
	}
	out[i].Own = out[i].Own || one.Own
	if one.Name != "" {
		out[i].Name = one.Name
	}
	if one.Recipient != "" {
		out[i].Recipient, out[i].Since = one.Recipient, one.Since
	}
	return out
}

func saveDevices(dir *datadir.Dir, list Devices) error {
	text, err := json.MarshalIndent(devicesText{keysVersion, list}, "", "  ")
	if err != nil {
		return err
	}
	return datadir.WriteFile(devicesFile(dir), append(text, '\n'))
}

// publish lists this device's own streams. A list that cannot be read is set aside
// and begun again: our own keys are known here, the others come with the roster.
func (k *Keys) publish() error {
	dir := k.place.dir
	list, err := LoadDevices(dir)
	if errors.Is(err, record.ErrDamaged) {
		if err := os.Rename(devicesFile(dir), devicesFile(dir)+".damaged"); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	next := list
	for _, key := range append(slices.Clone(k.Retired), k.public()) {
		next = next.with(Device{Key: key, Own: true})
	}
	if slices.EqualFunc(list, next, sameDevice) {
		return nil
	}
	return saveDevices(dir, next)
}

func sameDevice(a, b Device) bool {
	return a.ID == b.ID && a.Own == b.Own && a.Name == b.Name && a.Recipient == b.Recipient && a.Since == b.Since && bytes.Equal(a.Key, b.Key)
}

func parseDevices(data []byte) (Devices, error) {
	var text devicesText
	if err := decodeJSON(data, &text, func() int { return text.Version }); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, one := range text.Devices {
		if len(one.Key) != ed25519.PublicKeySize || one.ID != seal.DeviceID(one.Key) || seen[one.ID] {
			return nil, because(ErrKeysDamaged, "the list of devices contradicts itself")
		}
		seen[one.ID] = true
	}
	return text.Devices, nil
}
