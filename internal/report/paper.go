package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"sophobien/internal/record"
)

// PlaceAndDay dates a paper as Decree 30 writes it: "Đắk Tô, ngày 05 tháng 01 năm
// 2026". What is not known is left to be filled in by hand.
func PlaceAndDay(place string, d record.Date) string {
	if place == "" {
		place = "…………"
	}
	return place + ", " + Day(d)
}

// Day is a day in words, a leading zero only for days below 10 and the months 1 and 2.
func Day(d record.Date) string {
	if d == "" || !d.Valid() {
		return "ngày      tháng      năm        "
	}
	month := fmt.Sprint(d.Month())
	if d.Month() < 3 {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", d.Day(), month, d.Year())
}

// What follows says in Vietnamese what every file of a report says of its period, so that
// the workbook and the document cannot say it differently.

// Subject is what a report is about, with the time it covers: "… năm 2026", "… 6 tháng
// đầu năm 2026", "… tháng 12 năm 2025", or the days of another span.
func Subject(p record.FigurePeriod) string {
	const matter = "kết quả phổ biến, giáo dục pháp luật về lao động"
	part := LowerFirst(record.WordIn(record.PeriodParts, p.Part, "vi"))
	switch {
	case p.Year == 0:
		return strings.TrimSpace(matter + " " + SpanInWords(p))
	case p.Part == "":
		return fmt.Sprintf("%s năm %d", matter, p.Year)
	case strings.HasPrefix(p.Part, "m"): // a month has its own year
		return fmt.Sprintf("%s %s năm %d", matter, part, p.To.Year())
	}
	return fmt.Sprintf("%s %s năm %d", matter, strings.TrimSuffix(part, " năm"), p.Year)
}

// SpanInWords is the period from its first to its last day; "" for one without ends.
func SpanInWords(p record.FigurePeriod) string {
	switch {
	case p.From == "" && p.To == "":
		return ""
	case p.From == "":
		return fmt.Sprintf("đến hết ngày %s", p.To)
	case p.To == "":
		return fmt.Sprintf("từ ngày %s", p.From)
	}
	return fmt.Sprintf("từ ngày %s đến ngày %s", p.From, p.To)
}

// RuleInWords is how the days of a period came about.
func RuleInWords(p record.FigurePeriod) string {
	if p.Rule == Adhoc || p.Rule == "" {
		return "theo ngày đã chọn cho báo cáo đột xuất"
	}
	rule := LowerFirst(record.WordIn(record.PeriodRules, p.Rule, "vi"))
	if p.Part != "" {
		rule += ", phần của năm báo cáo: " + LowerFirst(record.WordIn(record.PeriodParts, p.Part, "vi"))
	}
	return rule
}

// Percent writes a share between 0 and 1 as people read it: "66,7 %".
func Percent(share float64) string {
	return strings.Replace(strconv.FormatFloat(100*share, 'f', 1, 64), ".", ",", 1) + " %"
}

// UpperFirst and LowerFirst change the first letter alone.
func UpperFirst(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}

func LowerFirst(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[:size]) + s[size:]
}
