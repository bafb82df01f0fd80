package exchange_test

import (
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
	if got := p.last("WriteRoster"); got != "WriteRoster /the-nho" || !strings.Contains(s.said, "có thể rút thẻ nhớ") {
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
	s.keys.Press(fyne.KeyTab, fyne.KeyReturn)
}

func TestThreePersonsMakeTheKeys(t *testing.T) {
	p := newProvince()
	p.state.RosterVersion = 0
	k, s := keysTab(t, p)
	s.wants(t, "người giữ khóa thứ 1 trên 3")
	s.w.Canvas().Focus(k.Panes()[0].First())
	holder(s, "/the-1", "mot hai ba", "mot hai bon")
	s.wants(t, "Hai lần gõ chưa giống nhau.")
	s.keys.Ctrl(fyne.KeyA)
	s.keys.Type("mot hai ba")
	s.keys.Press(fyne.KeyTab, fyne.KeyReturn)
	s.wants(t, "người giữ khóa thứ 2 trên 3")
	holder(s, "/the-1", "bon nam", "bon nam")
	s.wants(t, "Đây là thẻ nhớ của người thứ 1.")
	s.keys.Ctrl(fyne.KeyA)
	holder(s, "/the-2", "bon nam", "bon nam")
	holder(s, "/the-3", "sau bay", "sau bay")
	s.wants(t, "đủ ba người", "Cắm cả ba thẻ nhớ.")
	p.fail["MakeProvince"] = record.Refuse(record.ErrPlace, "Thẻ nhớ thứ hai không ghi được.", "Not writable.")
	s.keys.Press(fyne.KeyReturn)
	s.wants(t, "Thẻ nhớ thứ hai không ghi được.")
	p.fail = map[string]error{}
	s.keys.Press(fyne.KeyReturn)
	if got := p.last("MakeProvince"); got != "MakeProvince /the-1,/the-2,/the-3 mot hai ba,bon nam,sau bay" {
		t.Errorf("asked %q", got)
	}
	s.wants(t, "31415 92653 58979 32384 62643 38327", "In dãy số này vào công văn", "/the-2/khoa-goc-2.key", "danh-ba.sopb.zip")
	k.Reload() // whatever happens meanwhile, the digits stay until they were copied
	s.wants(t, "31415")
	uitest.TapButton(t, k, "Chép dãy số")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "31415 92653 58979 32384 62643 38327" {
		t.Errorf("copied %q", got)
	}
	uitest.TapButton(t, k, "Đã chép dãy số, tiếp tục")
	s.wants(t, "Danh bạ bản 1")
	s.lacks(t, "31415")
}
