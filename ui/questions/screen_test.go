package questions_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/questions"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

type desk struct {
	*uitest.Keyboard
	office *uitest.Records
	screen *questions.Screen
	window fyne.Window
	said   string
	undo   func()
	again  func()
}

func open(t *testing.T, rows ...record.Noun) *desk {
	t.Helper()
	uitest.App(t)
	d := &desk{office: uitest.NewRecords(uitest.NewOffice()), window: uitest.Window(t, nil)}
	d.office.Settings.Recipient = "Sở Nội vụ tỉnh Quảng Ngãi"
	d.office.Put(rows...)
	d.screen = questions.New(kit.Desk{Runner: uitest.AtOnce(), Window: d.window, Now: uitest.Clock,
		Say:      func(words string, undo func()) { d.said, d.undo = words, undo },
		SayAgain: func(words string, again func()) { d.said, d.again = words, again },
	}, d.office)
	d.window.SetContent(d.screen.Screen)
	d.Keyboard = uitest.NewKeyboard(d.window)
	d.screen.Reload()
	return d
}

func (d *desk) last() record.Question {
	all := d.office.All("question")
	return all[len(all)-1].(record.Question)
}

// TestAQuestionIsReceivedInHalfAMinute: beside its text at most forty keys.
func TestAQuestionIsReceivedInHalfAMinute(t *testing.T) {
	d := open(t)
	d.screen.Create()
	text := "Nghỉ việc có được hưởng trợ cấp thất nghiệp không?"
	d.Type(text)
	d.Struck = 0
	d.Press(fyne.KeyTab, fyne.KeyTab) // the day of receipt is today
	d.Type("dien thoai")
	d.Press(fyne.KeyReturn, fyne.KeyTab)
	d.Type("nguoi lao")
	d.Press(fyne.KeyReturn)
	d.Ctrl(fyne.KeyS)
	d.screen.Save()
	q := d.last()
	if q.Text != text || q.Received != "2026-03-10" || q.Channel != "phone" || q.AskerGroup != "worker" {
		t.Errorf("stored %+v", q)
	}
	if d.Struck > 40 {
		t.Errorf("%d keys beside the text", d.Struck)
	}
}

// TestWhatIsOfferedStandsInNobodysWay: from the question to the day of the answer Tab
// stops at the same fields, whether answers to like questions are offered or not.
func TestWhatIsOfferedStandsInNobodysWay(t *testing.T) {
	stops := func(rows ...record.Noun) (out []string) {
		d := open(t, rows...)
		d.screen.Create()
		d.Type("Tiền lương làm thêm ngày nghỉ tính sao?")
		if offered := strings.Contains(uitest.Words(d.screen.Screen), "Đã trả lời câu tương tự"); offered != (len(rows) > 0) {
			t.Fatalf("offered: %v", offered)
		}
		for range 7 {
			d.Press(fyne.KeyTab)
			out = append(out, fmt.Sprintf("%T", d.window.Canvas().Focused()))
		}
		return out
	}
	plain := stops()
	offered := stops(record.Question{Text: "Tiền lương làm thêm giờ ngày lễ?", Received: "2026-03-01", Answer: "Ít nhất 300 %.", AnsweredOn: "2026-03-02"})
	if diff := cmp.Diff(plain, offered); diff != "" {
		t.Errorf("Tab stops (-without +with an offer):\n%s", diff)
	}
}

func TestTheDayItIsDueIsExplained(t *testing.T) {
	d := open(t)
	d.screen.Create()
	if h := d.screen.Form().Field("received").HintText(); !strings.Contains(h, "Hạn 15/03/2026") {
		t.Errorf("said: %q", h)
	}
}

func TestAnAnswerGivenBeforeIsOfferedAndUsed(t *testing.T) {
	d := open(t, record.Question{
		Text: "Tiền lương làm thêm giờ ngày lễ?", Received: "2026-03-01", Answer: "Ít nhất 300 %.", AnsweredOn: "2026-03-02",
		Citations: []record.Citation{{Document: "45/2019/QH14", Provision: "Điều 98"}}, Topics: []string{"LD07"},
	})
	d.screen.Create()
	d.Type("Làm thêm ngày lễ trả tiền lương sao")
	if !strings.Contains(uitest.Words(d.screen.Screen), "Ít nhất 300 %.") {
		t.Fatalf("nothing is offered:\n%s", uitest.Words(d.screen.Screen))
	}
	uitest.TapButton(t, d.screen.Screen, "Dùng câu trả lời này")
	d.screen.Save()
	q := d.last()
	if q.Answer != "Ít nhất 300 %." || len(q.Citations) != 1 || q.Citations[0].Provision != "Điều 98" || len(q.Topics) != 1 {
		t.Errorf("taken over: %+v", q)
	}
	if q.Answered() {
		t.Error("it is said to be answered, which nobody said")
	}
}

func TestOnePushAnswersPassesOnAndPublishes(t *testing.T) {
	d := open(t, record.Question{Text: "Hỏi một?", Received: "2026-03-01", Answer: "Đáp."}, record.Question{Text: "Hỏi hai?", Received: "2026-03-01"})
	one, two := d.office.All("question")[0].Ref(), d.office.All("question")[1].Ref()
	d.screen.Open(one.ID)
	uitest.TapButton(t, d.screen.Screen, "Trả lời xong hôm nay")
	uitest.TapButton(t, d.screen.Screen, "Đăng thành câu hỏi thường gặp")
	if q := d.office.Row(one).(record.Question); q.AnsweredOn != "2026-03-10" || !q.Public {
		t.Errorf("answered: %+v", q)
	}
	d.screen.Open(two.ID)
	uitest.TapButton(t, d.screen.Screen, "Chuyển lên cấp trên")
	if q := d.office.Row(two).(record.Question); q.Routed.To != "Sở Nội vụ tỉnh Quảng Ngãi" || q.Routed.On != "2026-03-10" {
		t.Errorf("passed on: %+v", q.Routed)
	}
}

// TestAQuestionPassedOnIsSaidToBeSo, is shown so, and is taken back and done again.
func TestAQuestionPassedOnIsSaidToBeSo(t *testing.T) {
	d := open(t, record.Question{Text: "Ai giải quyết tranh chấp tập thể?", Received: "2026-03-01", Due: record.Due{On: "2026-03-06"}})
	ref := d.office.All("question")[0].Ref()
	routed := func() record.Routed { return d.office.Row(ref).(record.Question).Routed }
	d.screen.Open(ref.ID)
	uitest.TapButton(t, d.screen.Screen, "Chuyển lên cấp trên")
	if d.said != "Đã chuyển đến Sở Nội vụ tỉnh Quảng Ngãi." || d.undo == nil {
		t.Fatalf("said: %q", d.said)
	}
	shown := strings.Join(strings.Fields(uitest.Words(d.screen.Screen)), " ")
	if !strings.Contains(shown, "Đã chuyển đến Sở Nội vụ tỉnh Quảng Ngãi ngày 10/03/2026.") || strings.Contains(shown, "Chuyển lên cấp trên") || strings.Contains(shown, "Quá hạn") {
		t.Errorf("shown:\n%s", shown)
	}
	d.undo()
	if routed() != (record.Routed{}) || !strings.Contains(uitest.Words(d.screen.Screen), "Chuyển lên cấp trên") {
		t.Errorf("taken back: %+v", routed())
	}
	d.again()
	if routed().On != "2026-03-10" {
		t.Errorf("done again: %+v", routed())
	}
}

// TestWhatWasPassedOnAndChangedSinceIsNotTakenBack.
func TestWhatWasPassedOnAndChangedSinceIsNotTakenBack(t *testing.T) {
	d := open(t, record.Question{Text: "Hỏi?", Received: "2026-03-01"})
	ref := d.office.All("question")[0].Ref()
	d.screen.Open(ref.ID)
	uitest.TapButton(t, d.screen.Screen, "Chuyển lên cấp trên")
	undo := d.undo
	uitest.EntryUnder(t, d.screen.Screen, "Ngày nhận").SetText("02/03/2026")
	d.screen.Save()
	undo()
	if q := d.office.Row(ref).(record.Question); q.Received != "2026-03-02" || q.Routed.On == "" || !strings.Contains(d.said, "đã được sửa tiếp") {
		t.Errorf("%q: %+v", d.said, q)
	}
}

// TestAnAnswerBeforeTheQuestionIsRefused with a sentence under its field.
func TestAnAnswerBeforeTheQuestionIsRefused(t *testing.T) {
	d := open(t, record.Question{Text: "Hỏi?", Received: "2026-03-05", Answer: "Đáp."})
	d.screen.Open(d.office.All("question")[0].Ref().ID)
	uitest.EntryUnder(t, d.screen.Screen, "Ngày trả lời").SetText("04/03/2026")
	d.screen.Save()
	if p := d.screen.Form().Field("answered_on").Problem(); !strings.Contains(p, "sớm hơn ngày nhận") {
		t.Errorf("said: %q", p)
	}
	if d.last().Answered() {
		t.Error("it was stored")
	}
}

// TestAnAnswerThatIsOnlyWrittenIsSaidToBeSo, and the next field stays the next.
func TestAnAnswerThatIsOnlyWrittenIsSaidToBeSo(t *testing.T) {
	d := open(t, record.Question{Text: "Nghỉ việc báo trước mấy ngày?", Received: "2026-03-05"})
	d.screen.Open(d.office.All("question")[0].Ref().ID)
	said := func() bool { return strings.Contains(uitest.Words(d.screen.Screen), "chưa ghi ngày trả lời") }
	if said() {
		t.Error("said of a question without an answer")
	}
	d.screen.Form().Field("answer").Focus()
	d.Type("Ba mươi ngày.")
	if !said() {
		t.Fatalf("nothing is said:\n%s", uitest.Words(d.screen.Screen))
	}
	if d.last().Answered() {
		t.Error("it was answered silently")
	}
	d.Press(fyne.KeyTab) // nothing came up in the way to the day
	d.Type("hom nay")
	d.screen.Save()
	if q := d.last(); q.AnsweredOn != "2026-03-10" || q.Answer != "Ba mươi ngày." {
		t.Errorf("stored %+v", q)
	}
	if said() {
		t.Error("still said once it is answered")
	}
	if d.window.Canvas().Focused() == nil {
		t.Error("the keyboard is nowhere")
	}
	uitest.EntryUnder(t, d.screen.Screen, "Ngày trả lời").SetText("")
	if !said() {
		t.Error("not said once the day is taken away")
	}
	uitest.EntryUnder(t, d.screen.Screen, "Ngày trả lời").SetText("11/0")
	if said() {
		t.Error("said while the day is being typed")
	}
}

// TestTheDayItIsDueStandsWhollyInTheList on the smallest screen, beside the rail.
func TestTheDayItIsDueStandsWhollyInTheList(t *testing.T) {
	for _, scale := range []float32{1, 1.5} {
		d := open(t, record.Question{
			Text: "Công ty cho nghỉ không lương hai tháng vì thiếu đơn hàng thì có phải đóng bảo hiểm xã hội không?", Received: "2026-03-02", Due: record.Due{On: "2026-03-07"},
		})
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, scale))
		const rail = 200
		d.window.Resize(fyne.NewSize(1366-rail, 768))
		d.screen.Reload()
		list := d.screen.List()
		edge := uitest.Right(list)
		for _, words := range []string{"Hạn trả lời", "07/03/2026"} {
			if text := uitest.Line(t, list, words); uitest.Right(text) > edge {
				t.Errorf("at %v, %q ends at %v, the list at %v", scale, words, uitest.Right(text), edge)
			}
		}
	}
}
