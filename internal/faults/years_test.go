package faults

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sophobien/internal/app"
	"sophobien/internal/datadir"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

// machineOf is the name of a PC that is closed.
func machineOf(t *testing.T, p *pc) string {
	return must(trust.Open(must(datadir.Open(p.folder))(t), ""))(t).ID()
}

func heldActivity(title string) record.Activity {
	return record.Activity{Kind: "training", Title: title, Status: "held", When: record.Occasion{Date: "2026-03-05"}}
}

// TestThreeYearsOffline: an office hears nothing for three years. Meanwhile the province
// replaces its keys five times and what opens its files, machines of others end, its own unit
// is merged, forty packs come out, and its program is upgraded. One visit, with one stick on
// which a file of the first year lies, there and back, and it is where the others are.
func TestThreeYearsOffline(t *testing.T) {
	w := newWorld(t, 26, 2)
	p, stick, library := w.pcs[2], w.newBag(), w.newBag()
	p.restartAs("1.0", older)
	root := func(i int) ed25519.PrivateKey {
		files := must(filepath.Glob(filepath.Join(must(first())(t), fmt.Sprint("root", i), "SPB_goc_*.age")))(t)
		return must(trust.OpenRootKey(must(os.ReadFile(files[0]))(t), "mot hai ba bon nam sau"))(t)
	}
	one, two := root(0), root(1)
	early := must(p.office.SaveQuestion(ctx, record.Question{Received: "2026-03-10", Text: "Năm đầu?"}))(t)
	must(p.office.HandOver(ctx, stick, record.HandOverOptions{}))(t) // sealed to the keys of then
	packed := 0
	var last string
	for year, role := range []trust.Role{trust.RoleRegistrar, trust.RoleAck, trust.RoleContent, trust.RoleRegistrar, trust.RoleAck} {
		w.now = w.now.AddDate(0, 8, 0)
		if year == 2 {
			p.restartAs("2.0", nil)
		}
		act := heldActivity(fmt.Sprint("Lần ", year))
		if p.nouns == nil {
			act.Result = "Chỉ bản mới biết"
		}
		must(p.office.SaveActivity(ctx, act))(t)
		w.replaceKey(role, year == 2, one, two)
		if other := []int{0, 1, 3}; year < len(other) {
			if err := w.province.office.RevokeMachine(ctx, machineOf(t, w.pcs[other[year]])); err != nil {
				t.Fatal(err)
			}
		}
		switch year {
		case 1:
			w.reorganise("Đổi tên", record.UnitChange{Unit: record.Unit{ID: w.unit("2025-commune", "23293").ID, Name: "Tên Mới"}})
		case 3:
			w.reorganise("Sáp nhập", record.UnitChange{Unit: record.Unit{
				Kind: "commune", Type: "xã", Name: "Hợp Nhất", Code: "23999", ParentID: w.unit("2025-province", "51").ID, Predecessors: []record.ID{w.unit("2025-commune", "23284").ID, w.unit("2025-commune", "23500").ID},
			}})
		}
		for range 8 {
			packed++
			last = w.publishPack(library, packed)
		}
	}
	must(p.office.HandOver(ctx, stick, record.HandOverOptions{}))(t)
	if got := must(w.province.office.TakeIn(ctx, []string{stick}, nil))(t); got.Refused != 0 || got.Applied < 2 {
		t.Errorf("there: %+v", got)
	}
	asked := must(w.province.office.Record(ctx, early.Ref()))(t).(record.Question)
	asked.Answer, asked.AnsweredOn, asked.AnsweredBy = "Ba năm sau.", record.DateOf(w.now), "Sở Nội vụ"
	must(w.province.office.SaveQuestion(ctx, asked))(t)
	must(w.province.office.HandOver(ctx, stick, record.HandOverOptions{}))(t)
	raw := must(os.ReadFile(last))(t)
	onStick := filepath.Join(stick, filepath.Base(last))
	if err := os.WriteFile(onStick, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	got := must(p.office.TakeIn(ctx, []string{stick}, nil))(t)
	if got.Refused != 0 {
		t.Errorf("back: %+v", got)
	}
	must(p.office.InstallPack(ctx, onStick, nil))(t)

	x, theirs := must(p.office.Exchange(ctx))(t), must(w.province.office.Exchange(ctx))(t)
	// What it says itself of the merger is one entry more, not handed over yet.
	if x.Unaccepted != 1 || x.Unsent != 1 || x.Waiting != 0 || x.RosterVersion != theirs.RosterVersion || theirs.RosterVersion < 4 || !x.Confirmed || x.Practice {
		t.Errorf("after one visit: %+v; the province has roster %d; %+v", x, theirs.RosterVersion, got.Files)
	}
	if q := must(p.office.Record(ctx, early.Ref()))(t).(record.Question); q.Answer != asked.Answer {
		t.Errorf("the answer has not come: %+v", q)
	}
	if n := len(p.office.Reorganisations()); n != 2 {
		t.Errorf("%d reorganisations", n)
	}
	if end := must(p.office.UnitEnd(ctx))(t); len(end.Heirs) != 1 || end.Heirs[0].Code != "23999" {
		t.Fatalf("its unit was merged: %+v", end)
	} else {
		must(p.office.MoveOffice(ctx, end.Heirs[0].ID))(t)
	}
	w.samePacks(p, int64(packed))
	must(p.office.SaveActivity(ctx, heldActivity("Sau đó")))(t)
	for range 2 { // and it seals to the keys of now, and what was said to it is accepted
		there, back := w.newBag(), w.newBag()
		must(p.office.HandOver(ctx, there, record.HandOverOptions{}))(t)
		if got := must(w.province.office.TakeIn(ctx, []string{there}, nil))(t); got.Refused != 0 {
			t.Errorf("later: %+v", got)
		}
		must(w.province.office.HandOver(ctx, back, record.HandOverOptions{}))(t)
		if got := must(p.office.TakeIn(ctx, []string{back}, nil))(t); got.Refused != 0 {
			t.Errorf("later: %+v", got)
		}
	}
	if x := must(p.office.Exchange(ctx))(t); x.Unaccepted != 0 || x.Alarm.VI != "" {
		t.Errorf("in the end: %+v", x)
	}
	answers := 0
	for _, f := range must(w.province.office.Sent(ctx))(t) {
		if f.Kind == seal.KindAnswers {
			answers++
			if f.State != record.StateAccepted {
				t.Errorf("%s: %s", f.Name, f.State)
			}
		}
	}
	if answers == 0 {
		t.Error("no answers were sent")
	}
	for _, q := range []*pc{p, w.province} {
		q.close()
		db := q.register()
		defer db.Close()
		if rep, err := db.Verify(ctx, true, t.TempDir(), nil); err != nil || !rep.OK {
			t.Errorf("%s: %v %v", q.name, rep.Faults, err)
		}
	}
}

// replaceKey gives the province another key for a role and, if asked, another to open
// what is handed over.
func (w *world) replaceKey(role trust.Role, working bool, roots ...ed25519.PrivateKey) {
	w.province.close()
	keys := must(trust.Open(must(datadir.Open(w.province.folder))(w.t), ""))(w.t)
	a := must(trust.OpenAuthority(keys))(w.t)
	next, _, err := a.Replace(role, a.Root.Roles[role].Keys[0], w.now.UTC().Format(time.RFC3339), roots...)
	if err == nil && working {
		next, err = next.ReplaceWorking()
	}
	if err == nil {
		err = keys.SaveAuthority(next)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	w.province.open()
}

// unit is a unit by its code, as the program ships it.
func (w *world) unit(preset, code string) record.UnitChoice {
	return must(app.Starter{Folder: w.province.folder, Options: w.province.options()}.UnitByCode(preset, code))(w.t)
}

// reorganise publishes a reorganisation from today on.
func (w *world) reorganise(title string, changes ...record.UnitChange) {
	must(w.province.office.PublishUnits(ctx, title, record.DateOf(w.now), changes, ""))(w.t)
}

// publishPack publishes the version of a pack that has so many texts.
func (w *world) publishPack(out string, texts int) (path string) {
	sources := filepath.Join(w.root, "sources")
	list := "number,type,title,issued,from\n"
	for n := 1; n <= texts; n++ {
		list += fmt.Sprintf("%d/2026/QĐ-UBND,Quyết định,Quyết định thử %d,2026-01-01,2026-01-01\n", n, n)
	}
	name := filepath.Join(sources, fmt.Sprintf("%d-2026-qd-ubnd.txt", texts))
	text := fmt.Sprintf("Điều 1. Phạm vi\nQuyết định thử %d.\n", texts)
	if err := errors.Join(os.MkdirAll(sources, 0o700), os.WriteFile(filepath.Join(sources, "items.csv"), []byte(list), 0o600), os.WriteFile(name, []byte(text), 0o600)); err != nil {
		w.t.Fatal(err)
	}
	return must(w.province.office.BuildPack(ctx, app.PackSources{Folder: sources, Out: out, Channel: "luat", Title: fmt.Sprint("Gói ", texts)}))(w.t).Path
}

// samePacks wants a PC to have what the province has published.
func (w *world) samePacks(p *pc, version int64) {
	w.t.Helper()
	list := must(p.office.Packs(ctx))(w.t)
	i := slices.IndexFunc(list, func(c record.PackChannel) bool { return c.Channel == "luat" })
	if i < 0 || list[i].Version != version || list[i].Known != version || list[i].Items != int(version) {
		w.t.Errorf("%s has the packs %+v, not version %d", p.name, list, version)
	}
}

// TestAnEntryOfALaterVersion: an unknown noun, an unknown field and an unknown key are
// taken in, kept to the byte, handed on to the second PC and the province, and change
// nothing that this version shows.
func TestAnEntryOfALaterVersion(t *testing.T) {
	w := newWorld(t, 24, 0, 1)
	p, second := w.pcs[0], w.pcs[1]
	act := must(p.office.SaveActivity(ctx, heldActivity("Buổi")))(t)
	p.close()
	db := p.register()
	keys := must(trust.Open(must(datadir.Open(p.folder))(t), ""))(t)
	device := must(oplog.ParseDevice(keys.ID()))(t)
	head := must(db.StreamHead(ctx, device))(t)
	c := &oplog.Commit{
		Device: device, N: head.N + 1, Prev: head.Hash, Time: head.Time + 1, Officer: act.ID.String(), Schema: oplog.Schema + 1,
		Ops: []oplog.Op{
			{Ref: record.Ref{Noun: "petition", ID: recordtest.ID(24)}, Cells: []oplog.Cell{{Field: "wish", Value: `"ước muốn"`}}},
			{Ref: act.Ref(), Cells: []oplog.Cell{{Field: "colour", Value: `"xanh"`}}},
		},
	}
	if err := c.Seal(keys.Device); err != nil {
		t.Fatal(err)
	}
	c.Raw = []byte(strings.Replace(string(c.Raw), `"ops":`, `"later":{"a":[1,{"b":"]}"}]},"ops":`, 1))
	c.Hash = oplog.HashLine(c.Raw)
	copy(c.Sig[:], ed25519.Sign(keys.Device, c.Hash[:]))
	line := string(c.Line())
	if !strings.Contains(line, `"later"`) {
		t.Fatal("the line holds no unknown key")
	}
	if got := must(db.Receive(ctx, []store.Incoming{{Commit: must(oplog.ParseLine(c.Line()))(t)}}))(t); got.Applied != 1 {
		t.Fatalf("%+v", got)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	p.open()
	bag := w.newBag()
	must(p.office.HandOver(ctx, bag, record.HandOverOptions{}))(t)
	for _, q := range []*pc{w.province, second} {
		if got := must(q.office.TakeIn(ctx, []string{bag}, nil))(t); got.Refused != 0 {
			t.Errorf("%s: %+v", q.name, got)
		}
		if got := must(q.office.Activity(ctx, act.ID))(t); got.Title != "Buổi" {
			t.Errorf("%s shows %+v", q.name, got)
		}
	}
	// The second PC hands it on in a file of its own, to who has it from nobody else.
	relayed := w.newBag()
	must(second.office.SaveActivity(ctx, heldActivity("Ở máy hai")))(t)
	must(second.office.HandOver(ctx, relayed, record.HandOverOptions{SkipCarried: true}))(t)
	must(w.province.office.TakeIn(ctx, []string{relayed}, nil))(t)
	for _, q := range []*pc{w.province, second} {
		q.close()
		db := q.register()
		found := false
		for _, l := range must(db.LogAfter(ctx, 0, 1<<40))(t) {
			found = found || string(l.Commit.Line()) == line
		}
		if !found {
			t.Errorf("%s has not kept the line as it is", q.name)
		}
		if rep, err := db.Verify(ctx, true, t.TempDir(), nil); err != nil || !rep.OK {
			t.Errorf("%s: %v %v", q.name, rep.Faults, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestClocks: whatever the clocks say at either end, nothing is refused, the order is that
// of what was seen, and nothing is called accepted before it is.
func TestClocks(t *testing.T) {
	w := newWorld(t, 22, 2)
	p := w.pcs[2]
	at := func(year int) time.Duration { return time.Date(year, 1, 1, 0, 30, 0, 0, time.UTC).Sub(w.now) }
	clocks := map[string]time.Duration{
		"1980": at(1980), "2001": at(2001), "2090": at(2090), "an hour back": -time.Hour,
		"the night the clocks change": time.Date(2026, 3, 29, 1, 59, 59, 0, time.UTC).Sub(w.now),
		"a leap second":               time.Date(2028, 12, 31, 23, 59, 59, 999_000_000, time.UTC).Sub(w.now),
	}
	act := must(p.office.SaveActivity(ctx, heldActivity("Buổi")))(t)
	n := 0
	for name, skew := range clocks {
		for who, where := range map[string]*pc{"the office": p, "the province": w.province} {
			where.skew = skew
			n++
			act.Title = fmt.Sprint("Lần ", n)
			act = must(p.office.SaveActivity(ctx, act))(t)
			there, back := w.newBag(), w.newBag()
			must(p.office.HandOver(ctx, there, record.HandOverOptions{}))(t)
			if x := must(p.office.Exchange(ctx))(t); x.Unaccepted == 0 {
				t.Errorf("%s at %s: accepted before the receipt", name, who)
			}
			in := must(w.province.office.TakeIn(ctx, []string{there}, nil))(t)
			must(w.province.office.HandOver(ctx, back, record.HandOverOptions{}))(t)
			out := must(p.office.TakeIn(ctx, []string{back}, nil))(t)
			if in.Refused+out.Refused != 0 {
				t.Errorf("%s at %s: refused: %+v %+v", name, who, in.Files, out.Files)
			}
			if x := must(p.office.Exchange(ctx))(t); x.Unaccepted != 0 || x.Unsent != 0 {
				t.Errorf("%s at %s: %+v", name, who, x)
			}
			if got := must(w.province.office.Activity(ctx, act.ID))(t); got.Title != act.Title {
				t.Errorf("%s at %s: the province shows %q, not %q", name, who, got.Title, act.Title)
			}
			where.skew = 0
		}
	}
	p.close()
	db := p.register()
	defer db.Close()
	last := map[oplog.Device]int64{}
	for _, l := range must(db.LogAfter(ctx, 0, 1<<40))(t) {
		if c := l.Commit; c.Time <= last[c.Device] {
			t.Errorf("entry %d of a stream is not later than the one before", c.N)
		}
		last[l.Commit.Device] = l.Commit.Time
	}
}
