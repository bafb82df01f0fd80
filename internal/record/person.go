package record

import "strings"

// Person is someone who came. Only what the office needs is asked; phone,
// number, ethnicity and disability are kept only where the office has switched
// them on with a purpose.
type Person struct {
	ID         ID
	FullName   string `rec:"full_name,P" say:"Họ và tên|Full name"`
	Sex        string `rec:"sex,O" say:"Giới tính|Sex"` // "nam", "nữ" or empty
	Birth      Birth  `rec:"birth,P" say:"Ngày, năm sinh|Birth"`
	UnitID     ID     `rec:"unit_id,O" say:"Đơn vị|Unit"`
	UnitText   string `rec:"unit_text,P" say:"Đơn vị như đã ghi|Unit as written"` // as written on the list; UnitID is what it means, if that is known
	Group      string `rec:"audience,O" say:"Nhóm đối tượng|Group"`               // one of Audiences
	Position   string `rec:"position,P" say:"Chức vụ|Position"`
	IDMark     string `rec:"id_mark,P" say:"Dấu nhận biết thẻ|Card mark"` // in place of the number: keyed fingerprint and last three digits
	Phone      string `rec:"phone,P" say:"Điện thoại|Phone"`
	IDNumber   string `rec:"id_number,P" say:"Số căn cước|ID number"`
	Ethnicity  string `rec:"ethnicity,P" say:"Dân tộc|Ethnicity"`
	Disability string `rec:"disability,P" say:"Khuyết tật|Disability"`
	Note       string `rec:"note,P" say:"Ghi chú|Note"`
}

// What stands in the place of a name that is no longer kept. The counts of the lists
// the person stood on stay.
const (
	NameErased = "(đã xóa theo yêu cầu)"
	NameHidden = "(đã ẩn tên)"
)

// NoName reports whether a name is none: empty, or no longer kept.
func NoName(name string) bool { return name == "" || name == NameErased || name == NameHidden }

// Sexes are the sexes that are written down.
var Sexes = []Term{term("nam", "Nam", "Male"), term("nữ", "Nữ", "Female")}

// Ref names the person's row.
func (p Person) Ref() Ref { return Ref{"person", p.ID} }

// Validate refuses a person without a name and values of the wrong form. One-
// and two-word names are names.
func (p Person) Validate() error {
	var c checks
	c.refuse(strings.TrimSpace(p.FullName) != "", "full_name", "Chưa có họ và tên.", "The name is missing.")
	c.refuse(p.Sex == "" || p.Sex == "nam" || p.Sex == "nữ", "sex",
		"Giới tính chỉ ghi “nam”, “nữ” hoặc để trống.", "Sex is “nam”, “nữ” or empty.")
	c.refuse(p.Birth.Valid(), "birth", "Ngày sinh không có trong lịch; có thể chỉ ghi năm sinh.",
		"The birth date does not exist; a year alone is enough.")
	c.refuse(p.Birth == "" || p.Birth.Year() >= 1900, "birth", "Năm sinh trước 1900.", "The birth year is before 1900.")
	c.refuse(p.Group == "" || Word(Audiences, p.Group) != nil, "audience", "Nhóm đối tượng không có trong danh mục.",
		"The group is not one of the list.")
	c.refuse(p.IDNumber == "" || digits(p.IDNumber, 9) || digits(p.IDNumber, 12), "id_number",
		"Số căn cước phải có 12 chữ số (CMND cũ: 9).", "An ID number has 12 digits (old cards: 9).")
	c.refuse(p.Phone == "" || phoneForm(p.Phone), "phone", "Số điện thoại phải có 10 chữ số, bắt đầu bằng 0.",
		"A phone number has 10 digits and starts with 0.")
	return c.err()
}

func digits(s string, n int) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) == n
}

func phoneForm(s string) bool {
	return s[0] == '0' && (digits(s, 10) || digits(s, 11))
}

// Attendance is one person at one activity.
type Attendance struct {
	ID          ID
	ActivityID  ID     `rec:"activity_id,O" say:"Hoạt động|Activity"`
	PersonID    ID     `rec:"person_id,O" say:"Người|Person"`
	Line        int64  `rec:"line,O" say:"Số thứ tự|Line"` // order on the list, from 1
	Role        string `rec:"role,O" say:"Vai trò|Role"`   // one of Roles; empty is a participant
	Signed      bool   `rec:"signed,O" say:"Đã ký tên|Signed"`
	Arrived     Clock  `rec:"arrived,O" say:"Giờ đến|Arrived"`                      // at the door
	ScoreBefore int64  `rec:"score_before,O" say:"Điểm trước (%)|Score before (%)"` // per cent
	ScoreAfter  int64  `rec:"score_after,O" say:"Điểm sau (%)|Score after (%)"`
}

// Ref names the attendance's row.
func (a Attendance) Ref() Ref { return Ref{"attendance", a.ID} }

// Validate refuses an attendance that names no activity or no person.
func (a Attendance) Validate() error {
	var c checks
	c.refuse(!a.ActivityID.IsZero(), "activity_id", "Lượt tham dự chưa gắn với hoạt động.", "The attendance names no activity.")
	c.refuse(!a.PersonID.IsZero(), "person_id", "Lượt tham dự chưa gắn với người.", "The attendance names no person.")
	c.refuse(a.Role == "" || Word(Roles, a.Role) != nil, "role", "Vai trò không có trong danh mục.", "The role is not one of the list.")
	c.refuse(a.Arrived.Valid(), "arrived", "Giờ ghi theo dạng 08:00.", "Times are written as 08:00.")
	c.refuse(min(a.ScoreBefore, a.ScoreAfter) >= 0 && max(a.ScoreBefore, a.ScoreAfter) <= 100, "score_after",
		"Điểm kiểm tra phải từ 0 đến 100.", "A score lies between 0 and 100.")
	return c.err()
}

// Attendee is a line of the people tab: the person and their being there.
type Attendee struct {
	Person     Person
	Attendance Attendance
}
