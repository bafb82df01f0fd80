package seal

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"

	"aead.dev/minisign"
	"pgregory.net/rapid"
)

func TestSignThenVerify(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := deviceKey(rapid.Byte().Draw(t, "seed"))
		message := rapid.SliceOf(rapid.Byte()).Draw(t, "message")
		trusted := rapid.StringMatching(`[ -~]{0,200}`).Draw(t, "trusted")
		text, err := Sign(key, message, trusted)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Verify(publicOf(key), message, text)
		if err != nil || got != trusted {
			t.Fatalf("%q, %v", got, err)
		}
		if _, err := Verify(publicOf(key), append(message, 0), text); !errors.Is(err, ErrNotTrusted) {
			t.Fatalf("another message: %v", err)
		}
	})
}

func TestSignatureHasOneForm(t *testing.T) {
	key, message := deviceKey(1), []byte("message")
	text, err := Sign(key, message, "trusted")
	if err != nil {
		t.Fatal(err)
	}
	accepted := 0
	for bit := range len(text) * 8 {
		text[bit/8] ^= 1 << (bit % 8)
		if _, err := Verify(publicOf(key), message, text); err == nil {
			accepted++
		}
		text[bit/8] ^= 1 << (bit % 8)
	}
	if accepted != 0 {
		t.Errorf("%d of %d flips accepted", accepted, len(text)*8)
	}
	lines := strings.SplitAfter(string(text), "\n")
	for name, other := range map[string]string{
		"other untrusted comment": "untrusted comment: hello\n" + strings.Join(lines[1:], ""),
		"CR LF":                   strings.ReplaceAll(string(text), "\n", "\r\n"),
		"CR in the comment":       strings.Replace(string(text), "trusted\n", "trusted\r\n", 1),
		"no line feed":            strings.TrimSuffix(string(text), "\n"),
		"two line feeds":          string(text) + "\n",
		"spare base64 bits":       spareBits(string(text)),
		"empty":                   "",
	} {
		if _, err := Verify(publicOf(key), message, []byte(other)); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Verify(publicOf(key), message, bytes.Repeat(text, 10)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("ten signatures: %v", err)
	}
}

// spareBits changes the two bits of the last line that base64 does not use.
func spareBits(text string) string {
	i := strings.LastIndex(text, "==\n") - 1
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	other := alphabet[strings.IndexByte(alphabet, text[i])^1]
	return text[:i] + string(other) + text[i+1:]
}

func TestVerifyRefuses(t *testing.T) {
	key, message := deviceKey(1), []byte("message")
	text, err := Sign(key, message, "trusted")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Verify(publicOf(deviceKey(2)), message, text); !errors.Is(err, ErrNotTrusted) {
		t.Errorf("another key: %v", err)
	}
	if _, err := Verify(publicOf(key)[:31], message, text); !errors.Is(err, ErrNotTrusted) {
		t.Errorf("short key: %v", err)
	}
	if _, err := Verify(publicOf(key), message, notPrehashed(t, key, message)); !errors.Is(err, ErrDamaged) {
		t.Errorf("not pre-hashed: %v", err)
	}
	for _, comment := range []string{"two\nlines", "đ", "tab\t", strings.Repeat("x", MaxSignature)} {
		if text, err := Sign(key, message, comment); err == nil || text != nil {
			t.Errorf("comment %.10q signed", comment)
		}
	}
}

// notPrehashed is a right signature in minisign's old algorithm.
func notPrehashed(t *testing.T, key ed25519.PrivateKey, message []byte) []byte {
	t.Helper()
	sig := minisign.Signature{Algorithm: minisign.EdDSA, KeyID: keyID(publicOf(key)), UntrustedComment: untrustedComment}
	copy(sig.Signature[:], ed25519.Sign(key, message))
	copy(sig.CommentSignature[:], ed25519.Sign(key, sig.Signature[:]))
	text, err := sig.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	var public minisign.PublicKey
	if err := public.UnmarshalText([]byte(PublicKeyText(publicOf(key)))); err != nil || !minisign.Verify(public, message, text) {
		t.Fatal("the old signature is wrong for another reason", err)
	}
	return text
}
