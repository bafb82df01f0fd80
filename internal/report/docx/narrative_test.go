package docx_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/report/docx"
	"sophobien/internal/report/reporttest"
)

func TestTheSameReportGivesTheSameBytes(t *testing.T) {
	if !bytes.Equal(write(t, reporttest.Sample(20)), write(t, reporttest.Sample(20))) {
		t.Error("two different files")
	}
}

// TestEveryFigureIsReadBack: of the period, of the year before, since the plan, and of the
// targets.
func TestEveryFigureIsReadBack(t *testing.T) {
	y := reporttest.Sample(60)
	got, err := docx.Values(write(t, y))
	if err != nil {
		t.Fatal(err)
	}
	for prefix, f := range map[string]*record.Figures{"": &y.Figures, "NT_": y.Before, "LK_": y.Since} {
		for _, g := range f.Indicators {
			if name := docx.Tag(prefix + report.FigureName(g)); got[name] != fmt.Sprint(g.Value) {
				t.Errorf("%s is %q, want %d", name, got[name], g.Value)
			}
		}
	}
	for _, g := range y.Figures.Targets {
		if got[g.Code+"_numerator"] != fmt.Sprint(g.Numerator) || got[g.Code+"_denominator"] != fmt.Sprint(g.Denominator) || !strings.HasSuffix(got[g.Code+"_rate"], " %") {
			t.Errorf("target %s: %q of %q, %q", g.Code, got[g.Code+"_numerator"], got[g.Code+"_denominator"], got[g.Code+"_rate"])
		}
	}
	for name, v := range got {
		if strings.Contains(v, " | ") {
			t.Errorf("%s differs from itself: %s", name, v)
		}
	}
	a := y.Activities[0]
	if name := "activity_" + strings.ReplaceAll(a.ID.String(), "-", "_") + "_people"; got[name] != fmt.Sprint(a.Heads.Total) {
		t.Errorf("%s is %q", name, got[name])
	}
}

func TestSentencesAreMadeOfTheFigures(t *testing.T) {
	y := reporttest.Sample(60)
	text := document(t, y)
	value := func(code, split string) string {
		v, _ := y.Figures.Value(code, split)
		return report.Grouped(fmt.Sprint(v), "vi")
	}
	for _, want := range []string{
		"đã tổ chức " + value("I2", "") + " lớp tập huấn, bồi dưỡng", " cho " + value("I3", "") + " lượt người (trong đó " + value("I3", "group=women") + " nữ; ",
		"So với năm trước ", "Lũy kế từ ngày 01/01/2024: ", "Nhiệm vụ IV.1.b: ", "Nhiệm vụ V.9: ", "Chưa ghi theo nhiệm vụ của Kế hoạch: ",
		"Trong kỳ chưa phát sinh: ", "Đoạn thứ nhất.", "Đoạn thứ hai & hết.", "Tiếp tục thực hiện.", "đạt 66,7\u00a0%", "do cấp tỉnh chủ trì",
		"Kỳ số liệu: từ ngày 01/12/2025 đến ngày 30/11/2026. Cách tính kỳ: từ ngày sau kỳ trước đến 30/11.", "xem xét, tổng hợp./.",
	} {
		if !strings.Contains(text.text(), want) {
			t.Errorf("nothing says %q", want)
		}
	}
	for _, not := range []string{"Kỳ chưa kết thúc", "địa giới", "Sổ chưa có số liệu"} {
		if strings.Contains(text.text(), not) {
			t.Errorf("it says %q", not)
		}
	}
}

// TestWhatIsSpecialIsSaid: a map, a period that has not ended, no year before.
func TestWhatIsSpecialIsSaid(t *testing.T) {
	y := reporttest.Sample(3)
	y.Figures.Period.Map, y.Printed, y.Before = record.MapToday, "2026-11-28", nil
	text := document(t, y).text()
	for _, want := range []string{"Đơn vị theo địa giới cuối kỳ.", "Kỳ chưa kết thúc: số liệu thực tế đến ngày in 28/11/2026", "Sổ chưa có số liệu của cùng kỳ năm trước"} {
		if !strings.Contains(text, want) {
			t.Errorf("nothing says %q", want)
		}
	}
	if strings.Contains(text, "So với năm trước") {
		t.Error("it compares with nothing")
	}
}

func TestSubjectsNameTheTimeTheyCover(t *testing.T) {
	for _, c := range []struct {
		p    record.FigurePeriod
		want string
	}{
		{part("plan", "h1"), "lao động 6 tháng đầu năm 2026"}, {part("nd09", "q3"), "lao động quý III năm 2026"},
		{part("plan", "m12"), "lao động tháng 12 năm 2025"}, {part("calendar", "9m"), "lao động 9 tháng năm 2026"},
		{report.Between("2026-06-01", "2026-06-30"), "lao động từ ngày 01/06/2026 đến ngày 30/06/2026"},
	} {
		in := reporttest.Input(2)
		in.Period = c.p
		y := report.Yearly{Office: in.Office, Figures: report.Compute(in)}
		if text := document(t, y).text(); !strings.Contains(text, "Kết quả phổ biến, giáo dục pháp luật về "+c.want) {
			t.Errorf("%+v: %.600s", c.p, text)
		}
	}
}

func part(rule, part string) record.FigurePeriod {
	p, _ := report.Part(rule, 2026, "", part)
	return p
}

// TestWhereNothingIsWrittenThereIsAPlaceToWrite.
func TestWhereNothingIsWrittenThereIsAPlaceToWrite(t *testing.T) {
	var y report.Yearly
	full, empty := reporttest.Sample(2), document(t, y)
	dotted := func(n node) (found int) {
		for _, p := range n.all("p") {
			if p.val("pPr", "pStyle") == "BodyText" && p.one("tabs", "tab").attr("leader") == "dot" {
				found++
			}
		}
		return found
	}
	if got := dotted(empty); got != 12 {
		t.Errorf("%d dotted lines in an empty report", got)
	}
	if got := dotted(document(t, full)); got != 8 {
		t.Errorf("%d dotted lines where two sections are written", got)
	}
	if n := len(empty.all("tbl")); n != 3 { // letterhead, signature, all figures
		t.Errorf("%d tables in an empty report", n)
	}
	for _, want := range []string{"Kính gửi: ……", "…………, ngày", "Trong kỳ chưa có hoạt động nào", "Không có chỉ tiêu nào"} {
		if !strings.Contains(empty.text(), want) {
			t.Errorf("nothing says %q", want)
		}
	}
}

// TestNobodyIsNamedButTheSigner, in any part of the file.
func TestNobodyIsNamedButTheSigner(t *testing.T) {
	file := write(t, reporttest.Sample(40))
	var b strings.Builder
	for _, n := range parts(t, file) {
		gather(&b, n)
	}
	all := b.String()
	for _, secret := range []string{reporttest.PlantedName, reporttest.PlantedPhone, reporttest.PlantedNumber, "Planted", "Hờ Rin"} {
		if strings.Contains(all, secret) {
			t.Errorf("the file says %q", secret)
		}
	}
	if n := strings.Count(all, reporttest.Signer); n != 1 {
		t.Errorf("the signer stands %d times", n)
	}
}

func gather(b *strings.Builder, n node) {
	b.WriteString(n.Text)
	for _, a := range n.Attrs {
		b.WriteString(" " + a.Value)
	}
	for _, k := range n.Kids {
		gather(b, k)
	}
}

// TestTextOfPeopleIsText, whatever it holds.
func TestTextOfPeopleIsText(t *testing.T) {
	y := reporttest.Sample(1)
	y.Texts["results"] = "a<b>&\"c\"\x00\x07\u202e \uFFFE\xff e\u0302\u0301\r\n</w:t> hai"
	text := document(t, y).text()
	if want := "a<b>&\"c\" \uFFFD ế</w:t> hai"; !strings.Contains(text, want) {
		t.Errorf("no %q in the text", want)
	}
}

// TestTagsAreWhatWordTakes: short, of letters and digits, and of their own.
func TestTagsAreWhatWordTakes(t *testing.T) {
	y := reporttest.Sample(10)
	long := strings.Repeat("rất dài ", 30)
	for i := range y.Figures.Indicators {
		if f := &y.Figures.Indicators[i]; f.Split["language"] != "" {
			f.Split = map[string]string{"language": long}
		}
	}
	ids := map[string]bool{}
	n := document(t, y)
	for _, c := range n.all("sdtPr") {
		tag, id := c.val("tag"), c.val("id")
		if len(tag) > 64 || tag == "" || ids[id] {
			t.Errorf("tag %q, id %s", tag, id)
		}
		ids[id] = true
	}
	if len(ids) < 300 {
		t.Errorf("only %d controls", len(ids))
	}
	if a, b := docx.Tag(long+"a"), docx.Tag(long+"b"); a == b || len(a) > 64 {
		t.Errorf("%s, %s", a, b)
	}
	if got := docx.Tag("I4_total"); got != "I4_total" {
		t.Error(got)
	}
}

// TestTheOutlineIsThatOfTheReport.
func TestTheOutlineIsThatOfTheReport(t *testing.T) {
	var got []string
	for _, p := range document(t, reporttest.Sample(30)).all("p") {
		switch p.val("pPr", "pStyle") {
		case "Heading1", "AnnexTitle":
			got = append(got, p.text())
		}
	}
	want := []string{"I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI", "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ", "III. ĐÁNH GIÁ", "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM TIẾP THEO", "V. ĐỀ XUẤT, KIẾN NGHỊ",
		"Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV", "Phụ lục V"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func BenchmarkNarrative(b *testing.B) {
	y := reporttest.Sample(400)
	for b.Loop() {
		if _, err := docx.Narrative(y); err != nil {
			b.Fatal(err)
		}
	}
}
