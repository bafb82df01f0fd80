package record

import "strings"

// Activity is one thing the office did to spread the law: a training, a village
// session, a dialogue, a contest, a broadcast.
type Activity struct {
	ID           ID
	Kind         string          `rec:"kind,A" say:"Loại hoạt động|Kind"`               // one of ActivityKinds
	Task         string          `rec:"task,A" say:"Nhiệm vụ trong kế hoạch|Plan task"` // plan task, "IV.1.a"
	Form         string          `rec:"form,A" say:"Hình thức theo luật|Legal form"`    // legal form "1"–"8", Law 14/2012/QH13 art. 11
	Mode         string          `rec:"mode,A" say:"Cách gặp|Mode"`                     // one of Modes
	Title        string          `rec:"title,A" say:"Tên hoạt động|Title"`
	Topics       []string        `rec:"topics,A,set" say:"Chủ đề|Topics"`
	When         Occasion        `rec:"when,A" say:"Thời gian, nơi tổ chức|When and where"`
	HostUnitID   ID              `rec:"host_unit_id,A" say:"Đơn vị chủ trì nơi tổ chức|Host unit"`
	CoOrganisers []ID            `rec:"co_organisers,A,set" say:"Đơn vị phối hợp|Co-organisers"`
	UnitsReached []ID            `rec:"units_reached,A,set" say:"Đơn vị được tiếp cận|Units reached"`
	Audience     []string        `rec:"audience,A,set" say:"Đối tượng|Audience"`                    // of Audiences: whom it was for
	Direct       bool            `rec:"direct,A" say:"Tính là phổ biến trực tiếp|Counts as direct"` // counts as direct dissemination, once
	WovenInto    string          `rec:"woven_into,A" say:"Lồng ghép vào|Woven into"`                // the other event it was part of; empty: standalone
	Languages    []string        `rec:"languages,A,set" say:"Ngôn ngữ|Languages"`
	Speakers     []string        `rec:"speakers,A" say:"Người nói|Speakers"`
	Materials    []MaterialGiven `rec:"materials,A" say:"Tài liệu đã phát|Materials given"`
	Citations    []Citation      `rec:"citations,A" say:"Căn cứ pháp luật|Citations"`
	Costs        []Cost          `rec:"costs,A" say:"Kinh phí đã chi|Costs"`
	Heads        HeadCount       `rec:"heads,A" say:"Số lượt người|Head count"`
	Channel      string          `rec:"channel,A" say:"Đài, báo, trang đăng|Channel"` // of a broadcast, a news item, a post
	Link         string          `rec:"link,A" say:"Đường dẫn|Link"`
	Times        int64           `rec:"times,A" say:"Số lần phát, số tin bài|Times"` // 0: once
	Prizes       int64           `rec:"prizes,A" say:"Số giải|Prizes"`               // contests only
	Status       string          `rec:"status,A" say:"Tình trạng|Status"`            // one of Statuses
	Result       string          `rec:"result,A" say:"Kết quả|Result"`
	Reason       string          `rec:"reason,A" say:"Lý do sửa sau khi chốt|Reason"` // why it was changed after it had been closed, with the day
	Note         string          `rec:"note,O" say:"Ghi chú nội bộ|Internal note"`
}

// Occasion is when and where, which make sense only together.
type Occasion struct {
	Date    Date   `part:"date"`
	EndDate Date   `part:"end_date"` // last day; empty: the same day
	Start   Clock  `part:"start"`
	End     Clock  `part:"end"`
	Place   string `part:"place"`
}

// Last is the last day.
func (o Occasion) Last() Date {
	if o.EndDate != "" {
		return o.EndDate
	}
	return o.Date
}

// HeadCount is who came. Listed counts are computed from the people tab by the
// action that saves it, in the same commit; typed ones are the officer's. The
// groups by audience add up to at most the total; the others overlap freely.
type HeadCount struct {
	Listed         bool  `part:"listed"`
	Total          int64 `part:"total"`
	Women          int64 `part:"women"`
	Workers        int64 `part:"workers"`
	Employers      int64 `part:"employers"`
	Officials      int64 `part:"officials"`
	Reporters      int64 `part:"reporters"` // báo cáo viên, tuyên truyền viên
	Mediators      int64 `part:"mediators"` // hòa giải viên, trọng tài viên
	EthnicMinority int64 `part:"ethnic_minority"`
	Disabled       int64 `part:"disabled"`
}

// Of counts one audience group; "other" is what no group names.
func (h HeadCount) Of(audience string) int64 {
	switch audience {
	case "worker":
		return h.Workers
	case "employer":
		return h.Employers
	case "official":
		return h.Officials
	case "reporter":
		return h.Reporters
	case "mediator":
		return h.Mediators
	case "other":
		return h.Total - h.named()
	}
	return 0
}

func (h HeadCount) named() int64 {
	return h.Workers + h.Employers + h.Officials + h.Reporters + h.Mediators
}

func (h HeadCount) least() int64 {
	return min(h.Total, h.Women, h.Workers, h.Employers, h.Officials, h.Reporters, h.Mediators, h.EthnicMinority, h.Disabled)
}

// MaterialGiven is a material handed out, in copies.
type MaterialGiven struct {
	Name   string `json:"name"`
	Kind   string `json:"kind,omitempty"`
	Copies int64  `json:"copies"`
}

// Said is the material by name and kind, as people look for it.
func (m MaterialGiven) Said() string {
	if m.Kind == "" {
		return m.Name
	}
	return m.Name + " (" + WordIn(MaterialKinds, m.Kind, "vi") + ")"
}

// Cost is money spent, in đồng, by source ("state" or "contributed").
type Cost struct {
	Source string `json:"source"`
	Amount int64  `json:"amount"`
}

// Ref names the activity's row.
func (a Activity) Ref() Ref { return Ref{"activity", a.ID} }

// Validate refuses what cannot be true of an activity. A date in the future is
// checked by the action, which knows today.
func (a Activity) Validate() error {
	var c checks
	c.refuse(Word(ActivityKinds, a.Kind) != nil, "kind", "Chưa chọn loại hoạt động.", "The kind of activity has not been chosen.")
	c.refuse(strings.TrimSpace(a.Title) != "", "title", "Chưa có tên hoạt động.", "The activity has no title.")
	c.refuse(Word(Statuses, a.Status) != nil, "status", "Tình trạng không có trong danh mục.", "The status is not one of the list.")
	c.refuse(a.Mode == "" || Word(Modes, a.Mode) != nil, "mode", "Hình thức tổ chức không có trong danh mục.", "The mode is not one of the list.")
	a.validateWhen(&c)
	a.validateHeads(&c)
	for _, m := range a.Materials {
		c.refuse(m.Copies >= 0 && strings.TrimSpace(m.Name) != "", "materials",
			"Tài liệu cần có tên và số bản không âm.", "A material needs a name and no negative number of copies.")
	}
	for _, k := range a.Costs {
		c.refuse(k.Amount >= 0 && Word(CostSources, k.Source) != nil, "costs",
			"Kinh phí cần có nguồn và số tiền không âm.", "A cost needs a source and no negative amount.")
	}
	c.citations(a.Citations)
	c.refuse(a.Times >= 0, "times", "Số lần không thể âm.", "Times cannot be negative.")
	c.refuse(a.Prizes >= 0, "prizes", "Số giải không thể âm.", "Prizes cannot be negative.")
	return c.err()
}

func (a Activity) validateWhen(c *checks) {
	w := a.When
	c.refuse(w.Date != "", "when.date", "Chưa có ngày tổ chức.", "The date is missing.")
	c.refuse(w.Date.Valid() && w.EndDate.Valid(), "when.date", "Ngày này không có trong lịch.", "This date does not exist.")
	c.refuse(w.EndDate == "" || w.Date <= w.EndDate, "when.end_date",
		"Ngày kết thúc sớm hơn ngày bắt đầu.", "The last day is before the first.")
	c.refuse(w.Start.Valid() && w.End.Valid(), "when.start", "Giờ ghi theo dạng 08:00.", "Times are written as 08:00.")
	sameDay := w.EndDate == "" || w.EndDate == w.Date
	c.refuse(!sameDay || w.Start == "" || w.End == "" || w.Start <= w.End, "when.end",
		"Giờ kết thúc sớm hơn giờ bắt đầu.", "It ends before it starts.")
}

func (a Activity) validateHeads(c *checks) {
	h := a.Heads
	c.refuse(h.least() >= 0, "heads", "Số người không thể âm.", "A head count cannot be negative.")
	c.refuse(max(h.Women, h.EthnicMinority, h.Disabled) <= h.Total, "heads",
		"Số nữ, dân tộc thiểu số hoặc người khuyết tật lớn hơn tổng số người.",
		"Women, ethnic minority or disabled people are more than the total.")
	c.refuse(h.named() <= h.Total, "heads",
		"Cộng các nhóm đối tượng lớn hơn tổng số người.", "The groups add up to more than the total.")
}
