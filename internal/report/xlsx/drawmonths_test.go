package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// monthColumn is a column of the sheet by month and the figure it adds up to.
type monthColumn struct {
	group, name  string // group "" spans both header rows
	word, figure string
}

var monthColumns = []monthColumn{
	{"", "Văn bản chỉ đạo", "{van_ban}", "I1_total"},
	{"Tập huấn, bồi dưỡng", "Lớp tập huấn", "{lop}", "I2_total"},
	{"Tập huấn, bồi dưỡng", "Lượt người tập huấn", "{luot_tap_huan}", "I3_total"},
	{"Phổ biến trực tiếp", "Cuộc phổ biến", "{cuoc}", "I4_total"},
	{"Phổ biến trực tiếp", "Lượt người dự", "{luot}", "I5_total"},
	{"Phổ biến trực tiếp", "Trong đó nữ", "{nu}", "I5_group_women"},
	{"Đối thoại, tọa đàm, hội thảo", "Đối thoại, tọa đàm", "{doi_thoai}", "I7_total"},
	{"Đối thoại, tọa đàm, hội thảo", "Lượt người dự", "{luot_doi_thoai}", "I7_measure_people"},
	{"Cuộc thi", "Cuộc thi", "{cuoc_thi}", "I8_total"},
	{"Cuộc thi", "Lượt dự thi", "{luot_thi}", "I8_measure_entries"},
}

// months draws the table by month. Its last row compares the totals with the
// indicators, so that a report that does not add up shows it.
func (d *drawing) months() {
	s := d.sheet(sheetMonths, landscape)
	s.widths(26, 12, 12, 13, 12, 12, 12, 13, 12, 10, 12)
	top := d.head(s, "SỐ LIỆU THEO THÁNG", len(monthColumns)+1)
	s.monthHeader(top)
	s.repeat(top, top+1)
	model := top + 2
	s.model(1, model, "{thang}", bodyStyle)
	s.text(1, model+1, "Tổng cộng", sumStyle)
	plain := style{italic: true, boxed: true, wrap: true}
	s.text(1, model+2, "Theo “Tổng hợp chỉ tiêu”", plain)
	s.text(1, model+3, "Lệch (phải bằng 0)", plain)
	for i, c := range monthColumns {
		col := 2 + i
		s.model(col, model, c.word, bodyStyle.number())
		s.sum(col, model+1, model)
		s.look(col, model+2, plain.number())
		s.named(fmt.Sprintf("%s%s__2", nowPrefix, c.figure), col, model+2)
		s.formula(col, model+3, fmt.Sprintf("%s-%s", cell(col, model+1), cell(col, model+2)), 0, plain)
	}
	s.table("thang", 1, model, len(monthColumns)+1, model)
	s.chart(model+5, 1, 590, 270, excelize.Col, "Số cuộc theo tháng", wholeFormat,
		s.series(1, top+1, model, 5, "1F4E79"), s.series(1, top+1, model, 3, "ED7D31"), s.series(1, top+1, model, 8, "A5A5A5"))
	s.chart(model+5, 6, 590, 270, excelize.Line, "Lượt người theo tháng", wholeFormat,
		s.series(1, top+1, model, 6, "1F4E79"), s.series(1, top+1, model, 4, "ED7D31"))
}

func (s *sheet) monthHeader(top int) {
	s.text(1, top, "Tháng", headStyle)
	s.look(1, top+1, headStyle)
	s.merge(1, top, 1, top+1)
	for i := 0; i < len(monthColumns); {
		c := monthColumns[i]
		if c.group == "" {
			s.text(2+i, top, c.name, headStyle)
			s.look(2+i, top+1, headStyle)
			s.merge(2+i, top, 2+i, top+1)
			i++
			continue
		}
		from := i
		for ; i < len(monthColumns) && monthColumns[i].group == c.group; i++ {
			s.text(2+i, top+1, monthColumns[i].name, headStyle)
		}
		s.merged(2+from, 1+i, top, c.group, headStyle)
	}
}
