package xlsx

import (
	"fmt"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// lang is the language of the workbook: a report to an authority of Việt Nam.
const lang = "vi"

// span is the period in words, as a sentence begins.
func span(p record.FigurePeriod) string {
	if days := report.SpanInWords(p); days != "" {
		return report.UpperFirst(days)
	}
	return "Toàn bộ số liệu trong sổ"
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
