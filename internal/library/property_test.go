package library

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/law"
	"sophobien/internal/pack"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
)

// world is a library with a province that publishes whatever comes to its mind.
type world struct {
	rng   *rand.Rand
	l     *Library
	p     *province
	items map[string]pack.Item
	texts map[string]string // that were ever installed, by hash
	cited []string
	files map[int64][]byte
	have  int64
}

var few = strings.Fields("nam năm nghỉ nghi thai san sản giờ gio thêm them lương luong phép phep tết tet")

func (w *world) text() string {
	var b strings.Builder
	for a := range 1 + w.rng.IntN(3) {
		fmt.Fprintf(&b, "Điều %d. %s\n", a+1, w.words(3))
		for c := range w.rng.IntN(3) {
			fmt.Fprintf(&b, "%d. %s.\n", c+1, w.words(5))
		}
	}
	return strings.TrimSpace(b.String())
}

func (w *world) words(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = few[w.rng.IntN(len(few))]
	}
	return strings.Join(out, " ")
}

// change makes some items new, amends some and withdraws one now and then. Relations may
// point at what is not there.
func (w *world) change(t *testing.T) {
	for range 1 + w.rng.IntN(3) {
		id := fmt.Sprintf("%d-2020-nd-cp", w.rng.IntN(8))
		item, known := w.items[id]
		if !known {
			item = pack.Item{ID: id, Kind: "law", Number: strings.ToUpper(id), Title: w.words(2), From: record.Date(fmt.Sprintf("20%d-01-01", 15+w.rng.IntN(15)))}
		}
		item.Version++
		from := record.Date(fmt.Sprintf("20%d-0%d-01", 15+w.rng.IntN(15), 1+w.rng.IntN(9)))
		if n := len(item.Wordings); n < 4 && (n == 0 || from > item.Wordings[n-1].From) {
			text := w.text()
			wording := w.p.wording(t, from, text)
			w.texts[wording.SHA256] = text
			item.Wordings = append(slices.Clone(item.Wordings), wording)
		}
		item.Withdrawn = w.rng.IntN(9) == 0
		item.Relations = nil
		if to := fmt.Sprintf("%d-2020-nd-cp", w.rng.IntN(12)); to != id {
			kinds := []string{"replaces", "amends", "repeals", "guides"}
			item.Relations = []pack.Relation{{Kind: kinds[w.rng.IntN(4)], To: to, On: record.Date(fmt.Sprintf("20%d-05-01", 18+w.rng.IntN(12)))}}
			if w.rng.IntN(2) == 0 {
				item.Relations[0].Anchors = []string{"d1"}
			}
		}
		w.items[id] = item
	}
}

func (w *world) step(t *testing.T) {
	switch w.rng.IntN(7) {
	case 0: // any pack that was made, in any order
		for version, file := range w.files {
			f, err := w.p.open(t, w.l, file)
			if older := version < w.have; older != errors.Is(err, pack.ErrRollback) {
				t.Fatalf("version %d where %d is here: %v", version, w.have, err)
			} else if older {
				return
			}
			if err := w.l.Install(ctx, f, now, nil); err != nil {
				t.Fatal(err)
			}
			w.have = version
			return
		}
	case 1:
		versions, err := w.l.versions(ctx, channel)
		if err != nil || len(versions) == 0 {
			return
		}
		if err := w.l.Show(ctx, channel, versions[w.rng.IntN(len(versions))].Listing.Version); err != nil {
			t.Fatal(err)
		}
	case 2:
		if _, err := w.l.Sweep(ctx, w.cited, now); err != nil {
			t.Fatal(err)
		}
	default:
		w.change(t)
		version := int64(len(w.files) + 1)
		w.files[version] = w.p.build(t, version, slices.Collect(maps.Values(w.items)))
		if w.rng.IntN(3) > 0 {
			w.p.install(t, w.l, w.files[version])
			w.have = version
		}
	}
}

// cite cites what is read now.
func (w *world) cite(t *testing.T) {
	v := on(t, w.l, today)
	for _, item := range v.Items() {
		if wording, ok := v.WordingOf(item.ID); ok && w.rng.IntN(3) == 0 {
			w.cited = append(w.cited, wording.SHA256)
		}
	}
}

func (w *world) check(t *testing.T) {
	t.Helper()
	for _, sum := range w.cited {
		if text, err := w.l.Text(sum); err != nil || text.String() != w.texts[sum] {
			t.Fatalf("cited text %s: %v\n%s", sum, err, text)
		}
	}
	for _, day := range []record.Date{"2014-01-01", "2019-06-01", today, "2031-01-01"} {
		v := on(t, w.l, day)
		for _, item := range v.Items() {
			if _, err := v.Reading(ctx, item.ID); err != nil {
				t.Fatalf("%s on %s: %v", item.ID, day, err)
			}
		}
		v.Expiring(90, 90)
		for range 3 {
			w.compare(t, v)
		}
	}
}

// compare holds a search against a look at everything.
func (w *world) compare(t *testing.T, v *View) {
	t.Helper()
	typed := w.words(1 + w.rng.IntN(3))
	if w.rng.IntN(2) == 0 {
		typed = law.Fold(typed)
	}
	if r := []rune(typed); w.rng.IntN(2) == 0 && len(r) > 2 {
		typed = string(r[:len(r)-1])
	}
	page, err := v.Search(ctx, record.LawFilter{Text: typed, On: v.Day(), Limit: 1000})
	if err != nil {
		t.Fatalf("%q: %v", typed, err)
	}
	got := map[string]bool{}
	for _, h := range page.Hits {
		at := h.Item
		if path := law.Path(h.Anchor); h.Anchor != "" {
			at += "#" + path[len(path)-1]
		}
		if got[at] {
			t.Fatalf("%q found %s twice", typed, at)
		}
		got[at] = true
	}
	want := lookAtEverything(t, v, typed)
	if len(want) < enough { // then what has most of the words is found too
		maps.DeleteFunc(got, func(at string, _ bool) bool { return !want[at] })
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%q on %s (-everything +search):\n%s", typed, v.Day(), diff)
	}
}

func lookAtEverything(t *testing.T, v *View, typed string) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, e := range v.cat.entries {
		if e.Withdrawn {
			continue
		}
		if says(e.Number+" "+e.Title, typed) {
			out[e.ID] = true
		}
		text, _, err := v.Text(e.ID)
		if errors.Is(err, record.ErrNotFound) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range text {
			if p.Level == law.Article && says(text.Whole(p.Anchor).String(), typed) {
				out[e.ID+"#"+p.Anchor] = true
			}
		}
	}
	return out
}

// says reports whether every word stands in a text, the last one at least as a beginning.
func says(text, typed string) bool {
	words := strings.FieldsFunc(law.Fold(text), func(r rune) bool { return r < '0' || r > '9' && r < 'a' })
	sought := strings.Fields(law.Fold(typed))
	for i, s := range sought {
		last := i == len(sought)-1
		if !slices.ContainsFunc(words, func(w string) bool { return w == s || last && strings.HasPrefix(w, s) }) {
			return false
		}
	}
	return true
}

// Whatever packs come, in whatever order: what was cited reads as it did, everything that
// is listed can be read on any day, and search finds what a look at everything finds.
func TestAnySequenceOfPacks(t *testing.T) {
	for seed := range uint64(recordtest.Count(t, 6, 6)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := &world{rng: rand.New(rand.NewPCG(seed, 9)), l: newLibrary(t), p: newProvince(t),
				items: map[string]pack.Item{}, texts: map[string]string{}, files: map[int64][]byte{}}
			for range 12 {
				w.step(t)
				w.cite(t)
				w.check(t)
			}
		})
	}
}
