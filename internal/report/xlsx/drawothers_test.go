package xlsx

import (
	"fmt"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// oldForm says of the form of 2019 what it is.
const oldForm = "Mẫu theo Thông tư số 03/2019/TT-BTP (đã được thay thế) – chỉ để tham khảo"

// drawStatistics draws the statistics of the justice sector as they were asked in 2019. It
// bears no form number.
func drawStatistics() ([]byte, error) {
	b := newBook()
	defer b.file.Close()
	s := b.sheet("Biểu thống kê", landscape)
	columns := []struct{ group, head, unit, figure string }{
		{"Phổ biến pháp luật trực tiếp", "Số cuộc", "cuộc", "I4_total"},
		{"Phổ biến pháp luật trực tiếp", "Số lượt người tham dự", "lượt người", "I5_total"},
		{"Thi tìm hiểu pháp luật", "Số cuộc thi", "cuộc", "I8_total"},
		{"Thi tìm hiểu pháp luật", "Số lượt người dự thi", "lượt người", "I8_measure_entries"},
		{"Tài liệu phát hành, cấp phát miễn phí", "Tổng số", "bản", "I9_measure_given"},
		{"Tài liệu phát hành, cấp phát miễn phí", "Trong đó bằng tiếng dân tộc thiểu số", "bản", ""},
		{"", "Số tài liệu đăng tải trên internet", "tài liệu", ""},
		{"", "Số lần phát sóng trên đài truyền thanh xã", "lần", "I10_kind_broadcast"},
		{"", "Số tin, bài đăng, phát trên phương tiện thông tin đại chúng", "tin, bài", "I10_kind_article"},
	}
	s.widths(30, 13, 14, 12, 13, 13, 15, 14, 15, 17)
	last := len(columns) + 1
	s.merged(1, last, 1, oldForm, style{bold: true, align: "center", wrap: true, boxed: true, shaded: true})
	plain, small := style{wrap: true, top: true}, style{size: 12, wrap: true, top: true}
	s.merged(1, 3, 2, "Ban hành theo Thông tư số 03/2019/TT-BTP ngày 20/3/2019", small)
	s.merged(4, 7, 2, "SỐ LIỆU PHỔ BIẾN, GIÁO DỤC PHÁP LUẬT VỀ LAO ĐỘNG", titleStyle)
	s.merged(8, last, 2, "Đơn vị báo cáo:", small)
	s.merged(1, 3, 3, "Ngày nhận báo cáo: ……/……/…………", small)
	s.fact("ky", 4, 7, 3, noteStyle)
	s.fact("co_quan", 8, last, 3, style{bold: true, wrap: true, top: true})
	s.merged(1, 3, 4, "", plain)
	s.fact("phan_ky", 4, 7, 4, noteStyle)
	s.merged(8, last, 4, "Đơn vị nhận báo cáo:", small)
	s.merged(1, 3, 5, "", plain)
	s.merged(4, 7, 5, "", plain)
	s.fact("noi_nhan", 8, last, 5, style{bold: true, wrap: true, top: true})
	head := 7
	s.text(1, head, "Đơn vị", headStyle)
	s.look(1, head+1, headStyle)
	s.merge(1, head, 1, head+1)
	s.text(1, head+2, "A", centreStyle)
	s.fact("co_quan__2", 1, 1, head+3, bodyStyle)
	for i := 0; i < len(columns); i++ {
		c := columns[i]
		s.text(2+i, head+2, fmt.Sprintf("(%d)", i+1), centreStyle)
		words := c.head + "\n(" + c.unit + ")"
		s.look(2+i, head+3, bodyStyle.number())
		if c.figure != "" {
			s.named(nowPrefix+c.figure, 2+i, head+3)
		}
		switch {
		case c.group == "": // its head takes both rows
			s.text(2+i, head, words, headStyle)
			s.look(2+i, head+1, headStyle)
			s.merge(2+i, head, 2+i, head+1)
			continue
		case i > 0 && columns[i-1].group == c.group:
			s.merged(1+i, 2+i, head, c.group, headStyle)
		default:
			s.text(2+i, head, c.group, headStyle)
		}
		s.text(2+i, head+1, words, headStyle)
	}
	for i, note := range []string{
		"Ghi chú: thứ tự các cột không được bảo đảm đúng như biểu gốc; cần đối chiếu với văn bản hiện hành trước khi gửi. Biểu không mang số biểu của năm 2026.",
		"Lớp tập huấn, bồi dưỡng có phổ biến trực tiếp được tính là cuộc phổ biến trực tiếp. Cột (6) và cột (7) sổ không tính, đơn vị điền tay. Cột (8) là mọi lần phát thanh, truyền hình đã ghi trong sổ; cột (9) là tin, bài đã ghi.",
	} {
		s.merged(1, last, head+5+i, note, style{italic: true, size: 12, wrap: true})
	}
	sign := head + 8
	bold := style{bold: true, align: "center", wrap: true}
	s.fact("dia_danh_ngay", 7, last, sign, noteStyle)
	for i, who := range []string{"NGƯỜI LẬP BIỂU", "NGƯỜI KIỂM TRA", "THỦ TRƯỞNG ĐƠN VỊ"} {
		s.merged([]int{1, 4, 7}[i], []int{3, 6, last}[i], sign+1, who, bold)
	}
	s.need(sign+2, 60)
	s.fact("nguoi_ky", 7, last, sign+3, bold)
	return b.written("Biểu thống kê tham khảo")
}

// drawBlank draws a template to start from, and a sheet that explains every name.
func drawBlank() ([]byte, error) {
	b := newBook()
	defer b.file.Close()
	s := b.sheet("Báo cáo", portrait)
	s.widths(34, 18, 18, 18)
	s.fact("co_quan", 1, 4, 1, style{bold: true, wrap: true})
	s.fact("tieu_de", 1, 4, 3, titleStyle)
	s.fact("ky", 1, 4, 4, noteStyle)
	s.text(1, 6, "Cuộc phổ biến trực tiếp", bodyStyle)
	s.look(2, 6, bodyStyle.number())
	s.named("CT_I4_total", 2, 6)
	s.text(1, 7, "Lượt người tham dự", bodyStyle)
	s.look(2, 7, bodyStyle.number())
	s.named("CT_I5_total", 2, 7)
	for i, h := range []string{"Tháng", "Cuộc phổ biến trực tiếp", "Lượt người", "Trong đó nữ"} {
		s.text(1+i, 9, h, headStyle)
	}
	s.model(1, 10, "{thang}", bodyStyle)
	s.text(1, 11, "Tổng cộng", sumStyle)
	for i, word := range []string{"{cuoc}", "{luot}", "{nu}"} {
		s.model(2+i, 10, word, bodyStyle.number())
		s.sum(2+i, 11, 10)
	}
	s.table("thang", 1, 10, 4, 10)
	drawNames(b.sheet("Tên dùng được", portrait))
	return b.written("Mẫu trống để tự làm")
}

func drawNames(s *sheet) {
	s.widths(40, 80)
	row := s.heading("CÁC TÊN DÙNG ĐƯỢC TRONG MẪU", "Đặt tên cho ô bằng Formulas → Name Manager (Excel) hoặc Sheet → Named Ranges (LibreOffice).", 2)
	s.text(1, row, "Tên", headStyle)
	s.text(2, row, "Ý nghĩa", headStyle)
	s.repeat(row, row)
	line := func(name, words string) {
		row++
		s.text(1, row, name, bodyStyle)
		s.text(2, row, words, bodyStyle)
	}
	section := func(words string) {
		row++
		s.merged(1, 2, row, words, style{bold: true, boxed: true, shaded: true, wrap: true})
	}
	section("Cách dùng. Một ô có tên được điền số liệu, định dạng giữ nguyên. Muốn dùng một tên ở nhiều ô thì thêm __2, __3 vào cuối tên. Một vùng tên BANG_… là dòng mẫu; mỗi ô ghi tên cột trong ngoặc nhọn, dòng được lặp lại cho từng dòng số liệu.")
	section("TT_… – thông tin về cơ quan, kỳ báo cáo")
	for _, f := range facts {
		line(factPrefix+f.code, f.words)
	}
	section("VB_… – lời văn do cơ quan viết")
	for _, t := range report.TextSections {
		line(textPrefix+t.Code, t.Words.In(lang))
	}
	section("BANG_… – bảng và các cột")
	for _, t := range tables {
		var words []string
		for _, c := range t.columns {
			words = append(words, "{"+c.code+"} "+c.words)
		}
		line(tablePrefix+t.code, t.words+".\n"+strings.Join(words, "\n"))
	}
	section("MT_… – mục tiêu: MT_<mã>_numerator (đã đạt), MT_<mã>_denominator (phải đạt), MT_<mã>_rate (tỷ lệ)")
	line("MT_c_rate", "Ví dụ: tỷ lệ của mục tiêu có mã c")
	section("CT_… – chỉ tiêu của kỳ này; thay CT_ bằng NT_ cho cùng kỳ năm trước, bằng LK_ cho lũy kế từ năm 2024")
	for _, f := range report.Compute(report.Input{}).Indicators {
		line(nowPrefix+report.FigureName(f), figureWords(f))
	}
	line("CT_I4_topic_…, CT_I11_topic_…", "Chia theo nội dung; sau topic_ là mã chủ đề của cơ quan")
}

func figureWords(f record.Figure) string {
	words := f.Code
	for _, i := range report.Infos {
		if i.Code == f.Code {
			words += ". " + i.Name.In(lang)
		}
	}
	for dim, part := range f.Split {
		words += " – " + report.LowerFirst(report.PartIn(dim, part, nil, lang))
	}
	return words
}
