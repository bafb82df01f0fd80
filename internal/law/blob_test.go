package law

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sophobien/internal/record"
)

func packed(t testing.TB, plain string) []byte {
	t.Helper()
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Write([]byte(plain)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestBlobComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, _ := Split(rapid.SliceOfN(lawLine(), 1, 30).Draw(t, "lines"))
		blob, err := EncodeText(text)
		if err != nil {
			t.Fatal(err)
		}
		again, err := DecodeText(blob)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(text, again); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		twice, err := EncodeText(again)
		if err != nil || !bytes.Equal(blob, twice) {
			t.Fatalf("encoded otherwise: %v", err)
		}
	})
}

func TestBlobIsStrict(t *testing.T) {
	const head = `{"law":"text/1"}` + "\n"
	const line = `{"a":"d1","l":"article","n":"1","h":"Một","t":"Điều 1. Một"}` + "\n"
	if text, err := DecodeText(packed(t, head+line)); err != nil || len(text) != 1 {
		t.Fatalf("a good blob: %v", err)
	}
	good := packed(t, head+line)
	flipped := bytes.Clone(good)
	flipped[len(flipped)-6] ^= 1
	for _, c := range []struct {
		name string
		blob []byte
		want error
	}{
		{"nothing", nil, record.ErrDamaged},
		{"no gzip", []byte(head), record.ErrDamaged},
		{"cut", good[:len(good)-3], record.ErrDamaged},
		{"checksum", flipped, record.ErrDamaged},
		{"bytes behind", append(bytes.Clone(good), 0), record.ErrDamaged},
		{"two streams", append(bytes.Clone(good), good...), record.ErrDamaged},
		{"one text in two streams", append(packed(t, head), packed(t, line)...), record.ErrDamaged},
		{"empty", packed(t, ""), record.ErrDamaged},
		{"newer", packed(t, `{"law":"text/2"}`+"\n"), record.ErrNewer},
		{"something else", packed(t, `{"law":"faq/1"}`+"\n"), record.ErrDamaged},
		{"an unknown field", packed(t, head+strings.Replace(line, `"h"`, `"x":1,"h"`, 1)), record.ErrDamaged},
		{"another order", packed(t, head+`{"l":"article","a":"d1","n":"1","h":"","t":""}`+"\n"), record.ErrDamaged},
		{"a missing field", packed(t, head+`{"a":"d1","l":"article","n":"1","t":""}`+"\n"), record.ErrDamaged},
		{"no last line break", packed(t, strings.TrimSuffix(head+line, "\n")), record.ErrDamaged},
		{"a blank line", packed(t, head+"\n"+line), record.ErrDamaged},
		{"two in a line", packed(t, head+strings.TrimSpace(line)+line), record.ErrDamaged},
		{"an anchor twice", packed(t, head+line+line), record.ErrDamaged},
		{"no anchor", packed(t, head+strings.Replace(line, `"d1"`, `"../x"`, 1)), record.ErrDamaged},
		{"no level", packed(t, head+strings.Replace(line, "article", "thing", 1)), record.ErrDamaged},
		{"a bomb", packed(t, head+strings.Repeat(" ", MaxText)), record.ErrDamaged},
	} {
		if _, err := DecodeText(c.blob); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func FuzzDecodeText(f *testing.F) {
	text, _ := Split([]string{"Điều 1. Một", "1. Hai"})
	blob, err := EncodeText(text)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(blob)
	f.Add(packed(f, `{"law":"text/1"}`+"\n"))
	f.Fuzz(func(t *testing.T, blob []byte) {
		text, err := DecodeText(blob)
		if err != nil {
			return
		}
		if _, err := EncodeText(text); err != nil {
			t.Errorf("decoded, but does not encode: %v", err)
		}
	})
}
