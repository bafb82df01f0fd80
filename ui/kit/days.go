package kit

import (
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
)

// Weeks begin on Monday, as every office calendar here does.

func weekday(d record.Date) int { return (int(d.Time().Weekday()) + 6) % 7 }

func mondayOf(d record.Date) record.Date { return d.AddDays(-weekday(d)) }

// monthSpan is from the Monday before the first of a month to the Sunday after
// its last.
func monthSpan(d record.Date) (from, to record.Date) {
	first, _ := record.NewDate(d.Year(), d.Month(), 1)
	last := addMonths(first, 1).AddDays(-1)
	return mondayOf(first), mondayOf(last).AddDays(6)
}

// addMonths goes to the same day of another month, or to its last.
func addMonths(d record.Date, n int) record.Date {
	months := d.Year()*12 + d.Month() - 1 + n
	year, month := months/12, months%12+1
	for day := d.Day(); day > 0; day-- {
		if to, ok := record.NewDate(year, month, day); ok {
			return to
		}
	}
	return d
}

func daysBetween(from, to record.Date) int {
	return int(to.Time().Sub(from.Time()) / (24 * time.Hour))
}

// stepDay is the day a key leads to in a month.
func stepDay(d record.Date, key fyne.KeyName) (record.Date, bool) {
	switch key {
	case fyne.KeyLeft:
		return d.AddDays(-1), true
	case fyne.KeyRight:
		return d.AddDays(1), true
	case fyne.KeyUp:
		return d.AddDays(-7), true
	case fyne.KeyDown:
		return d.AddDays(7), true
	case fyne.KeyHome:
		return mondayOf(d), true
	case fyne.KeyEnd:
		return mondayOf(d).AddDays(6), true
	case fyne.KeyPageUp:
		return addMonths(d, -1), true
	case fyne.KeyPageDown:
		return addMonths(d, 1), true
	}
	return d, false
}

// todayRune reports whether a letter asks for today.
func todayRune(r rune) bool { return r == 't' || r == 'T' }

// weekdayName is the name of a day of the week, Monday being 0.
func weekdayName(i int) string {
	return []string{T("Thứ Hai"), T("Thứ Ba"), T("Thứ Tư"), T("Thứ Năm"), T("Thứ Sáu"), T("Thứ Bảy"), T("Chủ nhật")}[i]
}

func weekdayShort(i int) string {
	return []string{T("T2"), T("T3"), T("T4"), T("T5"), T("T6"), T("T7"), T("CN")}[i]
}

func monthName(d record.Date) string {
	months := []string{
		T("Tháng 1"), T("Tháng 2"), T("Tháng 3"), T("Tháng 4"), T("Tháng 5"), T("Tháng 6"),
		T("Tháng 7"), T("Tháng 8"), T("Tháng 9"), T("Tháng 10"), T("Tháng 11"), T("Tháng 12")}
	return T("{{.Month}} năm {{.Year}}", map[string]any{"Month": months[(d.Month()+11)%12], "Year": d.Year()})
}

// DayWords is a day with the name of its weekday, so that a slip shows at once:
// "Thứ Năm 05/03/2026".
func DayWords(d record.Date) string {
	if d == "" || !d.Valid() {
		return d.String()
	}
	return weekdayName(weekday(d)) + " " + d.String()
}
