package pdf

import (
	"strconv"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

const lang = "vi"

// clock is a time of day in words, "08 giờ 00".
func clock(c record.Clock) string {
	h, m, ok := strings.Cut(string(c), ":")
	if !ok {
		return string(c)
	}
	return h + " giờ " + m
}

// moment is a time on a day, "08 giờ 00, ngày 05 tháng 01 năm 2026", as far as it is
// known.
func moment(c record.Clock, d record.Date) string {
	var parts []string
	if c != "" {
		parts = append(parts, clock(c))
	}
	if d != "" {
		parts = append(parts, report.Day(d))
	}
	return strings.Join(parts, ", ")
}

// occasion says when something is: the hours and day, or from when to when.
func occasion(o record.Occasion) string {
	if last := o.Last(); last != o.Date {
		return "từ " + moment(o.Start, o.Date) + " đến " + moment(o.End, last)
	}
	hours := clock(o.Start)
	if o.End != "" {
		hours = strings.TrimPrefix(hours+" – "+clock(o.End), " – ")
	}
	var parts []string
	for _, s := range []string{hours, moment("", o.Date)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// number is a whole number with its dots, "1.234".
func number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + "." + digits[at:]
	}
	return digits
}

// filled leaves out what is blank.
func filled(texts ...string) []string {
	var out []string
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			out = append(out, strings.TrimSpace(t))
		}
	}
	return out
}
