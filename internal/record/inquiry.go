package record

import "slices"

// Inquiry is what somebody asks of the register in passing: what to count, on which
// days, split by what, narrowed to what.
type Inquiry struct {
	Measure string // one of Measures
	Period  Period
	Split   string            // one of Splits that the measure has; "": undivided
	Only    map[string]string // split → the part that is counted alone
}

// Reply is what an inquiry comes to: the whole, and its parts in the order in which
// they are shown.
type Reply struct {
	Inquiry  Inquiry
	Whole    Figure
	Parts    []ReplyPart
	Overlaps bool  // a row stands in several parts, so that they come to more than the whole
	Words    Words // the answer in a sentence
}

// ReplyPart is one part of a reply. "" is what the register does not say.
type ReplyPart struct {
	Figure
	Part string
	Name Words
}

// Measure is something an inquiry can count.
type Measure struct {
	Code   string
	Words  Words    // on a button: "Nữ"
	Unit   Words    // what a number counts: "lượt phụ nữ"
	Rule   Words    // what is counted, and how often
	Splits []string // codes of Splits the register knows it by
}

// Splits are the ways in which a number is divided or narrowed.
var Splits = []Term{
	term("month", "Tháng", "Month"),
	term("kind", "Loại hoạt động", "Kind of activity"),
	term("audience", "Đối tượng", "Audience"),
	term("place", "Xã, phường", "Commune"),
	term("unit", "Đơn vị tham gia", "Unit taking part"),
	term("topic", "Nội dung", "Topic"),
	term("task", "Nhiệm vụ của kế hoạch", "Task of the plan"),
	term("material", "Loại tài liệu", "Kind of material"),
}

var (
	ofActivities = []string{"month", "kind", "audience", "place", "unit", "topic", "task"}
	ofPeople     = []string{"month", "kind", "place", "unit", "topic", "task"} // who of a group came from which other is not known
	ofUnits      = []string{"month", "kind", "audience", "place", "topic", "task"}
	ofQuestions  = []string{"month", "audience", "place", "unit", "topic"}
	ofCopies     = []string{"month", "material", "kind", "audience", "place", "unit", "topic", "task"}
	ofMoney      = []string{"month", "kind", "place", "unit", "topic", "task"}

	attended = Words{"Người có mặt ở các hoạt động đã tổ chức, mỗi hoạt động một lượt; hoạt động phối hợp tính một lần.",
		"Who came to the activities held, once for each activity; one organised together counts once."}
	reached = Words{"Mỗi đơn vị tính một lần, dù là nơi tổ chức, đơn vị phối hợp hay đơn vị được tiếp cận của một hay nhiều hoạt động.",
		"Each unit once, whether host, co-organiser or reached, of one activity or of many."}
)

// Measures are what an inquiry can count, in the order in which they are offered.
var Measures = []Measure{
	{"people", Words{"Lượt người", "People"}, Words{"lượt người", "heads"}, attended, ofActivities},
	{"women", Words{"Nữ", "Women"}, Words{"lượt phụ nữ", "women"}, attended, ofPeople},
	{"ethnic_minority", Words{"Dân tộc thiểu số", "Ethnic minority"}, Words{"lượt người dân tộc thiểu số", "ethnic-minority people"}, attended, ofPeople},
	{"disabled", Words{"Khuyết tật", "Disabled"}, Words{"lượt người khuyết tật", "disabled people"}, attended, ofPeople},
	{"worker", Words{"Người lao động", "Workers"}, Words{"lượt người lao động", "workers"}, attended, ofPeople},
	{"employer", Words{"Người sử dụng lao động", "Employers"}, Words{"lượt người sử dụng lao động", "employers"}, attended, ofPeople},
	{"activity", Words{"Hoạt động", "Activities"}, Words{"hoạt động", "activities"},
		Words{"Hoạt động mọi loại đã tổ chức trong những ngày ấy, kể theo ngày đầu.", "Activities of every kind held on those days, by their first day."}, ofActivities},
	{"direct", Words{"Cuộc trực tiếp", "Direct sessions"}, Words{"cuộc phổ biến trực tiếp", "direct sessions"},
		Words{"Cuộc tính là phổ biến trực tiếp, gồm cả lồng ghép và tập huấn đã đánh dấu.", "What counts as direct dissemination, woven ones and marked trainings included."}, ofActivities},
	{"business", Words{"Doanh nghiệp", "Enterprises"}, Words{"doanh nghiệp, hợp tác xã, hộ kinh doanh", "enterprises, cooperatives, household businesses"}, reached, ofUnits},
	{"unit", Words{"Đơn vị", "Units"}, Words{"đơn vị", "units"}, reached, ofUnits},
	{"question", Words{"Câu hỏi", "Questions"}, Words{"câu hỏi, vướng mắc", "questions"},
		Words{"Câu hỏi, vướng mắc nhận trong những ngày ấy.", "Questions and difficulties received on those days."}, ofQuestions},
	{"answered", Words{"Đã trả lời", "Answered"}, Words{"câu đã trả lời", "answered questions"},
		Words{"Câu hỏi, vướng mắc nhận trong những ngày ấy và đã trả lời đến hết ngày cuối.", "Questions received on those days and answered by the last of them."}, ofQuestions},
	{"copies", Words{"Tài liệu phát", "Materials given"}, Words{"bản tài liệu", "copies"},
		Words{"Bản tài liệu phát tại hoạt động và phát ngoài hoạt động theo sổ tài liệu.", "Copies given at activities, and beside them by the register of materials."}, ofCopies},
	{"spent", Words{"Kinh phí", "Money"}, Words{"đồng", "đồng"},
		Words{"Chi tại hoạt động, và các dòng kinh phí của năm khi khoảng ngày gồm trọn từ tháng 2 đến tháng 10 năm ấy.",
			"Costs of activities, and the budget lines of a year where the days hold its February to October."}, ofMoney},
}

// MeasureOf finds a measure by its code, or nil.
func MeasureOf(code string) *Measure {
	for i := range Measures {
		if Measures[i].Code == code {
			return &Measures[i]
		}
	}
	return nil
}

// Has reports whether the register knows the measure by a split.
func (m Measure) Has(split string) bool { return slices.Contains(m.Splits, split) }

// Validate refuses what the register cannot answer.
func (q Inquiry) Validate() error {
	var c checks
	m := MeasureOf(q.Measure)
	if m == nil {
		m = &Measure{}
		c.refuse(false, "measure", "Không có số liệu “"+q.Measure+"”.", "There is no measure “"+q.Measure+"”.")
	}
	cannot := func(split string) (vi, en string) {
		return "Sổ không chia được “" + m.Words.VI + "” theo “" + WordIn(Splits, split, "vi") + "”.",
			"The register does not know “" + m.Words.EN + "” by “" + WordIn(Splits, split, "en") + "”."
	}
	vi, en := cannot(q.Split)
	c.refuse(q.Split == "" || m.Has(q.Split), "split", vi, en)
	for split := range q.Only {
		vi, en := cannot(split)
		c.refuse(m.Has(split), "only", vi, en)
	}
	p := q.Period
	c.refuse(p.From.Valid() && p.To.Valid() && (p.From == "" || p.To == "" || p.From <= p.To), "period",
		"Khoảng thời gian cần ngày đầu và ngày cuối có trong lịch, ngày đầu không sau ngày cuối.", "A span needs existing dates, the first not after the last.")
	return c.err()
}

// OverlapWords say why parts may come to more than the whole.
var OverlapWords = Words{"Một mục có thể thuộc nhiều dòng nên các dòng cộng lại nhiều hơn tổng.", "One item may stand in several rows, so that the rows come to more than the whole."}
