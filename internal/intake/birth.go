package intake

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sophobien/internal/record"
	"sophobien/internal/sheet"
)

// latestBirth is the last year of birth taken without a question: nobody younger
// sits on a list of people who learn about labour law.
const latestBirth = 2025

// birthForm is how a birth was written.
type birthForm int

const (
	noBirth    birthForm = iota
	yearOnly             // 1987
	monthYear            // 3/1987
	parted               // 5/3/1987: which part is the day is for the column to say
	certain              // 1987-03-05, ngày 5 tháng 3 năm 1987, 5-Mar-1987
	serial               // 31841
	yearSerial           // 1987 in a cell formatted as a day
)

// birthText is a birth as read, before anybody decided what its parts mean. For
// parted, a and b are the first and the second part; otherwise day and month.
type birthText struct {
	form       birthForm
	a, b, year int
	shortYear  bool
}

func (b birthText) ok() bool { return b.form != noBirth }

// readBirth reads what a cell holds.
func readBirth(v value, date1904 bool) birthText {
	if v.kind == sheet.Number || v.kind == sheet.Date {
		if f, err := strconv.ParseFloat(v.text, 64); err == nil {
			return birthNumber(f, v.kind == sheet.Date, date1904)
		}
	}
	return birthWords(v.text, date1904)
}

// birthNumber reads a number: a year, a serial, or 5031987.
func birthNumber(f float64, dated, date1904 bool) birthText {
	n := int(math.Floor(f))
	switch {
	case f < 1 || f > 99_999_999:
		return birthText{}
	case n >= 1900 && n <= 2100 && dated:
		return birthText{form: yearSerial, year: n}
	case n >= 1900 && n <= 2100:
		return birthText{form: yearOnly, year: n}
	case dated || n >= 10_000 && n < 100_000:
		t := serialDay(n, date1904)
		return birthText{serial, t.Day(), int(t.Month()), t.Year(), false}
	case n >= 1_000_000:
		return eightDigits(fmt.Sprintf("%08d", n))
	}
	return birthText{}
}

// serialDay is the day of a spreadsheet's serial. Excel counts a 29/02/1900 that
// never was.
func serialDay(n int, date1904 bool) time.Time {
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case n < 60:
		start = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	return start.AddDate(0, 0, n)
}

func eightDigits(s string) birthText {
	part := func(i, j int) int { n, _ := strconv.Atoi(s[i:j]); return n }
	if d, m, y := part(0, 2), part(2, 4), part(4, 8); exists(y, m, d) && y >= 1900 && y <= 2100 {
		return birthText{form: certain, a: d, b: m, year: y}
	}
	if y, m, d := part(0, 4), part(4, 6), part(6, 8); exists(y, m, d) {
		return birthText{form: certain, a: d, b: m, year: y}
	}
	return birthText{}
}

var (
	clockEnd   = regexp.MustCompile(`[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm]| ?[SC]H)?Z?$`)
	birthIntro = regexp.MustCompile(`^(sinh ngay|sinh nam|ngay sinh|nam sinh|sn|ns|sinh|nam|ngay) `)
	monthNames = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
)

// birthWords reads a birth written as text.
func birthWords(s string, date1904 bool) birthText {
	if b, ok := threeNumbers(s); ok {
		return b
	}
	if strings.IndexByte(s, ':') >= 0 {
		s = clockEnd.ReplaceAllString(strings.TrimSpace(s), "")
	}
	key := birthIntro.ReplaceAllString(words(s), "")
	spoken := hasWords(key, "thang") || hasWords(key, "thg")
	var n []int
	var digits []string
	for _, w := range strings.Fields(key) {
		if month := monthOf(w); month > 0 {
			w, spoken = strconv.Itoa(month), true
			if len(n) == 0 {
				return monthNameFirst(key, month)
			}
		} else if w == "ngay" || w == "thang" || w == "thg" || w == "nam" {
			continue
		}
		v, err := strconv.Atoi(w)
		if err != nil || len(w) > 8 || len(n) == 3 {
			return birthText{}
		}
		n, digits = append(n, v), append(digits, w)
	}
	return birthParts(n, digits, spoken, date1904)
}

// threeNumbers reads 5/3/1987, 05-03-1987, 05.03.1987: as almost all are written.
func threeNumbers(s string) (birthText, bool) {
	var n [3]int
	at := 0
	for k := range n {
		from := at
		for at < len(s) && s[at] >= '0' && s[at] <= '9' && at-from < 5 {
			n[k] = n[k]*10 + int(s[at]-'0')
			at++
		}
		switch {
		case k < 2 && (at == from || at-from > 2 || at == len(s) || s[at] != '/' && s[at] != '-' && s[at] != '.'):
			return birthText{}, false
		case k == 2 && (at-from != 4 || at != len(s)):
			return birthText{}, false
		}
		at++
	}
	return birthText{form: parted, a: n[0], b: n[1], year: n[2]}, true
}

func birthParts(n []int, digits []string, spoken, date1904 bool) birthText {
	switch len(n) {
	case 1:
		return loneNumber(n[0], digits[0], date1904)
	case 2:
		if len(digits[1]) == 4 && n[0] <= 12 {
			return birthText{form: monthYear, b: n[0], year: n[1]}
		}
	case 3:
		form := parted
		if spoken {
			form = certain
		}
		switch {
		case len(digits[0]) == 4:
			return birthText{form: certain, a: n[2], b: n[1], year: n[0]}
		case len(digits[2]) == 4:
			return birthText{form: form, a: n[0], b: n[1], year: n[2]}
		case len(digits[2]) == 2:
			return birthText{form: form, a: n[0], b: n[1], year: fullYear(n[2]), shortYear: true}
		}
	}
	return birthText{}
}

func loneNumber(n int, digits string, date1904 bool) birthText {
	switch len(digits) {
	case 2:
		return birthText{form: yearOnly, year: fullYear(n), shortYear: true}
	case 4:
		return birthText{form: yearOnly, year: n}
	case 5:
		return birthNumber(float64(n), false, date1904)
	case 8:
		return eightDigits(digits)
	}
	return birthText{}
}

// fullYear takes two digits for a year in which people who work were born.
func fullYear(n int) int {
	if n <= 12 {
		return 2000 + n
	}
	return 1900 + n
}

// isOpenYear reports two digits that may be a year of this century or of the last, or
// an age.
func isOpenYear(n int) bool { return n > 12 && n < 30 }

func monthOf(w string) int {
	for i, m := range monthNames {
		if strings.HasPrefix(w, m) && len(w) <= 9 && w[0] > '9' {
			return i + 1
		}
	}
	return 0
}

// monthNameFirst reads "Mar 5, 1987".
func monthNameFirst(key string, month int) birthText {
	var d, y int
	if _, err := fmt.Sscanf(key[strings.IndexByte(key+" ", ' '):], "%d %d", &d, &y); err != nil || y < 1900 {
		return birthText{}
	}
	return birthText{form: certain, a: d, b: month, year: y}
}

func exists(y, m, d int) bool {
	_, ok := record.NewDate(y, m, d)
	return ok
}
