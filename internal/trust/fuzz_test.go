package trust

import (
	"errors"
	"testing"

	"sophobien/internal/record"
)

// refused checks that a reader says no in a way a screen understands.
func refused(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, record.ErrDamaged) && !errors.Is(err, record.ErrNewer) {
		t.Errorf("%v is no kind a screen knows", err)
	}
}

func FuzzDecodeKeys(f *testing.F) {
	text, err := newKeys(f, Demo).encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"v":3}`))
	f.Add([]byte(`{"v":1,"device":"","office":null,"identity":"","retired":[""]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		k, err := decodeKeys(data)
		if err != nil {
			refused(t, err)
			return
		}
		text, err := k.encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := decodeKeys(text)
		if err != nil || again.ID() != k.ID() || k.Recipient() == "" {
			t.Errorf("keys do not survive: %v", err)
		}
	})
}

func FuzzParseItem(f *testing.F) {
	f.Add([]byte(`{"v":1,"item":"abc"}`))
	f.Add([]byte(`{"v":1,"item":""}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if item, err := parseItem(data); err != nil {
			refused(t, err)
		} else if item.Item == "" {
			t.Error("no item")
		}
	})
}

func FuzzParseDevices(f *testing.F) {
	f.Add([]byte(`{"v":1,"devices":[]}`))
	f.Add([]byte(`{"v":1,"devices":[{"id":"00","key":"AA=="}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := parseDevices(data)
		if err != nil {
			refused(t, err)
			return
		}
		for _, one := range list {
			if key, ok := list.Lookup(one.ID); !ok || !key.Equal(one.Key) {
				t.Errorf("%s leads elsewhere", one.ID)
			}
		}
	})
}

func FuzzOpenScrypt(f *testing.F) {
	whole, err := sealScrypt([]byte("the keys"), "secret", 1)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add([]byte("age-encryption.org/v1\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		text, err := openScrypt(file, "secret", 3)
		// Only whoever knows the secret can make a file that opens.
		if err == nil && string(text) != "the keys" {
			t.Errorf("opened as %q", text)
		}
		if err != nil && !errors.Is(err, ErrWrongPassphrase) {
			refused(t, err)
		}
	})
}

func FuzzDecodeRecovery(f *testing.F) {
	f.Add([]byte(`{"v":1,"office":"AAAA","device":"00"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := decodeRecovery(data); err != nil {
			refused(t, err)
		}
	})
}

func FuzzParseRecipient(f *testing.F) {
	f.Add("# name: Sở\n# fingerprint: 1\n" + hybrid(f).Recipient().String())
	f.Add(classic(f).Recipient().String())
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ParseRecipient(text)
		if err != nil {
			if !errors.Is(err, record.ErrInvalid) {
				t.Errorf("%v is no kind a screen knows", err)
			}
			return
		}
		if again, err := ParseRecipient(r.Text()); err != nil || again.Fingerprint != r.Fingerprint {
			t.Errorf("a recipient does not survive its own text: %v", err)
		}
	})
}

func FuzzParsePractice(f *testing.F) {
	f.Add(practiceNote + hybrid(f).String() + "\n")
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := parsePractice(text); err != nil {
			refused(t, err)
		}
	})
}
