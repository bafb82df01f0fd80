package xlsx

import (
	"strings"

	"sophobien/internal/record"
)

// listColumn is a column of the list of activities; exactly one of text, number
// and day fills it.
type listColumn struct {
	name   string
	width  float64
	text   func(writer, record.Activity) string
	number func(record.Activity) int64
	day    func(record.Activity) record.Date
}

var listColumns = []listColumn{
	{name: "Ngày", width: 13, day: func(a record.Activity) record.Date { return a.When.Date }},
	{name: "Loại", width: 17, text: func(_ writer, a record.Activity) string { return record.WordIn(record.ActivityKinds, a.Kind, lang) }},
	{name: "Tên hoạt động", width: 36, text: func(_ writer, a record.Activity) string { return a.Title }},
	{name: "Nơi tổ chức", width: 29, text: writer.where},
	{name: "Nội dung", width: 27, text: writer.topics},
	{name: "Phổ biến trực tiếp", width: 10, text: func(_ writer, a record.Activity) string { return map[bool]string{true: "x"}[a.Direct] }},
	{name: "Tổng số lượt", width: 9, number: func(a record.Activity) int64 { return a.Heads.Total }},
	{name: "Nữ", width: 8, number: func(a record.Activity) int64 { return a.Heads.Women }},
	{name: "Dân tộc thiểu số", width: 9, number: func(a record.Activity) int64 { return a.Heads.EthnicMinority }},
	{name: "Khuyết tật", width: 9, number: func(a record.Activity) int64 { return a.Heads.Disabled }},
}

// activities lists what was counted, with the sums at the foot.
func (w writer) activities(s *sheet) {
	widths := []float64{6}
	for _, c := range listColumns {
		widths = append(widths, c.width)
	}
	s.widths(widths...)
	top := s.heading("DANH SÁCH HOẠT ĐỘNG", w.span(), len(widths))
	s.text(1, top, "STT", headStyle)
	for i, c := range listColumns {
		s.text(2+i, top, c.name, headStyle)
	}
	s.repeat(top, top)
	for i, a := range w.Activities {
		s.number(1, top+1+i, int64(i+1), centreStyle)
		s.look(1, top+1+i, centreStyle)
		for k, c := range listColumns {
			w.listCell(s, 2+k, top+1+i, c, a)
		}
	}
	w.listSums(s, top+1, top+1+len(w.Activities))
}

func (w writer) listCell(s *sheet, col, row int, c listColumn, a record.Activity) {
	switch {
	case c.day != nil:
		s.day(col, row, c.day(a), centreStyle)
	case c.number != nil:
		s.number(col, row, c.number(a), bodyStyle)
	case c.width <= 10:
		s.text(col, row, c.text(w, a), centreStyle)
	default:
		s.text(col, row, c.text(w, a), bodyStyle)
	}
}

func (w writer) listSums(s *sheet, first, row int) {
	labels := 1
	for i, c := range listColumns {
		if c.number == nil {
			labels = 2 + i
			continue
		}
		var sum int64
		for _, a := range w.Activities {
			sum += c.number(a)
		}
		s.formula(2+i, row, sumFormula(2+i, first, row-1), sum, sumStyle)
	}
	s.merged(1, labels, row, "Tổng cộng", sumStyle)
}

// where is the host unit, and the place when that says more.
func (w writer) where(a record.Activity) string {
	host, place := w.UnitNames[a.HostUnitID], strings.TrimSpace(a.When.Place)
	if host == "" || strings.Contains(place, host) {
		return place
	}
	return strings.TrimSuffix(host+"\n"+place, "\n")
}

func (w writer) topics(a record.Activity) string {
	words := make([]string, len(a.Topics))
	for i, code := range a.Topics {
		words[i] = record.WordIn(w.Topics, code, lang)
	}
	return strings.Join(words, "; ")
}
