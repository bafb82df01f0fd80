package seal

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Tags keep the hashes of one purpose apart from those of every other.
const (
	deviceTag      = "sopb-device/1\n"
	fingerprintTag = "sopb-fingerprint/1\n"
)

func taggedSum(tag string, b []byte) [sha256.Size]byte {
	return sha256.Sum256(append([]byte(tag), b...))
}

// DeviceID names a device by its signing key: 32 lower-case hex digits.
func DeviceID(key ed25519.PublicKey) string {
	sum := taggedSum(deviceTag, key)
	return hex.EncodeToString(sum[:16])
}

// Fingerprint30 is what two people read to each other on the telephone:
// 30 decimal digits in six groups of five, about 99.7 bits of the key.
func Fingerprint30(key ed25519.PublicKey) string {
	sum := taggedSum(fingerprintTag, key)
	n := new(big.Int).SetBytes(sum[:])
	n.Mod(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil))
	digits := fmt.Sprintf("%030d", n)
	var groups []string
	for group := range slices.Chunk([]byte(digits), 5) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, " ")
}

// keyID is the minisign id of a key: the first half of its device id, in the
// byte order that makes stock minisign print it the same way.
func keyID(key ed25519.PublicKey) uint64 {
	sum := taggedSum(deviceTag, key)
	return binary.BigEndian.Uint64(sum[:8])
}

// PublicKeyText is the key as the file stock minisign takes with -p.
func PublicKeyText(key ed25519.PublicKey) string {
	raw := make([]byte, 0, 42)
	raw = append(raw, "Ed"...)
	raw = binary.LittleEndian.AppendUint64(raw, keyID(key))
	raw = append(raw, key...)
	return fmt.Sprintf("untrusted comment: minisign public key %016X\n%s\n", keyID(key), base64.StdEncoding.EncodeToString(raw))
}

// ParsePublicKeyText reads what PublicKeyText writes and nothing else: a key
// made by another tool has a random id and is not one of ours.
func ParsePublicKeyText(text string) (ed25519.PublicKey, error) {
	_, line, _ := strings.Cut(text, "\n")
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(line, "\n"))
	if err != nil || len(raw) != 10+ed25519.PublicKeySize {
		return nil, refuse(ErrDamaged, "not a minisign public key")
	}
	key := ed25519.PublicKey(raw[10:])
	if PublicKeyText(key) != text {
		return nil, refuse(ErrDamaged, "public key text is not in its one form")
	}
	return key, nil
}
