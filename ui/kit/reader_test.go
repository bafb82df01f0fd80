package kit_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

func TestALongPageInASheetMovesWithTheKeys(t *testing.T) {
	uitest.App(t)
	w := uitest.Window(t, kit.NewEntry())
	page := kit.VStack(theme.SizeGap)
	for range 60 {
		page.Add(kit.Paragraph("Một dòng"))
	}
	r := kit.NewReader(8, page)
	kit.ShowBody(w, kit.Plain, "Lịch sử", r)
	if !r.Long() {
		t.Fatal("sixty lines fit into eight")
	}
	w.Canvas().Focus(r)
	keys := uitest.NewKeyboard(w)
	at := func() float32 {
		return page.Position().Y + fyne.CurrentApp().Driver().AbsolutePositionForObject(page).Y
	}
	top := at()
	keys.Press(fyne.KeyDown, fyne.KeyPageDown)
	if at() >= top {
		t.Error("the keys do not move the page")
	}
	end := func() float32 { keys.Press(fyne.KeyEnd); return at() }()
	keys.Press(fyne.KeyPageDown)
	if at() != end {
		t.Error("the page went past its end")
	}
	keys.Press(fyne.KeyHome)
	if at() != top {
		t.Error("Home does not lead to the beginning")
	}
	keys.Press(fyne.KeyReturn)
	if uitest.Overlay(w) != nil {
		t.Error("Enter does not close the sheet")
	}
}

func TestAWarningGivesWayToAProblem(t *testing.T) {
	uitest.App(t)
	var fields kit.Fields
	f := fields.Add("heads", "Tổng số", kit.NewEntry())
	uitest.Window(t, f)
	fields.Warn([]record.Warning{
		{Field: "heads", Words: record.Words{VI: "Chưa có người nào."}}, {Field: "heads", Words: record.Words{VI: "Một câu nữa."}},
		{Field: "nowhere", Words: record.Words{VI: "Không có trường này."}}, {Field: "heads", Words: record.Words{VI: "Gợi ý."}, Hint: true},
	})
	shown := func(words string) bool { return strings.Contains(uitest.Words(f), words) }
	if !shown("Chưa có người nào.") || shown("Một câu nữa.") || shown("Gợi ý.") {
		t.Errorf("it shows %q", uitest.Words(f))
	}
	f.SetProblem("Ghi bằng chữ số.")
	if shown("Chưa có người nào.") || !shown("Ghi bằng chữ số.") {
		t.Errorf("with a problem it shows %q", uitest.Words(f))
	}
	f.SetProblem("")
	if !shown("Chưa có người nào.") {
		t.Error("the warning did not come back")
	}
	fields.Warn(nil)
	if f.Warning() != "" || shown("Chưa có người nào.") {
		t.Error("the warning stays")
	}
}

func TestAnEntrySaysHowItStands(t *testing.T) {
	c, _, keys, _ := newCalendar(t, kit.CalendarEntry{Key: "1", Day: "2026-03-05", Start: "08:00", Title: "Tập huấn", Faint: true, Word: "dự kiến"})
	keys.Press(fyne.KeyTab)
	if want := "Thứ Năm 05/03/2026, hôm nay · 1/1: 08:00 Tập huấn, dự kiến"; c.Said() != want {
		t.Errorf("it says %q, want %q", c.Said(), want)
	}
}
