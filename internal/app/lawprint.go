package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sophobien/internal/law"
	"sophobien/internal/record"
	"sophobien/internal/report/pdf"
)

// PrintLaw writes a document, or one provision with all below it, as it stands on a day; ""
// is today.
func (a *App) PrintLaw(ctx context.Context, item, anchor string, on record.Date, path string) (record.Words, error) {
	return a.hand(ctx, path, func() (paper, error) {
		r, err := a.ReadLaw(ctx, item, on)
		if err != nil {
			return paper{}, err
		}
		text := pdf.LawText{
			Heading: strings.TrimSpace(r.Type + " " + r.Number), Title: r.Title, PrintedOn: record.DateOf(a.opts.Now()),
			Status: record.WordIn(record.LawStatuses, string(r.Status), "vi") + " vào ngày " + r.On.String(),
		}
		if r.Wording.Title != "" {
			text.Status += "; theo " + r.Wording.Title
		}
		if word := record.WordIn(record.LawConfidences, r.Confidence, "vi"); r.Confidence != "high" && word != "" {
			text.Status += ". " + word
		}
		text.Provisions = below(r.Provisions, anchor)
		if len(text.Provisions) == 0 {
			what := law.Say(anchor).VI
			return paper{}, record.Refuse(record.ErrNotFound, "Thư viện không có lời văn của "+cmp.Or(what, "văn bản này")+"; chưa ghi tệp nào.",
				"The library has no text of this; no file was written.")
		}
		b, err := pdf.Law(text)
		return paper{bytes: b}, err
	})
}

// levels are those of a legal text, the highest first.
var levels = [][]string{{"part", "annex"}, {"chapter"}, {"section"}, {"subsection"}, {"article"}, {"clause"}, {"point"}}

// below is a provision with all that stands in it; all of them for "".
func below(all []record.LawProvision, anchor string) []record.LawProvision {
	if anchor == "" {
		return all
	}
	from := slices.IndexFunc(all, func(p record.LawProvision) bool { return p.Anchor == anchor })
	if from < 0 {
		return nil
	}
	rank := func(p record.LawProvision) int {
		i := slices.IndexFunc(levels, func(l []string) bool { return slices.Contains(l, p.Level) })
		if i < 0 {
			return len(levels)
		}
		return i
	}
	to := from + 1
	for to < len(all) && rank(all[to]) > rank(all[from]) {
		to++
	}
	return all[from:to]
}
