package intake_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"sophobien/internal/intake"
	"sophobien/internal/sheet"
)

func TestHeaders(t *testing.T) {
	want := []string{"Nguyễn Văn An | nam | 1987 | Xã Đăk Hà | Công nhân", "Y Ngọc | nữ | 1990 | Xã Đăk Ui | Nông dân"}
	for name, tt := range map[string]struct {
		lines  []string
		header int
	}{
		"plain":                            {[]string{"Họ và tên\tGiới tính\tNăm sinh\tĐơn vị\tChức vụ", "Nguyễn Văn An\tNam\t1987\tXã Đăk Hà\tCông nhân", "Y Ngọc\tNữ\t1990\tXã Đăk Ui\tNông dân"}, 1},
		"shifted":                          {[]string{"STT\tĐơn vị\tChức danh\tHọ tên\tNTNS\tPhái", "1\tXã Đăk Hà\tCông nhân\tNguyễn Văn An\t1987\tNam", "2\tXã Đăk Ui\tNông dân\tY Ngọc\t1990\tNữ"}, 1},
		"titles":                           {[]string{"UBND XÃ ĐĂK HÀ", "DANH SÁCH NGƯỜI THAM DỰ TẬP HUẤN", "(Kèm theo Kế hoạch số 12/KH-UBND ngày 3/5/2026)", "", "TT\tHọ và tên\tGiới tính\tNăm sinh\tĐơn vị công tác\tChức vụ\tKý tên", "1\tNguyễn Văn An\tNam\t1987\tXã Đăk Hà\tCông nhân", "2\tY Ngọc\tNữ\t1990\tXã Đăk Ui\tNông dân"}, 5},
		"English":                          {[]string{"No\tFull name\tSex\tYear of birth\tOrganization\tPosition", "1\tNguyễn Văn An\tMale\t1987\tXã Đăk Hà\tCông nhân", "2\tY Ngọc\tFemale\t1990\tXã Đăk Ui\tNông dân"}, 1},
		"ticks":                            {[]string{"STT\tHọ và tên\tNam\tNữ\tNăm sinh\tĐơn vị\tChức vụ", "1\tNguyễn Văn An\tx\t\t1987\tXã Đăk Hà\tCông nhân", "2\tY Ngọc\t\t✓\t1990\tXã Đăk Ui\tNông dân"}, 1},
		"years under sex":                  {[]string{"STT\tHọ và tên\tNăm sinh\t\tĐơn vị\tChức vụ", "\t\tNam\tNữ\t\t", "1\tNguyễn Văn An\t1987\t\tXã Đăk Hà\tCông nhân", "2\tY Ngọc\t\t1990\tXã Đăk Ui\tNông dân"}, 1},
		"two names":                        {[]string{"Họ đệm\tTên\tGiới tính\tNăm sinh\tĐơn vị\tChức vụ", "Nguyễn Văn\tAn\tNam\t1987\tXã Đăk Hà\tCông nhân", "Y\tNgọc\tNữ\t1990\tXã Đăk Ui\tNông dân"}, 1},
		"name over two":                    {[]string{"Họ và tên\t\tGiới tính\tNăm sinh\tĐơn vị\tChức vụ", "Nguyễn Văn\tAn\tNam\t1987\tXã Đăk Hà\tCông nhân", "Y\tNgọc\tNữ\t1990\tXã Đăk Ui\tNông dân"}, 1},
		"column numbers":                   {[]string{"STT\tHọ và tên\tGiới tính\tNăm sinh\tĐơn vị\tChức vụ", "(1)\t(2)\t(3)\t(4)\t(5)\t(6)", "1\tNguyễn Văn An\tNam\t1987\tXã Đăk Hà\tCông nhân", "2\tY Ngọc\tNữ\t1990\tXã Đăk Ui\tNông dân"}, 1},
		"repeated":                         {[]string{"Họ và tên\tGiới tính\tNăm sinh\tĐơn vị\tChức vụ", "Nguyễn Văn An\tNam\t1987\tXã Đăk Hà\tCông nhân", "Họ và tên\tGiới tính\tNăm sinh\tĐơn vị\tChức vụ", "Y Ngọc\tNữ\t1990\tXã Đăk Ui\tNông dân"}, 1},
		"without marks":                    {[]string{"HO VA TEN\tGIOI TINH\tNAM SINH\tDON VI\tCHUC VU", "Nguyễn Văn An\tNAM\t1987\tXã Đăk Hà\tCông nhân", "Y Ngọc\tNU\t1990\tXã Đăk Ui\tNông dân"}, 1},
		"TCVN3":                            {[]string{"Hä vµ tªn\tGiíi tÝnh\tN¨m sinh\t§¬n vÞ\tChøc vô", "NguyÔn V¨n An\tNam\t1987\tX· §¨k Hµ\tC«ng nh©n", "Y Ngäc\tN÷\t1990\tX· §¨k Ui\tN«ng d©n"}, 1},
		"VNI":                              {[]string{"Hoï vaø teân\tGiôùi tính\tNaêm sinh\tÑôn vò\tChöùc vuï", "Nguyeãn Vaên An\tNam\t1987\tXaõ Ñaêk Haø\tCoâng nhaân", "Y Ngoïc\tNöõ\t1990\tXaõ Ñaêk Ui\tNoâng daân"}, 1},
		"no header":                        {[]string{"Nguyễn Văn An\tNam\t1987\tXã Đăk Hà\tCông nhân", "Y Ngọc\tNữ\t1990\tXã Đăk Ui\tNông dân"}, 0},
		"no header, numbered, other order": {[]string{"1\tXã Đăk Hà\tNguyễn Văn An\t1987\tNam\tCông nhân", "2\tXã Đăk Ui\tY Ngọc\t1990\tNữ\tNông dân"}, 0},
		"parts of birth":                   {[]string{"Họ và tên\tGiới tính\tNgày sinh\t\t\tĐơn vị\tChức vụ", "\t\tNgày\tTháng\tNăm", "Nguyễn Văn An\tNam\t\t\t1987\tXã Đăk Hà\tCông nhân", "Y Ngọc\tNữ\t\t\t1990\tXã Đăk Ui\tNông dân"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			p := pasted(t, tt.lines...)
			if diff := cmp.Diff(want, fields(p, "full_name", "sex", "birth", "unit", "position")); diff != "" {
				t.Error(diff)
			}
			if p.HeaderLine != tt.header || len(p.Parked) > 0 {
				t.Errorf("header on line %d, want %d; parked %+v", p.HeaderLine, tt.header, p.Parked)
			}
		})
	}
}

func TestMergedHeaderAndCells(t *testing.T) {
	g := workbook(t, func(f *excelize.File) {
		rows := [][]any{
			{"DANH SÁCH"}, {},
			{"STT", "Họ và tên", "Giới tính", nil, "Đơn vị"},
			{nil, nil, "Nam", "Nữ"},
			{1, "Nguyễn Văn An", "x", nil, "Công ty Kơ Nia"},
			{2, "Y Ngọc", nil, "X"},
			{3, "A Blan", "x"},
		}
		for i, row := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			must(t, f.SetSheetRow("Sheet1", cell, &row))
		}
		for _, m := range [][2]string{{"A1", "E1"}, {"A3", "A4"}, {"B3", "B4"}, {"C3", "D3"}, {"E3", "E4"}, {"E5", "E7"}} {
			must(t, f.MergeCell("Sheet1", m[0], m[1]))
		}
	})
	p := people(t, g)
	want := []string{"Nguyễn Văn An | nam | Công ty Kơ Nia", "Y Ngọc | nữ | Công ty Kơ Nia", "A Blan | nam | Công ty Kơ Nia"}
	if diff := cmp.Diff(want, fields(p, "full_name", "sex", "unit")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"", "merged", "merged"}, rules(p, "unit")); diff != "" {
		t.Error(diff)
	}
	if p.HeaderLine != 3 || p.Columns[3].Header != "Giới tính Nữ" || p.Columns[3].Field != "sex" {
		t.Errorf("header %d, %+v", p.HeaderLine, p.Columns[3])
	}
}

func TestFontDecides(t *testing.T) {
	g := workbook(t, func(f *excelize.File) {
		font := func(cell, text, family string) {
			s, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: family}})
			must(t, err)
			must(t, f.SetCellStyle("Sheet1", cell, cell, s))
			must(t, f.SetCellValue("Sheet1", cell, text))
		}
		font("A1", "hä vµ tªn", ".VnTimeH")
		font("B1", "Đơn vị", "Times New Roman")
		font("A2", "nguyÔn v¨n an", ".VnTimeH")
		font("B2", "Thôn Hà", ".VnTime")
		font("B4", "Thôn Đăk Hà", ".VnTime") // already Unicode: the font tells nothing here
		font("A3", "Traàn Thò Hoa", "VNI-Times")
		font("B3", "Xã Hòa", "Times New Roman")
		font("A4", "Y Ngọc", "Arial")
	})
	p := people(t, g)
	if diff := cmp.Diff([]string{"NGUYỄN VĂN AN | Thôn Hà", "Trần Thị Hoa | Xã Hòa", "Y Ngọc | Thôn Đăk Hà"}, fields(p, "full_name", "unit")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"charset-tcvn3", "charset-vni", ""}, rules(p, "full_name")); diff != "" {
		t.Error(diff)
	}
}

func TestRefusals(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"numbers only": {"1\t2\t3\n4\t5\t6", "Bảng có 3 cột"},
		"one column":   {"12\n15\n", "Bảng có 1 cột"},
		"too many":     {"Nguyễn Văn An\tabc1\tdef2\tghi3\tjkl4\tmno5\tpqr6\nY Ngọc\tabc1\tdef2\tghi3\tjkl4\tmno5\tpqr6", "có 7 cột, trong đó 4 cột"},
		"header only":  {"STT\tHọ và tên\tNăm sinh", "dưới dòng tiêu đề (dòng 1)"},
		"no name":      {"STT\tNăm sinh\tĐiện thoại\tCCCD\n1\t1987\t0905123456\t061087001234", "không có cột họ và tên"},
	} {
		t.Run(name, func(t *testing.T) {
			g, err := sheet.FromClipboard(tt.text)
			must(t, err)
			_, err = intake.People(g)
			if s := sentence(t, err); !strings.Contains(s, tt.want) {
				t.Errorf("%q lacks %q", s, tt.want)
			}
		})
	}
}
