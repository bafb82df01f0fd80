package sheet_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sophobien/internal/sheet"
)

func TestWorkbookCells(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		day, _ := f.NewStyle(&excelize.Style{NumFmt: 14, Font: &excelize.Font{Family: ".VnTime"}})
		custom := "000000000000"
		id, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
		must(t, f.SetCellValue("Sheet1", "A1", "Họ & <tên>\nđệm"))
		must(t, f.SetCellValue("Sheet1", "C1", 61087001234))
		must(t, f.SetCellStyle("Sheet1", "C1", "C1", id))
		must(t, f.SetCellValue("Sheet1", "B4", 31841))
		must(t, f.SetCellStyle("Sheet1", "B4", "B4", day))
		must(t, f.SetCellBool("Sheet1", "D4", true))
		must(t, f.SetCellValue("Sheet1", "E4", 1.5))
		must(t, f.MergeCell("Sheet1", "A6", "C7"))
		must(t, f.SetCellRichText("Sheet1", "A6", []excelize.RichTextRun{
			{Text: "H¹nh", Font: &excelize.Font{Family: ".VnTime"}}, {Text: " Hà", Font: &excelize.Font{Family: "Arial"}}}))
		must(t, f.SetRowVisible("Sheet1", 6, false))
	})
	g := read(t, data, sheet.Options{Name: "a.xlsx"})
	want := map[int][]string{
		1: {"Họ & <tên>\nđệm", "", "61087001234"},
		4: {"", "31841", "", "1", "1.5"},
		6: {"H¹nh Hà"},
	}
	if diff := cmp.Diff(want, texts(g)); diff != "" {
		t.Error(diff)
	}
	r := g.Row(4)
	kinds := []sheet.Kind{r.At(1).Kind, r.At(3).Kind, r.At(4).Kind, g.Row(1).At(0).Kind}
	if diff := cmp.Diff([]sheet.Kind{sheet.Date, sheet.Bool, sheet.Number, sheet.Text}, kinds); diff != "" {
		t.Error(diff)
	}
	if s := g.StyleOf(r.At(1)); s.Font != ".VnTime" || s.Format != "dd/mm/yyyy" {
		t.Errorf("style %+v", s)
	}
	if s := g.StyleOf(g.Row(1).At(2)); s.Format != "000000000000" {
		t.Errorf("style %+v", s)
	}
	if diff := cmp.Diff([]sheet.Run{{"H¹nh", ".VnTime"}, {" Hà", "Arial"}}, g.RunsOf(6, 0)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]sheet.Area{{6, 0, 7, 2}}, g.Merged); diff != "" {
		t.Error(diff)
	}
	if !g.Row(6).Hidden || g.Row(4).Hidden || g.Width() != 5 {
		t.Errorf("hidden %v %v, width %d", g.Row(6).Hidden, g.Row(4).Hidden, g.Width())
	}
}

// TestSameAsExcelize compares cell by cell with the reference reader.
func TestSameAsExcelize(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"Nguyễn Văn An", " a ", "x", "", "&<>\"'", "_x0041_", "dòng\ndòng", "Hä vµ tªn", "☑", "0123"}
	for n := range 40 {
		data := workbook(t, func(f *excelize.File) {
			for range 60 {
				cell, _ := excelize.CoordinatesToCellName(1+r.IntN(12), 1+r.IntN(40))
				switch r.IntN(3) {
				case 0:
					must(t, f.SetCellValue("Sheet1", cell, words[r.IntN(len(words))]))
				case 1:
					must(t, f.SetCellValue("Sheet1", cell, r.Int64N(1e12)))
				default:
					must(t, f.SetCellFormula("Sheet1", cell, "1+1"))
				}
			}
		})
		f, err := excelize.OpenReader(bytes.NewReader(data))
		must(t, err)
		want := excelizeTexts(t, f, "Sheet1")
		if diff := cmp.Diff(want, texts(read(t, data, sheet.Options{}))); diff != "" {
			t.Fatalf("workbook %d: %s", n, diff)
		}
	}
}

func TestChoosingTheSheet(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		for _, s := range []string{"Trống", "Ẩn", "Danh sách", "Khác"} {
			_, err := f.NewSheet(s)
			must(t, err)
			if s != "Trống" {
				must(t, f.SetCellValue(s, "A1", s))
			}
		}
		must(t, f.SetSheetVisible("Ẩn", false))
	})
	if g := read(t, data, sheet.Options{}); g.Sheet != "Danh sách" || len(g.Sheets) != 4 {
		t.Errorf("read %q of %q", g.Sheet, g.Sheets)
	}
	if g := read(t, data, sheet.Options{Sheet: "khác"}); g.Sheet != "Khác" {
		t.Errorf("read %q", g.Sheet)
	}
	_, err := sheet.Read(context.Background(), data, sheet.Options{Sheet: "100%"})
	if s := sentence(t, err); !strings.Contains(s, "100%") || !strings.Contains(s, "Danh sách") {
		t.Error(s)
	}
}

func TestEmptyFormattedRowsCostNothing(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Tên</t></is></c></row>`)
	const rows = 200_000
	for i := 2; i <= rows; i++ {
		fmt.Fprintf(&b, `<row r="%d" s="1"><c r="A%d" s="1"/></row>`, i, i)
	}
	b.WriteString(`</sheetData></worksheet>`)
	data := bare(t, b.String())
	allocs := testing.AllocsPerRun(1, func() {
		if g := read(t, data, sheet.Options{}); len(g.Rows) != 1 || cap(g.Rows) > 8 {
			t.Errorf("%d rows kept", len(g.Rows))
		}
	})
	if perRow := allocs / rows; perRow > 0.1 {
		t.Errorf("%.1f allocations for an empty row", perRow)
	}
}

func TestLimits(t *testing.T) {
	cell := func(ref string) string {
		return `<worksheet><sheetData><row r="` + strings.TrimLeft(ref, "ABCDEFGHIVWX") + `"><c r="` + ref + `"><v>1</v></c></row></sheetData></worksheet>`
	}
	for name, tt := range map[string]struct{ xml, want string }{
		"column 257":   {cell("IW1"), "cột thứ 257"},
		"row 2^20+1":   {cell("A1048577"), "1.048.576"},
		"no reference": {`<worksheet><sheetData><row><c r="A"><v>1</v></c></row></sheetData></worksheet>`, "bị hỏng"},
		"one place":    {`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row></sheetData></worksheet>`, "bị hỏng"},
		"shared none":  {`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData></worksheet>`, "bị hỏng"},
		"doctype":      {`<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>`, "bị hỏng"},
		"cut":          {`<worksheet><sheetData><row r="1"><c r="A1"`, "bị hỏng"},
		"empty":        {`<worksheet><sheetData/></worksheet>`, "không có dữ liệu"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sheet.Read(context.Background(), bare(t, tt.xml), sheet.Options{Name: "a.xlsx"})
			if s := sentence(t, err); !strings.Contains(s, tt.want) || !strings.Contains(s, "Chưa có gì được lưu") {
				t.Errorf("%q lacks %q", s, tt.want)
			}
		})
	}
	if g := read(t, bare(t, cell("IV1048576")), sheet.Options{}); g.Rows[0].Line != sheet.MaxRows || g.Width() != sheet.MaxColumns {
		t.Errorf("line %d, width %d", g.Rows[0].Line, g.Width())
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var b strings.Builder
	b.WriteString(`<worksheet><sheetData>`)
	for range 5000 {
		b.WriteString(`<row><c><v>1</v></c></row>`)
	}
	b.WriteString(`</sheetData></worksheet>`)
	if g, err := sheet.Read(ctx, bare(t, b.String()), sheet.Options{}); g != nil || err != context.Canceled {
		t.Errorf("%v, %v", g, err)
	}
}

// ReadEach shows the visible sheets that say something, and ends when told to.
func TestReadingEachSheet(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		for _, s := range []string{"Trống", "Ẩn", "Danh sách", "Khác"} {
			_, err := f.NewSheet(s)
			must(t, err)
			if s != "Trống" {
				must(t, f.SetCellValue(s, "A1", s))
			}
		}
		must(t, f.SetSheetVisible("Ẩn", false))
	})
	shown := func(data []byte, most int) (names []string) {
		must(t, sheet.ReadEach(context.Background(), data, sheet.Options{Name: `C:\x\a.xlsx`}, func(g *sheet.Grid, err error) bool {
			must(t, err)
			if g.Name != "a.xlsx" {
				t.Errorf("named %q", g.Name)
			}
			names = append(names, g.Sheet)
			return len(names) < most
		}))
		return names
	}
	if got := shown(data, 9); !slices.Equal(got, []string{"Danh sách", "Khác"}) {
		t.Errorf("shown %q", got)
	}
	if got := shown(data, 1); !slices.Equal(got, []string{"Danh sách"}) {
		t.Errorf("shown %q", got)
	}
	if got := shown([]byte("a,b\nc,d"), 9); !slices.Equal(got, []string{""}) {
		t.Errorf("shown %q", got)
	}
	none := func(*sheet.Grid, error) bool { t.Error("shown"); return true }
	empty := workbook(t, func(*excelize.File) {})
	for _, bad := range [][]byte{empty, data[:len(data)/2], nil, []byte("%PDF-1.7")} {
		sentence(t, sheet.ReadEach(context.Background(), bad, sheet.Options{}, none))
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := sheet.ReadEach(ctx, data, sheet.Options{}, func(g *sheet.Grid, err error) bool { return true }); err != nil && err != context.Canceled {
		t.Error(err)
	}
}

// A workbook of which one sheet needs the reference reader shows each sheet once.
func TestReadingEachSheetOnce(t *testing.T) {
	data := archive(t, map[string]string{
		"xl/workbook.xml": `<workbook><sheets><sheet name="Một" r:id="a"/><sheet name="Hai" r:id="b"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/a.xml"/>` +
			`<Relationship Id="b" Type="x/worksheet" Target="worksheets/b.xml"/></Relationships>`,
		"xl/worksheets/a.xml": `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/b.xml": "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet/>",
	})
	shown := map[string]int{}
	failed := 0
	must(t, sheet.ReadEach(context.Background(), data, sheet.Options{}, func(g *sheet.Grid, err error) bool {
		if err != nil {
			sentence(t, err)
			failed++
			return true
		}
		shown[g.Sheet]++
		return true
	}))
	if shown["Một"] != 1 || failed > 1 {
		t.Errorf("shown %v, %d failed", shown, failed)
	}
}
