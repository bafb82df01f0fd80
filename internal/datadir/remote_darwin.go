package datadir

import "golang.org/x/sys/unix"

func remoteFS(path string) (string, bool) {
	var st unix.Statfs_t
	if err := unix.Statfs(path, &st); err != nil {
		return "", false // the write probe will say what is wrong
	}
	kind := unix.ByteSliceToString(st.Fstypename[:])
	return kind, st.Flags&unix.MNT_LOCAL == 0
}
