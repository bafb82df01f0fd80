package viet

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Kinds of error of the readers of dates and numbers, for errors.Is. The error
// itself is a sentence in Vietnamese.
var (
	ErrNotDate   = errors.New("không đọc được ngày")
	ErrNoSuchDay = errors.New("không có ngày này trong lịch")
	ErrNotNumber = errors.New("không đọc được số")
)

// Years that a reader takes; anything else is a slip of the finger.
const (
	firstYear = 1900
	lastYear  = 2199
)

// longestInput bounds what a reader looks at: nothing people write as a date or
// a number is longer.
const longestInput = 200

// ParseDate reads a date as people write it here:
//
//	5/3  5/3/26  5/3/2026  05-03-2026  5.3.2026  05032026
//	2026-03-05  2026-03-05 14:30  20260305
//	hôm nay  hôm qua  hôm kia  ngày mai  (with or without marks)
//	ngày 5 tháng 3 năm 2026  Đắk Tô, ngày 05 tháng 3 năm 2026  mùng 5 tháng 3
//
// Day comes before month. Without a year it is today's year. Two digits are the
// latest such year that is not after next year: in 2026, 27 is 2027 and 28 is
// 1928. Eight digits are day first when that is a day from 1900 to 2199, else
// year first. A time of day behind the date is dropped. Years outside 1900–2199
// are refused.
func ParseDate(s string, today Date) (Date, error) {
	if len(s) > longestInput {
		return Date{}, notDate(s)
	}
	k := dateKey(s)
	if offset, ok := dayWords[k]; ok {
		return today.AddDays(offset), nil
	}
	if eight.MatchString(k) {
		return eightDigits(s, k)
	}
	if m := yearFirst.FindStringSubmatch(k); m != nil {
		return existing(s, number(m[1]), number(m[2]), number(m[3]))
	}
	m := dayFirst.FindStringSubmatch(k)
	if m == nil {
		return Date{}, notDate(s)
	}
	return existing(s, fullYear(m[3], today), number(m[2]), number(m[1]))
}

// ParseBirth reads a date of birth: everything [ParseDate] reads, and also a year
// (1987) or a month of a year (3/1987), which give a Date with zero parts.
func ParseBirth(s string, today Date) (Date, error) {
	if len(s) > longestInput {
		return Date{}, notDate(s)
	}
	m := monthYear.FindStringSubmatch(dateKey(s))
	if m == nil {
		return ParseDate(s, today)
	}
	d := Date{Year: number(m[2]), Month: number(m[1])}
	if d.Year < firstYear || d.Year > lastYear || d.Month > 12 || m[1] != "" && d.Month == 0 {
		return Date{}, noSuchDay(s)
	}
	return d, nil
}

var dayWords = map[string]int{
	"hom nay": 0, "nay": 0,
	"hom qua": -1, "qua": -1,
	"hom kia":  -2,
	"ngay mai": 1, "mai": 1,
}

// The shapes of a dateKey: one space between all parts.
var (
	eight     = regexp.MustCompile(`^\d{8}$`)
	yearFirst = regexp.MustCompile(`^(\d{4}) (\d{1,2}) (\d{1,2})$`)
	dayFirst  = regexp.MustCompile(`^(?:ngay )?(?:mung |mong )?(\d{1,2}) (?:thang )?(\d{1,2})(?: (?:nam )?(\d{4}|\d{2}))?$`)
	monthYear = regexp.MustCompile(`^(?:(?:thang )?(\d{1,2}) )?(?:nam )?(\d{4})$`)
	clockTime = regexp.MustCompile(`[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$`)
	placeName = regexp.MustCompile(`^.*,\s*`)
	dateMarks = strings.NewReplacer("/", " ", ".", " ")
)

// dateKey folds a written date so that its parts stand apart by one space. What
// stands before a comma is the place of a document.
func dateKey(s string) string {
	s = strings.TrimSpace(NFC(s))
	s = clockTime.ReplaceAllString(s, "")
	s = placeName.ReplaceAllString(s, "")
	return Key(dateMarks.Replace(s))
}

func eightDigits(s, k string) (Date, error) {
	d := Date{Day: number(k[:2]), Month: number(k[2:4]), Year: number(k[4:])}
	if d.Valid() && d.Year >= firstYear && d.Year <= lastYear {
		return d, nil
	}
	return existing(s, number(k[:4]), number(k[4:6]), number(k[6:]))
}

func existing(s string, y, m, d int) (Date, error) {
	date := Date{y, m, d}
	if !date.Valid() || y < firstYear || y > lastYear {
		return Date{}, noSuchDay(s)
	}
	return date, nil
}

func fullYear(digits string, today Date) int {
	y := number(digits)
	switch len(digits) {
	case 0:
		return today.Year
	case 2:
		next := today.Year + 1
		return next - (next-y)%100
	default:
		return y
	}
}

// number reads digits that a pattern has already let through; "" is 0.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

func notDate(s string) error {
	return fmt.Errorf("%w từ “%s”; hãy viết như 05/03/2026", ErrNotDate, shorten(s))
}

func noSuchDay(s string) error {
	return fmt.Errorf("%w: “%s”; hãy kiểm tra ngày, tháng và năm (từ %d đến %d)", ErrNoSuchDay, shorten(s), firstYear, lastYear)
}

// shorten keeps a quotation inside a message to a length that can be read.
func shorten(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
