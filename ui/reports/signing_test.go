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

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/reports"
	"sophobien/ui/uitest"
)

func (o *office) ReportFor(_ context.Context, p record.FigurePeriod) (record.Report, error) {
	for _, r := range slices.Backward(o.reports) {
		if r.Period.SameReport(p) {
			return r, o.fail
		}
	}
	return record.Report{Period: p, Revision: 1, Status: "draft"}, o.fail
}

func (o *office) SaveReport(_ context.Context, r record.Report) (record.Report, error) {
	if strings.Contains(r.Causes, "không lưu") {
		refusal := record.Refuse(record.ErrInvalid, "Không lưu được.", "It cannot be saved.")
		refusal.Field = "causes"
		return r, record.Problems{refusal}
	}
	if r.ID.IsZero() {
		r.ID = record.ID{byte(len(o.reports) + 1)}
	}
	i := slices.IndexFunc(o.reports, func(x record.Report) bool { return x.ID == r.ID })
	if i < 0 {
		o.reports = append(o.reports, r)
	} else {
		o.reports[i] = r
	}
	return r, o.fail
}

func (o *office) SignReport(ctx context.Context, r record.Report) (record.Report, error) {
	if r.SignedOn > "2026-11-23" {
		refusal := record.Refuse(record.ErrInvalid, "Ngày ký ở sau hôm nay.", "It is after today.")
		refusal.Field = "signed_on"
		return r, record.Problems{refusal}
	}
	r.Status, r.SignedOn, r.Signer = "signed", "2026-11-23", record.Signer{Title: "Trưởng phòng", Name: "Y Ngọc"}
	return o.SaveReport(ctx, r)
}

func (o *office) ReviseReport(ctx context.Context, id record.ID, reason string) (record.Report, error) {
	if strings.TrimSpace(reason) == "" {
		refusal := record.Refuse(record.ErrInvalid, "Chưa ghi lý do lập lại báo cáo.", "It is not said why.")
		refusal.Field = "reason"
		return record.Report{}, record.Problems{refusal}
	}
	next := o.reports[len(o.reports)-1]
	next.ID, next.Revision, next.Replaces, next.Status, next.Reason = record.ID{}, next.Revision+1, id, "draft", reason
	return o.SaveReport(ctx, next)
}

func (o *office) ReportChanges(context.Context, record.ID) ([]record.Words, error) {
	return []record.Words{{VI: "Lượt người (I5): 1.234 → 1.240 lượt."}}, o.fail
}

func (o *office) VerdictOf(_ context.Context, report record.ID) (record.Verdict, error) {
	if o.verdict.ReportID != report {
		return record.Verdict{}, o.fail
	}
	return o.verdict, o.fail
}

func (o *office) ChangedSince(context.Context, record.Report) ([]record.Words, error) {
	return []record.Words{{VI: "Sửa hoạt động “Phổ biến ở thôn”."}}, o.fail
}

func (o *office) SignedStanding(ctx context.Context, _ record.ID) (record.PeriodStanding, error) {
	return record.PeriodStanding{Figures: record.Figures{Indicators: []record.Figure{{Code: "I5", Value: 777, Records: []record.ID{village}}}}}, errors.Join(o.fail, o.noFigures)
}

func (o *office) SignedBehind(_ context.Context, _ record.ID, ids []record.ID) ([]record.Behind, error) {
	return []record.Behind{{Ref: record.Ref{Noun: "activity", ID: ids[0]}, Day: "2026-03-05", Title: "Phổ biến ở thôn", People: 777, Since: "changed"}}, o.fail
}

func (o *office) WriteReportFile(_ context.Context, _ record.ID, kind, path string) error {
	o.written = append(o.written, kind+" "+path)
	return o.fail
}

func (o *office) VerifyReport(_ context.Context, path string) (record.ReportCheck, error) {
	if filepath.Base(path) == "khac.xlsx" {
		return record.ReportCheck{}, record.Refuse(record.ErrInvalid, "Tệp không có phần chứng thực.", "No proof.")
	}
	c := record.ReportCheck{Office: "Phòng Văn hóa", Subject: "Kết quả năm 2026", Revision: 1, SignedOn: "2026-11-23", Known: true}
	if filepath.Base(path) == "sua.xlsx" {
		c.Faults = []record.ReportFault{{Figure: "CT_I5_total", Words: record.Words{VI: "I5 Lượt người"}, Signed: "1234", Found: "9999"}}
	}
	return c, nil
}

func (o *office) Templates(context.Context) ([]record.Template, error) {
	list := []record.Template{{Code: "ke-hoach", Name: record.Words{VI: "Báo cáo năm theo kế hoạch"}}}
	for _, path := range o.templates {
		list = append(list, record.Template{Code: path, Name: record.Words{VI: filepath.Base(path)}, Own: true})
	}
	return list, o.fail
}

func (o *office) SaveTemplate(_ context.Context, path string) (record.Template, error) {
	if filepath.Base(path) == "sai.xlsx" {
		return record.Template{}, record.Refuse(record.ErrInvalid, "Mẫu dùng tên “CT_I77” (trang “A”, ô B2) mà chương trình không biết.", "Unknown name.")
	}
	o.templates = append(o.templates, path)
	return record.Template{Code: path, Name: record.Words{VI: filepath.Base(path)}, Valid: record.Validity{From: "2025-12-01"}}, nil
}

func (o *office) Draft(_ context.Context, scope string) ([]byte, time.Time, error) {
	return o.drafts[scope], time.Date(2026, 11, 23, 7, 59, 0, 0, time.UTC), nil
}

func (o *office) SaveDraft(_ context.Context, scope string, text []byte) (time.Time, error) {
	if o.drafts == nil {
		o.drafts = map[string][]byte{}
	}
	o.drafts[scope] = text
	return time.Time{}, nil
}

func (o *office) DropDraft(_ context.Context, scope string) error {
	delete(o.drafts, scope)
	return nil
}

func (o *office) Drafts(context.Context, string) ([]record.Draft, error) { return nil, nil }

func writing(t *testing.T, o *office) (*reports.Screen, fyne.Window, *uitest.Keyboard, *string) {
	t.Helper()
	s, w, said := screen(t, uitest.AtOnce(), o)
	w.Resize(fyne.NewSize(1366, 768))
	s.Reload()
	uitest.TapButton(t, s, "Soạn và ký")
	return s, w, uitest.NewKeyboard(w), said
}

// TestAReportIsWrittenFieldByField: each is stored when it is left, and what was being
// typed is there after a kill.
func TestAReportIsWrittenFieldByField(t *testing.T) {
	o := &office{}
	s, w, k, _ := writing(t, o)
	w.Canvas().Focus(uitest.FieldUnder(t, s, "Khó khăn, vướng mắc"))
	k.Type("Đường xa.")
	if len(o.reports) > 0 || len(o.drafts) != 1 {
		t.Fatalf("while typing: %d reports, %d drafts", len(o.reports), len(o.drafts))
	}
	k.Press(fyne.KeyTab)
	if len(o.reports) != 1 || o.reports[0].Difficulties != "Đường xa." || len(o.drafts) != 0 {
		t.Fatalf("%+v, %d drafts", o.reports, len(o.drafts))
	}
	k.Type("đang gõ dở")
	again, _, _, _ := writing(t, o) // the program was killed
	if got := uitest.TextUnder(t, again, "Nguyên nhân"); got != "đang gõ dở" {
		t.Errorf("after a kill the field says %q", got)
	}
	if got := uitest.TextUnder(t, again, "Khó khăn, vướng mắc"); got != "Đường xa." {
		t.Errorf("what was stored is shown as %q", got)
	}
	if !strings.Contains(uitest.Words(again), "chưa lưu") {
		t.Error("nothing says that it is not saved")
	}
}

func TestAProblemStandsUnderItsField(t *testing.T) {
	o := &office{}
	s, w, k, _ := writing(t, o)
	w.Canvas().Focus(uitest.FieldUnder(t, s, "Nguyên nhân"))
	k.Type("không lưu")
	k.Press(fyne.KeyTab)
	if !strings.Contains(uitest.Words(s), "Không lưu được.") || len(o.drafts) != 1 {
		t.Errorf("%d drafts:\n%s", len(o.drafts), uitest.Words(s))
	}
	w.Canvas().Focus(uitest.FieldUnder(t, s, "Ngày ký"))
	k.Type("99/99")
	k.Press(fyne.KeyTab)
	if len(o.reports) > 0 {
		t.Error("a day that is none was stored")
	}
}

// TestSigningAsksOnceAndShowsWhatWasSigned.
func TestSigningAsksOnceAndShowsWhatWasSigned(t *testing.T) {
	o := &office{}
	s, w, _, said := writing(t, o)
	handed := false
	s.OnHandOver = func() { handed = true }
	uitest.TapButton(t, s, "Ký và chốt số liệu")
	sheet := uitest.Overlay(w)
	if !strings.Contains(uitest.Words(sheet), "Còn 2 điều ở “Cần xem lại”") {
		t.Errorf("the sheet says:\n%s", uitest.Words(sheet))
	}
	uitest.TapButton(t, sheet, "Ký và chốt")
	if len(o.reports) != 1 || !o.reports[0].Signed() || !strings.Contains(*said, "Đã ký và chốt") {
		t.Fatalf("%+v; %q", o.reports, *said)
	}
	shown := uitest.Words(s)
	for _, want := range []string{"bản 1 · đã ký", "23/11/2026", "Y Ngọc, trưởng phòng", "Từ khi ký đến nay", "Sửa hoạt động “Phổ biến ở thôn”."} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not shown in:\n%s", want, shown)
		}
	}
	if strings.Contains(shown, "Xuất sổ Excel") {
		t.Error("beside a signed report stand the files of today's figures")
	}
	uitest.TapButton(t, s, "Số liệu đã ký")
	shown = uitest.Words(s)
	for _, want := range []string{"777", "Số liệu như đã ký ngày 23/11/2026, bản 1.", "Đã sửa sau khi ký: Phổ biến"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not shown in:\n%s", want, shown)
		}
	}
	uitest.TapButton(t, s, "Xem số liệu hiện tại")
	if shown = uitest.Words(s); strings.Contains(shown, "777") || !strings.Contains(shown, "1.234") || strings.Contains(shown, "như đã ký") {
		t.Errorf("the figures of today are not back:\n%s", shown)
	}
	uitest.TapButton(t, s, "Soạn và ký")
	uitest.TapButton(t, s, "Đưa sang Trao đổi")
	if !handed {
		t.Error("it was not handed over")
	}
	uitest.TapButton(t, s, "Sổ Excel đã ký")
	uitest.TapButton(t, uitest.Overlay(w), "Xuất")
	if len(o.written) != 1 || !strings.HasPrefix(o.written[0], "workbook ") || !strings.HasSuffix(o.written[0], "Bao-cao-PBPL-2026-ban-1.xlsx") {
		t.Errorf("%q", o.written)
	}
}

// TestARevisionNeedsAReason and begins with the words of the signed one.
func TestARevisionNeedsAReason(t *testing.T) {
	o := &office{}
	s, w, k, _ := writing(t, o)
	uitest.TapButton(t, s, "Ký và chốt số liệu")
	uitest.TapButton(t, uitest.Overlay(w), "Ký và chốt")
	uitest.TapButton(t, s, "Lập bản mới")
	if !strings.Contains(uitest.Words(s), "Chưa ghi lý do lập lại báo cáo.") || len(o.reports) != 1 {
		t.Errorf("%d reports:\n%s", len(o.reports), uitest.Words(s))
	}
	w.Canvas().Focus(uitest.FieldUnder(t, s, "Cần sửa thì lập bản mới; ghi lý do"))
	k.Type("Bổ sung số người")
	k.Press(fyne.KeyReturn)
	shown := uitest.Words(s)
	for _, want := range []string{"bản 2 · đang soạn", "Lý do: Bổ sung số người", "Khác bản đã ký", "1.234 → 1.240"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not shown in:\n%s", want, shown)
		}
	}
}

// TestAReturnedReportSaysWhy, and the revision still does.
func TestAReturnedReportSaysWhy(t *testing.T) {
	o := &office{}
	s, w, k, _ := writing(t, o)
	uitest.TapButton(t, s, "Ký và chốt số liệu")
	uitest.TapButton(t, uitest.Overlay(w), "Ký và chốt")
	if shown := uitest.Words(s); strings.Contains(shown, "Cấp trên") {
		t.Errorf("before anything was said:\n%s", shown)
	}
	o.verdict = record.Verdict{ReportID: o.reports[0].ID, Status: "accepted", Day: "2026-12-02"}
	s.Reload()
	if shown := uitest.Words(s); !strings.Contains(shown, "Cấp trên đã tiếp nhận ngày 02/12/2026.") {
		t.Errorf("accepted:\n%s", shown)
	}
	o.verdict.Status, o.verdict.Reason = "returned", "thiếu kinh phí"
	s.Reload()
	if shown := uitest.Words(s); !strings.Contains(shown, "Cấp trên trả lại ngày 02/12/2026: thiếu kinh phí. Hãy lập bản mới") {
		t.Errorf("returned:\n%s", shown)
	}
	w.Canvas().Focus(uitest.FieldUnder(t, s, "Cần sửa thì lập bản mới; ghi lý do"))
	k.Type("Bổ sung kinh phí")
	k.Press(fyne.KeyReturn)
	if shown := uitest.Words(s); !strings.Contains(shown, "Bản trước bị cấp trên trả lại ngày 02/12/2026: thiếu kinh phí.") {
		t.Errorf("the revision:\n%s", shown)
	}
}

func TestAFileIsHeldAgainstWhatWasSigned(t *testing.T) {
	s, w, _, _ := writing(t, &office{})
	for file, want := range map[string]string{
		"dung.xlsx": "Tệp đúng như đã ký", "khac.xlsx": "Tệp không có phần chứng thực.", "sua.xlsx": "I5 Lượt người: đã ký “1234”, trong tệp “9999”",
	} {
		s.Signing().Check(filepath.Join("x", file))
		if shown := uitest.Words(uitest.Overlay(w)); !strings.Contains(shown, want) {
			t.Errorf("%s: the sheet says:\n%s", file, shown)
		}
		kit.CloseDialogs(w.Canvas())
	}
}

func TestADayOfSigningThatCannotBeIsToldUnderIt(t *testing.T) {
	o := &office{}
	s, w, k, _ := writing(t, o)
	w.Canvas().Focus(uitest.FieldUnder(t, s, "Ngày ký"))
	k.Type("24/11/2026")
	k.Press(fyne.KeyTab)
	uitest.TapButton(t, s, "Ký và chốt số liệu")
	uitest.TapButton(t, uitest.Overlay(w), "Ký và chốt")
	if !strings.Contains(uitest.Words(s), "Ngày ký ở sau hôm nay.") || o.reports[0].Signed() {
		t.Errorf("%+v\n%s", o.reports, uitest.Words(s))
	}
}

// TestATemplateOfTheOfficesOwnIsTakenIn and can be chosen; a wrong one is told with its
// cell.
func TestATemplateOfTheOfficesOwnIsTakenIn(t *testing.T) {
	o := &office{}
	s, w, _, said := writing(t, o)
	s.Signing().TakeTemplate(filepath.Join("x", "sai.xlsx"))
	if shown := uitest.Words(uitest.Overlay(w)); !strings.Contains(shown, "ô B2") {
		t.Errorf("the sheet says:\n%s", shown)
	}
	kit.CloseDialogs(w.Canvas())
	s.Signing().TakeTemplate(filepath.Join("x", "cua-tinh.xlsx"))
	if !strings.Contains(*said, "cua-tinh.xlsx") || !strings.Contains(*said, "01/12/2025") {
		t.Errorf("said %q", *said)
	}
	uitest.Each(s, func(box *kit.Select) {
		if slices.Contains(box.Options, "cua-tinh.xlsx") {
			box.SetSelected("cua-tinh.xlsx")
		}
	})
	if len(o.reports) != 1 || o.reports[0].Template != filepath.Join("x", "cua-tinh.xlsx") {
		t.Errorf("%+v", o.reports)
	}
}

// TestTheFormFollowsTheKeyboard down to the button that signs, in a low window.
func TestTheFormFollowsTheKeyboard(t *testing.T) {
	s, w, k, _ := writing(t, &office{})
	w.Resize(fyne.NewSize(1100, 500))
	w.Canvas().Focus(uitest.FieldUnder(t, s, "Số văn bản"))
	sign := uitest.Button(t, s, "Ký và chốt số liệu")
	for range 30 {
		if w.Canvas().Focused() == fyne.Focusable(sign) {
			break
		}
		k.Press(fyne.KeyTab)
	}
	if w.Canvas().Focused() != fyne.Focusable(sign) {
		t.Fatal("Tab never came to the button that signs")
	}
	at, size := uitest.Place(sign)
	if at.Y < 0 || at.Y+size.Height > 500 {
		t.Errorf("the button that signs stands at %v of a window 500 high", at.Y)
	}
}

// slowly is a report being written where every answer of the office is held back.
func slowly(t *testing.T, o *office) (*reports.Screen, fyne.Window, *uitest.Keyboard, *uitest.Held) {
	t.Helper()
	held := &uitest.Held{}
	s, w, _ := screen(t, held.Runner(), o)
	w.Resize(fyne.NewSize(1366, 768))
	s.Reload()
	held.ReleaseAll()
	uitest.TapButton(t, s, "Soạn và ký")
	held.ReleaseAll()
	return s, w, uitest.NewKeyboard(w), held
}

// TestWhatIsLeftDuringASaveIsStoredAfterIt, in the one report of the period; what is being
// typed meanwhile stays a draft.
func TestWhatIsLeftDuringASaveIsStoredAfterIt(t *testing.T) {
	o := &office{}
	s, w, k, held := slowly(t, o)
	write := func(label, text string) {
		w.Canvas().Focus(uitest.FieldUnder(t, s, label))
		k.Type(text)
	}
	write("Khó khăn, vướng mắc", "Đường xa.")
	write("Nguyên nhân", "Mưa nhiều.")     // the first is being stored
	write("Đề xuất, kiến nghị", "đang gõ") // the second was left meanwhile
	held.ReleaseAll()
	if len(o.reports) != 1 || o.reports[0].Difficulties != "Đường xa." {
		t.Fatalf("stored %+v", o.reports)
	}
	if draft := string(o.drafts["report/plan-2026--"]); !strings.Contains(draft, "đang gõ") {
		t.Errorf("the draft holds %s", draft)
	}
	k.Press(fyne.KeyTab)
	held.ReleaseAll()
	if r := o.reports[0]; len(o.reports) != 1 || r.Causes != "Mưa nhiều." || r.Proposals != "đang gõ" || len(o.drafts) > 0 {
		t.Errorf("stored %+v; drafts %v", o.reports, o.drafts)
	}
}

// TestSigningWaitsForASave and signs what was typed last; another period chosen meanwhile
// is shown after it.
func TestSigningWaitsForASave(t *testing.T) {
	o := &office{}
	s, w, k, held := slowly(t, o)
	w.Canvas().Focus(uitest.FieldUnder(t, s, "Khó khăn, vướng mắc"))
	k.Type("Đường xa.")
	w.Canvas().Focus(uitest.Button(t, s, "Ký và chốt số liệu"))
	uitest.TapButton(t, s, "Ký và chốt số liệu")
	uitest.TapButton(t, uitest.Overlay(w), "Ký và chốt")
	held.ReleaseAll()
	if len(o.reports) != 1 || !o.reports[0].Signed() || o.reports[0].Difficulties != "Đường xa." {
		t.Fatalf("%+v", o.reports)
	}

	o = &office{}
	s, w, k, held = slowly(t, o)
	w.Canvas().Focus(uitest.FieldUnder(t, s, "Khó khăn, vướng mắc"))
	k.Type("Đường xa.")
	k.Press(fyne.KeyTab)
	s.ChoosePart("q1")
	held.ReleaseAll()
	if got := uitest.TextUnder(t, s, "Khó khăn, vướng mắc"); got != "" || !strings.Contains(uitest.Words(s), "Quý I · bản 1") {
		t.Errorf("the first quarter's report says %q:\n%s", got, uitest.Words(s))
	}
	if len(o.reports) != 1 || o.reports[0].Difficulties != "Đường xa." {
		t.Errorf("the year's report: %+v", o.reports)
	}
}
