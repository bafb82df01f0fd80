package intake_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sophobien/internal/intake"
	"sophobien/internal/record"
	"sophobien/internal/sheet"
)

// sheetOf is a sheet of a workbook: its name and its rows.
type sheetOf struct {
	name string
	rows [][]any
}

var listHeader = []any{"STT", "Họ và tên", "Năm sinh", "Đơn vị"}

func workbookOf(t *testing.T, sheets ...sheetOf) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, s := range sheets {
		if i == 0 {
			must(t, f.SetSheetName("Sheet1", s.name))
		} else {
			_, err := f.NewSheet(s.name)
			must(t, err)
		}
		for r, row := range s.rows {
			at, _ := excelize.CoordinatesToCellName(1, r+1)
			must(t, f.SetSheetRow(s.name, at, &row))
		}
	}
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.Bytes()
}

// Of several sheets the one that is a list is read, and the others that are one
// are named.
func TestSheetsOfAFile(t *testing.T) {
	cover := sheetOf{"Bìa", [][]any{{"BÁO CÁO"}}}
	letter := sheetOf{"Công văn", [][]any{{"UBND XÃ ĐĂK HÀ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}, {"Kính gửi Sở Nội vụ", "Độc lập"}}}
	one := sheetOf{"Thôn 1", [][]any{listHeader, {1, "Nguyễn Văn An", 1980, "Thôn 1"}}}
	two := sheetOf{"Thôn 2", [][]any{{"DANH SÁCH"}, listHeader, {1, "Trần Bình", 1980, "Thôn 2"}, {2, "Y Ngọc", 1981, "Thôn 2"}}}
	same := sheetOf{"Thôn 3", [][]any{listHeader, {1, "A Blan", 1980, "Thôn 3"}}}
	summary := sheetOf{"Tổng hợp", [][]any{{"STT", "Đơn vị", "Số người"}, {1, "Thôn 1", 1}, {2, "Thôn 2", 2}}}
	bare := sheetOf{"Không tiêu đề", [][]any{{"Lê Thị Hoa", "Nữ", 1990}, {"Trần Văn Bình", "Nam", 1980}, {"A Blan", "Nam", 1981}}}
	blank := sheetOf{"Trống", nil}
	for name, tt := range map[string]struct {
		sheets []sheetOf
		want   string
		others []record.OtherSheet
	}{
		"cover first":              {[]sheetOf{cover, one, summary}, "Thôn 1", nil},
		"letter first":             {[]sheetOf{letter, one}, "Thôn 1", nil},
		"the longest":              {[]sheetOf{one, two, blank}, "Thôn 2", []record.OtherSheet{{Sheet: "Thôn 1", Rows: 1}}},
		"the first of equal ones":  {[]sheetOf{blank, one, same}, "Thôn 1", []record.OtherSheet{{Sheet: "Thôn 3", Rows: 1}}},
		"a header before more":     {[]sheetOf{bare, one}, "Thôn 1", []record.OtherSheet{{Sheet: "Không tiêu đề", Rows: 3}}},
		"nothing but a bare list":  {[]sheetOf{cover, bare}, "Không tiêu đề", nil},
		"three, and what is none":  {[]sheetOf{cover, one, summary, two, letter, same}, "Thôn 2", []record.OtherSheet{{Sheet: "Thôn 1", Rows: 1}, {Sheet: "Thôn 3", Rows: 1}}},
		"one beside empty ones":    {[]sheetOf{blank, two}, "Thôn 2", nil},
		"only what is no list":     {[]sheetOf{cover, letter}, "", nil},
		"a summary, no list of it": {[]sheetOf{summary}, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			data := workbookOf(t, tt.sheets...)
			p, err := intake.ReadFile(context.Background(), data, sheet.Options{}, "person", intake.Options{LetGo: true})
			if tt.want == "" {
				sentence(t, err)
				return
			}
			must(t, err)
			if diff := cmp.Diff(tt.others, p.OtherSheets); diff != "" || p.Sheet != tt.want {
				t.Errorf("read %q, %s", p.Sheet, diff)
			}
			for _, o := range tt.others {
				p, err := intake.ReadFile(context.Background(), data, sheet.Options{Sheet: o.Sheet}, "person", intake.Options{})
				must(t, err)
				if p.Sheet != o.Sheet || len(p.Rows)+len(p.Parked) != o.Rows || p.OtherSheets != nil {
					t.Errorf("%q brings %d rows, said %d", p.Sheet, len(p.Rows), o.Rows)
				}
			}
		})
	}
}

// A sheet that cannot be read does not hide one that can.
func TestASheetThatCannotBeRead(t *testing.T) {
	wide := make([]any, 300)
	for i := range wide {
		wide[i] = i
	}
	list := sheetOf{"Thôn 1", [][]any{listHeader, {1, "Nguyễn Văn An", 1980, "Thôn 1"}}}
	for _, sheets := range [][]sheetOf{{{"Rộng", [][]any{wide}}, list}, {list, {"Rộng", [][]any{wide}}}} {
		p, err := intake.ReadFile(context.Background(), workbookOf(t, sheets...), sheet.Options{}, "person", intake.Options{})
		must(t, err)
		if p.Sheet != "Thôn 1" || len(p.Rows) != 1 {
			t.Errorf("%+v", p)
		}
	}
}

// Titles and covers are nobody's names; a column of names without a header is a list.
func TestNamesWithoutAHeader(t *testing.T) {
	for text, rows := range map[string]int{
		"BÁO CÁO": 0, "Nguyễn Văn An": 0, "BÁO CÁO\nNăm nay": 0, "UBND XÃ ĐĂK HÀ\tCỘNG HÒA XÃ HỘI": 0,
		"Nguyễn Văn An\nY Ngọc\nA Blan": 3, "Nguyễn Văn An\tNam": 1, "Nguyễn Văn An\tThôn 1": 1, "Xiêng Thoong\t1987": 1,
	} {
		g, err := sheet.FromClipboard(text)
		must(t, err)
		p, err := intake.People(g)
		if len(p.Rows) != rows || (err == nil) != (rows > 0) {
			t.Errorf("%q: %d rows, %v", text, len(p.Rows), err)
		}
	}
}
