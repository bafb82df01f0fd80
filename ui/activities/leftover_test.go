package activities_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

func TestStartSaysThatADraftWaits(t *testing.T) {
	office := threeActivities()
	s := play(t, office, uitest.AtOnce())
	s.mustNotShow("chưa lưu")
	s.fill("Tập huấn dở dang", "5/3", "Đăk Hà")
	s.mustNotShow("Có bản nháp chưa lưu")

	again := play(t, office, uitest.AtOnce())
	again.mustShow("Có bản nháp chưa lưu, 14:05")
	again.tap("Mở")
	again.mustShow("Tập huấn dở dang", "bản nháp 14:05")
	again.mustNotShow("Có bản nháp chưa lưu")
	again.keys.Ctrl(fyne.KeyS)
	again.mustShow("đã lưu 14:05")

	play(t, office, uitest.AtOnce()).mustNotShow("chưa lưu")
}

func TestDroppedDraftWaitsNoMore(t *testing.T) {
	office := uitest.NewOffice()
	play(t, office, uitest.AtOnce()).fill("Tập huấn dở dang", "5/3", "Đăk Hà")
	s := play(t, office, uitest.AtOnce())
	s.tap("Mở")
	s.tap("Bỏ bản nháp")
	s.Close()
	s.mustNotShow("Có bản nháp chưa lưu")
}

// A draft left to look at something else is not forgotten either.
func TestDraftLeftForAnotherActivityWaits(t *testing.T) {
	office := uitest.NewOffice()
	ids := office.Add(training("Một", "2026-01-05", 1))
	s := play(t, office, uitest.AtOnce())
	s.fill("Tập huấn dở dang", "5/3", "Đăk Hà")
	s.Open(ids[0])
	s.mustShow("Có bản nháp chưa lưu, 14:05")
}

// edited leaves an office in which a program was killed while a stored activity
// and its people were being changed.
func edited(t *testing.T) (*uitest.Office, record.ID) {
	t.Helper()
	office := uitest.NewOffice()
	id := office.Add(training("Một", "2026-01-05", 1))[0]
	s := play(t, office, uitest.AtOnce())
	s.Open(id)
	s.keys.Ctrl(fyne.KeyL)
	s.keys.Ctrl(fyne.KeyL)
	s.keys.Press(fyne.KeyTab, fyne.KeyTab)
	s.keys.Press(fyne.KeyHome)
	s.keys.Type("Sửa ")
	s.mustNotShow("Có chỗ sửa chưa lưu")
	return office, id
}

func TestStartSaysThatAStoredActivityHasADraft(t *testing.T) {
	office, id := edited(t)
	s := play(t, office, uitest.AtOnce())
	s.mustShow("Có chỗ sửa chưa lưu, 14:05")
	s.tap("Mở")
	s.mustShow("Sửa Một")
	s.keys.Ctrl(fyne.KeyS)
	if office.Stored(id).Title != "Sửa Một" {
		t.Errorf("stored %q", office.Stored(id).Title)
	}
	play(t, office, uitest.AtOnce()).mustNotShow("chưa lưu")
}

func TestStartSaysThatAListOfPeopleHasADraft(t *testing.T) {
	office := oneActivity()
	s, _ := people(t, office)
	s.keys.UniKey("Nguyễn Văn An")
	s.keys.Press(fyne.KeyEnter)

	again := play(t, office, uitest.AtOnce())
	again.mustShow("Có danh sách người chưa lưu, 14:05")
	again.tap("Mở")
	again.mustShow("Nguyễn Văn An")
	again.keys.Ctrl(fyne.KeyS)
	again.keys.Ctrl(fyne.KeyL)
	again.mustNotShow("chưa lưu")
}

// What waited before a start still waits after a draft made since was saved.
func TestOlderDraftsOutliveNewerOnes(t *testing.T) {
	office, id := edited(t)
	s := play(t, office, uitest.AtOnce())
	s.OpenPeople(id)
	s.keys.UniKey("Nguyễn Văn An")
	s.keys.Press(fyne.KeyEnter)
	s.keys.Ctrl(fyne.KeyS)
	play(t, office, uitest.AtOnce()).mustShow("Có chỗ sửa chưa lưu, 14:05")
}

func TestDraftOfADeletedActivityWaitsUntilItComesBack(t *testing.T) {
	office, id := edited(t)
	gone, err := office.DeleteActivity(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	s := play(t, office, uitest.AtOnce())
	s.mustNotShow("chưa lưu")
	if _, err := office.Undo(t.Context(), gone.Batch); err != nil {
		t.Fatal(err)
	}
	s.Reload()
	s.mustShow("Có chỗ sửa chưa lưu")
}

func TestDraftsThatCannotBeReadLeaveTheListAlone(t *testing.T) {
	office, _ := edited(t)
	office.Fail["Drafts"] = record.Refuse(record.ErrDamaged, "Sổ bị hỏng.", "Damaged.")
	s := play(t, office, uitest.AtOnce())
	s.mustShow("1 hoạt động")
	s.mustNotShow("chưa lưu")
}

// What the start has read is late when a draft was written since.
func TestDraftWrittenWhileTheStartLooks(t *testing.T) {
	office, id := edited(t)
	var answers []func()
	answer := func(i int) {
		a := answers[i]
		answers = append(answers[:i:i], answers[i+1:]...)
		a()
	}
	s := play(t, office, kit.NewRunner(func(work func()) { work() }, func(a func()) { answers = append(answers, a) }))
	s.Create()
	answer(len(answers) - 1) // the form comes before what the start looks for
	s.keys.Press(fyne.KeyTab, fyne.KeyTab)
	s.keys.Type("x")
	answer(len(answers) - 1) // and so does the draft's being written
	for len(answers) > 0 {
		answer(0)
	}
	s.Open(id)
	for len(answers) > 0 {
		answer(0)
	}
	s.mustShow("Sửa Một", "Có bản nháp chưa lưu, 14:05")
}

// A draft written before the start has looked does not push older ones aside.
func TestDraftWrittenBeforeTheStartLooks(t *testing.T) {
	office, _ := edited(t)
	second := office.Add(training("Hai", "2026-01-06", 2))[0]
	var held uitest.Held
	s := play(t, office, held.Runner())
	s.Open(second)
	held.ReleaseLast()
	s.keys.Ctrl(fyne.KeyL)
	s.keys.Ctrl(fyne.KeyL)
	s.keys.Press(fyne.KeyTab, fyne.KeyTab)
	s.keys.Type("x")
	held.ReleaseLast()
	if office.StoredDraft("activity/"+second.String()) == nil {
		t.Fatal("the draft was not the last thing to be written")
	}
	held.ReleaseAll()
	s.mustShow("Có chỗ sửa chưa lưu, 14:05")
	s.tap("Mở")
	held.ReleaseAll()
	s.mustShow("Sửa Một")
}

func TestDraftOfAnotherDayHasItsDate(t *testing.T) {
	office := uitest.NewOffice()
	play(t, office, uitest.AtOnce()).fill("Tập huấn dở dang", "5/3", "Đăk Hà")
	office.DraftsAt = uitest.Now.AddDate(0, 0, -1)
	play(t, office, uitest.AtOnce()).mustShow("Có bản nháp chưa lưu, 14:05 ngày 09/03/2026")
}

// An older program kept one new activity, and an index of the changes of others.
func TestDraftsOfAnOlderProgramAreFoundAndItsIndexDropped(t *testing.T) {
	office := uitest.NewOffice()
	id := office.Add(training("Một", "2026-01-05", 1))[0]
	for scope, text := range map[string]string{
		"activity/new":            `{"id":"","texts":{"title":"Từ bản cũ"},"codes":{"kind":"training"}}`,
		"activity/" + id.String(): `{"id":"","texts":{"title":"Sửa Một","when.date":"05/01/2026"},"codes":{"kind":"training"}}`,
		"drafts":                  `["activity/` + id.String() + `"]`,
	} {
		if _, err := office.SaveDraft(t.Context(), scope, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	s := play(t, office, uitest.AtOnce())
	s.mustShow("Có 2 bản nháp chưa lưu, mới nhất 14:05")
	if office.StoredDraft("drafts") != nil {
		t.Error("the index is still there")
	}
	s.tap("Xem…")
	if words := uitest.Words(uitest.Overlay(s.window)); !strings.Contains(words, "Ghi mới: Từ bản cũ, 14:05") || !strings.Contains(words, "Sửa: Sửa Một, 14:05") {
		t.Fatalf("to choose from:\n%s", words)
	}
	s.keys.Press(fyne.KeyEscape)
	s.Create()
	s.mustNotShow("Từ bản cũ")
	s.Open(id)
	s.mustShow("Sửa Một", "Có bản nháp chưa lưu, 14:05")
	s.tap("Mở")
	s.mustShow("Từ bản cũ", "Có chỗ sửa chưa lưu, 14:05")
}

func TestEveryNewActivityKeepsADraftOfItsOwn(t *testing.T) {
	office := threeActivities()
	s := play(t, office, uitest.AtOnce())
	s.fill("Buổi thứ nhất", "5/3", "Đăk Hà")
	s.fill("Buổi thứ hai", "6/3", "Đăk Mar")
	s.mustShow("Có bản nháp chưa lưu, 14:05")
	s.focusList()
	s.keys.Press(fyne.KeyHome)
	s.keys.Ctrl(fyne.KeyD)
	s.keys.Type("7/3")
	s.mustShow("Có 2 bản nháp chưa lưu, mới nhất 14:05", "Hợp đồng lao động cho công nhân")

	again := play(t, office, uitest.AtOnce())
	again.mustShow("Có 3 bản nháp chưa lưu, mới nhất 14:05")
	again.tap("Xem…")
	words := uitest.Words(uitest.Overlay(again.window))
	for _, want := range []string{"Ghi mới: Buổi thứ nhất, 14:05", "Ghi mới: Buổi thứ hai, 14:05", "Ghi mới: Hợp đồng lao động cho công nhân, 14:05"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not among\n%s", want, words)
		}
	}
}

// What others changed while a draft waited is not taken back by it.
func TestDraftTakesNothingBackThatOthersChanged(t *testing.T) {
	office, id := edited(t)
	theirs := office.Stored(id)
	theirs.When.Place, theirs.Speakers = "Nhà rông", []string{"Y Ngọc"}
	office.Add(theirs)
	s := play(t, office, uitest.AtOnce())
	s.tap("Mở")
	s.keys.Ctrl(fyne.KeyS)
	if got := office.Stored(id); got.Title != "Sửa Một" || got.When.Place != "Nhà rông" || len(got.Speakers) != 1 {
		t.Errorf("stored %+v", got)
	}
}

// TestWhatIsTypedAndNotChosenYetComesBack: the program is killed in the middle of a word
// for the kind, a topic and the host.
func TestWhatIsTypedAndNotChosenYetComesBack(t *testing.T) {
	office := uitest.NewOffice()
	s := play(t, office, uitest.AtOnce())
	s.Create()
	s.keys.Type("pho")
	if office.DraftOf("activity/new") == "" {
		t.Fatal("there is no draft")
	}
	s.tap("Thêm")
	typed := map[string]string{"Loại hoạt động": "pho", "Chủ đề": "tien", "Đơn vị chủ trì nơi tổ chức": "xa"}
	for label, text := range typed {
		if text != "pho" { // that stands already
			s.window.Canvas().Focus(uitest.FieldUnder(t, s.window.Content(), label))
			s.keys.Type(text)
		}
	}

	again := play(t, office, uitest.AtOnce())
	again.tap("Mở")
	again.tap("Thêm")
	for label, text := range typed {
		if got := uitest.TextUnder(t, again.window.Content(), label); got != text {
			t.Errorf("under %q stands %q", label, got)
		}
	}
	again.Save()
	if office.Count("SaveActivity") > 0 {
		t.Errorf("stored with a host that was not chosen: %+v", office.Sent)
	}
	again.window.Canvas().Focus(uitest.FieldUnder(t, again.window.Content(), "Loại hoạt động"))
	again.keys.Type("pho bien")
	again.keys.Press(fyne.KeyReturn)
	if got := uitest.TextUnder(t, again.window.Content(), "Loại hoạt động"); got != "Phổ biến trực tiếp" {
		t.Errorf("chosen after all: %q", got)
	}
}
