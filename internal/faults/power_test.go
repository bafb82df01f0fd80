package faults

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"sophobien/internal/recordtest"
	"sophobien/internal/store"
)

func strace(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("strace")
	if err != nil {
		t.Fatal("strace is not installed: this test needs it (make test installs it)")
	}
	return path
}

// recordChild runs a child under strace and gives what it did to its folder.
func recordChild(t *testing.T, sync string, times int) (*Trace, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "office")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	c := child(t, "power", dir, envSync+"="+sync, envTimes+"="+fmt.Sprint(times))
	out := filepath.Join(t.TempDir(), "trace")
	cmd := exec.Command(strace(t), append([]string{"-f", "-y", "-xx", "-s", "1000000", "-o", out, "-e", "trace=" + Calls}, c.Args...)...)
	cmd.Env = c.Env
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the child under strace: %v\n%s", err, said)
	}
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	trace, err := ReadTrace(f, dir)
	if err != nil {
		t.Fatal(err)
	}
	return trace, dir
}

// outcome counts what replays showed.
type outcome struct {
	states, looked int // tried, and of those different from any before
	lost, corrupt  int
	acked          int
	first          string // description of the first thing wrong
}

// found is what a folder after a cut turned out to hold.
type found struct {
	have map[string]bool
	err  error
}

// replayAll tries states of a trace: cuts spread evenly, each fate in turn.
// Equal folders, of which a cut leaves many, are looked at once.
func replayAll(t *testing.T, trace *Trace, dir string, states int) outcome {
	t.Helper()
	var mu sync.Mutex
	var wg sync.WaitGroup
	o, known := outcome{}, map[[32]byte]found{}
	const workers = 2
	for w := range workers {
		scratch := t.TempDir()
		wg.Go(func() {
			random := rand.New(rand.NewPCG(16, uint64(w)))
			for i := w; i < states; i += workers {
				n, fate := 1+i*len(trace.Ops)/states, Fate(i/workers%int(Fates))
				files, said := trace.Replay(min(n, len(trace.Ops)), fate, random)
				sum := sumOf(files)
				mu.Lock()
				f, ok := known[sum]
				mu.Unlock()
				if !ok {
					f.have, f.err = look(files, dir, scratch, i%16 < workers)
				}
				mu.Lock()
				known[sum] = f
				o.add(f, acknowledged(said), fmt.Sprintf("after %d operations, fate %d", n, fate))
				o.looked = len(known)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return o
}

func (o *outcome) add(f found, acked []string, where string) {
	o.states++
	o.acked += len(acked)
	lost := 0
	for _, batch := range acked {
		if !f.have[batch] {
			lost++
		}
	}
	if f.err != nil {
		o.corrupt++
	} else if lost > 0 {
		o.lost++
	}
	if (f.err != nil || lost > 0) && o.first == "" {
		o.first = fmt.Sprintf("%s: %d of %d acknowledged commits lost, %v", where, lost, len(acked), f.err)
	}
}

func sumOf(files map[string][]byte) [32]byte {
	h := sha256.New()
	for _, path := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%s %d\n", path, len(files[path]))
		h.Write(files[path])
	}
	return [32]byte(h.Sum(nil))
}

// look lays the files out, opens the register as the program would, proves it
// and gives the commits it holds.
func look(files map[string][]byte, dir, scratch string, rebuild bool) (map[string]bool, error) {
	if files[database(dir)] == nil {
		return nil, nil // not created yet: nothing may have been acknowledged
	}
	if err := os.RemoveAll(scratch); err != nil {
		return nil, err
	}
	if err := os.Mkdir(scratch, 0o700); err != nil {
		return nil, err
	}
	for path, content := range files {
		if filepath.Dir(path) != dir {
			return nil, fmt.Errorf("a file elsewhere: %s", path)
		}
		if err := os.WriteFile(filepath.Join(scratch, filepath.Base(path)), content, 0o600); err != nil {
			return nil, err
		}
	}
	db, err := store.Open(ctx, database(scratch), store.Options{Key: key, Synchronous: "OFF"})
	if err != nil {
		return nil, fmt.Errorf("does not open: %w", err)
	}
	defer db.Close()
	rep, err := db.Verify(ctx, rebuild, scratch, nil)
	if err != nil || !rep.OK {
		return nil, fmt.Errorf("not whole: %v %w", rep.Faults, err)
	}
	return batches(db)
}

// TestPowerCut: with synchronous=FULL no state after a power cut is corrupt and
// none has lost what was acknowledged.
func TestPowerCut(t *testing.T) {
	trace, dir := recordChild(t, "FULL", 40)
	o := replayAll(t, trace, dir, recordtest.Count(t, 3000, 5000))
	t.Logf("%d operations, %d states (%d different): %d corrupt, %d with acknowledged commits lost", len(trace.Ops), o.states, o.looked, o.corrupt, o.lost)
	if o.corrupt != 0 || o.lost != 0 {
		t.Errorf("first: %s", o.first)
	}
	if o.acked < o.states {
		t.Errorf("%d acknowledgements seen in %d states", o.acked, o.states)
	}
}

// TestPowerCutCanary: the same with synchronous=NORMAL must lose acknowledged
// commits. If it does not, the test above proves nothing.
func TestPowerCutCanary(t *testing.T) {
	trace, dir := recordChild(t, "NORMAL", 40)
	o := replayAll(t, trace, dir, recordtest.Count(t, 300, 5000))
	t.Logf("%d states: %d corrupt, %d with acknowledged commits lost", o.states, o.corrupt, o.lost)
	if o.lost == 0 {
		t.Error("NORMAL lost nothing: the replay is too kind")
	}
	if o.corrupt != 0 {
		t.Errorf("NORMAL should lose, not corrupt: %s", o.first)
	}
}
