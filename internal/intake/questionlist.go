package intake

import (
	"fmt"
	"strings"

	"sophobien/internal/record"
)

// questionLabels are the words of the header of a list of questions.
var questionLabels = []label{
	{ordinal, []string{"=stt", "=tt", "=so tt", "=so thu tu", "=no", "=s t t", "=#", "=thu tu", "=index"}},
	{answeredOn, []string{"ngay tra loi", "ngay giai dap", "tra loi ngay", "answered on", "date answered"}},
	{answer, []string{"tra loi", "giai dap", "noi dung tra loi", "ket qua tra loi", "answer", "reply"}},
	{received, []string{"ngay nhan", "ngay tiep nhan", "ngay hoi", "ngay kien nghi", "thoi gian", "=ngay", "received", "=date"}},
	{channel, []string{"kenh", "hinh thuc tiep nhan", "hinh thuc", "channel", "cach tiep nhan"}},
	{contact, []string{"dien thoai", "sdt", "lien he", "lien lac", "phone", "contact", "email"}},
	{asker, []string{"nguoi hoi", "nguoi kien nghi", "nguoi gui", "ho ten", "ho va ten", "asked by", "=name"}},
	{askerGroup, []string{"doi tuong", "nhom doi tuong", "=nhom", "=group"}},
	{topic, []string{"linh vuc", "chu de", "nhom van de", "topic"}},
	{unit, []string{"don vi", "co quan", "cong ty", "doanh nghiep", "noi lam viec", "=unit", "company"}},
	{questionText, []string{"noi dung", "cau hoi", "kien nghi", "vuong mac", "kho khan", "de xuat", "question"}},
}

var questionForm = &form{
	of: "question", one: "câu hỏi", labels: questionLabels, keys: []string{questionText}, read: (*entry).readQuestion,
	check: checkQuestion, missing: missingColumn("nội dung câu hỏi", "the text of the question"),
	nobody: record.Words{VI: "Không có câu hỏi nào%s. Hãy kiểm tra lại danh sách. Chưa có gì được lưu.", EN: "No question is listed%s. Check the list. Nothing was stored."},
}

var channelWords = newVocabulary([]word{
	{"", []string{"đơn vị"}},
	{"dialogue", []string{"đối thoại", "hội nghị đối thoại", "buổi đối thoại", "dialogue"}},
	{"session", []string{"hội nghị", "buổi", "tập huấn", "tuyên truyền", "phổ biến", "trực tiếp tại hội nghị", "trực tiếp tại buổi", "trực tiếp tại lớp", "session"}},
	{"phone", []string{"điện thoại", "đường dây nóng", "gọi điện", "phone", "hotline"}},
	{"email", []string{"email", "e mail", "thư điện tử", "mail"}},
	{"letter", []string{"đơn", "đơn thư", "công văn", "văn bản", "thư", "letter"}},
	{"social", []string{"zalo", "facebook", "mạng xã hội", "social"}},
	{"web", []string{"website", "trang thông tin", "cổng thông tin", "web"}},
	{"box", []string{"hòm thư", "hộp thư", "thùng thư", "box"}},
	{"in_person", []string{"trực tiếp", "tại trụ sở", "tiếp công dân", "in person"}},
})

// readQuestion reads the fields of a question.
func (e *entry) readQuestion() {
	e.readDay(received, "Ngày nhận")
	e.readDay(answeredOn, "Ngày trả lời")
	e.readWord(channel, channelWords.code, "")
	e.readWord(askerGroup, audienceWords.code, "")
	for _, f := range []string{asker, contact, unit, topic} {
		e.readText(f)
	}
	if v, ok := e.given(answer); ok && strings.Trim(v.text, "-–. ") != "" {
		e.keep(answer, v)
	}
	v, _ := e.cell(questionText)
	switch {
	case v.text == "":
		if len(e.fields) > 0 || e.question != "" {
			e.ask(questionText, "Dòng này có thông tin ("+e.summary()+") nhưng chưa có nội dung câu hỏi. Câu hỏi là gì?")
		}
		return
	case isDitto(v.text):
		e.ask(questionText, "Ô nội dung chỉ ghi “"+v.text+"”. Câu hỏi là gì?")
		return
	}
	e.keep(questionText, v)
	switch {
	case e.question != "":
	case e.fields.Get(received) == "":
		e.ask(received, "Câu hỏi này chưa ghi ngày nhận. Nhận ngày nào?")
	case e.fields.Get(answeredOn) != "" && e.fields.Get(answer) == "":
		e.ask(answer, fmt.Sprintf("Đã ghi ngày trả lời %s nhưng chưa ghi câu trả lời. Đã trả lời thế nào?", record.Date(e.fields.Get(answeredOn))))
	case e.fields.Get(answer) != "" && e.fields.Get(answeredOn) == "":
		e.ask(answeredOn, "Đã ghi câu trả lời nhưng chưa ghi ngày trả lời. Trả lời ngày nào?")
	}
}

func checkQuestion(f record.Fields) error { return QuestionOf(f).Validate() }

// QuestionOf turns proposed fields into a question without id; unit and topic stay
// as written until they are matched.
func QuestionOf(f record.Fields) record.Question {
	return record.Question{
		Text: f.Get(questionText), Received: record.Date(f.Get(received)), Channel: f.Get(channel), Asker: f.Get(asker),
		Contact: f.Get(contact), UnitText: f.Get(unit), AskerGroup: f.Get(askerGroup), Answer: f.Get(answer), AnsweredOn: record.Date(f.Get(answeredOn)),
	}
}
