package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// count is how often a repeated test repeats; SOPHOBIEN_COUNT raises it.
func count(t testing.TB, usual int) int {
	t.Helper()
	text := os.Getenv("SOPHOBIEN_COUNT")
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("SOPHOBIEN_COUNT=%q is not a count", text)
	}
	return n
}

// deviceKey is a fixed key, another one for every seed.
func deviceKey(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

func publicOf(key ed25519.PrivateKey) ed25519.PublicKey { return key.Public().(ed25519.PublicKey) }

// roster is a KeyOf for a few known devices.
func roster(keys ...ed25519.PrivateKey) KeyOf {
	return func(device string) (ed25519.PublicKey, bool) {
		for _, key := range keys {
			if DeviceID(publicOf(key)) == device {
				return publicOf(key), true
			}
		}
		return nil, false
	}
}

const sampleID = "019ab3c4-5d6e-7f80-8123-456789abcdef"

// sampleEnvelope has every field a caller fills set to a distinct value.
func sampleEnvelope() Envelope {
	dev, other := DeviceID(publicOf(deviceKey(1))), DeviceID(publicOf(deviceKey(2)))
	return Envelope{
		Kind:       KindLog,
		ID:         sampleID,
		Unit:       "23293",
		To:         "51-so-noi-vu",
		No:         42,
		Range:      map[string]Span{dev: {3, 17}, other: {1, 1}},
		Heads:      map[string]string{dev: strings.Repeat("a1", 32), other: strings.Repeat("b2", 32)},
		PII:        true,
		App:        "sophobien 1.0",
		Schema:     5,
		Created:    "2026-11-23T16:45:00+07:00",
		RosterSeen: 6,
		PacksSeen:  map[string]int64{"law/51": 9},
	}
}

// samplePlain is a framed payload of n lines.
func samplePlain(t testing.TB, n int) []byte {
	t.Helper()
	header, err := NewStreamHeader(KindLog, sampleID, strings.NewReader("nonce of 32 bytes, for the tests"))
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewLineWriter(header)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		signature := sha512.Sum512([]byte{byte(i), byte(i >> 8)}) // as long, and as hard to compress, as a real one
		line := fmt.Appendf(nil, `C %s {"n":%d,"title":"Tập huấn pháp luật lao động"}`, base64.StdEncoding.EncodeToString(signature[:]), i)
		if err := w.Add(line); err != nil {
			t.Fatal(err)
		}
	}
	plain, err := w.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func newIdentity(t testing.TB, classic bool) Identity {
	t.Helper()
	make := NewIdentity
	if classic {
		make = NewClassicIdentity
	}
	id, err := make()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// sealSample seals n lines from device 1 to one identity.
func sealSample(t testing.TB, to Identity, n int) (sealed, plain []byte, env Envelope) {
	t.Helper()
	plain = samplePlain(t, n)
	sealed, env, err := Seal(sampleEnvelope(), plain, deviceKey(1), []Recipient{to.Recipient()})
	if err != nil {
		t.Fatal(err)
	}
	return sealed, plain, env
}

// openWhole is what a receiver does; it is the judge of every attack here.
func openWhole(b []byte, who ...Identity) ([]byte, error) {
	outer, err := ReadOuter(b, roster(deviceKey(1)))
	if err != nil {
		return nil, err
	}
	return outer.Open(who)
}

// parts are the entries of a sealed bundle.
func parts(t testing.TB, sealed []byte) []Entry {
	t.Helper()
	entries, err := ReadArchive(sealed, nil, bundleLimits)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func cloneEntries(entries []Entry) []Entry {
	out := make([]Entry, len(entries))
	for i, e := range entries {
		out[i] = Entry{e.Name, bytes.Clone(e.Data)}
	}
	return out
}

func archive(t testing.TB, entries []Entry) []byte {
	t.Helper()
	b, err := WriteArchive(entries)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
