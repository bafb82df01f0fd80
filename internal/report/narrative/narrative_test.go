package narrative_test

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sophobien/internal/report"
	"sophobien/internal/report/narrative"
	"sophobien/internal/report/reporttest"
)

func of(t *testing.T, y report.Yearly) narrative.Document {
	t.Helper()
	d, err := narrative.Of(y)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// paragraphs are all of a list, cells of tables among them.
func paragraphs(blocks []narrative.Block) []narrative.Para {
	var out []narrative.Para
	for _, b := range blocks {
		switch b := b.(type) {
		case narrative.Para:
			out = append(out, b)
		case narrative.Table:
			for _, row := range b.Rows {
				for _, c := range row {
					out = append(out, paragraphs(c)...)
				}
			}
		}
	}
	return out
}

// TestTextsAreClean, whatever people typed: who draws them need not look again.
func TestTextsAreClean(t *testing.T) {
	const odd = "a<b>\x00\x07\u202e\t\uFFFE\xff e\u0302\u0301\r\nhai\u2028ba"
	y := reporttest.Sample(3)
	y.Number, y.Basis, y.Texts["results"], y.Office.Name, y.Office.Place, y.Activities[0].Title = odd, odd, odd, odd, odd, odd
	d := of(t, y)
	texts := []string{d.Title, d.Office}
	for _, s := range d.Sections {
		for _, q := range paragraphs(s.Blocks) {
			for _, r := range q.Runs {
				texts = append(texts, r.Text)
			}
		}
	}
	for _, text := range texts {
		if !norm.NFC.IsNormalString(text) || strings.ContainsFunc(text, func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r&0xFFFE == 0xFFFE
		}) {
			t.Errorf("%q", text)
		}
	}
	if len(texts) < 500 {
		t.Errorf("only %d texts", len(texts))
	}
}

// TestBlocksFitTheirPaper: tables as wide as the text, a text for each column, styles there
// are, and only the wide table on the long side.
func TestBlocksFitTheirPaper(t *testing.T) {
	d := of(t, reporttest.Sample(5))
	if len(d.Sections) != 6 {
		t.Fatalf("%d sections", len(d.Sections))
	}
	for i, s := range d.Sections {
		want := narrative.TextWidth
		if s.Wide {
			want = narrative.PaperLong - narrative.MarginLeft - narrative.MarginRight
		}
		if s.Wide != (i == 3) {
			t.Errorf("section %d lies on its long side: %v", i, s.Wide)
		}
		for _, b := range s.Blocks {
			tbl, ok := b.(narrative.Table)
			if !ok {
				continue
			}
			sum := 0
			for _, w := range tbl.Widths {
				sum += w
			}
			if sum != want {
				t.Errorf("section %d: a table %d wide, want %d", i, sum, want)
			}
			for k, row := range tbl.Rows {
				if len(row) != len(tbl.Widths) {
					t.Errorf("section %d: row %d has %d cells", i, k, len(row))
				}
			}
		}
		for _, q := range paragraphs(s.Blocks) {
			if q.Look().Size == 0 {
				t.Errorf("%q is of no style: %q", q.Text(), q.Style)
			}
		}
	}
}

func TestWhatAParagraphHasOfItsOwnGoesBeforeItsStyle(t *testing.T) {
	got := narrative.Para{Style: narrative.Addressee, Align: narrative.AlignCentre, Before: 240, Left: 2900, Hanging: 180, Size: 12, Bold: true}.Look()
	want := narrative.StyleOf(narrative.Addressee)
	want.Align, want.Before, want.First, want.Size, want.Bold = narrative.AlignCentre, 240, -180, 12, true
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := (narrative.Para{Style: narrative.BodyText}).Look(); got != narrative.StyleOf(narrative.BodyText) {
		t.Errorf("%+v", got)
	}
}
