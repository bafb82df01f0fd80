package ledger_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/uitest"
)

// TestUniKeyIntoEveryKindOfField: letters, backspaces and composed characters as an
// input method sends them, while every answer of the office comes late and in the
// wrong order. Nothing is reordered, rewritten or lost.
func TestUniKeyIntoEveryKindOfField(t *testing.T) {
	const text = "Tuyên truyền ở xã Đăk Hà, Nguyễn Thị Ngọc Ánh"
	fields := []struct {
		label string
		add   func(f *ledger.Form) *kit.Field
	}{
		{"Nội dung", func(f *ledger.Form) *kit.Field { return f.Text("text") }},
		{"Trả lời", func(f *ledger.Form) *kit.Field { return f.Long("answer", 3) }},
		{"Ngày nhận", func(f *ledger.Form) *kit.Field { return f.Day("received") }},
		{"Ngày làm việc", func(f *ledger.Form) *kit.Field { return f.Number("due.days", "Ngày làm việc") }},
		{"Kênh tiếp nhận", func(f *ledger.Form) *kit.Field { return f.Term("channel") }},
		{"Lĩnh vực", func(f *ledger.Form) *kit.Field { return f.Terms("topics") }},
		{"Đơn vị người hỏi", func(f *ledger.Form) *kit.Field { return f.Unit("unit_id") }},
		{"Hỏi tại hoạt động", func(f *ledger.Form) *kit.Field { return f.Row("activity_id", "activity") }},
	}
	for _, field := range fields {
		t.Run(field.label, func(t *testing.T) {
			uitest.App(t)
			var held uitest.Held
			office := uitest.NewRecords(uitest.NewOffice())
			w := uitest.Window(t, nil)
			screen := ledger.New(kit.Desk{Runner: held.Runner(), Window: w, Now: uitest.Clock, Say: func(string, func()) {}}, office, ledger.Spec{
				Words: ledger.ListWords{New: "Mới"},
				Begin: func() record.Noun { return record.Question{} },
				Build: func(f *ledger.Form) { f.Add(field.add(f)) },
			})
			w.SetContent(screen)
			screen.Create()
			held.ReleaseAll()
			keys := uitest.NewKeyboard(w)
			entry := w.Canvas().Focused()
			stands := func() string {
				w.Canvas().Focus(entry)
				keys.Ctrl(fyne.KeyA)
				return entry.(interface{ SelectedText() string }).SelectedText()
			}
			for _, word := range strings.SplitAfter(text, " ") {
				keys.UniKey(word)
				if held.Waiting() > 2 {
					held.ReleaseReversed()
				}
			}
			held.ReleaseReversed()
			held.ReleaseAll()
			if got := stands(); got != text {
				t.Errorf("typed %q, stands %q", text, got)
			}
			keys.Press(fyne.KeyTab)
			held.ReleaseAll()
			if got := stands(); got != text {
				t.Errorf("left, it became %q", got)
			}
		})
	}
}
