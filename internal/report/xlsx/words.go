package xlsx

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// lang is the language of the workbook: a report to an authority of Việt Nam.
const lang = "vi"

// subject is what the report is about, with the year it covers.
func subject(p record.FigurePeriod) string {
	const matter = "kết quả phổ biến, giáo dục pháp luật về lao động"
	if p.Rule == report.Adhoc {
		return matter
	}
	year := p.Year
	if year == 0 {
		year = p.To.Year()
	}
	if p.Part != "" {
		return fmt.Sprintf("%s %s năm %d", matter, lowerFirst(record.WordIn(record.PeriodParts, p.Part, lang)), year)
	}
	return fmt.Sprintf("%s năm %d", matter, year)
}

// span is the period in words.
func span(p record.FigurePeriod) string {
	switch {
	case p.From == "" && p.To == "":
		return "Toàn bộ số liệu trong sổ"
	case p.From == "":
		return fmt.Sprintf("Đến hết ngày %s", p.To)
	case p.To == "":
		return fmt.Sprintf("Từ ngày %s", p.From)
	}
	return fmt.Sprintf("Từ ngày %s đến ngày %s", p.From, p.To)
}

func ruleInWords(p record.FigurePeriod) string {
	if p.Rule == report.Adhoc {
		return "theo ngày đã chọn cho báo cáo đột xuất"
	}
	return lowerFirst(record.WordIn(record.PeriodRules, p.Rule, lang))
}

func upperFirst(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}

func lowerFirst(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToLower(s[:size]) + s[size:]
}

// monthLabel names a whole month, and gives the days of one the period cuts.
func monthLabel(d record.Period) string {
	if d.From.Day() == 1 && d.To.AddDays(1).Day() == 1 {
		return fmt.Sprintf("Tháng %d/%d", d.From.Month(), d.From.Year())
	}
	return d.String()
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}
