package demo

import (
	"fmt"
	"strings"

	"sophobien/internal/record"
)

// kind is a sort of activity: how often it comes, how it is told, who is there.
type kind struct {
	code, task, form string
	weight           int
	titles           []string // with {topic}, {who} it is for, {event} or year
	listed           bool     // people are written down
	heads            bool     // people are counted without a list
	direct           bool
}

var kinds = []kind{
	{"direct", "IV.2.a", "2", 34, []string{"Phổ biến {topic} cho {who}", "Hội nghị phổ biến pháp luật: {topic}", "Tuyên truyền, giải đáp về {topic} cho {who}"}, true, false, true},
	{"training", "IV.1.b", "2", 26, []string{"Tập huấn Bộ luật Lao động cho {who}: {topic}", "Tập huấn {topic} cho {who}", "Bồi dưỡng nghiệp vụ về {topic}"}, true, false, true},
	{"dialogue", "IV.2.b", "2", 9, []string{"Đối thoại với {who} về {topic}", "Giải đáp vướng mắc về {topic} cho {who}"}, true, false, false},
	{"roundtable", "IV.2.b", "2", 4, []string{"Tọa đàm “{topic}”"}, true, false, false},
	{"workshop", "IV.2.b", "2", 2, []string{"Hội thảo {topic}"}, true, false, false},
	{"forum", "IV.2.b", "2", 3, []string{"Diễn đàn người lao động: {topic}"}, true, false, false},
	{"contest", "IV.2.c", "4", 4, []string{"Cuộc thi tìm hiểu {topic}"}, true, false, false},
	{"woven", "IV.2.d", "6", 6, []string{"Phổ biến {topic} tại {event}"}, false, true, true},
	{"broadcast", "IV.2.e", "3", 4, []string{"Phát thanh chuyên mục pháp luật: {topic}"}, false, false, false},
	{"article", "IV.2.e", "3", 2, []string{"Tin, bài về {topic} trên trang thông tin điện tử xã"}, false, false, false},
	{"social", "IV.2.e", "3", 2, []string{"Bài đăng trên trang cộng đồng xã: {topic}"}, false, false, false},
	{"posting", "IV.2.e", "3", 1, []string{"Niêm yết tài liệu về {topic}"}, false, false, false},
	{"survey", "IV.1.a", "8", 3, []string{"Khảo sát nhu cầu tìm hiểu {topic}"}, false, true, false},
}

var (
	events   = []string{"Ngày hội Đại đoàn kết toàn dân tộc", "Hội chợ việc làm", "chương trình khám sức khỏe công nhân", "lễ mừng lúa mới", "giải bóng đá công nhân", "buổi sinh hoạt câu lạc bộ pháp luật"}
	tongues  = map[bool][]string{true: {"Tiếng Việt"}, false: {"Tiếng Việt", "Tiếng Xơ-đăng"}}
	starts   = []record.Clock{"07:30", "08:00", "08:30", "13:30", "14:00", "18:30", "19:00"}
	cancels  = []string{"Hoãn do mưa bão, đường vào thôn bị sạt lở.", "Hủy do trùng lịch họp Hội đồng nhân dân xã.", "Đơn vị đăng ký đang tạm ngừng sản xuất."}
	leaflets = []string{"Tờ gấp", "Sổ tay hỏi đáp", "Tài liệu"}
)

// activity makes up one activity of a day, without its people.
func (o *Office) activity(c chance, day record.Date, n int) (record.Activity, kind, *group) {
	k, g, t := o.kinds.draw(c), one(c, o.groups), one(c, o.topics)
	a := record.Activity{
		ID: c.id(day, 0), Kind: k.code, Task: k.task, Form: k.form, Mode: "in_person", Topics: []string{t.code},
		When: record.Occasion{Date: day, Start: one(c, starts), Place: g.place}, HostUnitID: o.commune.ID,
		Direct: k.direct, Status: "held", Languages: tongues[g.kinh >= 40],
	}
	event := fmt.Sprint(day.Year())
	if k.code == "woven" {
		event = one(c, events)
		a.WovenInto = event
	}
	a.Title = title(one(c, k.titles), t.words, audienceOf(g), event)
	a.When.End = record.Clock(fmt.Sprintf("%02d:%02d", clockHour(a.When.Start)+c.between(2, 3), 15*c.IntN(4)))
	if !g.unit.ID.IsZero() {
		a.UnitsReached = []record.ID{g.unit.ID}
	}
	if k.code == "training" && c.yes(15) {
		a.When.EndDate = day.AddDays(1)
	}
	if c.yes(30) {
		if t2 := one(c, o.topics); t2.code != t.code {
			a.Topics = append(a.Topics, t2.code)
		}
	}
	o.dress(c, &a, k)
	return a, k, g
}

func title(pattern, topic, who, event string) string {
	return strings.NewReplacer("{topic}", topic, "{who}", who, "{event}", event).Replace(pattern)
}

func clockHour(t record.Clock) int { return int(t[0]-'0')*10 + int(t[1]-'0') }

// audienceOf says in a title whom an activity is for.
func audienceOf(g *group) string {
	switch g.unit.Kind {
	case "":
		return "bà con " + lowerFirst(g.name)
	case "school":
		return "viên chức, người lao động " + g.name
	case "association":
		return "cán bộ, hội viên " + g.name
	}
	return "người lao động " + g.name
}

// dress adds what only some activities have: how people met, who spoke, what was
// given and what it cost.
func (o *Office) dress(c chance, a *record.Activity, k kind) {
	switch {
	case !k.listed && !k.heads:
		a.When.Place, a.When.Start, a.When.End, a.UnitsReached = "", "", "", nil
		return
	case k.code == "training" && c.yes(10):
		a.Mode = "hybrid"
	case k.code == "contest":
		a.Prizes = int64(c.between(3, 12))
		if c.yes(40) {
			a.Mode = "online"
		}
	}
	a.Audience = []string{"worker"}
	if c.yes(35) {
		a.Audience = append(a.Audience, "employer")
	}
	a.Speakers = []string{one(c, o.speakers)}
	if c.yes(25) {
		if s := one(c, o.speakers); s != a.Speakers[0] {
			a.Speakers = append(a.Speakers, s)
		}
	}
	a.Costs = []record.Cost{{Source: "state", Amount: int64(c.between(6, 120)) * 100_000}}
	if c.yes(20) {
		a.Costs = append(a.Costs, record.Cost{Source: "contributed", Amount: int64(c.between(5, 50)) * 100_000})
	}
}

// hold fills in what is known once an activity took place.
func (o *Office) hold(c chance, a *record.Activity, k kind, g *group, n, people int) []record.Attendee {
	var list []record.Attendee
	switch {
	case k.listed:
		list = o.attendees(c, *a, g, n, people)
		a.Heads = count(list)
	case k.heads:
		a.Heads = typedHeads(c)
	default:
		return nil
	}
	if c.yes(60) {
		name := one(c, leaflets) + " về " + o.words[a.Topics[0]]
		a.Materials = []record.MaterialGiven{{Name: name, Kind: "leaflet", Copies: a.Heads.Total + int64(c.IntN(20))}}
	}
	return list
}

// typedHeads are the round figures of a crowd nobody listed.
func typedHeads(c chance) record.HeadCount {
	n := int64(c.between(8, 30)) * 10
	return record.HeadCount{Total: n, Women: n * int64(c.between(40, 60)) / 100, Workers: n * int64(c.between(50, 80)) / 100,
		Officials: n / 10, EthnicMinority: n * int64(c.between(30, 80)) / 100, Disabled: int64(c.IntN(3))}
}
