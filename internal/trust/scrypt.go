package trust

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"
)

// How hard a guess is made, as the logarithm age uses. A passphrase is a person's
// (half a second, 135 MB on a two-core machine); a recovery code has 133 bits and
// would need no help. What asks for more than maxWork was not made by us.
const (
	passphraseWork = 17
	recoveryWork   = 15
	maxWork        = 18
)

// normal is the one form of a passphrase, however it was typed.
func normal(passphrase string) string {
	return strings.TrimSpace(norm.NFC.String(passphrase))
}

// sealScrypt makes an age file that a passphrase opens.
func sealScrypt(text []byte, secret string, work int) ([]byte, error) {
	r, err := age.NewScryptRecipient(secret)
	if err != nil {
		return nil, err
	}
	r.SetWorkFactor(work)
	var out bytes.Buffer
	w, err := age.Encrypt(&out, r)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	// The last chunk goes out here.
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// openScrypt tells a wrong secret from a damaged file as far as that can be told: a
// flipped bit in the wrapped key looks like a wrong secret.
func openScrypt(file []byte, secret string, work int) ([]byte, error) {
	id, err := age.NewScryptIdentity(secret)
	if err != nil {
		return nil, ErrPassphraseNeeded
	}
	id.SetMaxWorkFactor(work)
	r, err := age.Decrypt(bytes.NewReader(file), id)
	var noMatch *age.NoIdentityMatchError
	if errors.As(err, &noMatch) && slices.Contains(noMatch.StanzaTypes, "scrypt") {
		return nil, ErrWrongPassphrase
	}
	if err != nil {
		return nil, because(ErrKeysDamaged, err)
	}
	text, err := io.ReadAll(io.LimitReader(r, maxFile))
	if err != nil {
		return nil, because(ErrKeysDamaged, err)
	}
	return text, nil
}
