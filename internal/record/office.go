package record

import "strings"

// Office is who keeps this register: its unit, its people and how it signs. No
// level, ministry or title is written in code; presets fill these fields and
// the office may change every one of them.
type Office struct {
	ID         ID
	UnitID     ID        `rec:"unit_id,A"`
	Name       string    `rec:"name,A"`        // "Phòng Văn hóa – Xã hội"
	ParentName string    `rec:"parent_name,A"` // body above it on the letterhead
	Place      string    `rec:"place,A"`       // official place name for dating documents
	Recipient  string    `rec:"recipient,A"`   // who receives the yearly report
	Preset     string    `rec:"preset,A"`
	PeriodRule string    `rec:"period_rule,A"` // one of PeriodRules
	Series     string    `rec:"series,A"`      // report number series, "BC-VHXH"
	Head       Signer    `rec:"head,A"`
	Officers   []Officer `rec:"officers,A"`
	Collects   []Collect `rec:"collects,A"` // optional personal fields switched on
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
	named := 0
	for _, f := range o.Officers {
		if strings.TrimSpace(f.Name) != "" && !f.ID.IsZero() {
			named++
		}
	}
	c.refuse(named > 0 && named == len(o.Officers), "officers", "Cần ghi họ tên cán bộ.", "Every officer needs a name.")
	for _, f := range o.Collects {
		c.refuse(strings.TrimSpace(f.Purpose) != "", "collects",
			"Trường thông tin cá nhân tùy chọn phải có mục đích thu thập.", "An optional personal field needs a purpose.")
	}
	return c.err()
}
