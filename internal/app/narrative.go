package app

import (
	"context"

	"sophobien/internal/record"
	"sophobien/internal/report"
	"sophobien/internal/report/docx"
	"sophobien/internal/report/pdf"
)

// WriteNarrative writes the report of a period in words, as a Word document, to a file,
// whole or not at all.
func (a *App) WriteNarrative(ctx context.Context, p record.FigurePeriod, path string) error {
	return a.writeInWords(ctx, p, path, docx.Narrative)
}

// WritePages writes the same report as it will be printed, a PDF file.
func (a *App) WritePages(ctx context.Context, p record.FigurePeriod, path string) error {
	return a.writeInWords(ctx, p, path, pdf.Narrative)
}

func (a *App) writeInWords(ctx context.Context, p record.FigurePeriod, path string, draw func(report.Yearly) ([]byte, error)) error {
	_, err := a.hand(ctx, path, func() (paper, error) {
		y, err := a.Yearly(ctx, p)
		if err != nil {
			return paper{}, err
		}
		b, err := draw(y)
		return paper{bytes: b}, err
	})
	return err
}
