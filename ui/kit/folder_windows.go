package kit

import (
	"io/fs"
	"syscall"

	"golang.org/x/sys/windows"
)

// places are the person's folders and the drives.
func places() []place {
	known := func(id *windows.KNOWNFOLDERID) string {
		path, err := windows.KnownFolderPath(id, 0)
		if err != nil {
			return ""
		}
		return path
	}
	all := []place{
		{T("Tài liệu của tôi"), known(windows.FOLDERID_Documents)},
		{T("Màn hình nền"), known(windows.FOLDERID_Desktop)},
		{T("Tệp tải về"), known(windows.FOLDERID_Downloads)},
		{T("Thư mục của tôi"), known(windows.FOLDERID_Profile)},
	}
	drives, err := windows.GetLogicalDrives()
	if err != nil {
		return present(all)
	}
	for i := range 26 {
		if drives&(1<<i) != 0 {
			all = append(all, drive(string(rune('A'+i))+`:\`))
		}
	}
	return present(all)
}

// drive says what kind of drive stands behind a letter.
func drive(root string) place {
	word := T("Ổ đĩa {{.Name}}", map[string]any{"Name": root[:2]})
	name, err := windows.UTF16PtrFromString(root)
	if err != nil {
		return place{word, root}
	}
	switch windows.GetDriveType(name) {
	case windows.DRIVE_REMOVABLE:
		word = T("USB, ổ rời {{.Name}}", map[string]any{"Name": root[:2]})
	case windows.DRIVE_REMOTE:
		word = T("Ổ mạng {{.Name}}", map[string]any{"Name": root[:2]})
	}
	return place{word, root}
}

// isHidden reports what the system itself keeps from sight.
func isHidden(info fs.FileInfo) bool {
	data, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return ok && data.FileAttributes&syscall.FILE_ATTRIBUTE_HIDDEN != 0
}
