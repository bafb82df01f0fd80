package report_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

func TestPreflightListsWhatWouldEmbarrass(t *testing.T) {
	in := desk()
	for i := range in.Activities {
		in.Activities[i].Title, in.Activities[i].Heads.Total = "Buổi", 30
		in.Activities[i].Link = "https://example.vn"
	}
	a := in.Activities
	a[0].Heads.Total, a[0].HostUnitID = 0, record.ID{}
	a[0].Materials = []record.MaterialGiven{{Name: " tờ gấp  Quen", Copies: 5}, {Name: "Tờ gấp lạ", Copies: 7}}
	a[1].Materials = []record.MaterialGiven{{Name: "tờ gấp lạ", Copies: 9}}
	in.Materials[0].Title = "Tờ gấp quen"
	a[1].Link, a[2].Link = "", "" // the second has a file instead
	a[4].Audience, a[4].Heads.Workers = []string{"worker"}, 20
	in.Questions[0].Text = "Gọi lại cho tôi số 0905 123 456"
	in.Questions[1].Text, in.Questions[1].Asker = "Chị Y Hồng hỏi về lương", "Y Hồng"
	in.Questions[2].Text = "Nghị định 145/2020/NĐ-CP, 14/12/2020, 1.200.000.000 đồng?"
	in.Questions[2].AnsweredOn = ""
	before := record.Figures{Indicators: []record.Figure{{Code: "I5", Value: 400}, {Code: "I2", Value: 9}, {Code: "I13", Value: 100}}}
	got := []string{}
	for _, c := range report.Preflight(report.Checked{
		Input: in, Before: &before, Proved: map[record.ID]bool{a[2].ID: true},
		Warnings: map[record.ID][]record.Warning{a[3].ID: {
			{Field: "host_unit_id", Words: record.Words{VI: "Đơn vị đã giải thể."}}, {Field: "when.date", Hint: true, Words: record.Words{VI: "ngày nghỉ"}},
		}},
		Named: func(text string) bool { return strings.Contains(text, "A Blan") },
		Texts: map[string]string{"difficulties": "Nhờ A Blan góp ý, thư a.blan@example.vn"},
	}) {
		ref := c.Figure
		if c.Ref.Noun != "" {
			ref = c.Ref.Noun
		}
		got = append(got, c.Kind+" "+ref+" "+c.Words.VI)
	}
	want := []string{
		"personal question 01/02/2026, “Gọi lại cho tôi số 0905 123 456”: có số giống số điện thoại hoặc số giấy tờ",
		"personal question 02/02/2026, “Chị Y Hồng hỏi về lương”: nội dung nêu tên người hỏi",
		"personal  “Khó khăn, vướng mắc”: có địa chỉ thư điện tử",
		"personal  “Khó khăn, vướng mắc”: nêu tên người có trong danh sách",
		"warned activity 03/04/2026, “Buổi”: Đơn vị đã giải thể.",
		"people activity 01/03/2026, “Buổi”: chưa ghi ai tham dự",
		"group activity 01/04/2026, “Buổi”: 30 người chưa ghi nhóm, đều tính là “đối tượng khác”",
		"host activity 01/03/2026, “Buổi”: chưa ghi đơn vị chủ trì nơi tổ chức, nên tính là “nơi khác”",
		"evidence activity 01/04/2026, “Buổi”: chưa có ảnh, bản quét hoặc đường dẫn",
		"parts activity 03/05/2026, “Buổi”: tổng 30 người, cộng các nhóm 20",
		"material activity “Tờ gấp lạ”: đã phát ở “Buổi”, chưa có ở mục Tài liệu nên không tính là đầu tài liệu",
		"questions question 30/11/2026, “Nghị định 145/2020/NĐ-CP, 14/12/2020, 1.200.000.000 đồng?”: chưa trả lời",
		"units unit : 1 cuộc",
		"far I5 Lượt người tham dự phổ biến trực tiếp: 0 lượt, năm trước 400",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("concerns (-want +got):\n%s", diff)
	}
}

func TestNumbersThatArePersonal(t *testing.T) {
	for text, personal := range map[string]bool{
		"0905123456": true, "gọi 0905.123.456 nhé": true, "+84 905 123 456": true, "CCCD 062087001234": true, "CMND 233123456": true,
		"Nghị định 145/2020/NĐ-CP": false, "1.200.000.000 đồng": false, "05/03/2026 08:00": false, "200000000 đồng": true, "mã 23500": false,
		"kinh phí 12.500.000, chi 8.000.000": false, "Thông tư 03/2019/TT-BTP ngày 20/3/2019": false,
	} {
		in := report.Input{Period: report.Period("plan", 2026, ""), Questions: []record.Question{{ID: id(1), Received: "2026-02-01", AnsweredOn: "2026-02-02", Text: text}}}
		if got := len(report.Preflight(report.Checked{Input: in})) > 0; got != personal {
			t.Errorf("%q personal: %v, want %v", text, got, personal)
		}
	}
}
