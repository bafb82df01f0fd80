package app

import (
	"context"

	"sophobien/internal/record"
	"sophobien/internal/report/pdf"
)

// WriteGuide writes a page of the help to print. It tells nothing of anybody.
func (a *App) WriteGuide(ctx context.Context, g record.Guide, path string) (record.Words, error) {
	return a.hand(ctx, path, func() (paper, error) {
		b, err := pdf.Guide(g)
		return paper{bytes: b}, err
	})
}
