package datadir

import (
	"strings"
	"testing"
)

const mountinfo = `22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
36 22 0:44 / /mnt/kho rw,nosuid shared:9 - fuse.sshfs lan@sv01:/ rw
37 22 0:45 / /media/usb rw,nosuid shared:10 - fuseblk /dev/sdb1 rw
garbage
38 22 0:46 / /x rw
`

func TestMountType(t *testing.T) {
	for device, want := range map[string]string{
		"254:0": "ext4", "0:44": "fuse.sshfs", "0:45": "fuseblk", "0:46": "", "9:9": "",
	} {
		if got := mountType(strings.NewReader(mountinfo), device); got != want {
			t.Errorf("mountType(%s) = %q, want %q", device, got, want)
		}
	}
}

func TestRemoteKind(t *testing.T) {
	tests := []struct {
		name   string
		magic  uint32
		fuse   string
		remote bool
	}{
		{"ext4", 0xEF53, "", false},
		{"xfs", 0x58465342, "", false},
		{"btrfs", 0x9123683E, "", false},
		{"tmpfs", 0x01021994, "", false},
		{"overlay", 0x794C7630, "", false},
		{"vfat", 0x4D44, "", false},
		{"nfs", 0x6969, "", true},
		{"cifs", 0xFF534D42, "", true},
		{"smb2", 0xFE534D42, "", true},
		{"9p", 0x01021997, "", true},
		{"sshfs", fuseMagic, "fuse.sshfs", true},
		{"davfs", fuseMagic, "fuse.davfs", true},
		{"rclone", fuseMagic, "fuse.rclone", true},
		{"unknown program", fuseMagic, "", true},
		{"NTFS stick", fuseMagic, "fuseblk", false},
		{"rootless overlay", fuseMagic, "fuse.fuse-overlayfs", false},
	}
	for _, tt := range tests {
		kind, remote := remoteKind(tt.magic, func() string { return tt.fuse })
		if remote != tt.remote || remote && kind == "" {
			t.Errorf("%s: %q, %v; want %v", tt.name, kind, remote, tt.remote)
		}
	}
}

func FuzzMountType(f *testing.F) {
	f.Add(mountinfo, "0:44")
	f.Add(" - \n - - x", "")
	f.Fuzz(func(t *testing.T, text, device string) {
		if got := mountType(strings.NewReader(text), device); got != "" && !strings.Contains(text, got) {
			t.Errorf("%q is not in the table", got)
		}
	})
}
