package seal

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestKeysRoundTripAsText(t *testing.T) {
	for name, classic := range map[string]bool{"post-quantum": false, "classical": true} {
		id := newIdentity(t, classic)
		again, err := ParseIdentity(id.Secret())
		if err != nil || again.Secret() != id.Secret() || again.Recipient().String() != id.Recipient().String() {
			t.Errorf("%s identity: %v", name, err)
		}
		to, err := ParseRecipient(id.Recipient().String())
		if err != nil || to.Short() != id.Recipient().Short() || to.Classic() != classic {
			t.Errorf("%s recipient: %v", name, err)
		}
		if got := strings.HasPrefix(to.String(), "age1pq1"); got == classic {
			t.Errorf("%s recipient is %.12s…", name, to)
		}
		for _, text := range []string{fmt.Sprint(id), fmt.Sprintf("%v %+v %#v %s", id, id, id, id)} {
			if strings.Contains(text, id.Secret()) {
				t.Errorf("%s identity prints its secret", name)
			}
		}
		for _, bad := range []string{"", "x", id.Secret() + "\n", " " + id.Secret(), strings.ToLower(id.Secret()), id.Secret()[:40], id.Recipient().String()} {
			if _, err := ParseIdentity(bad); !errors.Is(err, ErrDamaged) {
				t.Errorf("%s identity %.12q: %v", name, bad, err)
			}
		}
		for _, bad := range []string{"", "x", to.String() + "\n", strings.ToUpper(to.String()), to.String()[:40], id.Secret()} {
			if _, err := ParseRecipient(bad); !errors.Is(err, ErrDamaged) {
				t.Errorf("%s recipient %.12q: %v", name, bad, err)
			}
		}
	}
}

func TestEncryptThenDecrypt(t *testing.T) {
	id := newIdentity(t, false)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(t, "plain")
		sealed, err := Encrypt(plain, []Recipient{id.Recipient()})
		if err != nil {
			t.Fatal(err)
		}
		got, err := Decrypt(sealed, len(plain), []Identity{id})
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%v, %d of %d bytes", err, len(got), len(plain))
		}
		if len(plain) > 0 {
			if _, err := Decrypt(sealed, len(plain)-1, []Identity{id}); !errors.Is(err, ErrTooLarge) {
				t.Fatalf("one byte too many: %v", err)
			}
		}
	})
}

func TestCompressIsDeterministicAndExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 1, 3000).Draw(t, "plain")
		packed, err := compress(plain)
		if err != nil {
			t.Fatal(err)
		}
		again, err := compress(plain)
		if err != nil || !bytes.Equal(packed, again) {
			t.Fatal("two streams of one content")
		}
		if got, err := expand(packed, len(plain)); err != nil || !bytes.Equal(got, plain) {
			t.Fatal(err)
		}
		if _, err := expand(packed, len(plain)-1); !errors.Is(err, ErrTooLarge) {
			t.Fatalf("claim one less: %v", err)
		}
		if _, err := expand(packed, len(plain)+1); !errors.Is(err, ErrDamaged) {
			t.Fatalf("claim one more: %v", err)
		}
	})
}

func TestExpandRefuses(t *testing.T) {
	packed, err := compress([]byte("hello"))
	if err != nil {
		t.Fatal(err)
	}
	named := bytes.Clone(packed)
	named[3] |= 8 // a file name follows the header
	named = append(append(append([]byte{}, named[:10]...), "x.jsonl\x00"...), packed[10:]...)
	dated := bytes.Clone(packed)
	dated[4] = 1
	for name, b := range map[string][]byte{
		"nothing":       nil,
		"not gzip":      []byte("hello"),
		"cut":           packed[:len(packed)-1],
		"byte behind":   append(bytes.Clone(packed), 0),
		"member behind": append(bytes.Clone(packed), packed...),
		"file name":     named,
		"date":          dated,
	} {
		if _, err := expand(b, 5); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
