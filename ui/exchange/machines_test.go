package exchange_test

import (
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

const thirty = "012345678901234567890123456789"

func machines(t *testing.T, o *office) *desk {
	t.Helper()
	d := open(t, o)
	d.screen.View(exchange.TabMachines)
	return d
}

func TestThisPCAndItsDigits(t *testing.T) {
	d := machines(t, full())
	d.has(t, d.words(), "Bàn 1, UBND xã Đăk Hà", "Chưa đăng ký.", "01234 56789 01234 56789 01234 56789",
		"1. Ghi tệp đăng ký", "2. Cấp trên gọi điện", "3. Nhận danh bạ", "Bàn 2", "Y Thu", "Tạm nhận", "hôm nay 07:00")
}

func TestTheKeyboardIsWhereTheNextStepIs(t *testing.T) {
	o := full()
	o.state.Confirmed = false
	d := open(t, o)
	d.screen.NextPart(-1)
	d.Type("1")
	if got := uitest.EntryUnder(t, d.screen, "Ghi tệp đăng ký vào thư mục hoặc USB").Text; got != "1/USB" && got != "/USB1" && got != "1" {
		t.Errorf("the folder is %q", got)
	}
	o.machines[0].State = "enrolled" // the keyboard is in a field that goes
	d.screen.Reload()
	d.Type("2")
	if got := uitest.EntryUnder(t, d.screen, "30 số in trong công văn của cấp trên").Text; got != "2" {
		t.Errorf("the digits are %q", got)
	}
}

// next is the step that stands out.
func next(t *testing.T, d *desk) string {
	t.Helper()
	var bold []string
	uitest.Each(d.screen, func(w *kit.Text) {
		if w.Wrap && w.Style.Bold && len(w.Text) > 2 && w.Text[1] == '.' {
			bold = append(bold, w.Text[:1])
		}
	})
	if len(bold) != 1 {
		t.Fatalf("steps that stand out: %v", bold)
	}
	return bold[0]
}

func TestTheNextStepStandsOut(t *testing.T) {
	o := full()
	d := machines(t, o)
	for state, want := range map[string]string{"unknown": "1", "asked": "2", "provisional": "2", "revoked": "1"} {
		o.machines[0].State = state
		d.screen.Reload()
		if got := next(t, d); got != want {
			t.Errorf("%s: step %s, want %s", state, got, want)
		}
	}
	o.machines[0].State = "enrolled"
	d.screen.Reload()
	d.has(t, d.words(), "Đã đăng ký, trong danh bạ số 7.")
	if contains(d.words(), "Ghi tệp đăng ký") {
		t.Error("a PC that is enrolled is asked to enrol")
	}
}

func TestTheEnrolmentFileIsWritten(t *testing.T) {
	o := full()
	d := machines(t, o)
	uitest.TapButton(t, d.screen, "Ghi tệp đăng ký")
	d.has(t, d.words(), "Đã ghi /USB/SPB_enrol_24340_a1b2.sope.zip. Gửi tệp này cho cấp trên")
	o.refuse = record.Refuse(record.ErrPlace, "USB đã rút ra.", "The stick was pulled out.")
	uitest.TapButton(t, d.screen, "Ghi tệp đăng ký")
	d.has(t, d.words(), "USB đã rút ra.")
	if diff := cmp.Diff([]string{"/USB", "/USB"}, o.asked); diff != "" {
		t.Errorf("folders (-want +got):\n%s", diff)
	}
}

func TestTheProvincesDigitsAreCompared(t *testing.T) {
	o := full()
	o.refuse = record.Refuse(record.ErrNotTrusted, "30 số không khớp. Khoan giao, hãy gọi hỏi cấp trên.", "The digits differ.")
	d := machines(t, o)
	d.window.Canvas().Focus(uitest.EntryUnder(t, d.screen, "30 số in trong công văn của cấp trên").Focusable())
	d.Type("01234 5678")
	d.Press(fyne.KeyReturn)
	d.has(t, d.words(), "Cần đủ 30 số, mới có 9.", "Chưa đối chiếu.")
	d.Type("9 01234 56789 01234 56789")
	d.Press(fyne.KeyReturn)
	d.has(t, d.words(), "30 số không khớp.", "Chưa đối chiếu.")
	o.refuse = nil
	d.Press(fyne.KeyReturn)
	if diff := cmp.Diff([]string{thirty, thirty}, o.compared); diff != "" {
		t.Errorf("compared (-want +got):\n%s", diff)
	}
	d.has(t, d.words(), "Đã đối chiếu với công văn: Sở Nội vụ tỉnh Quảng Ngãi.")
	if contains(d.words(), "30 số in trong công văn") {
		t.Error("what was compared is asked for again")
	}
}

func TestAnotherPCIsLetIn(t *testing.T) {
	o := full()
	d := machines(t, o)
	uitest.TapButton(t, d.screen, "Thêm máy của cơ quan…")
	d.has(t, d.over(), "cả dữ liệu cá nhân")
	d.Press(fyne.KeyReturn)
	d.has(t, d.over(), "Hãy chọn tệp đăng ký máy kia đã ghi.", "Cần đủ 30 số, mới có 0.")
	uitest.EntryUnder(t, uitest.Overlay(d.window), "Tệp đăng ký của máy kia").SetText("E:/SPB_enrol.sope.zip")
	uitest.EntryUnder(t, uitest.Overlay(d.window), "30 số đang hiện trên màn hình máy kia").SetText("01234-56789-01234-56789-01234-56789")
	o.refuse = record.Refuse(record.ErrNotTrusted, "30 số không phải của tệp này.", "The digits are not this file's.")
	uitest.TapButton(t, uitest.Overlay(d.window), "Cho vào")
	d.has(t, d.over(), "30 số không phải của tệp này.")
	o.refuse = record.Refuse(record.ErrNotFound, "Không tìm thấy tệp.", "Not found.")
	uitest.TapButton(t, uitest.Overlay(d.window), "Cho vào")
	if file := uitest.EntryUnder(t, uitest.Overlay(d.window), "Tệp đăng ký của máy kia"); d.window.Canvas().Focused() != fyne.Focusable(file) {
		t.Error("a file that is not there does not bring the keyboard to its field")
	}
	o.refuse = nil
	uitest.TapButton(t, uitest.Overlay(d.window), "Cho vào")
	d.has(t, d.over(), "Đã cho máy kia vào", "Đã ghi và đọc lại gói số 13 ở /USB", "Trong 30 ngày")
	if diff := cmp.Diff([]string{"E:/SPB_enrol.sope.zip", thirty, "/USB"}, o.let[6:]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestNothingIsCutAndTabReads: every tab has room at 150 % in the smallest window, and
// Tab goes as one reads.
func TestNothingIsCutAndTabReads(t *testing.T) {
	for _, scale := range []float32{1, 1.5} {
		o := full()
		o.state.Alarm = record.Words{VI: "Sổ này là bản chép của máy khác: hai máy cùng ghi dưới một khóa. Hãy thôi dùng máy này và báo cấp trên trước khi giao gói nào nữa."}
		o.state.Waiting = 2
		d := open(t, o)
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, scale))
		d.window.Resize(fyne.NewSize(1366-fynetheme.Size(theme.SizeRailFold), 728-80*scale))
		uitest.TapButton(t, d.screen, "Giao")
		for _, tab := range d.screen.Tabs(record.RoleOffice) {
			d.screen.View(tab)
			if min, has := d.screen.MinSize(), d.window.Canvas().Size(); min.Width > 1366-fynetheme.Size(theme.SizeRailFold) || min.Height > 728-80*scale {
				t.Errorf("%s at %.0f %% asks for %v of %v", tab, scale*100, min, has)
			}
			for _, wrong := range uitest.TabsBack(d.screen, nil) {
				t.Errorf("%s at %.0f %%: %s", tab, scale*100, wrong)
			}
		}
	}
}
