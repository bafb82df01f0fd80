package trust

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"sophobien/internal/datadir"
	"sophobien/internal/seal"
)

// authorityFile is the public part of authority.json: what no keyring has room for.
type authorityFile struct {
	Version  int    `json:"v"`
	Recovery string `json:"recovery"`
}

func authorityPath(dir *datadir.Dir) string { return filepath.Join(dir.Keys(), "authority.json") }

// SaveAuthority keeps an authority under the protection of the machine's own keys. A
// machine that belongs to another province is refused.
func (k *Keys) SaveAuthority(a *Authority) error {
	known, err := loadRoots(k.place.dir)
	if err != nil {
		return err
	}
	next, err := known.withRoots(a.Chain)
	if errors.Is(err, ErrOtherProvince) {
		return because(ErrAuthorityExists, err)
	}
	if err != nil {
		return err
	}
	if next.Root.Version > len(a.Chain) {
		return because(ErrAuthorityExists, fmt.Sprintf("its root %d is newer", next.Root.Version))
	}
	proven := *a
	proven.Root = next.Root
	if err := proven.check(); err != nil {
		return err
	}
	next.Confirmed = next.Fingerprint()
	if err := k.saveAuthority(&proven, known.Root, next); err != nil {
		return fmt.Errorf("keep the keys of the province: %w", err)
	}
	return nil
}

// saveAuthority writes the keys before the root that names them, and keeps those the
// root on disk still names until then.
func (k *Keys) saveAuthority(a *Authority, before Root, next Known) error {
	to, err := seal.ParseRecipient(a.Recovery)
	if err != nil {
		return kindly(err)
	}
	text := &authorityText{Working: a.Working, Recovery: to.Short()}
	for _, role := range keptRoles {
		key := *a.keyOf(role)
		text.Keys = append(text.Keys, key.Seed())
		if k.authority == nil {
			continue
		}
		if old, err := k.authority.find(before, role); err == nil && !old.Equal(key) {
			text.Keys = append(text.Keys, old.Seed())
		}
	}
	file, err := json.Marshal(authorityFile{keysVersion, a.Recovery})
	if err != nil {
		return err
	}
	if err := datadir.WriteFileVerified(authorityPath(k.place.dir), append(file, '\n')); err != nil {
		return err
	}
	kept := *k
	kept.authority = text
	if err := kept.save(); err != nil {
		return err
	}
	k.authority = text
	return saveRoots(k.place.dir, next)
}

// OpenAuthority finds the keys of a province beside those of its machine.
func OpenAuthority(k *Keys) (*Authority, error) {
	if k.authority == nil {
		return nil, ErrNoAuthority
	}
	known, err := loadRoots(k.place.dir)
	if err != nil {
		return nil, err
	}
	if known.Root.Version == 0 {
		return nil, because(ErrNoAuthority, "their making was cut short")
	}
	a := &Authority{Chain: known.Chain, Root: known.Root, Working: k.authority.Working}
	for _, role := range keptRoles {
		key, err := k.authority.find(known.Root, role)
		if err != nil {
			return nil, because(ErrKeysDamaged, err)
		}
		*a.keyOf(role) = key
	}
	a.Recovery, err = k.recoveryRecipient()
	return a, err
}

// recoveryRecipient believes authority.json only when the protected keys name the
// same recipient: everything offices hand over is sealed to it.
func (k *Keys) recoveryRecipient() (string, error) {
	data, err := readFile(authorityPath(k.place.dir))
	if errors.Is(err, fs.ErrNotExist) {
		return "", because(ErrKeysDamaged, "authority.json is missing")
	}
	if err != nil {
		return "", err
	}
	var text authorityFile
	if err := decodeJSON(data, &text, func() int { return text.Version }); err != nil {
		return "", err
	}
	to, err := seal.ParseRecipient(text.Recovery)
	if err != nil || to.Short() != k.authority.Recovery {
		return "", because(ErrKeysDamaged, "authority.json names another recovery recipient")
	}
	return text.Recovery, nil
}
