package datadir

import (
	"os"

	"golang.org/x/sys/unix"
)

// dropCache asks that the next read come from the disk rather than from memory.
// It is a wish: where it is not granted the comparison proves less.
func dropCache(f *os.File) {
	_ = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
}
