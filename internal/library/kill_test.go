package library

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"sophobien/internal/datadir"
	"sophobien/internal/pack"
	"sophobien/internal/recordtest"
	"sophobien/internal/trust"
)

// The child takes in the pack this variable names, and is killed meanwhile.
const (
	killFolder = "SOPHOBIEN_TEST_LIBRARY"
	killPack   = "SOPHOBIEN_TEST_PACK"
	killRoot   = "SOPHOBIEN_TEST_ROOT"
)

func TestMain(m *testing.M) {
	if os.Getenv(killFolder) != "" {
		if err := installAsChild(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func installAsChild() error {
	dir, err := datadir.Open(os.Getenv(killFolder))
	if err != nil {
		return err
	}
	l, err := Open(ctx, dir)
	if err != nil {
		return err
	}
	file, err := os.Open(os.Getenv(killPack))
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	text, err := os.ReadFile(os.Getenv(killRoot))
	if err != nil {
		return err
	}
	signed, err := trust.DecodeSigned(text)
	if err != nil {
		return err
	}
	root, err := trust.FirstRoot(signed)
	if err != nil {
		return err
	}
	channels, err := l.Channels(ctx)
	if err != nil {
		return err
	}
	f, err := pack.Open(file, info.Size(), pack.State{Known: trust.Known{Chain: []trust.Signed{signed}, Root: root}, Channels: channels,
		Units: []string{"51"}, App: "1.2", Now: now, Blob: l.Blob})
	if err != nil {
		return err
	}
	fmt.Println("begins")
	if err := l.Install(ctx, f, now, nil); err != nil {
		return err
	}
	return l.Close()
}

// Killed at any moment of an install, the library is the old one or the new one, whole;
// what was begun can be finished.
func TestKilledInstall(t *testing.T) {
	folder := t.TempDir()
	p := newProvince(t)
	root, err := p.chain[0].Encode()
	if err != nil {
		t.Fatal(err)
	}
	rootPath, packPath := filepath.Join(folder, "root.json"), filepath.Join(folder, "pack")
	if err := os.WriteFile(rootPath, root, 0o600); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	takes := 80 * time.Millisecond // what an install took, as far as is known
	var old, renewed int
	before, version := 0, int64(0)
	for range recordtest.Count(t, 24, 24) {
		if version%8 == 0 { // a library that grows would make the test slow
			version, before = 0, 0
			os.RemoveAll(filepath.Join(folder, "so"))
		}
		version++
		items := p.madeUp(t, int(2*version), 3)
		if err := os.WriteFile(packPath, p.build(t, version, items), 0o600); err != nil {
			t.Fatal(err)
		}
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), killFolder+"="+filepath.Join(folder, "so"), killPack+"="+packPath, killRoot+"="+rootPath)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(out, make([]byte, len("begins\n"))); err != nil {
			t.Fatalf("the child did not begin: %v", err)
		}
		began := time.Now()
		timer := time.AfterFunc(time.Duration(rng.Int64N(int64(takes)*5/4)), func() { child.Process.Kill() })
		if err := child.Wait(); err == nil {
			takes = (takes + time.Since(began)) / 2
		} else {
			takes += takes / 16 // it may be slower than was thought
		}
		timer.Stop()

		l := openLibrary(t, filepath.Join(folder, "so"))
		switch n := len(on(t, l, today).Items()); n {
		case before:
			old++
		case len(items):
			renewed++
		default:
			t.Fatalf("%d items after a kill; %d or %d are right", n, before, len(items))
		}
		p.install(t, l, readFile(t, packPath))
		proof, err := l.Verify(ctx, nil)
		if err != nil || len(proof.Damaged)+len(proof.Missing) > 0 {
			t.Fatalf("%+v, %v", proof, err)
		}
		if hits := find(t, l, heading(int(version)*6-1)); len(hits) == 0 || hits[0].Item != items[len(items)-1].ID {
			t.Fatalf("not found after it was finished: %v", found(hits))
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		before = len(items)
	}
	t.Logf("killed: %d found the old library, %d the new one", old, renewed)
	if old == 0 || renewed == 0 {
		t.Errorf("the kills came at one end only: %d old, %d new", old, renewed)
	}
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
