package report

import (
	"fmt"
	"slices"
	"strings"

	"sophobien/internal/record"
)

// Estimate is what the figures of a period come to by its last day, "ước thực hiện", seen
// from a day before: what is recorded so far, with the plans of the days to come taken as
// held. A plan that does not say how many will come brings as many as activities of its kind
// brought on average. nil when the period is over, or begins later.
func Estimate(in Input, today record.Date) *record.Figures {
	if today >= in.Period.To || today < in.Period.From {
		return nil
	}
	f := Compute(withUsualHeads(heldAsPlanned(in, today), counted(in), today))
	return bare(&f)
}

// withUsualHeads gives the plans without a head count that of their kind so far.
func withUsualHeads(in Input, held []*record.Activity, today record.Date) Input {
	sum, times := map[string]record.HeadCount{}, map[string]int64{}
	for _, a := range held {
		if a.Heads.Total > 0 {
			sum[a.Kind] = added(sum[a.Kind], a.Heads)
			times[a.Kind]++
		}
	}
	for i := range in.Activities {
		a := &in.Activities[i]
		if n := times[a.Kind]; n > 0 && a.Heads.Total == 0 && a.When.Date >= today && !slices.ContainsFunc(held, func(h *record.Activity) bool { return h.ID == a.ID }) {
			a.Heads = divided(sum[a.Kind], n)
		}
	}
	return in
}

func added(a, b record.HeadCount) record.HeadCount {
	return record.HeadCount{
		Total: a.Total + b.Total, Women: a.Women + b.Women, Workers: a.Workers + b.Workers, Employers: a.Employers + b.Employers, Officials: a.Officials + b.Officials,
		Reporters: a.Reporters + b.Reporters, Mediators: a.Mediators + b.Mediators, EthnicMinority: a.EthnicMinority + b.EthnicMinority, Disabled: a.Disabled + b.Disabled,
	}
}

// divided rounds every part down, so that parts never add up to more than the total.
func divided(h record.HeadCount, n int64) record.HeadCount {
	return record.HeadCount{
		Total: h.Total / n, Women: h.Women / n, Workers: h.Workers / n, Employers: h.Employers / n, Officials: h.Officials / n,
		Reporters: h.Reporters / n, Mediators: h.Mediators / n, EthnicMinority: h.EthnicMinority / n, Disabled: h.Disabled / n,
	}
}

// Unfinished says that the period of a report is not over on the day it is printed, and what
// its main figures are estimated to come to; "" when it is over.
func (y Yearly) Unfinished() string {
	p := y.Figures.Period
	if y.Printed == "" || p.To <= y.Printed {
		return ""
	}
	out := fmt.Sprintf("Kỳ chưa kết thúc: số liệu thực tế đến ngày in %s.", y.Printed)
	if y.Estimate == nil {
		return out
	}
	var parts []string
	more := false
	for _, code := range []string{"I2", "I3", "I4", "I5"} {
		v, _ := y.Estimate.Value(code, "")
		now, _ := y.Figures.Value(code, "")
		more = more || v != now
		if v > 0 {
			f := record.Figure{Code: code}
			parts = append(parts, grouped(v, "vi")+" "+UnitIn(f, "vi")+" ("+LowerFirst(FigureWords(f, nil, "vi"))+")")
		}
	}
	if !more {
		return out + " Những ngày còn lại chưa có hoạt động nào trong kế hoạch."
	}
	return out + " Ước cả kỳ, tính cả những hoạt động đã có trong kế hoạch của những ngày còn lại: " + strings.Join(parts, "; ") + "."
}
