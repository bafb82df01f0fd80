package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// told is what a calendar told its owner.
type told struct {
	opened []string
	begun  []record.Date
	ranges [][2]record.Date
}

func newCalendar(t *testing.T, entries ...kit.CalendarEntry) (*kit.Calendar, *told, *uitest.Keyboard, fyne.Window) {
	t.Helper()
	uitest.App(t)
	c, got := kit.NewCalendar(func() record.Date { return "2026-03-05" }), &told{}
	c.OnOpen = func(key string) { got.opened = append(got.opened, key) }
	c.OnNew = func(d record.Date) { got.begun = append(got.begun, d) }
	c.OnRange = func(from, to record.Date) { got.ranges = append(got.ranges, [2]record.Date{from, to}) }
	c.Holiday = func(d record.Date) string {
		return map[record.Date]string{"2026-04-26": "Giỗ Tổ Hùng Vương"}[d]
	}
	w := uitest.Window(t, c)
	c.Reload()
	c.Set(entries)
	w.Canvas().Focus(c.FocusTarget())
	return c, got, uitest.NewKeyboard(w), w
}

func TestKeysMoveByDayWeekAndMonth(t *testing.T) {
	c, _, keys, _ := newCalendar(t)
	for _, step := range []struct {
		key  fyne.KeyName
		want record.Date
	}{
		{fyne.KeyRight, "2026-03-06"}, {fyne.KeyDown, "2026-03-13"}, {fyne.KeyLeft, "2026-03-12"}, {fyne.KeyUp, "2026-03-05"},
		{fyne.KeyHome, "2026-03-02"}, {fyne.KeyEnd, "2026-03-08"}, {fyne.KeyPageDown, "2026-04-08"}, {fyne.KeyPageUp, "2026-03-08"},
	} {
		keys.Press(step.key)
		if c.Day() != step.want {
			t.Errorf("%s led to %s, want %s", step.key, c.Day(), step.want)
		}
	}
	c.SetDay("2026-01-31")
	keys.Press(fyne.KeyPageDown) // February has no 31st
	if c.Day() != "2026-02-28" {
		t.Errorf("a month after 31 January is %s", c.Day())
	}
	keys.Type("t")
	if c.Day() != "2026-03-05" {
		t.Errorf("T led to %s, want today", c.Day())
	}
}

func TestTheRangeIsAskedForOnceWhileItIsSeen(t *testing.T) {
	_, got, keys, _ := newCalendar(t)
	keys.Press(fyne.KeyRight, fyne.KeyRight, fyne.KeyPageDown, fyne.KeyLeft)
	keys.Type("w") // the week of 7 April … and UniKey's w
	keys.Press(fyne.KeyPageDown)
	keys.Type("m")
	want := [][2]record.Date{
		{"2026-02-23", "2026-04-05"}, {"2026-03-30", "2026-05-03"},
		{"2026-04-06", "2026-04-12"}, {"2026-04-13", "2026-04-19"}, {"2026-03-30", "2026-05-03"},
	}
	if diff := cmp.Diff(want, got.ranges); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
}

func TestEnterOpensTheFirstEntryOrBeginsOne(t *testing.T) {
	_, got, keys, _ := newCalendar(t,
		kit.CalendarEntry{Key: "chiều", Day: "2026-03-05", Start: "14:00", Title: "Đối thoại"},
		kit.CalendarEntry{Key: "sáng", Day: "2026-03-05", Start: "08:00", Title: "Tập huấn"})
	keys.Press(fyne.KeyReturn, fyne.KeyRight, fyne.KeyReturn)
	if diff := cmp.Diff([]string{"sáng"}, got.opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]record.Date{"2026-03-06"}, got.begun); diff != "" {
		t.Errorf("begun (-want +got):\n%s", diff)
	}
}

func TestTabGoesThroughTheDayAndOutOfTheCalendar(t *testing.T) {
	uitest.App(t)
	c := kit.NewCalendar(func() record.Date { return "2026-03-05" })
	after := kit.NewEntry()
	w := uitest.Window(t, kit.Border(nil, after, nil, nil, c))
	c.Set([]kit.CalendarEntry{
		{Key: "1", Day: "2026-03-04", EndDay: "2026-03-06", Title: "Hội nghị"},
		{Key: "2", Day: "2026-03-05", Start: "08:00", End: "11:00", Title: "Tập huấn"}})
	w.Canvas().Focus(c.FocusTarget())
	keys := uitest.NewKeyboard(w)
	keys.Press(fyne.KeyTab, fyne.KeyTab)
	if want := "Thứ Năm 05/03/2026, hôm nay · 2/2: 08:00–11:00 Tập huấn"; c.Said() != want {
		t.Errorf("it says %q, want %q", c.Said(), want)
	}
	keys.Shift(fyne.KeyTab)
	if !strings.HasSuffix(c.Said(), "1/2: Hội nghị") {
		t.Errorf("back, it says %q", c.Said())
	}
	keys.Press(fyne.KeyTab, fyne.KeyTab)
	if w.Canvas().Focused() == c.FocusTarget() {
		t.Error("Tab past the last entry must leave")
	}
}

func TestADayThatIsTooFullSaysHowManyMore(t *testing.T) {
	var many []kit.CalendarEntry
	for _, k := range strings.Split("abcdefghijk", "") {
		many = append(many, kit.CalendarEntry{Key: k, Day: "2026-03-05", Title: "Việc " + k})
	}
	many = append(many, kit.CalendarEntry{Key: "z", Day: "2026-03-12", Title: "Riêng"})
	c, _, _, _ := newCalendar(t, many...)
	shown := strings.Count(uitest.Words(c), "Việc ")
	more := "+" + kit.Number(int64(len(many)-1-shown))
	words := strings.Split(uitest.Words(c), "\n")
	if shown < 1 || !contains(words, more) {
		t.Errorf("%d are shown and %q is not said; there are %q", shown, more, words)
	}
	if !contains(words, "Riêng") {
		t.Error("another day must not suffer")
	}
}

func TestEntriesOverSeveralDaysStandOnEachOfThem(t *testing.T) {
	c, got, keys, _ := newCalendar(t, kit.CalendarEntry{Key: "1", Day: "2026-02-20", EndDay: "2026-03-03", Title: "Tháng cao điểm"})
	c.SetDay("2026-03-02")
	keys.Press(fyne.KeyReturn, fyne.KeyRight, fyne.KeyReturn, fyne.KeyRight, fyne.KeyReturn)
	if diff := cmp.Diff([]string{"1", "1"}, got.opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
	if n := strings.Count(uitest.Words(c), "Tháng cao điểm"); n != 2 {
		t.Errorf("its name stands %d times, want once a week", n)
	}
}

func TestHolidaysAndTodayAreSaid(t *testing.T) {
	c, _, _, _ := newCalendar(t)
	if want := "Thứ Năm 05/03/2026, hôm nay · chưa có việc; Enter để ghi"; c.Said() != want {
		t.Errorf("it says %q, want %q", c.Said(), want)
	}
	c.SetDay("2026-04-26")
	if want := "Chủ nhật 26/04/2026, Giỗ Tổ Hùng Vương · chưa có việc; Enter để ghi"; c.Said() != want {
		t.Errorf("it says %q, want %q", c.Said(), want)
	}
	if !strings.Contains(uitest.Words(c), "Giỗ Tổ Hùng Vương") {
		t.Error("the holiday is not written on its day")
	}
}

func TestNewEntriesKeepTheDayAndTheEntry(t *testing.T) {
	entries := []kit.CalendarEntry{{Key: "1", Day: "2026-03-05", Title: "Một"}, {Key: "2", Day: "2026-03-05", Title: "Nhì"}}
	c, got, keys, _ := newCalendar(t, entries...)
	keys.Press(fyne.KeyTab, fyne.KeyTab)
	c.Set(append([]kit.CalendarEntry{{Key: "0", Day: "2026-03-05", Title: "Ba"}}, entries...))
	keys.Press(fyne.KeyReturn)
	if diff := cmp.Diff([]string{"2"}, got.opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
}

func TestTapsOpenEntriesAndGoToDays(t *testing.T) {
	c, got, _, w := newCalendar(t, kit.CalendarEntry{Key: "1", Day: "2026-03-05", Title: "Một"})
	body := c.FocusTarget().(fyne.CanvasObject)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(body)
	cell := fyne.NewSize(body.Size().Width/7, body.Size().Height/6)
	test.TapCanvas(w.Canvas(), at.AddXY(cell.Width*3.5, cell.Height*1.4)) // just below the number of the 5th
	if diff := cmp.Diff([]string{"1"}, got.opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
	tuesday := at.AddXY(cell.Width*1.5, cell.Height*2.5)
	test.TapCanvas(w.Canvas(), tuesday)
	if c.Day() != "2026-03-10" || len(got.begun) != 0 {
		t.Errorf("at %s, begun %v", c.Day(), got.begun)
	}
	test.TapCanvas(w.Canvas(), tuesday) // again: as Enter
	if diff := cmp.Diff([]record.Date{"2026-03-10"}, got.begun); diff != "" {
		t.Errorf("begun (-want +got):\n%s", diff)
	}
}

func TestAWeekIsShownByMorningAndAfternoon(t *testing.T) {
	c, got, keys, _ := newCalendar(t,
		kit.CalendarEntry{Key: "1", Day: "2026-03-05", Start: "08:00", Title: "Tập huấn Bộ luật Lao động cho người sử dụng lao động"},
		kit.CalendarEntry{Key: "2", Day: "2026-03-05", Start: "14:00", Title: "Đối thoại"})
	keys.Type("ư") // what UniKey makes of w
	if !c.Week() {
		t.Fatal("W must show the week")
	}
	words := uitest.Words(c)
	for _, want := range []string{"Tuần 02/03 – 08/03/2026", "Sáng", "Chiều", "Thứ Năm 05/03", "Tập huấn Bộ luật Lao", "Đối thoại"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not written; there is:\n%s", want, words)
		}
	}
	keys.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if diff := cmp.Diff([]string{"2"}, got.opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
}

func TestTheWindowsKeysWorkInACalendar(t *testing.T) {
	_, _, keys, w := newCalendar(t)
	heard := 0
	w.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyN, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) { heard++ })
	kit.Keys(w.Canvas(), func(k *fyne.KeyEvent) { heard++ })
	keys.Ctrl(fyne.KeyN)
	keys.Press(fyne.KeyF1)
	if heard != 2 {
		t.Errorf("the window heard %d of 2", heard)
	}
}
