package seal

import (
	"bytes"
	"crypto"
	"crypto/ed25519"

	"aead.dev/minisign"
	"golang.org/x/crypto/blake2b"
)

// untrustedComment is the first line of every signature. It is not signed, so
// it says nothing and must not vary.
const untrustedComment = "signature from sophobien"

// Sign signs a message as `minisign -S -H` does and returns the signature text.
// The trusted comment is signed with it. The signer holds an Ed25519 key.
func Sign(signer crypto.Signer, message []byte, trusted string) ([]byte, error) {
	key, ok := signer.Public().(ed25519.PublicKey)
	if !ok {
		return nil, refuse(ErrInvalid, "signer holds %T, not an Ed25519 key", signer.Public())
	}
	if !plainLine(trusted) {
		return nil, refuse(ErrInvalid, "trusted comment %q is not one printable line", trusted)
	}
	sig := minisign.Signature{
		Algorithm:        minisign.HashEdDSA,
		KeyID:            keyID(key),
		TrustedComment:   trusted,
		UntrustedComment: untrustedComment,
	}
	digest := blake2b.Sum512(message)
	if err := signInto(sig.Signature[:], signer, digest[:]); err != nil {
		return nil, err
	}
	if err := signInto(sig.CommentSignature[:], signer, append(sig.Signature[:], trusted...)); err != nil {
		return nil, err
	}
	text, err := sig.MarshalText()
	if err != nil {
		return nil, refuse(ErrInvalid, "%w", err)
	}
	// A signer may be a token or a keyring: believe it only after checking.
	if _, err := Verify(key, message, text); err != nil {
		return nil, refuse(ErrInvalid, "the signer made a signature that does not verify: %v", err)
	}
	return text, nil
}

func signInto(dst []byte, signer crypto.Signer, message []byte) error {
	sig, err := signer.Sign(nil, message, crypto.Hash(0))
	if err != nil {
		return refuse(ErrInvalid, "signing: %w", err)
	}
	if copy(dst, sig) != len(dst) || len(sig) != len(dst) {
		return refuse(ErrInvalid, "signature of %d bytes", len(sig))
	}
	return nil
}

// Verify checks a signature text over a message and returns its trusted
// comment. Only pre-hashed signatures in the one text Sign writes are taken.
func Verify(key ed25519.PublicKey, message, text []byte) (trusted string, err error) {
	sig, err := parseSignature(text)
	if err != nil {
		return "", err
	}
	if len(key) != ed25519.PublicKeySize {
		return "", refuse(ErrNotTrusted, "key of %d bytes", len(key))
	}
	var public minisign.PublicKey
	if err := public.UnmarshalText([]byte(PublicKeyText(key))); err != nil {
		return "", refuse(ErrNotTrusted, "%w", err)
	}
	if !minisign.Verify(public, message, text) {
		return "", refuse(ErrNotTrusted, "signature of key %016X does not match", sig.KeyID)
	}
	return sig.TrustedComment, nil
}

// parseSignature reads a signature text that encodes to the same bytes again:
// the library alone takes spare base64 bits, CR and any untrusted comment.
func parseSignature(text []byte) (minisign.Signature, error) {
	var sig minisign.Signature
	if len(text) > MaxSignature {
		return sig, refuse(ErrTooLarge, "signature text of %d bytes", len(text))
	}
	if err := sig.UnmarshalText(text); err != nil {
		return sig, refuse(ErrDamaged, "%w", err)
	}
	if sig.Algorithm != minisign.HashEdDSA {
		return sig, refuse(ErrDamaged, "signature is not pre-hashed")
	}
	sig.UntrustedComment = untrustedComment
	again, err := sig.MarshalText()
	if err != nil || !bytes.Equal(again, text) || !plainLine(sig.TrustedComment) {
		return sig, refuse(ErrDamaged, "signature text is not in its one form")
	}
	return sig, nil
}

// plainLine reports whether s is printable ASCII on one line.
func plainLine(s string) bool {
	for _, c := range []byte(s) {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}
