package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sophobien/internal/app"
	"sophobien/internal/record"
)

// TestTwoOnOneFolder: of two programs, or two PCs, that want one folder the second is refused
// with a sentence, writes nothing, and the first goes on. What two PCs can reach is refused
// whether the other is at work or not. (A path like \\server\share is one on Windows only:
// see TestCheckName of datadir.)
func TestTwoOnOneFolder(t *testing.T) {
	work := t.TempDir()
	program, data := filepath.Join(work, "sophobienctl"), filepath.Join(work, "so")
	tool(t, ".", "go", "build", "-race=false", "-o", program, ".")
	tool(t, work, program, "demo", "--years", "1", "--activities", "3", "--people", "5", "--data", data)
	activity := strings.TrimSpace(string(tool(t, work, program, "activity", "add", "--title", "Buổi hai máy", "--date", "5/3/2026", "--data", data)))

	const busy, network, synced = "đang được mở ở một cửa sổ hoặc một lệnh khác", "nằm trên ổ mạng", "đồng bộ"
	beside := func(t *testing.T) []string { // the arguments of the second program
		return []string{program, "activity", "add", "--title", "Của người thứ hai", "--date", "6/3/2026", "--data", data}
	}
	onDisk := func(magic string) func(*testing.T) []string {
		return func(t *testing.T) []string {
			return append([]string{"strace", "-f", "-o", os.DevNull, "-e", "trace=statfs", "-e", "inject=statfs:poke_exit=@arg2=" + magic}, beside(t)...)
		}
	}
	tests := []struct {
		name   string
		first  func(t *testing.T) (stop func()) // who has the folder; nil: nobody
		second func(t *testing.T) []string
		says   string
	}{
		{"two command lines", func(t *testing.T) func() { return commandAtWork(t, program, data, activity) }, beside, busy},
		{"a command line beside a window", func(t *testing.T) func() {
			return windowAtWork(t, data, func() { t.Error("the command line called the window") })
		}, beside, busy},
		{"a window beside a window", func(t *testing.T) func() {
			called := make(chan struct{}, 1)
			stop := windowAtWork(t, data, func() { called <- struct{}{} })
			if _, err := app.Open(data, app.Options{OnRaise: func() {}}); !strings.Contains(record.SentenceOf(err, "vi"), busy) {
				t.Errorf("the second window: %v", err)
			}
			select {
			case <-called:
			case <-time.After(10 * time.Second):
				t.Error("the first window was not called")
			}
			return stop
		}, beside, busy},
		{"two PCs on a share of Windows", nil, onDisk("424d53fe00000000"), network},
		{"two PCs on a share of Linux", nil, onDisk("6969000000000000"), network},
		{"two PCs and a folder kept in step, behind another name", nil, func(t *testing.T) []string {
			cloud, link := filepath.Join(work, "OneDrive - Sở Nội vụ"), filepath.Join(work, "D")
			if err := os.Mkdir(cloud, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(cloud, link); err != nil {
				t.Fatal(err)
			}
			return []string{program, "demo", "--data", filepath.Join(link, "so")}
		}, synced},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.first != nil {
				defer tt.first(t)()
			}
			args := tt.second(t)
			before := stateOf(t, work)
			cmd := exec.Command(args[0], args[1:]...)
			var said bytes.Buffer
			cmd.Stderr = &said
			err := cmd.Run()
			if err == nil || cmd.ProcessState.ExitCode() != exitRefused {
				t.Fatalf("the second got in: %v, %s", err, &said)
			}
			if text := strings.TrimSpace(said.String()); !strings.Contains(text, tt.says) || strings.Contains(text, "\n") {
				t.Errorf("it says %q", text)
			}
			if after := stateOf(t, work); after != before {
				t.Errorf("the second changed something:\n%s\n%s", before, after)
			}
		})
	}
	tool(t, work, program, "verify", "--rebuild", "--data", data)
	if out := tool(t, work, program, "activity", "list", "--find", "cua nguoi thu hai", "--data", data); strings.Contains(string(out), "Của người thứ hai") {
		t.Errorf("the second wrote: %s", out)
	}
}

// commandAtWork lets a command line wait, in the middle of its work, for a file that does not
// come. Its being killed lets the next one in.
func commandAtWork(t *testing.T, program, data, activity string) (stop func()) {
	t.Helper()
	photo := filepath.Join(t.TempDir(), "ảnh.png")
	tool(t, ".", "mkfifo", photo)
	first := exec.Command(program, "evidence", "add", "--id", activity, photo, "--data", data)
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		waits, err := os.OpenFile(photo, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if err == nil { // the first reads, and has the folder
			return func() {
				first.Process.Kill()
				first.Wait() // it was killed: the error says so
				waits.Close()
				tool(t, ".", program, "status", "--data", data)
			}
		}
		if time.Since(began) > 20*time.Second {
			t.Fatalf("the first never took the folder: %v", err)
		}
	}
}

func windowAtWork(t *testing.T, data string, onRaise func()) (stop func()) {
	t.Helper()
	a, err := app.Open(data, app.Options{OnRaise: onRaise})
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}

// stateOf is all that lies in a folder. The register is not opened here: on closing it the
// system would drop this process's locks on it.
func stateOf(t *testing.T, folder string) string {
	t.Helper()
	h := sha256.New()
	n := 0
	err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		n++
		fmt.Fprintln(h, path)
		if !strings.HasPrefix(e.Name(), "sophobien.db") {
			h.Write(read(t, path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d files, %x", n, h.Sum(nil))
}
