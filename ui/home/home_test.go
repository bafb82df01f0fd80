package home_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/home"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

// office answers with one overview, or fails.
type office struct {
	shows record.Overview
	fail  error
	asked int
}

func (o *office) Overview(context.Context) (record.Overview, error) {
	o.asked++
	return o.shows, o.fail
}

// desk is a window with the screen as large as the shell makes it, and what was
// opened from it.
type desk struct {
	screen *home.Screen
	window fyne.Window
	keys   *uitest.Keyboard
	office *office
	now    time.Time
	opened []record.Errand
}

func open(t *testing.T, o record.Overview) *desk {
	t.Helper()
	uitest.App(t)
	d := &desk{office: &office{shows: o}, now: uitest.Now}
	d.window = uitest.Window(t, kit.Line(""))
	d.screen = home.New(kit.Desk{Runner: uitest.AtOnce(), Window: d.window, Now: func() time.Time { return d.now }}, d.office)
	d.screen.OnOpen = func(e record.Errand) { d.opened = append(d.opened, e) }
	d.window.SetContent(d.screen)
	d.resize(1166, 715)
	d.screen.Reload()
	d.keys = uitest.NewKeyboard(d.window)
	return d
}

// resize gives the window room; the shell's rail and top line have taken theirs.
func (d *desk) resize(width, height float32) {
	d.window.Resize(fyne.NewSize(width, height))
	d.screen.Reload()
}

func (d *desk) last(t *testing.T) record.Errand {
	t.Helper()
	if len(d.opened) == 0 {
		t.Fatal("nothing was opened")
	}
	return d.opened[len(d.opened)-1]
}

func TestEverythingIsSaidWithWhatItCounts(t *testing.T) {
	d := open(t, uitest.AYear())
	words := uitest.Words(d.screen)
	for _, want := range []string{
		"Trả lời", "Chỉ tiêu năm 2026", "còn 269 ngày, 188 ngày làm việc", "11 / 31  ·  35 %", "đang làm: còn 20 đơn vị",
		"cần chú ý: 2 câu quá hạn", "chưa tính tỷ lệ", "3 cuộc", "13 việc, 3 việc đã qua hạn", "quá hạn 4 ngày làm việc",
		"1.098", "cùng kỳ 918", "lượt người, nữ 604", "bản tài liệu đã phát", "tổng 24 cuộc, 2025: 81", "tổng 1.098 lượt người",
		"tổng 31 hoạt động", "Loại khác", "Sao lưu gần nhất: hôm nay 07:05", "Đóng gói gần nhất: 27/02/2026", "41 lần ghi chưa đóng gói",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not said in:\n%s", want, words)
		}
	}
}

// TestAtOrdinaryTextItFitsTheSmallestScreen: what the shell leaves of 1366 by 768.
func TestAtOrdinaryTextItFitsTheSmallestScreen(t *testing.T) {
	d := open(t, uitest.AYear())
	page := uitest.Find[*kit.FormScroll](t, d.screen).Scroll()
	if page.Content.Size().Height > page.Size().Height {
		t.Errorf("it is %v high in a room of %v", page.Content.Size().Height, page.Size().Height)
	}
}

// TestTheKeyboardReachesAllOfIt in the order of thought: the next thing, the targets,
// what is due, what was done.
func TestTheKeyboardReachesAllOfIt(t *testing.T) {
	d := open(t, uitest.AYear())
	o := d.office.shows
	d.window.Canvas().Focus(d.screen.FocusTarget())
	d.keys.Press(fyne.KeyReturn)
	for range o.Targets {
		d.keys.Press(fyne.KeyTab, fyne.KeyReturn)
	}
	d.keys.Press(fyne.KeyTab, fyne.KeyDown, fyne.KeyReturn)                             // what is due
	d.keys.Press(fyne.KeyTab, fyne.KeyRight, fyne.KeyReturn)                            // sessions by month
	d.keys.Press(fyne.KeyTab, fyne.KeyEnd, fyne.KeyLeft, fyne.KeyReturn)                // people by month
	d.keys.Press(fyne.KeyTab, fyne.KeyReturn)                                           // by group: only read
	d.keys.Press(fyne.KeyTab, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnd, fyne.KeySpace) // by form
	want := []record.Errand{o.Next}
	for _, s := range o.Targets {
		want = append(want, s.Open)
	}
	activities := func(p record.Period, kind string) record.Errand {
		e := record.Errand{Area: record.AreaActivities, List: record.ListFilter{Noun: "activity", Period: p}}
		if kind != "" {
			e.List.Only = map[string]string{"kind": kind}
		}
		return e
	}
	year := record.Period{From: o.Period.From, To: o.Period.To}
	want = append(want, o.Due[1].Errand, activities(o.Months[1].Days, ""), activities(o.Months[10].Days, ""),
		activities(year, "training"), activities(year, ""))
	if diff := cmp.Diff(want, d.opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
}

func TestADueLineOpensByATap(t *testing.T) {
	d := open(t, uitest.AYear())
	at := place(t, d, "Làm thêm giờ vào ngày lễ được trả bao nhiêu?")
	test.TapCanvas(d.window.Canvas(), at)
	if got := d.last(t); !cmp.Equal(got, d.office.shows.Due[1].Errand) {
		t.Errorf("opened %+v", got)
	}
	d.keys.Press(fyne.KeyDown, fyne.KeyReturn) // the keyboard is there now
	if got := d.last(t); !cmp.Equal(got, d.office.shows.Due[2].Errand) {
		t.Errorf("one further down: %+v", got)
	}
}

func TestALongListTurnsItsPage(t *testing.T) {
	d := open(t, uitest.AYear())
	last := d.office.shows.Due[12].Words.VI
	if strings.Contains(uitest.Words(d.screen), last) {
		t.Fatal("the whole list fits: the test is of nothing")
	}
	var more int
	if _, err := fmt.Sscanf(uitest.TextOf(t, d.screen, "Còn ").Text, "Còn %d việc nữa", &more); err != nil {
		t.Fatal(err)
	}
	test.TapCanvas(d.window.Canvas(), place(t, d, "Còn "))
	if words := uitest.Words(d.screen); !strings.Contains(words, "20/03/2026") || !strings.Contains(words, "Về đầu danh sách") {
		t.Errorf("after a tap:\n%s", words)
	}
	test.TapCanvas(d.window.Canvas(), place(t, d, "Về đầu danh sách"))
	if !strings.Contains(uitest.Words(d.screen), fmt.Sprintf("Còn %d việc nữa", more)) {
		t.Error("it does not go back to the first")
	}
	d.window.Canvas().Focus(d.screen.FocusTarget())
	for range 1 + len(d.office.shows.Targets) {
		d.keys.Press(fyne.KeyTab)
	}
	d.keys.Press(fyne.KeyEnd, fyne.KeyReturn)
	if got := d.last(t); !cmp.Equal(got, d.office.shows.Due[12].Errand) {
		t.Errorf("End and Enter open %+v", got)
	}
	d.keys.Press(fyne.KeyHome, fyne.KeyPageDown, fyne.KeyReturn)
	if got := d.last(t); !cmp.Equal(got, d.office.shows.Due[13-more].Errand) {
		t.Errorf("a page down is %q", got.Words.VI)
	}
}

// place is the middle of the words on the screen.
func place(t *testing.T, d *desk, words string) fyne.Position {
	t.Helper()
	text := uitest.TextOf(t, d.screen, words)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(text)
	return at.AddXY(text.Size().Width/4, text.Size().Height/2)
}

func TestAnEmptyOfficeIsToldHowToBegin(t *testing.T) {
	d := open(t, record.Overview{Empty: true, Today: "2026-03-10", Year: 2026})
	if words := uitest.Words(d.screen); !strings.Contains(words, "Sổ chưa có gì.") || strings.Contains(words, "Chỉ tiêu") {
		t.Errorf("it says:\n%s", words)
	}
	uitest.TapButton(t, d.screen, "Ghi hoạt động")
	uitest.TapButton(t, d.screen, "Nhập danh sách đơn vị")
	want := []record.Errand{
		{Area: record.AreaActivities, Ref: record.Ref{Noun: "activity"}}, {Area: record.AreaLists, Ref: record.Ref{Noun: "unit"}},
	}
	if diff := cmp.Diff(want, d.opened); diff != "" {
		t.Errorf("opened (-want +got):\n%s", diff)
	}
	d.office.shows = uitest.AYear()
	d.screen.Reload()
	if words := uitest.Words(d.screen); strings.Contains(words, "Sổ chưa có gì.") || !strings.Contains(words, "Chỉ tiêu") {
		t.Errorf("with something recorded it says:\n%s", words)
	}
}

func TestNothingDueIsSaid(t *testing.T) {
	o := uitest.AYear()
	o.Due = nil
	d := open(t, o)
	if words := uitest.Words(d.screen); !strings.Contains(words, "Không có câu hỏi nào đến hạn") || strings.Contains(words, "0 việc") {
		t.Errorf("it says:\n%s", words)
	}
	d.window.Canvas().Focus(d.screen.FocusTarget())
	for range 1 + len(o.Targets) {
		d.keys.Press(fyne.KeyTab)
	}
	d.keys.Press(fyne.KeyReturn)
	if got := d.last(t); got.List.Noun != "activity" { // Tab has passed over the list
		t.Errorf("opened %+v", got)
	}
}

func TestAFailureKeepsWhatWasShown(t *testing.T) {
	d := open(t, uitest.AYear())
	d.office.fail = errors.New("disk")
	d.screen.Reload()
	words := uitest.Words(d.screen)
	if !strings.Contains(words, "Chỉ tiêu năm 2026") || !strings.Contains(words, record.SentenceOf(d.office.fail, "vi")[:12]) {
		t.Errorf("it says:\n%s", words)
	}
	d.office.fail = nil
	d.screen.Reload()
	if strings.Contains(uitest.Words(d.screen), record.SentenceOf(errors.New("disk"), "vi")[:12]) {
		t.Error("the problem stays after it is over")
	}
}

func TestItIsReadAgainForWhatItCounts(t *testing.T) {
	d := open(t, uitest.AYear())
	for _, noun := range []string{"activity", "question", "unit", "publication", "attendance", "office", "backup", "bundle", "evidence", "holiday", "material"} {
		if !d.screen.Shows(record.Change{Nouns: []string{noun}}) {
			t.Errorf("not for %s", noun)
		}
	}
	if d.screen.Shows(record.Change{Nouns: []string{"model", "survey"}}) {
		t.Error("for what it does not show")
	}
}

// TestTheNextMorningItIsReadAgain when the area is opened: what is due has moved.
func TestTheNextMorningItIsReadAgain(t *testing.T) {
	d := open(t, uitest.AYear())
	before := d.office.asked
	d.screen.Hide()
	d.screen.Show()
	if d.office.asked != before {
		t.Error("read again on the same day")
	}
	d.now = d.now.AddDate(0, 0, 1)
	d.screen.Hide()
	d.screen.Show()
	if d.office.asked != before+1 {
		t.Error("not read again on the next day")
	}
}

// TestLargeTextScrollsToWhatHasTheKeyboard and cuts nothing off at the sides.
func TestLargeTextScrollsToWhatHasTheKeyboard(t *testing.T) {
	d := open(t, uitest.AYear())
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, 1.5))
	d.resize(1282, 690)
	page := uitest.Find[*kit.FormScroll](t, d.screen).Scroll()
	if page.Content.MinSize().Width > page.Size().Width {
		t.Errorf("it is %v wide in a room of %v", page.Content.MinSize().Width, page.Size().Width)
	}
	d.window.Canvas().Focus(d.screen.FocusTarget())
	for range 1 + len(d.office.shows.Targets) + 4 {
		d.keys.Press(fyne.KeyTab)
		o := d.window.Canvas().Focused().(fyne.CanvasObject)
		driver := fyne.CurrentApp().Driver()
		top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(page).Y
		if top < 0 || top > page.Size().Height-fynePart(o) {
			t.Errorf("%T stands at %v of %v", o, top, page.Size().Height)
		}
	}
}

// fynePart is how much of an object must be in sight: all of it, or what a room holds.
func fynePart(o fyne.CanvasObject) float32 { return min(o.Size().Height, 200) }
