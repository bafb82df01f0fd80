package seal

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var streamed = []Entry{{"pack.json", []byte(`{"format":"x"}`)}, {"blobs/a", nil}, {"blobs/b", []byte("hello")}}

func partsOf(entries []Entry) []Part {
	parts := make([]Part, len(entries))
	for i, e := range entries {
		parts[i] = Part{Name: e.Name, Size: int64(len(e.Data)), CRC: crc32.ChecksumIEEE(e.Data)}
	}
	return parts
}

func stream(parts []Part, data func(i int) []byte) ([]byte, error) {
	var out bytes.Buffer
	err := StreamArchive(&out, parts, func(w io.Writer, i int) error {
		for _, b := range data(i) { // a byte at a time
			if _, err := w.Write([]byte{b}); err != nil {
				return err
			}
		}
		return nil
	})
	return out.Bytes(), err
}

// TestStreamIsTheSameDialect: what is streamed is what WriteArchive writes, and what is
// walked is what ReadArchive reads, for good and crafted archives alike.
func TestStreamIsTheSameDialect(t *testing.T) {
	whole := archive(t, streamed)
	got, err := stream(partsOf(streamed), func(i int) []byte { return streamed[i].Data })
	if err != nil || !bytes.Equal(got, whole) {
		t.Fatalf("streamed %d bytes, %v; want %d", len(got), err, len(whole))
	}
	limits := Limits{Entries: 8, Entry: 1 << 10, Total: 1 << 20}
	parts, err := WalkArchive(bytes.NewReader(whole), int64(len(whole)), limits)
	if diff := cmp.Diff(partsOf(streamed), parts, cmpopts.IgnoreUnexported(Part{})); diff != "" || err != nil {
		t.Fatalf("%v (-want +got):\n%s", err, diff)
	}
	for i, p := range parts {
		if data, err := ReadPart(bytes.NewReader(whole), p); err != nil || !bytes.Equal(data, streamed[i].Data) {
			t.Errorf("%s: %q, %v", p.Name, data, err)
		}
	}
	for bit := range len(whole) * 8 {
		b := slices.Clone(whole)
		b[bit/8] ^= 1 << (bit % 8)
		if err := walkAndRead(b, limits); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTooLarge) {
			t.Errorf("bit %d: %v", bit, err)
		}
	}
	for n := range whole {
		if err := walkAndRead(whole[:n], limits); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
	if err := walkAndRead(append(slices.Clone(whole), 0), limits); !errors.Is(err, ErrDamaged) {
		t.Errorf("a byte behind: %v", err)
	}
}

func walkAndRead(b []byte, limits Limits) error {
	parts, err := WalkArchive(bytes.NewReader(b), int64(len(b)), limits)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if _, err := ReadPart(bytes.NewReader(b), p); err != nil {
			return err
		}
	}
	return nil
}

func TestStreamKeepsItsPromise(t *testing.T) {
	for name, data := range map[string]string{"shorter": "hell", "longer": "hello!", "another": "hallo"} {
		if _, err := stream(partsOf(streamed), func(i int) []byte {
			if i == 2 {
				return []byte(data)
			}
			return streamed[i].Data
		}); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		parts []Part
		want  error
	}{
		"nothing":     {nil, ErrInvalid},
		"a name":      {[]Part{{Name: "../x"}}, ErrInvalid},
		"twice":       {[]Part{{Name: "x"}, {Name: "x"}}, ErrInvalid},
		"above 2 GiB": {[]Part{{Name: "x", Size: 1 << 30}, {Name: "y", Size: 1 << 30}}, ErrTooLarge},
	} {
		if _, err := stream(c.parts, func(int) []byte { return nil }); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	failed := fmt.Errorf("the disk is full")
	if err := StreamArchive(io.Discard, partsOf(streamed), func(io.Writer, int) error { return failed }); !errors.Is(err, failed) {
		t.Error(err)
	}
}

func TestWalkLimits(t *testing.T) {
	whole := archive(t, streamed)
	for name, limits := range map[string]Limits{
		"entries": {Entries: 2, Entry: 100, Total: 1 << 20}, "bytes of one": {Entries: 3, Entry: 13, Total: 1 << 20}, "bytes": {Entries: 3, Entry: 100, Total: len(whole) - 1},
	} {
		if _, err := WalkArchive(bytes.NewReader(whole), int64(len(whole)), limits); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := WalkArchive(bytes.NewReader(whole), int64(len(whole))+10, Limits{3, 100, 1 << 20}); !errors.Is(err, ErrDamaged) {
		t.Errorf("a file that ends before its size: %v", err)
	}
}

// TestExpand: Expand is for what nobody has told the size of.
func TestExpand(t *testing.T) {
	packed, err := Compress([]byte("hello"))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := Expand(packed, 5); err != nil || string(plain) != "hello" {
		t.Errorf("%q, %v", plain, err)
	}
	for name, c := range map[string]struct {
		packed []byte
		max    int
		want   error
	}{
		"one byte too many": {packed, 4, ErrTooLarge}, "cut": {packed[:len(packed)-1], 5, ErrDamaged},
		"more behind": {append(slices.Clone(packed), 0), 5, ErrDamaged}, "twice": {append(slices.Clone(packed), packed...), 50, ErrDamaged}, "none": {nil, 5, ErrDamaged},
	} {
		if _, err := Expand(c.packed, c.max); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
