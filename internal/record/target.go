package record

import (
	"fmt"
	"slices"
)

// Target is one aim of the plan as dated data: what is counted, of how many, by which
// rule, and who answers for it. A signed pack may bring others; nothing of a target is
// written in code but how its Counts are counted.
type Target struct {
	Code      string   `json:"code"`
	Name      Words    `json:"name"`
	Rule      Words    `json:"rule"`  // what is counted of what, as it is printed
	Short     Words    `json:"short"` // the name where there is little room
	Brief     Words    `json:"brief"` // the rule there
	Owner     string   `json:"owner"` // "office", or the level that leads: "province"
	Valid     Validity `json:"valid"`
	Counts    string   `json:"counts"`    // one of TargetCounts
	Threshold int64    `json:"threshold"` // per cent
	Full      int64    `json:"full"`      // the upper end of the aim, per cent; 0: Threshold

	// Of "units": each of these kinds is to be at Least activities in one of the roles.
	UnitKinds []string `json:"unit_kinds,omitempty"`
	Roles     []string `json:"roles,omitempty"` // "host", "co_organiser", "reached", "publication"
	Kinds     []string `json:"kinds,omitempty"` // of activity; none: every kind
	Least     int64    `json:"least,omitempty"`
	// Share is how much of the period a unit must have existed to be counted, per cent:
	// who came in November is not asked for two sessions.
	Share int64 `json:"share,omitempty"`
}

// TargetCounts are the ways a target can be counted.
var TargetCounts = []Term{
	term("units", "Đơn vị có đủ số hoạt động", "Units with enough activities"),
	term("documents", "Văn bản đã công khai", "Documents made public"),
	term("questions", "Câu hỏi, vướng mắc đã trả lời", "Questions and difficulties answered"),
	term("dialogue", "Hội nghị đối thoại do cấp tỉnh chủ trì", "Dialogue led by the province"),
}

// On reports whether the target holds on a day.
func (t Target) On(d Date) bool { return t.Valid.Has(d) }

// Has reports whether taking part in a role counts.
func (t Target) Has(role string) bool { return slices.Contains(t.Roles, role) }

// PeriodStanding is the figures of a period beside those of the year before and of all
// years since the plan began, and where its targets are heading.
type PeriodStanding struct {
	Figures Figures
	Before  *Figures // of the same part of the year before; nil where there is none
	Since   *Figures
	Report  Deadline // of the report; no day where the period has none of its own
	Targets []TargetOutlook
}

// TargetOutlook is how a target stands and where it is heading, in one sentence.
type TargetOutlook struct {
	Target Target
	Now    TargetFigure
	Needed int64 // rows still to be reached for the threshold
	Late   bool  // it can hardly be caught up
	Words  Words
}

// The maps by which units are counted when they open, close, split or merge.
const (
	MapAsItWas = ""      // every unit as it stood, those that ended in the period too
	MapToday   = "today" // what a unit did counts for the unit it went into by the last day
)

// UnitMaps name them.
var UnitMaps = []Term{
	term(MapAsItWas, "Đơn vị như lúc đó", "Units as they were"),
	term(MapToday, "Đơn vị theo địa giới cuối kỳ", "Units as on the last day"),
}

// PeriodParts are the parts of a reporting year that are reported on.
var PeriodParts = func() []Term {
	out := []Term{
		term("", "Cả năm", "The whole year"),
		term("h1", "6 tháng đầu năm", "First half"), term("h2", "6 tháng cuối năm", "Second half"), term("9m", "9 tháng", "Nine months"),
		term("q1", "Quý I", "1st quarter"), term("q2", "Quý II", "2nd quarter"), term("q3", "Quý III", "3rd quarter"), term("q4", "Quý IV", "4th quarter"),
	}
	for i, name := range []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"} {
		out = append(out, term(fmt.Sprintf("m%d", i+1), fmt.Sprintf("Tháng %d", i+1), name))
	}
	return out
}()
