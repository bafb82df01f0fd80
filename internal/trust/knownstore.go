package trust

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path/filepath"

	"sophobien/internal/datadir"
	"sophobien/internal/seal"
)

// rootsText is the content of root.json.
type rootsText struct {
	Version   int          `json:"v"`
	Confirmed string       `json:"confirmed,omitempty"`
	Roots     []signedText `json:"roots"`
}

// maxRootsFile has room for a chain of many years.
const maxRootsFile = 8 << 20

func rootsFile(dir *datadir.Dir) string { return filepath.Join(dir.Keys(), "root.json") }

func rosterFile(dir *datadir.Dir) string { return filepath.Join(dir.Keys(), "roster.sopb.zip") }

// LoadKnown reads what this machine believes, and proves it again. With an error it
// gives what could be read.
func LoadKnown(dir *datadir.Dir) (Known, error) {
	k, err := loadProvince(dir)
	devices, problem := LoadDevices(dir)
	k.Local = devices
	return k, errors.Join(err, problem)
}

// loadProvince is LoadKnown without the devices known here.
func loadProvince(dir *datadir.Dir) (Known, error) {
	k, err := loadRoots(dir)
	if err != nil {
		return k, err
	}
	file, err := readUpTo(rosterFile(dir), maxRosterFile)
	if errors.Is(err, fs.ErrNotExist) {
		return k, nil
	}
	if err != nil {
		return k, err
	}
	next, err := k.withHeld(file)
	if err != nil {
		return k, because(ErrKeysDamaged, err)
	}
	return next, nil
}

// maxRosterFile is what a container may be.
const maxRosterFile = seal.MaxEnvelope + seal.MaxSignature + seal.MaxPayload + 1<<10

// withHeld takes a roster back that was believed when it came. Its registrar may have
// been replaced since; until the next roster there is no better one.
func (k Known) withHeld(file []byte) (Known, error) {
	chain, err := rosterRoots(file)
	if err != nil {
		return k, err
	}
	next, err := k.withRoots(chain)
	if err != nil {
		return k, err
	}
	then, err := WalkRoots(nil, chain)
	if err != nil {
		return k, err
	}
	got, err := readRoster(then, file)
	if err != nil {
		return k, err
	}
	return next.with(got), nil
}

// loadRoots reads the roots alone.
func loadRoots(dir *datadir.Dir) (Known, error) {
	data, err := readUpTo(rootsFile(dir), maxRootsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return Known{}, nil
	}
	if err != nil {
		return Known{}, err
	}
	var text rootsText
	if err := decodeJSON(data, &text, func() int { return text.Version }); err != nil {
		return Known{}, err
	}
	var chain []Signed
	for _, t := range text.Roots {
		chain = append(chain, t.signed())
	}
	k, err := Known{}.withRoots(chain)
	if err != nil {
		return Known{}, because(ErrKeysDamaged, err)
	}
	k.Confirmed = text.Confirmed
	return k, nil
}

// SaveKnown keeps the roots and the roster. The roots go first: a roster that is
// older than they are is still one, roots that are older than the roster are found in it.
func SaveKnown(dir *datadir.Dir, k Known) error {
	if err := saveRoots(dir, k); err != nil || len(k.File) == 0 {
		return err
	}
	return datadir.WriteFileVerified(rosterFile(dir), k.File)
}

func saveRoots(dir *datadir.Dir, k Known) error {
	if len(k.Chain) == 0 {
		return invalid("there is no root to keep")
	}
	text := rootsText{Version: keysVersion, Confirmed: k.Confirmed}
	for _, s := range k.Chain {
		text.Roots = append(text.Roots, s.text())
	}
	data, err := json.MarshalIndent(text, "", "  ")
	if err != nil {
		return err
	}
	return datadir.WriteFileVerified(rootsFile(dir), append(data, '\n'))
}
