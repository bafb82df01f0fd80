package app

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
)

// isPDF holds a paper to begin and end as one; what stands on it is tested where it is
// drawn.
func isPDF(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b, []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(b), []byte("%%EOF")) {
		t.Errorf("%s is no whole PDF", filepath.Base(path))
	}
	return b
}

func custody(t testing.TB, a *App) []record.ListRow {
	t.Helper()
	return must(a.Rows(ctx, record.ListFilter{Noun: "custody"}))(t).Rows
}

func TestPapersThatNamePeopleAreLogged(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Tập huấn tiền lương")
	list := newcomers(1, 5)
	list[3].Attendance.Signed = false
	list[4].Attendance.Role = "speaker"
	must(a.SaveAttendees(ctx, act.ID, list))(t)
	out := t.TempDir()
	at := func(name string) string { return filepath.Join(out, "Giấy tờ", name) }

	sign := must(a.WriteSignSheetPDF(ctx, act.ID, 10, at("ky.pdf")))(t)
	if !strings.Contains(sign.VI, "họ tên của 5 người") {
		t.Errorf("sign sheet: %q", sign.VI)
	}
	certificates := must(a.WriteCertificates(ctx, act.ID, nil, at("xac-nhan.pdf")))(t)
	if !strings.Contains(certificates.VI, "họ tên của 3 người") {
		t.Errorf("certificates: %q", certificates.VI)
	}
	if n := bytes.Count(isPDF(t, at("xac-nhan.pdf")), []byte("/Type /Page\n")); n != 3 {
		t.Errorf("%d certificates", n)
	}
	stored := must(a.Attendees(ctx, act.ID))(t)
	must(a.WriteCertificates(ctx, act.ID, []record.ID{stored[3].Person.ID}, at("mot.pdf")))(t)
	minutes := must(a.WriteMinutes(ctx, act.ID, at("bien-ban.pdf")))(t)
	notice := must(a.WriteNotice(ctx, at("thong-bao.pdf")))(t)
	if minutes != (record.Words{}) || notice != (record.Words{}) {
		t.Errorf("papers without names warn: %q, %q", minutes.VI, notice.VI)
	}
	if err := a.WriteAttendees(ctx, act.ID, at("ds.xlsx")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"ky.pdf", "bien-ban.pdf", "thong-bao.pdf", "mot.pdf"} {
		isPDF(t, at(name))
	}
	var got []string
	for _, r := range custody(t, a) {
		got = append(got, r.Cells[1]+" "+r.Cells[2]+" "+r.Cells[3])
	}
	slices.Sort(got)
	want := []string{
		"export 1 Giấy xác nhận tham dự: Tập huấn tiền lương", "export 3 Giấy xác nhận tham dự: Tập huấn tiền lương",
		"export 5 Danh sách người tham dự, bảng tính: Tập huấn tiền lương", "export 5 Tờ ký tên để in: Tập huấn tiền lương",
	}
	if !slices.Equal(got, want) {
		t.Errorf("logged %q", got)
	}
	// The log is no action: what is undone is what the officer did.
	if ch := must(a.UndoLast(ctx))(t); ch.Touches("custody") || len(custody(t, a)) != 4 {
		t.Errorf("undo took %v back", ch.Nouns)
	}
	if left, _ := filepath.Glob(filepath.Join(out, "Giấy tờ", ".~*")); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
}

func TestPapersThatCannotBe(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Tập huấn")
	out := filepath.Join(t.TempDir(), "x.pdf")
	_, err := a.WriteCertificates(ctx, act.ID, nil, out)
	refusedWith(t, err, record.ErrInvalid, "chưa có ai")
	list := newcomers(1, 2)
	must(a.SaveAttendees(ctx, act.ID, list))(t)
	_, err = a.WriteCertificates(ctx, act.ID, []record.ID{must(a.Attendees(ctx, act.ID))(t)[0].Person.ID, a.newID()}, out)
	refusedWith(t, err, record.ErrNotFound, "không nằm trong danh sách")
	plan := training("Kế hoạch")
	plan.Status = "planned"
	planned := must(a.SaveActivity(ctx, plan))(t)
	_, err = a.WriteCertificates(ctx, planned.ID, nil, out)
	refusedWith(t, err, record.ErrInvalid, "chưa diễn ra")
	must(a.WriteSignSheetPDF(ctx, planned.ID, 0, out))(t) // empty lines to sign
	_, err = a.WriteMinutes(ctx, a.newID(), out)
	refusedWith(t, err, record.ErrNotFound, "")
	_, err = a.WriteMinutes(ctx, act.ID, a.dir.Database())
	refusedWith(t, err, record.ErrConflict, "không ghi đè")
	_, err = a.WriteNotice(ctx, "")
	refusedWith(t, err, record.ErrInvalid, "tên tệp")
	if n := len(custody(t, a)); n != 0 {
		t.Errorf("%d entries in the log", n)
	}
}

func TestMinutesTellWhatWasAsked(t *testing.T) {
	a := newApp(t)
	act := newTraining(t, a, "Đối thoại")
	act.CoOrganisers, act.Topics = []record.ID{must(a.Office(ctx))(t).UnitID}, []string{a.Topics()[0].Code}
	act = must(a.SaveActivity(ctx, act))(t)
	for i, text := range []string{"Lương thử việc bao nhiêu?", "Nghỉ phép mấy ngày?"} {
		q := record.Question{Text: text, Received: "2026-03-05", ActivityID: act.ID}
		if i == 0 {
			q.Answer, q.AnsweredOn = "Ít nhất bằng 85 %.", "2026-03-05"
		}
		must(a.SaveQuestion(ctx, q))(t)
	}
	must(a.SaveQuestion(ctx, record.Question{Text: "Hỏi nơi khác", Received: "2026-03-05"}))(t)
	m, err := a.meeting(ctx, act.ID)
	if err != nil || len(m.Questions) != 2 || m.Questions[0].Answer != "Ít nhất bằng 85 %." || m.Questions[1].Question != "Nghỉ phép mấy ngày?" {
		t.Errorf("questions %+v, %v", m.Questions, err)
	}
	if m.Secretary != "Y Ngọc" || len(m.With) != 1 || !strings.Contains(m.With[0], "Đăk Hà") || m.Topics[0] == act.Topics[0] {
		t.Errorf("minutes %+v", m)
	}
}

func TestNoticeSaysWhatIsCollected(t *testing.T) {
	o := record.Office{Name: "Phòng Văn hóa – Xã hội"}
	plain := noticeOf(o)
	for _, words := range []string{"giữ 24 tháng", "91/2025/QH15", "trong 20 ngày", "số thẻ không được giữ", "đến Phòng Văn hóa – Xã hội."} {
		if !strings.Contains(plain, words) {
			t.Errorf("the notice lacks %q", words)
		}
	}
	if strings.Contains(plain, "nhạy cảm") {
		t.Error("it speaks of what is not collected")
	}
	o.HideAfter = 12
	o.Collects = []record.Collect{{Field: "ethnicity", Purpose: "thống kê người dân tộc thiểu số.", Months: 6}, {Field: "id_number", Purpose: "cấp chứng nhận"}}
	more := noticeOf(o)
	for _, words := range []string{"- Dân tộc: thống kê người dân tộc thiểu số; giữ 6 tháng.", "- Số căn cước: cấp chứng nhận; giữ 12 tháng.", "nhạy cảm theo Điều 4"} {
		if !strings.Contains(more, words) {
			t.Errorf("the notice lacks %q:\n%s", words, more)
		}
	}
	if strings.Contains(more, "số thẻ không được giữ") {
		t.Error("it says the number is not kept")
	}
	parts := sections(more)
	if len(parts) < 5 || parts[1].Title != "1. Dữ liệu, mục đích và thời gian giữ" || len(parts[1].Items) != 3 || len(parts[0].Paragraphs) != 1 {
		t.Errorf("sections %+v", parts)
	}
	o.Notice = "Lời của cơ quan."
	if noticeOf(o) != "Lời của cơ quan." {
		t.Error("the office's own words are not used")
	}
}

func TestListsGoOutAsShown(t *testing.T) {
	a := newApp(t)
	const many = readAhead + 20
	var edits []record.Edit
	for i := range many {
		act := training(fmt.Sprintf("Tập huấn %d", i))
		act.ID, act.Heads.Total = a.newID(), 2
		if i%2 == 0 {
			act.Kind = "dialogue"
		}
		edits = append(edits, record.Create(act))
	}
	must(a.commit(ctx, planned(edits)))(t)
	out := t.TempDir()
	f := record.ListFilter{Noun: "activity", Period: record.Period{From: "2026-03-01", To: "2026-03-31"}, Sort: "title"}
	all := filepath.Join(out, "tất cả.xlsx")
	if words := must(a.ExportList(ctx, f, nil, all))(t); words != (record.Words{}) {
		t.Errorf("a list without names warns: %q", words.VI)
	}
	book, err := excelize.OpenFile(all)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows := must(book.GetRows("Danh sách"))(t)
	if rows[2][0] != "520 hoạt động, tháng 3 năm 2026" || len(rows) != 4+many+3 || rows[4+many][6] != "1,040" {
		t.Errorf("%d rows, %q, %q", len(rows), rows[2], rows[4+many])
	}
	f.Only = map[string]string{"kind": "dialogue"}
	f.Text = "tap huan 10"
	must(a.PrintList(ctx, f, []string{"title", "when_date"}, filepath.Join(out, "in.pdf")))(t)
	isPDF(t, filepath.Join(out, "in.pdf"))
	l := must(a.outgoing(ctx, f, nil))(t)
	if got := a.filterWords(f, l); got != "6 hoạt động, tháng 3 năm 2026, loại “Đối thoại”, có chữ “tap huan 10”" {
		t.Errorf("filter in words: %s", got)
	}
	_, err = a.ExportList(ctx, f, []string{"title", "nothing"}, all)
	refusedWith(t, err, record.ErrInvalid, "không có cột “nothing”; các cột: when_date, title")
	_, err = a.PrintList(ctx, record.ListFilter{Noun: "trees"}, nil, all)
	refusedWith(t, err, record.ErrInvalid, "trees")
}

func TestTheNetworkIsAListOfNames(t *testing.T) {
	a := newApp(t)
	p := must(a.SavePerson(ctx, record.Person{FullName: "Y Ngọc Báo Cáo"}))(t)
	must(a.SaveRecord(ctx, record.Instructor{PersonID: p.ID, Kind: "reporter"}))(t)
	f := record.ListFilter{Noun: "instructor"}
	out := filepath.Join(t.TempDir(), "x.pdf")
	if words := must(a.PrintList(ctx, f, nil, out))(t); !strings.Contains(words.VI, "1 người") {
		t.Errorf("warned with %q", words.VI)
	}
	if words := must(a.PrintList(ctx, f, []string{"kind", "level"}, out))(t); words.VI != "" {
		t.Errorf("without names: %q", words.VI)
	}
	if n := len(custody(t, a)); n != 1 {
		t.Errorf("%d entries", n)
	}
}

func TestSpansInWords(t *testing.T) {
	for want, p := range map[string]record.Period{
		"": {}, "năm 2026": {From: "2026-01-01", To: "2026-12-31"}, "tháng 2 năm 2026": {From: "2026-02-01", To: "2026-02-28"},
		"ngày 05/03/2026": {From: "2026-03-05", To: "2026-03-05"}, "từ ngày 05/03/2026": {From: "2026-03-05"}, "đến hết ngày 05/03/2026": {To: "2026-03-05"},
		"từ ngày 01/02/2026 đến ngày 27/02/2026": {From: "2026-02-01", To: "2026-02-27"},
	} {
		if got := spanWords(p); got != want {
			t.Errorf("%v: %q, want %q", p, got, want)
		}
	}
	for want, o := range map[string]record.Occasion{
		"": {Date: "2026-03-05"}, "4 giờ 30 phút": {Date: "2026-03-05", Start: "07:30", End: "12:00"},
		"2 ngày": {Date: "2026-03-05", EndDate: "2026-03-06", Start: "07:30"}, "45 phút": {Date: "2026-03-05", Start: "07:30", End: "08:15"},
	} {
		if got := duration(o); got != want {
			t.Errorf("%v: %q, want %q", o, got, want)
		}
	}
}
