package activities_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/activities"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// stage is a screen in a window, with a keyboard and what it said.
type stage struct {
	*activities.Screen
	t      *testing.T
	window fyne.Window
	keys   *uitest.Keyboard
	said   []string
	undo   func()
	again  func()
}

// play opens the area on an office; each call is a new run of the program.
func play(t *testing.T, office *uitest.Office, runner *kit.Runner) *stage {
	t.Helper()
	uitest.App(t)
	s := &stage{t: t, window: uitest.Window(t, kit.Line(""))}
	s.Screen = activities.New(kit.Desk{
		Runner: runner, Window: s.window, Now: func() time.Time { return uitest.Now }, Restate: func() {},
		Say:      func(words string, undo func()) { s.said, s.undo = append(s.said, words), undo },
		SayAgain: func(words string, again func()) { s.said, s.again = append(s.said, words), again },
	}, office)
	s.window.SetContent(s.Screen)
	s.keys = uitest.NewKeyboard(s.window)
	s.Reload()
	return s
}

// shows reports whether a text stands on the screen.
func (s *stage) shows(text string) bool {
	return strings.Contains(test.RenderToMarkup(s.window.Canvas()), text)
}

func (s *stage) mustShow(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !s.shows(text) {
			s.t.Errorf("the screen does not show %q", text)
		}
	}
}

func (s *stage) mustNotShow(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if s.shows(text) {
			s.t.Errorf("the screen shows %q", text)
		}
	}
}

func training(title, day string, people int64) record.Activity {
	return record.Activity{
		Kind: "training", Title: title, Status: "held", Mode: "in_person", Direct: true,
		When:  record.Occasion{Date: record.Date(day), Place: "Nhà văn hóa thôn 1"},
		Heads: record.HeadCount{Total: people, Women: people / 2},
	}
}

func threeActivities() *uitest.Office {
	o := uitest.NewOffice()
	o.Add(
		training("Tập huấn Bộ luật Lao động", "2026-02-03", 60),
		training("Hợp đồng lao động cho công nhân", "2026-03-05", 1144),
		training("Đối thoại năm ngoái", "2025-11-20", 30),
	)
	return o
}

func TestListSaysWhatIsShown(t *testing.T) {
	s := play(t, threeActivities(), uitest.AtOnce())
	s.mustShow("2 hoạt động, 1.204 lượt người, năm 2026", "Tập huấn Bộ luật Lao động", "05/03/2026")
	s.mustNotShow("Đối thoại năm ngoái")
}

func TestSearchNarrowsWithoutMarks(t *testing.T) {
	s := play(t, threeActivities(), uitest.AtOnce())
	s.Search("hop dong")
	s.mustShow("1 hoạt động, 1.144 lượt người", "Hợp đồng lao động cho công nhân")
	s.mustNotShow("Tập huấn Bộ luật Lao động")
	s.Search("không có gì")
	s.mustShow("Không có hoạt động nào khớp với điều kiện lọc.", "Bỏ lọc")
}

func TestEmptyOfficeOffersTheFirstActivity(t *testing.T) {
	s := play(t, uitest.NewOffice(), uitest.AtOnce())
	s.mustShow("Năm 2026 chưa ghi hoạt động nào.", "Ghi hoạt động")
}

func TestFiltersSayWhatTheyLeave(t *testing.T) {
	office := threeActivities()
	plan := training("Ngày hội việc làm", "2026-03-28", 0)
	plan.Status, plan.Kind = "planned", "woven"
	office.Add(plan)
	s := play(t, office, uitest.AtOnce())
	s.mustShow("3 hoạt động", "Dự kiến  1", "Đã tổ chức  2")
	s.tap("Dự kiến  1")
	s.mustShow("1 hoạt động, 0 lượt người, năm 2026, Dự kiến", "Ngày hội việc làm", "Đã tổ chức  2")
	s.mustNotShow("Tập huấn Bộ luật Lao động")
	s.tap("Dự kiến  1")
	s.tap("Năm trước")
	s.mustShow("1 hoạt động, 30 lượt người, năm 2025", "Đối thoại năm ngoái")
	s.tap("Năm trước")
	s.mustShow("4 hoạt động, 1.234 lượt người")
}

// tap taps the button with a label.
func (s *stage) tap(label string) { uitest.TapButton(s.t, s.window.Content(), label) }

func TestListThatCannotBeReadSaysWhy(t *testing.T) {
	office := threeActivities()
	s := play(t, office, uitest.AtOnce())
	office.Fail["Activities"] = record.Refuse(record.ErrDamaged, "Sổ bị hỏng ở một trang. Hãy lấy lại bản sao lưu gần nhất.", "Damaged.")
	s.Reload()
	s.mustShow("Sổ bị hỏng ở một trang.", "Tập huấn Bộ luật Lao động")
	office.Fail = map[string]error{}
	s.Reload()
	s.mustNotShow("Sổ bị hỏng ở một trang.")
}

// What another program or the office's own log changed is shown, unless it is
// being edited.
func TestChangesOfOthersAreShownUnlessEdited(t *testing.T) {
	office := uitest.NewOffice()
	id := office.Add(training("Một", "2026-01-05", 1))[0]
	s := play(t, office, uitest.AtOnce())
	s.Open(id)
	a := office.Stored(id)
	a.Title = "Một, sửa ở máy khác"
	office.Add(a)
	s.Reload()
	s.keys.Press(fyne.KeyTab)
	s.mustShow("Một, sửa ở máy khác")
	s.keys.Ctrl(fyne.KeyL)
	s.keys.Ctrl(fyne.KeyL)
	s.keys.Press(fyne.KeyTab, fyne.KeyTab)
	s.keys.Press(fyne.KeyHome)
	s.keys.Type("Tôi gõ ")
	a.Title = "Lại sửa ở máy khác"
	office.Add(a)
	s.Reload()
	if d := string(office.StoredDraft("activity/" + id.String())); !strings.Contains(d, "Tôi gõ Một, sửa ở máy khác") {
		t.Errorf("the draft holds %s", d)
	}
	s.mustShow("Tôi gõ Một, sửa ở máy khác")
}

// The answer that comes last is not the answer to the last question.
func TestTwoAnswersInReverseOrder(t *testing.T) {
	var held uitest.Held
	s := play(t, threeActivities(), held.Runner())
	held.ReleaseAll()
	s.Search("tập huấn")
	s.Search("hợp đồng")
	held.ReleaseReversed()
	s.mustShow("Hợp đồng lao động cho công nhân", "1 hoạt động")
	s.mustNotShow("Tập huấn Bộ luật Lao động")
}

func TestOpeningTwoInReverseOrderShowsTheSecond(t *testing.T) {
	var held uitest.Held
	office := uitest.NewOffice()
	ids := office.Add(training("Một", "2026-01-05", 1), training("Hai", "2026-01-06", 2))
	s := play(t, office, held.Runner())
	held.ReleaseAll()
	s.Open(ids[0])
	s.Open(ids[1])
	held.ReleaseReversed()
	held.ReleaseAll()
	s.keys.Ctrl(fyne.KeyL)
	s.keys.Ctrl(fyne.KeyL)
	s.keys.Press(fyne.KeyTab, fyne.KeyTab)
	s.keys.Press(fyne.KeyHome)
	s.keys.Type("sửa")
	held.ReleaseAll()
	if d := string(office.StoredDraft("activity/" + ids[1].String())); !strings.Contains(d, "sửaHai") {
		t.Errorf("the draft of the second activity holds %q", d)
	}
	if d := office.StoredDraft("activity/" + ids[0].String()); d != nil {
		t.Errorf("the first activity has a draft: %s", d)
	}
}

// The list is read in parts, as they come in sight.
func TestLongListIsReadInParts(t *testing.T) {
	office := uitest.NewOffice()
	for i := range 500 {
		office.Add(training(fmt.Sprintf("Buổi %03d", i), "2026-01-05", 10))
	}
	s := play(t, office, uitest.AtOnce())
	s.mustShow("500 hoạt động, 5.000 lượt người", "Buổi 000")
	before := office.Count("Activities")
	if before > 2 {
		t.Errorf("%d pages were read for one screen", before)
	}
	s.focusList()
	s.keys.Press(fyne.KeyEnd)
	s.mustShow("Buổi 499")
	if read := office.Count("Activities") - before; read > 2 {
		t.Errorf("%d pages were read to see the end", read)
	}
}

// focusList puts the keyboard on the list: the last thing in the left half.
func (s *stage) focusList() {
	s.t.Helper()
	s.window.Canvas().Unfocus()
	for range 12 {
		s.keys.Press(fyne.KeyTab)
		if fmt.Sprintf("%T", s.window.Canvas().Focused()) == "*activities.rowList" {
			return
		}
	}
	s.t.Fatal("the list cannot be reached with Tab")
}

// fill types a new activity with the keyboard alone, from the first field on.
func (s *stage) fill(title, day, place string) {
	s.keys.Ctrl(fyne.KeyN)
	s.Create()
	s.keys.Type("tap")
	s.keys.Press(fyne.KeyEnter, fyne.KeyTab, fyne.KeyTab)
	s.keys.UniKey(title)
	s.keys.Press(fyne.KeyTab)
	s.keys.Type(day)
	s.keys.Press(fyne.KeyTab)
	s.keys.UniKey(place)
	s.keys.Press(fyne.KeyTab)
}

func TestJourneyByKeyboardAlone(t *testing.T) {
	office := uitest.NewOffice()
	s := play(t, office, uitest.AtOnce())
	s.fill("Tập huấn hợp đồng lao động", "5/3", "Hội trường xã Đăk Hà")
	for range 4 {
		s.keys.Shift(fyne.KeyTab)
	}
	s.keys.Type("hop dong")
	s.keys.Press(fyne.KeyEnter, fyne.KeyTab)
	s.keys.Ctrl(fyne.KeyS)
	sent := office.Sent
	want := record.Activity{
		Kind: "training", Title: "Tập huấn hợp đồng lao động", Mode: "in_person", Status: "held", Direct: true,
		Topics: []string{"LD02"}, When: record.Occasion{Date: "2026-03-05", Place: "Hội trường xã Đăk Hà"},
	}
	if diff := cmp.Diff(want, sent); diff != "" {
		t.Fatalf("sent (-want +got):\n%s", diff)
	}
	s.mustShow("đã lưu 14:05", "1 hoạt động, 0 lượt người")
	if d := office.DraftOf("activity/new"); d != "" {
		t.Errorf("the draft is still there: %s", d)
	}

	s.keys.Ctrl(fyne.KeyL)
	s.keys.Paste(sixtyPeople())
	s.mustShow("60 dòng sẵn sàng", "30 nữ", "30 nam", "Người lao động 60")
	s.keys.Ctrl(fyne.KeyS)
	if n := office.Count("ImportList"); n != 1 {
		t.Fatalf("the list was stored %d times, want once", n)
	}
	s.mustShow("60 người: 30 nữ, 30 nam", "Đã ghi 60 người vào danh sách.")
	s.mustNotShow("1 hoạt động")
	s.keys.Ctrl(fyne.KeyL)
	s.mustShow("1 hoạt động, 60 lượt người")
	var id record.ID
	for _, l := range mustPage(t, office).Lines {
		id = l.ID
	}
	list := office.StoredList(id)
	if len(list) != 60 || list[0].Person.FullName != "Nguyễn Thị Hoa 1" || list[59].Attendance.Line != 60 {
		t.Errorf("stored %d people, first %+v", len(list), list[0].Person)
	}
}

func mustPage(t *testing.T, office *uitest.Office) record.ActivityPage {
	t.Helper()
	page, err := office.Activities(t.Context(), record.ActivityFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestBrokenRuleIsNotSent(t *testing.T) {
	office := uitest.NewOffice()
	s := play(t, office, uitest.AtOnce())
	s.fill("Tập huấn", "31/2", "Đăk Hà")
	s.keys.Ctrl(fyne.KeyS)
	if office.Count("SaveActivity") != 0 {
		t.Error("an activity on 31 February was sent")
	}
	s.mustShow("Hãy ghi như 05/03/2026 hoặc 5/3.", "31/2")
	// the keyboard is on the field that is wrong
	s.keys.Ctrl(fyne.KeyA)
	s.keys.Type("5/3")
	s.keys.Ctrl(fyne.KeyS)
	if office.Count("SaveActivity") != 1 || office.Sent.When.Date != "2026-03-05" {
		t.Errorf("sent %d times, date %q", office.Count("SaveActivity"), office.Sent.When.Date)
	}
}

func TestFailedSaveKeepsWhatWasTyped(t *testing.T) {
	office := uitest.NewOffice()
	office.Fail["SaveActivity"] = record.Refuse(record.ErrSpace,
		"Đĩa đầy, chưa lưu được. Hãy dọn chỗ rồi lưu lại.", "The disk is full.")
	s := play(t, office, uitest.AtOnce())
	s.fill("Tập huấn lương", "hôm nay", "Đăk Hà")
	s.keys.Ctrl(fyne.KeyS)
	s.mustShow("Đĩa đầy, chưa lưu được.", "Tập huấn lương", "chưa lưu, nội dung vẫn còn trong bản nháp")
	office.Fail = map[string]error{}
	s.keys.Ctrl(fyne.KeyS)
	if got := mustPage(t, office).Lines; len(got) != 1 || got[0].Title != "Tập huấn lương" {
		t.Errorf("stored %+v", got)
	}
}

func TestWhatIsTypedWhileSavingStaysAsADraft(t *testing.T) {
	var held uitest.Held
	office := uitest.NewOffice()
	s := play(t, office, held.Runner())
	held.ReleaseAll()
	s.Create()
	held.ReleaseAll()
	s.keys.Type("tap")
	held.ReleaseAll()
	s.keys.Press(fyne.KeyEnter, fyne.KeyTab, fyne.KeyTab)
	s.keys.UniKey("Một")
	s.keys.Press(fyne.KeyTab)
	s.keys.Type("5/3")
	held.ReleaseAll()
	s.keys.Ctrl(fyne.KeyS)
	s.keys.Press(fyne.KeyTab)
	s.keys.Type("Đăk Hà")
	held.ReleaseAll()
	line := mustPage(t, office).Lines[0]
	if line.Place != "" {
		t.Errorf("the place was stored: %q", line.Place)
	}
	if d := string(office.StoredDraft("activity/" + line.ID.String())); !strings.Contains(d, "Đăk Hà") {
		t.Errorf("the draft holds %q", d)
	}
	if d := office.DraftOf("activity/new"); d != "" {
		t.Errorf("the new activity's draft is still there: %s", d)
	}
}

func TestDraftComesBackAfterTheProgramWasKilled(t *testing.T) {
	office := uitest.NewOffice()
	s := play(t, office, uitest.AtOnce())
	s.fill("Tập huấn dở dang", "5/3", "Đăk Hà")

	again := play(t, office, uitest.AtOnce())
	again.Create()
	again.mustNotShow("Tập huấn dở dang")
	again.tap("Mở")
	again.mustShow("Tập huấn dở dang", "Đang xem bản nháp chưa lưu, ghi lúc 14:05.", "bản nháp 14:05")
	again.keys.Ctrl(fyne.KeyS)
	if office.Sent.Title != "Tập huấn dở dang" || office.Sent.When.Place != "Đăk Hà" {
		t.Errorf("sent %+v", office.Sent)
	}
}

func TestDeleteIsTakenBack(t *testing.T) {
	office := threeActivities()
	s := play(t, office, uitest.AtOnce())
	s.focusList()
	s.keys.Press(fyne.KeyDelete)
	s.mustShow("1 hoạt động, 60 lượt người")
	if diff := cmp.Diff([]string{"Đã xóa “Hợp đồng lao động cho công nhân”."}, s.said); diff != "" {
		t.Fatalf("said (-want +got):\n%s", diff)
	}
	s.undo()
	s.mustShow("2 hoạt động, 1.204 lượt người")
	if title := uitest.EntryUnder(t, s.window.Content(), "Tên hoạt động").Text; title != "Hợp đồng lao động cho công nhân" {
		t.Errorf("the form shows %q", title)
	}
	s.again()
	s.mustShow("1 hoạt động, 60 lượt người", "Chọn một hoạt động ở danh sách, hoặc ghi hoạt động mới.")
}

func TestFailedDeleteSaysSo(t *testing.T) {
	office := threeActivities()
	office.Fail["DeleteActivity"] = errors.New("boom")
	s := play(t, office, uitest.AtOnce())
	s.focusList()
	s.keys.Press(fyne.KeyDelete)
	s.mustShow("2 hoạt động")
	if len(s.said) != 1 || !strings.Contains(s.said[0], "Có lỗi ngoài dự kiến") {
		t.Errorf("said %q", s.said)
	}
}

func TestRepeatBeginsAnotherLikeIt(t *testing.T) {
	office := uitest.NewOffice()
	ids := office.Add(training("Tuyên truyền BHXH", "2026-01-05", 40))
	s := play(t, office, uitest.AtOnce())
	s.Open(ids[0])
	s.keys.Ctrl(fyne.KeyD)
	s.keys.Type("6/1") // in the place of today
	s.keys.Ctrl(fyne.KeyS)
	if got := office.Sent; !got.ID.IsZero() || got.Title != "Tuyên truyền BHXH" || got.When.Date != "2026-01-06" || got.Heads.Total != 0 {
		t.Errorf("sent %+v", got)
	}
}

// An activity opened from elsewhere is shown beside a list that does not hold it, and
// that is said.
func TestAnActivityBesideTheListIsSaidToBe(t *testing.T) {
	const outside = "Dòng đang mở không có trong danh sách đã lọc."
	office := uitest.NewOffice()
	ids := office.Add(training("Một", "2026-01-05", 1), training("Hai", "2025-01-05", 1))
	s := play(t, office, uitest.AtOnce())
	s.Open(ids[0])
	s.mustNotShow(outside)
	s.Open(ids[1])
	s.mustShow(outside, "Hai")
	s.tap("Bỏ lọc")
	s.mustNotShow(outside)
	s.mustShow("2 hoạt động")
	s.Search("mot")
	s.mustShow(outside)
	s.Turn()
	s.mustShow(outside)
	s.keys.Ctrl(fyne.KeyL) // the list gives way to the people
	s.mustNotShow(outside)
	s.keys.Ctrl(fyne.KeyL)
	s.mustShow(outside)
	s.Search("")
	s.mustNotShow(outside)
}
