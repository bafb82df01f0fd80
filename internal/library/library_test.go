package library

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/datadir"
	"sophobien/internal/law"
	"sophobien/internal/pack"
	"sophobien/internal/record"
)

const codeText = `Điều 1. Tiền lương làm thêm giờ
1. Người lao động làm thêm giờ được trả ít nhất 150% vào ngày thường.
2. Lao động nam và lao động nữ được trả lương như nhau.
Điều 2. Nghỉ hằng năm
1. Người lao động được nghỉ 12 ngày làm việc mỗi năm.`

const codeText2 = `Điều 1. Tiền lương làm thêm giờ
1. Người lao động làm thêm giờ được trả ít nhất 200% vào ngày thường.
2. Lao động nam và lao động nữ được trả lương như nhau.
Điều 2. Nghỉ hằng năm
1. Người lao động được nghỉ 12 ngày làm việc mỗi năm.`

// two are the items of two versions: a code that is amended, an old decree that is
// replaced, a leaflet.
func (p *province) two(t testing.TB) (first, second []pack.Item) {
	t.Helper()
	code := p.document(t, "45/2019/QH14", "Bộ luật", "Bộ luật Lao động", "2021-01-01", codeText)
	code.Topics = []string{"LD"}
	old := p.document(t, "145/2020/NĐ-CP", "Nghị định", "Nghị định hướng dẫn Bộ luật Lao động", "2021-02-01", "Điều 1. Làm thêm giờ của ngành dệt may\n1. Không quá 300 giờ.")
	old.Relations = []pack.Relation{{Kind: "guides", To: code.ID}}
	sum, size := p.put([]byte("%PDF tờ rơi"))
	leaflet := pack.Item{ID: "to-roi-lam-them", Version: 1, Kind: "leaflet", Title: "Tờ rơi làm thêm giờ", Files: []pack.Attachment{{Name: "to roi.pdf", SHA256: sum, Size: size}}}
	first = []pack.Item{code, old, leaflet}

	code.Version, code.Wordings = 2, append(slices.Clone(code.Wordings), p.wording(t, "2026-07-01", codeText2))
	next := p.document(t, "283/2026/NĐ-CP", "Nghị định", "Nghị định về thời giờ làm việc", "2026-09-10", "Điều 1. Làm thêm giờ\n1. Không quá 200 giờ.")
	next.Relations = []pack.Relation{{Kind: "replaces", To: old.ID, On: "2026-09-10"}, {Kind: "amends", To: code.ID, Anchors: []string{"d2.k1"}, On: "2027-01-01"}}
	leaflet.Version, leaflet.Withdrawn = 2, true
	return first, []pack.Item{code, old, leaflet, next}
}

func TestPlanAndInstall(t *testing.T) {
	l, p := newLibrary(t), newProvince(t)
	first, second := p.two(t)
	file := p.build(t, 1, first)
	f, err := p.open(t, l, file)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := l.Plan(ctx, f)
	if err != nil || len(plan.New) != 3 || plan.Bytes == 0 || len(plan.Missing) > 0 {
		t.Fatalf("plan of the first: %+v, %v", plan, err)
	}
	if hits := find(t, l, "làm thêm giờ"); len(hits) > 0 {
		t.Errorf("a plan changed the library: %v", found(hits))
	}
	p.install(t, l, file)

	delta := p.build(t, 2, second, p.made[0])
	if f, err = p.open(t, l, delta); err != nil {
		t.Fatal(err)
	}
	if plan, err = l.Plan(ctx, f); err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{"new": ids(plan.New), "amended": ids(plan.Amended), "ended": ids(plan.Ended), "withdrawn": ids(plan.Withdrawn)}
	want := map[string][]string{"new": {"283-2026-nd-cp"}, "amended": {"45-2019-qh14"}, "ended": {"145-2020-nd-cp"}, "withdrawn": {"to-roi-lam-them"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("plan (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"d1.k1", "d2.k1"}, plan.Anchors["45-2019-qh14"]); diff != "" {
		t.Errorf("provisions (-want +got):\n%s", diff)
	}
	var last, total int64
	if err := l.Install(ctx, f, now, func(done, all int64) { last, total = done, all }); err != nil || last != total || last == 0 {
		t.Fatalf("install: %d of %d, %v", last, total, err)
	}
	standings, err := l.Standings(ctx)
	if err != nil || len(standings) != 1 || standings[0].Version != 2 || standings[0].Shown != 2 || standings[0].Begun != 0 || len(standings[0].Versions) != 2 {
		t.Errorf("standings: %+v, %v", standings, err)
	}

	t.Run("equal is nothing to do", func(t *testing.T) {
		f, err := p.open(t, l, delta)
		if err != nil || !f.Installed {
			t.Fatalf("%v", err)
		}
		if err := l.Install(ctx, f, now, nil); err != nil {
			t.Error(err)
		}
	})
	t.Run("older is refused", func(t *testing.T) {
		if _, err := p.open(t, l, file); !errors.Is(err, pack.ErrRollback) {
			t.Errorf("%v", err)
		}
	})
	t.Run("opened before another was installed", func(t *testing.T) {
		other := newLibrary(t)
		early, err := p.open(t, other, file)
		if err != nil {
			t.Fatal(err)
		}
		p.install(t, other, p.build(t, 2, second))
		if err := other.Install(ctx, early, now, nil); !errors.Is(err, pack.ErrRollback) {
			t.Errorf("%v", err)
		}
	})
}

func ids(changes []pack.Change) []string {
	var out []string
	for _, c := range changes {
		out = append(out, c.Item.ID)
	}
	return out
}

func twice(t testing.TB) (*Library, *province) {
	t.Helper()
	l, p := newLibrary(t), newProvince(t)
	first, second := p.two(t)
	p.install(t, l, p.build(t, 1, first))
	p.install(t, l, p.build(t, 2, second, p.made[0]))
	return l, p
}

func TestReading(t *testing.T) {
	l, _ := twice(t)
	for _, c := range []struct {
		day  record.Date
		says string
		from record.Date
	}{{"2020-06-01", "150%", "2021-01-01"}, {"2026-06-30", "150%", "2021-01-01"}, {"2026-07-01", "200%", "2026-07-01"}} {
		r, err := on(t, l, c.day).Reading(ctx, "45-2019-qh14")
		if err != nil {
			t.Fatal(err)
		}
		if r.Wording.From != c.from || len(r.Wordings) != 2 || len(r.Provisions) != 5 || !strings.Contains(r.Provisions[1].Text, c.says) {
			t.Errorf("%s: reads from %s: %+v", c.day, r.Wording.From, r.Provisions)
		}
	}
	v := on(t, l, "2027-02-01")
	r, err := v.Reading(ctx, "45-2019-qh14")
	if err != nil {
		t.Fatal(err)
	}
	if p := r.Provisions[4]; p.Anchor != "d2.k1" || !strings.Contains(p.By, "283/2026/NĐ-CP") || p.Status != record.LawInForce {
		t.Errorf("amended clause: %+v", p)
	}
	var bonds []string
	for _, b := range r.Relations {
		bonds = append(bonds, b.Kind+" "+b.Number)
		if !b.Inverse || !b.Known {
			t.Errorf("%+v", b)
		}
	}
	if diff := cmp.Diff([]string{"guides 145/2020/NĐ-CP", "amends 283/2026/NĐ-CP"}, bonds); diff != "" {
		t.Errorf("relations (-want +got):\n%s", diff)
	}
	old, _ := v.Item("145-2020-nd-cp")
	if old.Status != record.LawEnded || old.Valid.To != "2026-09-09" {
		t.Errorf("replaced: %+v", old)
	}
	if _, err := v.Reading(ctx, "khong-co"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("unknown: %v", err)
	}
	leaflet, err := v.Reading(ctx, "to-roi-lam-them")
	if err != nil || !leaflet.Withdrawn || !leaflet.Files[0].Here {
		t.Errorf("leaflet: %+v, %v", leaflet, err)
	}
}

// What the office knows better holds, and what the pack says is shown beside it.
func TestCorrection(t *testing.T) {
	l, _ := twice(t)
	v, err := l.On(ctx, today, []law.Correction{{Item: "45-2019-qh14", To: "2026-01-01", Source: "Công báo", CheckedOn: "2026-02-01"}})
	if err != nil {
		t.Fatal(err)
	}
	item, _ := v.Item("45-2019-qh14")
	if item.Status != record.LawEnded || item.Valid.To != "2026-01-01" || item.PackValid != (record.Validity{From: "2021-01-01"}) {
		t.Errorf("%+v", item)
	}
	if item, _ := on(t, l, today).Item("45-2019-qh14"); item.Status != record.LawInForce {
		t.Errorf("a correction outlived its question: %+v", item)
	}
}

func TestShowAnEarlierVersion(t *testing.T) {
	l, p := twice(t)
	if err := l.Show(ctx, channel, 1); err != nil {
		t.Fatal(err)
	}
	if _, ok := on(t, l, today).Item("283-2026-nd-cp"); ok {
		t.Error("the later version is still shown")
	}
	if have, _ := l.Channels(ctx); have[channel].Version != 2 || len(have[channel].IDs) != 4 {
		t.Errorf("the floor went down: %+v", have)
	}
	if _, err := p.open(t, l, p.build(t, 1, p.made[0].Items)); !errors.Is(err, pack.ErrRollback) {
		t.Errorf("an older pack: %v", err)
	}
	if err := l.Show(ctx, channel, 7); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a version that is not here: %v", err)
	}
	p.install(t, l, p.build(t, 3, p.made[1].Items))
	if _, ok := on(t, l, today).Item("283-2026-nd-cp"); !ok {
		t.Error("a new pack is not shown")
	}
}

// A root that resets the channel takes back what a stolen key has published.
func TestReset(t *testing.T) {
	l, p := newLibrary(t), newProvince(t)
	first, second := p.two(t)
	p.install(t, l, p.build(t, 1, first))
	p.install(t, l, p.build(t, 900, second))
	p.next(t, channel)
	p.install(t, l, p.build(t, 2, second))
	standings, err := l.Standings(ctx)
	if err != nil || standings[0].Version != 2 || len(standings[0].Versions) != 2 || standings[0].Versions[0].Listing.Version != 2 {
		t.Errorf("%+v, %v", standings, err)
	}
	if _, err := p.open(t, l, p.build(t, 1, first)); !errors.Is(err, pack.ErrRollback) {
		t.Errorf("the reset is used twice: %v", err)
	}
}

func TestStarterGivesWay(t *testing.T) {
	l, p := newLibrary(t), newProvince(t)
	first, second := p.two(t)
	own := second[3]
	own.Title = "Văn bản kèm chương trình"
	code := first[0]
	code.Title = "Bộ luật trong chương trình"
	list := listing(5)
	list.Channel, list.Audience = pack.Starter, pack.Everyone
	for n, want := range []bool{true, false} {
		if changed, err := l.InstallStarter(ctx, list, []pack.Item{code, own}, p.source, now); err != nil || changed != want {
			t.Fatalf("start %d: %t, %v", n, changed, err)
		}
	}
	if item, _ := on(t, l, today).Item("45-2019-qh14"); item.Title != code.Title || item.Channel != pack.Starter {
		t.Errorf("before the province: %+v", item)
	}
	p.install(t, l, p.build(t, 1, first))
	v := on(t, l, today)
	if item, _ := v.Item("45-2019-qh14"); item.Title != "Bộ luật Lao động" || item.Channel != channel {
		t.Errorf("the province's does not win: %+v", item)
	}
	if item, ok := v.Item(own.ID); !ok || item.Channel != pack.Starter {
		t.Errorf("what only the program has: %+v", item)
	}
	list.Version = 6
	if changed, err := l.InstallStarter(ctx, list, []pack.Item{code, own}, p.source, now); err != nil || !changed {
		t.Errorf("a later program: %t, %v", changed, err)
	}
}

// A text that nothing lists any more stays as long as somebody cites it.
func TestSweep(t *testing.T) {
	l, p := newLibrary(t), newProvince(t)
	first, _ := p.two(t)
	cited, gone := first[0].Wordings[0].SHA256, first[1].Wordings[0].SHA256
	p.install(t, l, p.build(t, 1, first))
	for v := int64(2); v <= 6; v++ {
		items := slices.Clone(first)
		for i := range items[:2] {
			items[i].Wordings = nil
		}
		p.install(t, l, p.build(t, v, items))
	}
	if err := l.Show(ctx, channel, 1); err != nil {
		t.Fatal(err)
	}
	if s, err := l.Sweep(ctx, nil, now); err != nil || s.Texts != 0 || s.Versions != 1 {
		t.Errorf("what is shown went: %+v, %v", s, err)
	}
	if err := l.Show(ctx, channel, 6); err != nil {
		t.Fatal(err)
	}
	s, err := l.Sweep(ctx, []string{cited}, now)
	if err != nil || s.Versions != 1 || s.Texts != 1 || s.Blobs < 2 || s.Bytes == 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if text, err := l.Text(cited); err != nil || !strings.Contains(text.String(), "150%") {
		t.Errorf("cited: %v", err)
	}
	if _, err := l.Text(gone); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("neither listed nor cited: %v", err)
	}
	if proof, err := l.Verify(ctx, nil); err != nil || len(proof.Damaged)+len(proof.Missing) > 0 {
		t.Errorf("%+v, %v", proof, err)
	}
	if standings, err := l.Standings(ctx); err != nil || len(standings[0].Versions) != Keep {
		t.Errorf("%+v, %v", standings, err)
	}
	// The index forgets with the text.
	var rows int
	if err := l.db.Read.QueryRow("SELECT count(*) FROM found WHERE found MATCH 'dệt'").Scan(&rows); err != nil || rows != 0 {
		t.Errorf("%d rows of a text that is gone, %v", rows, err)
	}
}

// Bytes that rot on the disk are noticed when they are opened, and come back with the pack
// that is here already.
func TestDamageAndRepair(t *testing.T) {
	l, p := newLibrary(t), newProvince(t)
	first, _ := p.two(t)
	file := p.build(t, 1, first)
	p.install(t, l, file)
	leaflet := first[2].Files[0].SHA256
	path := l.blobs.path(leaflet)
	l.Close()
	if err := os.WriteFile(path, []byte("%PDF tờ rớt"), 0o600); err != nil {
		t.Fatal(err)
	}
	l = openLibrary(t, filepath.Dir(l.folder))
	if _, err := l.Blob(leaflet); !errors.Is(err, record.ErrDamaged) {
		t.Errorf("opened: %v", err)
	}
	if proof, err := l.Verify(ctx, nil); err != nil || !slices.Equal(proof.Damaged, []string{leaflet}) {
		t.Errorf("%+v, %v", proof, err)
	}
	p.install(t, l, file)
	if proof, err := l.Verify(ctx, nil); err != nil || len(proof.Damaged)+len(proof.Missing) > 0 {
		t.Errorf("after the pack: %+v, %v", proof, err)
	}
	r, err := l.Blob(leaflet)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if b, _ := io.ReadAll(r); string(b) != "%PDF tờ rơi" {
		t.Errorf("%q", b)
	}
}

// failing is a stick that is pulled after some reads.
type failing struct {
	*bytes.Reader
	reads, pulledAt atomic.Int64
}

func newStick(file []byte, pulledAt int64) *failing {
	f := &failing{Reader: bytes.NewReader(file)}
	f.pulledAt.Store(pulledAt)
	return f
}

var errPulled = errors.New("the stick was pulled")

func (f *failing) ReadAt(b []byte, at int64) (int, error) {
	if f.reads.Add(1) > f.pulledAt.Load() {
		return 0, errPulled
	}
	return f.Reader.ReadAt(b, at)
}

// A stick pulled half-way changes nothing that is shown, and the next time only what is
// missing is copied.
func TestPulledStick(t *testing.T) {
	l, p := newLibrary(t), newProvince(t)
	first, _ := p.two(t)
	p.install(t, l, p.build(t, 1, first))
	items := append(slices.Clone(first), p.madeUp(t, 40, 2)...)
	file := p.build(t, 2, items)

	counter := newStick(file, 1<<30)
	if _, err := openAt(t, p, l, counter, len(file)); err != nil {
		t.Fatal(err)
	}
	stick := newStick(file, counter.reads.Load()+30)
	f, err := openAt(t, p, l, stick, len(file))
	if err != nil {
		t.Fatal(err)
	}
	var all, rest int64
	if err := l.Install(ctx, f, now, func(_, total int64) { all = total }); !errors.Is(err, errPulled) {
		t.Fatalf("%v", err)
	}
	if have, _ := l.Channels(ctx); have[channel].Version != 1 {
		t.Errorf("%+v", have)
	}
	if n := len(on(t, l, today).Items()); n != len(first) {
		t.Errorf("%d items are shown", n)
	}
	if s, err := l.Standings(ctx); err != nil || s[0].Begun != 2 {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err := l.Sweep(ctx, nil, now); err != nil || s.Blobs > 0 {
		t.Errorf("a sweep took what was laid by: %+v, %v", s, err)
	}
	f, err = p.open(t, l, file)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Install(ctx, f, now, func(_, total int64) { rest = total }); err != nil {
		t.Fatal(err)
	}
	if rest >= all {
		t.Errorf("%d bytes again, of %d", rest, all)
	}
	if n := len(on(t, l, today).Items()); n != len(items) {
		t.Errorf("%d items are shown", n)
	}

	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		f, err := p.open(t, l, p.build(t, 3, append(items, p.madeUp(t, 45, 2)[40:]...)))
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Install(ctx, f, now, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
	t.Run("given up", func(t *testing.T) {
		f, err := p.open(t, l, p.build(t, 4, append(slices.Clone(items), p.madeUp(t, 50, 2)[40:]...)))
		if err != nil {
			t.Fatal(err)
		}
		need, err := l.needs(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.stage(ctx, f, need.blobs, now, &bar{}); err != nil {
			t.Fatal(err)
		}
		if s, err := l.Sweep(ctx, nil, now.Add(patience/2)); err != nil || s.Blobs > 0 {
			t.Errorf("too early: %+v, %v", s, err)
		}
		if s, err := l.Sweep(ctx, nil, now.Add(2*patience)); err != nil || s.Blobs < 5 {
			t.Errorf("%+v, %v", s, err)
		}
	})
}

func TestMissingBlobsAreSaid(t *testing.T) {
	l, p := newLibrary(t), newProvince(t)
	first, second := p.two(t)
	p.build(t, 1, first)
	delta := p.build(t, 2, second, p.made[0])
	f, err := p.open(t, l, delta)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Install(ctx, f, now, nil); !errors.Is(err, pack.ErrMissing) {
		t.Errorf("%v", err)
	}
	if plan, err := l.Plan(ctx, f); err != nil || len(plan.Missing) == 0 {
		t.Errorf("%+v, %v", plan, err)
	}
}

func TestALibraryOfANewerProgramIsRefused(t *testing.T) {
	l := newLibrary(t)
	if _, err := l.db.Write.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	l.Close()
	dir, err := datadir.Open(filepath.Dir(l.folder))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, dir); !errors.Is(err, record.ErrNewer) {
		t.Errorf("newer: %v", err)
	}
}

func TestExpiring(t *testing.T) {
	l, p := newLibrary(t), newProvince(t)
	_, items := p.two(t)
	items[0].To = "2027-01-15"
	p.install(t, l, p.build(t, 1, items))
	var got []string
	for _, e := range on(t, l, today).Expiring(90, 365) {
		got = append(got, e.Item.ID+" "+string(e.Ends)+" "+e.By)
		if e.Days != map[string]int{"145-2020-nd-cp": -80, "45-2019-qh14": 48}[e.Item.ID] {
			t.Errorf("%s: %d days", e.Item.ID, e.Days)
		}
	}
	if diff := cmp.Diff([]string{"145-2020-nd-cp 2026-09-09 283/2026/NĐ-CP", "45-2019-qh14 2027-01-15 "}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := on(t, l, today).Expiring(30, 30); len(got) > 0 {
		t.Errorf("within 30 days: %+v", got)
	}
}
