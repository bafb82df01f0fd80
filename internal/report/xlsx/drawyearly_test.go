package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// The sheets of the plan's yearly report, in their order.
const (
	sheetFigures    = "Tổng hợp chỉ tiêu"
	sheetTasks      = "Theo nhiệm vụ"
	sheetAudiences  = "Đối tượng"
	sheetMonths     = "Theo tháng"
	sheetPlaces     = "Theo xã"
	sheetActivities = "Danh sách hoạt động"
	sheetQuestions  = "Câu hỏi"
	sheetMaterials  = "Tài liệu"
	sheetBudgets    = "Kinh phí"
	sheetTexts      = "Khó khăn – kiến nghị"
	sheetUnits      = "Phụ lục đơn vị"
)

// drawYearly draws the template of the plan's yearly report.
func drawYearly() ([]byte, error) {
	b := newBook()
	defer b.file.Close()
	d := &drawing{book: b}
	drawCover(b)
	d.figures()
	d.list(sheetTasks, "KẾT QUẢ THEO NHIỆM VỤ CỦA KẾ HOẠCH", portrait, "nhiem_vu", []listed{
		{"STT", "{stt}", 6, centreStyle, false}, {"Nhiệm vụ", "{nhiem_vu}", 34, bodyStyle, false}, {"Số hoạt động", "{hoat_dong}", 12, bodyStyle.number(), true},
		{"Phổ biến trực tiếp", "{truc_tiep}", 12, bodyStyle.number(), true}, {"Lượt người", "{luot}", 13, bodyStyle.number(), true}, {"Kinh phí đã chi (đồng)", "{chi}", 18, bodyStyle.number(), true},
	}, "Một lượt người dự một hoạt động được tính một lần. Kinh phí gồm chi của các hoạt động và các dòng kinh phí của nhiệm vụ.")
	d.audiences()
	d.months()
	d.list(sheetPlaces, "KẾT QUẢ THEO XÃ, PHƯỜNG", landscape, "xa", []listed{
		{"STT", "{stt}", 6, centreStyle, false}, {"Xã, phường", "{xa}", 34, bodyStyle, false}, {"Số hoạt động", "{hoat_dong}", 13, bodyStyle.number(), true},
		{"Cuộc phổ biến trực tiếp", "{cuoc}", 14, bodyStyle.number(), true}, {"Lượt người dự", "{luot}", 14, bodyStyle.number(), true}, {"Lớp tập huấn", "{lop}", 12, bodyStyle.number(), true},
		{"Lượt người tập huấn", "{luot_tap_huan}", 14, bodyStyle.number(), true}, {"Câu hỏi tiếp nhận", "{cau_hoi}", 13, bodyStyle.number(), true},
	}, "Xã là nơi có đơn vị chủ trì. Lớp tập huấn đồng thời là cuộc phổ biến trực tiếp được tính ở cả hai cột; không cộng các cột với nhau.")
	day := centreStyle
	day.format = dateFormat
	d.list(sheetActivities, "DANH SÁCH HOẠT ĐỘNG", landscape, "hoat_dong", []listed{
		{"STT", "{stt}", 6, centreStyle, false}, {"Ngày", "{ngay}", 13, day, false}, {"Loại", "{loai}", 17, bodyStyle, false}, {"Tên hoạt động", "{ten}", 36, bodyStyle, false},
		{"Nơi tổ chức", "{noi}", 29, bodyStyle, false}, {"Nội dung", "{noi_dung}", 27, bodyStyle, false}, {"Phổ biến trực tiếp", "{truc_tiep}", 10, centreStyle, false},
		{"Tổng số lượt", "{luot}", 10, bodyStyle.number(), true}, {"Nữ", "{nu}", 9, bodyStyle.number(), true}, {"Dân tộc thiểu số", "{dan_toc}", 10, bodyStyle.number(), true},
		{"Khuyết tật", "{khuyet_tat}", 9, bodyStyle.number(), true},
	}, "")
	d.list(sheetQuestions, "CÂU HỎI, VƯỚNG MẮC TIẾP NHẬN TRONG KỲ", landscape, "cau_hoi", []listed{
		{"STT", "{stt}", 6, centreStyle, false}, {"Ngày nhận", "{ngay}", 13, day, false}, {"Đối tượng hỏi", "{nhom}", 20, bodyStyle, false}, {"Lĩnh vực", "{linh_vuc}", 26, bodyStyle, false},
		{"Nội dung", "{noi_dung}", 52, bodyStyle, false}, {"Khó khăn, vướng mắc", "{vuong_mac}", 12, centreStyle, false}, {"Hạn trả lời", "{han}", 13, day, false},
		{"Ngày trả lời", "{tra_loi}", 13, day, false}, {"Chuyển đến", "{chuyen}", 22, bodyStyle, false},
	}, "Không ghi tên, liên hệ của người hỏi.")
	d.list(sheetMaterials, "TÀI LIỆU BIÊN SOẠN, CẤP PHÁT", landscape, "tai_lieu", []listed{
		{"STT", "{stt}", 6, centreStyle, false}, {"Ngày", "{ngay}", 13, day, false}, {"Loại", "{loai}", 22, bodyStyle, false}, {"Tên tài liệu", "{ten}", 50, bodyStyle, false},
		{"Ngôn ngữ", "{ngon_ngu}", 24, bodyStyle, false}, {"Số bản làm ra", "{lam_ra}", 13, bodyStyle.number(), true}, {"Số bản cấp phát", "{cap_phat}", 13, bodyStyle.number(), true},
	}, "Số bản cấp phát ở đây không gồm số bản đã phát tại các hoạt động; tổng số bản cấp phát xem trang “Tổng hợp chỉ tiêu”, I9.")
	d.list(sheetBudgets, "KINH PHÍ", landscape, "kinh_phi", []listed{
		{"STT", "{stt}", 6, centreStyle, false}, {"Nhiệm vụ", "{nhiem_vu}", 26, bodyStyle, false}, {"Nguồn", "{nguon}", 24, bodyStyle, false}, {"Nội dung chi", "{noi_dung}", 50, bodyStyle, false},
		{"Dự toán (đồng)", "{du_toan}", 18, bodyStyle.number(), true}, {"Đã chi ngoài các hoạt động (đồng)", "{da_chi}", 20, bodyStyle.number(), true},
	}, "Chi của từng hoạt động được ghi cùng hoạt động; tổng kinh phí đã chi xem trang “Tổng hợp chỉ tiêu”, I14.")
	d.texts()
	d.list(sheetUnits, "ĐƠN VỊ PHẢI CÓ TỐI THIỂU 02 CUỘC TRONG NĂM", portrait, "don_vi", []listed{
		{"STT", "{stt}", 6, centreStyle, false}, {"Đơn vị", "{don_vi}", 56, bodyStyle, false}, {"Số cuộc", "{so_cuoc}", 12, bodyStyle.number(), false}, {"Kết quả", "{ket_qua}", 16, centreStyle, false},
	}, "Xếp đơn vị còn thiếu nhiều trước. Một cuộc có nhiều đơn vị tham gia được tính cho từng đơn vị, nên số cuộc không cộng được.")
	return b.written("Mẫu báo cáo năm của kế hoạch")
}

// drawing draws sheets of a template; it counts the names used more than once.
type drawing struct {
	*book
	spans int
}

// head is the heading every table has; the period is filled in.
func (d *drawing) head(s *sheet, title string, columns int) int {
	top := s.heading(title, "", columns)
	d.spans++
	s.named(fmt.Sprintf("%sky__%d", factPrefix, d.spans), 1, 2)
	return top
}

// listed is a column of a sheet that is one table.
type listed struct {
	head, word string
	width      float64
	style      style
	sum        bool
}

// list draws a sheet of one table, with its sums at the foot and a note below.
func (d *drawing) list(name, title string, o orientation, table string, columns []listed, note string) {
	s := d.sheet(name, o)
	var widths []float64
	for _, c := range columns {
		widths = append(widths, c.width)
	}
	s.widths(widths...)
	top := d.head(s, title, len(columns))
	s.repeat(top, top)
	labels, sums := 0, false
	for i, c := range columns {
		s.text(1+i, top, c.head, headStyle)
		s.model(1+i, top+1, c.word, c.style)
		sums = sums || c.sum
		if !sums {
			labels = i + 1
		}
	}
	s.table(table, 1, top+1, len(columns), top+1)
	row := top + 2
	if sums {
		s.merged(1, labels, row, "Tổng cộng", sumStyle)
		for i := labels; i < len(columns); i++ {
			s.look(1+i, row, sumStyle)
			if columns[i].sum {
				s.sum(1+i, row, top+1)
			}
		}
		row++
	}
	if note != "" {
		s.merged(1, len(columns), row+1, note, style{italic: true, wrap: true})
	}
}

// model is a cell of a model row.
func (s *sheet) model(col, row int, word string, st style) {
	s.write(col, row, word, st)
	s.need(row, rowHeight)
}

func (s *sheet) table(code string, col, row, toCol, toRow int) {
	s.do(func() error {
		return s.file.SetDefinedName(&excelize.DefinedName{
			Name: tablePrefix + code, RefersTo: sheetCell(s.name, col, row) + ":" + absolute(toCol, toRow),
		})
	})
}

func (s *sheet) sum(col, row, of int) { s.formula(col, row, sumFormula(col, of, of), 0, sumStyle) }

func sumFormula(col, first, last int) string {
	return fmt.Sprintf("SUM(%s:%s)", cell(col, first), cell(col, last))
}

// texts is what the office writes itself, section by section.
func (d *drawing) texts() {
	s := d.sheet(sheetTexts, portrait)
	s.widths(6, 84)
	top := d.head(s, "ĐÁNH GIÁ, KHÓ KHĂN, KIẾN NGHỊ", 2)
	s.model(1, top, "{stt}.", style{bold: true, align: "center"})
	s.model(2, top, "{muc}", style{bold: true, wrap: true})
	s.model(1, top+1, "", style{})
	s.model(2, top+1, "{doan}", style{wrap: true, top: true})
	s.table("loi_van", 1, top, 2, top+1)
}

// written is the file; its day is that of no day, so that the bytes stay.
func (b *book) written(title string) ([]byte, error) {
	b.do(func() error {
		return b.file.SetDocProps(&excelize.DocProperties{Title: title, Creator: "Sổ Phổ Biến", LastModifiedBy: "Sổ Phổ Biến",
			Created: "2026-01-01T00:00:00Z", Modified: "2026-01-01T00:00:00Z", Language: "vi-VN"})
	})
	b.do(func() error { return b.file.SetAppProps(&excelize.AppProperties{Application: "Sổ Phổ Biến"}) })
	return b.bytes()
}
