package main

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui"
)

// TestRepeatedElsewhereInThirtyKeys: on a real register, another day and another place,
// with what was spoken of, by whom and at which hour as before.
func TestRepeatedElsewhereInThirtyKeys(t *testing.T) {
	office, shell, screens, keys, _ := registerWith(t)
	shell.Go(ui.AreaActivities)
	first, err := office.SaveActivity(context.Background(), record.Activity{
		Kind: "direct", Title: "Phổ biến về hợp đồng lao động", Status: "held", Direct: true, Topics: []string{"LD02"},
		Speakers: []string{"Y Ngọc"}, Audience: []string{"worker"}, Materials: []record.MaterialGiven{{Name: "Tờ gấp", Copies: 40}},
		When: record.Occasion{Date: "2026-03-05", Start: "08:00", End: "11:00", Place: "Thôn 1"}, Heads: record.HeadCount{Total: 40},
	})
	if err != nil {
		t.Fatal(err)
	}
	screens.Activities.Open(first.ID) // one click
	before := keys.Struck
	keys.Ctrl(fyne.KeyD)
	keys.Type("9/3")
	keys.Press(fyne.KeyTab)
	keys.UniKey("Thôn Kon Rờ Bàng")
	keys.Ctrl(fyne.KeyS)
	if n := keys.Struck - before; n > 30 {
		t.Errorf("%d keys, at most 30", n)
	} else {
		t.Logf("%d keys, one click", n)
	}
	page, err := office.Activities(context.Background(), record.ActivityFilter{Text: "kon ro bang"})
	if err != nil || len(page.Lines) != 1 {
		t.Fatalf("%d activities, %v", len(page.Lines), err)
	}
	again, err := office.Activity(context.Background(), page.Lines[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	want := first
	want.ID, want.When.Date, want.When.Place, want.Heads = again.ID, "2026-03-09", "Thôn Kon Rờ Bàng", record.HeadCount{}
	want.Materials = []record.MaterialGiven{{Name: "Tờ gấp"}} // counted anew
	if len(record.Changed(want, again)) > 0 {
		t.Errorf("stored %+v\nwant %+v", again, want)
	}
}

// TestPlanToClosedOnARealRegister goes through all stages, and reads them in the history.
func TestPlanToClosedOnARealRegister(t *testing.T) {
	office, shell, screens, keys, _ := registerWith(t)
	shell.Go(ui.AreaActivities)
	plan, err := office.SaveActivity(context.Background(), record.Activity{
		Kind: "dialogue", Title: "Đối thoại quý I", Status: "planned", When: record.Occasion{Date: "2026-03-10"},
	})
	if err != nil {
		t.Fatal(err)
	}
	screens.Activities.Open(plan.ID)
	screens.Activities.Hold()
	keys.Type("32")
	keys.Ctrl(fyne.KeyS)
	screens.Activities.Shut()
	screens.Activities.Reopen()
	keys.Type("thieu hai nguoi")
	keys.Press(fyne.KeyReturn)
	lines, err := office.History(context.Background(), plan.Ref())
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, l := range lines {
		said = append(said, l.Words.VI)
	}
	got := strings.Join(said, "\n")
	want := "Sửa tình trạng: Đã chốt → Đã tổ chức; lý do sửa sau khi chốt “10/03/2026: thieu hai nguoi”\n" +
		"Sửa tình trạng: Đã tổ chức → Đã chốt\n" +
		"Sửa số lượt người: trống → 32; tình trạng: Dự kiến → Đã tổ chức\n" +
		"Ghi mới “Đối thoại quý I”, 10/03/2026"
	if got != want {
		t.Errorf("the history says\n%s\nwant\n%s", got, want)
	}
}
