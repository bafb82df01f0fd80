package ledger

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Waiting is the line above a list that says which drafts wait, with the way to them.
type Waiting struct {
	widget.BaseWidget

	OnOpen func(Leftover)
	// Says is the sentence for a draft that waits alone; nil or "" for the usual one.
	Says func(l Leftover, at string) string
	// Calls is what a draft is called among several; nil or "" for the usual words.
	Calls func(l Leftover, title string) string

	desk  kit.Desk
	blank string // what a new row is called that has no title yet
	list  []Leftover
	side  *fyne.Container
	stay  func(change func()) // makes a change without moving the rows below
	words *kit.Text
	open  *kit.PushButton
	line  *fyne.Container
}

// NewWaiting says nothing yet; a new row without a title is called blank.
func NewWaiting(desk kit.Desk, blank string) *Waiting {
	w := &Waiting{desk: desk, blank: blank, words: kit.Line("")}
	w.open = kit.Button(kit.T("Mở"), "", w.tapped)
	w.line = kit.Border(nil, nil, widget.NewIcon(theme.Icon(fynetheme.IconNameDocumentCreate)), w.open, w.words)
	w.ExtendBaseWidget(w)
	w.Hide()
	return w
}

// Over stands above a list; stay makes a change without moving the rows of that.
func (w *Waiting) Over(list fyne.CanvasObject, stay func(change func())) *fyne.Container {
	w.side, w.stay = kit.Border(w, nil, nil, nil, list), stay
	return w.side
}

// Tell says which drafts wait, the newest first.
func (w *Waiting) Tell(list []Leftover) {
	w.list = list
	switch len(list) {
	case 0:
	case 1:
		w.words.SetText(w.sentence(list[0]))
		w.open.SetText(kit.T("Mở"))
	default:
		w.words.SetText(kit.T("Có {{.N}} bản nháp chưa lưu, mới nhất {{.At}}", map[string]any{"N": kit.Number(int64(len(list))), "At": w.when(list[0].At)}))
		w.open.SetText(kit.T("Xem…"))
	}
	w.line.Refresh() // the button may have become wider
	if waits := len(list) > 0; waits != w.Visible() && w.side != nil {
		w.stay(func() {
			kit.SetVisible(w, waits)
			w.side.Refresh()
		})
	}
}

func (w *Waiting) sentence(l Leftover) string {
	at := w.when(l.At)
	if w.Says != nil {
		if said := w.Says(l, at); said != "" {
			return said
		}
	}
	if l.ID.IsZero() {
		return kit.T("Có bản nháp chưa lưu, {{.At}}", map[string]any{"At": at})
	}
	return kit.T("Có chỗ sửa chưa lưu, {{.At}}", map[string]any{"At": at})
}

// tapped opens the one that waits, or lets one of several be chosen.
func (w *Waiting) tapped() {
	if len(w.list) == 1 {
		w.OnOpen(w.list[0])
		return
	}
	var items []*fyne.MenuItem
	for _, l := range w.list {
		items = append(items, fyne.NewMenuItem(w.item(l), func() { w.OnOpen(l) }))
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(w.open)
	kit.Menu(w.desk.Window, at.AddXY(0, w.open.Size().Height), items...)
}

// longestTitle is how much of a title stands in the menu.
const longestTitle = 48

func (w *Waiting) item(l Leftover) string {
	words, title := "", w.title(l)
	if w.Calls != nil {
		words = w.Calls(l, title)
	}
	switch {
	case words != "":
	case l.ID.IsZero():
		words = kit.T("Ghi mới: {{.Title}}", map[string]any{"Title": title})
	default:
		words = kit.T("Sửa: {{.Title}}", map[string]any{"Title": title})
	}
	return words + ", " + w.when(l.At)
}

func (w *Waiting) title(l Leftover) string {
	if l.Title == "" {
		return w.blank
	}
	title := strings.Join(strings.Fields(l.Title), " ")
	if r := []rune(title); len(r) > longestTitle {
		return string(r[:longestTitle]) + "…"
	}
	return title
}

// when is the clock of today, with the date of another day.
func (w *Waiting) when(at time.Time) string {
	clock := at.Format("15:04")
	if record.DateOf(at) == record.DateOf(w.desk.Now()) {
		return clock
	}
	return kit.T("{{.Clock}} ngày {{.Date}}", map[string]any{"Clock": clock, "Date": at.Format("02/01/2006")})
}

// CreateRenderer puts the button behind the words.
func (w *Waiting) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.InsetXY(theme.SizeGroup, theme.SizeTight, w.line))
}
