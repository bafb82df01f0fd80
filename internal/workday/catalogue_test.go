package workday

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
)

var update = flag.Bool("update", false, "write the catalogue of holidays anew")

const cataloguePath = "../../assets/catalog/holidays.csv"

const (
	firstYear, endYear = 2024, 2030
	fixedBy            = "Bộ luật Lao động 45/2019/QH14, Điều 112 khoản 1"
	lunarBy            = fixedBy + "; mùng 10 tháng 3 âm lịch, tính theo múi giờ +7"
	insteadBy          = "Bộ luật Lao động 45/2019/QH14, Điều 111 khoản 3"
	yearly             = "theo thông báo hằng năm, cơ quan sửa được"
)

// announced is what the State decided of a year, as seen in the press.
type announced struct {
	tet    record.Date // first of the five days
	beside record.Date // the day beside 2 September
	by     string
	swaps  []swap
}

type swap struct {
	off, made record.Date
	by        string
}

var decisions = map[int]announced{
	2024: {"2024-02-08", "2024-09-03", "thông báo của Bộ LĐTBXH về nghỉ Tết Âm lịch và Quốc khánh năm 2024 (theo sucsongtre.vn)",
		[]swap{{"2024-04-29", "2024-05-04", "văn bản 2450/VPCP-KGVX ngày 12/4/2024"}}},
	2025: {"2025-01-27", "2025-09-01", "văn bản 8726/VPCP-KGVX ngày 26/11/2024",
		[]swap{{"2025-05-02", "2025-04-26", "văn bản 8726/VPCP-KGVX ngày 26/11/2024"}}},
	2026: {"2026-02-16", "2026-09-01", "ý kiến Thủ tướng do Văn phòng Chính phủ truyền đạt tháng 10/2025 (theo kienthuc.net.vn, 13/10/2025)",
		[]swap{
			{"2026-01-02", "2026-01-10", "văn bản 12729/VPCP-KGVX ngày 25/12/2025"},
			{"2026-08-31", "2026-08-22", "ý kiến Thủ tướng do Văn phòng Chính phủ truyền đạt tháng 10/2025 (theo kienthuc.net.vn, 13/10/2025)"},
		}},
}

// Of a year not decided yet, the five days of Tết are laid as in the last decided
// year whose first day of the year fell on the same day of the week.
var tetAs = map[time.Weekday]struct{ before, year int }{
	time.Saturday: {2, 2024}, time.Wednesday: {2, 2025}, time.Tuesday: {1, 2026},
}

// maker makes the catalogue of one year.
type maker struct {
	year int
	days []Day
}

func (m *maker) add(d Day) { m.days = append(m.days, d) }

func (m *maker) has(on record.Date) bool {
	return slices.ContainsFunc(m.days, func(d Day) bool { return d.On == on })
}

func (m *maker) on(month, day int) record.Date {
	d, _ := record.NewDate(m.year, month, day)
	return d
}

func (m *maker) make() []Day {
	m.fixed()
	m.tet()
	m.beside()
	m.swaps()
	m.instead()
	slices.SortFunc(m.days, func(a, b Day) int { return a.On.Time().Compare(b.On.Time()) })
	return m.days
}

func (m *maker) fixed() {
	for _, f := range []struct {
		on         record.Date
		vi, en, by string
	}{
		{m.on(1, 1), "Tết Dương lịch", "New Year's Day", fixedBy},
		{solar(m.year, 3, 10), "Giỗ Tổ Hùng Vương", "Hùng Kings' Commemoration", lunarBy},
		{m.on(4, 30), "Ngày Chiến thắng", "Victory Day", fixedBy},
		{m.on(5, 1), "Quốc tế Lao động", "Labour Day", fixedBy},
		{m.on(9, 2), "Quốc khánh", "National Day", fixedBy},
	} {
		m.add(Day{f.on, record.Words{VI: f.vi, EN: f.en}, Holiday, "high", f.by})
	}
}

func (m *maker) tet() {
	first, confidence, by := decisions[m.year].tet, "medium", decisions[m.year].by
	if first == "" {
		newYear := solar(m.year, 1, 1)
		as := tetAs[newYear.Time().Weekday()]
		if as.year == 0 {
			panic("no decided year begins its Tết on a " + newYear.Time().Weekday().String())
		}
		first, confidence, by = newYear.AddDays(-as.before), "low", "chưa có thông báo, lấy như năm "+digits(as.year)
	}
	for i := range 5 {
		m.add(Day{first.AddDays(i), record.Words{VI: "Tết Âm lịch", EN: "Lunar New Year"}, Holiday, confidence, yearly + "; " + by})
	}
}

// beside gives 2 September its neighbour: as decided, else the one that joins it to
// a weekend.
func (m *maker) beside() {
	on, confidence, by := decisions[m.year].beside, "medium", decisions[m.year].by
	if on == "" {
		on, confidence, by = m.on(9, 1), "low", "chưa có thông báo, lấy ngày nối với ngày nghỉ hằng tuần"
		switch m.on(9, 2).Time().Weekday() {
		case time.Sunday, time.Monday, time.Thursday:
			on = m.on(9, 3)
		}
	}
	m.add(Day{on, record.Words{VI: "Quốc khánh", EN: "National Day"}, Holiday, confidence, yearly + "; " + by})
}

func (m *maker) swaps() {
	for _, s := range decisions[m.year].swaps {
		m.add(Day{s.off, record.Words{VI: "Nghỉ hoán đổi (làm bù " + s.made.String()[:5] + ")", EN: "Day off (made up on " + s.made.String()[:5] + ")"}, Holiday, "medium", yearly + "; " + s.by})
		m.add(Day{s.made, record.Words{VI: "Làm bù ngày " + s.off.String()[:5], EN: "Made up for " + s.off.String()[:5]}, MakeUp, "medium", yearly + "; " + s.by})
	}
}

// instead gives a working day off for every holiday on a weekly day of rest.
func (m *maker) instead() {
	slices.SortFunc(m.days, func(a, b Day) int { return a.On.Time().Compare(b.On.Time()) })
	for _, d := range slices.Clone(m.days) {
		if d.Kind != Holiday || !weekend(d.On.Time().Weekday()) {
			continue
		}
		on := d.On
		for m.has(on) || weekend(on.Time().Weekday()) {
			on = on.AddDays(1)
		}
		by := insteadBy
		if d.Confidence != "high" {
			by += "; " + d.Source
		}
		m.add(Day{on, record.Words{VI: "Nghỉ bù " + d.Name.VI, EN: "Day off for " + d.Name.EN}, Holiday, d.Confidence, by})
	}
}

func digits(n int) string {
	return string(record.Date(time.Date(n, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006")))
}

func made() []Day {
	var all []Day
	for year := firstYear; year <= endYear; year++ {
		m := &maker{year: year}
		all = append(all, m.make()...)
	}
	return all
}

func write(t *testing.T, days []Day) {
	t.Helper()
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Write(columns)
	for _, d := range days {
		w.Write([]string{string(d.On), d.Name.VI, d.Name.EN, string(d.Kind), d.Confidence, d.Source})
	}
	w.Flush()
	if err := os.WriteFile(cataloguePath, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func shipped(t testing.TB) []Day {
	t.Helper()
	f, err := os.Open(cataloguePath)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	days, err := Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return days
}

func calendar(t testing.TB) *Calendar {
	t.Helper()
	c, err := New(shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Every day of the catalogue follows from the law, the lunar calendar and what was
// announced; none was typed in by hand.
func TestCatalogueFollowsFromTheRules(t *testing.T) {
	want := made()
	if *update {
		write(t, want)
	}
	if diff := cmp.Diff(want, shipped(t)); diff != "" {
		t.Errorf("the catalogue is not what the rules give (-want +got); write it anew with -update:\n%s", diff)
	}
}

// What the press announced of each year, told in its own words: whole stretches off.
func TestAnnouncedStretches(t *testing.T) {
	c := calendar(t)
	for _, tt := range []struct{ from, to record.Date }{
		{"2024-02-08", "2024-02-14"}, {"2024-04-27", "2024-05-01"}, {"2024-08-31", "2024-09-03"},
		{"2025-01-25", "2025-02-02"}, {"2025-04-30", "2025-05-04"}, {"2025-08-30", "2025-09-02"},
		{"2026-01-01", "2026-01-04"}, {"2026-02-14", "2026-02-22"}, {"2026-04-25", "2026-04-27"}, {"2026-04-30", "2026-05-03"}, {"2026-08-29", "2026-09-02"},
	} {
		if n := c.Between(tt.from.AddDays(-1), tt.to); n != 0 {
			t.Errorf("%s – %s: %d days of work in it", tt.from, tt.to, n)
		}
		if !c.Working(tt.from.AddDays(-1)) || !c.Working(tt.to.AddDays(1)) {
			t.Errorf("%s – %s: the days beside it are off too", tt.from, tt.to)
		}
	}
	for _, on := range []record.Date{"2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"} {
		if !c.Working(on) || on.Time().Weekday() != time.Saturday {
			t.Errorf("%s is no Saturday made up", on)
		}
	}
}

func TestEveryYearHasItsDays(t *testing.T) {
	off := map[int]int{}
	for _, d := range shipped(t) {
		if d.Kind == Holiday && !weekend(d.On.Time().Weekday()) {
			off[d.On.Year()]++
		}
		if d.Kind == MakeUp {
			off[d.On.Year()]--
		}
		if d.Name.VI == "" || d.Name.EN == "" || d.Source == "" || !slices.Contains([]string{"high", "medium", "low"}, d.Confidence) {
			t.Errorf("%s is not told in full: %+v", d.On, d)
		}
	}
	for year := firstYear; year <= endYear; year++ {
		if off[year] != 11 {
			t.Errorf("%d takes %d working days, the law gives 11", year, off[year])
		}
	}
}
