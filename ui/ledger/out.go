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
func (l *List) offerOut(office Exporter) { OfferOut(l.desk, l.out, office, l.filter, l.Columns()) }

// OfferOut shows under a button what a list can become as it is filtered; no columns are
// those in sight by themselves.
func OfferOut(desk kit.Desk, button fyne.CanvasObject, office Exporter, f record.ListFilter, columns []string) {
	out := goingOut{desk, f, columns}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem(kit.T("Ra bảng tính (XLSX)…"), func() { out.ask(kit.T("Ra bảng tính"), ".xlsx", office.ExportList) }),
		fyne.NewMenuItem(kit.T("Bản in (PDF)…"), func() { out.ask(kit.T("Bản in"), ".pdf", office.PrintList) }),
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(button)
	kit.Menu(desk.Window, at.AddXY(0, button.Size().Height), items...)
}

// goingOut is a list about to be written.
type goingOut struct {
	desk    kit.Desk
	filter  record.ListFilter
	columns []string
}

func (o goingOut) ask(heading, ending string, write func(context.Context, record.ListFilter, []string, string) (record.Words, error)) {
	name := kit.FileName(ending, kit.In(record.ListingOf(o.filter.Noun).Heading), string(record.DateOf(o.desk.Now())))
	kit.AskFile(o.desk, heading, DefaultFolder, name, func(path string, ended func(error)) {
		kit.Do(o.desk.Runner, func(ctx context.Context) (record.Words, error) {
			return write(ctx, o.filter, o.columns, path)
		}, func(warning record.Words, err error) {
			ended(err)
			if err == nil {
				kit.SayWritten(o.desk, path, warning)
			}
		})
	})
}

// DefaultFolder is where files are written unless another folder is chosen. The
// program sets it once.
var DefaultFolder string
