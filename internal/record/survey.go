package record

import "strings"

// Survey asks what people need to know, or what they have learnt: sheets sent and
// returned, questions, and answers counted. A quiz is asked before and after.
type Survey struct {
	ID         ID
	Purpose    string           `rec:"purpose,A" say:"Mục đích|Purpose"` // one of SurveyPurposes
	Title      string           `rec:"title,A" say:"Tên cuộc khảo sát|Title"`
	On         Date             `rec:"day,A" say:"Ngày khảo sát|Day"`
	Until      Date             `rec:"until,A" say:"Đến ngày|Until"`
	ActivityID ID               `rec:"activity_id,A" say:"Tại hoạt động|At activity"`
	Audience   []string         `rec:"audience,A,set" say:"Đối tượng|Audience"`
	Sent       int64            `rec:"sent,A" say:"Số phiếu phát|Sheets sent"`
	Returned   int64            `rec:"returned,A" say:"Số phiếu thu|Sheets returned"`
	Questions  []SurveyQuestion `rec:"questions,A" say:"Câu hỏi|Questions"`
	Answers    []SurveyCount    `rec:"answers,O" say:"Kết quả trả lời|Answers"`
	Result     string           `rec:"result,A" say:"Kết luận|Result"`
	Note       string           `rec:"note,O" say:"Ghi chú nội bộ|Internal note"`
}

// SurveyQuestion is one question of a sheet with the answers to tick; the right
// one, from 1, only in a quiz.
type SurveyQuestion struct {
	Text    string   `json:"text"`
	Options []string `json:"options,omitempty"`
	Right   int64    `json:"right,omitempty"`
}

// SurveyCount is how many sheets ticked an option of a question, both from 1.
// Round is "before" or "after" in a quiz, else empty.
type SurveyCount struct {
	Question int64  `json:"question"`
	Option   int64  `json:"option"`
	Round    string `json:"round,omitempty"`
	Sheets   int64  `json:"sheets"`
}

// Ref names the survey's row.
func (s Survey) Ref() Ref { return Ref{"survey", s.ID} }

// RightShare is how many per cent of the answers of a round were right, and
// whether there were answers at all.
func (s Survey) RightShare(round string) (percent float64, known bool) {
	var right, all int64
	for _, a := range s.Answers {
		if a.Round != round || a.Question < 1 || a.Question > int64(len(s.Questions)) {
			continue
		}
		q := s.Questions[a.Question-1]
		if q.Right == 0 {
			continue
		}
		all += a.Sheets
		if a.Option == q.Right {
			right += a.Sheets
		}
	}
	if all == 0 {
		return 0, false
	}
	return 100 * float64(right) / float64(all), true
}

// Validate refuses more sheets returned than sent and counts of what was not asked.
func (s Survey) Validate() error {
	var c checks
	c.refuse(Word(SurveyPurposes, s.Purpose) != nil, "purpose", "Chưa chọn mục đích khảo sát.", "The purpose has not been chosen.")
	c.refuse(strings.TrimSpace(s.Title) != "", "title", "Chưa có tên cuộc khảo sát.", "The survey has no title.")
	c.day(s.On, "day", "Ngày khảo sát", "The day")
	c.refuse(s.Until.Valid() && (s.Until == "" || s.On <= s.Until), "until", "Ngày kết thúc sớm hơn ngày bắt đầu.", "It ends before it starts.")
	c.refuse(min(s.Sent, s.Returned) >= 0, "sent", "Số phiếu không thể âm.", "Sheets cannot be negative.")
	c.refuse(s.Returned <= s.Sent, "returned", "Số phiếu thu lớn hơn số phiếu phát.", "More sheets came back than were sent.")
	for _, q := range s.Questions {
		c.refuse(strings.TrimSpace(q.Text) != "" && q.Right >= 0 && q.Right <= int64(len(q.Options)), "questions",
			"Câu hỏi cần có nội dung; đáp án đúng phải là một trong các lựa chọn.", "A question needs words, and its right answer is one of its options.")
	}
	for _, a := range s.Answers {
		c.refuse(s.asks(a) && a.Sheets >= 0, "answers", "Kết quả trả lời không khớp câu hỏi của phiếu.", "An answer is counted that the sheet does not offer.")
	}
	return c.err()
}

func (s Survey) asks(a SurveyCount) bool {
	if a.Question < 1 || a.Question > int64(len(s.Questions)) {
		return false
	}
	return a.Option >= 1 && a.Option <= int64(len(s.Questions[a.Question-1].Options)) &&
		(a.Round == "" || a.Round == "before" || a.Round == "after")
}
