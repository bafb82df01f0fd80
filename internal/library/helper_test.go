package library

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/law"
	"sophobien/internal/pack"
	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
)

const today = record.Date("2026-11-28")

// newLibrary is an empty library in a folder of its own.
func newLibrary(t testing.TB) *Library {
	t.Helper()
	return openLibrary(t, filepath.Join(t.TempDir(), "Sổ 1"))
}

func openLibrary(t testing.TB, path string) *Library {
	t.Helper()
	dir, err := datadir.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	l, err := Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func key(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

// province publishes packs; what it has ever had of blobs it keeps.
type province struct {
	root  trust.Root
	chain []trust.Signed
	blobs map[string][]byte
	made  []pack.Edition
}

var (
	rootKeys = []ed25519.PrivateKey{key(1), key(5), key(6)}
	editor   = key(2)
)

func newProvince(t testing.TB) *province {
	t.Helper()
	p := &province{blobs: map[string][]byte{}, root: trust.Root{Unit: "51", Name: "Sở Nội vụ tỉnh Quảng Ngãi", Created: "2026-01-01T08:00:00+07:00",
		Keys: map[string]ed25519.PublicKey{}, Roles: map[trust.Role]trust.RoleKeys{}}}
	for role, keys := range map[trust.Role][]ed25519.PrivateKey{trust.RoleRoot: rootKeys, trust.RoleContent: {editor}, trust.RoleRegistrar: {key(3)}, trust.RoleAck: {key(4)}} {
		var ids []string
		for _, k := range keys {
			public := k.Public().(ed25519.PublicKey)
			ids = append(ids, seal.DeviceID(public))
			p.root.Keys[seal.DeviceID(public)] = public
		}
		p.root.Roles[role] = trust.RoleKeys{Keys: ids, Threshold: 1 + len(ids)/2}
	}
	p.next(t)
	return p
}

// next goes one root on, which resets the channels named.
func (p *province) next(t testing.TB, reset ...string) {
	t.Helper()
	p.root.Version++
	p.root.Reset = reset
	p.root.Keys, p.root.Roles = maps.Clone(p.root.Keys), maps.Clone(p.root.Roles)
	s, err := trust.SignRoot(p.root, rootKeys...)
	if err != nil {
		t.Fatal(err)
	}
	p.chain = append(p.chain, s)
}

func (p *province) put(b []byte) (sum string, size int64) {
	h := sha256.Sum256(b)
	sum = hex.EncodeToString(h[:])
	p.blobs[sum] = b
	return sum, int64(len(b))
}

// wording makes a text of lines a blob.
func (p *province) wording(t testing.TB, from record.Date, text string) pack.Wording {
	t.Helper()
	split, _ := law.Split(strings.Split(text, "\n"))
	b, err := law.EncodeText(split)
	if err != nil {
		t.Fatal(err)
	}
	sum, size := p.put(b)
	return pack.Wording{From: from, SHA256: sum, Size: size}
}

func (p *province) source(sum string) (io.ReadCloser, error) {
	b, ok := p.blobs[sum]
	if !ok {
		return nil, fmt.Errorf("no blob %s", sum)
	}
	return io.NopCloser(bytes.NewReader(b)), nil
}

const channel = "luat-51"

func listing(version int64) pack.Listing {
	return pack.Listing{Channel: channel, Audience: "51", Version: version, Created: now.Add(-time.Hour).Format(time.RFC3339),
		FreshUntil: "2027-03-01", Severity: "normal", Title: fmt.Sprintf("Phiên bản %d", version)}
}

// build is a whole pack, or what has come since the earlier ones.
func (p *province) build(t testing.TB, version int64, items []pack.Item, earlier ...pack.Edition) []byte {
	t.Helper()
	d := pack.Draft{Listing: listing(version), Items: items, Blobs: p.source, Chain: p.chain, Keys: []crypto.Signer{editor}, Earlier: earlier}
	for i, e := range earlier {
		if i == 0 || e.Listing.Version < d.Listing.Base {
			d.Listing.Base = e.Listing.Version
		}
	}
	var out bytes.Buffer
	l, err := pack.Build(&out, d)
	if err != nil {
		t.Fatal(err)
	}
	p.made = append(p.made, pack.Edition{Listing: l, Items: items})
	return out.Bytes()
}

// open proves a pack with what the library says of itself.
func (p *province) open(t testing.TB, l *Library, file []byte) (*pack.File, error) {
	t.Helper()
	return openAt(t, p, l, bytes.NewReader(file), len(file))
}

func openAt(t testing.TB, p *province, l *Library, file io.ReaderAt, size int) (*pack.File, error) {
	t.Helper()
	first, err := trust.FirstRoot(p.chain[0])
	if err != nil {
		t.Fatal(err)
	}
	channels, err := l.Channels(ctx)
	if err != nil {
		t.Fatal(err)
	}
	seen, err := l.Seen(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return pack.Open(file, int64(size), pack.State{Known: trust.Known{Chain: p.chain[:1], Root: first}, Channels: channels,
		Units: []string{"51"}, App: "1.2", Now: now, Seen: seen, Blob: l.Blob})
}

func (p *province) install(t testing.TB, l *Library, file []byte) {
	t.Helper()
	f, err := p.open(t, l, file)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Install(ctx, f, now, nil); err != nil {
		t.Fatal(err)
	}
}

// document is an item of kind law with one text.
func (p *province) document(t testing.TB, number, kind, title string, from record.Date, text string) pack.Item {
	t.Helper()
	return pack.Item{ID: law.FoldNumber(number), Version: 1, Kind: "law", Title: title, Number: number, Type: kind, From: from,
		Wordings: []pack.Wording{p.wording(t, from, text)}}
}

func on(t testing.TB, l *Library, day record.Date) *View {
	t.Helper()
	v, err := l.On(ctx, day, nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func find(t testing.TB, l *Library, text string) []record.LawHit {
	t.Helper()
	return searchFor(t, l, record.LawFilter{Text: text, On: today})
}

func searchFor(t testing.TB, l *Library, f record.LawFilter) []record.LawHit {
	t.Helper()
	p, err := on(t, l, f.On).Search(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	return p.Hits
}

// found are the addresses of hits: "45-2019-qh14#d98".
func found(hits []record.LawHit) []string {
	var out []string
	for _, h := range hits {
		at := h.Item
		if h.Anchor != "" {
			at += "#" + h.Anchor
		}
		out = append(out, at)
	}
	return out
}
