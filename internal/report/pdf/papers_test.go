package pdf_test

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"sophobien/internal/record"
	"sophobien/internal/report/pdf"
)

// papers draws one of each.
func papers() map[string]func() ([]byte, error) {
	return map[string]func() ([]byte, error){
		"sheet":        func() ([]byte, error) { return pdf.SignSheet(attendance(38, 10)) },
		"minutes":      func() ([]byte, error) { return pdf.Minutes(meeting()) },
		"certificates": func() ([]byte, error) { return pdf.Certificates(confirmation(3)) },
		"list":         func() ([]byte, error) { return pdf.List(listing(60)) },
		"notice":       func() ([]byte, error) { return pdf.Notice(paper()) },
	}
}

func must(t testing.TB) func(b []byte, err error) []byte {
	return func(b []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
}

func has(t testing.TB, text string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			t.Errorf("%q is missing", w)
		}
	}
}

func TestEqualValuesGiveEqualBytes(t *testing.T) {
	for name, draw := range papers() {
		first := must(t)(draw())
		for range 4 {
			if !bytes.Equal(first, must(t)(draw())) {
				t.Errorf("%s: other bytes", name)
			}
		}
		if len(first) > 100_000 {
			t.Errorf("%s: %d bytes", name, len(first))
		}
		inside(t, first)
	}
}

func TestSignSheet(t *testing.T) {
	got := pages(t, must(t)(pdf.SignSheet(attendance(43, 5))))
	if len(got) != 3 {
		t.Errorf("%d pages", len(got))
	}
	for n, page := range got {
		has(t, text(page), "Họ và tên", "Ký tên", "Mã hoạt động: "+activity.ID.Code(), fmt.Sprintf("Trang %d/%d", n+1, len(got)))
	}
	has(t, text(got[0]), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "ỦY BAN NHÂN DÂN XÃ ĐĂK HÀ", "PHÒNG VĂN HÓA – XÃ HỘI",
		"08 giờ 00 – 11 giờ 30, ngày 05 tháng 01 năm 2026", "Rơ Châm H'Yéo")
	has(t, text(got[2]), "48", "NGƯỜI LẬP DANH SÁCH", "Lê Thị Thu Hà", "TRƯỞNG PHÒNG", "Nguyễn Thị Ánh Nguyệt", "Đăk Hà, ngày 05 tháng 01 năm 2026")
}

func TestSignSheetKeepsALineWithTheSignatures(t *testing.T) {
	for spare := range 30 {
		got := pages(t, must(t)(pdf.SignSheet(attendance(0, 20+spare))))
		last := got[len(got)-1]
		number := fmt.Sprint(20 + spare)
		if !slices.ContainsFunc(last, func(p piece) bool { return p.text == number }) {
			t.Errorf("%d lines: the signatures stand alone on page %d", 20+spare, len(got))
		}
	}
}

// TestEmptyLinesGiveWayToTheSignatures: twenty people and fifteen empty lines stand on two
// pages, the lines as far as there is room, five of them anyway, and the signatures below.
func TestEmptyLinesGiveWayToTheSignatures(t *testing.T) {
	for people := 6; people <= 60; people += 7 {
		least := len(pages(t, must(t)(pdf.SignSheet(attendance(people, 5)))))
		got := pages(t, must(t)(pdf.SignSheet(attendance(people, 15))))
		last := got[len(got)-1]
		if len(got) != least {
			t.Errorf("%d people: %d pages with fifteen empty lines, %d with five", people, len(got), least)
		}
		if people == 20 && len(got) != 2 {
			t.Errorf("twenty people stand on %d pages", len(got))
		}
		numbers, lines := 0, 0
		for n, page := range got {
			for _, p := range page {
				if i, err := strconv.Atoi(p.text); err == nil && p.x < 110 {
					lines = max(lines, i)
					if n == len(got)-1 {
						numbers++
					}
				}
			}
		}
		if lines < people+5 || lines > people+15 || numbers == 0 {
			t.Errorf("%d people: %d lines, %d of them with the signatures", people, lines, numbers)
		}
		has(t, text(last), "NGƯỜI LẬP DANH SÁCH", "Họ và tên")
	}
}

func TestSignSheetOfFiveHundred(t *testing.T) {
	got := pages(t, must(t)(pdf.SignSheet(attendance(500, 0))))
	seen := map[string]int{}
	for _, page := range got {
		for _, p := range page {
			if p.x < 110 { // the column of numbers
				seen[p.text]++
			}
		}
		if lowest := slices.MinFunc(page, func(a, b piece) int { return int(a.y - b.y) }); lowest.y < 30 {
			t.Errorf("%q stands below the foot", lowest.text)
		}
	}
	for i := range 500 {
		if n := seen[fmt.Sprint(i+1)]; n != 1 {
			t.Errorf("line %d stands %d times", i+1, n)
		}
	}
}

func TestSignSheetOfNoActivity(t *testing.T) {
	got := whole(pages(t, must(t)(pdf.SignSheet(pdf.Attendance{Spare: 5}))))
	if strings.Contains(got, "Mã hoạt động") {
		t.Error("it bears a code")
	}
	has(t, got, "DANH SÁCH NGƯỜI THAM DỰ", "…………, ngày …… tháng …… năm ………", "(Ký, ghi rõ chức vụ, họ tên, đóng dấu)")
}

func TestDecomposedTextIsDrawnComposed(t *testing.T) {
	in := attendance(10, 0)
	want := must(t)(pdf.SignSheet(in))
	apart := norm.NFD.String
	in.Office.Name, in.Office.ParentName, in.Office.Place = apart(in.Office.Name), apart(in.Office.ParentName), apart(in.Office.Place)
	in.Office.Head.Name, in.Office.Head.Title = apart(in.Office.Head.Name), apart(in.Office.Head.Title)
	in.Activity.Title, in.Activity.When.Place = apart(in.Activity.Title), apart(in.Activity.When.Place)
	in.Notice, in.PreparedBy = apart(in.Notice), apart(in.PreparedBy)
	for i, who := range in.People {
		in.People[i].Name, in.People[i].Unit, in.People[i].Position = apart(who.Name), apart(who.Unit), apart(who.Position)
	}
	if !bytes.Equal(want, must(t)(pdf.SignSheet(in))) {
		t.Error("decomposed text is drawn otherwise")
	}
}

func TestNewParticipant(t *testing.T) {
	unit := record.NewID(1, [10]byte{})
	units := map[record.ID]string{unit: "Xã Đăk Hà"}
	p := record.Person{FullName: "A Blan", Birth: "1987-03-05", UnitID: unit, Position: "Trưởng thôn", Phone: "0912345678"}
	if got, want := pdf.NewParticipant(p, units), (pdf.Participant{Name: "A Blan", Birth: "1987-03-05", Unit: "Xã Đăk Hà", Position: "Trưởng thôn"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	p.UnitText = "thôn 5"
	if got := pdf.NewParticipant(p, units).Unit; got != "thôn 5" {
		t.Errorf("unit %q", got)
	}
}

func TestMinutes(t *testing.T) {
	got := pages(t, must(t)(pdf.Minutes(meeting())))
	all := whole(got)
	has(t, all, "BIÊN BẢN TÓM TẮT", "Số: 05/BB-VHXH", "IV. CÂU HỎI VÀ TRẢ LỜI", "V. KẾT QUẢ", "Người lao động: 48 người", "Đối tượng khác: 2 người",
		"những điều cần biết”: 1.250 bản", "Kết thúc lúc 11 giờ 30 cùng ngày.", "NGƯỜI CHỦ TRÌ")
	if text(got[0]) == "" || strings.HasPrefix(text(got[0]), "1 ") || !strings.HasPrefix(text(got[1]), "2 ") {
		t.Error("pages are numbered from the second")
	}
}

// Those no group counts are called by what the activity was for.
func TestMinutesSayWhoTheRestAre(t *testing.T) {
	for name, c := range map[string]struct {
		audience []string
		heads    record.HeadCount
		says     []string
		not      []string
	}{
		"one group, not counted": {[]string{"worker"}, record.HeadCount{Total: 50},
			[]string{"Đối tượng: Người lao động", "Người lao động: 50 người"}, []string{"Đối tượng khác", "Chưa phân"}},
		"one of two not counted": {[]string{"worker", "employer"}, record.HeadCount{Total: 50, Workers: 45},
			[]string{"Người lao động: 45 người", "Người sử dụng lao động: 5 người"}, []string{"Đối tượng khác"}},
		"two groups, none counted": {[]string{"worker", "official"}, record.HeadCount{Total: 50, Women: 20},
			[]string{"Đối tượng: Người lao động; Cán bộ, công chức", "Số người tham dự: 50 người, trong đó:", "Nữ: 20 người"}, []string{"Đối tượng khác", "Chưa phân"}},
		"two of three not counted": {[]string{"worker", "official", "employer"}, record.HeadCount{Total: 50, Workers: 20},
			[]string{"Người lao động: 20 người", "Chưa phân theo đối tượng: 30 người"}, []string{"Đối tượng khác"}},
		"all groups counted, and more came": {[]string{"worker"}, record.HeadCount{Total: 50, Workers: 48},
			[]string{"Người lao động: 48 người", "Đối tượng khác: 2 người"}, nil},
		"for others": {[]string{"other"}, record.HeadCount{Total: 50},
			[]string{"Đối tượng khác: 50 người"}, nil},
		"nobody said for whom": {nil, record.HeadCount{Total: 50},
			[]string{"Số người tham dự: 50 người"}, []string{"trong đó", "Đối tượng"}},
	} {
		in := meeting()
		in.Activity.Audience, in.Activity.Heads = c.audience, c.heads
		all := whole(pages(t, must(t)(pdf.Minutes(in))))
		for _, words := range c.says {
			if !strings.Contains(all, words) {
				t.Errorf("%s: does not say %q:\n%s", name, words, all)
			}
		}
		for _, words := range c.not {
			if strings.Contains(all, words) {
				t.Errorf("%s: says %q:\n%s", name, words, all)
			}
		}
	}
}

func TestMinutesLeaveOutWhatIsNotKnown(t *testing.T) {
	all := whole(pages(t, must(t)(pdf.Minutes(pdf.Meeting{Office: office}))))
	has(t, all, "1. Thời gian bắt đầu:", "2. Địa điểm:", "3. Chủ trì:", "4. Người ghi biên bản:", "5. Số người tham dự:", "II. NỘI DUNG", "III. KẾT QUẢ",
		"Kết thúc lúc …… giờ ……, ngày …… tháng …… năm ………")
	for _, w := range []string{"TÀI LIỆU", "CÂU HỎI", "Nơi tổ chức", "người, trong đó", "Số: "} {
		if strings.Contains(all, w) {
			t.Errorf("%q stands there", w)
		}
	}
}

func TestMinutesOfSeveralDays(t *testing.T) {
	in := meeting()
	in.Activity.When.EndDate = "2026-01-12"
	has(t, whole(pages(t, must(t)(pdf.Minutes(in)))), "Kết thúc lúc 11 giờ 30, ngày 12 tháng 01 năm 2026.")
}

func TestCertificatesTakeAPageEach(t *testing.T) {
	in := confirmation(10)
	in.People[3].Name = strings.Repeat("Nguyễn Phúc Hoàng ", 8)
	in.People[4].Unit = strings.Repeat("Công ty trách nhiệm hữu hạn một thành viên ", 12)
	b := must(t)(pdf.Certificates(in))
	got := pages(t, b)
	if len(got) != 10 {
		t.Fatalf("%d pages for 10 people", len(got))
	}
	for i, page := range got {
		has(t, text(page), "GIẤY XÁC NHẬN THAM DỰ", "Đăk Hà, ngày 05 tháng 01 năm 2026", "TRƯỞNG PHÒNG", "3 giờ 30 phút")
		for word := range strings.FieldsSeq(in.People[i].Name) {
			has(t, text(page), word)
		}
	}
	has(t, text(got[0]), "Ngày sinh: 05/03/1987")
	has(t, text(got[1]), "Năm sinh: 1961")
	inside(t, b)
}

func TestCertificatesOfNobodyAreRefused(t *testing.T) {
	if _, err := pdf.Certificates(confirmation(0)); err == nil {
		t.Error("drawn")
	}
}

func TestListLiesLengthwiseWhenItMust(t *testing.T) {
	wide := boxes.FindSubmatch(must(t)(pdf.List(listing(5))))
	narrow := boxes.FindSubmatch(must(t)(pdf.List(narrowListing(5))))
	if string(wide[1]) != "841.89" || string(narrow[1]) != "595.28" {
		t.Errorf("wide %s, narrow %s", wide[1], narrow[1])
	}
}

func TestListOfFiveHundred(t *testing.T) {
	got := pages(t, must(t)(pdf.List(listing(500))))
	all := whole(got)
	for i := range 500 {
		has(t, all, fmt.Sprintf(" %d %s ", i+1, record.Date("2026-03-01").AddDays(i%31)))
	}
	for n, page := range got {
		has(t, text(page), "Tên hoạt động", fmt.Sprintf("Trang %d/%d", n+1, len(got)), "In ngày 01/04/2026, người in: Lê Thị Thu Hà")
	}
	has(t, text(got[len(got)-1]), "Cộng", "1.250.000.000")
}

func TestListBreaksARowHigherThanAPage(t *testing.T) {
	in := narrowListing(3)
	var long []string
	for i := range 3000 {
		long = append(long, fmt.Sprintf("từ%d", i))
	}
	in.Rows[1][1] = strings.Join(long, " ")
	b := must(t)(pdf.List(in))
	all := whole(pages(t, b))
	for _, w := range long {
		has(t, all+" ", w+" ")
	}
	inside(t, b)
}

func TestListRefuses(t *testing.T) {
	in := narrowListing(3)
	in.Rows[2] = in.Rows[2][:2]
	if _, err := pdf.List(in); err == nil || !strings.Contains(err.Error(), "row 3") {
		t.Errorf("a short row: %v", err)
	}
	if _, err := pdf.List(pdf.Listing{Title: "Danh sách"}); err == nil {
		t.Error("a list without columns")
	}
	in = narrowListing(3)
	in.Total = []string{"1"}
	if _, err := pdf.List(in); err == nil {
		t.Error("a short total")
	}
}

func TestNotice(t *testing.T) {
	in := paper()
	has(t, whole(pages(t, must(t)(pdf.Notice(in)))), "THÔNG BÁO VỀ VIỆC XỬ LÝ DỮ LIỆU CÁ NHÂN", "Đăk Hà, ngày 15 tháng 6 năm 2026", "2. Mục đích")
	for range 6 {
		in.Sections = append(in.Sections, in.Sections...)
	}
	b := must(t)(pdf.Notice(in))
	if n := len(pages(t, b)); n < 20 {
		t.Errorf("%d pages", n)
	}
	inside(t, b)
}

func TestLaw(t *testing.T) {
	in := pdf.LawText{Heading: "Bộ luật 45/2019/QH14", Title: "Bộ luật Lao động", Status: "Còn hiệu lực vào ngày 28/11/2026", PrintedOn: "2026-11-28", Provisions: []record.LawProvision{
		{Level: "chapter", Number: "VI", Heading: "TIỀN LƯƠNG"},
		{Level: "article", Number: "98", Heading: "Tiền lương làm thêm giờ"},
		{Level: "clause", Number: "1", Text: "Người lao động làm thêm giờ được trả lương như sau:"},
		{Level: "point", Number: "a", Text: "Vào ngày thường, ít nhất bằng 150%;\nđoạn sau."},
	}}
	has(t, whole(pages(t, must(t)(pdf.Law(in)))), "Bộ luật 45/2019/QH14", "Còn hiệu lực vào ngày 28/11/2026", "Chương VI. TIỀN LƯƠNG", "Điều 98. Tiền lương làm thêm giờ", "1. Người lao động", "a) Vào ngày thường", "đoạn sau.", "In ngày 28/11/2026", "Trang 1/1")
	for range 8 {
		in.Provisions = append(in.Provisions, in.Provisions...)
	}
	b := must(t)(pdf.Law(in))
	if n := len(pages(t, b)); n < 20 {
		t.Errorf("%d pages", n)
	}
	inside(t, b)
}

func FuzzPapers(f *testing.F) {
	f.Add("Nguyễn Văn A", "Đăk Hà", 3)
	f.Add("\x00\xff\xfe𝓤😀\u0301\u0323\u200b{nb}\\()", "a\r\nb\u2028c\td\u00a0e", 1)
	f.Add(strings.Repeat("ư", 300), strings.Repeat("Ễ \u0309", 90), 2)
	f.Fuzz(func(t *testing.T, a, b string, n int) {
		n = max(0, n%5)
		o := record.Office{Name: a, ParentName: b, Place: a, Head: record.Signer{Name: b, Title: a, For: b}}
		act := record.Activity{ID: activity.ID, Title: b, When: record.Occasion{Date: record.Date(a), Start: record.Clock(b), Place: a}, Speakers: []string{a, b}, Result: b,
			Materials: []record.MaterialGiven{{Name: a, Copies: int64(n)}}, Heads: record.HeadCount{Total: int64(n) * 5000, Women: int64(n)}}
		var people []pdf.Participant
		for range n + 1 {
			people = append(people, pdf.Participant{Name: a, Birth: record.Birth(b), Unit: b, Position: a})
		}
		for _, draw := range []func() ([]byte, error){
			func() ([]byte, error) {
				return pdf.SignSheet(pdf.Attendance{Office: o, Activity: act, People: people, Spare: n, PreparedBy: a, Notice: b, PrintedOn: record.Date(b)})
			},
			func() ([]byte, error) {
				return pdf.Minutes(pdf.Meeting{Office: o, Activity: act, Number: a, Host: b, With: []string{a}, Topics: []string{b, a}, Chair: a, Secretary: b, Questions: []pdf.Asked{{a, b}, {b, ""}}})
			},
			func() ([]byte, error) {
				return pdf.Certificates(pdf.Confirmation{Office: o, Activity: act, Hours: a, People: people, SignedOn: record.Date(a)})
			},
			func() ([]byte, error) {
				return pdf.List(pdf.Listing{Office: o, Title: a, Filter: b, Note: a, PrintedBy: b, Rows: [][]string{{a, b}, {b, a}}, Columns: []pdf.Column{{Name: a, Width: float64(n)}, {Name: b}}})
			},
			func() ([]byte, error) {
				return pdf.Notice(pdf.Paper{Office: o, Title: a, About: b, Signed: true, Sections: []pdf.Section{{b, []string{a, b}, []string{b, a}}}})
			},
		} {
			inside(t, must(t)(draw()))
		}
	})
}

func TestAPageOfTheHelp(t *testing.T) {
	parts := []record.GuidePart{
		{Text: "Mọi việc đều làm được bằng bàn phím."},
		{Kind: record.GuideHeading, Text: "Trong danh sách"},
		{Kind: record.GuideItem, Text: "↑ ↓ PageUp … đi trong danh sách"},
		{Kind: record.GuideItem, Text: "Alt+← Ctrl+→ Thiết lập › An toàn dữ liệu"},
		{Kind: record.GuideStep, Text: "1. Mở Hoạt động"},
	}
	got := pages(t, must(t)(pdf.Guide(record.Guide{Title: "Phím tắt", Parts: parts})))
	if len(got) != 1 {
		t.Errorf("%d pages", len(got))
	}
	has(t, whole(got), "Phím tắt", "Mọi việc đều làm được bằng bàn phím.", "Trong danh sách", "↑ ↓ PageUp … đi trong danh sách",
		"Alt+← Ctrl+→ Thiết lập › An toàn dữ liệu", "1. Mở Hoạt động")
	for range 100 {
		parts = append(parts, record.GuidePart{Text: strings.Repeat("Một câu hướng dẫn. ", 10)})
	}
	if got := pages(t, must(t)(pdf.Guide(record.Guide{Title: "Phím tắt", Parts: parts}))); len(got) < 2 {
		t.Errorf("%d pages", len(got))
	}
}
