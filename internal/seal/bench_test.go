package seal

import (
	"testing"
)

// benchLines make a payload of about 2 MB, a busy office's month.
const benchLines = 13_400

func BenchmarkSeal(b *testing.B) {
	for name, classic := range map[string]bool{"post-quantum": false, "classical": true} {
		b.Run(name, func(b *testing.B) {
			to := []Recipient{newIdentity(b, classic).Recipient()}
			plain := samplePlain(b, benchLines)
			b.SetBytes(int64(len(plain)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := Seal(sampleEnvelope(), plain, deviceKey(1), to); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	for name, classic := range map[string]bool{"post-quantum": false, "classical": true} {
		b.Run(name, func(b *testing.B) {
			id := newIdentity(b, classic)
			sealed, plain, _ := sealSample(b, id, benchLines)
			b.SetBytes(int64(len(plain)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := openWhole(sealed, id); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkReadOuter is what a hub does before it stores a bundle.
func BenchmarkReadOuter(b *testing.B) {
	sealed, _, _ := sealSample(b, newIdentity(b, false), benchLines)
	b.SetBytes(int64(len(sealed)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ReadOuter(sealed, roster(deviceKey(1))); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStrictDecode(b *testing.B) {
	raw, err := wholeEnvelope().Encode()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		var env Envelope
		if err := StrictDecode(raw, &env); err != nil {
			b.Fatal(err)
		}
	}
}
