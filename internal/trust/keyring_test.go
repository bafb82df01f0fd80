package trust

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// On systems with a session bus, one that is absent and one that never answers;
// elsewhere the system's own keyring, which must answer in time too.
func TestKeyringAvailableAnswersInTime(t *testing.T) {
	folder, err := os.MkdirTemp("", "bus") // short enough for a socket
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	silent, err := net.Listen("unix", filepath.Join(folder, "silent"))
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for _, socket := range []string{"absent", "silent"} {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), roleVariable+"=keyring",
			"DBUS_SESSION_BUS_ADDRESS=unix:path="+filepath.Join(folder, socket))
		out, err := c.Output()
		if err != nil {
			t.Fatal(err)
		}
		want := "false true\n"
		if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
			want = "true true\n"
		}
		if string(out) != want {
			t.Errorf("bus %s: available, in time = %s", socket, out)
		}
	}
}

func TestKeyringAvailable(t *testing.T) {
	if !KeyringAvailable() {
		t.Error("a keyring that answers counts as none")
	}
}
