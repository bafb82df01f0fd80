package app

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// FileReport is what is known of a sealed file without opening an office.
type FileReport struct {
	Name     string        `json:"name"`
	Envelope seal.Envelope `json:"envelope"`
	Signer   string        `json:"signer"` // fingerprint, 30 digits
	Known    bool          `json:"known"`  // the signing device is one this folder knows
	Opened   bool          `json:"opened"` // the payload was decrypted and every commit checked
	Commits  int           `json:"commits"`
	Values   int           `json:"values"` // personal and internal values inside
}

// VerifyFile checks a sealed file as far as this PC can: container, signature and
// payload hash with the sender's key, and, where a key to open it is here, every
// commit inside. folder names the office whose keys are used. A key (*.pub) that
// lies beside the file proves only that the file is whole and whose it says it is:
// then Known is false, and people compare the fingerprint.
func VerifyFile(folder, passphrase, path string) (FileReport, error) {
	raw, err := readBounded(path)
	if err != nil {
		return FileReport{}, err
	}
	rep := FileReport{Name: filepath.Base(path)}
	v := verifier{keys: map[string]ed25519.PublicKey{}, known: map[string]bool{}}
	if _, err := os.Stat(folder); err == nil {
		if err := v.learn(folder, passphrase); err != nil {
			return rep, err
		}
	}
	if err := v.besideFile(filepath.Dir(path)); err != nil {
		return rep, err
	}
	outer, err := seal.ReadOuter(raw, func(id string) (ed25519.PublicKey, bool) { k, ok := v.keys[id]; return k, ok })
	if err != nil {
		return rep, explain(err)
	}
	rep.Envelope, rep.Known = outer.Envelope, v.known[outer.Envelope.From]
	rep.Signer = seal.Fingerprint30(v.keys[outer.Envelope.From])
	return rep, v.inside(outer, &rep)
}

// verifier gathers the keys one has.
type verifier struct {
	keys       map[string]ed25519.PublicKey
	known      map[string]bool // on the folder's own list, not only beside the file
	identities []seal.Identity
}

func (v *verifier) learn(folder, passphrase string) error {
	dir, err := datadir.Open(folder)
	if err != nil {
		return explain(err)
	}
	devices, err := trust.LoadDevices(dir)
	if err != nil {
		return explain(err)
	}
	for _, d := range devices {
		v.keys[d.ID], v.known[d.ID] = d.Key, true
	}
	secrets := []string{}
	if practice, err := trust.PracticeIdentity(dir); err == nil {
		secrets = append(secrets, practice)
	}
	if keys, err := trust.Open(dir, passphrase); err == nil {
		secrets = append(secrets, keys.Identity)
	}
	for _, s := range secrets {
		id, err := seal.ParseIdentity(s)
		if err != nil {
			return explain(err)
		}
		v.identities = append(v.identities, id)
	}
	return nil
}

// besideFile learns minisign public keys (*.pub) that lie beside the file.
func (v *verifier) besideFile(folder string) error {
	names, err := filepath.Glob(filepath.Join(folder, "*.pub"))
	if err != nil {
		return fmt.Errorf("look for keys: %w", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil || len(text) > 1<<12 {
			continue
		}
		if key, err := seal.ParsePublicKeyText(string(text)); err == nil {
			v.keys[seal.DeviceID(key)] = key // the id is the key's own fingerprint: it cannot pose as another
		}
	}
	return nil
}

// inside opens the payload where a key for it is here, and checks every commit.
func (v *verifier) inside(outer seal.Outer, rep *FileReport) error {
	if len(v.identities) == 0 {
		return nil
	}
	plain, err := outer.Open(v.identities)
	if err != nil {
		if errors.Is(err, seal.ErrWrongRecipient) {
			return nil
		}
		return explain(err)
	}
	contents, err := bundle.ReadLog(outer.Envelope, plain)
	if err != nil {
		return explain(err)
	}
	for _, c := range contents.Commits {
		key, ok := v.keys[c.Device.String()]
		if !ok {
			return record.Refuse(record.ErrNotTrusted, "Gói có mục ghi của một máy chưa biết.", "The bundle holds entries of an unknown device.")
		}
		if err := c.Verify(key); err != nil {
			return explain(err)
		}
	}
	rep.Opened, rep.Commits, rep.Values = true, len(contents.Commits), contents.Values()
	return nil
}

// WritePublicKey puts the key that proves this device's signatures into a
// folder, as the file stock minisign takes with -p.
func (a *App) WritePublicKey(folder string) (string, error) {
	path := filepath.Join(folder, "SPB_"+a.keys.ID()[:4]+".pub")
	text := seal.PublicKeyText(a.keys.Device.Public().(ed25519.PublicKey))
	return path, explain(datadir.WriteFile(path, []byte(text)))
}
