package record

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Fields are the values of a row of a list by field, sorted by name. A list may
// have a hundred thousand rows: a map for each would take four times the room.
type Fields []FieldValue

// FieldValue is a field and its text; it is never empty.
type FieldValue struct{ Name, Value string }

func (f Fields) find(name string) (int, bool) {
	return slices.BinarySearchFunc(f, name, func(v FieldValue, name string) int { return strings.Compare(v.Name, name) })
}

// Get is the value of a field, "" when there is none.
func (f Fields) Get(name string) string {
	if i, ok := f.find(name); ok {
		return f[i].Value
	}
	return ""
}

// Set gives a field a value; an empty one takes it away.
func (f *Fields) Set(name, value string) {
	i, have := f.find(name)
	switch {
	case have && value == "":
		*f = slices.Delete(*f, i, i+1)
	case have:
		(*f)[i].Value = value
	case value != "":
		*f = slices.Insert(*f, i, FieldValue{name, value})
	}
}

// Map is the fields as a map.
func (f Fields) Map() map[string]string {
	out := make(map[string]string, len(f))
	for _, v := range f {
		out[v.Name] = v.Value
	}
	return out
}

// MarshalJSON writes one object.
func (f Fields) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, v := range f {
		if i > 0 {
			b = append(b, ',')
		}
		text, err := encodeJSON(v.Value)
		if err != nil {
			return nil, err
		}
		b = append(b, TextValue(v.Name)...)
		b = append(append(b, ':'), text...)
	}
	return append(b, '}'), nil
}

// UnmarshalJSON reads one object of texts.
func (f *Fields) UnmarshalJSON(b []byte) error {
	*f = nil
	if bytes.Equal(b, []byte("null")) {
		return nil
	}
	var m map[string]string
	if err := json.Unmarshal(b, &m); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		f.Set(name, m[name])
	}
	return nil
}

// ListFields are the fields that the columns of a list of some noun can fill, with
// the words for choosing among them. Several are parts of one field.
func ListFields(of string) []Term {
	switch of {
	case "person":
		return personFields
	case "instructor":
		return slices.Concat(personFields, instructorFields)
	case "unit":
		return unitFields
	case "question":
		return questionFields
	}
	return nil
}

var (
	personFields = []Term{
		term("full_name", "Họ và tên", "Full name"),
		term("family", "Họ và tên đệm", "Family and middle names"),
		term("middle", "Tên đệm, chữ lót", "Middle name"),
		term("given", "Tên", "Given name"),
		term("sex", "Giới tính", "Sex"),
		term("male", "Nam (đánh dấu)", "Male (a mark)"),
		term("female", "Nữ (đánh dấu)", "Female (a mark)"),
		term("birth", "Ngày, năm sinh", "Birth date or year"),
		term("birth-day", "Ngày sinh (riêng ngày)", "Day of birth"),
		term("birth-month", "Tháng sinh", "Month of birth"),
		term("birth-year", "Năm sinh", "Year of birth"),
		term("unit", "Đơn vị", "Unit"),
		term("unit-part", "Thôn, xã… (ghép làm đơn vị)", "Village, commune… (make up the unit)"),
		term("position", "Chức vụ", "Position"),
		term("audience", "Nhóm đối tượng", "Group"),
		term("audience-mark", "Nhóm đối tượng (đánh dấu)", "Group (a mark)"),
		term("phone", "Điện thoại", "Phone"),
		term("id_number", "Số căn cước", "ID number"),
		term("ethnicity", "Dân tộc", "Ethnicity"),
		term("ethnicity-mark", "Dân tộc (đánh dấu)", "Ethnicity (a mark)"),
		term("disability", "Khuyết tật", "Disability"),
	}
	instructorFields = []Term{
		term("kind", "Loại (báo cáo viên…)", "Kind"),
		term("level", "Cấp", "Level"),
		term("languages", "Ngôn ngữ", "Languages"),
		term("qualification", "Trình độ, chuyên môn", "Qualification"),
		term("decision", "Quyết định công nhận", "Decision"),
		term("valid_from", "Ngày công nhận", "Recognised on"),
	}
	unitFields = []Term{
		term("name", "Tên đơn vị", "Name"),
		term("kind", "Loại đơn vị", "Kind"),
		term("code", "Mã số", "Code"),
		term("address", "Địa chỉ", "Address"),
		term("parent", "Địa bàn, cơ quan cấp trên", "Area or parent"),
		term("sector", "Ngành nghề", "Sector"),
		term("workers_total", "Số lao động", "Workers"),
		term("workers_women", "Lao động nữ", "Women"),
		term("workers_ethnic_minority", "Lao động dân tộc thiểu số", "Ethnic minority"),
		term("workers_disabled", "Lao động khuyết tật", "Disabled"),
		term("zone", "Trong khu, cụm công nghiệp", "In a zone"),
		term("fdi", "Vốn đầu tư nước ngoài", "Foreign-invested"),
	}
	questionFields = []Term{
		term("text", "Nội dung câu hỏi", "Question"),
		term("received", "Ngày nhận", "Received on"),
		term("channel", "Kênh tiếp nhận", "Channel"),
		term("asker", "Người hỏi", "Asked by"),
		term("contact", "Liên hệ", "Contact"),
		term("unit", "Đơn vị", "Unit"),
		term("asker_group", "Nhóm đối tượng", "Group"),
		term("topic", "Lĩnh vực", "Topic"),
		term("answer", "Trả lời", "Answer"),
		term("answered_on", "Ngày trả lời", "Answered on"),
	}
)

// Known is a person or unit of the register, as far as a list can be held against
// them.
type Known struct {
	ID     ID     `json:"id"`
	Name   string `json:"name"`
	Birth  Birth  `json:"birth,omitempty"`
	UnitID ID     `json:"unit_id,omitzero"`
	Unit   string `json:"unit,omitempty"`
	Why    string `json:"why,omitempty"` // what makes it them
	// Differs are the fields in which list and register say something else. The
	// register's word stays, unless an officer says otherwise.
	Differs []Difference `json:"differs,omitempty"`
}

// Difference is a field of which list and register say something else.
type Difference struct {
	Field    string `json:"field"`
	List     string `json:"list"`
	Register string `json:"register"`
}
