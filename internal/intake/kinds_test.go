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

// list reads a pasted block as a list of some noun.
func list(t testing.TB, of string, o intake.Options, lines ...string) record.Proposal {
	t.Helper()
	g, err := sheet.FromClipboard(strings.Join(lines, "\n"))
	must(t, err)
	p, err := intake.Read(context.Background(), g, of, o)
	must(t, err)
	check(t, g, p)
	return p
}

func questions(p record.Proposal) string {
	var out []string
	for _, r := range p.Parked {
		out = append(out, r.Question)
	}
	return strings.Join(out, "\n")
}

func TestUnits(t *testing.T) {
	p := list(t, "unit", intake.Options{},
		"DANH SÁCH DOANH NGHIỆP TRÊN ĐỊA BÀN", "",
		"STT\tTên doanh nghiệp\tMã số thuế\tĐịa chỉ\tLoại hình\tSố lao động\tTrong đó nữ\tDTTS\tFDI\tKCN\tNgười đại diện",
		"1\tCông ty TNHH Nắng Kơ Nia\t6100123456\tXã Đăk Hà\tTNHH\t1.234\t600\t300\t\tx\tNguyễn Văn An",
		"2\tHTX Nông nghiệp Sao Mai\t610012346\tXã Đăk Ui\t\t45 người\t20\t\t\t\t",
		"3\tTrường THCS Ngọc Yên\t\tXã Ngọk Réo\t\t30\t\t\tx\t\t",
		"4\tSao Hôm\t\t\t\t5\t\t\t\t\t",
		"5\tHộ kinh doanh Y Ngọc\t\t\tHộ cá thể\tnhiều\t\t\t\t\t",
		"6\tCông ty A\t\t\t\t10\t12\t\t\t\t",
		"\tTổng cộng: 6 đơn vị")
	want := []string{
		"Công ty TNHH Nắng Kơ Nia | enterprise | 6100123456 | 1234 | 600 | 300 |  | x",
		"HTX Nông nghiệp Sao Mai | cooperative | 0610012346 | 45 | 20 |  |  | ",
		"Trường THCS Ngọc Yên | school |  | 30 |  |  | x | ",
	}
	if diff := cmp.Diff(want, fields(p, "name", "kind", "code", "workers_total", "workers_women", "workers_ethnic_minority", "fdi", "zone")); diff != "" {
		t.Error(diff)
	}
	for _, w := range []string{"“Sao Hôm” là loại đơn vị gì", "ghi “nhiều”, không phải số người", "lớn hơn tổng số lao động"} {
		if !strings.Contains(questions(p), w) {
			t.Errorf("%q is not asked:\n%s", w, questions(p))
		}
	}
	u := intake.UnitOf(p.Rows[0].Fields)
	if u.Workers != (record.Workers{Total: 1234, Women: 600, EthnicMinority: 300}) || len(u.Focus) != 1 || u.Focus[0] != "zone" {
		t.Errorf("%+v", u)
	}
}

// Units and questions are called as signers and totals are.
func TestUnitsAndQuestionsThatReadOtherwise(t *testing.T) {
	p := list(t, "unit", intake.Options{}, "Tên đơn vị\tLoại hình\tĐịa chỉ", "Ban Tổ chức huyện ủy\tcơ quan\tTổ 1", "Ban Tổ chức đảng ủy\t\tTổ 2",
		"Tổng công ty Cà phê\tdoanh nghiệp\tTổ 3", "Tổng cộng: 3 đơn vị", "Người lập biểu", "Nguyễn Văn Lập")
	if diff := cmp.Diff([]string{"Ban Tổ chức huyện ủy", "Tổng công ty Cà phê"}, fields(p, "name")); diff != "" {
		t.Error(diff)
	}
	if len(p.Parked) != 1 || len(p.Dropped) != 3 {
		t.Errorf("parked %+v, dropped %+v", p.Parked, p.Dropped)
	}
	p = list(t, "question", intake.Options{}, "Nội dung\tNgày nhận", "Tổng số lao động bao nhiêu thì phải lập công đoàn?\t25/3/2026", "Đại diện người lao động hỏi: lương?\t25/3/2026",
		"Giám đốc không trả lương thì sao?\t26/3/2026", "Tổng cộng: 3 câu")
	if len(p.Rows) != 3 || len(p.Dropped) != 1 {
		t.Errorf("%d rows, parked %+v, dropped %+v", len(p.Rows), p.Parked, p.Dropped)
	}
}

// The style of a column decides what a point and a comma mean; where it
// contradicts itself, people are asked.
func TestCountStyles(t *testing.T) {
	for name, tt := range map[string]struct {
		cells []string
		want  string
	}{
		"Vietnamese":   {[]string{"1.234", "12", "1.234,0"}, "1234 12 1234"},
		"English":      {[]string{"1,234", "12", "2,345,678"}, "1234 12 2345678"},
		"contradicted": {[]string{"1.234", "1,234", "12"}, "? kiểu Anh"},
		"half a man":   {[]string{"1,5", "12"}, "? không phải số người"},
		"spaces":       {[]string{"1 234", "12 lđ"}, "1234 12"},
		"negative":     {[]string{"-5"}, "? không phải số người"},
	} {
		lines := []string{"Tên đơn vị\tSố lao động"}
		for _, c := range tt.cells {
			lines = append(lines, "Công ty "+c+"\t"+c)
		}
		p := list(t, "unit", intake.Options{}, lines...)
		if asked, ok := strings.CutPrefix(tt.want, "? "); ok {
			if !strings.Contains(questions(p), asked) {
				t.Errorf("%s: %q is not asked: %s", name, asked, questions(p))
			}
			continue
		}
		if got := strings.Join(fields(p, "workers_total"), " "); got != tt.want {
			t.Errorf("%s: %s %s", name, got, questions(p))
		}
	}
}

func TestInstructors(t *testing.T) {
	p := list(t, "instructor", intake.Options{},
		"STT\tHọ và tên\tNăm sinh\tGiới tính\tĐơn vị công tác\tLoại\tCấp\tTrình độ chuyên môn\tTiếng dân tộc\tQuyết định công nhận\tNgày công nhận",
		"1\tNguyễn Văn An\t1970\tNam\tUBND xã Đăk Hà\tBáo cáo viên pháp luật\tHuyện\tCử nhân Luật\tXơ-đăng, Ba-na\t12/QĐ-UBND\t5/3/2024",
		"2\tY Ngọc\t1980\tNữ\tXã Đăk Ui\tTTV\tcấp xã\t\t\t\t15/3/24",
		"3\tA Blan\t1985\tNam\tThôn 1\tgià làng\txã\t\t\t\t",
		"4\tTrần Thị Hoa\t1990\tNữ\tThôn 2\t\t\t\t\t\t2024")
	want := []string{
		"Nguyễn Văn An | reporter | district | Cử nhân Luật | Xơ-đăng, Ba-na | 12/QĐ-UBND | 2024-03-05",
		"Y Ngọc | propagandist | commune |  |  |  | 2024-03-15",
	}
	if diff := cmp.Diff(want, fields(p, "full_name", "kind", "level", "qualification", "languages", "decision", "valid_from")); diff != "" {
		t.Error(diff)
	}
	for _, w := range []string{"Ô loại ghi “già làng”", "Ngày công nhận ghi “2024”, chưa rõ ngày nào"} {
		if !strings.Contains(questions(p), w) {
			t.Errorf("%q is not asked:\n%s", w, questions(p))
		}
	}
	if i := intake.InstructorOf(p.Rows[0].Fields); len(i.Languages) != 2 || i.Valid.From != "2024-03-05" {
		t.Errorf("%+v", i)
	}
}

// The words of closed lists count with their marks, and where they stand.
func TestClosedWords(t *testing.T) {
	for _, tt := range []struct {
		of, header, start, field string
		want                     map[string]string // "?" is asked, "" is left out
	}{
		{"instructor", "Họ và tên\tLoại\tCấp", "Y Ngọc\tTTV\t", "level", map[string]string{
			"Xã Tịnh Khê": "commune", "xã Sơn Tịnh": "commune", "XA TINH KHE": "commune", "Thị xã Đức Phổ": "district", "Thị trấn Đăk Tô": "commune", "cấp tỉnh": "province",
			"Tỉnh Quảng Ngãi": "province", "Cấp cơ sở": "commune", "UBND xã Đăk Hà": "commune", "Công ty Xã Tắc": "enterprise", "TP Quảng Ngãi": "?", "Tịnh": "?",
		}},
		{"instructor", "Họ và tên\tLoại", "Y Ngọc\t", "kind", map[string]string{
			"Hoà giải viên ở cơ sở": "mediator", "BAO CAO VIEN": "reporter", "Báo cáo viên, tuyên truyền viên": "reporter", "già làng": "?",
		}},
		{"unit", "Tên đơn vị\tLoại hình", "Sao Mai\t", "kind", map[string]string{
			"Doanh nghiệp xã hội": "enterprise", "Cơ quan bảo hiểm xã hội": "agency", "Bảo hiểm xã hội": "agency", "Tổ chức xã hội": "association", "Hội": "association",
			"Trường mầm non": "school", "Trường hợp khác": "?", "Hợp tác xã": "cooperative", "Công ty hợp danh": "enterprise", "DOANH NGHIEP XA HOI": "enterprise", "Xã": "commune", "Xa": "commune", "Xả": "?",
		}},
		{"unit", "Tên đơn vị", "", "kind", map[string]string{
			"Trường Hải Auto": "?", "Phong Phú Group": "?", "Hội An Tourist": "?", "Ban Mê Coffee": "?", "Phòng khám đa khoa Phước Đức": "?", "Đoàn Gia Logistics": "?",
			"Sơ chế nông sản Hòa Bình": "?", "Xa Lo Coffee": "?", "Ngân hàng Chính sách xã hội": "?", "Bưu điện Đăk Hà": "?",
			"Trường Tiểu học Đăk Hà": "school", "TRUONG TIEU HOC DAK HA": "school", "Phòng Nội vụ": "agency", "Hội Nông dân xã": "association", "Ủy ban MTTQ xã": "association", "UBND xã": "agency",
			"Xã Đăk Hà": "commune", "Cty Sao Mai": "enterprise", "CONG TY SAO MAI": "enterprise", "Hộ kinh doanh Y Hoa": "household", "Chi nhánh Công ty Sao Mai": "enterprise",
		}},
		{"question", "Nội dung\tNgày nhận\tHình thức", "Lương?\t25/3/2026\t", "channel", map[string]string{
			"Trực tiếp tại đơn vị": "in_person", "Đơn": "letter", "DON THU": "letter", "Thư điện tử": "email", "Hòm thư góp ý": "box", "Hội nghị đối thoại": "dialogue",
			"Gọi điện thoại": "phone", "Trực tiếp tại hội nghị": "session", "Qua Bộ phận một cửa": "", "Đơn vị gửi": "",
		}},
		{"person", "Họ và tên\tĐối tượng", "Y Ngọc\t", "audience", map[string]string{
			"Người lao động": "worker", "NLĐ": "worker", "NSDLĐ": "employer", "Người sử dụng lao động": "employer", "NGUOI LAO DONG": "worker", "Khác": "other", "Khắc": "",
		}},
	} {
		for cell, want := range tt.want {
			p := list(t, tt.of, intake.Options{}, tt.header, tt.start+cell)
			got := ""
			if len(p.Rows) == 1 {
				got = p.Rows[0].Fields.Get(tt.field)
			} else {
				got = "?"
			}
			if got != want {
				t.Errorf("%s %s %q: %q, want %q %s", tt.of, tt.field, cell, got, want, questions(p))
			}
		}
	}
}

func TestQuestionLists(t *testing.T) {
	p := list(t, "question", intake.Options{},
		"TT\tNội dung câu hỏi, kiến nghị\tNgười hỏi\tĐơn vị\tNgày nhận\tHình thức\tĐối tượng\tTrả lời\tNgày trả lời",
		"1\tLàm thêm giờ ngày lễ được trả bao nhiêu?\tY Ngọc\tCông ty Kơ Nia\t5/3/2026\tĐiện thoại\tNLĐ\tÍt nhất 300%\t6/3/2026",
		"2\tThử việc bao lâu?\tnt\t//\t25/3/2026\tqua Zalo\tngười lao động\t\t",
		"3\tNghỉ phép năm?\t\t\t\t\t\t\t",
		"4\tBHXH một lần?\t\t\t26/3/2026\t\t\t\t27/3/2026",
		"5\t\tA Blan\t\t27/3/2026\t\t\t\t",
		"6\tTăng ca?\t\t\t28/3/2026\t\t\tCó\t27/3/2026")
	want := []string{
		"Làm thêm giờ ngày lễ được trả bao nhiêu? | Y Ngọc | Công ty Kơ Nia | 2026-03-05 | phone | worker | Ít nhất 300% | 2026-03-06",
		"Thử việc bao lâu? | Y Ngọc | Công ty Kơ Nia | 2026-03-25 | social | worker |  | ",
	}
	if diff := cmp.Diff(want, fields(p, "text", "asker", "unit", "received", "channel", "asker_group", "answer", "answered_on")); diff != "" {
		t.Error(diff)
	}
	for _, w := range []string{"chưa ghi ngày nhận", "chưa ghi câu trả lời", "chưa có nội dung câu hỏi", "sớm hơn ngày nhận"} {
		if !strings.Contains(questions(p), w) {
			t.Errorf("%q is not asked:\n%s", w, questions(p))
		}
	}
}

func TestOtherListsRefused(t *testing.T) {
	g, err := sheet.FromClipboard("STT\tMã\n1\t2")
	must(t, err)
	for of, want := range map[string]string{"unit": "tên đơn vị", "question": "nội dung câu hỏi", "instructor": "họ và tên"} {
		_, err := intake.Read(context.Background(), g, of, intake.Options{})
		if s := sentence(t, err); !strings.Contains(s, want) {
			t.Errorf("%s: %q lacks %q", of, s, want)
		}
	}
	if _, err := intake.Read(context.Background(), g, "cow", intake.Options{}); err == nil {
		t.Error("a list of cows is read")
	}
}

// What an officer says of the columns counts, and is recognised the next time.
func TestColumnsSaidByHand(t *testing.T) {
	lines := []string{"STT\tHội viên\tNơi sinh hoạt\tSinh", "1\tY Ngọc\tThôn Kon Trang\t1990", "2\tA Blan\tThôn Kon Trang\t1985"}
	g, err := sheet.FromClipboard(strings.Join(lines, "\n"))
	must(t, err)
	said := intake.Options{Fields: map[int]string{0: record.LeftOut, 1: "full_name", 2: "unit", 3: "birth"}}
	p := list(t, "person", said, lines...)
	want := []string{"Y Ngọc | Thôn Kon Trang | 1990", "A Blan | Thôn Kon Trang | 1985"}
	if diff := cmp.Diff(want, fields(p, "full_name", "unit", "birth")); diff != "" {
		t.Error(diff)
	}
	layout, ok := intake.LayoutOf(p)
	if !ok || layout.Validate() != nil {
		t.Fatalf("%+v", layout)
	}
	again := list(t, "person", intake.Options{Layouts: []record.Layout{layout}},
		"DANH SÁCH", "", "Stt\tHỘI VIÊN\tNơi sinh hoạt\tSinh", "1\tVũ Nam\tThôn 3\t1970")
	if diff := cmp.Diff([]string{"Vũ Nam | Thôn 3 | 1970"}, fields(again, "full_name", "unit", "birth")); diff != "" {
		t.Error(diff)
	}
	if why := again.Columns[1].Why; why != "như lần trước" {
		t.Errorf("why: %s", why)
	}
	other := list(t, "person", intake.Options{Layouts: []record.Layout{layout}}, "Họ và tên\tNơi sinh hoạt\tSinh", "Vũ Nam\tThôn 3\t1970")
	if other.Columns[0].Why == "như lần trước" {
		t.Error("a list of another shape is taken for it")
	}
	// Without any column of names the list is refused, whoever says so.
	_, err = intake.Read(context.Background(), g, "person", intake.Options{Fields: map[int]string{1: "unit"}})
	if s := sentence(t, err); !strings.Contains(s, "họ và tên") {
		t.Error(s)
	}
}

func TestUsualCase(t *testing.T) {
	p := list(t, "person", intake.Options{UsualCase: true}, "Họ và tên\tNăm sinh", "NGUYỄN VĂN AN\t1987", "RƠ CHÂM H'LIM\t1990", "Y Ngọc\t1991", "ĐINH-THỊ HOA\t1992")
	want := []string{"Nguyễn Văn An", "Rơ Châm H'Lim", "Y Ngọc", "Đinh-Thị Hoa"}
	if diff := cmp.Diff(want, fields(p, "full_name")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"usual-case", "usual-case", "", "usual-case"}, rules(p, "full_name")); diff != "" {
		t.Error(diff)
	}
}

func TestTables(t *testing.T) {
	p := list(t, "person", intake.Options{},
		"A. CÁN BỘ", "STT\tHọ và tên\tNăm sinh\tChức vụ", "1\tNguyễn Văn An\t1970\tChủ tịch", "2\tY Ngọc\t1980\tKế toán", "",
		"B. NGƯỜI LAO ĐỘNG", "TT\tGiới tính\tNgày sinh\tHọ tên\tĐơn vị", "1\tNam\t5/3/1990\tA Blan\tThôn 1", "2\tNữ\t25/3/1991\tTrần Thị Hoa\tThôn 1")
	want := []string{"Nguyễn Văn An | 1970 | Chủ tịch | ", "Y Ngọc | 1980 | Kế toán | ", "A Blan | 1990-03-05 |  | Thôn 1", "Trần Thị Hoa | 1991-03-25 |  | Thôn 1"}
	if diff := cmp.Diff(want, fields(p, "full_name", "birth", "position", "unit")); diff != "" {
		t.Error(diff)
	}
	if p.HeaderLine != 2 || len(p.Tables) != 1 || p.Tables[0].HeaderLine != 7 || p.Rows[2].Table != 1 {
		t.Errorf("headers on %d, %+v", p.HeaderLine, p.Tables)
	}
}

// A second table that is no list of the kind is left out with the reason.
func TestATableThatIsNone(t *testing.T) {
	p := list(t, "unit", intake.Options{},
		"STT\tTên đơn vị\tĐịa chỉ\tSố lao động", "1\tCông ty A\tXã Đăk Hà\t5", "", "Phụ lục", "STT\tMã\tGhi chú", "1\tx\ty")
	if len(p.Rows) != 1 {
		t.Errorf("%d rows", len(p.Rows))
	}
}

// The corpus of package sheet, whatever program wrote it, is one and the same list.
func TestCorpusIsOneList(t *testing.T) {
	want := []string{
		"Nguyễn Văn An | nam | 1987-03-05 | 061087001234 | 0905123456 | Xã Đăk Hà",
		"Trần Thị Ngọc Ánh | nữ | 1990-12-31 | 062190005678 | 0914123456 | Công ty TNHH Nắng & Gió",
		`Y Ngọc | nữ | 1991 |  |  | "Sao Mai" <xã Đăk Ui>`,
		"Lê Đình Phước | nam | 1979-12-25 |  | 0987654321 | Xã Đăk Hà",
		"A Blan | nam | 1985 |  |  | Xã Đăk Hà",
		"Hồ Thị Kỷ | nữ | 2000-02-29 | 001087001235 |  | Xã Đăk Hà",
	}
	for _, name := range []string{"xlsxwriter.xlsx", "libreoffice.xlsx", "gnumeric.xlsx", "libreoffice.xls", "gnumeric-97.xls", "libreoffice.ods", "gnumeric.ods", "libreoffice-page.xls", "gnumeric-page.xls"} {
		p := people(t, corpusGrid(t, name))
		if diff := cmp.Diff(want, fields(p, "full_name", "sex", "birth", "id_number", "phone", "unit")); diff != "" {
			t.Errorf("%s: %s\n%s", name, diff, questions(p))
		}
	}
}

// Cancelling ends the reading of a long list.
func TestCancel(t *testing.T) {
	g := workbook(t, func(f *excelize.File) {
		w, err := f.NewStreamWriter("Sheet1")
		must(t, err)
		must(t, w.SetRow("A1", []any{"Họ và tên", "Năm sinh"}))
		for i := range 20_000 {
			cell, _ := excelize.CoordinatesToCellName(1, i+2)
			must(t, w.SetRow(cell, []any{"Nguyễn Văn An", 1950 + i%60}))
		}
		must(t, w.Flush())
	})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		for {
			if _, err := intake.Read(ctx, g, "person", intake.Options{}); err != nil {
				done <- err
				return
			}
		}
	}()
	cancel()
	if err := <-done; err != context.Canceled {
		t.Error(err)
	}
}
