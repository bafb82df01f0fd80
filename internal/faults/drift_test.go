package faults

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"sophobien/internal/datadir"
	"sophobien/internal/outbox"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/store"
)

// older is what the version before this one knows: one noun, one open and one personal
// field less.
var older = recordtest.Lesser(record.Nouns(), "model", "activity.result", "person.position")

// restartAs closes a PC and opens it with another version of the program.
func (p *pc) restartAs(version string, nouns []*record.Description) {
	p.w.t.Helper()
	p.close()
	p.version, p.nouns = version, nouns
	p.open()
}

// TestWhatWaitsForALaterVersion: a whole file of a kind or with a feature this version
// does not know waits. The first start of another version tries it again, later starts
// do not; what is still not understood waits on, and is told in the receipt.
func TestWhatWaitsForALaterVersion(t *testing.T) {
	w := newWorld(t, 31, 2)
	p, bag := w.pcs[2], w.newBag()
	act := must(p.office.SaveActivity(ctx, heldActivity("Buổi")))(t)
	must(p.office.HandOver(ctx, bag, record.HandOverOptions{}))(t)
	files := must(filepath.Glob(filepath.Join(bag, "*", "SPB_23284_*.sopb.zip")))(t)
	files = append(files, must(filepath.Glob(filepath.Join(bag, "SPB_23284_*.sopb.zip")))(t)...)
	if len(files) == 0 {
		t.Fatalf("no file in %s", bag)
	}
	good := must(os.ReadFile(files[0]))(t)
	c := newCrafter(t, p, good)
	later := w.newBag()
	for name, raw := range map[string][]byte{"kind": c.saying("kind", "petition"), "feature": c.saying("critical", []string{"sopb-x"})} {
		if err := os.WriteFile(filepath.Join(later, "SPB_"+name+".sopb.zip"), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := must(w.province.office.TakeIn(ctx, []string{later}, nil))(t)
	for _, f := range got.Files {
		if f.State != record.TakenParked || f.Code != "critical" {
			t.Errorf("%s: %s %s", f.File, f.State, f.Code)
		}
	}
	if len(got.Files) != 2 {
		t.Errorf("%d files", len(got.Files))
	}
	w.province.restartAs("1.1", nil)
	w.province.close() // the good file waits as if 1.1 had not known its kind
	shelf := outbox.Shelf{Folder: must(datadir.Open(w.province.folder))(t).Parked(), Files: 9, Bytes: 1 << 30}
	must(shelf.Put(filepath.Base(files[0]), good))(t)
	sum := sha256.Sum256(good)
	sha := hex.EncodeToString(sum[:])
	db := w.province.register()
	if err := db.AddTaken(ctx, store.Taken{SHA256: sha, Name: filepath.Base(files[0]), Unit: p.unit, State: record.TakenParked, Reason: "critical"}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	w.province.open()
	if _, err := w.province.office.Activity(ctx, act.ID); err == nil {
		t.Error("the version that could not read it has tried again")
	}
	w.province.restartAs("1.2", nil)
	if have, err := w.province.office.Activity(ctx, act.ID); err != nil || have.Title != act.Title {
		t.Errorf("after the upgrade: %+v, %v", have, err)
	}
	if left := must(shelf.List())(t); len(left) != 2 {
		t.Errorf("%d files still wait, two are still not understood", len(left))
	}
	w.province.close()
	db = w.province.register()
	defer db.Close()
	if x, ok, err := db.TakenBySHA(ctx, sha); err != nil || !ok || x.State != record.TakenApplied {
		t.Errorf("%+v, %v", x, err)
	}
}

// TestVersionsCountAlike: that a province of one version counts other fields than an
// office of another is no alarm, in either direction.
func TestVersionsCountAlike(t *testing.T) {
	w := newWorld(t, 32, 2)
	p := w.pcs[2]
	visit := func() record.Exchange {
		there, back := w.newBag(), w.newBag()
		must(p.office.HandOver(ctx, there, record.HandOverOptions{}))(t)
		must(w.province.office.TakeIn(ctx, []string{there}, nil))(t)
		must(w.province.office.HandOver(ctx, back, record.HandOverOptions{}))(t)
		must(p.office.TakeIn(ctx, []string{back}, nil))(t)
		return must(p.office.Exchange(ctx))(t)
	}
	said := func(title string) {
		act := heldActivity(title)
		act.Result = "kết quả " + title
		must(p.office.SaveActivity(ctx, act))(t)
	}
	said("một")
	w.province.restartAs("1.0", older)
	if x := visit(); x.Alarm.EN != "" || x.Unaccepted != 0 {
		t.Errorf("an older province: %+v", x)
	}
	for _, versions := range [][2][]*record.Description{{older, nil}, {nil, older}, {nil, nil}} {
		p.restartAs("1", versions[0])
		w.province.restartAs("1", versions[1])
		must(p.office.SaveActivity(ctx, heldActivity("nữa")))(t)
		if x := visit(); x.Alarm.EN != "" || x.Unaccepted != 0 {
			t.Errorf("%+v", x)
		}
	}
	results := 0
	for _, line := range must(w.province.office.Activities(ctx, record.ActivityFilter{Limit: 50}))(t).Lines {
		if must(w.province.office.Activity(ctx, line.ID))(t).Result != "" {
			results++
		}
	}
	if results != 1 {
		t.Errorf("the province shows %d results after its upgrade", results)
	}
}
