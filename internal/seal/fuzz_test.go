package seal

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func FuzzReadArchive(f *testing.F) {
	id, err := NewClassicIdentity()
	if err != nil {
		f.Fatal(err)
	}
	sealed, _, _ := sealSample(f, id, 2)
	f.Add(sealed)
	f.Add(archive(f, []Entry{{"a", nil}, {"b/c", []byte("x")}}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		entries, err := ReadArchive(b, nil, Limits{Entries: 8, Entry: 1 << 20, Total: 1 << 20})
		if err != nil {
			return
		}
		if again, err := WriteArchive(entries); err != nil || !bytes.Equal(again, b) {
			t.Errorf("accepted bytes are not the one form: %v", err)
		}
		if err := walkAndRead(b, Limits{Entries: 8, Entry: 1 << 20, Total: 1 << 20}); err != nil {
			t.Errorf("what is read is not walked: %v", err)
		}
	})
}

func FuzzReadOuter(f *testing.F) {
	id, err := NewClassicIdentity()
	if err != nil {
		f.Fatal(err)
	}
	sealed, _, _ := sealSample(f, id, 2)
	f.Add(sealed)
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := openWhole(b, id); err == nil && len(b) == 0 {
			t.Error("nothing was accepted")
		}
	})
}

func FuzzVerify(f *testing.F) {
	key, message := deviceKey(1), []byte("message")
	text, err := Sign(key, message, "trusted")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte("untrusted comment: \n\ntrusted comment: \n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := Verify(publicOf(key), message, b); err == nil && !bytes.Equal(b, text) {
			t.Errorf("another text accepted: %q", b)
		}
	})
}

func FuzzParsePublicKeyText(f *testing.F) {
	f.Add(PublicKeyText(publicOf(deviceKey(1))))
	f.Add("untrusted comment: \nRWQ=\n")
	f.Fuzz(func(t *testing.T, text string) {
		if key, err := ParsePublicKeyText(text); err == nil && PublicKeyText(key) != text {
			t.Error("accepted text is not the one form")
		}
	})
}

func FuzzParseEnvelope(f *testing.F) {
	raw, err := wholeEnvelope().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		env, err := ParseEnvelope(b)
		if err != nil {
			return
		}
		raw, err := env.Encode()
		if err != nil {
			t.Fatalf("accepted and cannot be written: %v", err)
		}
		again, err := ParseEnvelope(raw)
		if err != nil {
			t.Fatalf("%s: %v", raw, err)
		}
		second, err := again.Encode()
		if err != nil || !bytes.Equal(raw, second) {
			t.Fatalf("%s and then %s, %v", raw, second, err)
		}
	})
}

func FuzzStrictDecode(f *testing.F) {
	for _, seed := range []string{`{"from":"a","list":[{"kind":"\ud83d\ude00"}],"own":[1,2]}`, `{"a":{"b":[1,"\\\""]}}`, `"\u0041"`, `[]`, `-1e5`, `{"From":1}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var strict, standard strictTarget
		if StrictDecode(b, &strict) != nil {
			return
		}
		if err := json.Unmarshal(b, &standard); err != nil {
			t.Fatalf("encoding/json refuses what was accepted: %v", err)
		}
		// What was accepted has one reading: written by the standard library
		// it is accepted again.
		raw, err := json.Marshal(strict)
		if err != nil {
			t.Fatal(err)
		}
		if strict.Raw == nil && strings.Count(string(raw), "{") < MaxDepth {
			if err := StrictDecode(raw, &standard); err != nil {
				t.Fatalf("%s: %v", raw, err)
			}
		}
	})
}

func FuzzLineReader(f *testing.F) {
	f.Add(samplePlain(f, 0))
	f.Add(samplePlain(f, 3))
	f.Add([]byte("C 1\nE 1\n"))
	f.Fuzz(func(t *testing.T, plain []byte) {
		lines, err := readLines(plain)
		if err != nil {
			return
		}
		head, _, _ := bytes.Cut(plain, []byte("\n"))
		again := string(head) + "\n"
		for _, line := range lines {
			again += line + "\n"
		}
		if again += endMarker(len(lines)); again != string(plain) {
			t.Errorf("accepted payload has another form: %q", plain)
		}
	})
}

func FuzzParseFileName(f *testing.F) {
	f.Add("SPB_23293_c3c3_00042_20261123_abcdef.sopb.zip")
	f.Fuzz(func(t *testing.T, name string) {
		parsed, err := ParseFileName(name)
		if err != nil {
			return
		}
		if again, err := parsed.build(); err != nil || again != name {
			t.Errorf("%q is built as %q, %v", name, again, err)
		}
	})
}

func FuzzExpand(f *testing.F) {
	packed, err := compress([]byte("hello"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packed)
	f.Fuzz(func(t *testing.T, b []byte) {
		if plain, err := expand(b, 5); err == nil && len(plain) != 5 {
			t.Errorf("%d bytes of 5", len(plain))
		}
	})
}
