package reports_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/reports"
	"sophobien/ui/uitest"
)

// SignedReport is the one of a commune, in its second revision.
func (o *office) SignedReport(_ context.Context, id record.ID) (record.Report, error) {
	return record.Report{
		ID: id, Period: record.FigurePeriod{From: "2025-12-01", To: "2026-11-30", Rule: "plan", Year: 2026}, Revision: 2, Status: "signed",
		Number: "45", SignedOn: "2026-11-18", Signer: record.Signer{Name: "A Thái", Title: "Chủ tịch"}, Reason: "thiếu một cuộc",
		Changes: []string{"Số cuộc 23 → 24."}, Basis: "Kế hoạch 123", Difficulties: "Đường xa, ít báo cáo viên.", Proposals: "Bổ sung tờ rơi.",
	}, o.fail
}

func received(t *testing.T, r *kit.Runner, o *office) (*reports.Received, fyne.Window) {
	t.Helper()
	uitest.App(t)
	w := uitest.Window(t, kit.Line(""))
	page := reports.NewReceived(kit.Desk{
		Runner: r, Window: w, Now: func() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) },
		Say: func(string, func()) {}, Restate: func() {},
	}, o, words{})
	w.SetContent(page)
	w.Resize(fyne.NewSize(1166, 668))
	return page, w
}

// TestAUnitsReportReadsAsAReport: figures, what the unit says, its files, and the word on it.
func TestAUnitsReportReadsAsAReport(t *testing.T) {
	o, id := &office{}, record.ID{9}
	page, w := received(t, uitest.AtOnce(), o)
	page.Read("xã Đăk Hà", id)
	shown := uitest.Words(page)
	for _, want := range []string{
		"Báo cáo năm 2026 của xã Đăk Hà · bản 2", "Ký ngày 18/11/2026, người ký A Thái, chủ tịch", "số 45", "Chưa kết luận.", "chỉ tiêu I5", "777",
		"Phổ biến ở thôn", "Lý do lập lại: thiếu một cuộc", "Số cuộc 23 → 24.", "Kế hoạch 123", "Khó khăn, vướng mắc", "Đường xa, ít báo cáo viên.", "Bổ sung tờ rơi.",
	} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not in:\n%s", want, shown)
		}
	}
	var heard []string
	page.OnAccept = func() { heard = append(heard, "accept") }
	page.OnReturn = func() { heard = append(heard, "return") }
	page.OnBack = func() { heard = append(heard, "back") }
	for _, b := range []string{"Tiếp nhận", "Trả lại…", "Các đơn vị"} {
		uitest.TapButton(t, page, b)
	}
	if strings.Join(heard, " ") != "accept return back" {
		t.Errorf("heard %v", heard)
	}
	o.verdict = record.Verdict{ReportID: id, Status: "returned", Day: "2026-11-20", Reason: "Bảng 2 thiếu"}
	page.Read("xã Đăk Hà", id)
	if shown := uitest.Words(page); !strings.Contains(shown, "Đã trả lại ngày 20/11/2026: Bảng 2 thiếu.") || strings.Contains(shown, "Trả lại…") {
		t.Errorf("after the return:\n%s", shown)
	}
	uitest.TapButton(t, page, "Sổ Excel đã ký")
	if name := uitest.EntryUnder(t, uitest.Overlay(w), "Tên tệp").Text; name != "bao-cao-nam-2026-xa-dak-ha-ban-2.xlsx" {
		t.Errorf("the file is called %q", name)
	}
}

// TestAReportWhoseFiguresAreUnderWayStillReads: its words are here before its files.
func TestAReportWhoseFiguresAreUnderWayStillReads(t *testing.T) {
	o := &office{noFigures: record.Refuse(record.ErrNotFound, "Tệp chưa có ở đây.", "Not here.")}
	page, _ := received(t, uitest.AtOnce(), o)
	page.Read("xã Đăk Hà", record.ID{9})
	shown := uitest.Words(page)
	if !strings.Contains(shown, "Tệp số liệu đã ký chưa đến; biên nhận tới xin đơn vị gửi.") || !strings.Contains(shown, "Bổ sung tờ rơi.") || strings.Contains(shown, "Sổ Excel đã ký") {
		t.Errorf("shown:\n%s", shown)
	}
}

// TestTheReportLeftBehindIsDropped: two answers in reverse order.
func TestTheReportLeftBehindIsDropped(t *testing.T) {
	var held uitest.Held
	page, _ := received(t, held.Runner(), &office{})
	page.Read("xã Đăk Hà", record.ID{9})
	page.Read("xã Bờ Y", record.ID{8})
	held.ReleaseReversed()
	if shown := uitest.Words(page); !strings.Contains(shown, "của xã Bờ Y") || strings.Contains(shown, "Đăk Hà") {
		t.Errorf("shown:\n%s", shown)
	}
}
