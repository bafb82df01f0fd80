package record

import "strings"

// Question is something a worker or employer asked, or a difficulty they want
// removed. Its text goes to the province, who asked stays in the office.
type Question struct {
	ID         ID
	Received   Date       `rec:"received,A" say:"Ngày nhận|Received on"`
	Channel    string     `rec:"channel,A" say:"Kênh tiếp nhận|Channel"` // one of Channels
	Text       string     `rec:"text,A" say:"Nội dung|Text"`
	Difficulty bool       `rec:"difficulty,A" say:"Là khó khăn, vướng mắc|A difficulty"` // a request to remove a difficulty, not a question
	Topics     []string   `rec:"topics,A,set" say:"Lĩnh vực|Topics"`
	AskerGroup string     `rec:"asker_group,A" say:"Nhóm đối tượng|Group"`           // one of Audiences
	UnitID     ID         `rec:"unit_id,A" say:"Đơn vị người hỏi|Unit of who asked"` // of who asked
	ActivityID ID         `rec:"activity_id,A" say:"Hỏi tại hoạt động|Asked at"`     // at which it was asked
	Due        Due        `rec:"due,A" say:"Hạn trả lời|Due"`
	Routed     Routed     `rec:"routed,A" say:"Chuyển đến|Passed on to"`
	Answer     string     `rec:"answer,A" say:"Trả lời|Answer"`
	AnsweredOn Date       `rec:"answered_on,A" say:"Ngày trả lời|Answered on"`
	AnsweredBy string     `rec:"answered_by,A" say:"Người trả lời|Answered by"`
	Citations  []Citation `rec:"citations,A" say:"Căn cứ|Citations"`
	Satisfied  string     `rec:"satisfied,A" say:"Mức độ hài lòng|Satisfied"`                   // "yes", "no" or empty: not asked
	Public     bool       `rec:"public,A" say:"Đăng thành câu hỏi thường gặp|Published as FAQ"` // may be published as a common question
	UnitText   string     `rec:"unit_text,O" say:"Đơn vị như đã ghi|Unit as written"`           // as written on a list; UnitID is what it means, if that is known
	Asker      string     `rec:"asker,P" say:"Người hỏi|Asked by"`
	Contact    string     `rec:"contact,P" say:"Liên hệ|Contact"` // how to reach who asked
	Note       string     `rec:"note,O" say:"Ghi chú nội bộ|Internal note"`
}

// Due is the day by which a question is to be answered and how it was computed.
type Due struct {
	On   Date   `part:"on"`
	Days int64  `part:"days"` // working days after receipt, 0 when the day was typed
	Note string `part:"note"` // why another day was set by hand
}

// Routed says to whom a question was passed, and when.
type Routed struct {
	To string `part:"to"`
	On Date   `part:"on"`
}

// Ref names the question's row.
func (q Question) Ref() Ref { return Ref{"question", q.ID} }

// Answered reports whether an answer was given.
func (q Question) Answered() bool { return q.AnsweredOn != "" }

// Validate refuses a question without words, an answer before the question, and a
// day of answering without an answer.
func (q Question) Validate() error {
	var c checks
	c.refuse(strings.TrimSpace(q.Text) != "", "text", "Chưa ghi nội dung câu hỏi.", "The question has no text.")
	c.refuse(q.Received != "", "received", "Chưa ghi ngày nhận.", "The day of receipt is missing.")
	c.refuse(q.Received.Valid(), "received", "Ngày nhận không có trong lịch.", "The day of receipt does not exist.")
	c.refuse(q.Channel == "" || Word(Channels, q.Channel) != nil, "channel", "Kênh tiếp nhận không có trong danh mục.", "The channel is not one of the list.")
	c.refuse(q.AskerGroup == "" || Word(Audiences, q.AskerGroup) != nil, "asker_group", "Nhóm đối tượng không có trong danh mục.", "The group is not one of the list.")
	c.refuse(q.Due.On.Valid(), "due.on", "Hạn trả lời không có trong lịch.", "The due day does not exist.")
	c.refuse(q.Due.On == "" || q.Received == "" || q.Due.On >= q.Received, "due.on", "Hạn trả lời sớm hơn ngày nhận.", "It is due before it was received.")
	c.refuse(q.Due.Days >= 0, "due.days", "Số ngày làm việc không thể âm.", "Working days cannot be negative.")
	c.refuse(q.Routed.On.Valid(), "routed.on", "Ngày chuyển không có trong lịch.", "The day of passing on does not exist.")
	c.refuse(q.Routed.On == "" || q.Received == "" || q.Routed.On >= q.Received, "routed.on", "Ngày chuyển sớm hơn ngày nhận.", "It was passed on before it was received.")
	c.refuse(q.AnsweredOn.Valid(), "answered_on", "Ngày trả lời không có trong lịch.", "The day of the answer does not exist.")
	c.refuse(q.AnsweredOn == "" || q.Received == "" || q.AnsweredOn >= q.Received, "answered_on",
		"Ngày trả lời sớm hơn ngày nhận câu hỏi.", "It was answered before it was received.")
	c.refuse(q.AnsweredOn == "" || strings.TrimSpace(q.Answer) != "", "answer",
		"Đã ghi ngày trả lời nhưng chưa ghi câu trả lời.", "There is a day of the answer but no answer.")
	c.refuse(q.Satisfied == "" || q.Satisfied == "yes" || q.Satisfied == "no", "satisfied", "Mức độ hài lòng không có trong danh mục.", "Satisfaction is not one of the list.")
	c.citations(q.Citations)
	return c.err()
}

// Instructor is someone of the network that spreads the law: báo cáo viên, tuyên
// truyền viên, hòa giải viên, trọng tài viên. Who it is stands in the person.
type Instructor struct {
	ID            ID
	PersonID      ID         `rec:"person_id,O" say:"Người|Person"`
	Kind          string     `rec:"kind,O" say:"Loại|Kind"`  // one of InstructorKinds
	Level         string     `rec:"level,O" say:"Cấp|Level"` // one of Levels
	Languages     []string   `rec:"languages,O,set" say:"Ngôn ngữ|Languages"`
	Qualification string     `rec:"qualification,O" say:"Trình độ, chuyên môn|Qualification"` // law degree and the like, as written
	Decision      string     `rec:"decision,O" say:"Quyết định công nhận|Decision"`           // that recognises them: number and day
	Valid         Validity   `rec:"valid,O" say:"Thời hạn công nhận|Recognised"`              // of the recognition
	Trained       []Training `rec:"trained,O" say:"Lớp bồi dưỡng đã dự|Training received"`
	Note          string     `rec:"note,O" say:"Ghi chú nội bộ|Internal note"`
}

// Training is one an instructor received.
type Training struct {
	On    Date   `json:"on,omitempty"`
	Title string `json:"title"`
}

// Ref names the instructor's row.
func (i Instructor) Ref() Ref { return Ref{"instructor", i.ID} }

// Validate refuses an instructor who is nobody or of no kind.
func (i Instructor) Validate() error {
	var c checks
	c.refuse(!i.PersonID.IsZero(), "full_name", "Chưa có họ và tên.", "The name is missing.")
	c.refuse(Word(InstructorKinds, i.Kind) != nil, "kind", "Chưa chọn loại (báo cáo viên, tuyên truyền viên, hòa giải viên, trọng tài viên).", "The kind of instructor has not been chosen.")
	c.refuse(i.Level == "" || Word(Levels, i.Level) != nil, "level", "Cấp không có trong danh mục.", "The level is not one of the list.")
	c.refuse(i.Valid.From.Valid() && i.Valid.To.Valid(), "valid", "Ngày công nhận không có trong lịch.", "A date of recognition does not exist.")
	c.refuse(i.Valid.From == "" || i.Valid.To == "" || i.Valid.From <= i.Valid.To, "valid",
		"Ngày hết hiệu lực sớm hơn ngày công nhận.", "The recognition ends before it starts.")
	for _, t := range i.Trained {
		c.refuse(t.On.Valid() && strings.TrimSpace(t.Title) != "", "trained", "Lớp bồi dưỡng cần có tên.", "A training received needs a title.")
	}
	return c.err()
}
