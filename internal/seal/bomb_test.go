package seal

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"time"
)

// zeroBomb is a gzip stream of size zero bytes, made by repeating one block of
// 1 MiB. Its checksum is left wrong: nobody should get that far.
func zeroBomb(t *testing.T, size int) []byte {
	t.Helper()
	var block bytes.Buffer
	w, err := flate.NewWriter(&block, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil { // ends on a byte, and can stand again
		t.Fatal(err)
	}
	out := []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}
	for range size >> 20 {
		out = append(out, block.Bytes()...)
	}
	out = append(out, 1, 0, 0, 0xff, 0xff) // an empty last block
	out = binary.LittleEndian.AppendUint32(out, 0)
	return binary.LittleEndian.AppendUint32(out, uint32(size))
}

// TestBombs: 1 GiB of zeros from an enrolled but hostile device.
func TestBombs(t *testing.T) {
	to := newIdentity(t, true)
	bomb, err := Encrypt(zeroBomb(t, 1<<30), []Recipient{to.Recipient()})
	if err != nil {
		t.Fatal(err)
	}
	for name, claim := range map[string]int64{"one byte": 1, "64 KiB": 64 << 10, "8 MiB": 8 << 20, "all of 64 MiB": MaxPlain} {
		t.Run(name, func(t *testing.T) {
			_, _, env := sealSample(t, to, 1)
			env.describePayload(bomb, []Recipient{to.Recipient()})
			env.PlainSize = claim
			crafted, err := assemble(env, bomb, deviceKey(1))
			if err != nil {
				t.Fatal(err)
			}
			refusedQuickly(t, ErrTooLarge, func() error { _, err := openWhole(crafted, to); return err })
		})
	}
}

func TestPayloadAboveEightMiB(t *testing.T) {
	big := append([]byte("PK\x03\x04"), make([]byte, MaxPayload+MaxEnvelope+MaxSignature+2<<10)...)
	refusedQuickly(t, ErrTooLarge, func() error { _, err := ReadOuter(big, roster()); return err })
	entries := archive(t, []Entry{{EnvelopeName, nil}, {SignatureName, nil}, {PayloadName, make([]byte, MaxPayload+1)}})
	refusedQuickly(t, ErrTooLarge, func() error { _, err := ReadOuter(entries, roster()); return err })
}

// TestManyStanzas: a header that would take seconds of key agreement.
func TestManyStanzas(t *testing.T) {
	to := newIdentity(t, true)
	one, err := Encrypt([]byte("x"), []Recipient{to.Recipient()})
	if err != nil {
		t.Fatal(err)
	}
	first, rest, _ := bytes.Cut(one, []byte("\n"))
	end := bytes.Index(rest, []byte("--- "))
	many := bytes.Join([][]byte{first, []byte("\n"), bytes.Repeat(rest[:end], 50_000), rest[end:]}, nil)
	_, _, env := sealSample(t, to, 1)
	env.describePayload(many, []Recipient{to.Recipient()})
	crafted, err := assemble(env, many, deviceKey(1))
	if err != nil {
		t.Fatal(err)
	}
	refusedQuickly(t, ErrDamaged, func() error { _, err := openWhole(crafted, to); return err })
}

func TestBombsOfLines(t *testing.T) {
	header := string(samplePlain(t, 0)[:bytes.IndexByte(samplePlain(t, 0), '\n')+1])
	for name, c := range map[string]struct {
		plain string
		want  error
	}{
		"long line":     {header + "C " + strings.Repeat("x", MaxLine) + "\nE 1\n", ErrTooLarge},
		"endless line":  {header + "C " + strings.Repeat("x", 8<<20), ErrTooLarge},
		"long header":   {`{"sopb":"` + strings.Repeat("x", MaxLine) + `"}` + "\n", ErrTooLarge},
		"million lines": {header + strings.Repeat("C x\n", 1_000_000) + "E 1000000\n", ErrTooLarge},
		"above 64 MiB":  {strings.Repeat("x", MaxPlain+1), ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			plain := []byte(c.plain)
			refusedQuickly(t, c.want, func() error { _, _, err := checkStream(plain); return err })
		})
	}
}

func TestBombsOfJSON(t *testing.T) {
	for name, raw := range map[string]string{
		"arrays":       strings.Repeat("[", 1<<20) + strings.Repeat("]", 1<<20),
		"objects":      strings.Repeat(`{"a":`, 9000) + "1" + strings.Repeat("}", 9000),
		"never closed": strings.Repeat("[", 4<<20),
	} {
		t.Run(name, func(t *testing.T) {
			var v any
			refusedQuickly(t, ErrDamaged, func() error { return StrictDecode([]byte(raw), &v) })
		})
	}
}

// refusedQuickly allows one second, ten under the race detector.
func refusedQuickly(t *testing.T, want error, try func() error) {
	t.Helper()
	limit := time.Second
	if underRace {
		limit = 10 * time.Second
	}
	start := time.Now()
	err := try()
	took := time.Since(start)
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
	if took > limit {
		t.Errorf("took %v", took)
	}
	t.Logf("refused in %v", took)
}
