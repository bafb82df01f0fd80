package report

import (
	"fmt"
	"strings"

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
	rule, first := begins(rule, year)
	p := record.FigurePeriod{From: first, To: addMonths(first, 12).AddDays(-1), Rule: rule, Year: year}
	if rule == "plan" && lastCutOff != "" && lastCutOff.Valid() && lastCutOff < p.To {
		p.From = lastCutOff.AddDays(1)
	}
	return p
}

// Part is a part of a reporting year, one of record.PeriodParts: its halves, its
// quarters, its first nine months or one of its months, counted from its first day. A month
// of "plan" is the calendar's, so that month 12 is the December the year begins with; one
// of "nd09" runs from the 15th of the month before to the 14th. The first part begins where the
// year does, after the last cut-off.
func Part(rule string, year int, lastCutOff record.Date, part string) (record.FigurePeriod, bool) {
	p := Period(rule, year, lastCutOff)
	span, known := parts[part]
	if !known {
		return p, false
	}
	_, first := begins(rule, year)
	if strings.HasPrefix(part, "m") && p.Rule == "plan" {
		span.from = (span.from + 1) % 12
	}
	if span.from > 0 {
		p.From = addMonths(first, span.from)
	}
	if end := span.from + span.months; end < 12 {
		p.To = addMonths(first, end).AddDays(-1)
	}
	p.Part = part
	return p, true
}

// monthsOf are the months of a part, counted from the first of the year.
type monthsOf struct{ from, months int }

var parts = func() map[string]monthsOf {
	at := map[string]monthsOf{"": {0, 12}, "9m": {0, 9}, "h1": {0, 6}, "h2": {6, 6}}
	for i := range 4 {
		at[fmt.Sprintf("q%d", i+1)] = monthsOf{3 * i, 3}
	}
	for i := range 12 {
		at[fmt.Sprintf("m%d", i+1)] = monthsOf{i, 1}
	}
	return at
}()

// begins is the first day of a year without a cut-off, and the rule that says so.
func begins(rule string, year int) (string, record.Date) {
	switch rule {
	case "nd09":
		return rule, day(year-1, 12, 15)
	case "calendar":
		return rule, day(year, 1, 1)
	}
	return "plan", day(year-1, 12, 1)
}

// addMonths moves a day that every month has.
func addMonths(d record.Date, months int) record.Date {
	return record.DateOf(d.Time().AddDate(0, months, 0))
}

// Between is the ad-hoc period from one day to another; an empty end is open.
func Between(from, to record.Date) record.FigurePeriod {
	return record.FigurePeriod{From: from, To: to, Rule: Adhoc}
}

func day(y, m, d int) record.Date { return record.Date(fmt.Sprintf("%04d-%02d-%02d", y, m, d)) }
