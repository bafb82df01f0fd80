package recount_test

import (
	"cmp"
	"context"
	"slices"
	"testing"

	diff "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sophobien/internal/record"
	"sophobien/internal/recount"
	"sophobien/internal/report"
)

// TestAnInquiryIsCountedAgain asks every measure of drawn offices, in a split and
// narrowed as the draw has it, and counts each answer a second time.
func TestAnInquiryIsCountedAgain(t *testing.T) {
	db := openTables(t)
	asked := 0
	for range 4 {
		rapid.Check(t, func(t *rapid.T) {
			o := drawOffice(t)
			fill(t, db, o)
			for range 3 {
				m := rapid.SampledFrom(record.Measures).Draw(t, "measure")
				q := record.Inquiry{Measure: m.Code, Period: o.period.Span(), Split: rapid.SampledFrom(append(m.Splits, "")).Draw(t, "split"), Only: o.drawOnly(t, m)}
				if q.Validate() != nil {
					q.Period = record.Period{} // the drawn days make no sense
				}
				asked++
				r, err := report.Inquire(o.input(), nil, q)
				if err != nil {
					t.Fatal(err)
				}
				got, err := recount.Inquire(context.Background(), db, q)
				if err != nil {
					t.Fatal(err)
				}
				if d := diff.Diff(counted(r), sortedByPart(got)); d != "" {
					t.Fatalf("%+v: report and recount differ (-report +recount):\n%s\n%v", q, d, o)
				}
			}
		})
		if t.Failed() {
			return
		}
	}
	t.Logf("%d inquiries", asked)
}

// drawOnly narrows by none, one or two splits, to parts that may be there.
func (o office) drawOnly(t *rapid.T, m record.Measure) map[string]string {
	out := map[string]string{}
	parts := map[string][]string{
		"month": {"2024-02", "2024-12"}, "kind": {"training", "contest", ""}, "audience": {"worker", "other"}, "topic": {"LD01", "ld02", ""},
		"task": {"IV.1.a", ""}, "material": {"leaflet", "other"}, "place": {anID(1000).String(), anID(1002).String(), ""}, "unit": {anID(1001).String(), ""},
	}
	for range rapid.IntRange(0, 2).Draw(t, "narrowed") {
		split := rapid.SampledFrom(m.Splits).Draw(t, "narrowed by")
		out[split] = rapid.SampledFrom(parts[split]).Draw(t, "narrowed to")
	}
	return out
}

// counted is a reply as the second count has it: no rows, no empty parts.
func counted(r record.Reply) []record.Figure {
	out := []record.Figure{{Code: r.Whole.Code, Split: r.Whole.Split, Value: r.Whole.Value}}
	for _, p := range r.Parts {
		if p.Value != 0 {
			out = append(out, record.Figure{Code: p.Code, Split: p.Split, Value: p.Value})
		}
	}
	return sortedByPart(out)
}

func sortedByPart(figures []record.Figure) []record.Figure {
	slices.SortFunc(figures, func(a, b record.Figure) int { return cmp.Compare(a.SplitKey(), b.SplitKey()) })
	return figures
}
