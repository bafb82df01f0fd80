package datadir

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

func remoteFS(path string) (string, bool) {
	var st unix.Statfs_t
	if err := unix.Statfs(path, &st); err != nil {
		return "", false // the write probe will say what is wrong
	}
	return remoteKind(uint32(st.Type), func() string { return fuseName(path) })
}

func fuseName(path string) string {
	var st unix.Stat_t
	if err := unix.Stat(path, &st); err != nil {
		return ""
	}
	f, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return ""
	}
	defer f.Close()
	return mountType(f, fmt.Sprintf("%d:%d", unix.Major(uint64(st.Dev)), unix.Minor(uint64(st.Dev))))
}
