package record

// Term is one entry of a closed list: the code that is stored, what people read, and
// what else they call it, by which it is found too.
type Term struct {
	Code  string
	Words Words
	Also  Words
}

// Word finds a term by its code, or nil.
func Word(list []Term, code string) *Term {
	for i := range list {
		if list[i].Code == code {
			return &list[i]
		}
	}
	return nil
}

// WordIn is the term's word in a language, the code itself when it is unknown:
// a newer program may have written it.
func WordIn(list []Term, code, lang string) string {
	if t := Word(list, code); t != nil {
		return t.Words.In(lang)
	}
	return code
}

func term(code, vi, en string) Term { return Term{Code: code, Words: Words{vi, en}} }

func (t Term) also(vi, en string) Term { t.Also = Words{vi, en}; return t }

// The closed lists. Codes never change meaning; words may.
var (
	// ActivityKinds are the plan's words for what an office does.
	ActivityKinds = []Term{
		term("directive", "Văn bản chỉ đạo, kế hoạch", "Directive, plan document"),
		term("training", "Tập huấn, bồi dưỡng", "Training").also("lớp, hội nghị tập huấn, đào tạo", "class, course"),
		term("direct", "Phổ biến trực tiếp", "Direct dissemination").also("tuyên truyền miệng, hội nghị, buổi nói chuyện, họp thôn, họp dân", "meeting, talk, village session"),
		term("dialogue", "Đối thoại", "Dialogue").also("hội nghị đối thoại, gặp gỡ, tiếp xúc", "meeting with employers"),
		term("roundtable", "Tọa đàm", "Round table").also("bàn tròn, trao đổi", "discussion"),
		term("workshop", "Hội thảo", "Workshop").also("hội nghị chuyên đề", "seminar"),
		term("forum", "Diễn đàn", "Forum"),
		term("contest", "Cuộc thi", "Contest").also("hội thi, thi tìm hiểu, thi trực tuyến", "quiz, competition"),
		term("woven", "Lồng ghép", "Woven into another event").also("kết hợp, sinh hoạt câu lạc bộ, ngày hội", "together with, festival"),
		term("broadcast", "Truyền thanh, truyền hình", "Broadcast").also("phát thanh, phát sóng, loa đài, loa phóng thanh, đài xã, ti vi, tivi, ra-đi-ô", "radio, television, loudspeaker"),
		term("article", "Tin, bài", "News item").also("báo, bài viết, đưa tin, trang thông tin điện tử, website, cổng thông tin", "article, newspaper, web page"),
		term("social", "Mạng xã hội", "Social network").also("facebook, zalo, fanpage, tiktok, đăng bài", "facebook, zalo, post"),
		term("posting", "Niêm yết", "Public posting").also("dán thông báo, bảng tin, treo băng rôn, pa-nô", "notice board, banner"),
		term("survey", "Khảo sát", "Survey").also("phiếu hỏi, lấy ý kiến, thăm dò", "questionnaire, poll"),
	}
	// LegalForms are the forms of Law 14/2012/QH13, article 11.
	LegalForms = []Term{
		term("1", "Họp báo, thông cáo báo chí", "Press conference, press release"),
		term("2", "Phổ biến trực tiếp; tư vấn, hướng dẫn; cung cấp thông tin, tài liệu", "Direct dissemination, advice, information"),
		term("3", "Phương tiện thông tin đại chúng, loa truyền thanh, internet, pa-nô, niêm yết", "Mass media, loudspeaker, internet, posting"),
		term("4", "Thi tìm hiểu pháp luật", "Law contest"),
		term("5", "Xét xử, xử lý vi phạm, tiếp công dân, trợ giúp pháp lý, hòa giải", "Trials, citizen reception, legal aid, mediation"),
		term("6", "Lồng ghép văn hóa, đoàn thể, câu lạc bộ, tủ sách pháp luật", "Culture, associations, clubs, law bookshelf"),
		term("7", "Trong nhà trường", "In schools"),
		term("8", "Hình thức khác", "Other"),
	}
	// Modes say how people met.
	Modes = []Term{
		term("in_person", "Trực tiếp", "In person"),
		term("online", "Trực tuyến", "Online"),
		term("hybrid", "Trực tiếp và trực tuyến", "In person and online"),
	}
	// Statuses run planned → held → closed.
	Statuses = []Term{
		term("planned", "Dự kiến", "Planned"),
		term("held", "Đã tổ chức", "Held"),
		term("closed", "Đã chốt", "Closed"),
		term("cancelled", "Đã hủy", "Cancelled"),
	}
	// Audiences are the groups people are counted in.
	Audiences = []Term{
		term("worker", "Người lao động", "Worker"),
		term("employer", "Người sử dụng lao động", "Employer"),
		term("official", "Cán bộ, công chức", "Official"),
		term("reporter", "Báo cáo viên, tuyên truyền viên", "Reporter, propagandist"),
		term("mediator", "Hòa giải viên, trọng tài viên", "Mediator, arbitrator"),
		term("other", "Đối tượng khác", "Other"),
	}
	// Roles say what a person did at an activity.
	Roles = []Term{
		term("participant", "Người tham dự", "Participant"),
		term("speaker", "Báo cáo viên", "Speaker"),
		term("organiser", "Ban tổ chức", "Organiser"),
		term("guest", "Đại biểu", "Guest"),
	}
	// UnitKinds are the kinds of unit.
	UnitKinds = []Term{
		term("province", "Cấp tỉnh", "Province"),
		term("district", "Cấp huyện", "District"),
		term("commune", "Cấp xã", "Commune"),
		term("agency", "Cơ quan", "Agency"),
		term("enterprise", "Doanh nghiệp", "Enterprise"),
		term("cooperative", "Hợp tác xã", "Cooperative"),
		term("household", "Hộ kinh doanh", "Household business"),
		term("school", "Trường học", "School"),
		term("zone", "Khu, cụm công nghiệp", "Industrial zone"),
		term("association", "Tổ chức đoàn thể", "Association"),
	}
	// FocusFlags mark the units the plan puts first.
	FocusFlags = []Term{
		term("zone", "Trong khu, cụm công nghiệp", "In an industrial zone"),
		term("labour_intensive", "Thâm dụng lao động", "Labour-intensive"),
		term("fdi", "Có vốn đầu tư nước ngoài", "Foreign-invested"),
		term("ethnic_minority", "Nhiều lao động dân tộc thiểu số", "Many ethnic-minority workers"),
		term("disabled", "Nhiều lao động khuyết tật", "Many disabled workers"),
	}
	// Channels say how a question came.
	Channels = []Term{
		term("session", "Tại buổi tuyên truyền", "At a session"),
		term("dialogue", "Tại hội nghị đối thoại", "At a dialogue"),
		term("in_person", "Trực tiếp tại cơ quan", "In person at the office"),
		term("phone", "Điện thoại", "Phone"),
		term("letter", "Đơn thư, công văn", "Letter"),
		term("email", "Thư điện tử", "E-mail"),
		term("social", "Mạng xã hội", "Social network"),
		term("web", "Trang thông tin điện tử", "Web page"),
		term("box", "Hòm thư góp ý", "Suggestion box"),
	}
	// InstructorKinds are the parts of the network.
	InstructorKinds = []Term{
		term("reporter", "Báo cáo viên", "Reporter"),
		term("propagandist", "Tuyên truyền viên", "Propagandist"),
		term("mediator", "Hòa giải viên lao động", "Labour mediator"),
		term("arbitrator", "Trọng tài viên lao động", "Labour arbitrator"),
	}
	// Levels are the levels an instructor is recognised at.
	Levels = []Term{
		term("province", "Cấp tỉnh", "Province"),
		term("district", "Cấp huyện", "District"),
		term("commune", "Cấp xã", "Commune"),
		term("enterprise", "Doanh nghiệp", "Enterprise"),
	}
	// DirectiveKinds are the documents that steer the work.
	DirectiveKinds = []Term{
		term("plan", "Kế hoạch", "Plan"),
		term("dispatch", "Công văn", "Official letter"),
		term("decision", "Quyết định", "Decision"),
		term("guidance", "Hướng dẫn", "Guidance"),
		term("notice", "Thông báo", "Notice"),
		term("other", "Văn bản khác", "Other"),
	}
	// PublicChannels are where a text is made public.
	PublicChannels = []Term{
		term("web", "Cổng, trang thông tin điện tử", "Web page"),
		term("office", "Niêm yết tại trụ sở", "Posted at the office"),
		term("village", "Niêm yết tại thôn, nhà văn hóa", "Posted in the village"),
		term("workplace", "Niêm yết tại nơi làm việc", "Posted at the workplace"),
		term("loudspeaker", "Loa truyền thanh", "Loudspeaker"),
		term("social", "Mạng xã hội", "Social network"),
		term("press", "Báo, đài", "Press, radio, television"),
		term("shelf", "Tủ sách pháp luật", "Law bookshelf"),
		term("other", "Nơi khác", "Elsewhere"),
	}
	// MaterialKinds are the plan's words for what is made.
	MaterialKinds = []Term{
		term("leaflet", "Tờ rơi, tờ gấp", "Leaflet"),
		term("panel", "Pa-nô, áp-phích, băng rôn", "Panel, poster, banner"),
		term("book", "Sách, sổ tay", "Book, handbook"),
		term("clip", "Clip, phóng sự", "Clip, report"),
		term("audio", "Bài phát thanh", "Broadcast script"),
		term("bulletin", "Bản tin", "Bulletin"),
		term("lesson", "Bài giảng điện tử", "Electronic lesson"),
		term("slides", "Tài liệu tập huấn", "Training paper"),
		term("other", "Tài liệu khác", "Other"),
	}
	// SurveyPurposes say what a survey is for.
	SurveyPurposes = []Term{
		term("needs", "Nhu cầu tìm hiểu pháp luật", "Needs"),
		term("results", "Kết quả tuyên truyền", "Results"),
		term("quiz", "Kiểm tra nhanh trước và sau", "Quiz before and after"),
	}
	// EvidenceKinds are the files that show something was done.
	EvidenceKinds = []Term{
		term("photo", "Ảnh", "Photo"),
		term("scan", "Bản chụp, bản quét", "Scan"),
		term("pdf", "Tệp PDF", "PDF file"),
		term("snapshot", "Bản chốt số liệu", "Snapshot of figures"), // of a report; so are those below
		term("template", "Mẫu sổ báo cáo", "Template"),
		term("workbook", "Sổ báo cáo Excel", "Workbook"),
		term("document", "Báo cáo Word", "Document"),
	}
	// CustodyKinds are what is done with personal data on request or by rule.
	CustodyKinds = []Term{
		term("find", "Tra cứu theo yêu cầu", "Looked up on request"),
		term("correct", "Sửa theo yêu cầu", "Corrected on request"),
		term("erase", "Xóa theo yêu cầu", "Erased on request"),
		term("export", "Xuất danh sách có tên", "List with names exported"),
		term("hide", "Ẩn tên khi hết hạn lưu", "Names hidden after the time kept"),
		term("breach", "Sự cố lộ dữ liệu", "Data breach"),
	}
	// CostSources say who paid.
	CostSources = []Term{
		term("state", "Ngân sách nhà nước", "State budget"),
		term("contributed", "Xã hội hóa", "Contributed"),
	}
	// PeriodRules say which days a reporting year has.
	PeriodRules = []Term{
		term("plan", "Từ ngày sau kỳ trước đến 30/11", "Day after the last cut-off to 30 November"),
		term("nd09", "15/12 năm trước đến 14/12 (Nghị định 09/2019/NĐ-CP)", "15 December to 14 December (Decree 09/2019)"),
		term("calendar", "Năm dương lịch, có ước cả năm", "Calendar year, with an estimate"),
	}
)

// OptionalFields are the personal fields an office may switch on.
var OptionalFields = []Term{
	term("phone", "số điện thoại", "phone"),
	term("id_number", "số căn cước", "ID number"),
	term("ethnicity", "dân tộc", "ethnicity"),
	term("disability", "khuyết tật", "disability"),
}
