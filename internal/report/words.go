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
	{"I7", record.Words{VI: "Đối thoại, tọa đàm, hội thảo, diễn đàn", EN: "Dialogues, round tables, workshops, forums"}, sessions},
	{"I8", record.Words{VI: "Cuộc thi tìm hiểu pháp luật", EN: "Law contests"}, sessions},
}

var (
	documents = record.Words{VI: "văn bản", EN: "documents"}
	classes   = record.Words{VI: "lớp", EN: "classes"}
	heads     = record.Words{VI: "lượt", EN: "heads"}
	sessions  = record.Words{VI: "cuộc", EN: "sessions"}
	awards    = record.Words{VI: "giải", EN: "prizes"}
)

// Dims name the dimensions of the splits, in the order in which they are shown.
var Dims = []record.Term{
	{Code: "mode", Words: record.Words{VI: "Theo hình thức", EN: "By mode"}},
	{Code: "kind", Words: record.Words{VI: "Theo loại", EN: "By kind"}},
	{Code: "setting", Words: record.Words{VI: "Theo cách tổ chức", EN: "By setting"}},
	{Code: "host", Words: record.Words{VI: "Theo nơi tổ chức", EN: "By host"}},
	{Code: "audience", Words: record.Words{VI: "Theo đối tượng", EN: "By audience"}},
	{Code: "group", Words: record.Words{VI: "Trong đó", EN: "Of whom"}},
	{Code: "measure", Words: record.Words{VI: "Quy mô", EN: "Size"}},
	{Code: "topic", Words: record.Words{VI: "Theo nội dung (một cuộc có thể có nhiều nội dung)", EN: "By topic (a session may have several)"}},
}

// parts are the words of the parts that are no list of record's.
var parts = map[string][]record.Term{
	"mode": record.Modes, "kind": slices.Concat(record.DirectiveKinds, record.ActivityKinds), "audience": record.Audiences,
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
	},
}

// PartIn is the word of one part of a dimension; topics are the office's list.
func PartIn(dim, part string, topics []record.Term, lang string) string {
	if dim == "topic" {
		return record.WordIn(topics, part, lang)
	}
	return record.WordIn(parts[dim], part, lang)
}

// UnitIn is what a figure is counted in.
func UnitIn(f record.Figure, lang string) string {
	switch f.Split["measure"] {
	case "people", "entries":
		return heads.In(lang)
	case "prizes":
		return awards.In(lang)
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
		if i := slices.IndexFunc(parts[dim], func(t record.Term) bool { return t.Code == f.Split[dim] }); i >= 0 {
			return i
		}
		return len(parts[dim])
	}
	slices.SortStableFunc(figures, func(a, b record.Figure) int { return cmp.Compare(place(a), place(b)) })
}
