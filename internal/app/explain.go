package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sophobien/internal/bundle"
	"sophobien/internal/datadir"
	"sophobien/internal/pack"
	"sophobien/internal/record"
	"sophobien/internal/trust"
)

// explain turns what the engines say into sentences for people; what already is
// one stays.
func explain(err error) error {
	if err == nil || errors.As(err, new(*record.Refusal)) || errors.As(err, new(record.Problems)) {
		return err
	}
	var place *datadir.PlaceError
	if errors.As(err, &place) {
		return explainPlace(place)
	}
	var space *datadir.SpaceError
	if errors.As(err, &space) && space.Need == 0 { // a write met the end of the disk before anybody asked
		return record.Refuse(record.ErrSpace, "Ổ đĩa đã đầy. Chưa ghi gì; hãy giải phóng dung lượng rồi làm lại.",
			"The disk is full. Nothing was written; free some space and try again.").Because(err)
	}
	if space != nil {
		return record.Refuse(record.ErrSpace,
			fmt.Sprintf("Ổ đĩa không đủ chỗ: cần %s, còn %s. Chưa ghi gì; hãy giải phóng dung lượng rồi làm lại.", megabytes(space.Need), megabytes(space.Free)),
			fmt.Sprintf("Not enough room on the disk: %s needed, %s free. Nothing was written; free some space and try again.", megabytes(space.Need), megabytes(space.Free))).Because(err)
	}
	if pack.ReasonOf(err) != "" {
		return pack.Explain(err)
	}
	for _, e := range sentences {
		if errors.Is(err, e.is) {
			return record.Refuse(e.kind, e.vi, e.en).Because(err)
		}
	}
	if where := placeIn(err); where != "" {
		return explainFile(err, where)
	}
	return bundle.Explain(err)
}

// placeIn is the file or folder the system had trouble with, "" when it names none.
// A temporary name says nothing to people; its folder does.
func placeIn(err error) string {
	var path *os.PathError
	var link *os.LinkError
	where := ""
	switch {
	case errors.As(err, &path):
		where = path.Path
	case errors.As(err, &link):
		where = link.New
	}
	if strings.HasPrefix(filepath.Base(where), ".~") {
		return filepath.Dir(where)
	}
	return where
}

func explainFile(err error, where string) error {
	if errors.Is(err, os.ErrNotExist) {
		return record.Refuse(record.ErrNotFound, "Không tìm thấy "+where+", hoặc không ghi được vào đó. Hãy kiểm tra lại đường dẫn.",
			where+" was not found or cannot be written to. Check the path.").Because(err)
	}
	return record.Refuse(record.ErrPlace, "Không đọc hoặc không ghi được "+where+"; chưa ghi gì ở đó. Hãy kiểm tra ổ đĩa, khóa chống ghi và quyền, hoặc chọn nơi khác.",
		where+" cannot be read or written; nothing was written there. Check the disk, its write lock and permissions, or choose another place.").Because(err)
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", (n+1<<20-1)>>20) }

func explainPlace(e *datadir.PlaceError) error {
	vi, en := "", ""
	switch e.Reason {
	case datadir.Network:
		vi, en = "nằm trên ổ mạng; sổ chỉ giữ được an toàn trên ổ đĩa của máy này", "is on a network share; the register is only safe on this PC's own disk"
	case datadir.Synced:
		vi, en = "nằm trong thư mục đồng bộ ("+e.Detail+"); chương trình đồng bộ có thể làm hỏng sổ", "is inside a synchronised folder ("+e.Detail+"), which can damage the register"
	case datadir.Roaming:
		vi, en = "nằm trong hồ sơ người dùng di động; sổ phải ở lại một máy", "is in a roaming profile; the register must stay on one PC"
	case datadir.ReadOnly:
		vi, en = "không ghi được", "cannot be written to"
	default:
		vi, en = "không phải là thư mục", "is not a folder"
	}
	return record.Refuse(record.ErrPlace,
		"Thư mục "+e.Path+" "+vi+". Hãy chọn thư mục khác, ví dụ trong ổ C: hoặc D: của máy.",
		"The folder "+e.Path+" "+en+". Choose another one on this PC's disk.").Because(e)
}

var sentences = []struct {
	is, kind error
	vi, en   string
}{
	{datadir.ErrRunning, record.ErrBusy, "Sổ này đang được mở ở một cửa sổ hoặc một lệnh khác. Nếu là cửa sổ thì cửa sổ đó đã được gọi lên; nếu không, hãy thử lại khi việc kia xong.", "Another window or command has this register open. If it is a window it was brought forward; otherwise try again when the other is done."},
	{datadir.ErrReadBack, record.ErrDamaged, "Ổ đĩa hoặc USB trả lại dữ liệu khác với dữ liệu vừa ghi. Đừng dùng ổ này; hãy ghi lại vào ổ khác.", "The disk gave back other data than was written. Do not use it; write to another one."},
	{trust.ErrPassphraseNeeded, record.ErrPassphrase, "Sổ này có mật khẩu: hãy nhập mật khẩu (dòng lệnh: --passphrase-file).", "This register has a passphrase: enter it (command line: --passphrase-file)."},
	{trust.ErrWrongPassphrase, record.ErrPassphrase, "Mật khẩu không đúng. Dữ liệu vẫn nguyên; hãy kiểm tra bộ gõ và phím Caps Lock rồi nhập lại.", "The passphrase is wrong. Nothing was changed; check the keyboard and Caps Lock and try again."},
	{trust.ErrWrongCode, record.ErrPassphrase, "Mã khôi phục không thuộc bản này. Hãy lấy đúng phiếu khôi phục của cơ quan.", "The recovery code belongs to another copy. Use the recovery sheet of this office."},
	{trust.ErrNoKeyring, record.ErrNotFound, "Máy này không có kho khóa của hệ điều hành. Hãy đặt mật khẩu (dòng lệnh: --passphrase-file).", "This PC has no keyring. Set a passphrase (command line: --passphrase-file)."},
	{trust.ErrNotHere, record.ErrNotFound, "Máy này không có cách bảo vệ khóa đó. Hãy đặt mật khẩu.", "This PC lacks that protection. Set a passphrase."},
	{trust.ErrNoKeys, record.ErrNotFound, "Thư mục này không có khóa của sổ. Hãy khôi phục từ bản sao lưu và phiếu khôi phục.", "The folder has no keys. Restore from a backup with the recovery sheet."},
	{trust.ErrKeysExist, record.ErrConflict, "Thư mục này đã có khóa của một sổ khác. Hãy chọn thư mục trống.", "The folder already has keys of another register. Choose an empty folder."},
	{trust.ErrKeysDamaged, record.ErrDamaged, "Tệp khóa bị hỏng. Dữ liệu vẫn nguyên; hãy khôi phục từ bản sao lưu và phiếu khôi phục.", "The key file is damaged. The data is whole; restore from a backup with the recovery sheet."},
	{trust.ErrKeysNewer, record.ErrNewer, "Khóa do bản chương trình mới hơn ghi; hãy cài bản mới.", "The keys were written by a newer version; install it."},
	{trust.ErrFingerprint, record.ErrInvalid, "30 số này không phải của khóa đã nhận. Hãy gõ lại theo công văn; vẫn lệch thì đừng giao gì, gọi cấp trên theo số trong danh bạ điện thoại chính thức.", "These 30 digits are not those of the key that was taken in. Type them again from the letter; if they still differ, hand nothing over and call the province on a number from the official directory."},
	{trust.ErrRecipient, record.ErrInvalid, "Tệp này không phải khóa nhận của tỉnh.", "This file is not the province's key."},
	{record.ErrPassphrase, record.ErrPassphrase, "Mật khẩu hoặc mã khôi phục không đúng.", "The passphrase or recovery code is wrong."},
	{record.ErrDamaged, record.ErrDamaged, "Dữ liệu bị hỏng. Tệp hỏng được giữ nguyên; hãy chạy kiểm tra (verify) hoặc khôi phục từ bản sao lưu gần nhất.", "Data is damaged. It is kept as it is; run verify or restore the latest backup."},
}
