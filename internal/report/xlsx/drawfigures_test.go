package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// figures draws the targets with their chart, and every indicator with its parts.
func (d *drawing) figures() {
	s := d.sheet(sheetFigures, landscape)
	s.widths(10, 54, 13, 17, 17, 18, 32)
	top := d.head(s, "TỔNG HỢP CHỈ TIÊU", 7)
	section := style{bold: true, wrap: true}
	s.merged(1, 7, top, "I. CÁC MỤC TIÊU CỦA KẾ HOẠCH", section)
	head := top + 1
	share := bodyStyle.number()
	share.format, share.align, share.indent = "0.0%", "center", 0
	for i, c := range []listed{
		{"Mã", "{ma}", 0, centreStyle, false}, {"Mục tiêu", "{ten}", 0, bodyStyle, false}, {"Đã đạt", "{tu_so}", 0, bodyStyle.number(), false},
		{"Phải đạt", "{mau_so}", 0, bodyStyle.number(), false}, {"Tỷ lệ", "{ty_le}", 0, share, false}, {"Ngưỡng", "{nguong}", 0, share, false}, {"Nhận định", "{nhan_dinh}", 0, bodyStyle, false},
	} {
		s.text(1+i, head, c.head, headStyle)
		s.model(1+i, head+1, c.word, c.style)
	}
	s.table("muc_tieu", 1, head+1, 7, head+1)
	chart := head + 3
	s.chart(chart, 1, 1180, 250, excelize.Bar, "Tỷ lệ đạt so với ngưỡng của các mục tiêu", "0%",
		s.series(2, head, head+1, 5, "1F4E79"), s.series(2, head, head+1, 6, "BFBFBF"))
	row := chart + 14
	s.merged(1, 7, row, "II. CÁC CHỈ TIÊU", section)
	s.indicators(row + 1)
	s.rules(row + 6)
}

func (s *sheet) indicators(head int) {
	for i, h := range []string{"Mã", "Chỉ tiêu", "Đơn vị tính", "Kỳ này", "Cùng kỳ năm trước", "Lũy kế từ năm 2024", "Tăng, giảm so với cùng kỳ năm trước"} {
		s.text(1+i, head, h, headStyle)
	}
	s.repeatOnly(head)
	whole := style{bold: true, boxed: true, shaded: true}
	looks := []struct{ code, name, unit, number style }{
		{style{bold: true, boxed: true, shaded: true, align: "center"}, style{bold: true, boxed: true, shaded: true, wrap: true}, style{boxed: true, shaded: true, align: "center"}, whole.number()},
		{bodyStyle, style{italic: true, boxed: true, wrap: true, indent: 1}, bodyStyle, bodyStyle.number()},
		{bodyStyle, style{boxed: true, wrap: true, indent: 3}, centreStyle, bodyStyle.number()},
	}
	for i, l := range looks {
		row := head + 1 + i
		s.model(1, row, "{ma}", l.code)
		s.model(2, row, "{ten}", l.name)
		s.model(3, row, "{don_vi_tinh}", l.unit)
		for k, word := range []string{"{ky_nay}", "{nam_truoc}", "{luy_ke}"} {
			s.model(4+k, row, word, l.number)
		}
		change := l.number
		change.format = `+#,##0_);-#,##0_);0_)`
		s.formula(7, row, fmt.Sprintf(`IF(AND(ISNUMBER(%s),ISNUMBER(%s)),%s-%s,"")`, cell(4, row), cell(5, row), cell(4, row), cell(5, row)), 0, l.number)
		s.look(7, row, change)
	}
	s.table("chi_tieu", 1, head+1, 7, head+3)
	s.merged(1, 7, head+4, "Số liệu chỉ gồm hoạt động đã tổ chức hoặc đã chốt; một người dự một cuộc được tính một lượt. Ô năm trước để trống khi sổ chưa có số liệu năm đó.", style{italic: true, wrap: true})
}

// rules says how each target is counted.
func (s *sheet) rules(row int) {
	s.merged(1, 7, row, "III. CÁCH TÍNH CÁC MỤC TIÊU", style{bold: true, wrap: true})
	s.model(1, row+1, "{ma}", centreStyle)
	s.merged(2, 7, row+1, "{cach_tinh}", bodyStyle)
	s.table("muc_tieu__2", 1, row+1, 7, row+1)
}

// repeatOnly prints a header row on every page without freezing what is above it.
func (s *sheet) repeatOnly(row int) {
	s.do(func() error {
		return s.file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted(s.name), row, row),
		})
	})
}

// series is a column of a model row as a series of a chart, named by its header.
func (s *sheet) series(names, head, model, col int, colour string) excelize.ChartSeries {
	return excelize.ChartSeries{
		Name: sheetCell(s.name, col, head), Categories: sheetCell(s.name, names, model) + ":" + absolute(names, model),
		Values: sheetCell(s.name, col, model) + ":" + absolute(col, model),
		Fill:   excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
		Line:   excelize.LineOptions{Type: excelize.LineSolid, Width: 1.5, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}},
	}
}

// chart puts a chart over empty rows below a table; it moves down with them.
func (s *sheet) chart(row, col int, width, height uint, kind excelize.ChartType, title, format string, series ...excelize.ChartSeries) {
	letters := &excelize.Font{Family: fontName, Size: 11, Color: "000000"}
	small := excelize.Font{Family: fontName, Size: 9, Color: "000000"}
	turned := -45 // months side by side
	if kind == excelize.Bar {
		small.Size, turned = 11, 0
	}
	c := &excelize.Chart{
		GapWidth: new(uint(60)), Type: kind, Series: series, Dimension: excelize.ChartDimension{Width: width, Height: height},
		Format:   excelize.GraphicOptions{Positioning: "oneCell", AltText: title},
		Title:    excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: &excelize.Font{Family: fontName, Size: 13, Bold: true, Color: "000000"}}}},
		Legend:   excelize.ChartLegend{Position: "bottom", Font: letters},
		XAxis:    excelize.ChartAxis{Font: small, Alignment: excelize.Alignment{TextRotation: turned}, ReverseOrder: kind == excelize.Bar},
		YAxis:    excelize.ChartAxis{Font: *letters, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: format}, Minimum: new(0.0)},
		PlotArea: excelize.ChartPlotArea{ShowVal: kind != excelize.Line, NumFmt: excelize.ChartNumFmt{CustomNumFmt: format}},
	}
	s.do(func() error { return s.file.AddChart(s.name, cell(col, row), c) })
}

// audiences draws the people by group: the audiences, which add up to everybody, then
// the groups that overlap them.
func (d *drawing) audiences() {
	s := d.sheet(sheetAudiences, portrait)
	s.widths(34, 15, 15, 15, 15)
	top := d.head(s, "SỐ LIỆU THEO ĐỐI TƯỢNG", 5)
	words := []string{"{doi_tuong}", "{tap_huan}", "{truc_tiep}", "{doi_thoai}", "{du_thi}"}
	for i, h := range []string{"Đối tượng", "Lượt người được tập huấn", "Lượt người dự phổ biến trực tiếp", "Lượt người dự đối thoại, tọa đàm, hội thảo", "Lượt dự thi"} {
		st, before := bodyStyle, ""
		if i > 0 {
			st = bodyStyle.number()
		} else {
			before = "Trong đó: "
		}
		s.text(1+i, top, h, headStyle)
		s.model(1+i, top+1, words[i], st)
		s.model(1+i, top+3, before+words[i], st)
		if i > 0 {
			s.sum(1+i, top+2, top+1)
		}
	}
	s.text(1, top+2, "Tổng số", sumStyle)
	s.repeat(top, top)
	s.table("doi_tuong", 1, top+1, 5, top+1)
	s.table("trong_do", 1, top+3, 5, top+3)
	s.merged(1, 5, top+5, "Một lớp tập huấn đồng thời là cuộc phổ biến trực tiếp được tính ở cả hai cột; không cộng các cột với nhau.", style{italic: true, wrap: true})
	s.chart(top+7, 1, 790, 380, excelize.Bar, "Lượt người theo đối tượng", wholeFormat,
		s.series(1, top, top+1, 2, "1F4E79"), s.series(1, top, top+1, 3, "ED7D31"))
}
