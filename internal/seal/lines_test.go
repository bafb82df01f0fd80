package seal

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const sampleHeader = `{"sopb":"log/1","id":"` + sampleID + `","nonce":"6e6f6e6365206f662033322062797465732c20666f7220746865207465737473ff"}` + "\n"

// readLines takes a whole payload apart.
func readLines(plain []byte) ([]string, error) {
	r, err := NewLineReader(plain)
	if err != nil {
		return nil, err
	}
	lines := []string{}
	for {
		line, err := r.Next()
		if err == io.EOF {
			return lines, nil
		}
		if err != nil {
			return nil, err
		}
		lines = append(lines, string(line))
	}
}

func TestLinesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOf(rapid.StringMatching(`[A-DF-Z] [^\x00-\x1f\x7f]{1,60}`)).Draw(t, "lines")
		header, err := NewStreamHeader(KindBlob, sampleID, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		w, err := NewLineWriter(header)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range want {
			if err := w.Add([]byte(line)); err != nil {
				t.Fatal(err)
			}
		}
		size := w.Size()
		plain, err := w.Finish()
		if err != nil || len(plain) != size {
			t.Fatalf("%d bytes, Size said %d, %v", len(plain), size, err)
		}
		got, err := readLines(plain)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestStreamBytes(t *testing.T) {
	plain := samplePlain(t, 0)
	want := `{"sopb":"log/1","id":"` + sampleID + `","nonce":"6e6f6e6365206f662033322062797465732c20666f7220746865207465737473"}` + "\nE 0\n"
	if diff := cmp.Diff(want, string(plain)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLineReaderRefuses(t *testing.T) {
	head := strings.Replace(sampleHeader, `ff"}`, `"}`, 1)
	if _, err := readLines([]byte(head + "C 1\nE 1\n")); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		plain string
		want  error
	}{
		"nothing":              {"", ErrDamaged},
		"header only":          {head, ErrDamaged},
		"no end marker":        {head + "C 1\n", ErrDamaged},
		"end marker cut":       {head + "C 1\nE 1", ErrDamaged},
		"count too low":        {head + "C 1\nC 2\nE 1\n", ErrDamaged},
		"count too high":       {head + "C 1\nE 2\n", ErrDamaged},
		"count with a zero":    {head + "C 1\nE 01\n", ErrDamaged},
		"count with a plus":    {head + "C 1\nE +1\n", ErrDamaged},
		"two end markers":      {head + "C 1\nE 1\nE 1\n", ErrDamaged},
		"line after the end":   {head + "E 0\nC 1\n", ErrDamaged},
		"line feed at the end": {head + "C 1\nE 1\n\n", ErrDamaged},
		"CR at the end":        {head + "C 1\r\nE 1\r\n", ErrDamaged},
		"empty line":           {head + "\nE 1\n", ErrDamaged},
		"letter only":          {head + "C\nE 1\n", ErrDamaged},
		"letter and space":     {head + "C \nE 1\n", ErrDamaged},
		"small letter":         {head + "c 1\nE 1\n", ErrDamaged},
		"no space":             {head + "CC1\nE 1\n", ErrDamaged},
		"NUL":                  {head + "C a\x00b\nE 1\n", ErrDamaged},
		"invalid UTF-8":        {head + "C \xff\nE 1\n", ErrDamaged},
		"no header":            {"C 1\nE 1\n", ErrDamaged},
		"header twice":         {head + head + "E 0\n", ErrDamaged},
		"header key twice":     {strings.Replace(head, "{", `{"id":"x",`, 1) + "E 0\n", ErrDamaged},
		"nonce too long":       {sampleHeader + "E 0\n", ErrDamaged},
		"no nonce":             {`{"sopb":"log/1","id":"` + sampleID + `"}` + "\nE 0\n", ErrDamaged},
		"format unknown":       {strings.Replace(head, "log/1", "log", 1) + "E 0\n", ErrDamaged},
		"format newer":         {strings.Replace(head, "log/1", "log/2", 1) + "E 0\n", ErrNewer},
		"id":                   {strings.Replace(head, "-7f80", "-4f80", 1) + "E 0\n", ErrDamaged},
	} {
		if got, err := readLines([]byte(c.plain)); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v %q, want %v", name, err, got, c.want)
		}
	}
}

func TestFailedReaderStaysFailed(t *testing.T) {
	plain := strings.Replace(string(samplePlain(t, 3)), "\nC ", "\nc ", 1)
	r, err := NewLineReader([]byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if line, err := r.Next(); !errors.Is(err, ErrDamaged) || line != nil {
			t.Fatalf("%q, %v", line, err)
		}
	}
}

func TestLineWriterRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		line string
		want error
	}{
		"empty":      {"", ErrInvalid},
		"end marker": {"E 1", ErrInvalid},
		"line feed":  {"C a\nb", ErrInvalid},
		"CR":         {"C a\rb", ErrInvalid},
		"UTF-8":      {"C \xff", ErrInvalid},
		"too long":   {"C " + strings.Repeat("x", MaxLine-1), ErrTooLarge},
	} {
		header, err := NewStreamHeader(KindLog, sampleID, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		w, err := NewLineWriter(header)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Add([]byte(c.line)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if err := w.Add([]byte("C fine")); !errors.Is(err, c.want) {
			t.Errorf("%s: a refused writer takes lines again: %v", name, err)
		}
		if b, err := w.Finish(); err == nil || b != nil {
			t.Errorf("%s: a refused writer finished", name)
		}
	}
}

func TestLineBoundsAreExact(t *testing.T) {
	header, err := NewStreamHeader(KindLog, sampleID, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewLineWriter(header)
	if err != nil {
		t.Fatal(err)
	}
	longest := append([]byte("C "), bytes.Repeat([]byte("x"), MaxLine-2)...)
	if err := w.Add(longest); err != nil {
		t.Fatal(err)
	}
	for range MaxLines - 1 {
		if err := w.Add([]byte("C x")); err != nil {
			t.Fatal(err)
		}
	}
	full := *w
	if err := w.Add([]byte("C x")); !errors.Is(err, ErrTooLarge) {
		t.Errorf("line %d: %v", MaxLines+1, err)
	}
	plain, err := full.Finish()
	if err != nil {
		t.Fatal(err)
	}
	if _, n, err := checkStream(plain); err != nil || n != MaxLines {
		t.Errorf("%d lines read back, %v", n, err)
	}
	if err := full.Add([]byte("C x")); !errors.Is(err, ErrInvalid) {
		t.Errorf("a finished writer takes lines: %v", err)
	}
}

func TestPayloadStopsAt64MiB(t *testing.T) {
	for name, c := range map[string]struct {
		over int
		want error
	}{"to the last byte": {0, nil}, "one byte more": {1, ErrTooLarge}} {
		header, err := NewStreamHeader(KindLog, sampleID, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		w, err := NewLineWriter(header)
		if err != nil {
			t.Fatal(err)
		}
		line := append([]byte("C "), bytes.Repeat([]byte("x"), MaxLine-2)...)
		room := func() int { return MaxPlain - w.out.Len() - maxEndMarker - len("\n") }
		for room() > MaxLine+1000 {
			if err := w.Add(line); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Add(line[:room()-1000]); err != nil { // leave less than a line
			t.Fatal(err)
		}
		if err := w.Add(line[:room()+c.over]); !errors.Is(err, c.want) || w.Size() > MaxPlain {
			t.Errorf("%s: %v at %d bytes", name, err, w.Size())
		}
	}
}

func TestNonceComesWhole(t *testing.T) {
	if _, err := NewStreamHeader(KindLog, sampleID, strings.NewReader("short")); !errors.Is(err, ErrInvalid) {
		t.Errorf("short randomness: %v", err)
	}
	if _, err := NewStreamHeader(KindLog, "x", rand.Reader); !errors.Is(err, ErrInvalid) {
		t.Errorf("bad id: %v", err)
	}
}
