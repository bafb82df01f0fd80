package record

// Custody is one thing done with personal data that must be shown on request: who
// asked, what was done, when. It names people by id; the words of an entry are sealed all
// the same, and can be erased, since names get typed there.
type Custody struct {
	ID       ID
	Kind     string `rec:"kind,O" say:"Việc|Kind"` // one of CustodyKinds
	PersonID ID     `rec:"person_id,O" say:"Người|Person"`
	Day      Date   `rec:"day,O" say:"Ngày|Day"`
	Count    int64  `rec:"count,O" say:"Số người|People"`
	What     string `rec:"what,P" say:"Nội dung|What"` // the list exported, the fields corrected
	Reason   string `rec:"reason,P" say:"Lý do|Reason"`
}

// Ref names the entry's row.
func (e Custody) Ref() Ref { return Ref{"custody", e.ID} }

// Validate refuses an entry that does not say what was done, and when.
func (e Custody) Validate() error {
	var c checks
	c.refuse(Word(CustodyKinds, e.Kind) != nil, "kind", "Chưa chọn việc đã làm với dữ liệu cá nhân.", "It is not said what was done.")
	c.day(e.Day, "day", "Ngày", "The day")
	c.refuse(e.Count >= 0, "count", "Số người không thể âm.", "People cannot be negative.")
	return c.err()
}
