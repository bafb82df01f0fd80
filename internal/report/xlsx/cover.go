package xlsx

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// The cover stands on 24 narrow columns, so that the two halves of the letterhead
// and the rules under them can be placed.
const (
	coverColumns = 24
	coverWidth   = 3.05
	leftEnd      = 10 // last column of the left half of the letterhead
	signStart    = 13 // the signature takes the right half
	ruleHeight   = 6.0
)

// cover writes the first page: letterhead, title, period and its rule, the main
// figures, and the signature.
func (w writer) cover(s *sheet) {
	s.widths(slices.Repeat([]float64{coverWidth}, coverColumns)...)
	row := w.letterhead(s, 1)
	row = w.title(s, row+1)
	row = w.rules(s, row+1)
	row = w.mainFigures(s, row+1)
	w.signature(s, row+1)
}

// halves writes a row with one text on either side.
func (s *sheet) halves(row, split int, left string, l style, right string, r style) {
	s.merged(1, split, row, left, l)
	s.merged(split+1, coverColumns, row, right, r)
}

func (w writer) letterhead(s *sheet, row int) int {
	office, parent := strings.ToUpper(w.Office.Name), strings.ToUpper(w.Office.ParentName)
	if parent == "" {
		parent, office = office, ""
	}
	upper := style{size: 12, align: "center", wrap: true, top: true}
	bold := style{size: 12, bold: true, align: "center", wrap: true, top: true}
	motto := style{size: 13, bold: true, align: "center", wrap: true, top: true}
	first := upper
	if office == "" {
		first = bold // the body that reports stands alone
	}
	s.halves(row, leftEnd, parent, first, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold)
	s.halves(row+1, leftEnd, office, bold, "Độc lập - Tự do - Hạnh phúc", motto)
	s.rule(row+2, 4, 7)
	s.rule(row+2, 14, 21)
	number := "Số:        "
	if w.Office.Series != "" {
		number += "/" + w.Office.Series
	}
	s.halves(row+3, leftEnd, number, style{size: 13, align: "center"}, report.PlaceAndDay(w.Office.Place, w.PrintedOn), style{size: 13, italic: true, align: "center", wrap: true})
	return row + 4
}

// rule draws the line that stands under a heading.
func (s *sheet) rule(row, from, to int) {
	s.need(row, ruleHeight)
	for col := from; col <= to; col++ {
		s.look(col, row, style{over: true})
	}
}

func (w writer) title(s *sheet, row int) int {
	s.line(row, "BÁO CÁO SỐ LIỆU", titleStyle)
	s.line(row+1, upperFirst(w.subject()), titleStyle)
	s.rule(row+2, 9, 16)
	if w.Office.Recipient == "" {
		return row + 3
	}
	s.line(row+3, "Kính gửi: "+w.Office.Recipient, style{size: 14, align: "center", wrap: true})
	return row + 4
}

// line writes text across the cover.
func (s *sheet) line(row int, text string, st style) {
	s.merged(1, coverColumns, row, text, st)
}

// rules say which days are counted, by which rule, and up to when.
func (w writer) rules(s *sheet, row int) int {
	text := []string{
		"Kỳ số liệu: " + lowerFirst(w.span()) + ".",
		"Cách tính kỳ: " + w.ruleInWords() + ".",
		"Hoạt động thuộc kỳ có ngày bắt đầu; chỉ tính hoạt động đã tổ chức hoặc đã chốt.",
	}
	if d := w.PrintedOn; d != "" && w.Figures.Period.To > d {
		text = append(text, fmt.Sprintf("Kỳ chưa kết thúc: số liệu thực tế đến ngày in %s, chưa gồm số ước của những ngày còn lại.", d))
	}
	for _, t := range text {
		s.line(row, t, style{wrap: true})
		row++
	}
	return row
}

func (w writer) ruleInWords() string {
	if w.Figures.Period.Rule == report.Adhoc {
		return "theo ngày đã chọn cho báo cáo đột xuất"
	}
	return lowerFirst(record.WordIn(record.PeriodRules, w.Figures.Period.Rule, lang))
}

func upperFirst(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}

func lowerFirst(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[:size]) + s[size:]
}

// mainFigures repeats the whole of each indicator; the numbers point at the sheet
// of indicators.
func (w writer) mainFigures(s *sheet, row int) int {
	columns := []struct {
		head     string
		from, to int
	}{{"Mã", 1, 2}, {"Chỉ tiêu chính", 3, 17}, {"Đơn vị tính", 18, 20}, {"Số liệu", 21, coverColumns}}
	for _, c := range columns {
		s.merged(c.from, c.to, row, c.head, headStyle)
	}
	for _, info := range report.Infos {
		whole, ok := w.figure(info.Code, "")
		if !ok {
			continue
		}
		row++
		s.merged(1, 2, row, info.Code, centreStyle)
		s.merged(3, 17, row, info.Name.In(lang), bodyStyle)
		s.merged(18, 20, row, info.Unit.In(lang), centreStyle)
		s.merged(21, coverColumns, row, "", bodyStyle.number())
		s.formula(21, row, w.names.of(info.Code, ""), whole.Value, bodyStyle)
	}
	return row + 1
}

// signature writes the recipients on the left and the head's block on the right.
func (w writer) signature(s *sheet, row int) {
	head := w.Office.Head
	sign := style{size: 14, bold: true, align: "center", wrap: true, top: true}
	small := style{size: 11, top: true}
	left := []string{"Nơi nhận:", "- Như trên;", "- Lưu: VT."}
	if w.Office.Recipient == "" {
		left = []string{"Nơi nhận:", "- Lưu: VT."}
	}
	var right []string
	for _, r := range []string{strings.ToUpper(head.For), strings.ToUpper(head.Title)} {
		if r != "" {
			right = append(right, r)
		}
	}
	for i := range max(len(left), len(right)) {
		st := small
		if i == 0 {
			st = style{size: 12, bold: true, italic: true, top: true}
		}
		s.halves(row+i, signStart-1, at(left, i), st, at(right, i), sign)
	}
	row += max(len(left), len(right))
	s.need(row, 60) // room for the signature and the stamp
	s.halves(row+1, signStart-1, "", small, head.Name, sign)
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}
