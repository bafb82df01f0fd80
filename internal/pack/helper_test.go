package pack

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sophobien/internal/record"
	"sophobien/internal/seal"
	"sophobien/internal/trust"
)

// count is how often a test repeats something: usual, or SOPHOBIEN_COUNT.
func count(t testing.TB, usual int) int {
	t.Helper()
	text := os.Getenv("SOPHOBIEN_COUNT")
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("SOPHOBIEN_COUNT: %v", err)
	}
	return n
}

// key is a key of the tests, the same in every run.
func key(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

func idOf(k ed25519.PrivateKey) string { return seal.DeviceID(public(k)) }

// Keys of the tests by what the first root says of them.
var (
	rootKeys  = []ed25519.PrivateKey{key(1), key(2), key(3)}
	registrar = key(4)
	ackKey    = key(5)
	editor    = key(6) // the content key
)

// province is a chain of roots.
type province struct {
	root  trust.Root
	chain []trust.Signed
}

const testTime = "2026-11-20T08:00:00+07:00"

func newProvince(t testing.TB) *province {
	t.Helper()
	p := &province{root: trust.Root{Version: 0, Unit: "51", Name: "Sở Nội vụ tỉnh Quảng Ngãi", Created: testTime,
		Keys: map[string]ed25519.PublicKey{}, Roles: map[trust.Role]trust.RoleKeys{}}}
	p.next(t, func(r *trust.Root) {
		setRole(r, trust.RoleRoot, 2, rootKeys...)
		setRole(r, trust.RoleRegistrar, 1, registrar)
		setRole(r, trust.RoleAck, 1, ackKey)
		setRole(r, trust.RoleContent, 1, editor)
	})
	return p
}

// setRole gives a role other keys.
func setRole(r *trust.Root, role trust.Role, threshold int, keys ...ed25519.PrivateKey) {
	for _, id := range r.Roles[role].Keys {
		delete(r.Keys, id)
	}
	var ids []string
	for _, k := range keys {
		r.Keys[idOf(k)] = public(k)
		ids = append(ids, idOf(k))
	}
	r.Roles[role] = trust.RoleKeys{Keys: ids, Threshold: threshold}
}

// next goes one root on, signed by the three root keys unless others are given.
func (p *province) next(t testing.TB, change func(*trust.Root), signers ...ed25519.PrivateKey) {
	t.Helper()
	r := p.root
	r.Version, r.Reset = r.Version+1, nil
	r.Keys, r.Roles = maps.Clone(r.Keys), maps.Clone(r.Roles)
	if change != nil {
		change(&r)
	}
	if signers == nil {
		signers = rootKeys
	}
	s, err := trust.SignRoot(r, signers...)
	if err != nil {
		t.Fatal(err)
	}
	p.root, p.chain = r, append(slices.Clone(p.chain), s)
}

// known is what a reader believes who has come to a version.
func (p *province) known(t testing.TB, version int) trust.Known {
	t.Helper()
	first, err := trust.FirstRoot(p.chain[0])
	if err != nil {
		t.Fatal(err)
	}
	k, _, err := trust.Known{Chain: p.chain[:1], Root: first}.WithRoots(p.chain[:version])
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// reader is a machine that has taken in nothing yet.
func (p *province) reader(t testing.TB) State {
	return State{Known: p.known(t, 1), Channels: map[string]Channel{}, Units: []string{"24340", "51"}, App: "1.2",
		Now: time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)}
}

// shelf is blobs by hash.
type shelf map[string][]byte

func (s shelf) put(text string) Blob {
	b := []byte(text)
	s[hashOf(b)] = b
	return Blob{hashOf(b), int64(len(b))}
}

func (s shelf) open(sum string) (io.ReadCloser, error) {
	b, ok := s[sum]
	if !ok {
		return nil, fmt.Errorf("no blob %s: %w", sum, os.ErrNotExist)
	}
	return io.NopCloser(bytes.NewReader(b)), nil
}

func (s shelf) has(sum string) bool { return s[sum] != nil }

// wording and attachment put their text on the shelf.
func (s shelf) wording(from record.Date, text string) Wording {
	b := s.put(text)
	return Wording{From: from, SHA256: b.SHA256, Size: b.Size, Title: strings.TrimSpace("Bản có hiệu lực từ " + from.String())}
}

func (s shelf) attachment(name, text string) Attachment {
	b := s.put(text)
	return Attachment{Name: name, SHA256: b.SHA256, Size: b.Size, Lang: "vi", Title: "Tệp " + name}
}

// sampleItems are a few things of every kind.
func sampleItems(s shelf) []Item {
	return []Item{
		{ID: "45-2019-qh14", Version: 3, Kind: "law", Title: "Bộ luật Lao động", Number: "45/2019/QH14", Type: "Bộ luật", Issuer: "Quốc hội",
			Issued: "2019-11-20", From: "2021-01-01", Topics: []string{"LD", "LD01"},
			Wordings:   []Wording{s.wording("2021-01-01", "Điều 98. Tiền lương làm thêm giờ"), s.wording("2026-02-12", "Điều 98. Tiền lương làm thêm giờ, làm việc vào ban đêm")},
			Files:      []Attachment{s.attachment("Bộ luật Lao động.pdf", "%PDF-1.7 …")},
			Relations:  []Relation{{Kind: "replaces", To: "10-2012-qh13", On: "2021-01-01"}},
			Confidence: "high", Source: "Công báo số 993", CheckedOn: "2026-11-01", Note: "Đã sửa đổi.\nXem văn bản hợp nhất."},
		{ID: "10-2012-qh13", Version: 1, Kind: "law", Title: "Bộ luật Lao động 2012", Number: "10/2012/QH13", From: "2013-05-01", To: "2020-12-31"},
		{ID: "145-2020-nd-cp", Version: 1, Kind: "law", Title: "Nghị định quy định chi tiết Bộ luật Lao động", Number: "145/2020/NĐ-CP", From: "2021-02-01",
			Wordings:  []Wording{s.wording("", "Điều 55. Tiền lương làm thêm giờ")},
			Relations: []Relation{{Kind: "guides", To: "45-2019-qh14", Anchors: []string{"d98.k1", "d98.k1.dd", "pl1"}, On: "2021-02-01"}}},
		{ID: "lam-them-gio", Version: 1, Kind: "leaflet", Title: "Tờ rơi làm thêm giờ", Files: []Attachment{s.attachment("to-roi.docx", "PK…")}},
		{ID: "hoi-dap", Version: 2, Kind: "faq", Title: "Hỏi đáp", Files: []Attachment{s.attachment("faq.json", `{"faq":[]}`)}, Withdrawn: true},
	}
}

// draft is a whole pack of a version of the channel the tests use.
func (p *province) draft(s shelf, version int64, items []Item) Draft {
	return Draft{
		Listing: Listing{Channel: "luat-51", Audience: "51", Version: version, Created: testTime, FreshUntil: "2027-02-28",
			MinApp: "1.1", Severity: "important", Title: "Văn bản quý IV/2026"},
		Items: items, Blobs: s.open, Chain: p.chain, Keys: []crypto.Signer{editor},
	}
}

func build(t testing.TB, d Draft) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := Build(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// take opens a pack and copies every blob of it, as an installation does.
func take(b []byte, have State, held shelf) (*File, error) {
	if held != nil && have.Blob == nil {
		have.Blob = held.open
	}
	f, err := Open(bytes.NewReader(b), int64(len(b)), have)
	if err != nil {
		return nil, err
	}
	staged := shelf{}
	for _, blob := range f.Blobs() {
		if !f.Has(blob.SHA256) {
			continue
		}
		var out bytes.Buffer
		if err := f.Copy(blob.SHA256, &out); err != nil {
			return nil, err
		}
		staged[blob.SHA256] = out.Bytes()
	}
	if missing := f.Missing(held.has); len(missing) > 0 {
		return nil, because(ErrMissing, "%d blobs", len(missing))
	}
	if held != nil {
		maps.Copy(held, staged)
	}
	return f, nil
}

// after is the state of a reader who took the pack in.
func after(have State, f *File) State {
	have.Channels = maps.Clone(have.Channels)
	have.Channels[f.Listing.Channel] = Channel{Version: f.Listing.Version, Listing: f.Hash, Reset: f.Reset, IDs: f.IDs()}
	have.Known, have.Seen = f.Known, f.Seen
	return have
}

func mustTake(t testing.TB, b []byte, have State, held shelf) *File {
	t.Helper()
	f, err := take(b, have, held)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func entriesOf(t testing.TB, file []byte) []seal.Entry {
	t.Helper()
	entries, err := seal.ReadArchive(file, nil, seal.Limits{Entries: maxEntries, Entry: MaxBlob, Total: MaxFile})
	if err != nil {
		t.Fatal(err)
	}
	for i := range entries {
		entries[i].Data = slices.Clone(entries[i].Data)
	}
	return entries
}

func archiveOf(t testing.TB, entries []seal.Entry) []byte {
	t.Helper()
	b, err := seal.WriteArchive(entries)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// bent is a pack whose entries somebody changed.
func bent(t testing.TB, file []byte, change func([]seal.Entry) []seal.Entry) []byte {
	t.Helper()
	return archiveOf(t, change(entriesOf(t, file)))
}

func isSignature(e seal.Entry) bool { return strings.HasSuffix(e.Name, ".minisig") }

// resigned is a pack whose listing somebody changed who holds content keys. A comment of
// "" is the honest one of the listing.
func resigned(t testing.TB, file []byte, comment string, change func(string) string, keys ...ed25519.PrivateKey) []byte {
	t.Helper()
	return bent(t, file, func(entries []seal.Entry) []seal.Entry {
		i := slices.IndexFunc(entries, func(e seal.Entry) bool { return e.Name == listingName })
		if change != nil {
			was := string(entries[i].Data)
			if entries[i].Data = []byte(change(was)); string(entries[i].Data) == was {
				t.Fatal("nothing changed")
			}
		}
		if comment == "" {
			var l Listing
			if err := seal.StrictDecode(entries[i].Data, &l); err != nil {
				t.Fatal(err)
			}
			comment = l.kind()
		}
		return signed(t, entries, comment, keys...)
	})
}

// signed puts other signatures in the place of those a pack has.
func signed(t testing.TB, entries []seal.Entry, comment string, keys ...ed25519.PrivateKey) []seal.Entry {
	t.Helper()
	entries = slices.DeleteFunc(entries, isSignature)
	i := slices.IndexFunc(entries, func(e seal.Entry) bool { return e.Name == listingName })
	var sigs []seal.Entry
	for _, k := range keys {
		sig, err := seal.Sign(k, entries[i].Data, comment)
		if err != nil {
			t.Fatal(err)
		}
		sigs = append(sigs, seal.Entry{Name: listingName + "." + idOf(k) + signatureName, Data: sig})
	}
	slices.SortFunc(sigs, func(a, b seal.Entry) int { return strings.Compare(a.Name, b.Name) })
	return slices.Insert(entries, i+1, sigs...)
}

// rebuilt is a pack of a listing and items no honest writer would make, signed by the editor.
func (p *province) rebuilt(t testing.TB, s shelf, l Listing, items []Item) []byte {
	t.Helper()
	var plain bytes.Buffer
	for _, item := range items {
		text, err := line(item.filled())
		if err != nil {
			t.Fatal(err)
		}
		plain.Write(text)
	}
	page, err := seal.Compress(plain.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	l.Format, l.Items, l.Pages = Format, len(items), []Page{{hashOf(page), int64(len(page))}}
	raw, err := l.encode()
	if err != nil {
		t.Fatal(err)
	}
	blobs := shelf{hashOf(page): page}
	for _, item := range items {
		for _, b := range item.blobs() {
			if s.has(b.SHA256) {
				blobs[b.SHA256] = s[b.SHA256]
			}
		}
	}
	var entries []seal.Entry
	for i, root := range p.chain {
		text, err := root.Encode()
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, seal.Entry{Name: fmt.Sprintf("roots/%d.json", i+1), Data: text})
	}
	entries = append(entries, seal.Entry{Name: listingName, Data: raw})
	for _, sum := range slices.Sorted(maps.Keys(blobs)) {
		entries = append(entries, seal.Entry{Name: blobsFolder + sum, Data: blobs[sum]})
	}
	return archiveOf(t, signed(t, entries, l.kind(), editor))
}

// same compares states. What a source is cannot be compared.
func same(t testing.TB, what string, want, got State) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(State{}, "Blob"), cmpopts.IgnoreUnexported(trust.Known{})); diff != "" {
		t.Errorf("%s: the state changed (-want +got):\n%s", what, diff)
	}
}
