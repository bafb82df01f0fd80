package oplog_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// vectors are commits of fixed keys, clocks and salts.
func vectors(t *testing.T) map[string]recordtest.Said {
	t.Helper()
	d := recordtest.NewDesk(1, 0)
	salts := rand.NewChaCha8([32]byte{1})
	out := map[string]recordtest.Said{}
	say := func(name string, edits []record.Edit, extra ...oplog.Op) {
		s, ok := d.Commit(recordtest.Day0.UnixMilli(), salts, edits, extra...)
		if !ok {
			t.Fatalf("%s says nothing", name)
		}
		out[name] = s
	}
	a := recordtest.Activity(1)
	a.Title, a.Note = `Đối thoại <"quý" & 2026>`+"\n\u2028\x7f", "nội bộ"
	p := recordtest.Person(1)
	say("1-create", []record.Edit{record.Create(a), record.Create(p)})
	b := a
	b.Title, b.Status = "Đối thoại", "closed"
	e, _ := record.Update(a, b)
	say("2-two-fields", []record.Edit{e})
	say("3-one-field", []record.Edit{{Ref: a.Ref(), Set: map[string]record.Value{"note": record.Null}}})
	say("4-delete", []record.Edit{{Ref: p.Ref(), Delete: true}})
	say("5-revive", []record.Edit{{Ref: p.Ref(), Revive: true}})
	say("6-erase", nil, oplog.EraseOp(p.Ref(), []oplog.Dot{out["1-create"].Commit.Ops[1].DotOf(out["1-create"].Commit.Hash.Prefix(), 1, "full_name")}))
	return out
}

// TestVectors: the bytes this program writes are those kept in testdata. They
// never change: every log in the field is chained by them.
func TestVectors(t *testing.T) {
	all := vectors(t)
	for name, s := range all {
		path := filepath.Join("testdata", name+".line")
		if os.Getenv("SOPHOBIEN_KEEP") != "" {
			if err := os.WriteFile(path, append(s.Commit.Line(), '\n'), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(kept), string(s.Commit.Line())+"\n"); diff != "" {
			t.Errorf("%s (-kept +written):\n%s", name, diff)
		}
		got, err := oplog.ParseLine(bytes.TrimSuffix(kept, []byte("\n")))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(s.Commit, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-written +read):\n%s", name, diff)
		}
		if err := got.Verify(recordtest.Key(1).Public().(ed25519.PublicKey)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for i := range s.Secrets {
			if !s.Secrets[i].Opens(got) {
				t.Errorf("%s: the secret of operation %d does not open", name, s.Secrets[i].Op)
			}
		}
	}
	if entries, err := os.ReadDir("testdata"); err != nil || len(entries) < len(all) {
		t.Errorf("%d kept files (%v)", len(entries), err)
	}
}

// TestDecodingAgainGivesTheSame: what was read, built again and encoded is the
// same line.
func TestDecodingAgainGivesTheSame(t *testing.T) {
	for seed := range uint64(50) {
		w := recordtest.NewWorkload(rand.New(rand.NewPCG(seed, 3)), 20, 10)
		for _, s := range w.Said {
			got, err := oplog.ParseLine(s.Commit.Line())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(s.Commit, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("seed %d (-built +read):\n%s", seed, diff)
			}
			trusted, err := oplog.DecodeTrusted(s.Commit.Raw)
			if err != nil {
				t.Fatal(err)
			}
			copy(trusted.Sig[:], s.Commit.Sig[:])
			if diff := cmp.Diff(got, trusted); diff != "" {
				t.Fatalf("seed %d (-decoded +trusted):\n%s", seed, diff)
			}
		}
	}
}

const (
	dev    = "00112233445566778899aabbccddeeff"
	ref    = "activity/0192a5d0-0000-7000-8000-000000000001"
	commit = "ffeeddccbbaa99887766554433221100"
)

var prev = strings.Repeat("ab", 32)

// line is a good commit with one part exchanged.
func line(old, new string) string {
	good := `{"d":"` + dev + `","n":2,"p":"` + prev + `","t":5,"u":"","s":1,"ops":[{"r":"` + ref + `","f":"title","v":"x","b":["` + commit + `/0"]}]}`
	if old != "" && !strings.Contains(good, old) {
		panic("nothing to exchange: " + old)
	}
	return strings.Replace(good, old, new, 1)
}

func TestDecodeAccepts(t *testing.T) {
	commitment := base64.StdEncoding.EncodeToString(make([]byte, 32))
	for name, raw := range map[string]string{
		"as it is":             line("", ""),
		"another order":        line(`"n":2,"p":"`+prev+`",`, `"p":"`+prev+`","n":2,`),
		"unknown key":          line(`"s":1`, `"s":1,"later":{"a":[1,{"b":"]}"}]}`),
		"unknown op key":       line(`"f":"title"`, `"z":[{}],"f":"title"`),
		"spaces":               line(`"n":2`, ` "n" : 2 `),
		"unknown field":        line(`"f":"title"`, `"f":"later_1"`),
		"unknown noun":         line("activity", "petition"),
		"newer schema":         line(`"s":1`, `"s":9`),
		"far future":           line(`"t":5`, `"t":9223372036854775807`),
		"before 1970":          line(`"t":5`, `"t":-5`),
		"list":                 line(`"v":"x"`, `"v":["a",{"b":1}]`),
		"commitment":           line(`"v":"x"`, `"c":"`+commitment+`"`),
		"open and hidden":      line(`"f":"title","v":"x"`, `"set":{"title":"x"},"h":["note"],"c":"`+commitment+`"`),
		"hidden before open":   line(`"f":"title","v":"x"`, `"h":["note","z"],"c":"`+commitment+`","set":{"title":"x"}`),
		"hidden only":          line(`"f":"title","v":"x"`, `"h":["note","title"],"c":"`+commitment+`"`),
		"escaped key and text": line(`"u":""`, `"\u0075":"\u0111\"\\"`),
	} {
		if _, err := oplog.Decode([]byte(raw)); err != nil {
			t.Errorf("%s refused: %v", name, err)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	commitment := base64.StdEncoding.EncodeToString(make([]byte, 32))
	cases := map[string]string{
		"empty":                     "",
		"not an object":             `[]`,
		"null":                      `null`,
		"cut short":                 line("}]}", ""),
		"trailing bytes":            line("", "") + " x",
		"second commit":             line("", "") + line("", ""),
		"byte order mark":           "\ufeff" + line("", ""),
		"known key twice":           line(`"n":2`, `"n":2,"n":2`),
		"known key twice, escaped":  line(`"n":2`, `"n":2,"\u006e":3`),
		"ops twice":                 line(`"ops"`, `"ops":[],"ops"`),
		"op key twice":              line(`"f":"title"`, `"f":"title","f":"title"`),
		"row twice":                 line(`"f":"title"`, `"r":"`+ref+`","f":"title"`),
		"no device":                 line(`"d":"`+dev+`",`, ""),
		"no number":                 line(`"n":2,`, ""),
		"no predecessor key":        line(`"p":"`+prev+`",`, ""),
		"no time":                   line(`"t":5,`, ""),
		"no ops":                    line(`"f":"title"`, `"f":"title"`)[:strings.Index(line("", ""), `,"ops"`)] + "}",
		"empty ops":                 line(`{"r":"`+ref+`","f":"title","v":"x","b":["`+commit+`/0"]}`, ""),
		"first with predecessor":    line(`"n":2`, `"n":1`),
		"second without":            line(prev, ""),
		"number 0":                  line(`"n":2`, `"n":0`),
		"negative number":           line(`"n":2`, `"n":-2`),
		"number with a point":       line(`"n":2`, `"n":2.0`),
		"number with exponent":      line(`"n":2`, `"n":2e0`),
		"number as text":            line(`"n":2`, `"n":"2"`),
		"huge number":               line(`"n":2`, `"n":92233720368547758070`),
		"huge time":                 line(`"t":5`, `"t":1e400`),
		"number null":               line(`"n":2`, `"n":null`),
		"device upper case":         line("aabb", "AABB"),
		"device short":              line("ddeeff", "ddee"),
		"device no hex":             line("ddeeff", "ddeefg"),
		"predecessor short":         line(prev, prev[2:]),
		"row without noun":          line("activity/", "/"),
		"row without id":            line("/0192a5d0-0000-7000-8000-000000000001", ""),
		"row with upper-case id":    line("0192a5d0", "0192A5D0"),
		"row with zero id":          line("0192a5d0-0000-7000-8000-000000000001", "00000000-0000-0000-0000-000000000000"),
		"row with odd noun":         line("activity/", `act\"ivity/`),
		"no row":                    line(`"r":"`+ref+`",`, ""),
		"no field":                  line(`"f":"title",`, ""),
		"empty field":               line(`"f":"title"`, `"f":""`),
		"odd field":                 line(`"f":"title"`, `"f":"ti tle"`),
		"long field":                line(`"f":"title"`, `"f":"`+strings.Repeat("a", 65)+`"`),
		"field without value":       line(`,"v":"x"`, ""),
		"value and commitment":      line(`"v":"x"`, `"v":"x","c":"`+commitment+`"`),
		"object as value":           line(`"v":"x"`, `"v":{"a":1}`),
		"object in set":             line(`"f":"title","v":"x"`, `"set":{"note":{"a":1},"title":"x"}`),
		"commitment twice":          line(`"f":"title","v":"x"`, `"h":["a","b"],"c":"`+commitment+`","c":"`+commitment+`"`),
		"hidden, no commitment":     line(`"f":"title","v":"x"`, `"h":["a","b"]`),
		"commitment to nothing":     line(`"f":"title","v":"x"`, `"set":{"a":1,"b":2},"c":"`+commitment+`"`),
		"hidden out of order":       line(`"f":"title","v":"x"`, `"h":["b","a"],"c":"`+commitment+`"`),
		"hidden with twins":         line(`"f":"title","v":"x"`, `"h":["a","a"],"c":"`+commitment+`"`),
		"open and hidden alike":     line(`"f":"title","v":"x"`, `"set":{"a":1},"h":["a"],"c":"`+commitment+`"`),
		"hidden one":                line(`"f":"title","v":"x"`, `"h":["a"],"c":"`+commitment+`"`),
		"hidden and field":          line(`"v":"x"`, `"h":["a"],"c":"`+commitment+`"`),
		"hidden no name":            line(`"f":"title","v":"x"`, `"h":["a",""],"c":"`+commitment+`"`),
		"hidden no text":            line(`"f":"title","v":"x"`, `"h":["a",1],"c":"`+commitment+`"`),
		"commitment short":          line(`"v":"x"`, `"c":"`+commitment[4:]+`"`),
		"commitment loose base64":   line(`"v":"x"`, `"c":"`+commitment[:42]+`B="`),
		"set of one":                line(`"f":"title","v":"x"`, `"set":{"title":"x"}`),
		"set of none":               line(`"f":"title","v":"x"`, `"set":{}`),
		"set out of order":          line(`"f":"title","v":"x"`, `"set":{"title":"x","note":"y"}`),
		"set with twins":            line(`"f":"title","v":"x"`, `"set":{"note":"x","note":"y"}`),
		"set and field":             line(`"f":"title"`, `"set":{"a":1,"b":2},"f":"title"`),
		"set and value":             line(`"f":"title"`, `"set":{"a":1,"b":2}`),
		"dot without index":         line(commit+"/0", commit+"/"),
		"dot with sign":             line(commit+"/0", commit+"/-1"),
		"dot with leading zero":     line(commit+"/0", commit+"/00"),
		"dot with empty field":      line(commit+"/0", commit+"/0/"),
		"dot short":                 line(commit+"/0", commit[2:]+"/0"),
		"dots not a list":           line(`["`+commit+`/0"]`, `"`+commit+`/0"`),
		"broken UTF-8":              line(`"x"`, "\"\xff\""),
		"control character in text": line(`"x"`, "\"\n\""),
		"too long":                  line(`"x"`, `"`+strings.Repeat("x", oplog.MaxLine)+`"`),
	}
	for name, raw := range cases {
		if c, err := oplog.Decode([]byte(raw)); err == nil {
			t.Errorf("%s accepted: %+v", name, c.Ops)
		} else if !errors.Is(err, record.ErrDamaged) && !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s: an error of no kind: %v", name, err)
		}
	}
}

// TestEveryBitOfALineCounts: 0 flips of a signed line are accepted.
func TestEveryBitOfALineCounts(t *testing.T) {
	key := recordtest.Key(1).Public().(ed25519.PublicKey)
	flips := 0
	for name, s := range vectors(t) {
		whole := s.Commit.Line()
		for bit := range len(whole) * 8 {
			whole[bit/8] ^= 1 << (bit % 8)
			if c, err := oplog.ParseLine(whole); err == nil && c.Verify(key) == nil {
				t.Errorf("%s: flip of bit %d accepted", name, bit)
			}
			whole[bit/8] ^= 1 << (bit % 8)
			flips++
		}
		for n := range whole {
			if c, err := oplog.ParseLine(whole[:n]); err == nil && c.Verify(key) == nil {
				t.Errorf("%s: the first %d bytes accepted", name, n)
			}
		}
	}
	t.Logf("%d flips", flips)
}

func TestVerifyWantsTheRightKeyAndHash(t *testing.T) {
	c := *vectors(t)["1-create"].Commit
	if err := c.Verify(recordtest.Key(2).Public().(ed25519.PublicKey)); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("another device's key: %v", err)
	}
	c.Hash[0] ^= 1
	if err := c.Verify(recordtest.Key(1).Public().(ed25519.PublicKey)); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("another hash: %v", err)
	}
	if err := c.Seal(recordtest.Key(2)); !errors.Is(err, record.ErrNotTrusted) {
		t.Errorf("sealed with another key: %v", err)
	}
}

func TestSealRefusesWhatNobodyCouldRead(t *testing.T) {
	d := recordtest.NewDesk(1, 0)
	a := recordtest.Activity(1)
	for name, v := range map[string]record.Value{"nothing": "", "an object": `{"a":1}`, "two values": `1,"f":2`, "broken text": `"a`} {
		c, _, err := oplog.Build(d.Author, 0, []record.Edit{{Ref: a.Ref(), Set: map[string]record.Value{"title": v}}}, func(record.Ref) *oplog.Row { return nil }, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Seal(d.Key); !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	long, _, err := oplog.Build(d.Author, 0, []record.Edit{{Ref: a.Ref(), Set: map[string]record.Value{"title": record.TextValue(strings.Repeat("x", oplog.MaxLine))}}}, func(record.Ref) *oplog.Row { return nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := long.Seal(d.Key); !errors.Is(err, oplog.ErrTooLong) || !strings.Contains(record.SentenceOf(err, "vi"), "quá dài") {
		t.Errorf("a commit too long: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, raw := range []string{line("", ""), line(`"f":"title","v":"x"`, `"set":{"a":[1,"\u0111"],"b":null}`), line(`"f":"title","v":"x"`, `"set":{"b":1},"h":["a","c"],"c":"`+base64.StdEncoding.EncodeToString(make([]byte, 32))+`"`), `{"v":[`, `{"ops":[{"v":["`} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		trusted, errTrusted := oplog.DecodeTrusted(raw) // must not panic, whatever stands there
		c, err := oplog.Decode(raw)
		if err != nil {
			return
		}
		if errTrusted != nil {
			t.Fatalf("accepted, but not when trusted: %v", errTrusted)
		}
		if diff := cmp.Diff(c, trusted); diff != "" {
			t.Fatalf("(-decoded +trusted):\n%s", diff)
		}
		s := oplog.NewState()
		s.Add(c, nil)
		s.Digest()
		for _, row := range s.Rows {
			row.Deleted()
			row.Observed()
		}
	})
}

func FuzzParseLine(f *testing.F) {
	sig := base64.StdEncoding.EncodeToString(make([]byte, 64))
	f.Add([]byte(sig + " " + line("", "")))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := oplog.ParseLine(b)
		if err == nil && !bytes.Equal(c.Line(), b) {
			t.Fatalf("read and written again:\n%q\n%q", b, c.Line())
		}
	})
}

func FuzzParseDot(f *testing.F) {
	for _, s := range []string{commit + "/0", commit + "/12/full_name", commit + "/0/a/b", commit + "/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := oplog.ParseDot(s)
		if err == nil && d.String() != s {
			t.Fatalf("%q is read as %q", s, d)
		}
	})
}
