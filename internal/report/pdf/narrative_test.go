package pdf_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/report"
	"sophobien/internal/report/docx"
	"sophobien/internal/report/narrative"
	"sophobien/internal/report/pdf"
	"sophobien/internal/report/reporttest"
)

func drawnReport(t testing.TB, y report.Yearly) []byte {
	t.Helper()
	return must(t)(pdf.Narrative(y))
}

// leaf is a page of a report: its section and what stands between the margins.
type leaf struct {
	section int
	number  string // in the top margin
	pieces  []piece
}

// leaves reads the pages; one without a number begins a section.
func leaves(t testing.TB, b []byte) []leaf {
	t.Helper()
	sheets := sheetsOf(t, b)
	var out []leaf
	for i, page := range pages(t, b) {
		l := leaf{pieces: page}
		if top := float64(sheets[i][1]-20) * point; len(page) > 0 && page[0].y > top {
			l.number, l.pieces = page[0].text, page[1:]
		}
		if i > 0 {
			l.section = out[i-1].section
			if l.number == "" {
				l.section++
			}
		}
		out = append(out, l)
	}
	return out
}

// headOf is the first row of the framed table of a section.
func headOf(s narrative.Section) []string {
	for _, b := range s.Blocks {
		if tbl, ok := b.(narrative.Table); ok && tbl.Framed {
			var out []string
			for _, c := range tbl.Rows[0] {
				out = append(out, strings.Fields(c[0].(narrative.Para).Text())...)
			}
			return out
		}
	}
	return nil
}

// TestPagesSayWhatTheDocumentSays, word by word and in order; what more there is are the
// heads of tables, on top of every page they go on to.
func TestPagesSayWhatTheDocumentSays(t *testing.T) {
	odd := reporttest.Sample(3)
	odd.Office.Recipient = "Sở Nội vụ tỉnh Quảng Ngãi; Ủy ban nhân dân xã Đăk Hà\nPhòng Tư pháp."
	odd.Texts["results"] = "a<b>&\"c\"\x00\x07\u202e \uFFFE e\u0302\u0301\r\n(hai) \\ hết"
	for name, y := range map[string]report.Yearly{"empty": {}, "small": reporttest.Sample(3), "odd": odd, "long": reporttest.Sample(400)} {
		var want []string
		_, lines, err := docx.Read(must(t)(docx.Narrative(y)))
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			want = append(want, strings.Fields(l)...)
		}
		d, err := narrative.Of(y)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i, l := range leaves(t, drawnReport(t, y)) {
			words := strings.Fields(text(l.pieces))
			if head := headOf(d.Sections[l.section]); l.number != "" && head != nil {
				if len(words) < len(head) || !slices.Equal(words[:len(head)], head) {
					t.Errorf("%s: page %d begins %.60q, want the head of its table", name, i+1, words)
					continue
				}
				words = words[len(head):]
			}
			got = append(got, words...)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-document +pages):\n%.2000s", name, diff)
		}
	}
}

// TestPagesOfTheReportAreAsTheDecreeSays: A4, upright but for the wide table, margins of 20,
// 20, 30 and 15 mm, and the number in the top one from the second page of each section.
func TestPagesOfTheReportAreAsTheDecreeSays(t *testing.T) {
	b := drawnReport(t, reporttest.Sample(60))
	sheets := sheetsOf(t, b)
	section, number := -1, 0
	for i, l := range leaves(t, b) {
		if number++; l.section != section {
			section, number = l.section, 1
		}
		want := map[bool]string{true: "", false: fmt.Sprint(number)}[number == 1]
		if l.number != want {
			t.Errorf("page %d: number %q, want %q", i+1, l.number, want)
		}
		size := map[bool][2]int{false: {210, 297}, true: {297, 210}}[section == 3]
		if sheets[i] != size {
			t.Errorf("page %d of section %d is %v, want %v", i+1, section, sheets[i], size)
		}
		for _, p := range l.pieces {
			if x, y := p.x/point, p.y/point; x < 29.99 || x > float64(size[0])-15 || y < 20 || y > float64(size[1])-20 {
				t.Errorf("page %d: %q stands at %.1f, %.1f", i+1, p.text, x, y)
			}
		}
	}
	if section != 5 {
		t.Errorf("%d sections", section+1)
	}
}

// TestRowsAreNotCut: an activity has its number and its name on one page, and no page is
// left half empty.
func TestRowsAreNotCut(t *testing.T) {
	found, full := 0, 0
	for i, l := range leaves(t, drawnReport(t, reporttest.Sample(400))) {
		if l.section != 3 {
			continue
		}
		var numbers, names int
		for _, p := range l.pieces {
			if x := p.x / point; x < 30+11.5 && regexp.MustCompile(`^\d+$`).MatchString(p.text) {
				numbers++
			}
		}
		names = len(regexp.MustCompile(`thứ \d+`).FindAllString(text(l.pieces), -1))
		if numbers != names {
			t.Errorf("page %d: %d numbers, %d names", i+1, numbers, names)
		}
		if found += numbers; numbers >= 8 {
			full++
		}
	}
	if found != 400 || full < 400/13 {
		t.Errorf("%d activities, %d full pages", found, full)
	}
}

// TestNobodySignsOnAnEmptyPage, and no heading ends one, however long the text is.
func TestNobodySignsOnAnEmptyPage(t *testing.T) {
	y := reporttest.Sample(4)
	turned := map[int]bool{}
	for n := 1; n < 45; n++ {
		y.Texts["proposals"] = strings.Repeat("Một đoạn.\n", n)
		signed := false
		for i, l := range leaves(t, drawnReport(t, y)) {
			if l.section > 0 || len(l.pieces) == 0 {
				continue
			}
			all := text(l.pieces)
			if strings.Contains(all, reporttest.Signer) {
				signed = true
				turned[i] = true
				has(t, all, "tổng hợp./.", "KT. CHỦ TỊCH", "TRƯỞNG PHÒNG", "Nơi nhận:", "- Lưu: VT, VHXH.")
			}
			if last := l.pieces[len(l.pieces)-1].text; regexp.MustCompile(`^([IV]+|\d)\. `).MatchString(last) {
				t.Errorf("%d paragraphs: page %d ends with the heading %q", n, i+1, last)
			}
		}
		if !signed {
			t.Errorf("%d paragraphs: nobody signs", n)
		}
	}
	if len(turned) < 2 {
		t.Error("the signature never went on to another page")
	}
}

func TestTheSameReportGivesTheSamePages(t *testing.T) {
	if !bytes.Equal(drawnReport(t, reporttest.Sample(20)), drawnReport(t, reporttest.Sample(20))) {
		t.Error("two different files")
	}
}

func TestPagesOfTheReportNameNobodyButTheSigner(t *testing.T) {
	all := whole(pages(t, drawnReport(t, reporttest.Sample(40))))
	for _, secret := range []string{reporttest.PlantedName, reporttest.PlantedPhone, reporttest.PlantedNumber, "Planted", "Hờ Rin"} {
		if strings.Contains(all, secret) {
			t.Errorf("a page says %q", secret)
		}
	}
	if n := strings.Count(all, reporttest.Signer); n != 1 {
		t.Errorf("the signer stands %d times", n)
	}
}

// A place that holds a page and more goes on overleaf, whatever it is.
func TestWhatIsTooLongForAPageGoesOn(t *testing.T) {
	y := reporttest.Sample(1)
	y.Office.Head.Title = strings.Repeat("Chức vụ\n", 80)
	y.Activities[0].Title = strings.Repeat("tên dài ", 1500)
	b := drawnReport(t, y)
	inside(t, b)
	all := whole(pages(t, b))
	if got := strings.Count(all, "CHỨC VỤ"); got != 80 {
		t.Errorf("%d of 80 lines of the title", got)
	}
	if got := strings.Count(strings.Join(strings.Fields(all), " "), "tên dài"); got < 1450 {
		t.Errorf("%d of 1500 words of the name", got)
	}
}

func BenchmarkNarrative(b *testing.B) {
	y := reporttest.Sample(400)
	for b.Loop() {
		drawnReport(b, y)
	}
}
