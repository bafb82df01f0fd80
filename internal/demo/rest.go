package demo

import (
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/record"
)

// restStream is the stream of chance of all that is no activity.
const restStream uint64 = 17

// asked is a question people of an office really ask, and the answer that stands in
// the Labour Code.
type asked struct {
	text, answer, provision, topic string
}

var questions = []asked{
	{"Làm thêm giờ vào ngày nghỉ lễ được trả lương thế nào?",
		"Ít nhất bằng 300 % tiền lương giờ thực trả, chưa kể tiền lương ngày lễ, tết đối với người hưởng lương ngày.", "Điều 98 khoản 1 điểm c", "tiền lương"},
	{"Thời gian thử việc của công nhân tối đa bao nhiêu ngày?",
		"Không quá 60 ngày với việc cần trình độ cao đẳng trở lên, không quá 30 ngày với việc cần trình độ trung cấp, không quá 06 ngày làm việc với công việc khác.", "Điều 25", "hợp đồng"},
	{"Làm đủ 12 tháng thì được nghỉ hằng năm bao nhiêu ngày?",
		"12 ngày làm việc đối với người làm công việc trong điều kiện bình thường.", "Điều 113 khoản 1", "thời giờ"},
	{"Lao động nữ sinh con được nghỉ thai sản mấy tháng?",
		"06 tháng trước và sau khi sinh con; thời gian nghỉ trước khi sinh không quá 02 tháng.", "Điều 139 khoản 1", "lao động nữ"},
	{"Muốn nghỉ việc thì phải báo trước bao nhiêu ngày?",
		"Ít nhất 45 ngày với hợp đồng không xác định thời hạn, ít nhất 30 ngày với hợp đồng từ 12 đến 36 tháng, ít nhất 03 ngày làm việc với hợp đồng dưới 12 tháng.", "Điều 35 khoản 1", "hợp đồng"},
	{"Công ty giữ bản chính bằng cấp của người lao động có đúng không?",
		"Không. Người sử dụng lao động không được giữ bản chính giấy tờ tùy thân, văn bằng, chứng chỉ của người lao động.", "Điều 17", "hợp đồng"},
	{"Đơn vị có dưới 10 lao động có phải đăng ký nội quy lao động không?",
		"Người sử dụng lao động sử dụng từ 10 người lao động trở lên phải đăng ký nội quy lao động.", "Điều 119 khoản 1", "kỷ luật"},
}

const labourCode = "45/2019/QH14"

// Rest hands out what the office kept beside its activities, by day: documents,
// publications, materials, surveys, models, money, its network and the questions it
// was asked. It may be called again and gives the same again.
func (o *Office) Rest(do func(day record.Date, rows []record.Noun) error) error {
	c := newChance(o.opt.Seed, restStream)
	days := map[record.Date][]record.Noun{}
	put := func(day record.Date, rows ...record.Noun) {
		if day <= o.opt.Today {
			days[day] = append(days[day], rows...)
		}
	}
	for year := o.first.Year(); year <= o.opt.Today.Year(); year++ {
		o.restOfYear(c, year, put)
	}
	o.network(c, put)
	for _, day := range sortedDays(days) {
		if err := do(day, days[day]); err != nil {
			return err
		}
	}
	return nil
}

func sortedDays(days map[record.Date][]record.Noun) []record.Date {
	var out []record.Date
	for day := range days {
		out = append(out, day)
	}
	slices.Sort(out)
	return out
}

// dayIn is a weekday of a month of the office's time.
func (o *Office) dayIn(c chance, year, month int) record.Date {
	day, _ := record.NewDate(year, month, c.between(1, 28))
	if day < o.first {
		day = o.first
	}
	for w := day.Time().Weekday(); w == 0 || w == 6; w = day.Time().Weekday() {
		day = day.AddDays(1)
	}
	return day
}

func (o *Office) restOfYear(c chance, year int, put func(record.Date, ...record.Noun)) {
	jan, mar, may, aug := o.dayIn(c, year, 1), o.dayIn(c, year, 3), o.dayIn(c, year, 5), o.dayIn(c, year, 8)
	put(jan, record.Directive{ID: c.id(jan, 1), Kind: "plan", Number: fmt.Sprintf("%02d/KH-UBND", c.between(3, 30)), Issued: jan,
		Title: fmt.Sprintf("Kế hoạch phổ biến, giáo dục pháp luật lao động năm %d", year), Issuer: o.Office.ParentName, Task: "IV.1.a"})
	put(mar, record.Directive{ID: c.id(mar, 1), Kind: "dispatch", Number: fmt.Sprintf("%d/UBND-VHXH", c.between(100, 300)), Issued: mar,
		Title: "Về việc phối hợp phổ biến pháp luật lao động tại doanh nghiệp", Issuer: o.Office.ParentName})
	put(mar, record.Material{ID: c.id(mar, 2), Kind: "leaflet", Title: "Tờ gấp hỏi đáp về hợp đồng lao động", Languages: []string{"Tiếng Việt"}, On: mar,
		Made: int64(c.between(4, 12) * 100), Given: int64(c.between(1, 3) * 100), Source: o.Office.Name})
	put(may, record.Material{ID: c.id(may, 2), Kind: "audio", Title: "Bài phát thanh về tiền lương, bảo hiểm xã hội", Languages: []string{"Tiếng Việt", "Tiếng Xơ-đăng"}, On: may, Source: o.Office.Name})
	for i, place := range []string{"Trụ sở UBND " + o.commune.FullName(), "Nhà văn hóa thôn 1", "Bảng tin công đoàn"} {
		day := o.dayIn(c, year, 2+3*i)
		put(day, record.Publication{ID: c.id(day, 3), Document: labourCode, Title: "Bộ luật Lao động", Channel: []string{"office", "village", "workplace"}[i], Place: place, On: day, UnitID: o.commune.ID})
	}
	put(aug, record.Survey{ID: c.id(aug, 4), Purpose: "needs", Title: fmt.Sprintf("Nhu cầu tìm hiểu pháp luật lao động năm %d", year), On: aug, Audience: []string{"worker"},
		Sent: 120, Returned: int64(c.between(96, 118)),
		Questions: []record.SurveyQuestion{{Text: "Anh, chị muốn tìm hiểu lĩnh vực nào nhất?", Options: []string{"Tiền lương", "Hợp đồng lao động", "Bảo hiểm xã hội"}}},
		Answers:   []record.SurveyCount{{Question: 1, Option: 1, Sheets: 51}, {Question: 1, Option: 2, Sheets: 22}, {Question: 1, Option: 3, Sheets: 23}}})
	put(jan, record.Budget{ID: c.id(jan, 5), Year: int64(year), Source: "state", Task: "IV.2.a", Content: "Tổ chức các buổi phổ biến tại thôn", Planned: 18_000_000, Spent: int64(c.between(2, 9)) * 1_000_000},
		record.Budget{ID: c.id(jan, 6), Year: int64(year), Source: "contributed", Content: "In tờ gấp, doanh nghiệp hỗ trợ", Planned: 5_000_000, Spent: int64(c.between(2, 5)) * 1_000_000})
	if year%2 == 0 {
		put(may, record.Model{ID: c.id(may, 7), Title: "Giỏ sách pháp luật tại nhà trọ công nhân", UnitID: o.commune.ID, Place: "Thôn 1", Since: may,
			Content: "Mỗi dãy trọ có một giỏ sách, tờ gấp; tổ trưởng đổi tài liệu hằng tháng.", Result: "Công nhân đọc sau giờ làm, hỏi nhiều hơn tại các buổi đối thoại."})
	}
	for month := 1; month <= 12; month++ {
		for range max(1, o.opt.ActivitiesPerYear/40) {
			o.question(c, o.dayIn(c, year, month), put)
		}
	}
}

// question is one that was asked; old ones were answered, most of them in time.
func (o *Office) question(c chance, day record.Date, put func(record.Date, ...record.Noun)) {
	a := one(c, questions)
	q := record.Question{
		ID: c.id(day, 9), Received: day, Channel: one(c, []string{"in_person", "phone", "session", "dialogue", "social"}), Text: a.text,
		AskerGroup: one(c, []string{"worker", "worker", "employer"}), Due: record.Due{On: day.AddDays(7), Days: 5}, UnitID: o.commune.ID,
	}
	for _, t := range o.topics {
		if strings.Contains(t.words, a.topic) {
			q.Topics = []string{t.code}
			break
		}
	}
	answered := day.AddDays(c.between(1, 9))
	if answered < o.opt.Today.AddDays(-14) || c.yes(30) && answered <= o.opt.Today {
		q.Answer, q.AnsweredOn, q.AnsweredBy = a.answer, answered, o.Office.Officers[0].Name
		q.Citations = []record.Citation{{Document: labourCode, Title: "Bộ luật Lao động", Provision: a.provision, On: answered}}
		q.Public = c.yes(20)
	}
	put(day, q)
}

// network are the office's instructors: those who speak at its activities.
func (o *Office) network(c chance, put func(record.Date, ...record.Noun)) {
	kinds := []string{"reporter", "propagandist", "propagandist", "mediator", "propagandist"}
	for i, name := range o.speakers {
		p := record.Person{ID: c.id(o.first, 20+2*i), FullName: name, UnitID: o.commune.ID, Group: "official"}
		put(o.first, p, record.Instructor{
			ID: c.id(o.first, 21+2*i), PersonID: p.ID, Kind: kinds[i%len(kinds)], Level: "commune", Languages: []string{"Tiếng Việt"},
			Valid: record.Validity{From: o.first},
		})
	}
}
