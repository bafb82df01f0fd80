package main

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// TestTheFormFollowsUndo: whatever was done last is taken back by the window's key, and
// the form shows what is stored then; what was typed meanwhile stays.
func TestTheFormFollowsUndo(t *testing.T) {
	office, shell, screens, keys, window := registerWith(t)
	ctx := context.Background()
	q, err := office.SaveRecord(ctx, record.Question{Text: "Lương tối thiểu?", Received: "2026-03-02", Channel: "phone"})
	if err != nil {
		t.Fatal(err)
	}
	shell.Go(ui.AreaQuestions)
	press := func(key fyne.KeyName) {
		window.Canvas().Unfocus()
		keys.Ctrl(key)
	}
	screens.Questions.Open(q.Ref().ID)
	text := func() string { return uitest.TextUnder(t, shell, "Nội dung") }
	window.Canvas().Focus(uitest.FieldUnder(t, shell, "Nội dung"))
	keys.Type("Hỏi: ")
	changed := text()
	press(fyne.KeyS)
	press(fyne.KeyZ)
	if got := text(); got != "Lương tối thiểu?" {
		t.Fatalf("undone, the form shows %q", got)
	}
	press(fyne.KeyY)
	if got := text(); got != changed {
		t.Fatalf("done again, the form shows %q, want %q", got, changed)
	}
	screens.Questions.Delete()
	gone := kit.T("Chọn một dòng ở danh sách, hoặc ghi mới.")
	if !strings.Contains(uitest.Words(shell), gone) {
		t.Fatal("what was deleted is still shown")
	}
	press(fyne.KeyZ)
	if got := text(); got != changed {
		t.Fatalf("the deletion undone, the form shows %q", got)
	}
	uitest.TapButton(t, shell, "Làm lại")
	if !strings.Contains(uitest.Words(shell), gone) {
		t.Error("deleted again, it is still shown")
	}
	press(fyne.KeyZ)
	window.Canvas().Focus(uitest.FieldUnder(t, shell, "Nội dung"))
	keys.Type("gõ dở ")
	typed := text()
	press(fyne.KeyZ) // the change before the deletion
	if got := text(); got != typed {
		t.Errorf("what was typed became %q", got)
	}
}
