package reports

import (
	"context"

	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Paging is what showing the report on paper asks of the office.
type Paging interface {
	// WritePages writes the report in words as it will be printed.
	WritePages(ctx context.Context, p record.FigurePeriod, path string) error
}

func (s *Screen) pagesButton() *kit.PushButton {
	return kit.Button(kit.T("Xem bản in"), fynetheme.IconNameDocumentPrint, func() { s.AskPages() })
}

// AskPages asks where the pages go, and opens them there: what is looked at before signing
// is what is printed.
func (s *Screen) AskPages() *kit.Dialog {
	return s.askWhere(kit.T("Xem bản in"), ".pdf", s.office.WritePages, kit.ShowWritten)
}
