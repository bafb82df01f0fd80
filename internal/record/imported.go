package record

import "strings"

// Import is a list that was taken in: where it came from, what became of it, and
// the batch that takes it back. It stays in the office.
type Import struct {
	ID     ID
	Of     string `rec:"of,O" say:"Loại danh sách|List of"`    // the noun of the rows
	Target ID     `rec:"target_id,O" say:"Vào hoạt động|Into"` // the activity whose list they joined, if any
	Source string `rec:"source,P" say:"Tệp|File"`              // name of the file, "" for a paste; people name files after people
	Day    Date   `rec:"day,O" say:"Ngày nhập|Day"`
	Rows   int64  `rec:"rows,O" say:"Số dòng|Rows"`      // stored
	Known  int64  `rec:"known,O" say:"Đã biết|Known"`    // of those, linked to what was there
	Parked int64  `rec:"parked,O" say:"Để riêng|Parked"` // set aside with a question
	Batch  string `rec:"batch,O" say:"Lô|Batch"`
}

// Ref names the import's row.
func (i Import) Ref() Ref { return Ref{"import", i.ID} }

// Validate refuses an import of nothing.
func (i Import) Validate() error {
	var c checks
	_, known := Describe(i.Of)
	c.refuse(known, "of", "Không rõ danh sách này là danh sách gì.", "It is not known what the list is of.")
	c.refuse(i.Rows >= 0 && i.Known >= 0 && i.Known <= i.Rows && i.Parked >= 0, "rows", "Số dòng không hợp lệ.", "A count of rows cannot be.")
	c.refuse(i.Day.Valid(), "day", "Ngày nhập không có trong lịch.", "The day of the import does not exist.")
	return c.err()
}

// Layout is what a column of a list means, as an officer has said it: lists of the
// same shape are understood that way from then on.
type Layout struct {
	ID     ID
	Of     string   `rec:"of,O" say:"Loại danh sách|List of"` // the noun of the rows
	Labels []string `rec:"labels,O" say:"Tiêu đề cột|Labels"` // of the header, column by column
	Fields []string `rec:"fields,O" say:"Ý nghĩa cột|Fields"` // one a label; "-" leaves the column out
}

// LeftOut is the field of a column that an officer wants left out.
const LeftOut = "-"

// Ref names the layout's row.
func (l Layout) Ref() Ref { return Ref{"layout", l.ID} }

// Validate refuses a layout whose labels and fields are not as many.
func (l Layout) Validate() error {
	var c checks
	c.refuse(len(l.Labels) > 0 && len(l.Labels) == len(l.Fields), "fields", "Mẫu danh sách không khớp số cột.", "Labels and fields of the layout are not as many.")
	c.refuse(strings.TrimSpace(strings.Join(l.Labels, "")) != "", "labels", "Mẫu danh sách không có tiêu đề.", "The layout has no labels.")
	return c.err()
}

// SamePerson is what an officer decided about two people of the register: one and
// the same, or not. It is reversible: nothing of either is changed.
type SamePerson struct {
	ID       ID
	PersonID ID   `rec:"person_id,O" say:"Người|Person"`
	OtherID  ID   `rec:"other_id,O" say:"Người kia|Other person"`
	Same     bool `rec:"same,O" say:"Là một người|Same person"`
}

// Ref names the decision's row.
func (s SamePerson) Ref() Ref { return Ref{"same_person", s.ID} }

// Validate refuses a decision about fewer than two people.
func (s SamePerson) Validate() error {
	var c checks
	c.refuse(!s.PersonID.IsZero() && !s.OtherID.IsZero() && s.PersonID != s.OtherID, "other_id",
		"Cần hai người khác nhau để so sánh.", "Two different people are needed.")
	return c.err()
}
