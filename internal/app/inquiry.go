package app

import (
	"context"
	"strconv"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/report/xlsx"
)

// Inquire answers what somebody asks of the register in passing.
func (a *App) Inquire(ctx context.Context, q record.Inquiry) (record.Reply, error) {
	if err := q.Validate(); err != nil {
		return record.Reply{}, err
	}
	in, err := a.reportInput(ctx, report.Between(q.Period.From, q.Period.To))
	if err != nil {
		return record.Reply{}, err
	}
	return report.Inquire(in, a.Topics(), q)
}

// WriteReply answers an inquiry as a workbook. It holds numbers and the names of units,
// and names nobody.
func (a *App) WriteReply(ctx context.Context, q record.Inquiry, path string) error {
	_, err := a.hand(ctx, path, func() (paper, error) {
		r, err := a.Inquire(ctx, q)
		if err != nil {
			return paper{}, err
		}
		office, err := a.Office(ctx)
		if err != nil {
			return paper{}, err
		}
		b, err := xlsx.ListBook(replyList(r, office, record.DateOf(a.opts.Now())))
		return paper{bytes: b}, err
	})
	return err
}

// replyList is a reply as a list: a row for each part, and their sum where they come to
// the whole.
func replyList(r record.Reply, office record.Office, day record.Date) xlsx.List {
	m := record.MeasureOf(r.Inquiry.Measure)
	split := record.Words{VI: "Số liệu", EN: "Figure"}
	title := m.Words.VI
	rows := [][]string{{"Tổng số", strconv.FormatInt(r.Whole.Value, 10)}}
	if t := record.Word(record.Splits, r.Inquiry.Split); t != nil {
		split, title, rows = t.Words, title+" theo "+lowered(t.Words.VI), nil
		for _, p := range r.Parts {
			rows = append(rows, []string{p.Name.VI, strconv.FormatInt(p.Value, 10)})
		}
	}
	out := xlsx.List{
		Office: office, Title: title, Filter: r.Words.VI, PrintedOn: day,
		Columns: []record.ListColumn{
			{Name: "part", Words: split, Kind: record.ListText, Width: 30}, {Name: "value", Words: record.Words{VI: report.UpperFirst(m.Unit.VI), EN: m.Unit.EN}, Kind: record.ListNumber, Width: 12},
		},
		Rows: func(put func([]string) error) error {
			for _, row := range rows {
				if err := put(row); err != nil {
					return err
				}
			}
			return nil
		},
	}
	switch {
	case r.Overlaps:
		out.Filter += " " + record.OverlapWords.VI
	case len(r.Parts) > 0:
		out.Sums = map[string]int64{"value": r.Whole.Value}
	}
	return out
}
