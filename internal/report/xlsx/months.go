package xlsx

import (
	"fmt"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// monthColumn is a column of the sheet by month and the figure it adds up to.
type monthColumn struct {
	group, name    string // group "" spans both header rows
	code, splitKey string
	of             func(report.MonthRow) int64
}

var monthColumns = []monthColumn{
	{"", "Văn bản chỉ đạo", "I1", "", func(m report.MonthRow) int64 { return m.Directives }},
	{"Tập huấn, bồi dưỡng", "Lớp", "I2", "", func(m report.MonthRow) int64 { return m.Trainings }},
	{"Tập huấn, bồi dưỡng", "Lượt người", "I3", "", func(m report.MonthRow) int64 { return m.Trained }},
	{"Phổ biến trực tiếp", "Cuộc", "I4", "", func(m report.MonthRow) int64 { return m.Direct }},
	{"Phổ biến trực tiếp", "Lượt người", "I5", "", func(m report.MonthRow) int64 { return m.Attended }},
	{"Phổ biến trực tiếp", "Trong đó nữ", "I5", "group=women", func(m report.MonthRow) int64 { return m.AttendedWomen }},
	{"Đối thoại, tọa đàm, hội thảo", "Cuộc", "I7", "", func(m report.MonthRow) int64 { return m.Dialogues }},
	{"Đối thoại, tọa đàm, hội thảo", "Lượt người", "I7", "measure=people", func(m report.MonthRow) int64 { return m.DialogueHeads }},
	{"Cuộc thi", "Cuộc", "I8", "", func(m report.MonthRow) int64 { return m.Contests }},
	{"Cuộc thi", "Lượt dự thi", "I8", "measure=entries", func(m report.MonthRow) int64 { return m.Entries }},
}

// months writes the table by month. Its last row compares the totals with the
// indicators, so that a report that does not add up shows it.
func (w writer) months(s *sheet) {
	s.widths(24, 11, 9, 13, 9, 11, 11, 9, 11, 9, 11)
	top := s.heading("SỐ LIỆU THEO THÁNG", w.span(), len(monthColumns)+1)
	w.monthHeader(s, top)
	s.repeat(top, top+1)
	first := top + 2
	row := first
	for _, m := range w.Months {
		s.text(1, row, monthLabel(m.Days), bodyStyle)
		for i, c := range monthColumns {
			s.number(2+i, row, c.of(m), bodyStyle)
		}
		row++
	}
	s.text(1, row, "Tổng cộng", sumStyle)
	s.text(1, row+1, "Lệch so với trang “Chỉ tiêu” (phải bằng 0)", style{italic: true, boxed: true, wrap: true})
	for i, c := range monthColumns {
		w.monthSum(s, 2+i, first, row, c)
	}
}

func (w writer) monthSum(s *sheet, col, first, row int, c monthColumn) {
	var sum int64
	for _, m := range w.Months {
		sum += c.of(m)
	}
	s.formula(col, row, sumFormula(col, first, row-1), sum, sumStyle)
	if name := w.names.of(c.code, c.splitKey); name != "" {
		value, _ := w.Figures.Value(c.code, c.splitKey)
		s.formula(col, row+1, fmt.Sprintf("%s-%s", cell(col, row), name), sum-value, style{italic: true, boxed: true})
	}
}

// sumFormula adds a column up; of no rows the sum is 0.
func sumFormula(col, first, last int) string {
	if last < first {
		return "0"
	}
	return fmt.Sprintf("SUM(%s:%s)", cell(col, first), cell(col, last))
}

func (w writer) monthHeader(s *sheet, top int) {
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

// monthLabel names a whole month, and gives the days of one the period cuts.
func monthLabel(d record.Period) string {
	if d.From.Day() == 1 && d.To.AddDays(1).Day() == 1 {
		return fmt.Sprintf("Tháng %d/%d", d.From.Month(), d.From.Year())
	}
	return d.String()
}
