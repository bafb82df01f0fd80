package trust

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"sophobien/internal/datadir"
)

// Create makes the keys of a new office. The folder must not have any. The
// passphrase counts for [Passphrase] only.
func Create(dir *datadir.Dir, p Protection, passphrase string) (*Keys, error) {
	if _, err := ProtectionOf(dir); err == nil {
		return nil, ErrKeysExist
	}
	var office [32]byte
	rand.Read(office[:])
	return create(dir, p, passphrase, office)
}

func create(dir *datadir.Dir, p Protection, passphrase string, office [32]byte) (*Keys, error) {
	k, err := generate(office)
	if err != nil {
		return nil, fmt.Errorf("make keys: %w", err)
	}
	k.place = place{dir, p, normal(passphrase)}
	if err := k.save(); err != nil {
		return nil, fmt.Errorf("make keys: %w", err)
	}
	return k, k.complete()
}

// Open reads the keys of a folder. The passphrase counts only where they are under
// one.
func Open(dir *datadir.Dir, passphrase string) (*Keys, error) {
	p, err := ProtectionOf(dir)
	if err != nil {
		return nil, err
	}
	at := place{dir, p, normal(passphrase)}
	text, err := at.load()
	if err != nil {
		return nil, fmt.Errorf("open keys: %w", err)
	}
	k, err := decodeKeys(text)
	if err != nil {
		return nil, fmt.Errorf("open keys: %w", err)
	}
	k.place = at
	return k, k.complete()
}

func (k *Keys) save() error {
	text, err := k.encode()
	if err != nil {
		return err
	}
	return k.place.store(text)
}

// complete makes what belongs beside the keys and is missing: a start that was cut
// short, or a folder to which only the key file was brought back.
func (k *Keys) complete() error {
	if err := k.publish(); err != nil {
		return fmt.Errorf("list of devices: %w", err)
	}
	return ensurePractice(k.place.dir)
}

// NewStream gives this device a new signing key and keeps all else, as a restored
// record needs: what the old key signed after the copy was made may be out there. While
// the old key is here both sign that the new stream goes on where the old one ended: at its
// n-th commit with this hash, 0 and "" when that is not known. See [Keys.Statement].
func (k *Keys) NewStream(n int64, head string) (*Keys, error) {
	_, device, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("new stream: %w", err)
	}
	if !isPoint(n, head) {
		n, head = 0, "" // it comes from a file anybody can damage, and a start must not fail over it
	}
	statement, err := newStatement(device, k.Device, n, head)
	if err != nil {
		return nil, fmt.Errorf("new stream: %w", err)
	}
	next := *k
	next.Device = device
	next.Retired = append(k.Retired[:len(k.Retired):len(k.Retired)], k.public())
	next.Retired = next.Retired[max(0, len(next.Retired)-maxRetired):]
	// Listed and stated first: a stream nobody knows would be worse than a key never used.
	if err := next.publish(); err != nil {
		return nil, fmt.Errorf("new stream: %w", err)
	}
	if err := next.state(statement); err != nil {
		return nil, fmt.Errorf("new stream: %w", err)
	}
	if err := next.save(); err != nil {
		return nil, fmt.Errorf("new stream: %w", err)
	}
	return &next, nil
}

// Adopt takes over the key of the office this machine joins; its own device key and
// identity stay. The recovery copy goes: its code would bring back a key that opens
// nothing here.
func (k *Keys) Adopt(office [32]byte) (*Keys, error) {
	next := *k
	next.Office = office
	if err := next.save(); err != nil {
		return nil, fmt.Errorf("join an office: %w", err)
	}
	if err := os.Remove(RecoveryFile(k.place.dir)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("join an office: %w", err)
	}
	return &next, nil
}

// Protect moves the keys under another protection, or another passphrase. Keys of
// a demonstration stay plain, and others never become so.
func (k *Keys) Protect(p Protection, passphrase string) error {
	if p == Demo || k.place.protection == Demo {
		return ErrDemoKeys
	}
	next := *k
	next.place = place{k.place.dir, p, normal(passphrase)}
	if err := next.save(); err != nil {
		return fmt.Errorf("protect keys: %w", err)
	}
	k.place = next.place
	return nil
}

// Recover makes new keys around a recovered office key. Keys that could not be
// opened are set aside beside the new ones, not removed.
func Recover(dir *datadir.Dir, p Protection, passphrase string, r Recovered) (*Keys, error) {
	if p == Passphrase && normal(passphrase) == "" {
		return nil, ErrPassphraseNeeded
	}
	back, err := setAside(dir)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("recover keys: %w", err), back())
	}
	k, err := create(dir, p, passphrase, r.Office)
	if err != nil {
		return nil, errors.Join(err, back())
	}
	return k, nil
}

// setAside renames the key files there are, so that Open does not see them; back
// gives them their names again.
func setAside(dir *datadir.Dir) (back func() error, err error) {
	moved := map[string]string{}
	back = func() error {
		var errs []error
		for path, aside := range moved {
			errs = append(errs, os.Rename(aside, path))
		}
		return errors.Join(errs...)
	}
	for _, s := range stored {
		path := fileOf(dir, s.protection)
		aside := fmt.Sprintf("%s.aside-%s", path, rand.Text()[:8])
		err := os.Rename(path, aside)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return back, err
		}
		moved[path] = aside
	}
	return back, nil
}
