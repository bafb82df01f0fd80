package xlsx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
	"sophobien/internal/report/xlsx"
)

func sampleList(rows ...[]string) xlsx.List {
	l := record.ListingOf("activity")
	var columns []record.ListColumn
	for _, name := range []string{"when_date", "title", "kind", "topics", "heads_total"} {
		columns = append(columns, l.Columns[l.Column(name)])
	}
	return xlsx.List{
		Office: record.Office{Name: "Phòng Văn hóa – Xã hội"}, Title: "Hoạt động", Filter: "3 hoạt động, tháng 3 năm 2026",
		Columns: columns, Topics: []record.Term{{Code: "LD07", Words: record.Words{VI: "Tiền lương"}}},
		Sums: map[string]int64{"heads_total": 1300}, PrintedOn: "2026-03-20", PrintedBy: "Y Ngọc",
		Rows: func(put func([]string) error) error {
			for _, r := range rows {
				if err := put(r); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func list(t testing.TB, in xlsx.List) []byte {
	t.Helper()
	b, err := xlsx.ListBook(in)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestListHoldsNumbersDaysAndWords(t *testing.T) {
	b := list(t, sampleList(
		[]string{"2026-03-05", "Tập huấn", "training", "LD07", "1240"},
		[]string{"2026-03-06", "=1+1", "dialogue", "", "60"},
		[]string{"", " _x0041_ <&> ", "", "", ""},
	))
	f := open(t, b)
	want := [][]string{
		{"PHÒNG VĂN HÓA – XÃ HỘI"}, {"HOẠT ĐỘNG"}, {"3 hoạt động, tháng 3 năm 2026"},
		{"STT", "Ngày", "Tên hoạt động", "Loại", "Chủ đề", "Lượt người"},
		{"1", "46086", "Tập huấn", "Tập huấn, bồi dưỡng", "Tiền lương", "1240"},
		{"2", "46087", "=1+1", "Đối thoại", "", "60"},
		{"3", "", " _x005F_x0041_ <&> "}, // spreadsheets read it as _x0041_; the library does not
		{"", "Tổng cộng", "", "", "", "1300"},
		{"Xuất ngày 20/03/2026, người xuất: Y Ngọc"},
	}
	got := raw(t, f, xlsx.SheetList)
	got = append(got[:8:8], got[len(got)-1])
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	if shown, _ := f.GetCellValue(xlsx.SheetList, "B5"); shown != "05/03/2026" {
		t.Errorf("the day shows as %q", shown)
	}
	if kind, _ := f.GetCellType(xlsx.SheetList, "F5"); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("a number is of type %v", kind)
	}
	if formula, _ := f.GetCellFormula(xlsx.SheetList, "F8"); formula != "SUBTOTAL(109,F5:F7)" {
		t.Errorf("total %q", formula)
	}
	panes, err := f.GetPanes(xlsx.SheetList)
	if err != nil || !panes.Freeze || panes.YSplit != 4 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	sheet := part(t, b, "xl/worksheets/sheet1.xml")
	for _, piece := range []string{`<autoFilter ref="$A$4:$F$7"`, `<f>SUBTOTAL(109,F5:F7)</f><v>1300</v>`, `orientation="landscape"`} {
		if !strings.Contains(sheet, piece) {
			t.Errorf("the sheet lacks %s", piece)
		}
	}
	if strings.Contains(sheet, `t="str"><f>`) {
		t.Error("a total says it is a text")
	}
}

func part(t testing.TB, b []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestListIsTheSameForTheSameRows(t *testing.T) {
	in := sampleList([]string{"2026-03-05", "Tập huấn", "training", "", "1"})
	if !bytes.Equal(list(t, in), list(t, in)) {
		t.Error("equal rows gave other bytes")
	}
}

func TestEmptyListIsAWorkbook(t *testing.T) {
	f := open(t, list(t, sampleList()))
	rows := raw(t, f, xlsx.SheetList)
	if len(rows) != 6 || rows[3][0] != "STT" {
		t.Errorf("rows %q", rows)
	}
}

// TestListStopsAtAnError: half a list is no list.
func TestListStopsAtAnError(t *testing.T) {
	broken := errors.New("the disk went away")
	in := sampleList()
	in.Rows = func(put func([]string) error) error {
		for range 3 {
			if err := put([]string{"", "x", "", "", ""}); err != nil {
				return err
			}
		}
		return broken
	}
	if b, err := xlsx.ListBook(in); !errors.Is(err, broken) || b != nil {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	if _, err := xlsx.ListBook(sampleList([]string{"too short"})); err == nil {
		t.Error("a row that is too short went through")
	}
}

func TestLongList(t *testing.T) {
	in := sampleList()
	const n = 50_000
	in.Rows = func(put func([]string) error) error {
		for i := range n {
			if err := put([]string{"2026-03-05", fmt.Sprintf("Tập huấn số %d", i), "training", "LD07", "60"}); err != nil {
				return err
			}
		}
		return nil
	}
	f := open(t, list(t, in))
	if got, _ := f.GetCellValue(xlsx.SheetList, fmt.Sprintf("C%d", n+4)); got != fmt.Sprintf("Tập huấn số %d", n-1) {
		t.Errorf("the last row is %q", got)
	}
}
