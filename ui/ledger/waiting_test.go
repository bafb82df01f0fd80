package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"sophobien/internal/record"
	"sophobien/ui/uitest"
)

func (d *desk) title(t *testing.T) string {
	t.Helper()
	return uitest.EntryUnder(t, d.screen, "Tên tài liệu").Text
}

func (d *desk) mustSay(t *testing.T, said bool, words string) {
	t.Helper()
	if got := uitest.Words(d.window.Content()); strings.Contains(got, words) != said {
		t.Errorf("%q is said: %v, in\n%s", words, !said, got)
	}
}

// Whatever is begun beside it, a new row that was not saved stays, and all are found again.
func TestEveryNewRowKeepsADraftOfItsOwn(t *testing.T) {
	d := open(t)
	id := d.office.Put(record.Material{Kind: "leaflet", Title: "Cũ", On: "2026-03-01"})[0]
	d.screen.Create()
	d.Type("Một")
	d.mustSay(t, false, "chưa lưu, 14:05")
	d.screen.Create()
	if d.title(t) != "" {
		t.Fatalf("a new row begins with %q", d.title(t))
	}
	d.mustSay(t, true, "Có bản nháp chưa lưu, 14:05")
	d.screen.Open(id)
	d.screen.Repeat()
	if d.title(t) != "Cũ" {
		t.Fatalf("what is repeated begins with %q", d.title(t))
	}
	d.Type("Hai ")

	again := newDesk(t, d.office)
	again.mustSay(t, true, "Có 2 bản nháp chưa lưu, mới nhất 14:05")
	again.window.Canvas().Focus(uitest.Button(t, again.screen, "Xem…"))
	again.Press(fyne.KeySpace)
	words := uitest.Words(uitest.Overlay(again.window))
	if !strings.Contains(words, "Ghi mới: Một, 14:05") || !strings.Contains(words, "Ghi mới: Hai Cũ, 14:05") {
		t.Fatalf("to choose from:\n%s", words)
	}
	again.Press(fyne.KeyDown, fyne.KeyReturn)
	first := again.title(t)
	again.mustSay(t, true, "Có bản nháp chưa lưu, 14:05")
	uitest.TapButton(t, again.screen, "Mở")
	if both := []string{first, again.title(t)}; both[0] == both[1] || !strings.Contains("Một Hai Cũ", both[0]) || !strings.Contains("Một Hai Cũ", both[1]) {
		t.Errorf("opened one after the other: %q", both)
	}
	begun := map[string]string{"Một": "", "Hai Cũ": "Cũ"}[again.title(t)]
	uitest.TapButton(t, again.screen, "Bỏ bản nháp")
	if again.title(t) != begun || d.office.DraftOf("material/new") == "" {
		t.Errorf("dropping one leaves %q in sight, the other %q", again.title(t), d.office.DraftOf("material/new"))
	}
}

func TestASavedNewRowLeavesNoDraft(t *testing.T) {
	d := open(t)
	d.screen.Create()
	d.Type("Tờ gấp")
	d.Press(fyne.KeyTab)
	d.Type("to gap")
	d.Press(fyne.KeyReturn)
	d.screen.Save()
	d.only(t)
	if text := d.office.DraftOf("material/"); text != "" {
		t.Errorf("left: %s", text)
	}
	newDesk(t, d.office).mustSay(t, false, "chưa lưu")
}

// A program before this one kept new rows in one place.
func TestADraftOfAnOlderProgramIsFound(t *testing.T) {
	d := open(t)
	d.office.SaveDraft(t.Context(), "material/new", []byte(`{"Typed":{"title":"Từ bản cũ"},"Base":{"day":"\"2026-03-01\""}}`))
	d.screen.Reload()
	uitest.TapButton(t, d.screen, "Mở")
	if d.title(t) != "Từ bản cũ" {
		t.Fatalf("opened %q", d.title(t))
	}
	d.screen.Create()
	if d.title(t) != "" {
		t.Errorf("a new row begins with %q", d.title(t))
	}
}

func TestAChangeThatWaitsIsToldByTheNameOfItsRow(t *testing.T) {
	d := open(t)
	ids := d.office.Put(record.Material{Kind: "leaflet", Title: "Một", On: "2026-03-01"}, record.Material{Kind: "leaflet", Title: "Hai", On: "2026-03-01"})
	for _, id := range ids {
		d.screen.Open(id)
		uitest.EntryUnder(t, d.screen, "Số bản làm ra").SetText("9")
	}
	d.screen.Close()
	if button := uitest.Button(t, d.screen, "Xem…"); button.Size().Width < button.MinSize().Width {
		t.Errorf("the button is %v wide, its words need %v", button.Size().Width, button.MinSize().Width)
	}
	uitest.TapButton(t, d.screen, "Xem…")
	if words := uitest.Words(uitest.Overlay(d.window)); !strings.Contains(words, "Sửa: Một, 14:05") || !strings.Contains(words, "Sửa: Hai, 14:05") {
		t.Errorf("to choose from:\n%s", words)
	}
	if _, err := d.office.DeleteRecord(t.Context(), record.Ref{Noun: "material", ID: ids[0]}); err != nil {
		t.Fatal(err)
	}
	d.screen.Reload()
	d.mustSay(t, true, "Có chỗ sửa chưa lưu, 14:05")
}

// The line comes and goes above the list; rows that were scrolled to stay where they are.
func TestADraftThatWaitsMovesNoRow(t *testing.T) {
	d := open(t)
	var last record.ID
	for i := range 50 {
		last = d.office.Put(record.Material{Kind: "leaflet", Title: fmt.Sprintf("Tờ %02d", i), On: "2026-03-01"})[0]
	}
	d.screen.Reload()
	d.screen.Open(last)
	at := func() fyne.Position {
		for _, o := range test.LaidOutObjects(d.screen.List()) {
			if text, ok := o.(*canvas.Text); ok && text.Text == "Tờ 45" {
				return fyne.CurrentApp().Driver().AbsolutePositionForObject(text)
			}
		}
		t.Fatal("the row is not in sight")
		return fyne.Position{}
	}
	d.screen.Create()
	d.Type("Một")
	before := at()
	d.screen.Close()
	d.mustSay(t, true, "Có bản nháp chưa lưu")
	if after := at(); after != before {
		t.Errorf("the row went from %v to %v", before, after)
	}
	uitest.TapButton(t, d.screen, "Mở")
	if after := at(); after != before {
		t.Errorf("and back to %v, it was at %v", after, before)
	}
}

// What was typed and taken back again is no draft.
func TestTypedAndTakenBackLeavesNoDraft(t *testing.T) {
	d := open(t)
	d.screen.Create()
	d.Type("ab")
	if d.office.DraftOf("material/new") == "" {
		t.Fatal("no draft was kept")
	}
	d.Press(fyne.KeyBackspace, fyne.KeyBackspace)
	if text := d.office.DraftOf("material/"); text != "" {
		t.Errorf("left: %s", text)
	}
	d.screen.Close()
	d.mustSay(t, false, "chưa lưu")
}
