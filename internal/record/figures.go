package record

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Figures are the numbers of one report: what report computes and what recount
// counts again. The JSON is stable.
type Figures struct {
	Period     FigurePeriod   `json:"period"`
	Indicators []Figure       `json:"indicators"`
	Targets    []TargetFigure `json:"targets"`
}

// FigurePeriod is the span counted and the rule that gave it ("plan", "nd09",
// "calendar" or "adhoc"). Year is the reporting year, 0 for a span of days; Part is the
// part of it, "" for the whole.
type FigurePeriod struct {
	From Date   `json:"from" part:"from"`
	To   Date   `json:"to" part:"to"`
	Rule string `json:"rule" part:"rule"`
	Year int    `json:"year,omitempty" part:"year"`
	Part string `json:"part,omitempty" part:"part"` // one of PeriodParts
	Map  string `json:"map,omitempty" part:"map"`   // one of UnitMaps
}

// Span is the period without its rule.
func (p FigurePeriod) Span() Period { return Period{From: p.From, To: p.To} }

// Figure is one number: an indicator's code, the part it counts ({} is the
// whole) and, from report, the rows behind it.
type Figure struct {
	Code    string            `json:"code"`
	Split   map[string]string `json:"split"`
	Value   int64             `json:"value"`
	Records []ID              `json:"records,omitempty"`
}

// Behind is a row behind a figure, as a list shows it.
type Behind struct {
	Ref    Ref
	Day    Date
	Title  string
	People int64
	Since  string // one of BehindStates, of a row behind a signed report
}

// BehindStates are what became of a row since the report that counts it was signed.
var BehindStates = []Term{
	term("", "Như lúc ký", "As signed"),
	term("changed", "Đã sửa sau khi ký", "Changed since"),
	term("deleted", "Đã xóa sau khi ký", "Deleted since"),
}

// TargetFigure is one target's standing. Rate is a share between 0 and 1; nothing to
// count makes it 0. From report, Records are the rows that are reached and Missing those that
// are not.
type TargetFigure struct {
	Code        string  `json:"code"`
	Numerator   int64   `json:"numerator"`
	Denominator int64   `json:"denominator"`
	Rate        float64 `json:"rate"`
	Records     []ID    `json:"records,omitempty"`
	Missing     []ID    `json:"missing,omitempty"`
}

// NewTargetFigure works out the rate.
func NewTargetFigure(code string, numerator, denominator int64) TargetFigure {
	f := TargetFigure{Code: code, Numerator: numerator, Denominator: denominator}
	if denominator > 0 {
		f.Rate = float64(numerator) / float64(denominator)
	}
	return f
}

// SplitKey orders splits: "" first, then "audience=worker".
func (f Figure) SplitKey() string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(f.Split)) {
		parts = append(parts, k+"="+f.Split[k])
	}
	return strings.Join(parts, ",")
}

// Sort puts figures in the stable order: by code number, then split.
func (f *Figures) Sort() {
	slices.SortFunc(f.Indicators, func(a, b Figure) int {
		return cmp.Or(cmp.Compare(codeNumber(a.Code), codeNumber(b.Code)), cmp.Compare(a.SplitKey(), b.SplitKey()))
	})
	slices.SortFunc(f.Targets, func(a, b TargetFigure) int { return cmp.Compare(a.Code, b.Code) })
}

func codeNumber(code string) int {
	n := 0
	for _, r := range code {
		if r >= '0' && r <= '9' {
			n = n*10 + int(r-'0')
		}
	}
	return n
}

// Value finds one figure; ok is false when the report has no such figure.
func (f Figures) Value(code, splitKey string) (int64, bool) {
	for _, g := range f.Indicators {
		if g.Code == code && g.SplitKey() == splitKey {
			return g.Value, true
		}
	}
	return 0, false
}
