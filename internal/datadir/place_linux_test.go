package datadir

import "testing"

// Nobody, not even a superuser, can make a file in /proc.
func TestCheckRefusesWhatCannotBeWritten(t *testing.T) {
	for _, path := range []string{"/proc", "/proc/so/pho/bien"} {
		if got := reasonOf(Check(path)); got != ReadOnly {
			t.Errorf("Check(%s) = %q, want %q", path, got, ReadOnly)
		}
	}
	if _, err := Open("/proc/so"); reasonOf(err) != ReadOnly {
		t.Errorf("Open = %v", err)
	}
}
