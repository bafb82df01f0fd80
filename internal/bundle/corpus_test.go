package bundle_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/seal"
)

// The corpus is one small file of every kind as this version writes it, what is in it,
// and the test keys that open it. Files are added when the format grows; none is ever
// made anew. SOPHOBIEN_KEEP=1 writes missing ones.
const corpus = "testdata/corpus"

// Signers of the corpus, by the number of their test key.
const (
	officeKey    = 1
	provinceKey  = 2
	ackKey       = 3
	registrarKey = 4
	streamKey    = 5
)

var corpusKinds = []string{"log", "log-pq", "values", "join", "blob", "answers", "ack", "units", "handed-on"}

func public(n byte) ed25519.PublicKey { return recordtest.Key(n).Public().(ed25519.PublicKey) }

// corpusKeys are the keys in the corpus, read from its files.
func corpusKeys(t testing.TB) (seal.KeyOf, []seal.Identity) {
	t.Helper()
	keys := map[string]ed25519.PublicKey{}
	for _, name := range match(t, "*.pub") {
		key, err := seal.ParsePublicKeyText(string(readFile(t, name)))
		if err != nil {
			t.Fatal(name, err)
		}
		keys[seal.DeviceID(key)] = key
	}
	var who []seal.Identity
	for _, name := range match(t, "*.identity") {
		id, err := seal.ParseIdentity(strings.TrimSpace(string(readFile(t, name))))
		if err != nil {
			t.Fatal(name, err)
		}
		who = append(who, id)
	}
	if len(keys) != 4 || len(who) != 2 {
		t.Fatalf("%d keys, %d identities in the corpus", len(keys), len(who))
	}
	return func(device string) (ed25519.PublicKey, bool) { k, ok := keys[device]; return k, ok }, who
}

func match(t testing.TB, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(corpus, pattern))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// keep writes a file of the corpus that is not there yet.
func keep(t *testing.T, name string, b func() []byte) {
	t.Helper()
	path := filepath.Join(corpus, name)
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) || os.Getenv("SOPHOBIEN_KEEP") == "" {
		return
	}
	if err := os.WriteFile(path, b(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestCorpusStaysReadable: this reader says of every kept file what it said when the
// file was made, and writes container and envelope the same way.
func TestCorpusStaysReadable(t *testing.T) {
	for name, n := range map[string]byte{"office": officeKey, "province": provinceKey, "ack": ackKey, "registrar": registrarKey} {
		keep(t, name+".pub", func() []byte { return []byte(seal.PublicKeyText(public(n))) })
	}
	keep(t, "classic.identity", func() []byte { return []byte(classic(t).Secret() + "\n") })
	keep(t, "pq.identity", func() []byte {
		id, err := seal.NewIdentity()
		if err != nil {
			t.Fatal(err)
		}
		return []byte(id.Secret() + "\n")
	})
	keyOf, who := corpusKeys(t)
	for _, kind := range corpusKinds {
		keep(t, kind+".sopb.zip", func() []byte { return makeKept(t, kind, who) })
		b := readFile(t, filepath.Join(corpus, kind+".sopb.zip"))
		got, err := summary(b, keyOf, who)
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		keep(t, kind+".json", func() []byte { return append(got, '\n') })
		if diff := cmp.Diff(asJSON(t, readFile(t, filepath.Join(corpus, kind+".json"))), asJSON(t, got)); diff != "" {
			t.Errorf("%s (-then +now):\n%s", kind, diff)
		}
	}
}

// makeKept seals a file of the corpus.
func makeKept(t *testing.T, kind string, who []seal.Identity) []byte {
	t.Helper()
	i := slices.IndexFunc(who, func(id seal.Identity) bool { return id.Recipient().Classic() == (kind != "log-pq") })
	s := sender(who[i])
	_, given := said(2)
	var all []bundle.Entry
	for _, one := range given {
		all = append(all, bundle.Entry{Commit: one.Commit, Secrets: one.Secrets})
	}
	id := recordtest.ID(int64(100 + slices.Index(corpusKinds, kind)))
	var out bundle.Sealed
	var err error
	switch kind {
	case "log", "log-pq":
		out, err = bundle.WriteLog(s, state, nil, all, id, 1, created)
	case "values": // one with a part of its values erased
		s.To, s.Values = s.Unit, true
		part := all[0].Secrets[0]
		all[0].Secrets = []oplog.Secret{part.Without(func(field string) bool { return field == part.Fields[1].Field })}
		out, err = bundle.WriteLog(s, state, nil, all, id, 2, created)
	case "join":
		s.To, s.Values = s.Unit, true
		out, err = bundle.WriteJoin(s, state, [32]byte{1, 2, 3}, nil, all, id, 3, created)
	case "blob":
		file := bytes.Repeat([]byte("Biên bản "), 15_000)
		pieces, errCut := bundle.Pieces(sum(file), int64(len(file)), file)
		if errCut != nil {
			t.Fatal(errCut)
		}
		out, err = bundle.WriteBlob(s, state, pieces, id, 4, created)
	case "answers":
		d := recordtest.NewDesk(streamKey, 0)
		one, _ := d.Commit(1, rand.NewChaCha8([32]byte{4}), []record.Edit{record.Create(recordtest.Activity(1))})
		s.Unit, s.To, s.Signer = "51-snv", "23293", recordtest.Key(provinceKey)
		out, err = bundle.WriteAnswers(s, state, [][]byte{streamCertificate(t, s.To)}, []bundle.Entry{{Commit: one.Commit}}, id, 5, created)
	case "ack":
		s := ackSender()
		s.Signer = recordtest.Key(ackKey)
		out, err = bundle.WriteAck(s, receipt(), id, 6)
	case "handed-on": // answers, from one PC of the office to another
		d := recordtest.NewDesk(streamKey, 0)
		one, _ := d.Commit(1, rand.NewChaCha8([32]byte{4}), []record.Edit{record.Create(recordtest.Activity(1))})
		s.To, s.Values = s.Unit, true
		out, err = bundle.WriteLog(s, state, [][]byte{streamCertificate(t, s.To)}, []bundle.Entry{{Commit: one.Commit}}, id, 8, created)
	case "units":
		s := ackSender()
		s.Signer, s.To = recordtest.Key(registrarKey), seal.OfficePublic
		out, err = bundle.WriteUnits(s, units(), id, 7, created)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes
}

// streamCertificate is the province device's word that a stream is its own.
func streamCertificate(t *testing.T, unit string) []byte {
	t.Helper()
	text := seal.PublicKeyText(public(streamKey))
	sig, err := seal.Sign(recordtest.Key(provinceKey), []byte(text), fmt.Sprintf("sopb-stream/1 unit=%s stream=%s", unit, seal.DeviceID(public(streamKey))))
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(map[string]any{"key": public(streamKey), "unit": unit, "sig": string(sig)})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// summary says what is in a file, as the second reader says it, after the checks that
// are the caller's: signatures of commits, and that they follow one another.
func summary(b []byte, keyOf seal.KeyOf, who []seal.Identity) ([]byte, error) {
	outer, err := seal.ReadOuter(b, keyOf)
	if err != nil {
		return nil, err
	}
	plain, err := outer.Open(who)
	if err != nil {
		return nil, err
	}
	env := outer.Envelope
	out := map[string]any{"envelope": json.RawMessage(outer.Raw)}
	var c bundle.Contents
	switch env.Kind {
	case seal.KindLog:
		if c, err = bundle.ReadLog(env, plain); err == nil && bytes.Contains(plain, []byte("\nK ")) {
			key, _, errJoin := bundle.ReadJoin(env, plain)
			out["office"], err = base64.StdEncoding.EncodeToString(key[:]), errJoin
		}
		out["state"] = stateOf(c.State)
		if certs := texts(c.Certificates); certs != nil {
			out["certificates"] = certs
		}
	case seal.KindAnswers:
		var a bundle.Answers
		a, err = bundle.ReadAnswers(env, plain)
		c.Commits = a.Commits
		out["state"], out["certificates"] = stateOf(a.State), texts(a.Certificates)
	case seal.KindBlob:
		var pieces []bundle.Piece
		var list [][]any
		pieces, err = bundle.ReadBlob(env, plain)
		for _, p := range pieces {
			list = append(list, []any{p.SHA256, p.Size, p.At, len(p.Data), sum(p.Data)})
		}
		out["pieces"] = list
	case seal.KindAck:
		r, line, errAck := bundle.ReadAck(env, plain)
		out["receipt"], out["line"], err = r, bundle.LineHash(line), errAck
	case seal.KindUnits:
		var u bundle.Units
		u, err = bundle.ReadUnits(env, plain)
		var names []map[string]any
		for _, change := range u.Changes {
			names = append(names, map[string]any{"id": change.Unit.ID, "name": change.Unit.Name, "kind": change.Unit.Kind, "code": change.Unit.Code})
		}
		out["units"] = map[string]any{"version": u.Version, "on": u.On, "title": u.Title, "units": names}
	}
	if err != nil {
		return nil, err
	}
	if err := addCommits(out, c, keyOf); err != nil {
		return nil, err
	}
	return json.Marshal(out)
}

func texts(list [][]byte) (out []string) {
	for _, b := range list {
		out = append(out, string(b))
	}
	return out
}

func stateOf(st bundle.State) map[string]any {
	return map[string]any{"heads": st.Heads, "through": st.Through, "roster": st.Roster, "packs": st.Packs}
}

func addCommits(out map[string]any, c bundle.Contents, keyOf seal.KeyOf) error {
	var list [][]any
	values := map[string]map[string]any{}
	var last *oplog.Commit
	for _, commit := range c.Commits {
		key, ok := keyOf(commit.Device.String())
		if !ok {
			key = public(streamKey) // the certificate is package trust's to check
		}
		if err := commit.Verify(key); err != nil {
			return err
		}
		if !commit.Follows(last) {
			return fmt.Errorf("%w: commit %d", record.ErrDamaged, commit.N)
		}
		last = commit
		list = append(list, []any{commit.Hash.String(), commit.Device.String(), commit.N, len(commit.Ops)})
		for _, s := range c.Secrets[commit.Hash] {
			shown := map[string]any{}
			for _, h := range s.Fields {
				if shown[h.Field] = nil; h.Known {
					shown[h.Field] = string(h.Value)
				}
			}
			values[fmt.Sprintf("%s/%d", commit.Hash, s.Op)] = shown
		}
	}
	if len(list) > 0 {
		out["commits"] = list
	}
	if len(values) > 0 {
		out["values"] = values
	}
	return nil
}

func asJSON(t testing.TB, b []byte) (v map[string]any) {
	t.Helper()
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatalf("%v: %.200s", err, b)
	}
	return v
}

// secondReader runs testdata/reader.py over files and gives what it says of each.
func secondReader(t *testing.T, age string, paths ...string) []map[string]any {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Fatal("python3 is not installed; this test compares with a second reader (make test installs it)")
	}
	var problems bytes.Buffer
	cmd := exec.Command(python, append([]string{"testdata/reader.py", age, corpus}, paths...)...)
	cmd.Stderr = &problems
	said, err := cmd.Output()
	if err != nil {
		t.Fatalf("reader.py: %v\n%s", err, &problems)
	}
	var out []map[string]any
	for line := range bytes.Lines(said) {
		out = append(out, asJSON(t, line))
	}
	if len(out) != len(paths) {
		t.Fatalf("%d files, %d answers\n%s", len(paths), len(out), &problems)
	}
	return out
}

// stockAge builds the age command of the module package seal uses: what distributions
// ship may not know post-quantum recipients yet.
func stockAge(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "age")
	if out, err := exec.Command("go", "build", "-o", path, "filippo.io/age/cmd/age").CombinedOutput(); err != nil {
		t.Fatalf("building age: %v\n%s", err, out)
	}
	return path
}

// TestSecondReader: a reader in another language, from the description alone, agrees
// with ours.
func TestSecondReader(t *testing.T) {
	age := stockAge(t)
	t.Run("corpus", func(t *testing.T) { secondReaderAgrees(t, age) })
	t.Run("lies", func(t *testing.T) { secondReaderRefusesLies(t, age) })
}

// secondReaderAgrees: it says the same of every file of the corpus, and refuses each
// damaged one as ours does.
func secondReaderAgrees(t *testing.T, age string) {
	keyOf, who := corpusKeys(t)
	var whole, spoiled []string
	for _, kind := range corpusKinds {
		path := filepath.Join(corpus, kind+".sopb.zip")
		whole = append(whole, path)
		spoiled = append(spoiled, spoil(t, kind, readFile(t, path))...)
	}
	for i, got := range secondReader(t, age, whole...) {
		want := asJSON(t, readFile(t, filepath.Join(corpus, corpusKinds[i]+".json")))
		keepOnly(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-ours +theirs):\n%s", corpusKinds[i], diff)
		}
	}
	for i, got := range secondReader(t, age, spoiled...) {
		t.Logf("%s: %v", filepath.Base(spoiled[i]), got["error"])
		if got["error"] == nil {
			t.Errorf("%s: the second reader accepts it", filepath.Base(spoiled[i]))
		}
		if _, err := summary(readFile(t, spoiled[i]), keyOf, who); err == nil {
			t.Errorf("%s: accepted", filepath.Base(spoiled[i]))
		}
	}
}

// keepOnly leaves of each unit what the summary speaks of.
func keepOnly(got map[string]any) {
	u, ok := got["units"].(map[string]any)
	if !ok {
		return
	}
	for _, one := range u["units"].([]any) {
		for key := range one.(map[string]any) {
			if !slices.Contains([]string{"id", "name", "kind", "code"}, key) {
				delete(one.(map[string]any), key)
			}
		}
	}
}

// spoil writes damaged copies of a file: the container, and then, with its checksums
// right again, a bit in each of its parts.
func spoil(t *testing.T, kind string, b []byte) (paths []string) {
	t.Helper()
	folder := t.TempDir()
	keepAs := func(what string, data []byte) {
		path := filepath.Join(folder, kind+"-"+what+".sopb.zip")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	for what, at := range map[string]int{"date": 12, "directory": bytes.Index(b, []byte("PK\x01\x02")) + 30, "end": len(b) - 3} {
		bad := bytes.Clone(b)
		bad[at] ^= 1
		keepAs(what, bad)
	}
	keepAs("cut", b[:len(b)-1])
	keepAs("longer", append(bytes.Clone(b), 0))
	for i, from := range []string{`"no":`, "\n", ""} { // inside the envelope, the signature, the payload
		entries, err := seal.ReadArchive(bytes.Clone(b), nil, seal.Limits{Entries: 3, Entry: len(b), Total: len(b)})
		if err != nil {
			t.Fatal(err)
		}
		data := entries[i].Data
		at := len(data) / 2
		if from != "" {
			at = bytes.Index(data, []byte(from)) + 25
		}
		data[at] ^= 1
		bad, err := seal.WriteArchive(entries)
		if err != nil {
			t.Fatal(err)
		}
		keepAs(entries[i].Name, bad)
	}
	return paths
}

// secondReaderRefusesLies: files whose outside is right, signed by an honest key
// over lines that lie.
func secondReaderRefusesLies(t *testing.T, age string) {
	keyOf, who := corpusKeys(t)
	folder := t.TempDir()
	var paths []string
	for name, c := range map[string]struct{ kind, old, new string }{
		"a value altered":    {"values", `Y Ngọc Thử 0`, `Y Ngọc Thử 9`},
		"a value's salt":     {"values", `,"s":"`, `,"s":"AAAA`},
		"a commit's title":   {"log", `Tập huấn Bộ luật Lao động 0`, `Tập huấn Bộ luật Lao động 9`},
		"a commit's number":  {"log", `"n":2`, `"n":3`},
		"a piece's bytes":    {"blob", "X QmnDqm4", "X QmnDqm5"},
		"a piece's place":    {"blob", `"at":0`, `"at":1`},
		"a receipt's unit":   {"ack", `"unit":"23293"`, `"unit":"23294"`},
		"a device twice":     {"ack", `"d":"0a0a`, `"d":"0c0a`},
		"another roster":     {"log", `"roster":3`, `"roster":4`},
		"a certificate":      {"answers", `unit=23293`, `unit=23294`},
		"one handed on":      {"handed-on", `unit=23293`, `unit=23294`},
		"a key in two cases": {"units", `"version":2`, `"version":2,"Version":2`},
	} {
		path := filepath.Join(folder, strings.ReplaceAll(name, " ", "-"))
		if err := os.WriteFile(path, relined(t, c.kind, c.old, c.new, keyOf, who), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	for i, got := range secondReader(t, age, paths...) {
		t.Logf("%s: %v", filepath.Base(paths[i]), got["error"])
		if got["error"] == nil {
			t.Errorf("%s: the second reader accepts it", filepath.Base(paths[i]))
		}
		_, err := summary(readFile(t, paths[i]), keyOf, who)
		if name := filepath.Base(paths[i]); err == nil && name != "a-certificate" && name != "one-handed-on" { // which are package trust's to check
			t.Errorf("%s: accepted", filepath.Base(paths[i]))
		}
	}
}

// relined seals a file of the corpus again with one thing in its lines replaced.
func relined(t *testing.T, kind, old, new string, keyOf seal.KeyOf, who []seal.Identity) []byte {
	t.Helper()
	outer, err := seal.ReadOuter(readFile(t, filepath.Join(corpus, kind+".sopb.zip")), keyOf)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := outer.Open(who)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(plain, []byte(old)) {
		t.Fatalf("%s has no %q", kind, old)
	}
	plain = bytes.Replace(plain, []byte(old), []byte(new), 1)
	var to []seal.Recipient
	for _, id := range who {
		if slices.Contains(outer.Envelope.Recipients, id.Recipient().Short()) {
			to = append(to, id.Recipient())
		}
	}
	for _, n := range []byte{officeKey, provinceKey, ackKey, registrarKey} {
		if seal.DeviceID(public(n)) == outer.Envelope.From {
			sealed, _, err := seal.Seal(outer.Envelope, plain, recordtest.Key(n), to)
			if err != nil {
				t.Fatal(err)
			}
			return sealed
		}
	}
	t.Fatalf("%s is signed by nobody", kind)
	return nil
}
