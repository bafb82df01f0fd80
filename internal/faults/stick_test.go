package faults

import (
	"bytes"
	"errors"
	"fmt"
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
)

func init() { works["stick"], works["exchange"] = stick, exchange }

// stick hands over a few times and ends.
func stick(dir string) error {
	done := errors.New("done")
	err := atWork(dir, func(a *app.App, n int) error {
		if n == 3 {
			return errors.Join(done, a.Close())
		}
		if _, err := a.SaveActivity(ctx, heldActivity(fmt.Sprint("Buổi ", n))); err != nil {
			return err
		}
		made, err := a.HandOver(ctx, filepath.Join(os.Getenv(envBag), "usb"), record.HandOverOptions{})
		for _, f := range made.Written {
			if err == nil {
				say("file %s", f.Places[0])
			}
		}
		return err
	})
	if errors.Is(err, done) {
		return nil
	}
	return err
}

// TestStickPulled: a stick is pulled, or its power goes, at any write of a hand-over. A
// file with a final name is whole, and one that was called safe is there.
func TestStickPulled(t *testing.T) {
	w := newWorld(t, 19, 2)
	p := w.pcs[2]
	p.close()
	bag := w.newBag()
	c := child(t, "stick", p.folder, envBag+"="+bag)
	trace := recordChild(t, c, bag)
	random := rand.New(rand.NewPCG(19, 1))
	whole, states := 0, recordtest.Count(t, 400, 10_000)
	replay := trace.Replay(nil)
	for i := range states {
		n := 1 + i*len(trace.Ops)/states
		replay.To(n)
		files, said := replay.Cut(Fate(i%int(Fates)), random)
		for path, have := range files {
			if !strings.HasPrefix(filepath.Base(path), "SPB_") {
				continue
			}
			whole++
			if want := must(os.ReadFile(path))(t); !bytes.Equal(have, want) {
				t.Errorf("after %d of %d operations %s has its final name and %d of %d bytes", n, len(trace.Ops), filepath.Base(path), len(have), len(want))
			}
		}
		for _, line := range acknowledged(said) {
			if path := strings.TrimPrefix(line, "file "); files[path] == nil {
				t.Errorf("after %d operations %s was called safe and is not there", n, filepath.Base(path))
			}
		}
	}
	t.Logf("%d states of %d operations, %d files with final names", states, len(trace.Ops), whole)
	if whole < states/4 {
		t.Errorf("only %d files were seen", whole)
	}
	image, ok := newImage(t)
	if !ok {
		t.Log("no stick may be mounted here: the states above are all")
		return
	}
	pulls := recordtest.Count(t, 40, 1000)
	whole = pullImage(t, p, image, pulls)
	t.Logf("a stick with ext4, pulled %d times, %d files with final names", pulls, whole)
	if whole < pulls {
		t.Errorf("only %d files were seen", whole)
	}
}

// exchange saves, hands over and takes in once, and says in a sentence what went wrong.
func exchange(dir string) error {
	a, err := app.Open(dir, app.Options{Version: "test", Now: func() time.Time { return today.Add(time.Hour) }})
	if err != nil {
		return sentence(err)
	}
	stop := a.Subscribe(func(ch record.Change) {
		if ch.Batch != "" {
			say("saved %s", ch.Batch)
		}
	})
	defer stop()
	_, err = a.SaveActivity(ctx, heldActivity("Buổi"))
	sentence(err)
	made, err := a.HandOver(ctx, filepath.Join(os.Getenv(envBag), "usb"), record.HandOverOptions{})
	sentence(err)
	for _, f := range made.Written {
		say("file %s", f.Places[0])
	}
	_, err = a.TakeIn(ctx, []string{filepath.Join(os.Getenv(envBag), "back")}, nil)
	sentence(err)
	return sentence(a.Close())
}

// readyToExchange is a world in which an office is closed that has work of its own, and files
// from its province to take in.
func readyToExchange(t *testing.T, seed uint64) (w *world, p *pc, sound, back string) {
	w = newWorld(t, seed, 2)
	p = w.pcs[2]
	there := w.newBag()
	must(p.office.SaveActivity(ctx, heldActivity("Trước")))(t)
	must(p.office.HandOver(ctx, there, record.HandOverOptions{}))(t)
	must(w.province.office.TakeIn(ctx, []string{there}, nil))(t)
	back = filepath.Join(w.newBag(), "back")
	must(w.province.office.HandOver(ctx, back, record.HandOverOptions{}))(t)
	p.close()
	return w, p, p.folder, back
}

// again gives an office a copy of its folder as it was, and a bag with the province's files.
func (w *world) again(p *pc, sound, back string) (bag string) {
	w.t.Helper()
	bag = w.newBag()
	p.folder = filepath.Join(w.root, fmt.Sprint("again ", w.carrying))
	if err := errors.Join(copyFolder(sound, p.folder), os.CopyFS(filepath.Join(bag, "back"), os.DirFS(back))); err != nil {
		w.t.Fatal(err)
	}
	return bag
}

// struckRuntime reports whether a failing write was the one with which Go's runtime wakes
// itself up, which is no file's: the program ends as if it were killed.
func struckRuntime(said string) bool {
	return strings.Contains(said, "runtime: netpollBreak write failed")
}

// TestExchangeOnAFailingDisk: the k-th write, sync or renaming fails, in the office's folder
// or on the stick, while it hands over and takes in. A sentence says so, nothing that was
// acknowledged is lost, no file is half, and once the disk is well all of it goes through.
func TestExchangeOnAFailingDisk(t *testing.T) {
	w, p, sound, back := readyToExchange(t, 18)
	shown, n := 0, 0
	for _, f := range []struct {
		call, with string
		most       int
	}{{"pwrite64", "ENOSPC", 40}, {"write", "ENOSPC", 24}, {"fsync", "EIO", 12}, {"fdatasync", "EIO", 12}, {"renameat", "ENOSPC", 8}} {
		step := max(1, f.most*5/recordtest.Count(t, 15, 116))
		for at := 1 + step/2; at <= f.most; at += step {
			n++
			bag := w.again(p, sound, back)
			c := child(t, "exchange", p.folder, envBag+"="+bag)
			args := []string{"-f", "-o", os.DevNull, "-e", fmt.Sprintf("inject=%s:error=%s:when=%d", f.call, f.with, at)}
			for _, path := range []string{"sophobien.db", "sophobien.db-wal"} {
				if f.call == "pwrite64" || f.call == "fdatasync" {
					args = append(args, "-P", filepath.Join(p.folder, path))
				}
			}
			cmd := exec.Command(strace(t), append(args, c.Args...)...)
			cmd.Env = c.Env
			var complaints strings.Builder
			cmd.Stderr = &complaints
			said, err := cmd.Output()
			what := fmt.Sprintf("%s %s at %d", f.call, f.with, at)
			if err != nil && complaints.Len() == 0 {
				t.Errorf("%s: ended without a word: %v", what, err)
			}
			if complaints.Len() > 0 && !struckRuntime(complaints.String()) {
				shown++
				if text := complaints.String(); !strings.HasPrefix(text, "sentence: ") || strings.Contains(text, "sentence: none") || strings.Contains(text, "panic") {
					t.Errorf("%s: %s", what, text)
				}
			}
			db := p.register()
			if rep, err := db.Verify(ctx, true, t.TempDir(), nil); err != nil || !rep.OK {
				t.Errorf("%s: %v %v", what, rep.Faults, err)
			}
			wantSaid(t, db, acknowledged(said), map[string]int{})
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			wantWholeBag(t, p.folder, bag)
			p.open()
			must(p.office.HandOver(ctx, filepath.Join(bag, "usb"), record.HandOverOptions{}))(t)
			if got := must(p.office.TakeIn(ctx, []string{filepath.Join(bag, "back")}, nil))(t); got.Refused != 0 {
				t.Errorf("%s: once the disk is well: %+v", what, got)
			}
			p.close()
		}
	}
	t.Logf("%d faults, %d of them shown", n, shown)
	if shown < n/4 {
		t.Errorf("only %d of %d faults were felt at all", shown, n)
	}
}
