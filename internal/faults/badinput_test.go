package faults

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sophobien/internal/app"
	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// crafter bends one honest file of an enrolled machine, whose key it has: an insider's
// tricks are signed.
type crafter struct {
	t      *testing.T
	good   []byte
	parts  []seal.Entry
	key    ed25519.PrivateKey
	opened map[string]any // the envelope
	to     []seal.Recipient
}

func newCrafter(t *testing.T, p *pc, good []byte) *crafter {
	c := &crafter{t: t, good: good, key: must(trust.Open(must(datadir.Open(p.folder))(t), ""))(t).Device}
	z := must(zip.NewReader(bytes.NewReader(good), int64(len(good))))(t)
	for _, f := range z.File {
		c.parts = append(c.parts, seal.Entry{Name: f.Name, Data: must(io.ReadAll(must(f.Open())(t)))(t)})
	}
	if err := json.Unmarshal(c.parts[0].Data, &c.opened); err != nil {
		t.Fatal(err)
	}
	for _, text := range must(trust.Province(must(datadir.Open(p.folder))(t)))(t).Keys {
		c.to = append(c.to, must(seal.ParseRecipient(text))(t))
	}
	return c
}

// signed is the file with another envelope, signed by the machine itself.
func (c *crafter) signed(envelope, payload []byte) []byte {
	sum := sha256.Sum256(payload)
	comment := fmt.Sprintf("sopb-bundle/1 from=%v no=%v payload=sha256:%s", c.opened["from"], c.opened["no"], hex.EncodeToString(sum[:]))
	signature := must(seal.Sign(c.key, envelope, comment))(c.t)
	return must(seal.WriteArchive([]seal.Entry{{Name: c.parts[0].Name, Data: envelope}, {Name: c.parts[1].Name, Data: signature}, {Name: c.parts[2].Name, Data: payload}}))(c.t)
}

// saying is the file whose envelope says something else.
func (c *crafter) saying(key string, value any) []byte {
	env := maps.Clone(c.opened)
	env[key] = value
	return c.signed(append(must(json.Marshal(env))(c.t), '\n'), c.parts[2].Data)
}

// rewritten is the envelope's text changed.
func (c *crafter) rewritten(change func(string) string) []byte {
	return c.signed([]byte(change(string(c.parts[0].Data))), c.parts[2].Data)
}

// carrying is the file with another payload, whose hash and size are true.
func (c *crafter) carrying(plain, zipped []byte) []byte {
	payload := must(seal.Encrypt(zipped, c.to))(c.t)
	env := maps.Clone(c.opened)
	sum, inner := sha256.Sum256(payload), sha256.Sum256(plain)
	env["payload_sha256"], env["payload_size"] = hex.EncodeToString(sum[:]), len(payload)
	env["plain_sha256"], env["plain_size"] = hex.EncodeToString(inner[:]), len(plain)
	return c.signed(append(must(json.Marshal(env))(c.t), '\n'), payload)
}

// archived is the file's entries in an archive of another make.
func (c *crafter) archived(bend func(*zip.Writer, func(name string, data []byte))) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	bend(w, func(name string, data []byte) {
		f := must(w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Store, CompressedSize64: uint64(len(data)), UncompressedSize64: uint64(len(data))}))(c.t)
		must(f.Write(data))(c.t)
	})
	if err := w.Close(); err != nil {
		c.t.Fatal(err)
	}
	return b.Bytes()
}

// bad are the files, by what is wrong with them.
func (c *crafter) bad() map[string][]byte {
	flip := func(at int) []byte {
		b := bytes.Clone(c.good)
		b[at] ^= 1
		return b
	}
	all := func(w *zip.Writer, put func(string, []byte)) {
		for _, p := range c.parts {
			put(p.Name, p.Data)
		}
	}
	named := func(i int, name string) []byte {
		return c.archived(func(w *zip.Writer, put func(string, []byte)) {
			for k, p := range c.parts {
				if k == i {
					p.Name = name
				}
				put(p.Name, p.Data)
			}
		})
	}
	n := len(c.good)
	zeros := make([]byte, 60<<20)
	return map[string][]byte{
		"empty": {}, "one byte": {'P'}, "a text": []byte("xin chào"), "a zip's beginning": []byte("PK\x03\x04"), "an empty zip": append([]byte("PK\x05\x06"), make([]byte, 18)...),
		"cut in the envelope": c.good[:100], "cut in the payload": c.good[:n/2], "cut before the directory": c.good[:n-200], "cut by one byte": c.good[:n-1],
		"something behind": append(bytes.Clone(c.good), 0), "something in front": append([]byte("#!/bin/sh\n"), c.good...), "twice": append(bytes.Clone(c.good), c.good...),
		"a bit of the envelope": flip(bytes.Index(c.good, []byte(`"unit"`)) + 9), "a bit of the signature": flip(bytes.Index(c.good, []byte("trusted comment")) - 30),
		"a bit of the payload": flip(n * 2 / 3), "a bit of the directory": flip(n - 60),
		"made by another zip": c.archived(all),
		"compressed": c.archived(func(w *zip.Writer, _ func(string, []byte)) {
			for _, p := range c.parts {
				must(must(w.Create(p.Name))(c.t).Write(p.Data))(c.t)
			}
		}),
		"a comment":      c.archived(func(w *zip.Writer, put func(string, []byte)) { all(w, put); w.SetComment("x") }),
		"name twice":     c.archived(func(w *zip.Writer, put func(string, []byte)) { all(w, put); put(c.parts[0].Name, c.parts[0].Data) }),
		"one more entry": c.archived(func(w *zip.Writer, put func(string, []byte)) { all(w, put); put("autorun.inf", []byte("x")) }),
		"one entry less": c.archived(func(w *zip.Writer, put func(string, []byte)) { put(c.parts[0].Name, c.parts[0].Data) }),
		"a way up":       named(2, "../../"+c.parts[2].Name), "a way up of Windows": named(2, `..\..\`+c.parts[2].Name),
		"an absolute name": named(0, "/"+c.parts[0].Name), "other case": named(0, strings.ToUpper(c.parts[0].Name)),
		"key twice":        c.rewritten(func(s string) string { return strings.Replace(s, `{"`, `{"unit":"24340","`, 1) }),
		"key in two cases": c.rewritten(func(s string) string { return strings.Replace(s, `{"`, `{"UNIT":"24340","`, 1) }),
		"two documents":    c.rewritten(func(s string) string { return s + s }),
		"deep": c.rewritten(func(s string) string {
			return strings.Replace(s, `{"`, `{"x":`+strings.Repeat("[", 4000)+strings.Repeat("]", 4000)+`,"`, 1)
		}),
		"not JSON":       c.rewritten(func(s string) string { return s[:len(s)/2] }),
		"a later format": c.saying("format", "sopb-bundle/2"), "another kind": c.saying("kind", "ack"), "a kind nobody knows": c.saying("kind", "gift"),
		"a number below zero": c.saying("no", -1), "a number of words": c.saying("no", "năm"), "another unit": c.saying("unit", "24340"), "no day": c.saying("created", "hôm qua"),
		"another size": c.saying("payload_size", 7), "another hash": c.saying("payload_sha256", strings.Repeat("0", 64)), "fewer lines": c.saying("lines", 1),
		"a feature of later": c.saying("critical", []string{"sopb-x"}),
		"no gzip inside":     c.carrying([]byte("x"), []byte("x")), "nothing inside": c.carrying(nil, zipped(c.t, nil)),
		"a bomb that says so": c.carrying(zeros, zipped(c.t, zeros)), "a bomb that does not": c.carrying([]byte("x"), zipped(c.t, zeros)),
		"lines that are none": c.carrying([]byte("x\ny\n"), zipped(c.t, []byte("x\ny\n"))),
	}
}

func zipped(t *testing.T, plain []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	must(w.Write(plain))(t)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// told is as what some of them are refused: the sentence must be the right one.
var told = map[string]string{
	"empty": "foreign", "cut by one byte": "truncated", "cut in the payload": "truncated", "a bit of the payload": "damaged", "a later format": "newer",
	"a feature of later": "critical", "another unit": "wrong-unit", "a bomb that says so": "too-large", "a bomb that does not": "too-large",
}

// TestBadInput: each crafted file is refused or parked with a sentence and stays as it is,
// a copy of it is kept, nothing of it is stored, and the honest file is taken in behind it.
func TestBadInput(t *testing.T) {
	w := newWorld(t, 3, 2)
	p := w.pcs[2]
	w.values = 1
	must(p.office.SaveActivity(ctx, record.Activity{Kind: "training", Title: "Buổi", Status: "held", When: record.Occasion{Date: "2026-03-05"}}))(t)
	clean := w.newBag()
	made := must(p.office.HandOver(ctx, clean, record.HandOverOptions{}))(t).Written[0]
	good := must(os.ReadFile(made.Places[0]))(t)
	bad := newCrafter(t, p, good).bad()
	before := must(w.province.office.Verify(ctx, false, nil))(t)
	for _, what := range slices.Sorted(maps.Keys(bad)) {
		folder := w.newBag()
		path := filepath.Join(folder, made.Name)
		if err := os.WriteFile(path, bad[what], 0o600); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		got, err := w.province.office.TakeIn(ctx, []string{folder}, nil)
		if err != nil || len(got.Files) != 1 {
			t.Errorf("%s: %+v, %v", what, got, err)
			continue
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s took %v", what, took)
		}
		f := got.Files[0]
		if want, ok := told[what]; ok && want != f.Code {
			t.Errorf("%s: refused as %s, not as %s", what, f.Code, want)
		}
		if f.State != record.TakenRefused && f.State != record.TakenParked || f.Code == "" || !strings.HasSuffix(f.Words.VI, ".") || !strings.HasSuffix(f.Words.EN, ".") {
			t.Errorf("%s: %+v", what, f)
		}
		if after := must(os.ReadFile(path))(t); !bytes.Equal(after, bad[what]) {
			t.Errorf("%s: the file was changed", what)
		}
		if !keptSomewhere(t, w.province.folder, bad[what]) {
			t.Errorf("%s: no copy is kept", what)
		}
	}
	if after := must(w.province.office.Verify(ctx, true, nil))(t); !after.OK || after.Commits != before.Commits || after.Digest != before.Digest {
		t.Errorf("something was stored: %+v, before %+v", after, before)
	}
	if got := must(w.province.office.TakeIn(ctx, []string{clean}, nil))(t); got.Applied != 1 || got.Commits == 0 {
		t.Errorf("the honest file behind %d bad ones: %+v", len(bad), got)
	}
	if len(bad) < 40 {
		t.Errorf("only %d files", len(bad))
	}
}

func keptSomewhere(t *testing.T, folder string, data []byte) bool {
	t.Helper()
	for _, sub := range []string{"quarantine", "parked"} {
		for _, e := range must(os.ReadDir(filepath.Join(folder, sub)))(t) {
			if have := must(os.ReadFile(filepath.Join(folder, sub, e.Name())))(t); bytes.Equal(have, data) {
				return true
			}
		}
	}
	return false
}

// TestAFolderFullOfOthers: ten thousand files of other programs, and one of ours.
func TestAFolderFullOfOthers(t *testing.T) {
	w := newWorld(t, 4, 2)
	folder := w.newBag()
	must(w.pcs[2].office.HandOver(ctx, folder, record.HandOverOptions{}))(t)
	for i := range 10_000 {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("ảnh %05d.jpg", i)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	got := must(w.province.office.TakeIn(ctx, []string{folder}, nil))(t)
	if got.Ignored != 10_000 || got.Applied+got.Refused+len(got.Files) == 0 || got.Refused != 0 {
		t.Errorf("%d ignored, %+v", got.Ignored, got.Files)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}

// TestAStickThatVanishes while it is taken in: what came stays, a sentence says what to
// do, and the second time all of it comes.
func TestAStickThatVanishes(t *testing.T) {
	w := newWorld(t, 5, 2, 3)
	folder, away := w.newBag(), ""
	for _, p := range w.pcs[2:] {
		must(p.office.HandOver(ctx, folder, record.HandOverOptions{}))(t)
	}
	away = folder + " (rút)"
	got, err := w.province.office.TakeIn(ctx, []string{folder}, func(done, total int) {
		if done == 1 {
			if err := os.Rename(folder, away); err != nil {
				t.Error(err)
			}
		}
	})
	if err != nil || got.Stopped.VI == "" || len(got.Files) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if err := os.Rename(away, folder); err != nil {
		t.Fatal(err)
	}
	again := must(w.province.office.TakeIn(ctx, []string{folder}, nil))(t)
	if again.Stopped.VI != "" || again.Refused != 0 || len(again.Files) < 2 {
		t.Errorf("once more: %+v", again)
	}
}

// TestTwoProgramsOnOneFolder: the second is told so, politely, and the first goes on.
func TestTwoProgramsOnOneFolder(t *testing.T) {
	w := newWorld(t, 6, 2)
	p := w.pcs[2]
	for range 6 {
		second, err := app.Open(p.folder, p.options())
		if err == nil {
			second.Close()
			t.Fatal("two programs have one folder")
		}
		if said := record.SentenceOf(err, "vi"); said == record.SentenceOf(nil, "vi") {
			t.Errorf("no sentence for %v", err)
		}
	}
	must(p.office.SaveActivity(ctx, record.Activity{Kind: "training", Title: "Buổi", Status: "held", When: record.Occasion{Date: "2026-03-05"}}))(t)
}
