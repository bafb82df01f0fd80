package xlsx

import (
	"cmp"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// fact is something about the office, the period or the paper: a cell TT_<code>.
type fact struct {
	code, words string
	of          func(report.Yearly) any
}

// facts are what a template may name after TT_, in the order they are explained.
var facts = []fact{
	{"co_quan", "Tên cơ quan báo cáo", func(y report.Yearly) any { return y.Office.Name }},
	{"cap_tren", "Tên cơ quan chủ quản", func(y report.Yearly) any { return y.Office.ParentName }},
	{"dau_1", "Dòng trên của đầu trang, chữ in: cơ quan chủ quản, hoặc cơ quan báo cáo nếu không có cơ quan chủ quản", func(y report.Yearly) any { return letterhead(y.Office)[0] }},
	{"dau_2", "Dòng dưới của đầu trang, chữ in: cơ quan báo cáo", func(y report.Yearly) any { return letterhead(y.Office)[1] }},
	{"so", "Số và ký hiệu; số để trống khi chưa có", number},
	{"ky_hieu", "Ký hiệu văn bản", func(y report.Yearly) any { return y.Office.Series }},
	{"dia_danh", "Địa danh", func(y report.Yearly) any { return y.Office.Place }},
	{"dia_danh_ngay", "Địa danh và ngày tháng năm in", func(y report.Yearly) any { return report.PlaceAndDay(y.Office.Place, y.Printed) }},
	{"ngay_in", "Ngày in", func(y report.Yearly) any { return y.Printed }},
	{"tieu_de", "Trích yếu: kết quả phổ biến … năm …", func(y report.Yearly) any { return report.UpperFirst(report.Subject(y.Figures.Period)) }},
	{"kinh_gui", "Dòng “Kính gửi”", func(y report.Yearly) any { return prefixed("Kính gửi: ", y.Office.Recipient) }},
	{"noi_nhan", "Nơi nhận báo cáo", func(y report.Yearly) any { return y.Office.Recipient }},
	{"nam", "Năm báo cáo", func(y report.Yearly) any { return year(y.Figures.Period) }},
	{"ky", "Kỳ số liệu bằng chữ", func(y report.Yearly) any { return span(y.Figures.Period) }},
	{"tu_ngay", "Ngày đầu kỳ", func(y report.Yearly) any { return y.Figures.Period.From }},
	{"den_ngay", "Ngày cuối kỳ", func(y report.Yearly) any { return y.Figures.Period.To }},
	{"phan_ky", "Phần của năm: cả năm, 6 tháng, quý, tháng", func(y report.Yearly) any { return part(y.Figures.Period) }},
	{"dong_ky", "Câu nói kỳ số liệu", func(y report.Yearly) any {
		return "Kỳ số liệu: " + report.LowerFirst(span(y.Figures.Period)) + "."
	}},
	{"dong_cach_tinh", "Câu nói cách tính kỳ", func(y report.Yearly) any { return "Cách tính kỳ: " + report.RuleInWords(y.Figures.Period) + "." }},
	{"cach_tinh", "Cách tính kỳ", func(y report.Yearly) any { return report.RuleInWords(y.Figures.Period) }},
	{"ban_do", "Cách tính đơn vị khi sắp xếp, sáp nhập", func(y report.Yearly) any { return record.WordIn(record.UnitMaps, y.Figures.Period.Map, lang) }},
	{"dong_ban_do", "Câu nói cách tính đơn vị", func(y report.Yearly) any {
		return "Cách tính đơn vị: " + report.LowerFirst(record.WordIn(record.UnitMaps, y.Figures.Period.Map, lang)) + "."
	}},
	{"chua_het_ky", "Câu báo kỳ chưa kết thúc, có số ước cả kỳ; trống nếu đã kết thúc", unfinished},
	{"nam_truoc", "Kỳ cùng phần của năm trước, để so sánh", func(y report.Yearly) any { return beside(y.Before) }},
	{"luy_ke", "Kỳ của số lũy kế", func(y report.Yearly) any { return beside(y.Since) }},
	{"ky_1", "Dòng đầu của chỗ ký: TM., KT. hoặc chức vụ", func(y report.Yearly) any { return at(signing(y.Office), 0) }},
	{"ky_2", "Dòng sau của chỗ ký: chức vụ", func(y report.Yearly) any { return at(signing(y.Office), 1) }},
	{"ky_thay", "TM., KT., TL.", func(y report.Yearly) any { return y.Office.Head.For }},
	{"chuc_vu", "Chức vụ người ký", func(y report.Yearly) any { return y.Office.Head.Title }},
	{"nguoi_ky", "Họ tên người ký", func(y report.Yearly) any { return y.Office.Head.Name }},
	{"nhan_1", "Nơi nhận, dòng đầu", func(y report.Yearly) any { return at(receivers(y.Office), 0) }},
	{"nhan_2", "Nơi nhận, dòng sau", func(y report.Yearly) any { return at(receivers(y.Office), 1) }},
}

// letterhead are the two lines; a body that reports alone stands on the first.
func letterhead(o record.Office) [2]string {
	if o.ParentName == "" {
		return [2]string{strings.ToUpper(o.Name), ""}
	}
	return [2]string{strings.ToUpper(o.ParentName), strings.ToUpper(o.Name)}
}

func number(y report.Yearly) any {
	no := cmp.Or(y.Number, "       ")
	if y.Office.Series == "" {
		return "Số: " + no
	}
	return "Số: " + no + "/" + y.Office.Series
}

func prefixed(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

func year(p record.FigurePeriod) any {
	switch {
	case p.Year > 0:
		return int64(p.Year)
	case p.To != "":
		return int64(p.To.Year())
	}
	return nil
}

func part(p record.FigurePeriod) any {
	if p.Rule == report.Adhoc {
		return "Đột xuất"
	}
	return record.WordIn(record.PeriodParts, p.Part, lang)
}

func unfinished(y report.Yearly) any { return y.Unfinished() }

func beside(f *record.Figures) any {
	if f == nil {
		return "chưa có trong sổ"
	}
	return report.LowerFirst(span(f.Period))
}

func signing(o record.Office) []string {
	var out []string
	for _, line := range []string{strings.ToUpper(o.Head.For), strings.ToUpper(o.Head.Title)} {
		if line != "" {
			out = append(out, line)
		}
	}
	return out
}

func receivers(o record.Office) []string {
	if o.Recipient == "" {
		return []string{"- Lưu: VT."}
	}
	return []string{"- Như trên;", "- Lưu: VT."}
}
