package workday

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sophobien/internal/record"
)

func TestSentence(t *testing.T) {
	c := calendar(t)
	for _, tt := range []struct {
		name   string
		from   record.Date
		days   int
		vi, en string
	}{
		{"a holiday and a weekend", "2026-04-30", 5,
			"Hạn 08/05/2026: 5 ngày làm việc kể từ 30/04/2026, không tính 01/05 Quốc tế Lao động, thứ Bảy, Chủ nhật.",
			"Due 08/05/2026: 5 working days after 30/04/2026, not counting 01/05 Labour Day, Saturdays, Sundays."},
		{"nothing between", "2026-03-02", 2, "Hạn 04/03/2026: 2 ngày làm việc kể từ 02/03/2026.", "Due 04/03/2026: 2 working days after 02/03/2026."},
		{"one day", "2026-03-02", 1, "Hạn 03/03/2026: 1 ngày làm việc kể từ 02/03/2026.", "Due 03/03/2026: 1 working day after 02/03/2026."},
		{"Tết is one stretch", "2026-02-13", 1,
			"Hạn 23/02/2026: 1 ngày làm việc kể từ 13/02/2026, không tính 16/02–20/02 Tết Âm lịch, thứ Bảy, Chủ nhật.",
			"Due 23/02/2026: 1 working day after 13/02/2026, not counting 16/02–20/02 Lunar New Year, Saturdays, Sundays."},
		{"a holiday on Sunday and the day in its place", "2026-04-24", 1,
			"Hạn 28/04/2026: 1 ngày làm việc kể từ 24/04/2026, không tính 26/04 Giỗ Tổ Hùng Vương, 27/04 Nghỉ bù Giỗ Tổ Hùng Vương, thứ Bảy.",
			"Due 28/04/2026: 1 working day after 24/04/2026, not counting 26/04 Hùng Kings' Commemoration, 27/04 Day off for Hùng Kings' Commemoration, Saturdays."},
		{"a Saturday made up is counted", "2026-08-21", 2,
			"Hạn 24/08/2026: 2 ngày làm việc kể từ 21/08/2026, không tính Chủ nhật; tính cả 22/08 (làm bù).",
			"Due 24/08/2026: 2 working days after 21/08/2026, not counting Sundays; counting 22/08 (made up)."},
		{"the year is told where it differs", "2025-12-31", 1,
			"Hạn 05/01/2026: 1 ngày làm việc kể từ 31/12/2025, không tính 01/01 Tết Dương lịch, 02/01 Nghỉ hoán đổi (làm bù 10/01), thứ Bảy, Chủ nhật.",
			"Due 05/01/2026: 1 working day after 31/12/2025, not counting 01/01 New Year's Day, 02/01 Day off (made up on 10/01), Saturdays, Sundays."},
		{"not announced yet", "2028-08-31", 1,
			"Hạn 05/09/2028: 1 ngày làm việc kể từ 31/08/2028, không tính 01/09–02/09 Quốc khánh, 04/09 Nghỉ bù Quốc khánh, Chủ nhật. Lịch nghỉ năm 2028 mới là dự kiến: hãy kiểm tra lại khi có thông báo.",
			"Due 05/09/2028: 1 working day after 31/08/2028, not counting 01/09–02/09 National Day, 04/09 Day off for National Day, Sundays. The days off of 2028 are expected, not announced: please check."},
		{"a year nobody declared", "2030-12-31", 1,
			"Hạn 01/01/2031: 1 ngày làm việc kể từ 31/12/2030. Chưa có lịch nghỉ lễ năm 2031: hãy kiểm tra lại.",
			"Due 01/01/2031: 1 working day after 31/12/2030. No holidays are known of 2031: please check."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k, err := c.Add(tt.from, tt.days)
			if err != nil {
				t.Fatal(err)
			}
			if got := k.Sentence(); got.VI != tt.vi || got.EN != tt.en {
				t.Errorf("\n got %s\nwant %s\n got %s\nwant %s", got.VI, tt.vi, got.EN, tt.en)
			}
			if want := !strings.Contains(tt.vi, "hãy kiểm tra lại"); k.Sure() != want {
				t.Errorf("sure: %v", k.Sure())
			}
		})
	}
}

func TestDaysLeft(t *testing.T) {
	c := calendar(t)
	for _, tt := range []struct {
		from, to record.Date
		want     int
	}{
		{"2026-03-02", "2026-03-02", 0}, {"2026-03-02", "2026-03-03", 1}, {"2026-03-06", "2026-03-09", 1}, {"2026-03-06", "2026-03-08", 0},
		{"2026-03-03", "2026-03-02", -1}, {"2026-02-13", "2026-02-22", 0}, {"", "2026-03-02", 0}, {"2026-03-02", "2026-13-01", 0},
	} {
		if got := c.Between(tt.from, tt.to); got != tt.want {
			t.Errorf("%s to %s: %d, want %d", tt.from, tt.to, got, tt.want)
		}
	}
}

func TestOfficeCorrects(t *testing.T) {
	c := calendar(t)
	with, err := c.With(
		Day{On: "2026-11-24", Name: record.Words{VI: "Ngày Văn hóa Việt Nam", EN: "Culture Day"}, Kind: Holiday, Confidence: "high"},
		Day{On: "2027-02-10", Name: record.Words{VI: "Ngày làm việc"}, Kind: MakeUp, Confidence: "high"})
	if err != nil {
		t.Fatal(err)
	}
	if with.Working("2026-11-24") || !with.Working("2027-02-10") {
		t.Error("what the office declared does not count")
	}
	if !c.Working("2026-11-24") || c.Working("2027-02-10") {
		t.Error("the calendar corrected was changed itself")
	}
}

func TestRefused(t *testing.T) {
	day := Day{On: "2026-05-01", Kind: Holiday}
	c, _ := New([]Day{day})
	for name, call := range map[string]func() error{
		"twice":      func() error { _, err := New([]Day{day, day}); return err },
		"no day":     func() error { _, err := New([]Day{{On: "2026-02-30", Kind: Holiday}}); return err },
		"no kind":    func() error { _, err := New([]Day{{On: "2026-05-01"}}); return err },
		"from none":  func() error { _, err := c.Add("", 1); return err },
		"from false": func() error { _, err := c.Add("2026-02-30", 1); return err },
		"backwards":  func() error { _, err := c.Add("2026-03-02", -1); return err },
		"for ever":   func() error { _, err := c.Add("2026-03-02", MostDays+1); return err },
		"world ends": func() error { _, err := c.Add("9989-12-31", 900); return err },
		"with no day": func() error {
			_, err := c.With(Day{On: "", Kind: Holiday})
			return err
		},
	} {
		err := call()
		if !errors.Is(err, record.ErrInvalid) || record.SentenceOf(err, "vi") == record.SentenceOf(errors.New("x"), "vi") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, text := range map[string]string{
		"empty": "", "other columns": "day,name\n", "short line": strings.Join(columns, ",") + "\n2026-05-01,x\n", "broken": "\"",
	} {
		if _, err := Read(strings.NewReader(text)); !errors.Is(err, record.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read(strings.NewReader(strings.Join(columns, ",") + "\n2026-05-32,x,x,holiday,high,x\n")); !errors.Is(err, record.ErrInvalid) {
		t.Errorf("a day that does not exist: %v", err)
	}
}

// anyDay is a day near the catalogue's years.
func anyDay(t *rapid.T, label string) record.Date {
	return record.Date("2023-12-01").AddDays(rapid.IntRange(0, 2700).Draw(t, label))
}

func anyCalendar(t *rapid.T) *Calendar {
	days := map[record.Date]Day{}
	for i := rapid.IntRange(0, 60).Draw(t, "days"); i > 0; i-- {
		on := anyDay(t, "on")
		days[on] = Day{On: on, Kind: rapid.SampledFrom([]Kind{Holiday, Holiday, MakeUp}).Draw(t, "kind")}
	}
	var list []Day
	for _, d := range days {
		list = append(list, d)
	}
	c, err := New(list)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func due(t *rapid.T, c *Calendar, from record.Date, n int) Count {
	k, err := c.Add(from, n)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestAddAndBetweenAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, from, n := anyCalendar(t), anyDay(t, "from"), rapid.IntRange(0, 200).Draw(t, "n")
		k := due(t, c, from, n)
		if got := c.Between(from, k.Due); got != n {
			t.Fatalf("%d days after %s is %s, between them are %d", n, from, k.Due, got)
		}
		if n > 0 && !c.Working(k.Due) {
			t.Fatalf("due on %s, which is off", k.Due)
		}
		to := anyDay(t, "to")
		if back := c.Between(to, from); back != -c.Between(from, to) {
			t.Fatalf("%s to %s is not minus the way back: %d", from, to, back)
		}
	})
}

func TestAddIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, from, n := anyCalendar(t), anyDay(t, "from"), rapid.IntRange(0, 100).Draw(t, "n")
		later := from.AddDays(rapid.IntRange(0, 40).Draw(t, "later"))
		if a, b := due(t, c, from, n).Due, due(t, c, later, n).Due; a > b {
			t.Fatalf("received %s due %s, received %s due %s", from, a, later, b)
		}
		if a, b := due(t, c, from, n).Due, due(t, c, from, n+1).Due; a >= b {
			t.Fatalf("%d days due %s, one more due %s", n, a, b)
		}
		m := rapid.IntRange(0, 50).Draw(t, "m")
		if a, b := due(t, c, due(t, c, from, n).Due, m).Due, due(t, c, from, n+m).Due; a != b {
			t.Fatalf("%d and then %d days: %s, at once: %s", n, m, a, b)
		}
	})
}

func TestDeclaringMovesOneWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, from, n := anyCalendar(t), anyDay(t, "from"), rapid.IntRange(0, 100).Draw(t, "n")
		on := anyDay(t, "declared")
		before := due(t, c, from, n).Due
		off, err := c.With(Day{On: on, Kind: Holiday})
		if err != nil {
			t.Fatal(err)
		}
		if after := due(t, off, from, n).Due; after < before {
			t.Fatalf("%s off brings the due day from %s to %s", on, before, after)
		}
		work, err := c.With(Day{On: on, Kind: MakeUp})
		if err != nil {
			t.Fatal(err)
		}
		if after := due(t, work, from, n).Due; after > before {
			t.Fatalf("%s worked puts the due day off from %s to %s", on, before, after)
		}
	})
}

// Every day after receipt up to the due day is either counted or named.
func TestEveryDayIsAccountedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, from, n := anyCalendar(t), anyDay(t, "from"), rapid.IntRange(1, 100).Draw(t, "n")
		k := due(t, c, from, n)
		span := int(k.Due.Time().Sub(from.Time()).Hours() / 24)
		if span != n+len(k.Skipped) {
			t.Fatalf("%d days pass, %d are counted, %d named", span, n, len(k.Skipped))
		}
		for _, s := range k.Skipped {
			if c.Working(s.On) {
				t.Fatalf("%s is named as off and is worked", s.On)
			}
		}
		if !slices.IsSortedFunc(k.Skipped, func(a, b Skipped) int { return strings.Compare(string(a.On), string(b.On)) }) {
			t.Fatal("the days are not in order")
		}
	})
}

func FuzzRead(f *testing.F) {
	whole, err := os.ReadFile(cataloguePath)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(whole[:2000]))
	f.Add(strings.Join(columns, ",") + "\n2026-05-01,a,b,holiday,high,c\n")
	f.Fuzz(func(t *testing.T, text string) {
		days, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		if c, err := New(days); err == nil && len(c.Days()) != len(days) {
			t.Fatal("days were lost")
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	c := calendar(b)
	for b.Loop() {
		c.Add("2026-02-10", 20)
	}
}
