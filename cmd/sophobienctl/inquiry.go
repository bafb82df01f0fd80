package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"sophobien/internal/app"
	"sophobien/internal/record"
	"sophobien/internal/report"
)

// inquiry holds the flags of a question asked in passing.
type inquiry struct {
	measure, split string
	only           map[string]string
}

func (i *inquiry) flags(cmd *cobra.Command) {
	var measures, splits []string
	for _, m := range record.Measures {
		measures = append(measures, m.Code)
	}
	for _, s := range record.Splits {
		splits = append(splits, s.Code)
	}
	cmd.Flags().StringVar(&i.measure, "ask", "", "chỉ đếm một điều: "+strings.Join(measures, ", ")+" (với --xlsx: ghi câu trả lời vào tệp)")
	cmd.Flags().StringVar(&i.split, "by", "", "chia câu trả lời theo: "+strings.Join(splits, ", "))
	cmd.Flags().StringToStringVar(&i.only, "only", nil, "chỉ kể một phần, như kind=training hoặc audience=worker")
}

func (i *inquiry) of(p record.FigurePeriod) record.Inquiry {
	return record.Inquiry{Measure: i.measure, Period: p.Span(), Split: i.split, Only: i.only}
}

// replyPart is one part of an answer, as it is printed.
type replyPart struct {
	Part    string      `json:"part"`
	Name    string      `json:"name"`
	Value   int64       `json:"value"`
	Records []record.ID `json:"records"`
}

// answer prints what an inquiry comes to, and writes it to a workbook where one is named.
func (c *ctl) answer(cmd *cobra.Command, a *app.App, q record.Inquiry, book string) error {
	r, err := a.Inquire(cmd.Context(), q)
	if err != nil {
		return err
	}
	if book != "" {
		if err := a.WriteReply(cmd.Context(), q, book); err != nil {
			return err
		}
	}
	parts := make([]replyPart, len(r.Parts))
	text := r.Words.VI
	for i, p := range r.Parts {
		parts[i] = replyPart{p.Part, p.Name.VI, p.Value, append([]record.ID{}, p.Records...)}
		text += fmt.Sprintf("\n%12s  %s", report.Grouped(fmt.Sprint(p.Value), "vi"), p.Name.VI)
	}
	return c.print(map[string]any{
		"ask": q.Measure, "by": q.Split, "only": q.Only, "from": q.Period.From, "to": q.Period.To, "value": r.Whole.Value, "parts": parts, "overlaps": r.Overlaps, "words": r.Words.VI,
	}, text)
}
