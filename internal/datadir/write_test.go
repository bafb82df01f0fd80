package datadir

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// version is the content of the nth writing; a part of one, or a mixture of two,
// is no version.
func version(n int) []byte {
	return bytes.Repeat(fmt.Appendf(nil, "%08d\n", n), 4000+n%7*500)
}

func isVersion(data []byte) bool {
	var n int
	if _, err := fmt.Sscanf(string(data[:min(len(data), 9)]), "%d\n", &n); err != nil {
		return false
	}
	return bytes.Equal(data, version(n))
}

// child starts the test binary in a role and waits until it says it is ready.
func child(t *testing.T, role, path string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), roleVariable+"="+role, "DATADIR_TEST_PATH="+path)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		t.Fatalf("child said %q, %v", line, err)
	}
	return c
}

func TestKilledWhileWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a file.json")
	var orphans int
	for i := range 100 {
		c := child(t, "write", path)
		time.Sleep(time.Duration(rand.IntN(6000)) * time.Microsecond)
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		c.Wait()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatalf("kill %d: %v", i, err)
		}
		if !isVersion(data) {
			t.Fatalf("kill %d left %d bytes that are no version: %.40q", i, len(data), data)
		}
		n, err := Sweep(filepath.Dir(path))
		if err != nil {
			t.Fatal(err)
		}
		orphans += n
		if diff := cmp.Diff([]string{"a file.json"}, names(t, filepath.Dir(path))); diff != "" {
			t.Fatalf("kill %d, after sweep (-want +got):\n%s", i, diff)
		}
	}
	t.Logf("100 kills, %d orphans swept", orphans)
}

func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestWriteReplaces(t *testing.T) {
	writers := map[string]func(string, []byte) error{
		"plain":    WriteFile,
		"verified": WriteFileVerified,
		"stream": func(path string, data []byte) error {
			return WriteStream(path, func(w io.Writer) error {
				_, err := io.Copy(w, bytes.NewReader(data))
				return err
			})
		},
	}
	for name, write := range writers {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "tệp có dấu.bin")
			rapid.Check(t, func(r *rapid.T) {
				want := rapid.SliceOf(rapid.Byte()).Draw(r, "data")
				if err := write(path, want); err != nil {
					r.Fatal(err)
				}
				got, err := os.ReadFile(path)
				if err != nil || !bytes.Equal(got, want) {
					r.Fatalf("read %x, %v; wrote %x", got, err, want)
				}
			})
			if diff := cmp.Diff([]string{filepath.Base(path)}, names(t, filepath.Dir(path))); diff != "" {
				t.Errorf("left over (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFailedWriteKeepsTheOldFile(t *testing.T) {
	broken := errors.New("the source broke off")
	for _, before := range []int{0, 1, 100_000} {
		path := filepath.Join(t.TempDir(), "f")
		if err := WriteFile(path, []byte("old")); err != nil {
			t.Fatal(err)
		}
		err := WriteStream(path, func(w io.Writer) error {
			if before > 0 {
				w.Write(make([]byte, before))
			}
			return broken
		})
		if !errors.Is(err, broken) || !strings.Contains(err.Error(), path) {
			t.Errorf("error = %v", err)
		}
		if got, _ := os.ReadFile(path); string(got) != "old" {
			t.Errorf("after %d bytes the file holds %q", before, got)
		}
		if diff := cmp.Diff([]string{"f"}, names(t, filepath.Dir(path))); diff != "" {
			t.Errorf("left over (-want +got):\n%s", diff)
		}
	}
}

func TestNothingIsMadeBeforeTheFirstByte(t *testing.T) {
	folder := t.TempDir()
	err := WriteStream(filepath.Join(folder, "f"), func(w io.Writer) error {
		if got := names(t, folder); got != nil {
			t.Errorf("before the first byte: %v", got)
		}
		_, err := w.Write([]byte("x"))
		if got := names(t, folder); len(got) != 1 || !tempName.MatchString(got[0]) {
			t.Errorf("after the first byte: %v", got)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestReadBackNoticesOtherBytes(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "f")
	if err := WriteFile(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	w := &temp{path: path, sum: sha256.New()}
	err := w.run(func(io.Writer) error {
		if _, err := w.Write([]byte("what was meant")); err != nil {
			return err
		}
		_, err := w.file.WriteAt([]byte("W"), 0) // what the disk made of it
		return err
	})
	if !errors.Is(err, ErrReadBack) {
		t.Errorf("error = %v, want ErrReadBack", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "old" {
		t.Errorf("file holds %q", got)
	}
	if diff := cmp.Diff([]string{"f"}, names(t, folder)); diff != "" {
		t.Errorf("left over (-want +got):\n%s", diff)
	}
}

func TestWriteIntoNoFolder(t *testing.T) {
	err := WriteFile(filepath.Join(t.TempDir(), "missing", "f"), []byte("x"))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error = %v", err)
	}
}

func TestSweepTouchesOnlyItsOwn(t *testing.T) {
	folder := t.TempDir()
	keep := []string{".~lock.báo cáo.xlsx#", ".~x.tmp", "a.tmp", "x.0123456789abcdef.tmp", "~$report.docx"}
	for _, name := range append([]string{".~b.0123456789abcdef.tmp", ".~c d.db.00000000ffffffff.tmp"}, keep...) {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, ".~dir.0123456789abcdef.tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	n, err := Sweep(folder)
	if err != nil || n != 2 {
		t.Errorf("Sweep = %d, %v; want 2", n, err)
	}
	if diff := cmp.Diff(append([]string{".~dir.0123456789abcdef.tmp"}, keep...), names(t, folder)); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
}

func TestFullDiskHasItsType(t *testing.T) {
	full := &fs.PathError{Op: "write", Path: "f", Err: fullDisk}
	err := WriteStream(filepath.Join(t.TempDir(), "f"), func(io.Writer) error { return full })
	var space *SpaceError
	if !errors.As(err, &space) || !errors.Is(err, fullDisk) {
		t.Errorf("error = %v, want a SpaceError", err)
	}
	err = WriteStream(filepath.Join(t.TempDir(), "f"), func(io.Writer) error { return syscall.EIO })
	if errors.As(err, &space) {
		t.Errorf("an I/O error became %v", err)
	}
}
