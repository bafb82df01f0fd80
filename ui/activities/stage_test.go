package activities_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

// staged opens one activity as it stands at a stage.
func staged(t *testing.T, status, day string) (*stage, *uitest.Office, record.Activity) {
	t.Helper()
	office := uitest.NewOffice()
	a := training("Đối thoại với công nhân", day, 0)
	a.Status, a.Topics, a.Speakers = status, []string{"LD02"}, []string{"Y Ngọc"}
	a.ID = office.Add(a)[0]
	s := play(t, office, uitest.AtOnce())
	kit.Keys(s.window.Canvas(), func(*fyne.KeyEvent) {})
	s.Open(a.ID)
	return s, office, a
}

// sheet types into the sheet over the window and pushes its main button.
func (s *stage) sheet(text string) {
	s.t.Helper()
	if uitest.Overlay(s.window) == nil {
		s.t.Fatal("nothing is asked")
	}
	s.keys.Type(text)
	s.keys.Press(fyne.KeyReturn)
}

func TestPlanBecomesAHeldSession(t *testing.T) {
	s, office, a := staged(t, "planned", "2026-03-10")
	s.mustShow("Kế hoạch Thứ Ba 10/03/2026.", "Dời ngày…", "Hủy kế hoạch")
	s.tap("Đã tổ chức")
	s.keys.Type("45")
	s.keys.Ctrl(fyne.KeyS)
	a.Status, a.Heads.Total = "held", 45
	if diff := cmp.Diff(a, office.Sent); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
	s.mustShow("Đã tổ chức Thứ Ba 10/03/2026.", "Chốt")
	s.mustNotShow("Dời ngày…")
}

// What took place before its day: the day is to be written first.
func TestPlanHeldEarlyAsksForTheDay(t *testing.T) {
	s, office, _ := staged(t, "planned", "2026-03-20")
	s.tap("Đã tổ chức")
	s.keys.Type("9/3")
	s.keys.Ctrl(fyne.KeyS)
	if got := office.Sent; got.Status != "held" || got.When.Date != "2026-03-09" {
		t.Errorf("sent %+v", got)
	}
}

func TestPlanIsPutOffAndBack(t *testing.T) {
	s, office, a := staged(t, "planned", "2026-03-20")
	a.When.EndDate = "2026-03-22"
	office.Add(a)
	s.Open(a.ID)
	s.tap("Dời ngày…")
	s.sheet("31/2")
	if uitest.Overlay(s.window) == nil {
		t.Fatal("31 February was taken")
	}
	s.keys.Ctrl(fyne.KeyA)
	s.sheet("27/3")
	got := office.Stored(a.ID)
	if got.When.Date != "2026-03-27" || got.When.EndDate != "2026-03-29" || got.Status != "planned" {
		t.Errorf("stored %+v", got.When)
	}
	if s.said[0] != "Đã dời sang Thứ Sáu 27/03/2026." {
		t.Errorf("said %q", s.said)
	}
	s.undo()
	if office.Stored(a.ID).When != a.When {
		t.Errorf("taken back it is on %+v", office.Stored(a.ID).When)
	}
	s.mustShow("Kế hoạch Thứ Sáu 20/03/2026.")
}

func TestPlanIsCalledOffAndMadeAgain(t *testing.T) {
	s, office, a := staged(t, "planned", "2026-03-20")
	s.tap("Hủy kế hoạch")
	if office.Stored(a.ID).Status != "cancelled" {
		t.Fatal("not called off")
	}
	s.mustShow("Kế hoạch đã hủy.")
	s.tap("Lập lại kế hoạch")
	if office.Stored(a.ID).Status != "planned" {
		t.Error("not planned again")
	}
	s.tap("Hủy kế hoạch")
	s.undo()
	s.mustShow("Kế hoạch Thứ Sáu 20/03/2026.")
	s.again()
	s.mustShow("Kế hoạch đã hủy.")
	if office.Stored(a.ID).Status != "cancelled" {
		t.Error("not called off again")
	}
}

func TestUndoOfAStepIsRefusedOnceItWasChanged(t *testing.T) {
	s, office, a := staged(t, "planned", "2026-03-20")
	s.tap("Hủy kế hoạch")
	changed := office.Stored(a.ID)
	changed.Title = "Sửa ở máy khác"
	office.Add(changed)
	s.undo()
	if office.Stored(a.ID).Status != "cancelled" || !strings.Contains(s.said[1], "đã được sửa tiếp") {
		t.Errorf("said %q, stored %s", s.said, office.Stored(a.ID).Status)
	}
}

// A file added since is no change of the activity, and stays.
func TestUndoOfAStepPassesOverFiles(t *testing.T) {
	s, office, a := staged(t, "planned", "2026-03-20")
	s.tap("Hủy kế hoạch")
	office.NoteOf(record.Ref{Noun: "evidence", ID: office.ID()}, a.ID, "Thêm minh chứng: Ảnh")
	s.undo()
	if office.Stored(a.ID).Status != "planned" {
		t.Errorf("it is %s, said %q", office.Stored(a.ID).Status, s.said)
	}
	s.mustShow("Kế hoạch Thứ Sáu 20/03/2026.")
}

func TestClosedActivityAsksForTheReason(t *testing.T) {
	s, office, a := staged(t, "held", "2026-03-05")
	s.tap("Chốt")
	s.mustShow("Đã chốt. Sửa tiếp phải ghi lý do.")
	s.keys.Ctrl(fyne.KeyS) // nothing is changed: nothing is asked
	if uitest.Overlay(s.window) != nil {
		t.Fatal("a reason is asked for nothing")
	}
	s.window.Canvas().Focus(uitest.EntryUnder(t, s.window.Content(), "Tên hoạt động").Focusable())
	s.keys.Press(fyne.KeyHome)
	s.keys.Type("Buổi ")
	s.keys.Ctrl(fyne.KeyS)
	s.sheet("")
	if uitest.Overlay(s.window) == nil {
		t.Fatal("an empty reason was taken")
	}
	s.sheet("go nham")
	if got := office.Stored(a.ID); got.Title != "Buổi "+a.Title || got.Reason != "10/03/2026: go nham" || got.Status != "closed" {
		t.Errorf("stored %q, %q, %s", got.Title, got.Reason, got.Status)
	}
	s.mustShow("Đã chốt. Sửa lần cuối 10/03/2026: go nham", "đã lưu 14:05")
	s.tap("Mở lại…")
	s.sheet("thieu nguoi")
	if got := office.Stored(a.ID); got.Status != "held" || got.Reason != "10/03/2026: thieu nguoi" {
		t.Errorf("stored %s, %q", got.Status, got.Reason)
	}
	s.mustShow("Đã tổ chức Thứ Năm 05/03/2026.")
}

// Closing the sheet leaves what was typed, as a draft.
func TestReasonNotGivenKeepsWhatWasTyped(t *testing.T) {
	s, office, a := staged(t, "closed", "2026-03-05")
	s.window.Canvas().Focus(uitest.EntryUnder(t, s.window.Content(), "Tên hoạt động").Focusable())
	s.keys.Press(fyne.KeyHome)
	s.keys.Type("Buổi ")
	s.keys.Ctrl(fyne.KeyS)
	s.keys.Press(fyne.KeyEscape)
	if office.Count("SaveActivity") != 0 || !strings.Contains(string(office.StoredDraft("activity/"+a.ID.String())), "Buổi ") {
		t.Error("what was typed is gone, or was stored without a reason")
	}
	s.mustShow("Buổi Đối thoại với công nhân")
}

func TestHistoryIsShown(t *testing.T) {
	s, office, _ := staged(t, "planned", "2026-03-20")
	s.tap("Lịch sử")
	if got := uitest.Words(uitest.Overlay(s.window)); !strings.Contains(got, "Chưa có gì được ghi lại.") {
		t.Errorf("an empty history says %q", got)
	}
	s.keys.Press(fyne.KeyEscape)
	s.tap("Hủy kế hoạch")
	s.tap("Lịch sử")
	got := uitest.Words(uitest.Overlay(s.window))
	for _, want := range []string{"Lịch sử: Đối thoại với công nhân", "14:05  10/03/2026", "Y Ngọc", "Sửa tình trạng: Dự kiến → Đã hủy"} {
		if !strings.Contains(got, want) {
			t.Errorf("the history does not say %q:\n%s", want, got)
		}
	}
	s.keys.Press(fyne.KeyEscape)
	office.Fail["History"] = record.Refuse(record.ErrDamaged, "Sổ bị hỏng ở một trang.", "Damaged.")
	s.tap("Lịch sử")
	if got := uitest.Words(uitest.Overlay(s.window)); !strings.Contains(got, "Sổ bị hỏng ở một trang.") {
		t.Errorf("a history that cannot be read says %q", got)
	}
}

func TestPlanOfADayThatIsOverIsMarked(t *testing.T) {
	s, _, _ := staged(t, "planned", "2026-03-09")
	s.mustShow("Dự kiến, đã qua ngày", "Kế hoạch Thứ Hai 09/03/2026 đã qua ngày.")
}

// What can be done with an activity comes in sight above its form, not over it.
func TestTheStagesPushTheFormDown(t *testing.T) {
	s := play(t, uitest.NewOffice(), uitest.AtOnce())
	s.fill("Buổi ở Thôn 1", "5/3/2026", "Thôn 1")
	s.keys.Ctrl(fyne.KeyS)
	top := func(o fyne.CanvasObject) float32 {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y
	}
	step := uitest.Button(t, s.window.Content(), "Chốt")
	form := uitest.Find[*kit.FormScroll](t, s.window.Content())
	if end := top(step) + step.Size().Height; end > top(form) {
		t.Errorf("the stages end at %v, the form begins at %v", end, top(form))
	}
}
