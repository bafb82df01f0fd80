package exchange_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
	"sophobien/ui/uitest"
)

func TestItSaysWhereThingsStand(t *testing.T) {
	o := &plain{}
	d := open(t, o)
	for _, c := range []struct {
		state record.Exchange
		want  string
	}{
		{record.Exchange{Unsent: 12, Unaccepted: 40, LastReceipt: "2026-03-02T08:00:00Z", Accepted: "2026-02-27T08:00:00Z"}, "12 thay đổi chưa có trong gói nào; cấp trên đã ghi nhận đến 27/02/2026, còn 40 thay đổi chờ (biên nhận 02/03/2026)."},
		{record.Exchange{Unaccepted: 40, LastReceipt: "2026-03-02T08:00:00Z"}, "Mọi thay đổi đã có trong một gói; cấp trên chưa ghi nhận gì, còn 40 thay đổi chờ (biên nhận 02/03/2026)."},
		{record.Exchange{LastReceipt: "2026-03-02T08:00:00Z", Accepted: "2026-02-27T08:00:00Z"}, "Mọi thay đổi đã có trong một gói; cấp trên đã ghi nhận tất cả (biên nhận 02/03/2026)."},
		{record.Exchange{Unsent: 1234}, "1.234 thay đổi chưa có trong gói nào; cấp trên chưa ghi nhận lần nào."},
		{record.Exchange{Practice: true}, "chỉ để tập"},
		{record.Exchange{Confirmed: true, Alarm: record.Words{VI: "Sổ này là bản chép của máy khác."}}, "Sổ này là bản chép của máy khác."},
		{record.Exchange{Confirmed: true, Waiting: 2}, "2 tệp đã nhận còn chờ tệp khác"},
	} {
		o.state = c.state
		d.screen.Reload()
		d.has(t, d.words(), c.want)
	}
	d = open(t, full())
	d.has(t, d.words(), "Khóa của cấp trên chưa được đối chiếu với công văn.")
}

func TestNewsOfTheRosterStaysUntilItIsSeen(t *testing.T) {
	o := full()
	o.state.Confirmed = true
	o.state.RosterNews = record.Words{VI: "Danh bạ của cấp trên đã đổi: thêm máy Bàn 3."}
	d := open(t, o)
	d.screen.Reload()
	d.has(t, d.words(), "thêm máy Bàn 3.")
	uitest.TapButton(t, d.screen, "Đã rõ")
	if contains(d.words(), "thêm máy Bàn 3.") || contains(d.words(), "Đã rõ") {
		t.Errorf("it stays:\n%s", d.words())
	}
}

func TestTheStickMayGoOnlyOnceItWasReadBack(t *testing.T) {
	o := full()
	d := open(t, o)
	for _, c := range []struct {
		done      record.HandedOver
		want, not string
	}{
		{record.HandedOver{Written: []record.Sent{{No: 6}}, Safe: true}, "Đã ghi và đọc lại gói số 6 ở /USB – có thể rút USB.", "khoan rút"},
		{record.HandedOver{Written: []record.Sent{{No: 6}, {No: 7}}, Carried: []string{"a", "b"}, Safe: true}, "Đã ghi và đọc lại 2 gói, 2 tệp của nơi khác ở /USB", "khoan rút"},
		{record.HandedOver{Carried: []string{"a"}, Safe: true}, "Đã ghi và đọc lại 1 tệp của nơi khác", "0 gói"},
		{record.HandedOver{Written: []record.Sent{{No: 6}}}, "khoan rút USB, hãy giao lại", "có thể rút"},
		{record.HandedOver{Safe: true}, "Không có gì mới để giao.", "có thể rút"},
	} {
		o.handed = c.done
		uitest.TapButton(t, d.screen, "Giao")
		d.has(t, d.words(), c.want)
		if contains(d.words(), c.not) {
			t.Errorf("%q is said of %v", c.not, c.done)
		}
	}
}

// TestAHandOverIsStopped with Escape, while it is under way.
func TestAHandOverIsStopped(t *testing.T) {
	o := full()
	d := open(t, o)
	c := d.window.Canvas()
	for _, c2 := range []struct {
		done record.HandedOver
		want string
	}{
		{record.HandedOver{}, "Đã dừng, chưa ghi gì ra /USB. Lần giao sau sẽ ghi đủ."},
		{record.HandedOver{Written: []record.Sent{{No: 6}}}, "Đã dừng: ghi và đọc lại được gói số 6 ở /USB. Lần giao sau sẽ ghi phần còn lại."},
	} {
		var seen []string
		o.during = func(ctx context.Context, progress func(done, total int)) error {
			progress(2, 0)
			seen = append(seen, d.over())
			progress(1, 3)
			seen = append(seen, d.over())
			d.Press(fyne.KeyEscape)
			return ctx.Err()
		}
		o.handed = c2.done
		uitest.TapButton(t, d.screen, "Giao")
		d.has(t, seen[0], "Đang giao", "đã xong 2", "Dừng")
		d.has(t, seen[1], "1 trên 3")
		d.has(t, d.words(), c2.want)
		if c.Overlays().Top() != nil || contains(d.words(), "rút USB") {
			t.Errorf("once it was stopped:\n%s", d.words())
		}
	}
	if got := fyne.CurrentApp().Preferences().String("exchange.folder"); got != "" {
		t.Errorf("remembered %q", got)
	}
}

func TestWhatIsTickedGoesAlong(t *testing.T) {
	o := full()
	d := open(t, o)
	uitest.TapButton(t, d.screen, "Giao")
	test.Tap(uitest.Check(t, d.screen, "Kèm ảnh, tệp minh chứng"))
	test.Tap(uitest.Check(t, d.screen, "Cho máy khác (1)"))
	test.Tap(uitest.Check(t, d.screen, "Chuyển hộ (3)"))
	uitest.TapButton(t, d.screen, "Giao")
	want := []record.HandOverOptions{{}, {Evidence: true, SkipMachines: true, SkipCarried: true}}
	if diff := cmp.Diff(want, o.gave); diff != "" {
		t.Errorf("options (-want +got):\n%s", diff)
	}
	test.Tap(uitest.Check(t, d.screen, "Cho cấp trên"))
	uitest.TapButton(t, d.screen, "Giao")
	d.has(t, d.words(), "Hãy chọn ít nhất một nơi để giao.")
	if len(o.gave) != 2 {
		t.Errorf("handed over to nobody: %v", o.gave)
	}
}

func TestWhatThereIsNotIsNotAskedFor(t *testing.T) {
	d := open(t, &plain{state: record.Exchange{Role: record.RoleOffice}})
	shown := d.words()
	for _, not := range []string{"Cho máy khác", "Chuyển hộ", "Thư điện tử", "Nhận từ thư mục", "Khác nhau", "Máy và khóa"} {
		if contains(shown, not) {
			t.Errorf("%q is shown:\n%s", not, shown)
		}
	}
}

func TestTheFolderIsRememberedAndAFailureSaidUnderIt(t *testing.T) {
	o := full()
	d := open(t, o)
	e := uitest.EntryUnder(t, d.screen, "Ghi vào thư mục hoặc USB")
	e.SetText("")
	d.window.Canvas().Focus(e.Focusable())
	d.Press(fyne.KeyReturn)
	d.has(t, d.words(), "Hãy chọn thư mục")
	o.fail = record.Refuse(record.ErrPlace, "USB đã rút ra.", "The stick was pulled out.")
	o.handed = record.HandedOver{}
	d.Type("/E")
	d.Press(fyne.KeyReturn)
	d.has(t, d.words(), "USB đã rút ra.")
	if got := fyne.CurrentApp().Preferences().String("exchange.folder"); got != "" {
		t.Errorf("remembered %q, to which nothing was written", got)
	}
	o.fail, o.handed = nil, full().handed
	uitest.TapButton(t, d.screen, "Giao")
	if got := fyne.CurrentApp().Preferences().String("exchange.folder"); got != "/E" || contains(d.words(), "USB đã rút ra.") {
		t.Errorf("remembered %q; shown:\n%s", got, d.words())
	}
}

func TestTheButtonRestsWhileItIsWritten(t *testing.T) {
	var held uitest.Held
	o := full()
	d := openWith(t, held.Runner(), o)
	held.ReleaseAll()
	uitest.TapButton(t, d.screen, "Giao")
	uitest.TapButton(t, d.screen, "Giao")
	uitest.TapButton(t, d.screen, "Thư điện tử")
	held.ReleaseAll()
	if len(o.gave) != 1 || len(o.mails) != 0 {
		t.Errorf("handed over %d times, %d mails", len(o.gave), len(o.mails))
	}
	uitest.TapButton(t, d.screen, "Thư điện tử")
	held.ReleaseAll()
	d.has(t, d.words(), "Đã ghi thư nháp SPB_24340_00012.eml. Mở thư, ghi địa chỉ người nhận")
}

func TestOnlyWhatWasAcceptedIsGreen(t *testing.T) {
	o := full()
	for i, term := range record.HandOverStates {
		o.sent = append(o.sent, record.Sent{ID: fmt.Sprint("x", i), State: record.HandOverState(term.Code)})
	}
	o.sent = append(o.sent, record.Sent{ID: "m", Kind: "log", Device: "c3d4", State: record.StateAccepted},
		record.Sent{ID: "r", Kind: "roster", Unit: "office-public", UnitName: "office-public", State: record.StateHanded})
	d := open(t, o)
	table := uitest.Find[*kit.Table](t, d.screen)
	for i, f := range o.sent {
		row, _ := table.Row(i)
		for _, m := range row.Marks {
			if m == kit.Fine && f.State != record.StateAccepted {
				t.Errorf("%s is green", f.State)
			}
		}
		if fine := row.Marks[5] == kit.Fine; fine != (f.State == record.StateAccepted) {
			t.Errorf("%s: green %v", f.State, fine)
		}
	}
	if strings.Contains(d.words(), "office-public") {
		t.Error("a code of the program is shown to people")
	}
	d.has(t, d.words(), "Mọi đơn vị", "5/5 Máy kia đã ghi nhận", "3/5 Đã giao", "Cấp trên giữ chờ", "Cấp trên chờ gói số 3.", "5/5 Cấp trên đã ghi", "Máy khác của cơ quan", "Sở Nội vụ, ảnh và tệp")
}

func TestARowTellsItsWayAndIsHandedOverAgain(t *testing.T) {
	o := full()
	d := open(t, o)
	table := uitest.Find[*kit.Table](t, d.screen)
	table.Focus()
	d.Press(fyne.KeyDown, fyne.KeyReturn)
	d.has(t, d.over(), "Gói số 4: Cấp trên giữ chờ", "Cấp trên chờ gói số 3.", "Đã ghi ở: E:/", "Đã đến nơi, 01/03/2026", "Đã đóng gói, 10/02/2026", "Đã giao", "chưa ai xác nhận đã nhận")
	if contains(d.over(), "Cấp trên đã ghi nhận, ") {
		t.Error("a day is said of what was not reached")
	}
	uitest.TapButton(t, uitest.Overlay(d.window), "Giao lại")
	if diff := cmp.Diff([]string{"4 /USB"}, o.again); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if uitest.Overlay(d.window) != nil {
		t.Error("the sheet stays")
	}
	d.has(t, d.words(), "có thể rút USB")
}

func TestWhatWasTakenInIsSaidFileByFile(t *testing.T) {
	o := full()
	o.taken = record.TakenIn{
		Files: []record.Taken{
			{File: "E:/SPB_1.sopb.zip", State: record.TakenApplied, Words: record.Words{VI: "Đã ghi 5 thay đổi của máy Bàn 2."}},
			{File: "E:/SPB_2.sopb.zip", State: record.TakenRefused, Words: record.Words{VI: "Tệp hỏng, sổ không đổi. Xin chép lại."}},
		}, Ignored: 8, Applied: 1, Refused: 1, Commits: 5, Stopped: record.Words{VI: "USB bị rút giữa chừng."},
	}
	d := open(t, o)
	uitest.TapButton(t, d.screen, "Nhận")
	d.has(t, d.words(), "Hãy chọn thư mục có tệp nhận về")
	d.Type("E:/")
	d.Press(fyne.KeyReturn)
	d.has(t, d.over(), "Đã nhận 1 tệp, 5 thay đổi mới, 1 tệp bị từ chối", "SPB_1.sopb.zip: Đã ghi 5 thay đổi", "SPB_2.sopb.zip: Tệp hỏng", "Bỏ qua 8 tệp", "USB bị rút giữa chừng.")
	d.Press(fyne.KeyReturn)
	d.has(t, d.words(), "Đã nhận 1 tệp, 5 thay đổi mới, 1 tệp bị từ chối.")
	uitest.TapButton(t, d.screen, "Xem từng tệp")
	d.has(t, d.over(), "SPB_2.sopb.zip: Tệp hỏng")
	kit.CloseDialogs(d.window.Canvas())
	d.screen.Dropped([]string{"C:/a.zip", "C:/b.zip"})
	if diff := cmp.Diff([][]string{{"E:/"}, {"C:/a.zip", "C:/b.zip"}}, o.took); diff != "" {
		t.Errorf("taken in (-want +got):\n%s", diff)
	}
}

func TestTakingInThatFailsOrIsStopped(t *testing.T) {
	o := full()
	d := open(t, o)
	o.takeFail = record.Refuse(record.ErrPlace, "Không đọc được USB.", "The stick cannot be read.")
	d.screen.Dropped([]string{"E:/"})
	d.has(t, d.words(), "Không đọc được USB.")
	o.takeFail = context.Canceled
	d.screen.Dropped([]string{"E:/"})
	d.has(t, d.words(), "Đã dừng; những tệp nhận xong trước đó vẫn giữ (0).")
	o.taken = record.TakenIn{Files: []record.Taken{{File: "E:/SPB_1.sopb.zip", State: record.TakenApplied, Words: record.Words{VI: "Đã ghi 5 thay đổi."}}}, Applied: 1}
	d.screen.Dropped([]string{"E:/"})
	d.has(t, d.words(), "vẫn giữ (1).")
	uitest.TapButton(t, d.screen, "Xem từng tệp")
	d.has(t, d.over(), "SPB_1.sopb.zip: Đã ghi 5 thay đổi.")
	kit.CloseDialogs(d.window.Canvas())
	o.takeFail, o.taken = nil, record.TakenIn{}
	d.screen.Dropped([]string{"E:/"})
	d.has(t, d.words(), "Không có tệp nào của chương trình ở đó.")
}

func TestTheTabsOfARole(t *testing.T) {
	o := full()
	d := open(t, o)
	if diff := cmp.Diff([]string{exchange.TabHandOver, exchange.TabDifferences, exchange.TabMachines}, d.screen.Tabs(record.RoleOffice)); diff != "" {
		t.Errorf("of an office (-want +got):\n%s", diff)
	}
	d.has(t, d.words(), "Giao và nhận", "Khác nhau 2", "Máy và khóa")
	for _, want := range []string{"khac-nhau", "may-va-khoa", "trao-doi"} {
		d.screen.NextPart(1)
		if d.screen.HelpPage() != want {
			t.Errorf("help %q, want %q", d.screen.HelpPage(), want)
		}
	}
	grid := kit.Line("Lưới đơn vị")
	d.screen.Put(exchange.Tab{Key: exchange.TabUnits, Label: "Các đơn vị", Page: grid, Reload: func(record.Exchange) { grid.SetText("Lưới đã đọc") }, Panes: func() []kit.Pane { return nil }})
	o.state.Role = record.RoleProvince
	d.screen.Reload()
	if diff := cmp.Diff([]string{exchange.TabUnits, exchange.TabDifferences}, d.screen.Tabs(record.RoleProvince)); diff != "" {
		t.Errorf("of a province (-want +got):\n%s", diff)
	}
	d.has(t, d.words(), "Các đơn vị", "Lưới đã đọc")
	if contains(d.words(), "Giao và nhận") {
		t.Errorf("a province has the tab of an office:\n%s", d.words())
	}
}
