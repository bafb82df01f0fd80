package xlsx_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/report/xlsx"
)

func shipped(t testing.TB, code string) []byte {
	t.Helper()
	b, err := os.ReadFile("../../../assets/templates/" + code + ".xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func fill(t testing.TB, template []byte, y report.Yearly) []byte {
	t.Helper()
	b, err := xlsx.Fill(template, y)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// open reads a workbook back.
func open(t testing.TB, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// raw is the sheet as it is stored: numbers without format.
func raw(t testing.TB, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func stored(t testing.TB, f *excelize.File, sheet, cell string) (string, excelize.CellType) {
	t.Helper()
	value, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	kind, err := f.GetCellType(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	return value, kind
}

// serial is a day as spreadsheets count it.
func serial(d record.Date) string {
	return strconv.Itoa(int(d.Time().Sub(record.Date("1899-12-30").Time()).Hours() / 24))
}

var again = regexp.MustCompile(`__\d+$`)

// TestEveryFigureHasANamedNumber in the yearly report, those of the year before and since
// the plan began too.
func TestEveryFigureHasANamedNumber(t *testing.T) {
	y := sample(60)
	got, err := xlsx.Values(fill(t, shipped(t, "ke-hoach"), y))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for prefix, f := range map[string]*record.Figures{"CT_": &y.Figures, "NT_": y.Before, "LK_": y.Since} {
		for _, g := range f.Indicators {
			want[prefix+report.FigureName(g)] = strconv.FormatInt(g.Value, 10)
		}
	}
	for _, g := range y.Figures.Targets {
		want["MT_"+g.Code+"_numerator"] = strconv.FormatInt(g.Numerator, 10)
		want["MT_"+g.Code+"_denominator"] = strconv.FormatInt(g.Denominator, 10)
		want["MT_"+g.Code+"_rate"] = strconv.FormatFloat(g.Rate, 'f', -1, 64)
	}
	for name := range got {
		if base := again.ReplaceAllString(name, ""); base != name {
			if got[name] != want[base] {
				t.Errorf("%s is %s, want %s", name, got[name], want[base])
			}
			delete(got, name)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

func TestActivitiesReadBackCellByCell(t *testing.T) {
	y := sample(30)
	rows := raw(t, open(t, fill(t, shipped(t, "ke-hoach"), y)), "Danh sách hoạt động")
	if len(rows) != 3+len(y.Activities)+1 {
		t.Fatalf("%d rows for %d activities", len(rows), len(y.Activities))
	}
	sums := make([]int64, 4)
	for i, a := range y.Activities {
		numbers := []int64{a.Heads.Total, a.Heads.Women, a.Heads.EthnicMinority, a.Heads.Disabled}
		want := []string{
			strconv.Itoa(i + 1), serial(a.When.Date), record.WordIn(record.ActivityKinds, a.Kind, "vi"), a.Title,
			y.UnitNames[a.HostUnitID] + "\n" + a.When.Place,
			record.WordIn(topics, a.Topics[0], "vi") + "; " + record.WordIn(topics, a.Topics[1], "vi"), map[bool]string{true: "x"}[a.Direct],
		}
		for k, n := range numbers {
			want = append(want, strconv.FormatInt(n, 10))
			sums[k] += n
		}
		if diff := cmp.Diff(want, rows[3+i]); diff != "" {
			t.Fatalf("activity %d (-want +got):\n%s", i+1, diff)
		}
	}
	for k, sum := range sums {
		if last := rows[len(rows)-1]; last[7+k] != strconv.FormatInt(sum, 10) {
			t.Errorf("sum %d is %s, want %d", k, last[7+k], sum)
		}
	}
}

func TestTablesReadBack(t *testing.T) {
	y := sample(60)
	f := open(t, fill(t, shipped(t, "ke-hoach"), y))
	months := raw(t, f, "Theo tháng")[4:]
	for i, m := range y.Months {
		want := []string{fmt.Sprintf("Tháng %d/%d", m.Days.From.Month(), m.Days.From.Year())}
		for _, n := range []int64{m.Directives, m.Trainings, m.Trained, m.Direct, m.Attended, m.AttendedWomen, m.Dialogues, m.DialogueHeads, m.Contests, m.Entries} {
			want = append(want, strconv.FormatInt(n, 10))
		}
		if diff := cmp.Diff(want, months[i]); diff != "" {
			t.Errorf("month %d (-want +got):\n%s", i, diff)
		}
	}
	for _, v := range months[len(y.Months)+2][1:] {
		if v != "0" {
			t.Errorf("the months differ from the indicators: %v", months[len(y.Months)+2])
		}
	}
	for i, r := range y.Audiences {
		want := []string{fmt.Sprint(r.Trained), fmt.Sprint(r.Attended), fmt.Sprint(r.Dialogue), fmt.Sprint(r.Entries)}
		if diff := cmp.Diff(want, raw(t, f, "Đối tượng")[3+i][1:5]); diff != "" {
			t.Errorf("audience %v (-want +got):\n%s", r.Split, diff)
		}
	}
	if got := raw(t, f, "Câu hỏi"); len(got) < 3+len(y.Questions) || got[3][4] != y.Questions[0].Text {
		t.Errorf("questions: %v", got)
	}
}

// TestOnlyTheNamedCellsChange: what a template says beside its names and model rows stays,
// with every style, width, merged cell and print setting.
func TestOnlyTheNamedCellsChange(t *testing.T) {
	template := shipped(t, "thong-ke-2019")
	was, is := open(t, template), open(t, fill(t, template, sample(30)))
	filled := map[string]bool{}
	for _, n := range was.GetDefinedName() {
		_, at, _ := strings.Cut(n.RefersTo, "!")
		filled[strings.ReplaceAll(at, "$", "")] = true
	}
	const sheet = "Biểu thống kê"
	for row := 1; row <= 24; row++ {
		for col := 1; col <= 12; col++ {
			at, _ := excelize.CoordinatesToCellName(col, row)
			a, _ := was.GetCellStyle(sheet, at)
			b, _ := is.GetCellStyle(sheet, at)
			x, y := must(was.GetStyle(a))(t), must(is.GetStyle(b))(t)
			if diff := cmp.Diff(x, y); diff != "" {
				t.Errorf("the style of %s changed:\n%s", at, diff)
			}
			under := false
			for _, m := range must(was.GetMergeCells(sheet))(t) {
				under = under || filled[m.GetStartAxis()] && inside(m, col, row)
			}
			before, _ := stored(t, was, sheet, at)
			after, _ := stored(t, is, sheet, at)
			if before != after && !filled[at] && !under {
				t.Errorf("%s was %q, is %q", at, before, after)
			}
		}
	}
	same := func(what string, of func(*excelize.File) any) {
		if diff := cmp.Diff(fmt.Sprint(of(was)), fmt.Sprint(of(is))); diff != "" {
			t.Errorf("%s changed:\n%s", what, diff)
		}
	}
	for col := 'A'; col <= 'L'; col++ {
		same("a width", func(f *excelize.File) any { return must(f.GetColWidth(sheet, string(col)))(t) })
	}
	same("the merged cells", func(f *excelize.File) any {
		var out []string
		for _, m := range must(f.GetMergeCells(sheet, true))(t) {
			out = append(out, m.GetStartAxis()+m.GetEndAxis())
		}
		return out
	})
	same("the page", func(f *excelize.File) any {
		o := must(f.GetPageLayout(sheet))(t)
		return []any{*o.Size, *o.Orientation, *o.FitToWidth, *o.FitToHeight}
	})
	same("the margins", func(f *excelize.File) any {
		m := must(f.GetPageMargins(sheet))(t)
		return []any{*m.Top, *m.Left, *m.Right, *m.Bottom}
	})
}

func inside(m excelize.MergeCell, col, row int) bool {
	a, b, _ := excelize.CellNameToCoordinates(m.GetStartAxis())
	c, d, _ := excelize.CellNameToCoordinates(m.GetEndAxis())
	return a <= col && col <= c && b <= row && row <= d
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// TestNobodyIsNamed: of people only the signer stands anywhere in a file.
func TestNobodyIsNamed(t *testing.T) {
	for _, code := range []string{"ke-hoach", "thong-ke-2019", "trong"} {
		b := fill(t, shipped(t, code), sample(40))
		for _, f := range parts(t, b) {
			for _, planted := range []string{"A Blan", "Y Hlim", "0905123456", "ghi chú nội bộ"} {
				if strings.Contains(f.text, planted) {
					t.Errorf("%s: %s holds %q", code, f.name, planted)
				}
			}
		}
	}
}

func TestSameReportSameBytes(t *testing.T) {
	template := shipped(t, "ke-hoach")
	first := fill(t, template, sample(40))
	for range 3 {
		if !bytes.Equal(first, fill(t, template, sample(40))) {
			t.Fatal("the same report gives another file")
		}
	}
}

func TestEmptyYear(t *testing.T) {
	for name, y := range map[string]report.Yearly{
		"nothing at all": {}, "an empty year": yearly(report.Input{Period: report.Period("plan", 2026, "")}, nil),
		"an open span": yearly(report.Input{Period: report.Between("", "")}, nil),
	} {
		for _, code := range []string{"ke-hoach", "thong-ke-2019", "trong"} {
			f := open(t, fill(t, shipped(t, code), y))
			for _, sheet := range f.GetSheetList() {
				for _, row := range raw(t, f, sheet) {
					if text := strings.Join(row, " "); sheet != "Tên dùng được" && strings.Contains(text, "{") {
						t.Errorf("%s, %s, %s: %s", name, code, sheet, text)
					}
				}
			}
		}
	}
}

func TestTextIsNeverAFormula(t *testing.T) {
	y := sample(2)
	y.Activities[0].Title = `=HYPERLINK("http://x","y")`
	y.Activities[1].Title = "a\x01b _x0041_ <f>1</f> t=\"str\"><f>"
	f := open(t, fill(t, shipped(t, "ke-hoach"), y))
	const sheet = "Danh sách hoạt động"
	if got, err := f.GetCellFormula(sheet, "D4"); err != nil || got != "" {
		t.Errorf("a title became the formula %q, %v", got, err)
	}
	rows := raw(t, f, sheet)
	if rows[3][3] != y.Activities[0].Title || rows[4][3] != strings.ReplaceAll(y.Activities[1].Title, "\x01", "\uFFFD") {
		t.Errorf("titles read back as %q and %q", rows[3][3], rows[4][3])
	}
}

// TestATemplateThatAsksForWhatThereIsNot is refused with the sheet and the cell.
func TestATemplateThatAsksForWhatThereIsNot(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*excelize.File) error
		where  string
	}{
		"a figure": {named("CT_I99_total", "$C$7"), "C7"}, "a fact": {named("TT_ten_nguoi", "$C$7"), "C7"}, "a part": {named("CT_I4_audience_king", "$D$7"), "D7"},
		"a table": {named("BANG_sao", "$A$30:$B$30"), "A30"}, "tables that overlap": {named("BANG_xa", "$A$10:$B$10"), "A10"},
		"a name in a model row": {named("CT_I1_total", "$B$10"), "B10"}, "model rows": {named("BANG_chi_tieu", "$A$30:$B$30"), "A30"},
		"a column":  {func(f *excelize.File) error { return f.SetCellStr("Báo cáo", "B10", "{sao}") }, "B10"},
		"a formula": {func(f *excelize.File) error { return f.SetCellFormula("Báo cáo", "B6", "1+1") }, "B6"},
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t, shipped(t, "trong"))
			if err := c.change(f); err != nil {
				t.Fatal(err)
			}
			_, err := xlsx.Fill(must(f.WriteToBuffer())(t).Bytes(), sample(3))
			var r *record.Refusal
			if !errors.As(err, &r) || !strings.Contains(r.Words.VI, "ô "+c.where) || !strings.Contains(r.Words.VI, "Báo cáo") || !strings.Contains(r.Words.EN, c.where) {
				t.Errorf("%v", err)
			}
		})
	}
}

func named(name, at string) func(*excelize.File) error {
	return func(f *excelize.File) error {
		return f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: "'Báo cáo'!" + at})
	}
}

func FuzzFill(f *testing.F) {
	for _, code := range []string{"thong-ke-2019", "trong"} {
		f.Add(shipped(f, code))
	}
	f.Add([]byte("PK"))
	y := sample(5)
	f.Fuzz(func(t *testing.T, b []byte) {
		out, err := xlsx.Fill(b, y)
		var r *record.Refusal
		if err != nil && !errors.As(err, &r) {
			t.Errorf("no sentence: %v", err)
		}
		if err == nil {
			if _, err := xlsx.Values(out); err != nil {
				t.Errorf("what was filled does not read: %v", err)
			}
		}
	})
}

func BenchmarkFill(b *testing.B) {
	template, y := shipped(b, "ke-hoach"), sample(400)
	b.ReportAllocs()
	for b.Loop() {
		fill(b, template, y)
	}
}
