package xlsx

import (
	"sophobien/internal/report"
)

var audienceColumns = []struct {
	name, code string
	of         func(report.AudienceRow) int64
}{
	{"Lượt người được tập huấn", "I3", func(r report.AudienceRow) int64 { return r.Trained }},
	{"Lượt người dự phổ biến trực tiếp", "I5", func(r report.AudienceRow) int64 { return r.Attended }},
	{"Lượt người dự đối thoại, tọa đàm, hội thảo", "I7", func(r report.AudienceRow) int64 { return r.Dialogue }},
	{"Lượt dự thi", "I8", func(r report.AudienceRow) int64 { return r.Entries }},
}

// audiences writes the people by group: the audiences, which add up to everybody,
// then the groups that overlap them.
func (w writer) audiences(s *sheet) {
	s.widths(34, 15, 15, 15, 15)
	top := s.heading("SỐ LIỆU THEO ĐỐI TƯỢNG", w.span(), len(audienceColumns)+1)
	s.text(1, top, "Đối tượng", headStyle)
	for i, c := range audienceColumns {
		s.text(2+i, top, c.name, headStyle)
	}
	s.repeat(top, top)
	row := top + 1
	for _, r := range w.Audiences {
		w.audienceRow(s, row, top+1, r)
		row++
	}
	note := "Một lớp tập huấn đồng thời là cuộc phổ biến trực tiếp được tính ở cả hai cột; không cộng các cột với nhau."
	s.merged(1, len(audienceColumns)+1, row+1, note, style{italic: true, wrap: true})
}

func (w writer) audienceRow(s *sheet, row, first int, r report.AudienceRow) {
	label, st := "Tổng số", sumStyle
	switch {
	case r.Split["audience"] != "":
		label, st = report.PartIn("audience", r.Split["audience"], nil, lang), bodyStyle
	case r.Split["group"] != "":
		label, st = "Trong đó: "+report.PartIn("group", r.Split["group"], nil, lang), bodyStyle
	}
	s.text(1, row, label, st)
	for i, c := range audienceColumns {
		if len(r.Split) == 0 && w.audiencesAddUp(c.of) {
			s.formula(2+i, row, sumFormula(2+i, first, row-1), c.of(r), st)
			continue
		}
		s.number(2+i, row, c.of(r), st)
	}
}

// audiencesAddUp reports whether everybody is the sum of the audiences, as it is
// in any record that was validated.
func (w writer) audiencesAddUp(of func(report.AudienceRow) int64) bool {
	var sum, whole int64
	for _, r := range w.Audiences {
		if len(r.Split) == 0 {
			whole = of(r)
		}
		if r.Split["audience"] != "" {
			sum += of(r)
		}
	}
	return sum == whole
}
