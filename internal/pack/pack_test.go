package pack

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/trust"
)

func TestRoundTrip(t *testing.T) {
	p, s := newProvince(t), shelf{}
	items := sampleItems(s)
	d := p.draft(s, 7, items)
	file := build(t, d)
	if again := build(t, d); !bytes.Equal(file, again) {
		t.Error("the same draft gives other bytes")
	}
	slices.Reverse(d.Items)
	if again := build(t, d); !bytes.Equal(file, again) {
		t.Error("the order of items changes the bytes")
	}
	have, held := p.reader(t), shelf{}
	f := mustTake(t, file, have, held)
	if f.Listing.FileName() != "SPB_pack_luat-51_7.sopp.zip" || f.Overdue != 0 || f.Installed || len(f.Roots) != 0 || f.Reset != 0 {
		t.Errorf("%+v", f)
	}
	want := readBack(t, items)
	if diff := cmp.Diff(want, f.Items); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	for _, b := range f.Blobs() {
		if int64(len(held[b.SHA256])) != b.Size || hashOf(held[b.SHA256]) != b.SHA256 {
			t.Errorf("blob %s has %d bytes", b.SHA256, len(held[b.SHA256]))
		}
	}
	// Again: nothing to do.
	if f := mustTake(t, file, after(have, f), held); !f.Installed {
		t.Error("the same pack is news")
	}
	if err := f.Copy(strings.Repeat("0", 64), io.Discard); !errors.Is(err, ErrMissing) {
		t.Errorf("a blob it does not have: %v", err)
	}
}

// readBack is what items read back as.
func readBack(t testing.TB, items []Item) []Item {
	e, err := compose(Listing{Channel: "x", Audience: "*", Version: 1, Created: testTime, FreshUntil: "2027-01-01", Severity: "normal", Title: "x"}, items)
	if err != nil {
		t.Fatal(err)
	}
	return e.items
}

// many are items enough for some pages.
func many(s shelf, n int) []Item {
	items := make([]Item, n)
	for i := range items {
		items[i] = Item{ID: fmt.Sprintf("%d-2024-nd-cp", i), Version: 1, Kind: "law", Title: fmt.Sprintf("Nghị định số %d", i),
			From: "2024-07-01", Wordings: []Wording{s.wording("2024-07-01", fmt.Sprintf("Điều 1. Nghị định số %d quy định về lao động.", i))}}
	}
	return items
}

// TestDelta: one article of 3,000 documents changes, and one document is added in the midst.
func TestDelta(t *testing.T) {
	p, s := newProvince(t), shelf{}
	items := many(s, 3000)
	whole := p.draft(s, 1, items)
	file := build(t, whole)
	have, held := p.reader(t), shelf{}
	first := mustTake(t, file, have, held)
	have = after(have, first)

	items = slices.Clone(items)
	items[1500].Wordings = append(slices.Clone(items[1500].Wordings), s.wording("2026-12-01", "Điều 1. Sửa đổi."))
	items = append(items, Item{ID: "15-2025-qh15", Version: 1, Kind: "law", Title: "Luật mới", Wordings: []Wording{s.wording("2026-01-01", "Điều 1. Mới.")}})
	d := p.draft(s, 2, items)
	d.Listing.Base, d.Earlier = 1, []Edition{{first.Listing, first.Items}}
	delta := build(t, d)
	if len(delta) > 40<<10 {
		t.Errorf("a delta of %d bytes", len(delta))
	}
	f := mustTake(t, delta, have, held)
	changes := Compare(first.Items, f.Items)
	if len(changes.New) != 1 || len(changes.Amended) != 1 || !changes.Amended[0].Wording || len(changes.Ended)+len(changes.Withdrawn)+len(changes.Gone) != 0 {
		t.Errorf("changes %+v", changes)
	}
	// Who lacks the base learns it, with nothing of it installed.
	if _, err := take(delta, p.reader(t), shelf{}); !errors.Is(err, ErrMissing) {
		t.Errorf("without the base: %v", err)
	}
	// A page that is here and damaged is as good as missing.
	rotten := shelf{}
	for sum, b := range held {
		rotten[sum] = append([]byte("x"), b...)
	}
	if _, err := take(delta, have, rotten); !errors.Is(err, ErrMissing) {
		t.Errorf("with damaged pages: %v", err)
	}
}

// TestDeltaOnEveryVersionSinceItsBase: a text that went away and came back is with who
// took in the base, and not with who came later.
func TestDeltaOnEveryVersionSinceItsBase(t *testing.T) {
	p, s := newProvince(t), shelf{}
	item := func(text string) []Item {
		return []Item{{ID: "x", Version: 1, Kind: "law", Title: "X", Wordings: []Wording{s.wording("2026-01-01", text)}}}
	}
	var editions []Edition
	var files [][]byte
	for i, text := range []string{"a", "b"} {
		file := build(t, p.draft(s, int64(i+1), item(text)))
		f := mustTake(t, file, p.reader(t), nil)
		editions, files = append(editions, Edition{f.Listing, f.Items}), append(files, file)
	}
	d := p.draft(s, 3, item("a"))
	d.Listing.Base, d.Earlier = 1, editions
	delta := build(t, d)
	for i, file := range files {
		held := shelf{}
		have := after(p.reader(t), mustTake(t, file, p.reader(t), held))
		if _, err := take(delta, have, held); err != nil {
			t.Errorf("on version %d: %v", i+1, err)
		}
	}
}

func TestBuildRefuses(t *testing.T) {
	p, s := newProvince(t), shelf{}
	for name, c := range map[string]struct {
		bend func(*Draft)
		want error
	}{
		"no key":             {func(d *Draft) { d.Keys = nil }, ErrNotTrusted},
		"a stranger's key":   {func(d *Draft) { d.Keys[0] = key(99) }, ErrNotTrusted},
		"a registrar's key":  {func(d *Draft) { d.Keys[0] = registrar }, ErrNotTrusted},
		"one key twice":      {func(d *Draft) { d.Keys = append(d.Keys, editor) }, ErrNotTrusted},
		"no roots":           {func(d *Draft) { d.Chain = nil }, ErrRoots},
		"a root twice":       {func(d *Draft) { d.Chain = append(slices.Clone(d.Chain), d.Chain[0]) }, ErrRoots},
		"no items":           {func(d *Draft) { d.Items = nil }, ErrContent},
		"an item twice":      {func(d *Draft) { d.Items = append(d.Items, d.Items[0]) }, ErrContent},
		"the starter":        {func(d *Draft) { d.Listing.Channel = Starter }, ErrChannel},
		"a base without it":  {func(d *Draft) { d.Listing.Base = 3 }, ErrContent},
		"another's base":     {func(d *Draft) { d.Listing.Base, d.Earlier = 3, []Edition{{Listing{Channel: "x", Version: 3}, nil}} }, ErrContent},
		"a base of tomorrow": {func(d *Draft) { d.Listing.Base = 7 }, ErrContent},
		"a size that lies":   {func(d *Draft) { d.Items[0].Wordings[0].Size++ }, ErrBlob},
		"two sizes of one":   {func(d *Draft) { d.Items[1].Wordings = []Wording{{SHA256: d.Items[0].Wordings[0].SHA256, Size: 5}} }, ErrBlob},
		"another blob": {func(d *Draft) {
			d.Blobs = func(string) (io.ReadCloser, error) { return s.open(d.Items[0].Files[0].SHA256) }
		}, ErrBlob},
		"an unknown severity":  {func(d *Draft) { d.Listing.Severity = "grave" }, ErrContent},
		"an unknown kind":      {func(d *Draft) { d.Items[0].Kind = "film" }, ErrContent},
		"an unknown relation":  {func(d *Draft) { d.Items[0].Relations[0].Kind = "likes" }, ErrContent},
		"an unknown certainty": {func(d *Draft) { d.Items[0].Confidence = "total" }, ErrContent},
		"a huge blob":          {func(d *Draft) { d.Items[0].Files[0].Size = MaxBlob + 1 }, ErrTooLarge},
	} {
		d := p.draft(s, 7, sampleItems(s))
		c.bend(&d)
		if _, err := Build(io.Discard, d); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestItemRules(t *testing.T) {
	s := shelf{}
	for name, bend := range map[string]func(*Item){
		"no id":                  func(i *Item) { i.ID = "" },
		"an id of a path":        func(i *Item) { i.ID = "../x" },
		"an id with marks":       func(i *Item) { i.ID = "145-2020-nđ-cp" },
		"no version":             func(i *Item) { i.Version = 0 },
		"no title":               func(i *Item) { i.Title = "" },
		"a title turned round":   func(i *Item) { i.Title = "Luật \u202e" },
		"a title of two lines":   func(i *Item) { i.Title = "Luật\nlao động" },
		"a day there is not":     func(i *Item) { i.Issued = "2026-02-30" },
		"an end before":          func(i *Item) { i.To = "2020-12-31" },
		"a topic twice":          func(i *Item) { i.Topics = []string{"LD", "LD"} },
		"a topic of words":       func(i *Item) { i.Topics = []string{"lao động"} },
		"wordings out of order":  func(i *Item) { slices.Reverse(i.Wordings) },
		"two of one day":         func(i *Item) { i.Wordings[1].From = i.Wordings[0].From },
		"half a hash":            func(i *Item) { i.Wordings[0].SHA256 = i.Wordings[0].SHA256[:32] },
		"an upper-case hash":     func(i *Item) { i.Wordings[0].SHA256 = strings.ToUpper(i.Wordings[0].SHA256) },
		"an empty blob":          func(i *Item) { i.Files[0].Size = 0 },
		"a file in a folder":     func(i *Item) { i.Files[0].Name = "../../autorun.inf" },
		"a file on a disk":       func(i *Item) { i.Files[0].Name = `C:\x.pdf` },
		"a hidden file":          func(i *Item) { i.Files[0].Name = ".bashrc" },
		"two files of one name":  func(i *Item) { i.Files = append(i.Files, i.Files[0]) },
		"a language of no kind":  func(i *Item) { i.Files[0].Lang = "tiếng Việt" },
		"a relation to itself":   func(i *Item) { i.Relations[0].To = i.ID },
		"a relation to nothing":  func(i *Item) { i.Relations[0].To = "" },
		"an anchor with marks":   func(i *Item) { i.Relations[0].Anchors = []string{"đ98"} },
		"an anchor twice":        func(i *Item) { i.Relations[0].Anchors = []string{"d98", "d98"} },
		"an anchor of nothing":   func(i *Item) { i.Relations[0].Anchors = []string{"d98."} },
		"a note without end":     func(i *Item) { i.Note = strings.Repeat("x", maxNote+1) },
		"too many wordings":      func(i *Item) { i.Wordings = make([]Wording, maxWordings+1) },
		"a note that is no text": func(i *Item) { i.Note = "\xff" },
	} {
		item := sampleItems(s)[0]
		bend(&item)
		if err := item.Validate(); !errors.Is(err, ErrContent) || !errors.Is(err, record.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, item := range sampleItems(s) {
		if err := item.Validate(); err != nil {
			t.Error(err)
		}
	}
}

func TestListingRules(t *testing.T) {
	good := Listing{Format: Format, Channel: "luat-51", Audience: "*", Version: 2, Created: testTime, FreshUntil: "2027-01-01", Severity: "normal",
		Title: "x", Base: 1, Items: 1, Pages: []Page{{strings.Repeat("0", 64), 1}}}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, bend := range map[string]func(*Listing){
		"another format":        func(l *Listing) { l.Format = "sopb-pack/2" },
		"no channel":            func(l *Listing) { l.Channel = "" },
		"a channel of a path":   func(l *Listing) { l.Channel = "../x" },
		"a long channel":        func(l *Listing) { l.Channel = strings.Repeat("x", 33) },
		"no audience":           func(l *Listing) { l.Audience = "" },
		"version 0":             func(l *Listing) { l.Version = 0 },
		"too high a version":    func(l *Listing) { l.Version = MaxVersion + 1 },
		"its own base":          func(l *Listing) { l.Base = 2 },
		"a base below":          func(l *Listing) { l.Base = -1 },
		"created some day":      func(l *Listing) { l.Created = "2026-11-20" },
		"fresh for ever":        func(l *Listing) { l.FreshUntil = "" },
		"stale when made":       func(l *Listing) { l.FreshUntil = "2026-11-19" },
		"a program of words":    func(l *Listing) { l.MinApp = "latest" },
		"no title":              func(l *Listing) { l.Title = "" },
		"no items":              func(l *Listing) { l.Items = 0 },
		"more pages than items": func(l *Listing) { l.Pages = append(l.Pages, l.Pages...) },
		"more than a listing":   func(l *Listing) { l.Items = MaxItems + 1 },
		"a page of no hash":     func(l *Listing) { l.Pages = []Page{{"x", 1}} },
		"a feature twice":       func(l *Listing) { l.Critical = []string{"x", "x"} },
	} {
		l := good
		bend(&l)
		if err := l.Validate(); !errors.Is(err, ErrContent) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFreshness: the later of clock and newest signed time; a stale pack is taken.
func TestFreshness(t *testing.T) {
	p, s := newProvince(t), shelf{}
	file := build(t, p.draft(s, 7, sampleItems(s))) // created 2026-11-20, fresh until 2027-02-28
	day := func(text record.Date) time.Time { return text.Time().Add(12 * time.Hour) }
	for name, c := range map[string]struct {
		now, seen record.Date
		overdue   int
	}{
		"fresh":                  {"2026-12-01", "", 0},
		"the last day":           {"2027-02-28", "", 0},
		"a day late":             {"2027-03-01", "", 1},
		"a year late":            {"2028-02-28", "", 365},
		"a clock that forgot":    {"2001-01-01", "", 0},
		"a clock set back":       {"2026-12-01", "2027-03-10", 10},
		"a clock of another age": {"1980-01-01", "2027-03-10", 10},
		"a clock far ahead":      {"2030-02-28", "", 3*365 + 1},
	} {
		have := p.reader(t)
		have.Now = day(c.now)
		if c.seen != "" {
			have.Seen = day(c.seen)
		}
		f := mustTake(t, file, have, nil)
		if f.Overdue != c.overdue {
			t.Errorf("%s: %d days overdue, want %d", name, f.Overdue, c.overdue)
		}
		want, err := time.Parse(time.RFC3339, testTime)
		if err != nil {
			t.Fatal(err)
		}
		if have.Seen.After(want) {
			want = have.Seen
		}
		if !f.Seen.Equal(want) {
			t.Errorf("%s: the newest time seen is %v, want %v", name, f.Seen, want)
		}
	}
}

// TestThreeYearsOffline: five roots and forty packs were missed; the newest pack alone
// brings the reader up to date, also where the program is one version behind.
func TestThreeYearsOffline(t *testing.T) {
	p, s := newProvince(t), shelf{}
	items := sampleItems(s)
	have, held := p.reader(t), shelf{}
	have = after(have, mustTake(t, build(t, p.draft(s, 1, items)), have, held))
	have.Now = have.Now.AddDate(3, 0, 0)

	roots := slices.Clone(rootKeys)
	content := editor
	var last []byte
	for version := int64(2); version <= 41; version++ {
		if version%8 == 0 { // five times: one root key and the content key are others
			before := slices.Clone(roots)
			roots = append(slices.Clone(roots[1:]), key(byte(40+version)))
			content = key(byte(100 + version))
			p.next(t, func(r *trust.Root) {
				setRole(r, trust.RoleRoot, 2, roots...)
				setRole(r, trust.RoleContent, 1, content)
			}, append(before, roots[2])...)
		}
		items = append(slices.Clone(items), Item{ID: fmt.Sprintf("them-%d", version), Version: 1, Kind: "law", Title: "Văn bản mới",
			Wordings: []Wording{s.wording("2027-01-01", fmt.Sprint("Điều 1, bản ", version))}})
		d := p.draft(s, version, items)
		d.Keys[0] = content
		d.Listing.MinApp = "1.2"
		last = build(t, d)
	}
	if len(p.chain) != 6 {
		t.Fatalf("%d roots", len(p.chain))
	}
	f := mustTake(t, last, have, held)
	if len(f.Roots) != 5 || f.Known.Root.Version != 6 || f.Listing.Version != 41 || f.Overdue == 0 {
		t.Errorf("%d steps to root %d, version %d, %d days overdue", len(f.Roots), f.Known.Root.Version, f.Listing.Version, f.Overdue)
	}
	if changes := Compare(items[:5], f.Items); len(changes.New) != 40 {
		t.Errorf("%d new items", len(changes.New))
	}
	older := have
	older.App = "1.1.9"
	if _, err := take(last, older, held); !errors.Is(err, ErrApp) {
		t.Errorf("with an older program: %v", err)
	}
}

func TestPrograms(t *testing.T) {
	for _, c := range []struct {
		have, need string
		older      bool
	}{
		{"1.2", "1.1", false}, {"1.2", "1.2", false}, {"1.2", "1.2.0", false}, {"1.2", "1.2.1", true}, {"1.9", "1.10", true},
		{"2", "1.9.9", false}, {"dev", "9", false}, {"", "9", false}, {"1.2.3", "2", true},
	} {
		if got := older(c.have, c.need); got != c.older {
			t.Errorf("%q is older than %q: %v", c.have, c.need, got)
		}
	}
}

// TestOwn: what comes with the program is a pack as well, and no file can be one.
func TestOwn(t *testing.T) {
	s := shelf{}
	items := sampleItems(s)
	l := Listing{Channel: Starter, Audience: Everyone, Version: 1, Created: testTime, FreshUntil: "2027-11-20", Severity: "normal", Title: "Cơ sở"}
	f, err := Own(l, items, s.open)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range f.Blobs() {
		var out bytes.Buffer
		if err := f.Copy(b.SHA256, &out); err != nil || hashOf(out.Bytes()) != b.SHA256 {
			t.Errorf("%s: %v", b.SHA256, err)
		}
	}
	if len(f.Missing(shelf{}.has)) != 0 || len(f.Items) != len(items) {
		t.Error("it is not whole")
	}
	s[items[0].Wordings[0].SHA256] = []byte("another text")
	if err := f.Copy(items[0].Wordings[0].SHA256, io.Discard); !errors.Is(err, ErrBlob) {
		t.Errorf("an altered text: %v", err)
	}
	l.Channel = "luat-51"
	if _, err := Own(l, items, s.open); !errors.Is(err, ErrChannel) {
		t.Errorf("another channel: %v", err)
	}
}

// TestReadersKeepWhatTheyDoNotKnow: a later program's words and keys.
func TestReadersKeepWhatTheyDoNotKnow(t *testing.T) {
	p, s := newProvince(t), shelf{}
	items := sampleItems(s)
	items[0].Kind, items[0].Relations[0].Kind, items[0].Confidence = "film", "suspends", "half"
	slices.SortFunc(items, func(a, b Item) int { return strings.Compare(a.ID, b.ID) })
	l := p.draft(s, 7, nil).Listing
	l.Severity = "urgent"
	file := resigned(t, p.rebuilt(t, s, l, items), "", func(text string) string {
		return strings.Replace(text, `"critical":[]`, `"critical":[],"mood":"good"`, 1)
	}, editor)
	f := mustTake(t, file, p.reader(t), nil)
	if i := slices.IndexFunc(f.Items, func(i Item) bool { return i.Kind == "film" }); i < 0 {
		t.Error("the film is gone")
	}
}

func TestPagesChangeWhereItemsDo(t *testing.T) {
	s := shelf{}
	items := readBack(t, many(s, 5000))
	had := map[string]bool{}
	for _, page := range paginate(items) {
		if len(page) > maxPageItems {
			t.Errorf("a page of %d", len(page))
		}
		had[page[0].ID+page[len(page)-1].ID] = true
	}
	if len(had) > 5000/40 {
		t.Errorf("%d pages", len(had))
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		at := r.IntN(len(items))
		other := 0
		for _, page := range paginate(slices.Insert(slices.Clone(items), at, Item{ID: items[at].ID + "-a"})) {
			if !had[page[0].ID+page[len(page)-1].ID] {
				other++
			}
		}
		if other > 4 {
			t.Errorf("an item added at %d changes the bounds of %d pages", at, other)
		}
	}
}

// zeros is a blob that is made while it is read.
type zeros struct {
	left int64
	seed byte
}

func (z *zeros) Read(b []byte) (int, error) {
	if z.left == 0 {
		return 0, io.EOF
	}
	n := int(min(int64(len(b)), z.left))
	for i := range n {
		b[i] = z.seed
	}
	z.left -= int64(n)
	return n, nil
}

func (*zeros) Close() error { return nil }

// TestMemory: neither writing nor reading holds a blob.
func TestMemory(t *testing.T) {
	p := newProvince(t)
	const size, files = 16 << 20, 4
	var item = Item{ID: "phim", Version: 1, Kind: "slide", Title: "Phim"}
	seeds := map[string]byte{}
	for i := range byte(files) {
		proof := newProof(io.Discard, size)
		if _, err := io.Copy(proof, &zeros{size, i}); err != nil {
			t.Fatal(err)
		}
		sum := fmt.Sprintf("%x", proof.digest.Sum(nil))
		seeds[sum] = i
		item.Files = append(item.Files, Attachment{Name: fmt.Sprintf("%d.mp4", i), SHA256: sum, Size: size})
	}
	d := p.draft(nil, 1, []Item{item})
	d.Blobs = func(sum string) (io.ReadCloser, error) { return &zeros{size, seeds[sum]}, nil }
	allocated := func(work func()) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		work()
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	f, err := os.Create(filepath.Join(t.TempDir(), "pack"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if n := allocated(func() {
		if _, err := Build(f, d); err != nil {
			t.Fatal(err)
		}
	}); n > 8<<20 {
		t.Errorf("writing allocates %d bytes in all", n)
	}
	info, err := f.Stat()
	if err != nil || info.Size() < size*files {
		t.Fatal(info.Size(), err)
	}
	if n := allocated(func() {
		pack, err := Open(f, info.Size(), p.reader(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range pack.Blobs() {
			if err := pack.Copy(b.SHA256, io.Discard); err != nil {
				t.Fatal(err)
			}
		}
	}); n > 8<<20 {
		t.Errorf("reading allocates %d bytes in all", n)
	}
}
