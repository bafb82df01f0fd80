package trust

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"filippo.io/age"

	"sophobien/internal/datadir"
)

// Recipient is to whom the office seals what it hands over.
type Recipient struct {
	Keys        []string // age1pq… or age1…; any one of them opens
	Name        string   // as the file says
	Fingerprint string   // 30 digits in six groups, to compare over a telephone
	Practice    bool     // the practice recipient: the province cannot open it
	Unconfirmed bool     // of a roster whose province nobody has compared with the letter
}

// maxRecipients is a working and a recovery key, with room for a change of each.
const maxRecipients = 4

func provinceFile(dir *datadir.Dir) string { return filepath.Join(dir.Keys(), "province.recipient") }

// Province is the recipient to seal to: the roster's, or for lack of one that of a file,
// or for lack of both the practice recipient.
func Province(dir *datadir.Dir) (Recipient, error) {
	known, err := loadProvince(dir)
	if err != nil {
		return Recipient{}, err
	}
	if len(known.Recipients()) > 0 {
		return known.Recipient(), nil
	}
	text, err := readFile(provinceFile(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return practice(dir)
	}
	if err != nil {
		return Recipient{}, err
	}
	r, err := ParseRecipient(string(text))
	if err != nil {
		return Recipient{}, because(ErrKeysDamaged, fmt.Errorf("province.recipient: %w", err))
	}
	return r, nil
}

// SetProvince enrols the recipient of a text: lines of age recipients, and comments
// of which "# name: …" and "# fingerprint: …" are understood. A fingerprint that is
// not the keys' own refuses the text.
func SetProvince(dir *datadir.Dir, text string) (Recipient, error) {
	r, err := ParseRecipient(text)
	if err != nil {
		return Recipient{}, err
	}
	return r, datadir.WriteFileVerified(provinceFile(dir), []byte(r.Text()))
}

// Text is the recipient as the file [SetProvince] takes.
func (r Recipient) Text() string {
	var b strings.Builder
	if r.Name != "" {
		fmt.Fprintf(&b, "# name: %s\n", r.Name)
	}
	fmt.Fprintf(&b, "# fingerprint: %s\n", r.Fingerprint)
	for _, key := range r.Keys {
		b.WriteString(key + "\n")
	}
	return b.String()
}

// ParseRecipient reads the text of a recipient file.
func ParseRecipient(text string) (Recipient, error) {
	if len(text) > maxFile {
		return Recipient{}, because(ErrRecipient, "the text is too long")
	}
	var r Recipient
	var claimed string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		comment, isComment := strings.CutPrefix(line, "#")
		switch {
		case isComment:
			name, value, _ := strings.Cut(comment, ":")
			switch value = strings.TrimSpace(value); strings.TrimSpace(name) {
			case "name":
				r.Name = value
			case "fingerprint":
				claimed = value
			}
		case line != "":
			r.Keys = append(r.Keys, line)
		}
	}
	if err := checkRecipients(r.Keys); err != nil {
		return Recipient{}, err
	}
	r.Fingerprint = fingerprint(r.Keys)
	if claimed != "" && claimed != r.Fingerprint {
		return Recipient{}, because(ErrRecipient, "the fingerprint is that of other keys")
	}
	return r, nil
}

func checkRecipients(keys []string) error {
	if len(keys) == 0 || len(keys) > maxRecipients {
		return because(ErrRecipient, fmt.Sprintf("%d keys", len(keys)))
	}
	first, err := isHybrid(keys[0])
	for i, key := range keys {
		hybrid, problem := isHybrid(key)
		err = errors.Join(err, problem)
		if hybrid != first {
			return because(ErrRecipient, "post-quantum and classical keys cannot be mixed")
		}
		if slices.Contains(keys[:i], key) {
			return because(ErrRecipient, "a key stands there twice")
		}
	}
	return err
}

// isHybrid also refuses what is no key at all; a secret key must not end up in a
// message, so no text is ever quoted.
func isHybrid(key string) (bool, error) {
	if strings.HasPrefix(strings.ToUpper(key), "AGE-SECRET-KEY") {
		return false, because(ErrRecipient, "this is a secret key; it must stay where it is")
	}
	if to, err := age.ParseHybridRecipient(key); err == nil && to.String() == key {
		return true, nil
	}
	if to, err := age.ParseX25519Recipient(key); err == nil && to.String() == key {
		return false, nil
	}
	return false, because(ErrRecipient, "neither age1pq… nor age1…")
}

// fingerprint does not depend on the order of the keys.
func fingerprint(keys []string) string {
	sum := sha256.Sum256([]byte("sophobien-recipient/1\n" + strings.Join(slices.Sorted(slices.Values(keys)), "\n")))
	return thirty(sum)
}
