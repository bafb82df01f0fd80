package reports_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/reports"
	"sophobien/ui/uitest"
)

var village, factory = record.ID{1}, record.ID{2}

// office answers with one figure for 2026 and writes workbooks into a list.
type office struct {
	reports   []record.Report
	drafts    map[string][]byte
	templates []string
	written   []string
	fail      error
	asked     []record.Inquiry
	verdict   record.Verdict
	noFigures error // of a report that came without its files
}

func (o *office) PartOfYear(_ context.Context, year int, _, part string) (record.FigurePeriod, error) {
	from, _ := record.NewDate(year-1, 12, 1)
	to, _ := record.NewDate(year, 11, 30)
	if part == "q1" {
		to, _ = record.NewDate(year, 2, 28)
	}
	return record.FigurePeriod{From: from, To: to, Rule: "plan", Year: year, Part: part}, o.fail
}

func (o *office) Between(from, to record.Date) (record.FigurePeriod, error) {
	if from > to {
		return record.FigurePeriod{}, record.Refuse(record.ErrInvalid, "Ngày đầu sau ngày cuối.", "The first day is after the last.")
	}
	return record.FigurePeriod{From: from, To: to, Rule: "adhoc"}, o.fail
}

func (o *office) Preflight(context.Context, record.FigurePeriod) ([]record.Concern, error) {
	return []record.Concern{
		{Kind: "people", Ref: record.Ref{Noun: "activity", ID: village}, Words: record.Words{VI: "Phổ biến ở thôn: chưa ghi ai tham dự"}},
		{Kind: "far", Figure: "I5", Words: record.Words{VI: "Lượt người: 1.234, năm trước 40"}},
	}, nil
}

func (o *office) Standing(_ context.Context, p record.FigurePeriod) (record.PeriodStanding, error) {
	targets := []record.TargetOutlook{{
		Target: record.Target{Code: "c", Name: record.Words{VI: "Đơn vị có ít nhất 02 cuộc"}, Short: record.Words{VI: "Đơn vị đủ 2 cuộc"}, Threshold: 90, Full: 100},
		Now:    record.TargetFigure{Code: "c", Numerator: 2, Denominator: 3, Missing: []record.ID{factory}}, Needed: 1, Words: record.Words{VI: "Còn thiếu 1 đơn vị."},
	}}
	before := &record.Figures{Indicators: []record.Figure{{Code: "I5", Value: 987}}}
	due := record.Deadline{On: "2026-12-04", Days: 11, WorkDays: 10, LastWork: "2026-12-04"}
	return record.PeriodStanding{Targets: targets, Before: before, Report: due, Figures: record.Figures{Period: p, Indicators: []record.Figure{
		{Code: "I1", Value: int64(p.To.Year())},
		{Code: "I5", Value: 1234, Records: []record.ID{village, factory}},
		{Code: "I5", Split: map[string]string{"audience": "worker"}, Value: 60, Records: []record.ID{factory}},
	}}}, nil
}

func (o *office) Behind(_ context.Context, ids []record.ID) ([]record.Behind, error) {
	var out []record.Behind
	for _, id := range ids {
		b := record.Behind{Ref: record.Ref{Noun: "activity", ID: id}, Title: "Phổ biến ở thôn", Day: "2026-03-05", People: 1174}
		if id == factory {
			b.Title, b.Day, b.People = "Phổ biến ở nhà máy", "2026-05-09", 60
		}
		out = append(out, b)
	}
	return out, nil
}

func (o *office) WriteWorkbook(_ context.Context, _ record.FigurePeriod, path string) error {
	if o.fail != nil {
		return o.fail
	}
	o.written = append(o.written, path)
	return nil
}

func (o *office) WriteNarrative(ctx context.Context, p record.FigurePeriod, path string) error {
	return o.WriteWorkbook(ctx, p, path)
}

// words name a figure by its codes.
type words struct{}

func (words) Name(code string) record.Words                         { return record.Words{VI: "chỉ tiêu " + code} }
func (words) Part(dim, part string) record.Words                    { return record.Words{VI: dim + " " + part} }
func (words) Whole(f record.Figure, _ record.Figures) (int64, bool) { return 2468, len(f.Split) == 0 }
func (words) Unit(record.Figure) record.Words                       { return record.Words{VI: "lượt"} }

func screen(t *testing.T, r *kit.Runner, o *office) (*reports.Screen, fyne.Window, *string) {
	t.Helper()
	uitest.App(t)
	w := uitest.Window(t, kit.Line(""))
	said := new(string)
	s := reports.New(kit.Desk{
		Runner: r, Window: w, Now: func() time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) },
		Say: func(words string, _ func()) { *said = words }, Restate: func() {},
	}, o, words{})
	s.DefaultFolder = filepath.Join("thư mục", "của tôi")
	w.SetContent(s)
	return s, w, said
}

func TestFiguresStandWithTheirUnits(t *testing.T) {
	s, _, _ := screen(t, uitest.AtOnce(), &office{})
	s.Reload()
	shown := uitest.Words(s)
	for _, want := range []string{"01/12/2025 – 30/11/2026", "chỉ tiêu I5", "1.234", "lượt", "audience worker", "Từ ngày sau kỳ trước đến 30/11"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not shown in:\n%s", want, shown)
		}
	}
}

func TestFiguresStandBesideThoseBefore(t *testing.T) {
	s, _, _ := screen(t, uitest.AtOnce(), &office{})
	s.Reload()
	shown := uitest.Words(s)
	for _, want := range []string{"Năm trước", "987", "Từ 2024", "–", "50,0 %", "gửi báo cáo chậm nhất Thứ Sáu 04/12/2026 · còn 11 ngày, 10 ngày làm việc"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not shown in:\n%s", want, shown)
		}
	}
}

func TestAFigureListsItsActivities(t *testing.T) {
	s, _, _ := screen(t, uitest.AtOnce(), &office{})
	s.Reload()
	s.OpenFigure(2)
	if diff := cmp.Diff([][]string{{"09/05/2026", "Phổ biến ở nhà máy", "60"}}, s.Behind()); diff != "" {
		t.Errorf("behind the figure (-want +got):\n%s", diff)
	}
	var opened record.Ref
	s.OnOpenRow = func(ref record.Ref) { opened = ref }
	s.OpenRecord(0)
	if opened.ID != factory || opened.Noun != "activity" {
		t.Errorf("opened %v", opened)
	}
}

func TestTheYearAskedLastIsShown(t *testing.T) {
	var held uitest.Held
	s, _, _ := screen(t, held.Runner(), &office{})
	s.ChooseYear(2024)
	s.ChooseYear(2025)
	held.ReleaseReversed()
	if shown := uitest.Words(s); !strings.Contains(shown, "30/11/2025") || strings.Contains(shown, "30/11/2024") {
		t.Errorf("the answer for 2024 came late and must not be shown:\n%s", shown)
	}
}

func TestTheWorkbookGoesWhereAsked(t *testing.T) {
	o := &office{}
	s, w, said := screen(t, uitest.AtOnce(), o)
	s.Reload()
	uitest.TapButton(t, s, "Xuất sổ Excel")
	uitest.TapButton(t, uitest.Overlay(w), "Xuất")
	want := filepath.Join("thư mục", "của tôi", "Bao-cao-PBPL-2026.xlsx")
	if diff := cmp.Diff([]string{want}, o.written); diff != "" {
		t.Errorf("written (-want +got):\n%s", diff)
	}
	if uitest.Overlay(w) != nil || !strings.Contains(*said, want) {
		t.Errorf("the sheet must close and the path be said; said %q", *said)
	}
}

func TestTheReportIsWrittenAsADocument(t *testing.T) {
	o := &office{}
	s, w, said := screen(t, uitest.AtOnce(), o)
	s.Reload()
	s.ChoosePart("q1")
	uitest.TapButton(t, s, "Báo cáo Word")
	uitest.TapButton(t, uitest.Overlay(w), "Xuất")
	want := filepath.Join("thư mục", "của tôi", "Bao-cao-PBPL-2026-q1.docx")
	if diff := cmp.Diff([]string{want}, o.written); diff != "" || !strings.Contains(*said, want) {
		t.Errorf("written (-want +got):\n%s; said %q", diff, *said)
	}
}

func TestAFailedWorkbookKeepsTheSheetOpen(t *testing.T) {
	o := &office{}
	s, w, _ := screen(t, uitest.AtOnce(), o)
	s.Reload()
	uitest.TapButton(t, s, "Xuất sổ Excel")
	o.fail = record.Refuse(record.ErrPlace, "Tệp đang mở trong Excel.", "The file is open in Excel.")
	uitest.TapButton(t, uitest.Overlay(w), "Xuất")
	if shown := uitest.Words(uitest.Overlay(w)); !strings.Contains(shown, "Tệp đang mở trong Excel.") || !strings.Contains(shown, "Bao-cao-PBPL-2026.xlsx") {
		t.Errorf("what was typed and the reason must stay:\n%s", shown)
	}
}

func TestAnErrorIsASentence(t *testing.T) {
	s, _, _ := screen(t, uitest.AtOnce(), &office{fail: errors.New("disk I/O error 4874")})
	s.Reload()
	if shown := uitest.Words(s); strings.Contains(shown, "4874") || !strings.Contains(shown, "Có lỗi ngoài dự kiến") {
		t.Errorf("shown:\n%s", shown)
	}
}

func TestTargetsStandWithWhatIsMissing(t *testing.T) {
	s, _, _ := screen(t, uitest.AtOnce(), &office{})
	s.Reload()
	uitest.TapButton(t, s, "Mục tiêu")
	shown := uitest.Words(s)
	for _, want := range []string{"Đơn vị đủ 2 cuộc", "2 / 3", "66,7 %", "90–100 %", "Còn thiếu 1 đơn vị.", "Chưa đạt: Đơn vị có ít nhất 02 cuộc", "Phổ biến ở nhà máy"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not shown in:\n%s", want, shown)
		}
	}
}

func TestWhatWouldEmbarrassOpensItsRow(t *testing.T) {
	s, _, _ := screen(t, uitest.AtOnce(), &office{})
	s.Reload()
	uitest.TapButton(t, s, "Cần xem lại  2")
	if shown := uitest.Words(s); !strings.Contains(shown, "chưa ghi ai tham dự") || !strings.Contains(shown, "Hoạt động chưa có người tham dự") {
		t.Errorf("shown:\n%s", shown)
	}
	var opened record.Ref
	s.OnOpenRow = func(ref record.Ref) { opened = ref }
	s.OpenConcern(0)
	if opened.ID != village {
		t.Errorf("opened %v", opened)
	}
	s.OpenConcern(1) // a figure is shown with its rows
	if shown := uitest.Words(s); !strings.Contains(shown, "chỉ tiêu I5") || len(s.Behind()) != 2 {
		t.Errorf("behind: %v", s.Behind())
	}
}

func TestAPartOfTheYearIsShown(t *testing.T) {
	s, _, _ := screen(t, uitest.AtOnce(), &office{})
	s.Reload()
	s.ChoosePart("q1")
	if shown := uitest.Words(s); !strings.Contains(shown, "28/02/2026") {
		t.Errorf("shown:\n%s", shown)
	}
	for range 5 { // round and round, by key
		s.NextPart(1)
	}
	if got := len(s.Panes()); got != 2 {
		t.Errorf("%d panes of the targets", got)
	}
}

// TestAReportOfAnyDays is counted, written and signed under its own name.
func TestAReportOfAnyDays(t *testing.T) {
	o := &office{}
	s, w, said := screen(t, uitest.AtOnce(), o)
	w.Resize(fyne.NewSize(1366, 768))
	s.Reload()
	uitest.Each(s, func(box *kit.Select) {
		if slices.Contains(box.Options, "Khoảng ngày khác") {
			box.SetSelected("Khoảng ngày khác")
		}
	})
	k := uitest.NewKeyboard(w)
	days := func(from, to string) {
		for text, day := range map[string]string{"01/12/2025": from, "30/11/2026": to} {
			e := uitest.Entry(t, s, text)
			w.Canvas().Focus(e)
			k.Ctrl(fyne.KeyA)
			k.Type(day)
		}
		k.Press(fyne.KeyReturn)
	}
	days("01/06/2026", "15/08/2026")
	if shown := uitest.Words(s); !strings.Contains(shown, "Kỳ 01/06/2026 – 15/08/2026") || strings.Contains(shown, "2026\nCả năm") {
		t.Errorf("shown:\n%s", shown)
	}
	s.AskWhere()
	uitest.TapButton(t, uitest.Overlay(w), "Xuất")
	if len(o.written) != 1 || !strings.HasSuffix(o.written[0], "Bao-cao-PBPL-2026-06-01-2026-08-15.xlsx") {
		t.Errorf("%q, %s", o.written, *said)
	}
	uitest.TapButton(t, s, "Soạn và ký")
	if shown := uitest.Words(s); !strings.Contains(shown, "Báo cáo đột xuất 01/06/2026 – 15/08/2026 · bản 1") || strings.Contains(shown, "Ngày chốt số liệu") {
		t.Errorf("shown:\n%s", shown)
	}
	s.ChoosePart("")
	if shown := uitest.Words(s); !strings.Contains(shown, "01/12/2025 – 30/11/2026") {
		t.Errorf("the whole year is not back:\n%s", shown)
	}
}
