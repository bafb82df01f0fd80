package exchange_test

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

func keysTab(t *testing.T, p *province) (*exchange.Keys, *stage) {
	t.Helper()
	s := newStage(t, uitest.AtOnce())
	k := exchange.NewKeys(s.desk, p)
	s.show(k)
	return k, s
}

func TestAMachineIsApprovedAfterACall(t *testing.T) {
	p := newProvince()
	k, s := keysTab(t, p)
	s.wants(t, "Danh bạ bản 12", "Chờ duyệt 2", "27182 81828 45904 52353 60287 47135", "Gọi xã Đăk Hà theo số điện thoại trong danh bạ cơ quan")
	uitest.Find[*kit.Table](t, k).Focus()
	s.keys.Press(fyne.KeyReturn) // to what can be done
	s.keys.Press(fyne.KeyReturn)
	if got := p.last("ApproveMachine"); got != "ApproveMachine 00007f3a" {
		t.Fatalf("asked %q", got)
	}
	s.wants(t, "Danh bạ bản 13", "Chờ duyệt 1", "Danh bạ đã đổi.")
	if !strings.Contains(s.said, "xã Đăk Hà") {
		t.Errorf("said %q", s.said)
	}
}

func TestTheListMayEmptyWhileItIsSeen(t *testing.T) {
	p := newProvince()
	k, s := keysTab(t, p)
	p.state.RosterVersion = 0 // another folder was restored
	k.Reload()
	s.wants(t, "Tạo khóa: người giữ khóa thứ 1 trên 3")
}

func TestRevokingSaysWhatItMeansAndAsks(t *testing.T) {
	p := newProvince()
	k, s := keysTab(t, p)
	uitest.Find[*kit.KeyEntry](t, k).SetText("23322")
	s.wants(t, "Xã Tu Mơ Rông 2", "346 thay đổi của máy đã vào sổ.")
	s.lacks(t, "Đã đối chiếu, duyệt", "Gọi xã")
	uitest.TapButton(t, k, "Thu hồi máy…")
	s.wants(t, "346 thay đổi của máy đã vào sổ vẫn giữ và vẫn tính.", "dù đề ngày nào")
	s.keys.Press(fyne.KeyReturn) // the safe button has the keyboard
	if got := p.last("RevokeMachine"); got != "" {
		t.Fatalf("Enter revoked: %q", got)
	}
	uitest.TapButton(t, k, "Thu hồi máy…")
	uitest.TapButton(t, uitest.Overlay(s.w), "Thu hồi")
	if got := p.last("RevokeMachine"); got != "RevokeMachine 002e7f3a" {
		t.Errorf("asked %q", got)
	}
	s.wants(t, "Đã thu hồi. Thay đổi sau chỗ cắt bị giữ lại")
}

func TestAMachineWithAnAlarmStandsBeforeTheOthers(t *testing.T) {
	k, _ := keysTab(t, newProvince())
	if row, _ := uitest.Find[*kit.Table](t, k).Row(2); row.Cells[0] != "Có cảnh báo" || row.Marks[0] != kit.Wrong {
		t.Errorf("the third row is %v", row)
	}
}

func TestTheRosterIsWritten(t *testing.T) {
	p := newProvince()
	k, s := keysTab(t, p)
	uitest.TapButton(t, k, "Ghi danh bạ…")
	s.keys.Type("/the-nho")
	s.keys.Press(fyne.KeyReturn)
	if got := p.last("WriteRoster"); got != "WriteRoster /the-nho" || !strings.Contains(s.said, "có thể rút USB") {
		t.Errorf("asked %q, said %q", got, s.said)
	}
}

// holder types what one person gives.
func holder(s *stage, stick, passphrase, again string) {
	s.keys.Type(stick)
	s.keys.Press(fyne.KeyTab, fyne.KeyTab) // past the button that chooses
	s.keys.Type(passphrase)
	s.keys.Press(fyne.KeyTab)
	s.keys.Type(again)
	s.keys.Press(fyne.KeyReturn) // Enter in the last field goes on
}

func TestThreePersonsMakeTheKeys(t *testing.T) {
	p := newProvince()
	p.state.RosterVersion, p.state.Signs = 0, false
	k, s := keysTab(t, p)
	s.wants(t, "người giữ khóa thứ 1 trên 3")
	s.w.Canvas().Focus(k.Panes()[0].First())
	holder(s, "/the-1", "mot hai ba", "mot hai bon")
	s.wants(t, "Hai lần gõ chưa giống nhau.")
	s.keys.Ctrl(fyne.KeyA)
	s.keys.Type("mot hai ba")
	s.keys.Press(fyne.KeyTab, fyne.KeyReturn)
	s.wants(t, "người giữ khóa thứ 2 trên 3")
	holder(s, "/the-1", "bon nam sau", "bon nam sau")
	s.wants(t, "Đây là USB của người thứ 1.")
	s.keys.Ctrl(fyne.KeyA)
	holder(s, "/the-2", "bon nam", "bon nam")
	s.wants(t, "Mật khẩu cần ít nhất 8 ký tự") // while this person still sits here
	s.keys.Ctrl(fyne.KeyA)
	s.keys.Type("bon nam sau")
	s.keys.Press(fyne.KeyReturn)
	s.keys.Ctrl(fyne.KeyA)
	s.keys.Type("bon nam sau")
	s.keys.Press(fyne.KeyReturn)
	holder(s, "/the-3", "bay tam chin", "bay tam chin")
	s.wants(t, "đủ ba người", "Cắm cả ba USB.")
	p.fail["MakeProvince"] = record.Refuse(record.ErrPlace, "USB thứ hai không ghi được.", "Not writable.")
	s.keys.Press(fyne.KeyReturn)
	s.wants(t, "USB thứ hai không ghi được.")
	p.fail, p.announces = map[string]error{}, k.Reload
	s.keys.Press(fyne.KeyReturn)
	if got := p.last("MakeProvince"); got != "MakeProvince /the-1,/the-2,/the-3 mot hai ba,bon nam sau,bay tam chin" {
		t.Errorf("asked %q", got)
	}
	s.wants(t, "31415 92653 58979 32384 62643 38327", "In dãy số này vào công văn", "/the-2/khoa-goc-2.key", "danh-ba.sopb.zip")
	k.Reload() // whatever happens meanwhile, the digits stay until they were copied
	s.wants(t, "31415")
	if s.w.Canvas().Focused() != fyne.Focusable(k.Panes()[0].First()) {
		t.Error("the keyboard is not on the button that goes on")
	}
	uitest.TapButton(t, k, "Chép dãy số")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "31415 92653 58979 32384 62643 38327" {
		t.Errorf("copied %q", got)
	}
	uitest.TapButton(t, k, "Đã chép dãy số, tiếp tục")
	s.wants(t, "Danh bạ bản 1")
	if list := k.Panes()[0]; list.Object != fyne.CanvasObject(uitest.Find[*kit.Table](t, k)) || !list.Holds(s.w.Canvas().Focused()) {
		t.Error("the keyboard is not in the list of machines")
	}
}

func TestTheDigitsOfTheLetterAreAtTheProvincesOwnMachine(t *testing.T) {
	p := newProvince()
	p.state.Root = "31415 92653 58979 32384 62643 38327"
	p.known[0].This = true
	k, s := keysTab(t, p)
	s.lacks(t, "Dãy số in trong công văn gửi các đơn vị") // at a machine of a unit
	uitest.Find[*kit.KeyEntry](t, k).SetText(p.known[0].Device)
	s.wants(t, "Dãy số in trong công văn gửi các đơn vị", "31415 92653 58979")
}

// keeper types what one keeper of a root key gives.
func keeper(s *stage, stick, passphrase string) {
	s.keys.Type(stick)
	s.keys.Press(fyne.KeyTab, fyne.KeyTab) // past the button that chooses
	s.keys.Type(passphrase)
	s.keys.Press(fyne.KeyTab)
}

func TestAKeyIsReplacedWithTwoSticks(t *testing.T) {
	p := newProvince()
	k, s := keysTab(t, p)
	uitest.TapButton(t, k, "Thay khóa…")
	s.wants(t, "Khóa lập danh bạ ký danh bạ", "Đơn vị không phải làm gì")
	which := uitest.Find[*kit.Select](t, k)
	which.SetSelected("Khóa biên nhận")
	s.wants(t, "Khóa biên nhận ký biên nhận gửi các đơn vị.")
	s.keys.Press(fyne.KeyTab)
	keeper(s, "/usb-1", "mot hai")
	uitest.TapButton(t, k, "Thay khóa")
	s.wants(t, "Hãy chọn USB của người này.") // of the second, where the keyboard is
	if got := p.last("ReplaceKey"); got != "" {
		t.Fatalf("asked %q", got)
	}
	p.fail["ReplaceKey"] = record.Refuse(record.ErrPassphrase, "Mật khẩu không mở được khóa gốc.", "Wrong.")
	keeper(s, "/usb-3", "sau bay")
	uitest.TapButton(t, k, "Thay khóa")
	s.wants(t, "Mật khẩu không mở được khóa gốc.")
	p.fail = map[string]error{}
	uitest.TapButton(t, k, "Thay khóa")
	if got := p.last("ReplaceKey"); got != "ReplaceKey ack /usb-1=mot hai,/usb-3=sau bay" || !strings.Contains(s.said, "Khóa biên nhận") {
		t.Errorf("asked %q, said %q", got, s.said)
	}
	s.wants(t, "Danh bạ đã đổi.")
	s.keys.Press(fyne.KeyReturn) // the keyboard is on writing the roster
	s.wants(t, "Danh bạ cho mọi đơn vị biết máy nào được nhận")
}

func TestTheReceivingKeyNeedsNoStick(t *testing.T) {
	p := newProvince()
	k, s := keysTab(t, p)
	uitest.TapButton(t, k, "Thay khóa…")
	uitest.Find[*kit.Select](t, k).SetSelected("Khóa nhận gói")
	s.wants(t, "gói đang trên đường vẫn mở được", "Khóa này không cần USB.")
	s.lacks(t, "USB của người giữ thứ nhất")
	uitest.TapButton(t, k, "Thay khóa")
	if got := p.last("ReplaceKey"); got != "ReplaceKey working" {
		t.Errorf("asked %q", got)
	}
}

func TestWhatIsHeldIsLookedAtAndLetIn(t *testing.T) {
	p := newProvince()
	lines := []record.HeldLine{{At: "2026-10-02T03:00:00Z", Words: record.Words{VI: "Ghi mới hoạt động “Tập huấn thôn 3”", EN: "Recorded"}}}
	ended, stranger := p.known[38], "beef7f3a" // the one that was revoked
	p.held = []record.Held{
		{Device: ended.Device, Name: ended.Name, Unit: ended.Unit, UnitName: ended.UnitName, Fingerprint: ended.Fingerprint, Why: "revoked", Entries: 12, From: "2026-10-02T03:00:00Z", To: "2026-10-20T03:00:00Z", Lines: lines},
		{Device: stranger, Why: "unknown", Entries: 3, From: "2026-11-01T03:00:00Z", To: "2026-11-02T03:00:00Z", Lines: lines},
	}
	k, s := keysTab(t, p)
	s.wants(t, "Có phần đang giữ 2", "Giữ 12 mục")
	find := uitest.Find[*kit.KeyEntry](t, k)
	find.SetText(stranger)
	s.wants(t, "Đang giữ 3 mục, ghi từ 01/11/2026 đến 02/11/2026", "chưa kiểm tra được chữ ký")
	s.lacks(t, "Cho vào sổ…", "Dãy số của máy")
	find.SetText(ended.Name)
	s.wants(t, "Đang giữ 12 mục, ghi từ 02/10/2026 đến 20/10/2026", "Ghi mới hoạt động “Tập huấn thôn 3”", "Gọi đơn vị hỏi ai đã ghi.")
	uitest.Find[*kit.Table](t, k).Focus()
	s.keys.Press(fyne.KeyReturn, fyne.KeyReturn) // to the button, and on it
	s.wants(t, "Không lấy lại được.")
	s.keys.Press(fyne.KeyReturn) // the safe button has the keyboard
	if got := p.last("ReleaseMachine"); got != "" {
		t.Fatalf("Enter let in: %q", got)
	}
	uitest.TapButton(t, k, "Cho vào sổ…")
	uitest.TapButton(t, uitest.Overlay(s.w), "Cho vào sổ")
	if got := p.last("ReleaseMachine"); got != "ReleaseMachine "+ended.Device {
		t.Errorf("asked %q", got)
	}
	s.lacks(t, "iữ 12 mục")
	s.wants(t, "Danh bạ đã đổi.")
}

// TestALostProvinceIsRebuiltByKeyboard: on the new PC, from the page that would make the
// first keys.
func TestALostProvinceIsRebuiltByKeyboard(t *testing.T) {
	p := newProvince()
	p.state.RosterVersion, p.state.Signs = 0, false
	k, s := keysTab(t, p)
	uitest.TapButton(t, k, "Tỉnh đã có khóa, máy cũ đã mất…")
	s.wants(t, "Dựng lại cấp tỉnh trên máy này", "Các đơn vị không phải đăng ký lại")
	s.lacks(t, "người giữ khóa thứ 1 trên 3")
	s.keys.Type("/tu-xa")
	s.keys.Press(fyne.KeyTab, fyne.KeyTab)
	keeper(s, "/usb-1", "mot")
	s.keys.Type("/usb-2")
	uitest.TapButton(t, k, "Dựng lại")
	s.wants(t, "Hãy gõ mật khẩu.") // and the keyboard is there
	s.keys.Type("hai")
	p.fail["RebuildProvince"] = record.Refuse(record.ErrNotFound, "Không có danh bạ nào trong các thư mục này.", "None.")
	s.keys.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn) // past the third keeper
	s.wants(t, "Không có danh bạ nào trong các thư mục này.")
	p.fail = map[string]error{}
	s.keys.Press(fyne.KeyReturn)
	if got := p.last("RebuildProvince"); got != "RebuildProvince /usb-1=mot,/usb-2=hai /tu-xa" {
		t.Errorf("asked %q", got)
	}
	s.wants(t, "31415 92653", "Danh bạ bản 13 đã sẵn, có 98 máy.", "gói đóng bằng khóa cũ không mở được")
	k.Reload()
	s.wants(t, "31415 92653")
	s.keys.Press(fyne.KeyReturn)
	s.wants(t, "Danh bạ bản 13", "Thay khóa…")
}

func TestWithoutTheKeysTheListIsToBeLookedAt(t *testing.T) {
	p := newProvince()
	p.state.Signs = false
	k, s := keysTab(t, p)
	s.wants(t, "danh sách chỉ để xem", "Dựng lại cấp tỉnh trên máy này…")
	s.lacks(t, "Đã đối chiếu, duyệt", "Thay khóa…", "Ghi danh bạ…")
	uitest.TapButton(t, k, "Dựng lại cấp tỉnh trên máy này…")
	s.wants(t, "Máy này đã có danh bạ bản 12.")
	uitest.TapButton(t, k, "Quay lại")
	s.wants(t, "danh sách chỉ để xem")
}

// collecting is a province as the area asks it.
type collecting struct{ *province }

func (collecting) Sent(context.Context) ([]record.Sent, error) { return nil, nil }

func (collecting) HandOver(context.Context, string, record.HandOverOptions) (record.HandedOver, error) {
	return record.HandedOver{}, nil
}

func (collecting) HandOverAgain(context.Context, string, string) (record.HandedOver, error) {
	return record.HandedOver{}, nil
}

// TestTheFirstVisitPutsTheKeyboardWhereTheWorkIs: in the list of PCs once it was read, or in
// the first field where keys are to be made.
func TestTheFirstVisitPutsTheKeyboardWhereTheWorkIs(t *testing.T) {
	for name, signs := range map[string]bool{"made": true, "to be made": false} {
		var held uitest.Held
		p := newProvince()
		if !signs {
			p.state.RosterVersion, p.state.Signs = 0, false
		}
		s := newStage(t, held.Runner())
		area := exchange.New(s.desk, collecting{p})
		c := area.Collect(p)
		s.show(area)
		held.ReleaseAll()
		area.View(exchange.TabPairs)
		held.ReleaseAll()
		area.NextPart(1) // Máy và khóa
		held.ReleaseAll()
		want := c.Keys.Panes()[0].First()
		if signs {
			want = uitest.Find[*kit.Table](t, c.Keys).FocusTarget()
		}
		if got := s.w.Canvas().Focused(); got == nil || got != want {
			t.Errorf("%s: the keyboard is in %T, not %T", name, got, want)
		}
	}
}
