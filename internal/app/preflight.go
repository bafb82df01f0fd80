package app

import (
	"context"
	"strings"

	"golang.org/x/text/unicode/norm"

	"sophobien/internal/record"
	"sophobien/internal/report"
)

// Preflight lists what would embarrass whoever signs the report of a period: what is
// missing, what cannot be right, and what should not leave the office.
func (a *App) Preflight(ctx context.Context, p record.FigurePeriod) ([]record.Concern, error) {
	in, err := a.reportInput(ctx, p)
	if err != nil {
		return nil, err
	}
	c := report.Checked{Input: in, Warnings: map[record.ID][]record.Warning{}}
	if c.Before, err = a.figuresBefore(ctx, p); err != nil {
		return nil, err
	}
	if c.Proved, err = a.db.Proved(ctx, "activity"); err != nil {
		return nil, explain(err)
	}
	for _, act := range report.Counted(in) {
		if c.Warnings[act.ID], err = a.ActivityWarnings(ctx, act); err != nil {
			return nil, err
		}
	}
	if c.Named, err = a.namedIn(ctx); err != nil {
		return nil, explain(err)
	}
	return report.Preflight(c), nil
}

// figuresBefore are those of the same part of the year before; nil where nothing was
// held then.
func (a *App) figuresBefore(ctx context.Context, p record.FigurePeriod) (*record.Figures, error) {
	in, err := a.reportInput(ctx, before(p))
	if err != nil || len(report.Counted(in)) == 0 {
		return nil, err
	}
	f := report.Compute(in)
	return &f, nil
}

// mostWords is how many words a name has at most that is looked for.
const mostWords = 6

// namedIn looks for the names of the register in a text, as they are written: a name
// without its marks is too often a word.
func (a *App) namedIn(ctx context.Context) (func(string) (string, bool), error) {
	names := map[string]bool{}
	err := a.db.EachName(ctx, func(name string) {
		if words := wordsOf(name); len(words) >= 2 && !record.NoName(name) {
			names[strings.Join(words, " ")] = true
		}
	})
	return func(text string) (string, bool) {
		words := wordsOf(text)
		for i := range words {
			for j := i + 2; j <= min(len(words), i+mostWords); j++ {
				if name := strings.Join(words[i:j], " "); names[name] {
					return name, true
				}
			}
		}
		return "", false
	}, err
}

// wordsOf are the words of a text, without the signs around them.
func wordsOf(text string) []string {
	words := strings.Fields(strings.ToLower(norm.NFC.String(text)))
	for i, w := range words {
		words[i] = strings.Trim(w, ".,;:!?()“”\"'")
	}
	return words
}
