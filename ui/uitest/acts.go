package uitest

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"sophobien/internal/record"
)

func (o *Office) inPeriod(f record.ActivityFilter, a record.Activity) bool {
	if f.Touching && f.Period.From != "" {
		return a.When.Date <= f.Period.To && a.When.Last() >= f.Period.From
	}
	return f.Period.Has(a.When.Date)
}

func activityOrder(by record.ActivityOrder) func(a, b record.ActivityLine) int {
	newest := func(a, b record.ActivityLine) int {
		return cmp.Or(-cmp.Compare(a.Date, b.Date), cmp.Compare(a.Title, b.Title))
	}
	switch by {
	case record.OldestFirst:
		return func(a, b record.ActivityLine) int { return -newest(a, b) }
	case record.ByTitle:
		return func(a, b record.ActivityLine) int {
			return cmp.Or(cmp.Compare(bare(a.Title), bare(b.Title)), newest(a, b))
		}
	case record.MostPeople:
		return func(a, b record.ActivityLine) int { return cmp.Or(-cmp.Compare(a.Total, b.Total), newest(a, b)) }
	}
	return newest
}

// reasoned refuses to change what is closed without a reason given now.
func (o *Office) reasoned(a *record.Activity) error {
	before, there := o.acts[a.ID]
	given := a.Reason
	a.Reason = before.Reason
	if !there || before.Status != "closed" || len(record.Changed(before, *a)) == 0 {
		return nil
	}
	if given == "" || given == before.Reason {
		return record.Refuse(record.ErrConflict, "Hoạt động đã chốt. Hãy ghi lý do sửa, hoặc bỏ chỗ sửa.", "Closed.")
	}
	a.Reason = record.DateOf(Now).String() + ": " + given
	return nil
}

// noteStep keeps what an activity was before a step, under the batch of that step.
func (o *Office) noteStep(a record.Activity) {
	if o.steps == nil {
		o.steps = map[record.ID][]record.HistoryLine{}
	}
	line := record.HistoryLine{At: Now.UnixMilli(), Officer: "Y Ngọc", Batch: fmt.Sprintf("step%d", len(o.Calls)), Words: record.Words{VI: "Ghi mới", EN: "Recorded"}}
	if before, there := o.acts[a.ID]; there {
		o.deleted[line.Batch] = before
		line.Words = record.Words{
			VI: "Sửa tình trạng: " + record.WordIn(record.Statuses, before.Status, "vi") + " → " + record.WordIn(record.Statuses, a.Status, "vi"),
			EN: "Changed",
		}
	}
	o.steps[a.ID] = append([]record.HistoryLine{line}, o.steps[a.ID]...)
}

// History tells the steps of an activity, the newest first.
func (o *Office) History(_ context.Context, ref record.Ref) ([]record.HistoryLine, error) {
	return slices.Clone(o.steps[ref.ID]), o.called("History")
}

// Holidays are the days off of a span.
func (o *Office) Holidays(_ context.Context, p record.Period) ([]record.Holiday, error) {
	var out []record.Holiday
	for _, h := range o.DaysOff {
		if p.Has(h.Day) {
			out = append(out, h)
		}
	}
	return out, o.called("Holidays")
}

// ActivityWarnings says of every activity what the test has put down.
func (o *Office) ActivityWarnings(context.Context, record.Activity) ([]record.Warning, error) {
	return o.Warnings, o.called("ActivityWarnings")
}

// Note adds a line to the history of an activity.
func (o *Office) Note(id record.ID, words string) { o.NoteOf(record.Ref{}, id, words) }

// NoteOf is Note for a step of a row that belongs to an activity.
func (o *Office) NoteOf(of record.Ref, id record.ID, words string) {
	line := record.HistoryLine{At: Now.UnixMilli(), Officer: "Y Ngọc", Words: record.Words{VI: words, EN: words}, Batch: "noted", Of: of}
	o.steps[id] = append([]record.HistoryLine{line}, o.steps[id]...)
}
