package sqlitefile

import (
	"database/sql"
	"errors"
	"os"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"sophobien/internal/record"
)

// MapError turns what the driver says into the kinds record knows, by code and not by
// its English text.
func MapError(err error) error {
	var r *record.Refusal
	if err == nil || errors.As(err, &r) {
		return err
	}
	if errors.Is(err, sql.ErrNoRows) {
		return record.Refuse(record.ErrNotFound, "Không tìm thấy bản ghi này.", "This record was not found.").Because(err)
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		if errors.Is(err, os.ErrPermission) {
			return readOnly(err)
		}
		return err
	}
	if e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE { // no room for what readers and the writer share
		return full(err)
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return full(err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return readOnly(err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return Damaged(err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return record.Refuse(record.ErrBusy,
			"Dữ liệu đang được một cửa sổ khác sử dụng. Hãy đóng cửa sổ đó rồi thử lại.",
			"The data is in use by another window. Close it and try again.").Because(err)
	case sqlite3.SQLITE_IOERR:
		return record.Refuse(record.ErrPlace,
			"Không đọc hoặc ghi được ổ đĩa; phần đã lưu vẫn nguyên. Hãy kiểm tra ổ đĩa rồi mở lại chương trình.",
			"The disk could not be read or written; what was saved is whole. Check the disk and open the program again.").Because(err)
	}
	return err
}

func full(err error) error {
	return record.Refuse(record.ErrSpace,
		"Ổ đĩa đã đầy: thao tác vừa rồi chưa được lưu, dữ liệu cũ vẫn nguyên. Hãy giải phóng dung lượng rồi làm lại.",
		"The disk is full: what you just did was not saved, earlier data is whole. Free some space and do it again.").Because(err)
}

func readOnly(err error) error {
	return record.Refuse(record.ErrPlace,
		"Không ghi được vào thư mục dữ liệu. Hãy kiểm tra quyền ghi hoặc chọn thư mục khác.",
		"The data folder cannot be written. Check its permissions or choose another folder.").Because(err)
}

// Damaged says that a file is not what was written.
func Damaged(cause error) error {
	return record.Refuse(record.ErrDamaged,
		"Tệp dữ liệu bị hỏng. Tệp hỏng được giữ nguyên; hãy khôi phục từ bản sao lưu gần nhất.",
		"The data file is damaged. It is kept as it is; restore the latest backup.").Because(cause)
}
