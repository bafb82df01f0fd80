package faults

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/internal/recordtest"
	"sophobien/internal/store"
)

// envBag is the folder that a child of the exchange writes to or reads from.
const envBag = "SOPHOBIEN_FAULTS_BAG"

func init() {
	works["handover"], works["takein"], works["receipts"] = handsOver, takesIn, givesReceipts
}

// atWork opens the office of a child and lets it do one thing again and again.
func atWork(dir string, do func(a *app.App, n int) error) error {
	a, err := app.Open(dir, app.Options{Version: "test", Now: func() time.Time { return today.Add(time.Hour) }})
	if err != nil {
		return err
	}
	say("ready")
	for n := 0; err == nil; n++ {
		err = do(a, n)
	}
	return err
}

func handsOver(dir string) error {
	return atWork(dir, func(a *app.App, n int) error {
		stop := a.Subscribe(func(ch record.Change) {
			if ch.Batch != "" {
				say("saved %s", ch.Batch)
			}
		})
		defer stop()
		act := record.Activity{Kind: "training", Title: fmt.Sprint("Buổi ", n), Status: "held", When: record.Occasion{Date: "2026-03-05"}}
		if _, err := a.SaveActivity(ctx, act); err != nil {
			return err
		}
		made, err := a.HandOver(ctx, os.Getenv(envBag), record.HandOverOptions{})
		for _, f := range made.Written {
			if err == nil {
				say("file %s", f.Places[0])
			}
		}
		return err
	})
}

func takesIn(dir string) error {
	return atWork(dir, func(a *app.App, _ int) error {
		got, err := a.TakeIn(ctx, []string{os.Getenv(envBag)}, nil)
		for _, f := range got.Files {
			if f.State == record.TakenRefused {
				return fmt.Errorf("refused: %+v", f)
			}
			say("taken %s", f.File)
		}
		return err
	})
}

func givesReceipts(dir string) error {
	return atWork(dir, func(a *app.App, n int) error {
		made, err := a.HandOver(ctx, filepath.Join(os.Getenv(envBag), fmt.Sprint(os.Getpid(), " ", n)), record.HandOverOptions{})
		for _, f := range made.Written {
			if err == nil {
				say("file %s", f.Places[0])
			}
		}
		return err
	})
}

// TestKillDuringExchange kills an office that hands over, and a province that takes in and
// that writes receipts. What was acknowledged is there, a file with a final name is whole,
// and in the end both have the same.
func TestKillDuringExchange(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 15, 2)
	p := w.pcs[2]
	there, back := w.newBag(), w.newBag()
	w.province.close()
	p.close()
	random := rand.New(rand.NewPCG(15, 6))
	total := map[string]int{}
	for round := range recordtest.Count(t, 12, 1000) {
		at, work, bag := p, "handover", there
		switch round % 3 {
		case 1:
			at, work = w.province, "takein"
		case 2:
			at, work, bag = w.province, "receipts", back
		}
		said := kill(t, random, 400*time.Millisecond, child(t, work, at.folder, envBag+"="+bag))
		db := at.register()
		if rep, err := db.Verify(ctx, true, t.TempDir(), nil); err != nil || !rep.OK {
			t.Fatalf("killed while %s: %v %v", work, rep.Faults, err)
		}
		wantSaid(t, db, said, total)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		wantWholeBag(t, at.folder, bag)
	}
	w.province.open()
	p.open()
	must(p.office.HandOver(ctx, there, record.HandOverOptions{}))(t)
	must(w.province.office.TakeIn(ctx, []string{there}, nil))(t)
	must(w.province.office.HandOver(ctx, back, record.HandOverOptions{}))(t)
	must(p.office.TakeIn(ctx, []string{back}, nil))(t)
	if x := must(p.office.Exchange(ctx))(t); x.Unaccepted != 0 || x.Unsent != 0 || x.Alarm.VI != "" {
		t.Errorf("in the end: %+v", x)
	}
	w.province.close()
	p.close()
	mine, theirs := p.register(), w.province.register()
	defer mine.Close()
	defer theirs.Close()
	if must(mine.OpenDigest(ctx, ""))(t) != must(theirs.OpenDigest(ctx, p.unit))(t) {
		t.Error("the province has another register")
	}
	t.Logf("%v acknowledged, nothing lost", total)
	if total["saved"] == 0 || total["file"] == 0 || total["taken"] == 0 {
		t.Error("the kills left nothing to look at")
	}
}

// TestKillAtCalls kills an office that saves, hands over and takes in just before its k-th
// write, sync or renaming: no moment between two of them is missed by chance.
func TestKillAtCalls(t *testing.T) {
	t.Parallel()
	w, p, sound, back := readyToExchange(t, 15)
	n, total := 0, map[string]int{}
	for _, f := range []struct {
		call       string
		most, step int
	}{{"write", 16, 1}, {"pwrite64", 24, 6}, {"fsync", 8, 2}, {"renameat", 6, 1}} {
		step := max(1, f.step*30/recordtest.Count(t, 30, 1000))
		for at := 1; at <= f.most; at += step {
			n++
			bag := w.again(p, sound, back)
			c := child(t, "exchange", p.folder, envBag+"="+bag)
			cmd := exec.Command(strace(t), append([]string{
				"-f", "-o", os.DevNull, "-e", fmt.Sprintf("inject=%s:signal=SIGKILL:when=%d", f.call, at),
			}, c.Args...)...)
			cmd.Env = c.Env
			said, err := cmd.Output()
			if err == nil {
				total["ran through"]++
			}
			db := p.register()
			if rep, err := db.Verify(ctx, false, "", nil); err != nil || !rep.OK {
				t.Errorf("killed at %s %d: %v %v", f.call, at, rep.Faults, err)
			}
			wantSaid(t, db, acknowledged(said), total)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			wantWholeBag(t, p.folder, bag)
			wantWholeBag(t, p.folder, filepath.Join(p.folder, "outbox"))
			p.open()
			if got := must(p.office.TakeIn(ctx, []string{filepath.Join(bag, "back")}, nil))(t); got.Refused != 0 {
				t.Errorf("killed at %s %d: afterwards %+v", f.call, at, got)
			}
			p.close()
			if err := wantNoParts(p.folder); err != nil {
				t.Errorf("killed at %s %d: %v", f.call, at, err)
			}
		}
	}
	t.Logf("killed %d times, %v", n, total)
	if total["ran through"] > n*3/4 || // strace counts the calls of each thread
		total["saved"] == 0 || total["file"] == 0 {
		t.Error("the kills left little to look at")
	}
}

// wantSaid wants what a child acknowledged in its register.
func wantSaid(t *testing.T, db *store.DB, said []string, total map[string]int) {
	t.Helper()
	log := held(t, db)
	taken := map[string]bool{}
	for _, x := range must(db.TakenList(ctx, ""))(t) {
		taken[x.Name] = true
	}
	for _, line := range said {
		what, name, _ := strings.Cut(line, " ")
		total[what]++
		ok := false
		switch what {
		case "saved":
			ok = log[name]
		case "taken":
			ok = taken[name] || strings.HasPrefix(name, "SPB_enrol")
		case "file":
			_, err := os.Stat(name)
			ok = err == nil
		}
		if !ok {
			t.Errorf("acknowledged and lost: %s", line)
		}
	}
}

// wantWholeBag wants every file with a final name whole.
func wantWholeBag(t *testing.T, folder, bag string) {
	t.Helper()
	err := filepath.WalkDir(bag, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || !strings.HasPrefix(e.Name(), "SPB_") {
			return err
		}
		if _, err := app.VerifyFile(folder, "", path); err != nil {
			t.Errorf("%s has its final name and is not whole: %v", e.Name(), err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
