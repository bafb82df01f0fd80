package evidence

import (
	"fmt"
	"strings"

	"sophobien/internal/record"
)

// refuse builds a refusal of a file that was to be kept; %s in both is its name.
func refuse(kind error, name, vi, en string) *record.Refusal {
	if name == "" {
		name = "?"
	}
	r := record.Refuse(kind, strings.ReplaceAll(vi, "%s", "“"+name+"”")+" Chưa có gì được lưu.", strings.ReplaceAll(en, "%s", "“"+name+"”")+" Nothing was stored.")
	r.Field = "evidence"
	return r
}

func refuseLarge(name string, size int64) error {
	vi, en := "%s", "%s"
	if size > 0 {
		vi += fmt.Sprintf(" nặng %d MB,", (size+1<<20-1)>>20)
		en += fmt.Sprintf(" has %d MB,", (size+1<<20-1)>>20)
	}
	return refuse(record.ErrInvalid, name,
		vi+fmt.Sprintf(" quá lớn: mỗi tệp minh chứng tối đa %d MB. Hãy giảm cỡ ảnh (mở bằng Paint, Đổi kích thước, cạnh dài %d điểm ảnh), quét lại ở 200 dpi, hoặc chọn tệp khác.", MostBytes>>20, LongSide),
		en+fmt.Sprintf(" too large: a file of evidence has at most %d MB. Make the picture smaller (in Paint, Resize, long side %d pixels), scan again at 200 dpi, or choose another file.", MostBytes>>20, LongSide))
}

func refusePixels(name string, w, h int) error {
	return refuse(record.ErrInvalid, name,
		fmt.Sprintf("%%s có %d × %d điểm ảnh, máy không đủ bộ nhớ để mở. Hãy giảm cỡ ảnh (mở bằng Paint, Đổi kích thước, cạnh dài %d điểm ảnh) hoặc chọn ảnh khác.", w, h, LongSide),
		fmt.Sprintf("%%s has %d × %d pixels, more than memory bears. Make it smaller (in Paint, Resize, long side %d pixels) or choose another picture.", w, h, LongSide))
}

func refuseHEIC(name string) error {
	return refuse(record.ErrInvalid, name,
		"%s là ảnh HEIC của điện thoại, máy tính này không đọc được. Trên iPhone: Cài đặt → Camera → Định dạng → Tương thích nhất rồi chụp lại; hoặc gửi ảnh qua Zalo, thư điện tử để được bản JPEG.",
		"%s is a HEIC picture of a phone, which cannot be read here. On the iPhone: Settings → Camera → Formats → Most Compatible, and take it again; or send it by mail or chat to get a JPEG.")
}

func refuseOther(name, whatVI, whatEN string) error {
	return refuse(record.ErrInvalid, name,
		"%s "+whatVI+". Minh chứng nhận ảnh JPEG, PNG, WebP và tệp PDF; văn bản Word, Excel hãy lưu thành PDF.",
		"%s "+whatEN+". Evidence is JPEG, PNG and WebP pictures and PDF; save a Word or Excel file as PDF.")
}

func refuseCut(name string, cause error) error {
	return refuse(record.ErrDamaged, name,
		"%s bị hỏng hoặc chép thiếu, không mở được. Hãy chép lại từ máy ảnh, điện thoại hoặc xin bản khác.",
		"%s is damaged or incomplete and cannot be opened. Copy it again from the camera or phone, or ask for another copy.").Because(cause)
}

func refuseEmpty(name string) error {
	return refuse(record.ErrInvalid, name, "%s là tệp rỗng. Hãy chép lại từ máy ảnh hoặc điện thoại.", "%s is empty. Copy it again from the camera or phone.")
}

func refuseFolder(name string) error {
	return refuse(record.ErrInvalid, name, "%s là thư mục. Hãy chọn từng tệp ảnh hoặc PDF.", "%s is a folder. Choose the pictures or PDFs in it.")
}

func refuseUnread(name string, cause error) error {
	return refuse(record.ErrNotFound, name, "Không đọc được %s. Hãy kiểm tra tệp còn ở đó và USB còn cắm.",
		"%s cannot be read. Check that it is still there and the stick is plugged in.").Because(cause)
}

func refuseMissing() *record.Refusal {
	return record.Refuse(record.ErrNotFound,
		"Tệp minh chứng không còn trong thư mục dữ liệu. Hãy chép thư mục evidence từ bản sao lưu về, hoặc thêm lại tệp.",
		"The file of evidence is no longer in the data folder. Copy the folder evidence back from a backup, or add the file again.")
}

func refuseDamaged() *record.Refusal {
	return record.Refuse(record.ErrDamaged,
		"Tệp minh chứng đã bị hỏng hoặc bị thay đổi. Hãy chép thư mục evidence từ bản sao lưu về, hoặc thêm lại tệp.",
		"The file of evidence is damaged or was changed. Copy the folder evidence back from a backup, or add the file again.")
}

func refuseSHA() error {
	return record.Refuse(record.ErrInvalid, "Mã của tệp minh chứng không đúng dạng.", "The hash of the evidence is not of its form.")
}

func refuseNoPicture() error {
	return record.Refuse(record.ErrInvalid, "Tệp PDF không có hình thu nhỏ; hãy mở tệp để xem.", "A PDF has no thumbnail; open it to look.")
}
