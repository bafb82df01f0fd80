package intake_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sophobien/internal/intake"
	"sophobien/internal/record"
	"sophobien/internal/sheet"
)

// repairs are those of a field of the first row: "before → after rule".
func repairs(p record.Proposal, field string) []string {
	out := []string{}
	for _, s := range p.Rows[0].Repairs {
		if s.Field == field {
			out = append(out, s.Before+" → "+s.After+" "+s.Rule)
		}
	}
	return out
}

func TestNameParts(t *testing.T) {
	an := "Nguyễn Văn An"
	for name, tt := range map[string]struct {
		lines []string
		want  []string
		asked string
	}{
		"family, middle, given":      {[]string{"STT\tHọ\tTên đệm\tTên\tNăm sinh", "1\tNguyễn\tVăn\tAn\t1980", "2\tY\t\tNgọc\t1981"}, []string{an, "Y Ngọc"}, ""},
		"chữ lót":                    {[]string{"Họ\tChữ lót\tTên", "Nguyễn\tVăn\tAn", "Rơ\tChâm Thị\tH'Lim"}, []string{an, "Rơ Châm Thị H'Lim"}, ""},
		"đệm":                        {[]string{"Họ\tĐệm\tTên", "Nguyễn\tVăn\tAn"}, []string{an}, ""},
		"English":                    {[]string{"First name\tMiddle name\tLast name", "An\tVăn\tNguyễn"}, []string{an}, ""},
		"in two lines":               {[]string{"STT\tHọ và tên\t\t\tNăm sinh", "\tHọ\tTên đệm\tTên\t", "1\tNguyễn\tVăn\tAn\t1980"}, []string{an}, ""},
		"one header over three":      {[]string{"STT\tHọ và tên\t\t\tNăm sinh", "1\tNguyễn\tVăn\tAn\t1980", "2\tTrần\tThị Ngọc\tHoa\t1981"}, []string{an, "Trần Thị Ngọc Hoa"}, ""},
		"family beside the rest":     {[]string{"Họ\tĐệm và tên\tNăm sinh", "Nguyễn\tVăn An\t1980"}, []string{an}, ""},
		"middle and given":           {[]string{"Tên đệm\tTên\tNăm sinh", "Văn\tAn\t1980"}, []string{"Văn An"}, ""},
		"called whole, but no given": {[]string{"Họ và tên\tTên\tNăm sinh", "Nguyễn Văn\tAn\t1980", "Y\tNgọc\t1981"}, []string{an, "Y Ngọc"}, ""},
		"called whole, but no family": {[]string{"Họ\tHọ tên\tNăm sinh", "Nguyễn\tVăn An\t1980", "Y\tNgọc\t1981"},
			[]string{an, "Y Ngọc"}, ""},
		"whole, and given once more":  {[]string{"Họ và tên\tTên\tNăm sinh", "Nguyễn Văn An\tAn\t1980", "Y Ngọc\tNgọc\t1981"}, []string{an, "Y Ngọc"}, ""},
		"whole, and another given":    {[]string{"Họ và tên\tTên\tNăm sinh", "Nguyễn Văn An\tAn\t1980", "Y Ngọc\tHoa\t1981"}, []string{an}, "cột “Tên” ghi “Hoa”"},
		"whole, and a name of a unit": {[]string{"Họ và tên\tTên\tNăm sinh", "Nguyễn Văn An\tCông ty 1\t1980", "Y Ngọc\tCông ty 2\t1981"}, []string{an, "Y Ngọc"}, ""},
		"a part as above":             {[]string{"Họ\tĐệm\tTên", "Nguyễn\tVăn\tAn", "nt\tThị\tHoa"}, []string{an}, "chỉ ghi “nt”"},
		"a part that failed":          {[]string{"Họ\tĐệm\tTên", "Nguyễn\tVăn\tAn", "Trần\t#REF!\tHoa"}, []string{an}, "chỉ ghi “#REF!”"},
		"spaces in parts":             {[]string{"Họ\tĐệm\tTên", " Nguyễn\tVăn \tAn"}, []string{an}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := pasted(t, tt.lines...)
			if diff := cmp.Diff(tt.want, fields(p, "full_name")); diff != "" {
				t.Error(diff)
			}
			if q := questions(p); (q != "") != (tt.asked != "") || !strings.Contains(q, tt.asked) {
				t.Errorf("asked %q", q)
			}
		})
	}
	p := pasted(t, "Họ\tĐệm\tTên", " Nguyễn\tVăn \tAn")
	want := []string{" Nguyễn | Văn  | An → Nguyễn | Văn | An spaces", "Nguyễn | Văn | An → Nguyễn Văn An join-name"}
	if diff := cmp.Diff(want, repairs(p, "full_name")); diff != "" {
		t.Error(diff)
	}
	if p.Columns[1].Field != "full_name" || p.Columns[1].Part != "middle" {
		t.Errorf("%+v", p.Columns[1])
	}
}

// A column that holds the name and more is asked about, where it does.
func TestNameAndMoreInOneColumn(t *testing.T) {
	p := pasted(t, "TT\tHọ tên, chức vụ\tĐơn vị", "1\tNguyễn Văn An, Chủ tịch\tUBND xã", "2\tLê Thị Hoa - PCT\tUBND xã", "3\tY Ngọc\tUBND xã", "4\tĐinh-Thị Hoa\tUBND xã")
	if diff := cmp.Diff([]string{"Y Ngọc", "Đinh-Thị Hoa"}, fields(p, "full_name")); diff != "" || len(p.Parked) != 2 {
		t.Error(diff, questions(p))
	}
}

func TestAddressOverColumns(t *testing.T) {
	for name, tt := range map[string]struct {
		lines []string
		want  []string
	}{
		"village and commune":        {[]string{"Họ và tên\tThôn/làng\tXã\tNghề", "A B\tKon Pring\tMăng Đen\tNông dân"}, []string{"Kon Pring, Măng Đen"}},
		"the larger first":           {[]string{"Họ và tên\tTỉnh\tHuyện\tXã\tThôn", "A B\tKon Tum\tĐăk Hà\tĐăk Pxi\tThôn 3"}, []string{"Thôn 3, Đăk Pxi, Đăk Hà, Kon Tum"}},
		"in two lines":               {[]string{"STT\tHọ và tên\tĐịa chỉ\t", "\t\tThôn\tXã", "1\tA B\tThôn 3\tĐăk Hà"}, []string{"Thôn 3, Đăk Hà"}},
		"a part is missing":          {[]string{"Họ và tên\tThôn\tXã", "A B\t\tĐăk Hà", "A C\tThôn 3\t-", "A D\t\t", "A E\tThôn 4\tĐăk Hà"}, []string{"Đăk Hà", "Thôn 3", "", "Thôn 4, Đăk Hà"}},
		"as above":                   {[]string{"Họ và tên\tThôn\tXã", "A B\tThôn 3\tĐăk Hà", "A C\tThôn 4\tnt", "A D\t//\t\""}, []string{"Thôn 3, Đăk Hà", "Thôn 4, Đăk Hà", "Thôn 4, Đăk Hà"}},
		"said twice":                 {[]string{"Họ và tên\tĐịa chỉ\tXã", "A B\tThôn 3, Đăk Hà\tĐăk Hà"}, []string{"Thôn 3, Đăk Hà"}},
		"one column alone":           {[]string{"Họ và tên\tThôn", "A B\tThôn 3"}, []string{"Thôn 3"}},
		"beside a column of units":   {[]string{"Họ và tên\tĐơn vị\tThôn\tXã", "A B\tCông ty A\tThôn 3\tĐăk Hà"}, []string{"Công ty A"}},
		"two whole addresses":        {[]string{"Họ và tên\tNơi thường trú\tNơi tạm trú", "A B\tThôn 3\tThôn 4"}, []string{"Thôn 3"}},
		"two, of which one is empty": {[]string{"Họ và tên\tNơi thường trú\tNơi tạm trú", "A B\t\tThôn 4"}, []string{"Thôn 4"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := pasted(t, tt.lines...)
			if diff := cmp.Diff(tt.want, fields(p, "unit")); diff != "" || len(p.Parked) > 0 {
				t.Error(diff, questions(p))
			}
		})
	}
	p := pasted(t, "Họ và tên\tThôn\tXã", "A B\tKon Pring\tMăng Đen")
	if diff := cmp.Diff([]string{"Kon Pring | Măng Đen → Kon Pring, Măng Đen join-unit"}, repairs(p, "unit")); diff != "" {
		t.Error(diff)
	}
}

func TestMarksUnderWords(t *testing.T) {
	p := pasted(t, "STT\tHọ và tên\tDân tộc\t\t\tĐối tượng\t", "\t\tKinh\tXơ Đăng\tKhác\tNLĐ\tNSDLĐ", "1\tLê Thị Hoa\tx\t\t\tx\t", "2\tA B\t\tx\t\t\tx",
		"3\tY C\t\t\tx\tx\t", "4\tA D\t\t\tBa Na\tx\t", "5\tA E\tx\tx\t\tx\t", "6\tA G\t\t\t\t\t")
	want := []string{"Lê Thị Hoa | Kinh | worker", "A B | Xơ Đăng | employer", "Y C |  | worker", "A D | Ba Na | worker", "A G |  | "}
	if diff := cmp.Diff(want, fields(p, "full_name", "ethnicity", "audience")); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(questions(p), "“Kinh”, “Xơ Đăng” cùng được đánh dấu") || len(p.Parked) != 1 {
		t.Error(questions(p))
	}
	if r := rules(p, "ethnicity"); r[0] != "tick" || r[2] != "ethnicity-tick" || r[3] != "" {
		t.Error(r)
	}
	p = pasted(t, "Họ và tên\tKinh\tBa Na\tNăm sinh", "Lê Thị Hoa\tx\t\t1980", "A B\t\tx\t1981")
	if diff := cmp.Diff([]string{"Kinh", "Ba Na"}, fields(p, "ethnicity")); diff != "" {
		t.Error(diff)
	}
}

func TestAges(t *testing.T) {
	for name, tt := range map[string]struct {
		lines []string
		want  []string
		rules string // of sex and birth in the first row
		asked string
	}{
		"ages under sexes":     {[]string{"STT\tHọ và tên\tTuổi\t\tNghề", "\t\tNam\tNữ\t", "1\tLê Văn A\t52\t\tNông dân", "2\tY B\t\t41 tuổi\tNông dân", "3\tY C\t\t1974\t"}, []string{"nam | ", "nữ | ", "nữ | 1974"}, "tick", ""},
		"ages in one line":     {[]string{"Họ và tên\tTuổi nam\tTuổi nữ", "Lê Văn A\t52\t", "Y B\t\t41"}, []string{"nam | ", "nữ | "}, "tick", ""},
		"years under sexes":    {[]string{"STT\tHọ và tên\tNăm sinh\t\tNghề", "\t\tNam\tNữ\t", "1\tLê Văn A\t74\t\tx"}, []string{"nam | 1974"}, "tick year-2", ""},
		"figures under sexes":  {[]string{"Họ và tên\tNam\tNữ", "Lê Văn A\t52\t", "Y B\t\tx"}, []string{"nữ | "}, "tick", "năm sinh, tuổi hay dấu đánh"},
		"years or ages":        {[]string{"Họ và tên\tNăm sinh/Tuổi\tGiới tính", "A B\t38\tNam", "A C\t1981\tNam", "A D\t1990 \tNam"}, []string{"nam | ", "nam | 1981", "nam | 1990"}, "form age", ""},
		"ages alone":           {[]string{"Họ và tên\tTuổi\tGiới tính", "A B\t38\tNam"}, []string{"nam | "}, "form", ""},
		"years beside the sex": {[]string{"STT\tHọ và tên\tGiới tính\tNăm sinh\t", "\t\t\tNam\tNữ", "1\tLê Văn A\tNam\t1974\t", "2\tLê Văn B\tNam\t\t1975"}, []string{"nam | 1974"}, "form", "đánh dấu ở cột kia"},
	} {
		t.Run(name, func(t *testing.T) {
			p := pasted(t, tt.lines...)
			if diff := cmp.Diff(tt.want, fields(p, "sex", "birth")); diff != "" {
				t.Error(diff)
			}
			if got := strings.TrimSpace(rules(p, "sex")[0] + " " + rules(p, "birth")[0]); got != tt.rules {
				t.Errorf("rules %q", got)
			}
			if q := questions(p); (q != "") != (tt.asked != "") || !strings.Contains(q, tt.asked) {
				t.Errorf("asked %q", q)
			}
		})
	}
	p := people(t, workbook(t, func(f *excelize.File) {
		rows := [][]any{{"STT", "Họ và tên", "Tuổi", nil}, {nil, nil, "Nam", "Nữ"}, {1, "Nguyễn Văn An", 38, nil}, {2, "Lê Thị Hoa", nil, 45}}
		for i, row := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			must(t, f.SetSheetRow("Sheet1", cell, &row))
		}
		must(t, f.MergeCell("Sheet1", "C1", "D1"))
	}))
	if diff := cmp.Diff([]string{"nam | ", "nữ | "}, fields(p, "sex", "birth")); diff != "" || len(p.Parked) > 0 {
		t.Error(diff, questions(p))
	}
}

// Two digits that may be a year of either century, or an age, are asked about.
func TestYearsOfTwoDigits(t *testing.T) {
	column := func(cells ...string) (kept []string, asked int) {
		lines := []string{"Họ và tên\tNăm sinh"}
		for _, c := range cells {
			lines = append(lines, "A B\t"+c)
		}
		p := pasted(t, lines...)
		return fields(p, "birth"), len(p.Parked)
	}
	for name, tt := range map[string]struct {
		cells []string
		kept  []string
		asked int
	}{
		"sure":                {[]string{"85", "30", "05", "12", "5/3/87", "1/1/00"}, []string{"1985", "1930", "2005", "2012", "1987-03-05", "2000-01-01"}, 0},
		"open":                {[]string{"85", "15", "29", "13", "15/3/14", "1/1/25"}, []string{"1985"}, 5},
		"rather ages":         {[]string{"38", "45", "27", "1985"}, []string{"1985"}, 3},
		"years, since one is": {[]string{"38", "45", "80"}, []string{"1938", "1945", "1980"}, 0},
	} {
		kept, asked := column(tt.cells...)
		if diff := cmp.Diff(tt.kept, kept); diff != "" || asked != tt.asked {
			t.Errorf("%s: asked %d, %s", name, asked, diff)
		}
	}
}

// Of two columns that say the same, what is in them decides.
func TestColumnsThatClaimOneField(t *testing.T) {
	for name, tt := range map[string]struct {
		lines []string
		field string
		want  string
	}{
		"head of the household first": {[]string{"STT\tHọ và tên chủ hộ\tHọ và tên người lao động\tNăm sinh", "1\tLê Văn Cha\tLê Thị Hoa\t1990"}, "full_name", "Lê Thị Hoa"},
		"representative last":         {[]string{"Họ và tên\tNăm sinh\tHọ tên người đại diện", "Lê Thị Hoa\t1990\tLê Văn Cha"}, "full_name", "Lê Thị Hoa"},
		"father and mother":           {[]string{"Họ tên cha\tHọ tên mẹ\tHọ tên\tNăm sinh", "Lê Văn Cha\tTrần Thị Mẹ\tLê Thị Hoa\t1990"}, "full_name", "Lê Thị Hoa"},
		"of the household alone":      {[]string{"STT\tHọ và tên chủ hộ\tNăm sinh", "1\tLê Văn Cha\t1970"}, "full_name", "Lê Văn Cha"},
		"year of the spouse":          {[]string{"Họ và tên\tNăm sinh\tHọ tên vợ (chồng)\tNăm sinh vợ (chồng)", "Lê Thị Hoa\t1990\tA B\t1985"}, "full_name", "Lê Thị Hoa"},
		"phone of the parents":        {[]string{"Họ tên\tSĐT phụ huynh\tSĐT", "Lê Thị Hoa\t0905111111\t0905222222"}, "phone", "0905222222"},
		"an empty column first":       {[]string{"Họ tên\tĐiện thoại bàn\tDi động", "Lê Thị Hoa\t\t0905222222"}, "phone", "0905222222"},
		"card issued, first":          {[]string{"Họ tên\tNgày, tháng, năm cấp CCCD\tSố CCCD", "Lê Thị Hoa\t01/01/2021\t062080001234"}, "id_number", "062080001234"},
		"card issued, short":          {[]string{"Họ tên\tCCCD, ngày cấp\tCCCD", "Lê Thị Hoa\t01/01/2026\t062080001234"}, "id_number", "062080001234"},
		"place of issue":              {[]string{"Họ tên\tNơi cấp căn cước\tCăn cước", "Lê Thị Hoa\tCục CS\t062080001234"}, "id_number", "062080001234"},
		"department":                  {[]string{"Họ tên\tBộ phận\tĐơn vị", "Lê Thị Hoa\tKế toán\tCông ty A"}, "unit", "Kế toán"},
	} {
		t.Run(name, func(t *testing.T) {
			p := pasted(t, tt.lines...)
			if diff := cmp.Diff([]string{tt.want}, fields(p, tt.field)); diff != "" || len(p.Parked) > 0 {
				t.Error(diff, questions(p))
			}
		})
	}
}

func TestTitlesAreNoHeaders(t *testing.T) {
	for name, lines := range map[string][]string{
		"list of names":   {"DANH SÁCH họ tên học viên", "Họ và tên", "Nguyễn Văn An", "Lê Thị Hoa"},
		"without list":    {"HỌ TÊN HỌC VIÊN LỚP TẬP HUẤN", "Họ và tên", "Nguyễn Văn An", "Lê Thị Hoa"},
		"only the header": {"Họ và tên", "Nguyễn Văn An", "Lê Thị Hoa"},
		"only the title":  {"Họ tên học viên", "Nguyễn Văn An", "Lê Thị Hoa"},
	} {
		p := pasted(t, lines...)
		if diff := cmp.Diff([]string{"Nguyễn Văn An", "Lê Thị Hoa"}, fields(p, "full_name")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestErrorCells(t *testing.T) {
	p := pasted(t, "STT\tHọ và tên\tNăm sinh\tĐơn vị\tNam\tNữ", "1\tNguyễn Văn An\t#VALUE!\t#N/A\tx\t#REF!", "2\t#N/A\t1985\tXã A\t\tx", "3\t#NAME?\t\t\t\t", "4\tA Blan\t1980\tXã B\t#DIV/0!\tErr:502")
	want := []string{"Nguyễn Văn An |  |  | nam", "A Blan | 1980 | Xã B | "}
	if diff := cmp.Diff(want, fields(p, "full_name", "birth", "unit", "sex")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"#N/A →  cell-error"}, repairs(p, "unit")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"#VALUE! →  cell-error"}, repairs(p, "birth")); diff != "" {
		t.Error(diff)
	}
	if len(p.Parked) != 2 || !strings.Contains(p.Parked[0].Question, "lỗi của bảng tính (#N/A)") || !strings.Contains(p.Parked[1].Question, "#NAME?") {
		t.Errorf("parked %+v", p.Parked)
	}
	p = pasted(t, "Họ và tên\tNgày sinh\t\t", "\tNgày\tTháng\tNăm", "A Blan\t5\t3\t#REF!")
	if len(p.Rows) != 0 || !strings.Contains(questions(p), "Một ô ngày sinh là lỗi") {
		t.Errorf("%+v %s", p.Rows, questions(p))
	}
	units := list(t, "unit", intake.Options{}, "Tên đơn vị\tMã số thuế\tSố lao động", "Công ty A\t#N/A\t#REF!", "#N/A\t6100123456\t5")
	if len(units.Rows) != 1 || len(units.Rows[0].Repairs) < 2 || len(units.Parked) != 1 {
		t.Errorf("%+v %s", units.Rows, questions(units))
	}
}

// mergedSheet is a sheet of rows with merged areas.
func mergedSheet(t *testing.T, rows [][]any, areas ...string) *sheet.Grid {
	t.Helper()
	return workbook(t, func(f *excelize.File) {
		for i, row := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			must(t, f.SetSheetRow("Sheet1", cell, &row))
		}
		for _, a := range areas {
			from, to, _ := strings.Cut(a, ":")
			must(t, f.MergeCell("Sheet1", from, to))
		}
	})
}

func TestOnePersonOnSeveralLines(t *testing.T) {
	header := []any{"STT", "Họ và tên", "Năm sinh", "Đơn vị", "SĐT", "CCCD"}
	for name, tt := range map[string]struct {
		rows  [][]any
		areas []string
		want  []string
		asked string
	}{
		"a second phone": {[][]any{{1, "Nguyễn Văn An", 1980, "Thôn 1", "0905123456"}, {nil, nil, nil, nil, "0914123456"}, {2, "Lê Thị Hoa", 1981, "Thôn 2", "0905123457"}},
			[]string{"A2:A3", "B2:B3", "C2:C3", "D2:D3"}, []string{"Nguyễn Văn An | 1980 | Thôn 1 | 0905123456", "Lê Thị Hoa | 1981 | Thôn 2 | 0905123457"}, ""},
		"numeric phones": {[][]any{{1, "Nguyễn Văn An", 1980, "Thôn 1", 905123456}, {nil, nil, nil, nil, 914123456}},
			[]string{"A2:A3", "B2:B3"}, []string{"Nguyễn Văn An | 1980 | Thôn 1 | 0905123456"}, ""},
		"the unit goes on": {[][]any{{1, "Nguyễn Văn An", 1980, "Thôn 1,"}, {nil, nil, nil, "xã Đăk Hà"}},
			[]string{"A2:A3", "B2:B3", "C2:C3"}, []string{"Nguyễn Văn An | 1980 | Thôn 1, xã Đăk Hà | "}, ""},
		"the number alone is merged": {[][]any{{1, "Nguyễn Văn An", 1980, "Thôn 1"}, {nil, nil, nil, nil, "0905123456"}},
			[]string{"A2:A3"}, []string{"Nguyễn Văn An | 1980 | Thôn 1 | 0905123456"}, ""},
		"two people of one number": {[][]any{{1, "Nguyễn Văn An", 1980, "Thôn 1"}, {nil, "Lê Thị Hoa", 1981, nil}},
			[]string{"A2:A3", "D2:D3"}, []string{"Nguyễn Văn An | 1980 | Thôn 1 | ", "Lê Thị Hoa | 1981 | Thôn 1 | "}, ""},
		"two births": {[][]any{{1, "Nguyễn Văn An", 1980, "Thôn 1"}, {nil, nil, 1981, nil}}, []string{"A2:A3", "B2:B3"}, []string{}, "1980 / 1981"},
		"a year of two people": {[][]any{{1, "Nguyễn Văn An", 1980, "Thôn 1", "0905123456"}, {2, "Lê Thị Hoa", nil, "Thôn 1", nil}},
			[]string{"C2:C3", "E2:E3"}, []string{"Nguyễn Văn An | 1980 | Thôn 1 | 0905123456", "Lê Thị Hoa |  | Thôn 1 | "}, ""},
		"a name over many": {[][]any{{1, "Nguyễn Văn An", 1980}, {2, nil, 1981}, {3, nil, 1982}, {4, nil, 1983}, {5, nil, 1984}, {6, nil, 1985}, {7, nil, 1986}},
			[]string{"B2:B8"}, []string{"Nguyễn Văn An | 1980 |  | "}, "chưa có họ tên"},
	} {
		t.Run(name, func(t *testing.T) {
			g := mergedSheet(t, append([][]any{header}, tt.rows...), tt.areas...)
			p := people(t, g)
			if diff := cmp.Diff(tt.want, fields(p, "full_name", "birth", "unit", "phone")); diff != "" {
				t.Error(diff)
			}
			if q := questions(p); (q != "") != (tt.asked != "") || !strings.Contains(q, tt.asked) {
				t.Errorf("asked %q", q)
			}
			silent(t, g, p)
		})
	}
	p := people(t, mergedSheet(t, [][]any{header, {1, "Nguyễn Văn An", 1980, "Thôn 1", "0905123456"}, {nil, nil, nil, nil, "0914123456"}}, "A2:A3", "B2:B3", "C2:C3", "D2:D3"))
	want := []string{"0905123456 | 0914123456 → 0905123456 / 0914123456 join-lines", "0905123456 / 0914123456 → 0905123456 phone-first"}
	if diff := cmp.Diff(want, repairs(p, "phone")); diff != "" {
		t.Error(diff)
	}
}

func TestThoseWhoDidNotCome(t *testing.T) {
	header := "STT\tHọ và tên\tNăm sinh\tĐơn vị"
	for name, tt := range map[string]struct {
		lines []string
		want  []string
		asked int
	}{
		"a table below":   {[]string{header, "1\tA B\t1981\tThôn 1", "", "DANH SÁCH VẮNG MẶT", header, "1\tA Vắng\t1980\tThôn 1"}, []string{"A B"}, 0},
		"another table":   {[]string{header, "1\tA B\t1981\tThôn 1", "", "Danh sách người không tham dự", "TT\tHọ tên\tGiới tính\tLý do", "1\tA Vắng\tNam\tốm"}, []string{"A B"}, 0},
		"a group":         {[]string{header, "I\tCó mặt", "1\tA B\t1981\tThôn 1", "II\tVắng mặt", "1\tA Vắng\t1980\tThôn 1", "III\tKhách mời", "1\tY C\t1980\tThôn 2"}, []string{"A B", "Y C"}, 0},
		"a line between":  {[]string{header, "1\tA B\t1981\tThôn 1", "Vắng có phép", "2\tA Vắng\t1980\tThôn 1"}, []string{"A B"}, 0},
		"then others":     {[]string{header, "1\tA B\t1981\tThôn 1", "", "DANH SÁCH VẮNG", "2\tA Vắng\t1980\tThôn 1", "DANH SÁCH BỔ SUNG", "3\tY C\t1980\tThôn 1"}, []string{"A B", "Y C"}, 0},
		"names like it":   {[]string{header, "1\tVàng A Páo\t1981\tThôn 1", "2\tA Vắng\t1980\tThôn 1", "3\tVắng\t1982\tThôn 1"}, []string{"Vàng A Páo", "A Vắng", "Vắng"}, 0},
		"the list itself": {[]string{"DANH SÁCH NGƯỜI VẮNG MẶT", header, "1\tA Vắng\t1980\tThôn 1", "2\tY B\t1981\tThôn 1"}, []string{}, 2},
		"those who came":  {[]string{"Vắng: 2", "DANH SÁCH NGƯỜI THAM DỰ", header, "1\tA B\t1980\tThôn 1"}, []string{"A B"}, 0},
		"a remark":        {[]string{header + "\tGhi chú", "1\tA B\t1981\tThôn 1\tVắng", "2\tY C\t1981\tThôn 1\tđến muộn", "3\tY D\t1982\tThôn 1\tkhông tham dự"}, []string{"Y C"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			p := pasted(t, tt.lines...)
			if diff := cmp.Diff(tt.want, fields(p, "full_name")); diff != "" || len(p.Parked) != tt.asked {
				t.Errorf("%s\n%s", diff, questions(p))
			}
			for _, d := range p.Dropped {
				if strings.Contains(d.Why, "vắng mặt, theo tiêu đề") {
					return
				}
			}
			if slicesContain(tt.lines, "A Vắng") && tt.asked == 0 && name != "names like it" {
				t.Errorf("nothing says why: %+v", p.Dropped)
			}
		})
	}
}

func slicesContain(lines []string, part string) bool {
	return strings.Contains(strings.Join(lines, "\n"), part)
}

// A column put right by hand keeps what the two lines of the header say of the others.
func TestChoosingUnderAHeaderOfTwoLines(t *testing.T) {
	g, err := sheet.FromClipboard("STT\tHọ và tên\tGiới tính\t\tLớp\n\t\tNam\tNữ\t\n1\tA B\tx\t\tLuật\n2\tY C\t\tx\tThuế\n")
	must(t, err)
	fieldsOf := map[int]string{0: record.LeftOut, 1: "full_name", 2: "male", 3: "female", 4: "position"}
	p, err := intake.Read(context.Background(), g, "person", intake.Options{Fields: fieldsOf, Header: 1, Ask: true})
	must(t, err)
	if diff := cmp.Diff([]string{"A B | nam | Luật", "Y C | nữ | Thuế"}, fields(p, "full_name", "sex", "position")); diff != "" || len(p.Parked) > 0 {
		t.Error(diff, questions(p))
	}
}
