package record

import (
	"bytes"
	"cmp"
	"strings"
)

// Verdict is the province's word on a signed report it received: accepted, or returned
// with a reason. The last one of a report holds.
type Verdict struct {
	ID       ID
	ReportID ID     `rec:"report_id,A" say:"Báo cáo|Report"`
	Status   string `rec:"status,A" say:"Kết luận|Verdict"` // one of Verdicts
	Day      Date   `rec:"day,A" say:"Ngày|Day"`
	Reason   string `rec:"reason,A" say:"Lý do|Reason"` // of a return: what to put right
}

// Verdicts are what a province says of a report.
var Verdicts = []Term{
	term("accepted", "Đã tiếp nhận", "Accepted"),
	term("returned", "Trả lại", "Returned"),
}

// Ref names the verdict's row.
func (v Verdict) Ref() Ref { return Ref{"verdict", v.ID} }

// Validate refuses a verdict on nothing and a return without a reason.
func (v Verdict) Validate() error {
	var c checks
	c.refuse(!v.ReportID.IsZero(), "report_id", "Chưa rõ kết luận về báo cáo nào.", "It is not said which report this is about.")
	c.refuse(Word(Verdicts, v.Status) != nil, "status", "Chưa chọn tiếp nhận hay trả lại.", "It is neither accepted nor returned.")
	c.refuse(v.Day != "" && v.Day.Valid(), "day", "Ngày kết luận không có trong lịch.", "The day does not exist.")
	c.refuse(v.Status != "returned" || strings.TrimSpace(v.Reason) != "", "reason",
		"Trả lại báo cáo thì phải ghi lý do.", "A return needs its reason.")
	return c.err()
}

// SameEvent is the province's word on two activities of two units that look like one
// event. When they are the same, of the two only ActivityID counts, wherever both are
// known: an office, which has only its own, goes on counting it, and so does the province
// should the other be deleted or cancelled. Units take part in both. The last word on a
// pair holds, so it can be taken back.
type SameEvent struct {
	ID         ID
	ActivityID ID     `rec:"activity_id,A" say:"Hoạt động được tính|Activity that counts"`
	TwinID     ID     `rec:"twin_id,A"    say:"Hoạt động không tính lại|Activity not counted again"`
	Status     string `rec:"status,A" say:"Kết luận|Verdict"` // one of SameEventVerdicts
	Day        Date   `rec:"day,A" say:"Ngày|Day"`
	Reason     string `rec:"reason,A" say:"Lý do|Reason"`
}

// SameEventVerdicts are the words on a pair.
var SameEventVerdicts = []Term{
	term("same", "Cùng một sự kiện", "The same event"),
	term("different", "Hai sự kiện khác nhau", "Two events"),
}

// Ref names the row.
func (s SameEvent) Ref() Ref { return Ref{"same_event", s.ID} }

// Validate refuses a pair that is none.
func (s SameEvent) Validate() error {
	var c checks
	c.refuse(!s.ActivityID.IsZero() && !s.TwinID.IsZero() && s.ActivityID != s.TwinID, "twin_id",
		"Chưa đủ hai hoạt động khác nhau.", "Two different activities are needed.")
	c.refuse(Word(SameEventVerdicts, s.Status) != nil, "status", "Chưa chọn kết luận.", "There is no verdict.")
	c.refuse(s.Day != "" && s.Day.Valid(), "day", "Ngày kết luận không có trong lịch.", "The day does not exist.")
	return c.err()
}

// Pair is what the word is about, the same whichever of the two counts.
func (s SameEvent) Pair() [2]ID {
	if bytes.Compare(s.TwinID[:], s.ActivityID[:]) < 0 {
		return [2]ID{s.TwinID, s.ActivityID}
	}
	return [2]ID{s.ActivityID, s.TwinID}
}

// Before reports whether another word on the same pair is the later one.
func (s SameEvent) Before(later SameEvent) bool {
	return cmp.Or(cmp.Compare(s.Day, later.Day), bytes.Compare(s.ID[:], later.ID[:])) < 0
}
