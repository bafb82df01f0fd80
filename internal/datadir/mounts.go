package datadir

import (
	"bufio"
	"io"
	"strings"
)

// remoteMagic are the numbers statfs(2) gives for file systems on another machine.
var remoteMagic = map[uint32]string{
	0x00006969: "nfs",
	0x0000517B: "smb",
	0xFF534D42: "cifs",
	0xFE534D42: "smb2",
	0x01021997: "9p",
	0x00C36400: "ceph",
	0x5346414F: "afs",
	0x6B414653: "afs",
	0x73757245: "coda",
	0x0000564C: "ncp",
	0x7461636F: "ocfs2",
	0x01161970: "gfs2",
	0x0BD00BD0: "lustre",
	0x47504653: "gpfs",
}

// fuseMagic says only that a program answers; which one stands in the mount table.
const fuseMagic = 0x65735546

// localFUSE are the FUSE file systems that keep their files on this machine.
var localFUSE = map[string]bool{
	"fuseblk": true, "fuse.ntfs-3g": true, "fuse.ntfs": true, "fuse.exfat": true, "fuse.ext2": true,
	"fuse.fuse-overlayfs": true, "fuse-overlayfs": true, "fuse.overlayfs": true, "fuse.mergerfs": true, "fuse.bindfs": true,
	"fuse.gocryptfs": true, "fuse.encfs": true, "fuse.cryfs": true, "fuse.veracrypt": true,
}

// remoteKind decides from what statfs gave; fuse is asked for the name of a FUSE
// file system and may answer "".
func remoteKind(magic uint32, fuse func() string) (string, bool) {
	if magic == fuseMagic {
		name := fuse()
		if localFUSE[name] {
			return "", false
		}
		if name == "" {
			name = "fuse"
		}
		return name, true
	}
	name, yes := remoteMagic[magic]
	return name, yes
}

// mountType finds the type of the file system with the given "major:minor" in
// the text of /proc/self/mountinfo; "" when it is not there.
func mountType(mountinfo io.Reader, device string) string {
	lines := bufio.NewScanner(io.LimitReader(mountinfo, 4<<20))
	for lines.Scan() {
		// 36 35 98:0 /root /mnt rw,noatime master:1 - ext3 /dev/root rw
		before, after, ok := strings.Cut(lines.Text(), " - ")
		if !ok {
			continue
		}
		head, tail := strings.Fields(before), strings.Fields(after)
		if len(head) >= 3 && len(tail) >= 1 && head[2] == device {
			return tail[0]
		}
	}
	return ""
}
