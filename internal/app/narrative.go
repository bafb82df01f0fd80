package app

import (
	"context"
	"os"
	"path/filepath"

	"sophobien/internal/datadir"
	"sophobien/internal/record"
	"sophobien/internal/report/docx"
)

// WriteNarrative writes the report of a period in words, as a Word document, to a file,
// whole or not at all.
func (a *App) WriteNarrative(ctx context.Context, p record.FigurePeriod, path string) error {
	if err := a.checkTarget(path); err != nil {
		return err
	}
	y, err := a.Yearly(ctx, p)
	if err != nil {
		return err
	}
	document, err := docx.Narrative(y)
	if err != nil {
		return explain(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return explain(err)
	}
	return explain(datadir.WriteFile(path, document))
}
