package settings_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/settings"
	"sophobien/ui/uitest"
)

func TestOfficersAreAddedAndMarked(t *testing.T) {
	o := newOffice()
	st := screen(t, uitest.AtOnce(), o)
	uitest.TapButton(t, st.screen, "Thêm cán bộ")
	keys := uitest.NewKeyboard(st.window)
	keys.Press(fyne.KeyTab) // one begun without a name is none
	if len(o.saved) != 0 {
		t.Fatalf("saved %v", o.saved)
	}
	uitest.TapButton(t, st.screen, "Thêm cán bộ")
	keys.UniKey("Y Ngọc")
	keys.Press(fyne.KeyTab)
	if got := o.office.Officers; len(got) != 2 || got[1].Name != "Y Ngọc" {
		t.Fatalf("officers %v", got)
	}
	o.office.Officers[1].ID = record.ID{9} // as the office gives it
	st.screen.Reload()
	keys.UniKey("Chuyên viên")
	st.window.Canvas().Unfocus()
	test.Tap(uitest.Check(t, st.screen, "Đã nghỉ, không ghi sổ nữa"))
	want := []record.Officer{{ID: record.ID{3}, Name: "A Brel", Gone: true}, {ID: record.ID{9}, Name: "Y Ngọc", Title: "Chuyên viên"}}
	if diff := cmp.Diff(want, o.office.Officers); diff != "" {
		t.Errorf("officers (-want +got):\n%s", diff)
	}
}

func TestRetentionAndNotice(t *testing.T) {
	o := newOffice()
	st := screen(t, uitest.AtOnce(), o)
	st.screen.Open(settings.PartPersonal)
	if shown := uitest.Words(st.screen); !strings.Contains(shown, "không phải điều luật quy định") {
		t.Errorf("the days are not said to be a habit:\n%s", shown)
	}
	type field struct{ label, text string }
	for _, f := range []field{
		{"Sau bao nhiêu tháng thì ẩn tên", "36"}, {"Câu hỏi được trả lời trong bao nhiêu ngày làm việc", "7"},
	} {
		e := uitest.EntryUnder(t, st.screen, f.label)
		st.window.Canvas().Focus(e.Focusable())
		e.SetText(f.text)
		st.window.Canvas().Unfocus()
	}
	notice := uitest.Find[*kit.LongText](t, st.screen)
	st.window.Canvas().Focus(notice)
	notice.SetText("Dữ liệu được giữ 36 tháng.")
	st.window.Canvas().Unfocus()
	got := o.office
	if got.HideAfter != 36 || got.AnswerDays != 7 || got.Notice != "Dữ liệu được giữ 36 tháng." {
		t.Errorf("stored %d, %d, %q", got.HideAfter, got.AnswerDays, got.Notice)
	}
	e := uitest.EntryUnder(t, st.screen, "Sau bao nhiêu tháng thì ẩn tên")
	st.window.Canvas().Focus(e.Focusable())
	e.SetText("ba năm")
	st.window.Canvas().Unfocus()
	if shown := uitest.Words(st.screen); o.office.HideAfter != 36 || !strings.Contains(shown, "Ghi số nguyên") {
		t.Errorf("stored %d; shown:\n%s", o.office.HideAfter, shown)
	}
}

func TestMonthsOfAnOptionalField(t *testing.T) {
	o := newOffice()
	o.office.Collects = []record.Collect{{Field: "phone", Purpose: "Báo lịch", Months: 12}}
	st := screen(t, uitest.AtOnce(), o)
	st.screen.Open(settings.PartPersonal)
	e := uitest.EntryUnder(t, st.screen, "Giữ bao nhiêu tháng (để trống: như tên)")
	if e.Text != "12" {
		t.Errorf("shown %q", e.Text)
	}
	st.window.Canvas().Focus(e.Focusable())
	e.SetText("6")
	st.window.Canvas().Unfocus()
	if diff := cmp.Diff([]record.Collect{{Field: "phone", Purpose: "Báo lịch", Months: 6}}, o.office.Collects); diff != "" {
		t.Errorf("collects (-want +got):\n%s", diff)
	}
}

func withDays(o *office) *office {
	o.guard.Shipped = []record.DayOff{
		{Day: "2026-01-01", Name: record.Words{VI: "Tết Dương lịch"}, Confidence: "high", Source: "Bộ luật Lao động"},
		{Day: "2026-09-01", Name: record.Words{VI: "Quốc khánh"}, Confidence: "low", Source: "chưa có thông báo"},
	}
	return o
}

func TestDaysOffOfAYear(t *testing.T) {
	o := withDays(newOffice())
	st := screen(t, uitest.AtOnce(), o)
	st.screen.Open(settings.PartDays)
	shown := uitest.Words(st.screen)
	for _, want := range []string{"Năm 2026", "Tết Dương lịch", "dự kiến: chưa có thông báo", "2 ngày, 1 ngày dự kiến"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not in:\n%s", want, shown)
		}
	}
	keys := uitest.NewKeyboard(st.window)
	uitest.TapButton(t, st.screen, "Thêm ngày")
	keys.Type("3/4/2026")
	keys.Press(fyne.KeyTab)
	keys.UniKey("Lễ hội của xã")
	keys.Press(fyne.KeyReturn)
	want := record.Holiday{ID: record.ID{15: 1}, Day: "2026-04-03", Name: "Lễ hội của xã"}
	if diff := cmp.Diff([]record.Holiday{want}, o.guard.Holidays); diff != "" {
		t.Fatalf("days (-want +got):\n%s", diff)
	}
	if uitest.Overlay(st.window) != nil || !strings.Contains(uitest.Words(st.screen), "Lễ hội của xã") {
		t.Error("the day is not in the list")
	}
}

func TestAShippedDayIsSaidOtherwise(t *testing.T) {
	o := withDays(newOffice())
	st := screen(t, uitest.AtOnce(), o)
	st.screen.Open(settings.PartDays)
	table := uitest.Find[*kit.Table](t, st.screen)
	table.Open(1)
	sheet := uitest.Overlay(st.window)
	test.Tap(uitest.Check(t, sheet, "Là ngày làm việc (làm bù, hoặc không được nghỉ)"))
	uitest.TapButton(t, sheet, "Lưu")
	if got := o.guard.Holidays; len(got) != 1 || got[0].Day != "2026-09-01" || !got[0].Work {
		t.Fatalf("days %v", got)
	}
	if shown := uitest.Words(st.screen); !strings.Contains(shown, "cơ quan ghi, thay cho: Quốc khánh") {
		t.Errorf("shown:\n%s", shown)
	}
	table.Open(1)
	uitest.TapButton(t, uitest.Overlay(st.window), "Trả về ngày có sẵn")
	if shown := uitest.Words(st.screen); len(o.guard.Holidays) != 0 || !strings.Contains(shown, "dự kiến: chưa có thông báo") {
		t.Errorf("the shipped day does not come back:\n%s", shown)
	}
}

func TestADayThatIsNoneIsSaidUnderTheField(t *testing.T) {
	o := withDays(newOffice())
	st := screen(t, uitest.AtOnce(), o)
	st.screen.Open(settings.PartDays)
	uitest.TapButton(t, st.screen, "Thêm ngày")
	sheet := uitest.Overlay(st.window)
	uitest.EntryUnder(t, sheet, "Ngày").SetText("32/13")
	uitest.TapButton(t, sheet, "Lưu")
	if shown := uitest.Words(uitest.Overlay(st.window)); !strings.Contains(shown, "Không hiểu ngày") {
		t.Errorf("shown:\n%s", shown)
	}
	uitest.EntryUnder(t, sheet, "Ngày").SetText("5/5/2026")
	uitest.TapButton(t, sheet, "Lưu")
	if shown := uitest.Words(uitest.Overlay(st.window)); !strings.Contains(shown, "Chưa ghi tên ngày nghỉ.") || len(o.guard.Holidays) != 0 {
		t.Errorf("shown:\n%s", shown)
	}
}

func TestATrialRestoreSaysHowItWent(t *testing.T) {
	o := newOffice()
	st := screen(t, uitest.AtOnce(), o)
	st.screen.Open(settings.PartSafety)
	if shown := uitest.Words(st.screen); !strings.Contains(shown, "Chưa thử khôi phục lần nào.") {
		t.Errorf("shown:\n%s", shown)
	}
	o.guard.Trial = record.DrillResult{At: "2026-11-20T03:00:00Z", OK: true, Rows: 1234}
	uitest.TapButton(t, st.screen, "Thử khôi phục")
	if shown := uitest.Words(st.screen); !strings.Contains(shown, "Đã thử khôi phục ngày 20/11/2026: 1.234 bản ghi, khớp.") {
		t.Errorf("shown:\n%s", shown)
	}
	o.guard.Trial = record.DrillResult{At: "2026-11-21T03:00:00Z", Why: record.Words{VI: "Bản sao lưu này bị hỏng."}}
	uitest.TapButton(t, st.screen, "Thử khôi phục")
	if shown := uitest.Words(st.screen); !strings.Contains(shown, "ngày 21/11/2026 không đạt: Bản sao lưu này bị hỏng.") {
		t.Errorf("shown:\n%s", shown)
	}
	if o.guard.Trials != 2 {
		t.Errorf("%d trials", o.guard.Trials)
	}
}

func TestTheLockIsSetBeforeItsMinutes(t *testing.T) {
	o := newOffice()
	st := screen(t, uitest.AtOnce(), o)
	st.screen.Open(settings.PartSafety)
	const minutes = "Tự khóa sau bao nhiêu phút không ai dùng (để trống: không tự khóa)"
	if shown := uitest.Words(st.screen); strings.Contains(shown, minutes) {
		t.Errorf("minutes are asked with nothing to open it:\n%s", shown)
	}
	keys := uitest.NewKeyboard(st.window)
	uitest.TapButton(t, st.screen, "Đặt mật khẩu khóa màn hình")
	keys.Type("2580")
	keys.Press(fyne.KeyTab)
	keys.Type("2581")
	keys.Press(fyne.KeyReturn)
	if shown := uitest.Words(uitest.Overlay(st.window)); !strings.Contains(shown, "Hai lần gõ không giống nhau.") {
		t.Fatalf("shown:\n%s", shown)
	}
	keys.Press(fyne.KeyBackspace)
	keys.Type("0")
	keys.Press(fyne.KeyReturn)
	if o.guard.Passphrase != "2580" || uitest.Overlay(st.window) != nil {
		t.Fatalf("passphrase %q", o.guard.Passphrase)
	}
	e := uitest.EntryUnder(t, st.screen, minutes)
	st.window.Canvas().Focus(e.Focusable())
	e.SetText("10")
	st.window.Canvas().Unfocus()
	if o.guard.Lock.Minutes != 10 {
		t.Errorf("minutes %d", o.guard.Lock.Minutes)
	}
	uitest.TapButton(t, st.screen, "Bỏ mật khẩu khóa màn hình")
	keys.Type("sai")
	keys.Press(fyne.KeyReturn)
	if shown := uitest.Words(uitest.Overlay(st.window)); !strings.Contains(shown, "Mật khẩu không đúng.") {
		t.Errorf("shown:\n%s", shown)
	}
}

func TestTheRegistersPassphraseNeedsNoSecond(t *testing.T) {
	o := newOffice()
	o.guard.Lock = record.LockState{Set: true}
	st := screen(t, uitest.AtOnce(), o)
	st.screen.Open(settings.PartSafety)
	shown := uitest.Words(st.screen)
	if !strings.Contains(shown, "Màn hình khóa mở bằng mật khẩu của sổ.") || strings.Contains(shown, "Đặt mật khẩu khóa màn hình") {
		t.Errorf("shown:\n%s", shown)
	}
}

func TestHelpFollowsThePart(t *testing.T) {
	st := screen(t, uitest.AtOnce(), newOffice())
	for part, want := range map[string]string{settings.PartOffice: "thiet-lap", settings.PartPersonal: "du-lieu-ca-nhan", settings.PartSafety: "sao-luu"} {
		st.screen.Open(part)
		if got := st.screen.HelpPage(); got != want {
			t.Errorf("%s: %s", part, got)
		}
	}
}
