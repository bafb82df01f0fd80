package exchange_test

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

func incoming(t *testing.T, p *province) (*exchange.Incoming, *stage) {
	t.Helper()
	s := newStage(t, uitest.AtOnce())
	in := exchange.NewIncoming(s.desk, p)
	s.show(in)
	return in, s
}

func TestWhatNeedsAPersonComesFirstOfAFolder(t *testing.T) {
	p := newProvince()
	in, s := incoming(t, p)
	s.wants(t, "rồi nhấn Nhận từ thư mục")
	in.Take([]string{"/the-nho/thang-10"})
	if got := p.last("TakeIn"); got != "TakeIn /the-nho/thang-10" {
		t.Errorf("asked %q", got)
	}
	s.wants(t, "Đọc 96 tệp ở /the-nho/thang-10, 85 tệp vào sổ với", "5 tệp bị từ chối. 22 tệp khác không phải của chương trình, để nguyên.",
		"Bị từ chối 5", "Giữ chờ 1", "Đã vào sổ 85", "Đã có từ trước 5", "Tệp bị hỏng trên đường chuyển.")
	table := uitest.Find[*kit.Table](t, in)
	for i, want := range []string{"Bị từ chối", "Bị từ chối", "Bị từ chối", "Bị từ chối", "Bị từ chối", "Giữ chờ", "Đã vào sổ"} {
		if row, _ := table.Row(i); row.Cells[0] != want {
			t.Errorf("row %d is %q, want %q", i, row.Cells[0], want)
		}
	}
}

func TestTheSenderOfADamagedFileIsToldWhatToDo(t *testing.T) {
	in, s := incoming(t, newProvince())
	in.Take([]string{"/the-nho"})
	s.keys.Press(fyne.KeyDown) // the list has the keyboard
	uitest.TapButton(t, in, "Chép lời nhắn")
	got := fyne.CurrentApp().Clipboard().Content()
	for _, want := range []string{"Kính gửi xã Măng Bút 4,", "SPB_23644_7F3A_00093_20261103_8C1D20.sopb.zip", "Tệp bị hỏng", "Sổ của đơn vị vẫn giữ đủ."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in the message:\n%s", want, got)
		}
	}
	uitest.TapButton(t, in, "Giữ chờ  1")
	s.wants(t, "Còn thiếu gói trước đó.")
	s.lacks(t, "Lời nhắn soạn sẵn")
}

func TestAFolderThatCouldNotBeReadToItsEndSaysWhatWasTaken(t *testing.T) {
	p := newProvince()
	p.fail["TakeIn"] = context.Canceled
	in, s := incoming(t, p)
	in.Take([]string{"/the-nho"})
	s.wants(t, "Đã dừng theo ý người dùng.", "85 tệp vào sổ")
	p.fail = nil
	p.taken.Stopped = record.Words{VI: "USB đã rút ra giữa chừng.", EN: "The stick went."}
	in.Take([]string{"/the-nho"})
	s.wants(t, "USB đã rút ra giữa chừng.")
}

func TestReceiptsForAllAreOneClick(t *testing.T) {
	p := newProvince()
	in, s := incoming(t, p)
	uitest.TapButton(t, in, "Ghi biên nhận cho tất cả…")
	uitest.TapButton(t, uitest.Overlay(s.w), "Ghi")
	s.wants(t, "Hãy chọn thư mục")
	s.keys.Type("/the-nho")
	p.fail["Receipts"] = record.Refuse(record.ErrSpace, "USB hết chỗ.", "No room.")
	s.keys.Press(fyne.KeyReturn)
	s.wants(t, "USB hết chỗ.")
	p.fail = nil
	s.keys.Press(fyne.KeyReturn)
	if uitest.Overlay(s.w) != nil || p.last("Receipts") != "Receipts /the-nho" {
		t.Fatalf("asked %q", p.last("Receipts"))
	}
	s.wants(t, "Đã ghi 98 tệp vào /the-nho.", "có thể rút USB")
	if len(s.offered) != 1 || s.offered[0].Word != "Mở thư mục" {
		t.Errorf("offered %v", s.offered)
	}
	uitest.TapButton(t, in, "Ghi biên nhận cho tất cả…")
	if uitest.Entry(t, uitest.Overlay(s.w), "/the-nho") == nil {
		t.Error("the folder is not remembered")
	}
}

func TestTheReportOfAllLeadsToTheReports(t *testing.T) {
	in, _ := incoming(t, newProvince())
	led := false
	in.OnReports = func() { led = true }
	uitest.TapButton(t, in, "Báo cáo tổng hợp")
	if !led {
		t.Error("it leads nowhere")
	}
}

// Tab goes as one reads, and nothing asks for more than the smallest screen has.
func TestTheTabsOfTheProvinceFitAndAreReadInOrder(t *testing.T) {
	p := newProvince()
	for _, scale := range []float32{1, 1.5} {
		s := newStage(t, uitest.AtOnce())
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, scale))
		in, pairs, keys := exchange.NewIncoming(s.desk, p), exchange.NewPairs(s.desk, p), exchange.NewKeys(s.desk, p)
		for _, tab := range []interface {
			fyne.CanvasObject
			Reload()
			Panes() []kit.Pane
			HelpPage() string
		}{in, pairs, keys} {
			s.show(tab)
			if tab == fyne.CanvasObject(in) {
				in.Take([]string{"/the-nho"})
			}
			if m := tab.MinSize(); m.Width > 1166 || m.Height > 668 {
				t.Errorf("%T at %v asks for %v", tab, scale, m)
			}
			for _, wrong := range uitest.TabsBack(tab, nil) {
				t.Errorf("%T: %s", tab, wrong)
			}
			for i, pane := range tab.Panes() {
				if pane.First() == nil {
					t.Errorf("%T: F6 finds nothing in part %d", tab, i)
				}
			}
		}
	}
}

// TestTheKeyboardGoesToWhatCame: after a folder was taken in, the arrows walk its files.
func TestTheKeyboardGoesToWhatCame(t *testing.T) {
	var held uitest.Held
	p := newProvince()
	s := newStage(t, held.Runner())
	in := exchange.NewIncoming(s.desk, p)
	s.show(in)
	s.w.Canvas().Focus(in.Panes()[0].First())
	in.Take([]string{"/usb"})
	held.ReleaseAll()
	s.keys.Press(fyne.KeyDown)
	table := uitest.Find[*kit.Table](t, in)
	if s.w.Canvas().Focused() != table.FocusTarget() || table.Cursor() != 1 {
		t.Errorf("the keyboard is in %T, row %d", s.w.Canvas().Focused(), table.Cursor())
	}
}
