package seal

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestEveryBitFlipped flips each bit of a whole post-quantum bundle.
func TestEveryBitFlipped(t *testing.T) {
	to := newIdentity(t, false)
	sealed, plain, _ := sealSample(t, to, 1)
	if got, err := openWhole(sealed, to); err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("the untouched bundle: %v", err)
	}
	accepted := 0
	for bit := range len(sealed) * 8 {
		sealed[bit/8] ^= 1 << (bit % 8)
		if _, err := openWhole(sealed, to); err == nil {
			accepted++
		}
		sealed[bit/8] ^= 1 << (bit % 8)
	}
	t.Logf("%d flips, %d accepted", len(sealed)*8, accepted)
	if accepted != 0 {
		t.Errorf("%d of %d flips accepted", accepted, len(sealed)*8)
	}
}

// TestEveryBitFlippedUnderRightChecksums flips each bit of each entry and then
// builds the archive anew, so that only signature and hashes can notice. A hub
// without any secret must notice too.
func TestEveryBitFlippedUnderRightChecksums(t *testing.T) {
	sealed, _, _ := sealSample(t, newIdentity(t, true), 3)
	entries := cloneEntries(parts(t, sealed))
	flips, accepted, step := 0, 0, 1
	if underRace {
		step = 9 // signatures are slow there; still each byte, each time another bit
	}
	for _, e := range entries {
		for bit := 0; bit < len(e.Data)*8; bit += step {
			e.Data[bit/8] ^= 1 << (bit % 8)
			if _, err := ReadOuter(archive(t, entries), roster(deviceKey(1))); err == nil {
				accepted++
			}
			e.Data[bit/8] ^= 1 << (bit % 8)
			flips++
		}
	}
	t.Logf("%d flips, %d accepted", flips, accepted)
	if accepted != 0 {
		t.Errorf("%d of %d flips accepted", accepted, flips)
	}
}

// TestEveryBitFlippedInsideTheEncryption is a hostile but enrolled sender: the
// signature is right each time, and only the content's own checks remain.
func TestEveryBitFlippedInsideTheEncryption(t *testing.T) {
	_, plain, env := sealSample(t, newIdentity(t, true), 3)
	env.To, env.Recipients, env.PII = OfficePublic, nil, false
	packed, err := compress(plain)
	if err != nil {
		t.Fatal(err)
	}
	outer := Outer{Envelope: env}
	accepted := 0
	for bit := range len(packed) * 8 {
		outer.payload = bytes.Clone(packed)
		outer.payload[bit/8] ^= 1 << (bit % 8)
		got, err := outer.Open(nil)
		if err == nil && !bytes.Equal(got, plain) {
			accepted++
		}
	}
	if accepted != 0 {
		t.Errorf("%d of %d flips gave another content", accepted, len(packed)*8)
	}
}

func TestEveryTruncation(t *testing.T) {
	to := newIdentity(t, false)
	sealed, _, _ := sealSample(t, to, 3)
	for n := range len(sealed) {
		if _, err := openWhole(sealed[:n], to); err == nil {
			t.Errorf("the first %d of %d bytes accepted", n, len(sealed))
		}
		if _, err := openWhole(sealed[n+1:], to); err == nil {
			t.Errorf("without the first %d bytes accepted", n+1)
		}
	}
}

func TestAppendPrependInsert(t *testing.T) {
	to := newIdentity(t, true)
	sealed, _, _ := sealSample(t, to, 3)
	extra := [][]byte{{0}, {'\n'}, {' '}, []byte("PK\x05\x06"), []byte("MZ"), make([]byte, 512), sealed, sealed[:30], sealed[len(sealed)-22:]}
	for _, b := range extra {
		for name, changed := range map[string][]byte{"append": bytes.Join([][]byte{sealed, b}, nil), "prepend": bytes.Join([][]byte{b, sealed}, nil)} {
			if _, err := openWhole(changed, to); err == nil {
				t.Errorf("%s %.8q accepted", name, b)
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range count(t, 2000) {
		at, n := random.IntN(len(sealed)+1), 1+random.IntN(40)
		junk := make([]byte, n)
		for i := range junk {
			junk[i] = byte(random.Uint32())
		}
		changed := append(append(bytes.Clone(sealed[:at]), junk...), sealed[at:]...)
		if _, err := openWhole(changed, to); err == nil {
			t.Errorf("%d bytes inserted at %d accepted", n, at)
		}
	}
}

// TestSomeBytesOverwritten: damage of any size anywhere.
func TestSomeBytesOverwritten(t *testing.T) {
	to := newIdentity(t, true)
	sealed, _, _ := sealSample(t, to, 40)
	random := rand.New(rand.NewPCG(3, 4))
	for range count(t, 2000) {
		changed := bytes.Clone(sealed)
		from := random.IntN(len(changed))
		for i := from; i < min(len(changed), from+1+random.IntN(600)); i++ {
			changed[i] = byte(random.Uint32())
		}
		if _, err := openWhole(changed, to); err == nil && !bytes.Equal(changed, sealed) {
			t.Errorf("overwritten from %d, accepted", from)
		}
	}
}
