package workday

import (
	"fmt"
	"strings"

	"sophobien/internal/record"
)

// Sentence says when it is due and which days were not counted: "Hạn 08/05/2026: 5
// ngày làm việc kể từ 30/04/2026, không tính 01/05 Quốc tế Lao động, thứ Bảy, Chủ
// nhật."
func (k Count) Sentence() record.Words {
	w := k.opening()
	if vi, en := k.without(); len(vi) > 0 {
		w.VI += ", không tính " + strings.Join(vi, ", ")
		w.EN += ", not counting " + strings.Join(en, ", ")
	}
	if len(k.MadeUp) > 0 {
		w.VI += "; tính cả " + k.madeUp("làm bù")
		w.EN += "; counting " + k.madeUp("made up")
	}
	w.VI, w.EN = w.VI+".", w.EN+"."
	if years := k.expected(); len(years) > 0 {
		w.VI += " Lịch nghỉ năm " + list(years) + " mới là dự kiến: hãy kiểm tra lại khi có thông báo."
		w.EN += " The days off of " + list(years) + " are expected, not announced: please check."
	}
	if len(k.Unknown) > 0 {
		w.VI += " Chưa có lịch nghỉ lễ năm " + list(k.Unknown) + ": hãy kiểm tra lại."
		w.EN += " No holidays are known of " + list(k.Unknown) + ": please check."
	}
	return w
}

func list(years []int) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(years), " ", ", "), "[]")
}

func (k Count) opening() record.Words {
	if k.Days == 1 {
		return record.Words{VI: fmt.Sprintf("Hạn %s: 1 ngày làm việc kể từ %s", k.Due, k.From), EN: fmt.Sprintf("Due %s: 1 working day after %s", k.Due, k.From)}
	}
	return record.Words{
		VI: fmt.Sprintf("Hạn %s: %d ngày làm việc kể từ %s", k.Due, k.Days, k.From),
		EN: fmt.Sprintf("Due %s: %d working days after %s", k.Due, k.Days, k.From),
	}
}

// without lists what was not counted: holidays by day and name, weekends by name
// alone, since everybody knows them.
func (k Count) without() (vi, en []string) {
	var saturday, sunday bool
	for i := 0; i < len(k.Skipped); {
		switch s := k.Skipped[i]; s.Why {
		case OffSaturday:
			saturday, i = true, i+1
		case OffSunday:
			sunday, i = true, i+1
		default:
			n := k.run(i)
			span := k.span(s.On, k.Skipped[i+n-1].On)
			vi, en = append(vi, named(span, s.Day.Name, "vi")), append(en, named(span, s.Day.Name, "en"))
			i += n
		}
	}
	if saturday {
		vi, en = append(vi, "thứ Bảy"), append(en, "Saturdays")
	}
	if sunday {
		vi, en = append(vi, "Chủ nhật"), append(en, "Sundays")
	}
	return vi, en
}

// run is how many holidays from i on are one: the same name, day after day.
func (k Count) run(i int) int {
	n := 1
	for i+n < len(k.Skipped) {
		last, next := k.Skipped[i+n-1], k.Skipped[i+n]
		if next.Why != OffHoliday || next.Day.Name != last.Day.Name || next.On != last.On.AddDays(1) {
			break
		}
		n++
	}
	return n
}

func (k Count) span(from, to record.Date) string {
	if from == to {
		return k.short(from)
	}
	return k.short(from) + "–" + k.short(to)
}

// short leaves out the year where it is that of the due day.
func (k Count) short(d record.Date) string {
	if d.Year() == k.Due.Year() {
		return d.String()[:len("dd/mm")]
	}
	return d.String()
}

func named(span string, name record.Words, lang string) string {
	return strings.TrimSpace(span + " " + name.In(lang))
}

func (k Count) madeUp(word string) string {
	days := make([]string, len(k.MadeUp))
	for i, d := range k.MadeUp {
		days[i] = k.short(d.On)
	}
	return strings.Join(days, ", ") + " (" + word + ")"
}
