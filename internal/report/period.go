package report

import (
	"fmt"

	"sophobien/internal/record"
)

// Adhoc is the rule of a period given by its two days.
const Adhoc = "adhoc"

// Period is the span of one reporting year under a rule of record.PeriodRules.
//
//   - "plan": from the day after the last cut-off to 30 November. Without a cut-off
//     (or with one that does not lie before the end of this year) from 1 December.
//   - "nd09": 15 December to 14 December.
//   - "calendar": 1 January to 31 December.
//
// An unknown rule, which a newer program may have written, counts as "plan".
func Period(rule string, year int, lastCutOff record.Date) record.FigurePeriod {
	switch rule {
	case "nd09":
		return record.FigurePeriod{From: day(year-1, 12, 15), To: day(year, 12, 14), Rule: rule}
	case "calendar":
		return record.FigurePeriod{From: day(year, 1, 1), To: day(year, 12, 31), Rule: rule}
	}
	p := record.FigurePeriod{From: day(year-1, 12, 1), To: day(year, 11, 30), Rule: "plan"}
	if lastCutOff != "" && lastCutOff.Valid() && lastCutOff < p.To {
		p.From = lastCutOff.AddDays(1)
	}
	return p
}

// Between is the ad-hoc period from one day to another; an empty end is open.
func Between(from, to record.Date) record.FigurePeriod {
	return record.FigurePeriod{From: from, To: to, Rule: Adhoc}
}

func day(y, m, d int) record.Date { return record.Date(fmt.Sprintf("%04d-%02d-%02d", y, m, d)) }
