package record

// Concern is one thing about a report that would embarrass whoever signs it. None of
// them keeps it from being sent.
type Concern struct {
	Kind   string // one of ConcernKinds
	Words  Words
	Ref    Ref    // the row to look at; zero where it is a figure
	Figure string // code of the indicator, where it is no row
}

// ConcernKinds are what a report is looked through for, in the order in which it is
// shown.
var ConcernKinds = []Term{
	term("personal", "Thông tin cá nhân sắp rời cơ quan", "Personal data about to leave"),
	term("warned", "Hoạt động có điều cần xem lại", "Activities to look at again"),
	term("people", "Hoạt động chưa có người tham dự", "Activities without people"),
	term("group", "Hoạt động chưa ghi nhóm đối tượng", "Activities without audience groups"),
	term("host", "Hoạt động chưa ghi đơn vị chủ trì", "Activities without a host"),
	term("evidence", "Hoạt động chưa có minh chứng", "Activities without evidence"),
	term("parts", "Tổng khác cộng các phần", "Totals that differ from their parts"),
	term("material", "Tài liệu đã phát chưa có trong sổ tài liệu", "Materials given that are not in the register"),
	term("questions", "Câu hỏi chưa trả lời", "Questions without an answer"),
	term("units", "Đơn vị chưa đủ 2 cuộc", "Units with less than two sessions"),
	term("far", "Số liệu khác xa năm trước", "Figures far from last year"),
}
