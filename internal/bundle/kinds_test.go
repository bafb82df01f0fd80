package bundle_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/seal"
)

// framed is a payload of any kind with lines of the test's choice, and an envelope
// from a unit to a unit that announces no commits.
func framed(t testing.TB, kind, unit, to string, lines ...string) (seal.Envelope, []byte) {
	t.Helper()
	env := seal.Envelope{Kind: kind, ID: recordtest.ID(5).String(), Unit: unit, To: to}
	h, err := seal.NewStreamHeader(kind, env.ID, rand.NewChaCha8([32]byte{}))
	if err != nil {
		t.Fatal(err)
	}
	w, err := seal.NewLineWriter(h)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		if err := w.Add([]byte(l)); err != nil {
			t.Fatal(err)
		}
	}
	plain, err := w.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return env, plain
}

// linesOf takes a payload of this package apart again.
func linesOf(t testing.TB, plain []byte) []string {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(string(plain), "\n"), "\n")
	return lines[1 : len(lines)-1]
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// refusal is one way to spoil the lines of a bundle, and the reason that is given.
type refusal struct {
	name   string
	lines  []string
	reason string // "" for what stays readable
}

func refuses(t *testing.T, kind, unit, to string, change func(*seal.Envelope), read func(seal.Envelope, []byte) error, cases []refusal) {
	t.Helper()
	for _, c := range cases {
		env, plain := framed(t, kind, unit, to, c.lines...)
		if change != nil {
			change(&env)
		}
		err := read(env, plain)
		if got := bundle.ReasonOf(err); got != c.reason || (err == nil) != (c.reason == "") {
			t.Errorf("%s: %q (%v), want %q", c.name, got, err, c.reason)
		}
	}
}

func hexOf(n int) *rapid.Generator[string] {
	return rapid.StringMatching(fmt.Sprintf("[0-9a-f]{%d}", n))
}

var states = rapid.Custom(func(t *rapid.T) bundle.State {
	return bundle.State{
		Heads: rapid.MapOfN(hexOf(32), rapid.Custom(func(t *rapid.T) bundle.Point {
			return bundle.Point{N: rapid.Int64Range(1, 1<<40).Draw(t, "n"), Hash: hexOf(64).Draw(t, "hash")}
		}), 0, 5).Draw(t, "heads"),
		Through: rapid.SampledFrom([]record.Date{"", "2026-11-28", "2027-02-28"}).Draw(t, "through"),
		Roster:  rapid.Int64Range(0, 99).Draw(t, "roster"),
		Packs:   rapid.MapOfN(rapid.StringMatching("[a-z]{1,8}/[0-9]{2}"), rapid.Int64Range(0, 99), 0, 3).Draw(t, "packs"),
	}
})

// TestEveryStateComesThrough: a log without commits says what its sender holds.
func TestEveryStateComesThrough(t *testing.T) {
	to := classic(t)
	rapid.Check(t, func(rt *rapid.T) {
		st := states.Draw(rt, "state")
		sealed, err := bundle.WriteLog(sender(to), st, nil, nil, recordtest.ID(5), 1, created)
		if err != nil {
			rt.Fatal(err)
		}
		got, err := read(sealed.Bytes, to)
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(bundle.Contents{State: st}, got, sameCommits); diff != "" {
			rt.Errorf("(-said +read):\n%s", diff)
		}
		if e := sealed.Envelope; e.RosterSeen != st.Roster || len(e.PacksSeen) != len(st.Packs) || sealed.Commits != 0 || e.PII {
			rt.Errorf("envelope %+v", e)
		}
	})
}

func TestStateTricks(t *testing.T) {
	hash, device := strings.Repeat("b2", 32), strings.Repeat("a1", 16)
	good := fmt.Sprintf(`H {"heads":{"%s":[7,"%s"]},"through":"2026-03-04","roster":3,"packs":{}}`, device, hash)
	commits, _ := said(1)
	swap := func(old, new string) []string { return []string{strings.Replace(good, old, new, 1)} }
	cases := []refusal{
		{"as it should be", []string{good}, ""},
		{"an unknown key", swap(`"packs"`, `"mood":[1],"packs"`), ""},
		{"twice", []string{good, good}, "damaged"},
		{"a day that is none", swap("2026-03-04", "2026-02-30"), "damaged"},
		{"another roster", swap(`"roster":3`, `"roster":4`), "damaged"},
		{"a pack the envelope lacks", swap(`"packs":{}`, `"packs":{"law":1}`), "damaged"},
		{"a device in upper case", swap(device, strings.ToUpper(device)), "damaged"},
		{"a hash cut", swap(hash, hash[1:]), "damaged"},
		{"number zero", swap("[7,", "[0,"), "damaged"},
		{"a number with a part", swap("[7,", "[7.5,"), "damaged"},
		{"three in a point", swap("[7,", "[7,7,"), "damaged"},
		{"a device twice", swap(`"heads":{`, fmt.Sprintf(`"heads":{"%s":[6,"%s"],`, device, hash)), "damaged"},
		{"a key in other case", swap(`"through"`, `"Through"`), "damaged"},
		{"not an object", []string{"H []"}, "damaged"},
		{"no JSON", []string{"H soon"}, "damaged"},
	}
	seen := func(e *seal.Envelope) { e.RosterSeen = 3 }
	readLog := func(env seal.Envelope, plain []byte) error { _, err := bundle.ReadLog(env, plain); return err }
	refuses(t, seal.KindLog, "23293", "51-snv", seen, readLog, cases)

	env, plain := payload(t, false, commits, commitLine(commits[0]), good)
	env.RosterSeen = 3
	if err := readLog(env, plain); bundle.ReasonOf(err) != "damaged" {
		t.Errorf("behind a commit: %v", err)
	}
}

// TestJoin: the key of the office reaches its second PC, and nobody else.
func TestJoin(t *testing.T) {
	to := classic(t)
	_, given := said(3)
	var all []bundle.Entry
	for _, one := range given {
		all = append(all, bundle.Entry{Commit: one.Commit, Secrets: one.Secrets})
	}
	key := [32]byte{1, 2, 3}
	s := sender(to)
	if _, err := bundle.WriteJoin(s, state, key, nil, all, recordtest.ID(5), 1, created); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("the key for the province: %v", err)
	}
	s.Values = true
	if _, err := bundle.WriteLog(s, state, nil, all, recordtest.ID(5), 1, created); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("values for the province: %v", err)
	}
	s.To = s.Unit
	if _, err := bundle.WriteJoin(s, state, [32]byte{}, nil, all, recordtest.ID(5), 1, created); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("a key of zeros: %v", err)
	}
	sealed, err := bundle.WriteJoin(s, state, key, nil, all, recordtest.ID(5), 1, created)
	if err != nil {
		t.Fatal(err)
	}
	env, plain := open(t, sealed, to)
	got, c, err := bundle.ReadJoin(env, plain)
	if err != nil || got != key || len(c.Commits) != 3 || c.Values() == 0 || sealed.Commits != 3 {
		t.Errorf("key %v, %d commits, %d values, %v", got, len(c.Commits), c.Values(), err)
	}
	if log, err := bundle.ReadLog(env, plain); err != nil || len(log.Commits) != 3 {
		t.Errorf("read as a log: %d commits, %v", len(log.Commits), err)
	}
	env, plain = payload(t, false, nil)
	if _, _, err := bundle.ReadJoin(env, plain); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("a log without a key: %v", err)
	}
}

func TestKeyTricks(t *testing.T) {
	text := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32))
	good := `K {"office":"` + text + `"}`
	h := `H {"heads":{},"through":"","roster":0,"packs":{}}`
	readJoin := func(env seal.Envelope, plain []byte) error { _, _, err := bundle.ReadJoin(env, plain); return err }
	readLog := func(env seal.Envelope, plain []byte) error { _, err := bundle.ReadLog(env, plain); return err }
	readAnswers := func(env seal.Envelope, plain []byte) error { _, err := bundle.ReadAnswers(env, plain); return err }
	_, cert := answersOf()
	refuses(t, seal.KindLog, "23293", "23293", nil, readJoin, []refusal{
		{"before a certificate", []string{good, "S " + string(cert), h}, ""},
		{"behind a certificate", []string{"S " + string(cert), good, h}, "damaged"},
		{"as it should be", []string{good, h}, ""},
		{"twice", []string{good, good}, "damaged"},
		{"behind the state", []string{h, good}, "damaged"},
		{"short", []string{strings.Replace(good, text, text[4:], 1)}, "damaged"},
		{"loose base64", []string{strings.Replace(good, text, text[:42]+"d=", 1)}, "damaged"},
		{"zeros", []string{strings.Replace(good, text, strings.Repeat("A", 43)+"=", 1)}, "damaged"},
		{"no JSON", []string{"K key"}, "damaged"},
	})
	for name, read := range map[string]func(seal.Envelope, []byte) error{"join": readJoin, "log": readLog} {
		refuses(t, seal.KindLog, "23293", "51-snv", nil, read, []refusal{{"to another unit, read as " + name, []string{good, h}, "not-for-us"}})
	}
	refuses(t, seal.KindAnswers, "23293", "23293", nil, readAnswers, []refusal{{"in answers", []string{good, h}, "not-for-us"}})
}

// TestLongValuesStayAtHome: a value no line can hold does not keep the rest from
// going, and the chain proves it all the same.
func TestLongValuesStayAtHome(t *testing.T) {
	to := classic(t)
	d := recordtest.NewDesk(1, 0)
	p := recordtest.Person(1)
	p.Note = strings.Repeat("ghi chú dài ", 30_000)
	one, _ := d.Commit(1, rand.NewChaCha8([32]byte{}), []record.Edit{record.Create(p)})
	s := sender(to)
	s.To, s.Values = s.Unit, true
	sealed, err := bundle.WriteLog(s, state, nil, []bundle.Entry{{Commit: one.Commit, Secrets: one.Secrets}}, recordtest.ID(5), 1, created)
	if err != nil {
		t.Fatal(err)
	}
	env, plain := open(t, sealed, to)
	c, err := bundle.ReadLog(env, plain)
	if err != nil {
		t.Fatal(err)
	}
	got := c.Secrets[one.Commit.Hash][0]
	if _, ok := got.Value("note"); ok {
		t.Error("a value longer than a line came through")
	}
	if name, _ := got.Value("full_name"); name != record.TextValue(p.FullName) {
		t.Errorf("name %s", name)
	}
}

// TestPrivateKindsAreNotForEverybody: what is for everybody is not encrypted.
func TestPrivateKindsAreNotForEverybody(t *testing.T) {
	s := sender(classic(t))
	s.To, s.Recipients = seal.OfficePublic, nil
	_, err := bundle.WriteLog(s, state, nil, nil, recordtest.ID(5), 1, created)
	_, err2 := bundle.WriteBlob(s, state, nil, recordtest.ID(5), 1, created)
	_, err3 := bundle.WriteAnswers(s, state, nil, nil, recordtest.ID(5), 1, created)
	for _, err := range []error{err, err2, err3} {
		if !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%v", err)
		}
	}
}

// answersOf are commits of a stream for one unit and its certificate.
func answersOf() (entries []bundle.Entry, certificate []byte) {
	d := recordtest.NewDesk(2, 0)
	for i := range int64(2) {
		one, _ := d.Commit(i, rand.NewChaCha8([32]byte{4}), []record.Edit{record.Create(recordtest.Activity(i))})
		entries = append(entries, bundle.Entry{Commit: one.Commit})
	}
	return entries, []byte(`{"key":"…","unit":"23293", "sig":"a\nb"}`)
}

func TestAnswersAreRead(t *testing.T) {
	to := classic(t)
	entries, cert := answersOf()
	s := sender(to)
	s.Unit, s.To = "51-snv", "23293"
	sealed, err := bundle.WriteAnswers(s, state, [][]byte{cert}, entries, recordtest.ID(5), 3, created)
	if err != nil {
		t.Fatal(err)
	}
	env, plain := open(t, sealed, to)
	got, err := bundle.ReadAnswers(env, plain)
	want := bundle.Answers{State: state, Certificates: [][]byte{cert}, Commits: []*oplog.Commit{entries[0].Commit, entries[1].Commit}}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Errorf("%v (-said +read):\n%s", err, diff)
	}
	if _, err := bundle.ReadLog(env, plain); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("read as a log: %v", err)
	}
	many := slices.Repeat([][]byte{cert}, bundle.MaxCertificates+1)
	for name, certs := range map[string][][]byte{"none": nil, "no object": {[]byte(`[1]`)}, "null": {[]byte(`null`)}, "two keys": {[]byte(`{"a":1,"a":2}`)}, "many": many} {
		if _, err := bundle.WriteAnswers(s, state, certs, entries, recordtest.ID(5), 3, created); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("certificates: %s: %v", name, err)
		}
	}
}

func TestAnswersTricks(t *testing.T) {
	entries, cert := answersOf()
	c := []string{commitLine(entries[0].Commit), commitLine(entries[1].Commit)}
	_, own := said(1)
	h, s := `H {"heads":{},"through":"","roster":0,"packs":{}}`, "S "+string(cert)
	announce := func(env *seal.Envelope) {
		last := entries[1].Commit
		env.Range = map[string]seal.Span{last.Device.String(): {First: 1, Last: 2}}
		env.Heads = map[string]string{last.Device.String(): last.Hash.String()}
	}
	read := func(env seal.Envelope, plain []byte) error { _, err := bundle.ReadAnswers(env, plain); return err }
	refuses(t, seal.KindAnswers, "51-snv", "23293", announce, read, []refusal{
		{"as it should be", []string{s, h, c[0], c[1]}, ""},
		{"no certificate", []string{h, c[0], c[1]}, "not-trusted"},
		{"a certificate behind the state", []string{h, s, c[0], c[1]}, "damaged"},
		{"a certificate that is no object", []string{"S 1", h, c[0], c[1]}, "damaged"},
		{"a certificate with a key twice", []string{`S {"a":1,"A":2}`, h, c[0], c[1]}, "damaged"},
		{"too many certificates", append(slices.Repeat([]string{s}, 65), h, c[0], c[1]), "damaged"},
		{"a commit missing", []string{s, h, c[0]}, "damaged"},
		{"a commit twice", []string{s, h, c[0], c[0], c[1]}, "damaged"},
		{"values", []string{s, h, c[0], c[1], valueLine(own[0].Commit.Hash, own[0].Secrets[0])}, "damaged"},
	})
}

// TestAnswersAreHandedOn: what the province said reaches the other PCs of the office with
// the certificates of its streams, and no certificate leaves the office.
func TestAnswersAreHandedOn(t *testing.T) {
	to := classic(t)
	entries, cert := answersOf()
	s := sender(to)
	if _, err := bundle.WriteLog(s, state, [][]byte{cert}, entries, recordtest.ID(5), 3, created); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("a certificate for the province: %v", err)
	}
	s.To = s.Unit
	for name, certs := range map[string][][]byte{"no object": {[]byte(`[1]`)}, "many": slices.Repeat([][]byte{cert}, bundle.MaxHandedOn+1)} {
		_, err := bundle.WriteLog(s, state, certs, entries, recordtest.ID(5), 3, created)
		_, err2 := bundle.WriteJoin(s, state, [32]byte{1}, certs, entries, recordtest.ID(5), 3, created)
		if !errors.Is(err, record.ErrInvalid) || !errors.Is(err2, record.ErrInvalid) {
			t.Errorf("%s: %v, %v", name, err, err2)
		}
	}
	log, err := bundle.WriteLog(s, state, [][]byte{cert}, entries, recordtest.ID(5), 3, created)
	join, err2 := bundle.WriteJoin(s, state, [32]byte{1}, [][]byte{cert}, entries, recordtest.ID(5), 3, created)
	for _, sealed := range []bundle.Sealed{log, join} {
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		env, plain := open(t, sealed, to)
		got, err := bundle.ReadLog(env, plain)
		want := bundle.Contents{State: state, Certificates: [][]byte{cert}, Commits: []*oplog.Commit{entries[0].Commit, entries[1].Commit}}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("%v (-said +read):\n%s", err, diff)
		}
	}
	read := func(env seal.Envelope, plain []byte) error { _, err := bundle.ReadLog(env, plain); return err }
	h, line := `H {"heads":{},"through":"","roster":0,"packs":{}}`, "S "+string(cert)
	refuses(t, seal.KindLog, "23293", "23293", nil, read, []refusal{
		{"as it should be", append(slices.Repeat([]string{line}, bundle.MaxHandedOn), h), ""},
		{"behind the state", []string{h, line}, "damaged"},
		{"too many", append(slices.Repeat([]string{line}, bundle.MaxHandedOn+1), h), "damaged"},
	})
	refuses(t, seal.KindLog, "23293", "51-snv", nil, read, []refusal{{"to another unit", []string{line, h}, "damaged"}})
}

// noise is data that does not shrink.
func noise(size int) []byte {
	b := make([]byte, size)
	rand.NewChaCha8([32]byte{byte(size)}).Read(b)
	return b
}

// TestFilesComeThrough: files of many sizes, in bundles within their bounds, their
// pieces in any order and more than once.
func TestFilesComeThrough(t *testing.T) {
	to := classic(t)
	files := map[string][]byte{}
	var pieces []bundle.Piece
	for _, size := range []int{1, 134_999, 135_000, 135_001, bundle.PieceSize + 1} {
		data := noise(size)
		files[sum(data)] = data
		cut, err := bundle.Pieces(sum(data), int64(size), data)
		if err != nil {
			t.Fatal(err)
		}
		pieces = append(pieces, cut...)
	}
	var got []bundle.Piece
	parts := 0
	for left := pieces; len(left) > 0; parts++ {
		sealed, err := bundle.WriteBlob(sender(to), state, left[:min(5, len(left))], recordtest.ID(int64(parts)), int64(1+parts), created)
		if err != nil || sealed.Pieces == 0 {
			t.Fatalf("part %d: %d pieces, %v", parts, sealed.Pieces, err)
		}
		env, plain := open(t, sealed, to)
		some, err := bundle.ReadBlob(env, plain)
		if err != nil || len(some) != sealed.Pieces || env.RosterSeen != state.Roster {
			t.Fatalf("part %d: %d pieces, %v", parts, len(some), err)
		}
		got, left = append(got, some...), left[sealed.Pieces:]
	}
	got = append(got, got[:4]...)
	random := rand.New(rand.NewPCG(6, 6))
	random.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	whole := 0
	for hash, data := range files {
		a, err := bundle.NewAssembly(hash, int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range got {
			if p.SHA256 != hash {
				continue
			}
			if a.File() != nil != (a.Lacks() == 0) {
				t.Errorf("%d pieces lack, file of %d bytes", a.Lacks(), len(a.File()))
			}
			if _, err := a.Add(p); err != nil {
				t.Fatal(err)
			}
		}
		if bytes.Equal(a.File(), data) {
			whole++
		}
	}
	if whole != len(files) {
		t.Errorf("%d of %d files are whole", whole, len(files))
	}
}

// TestABlobIsFull: what is more than four megabytes is the next bundle's.
func TestABlobIsFull(t *testing.T) {
	file := make([]byte, 5*bundle.PieceSize)
	pieces, err := bundle.Pieces(sum(file), int64(len(file)), file)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := bundle.WriteBlob(sender(classic(t)), state, pieces, recordtest.ID(5), 1, created)
	if err != nil || sealed.Pieces != 4 {
		t.Errorf("%d pieces in a bundle, %v", sealed.Pieces, err)
	}
}

// TestAFalsePieceSpoilsNothingForEver: somebody names another's file and sends other
// bytes; the honest piece heals it, before or after.
func TestAFalsePieceSpoilsNothingForEver(t *testing.T) {
	data := noise(bundle.PieceSize + 10)
	cut, err := bundle.Pieces(sum(data), int64(len(data)), data)
	if err != nil {
		t.Fatal(err)
	}
	a, err := bundle.NewAssembly(sum(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	false0 := cut[0]
	false0.Data = noise(bundle.PieceSize)
	for i, step := range []struct {
		p     bundle.Piece
		whole bool
	}{{cut[0], false}, {false0, false}, {cut[1], false}, {cut[1], false}, {cut[0], true}, {false0, true}} {
		if whole, err := a.Add(step.p); err != nil || whole != step.whole {
			t.Errorf("step %d: whole %v, %v", i, whole, err)
		}
	}
	if !bytes.Equal(a.File(), data) {
		t.Error("the file is another")
	}
	for name, change := range map[string]func(*bundle.Piece){
		"another file":  func(p *bundle.Piece) { p.SHA256 = strings.Repeat("0", 64) },
		"another size":  func(p *bundle.Piece) { p.Size++ },
		"another place": func(p *bundle.Piece) { p.At = 5 },
		"short":         func(p *bundle.Piece) { p.Data = p.Data[1:] },
		"behind it":     func(p *bundle.Piece) { p.At = 2 * bundle.PieceSize },
		"before it":     func(p *bundle.Piece) { p.At = -bundle.PieceSize },
	} {
		p := cut[1]
		change(&p)
		if _, err := a.Add(p); bundle.ReasonOf(err) != "damaged" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPiecesRefuse(t *testing.T) {
	data := noise(100)
	for name, c := range map[string]struct {
		sum    string
		size   int64
		data   []byte
		reason string
	}{
		"empty":        {sum(nil), 0, nil, "too-large"},
		"another hash": {sum(nil), 100, data, "damaged"},
		"another size": {sum(data), 101, data, "damaged"},
		"huge":         {sum(data), bundle.MaxFile + 1, data, "too-large"},
	} {
		if _, err := bundle.Pieces(c.sum, c.size, c.data); bundle.ReasonOf(err) != c.reason {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := bundle.NewAssembly(sum(data), bundle.MaxFile+1); bundle.ReasonOf(err) != "too-large" {
		t.Errorf("a place for a huge file: %v", err)
	}
	if _, err := bundle.WriteBlob(sender(classic(t)), state, []bundle.Piece{{SHA256: sum(data), Size: 100, Data: data[1:]}}, recordtest.ID(5), 1, created); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("half a piece: %v", err)
	}
}

// blobLines are the lines of a piece as a stranger would write them.
func blobLines(file []byte, at int, data []byte) []string {
	out := []string{fmt.Sprintf(`B {"sha256":"%s","size":%d,"at":%d,"length":%d,"piece_sha256":"%s"}`, sum(file), len(file), at, len(data), sum(data))}
	for row := range slices.Chunk(data, 135_000) {
		out = append(out, "X "+base64.StdEncoding.EncodeToString(row))
	}
	return out
}

func TestBlobTricks(t *testing.T) {
	file := noise(200_000)
	good := blobLines(file, 0, file)
	small := blobLines(file[:5], 0, file[:5])
	swap := func(old, new string) []string {
		return append([]string{strings.Replace(good[0], old, new, 1)}, good[1:]...)
	}
	big := noise(bundle.PieceSize)
	var five []string
	for i := range 5 {
		big[0] = byte(i)
		five = append(five, blobLines(big, 0, big)...)
	}
	read := func(env seal.Envelope, plain []byte) error { _, err := bundle.ReadBlob(env, plain); return err }
	refuses(t, seal.KindBlob, "23293", "51-snv", nil, read, []refusal{
		{"as it should be", append(slices.Clone(good), small...), ""},
		{"nothing at all", nil, ""},
		{"a later version's line", append([]string{"Z new"}, good...), ""},
		{"rows in another order", []string{good[0], good[2], good[1]}, "damaged"},
		{"a row missing", good[:2], "damaged"},
		{"a row missing before the next", append(slices.Clone(good[:2]), small...), "damaged"},
		{"a row too many", append(slices.Clone(good), good[2]), "damaged"},
		{"a row without header", good[1:], "damaged"},
		{"a row twice", []string{good[0], good[1], good[1], good[2]}, "damaged"},
		{"a row in two", append([]string{good[0], good[1]}, "X "+good[2][2:42], "X "+good[2][42:]), "damaged"},
		{"a piece twice", append(slices.Clone(good), good...), "damaged"},
		{"loose base64", append([]string{good[0], good[1]}, good[2][:len(good[2])-3]+"/=="), "damaged"},
		{"no base64", []string{good[0], good[1], "X " + strings.Repeat("!", len(good[2])-2)}, "damaged"},
		{"another hash of the piece", swap(`"piece_sha256":"`+sum(file), `"piece_sha256":"`+sum(nil)), "damaged"},
		{"hash in upper case", swap(sum(file), strings.ToUpper(sum(file))), "damaged"},
		{"a size that is too small", swap(`"size":200000`, `"size":199999`), "damaged"},
		{"a size above the bound", swap(`"size":200000`, `"size":26214401`), "too-large"},
		{"a negative size", swap(`"size":200000`, `"size":-1`), "damaged"},
		{"a negative place", swap(`"at":0`, `"at":-1048576`), "damaged"},
		{"a crooked place", swap(`"at":0`, `"at":1`), "damaged"},
		{"a length beyond the end", swap(`"length":200000`, `"length":200001`), "damaged"},
		{"no length", swap(`"length":200000`, `"length":0`), "damaged"},
		{"a length of a gigabyte", swap(`"length":200000`, `"length":1073741824`), "damaged"},
		{"a key twice", swap(`"at":0`, `"at":0,"at":0`), "damaged"},
		{"no JSON", []string{"B x"}, "damaged"},
		{"five megabytes", five, "too-large"},
	})
}

// receipt says something in every field.
func receipt() bundle.Receipt {
	hash := strings.Repeat("c3", 32)
	return bundle.Receipt{
		Unit: "23293", No: 4, Prev: strings.Repeat("d4", 32), Created: created, Roster: 3, Packs: map[string]int64{"law/51": 9},
		Devices: []bundle.DeviceState{
			{Device: strings.Repeat("0a", 16)},
			{Device: strings.Repeat("0b", 16), N: 17, Head: hash, Also: []bundle.Head{{N: 3, Head: strings.Repeat("e5", 32)}}, Parked: []seal.Span{{First: 19, Last: 21}, {First: 23, Last: 23}}, Held: "revoked"},
		},
		Bundles: []bundle.BundleState{
			{ID: recordtest.ID(1).String(), No: 1, State: "applied"},
			{ID: recordtest.ID(2).String(), No: 2, State: "refused", Reason: "truncated"},
			{ID: recordtest.ID(3).String(), No: 3, State: "parked", Reason: "critical"},
		},
		Counts: map[string]int64{"activity": 12, "person": 340}, Digest: strings.Repeat("f6", 32), Fields: strings.Repeat("a7", 16),
	}
}

func ackSender() bundle.Sender {
	return bundle.Sender{Unit: "51-snv", To: "23293", App: "sophobien test", Signer: recordtest.Key(1), Random: rand.NewChaCha8([32]byte{3})}
}

func TestReceiptIsRead(t *testing.T) {
	want := receipt()
	sealed, err := bundle.WriteAck(ackSender(), want, recordtest.ID(5), 9)
	if err != nil {
		t.Fatal(err)
	}
	env, plain := open(t, sealed, seal.Identity{})
	got, line, err := bundle.ReadAck(env, plain)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-said +read):\n%s", err, diff)
	}
	if string(line) != linesOf(t, plain)[0] || !bytes.Equal(line, sealed.Line) || bundle.LineHash(line) != sum(line) || len(env.Recipients) != 0 {
		t.Errorf("line %s", line)
	}
	if b, ok := got.Bundle(recordtest.ID(2).String()); !ok || b.Reason != "truncated" {
		t.Errorf("bundle 2 is %+v", b)
	}
	if _, ok := got.Bundle(recordtest.ID(9).String()); ok {
		t.Error("a bundle nobody named")
	}
	bare := bundle.Receipt{Unit: "23293", No: 1, Created: created}
	if sealed, err = bundle.WriteAck(ackSender(), bare, recordtest.ID(6), 1); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(sealed.Line), "null") {
		t.Errorf("line %s", sealed.Line)
	}
}

// TestReceiptTricks changes one thing of a good receipt; each is refused by the
// writer, where it can be said there, and by the reader.
func TestReceiptTricks(t *testing.T) {
	hash := strings.Repeat("ab", 32)
	read := func(env seal.Envelope, plain []byte) error {
		env.Created, env.RosterSeen, env.PacksSeen = created, 3, map[string]int64{"law/51": 9}
		_, _, err := bundle.ReadAck(env, plain)
		return err
	}
	for name, change := range map[string]func(*bundle.Receipt){
		"no number":             func(r *bundle.Receipt) { r.No = 0 },
		"first with another":    func(r *bundle.Receipt) { r.No = 1 },
		"later without another": func(r *bundle.Receipt) { r.Prev = "" },
		"prev cut":              func(r *bundle.Receipt) { r.Prev = r.Prev[2:] },
		"digest of no fields":   func(r *bundle.Receipt) { r.Fields = "x" },
		"digest in upper case":  func(r *bundle.Receipt) { r.Digest = strings.ToUpper(r.Digest) },
		"rows below none":       func(r *bundle.Receipt) { r.Counts["activity"] = -1 },
		"rows of nothing":       func(r *bundle.Receipt) { r.Counts[""] = 1 },
		"devices not in order":  func(r *bundle.Receipt) { slices.Reverse(r.Devices) },
		"a device twice":        func(r *bundle.Receipt) { r.Devices[0] = r.Devices[1] },
		"a device cut":          func(r *bundle.Receipt) { r.Devices[0].Device = "0a" },
		"a head of nothing":     func(r *bundle.Receipt) { r.Devices[0].Head = hash },
		"no head":               func(r *bundle.Receipt) { r.Devices[1].Head = "" },
		"a head that is no hex": func(r *bundle.Receipt) { r.Devices[1].Head = strings.Repeat("g", 64) },
		"negative":              func(r *bundle.Receipt) { r.Devices[0].N = -1 },
		"a branch twice":        func(r *bundle.Receipt) { r.Devices[1].Also = append(r.Devices[1].Also, r.Devices[1].Also[0]) },
		"the head as a branch":  func(r *bundle.Receipt) { r.Devices[1].Also[0].Head = r.Devices[1].Head },
		"a branch at zero":      func(r *bundle.Receipt) { r.Devices[1].Also[0].N = 0 },
		"parked backwards":      func(r *bundle.Receipt) { r.Devices[1].Parked[0].Last = 18 },
		"parked twice":          func(r *bundle.Receipt) { r.Devices[1].Parked[1].First = 21 },
		"held for fun":          func(r *bundle.Receipt) { r.Devices[1].Held = "fun" },
		"bundles not in order":  func(r *bundle.Receipt) { slices.Reverse(r.Bundles) },
		"a bundle twice":        func(r *bundle.Receipt) { r.Bundles[1] = r.Bundles[0] },
		"a bundle without id":   func(r *bundle.Receipt) { r.Bundles[0].ID = "" },
		"a bundle without no":   func(r *bundle.Receipt) { r.Bundles[0].No = 0 },
		"an unknown state":      func(r *bundle.Receipt) { r.Bundles[0].State = "lost" },
		"applied with a reason": func(r *bundle.Receipt) { r.Bundles[0].Reason = "damaged" },
		"refused without one":   func(r *bundle.Receipt) { r.Bundles[1].Reason = "" },
		"an unknown reason":     func(r *bundle.Receipt) { r.Bundles[1].Reason = "mood" },
		"more bundles than fit": func(r *bundle.Receipt) {
			r.Bundles = nil
			for i := range int64(bundle.MaxReceiptBundles + 1) {
				r.Bundles = append(r.Bundles, bundle.BundleState{ID: recordtest.ID(i).String(), No: 1 + i, State: "applied"})
			}
		},
	} {
		r := receipt()
		change(&r)
		if _, err := bundle.WriteAck(ackSender(), r, recordtest.ID(5), 1); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("written: %s: %v", name, err)
		}
		line, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		refuses(t, seal.KindAck, "51-snv", "23293", nil, read, []refusal{{name, []string{"A " + string(line)}, "damaged"}})
	}
	text, err := json.Marshal(receipt())
	if err != nil {
		t.Fatal(err)
	}
	good := "A " + string(text)
	swap := func(old, new string) []string { return []string{strings.Replace(good, old, new, 1)} }
	refuses(t, seal.KindAck, "51-snv", "23293", nil, read, []refusal{
		{"as it should be", []string{good}, ""},
		{"a key of later", swap(`"no":4`, `"mood":{"x":[]},"no":4`), ""},
		{"a line of later", []string{"Z x", good}, ""},
		{"none", nil, "damaged"},
		{"two", []string{good, good}, "damaged"},
		{"another unit", swap(`"unit":"23293"`, `"unit":"23294"`), "wrong-unit"},
		{"another day", swap(`"created":"2026-03-05`, `"created":"2026-03-06`), "damaged"},
		{"another roster", swap(`"roster":3`, `"roster":2`), "damaged"},
		{"another pack", swap(`"law/51":9`, `"law/52":9`), "damaged"},
		{"a later pack", swap(`"law/51":9`, `"law/51":10`), "damaged"},
		{"a key twice", swap(`"no":4`, `"no":4,"no":5`), "damaged"},
		{"a key in other case", swap(`"no":4`, `"No":4`), "damaged"},
		{"a span of one", swap(`[19,21]`, `[19]`), "damaged"},
		{"deep", swap(`"no":4`, `"x":`+strings.Repeat("[", 40)+strings.Repeat("]", 40)+`,"no":4`), "damaged"},
	})
}

// TestCovers: what is acknowledged, and what only looks so.
func TestCovers(t *testing.T) {
	device, other := strings.Repeat("0a", 16), strings.Repeat("0b", 16)
	chain := func(branch string, n int64) string { return sum(fmt.Appendf(nil, "%s %d", branch, n)) }
	ours := func(d string, n int64) (string, bool) { return chain("ours", n), d == device && 0 < n && n <= 20 }
	acked := func(heads ...bundle.Head) bundle.Receipt {
		return bundle.Receipt{Devices: []bundle.DeviceState{{Device: device, N: heads[0].N, Head: heads[0].Head, Also: heads[1:]}}}
	}
	at := func(branch string, n int64) bundle.Head { return bundle.Head{N: n, Head: chain(branch, n)} }
	for name, c := range map[string]struct {
		r    bundle.Receipt
		n    int64
		hash string
		want bool
	}{
		"the head itself":                     {acked(at("ours", 9)), 9, chain("ours", 9), true},
		"before the head":                     {acked(at("ours", 12)), 9, chain("ours", 9), true},
		"after the head":                      {acked(at("ours", 8)), 9, chain("ours", 9), false},
		"another branch at the place":         {acked(at("theirs", 9)), 9, chain("ours", 9), false},
		"another branch further along":        {acked(at("theirs", 12)), 9, chain("ours", 9), false},
		"another branch, and ours beside it":  {acked(at("theirs", 12), at("ours", 10)), 9, chain("ours", 9), true},
		"further along than we are":           {acked(at("ours", 21)), 9, chain("ours", 9), false},
		"a point of another branch":           {acked(at("ours", 12)), 9, chain("theirs", 9), false},
		"a point of another branch, its head": {acked(at("ours", 12), at("theirs", 9)), 9, chain("theirs", 9), true},
		"nothing of the device":               {acked(bundle.Head{}), 9, chain("ours", 9), false},
		"a point that is none":                {acked(at("ours", 12)), 0, "", false},
		"the device is not named":             {bundle.Receipt{}, 9, chain("ours", 9), false},
	} {
		if got := c.r.Covers(map[string]bundle.Point{device: {N: c.n, Hash: c.hash}}, ours); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	r := acked(at("ours", 12))
	if r.Covers(map[string]bundle.Point{device: {N: 9, Hash: chain("ours", 9)}, other: {N: 1, Hash: chain("ours", 1)}}, ours) {
		t.Error("one of two devices is enough")
	}
	if r.Covers(nil, ours) {
		t.Error("nothing is acknowledged")
	}
}

func units() bundle.Units {
	var a, b record.Unit
	recordtest.Distinct(&a)
	a.ID, a.Kind, a.Name, a.Note = recordtest.ID(1), "commune", "Đăk Hà\x7f", ""
	a.Workers = record.Workers{Total: 9, Women: 3, EthnicMinority: 2, Disabled: 1}
	b.ID, b.Kind, b.Name, b.Type, b.Valid.To = recordtest.ID(2), "commune", "Đăk Mar", "xã", "2026-12-31"
	return bundle.Units{Version: 2, On: "2027-01-01", Title: "Nghị quyết <số> 1 & 2", Changes: []bundle.UnitChange{{Unit: a}, {Unit: b}}}
}

func TestUnitsAreRead(t *testing.T) {
	s := ackSender()
	u := units()
	if _, err := bundle.WriteUnits(s, u, recordtest.ID(5), 1, created); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("for one office: %v", err)
	}
	s.To = seal.OfficePublic
	u.Changes[0].Unit.Note = "ghi chú kín"
	sealed, err := bundle.WriteUnits(s, u, recordtest.ID(5), 1, created)
	if err != nil {
		t.Fatal(err)
	}
	env, plain := open(t, sealed, seal.Identity{})
	got, err := bundle.ReadUnits(env, plain)
	if diff := cmp.Diff(units(), got, cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Errorf("%v (-said +read):\n%s", err, diff)
	}
	if bytes.Contains(plain, []byte("kín")) {
		t.Error("an internal note leaves the province")
	}
	lines := linesOf(t, plain)
	swap := func(i int, old, new string) []string {
		out := slices.Clone(lines)
		out[i] = strings.Replace(out[i], old, new, 1)
		return out
	}
	read := func(env seal.Envelope, plain []byte) error { _, err := bundle.ReadUnits(env, plain); return err }
	cases := []refusal{
		{"as it should be", lines, ""},
		{"a line of later", append(slices.Clone(lines), "Z x"), ""},
		{"empty", nil, "damaged"},
		{"no units", lines[:1], "damaged"},
		{"no version", lines[1:], "damaged"},
		{"two versions", append(slices.Clone(lines), lines[0]), "damaged"},
		{"the version behind", []string{lines[1], lines[0], lines[2]}, "damaged"},
		{"not in order", []string{lines[0], lines[2], lines[1]}, "damaged"},
		{"a unit twice", []string{lines[0], lines[1], lines[1]}, "damaged"},
		{"version zero", swap(0, `"version":2`, `"version":0`), "damaged"},
		{"no day", swap(0, `2027-01-01`, ``), "damaged"},
		{"a day that is none", swap(0, `2027-01-01`, `2027-02-29`), "damaged"},
		{"no title", swap(0, `Nghị quyết <số> 1 & 2`, ``), "damaged"},
		{"a long title", swap(0, `Nghị`, strings.Repeat("ị", 300)), "damaged"},
		{"a unit without name", swap(2, `"Đăk Mar"`, `""`), "damaged"},
		{"a kind that is none", swap(2, `"kind":"commune"`, `"kind":"x"`), "damaged"},
		{"an id that is none", swap(2, recordtest.ID(2).String(), "x"), "damaged"},
		{"an id of zeros", swap(1, recordtest.ID(1).String(), record.ID{}.String()), "damaged"},
		{"a key twice", swap(2, `"kind":`, `"kind":"x","kind":`), "damaged"},
	}
	refuses(t, seal.KindUnits, "51-snv", seal.OfficePublic, nil, read, cases)
	refuses(t, seal.KindUnits, "51-snv", "23293", nil, read, []refusal{{"for one office", lines, "damaged"}})
}

// TestEveryPrefixIsRefused: lines cut anywhere, of every kind; a piece or a receipt
// half read is none.
func TestEveryPrefixIsRefused(t *testing.T) {
	for kind, whole := range everyKind(t) {
		if err := readAny(whole.env, whole.plain); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		step := max(1, len(whole.plain)/recordtest.Count(t, 400, 1000))
		for n := 0; n < len(whole.plain); n += step {
			if readAny(whole.env, whole.plain[:n]) == nil {
				t.Errorf("%s: the first %d of %d bytes are read", kind, n, len(whole.plain))
			}
		}
		other := whole.env
		other.ID = recordtest.ID(77).String()
		if readAny(other, whole.plain) == nil {
			t.Errorf("%s: read under another bundle's envelope", kind)
		}
	}
}

type opened struct {
	env   seal.Envelope
	plain []byte
}

// everyKind is one small payload of each kind this package writes.
func everyKind(t testing.TB) map[string]opened {
	t.Helper()
	to := classic(t)
	out := map[string]opened{}
	keep := func(name string, sealed bundle.Sealed, err error) {
		if err != nil {
			t.Fatal(name, err)
		}
		env, plain := open(t, sealed, to)
		out[name] = opened{env, plain}
	}
	_, given := said(2)
	var all []bundle.Entry
	for _, one := range given {
		all = append(all, bundle.Entry{Commit: one.Commit, Secrets: one.Secrets})
	}
	s, home, province, public := sender(to), sender(to), sender(to), ackSender()
	home.To, home.Values = home.Unit, true
	province.Unit, province.To, public.To = "51-snv", "23293", seal.OfficePublic
	id := recordtest.ID(5)
	sealed, err := bundle.WriteLog(s, state, nil, all, id, 1, created)
	keep("log", sealed, err)
	sealed, err = bundle.WriteJoin(home, state, [32]byte{9}, nil, all, id, 1, created)
	keep("join", sealed, err)
	file := noise(140_000)
	pieces, err := bundle.Pieces(sum(file), int64(len(file)), file)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err = bundle.WriteBlob(s, state, pieces, id, 1, created)
	keep("blob", sealed, err)
	entries, cert := answersOf()
	sealed, err = bundle.WriteAnswers(province, state, [][]byte{cert}, entries, id, 1, created)
	keep("answers", sealed, err)
	sealed, err = bundle.WriteAck(ackSender(), receipt(), id, 1)
	keep("ack", sealed, err)
	sealed, err = bundle.WriteUnits(public, units(), id, 1, created)
	keep("units", sealed, err)
	return out
}

func readAny(env seal.Envelope, plain []byte) error {
	var err error
	switch env.Kind {
	case seal.KindLog:
		_, err = bundle.ReadLog(env, plain)
	case seal.KindBlob:
		_, err = bundle.ReadBlob(env, plain)
	case seal.KindAnswers:
		_, err = bundle.ReadAnswers(env, plain)
	case seal.KindAck:
		_, _, err = bundle.ReadAck(env, plain)
	case seal.KindUnits:
		_, err = bundle.ReadUnits(env, plain)
	}
	return err
}

// TestOneKindIsNoOther: no reader takes another kind's payload.
func TestOneKindIsNoOther(t *testing.T) {
	all := everyKind(t)
	for a, x := range all {
		for b, y := range all {
			env := y.env
			env.ID = x.env.ID
			if x.env.Kind != y.env.Kind && readAny(env, x.plain) == nil {
				t.Errorf("%s reads as %s", a, b)
			}
		}
	}
}

// TestBombs: a million lines, a line of a megabyte, and claims far above what is there.
func TestBombs(t *testing.T) {
	for kind, whole := range everyKind(t) {
		head, _, _ := bytes.Cut(whole.plain, []byte("\n"))
		for name, c := range map[string]struct{ body, reason string }{
			"a million lines":      {strings.Repeat("Z z\n", 1_000_000) + "E 1000000\n", "too-large"},
			"a line of a megabyte": {"Z " + strings.Repeat("z", 1<<20) + "\nE 1\n", "too-large"},
			"more lines claimed":   {"Z z\nE 2\n", "damaged"},
			"fewer lines claimed":  {"Z z\nZ z\nE 1\n", "damaged"},
			"something behind":     {"Z z\nE 1\nZ z\n", "damaged"},
		} {
			plain := append(append(bytes.Clone(head), '\n'), c.body...)
			if err := readAny(whole.env, plain); bundle.ReasonOf(err) != c.reason {
				t.Errorf("%s, %s: %v", kind, name, err)
			}
		}
	}
}

func TestReasons(t *testing.T) {
	want := strings.Fields(`damaged truncated foreign newer critical not-trusted unknown-device revoked wrong-unit wrong-recipient
		too-large replay bad-chain bad-value no-space roster-old roster-fork not-for-us`)
	if diff := cmp.Diff(want, bundle.Reasons()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	said := map[string]string{}
	for _, code := range bundle.Reasons() {
		w, ok := bundle.Sentence(code)
		if !ok || strings.Count(w.VI, ".") < 1 || w.VI == w.EN || len(w.EN) < 60 || strings.Contains(w.VI, code) && code != "newer" {
			t.Errorf("%s: %+v", code, w)
		}
		if said[w.VI] != "" {
			t.Errorf("%s and %s have one sentence", code, said[w.VI])
		}
		said[w.VI] = code
		err := fmt.Errorf("taking in: %w", bundle.WithReason(code, fmt.Errorf("%w: x", record.ErrDamaged)))
		if bundle.ReasonOf(err) != code || record.SentenceOf(bundle.Explain(err), "vi") != w.VI || !errors.Is(err, record.ErrDamaged) {
			t.Errorf("%s becomes %v", code, bundle.Explain(err))
		}
	}
	if _, ok := bundle.Sentence("mood"); ok {
		t.Error("a sentence for a reason nobody knows")
	}
	for _, c := range []struct {
		err  error
		code string
	}{
		{nil, ""}, {errors.New("disk on fire"), ""}, {record.ErrSpace, "no-space"}, {record.ErrDamaged, "damaged"},
		{record.ErrNotTrusted, "not-trusted"}, {record.ErrNewer, "newer"}, {record.ErrInvalid, "damaged"},
		{oplog.ErrTooLong, "too-large"}, {seal.ErrTruncated, "truncated"}, {seal.ErrUnknownDevice, "unknown-device"},
	} {
		if got := bundle.ReasonOf(c.err); got != c.code {
			t.Errorf("%v: %q, want %q", c.err, got, c.code)
		}
	}
	if err := bundle.Explain(record.ErrDamaged); err != record.ErrDamaged { // not of a bundle, perhaps
		t.Errorf("explained as %v", err)
	}
}

// TestReasonsOfFiles: what happens to files on their way has its own word.
func TestReasonsOfFiles(t *testing.T) {
	to, stranger := classic(t), classic(t)
	commits, _ := said(1)
	b := write(t, to, commits).Bytes
	outer := func(b []byte, keys seal.KeyOf) error { _, err := seal.ReadOuter(b, keys); return err }
	flipped := bytes.Clone(b)
	flipped[len(flipped)/2] ^= 1
	_, wrong := read(b, stranger)
	nobody := func(string) (ed25519.PublicKey, bool) { return nil, false }
	for name, c := range map[string]struct {
		err  error
		code string
	}{
		"cut in its payload":   {outer(b[:len(b)/2], keyOf), "truncated"},
		"cut in its directory": {outer(b[:len(b)-30], keyOf), "truncated"},
		"a bit flipped":        {outer(flipped, keyOf), "damaged"},
		"a byte behind":        {outer(append(bytes.Clone(b), 0), keyOf), "damaged"},
		"a picture":            {outer([]byte("\x89PNG"), keyOf), "foreign"},
		"sealed to another":    {wrong, "wrong-recipient"},
		"of an unknown PC":     {outer(b, nobody), "unknown-device"},
	} {
		if got := bundle.ReasonOf(c.err); got != c.code {
			t.Errorf("%s: %q (%v), want %q", name, got, c.err, c.code)
		}
	}
}

func fuzz(f *testing.F, names ...string) map[string]opened {
	all := everyKind(f)
	for _, name := range names {
		f.Add(all[name].plain)
		f.Add(all[name].plain[:len(all[name].plain)/2])
	}
	return all
}

func FuzzReadBlob(f *testing.F) {
	env := fuzz(f, "blob")["blob"].env
	f.Fuzz(func(t *testing.T, b []byte) {
		pieces, err := bundle.ReadBlob(env, b)
		total := 0
		for _, p := range pieces {
			total += len(p.Data)
			if len(p.Data) == 0 || p.At+int64(len(p.Data)) > p.Size {
				t.Fatalf("a piece of %d bytes at %d of %d", len(p.Data), p.At, p.Size)
			}
		}
		if total > bundle.MaxBlob || err != nil && pieces != nil {
			t.Fatalf("%d bytes, %v", total, err)
		}
	})
}

func FuzzReadAck(f *testing.F) {
	env := fuzz(f, "ack")["ack"].env
	f.Fuzz(func(t *testing.T, b []byte) {
		r, line, err := bundle.ReadAck(env, b)
		if (err == nil) != (line != nil) || err == nil && r.Unit != env.To {
			t.Fatalf("%v, line %q", err, line)
		}
	})
}

func FuzzReadUnits(f *testing.F) {
	env := fuzz(f, "units")["units"].env
	f.Fuzz(func(t *testing.T, b []byte) {
		u, err := bundle.ReadUnits(env, b)
		if (err == nil) != (len(u.Changes) > 0) {
			t.Fatalf("%v, %d units", err, len(u.Changes))
		}
		for _, c := range u.Changes {
			if c.Unit.Validate() != nil || c.Unit.Note != "" {
				t.Fatalf("unit %+v", c.Unit)
			}
		}
	})
}

func FuzzReadJoinAndAnswers(f *testing.F) {
	all := fuzz(f, "join", "answers")
	f.Fuzz(func(t *testing.T, b []byte) {
		if key, c, err := bundle.ReadJoin(all["join"].env, b); err == nil && (key == [32]byte{} || len(c.Commits) == 0) {
			t.Fatalf("%d commits", len(c.Commits))
		}
		if a, err := bundle.ReadAnswers(all["answers"].env, b); err == nil && len(a.Certificates) == 0 {
			t.Fatal("no certificate")
		}
	})
}
