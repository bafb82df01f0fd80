package xlsx_test

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/report/xlsx"
)

func write(t testing.TB, in xlsx.Input) []byte {
	t.Helper()
	b, err := xlsx.Workbook(in)
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

func TestSheetsStandInTheirOrder(t *testing.T) {
	f := open(t, write(t, sample(20)))
	want := []string{xlsx.SheetCover, xlsx.SheetFigures, xlsx.SheetMonths, xlsx.SheetAudiences, xlsx.SheetActivities}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
}

// TestEveryFigureHasANamedNumber reads each figure back through its defined name.
func TestEveryFigureHasANamedNumber(t *testing.T) {
	in := sample(60)
	f := open(t, write(t, in))
	at := map[string]string{}
	for _, n := range f.GetDefinedName() {
		if n.Scope == "Workbook" {
			at[n.Name] = n.RefersTo
		}
	}
	if len(at) != len(in.Figures.Indicators) {
		t.Errorf("%d names for %d figures", len(at), len(in.Figures.Indicators))
	}
	for _, g := range in.Figures.Indicators {
		name := g.Code + "_total"
		for dim, part := range g.Split {
			name = g.Code + "_" + dim + "_" + part
		}
		sheet, cell, ok := strings.Cut(strings.ReplaceAll(at[name], "$", ""), "!")
		if !ok {
			t.Errorf("no name %s", name)
			continue
		}
		value, kind := stored(t, f, strings.Trim(sheet, "'"), cell)
		if value != strconv.FormatInt(g.Value, 10) || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("%s is %q of type %d, want the number %d", name, value, kind, g.Value)
		}
	}
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

func TestActivitiesReadBackCellByCell(t *testing.T) {
	in := sample(30)
	rows := raw(t, open(t, write(t, in)), xlsx.SheetActivities)
	if len(rows) != 3+len(in.Activities)+1 {
		t.Fatalf("%d rows for %d activities", len(rows), len(in.Activities))
	}
	sums := make([]int64, 4)
	for i, a := range in.Activities {
		numbers := []int64{a.Heads.Total, a.Heads.Women, a.Heads.EthnicMinority, a.Heads.Disabled}
		want := []string{
			strconv.Itoa(i + 1), serial(a.When.Date), record.WordIn(record.ActivityKinds, a.Kind, "vi"), a.Title,
			in.UnitNames[a.HostUnitID] + "\n" + a.When.Place,
			record.WordIn(topics, a.Topics[0], "vi") + "; " + record.WordIn(topics, a.Topics[1], "vi"), "",
		}
		if a.Direct {
			want[6] = "x"
		}
		for k, n := range numbers {
			want = append(want, strconv.FormatInt(n, 10))
			sums[k] += n
		}
		if diff := cmp.Diff(want, rows[3+i]); diff != "" {
			t.Fatalf("activity %d (-want +got):\n%s", i+1, diff)
		}
	}
	last := rows[len(rows)-1]
	for k, sum := range sums {
		if last[7+k] != strconv.FormatInt(sum, 10) {
			t.Errorf("sum %d is %s, want %d", k, last[7+k], sum)
		}
	}
}

// serial is a day as spreadsheets count it.
func serial(d record.Date) string {
	return strconv.Itoa(int(d.Time().Sub(record.Date("1899-12-30").Time()).Hours() / 24))
}

func TestDaysShowAsWrittenHere(t *testing.T) {
	in := sample(1)
	in.Activities[0].When.Date = "2024-02-29"
	f := open(t, write(t, in))
	got, err := f.GetCellValue(xlsx.SheetActivities, "B4")
	if err != nil || got != "29/02/2024" {
		t.Errorf("the day shows as %q, %v", got, err)
	}
}

func TestTablesReadBack(t *testing.T) {
	in := sample(60)
	f := open(t, write(t, in))
	months := raw(t, f, xlsx.SheetMonths)[4:]
	for i, m := range in.Months {
		want := []string{fmt.Sprintf("Tháng %d/%d", m.Days.From.Month(), m.Days.From.Year())}
		for _, n := range []int64{m.Directives, m.Trainings, m.Trained, m.Direct, m.Attended, m.AttendedWomen, m.Dialogues, m.DialogueHeads, m.Contests, m.Entries} {
			want = append(want, strconv.FormatInt(n, 10))
		}
		if diff := cmp.Diff(want, months[i]); diff != "" {
			t.Errorf("month %d (-want +got):\n%s", i, diff)
		}
	}
	for _, v := range months[len(in.Months)+1][1:] {
		if v != "0" {
			t.Errorf("the months differ from the indicators: %v", months[len(in.Months)+1])
		}
	}
	audiences := raw(t, f, xlsx.SheetAudiences)[3:]
	for i, r := range in.Audiences {
		var want []string
		for _, n := range []int64{r.Trained, r.Attended, r.Dialogue, r.Entries} {
			want = append(want, strconv.FormatInt(n, 10))
		}
		if diff := cmp.Diff(want, audiences[i][1:]); diff != "" {
			t.Errorf("audience %v (-want +got):\n%s", r.Split, diff)
		}
	}
}

func TestCoverSaysWhoWhatAndByWhichRule(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*xlsx.Input)
		want   []string
		no     []string
	}{
		"commune": {func(*xlsx.Input) {}, []string{
			"ỦY BAN NHÂN DÂN XÃ ĐĂK HÀ", "PHÒNG VĂN HÓA – XÃ HỘI", "Số:        /BC-VHXH", "Đăk Hà, ngày 03 tháng 12 năm 2026",
			"BÁO CÁO SỐ LIỆU", "Kết quả phổ biến, giáo dục pháp luật về lao động năm 2026", "Kính gửi: Sở Nội vụ tỉnh Quảng Ngãi",
			"Kỳ số liệu: từ ngày 01/12/2025 đến ngày 30/11/2026.", "Cách tính kỳ: từ ngày sau kỳ trước đến 30/11.",
			"TRƯỞNG PHÒNG", "Nguyễn Thị Ánh Nguyệt", "- Như trên;",
		}, []string{"Kỳ chưa kết thúc", "BTP"}},
		"before the end": {func(in *xlsx.Input) { in.PrintedOn = "2026-02-05" }, []string{
			"Đăk Hà, ngày 05 tháng 02 năm 2026",
			"Kỳ chưa kết thúc: số liệu thực tế đến ngày in 05/02/2026, chưa gồm số ước của những ngày còn lại.",
		}, nil},
		"the people's committee itself": {func(in *xlsx.Input) {
			in.Office = record.Office{Name: "Ủy ban nhân dân xã Đăk Hà", Head: record.Signer{For: "KT. Chủ tịch", Title: "Phó Chủ tịch", Name: "A Blan"}}
			in.PrintedOn = ""
		}, []string{"ỦY BAN NHÂN DÂN XÃ ĐĂK HÀ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "A Blan", "…………, ngày      tháng      năm        "},
			[]string{"Kính gửi", "Như trên"}},
		"ad hoc": {func(in *xlsx.Input) {
			in.Figures.Period = report.Between("2026-03-01", "2026-03-31")
		}, []string{"Kết quả phổ biến, giáo dục pháp luật về lao động", "Kỳ số liệu: từ ngày 01/03/2026 đến ngày 31/03/2026.",
			"Cách tính kỳ: theo ngày đã chọn cho báo cáo đột xuất."}, []string{"lao động năm 2026"}},
		"decree": {func(in *xlsx.Input) { in.Figures.Period = report.Period("nd09", 2026, "") }, []string{
			"Cách tính kỳ: 15/12 năm trước đến 14/12 (Nghị định 09/2019/NĐ-CP)."}, nil},
		"open": {func(in *xlsx.Input) { in.Figures.Period = report.Between("", "") }, []string{
			"Kỳ số liệu: toàn bộ số liệu trong sổ."}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			in := sample(9)
			c.change(&in)
			var all []string
			for _, row := range raw(t, open(t, write(t, in)), xlsx.SheetCover) {
				all = append(all, row...)
			}
			for _, w := range c.want {
				if !slices.Contains(all, w) {
					t.Errorf("no cell %q", w)
				}
			}
			for _, w := range c.no {
				if strings.Contains(strings.Join(all, "\n"), w) {
					t.Errorf("a cell holds %q", w)
				}
			}
		})
	}
}

func TestPropertiesNameTheOfficeAndTheGivenDay(t *testing.T) {
	f := open(t, write(t, sample(3)))
	p, err := f.GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	got := []string{p.Title, p.Creator, p.LastModifiedBy, p.Created, p.Modified, p.Language}
	want := []string{"Báo cáo số liệu kết quả phổ biến, giáo dục pháp luật về lao động năm 2026",
		office.Name, office.Name, "2026-12-03T00:00:00Z", "2026-12-03T00:00:00Z", "vi-VN"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("properties (-want +got):\n%s", diff)
	}
}

func TestPagesPrintAsTheDecreeAsks(t *testing.T) {
	f := open(t, write(t, sample(3)))
	for _, sheet := range f.GetSheetList() {
		o, err := f.GetPageLayout(sheet)
		if err != nil {
			t.Fatal(err)
		}
		want := "portrait"
		if sheet == xlsx.SheetActivities || sheet == xlsx.SheetMonths {
			want = "landscape"
		}
		if *o.Size != 9 || *o.Orientation != want || *o.FitToWidth != 1 || *o.FitToHeight != 0 {
			t.Errorf("%s: paper %d, %s, fit %d × %d", sheet, *o.Size, *o.Orientation, *o.FitToWidth, *o.FitToHeight)
		}
		m, err := f.GetPageMargins(sheet)
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("%.1f %.1f %.1f %.1f", *m.Top*25.4, *m.Bottom*25.4, *m.Left*25.4, *m.Right*25.4)
		if got != "20.0 20.0 30.0 15.0" {
			t.Errorf("%s: margins %s mm", sheet, got)
		}
		panes, err := f.GetPanes(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if panes.Freeze != (sheet != xlsx.SheetCover) {
			t.Errorf("%s: header frozen: %v", sheet, panes.Freeze)
		}
	}
	titles := map[string]string{}
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Titles" {
			titles[n.Scope] = n.RefersTo
		}
	}
	want := map[string]string{
		xlsx.SheetFigures: "'Chỉ tiêu'!$3:$3", xlsx.SheetMonths: "'Theo tháng'!$3:$4",
		xlsx.SheetAudiences: "'Đối tượng'!$3:$3", xlsx.SheetActivities: "'Danh sách hoạt động'!$3:$3",
	}
	if diff := cmp.Diff(want, titles); diff != "" {
		t.Errorf("repeated rows (-want +got):\n%s", diff)
	}
}

func TestTextIsNeverAFormulaAndNotesStayInside(t *testing.T) {
	in := sample(2)
	in.Activities[0].Title = `=HYPERLINK("http://x","y")`
	in.Activities[1].Title = "a\x01b _x0041_ <f>1</f> t=\"str\"><f>"
	b := write(t, in)
	f := open(t, b)
	if got, err := f.GetCellFormula(xlsx.SheetActivities, "D4"); err != nil || got != "" {
		t.Errorf("a title became the formula %q, %v", got, err)
	}
	rows := raw(t, f, xlsx.SheetActivities)
	if rows[3][3] != in.Activities[0].Title || rows[4][3] != strings.ReplaceAll(in.Activities[1].Title, "\x01", "\uFFFD") {
		t.Errorf("titles read back as %q and %q", rows[3][3], rows[4][3])
	}
	for _, sheet := range f.GetSheetList() {
		text := fmt.Sprint(raw(t, f, sheet))
		for _, inner := range []string{"ghi chú nội bộ", "A Blan"} {
			if strings.Contains(text, inner) {
				t.Errorf("%s holds %q", sheet, inner)
			}
		}
	}
}

func TestNamesDifferWithoutRegardToCase(t *testing.T) {
	in := sample(3)
	for _, topic := range []string{"ab 1", "AB_1", "ab-1", strings.Repeat("đ", 400)} {
		in.Figures.Indicators = append(in.Figures.Indicators, record.Figure{Code: "I4", Split: map[string]string{"topic": topic}, Value: 1})
	}
	seen := map[string]bool{}
	for _, n := range open(t, write(t, in)).GetDefinedName() {
		key := strings.ToLower(n.Scope + " " + n.Name)
		if seen[key] || len(n.Name) > 255 {
			t.Errorf("the name %s is there twice or too long", n.Name)
		}
		seen[key] = true
	}
	if !seen["workbook i4_topic_ab_1"] || !seen["workbook i4_topic_ab_1_2"] || !seen["workbook i4_topic_ab_1_3"] {
		t.Errorf("names: %v", seen)
	}
}

func TestEmptyAndOddInput(t *testing.T) {
	for name, in := range map[string]xlsx.Input{
		"nothing at all": {},
		"an empty year":  input(report.Input{Period: report.Period("plan", 2026, "")}, nil),
		"no sum": func() xlsx.Input {
			in := sample(9)
			for i := range in.Figures.Indicators {
				in.Figures.Indicators[i].Value += int64(i)
			}
			in.Audiences[0].Trained += 5
			return in
		}(),
		"an early day": func() xlsx.Input {
			in := sample(1)
			in.Activities[0].When.Date = "1800-01-01"
			return in
		}(),
	} {
		t.Run(name, func(t *testing.T) { open(t, write(t, in)) })
	}
}

func TestSameInputSameBytes(t *testing.T) {
	first := write(t, sample(40))
	for range 3 {
		if !bytes.Equal(first, write(t, sample(40))) {
			t.Fatal("the same input gives another file")
		}
	}
}

func BenchmarkWorkbook(b *testing.B) {
	in := sample(400)
	b.ReportAllocs()
	for b.Loop() {
		write(b, in)
	}
}
