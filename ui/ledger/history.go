package ledger

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Past tells what was done to a row, in sentences, the newest first.
type Past interface {
	History(ctx context.Context, ref record.Ref) ([]record.HistoryLine, error)
}

// shownLines is how much of a history stands in the sheet at once, in lines of a list.
const shownLines = 12

// mostSteps is how many steps a sheet holds; a row has rarely more.
const mostSteps = 200

// ShowHistory reads what was done to a row and shows it in a sheet: when, who, what.
// Title names the row for the heading.
func ShowHistory(desk kit.Desk, office Past, ref record.Ref, title string) {
	kit.Do(desk.Runner, func(ctx context.Context) ([]record.HistoryLine, error) {
		return office.History(ctx, ref)
	}, func(lines []record.HistoryLine, err error) {
		heading := kit.T("Lịch sử: {{.Title}}", map[string]any{"Title": title})
		switch {
		case err != nil:
			kit.ShowError(desk.Window, heading, err)
		case len(lines) == 0:
			kit.ShowSentence(desk.Window, kit.Plain, heading, kit.T("Chưa có gì được ghi lại."))
		default:
			reader := kit.NewReader(shownLines, historyPage(lines[:min(len(lines), mostSteps)], desk.Now()))
			kit.ShowBody(desk.Window, kit.Plain, heading, reader)
			if reader.Long() {
				desk.Window.Canvas().Focus(reader)
			}
		}
	})
}

func historyPage(lines []record.HistoryLine, now time.Time) fyne.CanvasObject {
	page := kit.VStack(theme.SizeGap)
	for i, l := range lines {
		if i > 0 {
			page.Add(kit.Hairline())
		}
		at := time.UnixMilli(l.At).In(now.Location())
		who := l.Officer
		if who == "" {
			who = kit.T("không rõ ai ghi")
		}
		page.Add(container.New(stepLine{}, kit.Caption(at.Format("15:04  02/01/2006")), kit.Caption(who), kit.Paragraph(kit.In(l.Words))))
	}
	return page
}

// stepLine puts when and who at the left, under each other, and what at the right.
type stepLine struct{}

func (stepLine) left() float32 { return fynetheme.Size(fynetheme.SizeNameText) * 10 }

func (l stepLine) MinSize(o []fyne.CanvasObject) fyne.Size {
	head := o[0].MinSize().Height + o[1].MinSize().Height
	what := o[2].MinSize()
	return fyne.NewSize(l.left()+what.Width, max(head, what.Height))
}

func (l stepLine) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left, gap := l.left(), fynetheme.Size(theme.SizeGap)
	y := float32(0)
	for _, words := range o[:2] {
		h := words.MinSize().Height
		words.Move(fyne.NewPos(0, y))
		words.Resize(fyne.NewSize(left-gap, h))
		y += h
	}
	o[2].Move(fyne.NewPos(left, 0))
	o[2].Resize(fyne.NewSize(size.Width-left, size.Height))
}
