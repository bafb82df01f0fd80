package people_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/people"
	"sophobien/ui/uitest"
)

type desk struct {
	*uitest.Keyboard
	office *uitest.People
	screen *people.Screen
	window fyne.Window
	said   []string
	opened []record.ID
}

func open(t *testing.T, rows ...record.Noun) *desk {
	t.Helper()
	uitest.App(t)
	d := &desk{office: uitest.NewPeople(uitest.NewOffice()), window: uitest.Window(t, nil)}
	d.office.Put(rows...)
	say := func(words string, _ func()) { d.said = append(d.said, words) }
	d.screen = people.New(kit.Desk{Runner: uitest.AtOnce(), Window: d.window, Now: uitest.Clock, Say: say}, d.office)
	d.screen.OnOpenActivity = func(id record.ID) { d.opened = append(d.opened, id) }
	d.window.SetContent(d.screen)
	d.Keyboard = uitest.NewKeyboard(d.window)
	d.screen.Reload()
	return d
}

// ask takes the nth of a person's requests from the menu, by keyboard.
func (d *desk) ask(t *testing.T, n int) {
	t.Helper()
	uitest.TapButton(t, d.screen, "Yêu cầu của người này…")
	for range n - 1 {
		d.Press(fyne.KeyDown)
	}
	d.Press(fyne.KeyReturn)
}

func (d *desk) words() string { return uitest.Words(d.screen) }

func some() []record.Noun {
	return []record.Noun{
		record.Person{FullName: "Nguyễn Văn An", Sex: "nam", Birth: "1990", Group: "worker", UnitText: "Công ty Cao su"},
		record.Person{FullName: "Y Ngọc", Sex: "nữ", Birth: "2001-12-01", Group: "official"},
		record.Person{FullName: "A Blan", Sex: "nam"},
	}
}

func (d *desk) person(i int) record.Person { return d.office.All("person")[i].(record.Person) }

func TestPeopleAreListedFilteredAndSaid(t *testing.T) {
	d := open(t, some()...)
	for _, want := range []string{"Nguyễn Văn An", "Y Ngọc", "3 dòng", "Năm sinh", "Số lần dự"} {
		if !strings.Contains(d.words(), want) {
			t.Errorf("%q is not shown in:\n%s", want, d.words())
		}
	}
	uitest.TapButton(t, d.screen, "Nữ  1")
	if words := d.words(); !strings.Contains(words, "1 dòng, Nữ") || strings.Contains(words, "A Blan") {
		t.Errorf("filtered:\n%s", words)
	}
	uitest.TapButton(t, d.screen, "Nữ  1")
	d.screen.Search("blan")
	if words := d.words(); !strings.Contains(words, "“blan”") || strings.Contains(words, "Y Ngọc") {
		t.Errorf("searched:\n%s", words)
	}
}

func TestAPersonIsOpenedChangedAndTheirActivitiesOpened(t *testing.T) {
	d := open(t, some()...)
	p := d.person(1)
	act := d.office.ID()
	d.office.Attend(p.ID, record.AttendedLine{ActivityID: act, Date: "2026-03-05", Title: "Tập huấn Bộ luật Lao động"})
	d.screen.People().List().Focus()
	d.Press(fyne.KeyHome, fyne.KeyDown, fyne.KeyReturn)
	if words := d.words(); !strings.Contains(words, "Đã dự 1 hoạt động") || !strings.Contains(words, "05/03/2026") {
		t.Fatalf("opened:\n%s", words)
	}
	d.screen.People().Form().Put("position", "Thôn trưởng")
	d.screen.Save()
	if got := d.person(1); got.Position != "Thôn trưởng" || got.Birth != "2001-12-01" {
		t.Errorf("stored %+v", got)
	}
	table := uitest.Find[*kit.Table](t, d.attended(t))
	table.Open(0)
	if len(d.opened) != 1 || d.opened[0] != act {
		t.Errorf("opened %v", d.opened)
	}
}

// attended is the part of the page with what a person attended.
func (d *desk) attended(t *testing.T) fyne.CanvasObject {
	t.Helper()
	return d.screen.Beside()
}

func TestOptionalFieldsAreShownWhereTheyAreCollected(t *testing.T) {
	d := open(t, some()...)
	d.screen.OpenPerson(d.person(0).ID)
	if strings.Contains(d.words(), "Điện thoại") {
		t.Error("a phone number is asked for")
	}
	d.office.Settings.Collects = []record.Collect{{Field: "phone", Purpose: "mời họp"}}
	d.screen.Reload()
	if words := d.words(); !strings.Contains(words, "Điện thoại") || strings.Contains(words, "Dân tộc") {
		t.Errorf("collected:\n%s", words)
	}
}

func TestAnAttendanceOpensItsPerson(t *testing.T) {
	d := open(t, some()...)
	p := d.person(2)
	d.office.Put(record.Attendance{PersonID: p.ID, ActivityID: d.office.ID(), Role: "participant"})
	d.screen.View(people.ViewAttendances)
	d.screen.Attendances().Only("role", "participant") // of any year
	d.screen.Attendances().Focus()
	d.Press(fyne.KeyHome, fyne.KeyReturn)
	if words := d.words(); !strings.Contains(words, "Họ và tên") || uitest.EntryUnder(t, d.screen, "Họ và tên").Text != "A Blan" {
		t.Errorf("opened:\n%s", words)
	}
}

func TestAPersonIsErasedWithAReason(t *testing.T) {
	d := open(t, some()...)
	p := d.person(0)
	d.screen.OpenPerson(p.ID)
	d.ask(t, 3)
	over := uitest.Overlay(d.window)
	if !strings.Contains(uitest.Words(over), "không hoàn tác") {
		t.Errorf("it does not say what will be lost:\n%s", uitest.Words(over))
	}
	d.Press(fyne.KeyReturn)
	if len(d.office.Erased) != 0 {
		t.Fatal("erased without a reason")
	}
	d.Type("don ngay 20/03/2026")
	d.Press(fyne.KeyReturn)
	if len(d.office.Erased) != 1 || d.office.Erased[0] != p.ID || d.office.Reasons[0] != "don ngay 20/03/2026" {
		t.Errorf("erased %v, %q", d.office.Erased, d.office.Reasons)
	}
	if strings.Contains(d.words(), "Nguyễn Văn An") && uitest.EntryUnder(t, d.screen, "Họ và tên").Text == "Nguyễn Văn An" {
		t.Error("the form still shows the name")
	}
}

func TestACorrectionKeepsItsReasonAndLeavesNoDraft(t *testing.T) {
	d := open(t, some()...)
	p := d.person(0)
	d.screen.OpenPerson(p.ID)
	entry := uitest.EntryUnder(t, d.screen, "Họ và tên")
	d.window.Canvas().Focus(entry)
	d.Press(fyne.KeyEnd)
	d.Type("h")
	d.ask(t, 2)
	d.Type("goi dien")
	d.Press(fyne.KeyReturn)
	if len(d.office.Corrected) != 1 || d.office.Corrected[0].FullName != "Nguyễn Văn Anh" || d.office.Reasons[0] != "goi dien" {
		t.Errorf("corrected %+v, %q", d.office.Corrected, d.office.Reasons)
	}
	if text := d.office.StoredDraft("person/" + p.ID.String()); text != nil {
		t.Errorf("a draft is left: %s", text)
	}
}

func TestAllThatIsHeldIsShownAndCopied(t *testing.T) {
	d := open(t, some()...)
	d.screen.OpenPerson(d.person(1).ID)
	d.ask(t, 1)
	over := uitest.Overlay(d.window)
	if !strings.Contains(uitest.Words(over), "Y Ngọc") {
		t.Fatalf("shown:\n%s", uitest.Words(over))
	}
	uitest.TapButton(t, over, "Chép để giao cho người yêu cầu")
	if text := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(text, "“Y Ngọc”") {
		t.Errorf("copied %q", text)
	}
}

func TestWhatIsDueIsSaidAndHiddenAfterAsking(t *testing.T) {
	d := open(t, some()...)
	d.office.Due = record.PersonalDue{Before: "2024-03-10", Names: 12, Fields: map[string]int{"phone": 3}}
	d.screen.View(people.ViewPersonal)
	for _, want := range []string{"12 người", "10/03/2024", "số điện thoại: 3"} {
		if !strings.Contains(d.words(), want) {
			t.Errorf("%q is not said in:\n%s", want, d.words())
		}
	}
	uitest.TapButton(t, d.screen, "Ẩn tên…")
	d.Press(fyne.KeyReturn) // the safe button has the keyboard
	if d.office.Hidden != 0 {
		t.Fatal("hidden without being asked for")
	}
	uitest.TapButton(t, d.screen, "Ẩn tên…")
	uitest.TapButton(t, uitest.Overlay(d.window), "Ẩn tên")
	if d.office.Hidden != 12 || !strings.Contains(d.words(), "Không có tên nào quá thời hạn giữ") {
		t.Errorf("hidden %d:\n%s", d.office.Hidden, d.words())
	}
}

// TestWhatAnErasureTakesIsNamedBefore: the questions, the names before a correction and
// the drafts it does not reach.
func TestWhatAnErasureTakesIsNamedBefore(t *testing.T) {
	d := open(t, some()...)
	p := d.person(0)
	d.office.Takes = record.Erasure{Names: []string{p.FullName, "Nguyễn Văn Ân"}, Drafts: []string{"question/"}}
	for i := range 7 {
		d.office.Takes.Asked = append(d.office.Takes.Asked, record.AskedLine{Received: "2026-03-05", Asker: p.FullName, Text: fmt.Sprintf("Câu thứ %d?", i)})
	}
	d.screen.OpenPerson(p.ID)
	d.ask(t, 3)
	words := uitest.Words(uitest.Overlay(d.window))
	for _, want := range []string{"Nguyễn Văn Ân", "7 câu hỏi", "05/03/2026, " + p.FullName + ": Câu thứ 4?", "và 2 câu nữa", "1 bản nháp"} {
		if !strings.Contains(strings.Join(strings.Fields(words), " "), want) {
			t.Errorf("%q is not said:\n%s", want, words)
		}
	}
	if strings.Contains(words, "Câu thứ 5?") || len(d.office.Erased) != 0 {
		t.Error("more than there is room for, or erased already")
	}
}
