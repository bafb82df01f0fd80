package activities_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/activities"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// aMonth is an office with a busy March: all stages, days that overlap, a day off.
func aMonth() *uitest.Office {
	o := uitest.NewOffice()
	host := record.Unit{ID: o.ID(), Kind: "enterprise", Name: "Công ty Sao Mai"}
	o.Units = append(o.Units, host)
	add := func(title, kind, status, day, end, start, stop string, people int64) {
		a := training(title, day, people)
		a.Kind, a.Status = kind, status
		a.When.EndDate, a.When.Start, a.When.End = record.Date(end), record.Clock(start), record.Clock(stop)
		a.Topics = []string{"LD02", "BH01"}
		if kind == "broadcast" {
			a.Channel, a.Times = "Đài truyền thanh xã Đăk Hà", 12
		}
		o.Add(a)
	}
	add("Tập huấn Bộ luật Lao động cho công nhân cao su", "training", "held", "2026-03-05", "", "08:00", "11:30", 60)
	add("Phổ biến BHXH thôn Đăk Mơ Nua", "direct", "held", "2026-03-05", "", "14:00", "16:00", 42)
	add("Đối thoại với người sử dụng lao động", "dialogue", "planned", "2026-03-03", "", "08:00", "", 0)
	add("Tuần lễ an toàn lao động", "woven", "planned", "2026-03-18", "2026-03-20", "", "", 0)
	add("Tập huấn tiền lương, tiền thưởng", "training", "closed", "2026-02-25", "", "07:30", "11:00", 55)
	add("Ngày hội việc làm xã Đăk Hà", "woven", "cancelled", "2026-03-13", "", "08:00", "", 0)
	add("Phát thanh về hợp đồng lao động", "broadcast", "held", "2026-03-09", "2026-03-15", "", "", 0)
	add("Đối thoại định kỳ ở Công ty Sao Mai", "dialogue", "planned", "2026-03-26", "", "13:30", "16:30", 0)
	for _, x := range []string{"Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4"} {
		add("Phổ biến trực tiếp ở "+x, "direct", "planned", "2026-03-12", "", "19:00", "20:30", 0)
	}
	o.DaysOff = []record.Holiday{{Day: "2026-03-30", Name: "Giỗ Tổ Hùng Vương"}}
	return o
}

func TestCalendarByKeyboard(t *testing.T) {
	office := aMonth()
	s := play(t, office, uitest.AtOnce())
	before := office.Count("Activities")
	s.keys.Ctrl(fyne.KeyT)
	s.mustShow("Tháng 3 năm 2026", "Tuần lễ an toàn lao động", "Hủy: Ngày", "Giỗ Tổ", "Thứ Ba 10/03/2026, hôm nay · 1 hoạt động")
	s.mustNotShow("Năm trước", "Mới nhất trước")
	if n := office.Count("Activities") - before; n != 1 {
		t.Errorf("a month was read with %d questions", n)
	}
	s.keys.Press(fyne.KeyUp, fyne.KeyTab)
	s.mustShow("Thứ Ba 03/03/2026 · 1/1: 08:00 Đối thoại với người sử dụng lao động, dự kiến, đã qua ngày")
	s.keys.Press(fyne.KeyReturn)
	s.mustShow("Kế hoạch Thứ Ba 03/03/2026 đã qua ngày.")
	s.keys.Type("w")
	s.mustShow("Tuần 02/03 – 08/03/2026")
	s.keys.Ctrl(fyne.KeyT)
	s.mustShow("Năm trước", "12 hoạt động")
}

// A click on a day that lies ahead and Enter plan something there.
func TestEmptyDayBeginsAPlan(t *testing.T) {
	office := aMonth()
	s := play(t, office, uitest.AtOnce())
	s.keys.Ctrl(fyne.KeyT)
	s.keys.Press(fyne.KeyPageDown, fyne.KeyReturn)
	s.keys.Type("doi thoai")
	s.keys.Press(fyne.KeyEnter, fyne.KeyTab, fyne.KeyTab)
	s.keys.UniKey("Đối thoại quý II")
	s.keys.Ctrl(fyne.KeyS)
	want := record.Activity{
		Kind: "dialogue", Title: "Đối thoại quý II", Status: "planned", Mode: "in_person", Direct: true,
		When: record.Occasion{Date: "2026-04-10"},
	}
	if diff := cmp.Diff(want, office.Sent); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
	s.mustShow("Đối thoại quý", "Tháng 4 năm 2026")
}

// Of a month all is read, in as many questions as it takes, and nothing beside it.
func TestCalendarReadsTheDaysInSightWhole(t *testing.T) {
	office := uitest.NewOffice()
	for i := range 620 {
		office.Add(training("Buổi", string(record.Date("2026-03-01").AddDays(i%31)), 1))
	}
	office.Add(training("Tháng sau", "2026-05-12", 1))
	s := play(t, office, uitest.AtOnce())
	before := office.Count("Activities")
	s.keys.Ctrl(fyne.KeyT)
	s.keys.Press(fyne.KeyRight, fyne.KeyRight)
	s.mustShow("Thứ Năm 12/03/2026 · 20 hoạt động", "Đã tổ chức  620")
	if n := office.Count("Activities") - before; n != 2 {
		t.Errorf("read with %d questions, want 2", n)
	}
}

func TestCalendarAndOrderAreRemembered(t *testing.T) {
	office := aMonth()
	s := play(t, office, uitest.AtOnce())
	s.tap("Mới nhất trước")
	menu := s.window.Canvas().Overlays().Top()
	if menu == nil {
		t.Fatal("no orders are offered")
	}
	s.keys.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	s.mustShow("Đông người trước")
	s.focusList()
	s.mustShow("Tập huấn Bộ luật Lao động cho công nhân cao su")
	s.keys.Ctrl(fyne.KeyT)
	s.tap("Tuần")

	again := activities.New(kit.Desk{
		Runner: uitest.AtOnce(), Window: s.window, Now: func() time.Time { return uitest.Now }, Restate: func() {}, Say: func(string, func()) {},
	}, office)
	s.window.SetContent(again)
	again.Reload()
	s.mustShow("Tuần 09/03 – 15/03/2026")
	again.Turn()
	s.mustShow("Đông người trước")
}

// TestTheCalendarStandsBelowTheFilters that come when it was read.
func TestTheCalendarStandsBelowTheFilters(t *testing.T) {
	office := uitest.NewOffice()
	for _, title := range []string{"Một", "Hai"} {
		office.Add(record.Activity{ID: record.ID{title[0]}, Kind: "training", Title: title, Status: "held", When: record.Occasion{Date: "2026-03-05"}})
	}
	var held uitest.Held
	s := play(t, office, held.Runner())
	s.window.Resize(fyne.NewSize(1366, 768))
	s.Reload()
	s.Turn()
	held.ReleaseAll()
	chips := uitest.Find[*kit.ChipRow](t, s.window.Content())
	at, size := uitest.Place(chips)
	day, _ := uitest.Place(uitest.Button(t, s.window.Content(), "Hôm nay"))
	if size.Height < 10 || day.Y < at.Y+size.Height {
		t.Errorf("the filters end at %v (%v high), the calendar begins at %v", at.Y+size.Height, size.Height, day.Y)
	}
}
