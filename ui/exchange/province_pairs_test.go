package exchange_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

func pairs(t *testing.T, p *province) (*exchange.Pairs, *stage) {
	t.Helper()
	s := newStage(t, uitest.AtOnce())
	tab := exchange.NewPairs(s.desk, p)
	s.show(tab)
	return tab, s
}

func TestAPairSaysWhatIsAlike(t *testing.T) {
	_, s := pairs(t, newProvince())
	s.wants(t, "Chờ quyết định 3", "Đã quyết định 1", "Cặp 1 trên 3", "Xã Đăk Hà", "Xã Dục Nông 2", "Thứ Bảy 12/09/2026",
		"• Cùng nơi: Nhà văn hóa Nông trường 2.", "120 người", "118 người")
}

func TestAPairIsDecidedOnceAndTheNextComes(t *testing.T) {
	p := newProvince()
	tab, s := pairs(t, p)
	s.w.Canvas().Focus(uitest.Button(t, tab, "Cùng một sự kiện – tính cho xã Dục Nông 2"))
	s.keys.Press(fyne.KeyReturn)
	if got, want := p.last("DecidePair"), "DecidePair "+id(3000).String()+" "+id(2000).String()+" true"; got != want {
		t.Errorf("asked %q, want %q", got, want)
	}
	s.wants(t, "Chờ quyết định 2", "Đã quyết định 2", "Cặp 1 trên 2", "Xã Ngọk Bay")
	if s.said != "Cùng một sự kiện: chỉ tính cho xã Dục Nông 2." {
		t.Errorf("said %q", s.said)
	}
	uitest.EntryUnder(t, tab, "Ghi chú về quyết định, nếu cần").SetText("hai buổi sáng, chiều")
	uitest.TapButton(t, tab, "Hai sự kiện khác nhau")
	if got, want := p.last("DecidePair"), "DecidePair "+id(2001).String()+" "+id(3001).String()+" false hai buổi sáng, chiều"; got != want {
		t.Errorf("asked %q, want %q", got, want)
	}
	if got := uitest.TextUnder(t, tab, "Ghi chú về quyết định, nếu cần"); got != "" {
		t.Errorf("the note %q stands at another pair", got)
	}
	uitest.TapButton(t, tab, "Hai sự kiện khác nhau")
	s.wants(t, "Không có cặp nào chờ quyết định.")
}

func TestADecisionCanBeChanged(t *testing.T) {
	p := newProvince()
	tab, s := pairs(t, p)
	uitest.TapButton(t, tab, "Đã quyết định  1")
	s.wants(t, "Đã quyết định: hai sự kiện khác nhau.")
	uitest.TapButton(t, tab, "Cùng một sự kiện – tính cho xã Đăk Rơ Wa")
	s.wants(t, "Đã quyết định: cùng một sự kiện, tính cho xã Đăk Rơ Wa.")
}

func TestAPairThatCouldNotBeDecidedStays(t *testing.T) {
	p := newProvince()
	tab, s := pairs(t, p)
	p.fail["DecidePair"] = record.Refuse(record.ErrSpace, "Hết chỗ trên đĩa.", "No room.")
	uitest.EntryUnder(t, tab, "Ghi chú về quyết định, nếu cần").SetText("cùng một buổi")
	uitest.TapButton(t, tab, "Hai sự kiện khác nhau")
	s.wants(t, "Hết chỗ trên đĩa.", "Cặp 1 trên 3", "cùng một buổi")
	if uitest.Button(t, tab, "Hai sự kiện khác nhau").Disabled() {
		t.Error("after a failure one must be able to try again")
	}
}

func TestAnActivityOfAPairIsOpened(t *testing.T) {
	tab, _ := pairs(t, newProvince())
	var opened record.ID
	tab.OnOpenActivity = func(activity record.ID) { opened = activity }
	uitest.TapButton(t, tab, "Xem hoạt động") // the last one drawn
	if opened != id(3000) {
		t.Errorf("opened %v", opened)
	}
}

func TestAfterAPairInTheMiddleTheOneBelowItComes(t *testing.T) {
	tab, s := pairs(t, newProvince())
	uitest.Find[*kit.Table](t, tab).Focus()
	s.keys.Press(fyne.KeyDown)
	s.wants(t, "Cặp 2 trên 3")
	uitest.TapButton(t, tab, "Hai sự kiện khác nhau")
	s.wants(t, "Cặp 2 trên 2", "Cùng một sự kiện – tính cho xã Ia Chim")
}
