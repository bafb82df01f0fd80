// Package lawtest makes up laws for tests: well-formed, of any size, the same for the
// same seed. Their subjects are those of the trade, so that searches have something to
// find; what they say is not law.
package lawtest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"

	"sophobien/internal/law"
	"sophobien/internal/record"
)

// Document is a made-up document.
type Document struct {
	Facts    law.Facts
	Number   string
	Type     string
	Title    string
	Topics   []string
	Lines    []string
	Subjects map[string]string // what each article is about, by its anchor
}

// topic is a code of the catalogue with the subjects that articles of it have.
type topic struct {
	code     string
	subjects []string
}

var topics = []topic{
	{"LD02", []string{"giao kết hợp đồng lao động", "thử việc", "phụ lục hợp đồng lao động", "đơn phương chấm dứt hợp đồng lao động", "trợ cấp thôi việc", "trợ cấp mất việc làm"}},
	{"LD07", []string{"tiền lương tối thiểu", "tiền lương làm thêm giờ", "kỳ hạn trả lương", "khấu trừ tiền lương", "tạm ứng tiền lương", "thưởng cuối năm"}},
	{"LD08", []string{"làm thêm giờ", "giờ làm việc ban đêm", "nghỉ hằng năm", "nghỉ lễ, tết", "nghỉ việc riêng", "nghỉ chuyển ca"}},
	{"LD09", []string{"nội quy lao động", "xử lý kỷ luật sa thải", "bồi thường thiệt hại", "tạm đình chỉ công việc"}},
	{"LD10", []string{"huấn luyện an toàn, vệ sinh lao động", "khai báo tai nạn lao động", "phương tiện bảo vệ cá nhân", "quan trắc môi trường lao động", "khám bệnh nghề nghiệp"}},
	{"LD11", []string{"bảo vệ thai sản", "phòng vắt, trữ sữa mẹ", "phòng, chống quấy rối tình dục", "bình đẳng giới tại nơi làm việc"}},
	{"LD12", []string{"lao động chưa thành niên", "sử dụng người chưa đủ 15 tuổi"}},
	{"LD15", []string{"giấy phép lao động", "người lao động nước ngoài", "nhu cầu sử dụng lao động nước ngoài"}},
	{"LD18", []string{"hòa giải viên lao động", "trọng tài lao động", "đình công", "tranh chấp lao động tập thể"}},
	{"BH01", []string{"đóng bảo hiểm xã hội bắt buộc", "chế độ ốm đau", "chế độ thai sản", "lương hưu hằng tháng"}},
	{"BH03", []string{"trợ cấp thất nghiệp", "đóng bảo hiểm thất nghiệp", "tư vấn, giới thiệu việc làm"}},
	{"CD02", []string{"kinh phí công đoàn", "đoàn phí công đoàn"}},
	{"QT", []string{"xóa bỏ lao động cưỡng bức", "đào tạo nghề cho lao động nông thôn", "thương lượng tập thể"}},
}

var (
	places = []string{"trong doanh nghiệp nhỏ và vừa", "trong hợp tác xã", "tại khu công nghiệp", "trong hộ kinh doanh", "tại cơ sở giáo dục", "trong ngành dệt may",
		"trong khai thác khoáng sản", "trên tàu biển", "trong lâm nghiệp", "trong chế biến thủy sản", "tại công trường xây dựng", "trong vận tải đường bộ"}
	people = []string{"người lao động cao tuổi", "người khuyết tật", "lao động nữ", "người giúp việc gia đình", "người làm việc từ xa", "người lao động thuê lại", "đoàn viên công đoàn",
		"người học nghề", "cán bộ hợp đồng", "người lao động dân tộc thiểu số"}
	doers   = []string{"Người sử dụng lao động", "Cơ quan chuyên môn về nội vụ thuộc Ủy ban nhân dân cấp tỉnh", "Ủy ban nhân dân cấp xã", "Tổ chức đại diện người lao động tại cơ sở", "Người lao động"}
	duties  = []string{"có trách nhiệm thông báo bằng văn bản về", "phải lập hồ sơ theo dõi", "được quyền đề nghị xem xét lại", "bảo đảm điều kiện để thực hiện", "báo cáo định kỳ về", "công khai tại nơi làm việc quy định về"}
	limits  = []string{"ngày làm việc", "giờ trong một tháng", "tháng liên tục", "ngày kể từ ngày nhận đủ hồ sơ"}
	types   = []struct{ name, sign string }{{"Nghị định", "NĐ-CP"}, {"Thông tư", "TT-BNV"}, {"Quyết định", "QĐ-UBND"}, {"Nghị quyết", "NQ-HĐND"}}
	letters = []string{"a", "b", "c", "d", "đ", "e", "g", "h", "i", "k"}
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// New is a document of about so many provisions, the n-th of its number series.
func New(seed uint64, n, provisions int) Document {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	kind, about := pick(r, types), pick(r, topics)
	year := 2008 + r.IntN(19)
	d := Document{Number: fmt.Sprintf("%d/%d/%s", n+1, year, kind.sign), Type: kind.name, Topics: []string{about.code}, Subjects: map[string]string{}}
	issued, _ := record.NewDate(year, 1+r.IntN(12), 1+r.IntN(28))
	d.Facts = law.Facts{ID: law.FoldNumber(d.Number), Issued: issued, From: issued.AddDays(45)}
	d.Title = fmt.Sprintf("Quy định về %s %s", pick(r, about.subjects), pick(r, places))
	w := writer{r: r, d: &d, about: about, left: max(1, provisions-3)}
	w.write(kind.name)
	return d
}

// Corpus is as many documents with about so many provisions in all.
func Corpus(seed uint64, documents, provisions int) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		for n := range documents {
			if !yield(New(seed, n, provisions/documents)) {
				return
			}
		}
	}
}

type writer struct {
	r     *rand.Rand
	d     *Document
	about topic
	left  int
	last  int // article
}

func (w *writer) line(format string, args ...any) {
	w.d.Lines = append(w.d.Lines, fmt.Sprintf(format, args...))
}

func (w *writer) write(kind string) {
	w.line("Số: %s", w.d.Number)
	w.line("%s", strings.ToUpper(kind))
	w.line("%s", w.d.Title)
	w.line("Căn cứ Bộ luật Lao động ngày 20 tháng 11 năm 2019;")
	chapters := w.left > 30
	for chapter := 1; w.left > 0; chapter++ {
		if chapters {
			w.line("Chương %s", roman(chapter))
			w.line("%s", strings.ToUpper(pick(w.r, w.about.subjects)))
			w.left--
		}
		for n := 4 + w.r.IntN(8); n > 0 && w.left > 0; n-- {
			w.article()
		}
	}
	w.line("Điều %d. Hiệu lực thi hành", w.last+1)
	w.line("%s này có hiệu lực thi hành kể từ ngày %s.", kind, w.d.Facts.From)
	w.line("Nơi nhận:")
	w.line("- Lưu: VT.")
}

func (w *writer) article() {
	w.last++
	w.left--
	subject := pick(w.r, w.about.subjects)
	if w.r.IntN(4) == 0 {
		subject = pick(w.r, pick(w.r, topics).subjects)
	}
	subject += " đối với " + pick(w.r, people) + " " + pick(w.r, places)
	w.d.Subjects[fmt.Sprintf("d%d", w.last)] = subject
	w.line("Điều %d. %s", w.last, first(subject))
	if w.r.IntN(5) == 0 {
		w.line("%s", w.sentence(subject))
		return
	}
	for k := 1; k <= 2+w.r.IntN(4) && w.left > 0; k++ {
		w.clause(k, subject)
	}
}

func (w *writer) clause(k int, subject string) {
	w.left--
	if w.r.IntN(3) > 0 || w.left < 3 {
		w.line("%d. %s", k, w.sentence(subject))
		return
	}
	w.line("%d. Việc %s được thực hiện như sau:", k, subject)
	for i := range 2 + w.r.IntN(len(letters)-2) {
		if w.left == 0 {
			return
		}
		w.left--
		w.line("%s) %s", letters[i], w.sentence(pick(w.r, w.about.subjects)))
	}
}

func (w *writer) sentence(subject string) string {
	return fmt.Sprintf("%s %s %s trong thời hạn %d %s.", pick(w.r, doers), pick(w.r, duties), subject, 1+w.r.IntN(90), pick(w.r, limits))
}

// Amend gives one clause, point or article of a text other words, and its anchor. The
// text must have one.
func Amend(r *rand.Rand, t law.Text) (law.Text, string) {
	var at []int
	for i, p := range t {
		if p.Level == law.Clause || p.Level == law.Point {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		at = append(at, slices.IndexFunc(t, func(p law.Provision) bool { return p.Level == law.Article }))
	}
	out := slices.Clone(t)
	i := pick(r, at)
	out[i].Text += fmt.Sprintf(" Mức mới là %d đồng.", 1000+r.IntN(9000))
	return out, out[i].Anchor
}

func first(s string) string {
	runes := []rune(s)
	return strings.ToUpper(string(runes[:1])) + string(runes[1:])
}

func roman(n int) string { return strings.TrimPrefix(law.Say(fmt.Sprintf("c%d", n)).VI, "Chương ") }
