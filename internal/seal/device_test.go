package seal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"aead.dev/minisign"
	"pgregory.net/rapid"
)

// TestNamesOfAKeyNeverChange: these strings are on paper and in rosters.
func TestNamesOfAKeyNeverChange(t *testing.T) {
	key := publicOf(deviceKey(1))
	for what, pair := range map[string][2]string{
		"device id":   {DeviceID(key), "7eabd0d4517d63839dabce3f9ff9473f"},
		"fingerprint": {Fingerprint30(key), "53152 91626 99894 15337 86458 34626"},
		"public key":  {PublicKeyText(key), "untrusted comment: minisign public key 7EABD0D4517D6383\nRWSDY31R1NCrfoqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c\n"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %q, was %q", what, pair[0], pair[1])
		}
	}
}

func TestFingerprintIsThirtyDigits(t *testing.T) {
	form := regexp.MustCompile(`^\d{5}( \d{5}){5}$`)
	seen := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		key := publicOf(deviceKey(rapid.Byte().Draw(t, "seed")))
		f := Fingerprint30(key)
		if !form.MatchString(f) {
			t.Fatalf("%q", f)
		}
		sum := taggedSum(fingerprintTag, key)
		digits, _ := new(big.Int).SetString(strings.ReplaceAll(f, " ", ""), 10)
		rest := new(big.Int).Sub(new(big.Int).SetBytes(sum[:]), digits)
		if rest.Mod(rest, new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)).Sign() != 0 {
			t.Fatalf("%q is not the hash modulo 10^30", f)
		}
		seen[f] = true
	})
	if len(seen) < 20 {
		t.Errorf("only %d fingerprints", len(seen))
	}
}

func TestPublicKeyTextRoundTrip(t *testing.T) {
	for seed := range count(t, 256) {
		key := publicOf(deviceKey(byte(seed)))
		text := PublicKeyText(key)
		got, err := ParsePublicKeyText(text)
		if err != nil || !key.Equal(got) {
			t.Fatalf("seed %d: %v", seed, err)
		}
		var library minisign.PublicKey
		if err := library.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if id := fmt.Sprintf("%016x", library.ID()); !strings.HasPrefix(DeviceID(key), id) {
			t.Errorf("key id %s is not the beginning of device %s", id, DeviceID(key))
		}
	}
}

func TestPublicKeyTextHasOneForm(t *testing.T) {
	text := PublicKeyText(publicOf(deviceKey(1)))
	accepted := 0
	for bit := range len(text) * 8 {
		b := []byte(text)
		b[bit/8] ^= 1 << (bit % 8)
		if _, err := ParsePublicKeyText(string(b)); err == nil {
			accepted++
		}
	}
	for name, other := range map[string]string{
		"no line feed":   strings.TrimSuffix(text, "\n"),
		"two line feeds": text + "\n",
		"CR":             strings.ReplaceAll(text, "\n", "\r\n"),
		"no comment":     text[strings.Index(text, "\n")+1:],
		"random id":      randomID(text),
		"empty":          "",
	} {
		if _, err := ParsePublicKeyText(other); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if accepted != 0 {
		t.Errorf("%d of %d flips accepted", accepted, len(text)*8)
	}
}

// randomID is the text of a key made by another tool: right in itself, with an
// id that does not follow from the key.
func randomID(text string) string {
	raw, _ := base64.StdEncoding.DecodeString(strings.Split(text, "\n")[1])
	raw[2]++
	return "untrusted comment: minisign public key 0\n" + base64.StdEncoding.EncodeToString(raw) + "\n"
}
