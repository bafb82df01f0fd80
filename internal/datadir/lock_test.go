package datadir

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// raised is a window that counts how often it was asked to come to the front.
type raised chan struct{}

func (r raised) ask() { r <- struct{}{} }

func (r raised) wait(t *testing.T) {
	t.Helper()
	select {
	case <-r:
	case <-time.After(10 * time.Second):
		t.Fatal("the first copy was not asked to raise its window")
	}
}

func TestSecondCopyIsRefusedAndRaisesTheFirst(t *testing.T) {
	folders := map[string]string{
		"unix": t.TempDir(),
		"tcp":  filepath.Join(t.TempDir(), strings.Repeat("thư mục sâu ", 9)), // too long for a socket
	}
	for network, folder := range folders {
		t.Run(network, func(t *testing.T) {
			d, err := Open(folder)
			if err != nil {
				t.Fatal(err)
			}
			window := make(raised, 1)
			first, err := d.Lock(window.ask)
			if err != nil {
				t.Fatal(err)
			}
			if at, err := readRaise(d.raiseFile()); err != nil || len(d.raiseSocket()) > socketPath && at.Network != "tcp" {
				t.Errorf("listening at %+v, %v", at, err)
			}
			for range 3 {
				if _, err := d.Lock(func() { t.Error("the second copy was raised") }); !errors.Is(err, ErrRunning) {
					t.Fatalf("second Lock = %v, want ErrRunning", err)
				}
				window.wait(t)
			}
			if _, err := d.Lock(nil); !errors.Is(err, ErrRunning) {
				t.Fatalf("Lock of the command line = %v, want ErrRunning", err)
			}
			if len(window) != 0 {
				t.Error("the command line raised the window")
			}
			if err := first.Close(); err != nil {
				t.Fatal(err)
			}
			after, err := d.Lock(window.ask)
			if err != nil {
				t.Fatalf("Lock after Close = %v", err)
			}
			if err := after.Close(); err != nil {
				t.Fatal(err)
			}
			for _, path := range []string{d.raiseFile(), d.raiseSocket()} {
				if _, err := os.Lstat(path); !os.IsNotExist(err) {
					t.Errorf("%s left behind", path)
				}
			}
		})
	}
}

func TestKilledCopyReleasesTheLock(t *testing.T) {
	d := openDir(t)
	c := child(t, "lock", d.Path())
	if _, err := d.Lock(nil); !errors.Is(err, ErrRunning) {
		t.Fatalf("Lock = %v, want ErrRunning", err)
	}
	// A copy without a window has nobody to ask; the answer must not take long.
	began := time.Now()
	if _, err := d.Lock(func() {}); !errors.Is(err, ErrRunning) || time.Since(began) > raiseTime {
		t.Fatalf("Lock = %v after %v, want ErrRunning at once", err, time.Since(began))
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	c.Wait()
	l, err := d.Lock(nil)
	if err != nil {
		t.Fatalf("Lock after the kill = %v", err)
	}
	l.Close()
}

func TestRaiseWantsTheToken(t *testing.T) {
	d := openDir(t)
	l, err := d.Lock(func() { t.Error("raised without the token") })
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	at, err := readRaise(d.raiseFile())
	if err != nil {
		t.Fatal(err)
	}
	for _, say := range []string{"\n", "wrong\n", at.Token[:5] + "\n", at.Token + "x\n", strings.Repeat("x", 5000)} {
		c, err := net.Dial(at.Network, at.Address)
		if err != nil {
			t.Fatal(err)
		}
		c.SetDeadline(time.Now().Add(5 * time.Second))
		c.Write([]byte(say))
		if n, _ := c.Read(make([]byte, 10)); n != 0 {
			t.Errorf("%.20q was answered", say)
		}
		c.Close()
	}
}

func TestStaleAddressDoesNotHang(t *testing.T) {
	d := openDir(t)
	l, err := d.Lock(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, text := range []string{
		`{"network":"unix","address":"` + filepath.ToSlash(d.raiseSocket()) + `","token":"x"}`,
		`{"network":"tcp","address":"127.0.0.1:1","token":"x"}`,
		`{"network":"tcp","address":"192.0.2.1:80","token":"x"}`,
		`{`,
	} {
		if err := os.WriteFile(d.raiseFile(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if _, err := d.Lock(func() {}); !errors.Is(err, ErrRunning) || time.Since(began) > 2*raiseTime {
			t.Errorf("%s: %v after %v", text, err, time.Since(began))
		}
	}
}

func FuzzParseRaise(f *testing.F) {
	f.Add([]byte(`{"network":"unix","address":"/a","token":"x"}`))
	f.Add([]byte(`{"network":"tcp","address":"127.0.0.1:80","token":"x"}`))
	f.Add([]byte(`{"network":"tcp","address":"evil:80","token":"x"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		at, err := parseRaise(text)
		if err != nil {
			return
		}
		if at.Network != "unix" && !strings.HasPrefix(at.Address, "127.0.0.1:") {
			t.Errorf("%q leads to %+v", text, at)
		}
	})
}
