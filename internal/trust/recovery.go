package trust

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"

	"sophobien/internal/datadir"
)

// Recovered is what a recovery copy gives back: the office key, without which
// personal values are lost, and the device whose copy it is. It holds no signing
// key: what is recovered goes on as a new stream.
type Recovered struct {
	Office [32]byte
	Device string
}

// recoveryText is the content of the age file.
type recoveryText struct {
	Version int    `json:"v"`
	Office  []byte `json:"office"`
	Device  string `json:"device"`
}

// RecoveryFile is the recovery copy of a folder. It goes beside every backup: a
// backup without it cannot give names back on another machine.
func RecoveryFile(dir *datadir.Dir) string { return filepath.Join(dir.Keys(), "recovery.age") }

// WriteRecovery puts the recovery copy, sealed under a code, into the keys folder.
// Copies made earlier keep opening with the code of their time.
func WriteRecovery(k *Keys, code string) error {
	file, err := sealRecovery(k, code)
	if err != nil {
		return err
	}
	return datadir.WriteFileVerified(RecoveryFile(k.place.dir), file)
}

func sealRecovery(k *Keys, code string) ([]byte, error) {
	secret, err := ParseRecoveryCode(code)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(recoveryText{keysVersion, k.Office[:], k.ID()})
	if err != nil {
		return nil, fmt.Errorf("recovery copy: %w", err)
	}
	return sealScrypt(text, secret, recoveryWork)
}

// OpenRecovery opens the bytes of a recovery copy. A slip in the code gives a
// [*CodeError], a whole code of another copy [ErrWrongCode].
func OpenRecovery(file []byte, code string) (Recovered, error) {
	secret, err := ParseRecoveryCode(code)
	if err != nil {
		return Recovered{}, err
	}
	if len(file) > maxFile {
		return Recovered{}, because(ErrKeysDamaged, "the recovery copy is too large")
	}
	text, err := openScrypt(file, secret, maxWork)
	if errors.Is(err, ErrWrongPassphrase) {
		return Recovered{}, ErrWrongCode
	}
	if err != nil {
		return Recovered{}, err
	}
	return decodeRecovery(text)
}

func decodeRecovery(data []byte) (Recovered, error) {
	var text recoveryText
	if err := decodeJSON(data, &text, func() int { return text.Version }); err != nil {
		return Recovered{}, err
	}
	r := Recovered{Device: text.Device}
	if len(text.Office) != len(r.Office) {
		return Recovered{}, because(ErrKeysDamaged, "the office key has the wrong length")
	}
	copy(r.Office[:], text.Office)
	return r, nil
}

// SealOffice is a recovery copy under the office's passphrase instead of a code:
// with it a backup opens on another PC for whoever knows the passphrase.
func SealOffice(k *Keys, passphrase string) ([]byte, error) {
	text, err := json.Marshal(recoveryText{keysVersion, k.Office[:], k.ID()})
	if err != nil {
		return nil, fmt.Errorf("recovery copy: %w", err)
	}
	return sealScrypt(text, normal(passphrase), passphraseWork)
}

// OpenOffice opens the bytes of a copy SealOffice made.
func OpenOffice(file []byte, passphrase string) (Recovered, error) {
	if len(file) > maxFile {
		return Recovered{}, because(ErrKeysDamaged, "the recovery copy is too large")
	}
	text, err := openScrypt(file, normal(passphrase), maxWork)
	if err != nil {
		return Recovered{}, err
	}
	return decodeRecovery(text)
}
