package sheet

import (
	"errors"
	"fmt"
	"strings"

	"sophobien/internal/record"
)

// errTwice is the cause when two rows or cells claim one place.
var errTwice = errors.New("two rows or cells in one place")

const nothingStored = " Chưa có gì được lưu."

// refuse builds a refusal about a file; %s in both sentences is its name.
func refuse(kind error, name, vi, en string) *record.Refusal {
	r := record.Refuse(kind, fmt.Sprintf(vi, shown(name, "Tệp này"))+nothingStored,
		fmt.Sprintf(en, shown(name, "This file"))+" Nothing was stored.")
	r.Field = "file"
	return r
}

func shown(name, none string) string {
	if name == "" {
		return none
	}
	return "“" + name + "”"
}

func refuseDamaged(name string, cause error) error {
	return refuse(record.ErrDamaged, name,
		"%s bị hỏng hoặc chép thiếu, không đọc được. Hãy chép lại hoặc xin bản khác; mở được bằng Excel thì lưu lại thành .xlsx.",
		"%s is damaged or incomplete. Copy it again or ask for another copy; if Excel opens it, save it again as .xlsx.").Because(cause)
}

func refuseEmpty(name string) error {
	return refuse(record.ErrInvalid, name, "%s không có dữ liệu. Hãy kiểm tra lại đã chọn đúng tệp, đúng trang tính chưa.",
		"%s is empty. Check that it is the right file and sheet.")
}

func refusePassword(name string) error {
	return refuse(record.ErrInvalid, name, "%s đặt mật khẩu nên không đọc được. Hãy mở bằng Excel, gỡ mật khẩu (Tệp → Thông tin → Bảo vệ) rồi lưu lại.",
		"%s is protected by a password. Open it in Excel, remove the password (File → Info → Protect) and save it again.")
}

func refuseOther(name, whatVI, whatEN string) error {
	return refuse(record.ErrInvalid, name, "%s là "+whatVI+", không phải bảng tính. Hãy lưu danh sách thành .xlsx hoặc .csv, hoặc sao chép bảng rồi dán vào.",
		"%s is "+whatEN+", not a sheet. Save the list as .xlsx or .csv, or copy the table and paste it.")
}

// refuseNoSheet refuses bytes of which nobody knows what they are.
func refuseNoSheet(name string) error {
	return refuse(record.ErrInvalid, name, "%s không phải bảng tính. Hãy lưu danh sách thành .xlsx hoặc .csv, hoặc sao chép bảng rồi dán vào.",
		"%s is not a sheet. Save the list as .xlsx or .csv, or copy the table and paste it.")
}

func refuseLock(name string) error {
	return refuse(record.ErrInvalid, name, "%s là tệp khóa tạm của Excel, không phải danh sách. Hãy đóng Excel và chọn tệp cùng tên không có “~$”.",
		"%s is Excel's temporary lock file, not the list. Close Excel and choose the file of the same name without “~$”.")
}

func refuseBig(name string) error {
	return refuse(record.ErrInvalid, name, "%s lớn hơn 100 MB (hoặc hơn 1 GB khi mở ra). Hãy chỉ giữ lại trang tính có danh sách rồi lưu thành tệp mới.",
		"%s is larger than 100 MB (or 1 GB once opened). Keep only the sheet with the list and save it as a new file.")
}

func refuseRows(name string) error {
	return refuse(record.ErrInvalid, name, "%s có hơn 1.048.576 dòng. Hãy chia danh sách thành nhiều tệp.",
		"%s has more than 1,048,576 rows. Split the list into several files.")
}

func refuseColumns(name string, n int) error {
	return refuse(record.ErrInvalid, name, fmt.Sprintf("%%s có chữ ở cột thứ %d, chương trình chỉ đọc 256 cột. Hãy xóa các cột không thuộc danh sách.", n),
		fmt.Sprintf("%%s has text in column %d; only 256 columns are read. Delete the columns that are not part of the list.", n))
}

func refuseCells(name string) error {
	return refuse(record.ErrInvalid, name, "%s có quá nhiều ô chữ (hơn 12 triệu). Hãy chia danh sách thành nhiều tệp.",
		"%s has too many filled cells (more than 12 million). Split the list into several files.")
}

func refuseSheet(name, wanted string, have []string) error {
	list := strings.Join(have, "”, “")
	return refuse(record.ErrNotFound, name, "%s không có trang tính “"+escape(wanted)+"”. Các trang tính có trong tệp: “"+escape(list)+"”.",
		"%s has no sheet “"+escape(wanted)+"”. Its sheets: “"+escape(list)+"”.")
}

// escape keeps a name from a file out of the format.
func escape(s string) string { return strings.ReplaceAll(s, "%", "%%") }

func refuseEmptyPaste() error {
	return record.Refuse(record.ErrInvalid, "Khối vừa dán không có chữ nào. Hãy chọn và sao chép bảng trong Excel rồi dán lại.",
		"The pasted block is empty. Select and copy the table in Excel and paste again.")
}
