package report

import (
	"cmp"
	"slices"

	"sophobien/internal/record"
)

// Info is how an indicator is named and what it is counted in.
type Info struct {
	Code string
	Name record.Words
	Unit record.Words
}

// Infos are the indicators in their order.
var Infos = []Info{
	{"I1", record.Words{VI: "Văn bản chỉ đạo, kế hoạch ban hành", EN: "Directives and plans issued"}, documents},
	{"I2", record.Words{VI: "Hội nghị, lớp tập huấn, bồi dưỡng", EN: "Trainings"}, classes},
	{"I3", record.Words{VI: "Lượt người được tập huấn", EN: "People trained"}, heads},
	{"I4", record.Words{VI: "Cuộc phổ biến pháp luật trực tiếp (gồm cả lồng ghép)", EN: "Direct dissemination sessions (woven ones included)"}, sessions},
	{"I5", record.Words{VI: "Lượt người tham dự phổ biến trực tiếp", EN: "People at direct dissemination"}, heads},
	{"I6", record.Words{VI: "Doanh nghiệp, hợp tác xã, hộ kinh doanh được tiếp cận", EN: "Enterprises, cooperatives and household businesses reached"}, units},
	{"I7", record.Words{VI: "Đối thoại, tọa đàm, hội thảo, diễn đàn", EN: "Dialogues, round tables, workshops, forums"}, sessions},
	{"I8", record.Words{VI: "Cuộc thi tìm hiểu pháp luật", EN: "Law contests"}, sessions},
	{"I9", record.Words{VI: "Tài liệu biên soạn, cấp phát", EN: "Materials made and given"}, titles},
	{"I10", record.Words{VI: "Tin, bài; lượt phát thanh, truyền hình; bài mạng xã hội", EN: "News items, broadcasts, posts"}, items},
	{"I11", record.Words{VI: "Câu hỏi, vướng mắc tiếp nhận", EN: "Questions and difficulties received"}, questions},
	{"I12", record.Words{VI: "Đơn vị đạt tối thiểu 02 cuộc trong năm", EN: "Units with at least two sessions in the year"}, units},
	{"I13", record.Words{VI: "Phiếu khảo sát phát ra", EN: "Survey sheets sent"}, sheets},
	{"I14", record.Words{VI: "Kinh phí đã chi", EN: "Money spent"}, dong},
	{"I15", record.Words{VI: "Mô hình, cách làm hay", EN: "Good practices"}, models},
}

var (
	documents = record.Words{VI: "văn bản", EN: "documents"}
	classes   = record.Words{VI: "lớp", EN: "classes"}
	heads     = record.Words{VI: "lượt", EN: "heads"}
	sessions  = record.Words{VI: "cuộc", EN: "sessions"}
	awards    = record.Words{VI: "giải", EN: "prizes"}
	units     = record.Words{VI: "đơn vị", EN: "units"}
	workers   = record.Words{VI: "lao động", EN: "workers"}
	titles    = record.Words{VI: "đầu tài liệu", EN: "titles"}
	copied    = record.Words{VI: "bản", EN: "copies"}
	items     = record.Words{VI: "lượt", EN: "items"}
	questions = record.Words{VI: "câu", EN: "questions"}
	sheets    = record.Words{VI: "phiếu", EN: "sheets"}
	surveys   = record.Words{VI: "cuộc", EN: "surveys"}
	dong      = record.Words{VI: "đồng", EN: "đồng"}
	models    = record.Words{VI: "mô hình", EN: "models"}
)

// Dims name the dimensions of the splits, in the order in which they are shown.
var Dims = []record.Term{
	{Code: "mode", Words: record.Words{VI: "Theo hình thức", EN: "By mode"}},
	{Code: "kind", Words: record.Words{VI: "Theo loại", EN: "By kind"}},
	{Code: "setting", Words: record.Words{VI: "Theo cách tổ chức", EN: "By setting"}},
	{Code: "host", Words: record.Words{VI: "Theo nơi tổ chức", EN: "By host"}},
	{Code: "audience", Words: record.Words{VI: "Theo đối tượng", EN: "By audience"}},
	{Code: "unit", Words: record.Words{VI: "Theo loại đơn vị", EN: "By kind of unit"}},
	{Code: "focus", Words: record.Words{VI: "Đối tượng ưu tiên", EN: "Units the plan puts first"}},
	{Code: "purpose", Words: record.Words{VI: "Theo mục đích", EN: "By purpose"}},
	{Code: "source", Words: record.Words{VI: "Theo nguồn", EN: "By source"}},
	{Code: "group", Words: record.Words{VI: "Trong đó", EN: "Of whom"}},
	{Code: "measure", Words: record.Words{VI: "Quy mô", EN: "Size"}},
	{Code: "material", Words: record.Words{VI: "Theo loại tài liệu", EN: "By kind of material"}},
	{Code: "given", Words: record.Words{VI: "Bản cấp phát, theo loại tài liệu", EN: "Copies given, by kind of material"}},
	{Code: "language", Words: record.Words{VI: "Theo ngôn ngữ (một tài liệu có thể có nhiều ngôn ngữ)", EN: "By language (a material may have several)"}},
	{Code: "topic", Words: record.Words{VI: "Theo nội dung (một cuộc có thể có nhiều nội dung)", EN: "By topic (a session may have several)"}},
}

// partWords are the words of the parts of a dimension.
var partWords = map[string][]record.Term{
	"mode": record.Modes, "audience": record.Audiences, "unit": record.UnitKinds, "focus": record.FocusFlags,
	"purpose": record.SurveyPurposes, "source": record.CostSources, "given": record.MaterialKinds,
	"material": record.MaterialKinds,
	"kind":     slices.Concat(record.DirectiveKinds, record.ActivityKinds),
	"setting": {
		{Code: "standalone", Words: record.Words{VI: "Tổ chức riêng", EN: "Standalone"}},
		{Code: "woven", Words: record.Words{VI: "Lồng ghép", EN: "Woven into another event"}},
	},
	"host": {
		{Code: "enterprise", Words: record.Words{VI: "Tại doanh nghiệp", EN: "At an enterprise"}},
		{Code: "commune", Words: record.Words{VI: "Tại cấp xã", EN: "At a commune"}},
		{Code: "other", Words: record.Words{VI: "Nơi khác", EN: "Elsewhere"}},
	},
	"group": {
		{Code: "women", Words: record.Words{VI: "Nữ", EN: "Women"}},
		{Code: "ethnic_minority", Words: record.Words{VI: "Người dân tộc thiểu số", EN: "Ethnic minority"}},
		{Code: "disabled", Words: record.Words{VI: "Người khuyết tật", EN: "Disabled people"}},
	},
	"measure": {
		{Code: "people", Words: record.Words{VI: "Lượt người tham dự", EN: "People"}},
		{Code: "entries", Words: record.Words{VI: "Lượt người dự thi", EN: "Entries"}},
		{Code: "prizes", Words: record.Words{VI: "Số giải đã trao", EN: "Prizes given"}},
		{Code: "registered", Words: record.Words{VI: "Số có trong sổ", EN: "In the register"}},
		{Code: "workers", Words: record.Words{VI: "Lao động của các đơn vị được tiếp cận", EN: "Workers of those reached"}},
		{Code: "workers_registered", Words: record.Words{VI: "Lao động của các đơn vị có trong sổ", EN: "Workers of those in the register"}},
		{Code: "made", Words: record.Words{VI: "Số bản làm ra", EN: "Copies made"}},
		{Code: "material", Words: record.Words{VI: "Theo loại tài liệu", EN: "By kind of material"}},
		{Code: "given", Words: record.Words{VI: "Số bản cấp phát", EN: "Copies given"}},
		{Code: "answered", Words: record.Words{VI: "Đã trả lời trong kỳ", EN: "Answered in the period"}},
		{Code: "on_time", Words: record.Words{VI: "Trả lời đúng hạn", EN: "Answered on time"}},
		{Code: "passed", Words: record.Words{VI: "Chuyển cấp trên, cơ quan khác", EN: "Passed on"}},
		{Code: "difficulties", Words: record.Words{VI: "Là khó khăn, vướng mắc", EN: "Difficulties"}},
		{Code: "carried", Words: record.Words{VI: "Từ kỳ trước chuyển sang", EN: "Open from before"}},
		{Code: "carried_answered", Words: record.Words{VI: "Từ kỳ trước, đã trả lời trong kỳ", EN: "Open from before, answered in the period"}},
		{Code: "units", Words: record.Words{VI: "Số đơn vị phải đạt", EN: "Units counted"}},
		{Code: "returned", Words: record.Words{VI: "Phiếu thu về", EN: "Sheets returned"}},
		{Code: "surveys", Words: record.Words{VI: "Cuộc khảo sát", EN: "Surveys"}},
		{Code: "planned", Words: record.Words{VI: "Dự toán", EN: "Planned"}},
		{Code: "taken_over", Words: record.Words{VI: "Đơn vị đã làm theo", EN: "Units that took it over"}},
	},
}

// PartIn is the word of one part of a dimension; topics are the office's list.
func PartIn(dim, part string, topics []record.Term, lang string) string {
	if dim == "topic" {
		return record.WordIn(topics, part, lang)
	}
	return record.WordIn(partWords[dim], part, lang)
}

// counts are what a measure is counted in, where it is not the indicator's own unit.
var counts = map[string]record.Words{
	"people": heads, "entries": heads, "prizes": awards, "registered": units, "workers": workers, "workers_registered": workers,
	"made": copied, "given": copied, "taken_over": units, "surveys": surveys,
}

// UnitIn is what a figure is counted in.
func UnitIn(f record.Figure, lang string) string {
	if words, other := counts[f.Split["measure"]]; other {
		return words.In(lang)
	}
	if _, given := f.Split["given"]; given {
		return copied.In(lang)
	}
	for _, i := range Infos {
		if i.Code == f.Code {
			return i.Unit.In(lang)
		}
	}
	return ""
}

// SortParts puts the parts of one dimension in the order of their list; what is in
// no list keeps its place after them.
func SortParts(dim string, figures []record.Figure) {
	place := func(f record.Figure) int {
		if i := slices.IndexFunc(partWords[dim], func(t record.Term) bool { return t.Code == f.Split[dim] }); i >= 0 {
			return i
		}
		return len(partWords[dim])
	}
	slices.SortStableFunc(figures, func(a, b record.Figure) int { return cmp.Compare(place(a), place(b)) })
}
