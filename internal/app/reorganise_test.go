package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// unitOf is the unit a code means at a province or office now.
func unitOf(t testing.TB, a *App, code string) record.Unit {
	t.Helper()
	on := must(a.today(ctx))(t)
	u, ok := a.catalog().byCode(code, on)
	if !ok {
		t.Fatalf("no unit %s on %s", code, on)
	}
	return u
}

// commune is a new unit made of others.
func commune(t testing.TB, province *App, code, name string, of ...record.ID) record.UnitChange {
	t.Helper()
	return record.UnitChange{Unit: record.Unit{
		Kind: "commune", Type: "xã", Name: name, Code: code, ParentID: unitOf(t, province, "51").ID, Predecessors: of,
	}}
}

// publish publishes a reorganisation and gives the folder with its files.
func (w *landscape) publish(title string, on record.Date, changes ...record.UnitChange) string {
	w.t.Helper()
	bag := w.bag()
	must(w.province.PublishUnits(ctx, title, on, changes, bag))(w.t)
	return bag
}

// reached is an activity that reached units, with people by number.
func reached(t testing.TB, a *App, title string, people int64, units ...record.ID) record.Activity {
	t.Helper()
	act := training(title)
	act.Heads.Total, act.UnitsReached = people, units
	return must(a.SaveActivity(ctx, act))(t)
}

// byMaps checks that report and recount agree by both maps, and gives the totals, which
// no map may change.
func byMaps(t testing.TB, a *App) map[string]int64 {
	t.Helper()
	var totals [2]map[string]int64
	for i, as := range []string{record.MapAsItWas, record.MapToday} {
		p := must(a.Between("2026-01-01", "2026-12-31"))(t)
		p.Map = as
		got, want := must(a.Figures(ctx, p))(t), must(a.Recount(ctx, p))(t)
		if !sameFigures(got, want) {
			t.Errorf("map %q: report %+v, recount %+v", as, got, want)
		}
		totals[i] = map[string]int64{}
		for _, code := range []string{"I1", "I2", "I3", "I5"} {
			totals[i][code], _ = got.Value(code, "")
		}
	}
	if fmt.Sprint(totals[0]) != fmt.Sprint(totals[1]) {
		t.Errorf("as it was %v, by today's map %v", totals[0], totals[1])
	}
	return totals[0]
}

// adds checks that the province has what the offices have together, each once.
func (w *landscape) adds(offices ...*App) {
	w.t.Helper()
	want := map[string]int64{}
	for _, a := range offices {
		for code, n := range byMaps(w.t, a) {
			want[code] += n
		}
	}
	if got := byMaps(w.t, w.province); fmt.Sprint(got) != fmt.Sprint(want) {
		w.t.Errorf("the province has %v, its offices together %v", got, want)
	}
	for _, a := range append(offices, w.province) {
		if n := len(must(a.Conflicts(ctx))(w.t)); n > 0 {
			w.t.Errorf("%d units are in question", n)
		}
		if rep := must(a.Verify(ctx, true, nil))(w.t); !rep.OK {
			w.t.Errorf("verify: %v", rep.Faults)
		}
	}
}

// accepted checks that everything of an office has come to the province, by its word.
func accepted(t testing.TB, a *App) {
	t.Helper()
	x := must(a.Exchange(ctx))(t)
	if x.Unsent != 0 || x.Unaccepted != 0 || x.Alarm != (record.Words{}) {
		t.Errorf("%d unsent, %d not accepted, alarm %q", x.Unsent, x.Unaccepted, x.Alarm.VI)
	}
	for _, f := range must(a.Sent(ctx))(t) {
		if f.Kind == "log" && f.Device == "" && f.State != record.StateAccepted && f.State != record.StateReplaced {
			t.Errorf("file %d is %s", f.No, f.State)
		}
	}
}

// TestTwoCommunesBecomeOne, one is renamed, one goes to another province, while files of
// before are under way.
func TestTwoCommunesBecomeOne(t *testing.T) {
	w := newLandscape(t)
	a, b, c := w.enrolled("23500"), w.enrolled("23284"), w.enrolled("23293")
	moved := unitOf(t, a, "23401").ID
	for i, o := range []*App{a, b, c} {
		reached(t, o, "Trước sắp xếp", int64(10*(i+1)), moved)
	}
	before := w.bag() // of a and b, on its way
	must(a.HandOver(ctx, before, record.HandOverOptions{}))(t)
	must(b.HandOver(ctx, before, record.HandOverOptions{}))(t)
	w.handOver(c)

	x, y, z := unitOf(t, w.province, "23500"), unitOf(t, w.province, "23284"), unitOf(t, w.province, "23293")
	away := record.UnitChange{Unit: record.Unit{ID: moved, ParentID: unitOf(t, w.province, "48").ID}}
	files := w.publish("Nghị quyết 1", "2026-04-01", commune(t, w.province, "23999", "Hợp Nhất", x.ID, y.ID),
		record.UnitChange{Unit: record.Unit{ID: z.ID, Name: "Tên Mới"}}, away)
	w.takeIn(a, files)
	w.takeIn(c, files)
	if x := must(a.Exchange(ctx))(t); x.Alarm != (record.Words{}) {
		t.Errorf("before the day: %q", x.Alarm.VI)
	}
	w.now = w.now.AddDate(0, 0, 20)
	if x := must(a.Exchange(ctx))(t); !strings.Contains(x.Alarm.VI, "xã Hợp Nhất từ ngày 2026-04-01") && !strings.Contains(x.Alarm.VI, "xã Hợp Nhất từ ngày 01/04/2026") {
		t.Errorf("after the day: %q", x.Alarm.VI)
	}
	if got := w.takeIn(w.province, before); got.Applied != 2 {
		t.Errorf("files of before: %+v", got)
	}
	if got := must(w.province.Unit(ctx, x.ID))(t); got.Valid.To != "2026-03-31" {
		t.Errorf("a file of before brought back what was: %+v", got)
	}
	reached(t, b, "Ghi sau ngày sắp xếp, chưa biết", 5, y.ID)
	w.handOver(b) // hears of it on the way back
	w.handOver(a)
	for _, o := range []*App{a, b} {
		end := must(o.UnitEnd(ctx))(t)
		if len(end.Heirs) != 1 || end.Heirs[0].Code != "23999" || end.Into != "xã Hợp Nhất" || end.From != "2026-04-01" {
			t.Fatalf("the end of its unit: %+v", end)
		}
		if next := must(o.Overview(ctx))(t).Next; next.Area != record.AreaOffice || !strings.Contains(next.Words.VI, "xã Hợp Nhất") {
			t.Errorf("next: %+v", next)
		}
		must(o.MoveOffice(ctx, end.Heirs[0].ID))(t)
		if end := must(o.UnitEnd(ctx))(t); end.Unit != "" || must(o.Overview(ctx))(t).Next.Area == record.AreaOffice {
			t.Errorf("the unit it went into has ended: %+v", end)
		}
	}
	for i, o := range []*App{a, b, c} {
		reached(t, o, "Sau sắp xếp", int64(i+1), moved)
		w.handOver(o)
		w.handOver(o)
		accepted(t, o)
	}
	w.adds(a, b, c)
	for _, o := range []*App{c, w.province} {
		if got := must(o.Unit(ctx, z.ID))(t); got.Name != "Tên Mới" || !slices.Contains(got.Aliases, z.FullName()) {
			t.Errorf("renamed: %+v", got)
		}
		if got := must(o.Unit(ctx, moved))(t); got.ParentID != away.Unit.ParentID {
			t.Errorf("moved: %+v", got)
		}
	}
	if got := must(w.province.Unit(ctx, x.ID))(t); got.Valid.To != "2026-03-31" || len(got.Successors) != 1 {
		t.Errorf("merged: %+v", got)
	}
	roster := w.province.peers.known.Roster
	for code, to := range map[string]record.Date{"23500": "2026-03-31", "23284": "2026-03-31", "23401": "2026-03-31", "23293": "", "23999": ""} {
		if i := slices.IndexFunc(roster.Units, func(u trust.RosterUnit) bool { return u.Code == code }); i < 0 || roster.Units[i].To != to {
			t.Errorf("roster: unit %s: %+v", code, roster.Units[max(i, 0)])
		}
	}
	if n := must(w.province.db.Counts(ctx))(t)["23999"]["activity"]; n != 5 {
		t.Errorf("%d activities of the merged unit", n)
	}
}

// TestAnAnswerFindsItsRegister: what the province says of a row after the merger comes to the
// register that has it, and to no other of the new unit.
func TestAnAnswerFindsItsRegister(t *testing.T) {
	w := newLandscape(t)
	a, b := w.enrolled("23500"), w.enrolled("23284")
	q := must(a.SaveQuestion(ctx, record.Question{Received: "2026-03-10", Text: "Nghỉ Tết có tính lương không?"}))(t)
	w.handOver(a)
	w.handOver(b)
	answer := func(text string) {
		t.Helper()
		there := must(store1[record.Question](w.province, q.Ref()))(t)
		there.Answer, there.AnsweredOn, there.AnsweredBy = text, "2026-03-19", "Sở Nội vụ"
		must(w.province.SaveQuestion(ctx, there))(t)
	}
	answer("Có.")
	w.publish("Nghị quyết 1", "2026-03-21", commune(t, w.province, "23999", "Hợp Nhất", unitOf(t, a, "23500").ID, unitOf(t, a, "23284").ID))
	w.now = w.now.AddDate(0, 0, 5)
	for _, text := range []string{"Có.", "Có, theo Điều 112."} {
		answer(text)
		w.handOver(a)
		w.handOver(b)
		if got := must(store1[record.Question](a, q.Ref()))(t); got.Answer != text {
			t.Errorf("answer %q", got.Answer)
		}
		if list := must(store.All[record.Question](ctx, b.db))(t); len(list) != 0 {
			t.Errorf("the other register got %+v", list)
		}
		for _, o := range []*App{a, b} {
			if len(must(o.Heirs(ctx))(t)) == 1 {
				must(o.MoveOffice(ctx, must(o.Heirs(ctx))(t)[0].ID))(t)
			}
		}
	}
	accepted(t, a)
}

// TestAReorganisationOutlivesTheRegistrarsKey: who was not there when it was published gets
// it under the key of now, from the province and, in the place of what it knew, from the other
// PC of its office.
func TestAReorganisationOutlivesTheRegistrarsKey(t *testing.T) {
	w := newLandscape(t)
	a, late := w.enrolled("23500"), w.enrolled("23284")
	id := unitOf(t, a, "23293").ID
	w.takeIn(a, w.publish("Đổi tên", "2026-03-19", record.UnitChange{Unit: record.Unit{ID: id, Name: "Tên Mới"}}))
	stick := record.RootStick{Place: rootStick(0), Passphrase: "mot hai ba bon nam sau"}
	if err := w.province.ReplaceKey(ctx, "registrar", []record.RootStick{stick, {Place: rootStick(1), Passphrase: stick.Passphrase}}); err != nil {
		t.Fatal(err)
	}
	before := len(must(a.Sent(ctx))(t))
	for _, o := range []*App{late, a} {
		w.handOver(o)
		if got := must(o.Unit(ctx, id))(t); len(o.packs()) != 1 || got.Name != "Tên Mới" {
			t.Errorf("%d reorganisations, the unit is %q", len(o.packs()), got.Name)
		}
	}
	if n := len(must(a.Sent(ctx))(t)); n != before+1 {
		t.Errorf("the office that had it before sealed %d files", n-before)
	}
	if sent := w.province.packs()[0].raw; string(sent) != string(a.packs()[0].raw) {
		t.Error("the office that had it before kept it under the former key")
	}
	again := w.bag()
	must(w.province.WriteRoster(ctx, again))(t)
	files := must(filepath.Glob(filepath.Join(again, "*.sopb.zip")))(t)
	w.takeIn(w.province, again)
	if len(files) != 2 || len(w.province.packs()) != 1 { // a roster and one reorganisation
		t.Errorf("the province writes %q", files)
	}
	s := Starter{Folder: filepath.Join(t.TempDir(), "so"), Options: w.options()}
	bag := w.bag()
	asked := must(s.JoinAsk(ctx, w.setup(s, "2025-commune", "23500"), bag))(t)
	must(a.AddMachine(ctx, asked.Path, asked.Fingerprint, bag))(t)
	b := must(s.Join(ctx, []string{bag}, a.Fingerprint()))(t)
	t.Cleanup(func() { closeApp(t, b) })
	if got := must(b.Unit(ctx, id))(t); len(b.packs()) != 1 || got.Name != "Tên Mới" {
		t.Errorf("a PC that joins: %d reorganisations, the unit is %q", len(b.packs()), got.Name)
	}
	w.province = w.reopened(w.province.Folder())
	if len(w.province.packs()) != 1 {
		t.Error("the province itself does not find it again")
	}
}

// TestReorganisationsInAnyOrder come to the same, taken in by two PCs of one office that
// hear of one another in between, and again from a copy.
func TestReorganisationsInAnyOrder(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23500")
	act := reached(t, a, "Tập huấn", 7, unitOf(t, a, "23284").ID, unitOf(t, a, "23293").ID)
	s := Starter{Folder: filepath.Join(t.TempDir(), "so"), Options: w.options()}
	bag := w.bag()
	asked := must(s.JoinAsk(ctx, w.setup(s, "2025-commune", "23500"), bag))(t)
	must(a.AddMachine(ctx, asked.Path, asked.Fingerprint, bag))(t)
	b := must(s.Join(ctx, []string{bag}, a.Fingerprint()))(t)
	t.Cleanup(func() { closeApp(t, b) })
	w.enrol(b)
	w.handOver(a)

	id := unitOf(t, a, "23284").ID
	var files []string
	for i, name := range []string{"Một", "Hai", "Ba"} {
		w.publish("Đổi tên "+name, record.Date(fmt.Sprintf("2026-03-%d", 21+i)), record.UnitChange{Unit: record.Unit{ID: id, Name: name, Aliases: []string{"x " + name}}})
		p := w.province.packs()[i]
		files = append(files, filepath.Join(w.bag(), p.name))
		if err := os.WriteFile(files[i], p.raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	own := must(a.Unit(ctx, id))(t)
	own.Note, own.Workers.Total, own.Aliases = "của phòng", 40, []string{"làng cũ"}
	must(a.SaveUnit(ctx, own))(t)
	for i, order := range [][]int{{2, 0, 1}, {0, 2, 1}} {
		o := []*App{a, b}[i]
		for _, k := range order {
			if got := must(o.TakeIn(ctx, []string{files[k]}, nil))(t); got.Applied != 1 {
				t.Fatalf("%+v", got)
			}
		}
		n := commits(t, o)
		if got := must(o.TakeIn(ctx, files, nil))(t); got.Applied != 0 || commits(t, o) != n {
			t.Errorf("again: %+v", got)
		}
	}
	exchange(w, a, b)
	w.handOver(a)
	w.handOver(b)
	if got, want := must(b.db.Digest(ctx))(t), must(a.db.Digest(ctx))(t); got != want {
		t.Error("the two PCs have other registers")
	}
	for _, o := range []*App{a, b} {
		got := must(o.Unit(ctx, id))(t)
		slices.Sort(got.Aliases)
		want := []string{"làng cũ", "x Ba", "x Hai", "x Một", "phường Hai", "phường Một"}
		if got.Name != "Ba" || got.Note != "của phòng" || got.Workers.Total != 40 || !containsAll(got.Aliases, want) {
			t.Errorf("%+v", got)
		}
		accepted(t, o)
	}
	w.adds(a)

	// A register that was closed knows them when it opens; one whose copy is gone takes it again.
	if err := os.Remove(a.packPath(2)); err != nil {
		t.Fatal(err)
	}
	closeApp(t, a)
	a = open(t, a.dir.Path(), w.options())
	if len(a.packs()) != 2 || a.catalog().units[a.catalog().byID[id]].Name != "Ba" {
		t.Errorf("after a start: %d reorganisations", len(a.packs()))
	}
	if got := must(a.TakeIn(ctx, files, nil))(t); got.Applied != 1 || len(a.packs()) != 3 {
		t.Errorf("taken again: %+v", got)
	}
	if must(a.Activity(ctx, act.ID))(t).Heads.Total != 7 {
		t.Error("the activity changed")
	}
}

func containsAll(list, want []string) bool {
	return !slices.ContainsFunc(want, func(x string) bool { return !slices.Contains(list, x) })
}

// TestAReorganisationIsTakenWholeOrNot, from the right hand or not.
func TestAReorganisationIsTakenWholeOrNot(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23500")
	reached(t, a, "Tập huấn", 7, unitOf(t, a, "23284").ID)
	w.publish("Nghị quyết 1", "2026-04-01", commune(t, w.province, "23999", "Hợp Nhất", unitOf(t, a, "23500").ID, unitOf(t, a, "23284").ID))
	p := w.province.packs()[0]
	before := must(a.db.Digest(ctx))(t)
	for i, raw := range [][]byte{p.raw[:len(p.raw)/2], slices.Replace(slices.Clone(p.raw), len(p.raw)/3, len(p.raw)/3+1, p.raw[len(p.raw)/3]^1)} {
		file := filepath.Join(w.bag(), p.name)
		if err := os.WriteFile(file, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		got := must(a.TakeIn(ctx, []string{file}, nil))(t)
		if got.Refused != 1 || must(a.db.Digest(ctx))(t) != before || len(a.packs()) != 0 {
			t.Errorf("%d: %+v", i, got)
		}
	}
	// The file is here and the register is not in step: cut in between.
	fact := must(json.Marshal([]packFact{{p.Version, shaOf(p.raw), publicOf(w.province.peers.authority.Registrar)}}))(t)
	if err := errors.Join(datadir.MakeFolder(a.dir.Units()), os.WriteFile(a.packPath(1), p.raw, 0o600), a.db.SetMeta(ctx, metaUnits, string(fact))); err != nil {
		t.Fatal(err)
	}
	folder := a.dir.Path()
	closeApp(t, a)
	a = open(t, folder, w.options())
	if got := must(a.Unit(ctx, unitOf(t, a, "23284").ID))(t); got.Valid.To != "2026-03-31" {
		t.Errorf("after the start: %+v", got)
	}
}

// TestReorganisationsThatDoNotGoTogether are refused with a sentence, and nothing is said.
func TestReorganisationsThatDoNotGoTogether(t *testing.T) {
	w := newLandscape(t)
	x, y := unitOf(t, w.province, "23500"), unitOf(t, w.province, "23284")
	news := func(change func(*record.UnitChange)) record.UnitChange {
		c := commune(t, w.province, "23999", "Mới", x.ID)
		change(&c)
		return c
	}
	ended := x
	ended.Valid.To = "2026-03-31"
	above := unitOf(t, w.province, "51")
	above.ParentID = x.ID
	tests := map[string][]record.UnitChange{
		"nothing":                 nil,
		"ends with nothing":       {{Unit: ended}},
		"closes into another":     {{Unit: x, Closed: true}, news(func(*record.UnitChange) {})},
		"a code twice":            {news(func(c *record.UnitChange) { c.Unit.Code = "23284" })},
		"a code that is none":     {news(func(c *record.UnitChange) { c.Unit.Code = "xã mới" })},
		"another code":            {{Unit: record.Unit{ID: x.ID, Code: "23998"}}},
		"begins another day":      {news(func(c *record.UnitChange) { c.Unit.Valid.From = "2026-05-01" })},
		"without a name":          {news(func(c *record.UnitChange) { c.Unit.Name = " " })},
		"a parent nobody knows":   {news(func(c *record.UnitChange) { c.Unit.ParentID = record.CatalogID("không", "có") })},
		"from what is not":        {news(func(c *record.UnitChange) { c.Unit.Predecessors = []record.ID{record.CatalogID("không", "có")} })},
		"a ring":                  {{Unit: above}},
		"twice":                   {{Unit: y}, {Unit: y}},
		"machines to a stranger":  {news(func(*record.UnitChange) {}), {Unit: x, Machines: "23284"}},
		"under what ends":         {news(func(*record.UnitChange) {}), {Unit: record.Unit{ID: y.ID, ParentID: x.ID}}},
		"a successor that is not": {{Unit: func() record.Unit { u := x; u.Successors = []record.ID{record.CatalogID("không", "có")}; return u }()}},
	}
	roster := w.province.peers.known.Roster.Version
	for name, changes := range tests {
		_, err := w.province.PublishUnits(ctx, "Nghị quyết", "2026-04-01", changes, "")
		var r *record.Refusal
		if !errors.As(err, &r) || !strings.HasSuffix(r.Words.VI, ".") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(w.province.packs()) != 0 || w.province.peers.known.Roster.Version != roster {
		t.Error("something was published")
	}
	if _, err := w.enrolled("23500").PublishUnits(ctx, "Nghị quyết", "2026-04-01", []record.UnitChange{news(func(*record.UnitChange) {})}, ""); err == nil {
		t.Error("an office published a reorganisation")
	}
}

// TestAMachineOfASplitUnit stays where the province says, and a new PC of its register
// stands beside it.
func TestAMachineOfASplitUnit(t *testing.T) {
	w := newLandscape(t)
	a := w.enrolled("23500")
	x := unitOf(t, a, "23500")
	w.publish("Chia", "2026-03-21", commune(t, w.province, "23998", "Đông", x.ID), commune(t, w.province, "23999", "Tây", x.ID), record.UnitChange{Unit: x, Machines: "23999"})
	w.now = w.now.AddDate(0, 0, 5)
	w.handOver(a)
	if d, _ := w.province.peers.known.Device(a.keys.ID()); d.Unit != "23999" || homeOf(d) != "23500" {
		t.Errorf("the machine: %+v", d)
	}
	if end := must(a.UnitEnd(ctx))(t); end.Into != "xã Tây, xã Đông" || len(end.Heirs) != 1 || end.Heirs[0].Code != "23999" {
		t.Errorf("offered: %+v", end)
	}
	if _, err := a.MoveOffice(ctx, unitOf(t, a, "23998").ID); err == nil {
		t.Error("moved away from its machine")
	}
	must(a.MoveOffice(ctx, unitOf(t, a, "23999").ID))(t)
	s := Starter{Folder: filepath.Join(t.TempDir(), "so"), Options: w.options()}
	bag := w.bag()
	asked := must(s.JoinAsk(ctx, w.setup(s, "2025-commune", "23500"), bag))(t)
	must(a.AddMachine(ctx, asked.Path, asked.Fingerprint, bag))(t)
	b := must(s.Join(ctx, []string{bag}, a.Fingerprint()))(t)
	t.Cleanup(func() { closeApp(t, b) })
	w.enrol(b)
	if d, _ := w.province.peers.known.Device(b.keys.ID()); d.Unit != "23999" || homeOf(d) != "23500" {
		t.Errorf("the new machine: %+v", d)
	}
	act := reached(t, a, "Máy một", 3)
	exchange(w, a, b)
	act.Title = "Máy hai"
	must(b.SaveActivity(ctx, act))(t)
	exchange(w, a, b)
	w.handOver(a)
	w.handOver(b)
	accepted(t, a)
	accepted(t, b)
	w.adds(a)
	if got := must(w.province.Activity(ctx, act.ID))(t); got.Title != "Máy hai" {
		t.Errorf("at the province: %+v", got)
	}
	if n := len(must(w.province.Denied(ctx))(t)); n != 0 {
		t.Errorf("%d denied", n)
	}
}

// TestThirtyReorganisations are drawn, three for each decision, with files on their way in
// any order: nothing moves, vanishes or counts twice.
func TestThirtyReorganisations(t *testing.T) {
	w := newLandscape(t)
	r := rand.New(rand.NewPCG(30, 6))
	offices := []*App{w.enrolled("23500"), w.enrolled("23284"), w.enrolled("23293")}
	var bags []string // on their way to the province, and those to the offices
	var back []string
	for round := range 10 {
		on := record.DateOf(w.now).AddDays(1)
		w.now = w.now.AddDate(0, 0, 1+r.IntN(3))
		back = append(back, w.publish(fmt.Sprintf("Lần %d", round), on, w.draw(r, round)...))
		for _, o := range offices {
			if r.IntN(2) == 0 {
				reached(t, o, fmt.Sprintf("Buổi %d", round), 1+r.Int64N(9), w.standing(r, o))
			}
			if r.IntN(3) == 0 {
				bags = append(bags, w.bag())
				must(o.HandOver(ctx, bags[len(bags)-1], record.HandOverOptions{}))(t)
			}
			if len(back) > 0 && r.IntN(3) == 0 {
				w.takeIn(o, back[r.IntN(len(back))])
			}
			if heirs := must(o.Heirs(ctx))(t); len(heirs) > 0 && r.IntN(2) == 0 {
				o.MoveOffice(ctx, heirs[r.IntN(len(heirs))].ID) // refused where its machine stands elsewhere
			}
		}
		if len(bags) > 0 && r.IntN(2) == 0 {
			w.takeIn(w.province, bags[r.IntN(len(bags))])
		}
		if r.IntN(6) == 0 {
			back = append(back, w.bag())
			must(w.province.HandOver(ctx, back[len(back)-1], record.HandOverOptions{}))(t)
		}
	}
	r.Shuffle(len(bags), func(i, k int) { bags[i], bags[k] = bags[k], bags[i] })
	for _, bag := range bags {
		w.takeIn(w.province, bag)
	}
	for range 2 {
		for _, o := range offices {
			w.handOver(o)
		}
	}
	for _, o := range offices {
		for heirs := must(o.Heirs(ctx))(t); len(heirs) > 0; heirs = nil {
			for _, h := range heirs {
				o.MoveOffice(ctx, h.ID)
			}
		}
		w.handOver(o)
		w.handOver(o)
		accepted(t, o)
		if got, want := fmt.Sprint(packVersions(o)), fmt.Sprint(packVersions(w.province)); got != want {
			t.Errorf("an office knows the reorganisations %v of %v", got, want)
		}
		for _, u := range must(o.db.Units(ctx))(t) {
			if there := must(w.province.Unit(ctx, u.ID))(t); there.Valid != u.Valid || there.Name != u.Name || there.ParentID != u.ParentID {
				t.Errorf("unit %+v is at the province %+v", u, there)
			}
		}
	}
	w.adds(offices...)
}

func packVersions(a *App) []int64 {
	var out []int64
	for _, p := range a.packs() {
		out = append(out, p.Version)
	}
	return out
}

// draw draws three mergers, splits, changes of name or moves of communes that stand.
func (w *landscape) draw(r *rand.Rand, round int) []record.UnitChange {
	w.t.Helper()
	used := map[record.ID]bool{}
	one := func() record.ID {
		for {
			if id := w.standing(r, w.province); !used[id] {
				used[id] = true
				return id
			}
		}
	}
	var out []record.UnitChange
	news := func(of ...record.ID) {
		n := len(out)
		out = append(out, commune(w.t, w.province, fmt.Sprint(40000+10*round+n), fmt.Sprintf("Mới %d.%d", round, n), of...))
	}
	for range 3 {
		switch first := one(); r.IntN(4) {
		case 0:
			news(first, one())
		case 1:
			news(first)
			news(first)
		case 2:
			out = append(out, record.UnitChange{Unit: record.Unit{ID: first, Name: fmt.Sprintf("Tên %d", round)}})
		default:
			u, _ := w.province.catalog().unit(first)
			other := unitOf(w.t, w.province, "48").ID
			if u.ParentID == other {
				other = unitOf(w.t, w.province, "51").ID
			}
			out = append(out, record.UnitChange{Unit: record.Unit{ID: first, ParentID: other}})
		}
	}
	return out
}

// standing draws a commune that stands by the newest map at hand, the offices' own ones and
// a few others.
func (w *landscape) standing(r *rand.Rand, a *App) record.ID {
	var list []record.ID
	for _, code := range []string{"23500", "23284", "23293", "23401", "23416", "23419", "23425", "23428", "23430"} {
		u, ok := a.catalog().byCode(code, "2026-03-20")
		if !ok {
			w.t.Fatalf("no unit %s", code)
		}
		for _, heir := range append(a.heirsOf(u), u) {
			if heir.Valid.To == "" {
				list = append(list, heir.ID)
			}
		}
	}
	return list[r.IntN(len(list))]
}
