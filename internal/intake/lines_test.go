package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sophobien/internal/record"
)

// outcome says of every line below the header what became of it: its name, "?" before
// the name of a parked one, "-" for a dropped one.
func outcome(p record.Proposal) []string {
	at := map[int]string{}
	last := 0
	put := func(line int, s string) {
		if line > p.HeaderLine {
			at[line], last = s, max(last, line)
		}
	}
	for _, r := range p.Rows {
		s := r.Fields.Get("full_name")
		if u := r.Fields.Get("unit"); u != "" {
			s += " / " + u
		}
		put(r.Line, s)
	}
	for _, r := range p.Parked {
		put(r.Line, "? "+r.Fields.Get("full_name"))
	}
	for _, d := range p.Dropped {
		if d.Why != "dòng trống" {
			put(d.Line, "- "+d.Why)
		}
	}
	var out []string
	for line := p.HeaderLine + 1; line <= last; line++ {
		if at[line] != "" {
			out = append(out, at[line])
		}
	}
	return out
}

const (
	isTotal   = "- dòng cộng"
	isSigned  = "- phần ký tên, ngày tháng"
	isAfter   = "- phần cuối danh sách, sau dòng cộng hoặc chữ ký"
	isSection = "- dòng tên nhóm"
)

// Who signs a list, what it sums up and how it is divided are no people; people whose
// names read so are. Where nobody can tell, the line is asked about and nothing
// below it is lost.
func TestLines(t *testing.T) {
	const onlyNames = "STT\tHọ và tên\tKý nhận"
	const full = "STT\tHọ và tên\tGiới tính\tNăm sinh\tĐơn vị"
	for name, tt := range map[string]struct {
		lines string
		want  []string
	}{
		"signers side by side": {full + `
1	Lê Thị Hoa	Nữ	1980	Thôn 1
	Tổng cộng: 01 người
				Đăk Hà, ngày 5 tháng 3 năm 2025
	NGƯỜI LẬP			CHỦ TỊCH

	Nguyễn Văn Lập			A Chủ`,
			[]string{"Lê Thị Hoa / Thôn 1", isTotal, isSigned, isSigned, isAfter}},
		"signers without a total": {full + `
1	Lê Thị Hoa	Nữ	1980	Thôn 1

	Trưởng thôn			Chủ tịch UBND xã

	A Nhơng			Nguyễn Văn Chung`,
			[]string{"Lê Thị Hoa / Thôn 1", isSigned, isAfter}},
		"a signer elsewhere": {full + `
1	Lê Thị Hoa	Nữ	1980	Thôn 1
				Trưởng thôn
				A Nhơng`,
			[]string{"Lê Thị Hoa / Thôn 1", isSigned, isAfter}},
		"a signer with a phone": {"STT\tHọ và tên\tSố điện thoại" + `
1	Lê Thị Hoa	0905123456
	NGƯỜI LẬP
	Nguyễn Văn Lập	0905123457`,
			[]string{"Lê Thị Hoa", isSigned, "? Nguyễn Văn Lập"}},
		"signers of names": {onlyNames + `
1	Lê Thị Hoa
2	Y Ngọc

	Giám đốc

	Nguyễn Văn Chung`,
			[]string{"Lê Thị Hoa", "Y Ngọc", isSigned, isAfter}},
		"no words above the signer": {full + `
1	Lê Thị Hoa	Nữ	1980	Thôn 1
2	Y Ngọc	Nữ	1990	Thôn 1

	Nguyễn Văn Chung			A Nhơng`,
			[]string{"Lê Thị Hoa / Thôn 1", "Y Ngọc / Thôn 1", "? Nguyễn Văn Chung"}},
		"titles in capitals without marks": {onlyNames + `
1	LE THI HOA
	NGUOI LAP BIEU
	TRAN VAN AN`,
			[]string{"LE THI HOA", isSigned, isAfter}},
		"people below a signature": {full + `
1	Lê Thị Hoa	Nữ	1980	Thôn 1
	NGƯỜI LẬP
2	Y Ngọc			Thôn 1
	A Blan	Nam	1970	Thôn 2`,
			[]string{"Lê Thị Hoa / Thôn 1", isSigned, "Y Ngọc / Thôn 1", "A Blan / Thôn 2"}},
		"subtotals and groups": {full + `
I	Thôn 1
1	Lê Thị Hoa	Nữ	1980	Thôn 1
	Cộng: 01 người
II	Thôn 2
1	A Blan	Nam	1980	Thôn 2
	Cộng		1
	Tổng: 02 người`,
			[]string{isSection, "Lê Thị Hoa / Thôn 1", isTotal, isSection, "A Blan / Thôn 2", isTotal, isTotal}},
		"subtotals of names": {onlyNames + `
I	Thôn 1
1	A Blan
	Cộng: 1 người
1	Y Ngọc
	Thôn 3
1	Y Hoa`,
			[]string{isSection, "A Blan / Thôn 1", isTotal, "Y Ngọc", isSection, "Y Hoa / Thôn 3"}},
		"a subtotal of a village": {"STT\tHọ và tên\tĐơn vị" + `
1	A Blan	Thôn 1
	Cộng thôn 1: 1 người
1	Y Ngọc
3	Y Hoa`,
			[]string{"A Blan / Thôn 1", isTotal, "Y Ngọc", "Y Hoa"}},
		"an ordinal that does not go on": {onlyNames + `
1	A Blan
	Tổng cộng: 1 người
5	Y Ngọc`,
			[]string{"A Blan", isTotal, "? Y Ngọc"}},
		"lettered groups": {full + `
A	Khối cơ quan xã
1	Lê Thị Hoa	Nữ	1980	UBND xã
B.	Các thôn, làng
1	A Blan	Nam	1980	Thôn 2
	Đại biểu khách mời
2	Y Ngọc	Nữ	1990	Thôn 3`,
			[]string{isSection, "Lê Thị Hoa / UBND xã", isSection, "A Blan / Thôn 2", isSection, "Y Ngọc / Thôn 3"}},
		"groups without a unit column": {"STT\tHọ và tên\tNăm sinh" + `
A	Thôn Kon Pring
1	Lê Thị Hoa	1980
B	Khách mời
2	A Blan	1970`,
			[]string{isSection, "Lê Thị Hoa / Thôn Kon Pring", isSection, "A Blan"}},
		"people counted with letters": {onlyNames + `
A	Lê Thị Hoa
B	A Blan`,
			[]string{"Lê Thị Hoa", "A Blan"}},
		"names that read like others": {onlyNames + `
1	Tống Công Minh
2	Y SI
3	PHÓ ĐỨC THẮNG
4	Đại Diện
5	Y TÁ
6	Bàn Văn Tám
7	Lang Văn Sơn
8	Khối Văn Em
9	TONG CONG
10	Cộng Đồng`,
			[]string{"Tống Công Minh", "Y SI", "PHÓ ĐỨC THẮNG", "Đại Diện", "Y TÁ", "Bàn Văn Tám", "Lang Văn Sơn", "Khối Văn Em", "TONG CONG", "Cộng Đồng"}},
		"without ordinals": {"Họ và tên\tNăm sinh" + `
Bàn Văn Tám
Lê Thị Hoa	1980
Lang Văn Sơn
Sơ Văn An
Phong Văn Cảnh
Tống Công Minh
Phó Thị Hà
TONG CONG
GIAM DOC
Khối Văn Em
BAN VAN TAM
Trần Văn Bình	1990`,
			[]string{"Bàn Văn Tám", "Lê Thị Hoa", "Lang Văn Sơn", "Sơ Văn An", "Phong Văn Cảnh", "Tống Công Minh", "Phó Thị Hà", "? TONG CONG", "? GIAM DOC", "? Khối Văn Em", "? BAN VAN TAM", "Trần Văn Bình"}},
		"totals without marks": {"Họ và tên\tNăm sinh" + `
LE THI HOA	1980
TONG CONG: 1
CONG 2`,
			[]string{"LE THI HOA", isTotal, isTotal}},
		"a total that counts on": {onlyNames + `
1	Lê Thị Hoa
2	Cộng
3	Y Ngọc`,
			[]string{"Lê Thị Hoa", "? Cộng", "Y Ngọc"}},
		"a village that counts on": {onlyNames + `
I	Thôn 1
1	Lê Thị Hoa
2	Thôn Kon Pring
3	Y Ngọc`,
			[]string{isSection, "Lê Thị Hoa / Thôn 1", "? Thôn Kon Pring", "Y Ngọc"}},
		"nobody counted": {onlyNames + `
1	Lê Thị Hoa
2	Y Ngọc
	Trần Văn An
3	A Blan`,
			[]string{"Lê Thị Hoa", "Y Ngọc", "? Trần Văn An", "A Blan"}},
		"a remark": {"Họ và tên\tNăm sinh" + `
Lê Thị Hoa	1980
Vắng: 2 người
Y Ngọc	1990`,
			[]string{"Lê Thị Hoa", "? Vắng: 2 người", "Y Ngọc"}},
		"a group nobody knows": {onlyNames + `
I	Thôn 1
1	Lê Thị Hoa
	Cụm 3
2	Y Ngọc
	Tổ 5
3	A Blan`,
			[]string{isSection, "Lê Thị Hoa / Thôn 1", "? Cụm 3", "Y Ngọc", isSection, "A Blan / Tổ 5"}},
		"without marks, without an ordinal": {onlyNames + `
1	LE THI HOA
	TO VAN AN
	THON KON PRING
2	Y NGOC`,
			[]string{"LE THI HOA", "? TO VAN AN", isSection, "Y NGOC / THON KON PRING"}},
		"a company's group": {"STT\tHọ và tên\tNăm sinh" + `
I	Tổng công ty Cà phê
1	Lê Thị Hoa	1980`,
			[]string{isSection, "Lê Thị Hoa / Tổng công ty Cà phê"}},
		"the header again": {onlyNames + `
1	Lê Thị Hoa
	Tổng cộng: 1
	NGƯỜI LẬP
STT	Họ và tên	Ký nhận
	Y Ngọc	x`,
			[]string{"Lê Thị Hoa", isTotal, isSigned, "- dòng tiêu đề lặp lại", "Y Ngọc"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, outcome(pasted(t, strings.Split(tt.lines, "\n")...))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The total of a list that is merged over the whole table, and two blocks of which
// each is signed.
func TestLinesOfAWorkbook(t *testing.T) {
	fill := func(f *excelize.File, rows ...[]any) {
		for i := range rows {
			must(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &rows[i]))
		}
	}
	p := people(t, workbook(t, func(f *excelize.File) {
		fill(f, []any{"STT", "Họ và tên", "Giới tính", "Đơn vị", "Ký nhận"}, []any{1, "Lê Thị Hoa", "Nữ", "Thôn 1"}, []any{"Tổng cộng: 01 người"},
			[]any{nil, "NGƯỜI LẬP", nil, "CHỦ TỊCH"}, []any{}, []any{nil, "Nguyễn Văn Lập", nil, "A Chủ"})
		must(t, f.MergeCell("Sheet1", "A3", "E3"))
	}))
	if diff := cmp.Diff([]string{"Lê Thị Hoa / Thôn 1", isTotal, isSigned, isAfter}, outcome(p)); diff != "" {
		t.Error(diff)
	}
	p = people(t, workbook(t, func(f *excelize.File) {
		fill(f, []any{"Họ và tên", nil, nil, "Ký nhận"}, []any{"Lê Thị Hoa"}, []any{"Y Ngọc"}, []any{"Thôn 2"})
		for _, line := range []string{"1", "2", "3"} {
			must(t, f.MergeCell("Sheet1", "A"+line, "C"+line))
		}
	}))
	if diff := cmp.Diff([]string{"Lê Thị Hoa", "Y Ngọc", isSection}, outcome(p)); diff != "" {
		t.Error(diff)
	}
	p = people(t, workbook(t, func(f *excelize.File) {
		fill(f, []any{"STT", "Họ và tên", "Năm sinh", "STT", "Họ và tên", "Năm sinh"}, []any{1, "A Blan", 1980, 3, "A Nhơng", 1983}, []any{2, "Y Ngọc", 1981, 4, "Y Hoa", 1984},
			[]any{nil, "Người lập", nil, nil, "Trưởng thôn"}, []any{}, []any{nil, "A Ký", nil, nil, "A Dấu"})
	}))
	if diff := cmp.Diff([]string{"A Blan", "Y Ngọc", "A Nhơng", "Y Hoa"}, fields(p, "full_name")); diff != "" || len(p.Parked) > 0 {
		t.Error(diff, questions(p))
	}
}
