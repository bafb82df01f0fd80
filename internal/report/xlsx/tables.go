package xlsx

import (
	"regexp"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// table is what a template may name after BANG_: a range of model rows.
type table struct {
	code, words string
	levels      int // how many model rows it has; a row says which is its own
	columns     []tableColumn
	rows        func(*vocabulary) []row
}

// tableColumn is a word in braces and what it means.
type tableColumn struct{ code, words string }

// row is one row of a table: its level from 0, its values by the order of the columns,
// and by column the names its cells get where the template has none.
type row struct {
	level  int
	values []any
	names  map[string]string
}

func columns(pairs ...string) []tableColumn {
	var out []tableColumn
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, tableColumn{pairs[i], pairs[i+1]})
	}
	return out
}

var audienceColumns = columns("doi_tuong", "Đối tượng", "tap_huan", "Lượt người được tập huấn", "truc_tiep", "Lượt người dự phổ biến trực tiếp",
	"doi_thoai", "Lượt người dự đối thoại, tọa đàm, hội thảo", "du_thi", "Lượt dự thi")

// tables are those there are, in the order they are explained.
var tables = []table{
	{"chi_tieu", "Các chỉ tiêu và từng phần; ba dòng mẫu: chỉ tiêu, cách chia, phần", 3,
		columns("ma", "Mã", "ten", "Chỉ tiêu", "don_vi_tinh", "Đơn vị tính", "ky_nay", "Kỳ này", "nam_truoc", "Cùng kỳ năm trước", "luy_ke", "Lũy kế từ 2024", "uoc", "Ước cả kỳ, khi kỳ chưa kết thúc"), figureRows},
	{"muc_tieu", "Các mục tiêu của kế hoạch", 1,
		columns("ma", "Mã", "ten", "Mục tiêu", "ten_ngan", "Tên ngắn", "cach_tinh", "Cách tính", "tu_so", "Đã đạt", "mau_so", "Phải đạt", "ty_le", "Tỷ lệ", "nguong", "Ngưỡng",
			"ket_qua", "Đạt hay chưa", "con_thieu", "Còn thiếu", "du_kien", "Tỷ lệ nếu làm hết kế hoạch", "nhan_dinh", "Nhận định"), targetRows},
	{"thang", "Số liệu theo tháng", 1,
		columns("thang", "Tháng", "van_ban", "Văn bản chỉ đạo", "lop", "Lớp tập huấn", "luot_tap_huan", "Lượt người tập huấn", "cuoc", "Cuộc phổ biến trực tiếp", "luot", "Lượt người",
			"nu", "Trong đó nữ", "doi_thoai", "Đối thoại, tọa đàm, hội thảo", "luot_doi_thoai", "Lượt người", "cuoc_thi", "Cuộc thi", "luot_thi", "Lượt dự thi"), monthRows},
	{"doi_tuong", "Lượt người theo đối tượng; cộng lại bằng tổng số", 1, audienceColumns, audienceRows("audience")},
	{"trong_do", "Lượt người theo nhóm chồng lên đối tượng: nữ, dân tộc thiểu số, khuyết tật", 1, audienceColumns, audienceRows("group")},
	{"nhiem_vu", "Việc đã làm theo nhiệm vụ của kế hoạch", 1,
		columns("stt", "Số thứ tự", "nhiem_vu", "Nhiệm vụ", "hoat_dong", "Số hoạt động", "truc_tiep", "Trong đó phổ biến trực tiếp", "luot", "Lượt người", "chi", "Kinh phí đã chi (đồng)"), taskRows},
	{"xa", "Việc đã làm theo xã", 1,
		columns("stt", "Số thứ tự", "xa", "Xã, phường", "hoat_dong", "Số hoạt động", "cuoc", "Cuộc phổ biến trực tiếp", "luot", "Lượt người", "lop", "Lớp tập huấn",
			"luot_tap_huan", "Lượt người tập huấn", "cau_hoi", "Câu hỏi tiếp nhận"), placeRows},
	{"don_vi", "Đơn vị phải có tối thiểu 02 cuộc", 1,
		columns("stt", "Số thứ tự", "don_vi", "Đơn vị", "so_cuoc", "Số cuộc", "ket_qua", "Đạt hay chưa"), unitRows},
	{"hoat_dong", "Danh sách hoạt động được tính", 1,
		columns("stt", "Số thứ tự", "ngay", "Ngày", "loai", "Loại", "ten", "Tên hoạt động", "noi", "Nơi tổ chức", "noi_dung", "Nội dung", "nhiem_vu", "Nhiệm vụ",
			"truc_tiep", "Tính là phổ biến trực tiếp: x", "luot", "Tổng số lượt", "nu", "Nữ", "dan_toc", "Dân tộc thiểu số", "khuyet_tat", "Khuyết tật"), activityRows},
	{"cau_hoi", "Câu hỏi, vướng mắc tiếp nhận trong kỳ", 1,
		columns("stt", "Số thứ tự", "ngay", "Ngày nhận", "nhom", "Đối tượng hỏi", "linh_vuc", "Lĩnh vực", "noi_dung", "Nội dung", "vuong_mac", "Là khó khăn, vướng mắc: x",
			"han", "Hạn trả lời", "tra_loi", "Ngày trả lời", "chuyen", "Chuyển đến"), questionRows},
	{"tai_lieu", "Tài liệu làm trong kỳ", 1,
		columns("stt", "Số thứ tự", "ngay", "Ngày", "loai", "Loại", "ten", "Tên tài liệu", "ngon_ngu", "Ngôn ngữ", "lam_ra", "Số bản làm ra", "cap_phat", "Số bản cấp phát (ngoài hoạt động)"), materialRows},
	{"kinh_phi", "Dòng kinh phí của năm", 1,
		columns("stt", "Số thứ tự", "nhiem_vu", "Nhiệm vụ", "nguon", "Nguồn", "noi_dung", "Nội dung chi", "du_toan", "Dự toán (đồng)", "da_chi", "Đã chi ngoài các hoạt động (đồng)"), budgetRows},
	{"loi_van", "Phần báo cáo bằng lời do cơ quan tự viết; hai dòng mẫu: tên mục, đoạn văn", 2,
		columns("stt", "Số thứ tự của mục", "muc", "Tên mục", "doan", "Đoạn văn"), textRows},
}

func tableOf(name string) (table, bool) {
	code := again.ReplaceAllString(strings.ToLower(strings.TrimPrefix(strings.ToUpper(name), tablePrefix)), "")
	for _, t := range tables {
		if t.code == code {
			return t, true
		}
	}
	return table{}, false
}

// figureRows are every indicator, the dimensions it is divided by, and its parts.
func figureRows(v *vocabulary) []row {
	var out []row
	parts := map[string][]record.Figure{}
	whole := map[string]record.Figure{}
	for _, f := range v.y.Figures.Indicators {
		switch len(f.Split) {
		case 0:
			whole[f.Code] = f
		case 1:
			for dim := range f.Split {
				parts[f.Code+" "+dim] = append(parts[f.Code+" "+dim], f)
			}
		}
	}
	line := func(level int, code, name, unit string, f record.Figure) {
		is := v.keys[key(f)]
		out = append(out, row{level, []any{code, name, unit, f.Value, v.of(beforePrefix, f), v.of(sincePrefix, f), v.of(guessPrefix, f)},
			map[string]string{"ky_nay": nowPrefix + is, "nam_truoc": beforePrefix + is, "luy_ke": sincePrefix + is, "uoc": guessPrefix + is}})
	}
	for _, info := range report.Infos {
		f, is := whole[info.Code]
		if !is {
			continue
		}
		line(0, info.Code, info.Name.In(lang), info.Unit.In(lang), f)
		for _, dim := range report.Dims {
			list := parts[info.Code+" "+dim.Code]
			if len(list) > 0 {
				out = append(out, row{level: 1, values: []any{"", dim.Words.In(lang), "", nil, nil, nil, nil}})
			}
			report.SortParts(dim.Code, list)
			for _, f := range list {
				line(2, "", report.PartIn(dim.Code, f.Split[dim.Code], v.y.Topics, lang), report.UnitIn(f, lang), f)
			}
		}
	}
	return out
}

// of is a figure in another year; nil where that year is not in the register.
func (v *vocabulary) of(prefix string, f record.Figure) any {
	if set, is := v.sets[prefix]; is {
		return set[key(f)]
	}
	return nil
}

func targetRows(v *vocabulary) []row {
	var out []row
	for _, o := range v.y.Outlooks {
		said := "Chưa đạt"
		if o.Now.Denominator == 0 {
			said = "Không có gì để tính"
		} else if o.Needed == 0 {
			said = "Đạt"
		}
		out = append(out, row{values: []any{
			o.Target.Code, o.Target.Name.In(lang), o.Target.Short.In(lang), o.Target.Rule.In(lang), o.Now.Numerator, o.Now.Denominator, share(o.Now), float64(o.Target.Threshold) / 100,
			said, o.Needed, share(o.Planned), o.Words(v.y.Printed).In(lang),
		}, names: targetNames(o.Target.Code)})
	}
	return out
}

var plainCode = regexp.MustCompile(`^[A-Za-z0-9_]{1,60}$`)

func targetNames(code string) map[string]string {
	if !plainCode.MatchString(code) {
		return nil
	}
	name := targetPrefix + code
	return map[string]string{"tu_so": name + "_numerator", "mau_so": name + "_denominator", "ty_le": name + "_rate"}
}

func monthRows(v *vocabulary) []row {
	var out []row
	for _, m := range v.y.Months {
		out = append(out, row{values: []any{monthLabel(m.Days), m.Directives, m.Trainings, m.Trained, m.Direct, m.Attended, m.AttendedWomen,
			m.Dialogues, m.DialogueHeads, m.Contests, m.Entries}})
	}
	return out
}

func audienceRows(dim string) func(*vocabulary) []row {
	return func(v *vocabulary) []row {
		var out []row
		for _, r := range v.y.Audiences {
			if r.Split[dim] != "" {
				out = append(out, row{values: []any{report.PartIn(dim, r.Split[dim], nil, lang), r.Trained, r.Attended, r.Dialogue, r.Entries}})
			}
		}
		return out
	}
}
