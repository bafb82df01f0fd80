package bundle_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sophobien/internal/bundle"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/seal"
)

const created = "2026-03-05T08:00:00Z"

func keyOf(device string) (ed25519.PublicKey, bool) {
	public := recordtest.Key(1).Public().(ed25519.PublicKey)
	return public, device == seal.DeviceID(public)
}

func classic(t testing.TB) seal.Identity {
	t.Helper()
	id, err := seal.NewClassicIdentity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func sender(to seal.Identity) bundle.Sender {
	return bundle.Sender{
		Unit: "23293", To: "51-snv", App: "sophobien test", Signer: recordtest.Key(1), Recipients: []seal.Recipient{to.Recipient()},
		Random: rand.NewChaCha8([32]byte{3}),
	}
}

// said are commits of one device: n people with names, and an edit.
func said(n int64) (commits []*oplog.Commit, all []recordtest.Said) {
	d := recordtest.NewDesk(1, 0)
	salts := rand.NewChaCha8([32]byte{4})
	for i := range n {
		p := recordtest.Person(i)
		p.Position = `tổ <trưởng> & "phó"`
		s, _ := d.Commit(i, salts, []record.Edit{record.Create(recordtest.Activity(i)), record.Create(p)})
		all, commits = append(all, s), append(commits, s.Commit)
	}
	return commits, all
}

func write(t testing.TB, to seal.Identity, commits []*oplog.Commit) bundle.Sealed {
	t.Helper()
	out, err := bundle.WriteLog(sender(to), state, nil, entries(commits), recordtest.ID(5), 42, created)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// state is what the sender of the tests holds.
var state = bundle.State{
	Heads:   map[string]bundle.Point{strings.Repeat("a1", 16): {N: 7, Hash: strings.Repeat("b2", 32)}},
	Through: "2026-03-04", Roster: 3, Packs: map[string]int64{"law/51": 9},
}

func entries(commits []*oplog.Commit) []bundle.Entry {
	out := make([]bundle.Entry, len(commits))
	for i, c := range commits {
		out[i].Commit = c
	}
	return out
}

// read is all a receiver does.
func read(b []byte, who seal.Identity) (bundle.Contents, error) {
	outer, err := seal.ReadOuter(b, keyOf)
	if err != nil {
		return bundle.Contents{}, err
	}
	plain, err := outer.Open([]seal.Identity{who})
	if err != nil {
		return bundle.Contents{}, err
	}
	return bundle.ReadLog(outer.Envelope, plain)
}

// open gives the plaintext of a bundle of any kind.
func open(t testing.TB, sealed bundle.Sealed, who seal.Identity) (seal.Envelope, []byte) {
	t.Helper()
	outer, err := seal.ReadOuter(sealed.Bytes, keyOf)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := outer.Open([]seal.Identity{who})
	if err != nil {
		t.Fatal(err)
	}
	return outer.Envelope, plain
}

var sameCommits = cmpopts.EquateEmpty()

func TestWhatIsWrittenIsRead(t *testing.T) {
	to := classic(t)
	commits, _ := said(5)
	sealed := write(t, to, commits)
	got, err := read(sealed.Bytes, to)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(bundle.Contents{State: state, Commits: commits}, got, sameCommits); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	dev := commits[0].Device.String()
	if e := sealed.Envelope; e.Range[dev] != (seal.Span{First: 1, Last: 5}) || e.Heads[dev] != commits[4].Hash.String() || e.PII || sealed.Commits != 5 {
		t.Errorf("envelope %+v, %d commits", e, sealed.Commits)
	}
}

// TestEveryBitAndEveryLength: 0 of a bundle's flips and truncations are
// accepted, 0 panic.
func TestEveryBitAndEveryLength(t *testing.T) {
	to := classic(t)
	commits, _ := said(1)
	b := write(t, to, commits).Bytes
	accepted := 0
	for bit := range len(b) * 8 {
		b[bit/8] ^= 1 << (bit % 8)
		if _, err := read(b, to); err == nil {
			accepted++
		}
		b[bit/8] ^= 1 << (bit % 8)
	}
	for n := range b {
		if _, err := read(b[:n], to); err == nil {
			accepted++
		}
	}
	t.Logf("%d flips and %d truncations, %d accepted", len(b)*8, len(b), accepted)
	if accepted != 0 {
		t.Errorf("%d accepted", accepted)
	}
	if _, err := read(b, to); err != nil {
		t.Errorf("the bundle itself: %v", err)
	}
}

// TestNoPersonalValueLeaves: 200 people with every personal field filled; the
// plaintext for the province holds none of it.
func TestNoPersonalValueLeaves(t *testing.T) {
	to := classic(t)
	d := recordtest.NewDesk(1, 0)
	salts := rand.NewChaCha8([32]byte{4})
	var commits []*oplog.Commit
	var planted []string
	for i := range int64(200) {
		p := recordtest.Person(i)
		p.FullName, p.Phone, p.IDNumber = fmt.Sprintf("Đinh Thị Riêng %d", i), fmt.Sprintf("09%08d", i*7919), fmt.Sprintf("0620%08d", i*104729)
		p.Position, p.UnitText, p.Ethnicity = fmt.Sprintf("chức vụ kín %d", i), fmt.Sprintf("thôn kín %d", i), fmt.Sprintf("dân tộc kín %d", i)
		p.Disability, p.Note, p.Birth, p.Sex = fmt.Sprintf("khuyết tật kín %d", i), fmt.Sprintf("ghi chú kín %d", i), record.Birth(fmt.Sprintf("19%02d-03-05", 10+i%80)), "nữ"
		planted = append(planted, p.FullName, p.Phone, p.IDNumber, p.Position, p.UnitText, p.Ethnicity, p.Disability, p.Note, string(p.Birth), `"nữ"`)
		a := recordtest.Activity(1000 + i)
		a.Note = fmt.Sprintf("ghi chú nội bộ %d", i)
		planted = append(planted, a.Note)
		x := recordtest.Attendees(a.ID, i, 1)[0].Attendance
		s, _ := d.Commit(i, salts, []record.Edit{record.Create(a), record.Create(p), record.Create(x)})
		commits = append(commits, s.Commit)
		planted = append(planted, `"`+x.ActivityID.String()+`"`) // who came where is not told either
	}
	sealed := write(t, to, commits)
	outer, err := seal.ReadOuter(sealed.Bytes, keyOf)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := outer.Open([]seal.Identity{to})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(plain, []byte(recordtest.Activity(1007).Title)) {
		t.Fatal("what may leave is not in the plaintext: the search proves nothing")
	}
	for _, text := range planted {
		escaped := strings.Trim(string(record.TextValue(text)), `"`)
		if bytes.Contains(plain, []byte(text)) || bytes.Contains(plain, []byte(escaped)) || bytes.Contains(sealed.Bytes, []byte(text)) {
			t.Errorf("%q leaves the office", text)
		}
	}
}

// TestSplit: a log larger than a bundle becomes bundles that stand alone and
// together are the log.
func TestSplit(t *testing.T) {
	to := classic(t)
	d := recordtest.NewDesk(1, 0)
	var commits []*oplog.Commit
	for i := range int64(36) {
		a := recordtest.Activity(i)
		a.Result = strings.Repeat("kết quả ", 20_000) // ~220 KB
		s, _ := d.Commit(i, rand.NewChaCha8([32]byte{}), []record.Edit{record.Create(a)})
		commits = append(commits, s.Commit)
	}
	var got []*oplog.Commit
	parts := 0
	for left := commits; len(left) > 0; parts++ {
		sealed := write(t, to, left)
		if sealed.Commits == 0 || len(sealed.Bytes) > seal.MaxPayload {
			t.Fatalf("part %d: %d commits, %d bytes", parts, sealed.Commits, len(sealed.Bytes))
		}
		c, err := read(sealed.Bytes, to)
		if err != nil {
			t.Fatalf("part %d alone: %v", parts, err)
		}
		got, left = append(got, c.Commits...), left[sealed.Commits:]
	}
	if parts < 2 {
		t.Fatalf("%d part", parts)
	}
	if len(got) != len(commits) {
		t.Fatalf("%d commits in the parts, %d in the log", len(got), len(commits))
	}
	for i, c := range commits {
		if !bytes.Equal(got[i].Line(), c.Line()) {
			t.Errorf("commit %d is another", c.N)
		}
	}
}

// payload is the plaintext of a log bundle with lines of the test's choice, and
// an envelope that announces it.
func payload(t testing.TB, pii bool, commits []*oplog.Commit, lines ...string) (seal.Envelope, []byte) {
	t.Helper()
	env := seal.Envelope{Kind: seal.KindLog, ID: recordtest.ID(5).String(), PII: pii, Range: map[string]seal.Span{}, Heads: map[string]string{}}
	for _, c := range commits {
		dev := c.Device.String()
		s, ok := env.Range[dev]
		if !ok {
			s.First = c.N
		}
		s.Last = c.N
		env.Range[dev], env.Heads[dev] = s, c.Hash.String()
	}
	h, err := seal.NewStreamHeader(seal.KindLog, env.ID, rand.NewChaCha8([32]byte{}))
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

func commitLine(c *oplog.Commit) string { return "C " + string(c.Line()) }

// valueLine is the P line of a secret as a stranger would write it.
func valueLine(h oplog.Hash, s oplog.Secret) string {
	b64 := base64.StdEncoding.EncodeToString
	seed, values := "", []string{}
	if s.Seeded() {
		seed = fmt.Sprintf(`"s":"%s",`, b64(s.Seed[:]))
	}
	for _, f := range s.Fields {
		switch {
		case s.Seeded():
			values = append(values, fmt.Sprintf(`"%s":%s`, f.Field, f.Value))
		case f.Known:
			values = append(values, fmt.Sprintf(`"%s":{"s":"%s","v":%s}`, f.Field, b64(f.Salt[:]), f.Value))
		default:
			values = append(values, fmt.Sprintf(`"%s":{"l":"%s"}`, f.Field, b64(f.Leaf[:])))
		}
	}
	return fmt.Sprintf(`P {"h":"%s","i":%d,%s"v":{%s}}`, h, s.Op, seed, strings.Join(values, ","))
}

// TestValuesGivenAlong: between PCs of one office every value comes through byte
// for byte, whatever stands in it.
func TestValuesGivenAlong(t *testing.T) {
	to := classic(t)
	_, given := said(3)
	s := sender(to)
	s.To, s.Values = s.Unit, true
	var all []bundle.Entry
	for _, one := range given {
		all = append(all, bundle.Entry{Commit: one.Commit, Secrets: one.Secrets})
	}
	sealed, err := bundle.WriteLog(s, state, nil, all, recordtest.ID(5), 42, created)
	if err != nil {
		t.Fatal(err)
	}
	env, plain := open(t, sealed, to)
	got, err := bundle.ReadLog(env, plain)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, s := range all {
		if diff := cmp.Diff(s.Secrets, got.Secrets[s.Commit.Hash]); diff != "" {
			t.Errorf("(-given +read):\n%s", diff)
		}
		for i := range s.Secrets {
			n += s.Secrets[i].Known()
		}
	}
	if got.Values() != n || n == 0 {
		t.Errorf("%d values, %d given", got.Values(), n)
	}
	if !env.PII {
		t.Error("the envelope does not say that there are personal values")
	}
	env.PII = false
	if _, err := bundle.ReadLog(env, plain); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("values that the envelope does not announce: %v", err)
	}
}

func TestLineTricks(t *testing.T) {
	commits, all := said(3)
	a, b := all[0], all[1]
	good := a.Secrets[0]
	value := valueLine(a.Commit.Hash, good)
	with := func(change func(*oplog.Secret)) string {
		s := good
		s.Fields = slices.Clone(s.Fields)
		change(&s)
		return valueLine(a.Commit.Hash, s)
	}
	first := good.Fields[0].Field
	part := good.Without(func(field string) bool { return field == first })
	parted := valueLine(a.Commit.Hash, part)
	lines := func(more ...string) []string {
		return append([]string{commitLine(commits[0]), commitLine(commits[1])}, more...)
	}
	salt := base64.StdEncoding.EncodeToString(good.Seed[:])
	leaf := base64.StdEncoding.EncodeToString(part.Fields[0].Leaf[:])
	for name, c := range map[string]struct {
		lines []string
		kind  error
	}{
		"as it should be":           {lines(value), nil},
		"a later version's line":    {lines("Z something new"), nil},
		"altered value":             {lines(with(func(s *oplog.Secret) { s.Fields[0].Value = `"Kẻ Mạo Danh"` })), record.ErrNotTrusted},
		"value written another way": {lines(strings.Replace(value, `":"Y Ngọc`, `":"\u0059 Ngọc`, 1)), record.ErrNotTrusted},
		"value of another commit":   {lines(valueLine(b.Commit.Hash, good)), record.ErrNotTrusted},
		"value of another field":    {lines(with(func(s *oplog.Secret) { s.Fields[0].Field = "zz" })), record.ErrNotTrusted},
		"a field left out":          {lines(with(func(s *oplog.Secret) { s.Fields = s.Fields[1:] })), record.ErrNotTrusted},
		"a part of the values":      {lines(parted), nil},
		"a leaf altered":            {lines(strings.Replace(parted, leaf, "AAAA"+leaf[4:], 1)), record.ErrNotTrusted},
		"a leaf cut":                {lines(strings.Replace(parted, leaf, leaf[4:], 1)), record.ErrDamaged},
		"a leaf beside a value":     {lines(strings.Replace(parted, `{"l":`, `{"v":"x","l":`, 1)), record.ErrDamaged},
		"a leaf under a seed":       {lines(strings.Replace(parted, `"v":{`, `"s":"`+salt+`","v":{`, 1)), record.ErrDamaged},
		"a seed of zeros":           {lines(strings.Replace(value, salt, "AAAAAAAAAAAAAAAAAAAAAA==", 1)), record.ErrDamaged},
		"value of an open field":    {lines(with(func(s *oplog.Secret) { s.Op, s.Fields[0].Field = 0, "title" })), record.ErrNotTrusted},
		"value of no operation":     {lines(with(func(s *oplog.Secret) { s.Op = 9 })), record.ErrNotTrusted},
		"negative operation":        {lines(with(func(s *oplog.Secret) { s.Op = -1 })), record.ErrNotTrusted},
		"other salt":                {lines(with(func(s *oplog.Secret) { s.Seed[0] ^= 1 })), record.ErrNotTrusted},
		"short salt":                {lines(strings.Replace(value, salt, salt[4:], 1)), record.ErrDamaged},
		"long salt":                 {lines(strings.Replace(value, salt, "AAAA"+salt, 1)), record.ErrDamaged},
		"salt in loose base64":      {lines(strings.Replace(value, salt, salt[:21]+"/==", 1)), record.ErrDamaged},
		"no salt":                   {lines(strings.Replace(value, salt, "", 1)), record.ErrDamaged},
		"no value":                  {lines(value[:strings.Index(value, `,"v":`)] + "}"), record.ErrNotTrusted},
		"an object as value":        {lines(value[:strings.Index(value, `"v":`)] + `"v":{"a":{"b":1}}}`), record.ErrDamaged},
		"value twice":               {lines(value, value), record.ErrDamaged},
		"key twice":                 {lines(strings.Replace(value, `"i":`, `"i":0,"i":`, 1)), record.ErrDamaged},
		"value before its commit":   {[]string{value, commitLine(commits[0]), commitLine(commits[1])}, record.ErrNotTrusted},
		"value without its commit":  {[]string{commitLine(commits[1]), value}, record.ErrNotTrusted},
		"hash in upper case":        {lines(strings.Replace(value, a.Commit.Hash.String(), strings.ToUpper(a.Commit.Hash.String()), 1)), record.ErrDamaged},
		"value is no JSON":          {lines("P nothing"), record.ErrDamaged},
		"commit twice":              {lines(commitLine(commits[0])), record.ErrDamaged},
		"commit not announced":      {lines(commitLine(commits[2])), record.ErrDamaged},
		"announced commit missing":  {lines()[:1], record.ErrDamaged},
		"commit cut":                {[]string{commitLine(commits[0])[:200], commitLine(commits[1])}, record.ErrDamaged},
		"commit with a key twice":   {[]string{strings.Replace(commitLine(commits[0]), `"s":1`, `"s":1,"x":1,"x":2`, 1), commitLine(commits[1])}, record.ErrDamaged},
		"commit without signature":  {[]string{"C " + string(commits[0].Raw), commitLine(commits[1])}, record.ErrDamaged},
	} {
		env, plain := payload(t, true, commits[:2], c.lines...)
		got, err := bundle.ReadLog(env, plain)
		if !errors.Is(err, c.kind) {
			t.Errorf("%s: %v, want %v", name, err, c.kind)
		}
		if c.kind != nil && (got.Commits != nil || got.Secrets != nil) {
			t.Errorf("%s: refused, and yet something was handed out", name)
		}
	}
}

func TestAnotherKindIsNoLog(t *testing.T) {
	env, plain := payload(t, false, nil)
	env.Kind = seal.KindAck
	if _, err := bundle.ReadLog(env, plain); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("%v", err)
	}
}

func TestEveryRefusalHasItsSentence(t *testing.T) {
	calm := record.SentenceOf(errors.New("x"), "vi")
	for _, err := range []error{seal.ErrForeign, seal.ErrNewer, seal.ErrCritical, seal.ErrNotTrusted, seal.ErrTooLarge, seal.ErrWrongRecipient, seal.ErrDamaged} {
		got := bundle.Explain(fmt.Errorf("while reading: %w", err))
		if record.SentenceOf(got, "vi") == calm || !errors.Is(got, err) {
			t.Errorf("%v becomes %v", err, got)
		}
	}
	if bundle.Explain(nil) != nil {
		t.Error("an explanation of nothing")
	}
}

// goldenIdentity opens the kept bundles. It is a test key.
func goldenIdentity(t *testing.T) seal.Identity {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "province.key"))
	if errors.Is(err, os.ErrNotExist) && os.Getenv("SOPHOBIEN_KEEP") != "" {
		id, errNew := seal.NewIdentity()
		if errNew != nil {
			t.Fatal(errNew)
		}
		text, err = []byte(id.Secret()+"\n"), os.WriteFile(filepath.Join("testdata", "province.key"), []byte(id.Secret()+"\n"), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	id, err := seal.ParseIdentity(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestKeptBundleStaysReadable: a bundle of every released version is kept and
// must be read for ever. SOPHOBIEN_KEEP=1 writes a missing one.
func TestKeptBundleStaysReadable(t *testing.T) {
	to := goldenIdentity(t)
	path := filepath.Join("testdata", "log-v1.sopb.zip")
	commits, _ := said(4)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) && os.Getenv("SOPHOBIEN_KEEP") != "" {
		if err := os.WriteFile(path, write(t, to, commits).Bytes, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got, err := read(b, to)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(bundle.Contents{Commits: commits}, got, sameCommits); diff != "" {
		t.Errorf("(-what was sealed +read):\n%s", diff)
	}
}

func FuzzReadLog(f *testing.F) {
	commits, all := said(2)
	env, plain := payload(f, true, commits, commitLine(commits[0]), commitLine(commits[1]), valueLine(commits[0].Hash, all[0].Secrets[0]))
	f.Add(plain)
	f.Add(plain[:len(plain)/2])
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := bundle.ReadLog(env, b)
		if err != nil {
			return
		}
		for h, secrets := range c.Secrets {
			for _, s := range secrets {
				if len(s.Fields) == 0 || len(c.Commits) == 0 {
					t.Fatalf("an empty value of %s", h)
				}
			}
		}
	})
}
