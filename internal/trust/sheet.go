package trust

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// Fonts are TrueType fonts with the Vietnamese letters; the sheet embeds the
// characters it uses.
type Fonts struct{ Regular, Bold []byte }

// Sheet is what a recovery sheet says.
type Sheet struct {
	Office  string // whose record it opens
	Officer string // who made the sheet
	Created string // on which day, as people write it
	Code    string
}

// RecoverySheetPDF is the page to print and lock away: what it is for, the code, how
// to keep it and how to use it. A4, one page.
func RecoverySheetPDF(fonts Fonts, s Sheet) ([]byte, error) {
	code, err := ParseRecoveryCode(s.Code)
	if err != nil {
		return nil, err
	}
	if len(fonts.Regular) == 0 || len(fonts.Bold) == 0 {
		return nil, errors.New("recovery sheet: a font is missing")
	}
	p := newPage(fonts)
	p.pdf.SetTitle("Phiếu khôi phục dữ liệu", true)
	p.pdf.SetCreator("Sổ Phổ Biến", true)
	p.body(s, strings.Split(code, "-"))
	p.foot()
	var out bytes.Buffer
	if err := p.pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("recovery sheet: %w", err)
	}
	return out.Bytes(), nil
}

const sheetPurpose = "Họ tên, ngày sinh, số điện thoại của người tham dự được khóa bằng chìa khóa riêng của cơ quan. " +
	"Khi máy hỏng, mất máy, cài lại Windows hoặc quên mật khẩu, chỉ có mã dưới đây cùng với một bản sao lưu " +
	"mới mở lại được. Không nơi nào khác giữ mã này: Sở không có, người làm chương trình cũng không có."

var sheetUse = []string{
	"Cài Sổ Phổ Biến trên máy mới và mở chương trình.",
	"Chọn Khôi phục, rồi chọn tệp sao lưu trên USB hoặc ổ đĩa ngoài. Tệp cùng tên có đuôi .phieu.age phải nằm cạnh tệp sao lưu.",
	"Gõ 10 nhóm số theo thứ tự từ 1 đến 10. Nếu gõ nhầm, chương trình chỉ ra nhóm cần xem lại.",
	"Xem lại số liệu, đặt mật khẩu mới và lập phiếu khôi phục mới.",
}

var sheetKeep = []string{
	"Cho vào phong bì dán kín, ghi tên cơ quan, để trong két hoặc tủ có khóa của lãnh đạo đơn vị.",
	"Không chụp ảnh, không gửi qua Zalo hay thư điện tử, không để cùng chỗ với máy tính và USB sao lưu.",
	"Khi người giữ phiếu chuyển công tác: bàn giao và ký nhận.",
	"Nếu nghi phiếu bị lộ: lập phiếu mới, hủy phiếu này và hủy các bản sao lưu cũ, vì mã cũ vẫn mở được chúng.",
}
