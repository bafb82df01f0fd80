package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
)

// one is the first row of a block of one column beside the name.
func one(t *testing.T, label, cell string) (fields map[string]string, rules []string, question string) {
	t.Helper()
	p := pasted(t, "Họ và tên\t"+label, "Nguyễn Văn An\t"+cell)
	if len(p.Parked) == 1 {
		return p.Parked[0].Fields.Map(), nil, p.Parked[0].Question
	}
	for _, r := range p.Rows[0].Repairs {
		rules = append(rules, r.Rule)
	}
	return p.Rows[0].Fields.Map(), rules, ""
}

func TestBirths(t *testing.T) {
	for cell, want := range map[string]string{
		"5/3/1987": "1987-03-05 form", "05/03/1987": "1987-03-05 form", "05-03-1987": "1987-03-05 form", "05.03.1987": "1987-03-05 form",
		"5/3/87": "1987-03-05 year-2", "1987-03-05": "1987-03-05", "05031987": "1987-03-05 form", "5-Mar-1987": "1987-03-05 form",
		"ngày 5 tháng 3 năm 1987": "1987-03-05 form", "Mar 5, 1987": "1987-03-05 form", "05/03/1987 00:00:00": "1987-03-05 form",
		"1987": "1987", "sn 1987": "1987 form", "87": "1987 year-2", "3/1987": "1987 year-only", "31841": "1987-03-05 serial-date",
		"31/02/1987": "? không có trong lịch", "2987": "? không hợp lý", "không nhớ": "? không đọc được",
		"không rõ": "none", "-": "none", "không có": "none",
		"03/25/1987": "? Có phải là ngày 25/03/1987 không?", "25/03/1987": "1987-03-25 form", "29/02/2000": "2000-02-29 form",
	} {
		f, rules, q := one(t, "Ngày sinh", cell)
		if after, asked := strings.CutPrefix(want, "? "); asked {
			if !strings.Contains(q, after) || f["birth"] != cell {
				t.Errorf("%s: asked %q and keeps %q", cell, q, f["birth"])
			}
			continue
		}
		if got := strings.TrimSpace(f["birth"] + " " + strings.Join(rules, " ")); got != want {
			t.Errorf("%s: %s %q, want %s", cell, got, q, want)
		}
	}
}

// Every day of a working life as a serial of both counts, and in nine written forms.
func TestEveryDay(t *testing.T) {
	forms := []string{"%[1]d/%[2]d/%[3]d", "%02[1]d/%02[2]d/%[3]d", "%02[1]d-%02[2]d-%[3]d", "%[1]d.%[2]d.%[3]d", "%[3]d-%02[2]d-%02[1]d",
		"%02[1]d%02[2]d%[3]d", "ngày %[1]d tháng %[2]d năm %[3]d", "%[1]d tháng %[2]d năm %[3]d", "%[3]d/%[2]d/%[1]d"}
	want := []string{}
	cells, wantText := make([][]string, len(forms)), make([][]string, len(forms))
	serials := []int{}
	for day, n := record.Date("1930-01-01"), 10959; day <= "2012-12-31"; day, n = day.AddDays(1), n+1 {
		want = append(want, string(day))
		serials = append(serials, n)
		for i := range forms {
			cells[i] = append(cells[i], fmt.Sprintf(forms[i], day.Day(), day.Month(), day.Year()))
			wantText[i] = append(wantText[i], string(day))
		}
	}
	for i, column := range cells {
		lines := []string{"Họ và tên\tNgày sinh"}
		for _, c := range column {
			lines = append(lines, "Nguyễn Văn An\t"+c)
		}
		p := pasted(t, lines...)
		if diff := cmp.Diff(wantText[i], fields(p, "birth")); diff != "" || len(p.Parked) > 0 {
			t.Errorf("%s: %d parked, %.600s", forms[i], len(p.Parked), diff)
		}
	}
	for _, date1904 := range []bool{false, true} {
		p := people(t, workbook(t, func(f *excelize.File) {
			must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date1904}))
			style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
			must(t, err)
			must(t, f.SetSheetRow("Sheet1", "A1", &[]string{"Họ và tên", "Ngày sinh"}))
			must(t, f.SetCellStyle("Sheet1", "B2", fmt.Sprintf("B%d", len(serials)+1), style))
			for i, n := range serials {
				if date1904 {
					n -= 1462
				}
				must(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+2), &[]any{"Y Ngọc", n}))
			}
		}))
		if diff := cmp.Diff(want, fields(p, "birth")); diff != "" {
			t.Errorf("1904 %v: %.600s", date1904, diff)
		}
	}
}

func TestDayOrderByColumn(t *testing.T) {
	column := func(cells ...string) record.Proposal {
		lines := []string{"Họ và tên\tNgày sinh"}
		for i, c := range cells {
			lines = append(lines, fmt.Sprintf("Nguyễn Văn %c\t%s", 'A'+i, c))
		}
		return pasted(t, lines...)
	}
	p := column("3/25/1987", "12/31/1990", "5/3/1987", "7/14/1980")
	if diff := cmp.Diff([]string{"1987-03-25", "1990-12-31", "1987-05-03", "1980-07-14"}, fields(p, "birth")); diff != "" {
		t.Error("month first:", diff)
	}
	p = column("25/3/1987", "5/3/1987", "7/7/1980")
	if diff := cmp.Diff([]string{"1987-03-25", "1987-03-05", "1980-07-07"}, fields(p, "birth")); diff != "" {
		t.Error("day first:", diff)
	}
	p = column("3/25/1987", "25/3/1987", "5/3/1987", "7/7/1980")
	if diff := cmp.Diff([]string{"1987-03-25", "1980-07-07"}, fields(p, "birth")); diff != "" || len(p.Parked) != 2 {
		t.Error("mixed:", diff, p.Parked)
	}
}

func TestSwappedSerials(t *testing.T) {
	g := workbook(t, func(f *excelize.File) {
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, err)
		must(t, f.SetSheetRow("Sheet1", "A1", &[]string{"Họ và tên", "Ngày sinh"}))
		for i := range 9 {
			row := []any{"Y Ngọc", fmt.Sprintf("%d/03/1987", 20+i)}
			if i < 6 {
				row[1] = 31841 + 31*0 + i // 05/03/1987 and the days after it
			}
			must(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+2), &row))
		}
		must(t, f.SetCellStyle("Sheet1", "B2", "B7", style))
	})
	p := people(t, g)
	want := []string{"1987-05-03", "1987-06-03", "1987-07-03", "1987-08-03", "1987-09-03", "1987-10-03", "1987-03-26", "1987-03-27", "1987-03-28"}
	if diff := cmp.Diff(want, fields(p, "birth")); diff != "" {
		t.Error(diff)
	}
	if r := rules(p, "birth"); r[0] != "day-month-swapped" || r[6] != "form" {
		t.Error(r)
	}
}

func TestYearTypedIntoADateCell(t *testing.T) {
	p := people(t, workbook(t, func(f *excelize.File) {
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, err)
		must(t, f.SetSheetRow("Sheet1", "A1", &[]any{"Họ và tên", "Ngày sinh"}))
		must(t, f.SetSheetRow("Sheet1", "A2", &[]any{"Y Ngọc", 1987}))
		must(t, f.SetCellStyle("Sheet1", "B2", "B2", style))
	}))
	want := []record.Repair{{Field: "birth", Before: "1987", After: "1987", Rule: "year-serial"}}
	if diff := cmp.Diff(want, p.Rows[0].Repairs); diff != "" {
		t.Error(diff)
	}
}

func TestNumbers(t *testing.T) {
	for _, tt := range []struct{ label, cell, want string }{
		{"CCCD", "062087001234", "062087001234"},
		{"CCCD", "061087001234", "061087001234"},
		{"CCCD", "62087001234", "062087001234 id-zero"},
		{"CCCD", "1087001234", "001087001234 id-zero"},
		{"CCCD", "062 087 001 234", "062087001234 form"},
		{"CCCD", "6.2087001234E+10", "062087001234 float id-zero"},
		{"CCCD", "62087001234.0", "062087001234 float id-zero"},
		{"CCCD", "233123456", "233123456"},
		{"CCCD", "61087001234", "061087001234 id-zero"},
		{"CCCD", "3087001234", "003087001234 id-zero"},
		{"CCCD", "06408700123", "? bắt đầu bằng 0 nhưng chỉ có 11"}, // whatever was lost, it is no zero in front
		{"CCCD", "0108700123", "? bắt đầu bằng 0 nhưng chỉ có 10"},
		{"CCCD", "không có", "none"},
		{"CCCD", "chưa có", "none"},
		{"CCCD", "6.10870E+10", "? mất các chữ số cuối"},
		{"CCCD", "97087001234", "? 11 chữ số"},
		{"CCCD", "971087001234", "? mã tỉnh"},
		{"CCCD", "12345", "? 5 chữ số"},
		{"CCCD", "06108700123A", "? ký tự lạ"},
		{"CCCD", "nt", "? mỗi người một khác"},
		{"Điện thoại", "0905123456", "0905123456"},
		{"Điện thoại", "905123456", "0905123456 phone-zero"},
		{"Điện thoại", "905.123.456", "0905123456 form phone-zero"},
		{"Điện thoại", "+84 905 123 456", "0905123456 form"},
		{"Điện thoại", "84905123456", "0905123456 form"},
		{"Điện thoại", "9.05123456E+08", "0905123456 float phone-zero"},
		{"Điện thoại", "0905123456 / 0914123456", "0905123456 phone-first"},
		{"Điện thoại", "02603862345", "02603862345"},
		{"Điện thoại", "2603862345", "02603862345 phone-zero"},
		{"Điện thoại", "090512345", "? 9 chữ số"},
		{"Điện thoại", "gọi chồng", "? ký tự lạ"},
		{"Điện thoại", "0812345678", "0812345678"},
		{"Điện thoại", "+84(0)905123456", "0905123456 form"},
		{"Điện thoại", "0000000000", "? bắt đầu bằng 03"},
		{"Điện thoại", "00905123456", "? 11 chữ số"},
		{"Điện thoại", "0405123456", "? 10 chữ số"},
		{"Điện thoại", "0605123456", "? 10 chữ số"},
		{"Điện thoại", "09051234567", "? 11 chữ số"},
		{"Điện thoại", "0260386234", "? 10 chữ số"},
		{"Điện thoại", "01681234567", "? 0381234567"},
		{"Điện thoại", "1201234567", "? 0701234567"},
		{"Điện thoại", "-", "none"},
		{"Điện thoại", "ko", "none"},
		{"Điện thoại", "k có", "none"},
	} {
		f, rules, q := one(t, tt.label, tt.cell)
		field := map[string]string{"CCCD": "id_number", "Điện thoại": "phone"}[tt.label]
		if after, asked := strings.CutPrefix(tt.want, "? "); asked {
			if !strings.Contains(q, after) {
				t.Errorf("%s: %q lacks %q", tt.cell, q, after)
			}
			continue
		}
		if got := strings.TrimSpace(f[field] + " " + strings.Join(rules, " ")); got != tt.want || q != "" {
			t.Errorf("%s: %s %q, want %s", tt.cell, got, q, tt.want)
		}
	}
}

func TestNumbersAsExcelKeepsThem(t *testing.T) {
	p := people(t, workbook(t, func(f *excelize.File) {
		must(t, f.SetSheetRow("Sheet1", "A1", &[]any{"Họ và tên", "CCCD", "SĐT", "Năm sinh"}))
		must(t, f.SetSheetRow("Sheet1", "A2", &[]any{"Y Ngọc", 62087001234, 905123456, 1990}))
		must(t, f.SetSheetRow("Sheet1", "A3", &[]any{"A Blan", 62090005678.0, "0914123456", 1987.0}))
	}))
	if diff := cmp.Diff([]string{"062087001234 | 0905123456 | 1990", "062090005678 | 0914123456 | 1987"}, fields(p, "id_number", "phone", "birth")); diff != "" {
		t.Error(diff)
	}
}

func TestNames(t *testing.T) {
	nfd := "Nguye\u0302\u0303n Va\u0306n An"
	for cell, want := range map[string]string{
		"Nguyễn  Văn\u00A0An ": "Nguyễn Văn An spaces", nfd: "Nguyễn Văn An nfc", "1. Y Ngọc": "Y Ngọc ordinal",
		"NGUYỄN VĂN AN": "NGUYỄN VĂN AN", "A Blan": "A Blan", "Thưng": "Thưng", "Rơ Châm H'Lim": "Rơ Châm H'Lim", "Hoà": "Hoà",
		"Tống Văn Cộng": "Tống Văn Cộng", "Công": "Công",
	} {
		p := pasted(t, "Họ và tên\tNăm sinh", cell+"\t1987")
		if got := strings.TrimSpace(fields(p, "full_name")[0] + " " + rules(p, "full_name")[0]); got != want {
			t.Errorf("%q: %s, want %s", cell, got, want)
		}
	}
}

func TestDittoAndSections(t *testing.T) {
	p := pasted(t, "Họ và tên\tDân tộc\tĐơn vị\tChức vụ", "An\tKinh\tXã Đăk Hà\tCông nhân", "Bình\tnt\t\"\t-nt-", "Chi\t''\t//\tNông dân", "Dung\tBa-na\tnhư trên\tn.t")
	want := []string{"Kinh | Xã Đăk Hà | Công nhân", "Kinh | Xã Đăk Hà | Công nhân", "Kinh | Xã Đăk Hà | Nông dân", "Ba-na | Xã Đăk Hà | Nông dân"}
	if diff := cmp.Diff(want, fields(p, "ethnicity", "unit", "position")); diff != "" {
		t.Error(diff)
	}
	p = pasted(t, "STT\tHọ và tên\tNăm sinh", "I\tXã Đăk Hà", "1\tY Ngọc\t1990", "II\tXã Đăk Ui", "1\tA Blan\t1991")
	if diff := cmp.Diff([]string{"Y Ngọc | Xã Đăk Hà", "A Blan | Xã Đăk Ui"}, fields(p, "full_name", "unit")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"section", "section"}, rules(p, "unit")); diff != "" {
		t.Error(diff)
	}
}

func TestParked(t *testing.T) {
	p := pasted(t, "STT\tHọ và tên\tNam\tNữ\tNăm sinh\tCCCD\tĐơn vị",
		"1\tNguyễn Văn An\tx\t\t1987\t062087001234\tXã Đăk Hà",
		"2\t\tx\t\t1987\t\tXã Đăk Hà",
		"3\tY Ngọc\tx\tx\t1990\t\tXã Đăk Hà",
		"4\tTrần Thị Hoa\t\tx\t1991\t62087001234\tXã Đăk Hà",
		"5\tnt\t\tx\t1992\t\t",
		"6\tA Blan\tx\t\t31/02/1990\t\tXã Đăk Hà",
		"7\t12345\tx\t\t1987\t\tXã Đăk Hà",
		"8\tLê Văn Tám\tx\t\t1987\t123\tXã Đăk Hà")
	want := []string{"chưa có họ tên", "Cả cột Nam và cột Nữ", "đã có ở dòng 2", "chỉ ghi “nt”", "không có trong lịch", "không phải chữ", "3 chữ số"}
	if len(p.Rows) != 1 || len(p.Parked) != len(want) {
		t.Fatalf("%d rows, parked %+v", len(p.Rows), p.Parked)
	}
	for i, w := range want {
		if !strings.Contains(p.Parked[i].Question, w) {
			t.Errorf("line %d: %q lacks %q", p.Parked[i].Line, p.Parked[i].Question, w)
		}
	}
	p = pasted(t, "Họ và tên\tGiới tính\tĐơn vị", "An\tkhông rõ\tA", "Bình\tNam\tnt", "Chi\tnữ\t\"")
	if len(p.Parked) != 1 || !strings.Contains(p.Parked[0].Question, "nam hay nữ") || len(p.Rows) != 2 {
		t.Errorf("parked %+v", p.Parked)
	}
}

// Who is on a list twice, word for word, is left out; who may be is asked about. One
// unit has many people of a name.
func TestSamePersonTwice(t *testing.T) {
	for name, tt := range map[string]struct{ first, second, want string }{
		"word for word":            {"Y Ngọc\t5/3/1987\t\t\tXã A", "Y  Ngọc\t05/03/1987\t\t\tXã A", "giống hệt dòng 2"},
		"in other letters":         {"Y Ngọc\t5/3/1987\t\t\tXã A", "Y NGỌC\t05/03/1987\t\t\tXã A", "giống hệt dòng 2"},
		"with the number":          {"Y Ngọc\t1987\t\t062187001234\t", "Y Ngọc\t1987\t\t62187001234\t", "giống hệt dòng 2"},
		"name and day, no more":    {"Y Ngọc\t5/3/1987\t\t\t", "Y Ngọc\t5/3/1987\t\t\t", "dòng 2 (cùng tên, ngày sinh)"},
		"name and year":            {"Y Ngọc\t1987\t\t\tXã A", "Y Ngọc\t1987\t\t\tXã A", ""},
		"name and unit":            {"Y Ngọc\t\t\t\tXã A", "Y Ngọc\t\t\t\tXã A", ""},
		"one with the number":      {"Lê Thị Hoa\t25/3/1980\t0905123456\t062180001234\t", "Lê Thị Hoa\t25/3/1980\t0905123456\t\t", "dòng 2 (cùng tên, ngày sinh, số điện thoại)"},
		"one with the old card":    {"Lê Thị Hoa\t25/3/1980\t\t062180001234\tXã A", "Lê Thị Hoa\t25/3/1980\t\t233123456\tXã A", "dòng 2 (cùng tên, ngày sinh, đơn vị)"},
		"another unit":             {"Lê Thị Hoa\t25/3/1980\t0905123456\t\tUBND xã A", "LE THI HOA\t25/3/1980\t0905123456\t\txã A", "dòng 2 (cùng tên, ngày sinh, số điện thoại)"},
		"no day of birth":          {"Lê Thị Hoa\t1980\t0905123456\t\t", "Lê Thị Hoa\t25/3/1980\t0905123456\t\t", "dòng 2 (cùng tên, năm sinh, số điện thoại)"},
		"name and day":             {"Lê Thị Hoa\t25/3/1980\t\t\tXã A", "Lê Thị Hoa\t25/3/1980\t0905123456\t\tXã B", "dòng 2 (cùng tên, ngày sinh)"},
		"another phone":            {"Lê Thị Hoa\t25/3/1980\t0914123456\t\tXã A", "Lê Thị Hoa\t25/3/1980\t0905123456\t\tXã B", ""},
		"another name, all alike":  {"Lê Thị Hòa\t25/3/1980\t0905123456\t\t", "Lê Thị Hoa\t25/3/1980\t0905123456\t\t", "dòng 2 (khác tên, cùng ngày sinh, số điện thoại)"},
		"an office's phone":        {"Lê Thị Hòa\t25/3/1980\t0905123456\t\t", "Lê Thị Hoa\t26/3/1980\t0905123456\t\t", ""},
		"another number":           {"Lê Thị Hoa\t25/3/1980\t0905123456\t062180001234\t", "Lê Thị Hoa\t25/3/1980\t0905123456\t062180001235\t", ""},
		"one number, another name": {"Lê Thị Hoa\t1980\t\t062180001234\t", "Trần Văn An\t1981\t\t062180001234\t", "đã có ở dòng 2"},
		"marks of another unit":    {"Lê Thị Hoa\t25/3/1980\t0914123456\t\txã Sơn Hà", "Lê Thị Hoa\t25/3/1980\t0905123456\t\txã Sơn Hạ", ""},
		"a question of its own":    {"Lê Thị Hoa\t25/3/1980\t0905\t\t", "Lê Thị Hoa\t25/3/1980\t0905\t\t", "giống hệt dòng 2"},
	} {
		p := pasted(t, "Họ và tên\tNgày sinh\tSĐT\tCCCD\tĐơn vị", tt.first, tt.second)
		said := questions(p)
		for _, d := range p.Dropped {
			said += d.Why
		}
		if !strings.Contains(said, tt.want) || (tt.want == "") != (len(p.Rows) == 2) {
			t.Errorf("%s: %d rows, said %q, want %q", name, len(p.Rows), said, tt.want)
		}
	}
}

func TestHiddenRowIsAsked(t *testing.T) {
	p := people(t, workbook(t, func(f *excelize.File) {
		must(t, f.SetSheetCol("Sheet1", "A1", &[]string{"Họ và tên", "Nguyễn Văn An", "Y Ngọc"}))
		must(t, f.SetRowVisible("Sheet1", 3, false))
	}))
	if len(p.Rows) != 1 || len(p.Parked) != 1 || !strings.Contains(p.Parked[0].Question, "bị ẩn") {
		t.Errorf("%+v", p)
	}
}

func TestDropped(t *testing.T) {
	p := pasted(t, "DANH SÁCH", "", "STT\tHọ và tên\tGiới tính\tĐơn vị", "1\tNguyễn Văn An\tNam\tXã A", "", "2\tY Ngọc\tNữ\tXã A", "3", "\tTổng cộng: 2 người",
		"\t\t\tĐăk Hà, ngày 3 tháng 5 năm 2026", "\tNGƯỜI LẬP BIỂU\t\tTHỦ TRƯỞNG ĐƠN VỊ", "\t(Ký, ghi rõ họ tên)", "", "\tLê Thị Bưởi\t\t")
	got := map[int]string{}
	for _, d := range p.Dropped {
		got[d.Line] = d.Why
	}
	want := map[int]string{1: "tiêu đề phía trên bảng", 2: "dòng trống", 5: "dòng trống", 7: "chỉ có số thứ tự", 8: "dòng cộng",
		9: "phần ký tên, ngày tháng", 10: "phần ký tên, ngày tháng", 11: "phần ký tên, ngày tháng", 12: "dòng trống",
		13: "phần cuối danh sách, sau dòng cộng hoặc chữ ký"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(p.Rows) != 2 || len(p.Parked) != 0 {
		t.Errorf("%d rows, parked %+v", len(p.Rows), p.Parked)
	}
}
