package activities_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/uitest"
)

// chooseKind chooses a kind with the keyboard.
func chooseKind(f interface{ FocusTarget() fyne.Focusable }, keys *uitest.Keyboard, letters string) {
	c := fyne.CurrentApp().Driver().CanvasForObject(f.FocusTarget().(fyne.CanvasObject))
	c.Unfocus()
	c.Focus(f.FocusTarget())
	keys.Ctrl(fyne.KeyA)
	keys.Type(letters)
	keys.Press(fyne.KeyEnter)
}

func TestKindsAskOnlyWhatTheyNeed(t *testing.T) {
	people, spread := []string{"Tổng số lượt người", "Tính theo danh sách"}, []string{"Đài, báo, trang đăng", "Số lần phát", "Đường dẫn"}
	for letters, tt := range map[string]struct{ shown, hidden []string }{
		"tap huan":    {append([]string{"Nơi tổ chức"}, people...), append([]string{"Số giải"}, spread...)},
		"truyen than": {append([]string{"Nơi tổ chức"}, spread...), people},
		"mang xa hoi": {spread, append([]string{"Nơi tổ chức"}, people...)},
		"cuoc thi":    {append([]string{"Số giải"}, people...), spread},
		"khao sat":    {[]string{"Nơi tổ chức", "ghi ở mục Khảo sát"}, append(people, spread...)},
	} {
		t.Run(letters, func(t *testing.T) {
			f, office, keys := newForm(t)
			a := full(office)
			a.Status = "held"
			f.Edit(a)
			chooseKind(f, keys, letters)
			s := &stage{t: t, window: windowOf(f)}
			s.mustShow(tt.shown...)
			s.mustNotShow(tt.hidden...)
			got, err := f.Value()
			if err != nil {
				t.Fatal(err)
			}
			a.Kind, a.Direct, got.Direct = got.Kind, false, false
			if diff := cmp.Diff(a, got); diff != "" {
				t.Errorf("what is not asked for changed (-before +after):\n%s", diff)
			}
		})
	}
}

func TestBroadcastIsNoMeetingOfListeners(t *testing.T) {
	f, _, keys := newForm(t)
	f.Edit(record.Activity{Kind: "training", Title: "Bài phát thanh", Status: "held", Direct: true, When: record.Occasion{Date: "2026-03-05"}})
	chooseKind(f, keys, "truyen thanh")
	if a, _ := f.Value(); a.Direct {
		t.Error("a broadcast counts as direct")
	}
	chooseKind(f, keys, "tap huan")
	if a, _ := f.Value(); !a.Direct {
		t.Error("a training does not count as direct any more")
	}
}

func TestDirectivesAreNoLongerOfferedButStillShown(t *testing.T) {
	f, _, keys := newForm(t)
	old := record.Activity{Kind: "directive", Title: "Kế hoạch 2024", Status: "held", When: record.Occasion{Date: "2024-02-05"}}
	f.Edit(old)
	s := &stage{t: t, window: windowOf(f)}
	s.mustShow("Văn bản chỉ đạo, kế hoạch", "nay có sổ riêng")
	if got, err := f.Value(); err != nil || got.Kind != "directive" {
		t.Errorf("it is %q now, %v", got.Kind, err)
	}
	f.Edit(record.Activity{Status: "held"})
	chooseKind(f, keys, "van ban")
	if got, _ := f.Value(); got.Kind != "" {
		t.Errorf("%q was offered", got.Kind)
	}
}

// A rule about a field that is not asked for must be seen.
func TestProblemOfAFieldNotAskedForIsShown(t *testing.T) {
	f, _, _ := newForm(t)
	f.Edit(record.Activity{
		Kind: "article", Title: "Tin", Status: "held", When: record.Occasion{Date: "2026-03-05"}, Heads: record.HeadCount{Total: 1, Women: 2},
	})
	s := &stage{t: t, window: windowOf(f)}
	s.mustNotShow("Tổng số lượt người")
	tryToStore(f)
	s.mustSay("Tổng số lượt người", "lớn hơn tổng số người")
}

func TestPeopleAreNotAskedOfABroadcast(t *testing.T) {
	office := uitest.NewOffice()
	a := training("Bài phát thanh", "2026-03-05", 0)
	a.Kind = "broadcast"
	id := office.Add(a)[0]
	s := play(t, office, uitest.AtOnce())
	s.Open(id)
	s.mustNotShow("Người tham dự")
	s.keys.Ctrl(fyne.KeyL)
	s.mustShow("Đài, báo, trang đăng")
}

func TestWarningsStandBesideFieldsAndStopNothing(t *testing.T) {
	office := uitest.NewOffice()
	office.Warnings = []record.Warning{
		{Field: "heads", Words: record.Words{VI: "Đã tổ chức nhưng chưa có người nào."}},
		{Field: "when.date", Words: record.Words{VI: "ngày nghỉ: Giỗ Tổ"}, Hint: true},
	}
	s := play(t, office, uitest.AtOnce())
	s.fill("Tập huấn", "5/3", "Đăk Hà")
	s.mustSay("Đã tổ chức nhưng chưa có người nào.", "Thứ Năm, ngày nghỉ: Giỗ Tổ")
	s.keys.Ctrl(fyne.KeyS)
	if office.Count("SaveActivity") != 1 {
		t.Error("a warning kept from saving")
	}
	office.Warnings = nil
	s.keys.Type("12")
	s.keys.Press(fyne.KeyTab)
	s.mustNotShow("có người nào", "Giỗ Tổ")
}

func TestWarningUnderMoreIsAnnounced(t *testing.T) {
	office := threeActivities()
	office.Warnings = []record.Warning{{Field: "speakers", Words: record.Words{VI: "Y Ngọc cũng nói ở “Thôn 2”."}}}
	s := play(t, office, uitest.AtOnce())
	s.focusList()
	s.mustSay("Trong phần này có chỗ nên xem lại.")
	s.tap("Thêm")
	s.mustSay("Y Ngọc cũng nói ở “Thôn 2”.")
	s.mustNotShow("có chỗ nên xem lại")
}

// mustSay is mustShow for sentences that may go on in the next line.
func (s *stage) mustSay(sentences ...string) {
	s.t.Helper()
	words := strings.ReplaceAll(uitest.Words(s.window.Content()), "\n", " ")
	for _, sentence := range sentences {
		if !strings.Contains(words, sentence) {
			s.t.Errorf("the screen does not say %q", sentence)
		}
	}
}

// TestRepeatElsewhere: another day, another place, and it is stored.
func TestRepeatElsewhere(t *testing.T) {
	office := uitest.NewOffice()
	a := full(office)
	a.ID, a.Kind, a.Status, a.Reason = record.ID{}, "direct", "held", ""
	id := office.Add(a)[0]
	s := play(t, office, uitest.AtOnce())
	s.Open(id) // one click
	struck := s.keys.Struck
	s.keys.Ctrl(fyne.KeyD)
	s.keys.Type("6/3")
	s.keys.Press(fyne.KeyTab)
	s.keys.UniKey("Thôn Kon Rờ Bàng 2")
	s.keys.Ctrl(fyne.KeyS)
	if n := s.keys.Struck - struck; n > 30 {
		t.Errorf("%d keys, at most 30", n)
	} else {
		t.Logf("%d keys, one click", n)
	}
	want := a
	want.When.Date, want.When.EndDate, want.When.Place = "2026-03-06", "", "Thôn Kon Rờ Bàng 2"
	want.HostUnitID, want.UnitsReached, want.Costs, want.Heads = record.ID{}, nil, nil, record.HeadCount{}
	want.Link, want.Times, want.Prizes, want.Result, want.Note = "", 0, 0, "", ""
	want.Materials = []record.MaterialGiven{{Name: "Tờ gấp BHXH", Kind: "tờ gấp"}, {Name: "Sổ tay"}} // counted anew
	if diff := cmp.Diff(want, office.Sent); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
}

// Today is offered: where it is right, Tab goes on to the place.
func TestRepeatToday(t *testing.T) {
	office := threeActivities()
	s := play(t, office, uitest.AtOnce())
	s.focusList()
	s.keys.Ctrl(fyne.KeyD)
	s.keys.Press(fyne.KeyTab)
	s.keys.UniKey("Thôn 2")
	s.keys.Ctrl(fyne.KeyS)
	if got := office.Sent; got.When.Date != "2026-03-10" || got.When.Place != "Thôn 2" {
		t.Errorf("sent %+v", got.When)
	}
}
