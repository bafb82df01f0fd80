package pack

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// scene is a province, a reader that took in version 7 of its channel and root 2, and
// the next good pack.
type scene struct {
	*province
	s     shelf
	items []Item
	have  State
	held  shelf
	good  []byte // version 8
}

// oldEditor was the content key before root 2.
var oldEditor, newEditor = editor, key(7)

// goodKind is the trusted comment of the good pack.
const goodKind = "sopb-pack/1 channel=luat-51 version=8"

func newScene(t testing.TB) *scene {
	t.Helper()
	c := &scene{province: newProvince(t), s: shelf{}, held: shelf{}}
	c.next(t, func(r *trust.Root) { setRole(r, trust.RoleContent, 1, newEditor) })
	c.items = sampleItems(c.s)
	f := mustTake(t, build(t, c.draft(7)), c.reader(t), c.held)
	c.have = after(c.reader(t), f)
	c.good = build(t, c.draft(8))
	return c
}

func (c *scene) draft(version int64) Draft {
	d := c.province.draft(c.s, version, slices.Clone(c.items))
	d.Keys = []crypto.Signer{newEditor}
	return d
}

// with is a good pack of a version, its draft changed.
func (c *scene) with(t testing.TB, version int64, change func(*Draft)) []byte {
	t.Helper()
	d := c.draft(version)
	change(&d)
	return build(t, d)
}

// again is the good pack with its listing changed and signed by whom the test says.
func (c *scene) again(t testing.TB, old, new string, keys ...ed25519.PrivateKey) []byte {
	t.Helper()
	return resigned(t, c.good, "", func(text string) string { return strings.Replace(text, old, new, 1) }, keys...)
}

// signedAs is the good pack with a trusted comment of the test's.
func (c *scene) signedAs(t testing.TB, comment string, keys ...ed25519.PrivateKey) []byte {
	t.Helper()
	return resigned(t, c.good, comment, nil, keys...)
}

// entry is the good pack with one entry changed.
func (c *scene) entry(t testing.TB, is func(seal.Entry) bool, change func(*seal.Entry)) []byte {
	t.Helper()
	return bent(t, c.good, func(entries []seal.Entry) []seal.Entry {
		i := slices.IndexFunc(entries, is)
		if i < 0 {
			t.Fatal("no such entry")
		}
		change(&entries[i])
		return entries
	})
}

func named(name string) func(seal.Entry) bool {
	return func(e seal.Entry) bool { return e.Name == name }
}

// TestAttacks: what somebody may try who holds the stick, the mirror, an old key, or
// a key of another role. Each is refused for its own reason, nothing changes, and the next
// good pack opens.
func TestAttacks(t *testing.T) {
	c := newScene(t)
	stranger := key(99)
	other := newProvince(t)
	other.next(t, func(r *trust.Root) { r.Name = "Tỉnh khác"; setRole(r, trust.RoleContent, 1, newEditor) })
	fakeRoot := func(signers ...ed25519.PrivateKey) []trust.Signed {
		p := &province{c.root, c.chain}
		p.next(t, func(r *trust.Root) { setRole(r, trust.RoleContent, 1, stranger) }, signers...)
		return p.chain
	}
	wording := blobsFolder + c.items[0].Wordings[0].SHA256
	strangersRoot := &province{c.root, c.chain}
	strangersRoot.chain = fakeRoot(rootKeys[0], stranger)

	// chained is the good pack with another chain, signed by whom the test says.
	chained := func(chain []trust.Signed, keys ...ed25519.PrivateKey) []byte {
		return bent(t, c.good, func(entries []seal.Entry) []seal.Entry {
			entries = slices.DeleteFunc(entries, func(e seal.Entry) bool { return strings.HasPrefix(e.Name, rootsFolder) })
			var roots []seal.Entry
			for i, s := range chain {
				text, err := s.Encode()
				if err != nil {
					t.Fatal(err)
				}
				roots = append(roots, seal.Entry{Name: fmt.Sprintf("%s%d.json", rootsFolder, i+1), Data: text})
			}
			return signed(t, append(roots, entries...), goodKind, keys...)
		})
	}
	attacks := []struct {
		name string
		file []byte
		want error
	}{
		// Arbitrary installation.
		{"nobody signed", c.signedAs(t, "x"), ErrNotTrusted},
		{"a stranger signed", c.signedAs(t, Format, stranger), ErrNotTrusted},
		{"a stranger in the name of the editor", c.entry(t, isSignature, func(e *seal.Entry) {
			raw := entriesOf(t, c.good)[2].Data
			sig, err := seal.Sign(stranger, raw, goodKind)
			if err != nil {
				t.Fatal(err)
			}
			e.Data = sig
		}), ErrNotTrusted},
		{"the registrar signed", c.signedAs(t, Format, registrar), ErrNotTrusted},
		{"two root keys signed", c.signedAs(t, Format, rootKeys[0], rootKeys[1]), ErrNotTrusted},
		{"the listing was altered", c.entry(t, named(listingName), func(e *seal.Entry) { e.Data = bytes.Replace(e.Data, []byte("IV"), []byte("VI"), 1) }), ErrNotTrusted},
		{"signed as another document", c.signedAs(t, "sopb-root/1 version=3", newEditor), ErrNotTrusted},
		{"signed as another version", c.signedAs(t, "sopb-pack/1 channel=luat-51 version=9", newEditor), ErrNotTrusted},
		{"signed as another channel", c.signedAs(t, "sopb-pack/1 channel=luat version=8", newEditor), ErrNotTrusted},
		{"signed as a version that begins so", c.signedAs(t, "sopb-pack/1 channel=luat-51 version=80", newEditor), ErrNotTrusted},
		// Rollback, fork, fast-forward.
		{"an older version", c.with(t, 6, func(*Draft) {}), ErrRollback},
		{"the same version, other content", c.with(t, 7, func(d *Draft) { d.Listing.Title = "Khác" }), ErrFork},
		{"a version too far ahead", c.with(t, 7+MaxStep+1, func(*Draft) {}), ErrTooFast},
		{"the last version there is", c.with(t, MaxVersion, func(*Draft) {}), ErrTooFast},
		{"a version there is not", c.again(t, `"version":8`, `"version":9223372036854775807`, newEditor), ErrContent},
		// Mix and match.
		{"an older text under the name of a newer", c.entry(t, named(wording), func(e *seal.Entry) { e.Data = bytes.ToUpper(e.Data) }), ErrBlob},
		{"blobs of another pack", c.entry(t, named(wording), func(e *seal.Entry) { e.Name = blobsFolder + hashOf([]byte("x")); e.Data = []byte("x") }), ErrDamaged},
		{"a delta on what is not here", c.with(t, 8, func(d *Draft) {
			d.Items = append(d.Items, Item{ID: "moi", Version: 1, Kind: "law", Title: "Mới", Wordings: []Wording{c.s.wording("2026-01-01", "Điều 1.")}})
			d.Listing.Base, d.Earlier = 7, []Edition{{Listing{Channel: "luat-51", Version: 7}, d.Items}}
		}), ErrMissing},
		// Endless data, and claims that lie.
		{"a blob longer than listed", c.entry(t, named(wording), func(e *seal.Entry) { e.Data = append(e.Data, 0) }), ErrBlob},
		{"a blob shorter than listed", c.entry(t, named(wording), func(e *seal.Entry) { e.Data = e.Data[1:] }), ErrBlob},
		{"a listing without end", c.entry(t, named(listingName), func(e *seal.Entry) { e.Data = append(e.Data, make([]byte, maxListing)...) }), ErrTooLarge},
		{"a signature without end", c.entry(t, isSignature, func(e *seal.Entry) { e.Data = append(e.Data, make([]byte, seal.MaxSignature)...) }), ErrTooLarge},
		{"a page that opens without end", c.bomb(t), ErrTooLarge},
		{"more items than pages hold", c.again(t, `"items":5`, `"items":6`, newEditor), ErrContent},
		{"fewer items than pages hold", c.again(t, `"items":5`, `"items":4`, newEditor), ErrContent},
		// Wrong software.
		{"another channel", c.with(t, 8, func(d *Draft) { d.Listing.Channel = "luat-52" }), ErrChannel},
		{"the channel of the program", c.rebuiltBy(t, func(l *Listing) { l.Channel = Starter }), ErrChannel},
		{"another audience", c.with(t, 8, func(d *Draft) { d.Listing.Audience = "52" }), ErrAudience},
		{"a later format", c.signedAs(t, "sopb-pack/2 channel=luat-51 version=8", newEditor), ErrNewer},
		{"a later format in the listing", resigned(t, c.good, Format, func(text string) string { return strings.Replace(text, "sopb-pack/1", "sopb-pack/2", 1) }, newEditor), ErrNewer},
		{"another document", resigned(t, c.good, Format, func(text string) string { return strings.Replace(text, "sopb-pack/1", "sopb-bundle/1", 1) }, newEditor), ErrContent},
		{"a feature nobody knows", c.again(t, `"critical":[]`, `"critical":["telepathy"]`, newEditor), ErrCritical},
		{"a later program", c.with(t, 8, func(d *Draft) { d.Listing.MinApp = "1.3" }), ErrApp},
		// Key compromise.
		{"the key that was replaced", c.signedAs(t, goodKind, oldEditor), ErrNotTrusted},
		{"the key that was replaced, and roots before", chained(c.chain[:1], oldEditor), ErrNotTrusted},
		{"a root that one of two signed", chained(fakeRoot(rootKeys[0]), stranger), ErrNotTrusted},
		{"a root that one signed, twice", chained(fakeRoot(rootKeys[0], rootKeys[0]), stranger), ErrNotTrusted},
		{"a root that one and a stranger signed", chained(strangersRoot.chain, stranger), ErrNotTrusted},
		{"another root 2", chained(other.chain, newEditor), ErrNotTrusted},
		{"another province", chained(otherProvince(t).chain, newEditor), ErrOtherProvince},
		{"roots with a gap", chained(append(slices.Clone(c.chain), gap(t, c.province)), newEditor), ErrRoots},
		{"no roots", chained(nil, newEditor), ErrForeign},
		// Silent removal.
		{"an item is gone", c.with(t, 8, func(d *Draft) { d.Items = d.Items[1:] }), ErrRemoved},
		// What nothing accounts for.
		{"a blob nobody listed", bent(t, c.good, func(entries []seal.Entry) []seal.Entry {
			b := []byte("x")
			entries = append(entries, seal.Entry{Name: blobsFolder + hashOf(b), Data: b})
			slices.SortFunc(entries[4:], func(a, b seal.Entry) int { return strings.Compare(a.Name, b.Name) })
			return entries
		}), ErrDamaged},
		{"a file of no kind", bent(t, c.good, func(entries []seal.Entry) []seal.Entry {
			return append(entries, seal.Entry{Name: "readme.txt", Data: []byte("x")})
		}), ErrDamaged},
		{"blobs out of order", bent(t, c.good, func(entries []seal.Entry) []seal.Entry { slices.Reverse(entries[4:]); return entries }), ErrDamaged},
		{"the listing after the blobs", bent(t, c.good, func(entries []seal.Entry) []seal.Entry {
			return append(append(slices.Clone(entries[:2]), entries[4:]...), entries[2], entries[3])
		}), ErrDamaged},
		// Contradictions a thief of the key could sign.
		{"a name that climbs", c.rebuiltItems(t, func(i *Item) { i.Files[0].Name = "../../autorun.inf" }), ErrContent},
		{"two sizes of one blob", c.rebuiltItems(t, func(i *Item) {
			i.Wordings[1].SHA256, i.Wordings[1].Size = i.Wordings[0].SHA256, i.Wordings[0].Size+1
		}), ErrBlob},
		{"items out of order", c.rebuilt2(t, func(items []Item) { slices.Reverse(items) }), ErrContent},
		{"an item twice", c.rebuilt2(t, func(items []Item) { items[1] = items[0] }), ErrContent},
		{"a key twice", resigned(t, c.good, Format, func(text string) string { return strings.Replace(text, `"channel"`, `"Channel":"x","channel"`, 1) }, newEditor), ErrContent},
	}
	if len(attacks) < 21 {
		t.Fatalf("%d attacks", len(attacks))
	}
	before := c.have
	before.Channels, before.Units = maps.Clone(c.have.Channels), slices.Clone(c.have.Units)
	wants := c.have
	wants.Channel = "luat-51"
	for _, a := range attacks {
		held := maps.Clone(c.held)
		f, err := take(a.file, wants, held)
		if !errors.Is(err, a.want) || f != nil {
			t.Errorf("%s: %v, want %v", a.name, err, a.want)
		}
		same(t, a.name, before, c.have)
		if len(held) != len(c.held) {
			t.Errorf("%s: something was kept", a.name)
		}
		good, err := take(c.good, wants, maps.Clone(c.held))
		if err != nil || good.Listing.Version != 8 || good.Installed {
			t.Fatalf("%s: the good pack after it: %v", a.name, err)
		}
	}
	t.Logf("%d attacks", len(attacks))
}

// otherProvince has other root keys and the same editor.
func otherProvince(t testing.TB) *province {
	p := &province{root: trust.Root{Unit: "52", Name: "Tỉnh khác", Created: testTime,
		Keys: map[string]ed25519.PublicKey{}, Roles: map[trust.Role]trust.RoleKeys{}}}
	for range 2 {
		p.next(t, func(r *trust.Root) {
			setRole(r, trust.RoleRoot, 2, key(31), key(32), key(33))
			setRole(r, trust.RoleRegistrar, 1, key(34))
			setRole(r, trust.RoleAck, 1, key(35))
			setRole(r, trust.RoleContent, 1, newEditor)
		}, key(31), key(32))
	}
	return p
}

// gap is root 4 where 3 is needed.
func gap(t testing.TB, p *province) trust.Signed {
	skip := &province{p.root, p.chain}
	skip.next(t, nil)
	skip.next(t, nil)
	return skip.chain[len(skip.chain)-1]
}

// bomb lists a page of a few kilobytes that opens to gigabytes' worth of nothing.
func (c *scene) bomb(t testing.TB) []byte {
	t.Helper()
	page, err := seal.Compress(make([]byte, maxPagePlain+1))
	if err != nil {
		t.Fatal(err)
	}
	old := entriesOf(t, c.good)
	var l Listing
	if err := seal.StrictDecode(old[2].Data, &l); err != nil {
		t.Fatal(err)
	}
	was := l.Pages[0]
	l.Pages[0] = Page{hashOf(page), int64(len(page))}
	raw, err := l.encode()
	if err != nil {
		t.Fatal(err)
	}
	return bent(t, c.good, func(entries []seal.Entry) []seal.Entry {
		entries[2].Data = raw
		entries[slices.IndexFunc(entries, named(blobsFolder+was.SHA256))] = seal.Entry{Name: blobsFolder + hashOf(page), Data: page}
		slices.SortFunc(entries[4:], func(a, b seal.Entry) int { return strings.Compare(a.Name, b.Name) })
		return signed(t, entries, l.kind(), newEditor)
	})
}

func (c *scene) rebuiltBy(t testing.TB, change func(*Listing)) []byte {
	l := c.draft(8).Listing
	change(&l)
	return resigned(t, c.rebuilt(t, c.s, l, readBack(t, c.items)), "", nil, newEditor)
}

func (c *scene) rebuilt2(t testing.TB, change func([]Item)) []byte {
	items := readBack(t, c.items)
	change(items)
	return resigned(t, c.rebuilt(t, c.s, c.draft(8).Listing, items), "", nil, newEditor)
}

func (c *scene) rebuiltItems(t testing.TB, change func(*Item)) []byte {
	return c.rebuilt2(t, func(items []Item) {
		i := slices.IndexFunc(items, func(i Item) bool { return i.ID == "45-2019-qh14" })
		items[i].Files, items[i].Wordings = slices.Clone(items[i].Files), slices.Clone(items[i].Wordings)
		change(&items[i])
	})
}

// TestOpenIsEnough: claims that contradict each other are seen before a blob is copied,
// whatever channel the reader wants.
func TestOpenIsEnough(t *testing.T) {
	c := newScene(t)
	wording := named(blobsFolder + c.items[0].Wordings[0].SHA256)
	two := &scene{&province{c.root, c.chain}, c.s, c.items, c.have, c.held, nil}
	two.next(t, func(r *trust.Root) { setRole(r, trust.RoleContent, 1, signers([]byte{0, 1, 2, 3, 4, 5, 6, 7})...) })
	d := two.draft(8)
	d.Keys = nil
	for _, k := range signers([]byte{0, 1, 2, 3, 4, 5, 6, 7}) {
		d.Keys = append(d.Keys, k)
	}
	eight := build(t, d)
	mustTake(t, eight, c.have, c.held)
	for name, a := range map[string]struct {
		file []byte
		want error
	}{
		"a blob too long":            {c.entry(t, wording, func(e *seal.Entry) { e.Data = append(e.Data, 0) }), ErrBlob},
		"a blob too short":           {c.entry(t, wording, func(e *seal.Entry) { e.Data = e.Data[1:] }), ErrBlob},
		"the channel of the program": {c.rebuiltBy(t, func(l *Listing) { l.Channel = Starter }), ErrChannel},
		"nine signatures":            {resigned(t, eight, "", nil, signers([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8})...), ErrDamaged},
		"signatures out of order": {bent(t, eight, func(entries []seal.Entry) []seal.Entry {
			i := slices.IndexFunc(entries, isSignature)
			entries[i], entries[i+1] = entries[i+1], entries[i]
			return entries
		}), ErrDamaged},
	} {
		if _, err := Open(bytes.NewReader(a.file), int64(len(a.file)), c.have); !errors.Is(err, a.want) {
			t.Errorf("%s: %v, want %v", name, err, a.want)
		}
	}
}

// TestReaderWithoutRoot believes no pack, whoever brings his own root along.
func TestReaderWithoutRoot(t *testing.T) {
	c := newScene(t)
	have := c.have
	have.Known = trust.Known{}
	if _, err := take(c.good, have, c.held); !errors.Is(err, ErrNoRoot) || !errors.Is(err, record.ErrNotTrusted) {
		t.Errorf("without a root: %v", err)
	}
}

// TestResetAfterFastForward: a thief of the content key drove the channel up step by step,
// and listed what nobody can list again. A root replaces the key and resets the channel:
// what follows counts from there, once.
func TestResetAfterFastForward(t *testing.T) {
	c := newScene(t)
	thief := c.draft(7 + MaxStep)
	thief.Items = append(thief.Items, Item{ID: "cua-ke-trom", Version: 1, Kind: "law", Title: "Không có thật"})
	have := after(c.have, mustTake(t, build(t, thief), c.have, c.held))
	if _, err := take(c.good, have, c.held); !errors.Is(err, ErrRollback) {
		t.Fatalf("before the reset: %v", err)
	}
	honest := key(8)
	replaced := &province{c.root, c.chain}
	replaced.next(t, func(r *trust.Root) { setRole(r, trust.RoleContent, 1, honest) })
	pack := func(p *province, version int64) []byte {
		d := c.draft(version)
		d.Chain, d.Keys = p.chain, []crypto.Signer{honest}
		return build(t, d)
	}
	if _, err := take(pack(replaced, 8), have, c.held); !errors.Is(err, ErrRollback) {
		t.Errorf("a new key alone: %v", err)
	}
	elsewhere := &province{replaced.root, replaced.chain}
	elsewhere.next(t, func(r *trust.Root) { r.Reset = []string{"luat-52"} })
	if _, err := take(pack(elsewhere, 8), have, c.held); !errors.Is(err, ErrRollback) {
		t.Errorf("a reset of another channel: %v", err)
	}
	reset := &province{replaced.root, replaced.chain}
	reset.next(t, func(r *trust.Root) { r.Reset = []string{"luat-51", "luat-52"} })
	if _, err := take(resigned(t, pack(reset, 8), "", nil, newEditor), have, c.held); !errors.Is(err, ErrNotTrusted) {
		t.Errorf("the thief after the reset: %v", err)
	}
	reset.next(t, nil) // a root later on does not take the reset back
	f := mustTake(t, pack(reset, 8), have, c.held)
	if f.Reset != 4 || f.Known.Root.Version != 5 {
		t.Errorf("reset %d at root %d", f.Reset, f.Known.Root.Version)
	}
	if gone := Compare(thief.Items, f.Items).Gone; len(gone) != 1 || gone[0].ID != "cua-ke-trom" {
		t.Errorf("gone %+v", gone)
	}
	have = after(have, f)
	if _, err := take(pack(reset, 7), have, c.held); !errors.Is(err, ErrRollback) {
		t.Errorf("the reset counts twice: %v", err)
	}
	if _, err := take(pack(reset, 8+MaxStep+1), have, c.held); !errors.Is(err, ErrTooFast) {
		t.Errorf("the reset lets leap twice: %v", err)
	}
	// The same where the roots came earlier, with a roster.
	known := c.have
	known.Channels = map[string]Channel{"luat-51": {Version: 7 + MaxStep, Reset: 0, IDs: []string{"cua-ke-trom"}}}
	known.Known = reset.known(t, 5)
	if f, err := take(pack(reset, 8), known, c.held); err != nil || len(f.Roots) != 0 {
		t.Errorf("with the roots known already: %v", err)
	}
	// Who begins later has nothing to reset.
	fresh := c.reader(t)
	if f := mustTake(t, pack(reset, 8), fresh, nil); f.Reset != 4 {
		t.Errorf("a first pack notes reset %d", f.Reset)
	}
}

// TestBadDisk: a disk that fails is not a pack that is wrong.
func TestBadDisk(t *testing.T) {
	c := newScene(t)
	broken := errors.New("input/output error")
	for limit := range int64(12) {
		_, err := Open(&badDisk{bytes.NewReader(c.good), limit * int64(len(c.good)) / 12, broken}, int64(len(c.good)), c.have)
		if !errors.Is(err, broken) || ReasonOf(err) != "" {
			t.Fatalf("at %d: %v", limit, err)
		}
	}
}

type badDisk struct {
	*bytes.Reader
	limit int64
	err   error
}

func (d *badDisk) ReadAt(b []byte, at int64) (int, error) {
	if at+int64(len(b)) > d.limit {
		return 0, d.err
	}
	return d.Reader.ReadAt(b, at)
}
