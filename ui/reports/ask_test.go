package reports_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/reports"
	"sophobien/ui/uitest"
)

// Inquire answers every question with two months, or with two kinds.
func (o *office) Inquire(_ context.Context, q record.Inquiry) (record.Reply, error) {
	o.asked = append(o.asked, q)
	part := func(code, name string, value int64, ids ...record.ID) record.ReplyPart {
		return record.ReplyPart{Figure: record.Figure{Code: q.Measure, Value: value, Records: ids}, Part: code, Name: record.Words{VI: name}}
	}
	r := record.Reply{Inquiry: q, Whole: record.Figure{Value: 1234, Records: []record.ID{village, factory}}, Words: record.Words{VI: "1.234 " + record.MeasureOf(q.Measure).Unit.VI + "."}}
	r.Parts = []record.ReplyPart{part("2026-06", "Tháng 6/2026", 60, factory), part("2026-12", "Tháng 12/2026", 0)}
	if q.Split != "month" {
		r.Parts, r.Overlaps = []record.ReplyPart{part("training", "Tập huấn", 1174, village), part("direct", "Trực tiếp", 60, factory)}, true
	}
	return r, o.fail
}

func (o *office) WriteReply(_ context.Context, q record.Inquiry, path string) error {
	o.written = append(o.written, q.Measure+" "+path)
	return o.fail
}

func (o *office) Topics() []record.Term {
	return []record.Term{{Code: "LD07", Words: record.Words{VI: "Tiền lương"}}}
}

func (o *office) FindUnits(_ context.Context, query string, _ int) ([]record.UnitChoice, error) {
	return []record.UnitChoice{{ID: factory, Name: "Nhà máy " + query}}, nil
}

func (o *office) ParseDate(text string) (record.Date, error) {
	return uitest.NewOffice().ParseDate(text)
}

func (o *office) last() record.Inquiry { return o.asked[len(o.asked)-1] }

func asking(t *testing.T) (*reports.Screen, *office, *uitest.Keyboard) {
	t.Helper()
	o := &office{}
	s, w, _ := screen(t, uitest.AtOnce(), o)
	s.Reload()
	uitest.TapButton(t, s, "Hỏi nhanh")
	return s, o, uitest.NewKeyboard(w)
}

func TestAQuickQuestionIsTwoClicks(t *testing.T) {
	s, o, _ := asking(t)
	if shown := uitest.Words(s); !strings.Contains(shown, "1.234 lượt người.") || !strings.Contains(shown, "Tháng 6/2026") {
		t.Errorf("there is no answer yet:\n%s", shown)
	}
	uitest.TapButton(t, s, "Nữ")
	want := record.Inquiry{Measure: "women", Split: "month", Period: record.Period{From: "2025-12-01", To: "2026-11-30"}, Only: map[string]string{}}
	if diff := cmp.Diff(want, o.last()); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	shown := uitest.Words(s)
	for _, want := range []string{"1.234 lượt phụ nữ.", "4,9 %", "hoạt động phối hợp tính một lần", "Nữ theo tháng", "Tất cả: 1.234"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not shown in:\n%s", want, shown)
		}
	}
	if strings.Contains(shown, "Báo cáo Word") {
		t.Error("the buttons of the report stand beside those of the question")
	}
}

func TestARowOfTheAnswerOpensItsRecords(t *testing.T) {
	s, _, _ := asking(t)
	s.Question().OpenPart(0)
	if diff := cmp.Diff([][]string{{"09/05/2026", "Phổ biến ở nhà máy", "60"}}, s.Behind()); diff != "" {
		t.Errorf("behind the part (-want +got):\n%s", diff)
	}
	var opened record.Ref
	s.OnOpenRow = func(ref record.Ref) { opened = ref }
	s.OpenRecord(0)
	if opened.ID != factory {
		t.Errorf("opened %v", opened)
	}
}

// choose takes an option from the box that has it.
func choose(t *testing.T, s *reports.Screen, option string) {
	t.Helper()
	found := false
	uitest.Each(s, func(b *kit.Select) {
		if slices.Contains(b.Options, option) {
			b.SetSelected(option)
			found = true
		}
	})
	if !found {
		t.Errorf("nothing offers %q", option)
	}
}

func TestDaysOfAQuestion(t *testing.T) {
	s, o, keys := asking(t)
	for span, want := range map[string]record.Period{
		"Tháng này": {From: "2026-11-01", To: "2026-11-30"}, "Quý này": {From: "2026-10-01", To: "2026-12-31"},
		"Năm nay": {From: "2026-01-01", To: "2026-12-31"}, "Từ đầu năm": {From: "2026-01-01", To: "2026-11-23"},
	} {
		choose(t, s, span)
		if got := o.last().Period; got != want {
			t.Errorf("%s: %v", span, got)
		}
	}
	choose(t, s, "Từ đầu năm")
	first := uitest.Find[*kit.DateEntry](t, s)
	fyne.CurrentApp().Driver().CanvasForObject(s).Focus(first.FocusTarget())
	keys.Ctrl(fyne.KeyA)
	before := len(o.asked)
	keys.Type("01/06/2026")
	if got := o.last().Period; got != (record.Period{From: "2026-06-01", To: "2026-11-23"}) || len(o.asked) != before+1 {
		t.Errorf("asked %d times for %v", len(o.asked)-before, got)
	}
}

// TestANarrowingTheRegisterDoesNotKnowIsLeft: women are not known by audience.
func TestANarrowingTheRegisterDoesNotKnowIsLeft(t *testing.T) {
	s, o, _ := asking(t)
	s.Question().Split("audience")
	s.Question().Narrow("audience", "worker")
	s.Question().Narrow("topic", "LD07")
	if got := o.last(); got.Split != "audience" || len(got.Only) != 2 {
		t.Errorf("asked %+v", got)
	}
	uitest.TapButton(t, s, "Nữ")
	got := o.last()
	if diff := cmp.Diff(map[string]string{"topic": "LD07"}, got.Only); diff != "" || got.Split != "month" || got.Validate() != nil {
		t.Errorf("asked %+v", got)
	}
}

func TestTheAnswerGoesOutAsAWorkbook(t *testing.T) {
	s, o, _ := asking(t)
	s.Question().Split("kind")
	if shown := uitest.Words(s); !strings.Contains(shown, "Một mục có thể thuộc nhiều dòng") {
		t.Errorf("that the rows overlap is not said:\n%s", shown)
	} else if !strings.Contains(shown, "tổng 1.234 lượt người") { // and not the sum of the bars
		t.Errorf("the picture says another total:\n%s", shown)
	}
	uitest.TapButton(t, s, "Xuất Excel")
	uitest.TapButton(t, fyne.CurrentApp().Driver().CanvasForObject(s).Overlays().Top(), "Xuất")
	if diff := cmp.Diff([]string{"people " + filepath.Join("thư mục", "của tôi", "Hoi-nhanh-people-kind.xlsx")}, o.written); diff != "" {
		t.Errorf("written (-want +got):\n%s", diff)
	}
}
