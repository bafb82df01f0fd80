package trust

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"sophobien/internal/datadir"
)

func practiceFile(dir *datadir.Dir) string { return filepath.Join(dir.Keys(), "practice.agekey") }

// practiceNote stands in the file, which has the form the stock tools write.
const practiceNote = "# Practice key of Sổ Phổ Biến. It protects nothing: whoever has this folder opens what\n" +
	"# was sealed for practice. The province cannot.\n"

// ensurePractice makes the practice identity if it is not there.
func ensurePractice(dir *datadir.Dir) error {
	_, err := PracticeIdentity(dir)
	if !errors.Is(err, ErrNoKeys) {
		return err
	}
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		return fmt.Errorf("practice key: %w", err)
	}
	return datadir.WriteFile(practiceFile(dir), []byte(practiceNote+id.String()+"\n"))
}

// PracticeIdentity is the secret that opens what was sealed for practice.
func PracticeIdentity(dir *datadir.Dir) (string, error) {
	data, err := readFile(practiceFile(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return "", because(ErrNoKeys, "practice.agekey")
	}
	if err != nil {
		return "", err
	}
	return parsePractice(string(data))
}

func parsePractice(text string) (string, error) {
	var keys []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			keys = append(keys, line)
		}
	}
	if len(keys) != 1 {
		return "", because(ErrKeysDamaged, "practice.agekey holds no single key")
	}
	if _, err := age.ParseHybridIdentity(keys[0]); err != nil {
		return "", because(ErrKeysDamaged, "practice.agekey holds no key")
	}
	return keys[0], nil
}

func practice(dir *datadir.Dir) (Recipient, error) {
	secret, err := PracticeIdentity(dir)
	if err != nil {
		return Recipient{}, err
	}
	id, err := age.ParseHybridIdentity(secret)
	if err != nil {
		return Recipient{}, because(ErrKeysDamaged, "practice.agekey holds no key")
	}
	keys := []string{id.Recipient().String()}
	return Recipient{Keys: keys, Fingerprint: fingerprint(keys), Practice: true}, nil
}
