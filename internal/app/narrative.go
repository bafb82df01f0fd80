package app

import (
	"context"

	"sophobien/internal/record"
	"sophobien/internal/report/docx"
)

// WriteNarrative writes the report of a period in words, as a Word document, to a file,
// whole or not at all.
func (a *App) WriteNarrative(ctx context.Context, p record.FigurePeriod, path string) error {
	_, err := a.hand(ctx, path, func() (paper, error) {
		y, err := a.Yearly(ctx, p)
		if err != nil {
			return paper{}, err
		}
		document, err := docx.Narrative(y)
		return paper{bytes: document}, err
	})
	return err
}
