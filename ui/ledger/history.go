package ledger

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Past tells what was done to a row.
type Past interface {
	History(ctx context.Context, ref record.Ref) ([]record.HistoryLine, error)
}

// ShowHistory shows in a dialog what was done to a row, the newest first.
func ShowHistory(desk kit.Desk, office Past, ref record.Ref, title string) {
	kit.Do(desk.Runner, func(ctx context.Context) ([]record.HistoryLine, error) {
		return office.History(ctx, ref)
	}, func(lines []record.HistoryLine, err error) {
		if err != nil {
			desk.Say(kit.Sentence(err), nil)
			return
		}
		kit.ShowBody(desk.Window, kit.Plain, kit.T("Lịch sử: {{.Title}}", map[string]any{"Title": title}), historyBody(desk.Now(), lines))
	})
}

// shownSteps is how many steps a dialog holds; a row has rarely more.
const shownSteps = 200

func historyBody(now time.Time, lines []record.HistoryLine) fyne.CanvasObject {
	body := kit.VStack(theme.SizeGroup)
	for _, l := range lines[:min(len(lines), shownSteps)] {
		when := kit.When(time.UnixMilli(l.At).UTC().Format(time.RFC3339), now)
		if l.Officer != "" {
			when += " · " + l.Officer
		}
		body.Add(kit.VStack(theme.SizeNone, kit.Caption(when), kit.Paragraph(kit.In(l.Words))))
	}
	return container.New(high{}, container.NewVScroll(body))
}

// high is a page of a dialog: two thirds of what the smallest screen has room for.
type high struct{}

func (high) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, 420)
}

func (high) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}
