package trust

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

func sampleEnrolment() Enrolment {
	return Enrolment{Unit: "24340", UnitName: "Xã Đăk Hà", Office: "UBND xã Đăk Hà", Officer: "Y Ngọc Lan", Machine: "Máy một cửa", Created: testTime}
}

// enrolled is an enrolment of a machine that goes on from an earlier stream.
func enrolled(t testing.TB) (k *Keys, file []byte, name string) {
	t.Helper()
	k, err := newKeys(t, Demo).NewStream(17, strings.Repeat("a1", 32))
	if err != nil {
		t.Fatal(err)
	}
	e := sampleEnrolment()
	if e.Continues, err = k.Statement(); err != nil {
		t.Fatal(err)
	}
	file, name, err = NewEnrolment(k, e)
	if err != nil {
		t.Fatal(err)
	}
	return k, file, name
}

func TestEnrolment(t *testing.T) {
	k, file, name := enrolled(t)
	if want := "SPB_enrol_24340_" + k.ID()[:4] + ".sope.zip"; name != want {
		t.Errorf("name %q, want %q", name, want)
	}
	got, err := ReadEnrolment(file)
	if err != nil {
		t.Fatal(err)
	}
	want := sampleEnrolment()
	want.Key, want.Recipient = k.public(), k.Recipient()
	want.Continues, _ = k.Statement()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got.Device() != k.ID() || got.Fingerprint() != seal.Fingerprint30(k.public()) || got.Continues.N != 17 || got.Continues.Old() != seal.DeviceID(k.Retired[0]) {
		t.Errorf("device %s, fingerprint %s", got.Device(), got.Fingerprint())
	}
	for i := range file {
		bad := bytes.Clone(file)
		bad[i] ^= 1 << (i % 8)
		if _, err := ReadEnrolment(bad); !errors.Is(err, record.ErrDamaged) && !errors.Is(err, record.ErrNotTrusted) && !errors.Is(err, record.ErrNewer) {
			t.Fatalf("byte %d: %v", i, err)
		}
		if _, err := ReadEnrolment(file[:i]); !errors.Is(err, record.ErrDamaged) {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
}

func TestEnrolmentRefuses(t *testing.T) {
	k := newKeys(t, Demo)
	other, err := newKeys(t, Demo).NewStream(0, "")
	if err != nil {
		t.Fatal(err)
	}
	for name, bend := range map[string]func(*Enrolment){
		"unit":                func(e *Enrolment) { e.Unit = "xã" },
		"no unit name":        func(e *Enrolment) { e.UnitName = "" },
		"no office":           func(e *Enrolment) { e.Office = "" },
		"officer":             func(e *Enrolment) { e.Officer = "Lan\nMai" },
		"machine":             func(e *Enrolment) { e.Machine = strings.Repeat("m", maxText+1) },
		"created":             func(e *Enrolment) { e.Created = "" },
		"another's statement": func(e *Enrolment) { e.Continues, _ = other.Statement() },
	} {
		e := sampleEnrolment()
		bend(&e)
		if _, _, err := NewEnrolment(k, e); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What somebody with a key of his own writes by hand.
	e := sampleEnrolment()
	e.Key, e.Recipient = k.public(), k.Recipient()
	raw := func(format string, e Enrolment) []byte {
		text, err := plainJSON(struct {
			Format string `json:"format"`
			Enrolment
		}{format, e})
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	file := func(raw []byte, by *Keys, comment string) []byte {
		sig, err := seal.Sign(by.Device, raw, comment)
		if err != nil {
			t.Fatal(err)
		}
		b, err := seal.WriteArchive([]seal.Entry{{Name: enrolName, Data: raw}, {Name: enrolSigName, Data: sig}})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if _, err := ReadEnrolment(file(raw(enrolFormat, e), k, e.comment())); err != nil {
		t.Fatal(err)
	}
	secret := e
	secret.Recipient = k.Identity
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"signed by another": {file(raw(enrolFormat, e), other, e.comment()), record.ErrNotTrusted},
		"signed as a root":  {file(raw(enrolFormat, e), k, rootKind(1)), record.ErrNotTrusted},
		"another's comment": {file(raw(enrolFormat, e), k, enrolFormat+" unit=1"), record.ErrNotTrusted},
		"another format":    {file(raw("sopb-root/1", e), k, e.comment()), record.ErrDamaged},
		"a newer format":    {file(raw("sopb-enrol/2", e), k, e.comment()), record.ErrNewer},
		"a secret inside":   {file(raw(enrolFormat, secret), k, e.comment()), record.ErrDamaged},
		"no key":            {file([]byte(`{"format":"sopb-enrol/1"}`), k, e.comment()), record.ErrNotTrusted},
		"no JSON":           {file([]byte(`hello`), k, e.comment()), record.ErrDamaged},
		"a bundle":          {sealed(t, seal.KindAck, "51", k.Device), record.ErrDamaged},
		"too long":          {file(bytes.Repeat([]byte(" "), maxEnrolment+1), k, e.comment()), record.ErrDamaged},
	} {
		if _, err := ReadEnrolment(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestStatement(t *testing.T) {
	head := strings.Repeat("b2", 32)
	first := newKeys(t, Demo)
	if s, err := first.Statement(); s != nil || err != nil {
		t.Errorf("a first stream goes on from %v, %v", s, err)
	}
	second, err := first.NewStream(42, head)
	if err != nil {
		t.Fatal(err)
	}
	third, err := second.NewStream(7, "a damaged mark")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		k, old *Keys
		n      int64
		head   string
	}{{second, first, 42, head}, {third, second, 0, ""}} {
		s, err := c.k.Statement()
		if err != nil || s == nil {
			t.Fatal(s, err)
		}
		if err := s.Verify(); err != nil || s.Stream() != c.k.ID() || s.Old() != c.old.ID() || s.N != c.n || s.Head != c.head {
			t.Errorf("%+v, %v", s, err)
		}
	}
	s, err := second.Statement()
	if err != nil {
		t.Fatal(err)
	}
	for name, bend := range map[string]func(*Statement){
		"another number": func(s *Statement) { s.N++ },
		"another head":   func(s *Statement) { s.Head = strings.Repeat("b3", 32) },
		"no place":       func(s *Statement) { s.N, s.Head = 0, "" },
		"half a place":   func(s *Statement) { s.Head = "" },
		"another stream": func(s *Statement) { s.Key = third.public() },
		"another's end":  func(s *Statement) { s.Continues = third.public() },
		"of itself":      func(s *Statement) { s.Continues, s.ByOld = s.Key, s.ByKey },
		"without a key":  func(s *Statement) { s.Key = nil },
		"signed by one":  func(s *Statement) { s.ByOld = s.ByKey },
		"not signed":     func(s *Statement) { s.ByKey = "" },
		"signed as another": func(s *Statement) {
			sig, err := seal.Sign(first.Device, s.message(), enrolFormat)
			if err != nil {
				t.Fatal(err)
			}
			s.ByOld = string(sig)
		},
	} {
		bad := *s
		bend(&bad)
		if err := bad.Verify(); !errors.Is(err, record.ErrDamaged) && !errors.Is(err, record.ErrNotTrusted) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestStreamsOfOffices(t *testing.T) {
	k, again, other := newKeys(t, Demo), newKeys(t, Demo), newKeys(t, Demo)
	again.Device = k.Device
	a := k.StreamFor("24340")
	if !a.Equal(again.StreamFor("24340")) || a.Equal(k.StreamFor("23293")) || a.Equal(other.StreamFor("24340")) || a.Equal(k.Device) {
		t.Error("a stream is not the office's and the machine's")
	}
	cert, err := StreamCert(k, "24340")
	if err != nil {
		t.Fatal(err)
	}
	if unit, stream, err := VerifyStreamCert(k.public(), cert); err != nil || unit != "24340" || !stream.Equal(publicOf(a)) {
		t.Errorf("%s, %v", unit, err)
	}
	if bytes.ContainsRune(cert, '\n') {
		t.Error("a certificate is one line")
	}
	foreign, err := StreamCert(other, "24340")
	if err != nil {
		t.Fatal(err)
	}
	for name, cert := range map[string][]byte{
		"another unit":   bytes.Replace(cert, []byte(`"24340"`), []byte(`"24341"`), 1),
		"another's":      foreign,
		"no unit":        bytes.Replace(cert, []byte(`"24340"`), []byte(`""`), 1),
		"no JSON":        []byte("S"),
		"too long":       append(cert, bytes.Repeat([]byte(" "), maxCert)...),
		"a key of three": []byte(`{"key":"AAAA","unit":"24340","sig":""}`),
	} {
		if _, _, err := VerifyStreamCert(k.public(), cert); !errors.Is(err, record.ErrDamaged) && !errors.Is(err, record.ErrNotTrusted) {
			t.Errorf("%s: %v", name, err)
		}
	}
	known := Known{Roster: Roster{Devices: []RosterDevice{
		{ID: seal.DeviceID(other.public()), Key: other.public(), Role: record.RoleOffice},
		{ID: seal.DeviceID(k.public()), Key: k.public(), Role: record.RoleProvince},
	}}}
	if unit, stream, err := known.Stream(cert); err != nil || unit != "24340" || !stream.Equal(publicOf(a)) {
		t.Errorf("whoever of the province signed: %s, %v", unit, err)
	}
	for name, who := range map[string]Known{"an office's": known, "nobody's": {}} {
		if _, _, err := who.Stream(foreign); !errors.Is(err, record.ErrNotTrusted) {
			t.Errorf("%s stream: %v", name, err)
		}
	}
	if _, err := StreamCert(k, seal.OfficePublic); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("a stream for everybody = %v", err)
	}
}
