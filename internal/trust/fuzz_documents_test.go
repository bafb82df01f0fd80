package trust

import (
	"crypto/rand"
	"errors"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/seal"
)

// refusedDocument checks that a reader of documents says no in a way a screen understands.
func refusedDocument(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, record.ErrNotTrusted) {
		refused(t, err)
	}
}

func FuzzRoot(f *testing.F) {
	p := newProvince(f)
	f.Add(p.Chain[0].Raw, p.Chain[0].Sigs[0])
	f.Add([]byte(`{"format":"sopb-root/1","version":1,"keys":{"":null},"roles":{"root":null}}`), []byte{})
	f.Fuzz(func(t *testing.T, raw, sig []byte) {
		if _, err := FirstRoot(Signed{raw, [][]byte{sig, sig}}); err == nil {
			t.Error("one signature made a root")
		} else {
			refusedDocument(t, err)
		}
		r, err := parseRoot(raw)
		if err != nil {
			refusedDocument(t, err)
			return
		}
		s, err := SignRoot(r)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := parseRoot(s.Raw); err != nil || again.Version != r.Version || len(again.Keys) != len(r.Keys) {
			t.Errorf("a root does not survive: %v", err)
		}
	})
}

func FuzzRosterPayload(f *testing.F) {
	p := newProvince(f)
	header, err := seal.NewStreamHeader(seal.KindRoster, testIDs.String(), rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	plain, err := rosterPlain(header, p.Chain, p.roster)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(plain)
	w, err := seal.NewLineWriter(header)
	if err != nil {
		f.Fatal(err)
	}
	for _, line := range []string{`R {"version":1,"unit":"51","name":"x"}`, `U {"code":"1","id":""}`, `D {"id":"","since":[{}],"cut":{"n":-1}}`} {
		if err := w.Add([]byte(line)); err != nil {
			f.Fatal(err)
		}
	}
	if plain, err = w.Finish(); err != nil {
		f.Fatal(err)
	}
	f.Add(plain)
	f.Fuzz(func(t *testing.T, plain []byte) {
		if _, _, err := splitRoots(plain); err != nil {
			refusedDocument(t, err)
		}
		r, _, err := parseRoster(plain)
		if err != nil {
			refusedDocument(t, err)
			return
		}
		if err := r.Validate(); err != nil {
			t.Error(err)
		}
	})
}

func FuzzEnrolment(f *testing.F) {
	_, file, _ := enrolled(f)
	f.Add(file)
	f.Add(file[:40])
	f.Fuzz(func(t *testing.T, file []byte) {
		e, err := ReadEnrolment(file)
		if err != nil {
			refusedDocument(t, err)
		} else if err := e.Validate(); err != nil {
			t.Error(err)
		}
	})
}

func FuzzStreamCert(f *testing.F) {
	k := newKeys(f, Demo)
	cert, err := StreamCert(k, "24340")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(cert)
	f.Add([]byte(`{"key":"","unit":"","sig":""}`))
	f.Fuzz(func(t *testing.T, cert []byte) {
		if unit, _, err := VerifyStreamCert(k.public(), cert); err != nil {
			refusedDocument(t, err)
		} else if unit != "24340" {
			t.Errorf("a certificate for %q", unit)
		}
	})
}

func FuzzStatements(f *testing.F) {
	s, err := newStatement(newKey(f), newKey(f), 0, "")
	if err != nil {
		f.Fatal(err)
	}
	text, err := plainJSON(statementsText{keysVersion, []Statement{s}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"v":1,"statements":[{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := parseStatements(data); err != nil {
			refused(t, err)
		}
	})
}
