package ledger

import (
	"context"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Exporter writes a list as it is filtered. The words it gives back warn that the file
// holds names; empty when it does not.
type Exporter interface {
	ExportList(ctx context.Context, f record.ListFilter, columns []string, path string) (record.Words, error)
	PrintList(ctx context.Context, f record.ListFilter, columns []string, path string) (record.Words, error)
}

// offerOut shows what the list can become, under its button.
func (l *List) offerOut(office Exporter) {
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(kit.T("Ra bảng tính (XLSX)…"), func() { l.askOut(kit.T("Ra bảng tính"), ".xlsx", office.ExportList) }),
		fyne.NewMenuItem(kit.T("Bản in (PDF)…"), func() { l.askOut(kit.T("Bản in"), ".pdf", office.PrintList) }),
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l.out)
	kit.Menu(l.desk.Window, at.AddXY(0, l.out.Size().Height), items...)
}

func (l *List) askOut(heading, ending string, write func(context.Context, record.ListFilter, []string, string) (record.Words, error)) {
	filter, columns := l.filter, l.Columns()
	name := kit.FileName(ending, kit.In(l.listing.Heading), string(record.DateOf(l.desk.Now())))
	kit.AskFile(l.desk, heading, DefaultFolder, name, func(path string, ended func(error)) {
		kit.Do(l.desk.Runner, func(ctx context.Context) (record.Words, error) {
			return write(ctx, filter, columns, path)
		}, func(warning record.Words, err error) {
			ended(err)
			if err == nil {
				SayWritten(l.desk, path, warning)
			}
		})
	})
}

// SayWritten says which file was written, and what to be careful of, and offers it.
func SayWritten(desk kit.Desk, path string, warning record.Words) {
	kit.SayWritten(desk, path, warning)
}

// DefaultFolder is where files are written unless another folder is chosen. The
// program sets it once.
var DefaultFolder string
