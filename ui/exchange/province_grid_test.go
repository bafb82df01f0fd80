package exchange_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/exchange"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
	"sophobien/ui/uitest"
)

func grid(t *testing.T, p *province) (*exchange.Grid, *stage) {
	t.Helper()
	s := newStage(t, uitest.AtOnce())
	g := exchange.NewGrid(s.desk, p)
	s.show(g)
	return g, s
}

func matrix(t *testing.T, g *exchange.Grid) *kit.Matrix {
	t.Helper()
	return uitest.Find[*kit.Matrix](t, g)
}

func TestTheGridSaysItsTotalsAndBeginsAtTheMonthJustEnded(t *testing.T) {
	g, s := grid(t, newProvince())
	s.wants(t, "96 đơn vị · 81 đúng hạn tháng 10/2026 · 9 muộn · 5 chưa nhận · 1 tệp hỏng · 12 báo cáo năm",
		"Chưa nhận 5", "Nộp muộn 9", "Có cảnh báo 2", "Xã Bờ Y · tháng 10/2026: đúng hạn, nhận 04/11/2026",
		"M: muộn", "C: chưa nhận", "H: tệp hỏng", "K: đúng hạn, không phát sinh")
	if row, column := matrix(t, g).Cursor(); row != 0 || column != 9 {
		t.Errorf("at %d, %d; want the first unit and October", row, column)
	}
}

func TestTypingInTheGridFindsAUnitByBareLetters(t *testing.T) {
	g, s := grid(t, newProvince())
	matrix(t, g).Focus()
	s.keys.Type("tu mo ro")
	s.wants(t, "Xã Tu Mơ Rông")
	s.lacks(t, "Xã Bờ Y")
	s.keys.Press(fyne.KeyEnter, fyne.KeyEnter)
	s.wants(t, "Lời nhắn soạn sẵn", "Mã 23154")
	s.keys.Press(fyne.KeyEscape)
	s.lacks(t, "Lời nhắn soạn sẵn")
}

func TestFiltersGoTogetherAndStay(t *testing.T) {
	p := newProvince()
	g, s := grid(t, p)
	uitest.TapButton(t, g, "Chưa nhận  5")
	if got := strings.Count(matrix(t, g).Copied(), "\n"); got != 5 {
		t.Errorf("%d units are left, want 5", got)
	}
	again := exchange.NewGrid(s.desk, p)
	s.show(again)
	if got := strings.Count(matrix(t, again).Copied(), "\n"); got != 5 {
		t.Errorf("%d units are left the next time, want 5", got)
	}
	uitest.TapButton(t, again, "Có cảnh báo  0")
	s.wants(t, "Không có đơn vị nào như vậy.")
	uitest.TapButton(t, again, "Hiện tất cả")
	if got := strings.Count(matrix(t, again).Copied(), "\n"); got != 96 {
		t.Errorf("%d units without filters, want 96", got)
	}
}

func TestUnitsWithMostMissingComeFirstWhenAsked(t *testing.T) {
	g, s := grid(t, newProvince())
	g.Order("missing")
	lines := strings.Split(matrix(t, g).Copied(), "\n")
	if !strings.Contains(lines[1], "chưa nhận\tchưa nhận") {
		t.Errorf("the first unit is %q", lines[1])
	}
	if again := exchange.NewGrid(s.desk, newProvince()); uitest.Find[*kit.Matrix](t, again) != nil {
		s.show(again)
		if got := strings.Split(matrix(t, again).Copied(), "\n")[1]; got != lines[1] {
			t.Errorf("the next time the first is %q", got)
		}
	}
}

// at goes to a unit by typing.
func at(t *testing.T, g *exchange.Grid, s *stage, name string) {
	t.Helper()
	uitest.Find[*kit.KeyEntry](t, g).SetText(name)
	matrix(t, g).MoveTo(0, 9)
	matrix(t, g).Focus()
	s.keys.Press(fyne.KeyReturn)
}

func TestTheMessageOfAUnitIsCopied(t *testing.T) {
	g, s := grid(t, newProvince())
	at(t, g, s, "23140")
	s.wants(t, "Tệp tháng 10 đến không nguyên vẹn", "Tháng 10/2026: tệp hỏng", "Chưa có tệp nào của tháng này.")
	uitest.TapButton(t, g, "Chép lời nhắn")
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.HasPrefix(got, "Kính gửi UBND xã Măng Bút,") {
		t.Errorf("copied %q", got)
	}
	if !strings.Contains(s.said, "xã Măng Bút") {
		t.Errorf("said %q", s.said)
	}
}

func TestAReportIsAccepted(t *testing.T) {
	p := newProvince()
	g, s := grid(t, p)
	at(t, g, s, "23000")
	s.wants(t, "Chờ xem", "Bản 1 · ký ngày 18/11/2026 · nhận 20/11/2026")
	uitest.TapButton(t, g, "Tiếp nhận")
	if got, want := p.last("DecideReport"), "DecideReport "+id(1000).String()+" accepted"; got != want {
		t.Errorf("asked %q, want %q", got, want)
	}
	s.wants(t, "Đã tiếp nhận", "Trả lại…")
	s.lacks(t, "Tiếp nhận Trả lại…")
}

// What is pushed twice must not accept the report of the next unit, unread.
func TestADecidedReportStaysInSightUnderItsFilter(t *testing.T) {
	p := newProvince()
	g, s := grid(t, p)
	uitest.TapButton(t, g, "Báo cáo chờ xem  6")
	matrix(t, g).Focus()
	s.keys.Press(fyne.KeyReturn)
	uitest.TapButton(t, g, "Tiếp nhận")
	s.wants(t, "Mã 23000", "Báo cáo chờ xem 6")
	if got := strings.Count(strings.Join(p.calls, "\n"), "DecideReport"); got != 1 {
		t.Errorf("decided %d times", got)
	}
	uitest.TapButton(t, g, "Báo cáo chờ xem  6")
	s.wants(t, "Báo cáo chờ xem 5")
}

func TestADecidedReportWaitsNoMore(t *testing.T) {
	g, s := grid(t, newProvince())
	at(t, g, s, "23000")
	s.wants(t, "Báo cáo chờ xem 1")
	uitest.TapButton(t, g, "Tiếp nhận")
	s.wants(t, "Báo cáo chờ xem 0")
}

func TestAReportIsReturnedWithAReasonOnly(t *testing.T) {
	p := newProvince()
	g, s := grid(t, p)
	at(t, g, s, "23000")
	uitest.TapButton(t, g, "Trả lại…")
	sheet := func() fyne.CanvasObject { return uitest.Overlay(s.w) }
	uitest.TapButton(t, sheet(), "Trả lại")
	s.wants(t, "Hãy ghi lý do để đơn vị biết phải sửa gì.")
	if got := p.last("DecideReport"); got != "" {
		t.Fatalf("without a reason it was sent: %q", got)
	}
	s.keys.UniKey("Bảng 2 thiếu số doanh nghiệp")
	p.fail["DecideReport"] = record.Refuse(record.ErrSpace, "Hết chỗ trên đĩa.", "No room.")
	uitest.TapButton(t, sheet(), "Trả lại")
	s.wants(t, "Hết chỗ trên đĩa.", "Bảng 2 thiếu số doanh nghiệp")
	p.fail = nil
	uitest.TapButton(t, sheet(), "Trả lại")
	if sheet() != nil {
		t.Error("the sheet stays after all went well")
	}
	if got := p.last("DecideReport"); !strings.HasSuffix(got, "returned Bảng 2 thiếu số doanh nghiệp") {
		t.Errorf("asked %q", got)
	}
	s.wants(t, "Lý do trả lại: Bảng 2 thiếu số doanh nghiệp")
}

// page is where a report is read: it notes whose.
type page struct {
	widget.BaseWidget
	read  []record.ID
	table *kit.Table
	fail  error
}

func newPage() *page {
	p := &page{table: kit.NewTable(kit.Column{Heading: "Chỉ tiêu"})}
	p.table.SetRows([][]string{{"Số cuộc"}})
	p.ExtendBaseWidget(p)
	return p
}

func (p *page) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.table) }
func (p *page) Read(_ string, id record.ID)         { p.read = append(p.read, id) }
func (p *page) Fail(err error)                      { p.fail = err }
func (p *page) Panes() []kit.Pane                   { return []kit.Pane{{Object: p.table}} }

// TestAReportIsReadInThePlaceOfTheGrid: Enter on it, the province's word, and back to where
// one was.
func TestAReportIsReadInThePlaceOfTheGrid(t *testing.T) {
	p, read := newProvince(), newPage()
	s := newStage(t, uitest.AtOnce())
	g := exchange.NewGrid(s.desk, p)
	s.show(g)
	g.ReadOn(read) // it may be drawn by then
	at(t, g, s, "23000")
	s.keys.Press(fyne.KeyEnd, fyne.KeyReturn)
	if len(read.read) != 1 || read.read[0] != id(1000) {
		t.Fatalf("opened %v", read.read)
	}
	s.wants(t, "Số cuộc")
	if read.Size().Width < 500 {
		t.Errorf("the report has %v", read.Size())
	}
	s.lacks(t, "đúng hạn tháng 10/2026")
	if s.w.Canvas().Focused() != read.table.FocusTarget() {
		t.Errorf("the keyboard is in %T", s.w.Canvas().Focused())
	}
	p.fail["DecideReport"] = record.Refuse(record.ErrBusy, "Sổ đang bận.", "Busy.")
	g.AcceptReport()
	if read.fail == nil {
		t.Error("the page does not hear that it failed")
	}
	p.fail = map[string]error{}
	g.AcceptReport()
	if got := p.last("DecideReport"); !strings.HasSuffix(got, id(1000).String()+" accepted") || read.fail != nil || len(read.read) != 2 {
		t.Errorf("asked %q, read %d times", got, len(read.read))
	}
	g.ReturnReport()
	s.keys.Type("Bảng 2")
	uitest.TapButton(t, uitest.Overlay(s.w), "Trả lại")
	if got := p.last("DecideReport"); !strings.HasSuffix(got, "returned Bảng 2") {
		t.Errorf("asked %q", got)
	}
	g.CloseReport()
	s.wants(t, "đúng hạn tháng 10/2026")
	if s.w.Canvas().Focused() != uitest.Find[*kit.Matrix](t, g).FocusTarget() {
		t.Errorf("back, the keyboard is in %T", s.w.Canvas().Focused())
	}
}

func TestAReportOpensFromTheUnitsSide(t *testing.T) {
	p, read := newProvince(), newPage()
	s := newStage(t, uitest.AtOnce())
	g := exchange.NewGrid(s.desk, p)
	g.ReadOn(read)
	s.show(g)
	at(t, g, s, "23000")
	uitest.TapButton(t, g, "Xem báo cáo")
	if len(read.read) != 1 || read.read[0] != id(1000) {
		t.Errorf("opened %v", read.read)
	}
}

func TestAFailureIsSaidAndTheGridStays(t *testing.T) {
	p := newProvince()
	g, s := grid(t, p)
	p.fail["UnitGrid"] = record.Refuse(record.ErrPlace, "Sổ đang ở máy khác.", "Elsewhere.")
	g.Reload()
	s.wants(t, "Sổ đang ở máy khác.", "Xã Bờ Y")
}

func TestTheAnswerOfAYearLeftBehindIsDropped(t *testing.T) {
	var held uitest.Held
	s := newStage(t, held.Runner())
	g := exchange.NewGrid(s.desk, newProvince())
	s.show(g)
	g.ChooseYear(2025)
	held.ReleaseReversed()
	s.wants(t, "tháng 10/2025")
}

func TestTheGridIsReadInOrderByTab(t *testing.T) {
	g, s := grid(t, newProvince())
	at(t, g, s, "23000")
	for _, wrong := range uitest.TabsBack(g, nil) {
		t.Error(wrong)
	}
	if len(g.Panes()) != 4 || g.Panes()[3].First() == nil {
		t.Error("F6 must come to the unit beside the grid")
	}
}

// On a small screen with all months of a year and a unit beside them, nothing has to be
// moved sideways; with large text it can be.
func TestAllMonthsAreInSightOnASmallScreen(t *testing.T) {
	for _, scale := range []float32{1, 1.5} {
		s := newStage(t, uitest.AtOnce())
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, scale))
		g := exchange.NewGrid(s.desk, newProvince())
		s.show(g)
		at(t, g, s, "23000")
		if got := g.MinSize(); got.Width > 1166 || got.Height > 668 {
			t.Errorf("scale %v: it asks for %v", scale, got)
		}
		m := matrix(t, g)
		m.MoveTo(0, 12)
		if words := uitest.Line(t, g, "Chờ xem"); uitest.Right(words) > uitest.Right(m)+1 {
			t.Errorf("scale %v: the report ends at %v, the grid at %v", scale, uitest.Right(words), uitest.Right(m))
		}
		if scale == 1 && m.Scrolled().X != 0 {
			t.Errorf("the grid had to be moved by %v to show the report", m.Scrolled().X)
		}
	}
}
