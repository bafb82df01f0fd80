package pack

import (
	"bytes"
	"crypto"
	"errors"
	"slices"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// small is a whole pack with two signatures and two roots, one of which the reader has.
func small(t testing.TB) ([]byte, State) {
	t.Helper()
	p, s := newProvince(t), shelf{}
	p.next(t, func(r *trust.Root) { setRole(r, trust.RoleContent, 1, editor, newEditor) })
	d := p.draft(s, 1, []Item{{ID: "x", Version: 1, Kind: "law", Title: "X", Wordings: []Wording{s.wording("2026-01-01", "Điều 1.")}}})
	d.Keys = []crypto.Signer{editor, newEditor}
	return build(t, d), p.reader(t)
}

// TestEveryBit: of a pack no bit may be another, wherever it stands.
func TestEveryBit(t *testing.T) {
	file, have := small(t)
	if _, err := take(file, have, nil); err != nil {
		t.Fatal(err)
	}
	usual := 6_000
	if underRace {
		usual = 300
	}
	flips := len(file) * 8
	every := max(1, flips/count(t, usual))
	for bit := 0; bit < flips; bit += every {
		b := slices.Clone(file)
		b[bit/8] ^= 1 << (bit % 8)
		if _, err := take(b, have, nil); err == nil || ReasonOf(err) == "" {
			t.Fatalf("bit %d of byte %d: %v", bit%8, bit/8, err)
		}
	}
	t.Logf("%d of %d bits of %d bytes", (flips+every-1)/every, flips, len(file))
}

// TestEveryEnd: a pack cut short anywhere is refused, and nearly always for being that.
func TestEveryEnd(t *testing.T) {
	file, have := small(t)
	others, every := 0, 1
	if underRace {
		every = 20
	}
	for n := 0; n < len(file); n += every {
		_, err := take(file[:n], have, nil)
		if err == nil || !errors.Is(err, record.ErrDamaged) && !errors.Is(err, ErrForeign) {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if !errors.Is(err, ErrTruncated) {
			others++
		}
	}
	if others > 16 { // too short to begin like a container, or between two entries
		t.Errorf("%d of %d cuts were not seen to be cuts", others, len(file))
	}
}

func TestNothingBeforeOrBehind(t *testing.T) {
	file, have := small(t)
	for _, more := range [][]byte{{0}, {'\n'}, []byte("PK\x05\x06"), []byte("#!/bin/sh\n"), file} {
		if _, err := take(append(slices.Clone(file), more...), have, nil); !errors.Is(err, ErrDamaged) {
			t.Errorf("%.10q behind: %v", more, err)
		}
		if len(more) == len(file) {
			continue
		}
		if _, err := take(append(slices.Clone(more), file...), have, nil); !errors.Is(err, ErrForeign) && !errors.Is(err, ErrDamaged) {
			t.Errorf("%.10q before: %v", more, err)
		}
	}
	for name, b := range map[string][]byte{"nothing": nil, "a text": []byte("Điều 1."), "a document": append([]byte("PK\x03\x04"), make([]byte, 100)...)} {
		if _, err := Open(bytes.NewReader(b), int64(len(b)), have); !errors.Is(err, ErrForeign) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(bytes.NewReader(file), MaxFile+1, have); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a file above the bound: %v", err)
	}
	if _, err := Open(bytes.NewReader(file[:len(file)-9]), int64(len(file)), have); !errors.Is(err, ErrTruncated) {
		t.Errorf("a file shorter than was said: %v", err)
	}
}

// TestSumOfAnotherBlob: both headers of a blob say another CRC-32, which a walk cannot see.
func TestSumOfAnotherBlob(t *testing.T) {
	file, have := small(t)
	entries := entriesOf(t, file)
	page := firstPage(t, file).SHA256
	last := entries[slices.IndexFunc(entries, func(e seal.Entry) bool {
		return strings.HasPrefix(e.Name, blobsFolder) && e.Name != blobsFolder+page
	})]
	at := bytes.Index(file, []byte(last.Name))
	central := bytes.LastIndex(file, []byte(last.Name))
	b := slices.Clone(file)
	b[at-30+14] ^= 1
	b[central-46+16] ^= 1
	if _, err := Open(bytes.NewReader(b), int64(len(b)), have); err != nil {
		t.Fatalf("the test bends something else: %v", err)
	}
	if _, err := take(b, have, nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("%v", err)
	}
}
