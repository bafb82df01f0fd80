package docx_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/report/reporttest"
)

// look reads what a paragraph is set in: its own sizes before those of its style.
func (s sheet) look(p node) string {
	style := s.styles[p.val("pPr", "pStyle")]
	run := p.one("r", "rPr")
	size := run.val("sz")
	if size == "" {
		size = style.val("rPr", "sz")
	}
	align := p.val("pPr", "jc")
	if align == "" {
		align = style.val("pPr", "jc")
	}
	out := []string{halved(size), align}
	for _, w := range []string{"b", "i"} {
		if len(run.all(w)) > 0 || len(style.one("rPr").all(w)) > 0 {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

func halved(size string) string {
	n, _ := strconv.Atoi(size)
	return strconv.Itoa(n / 2)
}

type sheet struct {
	parts    map[string]node
	document node
	styles   map[string]node
}

func open(t *testing.T, file []byte) sheet {
	t.Helper()
	s := sheet{parts: parts(t, file), styles: map[string]node{}}
	s.document = s.parts["word/document.xml"]
	for _, st := range s.parts["word/styles.xml"].all("style") {
		s.styles[st.attr("styleId")] = st
	}
	return s
}

// TestBlocksAreSetAsTheDecreeSays, row by row.
func TestBlocksAreSetAsTheDecreeSays(t *testing.T) {
	s := open(t, write(t, reporttest.Sample(30)))
	for begins, want := range map[string]string{
		"CỘNG HÒA XÃ HỘI":                   "12 center b",
		"Độc lập - Tự do":                   "13 center b",
		"ỦY BAN NHÂN DÂN XÃ ĐĂK HÀ":         "12 center",
		"PHÒNG VĂN HÓA – XÃ HỘI":            "12 center b",
		"Số:":                               "13 center",
		"Đăk Hà, ngày 03 tháng 12 năm 2026": "13 center i",
		"BÁO CÁO":                           "14 center b",
		"Kết quả phổ biến, giáo dục pháp luật về lao động năm 2026": "14 center b",
		"Kính gửi: Sở Nội vụ tỉnh Quảng Ngãi":                       "14 center",
		"Thực hiện ……":     "14 both",
		"I. CÔNG TÁC":      "14 both b",
		"II. KẾT QUẢ":      "14 both b",
		"III. ĐÁNH GIÁ":    "14 both b",
		"IV. PHƯƠNG HƯỚNG": "14 both b",
		"V. ĐỀ XUẤT":       "14 both b",
		"1. Kết quả chung": "14 both b",
		"a) Tập huấn":      "14 both",
		"KT. CHỦ TỊCH":     "14 center b",
		"TRƯỞNG PHÒNG":     "14 center b",
		reporttest.Signer:  "14 center b",
		"Nơi nhận:":        "12 left b i",
		"- Như trên;":      "11 left",
		"- Lưu: VT, VHXH.": "11 left",
		"Phụ lục I":        "14 center b",
		"SỐ LIỆU KẾT QUẢ":  "14 center b",
		"(Kèm theo Báo cáo số ……/BC-VHXH ngày": "13 center i",
	} {
		if got := s.look(s.document.paragraph(t, begins)); got != want {
			t.Errorf("%q is set %q, want %q", begins, got, want)
		}
	}
	fonts := s.parts["word/styles.xml"].one("docDefaults", "rFonts")
	for _, a := range fonts.Attrs {
		if a.Value != "Times New Roman" {
			t.Errorf("font %s is %s", a.Name.Local, a.Value)
		}
	}
	if got := s.parts["word/styles.xml"].val("docDefaults", "color"); got != "000000" {
		t.Errorf("text is coloured %s", got)
	}
	for _, name := range []string{"word/document.xml", "word/styles.xml"} {
		if n := len(s.parts[name].all("rFonts")); name == "word/document.xml" && n > 0 {
			t.Errorf("%d other fonts in the text", n)
		}
	}
}

// TestTextIsJustifiedAndSpaced: first line 1,27 cm in, 6 pt apart, 1,15 lines.
func TestTextIsJustifiedAndSpaced(t *testing.T) {
	s := open(t, write(t, reporttest.Sample(5)))
	body := s.styles["BodyText"].one("pPr")
	got := []string{body.one("ind").attr("firstLine"), body.one("spacing").attr("after"), body.one("spacing").attr("line"), body.one("spacing").attr("lineRule"), body.val("jc")}
	if diff := cmp.Diff([]string{"720", "120", "276", "auto", "both"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestPagesAreAsTheDecreeSays: A4, margins, number in the top margin from the second page,
// annexes counted by themselves and turned only where the table is wide.
func TestPagesAreAsTheDecreeSays(t *testing.T) {
	s := open(t, write(t, reporttest.Sample(30)))
	sections := s.document.all("sectPr")
	if len(sections) != 6 {
		t.Fatalf("%d sections", len(sections))
	}
	for i, sec := range sections {
		m, size := sec.one("pgMar"), sec.one("pgSz")
		if got := []string{m.attr("top"), m.attr("bottom"), m.attr("left"), m.attr("right")}; !slices.Equal(got, []string{"1134", "1134", "1701", "851"}) {
			t.Errorf("section %d: margins %v", i, got)
		}
		if got := m.attr("header"); got != "567" {
			t.Errorf("section %d: header at %s", i, got)
		}
		want := []string{"11906", "16838", ""}
		if i == 3 {
			want = []string{"16838", "11906", "landscape"}
		}
		if got := []string{size.attr("w"), size.attr("h"), size.attr("orient")}; !slices.Equal(got, want) {
			t.Errorf("section %d: paper %v", i, got)
		}
		if n := len(sec.all("titlePg")); n != 1 {
			t.Errorf("section %d: the first page shows its number", i)
		}
		start := ""
		if i > 0 {
			start = "1"
		}
		if num := sec.one("pgNumType"); num.attr("start") != start || num.attr("fmt") != "decimal" {
			t.Errorf("section %d is numbered %+v", i, num.Attrs)
		}
		refs := map[string]string{}
		for _, r := range sec.all("headerReference") {
			refs[r.attr("type")] = r.attr("id")
		}
		if diff := cmp.Diff(map[string]string{"default": "rIdNumber", "first": "rIdBare"}, refs); diff != "" {
			t.Errorf("section %d: %s", i, diff)
		}
	}
	head := s.parts["word/headerNumber.xml"]
	if got := s.look(head.one("p")); got != "13 center" || !strings.Contains(head.one("instrText").Text, "PAGE") {
		t.Errorf("the number is set %q", got)
	}
	if got := s.parts["word/headerBare.xml"].text(); got != "" {
		t.Errorf("the first page says %q", got)
	}
}

// TestTablesRepeatTheirHeadsAndKeepTheirRows; those of the letterhead have no frame.
func TestTablesRepeatTheirHeadsAndKeepTheirRows(t *testing.T) {
	tables := document(t, reporttest.Sample(30)).all("tbl")
	if len(tables) != 7 {
		t.Fatalf("%d tables", len(tables))
	}
	for i, tbl := range tables {
		framed, width := i >= 2, 0
		for _, c := range tbl.all("gridCol") {
			n, _ := strconv.Atoi(c.attr("w"))
			width += n
		}
		if want := map[bool]int{true: 14286, false: 9354}[i == 4]; width != want {
			t.Errorf("table %d is %d wide, want %d", i, width, want)
		}
		if got := len(tbl.all("tblBorders")) > 0; got != framed {
			t.Errorf("table %d framed: %v", i, got)
		}
		for k, row := range tbl.all("tr") {
			if len(row.all("cantSplit")) != 1 {
				t.Errorf("table %d row %d may break", i, k)
			}
			if got := len(row.all("tblHeader")) == 1; got != (framed && k == 0) {
				t.Errorf("table %d row %d is a head: %v", i, k, got)
			}
			if n := len(row.all("tc")); n != len(tbl.all("gridCol")) {
				t.Errorf("table %d row %d has %d cells", i, k, n)
			}
		}
	}
}

// TestLinesAreAsLongAsTheDecreeSays: under the motto all of it, under the office and the
// subject a third to a half.
func TestLinesAreAsLongAsTheDecreeSays(t *testing.T) {
	y := reporttest.Sample(1)
	var lengths []int
	for i, p := range document(t, y).all("p") {
		if len(p.all("pBdr")) == 0 {
			continue
		}
		width := []int{3714, 5640, 9354}[len(lengths)%3]
		l, _ := strconv.Atoi(p.one("pPr", "ind").attr("left"))
		r, _ := strconv.Atoi(p.one("pPr", "ind").attr("right"))
		if l != r || l <= 0 {
			t.Errorf("paragraph %d: the line is not in the middle: %d, %d", i, l, r)
		}
		lengths = append(lengths, width-l-r)
	}
	// In Times New Roman Bold: the office 12 pt, the motto 13 pt, the subject 14 pt.
	for i, want := range [][2]int{{1100, 1750}, {3000, 3200}, {2200, 4000}} {
		if i >= len(lengths) || lengths[i] < want[0] || lengths[i] > want[1] {
			t.Errorf("lines %v, want the %dth in %v", lengths, i+1, want)
		}
	}
}

func TestNumberAndDayStandOnOneLine(t *testing.T) {
	rows := document(t, reporttest.Sample(1)).one("tbl").all("tr")
	if len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	if cells := rows[1].all("tc"); !strings.HasPrefix(cells[0].text(), "Số:") || !strings.HasSuffix(cells[0].text(), "/BC-VHXH") || !strings.HasPrefix(cells[1].text(), "Đăk Hà, ngày 03") {
		t.Errorf("%q, %q", cells[0].text(), cells[1].text())
	}
}

// TestTheCommitteeReportsItself: its name alone, in its name, with no unit after VT.
func TestTheCommitteeReportsItself(t *testing.T) {
	y := reporttest.Sample(3)
	y.Office.Name, y.Office.ParentName, y.Office.Series = "Ủy ban nhân dân xã Đăk Hà", "", "BC-UBND"
	y.Office.Head = record.Signer{For: "TM. Ủy ban nhân dân\nKT. Chủ tịch", Title: "Phó Chủ tịch", Name: reporttest.Signer}
	s := open(t, write(t, y))
	if got := s.look(s.document.paragraph(t, "ỦY BAN NHÂN DÂN XÃ ĐĂK HÀ")); got != "12 center b" {
		t.Errorf("the committee is set %q", got)
	}
	sign := s.document.all("tbl")[1].all("tc")
	if got := sign[1].text(); got != "TM. ỦY BAN NHÂN DÂNKT. CHỦ TỊCHPHÓ CHỦ TỊCH"+reporttest.Signer {
		t.Errorf("signed %q", got)
	}
	if got := sign[0].text(); got != "Nơi nhận:- Như trên;- Lưu: VT." {
		t.Errorf("copies %q", got)
	}
	room := s.document.paragraph(t, reporttest.Signer).one("pPr", "spacing").attr("before")
	if n, _ := strconv.Atoi(room); n < 1200 {
		t.Errorf("%s twips to sign in", room)
	}
}

// TestALongBodyAboveIsAbbreviated, as it would take two lines.
func TestALongBodyAboveIsAbbreviated(t *testing.T) {
	y := reporttest.Sample(1)
	y.Office.ParentName, y.Office.Name = "Ủy ban nhân dân huyện Đắk Tô", "Phòng Lao động - Thương binh và Xã hội"
	s := open(t, write(t, y))
	for begins, want := range map[string]string{"UBND HUYỆN ĐẮK TÔ": "12 center", "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI": "12 center b"} {
		if got := s.look(s.document.paragraph(t, begins)); got != want {
			t.Errorf("%q is set %q, want %q", begins, got, want)
		}
	}
}

func TestSeveralRecipientsStandOnLinesOfTheirOwn(t *testing.T) {
	y := reporttest.Sample(1)
	y.Office.Recipient = "Sở Nội vụ tỉnh Quảng Ngãi; Ủy ban nhân dân xã Đăk Hà\nPhòng Tư pháp."
	var got []string
	for _, p := range document(t, y).all("p") {
		if p.val("pPr", "pStyle") == "To" {
			got = append(got, p.text())
		}
	}
	want := []string{"Kính gửi:", "- Sở Nội vụ tỉnh Quảng Ngãi;", "- Ủy ban nhân dân xã Đăk Hà;", "- Phòng Tư pháp."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
