package evidence

import (
	"bytes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"
)

// magic begins every sealed file.
const magic = "sopb-evidence/1\n"

// sealedHead is what stands before the sealed bytes: magic and nonce.
const sealedHead = len(magic) + chacha20poly1305.NonceSizeX

// sealedExtra is how much longer a sealed file is than what is in it.
const sealedExtra = int64(sealedHead + chacha20poly1305.Overhead)

// box seals files and thumbnails under keys derived from the office's, one for each
// use, so that one never opens as the other.
type box struct{ files, thumbs cipher.AEAD }

func newBox(key [32]byte) *box { return &box{aead(key, "files"), aead(key, "thumbnails")} }

func aead(key [32]byte, purpose string) cipher.AEAD {
	own, err := hkdf.Key(sha256.New, key[:], nil, "sopb-evidence/1 "+purpose, chacha20poly1305.KeySize)
	if err != nil {
		panic(err) // only a length over 8,160 bytes fails
	}
	a, err := chacha20poly1305.NewX(own)
	if err != nil {
		panic(err) // only a key of another length fails
	}
	return a
}

// seal is magic, nonce and sealed bytes, bound to the name they are kept under.
func (*box) seal(a cipher.AEAD, name string, plain []byte) []byte {
	out := make([]byte, len(magic)+chacha20poly1305.NonceSizeX, int64(len(plain))+sealedExtra)
	nonce := out[copy(out, magic):]
	rand.Read(nonce) // never fails: crypto/rand ends the program instead
	return a.Seal(out, nonce, plain, []byte(magic+name))
}

var errSealed = errors.New("no sealed evidence of this office")

func (*box) open(a cipher.AEAD, name string, sealed []byte) ([]byte, error) {
	rest, ok := bytes.CutPrefix(sealed, []byte(magic))
	if !ok || len(rest) < chacha20poly1305.NonceSizeX {
		return nil, errSealed
	}
	nonce, text := rest[:chacha20poly1305.NonceSizeX], rest[chacha20poly1305.NonceSizeX:]
	// Opened in its own room: the sealed bytes are not needed afterwards.
	return a.Open(text[:0], nonce, text, []byte(magic+name))
}
