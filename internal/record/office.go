package record

import "strings"

// Office is who keeps this register: its unit, its people and how it signs. No
// level, ministry or title is written in code; presets fill these fields and
// the office may change every one of them.
type Office struct {
	ID         ID
	UnitID     ID        `rec:"unit_id,A" say:"Đơn vị báo cáo|Reporting unit"`
	Name       string    `rec:"name,A" say:"Tên cơ quan|Office"`                  // "Phòng Văn hóa – Xã hội"
	ParentName string    `rec:"parent_name,A" say:"Cơ quan chủ quản|Parent body"` // body above it on the letterhead
	Place      string    `rec:"place,A" say:"Địa danh|Place"`                     // official place name for dating documents
	Recipient  string    `rec:"recipient,A" say:"Nơi nhận báo cáo|Recipient"`     // who receives the yearly report
	Preset     string    `rec:"preset,A" say:"Mẫu thiết lập|Preset"`
	PeriodRule string    `rec:"period_rule,A" say:"Kỳ báo cáo|Period rule"`   // one of PeriodRules
	Series     string    `rec:"series,A" say:"Ký hiệu văn bản|Number series"` // report number series, "BC-VHXH"
	Head       Signer    `rec:"head,A" say:"Người ký|Signer"`
	Officers   []Officer `rec:"officers,A" say:"Cán bộ|Officers"`
	Collects   []Collect `rec:"collects,A" say:"Thông tin cá nhân tùy chọn|Optional personal fields"` // optional personal fields switched on
	HideAfter  int64     `rec:"hide_after,A" say:"Giữ tên bao nhiêu tháng|Names kept (months)"`       // 0: DefaultHideAfter
	AnswerDays int64     `rec:"answer_days,A" say:"Thời hạn trả lời (ngày làm việc)|Days to answer"`  // 0: DefaultAnswerDays
	Notice     string    `rec:"notice,A" say:"Thông báo về dữ liệu cá nhân|Privacy notice"`           // as the office words it; empty: the shipped one
}

// Officer is a person who uses the program. Commits name officers by id.
type Officer struct {
	ID    ID     `json:"id"`
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
	Gone  bool   `json:"gone,omitempty"`
}

// Signer is who signs the report and in whose name.
type Signer struct {
	Name  string `part:"name"`
	Title string `part:"title"` // "TRƯỞNG PHÒNG"
	For   string `part:"for"`   // "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", or empty
}

// Collect switches on one optional personal field, with the purpose the law
// asks for (Law 91/2025/QH15).
type Collect struct {
	Field   string `json:"field"` // "phone", "id_number", "ethnicity", "disability"
	Purpose string `json:"purpose"`
	Months  int64  `json:"months,omitempty"` // how long it is kept; 0: as long as names are
}

// What holds where the office has not said otherwise. The working days are a
// habit, not a rule of law: the office changes them.
const (
	DefaultHideAfter  = 24
	DefaultAnswerDays = 5
)

// MonthsNamed is how many months after an activity its names are kept.
func (o Office) MonthsNamed() int {
	if o.HideAfter > 0 {
		return int(o.HideAfter)
	}
	return DefaultHideAfter
}

// DaysToAnswer is how many working days a question may wait.
func (o Office) DaysToAnswer() int {
	if o.AnswerDays > 0 {
		return int(o.AnswerDays)
	}
	return DefaultAnswerDays
}

// Ref names the office's row.
func (o Office) Ref() Ref { return Ref{"office", o.ID} }

// Officer finds an officer by id.
func (o Office) Officer(id ID) (Officer, bool) {
	for _, f := range o.Officers {
		if f.ID == id {
			return f, true
		}
	}
	return Officer{}, false
}

// CollectsField reports whether an optional personal field is switched on.
func (o Office) CollectsField(field string) bool {
	for _, c := range o.Collects {
		if c.Field == field {
			return true
		}
	}
	return false
}

// Validate refuses an office without a unit, a name or an officer.
func (o Office) Validate() error {
	var c checks
	c.refuse(!o.UnitID.IsZero(), "unit_id", "Chưa chọn đơn vị báo cáo.", "No reporting unit has been chosen.")
	c.refuse(strings.TrimSpace(o.Name) != "", "name", "Chưa có tên cơ quan.", "The office has no name.")
	c.refuse(Word(PeriodRules, o.PeriodRule) != nil, "period_rule",
		"Cách tính kỳ báo cáo không có trong danh mục.", "The period rule is not one of the list.")
	named, atWork := 0, len(o.Officers) == 0 // with none at all the next sentence says it
	for _, f := range o.Officers {
		if strings.TrimSpace(f.Name) != "" && !f.ID.IsZero() {
			named++
		}
		atWork = atWork || !f.Gone
	}
	c.refuse(atWork, "officers", "Phải còn ít nhất một cán bộ đang làm việc.", "At least one officer must still be at work.")
	c.refuse(named > 0 && named == len(o.Officers), "officers", "Cần ghi họ tên cán bộ.", "Every officer needs a name.")
	c.refuse(o.HideAfter >= 0 && o.HideAfter <= 600, "hide_after", "Số tháng giữ tên phải từ 1 đến 600.", "Names are kept for 1 to 600 months.")
	c.refuse(o.AnswerDays >= 0 && o.AnswerDays <= 365, "answer_days", "Thời hạn trả lời phải từ 1 đến 365 ngày làm việc.", "The time to answer is 1 to 365 working days.")
	for _, f := range o.Collects {
		c.refuse(f.Months >= 0 && f.Months <= 600, "collects", "Số tháng giữ phải từ 0 đến 600.", "A field is kept for 0 to 600 months.")
		c.refuse(strings.TrimSpace(f.Purpose) != "", "collects",
			"Trường thông tin cá nhân tùy chọn phải có mục đích thu thập.", "An optional personal field needs a purpose.")
	}
	return c.err()
}
