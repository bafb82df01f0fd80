package checkin_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sophobien/internal/record"
	"sophobien/ui/checkin"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

const (
	cardOfAn   = "062090123456|233012345|Nguyễn Văn An|05031990|Nam|Thôn 1, Đăk Hà|15042021"
	cardOfNgoc = "062301123456||Y Ngọc|01122001|Nữ|Kon Tum|01072024"
)

type door struct {
	*uitest.Keyboard
	office *uitest.People
	panel  *checkin.Panel
	window fyne.Window
	act    record.ID
}

func open(t *testing.T, r *kit.Runner) *door {
	t.Helper()
	uitest.App(t)
	d := &door{office: uitest.NewPeople(uitest.NewOffice()), window: uitest.Window(t, nil)}
	d.act = d.office.Add(record.Activity{Title: "Tập huấn xã Đăk Hà", Status: "held"})[0]
	list := []record.Attendee{}
	for _, name := range []string{"Nguyễn Văn An", "A Blan", "Y Hạnh"} {
		id := d.office.ID()
		list = append(list, record.Attendee{Person: record.Person{ID: id, FullName: name, UnitText: "thôn 1"}, Attendance: record.Attendance{ID: d.office.ID(), PersonID: id}})
	}
	d.office.SetList(d.act, list...)
	d.panel = checkin.New(kit.Desk{Runner: r, Window: d.window, Now: uitest.Clock, Say: func(string, func()) {}}, d.office)
	d.window.SetContent(d.panel)
	d.Keyboard = uitest.NewKeyboard(d.window)
	d.panel.Open(d.act, "Tập huấn xã Đăk Hà")
	return d
}

func (d *door) scan(text string) {
	d.Type(text)
	d.Press(fyne.KeyReturn)
}

func (d *door) says(t *testing.T, want ...string) {
	t.Helper()
	words := uitest.Words(d.panel)
	for _, w := range want {
		if !strings.Contains(words, w) {
			t.Errorf("%q is not said in:\n%s", w, words)
		}
	}
}

func (d *door) here() (names []string) {
	for _, at := range d.office.StoredList(d.act) {
		if at.Attendance.Arrived != "" {
			names = append(names, at.Person.FullName)
		}
	}
	return names
}

func TestAScanNeedsNoOtherKey(t *testing.T) {
	d := open(t, uitest.AtOnce())
	d.says(t, "0/3 người")
	d.scan(cardOfAn)
	d.says(t, "Nguyễn Văn An", "đã điểm danh", "14:05", "1/3 người")
	d.scan(cardOfNgoc) // the keyboard is still in the field
	d.says(t, "Y Ngọc", "người mới", "2/4 người")
	d.scan(cardOfAn)
	d.says(t, "đã điểm danh lúc 14:05", "2/4 người")
	if got := d.here(); len(got) != 2 {
		t.Errorf("here: %v", got)
	}
}

// TestScansThatComeWhileOneIsStoredWait, in order, however late the disk is.
func TestScansThatComeWhileOneIsStoredWait(t *testing.T) {
	var held uitest.Held
	d := open(t, held.Runner())
	held.ReleaseAll()
	for range 3 {
		d.scan(cardOfAn)
		d.scan(cardOfNgoc)
	}
	d.says(t, "còn 5 lượt đang chờ ghi")
	held.ReleaseAll()
	if len(d.office.Scans) != 6 || d.office.Scans[0] != cardOfAn || d.office.Scans[5] != cardOfNgoc {
		t.Errorf("scans: %q", d.office.Scans)
	}
	if words := uitest.Words(d.panel); strings.Contains(words, "đang chờ") {
		t.Error("something still waits")
	}
}

func TestWhatTheDiskRefusedIsKept(t *testing.T) {
	d := open(t, uitest.AtOnce())
	d.office.Fail["CheckIn"] = record.Refuse(record.ErrSpace, "Ổ đĩa đã đầy.", "The disk is full.")
	d.scan(cardOfAn)
	d.scan(cardOfNgoc)
	d.says(t, "Ổ đĩa đã đầy", "Ghi lại lượt chưa lưu được")
	delete(d.office.Fail, "CheckIn")
	d.Press(fyne.KeyReturn)
	if got := d.here(); len(got) != 2 {
		t.Errorf("here: %v", got)
	}
}

func TestACardReadWronglyIsSaid(t *testing.T) {
	d := open(t, uitest.AtOnce())
	d.scan("062090123456|233012345|Nguy")
	d.says(t, "Chưa điểm danh được", "không phải thẻ căn cước")
	d.scan(cardOfAn)
	d.says(t, "1/3 người")
}

func TestWithoutACardByBareLetters(t *testing.T) {
	d := open(t, uitest.AtOnce())
	d.Type("hanh")
	d.Press(fyne.KeyReturn)
	d.says(t, "Y Hạnh", "1/3 người")
	d.Type("bla") // half typed when a card is put in the reader
	d.scan(cardOfAn)
	if got := d.here(); len(got) != 2 || got[0] != "Nguyễn Văn An" {
		t.Errorf("here: %v", got)
	}
	if n := d.office.Count("FindAttendees"); n > 6 {
		t.Errorf("a card's text was searched for: %d searches", n)
	}
}

func TestTheLastOneIsTakenBack(t *testing.T) {
	d := open(t, uitest.AtOnce())
	d.scan(cardOfAn)
	d.Type("bl")
	d.Press(fyne.KeyReturn)
	d.Alt(fyne.KeyZ)
	d.says(t, "A Blan", "đã hoàn tác", "1/3 người")
	d.Alt(fyne.KeyZ)
	d.Alt(fyne.KeyZ)
	d.says(t, "0/3 người", "Không còn lượt nào để hoàn tác")
}

func TestEscapeEndsIt(t *testing.T) {
	d := open(t, uitest.AtOnce())
	closed := 0
	d.panel.OnClose = func() { closed++ }
	d.Type("xx")
	d.Press(fyne.KeyEscape, fyne.KeyEscape, fyne.KeyEscape) // the offers, the letters, the panel
	if closed != 1 {
		t.Errorf("closed %d times", closed)
	}
	test.Tap(d.panel) // a click beside the field
	d.scan(cardOfAn)
	d.says(t, "1/3 người")
}
