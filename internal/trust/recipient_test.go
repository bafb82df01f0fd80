package trust

import (
	"bytes"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

func hybrid(t testing.TB) *age.HybridIdentity {
	t.Helper()
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func classic(t testing.TB) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestPracticeUntilAProvinceIsEnrolled(t *testing.T) {
	dir := newKeys(t, Demo).place.dir
	r, err := Province(dir)
	if err != nil || !r.Practice || len(r.Keys) != 1 {
		t.Fatalf("Province = %+v, %v; want practice", r, err)
	}
	sealsTo(t, r, func() string {
		secret, err := PracticeIdentity(dir)
		if err != nil {
			t.Fatal(err)
		}
		return secret
	}())

	a, b := hybrid(t), hybrid(t)
	text := "\ufeff# name: Sở Nội vụ tỉnh Quảng Ngãi\r\n\r\n" + a.Recipient().String() + "\r\n" + b.Recipient().String()
	set, err := SetProvince(dir, text)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Province(dir)
	if diff := cmp.Diff(set, got); diff != "" || err != nil {
		t.Errorf("%v (-set +read):\n%s", err, diff)
	}
	if got.Practice || got.Name != "Sở Nội vụ tỉnh Quảng Ngãi" || len(got.Keys) != 2 {
		t.Errorf("Province = %+v", got)
	}
	sealsTo(t, got, a.String())
	sealsTo(t, got, b.String())
}

// sealsTo seals to a recipient and opens with a secret, by the age library alone.
func sealsTo(t *testing.T, r Recipient, secret string) {
	t.Helper()
	to, err := age.ParseRecipients(strings.NewReader(strings.Join(r.Keys, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to...)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, "báo cáo")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	ids, err := age.ParseIdentities(strings.NewReader(secret))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := age.Decrypt(&sealed, ids...)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(plain); string(text) != "báo cáo" || err != nil {
		t.Errorf("opened %q, %v", text, err)
	}
}

func TestDamagedProvinceIsNotPractice(t *testing.T) {
	dir := newKeys(t, Demo).place.dir
	if _, err := SetProvince(dir, hybrid(t).Recipient().String()); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(provinceFile(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range [][]byte{nil, whole[:len(whole)-2], bytes.Replace(whole, []byte("age1pq1"), []byte("age1pq2"), 1)} {
		if err := os.WriteFile(provinceFile(dir), text, 0o600); err != nil {
			t.Fatal(err)
		}
		if r, err := Province(dir); !errors.Is(err, record.ErrDamaged) {
			t.Errorf("Province = %+v, %v; want damaged", r, err)
		}
	}
}

func TestParseRecipient(t *testing.T) {
	pq, old := hybrid(t), classic(t)
	pqKey, oldKey := pq.Recipient().String(), old.Recipient().String()
	own := fingerprint([]string{pqKey})
	tests := []struct {
		name, text string
		ok         bool
	}{
		{"post-quantum", pqKey, true},
		{"classical", oldKey, true},
		{"own fingerprint", "# fingerprint: " + own + "\n" + pqKey, true},
		{"other fingerprint", "# fingerprint: " + own + "\n" + hybrid(t).Recipient().String(), false},
		{"nothing", "", false},
		{"comments only", "# name: Sở\n", false},
		{"mixed", pqKey + "\n" + oldKey, false},
		{"twice", pqKey + "\n" + pqKey, false},
		{"five", strings.Repeat(pqKey+"\n", 5), false},
		{"cut", pqKey[:len(pqKey)-1], false},
		{"upper case", strings.ToUpper(oldKey), false},
		{"secret key", pq.String(), false},
		{"secret key in lower case", strings.ToLower(old.String()), false},
		{"an ssh key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA", false},
	}
	for _, tt := range tests {
		r, err := ParseRecipient(tt.text)
		if (err == nil) != tt.ok || err != nil && !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s: %v", tt.name, err)
		}
		if err != nil && strings.Contains(strings.ToUpper(err.Error()), strings.ToUpper(pq.String())) {
			t.Errorf("%s: the message quotes a secret", tt.name)
		}
		if err == nil && !regexp.MustCompile(`^\d{5}( \d{5}){5}$`).MatchString(r.Fingerprint) {
			t.Errorf("%s: fingerprint %q", tt.name, r.Fingerprint)
		}
	}
}

func TestFingerprintIgnoresTheOrder(t *testing.T) {
	a, b := hybrid(t).Recipient().String(), hybrid(t).Recipient().String()
	if fingerprint([]string{a, b}) != fingerprint([]string{b, a}) {
		t.Error("the order counts")
	}
	if fingerprint([]string{a}) == fingerprint([]string{b}) {
		t.Error("two keys have one fingerprint")
	}
}
