package ledger_test

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/uitest"
)

// desk is a register of materials in a window, with what the shell would show.
type desk struct {
	*uitest.Keyboard
	office *uitest.Records
	screen *ledger.Screen
	window fyne.Window
	said   string
	undo   func()
	again  func()
}

func materials() ledger.Spec {
	return ledger.Spec{
		Words: ledger.ListWords{New: "Tài liệu mới", Nothing: "Chưa có tài liệu nào."},
		Begin: func() record.Noun { return record.Material{On: "2026-03-10"} },
		Build: func(f *ledger.Form) {
			f.Add(f.Text("title"), kit.TwoColumns(f.Term("kind"), f.Day("day")), kit.TwoColumns(f.Number("made"), f.Number("given")))
			f.More()
			f.Add(f.Languages("languages"), f.Terms("topics"), f.Text("source"), f.Long("note", 3))
		},
	}
}

func newDesk(t *testing.T, office *uitest.Records) *desk {
	t.Helper()
	d := &desk{office: office}
	d.window = uitest.Window(t, nil)
	d.screen = ledger.New(kit.Desk{
		Runner: uitest.AtOnce(), Window: d.window, Now: uitest.Clock,
		Say:      func(words string, undo func()) { d.said, d.undo = words, undo },
		SayAgain: func(words string, again func()) { d.said, d.again = words, again },
	}, office, materials())
	d.window.SetContent(d.screen)
	d.Keyboard = uitest.NewKeyboard(d.window)
	d.screen.Reload()
	return d
}

func open(t *testing.T) *desk {
	t.Helper()
	uitest.App(t)
	return newDesk(t, uitest.NewRecords(uitest.NewOffice()))
}

func (d *desk) only(t *testing.T) record.Material {
	t.Helper()
	all := d.office.All("material")
	if len(all) != 1 {
		t.Fatalf("%d materials are stored", len(all))
	}
	return all[0].(record.Material)
}

func TestARowIsWrittenByKeyboardAlone(t *testing.T) {
	d := open(t)
	d.screen.Create()
	d.Type("Tờ gấp tiền lương")
	d.Press(fyne.KeyTab)
	d.Type("to gap")
	d.Press(fyne.KeyReturn, fyne.KeyTab)
	d.Press(fyne.KeyEnd)
	for range 10 {
		d.Press(fyne.KeyBackspace)
	}
	d.Type("5/3")
	d.Press(fyne.KeyTab)
	d.Type("1.500")
	d.screen.Save()
	got := d.only(t)
	if got.Title != "Tờ gấp tiền lương" || got.Kind != "leaflet" || got.On != "2026-03-05" || got.Made != 1500 {
		t.Errorf("stored %+v", got)
	}
	if words := uitest.Words(d.screen); !strings.Contains(words, "1.500") || !strings.Contains(words, "đã lưu 14:05") {
		t.Errorf("the list and the foot do not say so:\n%s", words)
	}
}

func TestABrokenRuleIsShownAndNotSent(t *testing.T) {
	d := open(t)
	d.screen.Create()
	d.Type("Tờ gấp")
	d.screen.Save()
	if len(d.office.All("material")) > 0 {
		t.Fatal("a material without a kind was stored")
	}
	if p := d.screen.Form().Field("kind").Problem(); p != "Chưa chọn loại tài liệu." {
		t.Errorf("under the field: %q", p)
	}
	uitest.EntryUnder(t, d.screen, "Số bản làm ra").SetText("nhiều")
	d.screen.Save()
	if d.screen.Form().Field("made").Problem() == "" {
		t.Error("a number that is none is not refused under its field")
	}
}

func TestAFailedSaveKeepsEverything(t *testing.T) {
	d := open(t)
	d.screen.Create()
	d.Type("Tờ gấp")
	d.Press(fyne.KeyTab)
	d.Type("to gap")
	d.Press(fyne.KeyReturn)
	d.office.Fail["SaveRecord"] = errors.New("disk")
	d.screen.Save()
	if e := uitest.EntryUnder(t, d.screen, "Tên tài liệu"); e.Text != "Tờ gấp" {
		t.Errorf("the title is now %q", e.Text)
	}
	delete(d.office.Fail, "SaveRecord")
	d.screen.Save()
	d.only(t)
}

// TestADraftComesBack: the program is killed while a row is written, and opened again.
func TestADraftComesBack(t *testing.T) {
	d := open(t)
	id := d.office.Put(record.Material{Kind: "leaflet", Title: "Cũ", On: "2026-03-01"})[0]
	d.screen.Create()
	d.Type("Đang ghi dở")
	d.screen.Open(id)
	uitest.EntryUnder(t, d.screen, "Tên tài liệu").SetText("Đang sửa dở")

	again := newDesk(t, d.office)
	again.screen.Open(id)
	if e := uitest.EntryUnder(t, again.screen, "Tên tài liệu"); e.Text != "Đang sửa dở" {
		t.Errorf("after a restart: %q", e.Text)
	}
	if !strings.Contains(uitest.Words(again.screen), "bản nháp chưa lưu") {
		t.Error("it is not said that a draft is shown")
	}
	uitest.TapButton(t, again.screen, "Bỏ bản nháp")
	if e := uitest.EntryUnder(t, again.screen, "Tên tài liệu"); e.Text != "Cũ" {
		t.Errorf("after dropping the draft: %q", e.Text)
	}
	again.screen.Create()
	if e := uitest.EntryUnder(t, again.screen, "Tên tài liệu"); e.Text != "" {
		t.Errorf("a new one begins with %q", e.Text)
	}
	uitest.TapButton(t, again.screen, "Mở")
	if e := uitest.EntryUnder(t, again.screen, "Tên tài liệu"); e.Text != "Đang ghi dở" {
		t.Errorf("the one begun before: %q", e.Text)
	}
}

// TestWhatIsNotChosenYetIsInTheDraft of a register too.
func TestWhatIsNotChosenYetIsInTheDraft(t *testing.T) {
	d := open(t)
	d.screen.Create()
	typed := map[string]string{"Loại tài liệu": "to", "Ngôn ngữ": "ba"}
	uitest.TapButton(t, d.screen, "Thêm")
	for label, text := range typed {
		d.window.Canvas().Focus(uitest.FieldUnder(t, d.screen, label))
		d.Type(text)
	}
	again := newDesk(t, d.office)
	uitest.TapButton(t, again.screen, "Mở")
	uitest.TapButton(t, again.screen, "Thêm")
	for label, text := range typed {
		if got := uitest.TextUnder(t, again.screen, label); got != text {
			t.Errorf("under %q stands %q", label, got)
		}
	}
}

func TestWhatIsTakenAwayComesBack(t *testing.T) {
	d := open(t)
	id := d.office.Put(record.Material{Kind: "leaflet", Title: "Tờ gấp", On: "2026-03-01"})[0]
	d.screen.Reload()
	d.screen.Open(id)
	uitest.TapButton(t, d.screen, "Xóa")
	if len(d.office.All("material")) != 0 || d.said == "" {
		t.Fatalf("still there, said %q", d.said)
	}
	d.undo()
	d.only(t)
	if d.said != "Đã hoàn tác: Xóa tài liệu." || d.title(t) != "Tờ gấp" {
		t.Fatalf("said %q, shown %q", d.said, d.title(t))
	}
	d.again()
	if len(d.office.All("material")) != 0 || d.said != "Đã làm lại: Xóa tài liệu." {
		t.Errorf("done again %d are stored, said %q", len(d.office.All("material")), d.said)
	}
	d.mustSay(t, true, "Chọn một dòng ở danh sách, hoặc ghi mới.")
}

// What was deleted and comes back does not push aside what is looked at by then.
func TestWhatComesBackPushesNothingAside(t *testing.T) {
	d := open(t)
	ids := d.office.Put(record.Material{Kind: "leaflet", Title: "Một", On: "2026-03-01"}, record.Material{Kind: "leaflet", Title: "Hai", On: "2026-03-01"})
	d.screen.Open(ids[0])
	uitest.TapButton(t, d.screen, "Xóa")
	d.screen.Open(ids[1])
	d.undo()
	if len(d.office.All("material")) != 2 || d.title(t) != "Hai" {
		t.Errorf("%d are stored, shown %q", len(d.office.All("material")), d.title(t))
	}
	d.screen.Close()
	d.screen.Reload()
	d.mustSay(t, true, "Chọn một dòng ở danh sách, hoặc ghi mới.")
}

func TestTheListNarrowsAndSaysSo(t *testing.T) {
	d := open(t)
	d.office.Put(
		record.Material{Kind: "leaflet", Title: "Tờ gấp", On: "2026-03-01", Made: 300},
		record.Material{Kind: "clip", Title: "Phóng sự", On: "2026-02-01"},
		record.Material{Kind: "clip", Title: "Clip năm trước", On: "2025-02-01"},
	)
	d.screen.Reload()
	words := uitest.Words(d.screen)
	for _, part := range []string{"2 dòng, năm 2026", "Clip, phóng sự  1", "Tờ rơi, tờ gấp  1", "số bản làm ra: 300"} {
		if !strings.Contains(words, part) {
			t.Errorf("%q is not said in:\n%s", part, words)
		}
	}
	uitest.TapButton(t, d.screen, "Clip, phóng sự  1")
	if words := uitest.Words(d.screen); strings.Contains(words, "Tờ gấp\n") || !strings.Contains(words, "1 dòng, năm 2026, Clip, phóng sự") {
		t.Errorf("narrowed to clips:\n%s", words)
	}
	d.screen.Search("khong co")
	uitest.TapButton(t, d.screen, "Bỏ lọc")
	if words := uitest.Words(d.screen); !strings.Contains(words, "3 dòng") {
		t.Errorf("all of it:\n%s", words)
	}
}

// TestAChangeElsewhereIsShownUnlessSomebodyTypes.
func TestAChangeElsewhereIsShownUnlessSomebodyTypes(t *testing.T) {
	d := open(t)
	m := record.Material{Kind: "leaflet", Title: "Một", On: "2026-03-01"}
	m.ID = d.office.Put(m)[0]
	d.screen.Open(m.ID)
	m.Title = "Hai"
	d.office.Put(m)
	d.screen.Reload()
	title := uitest.EntryUnder(t, d.screen, "Tên tài liệu")
	if title.Text != "Hai" {
		t.Errorf("shown: %q", title.Text)
	}
	title.SetText("Ba")
	m.Title = "Bốn"
	d.office.Put(m)
	d.screen.Reload()
	if title.Text != "Ba" {
		t.Errorf("what was typed became %q", title.Text)
	}
}

func TestHistoryIsTold(t *testing.T) {
	d := open(t)
	m := record.Material{Kind: "leaflet", Title: "Một", On: "2026-03-01"}
	m.ID = d.office.Put(m)[0]
	d.office.Past[m.Ref()] = []record.HistoryLine{{At: uitest.Now.UnixMilli(), Officer: "Nguyễn Thị Hoa", Words: record.Words{VI: "Sửa tên tài liệu: “Không” → “Một”"}}}
	d.screen.Open(m.ID)
	uitest.TapButton(t, d.screen, "Lịch sử")
	words := uitest.Words(uitest.Overlay(d.window))
	if !strings.Contains(words, "Nguyễn Thị Hoa") || !strings.Contains(words, "“Một”") {
		t.Errorf("told:\n%s", words)
	}
}

func TestRepeatBeginsAnotherLikeIt(t *testing.T) {
	d := open(t)
	id := d.office.Put(record.Material{Kind: "leaflet", Title: "Tờ gấp", On: "2026-03-01", Made: 300})[0]
	d.screen.Open(id)
	d.screen.Repeat()
	d.screen.Save()
	if all := d.office.All("material"); len(all) != 2 || all[1].(record.Material).Made != 300 {
		t.Errorf("stored %+v", all)
	}
}
