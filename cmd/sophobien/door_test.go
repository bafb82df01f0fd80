package main

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/uitest"
)

// TestAtTheDoor: two cards are read, one of them twice; the people tab then has both.
func TestAtTheDoor(t *testing.T) {
	office, shell, screens, keys, _ := registerWith(t)
	act, err := office.SaveActivity(context.Background(), record.Activity{
		Kind: "training", Title: "Tập huấn", Status: "held", When: record.Occasion{Date: "2026-03-10"}, Heads: record.HeadCount{Listed: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	shell.Go(ui.AreaActivities)
	screens.Activities.OpenPeople(act.ID)
	uitest.TapButton(t, shell, "Điểm danh ở cửa")
	scan := func(card, want string) {
		t.Helper()
		keys.Type(card)
		keys.Press(fyne.KeyReturn)
		if words := uitest.Words(shell); !strings.Contains(words, want) {
			t.Errorf("%q is not said:\n%s", want, words)
		}
	}
	scan("062187001234||Y Ngọc Hà|05031987|Nữ|Thôn 1, xã Đăk Hà|01012022", "Y Ngọc Hà")
	scan("062087001235||A Blan|06041987|Nam|Thôn 2, xã Đăk Hà|01012022", "A Blan")
	scan("062187001234||Y Ngọc Hà|05031987|Nữ|Thôn 1, xã Đăk Hà|01012022", "đã điểm danh")
	keys.Press(fyne.KeyEscape)
	list, err := office.Attendees(context.Background(), act.ID)
	if err != nil || len(list) != 2 || !list[0].Attendance.Signed || list[0].Attendance.Arrived == "" {
		t.Fatalf("on the list: %+v, %v", list, err)
	}
	if words := uitest.Words(shell); !strings.Contains(words, "Y Ngọc Hà") || !strings.Contains(words, "Lưu") {
		t.Errorf("the people tab shows:\n%s", words)
	}
	for _, at := range list {
		if at.Person.IDNumber != "" {
			t.Error("a number is kept that the office does not collect")
		}
	}
}
