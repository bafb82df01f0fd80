//go:build !windows

package kit

import (
	"os/exec"
	"runtime"
	"time"
)

// openingTakes is how long an opener may take to refuse; one that still runs then
// shows the file itself.
const openingTakes = 3 * time.Second

// systemOpen opens a file or a folder as a double click does.
func systemOpen(path string) error {
	opener := "xdg-open"
	if runtime.GOOS == "darwin" {
		opener = "open"
	}
	cmd := exec.Command(opener, path)
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-time.After(openingTakes):
		return nil
	}
}
