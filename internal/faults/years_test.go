package faults

import (
	"crypto/ed25519"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/oplog"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/seal"
	"sophobien/internal/store"
	"sophobien/internal/trust"
)

func idOf(key ed25519.PrivateKey) string { return seal.DeviceID(key.Public().(ed25519.PublicKey)) }

// machineOf is the name of a PC that is closed.
func machineOf(t *testing.T, p *pc) string {
	return must(trust.Open(must(datadir.Open(p.folder))(t), ""))(t).ID()
}

func heldActivity(title string) record.Activity {
	return record.Activity{Kind: "training", Title: title, Status: "held", When: record.Occasion{Date: "2026-03-05"}}
}

// TestThreeYearsOffline: an office hears nothing for three years, in which the province
// replaces its keys five times, what opens its files, and machines of others. One visit,
// there and back, and it is where the others are.
func TestThreeYearsOffline(t *testing.T) {
	w := newWorld(t, 26, 2)
	p := w.pcs[2]
	root := func(i int) ed25519.PrivateKey {
		files := must(filepath.Glob(filepath.Join(must(first())(t), fmt.Sprint("root", i), "SPB_goc_*.age")))(t)
		return must(trust.OpenRootKey(must(os.ReadFile(files[0]))(t), "mot hai ba bon nam sau"))(t)
	}
	one, two := root(0), root(1)
	early := w.newBag() // sealed in the first year, to the keys of then
	must(p.office.SaveActivity(ctx, heldActivity("Năm đầu")))(t)
	must(p.office.HandOver(ctx, early, record.HandOverOptions{}))(t)
	for year := range 5 {
		w.now = w.now.AddDate(0, 8, 0)
		must(p.office.SaveActivity(ctx, heldActivity(fmt.Sprint("Lần ", year))))(t)
		w.province.close()
		keys := must(trust.Open(must(datadir.Open(w.province.folder))(t), ""))(t)
		a := must(trust.OpenAuthority(keys))(t)
		role, old := trust.RoleRegistrar, a.Registrar
		if year%2 == 1 {
			role, old = trust.RoleAck, a.Ack
		}
		next, _, err := a.Replace(role, idOf(old), w.now.UTC().Format(time.RFC3339), one, two)
		if err == nil && year == 2 {
			next, err = next.ReplaceWorking()
		}
		if err == nil {
			err = keys.SaveAuthority(next)
		}
		if err != nil {
			t.Fatal(err)
		}
		w.province.open()
		if other := []int{0, 1, 3}; year < len(other) {
			if err := w.province.office.RevokeMachine(ctx, machineOf(t, w.pcs[other[year]])); err != nil {
				t.Fatal(err)
			}
		}
	}
	there, back := w.newBag(), w.newBag()
	must(p.office.HandOver(ctx, there, record.HandOverOptions{}))(t)
	for _, bag := range []string{there, early} {
		if got := must(w.province.office.TakeIn(ctx, []string{bag}, nil))(t); got.Refused != 0 || len(got.Files) == 0 {
			t.Errorf("there: %+v", got)
		}
	}
	must(w.province.office.HandOver(ctx, back, record.HandOverOptions{}))(t)
	got := must(p.office.TakeIn(ctx, []string{back}, nil))(t)
	if got.Refused != 0 {
		t.Errorf("back: %+v", got)
	}
	x, theirs := must(p.office.Exchange(ctx))(t), must(w.province.office.Exchange(ctx))(t)
	if x.Unaccepted != 0 || x.RosterVersion != theirs.RosterVersion || !x.Confirmed || x.Alarm.VI != "" || x.Practice {
		t.Errorf("after one visit: %+v; the province has roster %d; %+v", x, theirs.RosterVersion, got.Files)
	}
	if theirs.RosterVersion < 4 {
		t.Errorf("only %d rosters", theirs.RosterVersion)
	}
	must(p.office.SaveActivity(ctx, heldActivity("Sau đó")))(t)
	for range 2 { // and it seals to the keys of now
		again := w.newBag()
		must(p.office.HandOver(ctx, again, record.HandOverOptions{}))(t)
		if got := must(w.province.office.TakeIn(ctx, []string{again}, nil))(t); got.Refused != 0 {
			t.Errorf("later: %+v", got)
		}
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
