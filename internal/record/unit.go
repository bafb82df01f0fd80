package record

import "strings"

// Unit is a body that disseminates or is reached: an agency, commune,
// enterprise, school, zone. Units are dated: codes and names are used again
// after reorganisations, so a unit is its id, or its code on a date.
type Unit struct {
	ID           ID
	Kind         string   `rec:"kind,A" say:"Loại đơn vị|Kind"`    // one of UnitKinds
	Type         string   `rec:"type,A" say:"Cấp, loại hình|Type"` // "xã", "phường", "huyện", or an enterprise type's code
	Name         string   `rec:"name,A" say:"Tên đơn vị|Name"`     // without the kind word for administrative units
	Code         string   `rec:"code,A" say:"Mã số|Code"`
	ParentID     ID       `rec:"parent_id,A" say:"Địa bàn, cơ quan cấp trên|Area or parent"`
	Sector       string   `rec:"sector,A" say:"Ngành kinh tế|Sector"` // VSIC version and section, "VSIC2025:C"
	Address      string   `rec:"address,A" say:"Địa chỉ|Address"`
	Workers      Workers  `rec:"workers,A" say:"Số lao động|Workers"`
	Focus        []string `rec:"focus,A,set" say:"Đối tượng ưu tiên|Focus"` // of FocusFlags
	Aliases      []string `rec:"aliases,A,set" say:"Tên gọi khác|Other names"`
	Valid        Validity `rec:"valid,A" say:"Thời gian tồn tại|Exists"`
	Predecessors []ID     `rec:"predecessors,A,set" say:"Tách, nhập từ|Predecessors"`
	Successors   []ID     `rec:"successors,A,set" say:"Chuyển thành|Successors"`
	Note         string   `rec:"note,O" say:"Ghi chú nội bộ|Internal note"`
}

// Workers counts a unit's workers by group.
type Workers struct {
	Total          int64 `part:"total"`
	Women          int64 `part:"women"`
	EthnicMinority int64 `part:"ethnic_minority"`
	Disabled       int64 `part:"disabled"`
}

// Validity is the span of days in which a unit exists; an open end is unknown or still running.
type Validity struct {
	From Date `part:"from"`
	To   Date `part:"to"` // last day
}

// Has reports whether the unit exists on a day.
func (v Validity) Has(d Date) bool { return Period(v).Has(d) }

// Ref names the unit's row.
func (u Unit) Ref() Ref { return Ref{"unit", u.ID} }

// FullName is the name as people say it: "xã Đăk Hà" for administrative units,
// the name alone for others.
func (u Unit) FullName() string {
	switch u.Kind {
	case "commune", "district", "province":
		return strings.TrimSpace(u.Type + " " + u.Name)
	}
	return u.Name
}

// Validate refuses a unit without name or kind, an end before its start, and
// groups larger than the whole.
func (u Unit) Validate() error {
	var c checks
	c.refuse(strings.TrimSpace(u.Name) != "", "name", "Đơn vị chưa có tên.", "The unit has no name.")
	c.refuse(Word(UnitKinds, u.Kind) != nil, "kind", "Loại đơn vị không có trong danh mục.", "The kind of unit is not one of the list.")
	c.refuse(u.Valid.From.Valid() && u.Valid.To.Valid(), "valid", "Ngày hiệu lực không có trong lịch.", "A date of validity does not exist.")
	c.refuse(u.Valid.From == "" || u.Valid.To == "" || u.Valid.From <= u.Valid.To, "valid",
		"Ngày kết thúc sớm hơn ngày bắt đầu.", "The unit ends before it starts.")
	c.refuse(u.ParentID.IsZero() || u.ParentID != u.ID, "parent_id", "Đơn vị không thể trực thuộc chính nó.", "A unit cannot be its own parent.")
	w := u.Workers
	least := min(w.Total, w.Women, w.EthnicMinority, w.Disabled)
	most := max(w.Women, w.EthnicMinority, w.Disabled)
	c.refuse(least >= 0 && most <= w.Total, "workers",
		"Số lao động theo nhóm lớn hơn tổng số lao động.", "A group of workers is larger than the total.")
	return c.err()
}
