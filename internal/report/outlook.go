package report

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sophobien/internal/record"
)

// Outlook is where a target is heading: how it stands, how it would stand if all that
// is planned were held, and what would move it.
type Outlook struct {
	Target  record.Target
	Now     record.TargetFigure
	Planned record.TargetFigure // with the planned activities of the days to come held
	// Needed is how many more rows must be reached for the threshold, Movers those that
	// are missing, the ones that lack least first.
	Needed int64
	Movers []record.ID
	// Sessions is how many activities the nearest Needed units lack; 0 for what is not
	// counted by units.
	Sessions int64
	// LastWeek is the Monday of the last week in which it is sensible to begin: after that
	// the pace of the year so far does not suffice. Empty when nothing is needed, or the
	// period is over.
	LastWeek record.Date
}

// Outlooks tells where each target of the period is heading, seen from a day.
func Outlooks(in Input, today record.Date) []Outlook {
	now := newComputation(in)
	figures := now.targets()
	planned := newComputation(heldAsPlanned(in, today)).targets()
	out := make([]Outlook, 0, len(figures))
	for i, f := range figures {
		targets := TargetsOn(in.Targets, in.Period.To)
		at := slices.IndexFunc(targets, func(t record.Target) bool { return t.Code == f.Code })
		o := Outlook{Target: targets[at], Now: f, Planned: planned[i], Movers: f.Missing}
		o.Needed = max(0, needed(o.Target.Threshold, f.Denominator)-f.Numerator)
		if o.Target.Counts == "units" {
			now.nearestFirst(&o)
		}
		o.LastWeek = now.lastWeek(o, today)
		out = append(out, o)
	}
	return out
}

// needed is how many of all reach a threshold in per cent, rounded up.
func needed(threshold, all int64) int64 { return (threshold*all + 99) / 100 }

// heldAsPlanned takes the plans of the days to come as held.
func heldAsPlanned(in Input, today record.Date) Input {
	in.Activities = slices.Clone(in.Activities)
	for i := range in.Activities {
		if a := &in.Activities[i]; a.Status == "planned" && a.When.Date >= today {
			a.Status = "held"
		}
	}
	return in
}

// nearestFirst puts the units that lack least first, then those with most workers, and
// counts what the nearest of them lack.
func (c *computation) nearestFirst(o *Outlook) {
	times := c.timesAt(o.Target)
	lacks := func(id record.ID) int64 { return o.Target.Least - times[id] }
	o.Movers = slices.Clone(o.Movers)
	slices.SortFunc(o.Movers, func(a, b record.ID) int {
		return cmp.Or(cmp.Compare(lacks(a), lacks(b)), cmp.Compare(c.in.Units[b].Workers.Total, c.in.Units[a].Workers.Total), bytes.Compare(a[:], b[:]))
	})
	for _, id := range o.Movers[:min(o.Needed, int64(len(o.Movers)))] {
		o.Sessions += lacks(id)
	}
}

// lastWeek is the week in which to begin at the latest: sessions take as many weeks as
// the year's pace says, everything else takes one.
func (c *computation) lastWeek(o Outlook, today record.Date) record.Date {
	p := c.in.Period
	if o.Needed == 0 || today > p.To || o.Target.Owner != "office" {
		return ""
	}
	weeks := int64(1)
	if o.Sessions > 0 {
		passed := max(1, daysIn(p.From, today)/7)
		held := int64(0)
		for _, a := range c.held {
			if a.When.Date <= today && (len(o.Target.Kinds) == 0 || slices.Contains(o.Target.Kinds, a.Kind)) {
				held++
			}
		}
		pace := max(1, held/passed) // sessions a week
		weeks = (o.Sessions + pace - 1) / pace
	}
	return monday(p.To.AddDays(1 - int(7*weeks)))
}

// monday is the Monday of a day's week.
func monday(d record.Date) record.Date {
	return d.AddDays(-(int(d.Time().Weekday()) + 6) % 7)
}

// Late reports whether the last sensible week has passed.
func (o Outlook) Late(today record.Date) bool {
	return o.LastWeek != "" && o.LastWeek.AddDays(6) < today
}

// Words is the outlook in one sentence: what is missing, what the plans bring, and until
// when it can be caught up.
func (o Outlook) Words(today record.Date) record.Words {
	if o.Now.Denominator == 0 {
		return record.Words{VI: "Chưa có gì để tính.", EN: "Nothing to count yet."}
	}
	if o.Needed == 0 {
		return record.Words{VI: "Đã đạt.", EN: "Reached."}
	}
	what := outlookWords[o.Target.Counts]
	vi := []string{fmt.Sprintf("Còn thiếu %s %s", grouped(o.Needed, "vi"), what.VI)}
	en := []string{fmt.Sprintf("%s more %s needed", grouped(o.Needed, "en"), what.EN)}
	if o.Sessions > 0 {
		vi[0] += fmt.Sprintf(" (%s cuộc)", grouped(o.Sessions, "vi"))
		en[0] += fmt.Sprintf(" (%s sessions)", grouped(o.Sessions, "en"))
	}
	if more := o.Planned.Numerator - o.Now.Numerator; more > 0 {
		vi = append(vi, fmt.Sprintf("kế hoạch đã có sẽ thêm %s", grouped(more, "vi")))
		en = append(en, fmt.Sprintf("the plans bring %s", grouped(more, "en")))
	}
	switch {
	case o.LastWeek == "":
	case o.Late(today):
		vi = append(vi, "với nhịp từ đầu kỳ thì không còn kịp")
		en = append(en, "at the pace so far there is no time left")
	default:
		vi = append(vi, fmt.Sprintf("chậm nhất phải bắt đầu tuần từ %s", o.LastWeek))
		en = append(en, fmt.Sprintf("begin in the week of %s at the latest", o.LastWeek))
	}
	return record.Words{VI: strings.Join(vi, "; ") + ".", EN: strings.Join(en, "; ") + "."}
}

var outlookWords = map[string]record.Words{
	"units": {VI: "đơn vị", EN: "units"}, "documents": {VI: "văn bản", EN: "texts"},
	"questions": {VI: "câu trả lời", EN: "answers"}, "dialogue": {VI: "hội nghị đối thoại", EN: "dialogue"},
}

func grouped(n int64, lang string) string { return Grouped(strconv.FormatInt(n, 10), lang) }
