package app

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"sophobien/internal/record"
	"sophobien/internal/store"
)

// drawHappenings draws what a few units held in a few days, much of it alike.
func drawHappenings(t *rapid.T) []happening {
	s := &footing{}
	a := &App{}
	list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) store.Happening {
		n := rapid.IntRange(1, 4)
		h := store.Happening{
			ID: record.NewID(int64(rapid.IntRange(1, 1<<20).Draw(t, "id")), [10]byte{1}), Unit: fmt.Sprint(n.Draw(t, "unit")),
			Kind:  rapid.SampledFrom([]string{"training", "dialogue"}).Draw(t, "kind"),
			Title: rapid.SampledFrom([]string{"Tập huấn Bộ luật Lao động", "Tập huấn Bộ luật lao động năm 2019 với xã số 2", "Đối thoại", ""}).Draw(t, "title"),
			When: record.Occasion{
				Date:  record.Date(fmt.Sprintf("2026-03-%02d", n.Draw(t, "day"))),
				Place: rapid.SampledFrom([]string{"", "Hội trường UBND xã", "Nhà văn hóa thôn 1", "Công ty Sao Mai", "sao mai"}).Draw(t, "place"),
			},
			Topics: rapid.SliceOfN(rapid.SampledFrom([]string{"LD01", "LD02"}), 0, 3).Draw(t, "topics"),
			People: rapid.Int64Range(0, 60).Draw(t, "people"),
		}
		if days := rapid.IntRange(0, 12).Draw(t, "days"); days > 0 {
			h.When.EndDate = h.When.Date.AddDays(days)
		}
		if rapid.Bool().Draw(t, "hosted") {
			h.Host = unitID(n.Draw(t, "host"))
		}
		for range rapid.IntRange(0, 2).Draw(t, "with") {
			h.CoOrganisers = append(h.CoOrganisers, unitID(n.Draw(t, "co-organiser")))
		}
		return h
	}), 0, 14).Draw(t, "held")
	var out []happening
	seen := map[record.ID]bool{}
	for _, h := range list {
		if seen[h.ID] {
			continue
		}
		seen[h.ID] = true
		x := a.happeningOf(s, h)
		var n int
		fmt.Sscan(h.Unit, &n)
		x.unit, x.unitName, x.called = unitID(n), "xã số "+h.Unit, "xa so "+h.Unit
		out = append(out, x)
	}
	return out
}

func unitID(n int) record.ID { return record.NewID(int64(n), [10]byte{7}) }

// TestPairsAreFoundOnceAndTheSameWay: whatever the order, each pair once, as high from one
// side as from the other, of two units, on a day they share, and none is missed that
// comparing everything with everything finds.
func TestPairsAreFoundOnceAndTheSameWay(t *testing.T) {
	found := 0
	key := func(p record.EventPair) [2]record.ID {
		return record.SameEvent{ActivityID: p.A.Activity, TwinID: p.B.Activity}.Pair()
	}
	rapid.Check(t, func(t *rapid.T) {
		held := drawHappenings(t)
		want := map[[2]record.ID]record.EventPair{}
		for i := range held {
			for k := range held[:i] {
				x, y := &held[i], &held[k]
				p, q := pairOf(x, y), pairOf(y, x)
				if p.Score != q.Score || len(p.Why) != len(q.Why) {
					t.Fatalf("%d from one side, %d from the other:\n%+v\n%+v", p.Score, q.Score, x, y)
				}
				together := x.When.Date <= y.When.Last() && y.When.Date <= x.When.Last() && max(x.When.Date, y.When.Date) < min(x.When.Date, y.When.Date).AddDays(mostDays)
				if p.Score >= pairScore && x.Unit != y.Unit && together {
					want[key(p)] = p
				}
			}
		}
		got := map[[2]record.ID]bool{}
		list := pairsIn(held)
		for _, p := range list {
			if got[key(p)] {
				t.Fatalf("twice: %+v", p)
			}
			got[key(p)] = true
			if w, ok := want[key(p)]; !ok || w.Score != p.Score {
				t.Fatalf("%+v, want %+v", p, w)
			}
		}
		if len(got) != len(want) {
			t.Fatalf("%d pairs, want %d", len(got), len(want))
		}
		found += len(list)
		slices.Reverse(held)
		again := pairsIn(held)
		if len(again) != len(list) {
			t.Fatalf("%d pairs, the other way round %d", len(list), len(again))
		}
	})
	if found < 50 {
		t.Errorf("only %d pairs were found in all", found)
	}
}

// TestWhatAPlanGivesToAllIsNoSign: two communes that teach the same on the same day, each
// in its own hall.
func TestWhatAPlanGivesToAllIsNoSign(t *testing.T) {
	a, s := &App{}, &footing{}
	both := make([]happening, 2)
	for i := range both {
		both[i] = a.happeningOf(s, store.Happening{
			ID: unitID(10 + i), Unit: fmt.Sprint(i), Kind: "training", Title: "Tập huấn Bộ luật Lao động năm 2026", Topics: []string{"LD01"}, People: 40,
			When: record.Occasion{Date: "2026-03-05", Start: "08:00", Place: "Hội trường UBND xã"},
		})
		both[i].unit, both[i].called = unitID(i+1), fmt.Sprint("xa ", i)
	}
	if p := pairsIn(both); len(p) != 0 {
		t.Errorf("%+v", p)
	}
	for i := range both {
		both[i].place = []string{"mai", "sao"}
	}
	if p := pairsIn(both); len(p) != 1 || p[0].Score < 70 {
		t.Errorf("at one enterprise: %+v", p)
	}
}

// TestTheProvinceCountsAnEventOnce: two communes hold a session together and both enter
// it, a third holds another. Once the province has said so it counts once, in figures,
// recount, workbook, and it stays a session of each.
func TestTheProvinceCountsAnEventOnce(t *testing.T) {
	w := newLandscape(t)
	offices := map[string]*App{}
	acts := map[string]record.Activity{}
	units := map[string]record.Unit{}
	for i, code := range []string{"23500", "23284", "21040"} {
		o := w.enrolled(code)
		offices[code] = o
		units[code] = must(o.Unit(ctx, must(o.Office(ctx))(t).UnitID))(t)
		act := training("Tập huấn Bộ luật Lao động")
		act.When.Place, act.HostUnitID = "Nhà văn hóa trung tâm", units[code].ID
		act.Heads = record.HeadCount{Total: 40 + int64(i), Women: 20}
		act.Materials = []record.MaterialGiven{{Name: "Tờ gấp", Kind: "leaflet", Copies: 50}}
		act.Costs = []record.Cost{{Source: "state", Amount: 1_000_000}}
		if code == "23284" {
			act.CoOrganisers = []record.ID{units["23500"].ID}
			act.Title = "Lớp tập huấn Bộ luật Lao động"
		}
		if code == "21040" {
			act.When.Date = "2026-03-06"
		}
		acts[code] = must(o.SaveActivity(ctx, act))(t)
	}
	// A list of people stays in its office, and the numbers made from it go along.
	must(offices["21040"].SaveAttendees(ctx, acts["21040"].ID, newcomers(1, 12)))(t)
	for _, o := range offices {
		w.handOver(o)
	}
	p := must(w.province.Between("2026-01-01", "2026-12-31"))(t)
	figures := func(a *App) map[string]int64 {
		t.Helper()
		f := must(a.Figures(ctx, p))(t)
		out := map[string]int64{}
		for _, c := range [][2]string{{"I2", ""}, {"I3", ""}, {"I9", "measure=given"}, {"I14", ""}} {
			out[c[0]], _ = f.Value(c[0], c[1])
		}
		return out
	}
	check := func(what string, want map[string]int64) {
		t.Helper()
		if diff := cmp.Diff(want, figures(w.province)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
		o := must(w.province.Overview(ctx))(t)
		if o.Activities.Now != want["I2"] || o.People.Now != want["I3"] || o.Materials.Now != want["I9"] {
			t.Errorf("%s: the overview says %d activities, %d people, %d copies", what, o.Activities.Now, o.People.Now, o.Materials.Now)
		}
		agree(t, w.province)
	}
	check("nothing said", map[string]int64{"I2": 3, "I3": 40 + 41 + 12, "I9": 150, "I14": 3_000_000})

	pairs := must(w.province.EventPairs(ctx))(t)
	if len(pairs) != 1 || pairs[0].Said != "" || pairs[0].A.UnitName == "" || len(pairs[0].Why) < 4 {
		t.Fatalf("pairs: %+v", pairs)
	}
	one, other := acts["23500"].ID, acts["23284"].ID
	if got := (record.SameEvent{ActivityID: pairs[0].A.Activity, TwinID: pairs[0].B.Activity}).Pair(); got != (record.SameEvent{ActivityID: one, TwinID: other}).Pair() {
		t.Errorf("another pair: %+v", pairs[0])
	}
	for _, bad := range [][2]record.ID{{one, one}, {one, record.NewID(1, [10]byte{})}} {
		if _, err := w.province.DecidePair(ctx, bad[0], bad[1], true, ""); err == nil {
			t.Errorf("%v is no pair", bad)
		}
	}
	if _, err := offices["23500"].DecidePair(ctx, one, other, true, ""); err == nil {
		t.Error("an office decided")
	}
	must(w.province.DecidePair(ctx, one, other, true, "cùng một lớp"))(t)
	once := map[string]int64{"I2": 2, "I3": 40 + 12, "I9": 100, "I14": 2_000_000}
	check("one event", once)
	if pairs = must(w.province.EventPairs(ctx))(t); len(pairs) != 1 || pairs[0].Said != "same" || pairs[0].A.Activity != one {
		t.Errorf("decided: %+v", pairs)
	}
	w.checkUnitSheets(p, units)

	// Each office hears of it, has its own side only and goes on counting it.
	for _, code := range []string{"23500", "23284", "21040"} {
		w.handOver(offices[code])
		said := len(must(offices[code].db.SameEvents(ctx))(t))
		if want := map[bool]int{true: 1, false: 0}[code != "21040"]; said != want {
			t.Errorf("%s was told %d words, want %d", code, said, want)
		}
		if got := figures(offices[code]); got["I2"] != 1 {
			t.Errorf("%s: %v", code, got)
		}
		agree(t, offices[code])
	}

	must(w.province.DecidePair(ctx, one, other, false, "hai buổi"))(t)
	check("two events", map[string]int64{"I2": 3, "I3": 93, "I9": 150, "I14": 3_000_000})
	must(w.province.DecidePair(ctx, other, one, true, ""))(t)
	check("the other counts", map[string]int64{"I2": 2, "I3": 41 + 12, "I9": 100, "I14": 2_000_000})
	must(w.province.UndoLast(ctx))(t)
	check("taken back", map[string]int64{"I2": 3, "I3": 93, "I9": 150, "I14": 3_000_000})
	must(w.province.RedoLast(ctx))(t)
	must(offices["23284"].DeleteActivity(ctx, other))(t)
	w.handOver(offices["23284"])
	check("what counted is gone", once)
}

// checkUnitSheets reads the workbook of all units: every commune has its row, and those
// that held a session have it.
func (w *landscape) checkUnitSheets(p record.FigurePeriod, units map[string]record.Unit) {
	t := w.t
	path := filepath.Join(t.TempDir(), "so.xlsx")
	if err := w.province.WriteWorkbook(ctx, p, path); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows := func(sheet string) map[string][]string {
		out := map[string][]string{}
		for _, r := range must(f.GetRows(sheet))(t) {
			for i, cell := range r {
				for _, u := range units {
					if strings.EqualFold(cell, u.FullName()) {
						out[u.Code] = r[i+1:]
					}
				}
			}
		}
		return out
	}
	for sheet, want := range map[string]map[string]string{
		"Theo xã":        {"23500": "1", "21040": "1"},
		"Phụ lục đơn vị": {"23500": "1", "23284": "1", "21040": "1"},
	} {
		got := rows(sheet)
		for code, n := range want {
			if len(got[code]) == 0 || got[code][0] != n {
				t.Errorf("%s, %s: %v, want %s", sheet, units[code].FullName(), got[code], n)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %v", sheet, got)
		}
	}
}
