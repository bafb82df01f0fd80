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
