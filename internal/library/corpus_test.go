package library

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"sophobien/internal/pack"
	"sophobien/internal/record"
)

// Words made-up laws are made of. What people search for stands in few places and in
// many, as in real ones: "người lao động" is nearly everywhere.
var (
	common = strings.Split(`người lao động|người sử dụng lao động|hợp đồng lao động|theo quy định của pháp luật|trong thời hạn|cơ quan nhà nước có thẩm quyền|
		tổ chức đại diện người lao động tại cơ sở|có trách nhiệm|được quyền|phải|không được|và|hoặc|của|trong|các|trường hợp|thì|theo|do|khi|để|bằng văn bản`, "|")
	rare = strings.Split(`làm thêm giờ|tiền lương tối thiểu|nghỉ hằng năm|nghỉ việc riêng|thai sản|ốm đau|bảo hiểm thất nghiệp|trợ cấp thôi việc|trợ cấp mất việc làm|
		thử việc|học nghề|tập nghề|kỷ luật sa thải|nội quy lao động|đình công|hòa giải viên|trọng tài lao động|thỏa ước lao động tập thể|đối thoại tại nơi làm việc|
		an toàn vệ sinh lao động|tai nạn lao động|bệnh nghề nghiệp|khám sức khỏe định kỳ|bồi dưỡng bằng hiện vật|lao động chưa thành niên|lao động nữ|lao động cao tuổi|
		lao động nước ngoài|giấy phép lao động|người khuyết tật|giúp việc gia đình|cho thuê lại lao động|tuổi nghỉ hưu|thang lương|bảng lương|mức lương|phụ cấp|tiền thưởng|
		ngừng việc|điều động|biệt phái|đơn phương chấm dứt|bồi thường thiệt hại|tạm đình chỉ công việc|ca làm việc|làm việc ban đêm|giờ làm việc bình thường|nghỉ lễ tết|
		công đoàn cơ sở|kinh phí công đoàn|đăng ký lao động|thanh tra lao động|xử phạt vi phạm hành chính|khiếu nại|tố cáo|quấy rối tình dục|phân biệt đối xử|cưỡng bức lao động`, "|")
	deeds  = strings.Split("Quyền của|Nghĩa vụ của|Trách nhiệm của|Điều kiện|Thủ tục|Hồ sơ|Thời hạn|Mức hưởng|Nguyên tắc|Thẩm quyền|Trình tự|Báo cáo về|Kiểm tra|Công khai|Sửa đổi", "|")
	places = strings.Split("doanh nghiệp|hợp tác xã|hộ kinh doanh|khu công nghiệp|cơ sở giáo dục|cơ sở y tế|ngành dệt may|ngành xây dựng|nông trường|làng nghề|vùng dân tộc thiểu số|tàu biển|hầm mỏ|văn phòng", "|")
)

// heading is one of some thousand, each given out once.
func heading(n int) string {
	a, b, c := deeds[n%len(deeds)], rare[n/len(deeds)%len(rare)], places[n/len(deeds)/len(rare)%len(places)]
	return a + " " + strings.TrimSpace(b) + " trong " + c
}

func headings() int { return len(deeds) * len(rare) * len(places) }

func sentence(rng *rand.Rand, words int) string {
	var b strings.Builder
	for n := 0; n < words; {
		from := common
		if rng.IntN(9) == 0 {
			from = rare
		}
		p := strings.TrimSpace(from[rng.IntN(len(from))])
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(p)
		n += 1 + strings.Count(p, " ")
	}
	return b.String() + "."
}

// madeUp are documents of articles with three clauses each; the article of heading n is
// the n-th of all.
func (p *province) madeUp(t testing.TB, documents, articles int) []pack.Item {
	rng := rand.New(rand.NewPCG(7, 7))
	var items []pack.Item
	for d := range documents {
		var b strings.Builder
		for a := range articles {
			fmt.Fprintf(&b, "Điều %d. %s\n", a+1, heading((d*articles+a)%headings()))
			for c := range 3 {
				fmt.Fprintf(&b, "%d. %s\n", c+1, sentence(rng, 40))
			}
		}
		number := fmt.Sprintf("%d/%d/NĐ-CP", d%400+1, 2010+d/400)
		item := p.document(t, number, "Nghị định", fmt.Sprintf("Nghị định quy định chi tiết về %s số %d", strings.TrimSpace(rare[d%len(rare)]), d),
			record.Date(fmt.Sprintf("%d-07-01", 2010+d/400)), strings.TrimSpace(b.String()))
		item.Topics = []string{"LD"}
		items = append(items, item)
	}
	return items
}
