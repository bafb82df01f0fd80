package intake

import (
	"fmt"

	"sophobien/internal/record"
	"sophobien/internal/sheet"
)

// dayOrder is what the whole column says about the order of day and month.
type dayOrder struct {
	dayFirst, monthFirst, open int // texts: 25/3, 3/25, 5/3
	serials, lateSerials       int // numbers: all, and those after the 12th
	ages, years                int // of two digits alone: those that are rather an age, and those that can be none
}

func (o *dayOrder) add(other dayOrder) {
	o.dayFirst += other.dayFirst
	o.monthFirst += other.monthFirst
	o.open += other.open
	o.serials += other.serials
	o.lateSerials += other.lateSerials
	o.ages += other.ages
	o.years += other.years
}

// orderOf gathers the evidence of a column.
func (t *table) orderOf(col int, rows []sheet.Row) dayOrder {
	var o dayOrder
	for _, r := range rows {
		switch b := readBirth(t.at(r, col), t.g.Date1904); b.form {
		case serial:
			o.serials++
			if b.a > 12 {
				o.lateSerials++
			}
		case yearOnly:
			if n := b.year % 100; b.shortYear && isOpenYear(n) {
				o.ages++
			} else if b.shortYear && (n < 15 || n > 75) {
				o.years++
			}
		case parted:
			switch {
			case b.a > 12 && b.b <= 12:
				o.dayFirst++
			case b.b > 12 && b.a <= 12:
				o.monthFirst++
			default:
				o.open++
			}
		}
	}
	return o
}

// birthOrder gathers the evidence of a table's columns of births.
func (t *table) birthOrder(cols []column, rows []sheet.Row) dayOrder {
	var o dayOrder
	for _, c := range cols {
		if (c.field == birth || c.field == male || c.field == female) && !speaksOfAge(words(c.label)) {
			o.add(t.orderOf(c.index, rows))
		}
	}
	return o
}

// verdict is what the evidence amounts to.
type verdict int

const (
	asWritten verdict = iota
	turned            // day and month change places
	doubtful
)

// texts judges dates written as text. Day first is the custom; only a column in
// which nothing speaks for it and several days speak against it is month first.
func (o dayOrder) texts() verdict {
	switch {
	case o.monthFirst == 0:
		return asWritten
	case o.dayFirst == 0 && o.monthFirst >= 3:
		return turned
	case o.dayFirst > 5*o.monthFirst:
		return asWritten
	}
	return doubtful
}

// numbers judges dates kept as numbers. A spreadsheet set to month first takes
// 5/3 for the third of May and leaves 25/3 a text: then no number is after the
// 12th and no text before the 13th. Of few cells that may be chance, and people are
// asked.
func (o dayOrder) numbers() verdict {
	switch {
	case o.lateSerials > 0 || o.open > 0 || o.monthFirst > 0 || o.dayFirst == 0:
		return asWritten
	case o.dayFirst >= 3 && o.serials >= 6, o.serials >= 12:
		return turned
	}
	return doubtful
}

// fixBirth writes a birth the way it is kept, or asks.
func fixBirth(v *value, o dayOrder, date1904 bool) (question string) {
	b := readBirth(*v, date1904)
	switch b.form {
	case noBirth:
		return fmt.Sprintf("Ngày sinh “%s” không đọc được. Ngày (hoặc năm) sinh đúng là gì?", v.text)
	case yearOnly, yearSerial, monthYear:
		return v.becomeYear(b, o)
	}
	return v.fixParts(b, o, dayWords{"Ngày sinh", 1900, latestBirth, fullYear, isOpenYear})
}

// dayWords are what a kind of day is called, in what years it lies, and what a
// year of two digits means.
type dayWords struct {
	name        string
	first, last int
	year        func(int) int
	open        func(int) bool // it may mean a year of either century
}

// Days of the office's work lie between the first law on spreading the law and
// as far ahead as anybody plans.
const (
	firstDay = 1990
	lastDay  = 2100
)

// fixDay writes a day of the office's work the way it is kept, or asks. A month or
// a year alone is no day.
func fixDay(v *value, name string, o dayOrder, date1904 bool) (question string) {
	w := dayWords{name, firstDay, lastDay, func(n int) int { return 2000 + n }, func(int) bool { return false }}
	b := readBirth(*v, date1904)
	switch b.form {
	case noBirth, yearOnly, yearSerial, monthYear:
		return fmt.Sprintf("%s ghi “%s”, chưa rõ ngày nào. Ngày đúng là ngày nào?", name, v.text)
	}
	return v.fixParts(b, o, w)
}

// fixParts decides which part of a day is the day, by the column.
func (v *value) fixParts(b birthText, o dayOrder, w dayWords) (question string) {
	rule := "form"
	switch b.form {
	case serial:
		rule = "serial-date"
		if b.a <= 12 && b.a != b.b {
			switch o.numbers() {
			case turned:
				b.a, b.b, rule = b.b, b.a, "day-month-swapped"
			case doubtful:
				return whichDay(w.name, v.text, b)
			}
		}
	case parted:
		switch q := b.settle(o, w.name, v.text); {
		case q != "":
			return q
		case o.texts() == turned:
			rule = "month-first"
		}
	}
	if b.shortYear && w.open(b.year%100) {
		return fmt.Sprintf("%s “%s” chỉ ghi hai chữ số của năm. Ngày (hoặc năm) sinh đầy đủ là gì?", w.name, v.text)
	}
	if b.shortYear {
		b.year, rule = w.year(b.year%100), "year-2"
	}
	return v.becomeDay(b, rule, w)
}

// settle decides which part is the day.
func (b *birthText) settle(o dayOrder, name, text string) (question string) {
	open := b.a <= 12 && b.b <= 12
	switch v := o.texts(); {
	case v == turned:
		b.a, b.b = b.b, b.a
	case open && b.a != b.b && v == doubtful:
		return whichDay(name, text, *b)
	case !open && b.b > 12 && b.a <= 12 && exists(b.year, b.a, b.b):
		return fmt.Sprintf("“%s” ghi tháng trước ngày, khác các dòng còn lại. Có phải là ngày %02d/%02d/%d không?", text, b.b, b.a, b.year)
	}
	return ""
}

func whichDay(name, text string, b birthText) string {
	return fmt.Sprintf("%s “%s” là ngày %02d/%02d/%d hay %02d/%02d/%d?", name, text, b.a, b.b, b.year, b.b, b.a, b.year)
}

func (v *value) becomeYear(b birthText, o dayOrder) (question string) {
	switch n := b.year % 100; {
	case b.shortYear && o.ages > 0 && o.years == 0:
		return fmt.Sprintf("Cột năm sinh ghi “%s”, giống tuổi hơn là năm. Năm sinh đầy đủ là bao nhiêu?", v.text)
	case b.shortYear && isOpenYear(n):
		return fmt.Sprintf("Năm sinh “%s” chỉ có hai chữ số. Năm sinh đầy đủ là bao nhiêu?", v.text)
	}
	if b.year < 1900 || b.year > latestBirth {
		return fmt.Sprintf("Năm sinh “%s” không hợp lý. Năm sinh đúng là bao nhiêu?", v.text)
	}
	rule := "form"
	switch {
	case b.form == monthYear:
		rule = "year-only"
	case b.form == yearSerial && v.kind == sheet.Date:
		rule = "year-serial"
	case b.shortYear:
		rule = "year-2"
	}
	after := fmt.Sprintf("%04d", b.year)
	if rule == "year-serial" && v.text == after {
		v.steps = append(v.steps, record.Repair{Before: v.text, After: after, Rule: rule})
	}
	v.become(after, rule)
	return ""
}

func (v *value) becomeDay(b birthText, rule string, w dayWords) (question string) {
	d, ok := record.NewDate(b.year, b.b, b.a)
	switch {
	case !ok:
		return fmt.Sprintf("%s “%s” không có trong lịch. Ngày đúng là ngày nào?", w.name, v.text)
	case b.year < w.first || b.year > w.last:
		return fmt.Sprintf("Năm trong “%s” không hợp lý. %s đúng là ngày nào?", v.text, w.name)
	}
	v.become(string(d), rule)
	return ""
}
