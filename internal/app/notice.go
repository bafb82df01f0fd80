package app

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"sophobien/internal/record"
	"sophobien/internal/report/pdf"
)

// NoticeText is what people are told of their data: the office's own words, or the
// shipped ones made of what it collects. A line that begins with a number and a point is
// a heading, one that begins with "- " an item.
func (a *App) NoticeText(ctx context.Context) (string, error) {
	o, err := a.Office(ctx)
	return noticeOf(o), err
}

func noticeOf(o record.Office) string {
	if strings.TrimSpace(o.Notice) != "" {
		return o.Notice
	}
	return defaultNotice(o)
}

// WriteNotice writes the privacy notice, to hang up or to hand out.
func (a *App) WriteNotice(ctx context.Context, path string) (record.Words, error) {
	return a.hand(ctx, path, func() (paper, error) {
		o, err := a.Office(ctx)
		if err != nil {
			return paper{}, err
		}
		b, err := pdf.Notice(pdf.Paper{
			Office: o, Title: "THÔNG BÁO", About: "Về việc thu thập và sử dụng dữ liệu cá nhân của người tham dự hoạt động phổ biến pháp luật",
			Sections: sections(noticeOf(o)), MadeOn: record.DateOf(a.opts.Now()), Signed: true,
		})
		return paper{bytes: b}, err
	})
}

var headingLine = regexp.MustCompile(`^[0-9IVX]{1,4}\. .{1,100}$`)

// sections read a text: headings, paragraphs and items.
func sections(text string) []pdf.Section {
	out := []pdf.Section{{}}
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		last := &out[len(out)-1]
		item, isItem := strings.CutPrefix(line, "- ")
		switch {
		case line == "":
		case isItem:
			last.Items = append(last.Items, item)
		case headingLine.MatchString(line) && !strings.ContainsAny(line[len(line)-1:], ".;:"):
			out = append(out, pdf.Section{Title: line})
		case len(last.Items) > 0: // text after items goes on without a heading
			out = append(out, pdf.Section{Paragraphs: []string{line}})
		default:
			last.Paragraphs = append(last.Paragraphs, line)
		}
	}
	return out
}

// defaultNotice says what is collected, for what and how long, who sees it, and what
// people may ask for within which time. It cites no more than that.
func defaultNotice(o record.Office) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%s thu thập và sử dụng dữ liệu cá nhân nêu dưới đây khi tổ chức các hoạt động phổ biến, giáo dục pháp luật về lao động, theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định số 356/2025/NĐ-CP.", o.Name)
	line("1. Dữ liệu, mục đích và thời gian giữ")
	line("- Họ và tên, ngày hoặc năm sinh, giới tính, đơn vị, chức vụ, nhóm đối tượng, chữ ký: để lập danh sách, xác nhận việc tham dự và thống kê kết quả; họ tên được giữ %d tháng sau hoạt động, sau đó ẩn đi và chỉ còn số đếm.", o.MonthsNamed())
	for _, c := range o.Collects {
		line("- %s: %s; giữ %d tháng. Mục này tự nguyện, không ghi cũng được tham dự.", capitalised(record.WordIn(record.OptionalFields, c.Field, "vi")), strings.TrimRight(c.Purpose, ". "), keptMonths(o, c))
	}
	if o.CollectsField("ethnicity") || o.CollectsField("disability") {
		line("Dân tộc và khuyết tật là dữ liệu cá nhân nhạy cảm theo Điều 4 Nghị định số 356/2025/NĐ-CP; chỉ ghi khi người tham dự đồng ý.")
	}
	if !o.CollectsField("id_number") {
		line("Khi quét thẻ căn cước lúc đến, số thẻ không được giữ; chỉ giữ một dấu nhận biết đã mã hóa và ba chữ số cuối. Hình ảnh thẻ không được chụp hay giữ lại.")
	}
	line("2. Người được xem")
	line("Cán bộ được giao việc của cơ quan. Dữ liệu được mã hóa trên máy tính của cơ quan, mỗi lần xuất danh sách có tên đều được ghi nhật ký. Báo cáo gửi cấp trên chỉ có số đếm, không có họ tên.")
	line("3. Quyền của người có dữ liệu")
	line("Người có dữ liệu được biết, xem, nhận và yêu cầu sửa dữ liệu của mình; rút lại sự đồng ý, yêu cầu hạn chế, phản đối việc sử dụng; yêu cầu xóa. Theo Điều 5 Nghị định số 356/2025/NĐ-CP, cơ quan xác nhận đã nhận yêu cầu trong 02 ngày làm việc và thực hiện:")
	line("- cung cấp hoặc sửa dữ liệu: trong 10 ngày;")
	line("- rút lại sự đồng ý, hạn chế, phản đối: trong 15 ngày;")
	line("- xóa dữ liệu: trong 20 ngày.")
	line("4. Liên hệ")
	line("Yêu cầu gửi trực tiếp hoặc bằng văn bản đến %s.", o.Name)
	return strings.TrimSpace(b.String())
}

func keptMonths(o record.Office, c record.Collect) int {
	if c.Months > 0 {
		return int(c.Months)
	}
	return o.MonthsNamed()
}

func capitalised(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// shortNotice is what stands on a sheet people sign.
func shortNotice(o record.Office) string {
	return fmt.Sprintf("%s ghi họ tên, đơn vị và chữ ký để xác nhận việc tham dự và thống kê kết quả; họ tên được giữ %d tháng. Người ký được xem, yêu cầu sửa hoặc xóa dữ liệu của mình; thông báo đầy đủ về dữ liệu cá nhân có tại cơ quan.", o.Name, o.MonthsNamed())
}
