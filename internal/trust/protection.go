package trust

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"sophobien/internal/datadir"
)

// Protection is how keys are kept.
type Protection string

// The protections. Which one an office uses can be seen from the file in its keys
// folder.
const (
	Passphrase Protection = "passphrase" // keys.age, an age file
	DPAPI      Protection = "dpapi"      // keys.dpapi, opened by the Windows account
	Keyring    Protection = "keyring"    // keyring.json names the item
	Demo       Protection = "demo"       // demo.json, in plain: demonstration offices only
)

// stored lists the files in the order in which Open prefers them. More than one is
// there only when a change of protection was cut short; both then hold the same keys.
var stored = []struct {
	protection Protection
	file       string
}{
	{Passphrase, "keys.age"},
	{DPAPI, "keys.dpapi"},
	{Keyring, "keyring.json"},
	{Demo, "demo.json"},
}

func fileOf(dir *datadir.Dir, p Protection) string {
	for _, s := range stored {
		if s.protection == p {
			return filepath.Join(dir.Keys(), s.file)
		}
	}
	return ""
}

// Suggest is the protection to offer first on this machine: the one that needs no
// passphrase, where there is one.
func Suggest() Protection {
	switch {
	case runtime.GOOS == "windows":
		return DPAPI
	case KeyringAvailable():
		return Keyring
	}
	return Passphrase
}

// ProtectionOf says how the keys in a folder are kept, without opening them.
func ProtectionOf(dir *datadir.Dir) (Protection, error) {
	for _, s := range stored {
		_, err := os.Lstat(fileOf(dir, s.protection))
		if err == nil {
			return s.protection, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("keys: %w", err)
		}
	}
	return "", ErrNoKeys
}

// load reads the keys' text from where the protection keeps it.
func (p place) load() ([]byte, error) {
	data, err := readFile(fileOf(p.dir, p.protection))
	if err != nil {
		return nil, err
	}
	switch p.protection {
	case Passphrase:
		if p.passphrase == "" {
			return nil, ErrPassphraseNeeded
		}
		return openScrypt(data, p.passphrase, maxWork)
	case DPAPI:
		return openDPAPI(data)
	case Keyring:
		return openKeyring(data)
	}
	return data, nil
}

// store replaces the keys' text. The new text is complete before the file that
// leads to it is replaced; only then is anything old removed.
func (p place) store(text []byte) error {
	path := fileOf(p.dir, p.protection)
	if path == "" {
		return ErrNotHere
	}
	old, err := readFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	data, err := p.wrap(text)
	if err != nil {
		return err
	}
	if err := datadir.WriteFileVerified(path, data); err != nil {
		return err
	}
	if p.protection == Keyring {
		dropItem(old)
	}
	return p.removeOthers()
}

func (p place) wrap(text []byte) ([]byte, error) {
	switch p.protection {
	case Passphrase:
		if p.passphrase == "" {
			return nil, ErrPassphraseNeeded
		}
		return sealScrypt(text, p.passphrase, passphraseWork)
	case DPAPI:
		return sealDPAPI(text)
	case Keyring:
		return sealKeyring(text)
	}
	return text, nil
}

// removeOthers ends a change of protection.
func (p place) removeOthers() error {
	for _, s := range stored {
		path := fileOf(p.dir, s.protection)
		if s.protection == p.protection {
			continue
		}
		if s.protection == Keyring {
			if old, err := readFile(path); err == nil {
				dropItem(old)
			}
		}
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("keys: %w", err)
		}
	}
	return nil
}
