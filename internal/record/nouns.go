package record

// The nouns, in the order in which their rows depend on each other. Adding one
// is one line here; see the package doc.
var ordered = []*Description{
	describe(Office{}, "cơ quan|office"),
	describe(Unit{}, "đơn vị|unit"),
	describe(Activity{}, "hoạt động|activity"),
	describe(Person{}, "người|person"),
	describe(Attendance{}, "lượt tham dự|attendance"),
	describe(Instructor{}, "thành viên mạng lưới|instructor"),
	describe(Question{}, "câu hỏi|question"),
	describe(Import{}, "lần nhập danh sách|list taken in"),
	describe(Layout{}, "mẫu danh sách|list layout"),
	describe(SamePerson{}, "kết luận trùng người|same person"),
	describe(Directive{}, "văn bản chỉ đạo|directive"),
	describe(Publication{}, "lần công khai|publication"),
	describe(Material{}, "tài liệu|material"),
	describe(Survey{}, "khảo sát|survey"),
	describe(Model{}, "mô hình|model"),
	describe(Budget{}, "dòng kinh phí|budget line"),
	describe(Evidence{}, "minh chứng|file of evidence"),
	describe(Holiday{}, "ngày nghỉ|holiday"),
	describe(Report{}, "báo cáo|report"),
	describe(Verdict{}, "kết luận về báo cáo|verdict on a report"),
	describe(SameEvent{}, "kết luận trùng sự kiện|verdict on a pair of activities"),
	describe(LawNote{}, "ghi chú về văn bản|note on a legal text"),
	describe(Review{}, "lần xem lại trích dẫn|review of a citation"),
	describe(Custody{}, "việc với dữ liệu cá nhân|use of personal data"),
}

var descriptions = func() map[string]*Description {
	m := make(map[string]*Description, len(ordered))
	for _, d := range ordered {
		m[d.Name] = d
	}
	return m
}()
