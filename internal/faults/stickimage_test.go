package faults

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// envImage is the file that is mounted as a stick.
const envImage = "SOPHOBIEN_FAULTS_IMAGE"

func init() { works["image"], works["look"] = handsOverToImage, looksAtImage }

// handsOverToImage mounts a stick and hands over to it again and again.
func handsOverToImage(dir string) error {
	if err := mountImage(os.Getenv(envBag)); err != nil {
		return err
	}
	return handsOver(dir)
}

// looksAtImage mounts a stick as it was when it was pulled and names what is on it.
func looksAtImage(dir string) error {
	if err := mountImage(dir); err != nil {
		return err
	}
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || !strings.HasPrefix(e.Name(), "SPB_") {
			return err
		}
		raw, err := os.ReadFile(path)
		say("%s %x", e.Name(), sha256.Sum256(raw))
		return err
	})
}

func mountImage(at string) error {
	out, err := exec.Command("mount", "-o", "loop", os.Getenv(envImage), at).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, out)
	}
	return err
}

// mounting runs a child that may mount without anybody else seeing it.
func mounting(t *testing.T, work, dir string, env ...string) *exec.Cmd {
	t.Helper()
	c := child(t, work, dir, env...)
	cmd := exec.Command("unshare", append([]string{"-m"}, c.Args...)...)
	cmd.Env = c.Env
	return cmd
}

// newImage makes a stick with a file system; false where none may be mounted.
func newImage(t *testing.T) (path string, ok bool) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "usb.img")
	f := must(os.Create(path))(t)
	if err := f.Truncate(24 << 20); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	mkfs := exec.Command("mkfs.ext4", "-q", "-E", "lazy_itable_init=0", path)
	mkfs.Env = append(os.Environ(), "PATH="+os.Getenv("PATH")+":/usr/sbin:/sbin")
	return path, mkfs.Run() == nil && mounting(t, "look", t.TempDir(), envImage+"="+path).Run() == nil
}

// heard collects what a child says while it works.
type heard struct {
	mu   sync.Mutex
	said []byte
}

func (h *heard) listen(r io.Reader) {
	for lines := bufio.NewReader(r); ; {
		line, err := lines.ReadBytes('\n')
		h.mu.Lock()
		h.said = append(h.said, line...)
		h.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (h *heard) acknowledged() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return acknowledged(h.said)
}

// pullImage copies the stick at random moments of one hand-over after the other, as it is when
// it is pulled, and mounts the copies: a file that has its final name is whole, and one that
// was called safe is there. It gives how many files were looked at.
func pullImage(t *testing.T, p *pc, image string, times int) (whole int) {
	t.Helper()
	random := rand.New(rand.NewPCG(19, 2))
	cmd := mounting(t, "image", p.folder, envImage+"="+image, envBag+"="+t.TempDir())
	out := must(cmd.StdoutPipe())(t)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var h heard
	var listening sync.WaitGroup
	listening.Go(func() { h.listen(out) })
	defer func() {
		cmd.Process.Kill()
		listening.Wait()
		cmd.Wait() // it was killed: the error says so
	}()
	for began := time.Now(); len(h.acknowledged()) == 0; time.Sleep(time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("nothing was handed over in a minute")
		}
	}
	pulled := filepath.Join(t.TempDir(), "pulled.img")
	for range times {
		time.Sleep(time.Duration(random.Int64N(int64(60 * time.Millisecond))))
		safe := h.acknowledged()
		signal(t, cmd, "STOP")
		raw := must(os.ReadFile(image))(t)
		if err := os.WriteFile(pulled, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		whole += wantWholeImage(t, p, pulled, safe)
		signal(t, cmd, "CONT")
	}
	return whole
}

func signal(t *testing.T, cmd *exec.Cmd, name string) {
	t.Helper()
	if out, err := exec.Command("kill", "-s", name, fmt.Sprint(cmd.Process.Pid)).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

func wantWholeImage(t *testing.T, p *pc, image string, safe []string) int {
	t.Helper()
	out, err := mounting(t, "look", t.TempDir(), envImage+"="+image).CombinedOutput()
	if err != nil {
		t.Fatalf("the pulled stick cannot be read: %v: %s", err, out)
	}
	there := map[string]bool{}
	for _, line := range acknowledged(out) {
		name, sum, _ := strings.Cut(line, " ")
		there[name] = true
		if raw := must(os.ReadFile(filepath.Join(p.folder, "outbox", name)))(t); fmt.Sprintf("%x", sha256.Sum256(raw)) != sum {
			t.Errorf("%s has its final name and is not whole", name)
		}
	}
	for _, line := range safe {
		if path, ok := strings.CutPrefix(line, "file "); ok && !there[filepath.Base(path)] {
			t.Errorf("%s was called safe and is not there", filepath.Base(path))
		}
	}
	return len(there)
}
