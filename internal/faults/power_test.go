package faults

import (
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
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

// recordChild runs a child under strace and gives what it did below a folder.
func recordChild(t *testing.T, c *exec.Cmd, root string) *Trace {
	t.Helper()
	out := filepath.Join(t.TempDir(), "trace")
	cmd := exec.Command(strace(t), append([]string{
		"-f", "-y", "-xx", "-s", "1000000", "-o", out, "-e", "trace=" + Calls, "-e", "inject=" + Unseen + ":error=ENOSYS",
	}, c.Args...)...)
	cmd.Env = c.Env
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the child under strace: %v\n%s", err, said)
	}
	f := must(os.Open(out))(t)
	defer f.Close()
	return must(ReadTrace(f, root))(t)
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
	have map[string]bool // of what a child says to be done
	err  error
}

// replayed is a trace with what was there before and how a folder after a cut is looked at.
type replayed struct {
	trace  *Trace
	dir    string
	before map[string][]byte
	// look opens what is laid out in a folder as the program would and proves it; thorough
	// now and then. said is what the child had said by then.
	look func(folder string, said []string, thorough bool) (map[string]bool, error)
}

// cuts tries states of a trace: cuts spread evenly, each fate in turn. Equal folders, of
// which a cut leaves many, are looked at once.
func (r *replayed) cuts(t *testing.T, states int) outcome {
	t.Helper()
	var mu sync.Mutex
	var wg sync.WaitGroup
	o, known := outcome{}, map[uint64]found{}
	seed := maphash.MakeSeed()
	const workers = 2
	for w := range workers {
		scratch := t.TempDir()
		wg.Go(func() {
			random := rand.New(rand.NewPCG(16, uint64(w)))
			replay := r.trace.Replay(r.before)
			for i := w; i < states; i += workers {
				n, fate := 1+i*len(r.trace.Ops)/states, Fate(i/workers%int(Fates))
				replay.To(n)
				files, text := replay.Cut(fate, random)
				said, sum := acknowledged(text), sumOf(seed, files)
				mu.Lock()
				f, ok := known[sum]
				mu.Unlock()
				if !ok {
					folder := filepath.Join(scratch, fmt.Sprint(i))
					if f.err = layOut(files, r.dir, folder); f.err == nil {
						f.have, f.err = r.look(folder, said, i%32 < workers)
					}
					f.err = errors.Join(f.err, os.RemoveAll(folder))
				}
				mu.Lock()
				known[sum] = f
				o.add(f, said, fmt.Sprintf("after %d operations, fate %d", n, fate))
				o.looked = len(known)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return o
}

func (o *outcome) add(f found, said []string, where string) {
	o.states++
	o.acked += len(said)
	lost := ""
	for _, line := range said {
		if f.err == nil && !f.have[line] {
			lost = line
		}
	}
	if f.err != nil {
		o.corrupt++
	} else if lost != "" {
		o.lost++
	}
	if (f.err != nil || lost != "") && o.first == "" {
		o.first = fmt.Sprintf("%s: lost %q, %v", where, lost, f.err)
	}
}

// want wants nothing lost and nothing corrupt, and something to have been at stake.
func (o outcome) want(t *testing.T, trace *Trace) {
	t.Helper()
	t.Logf("%d operations, %d states (%d different): %d corrupt, %d with acknowledged work lost", len(trace.Ops), o.states, o.looked, o.corrupt, o.lost)
	if o.corrupt != 0 || o.lost != 0 {
		t.Errorf("first: %s", o.first)
	}
	if o.acked < o.states || o.looked < o.states/10 {
		t.Errorf("%d acknowledgements seen in %d states, of which %d differ", o.acked, o.states, o.looked)
	}
}

func sumOf(seed maphash.Seed, files map[string][]byte) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, path := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&h, "%s %d\n", path, len(files[path]))
		h.Write(files[path])
	}
	return h.Sum64()
}

func layOut(files map[string][]byte, dir, folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for path, content := range files {
		rel, err := filepath.Rel(dir, path)
		to := filepath.Join(folder, rel)
		if err == nil {
			err = os.MkdirAll(filepath.Dir(to), 0o700)
		}
		if err == nil {
			err = os.WriteFile(to, content, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// without is the trace of a disk or a program that leaves some operations out.
func (t *Trace) without(leave func(Op) bool) *Trace {
	return &Trace{slices.DeleteFunc(slices.Clone(t.Ops), leave)}
}

// recordRegister is the trace of a child that makes a register and commits to it.
func recordRegister(t *testing.T, sync string, times int) *replayed {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "office")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	c := child(t, "power", dir, envSync+"="+sync, envTimes+"="+fmt.Sprint(times))
	return &replayed{trace: recordChild(t, c, dir), dir: dir, look: lookAtRegister}
}

func lookAtRegister(folder string, _ []string, thorough bool) (map[string]bool, error) {
	if _, err := os.Stat(database(folder)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil // not created yet: nothing may have been acknowledged
	}
	db, err := store.Open(ctx, database(folder), store.Options{Key: key, Synchronous: "OFF"})
	if err != nil {
		return nil, fmt.Errorf("does not open: %w", err)
	}
	defer db.Close()
	return proven(db, folder, thorough)
}

// proven verifies a register and gives the commits it holds.
func proven(db *store.DB, scratch string, rebuild bool) (map[string]bool, error) {
	rep, err := db.Verify(ctx, rebuild, scratch, nil)
	if err != nil || !rep.OK {
		return nil, fmt.Errorf("not whole: %v %w", rep.Faults, err)
	}
	return batches(db)
}

// TestPowerCut: with synchronous=FULL no state of a register that is made and worked in is
// corrupt after a power cut, and none has lost what was acknowledged.
func TestPowerCut(t *testing.T) {
	r := recordRegister(t, "FULL", 40)
	r.cuts(t, recordtest.Count(t, 1000, 5000)).want(t, r.trace)
}

// TestPowerCutCanary: the same with synchronous=NORMAL must lose acknowledged
// commits. If it does not, the test above proves nothing.
func TestPowerCutCanary(t *testing.T) {
	o := recordRegister(t, "NORMAL", 24).cuts(t, recordtest.Count(t, 200, 5000))
	t.Logf("%d states: %d corrupt, %d with acknowledged commits lost", o.states, o.corrupt, o.lost)
	if o.lost == 0 {
		t.Error("NORMAL lost nothing: the replay is too kind")
	}
	if o.corrupt != 0 {
		t.Errorf("NORMAL should lose, not corrupt: %s", o.first)
	}
}
