package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// topLine says where one is, takes the search, and shows the two states that
// matter: the last backup and the last hand-over.
type topLine struct {
	widget.BaseWidget

	place  *kit.Text
	search *kit.KeyEntry
	backup *kit.Note
	handed *kit.Note
}

// newTopLine tells what is typed, what is to be found everywhere, and, with ↓, that one
// goes on to what the search has left.
func newTopLine(onSearch, onFind func(string), onDown func()) *topLine {
	t := &topLine{
		place: kit.Page(""), search: kit.NewKeyEntry(),
		backup: kit.NewNote(kit.Plain, ""), handed: kit.NewNote(kit.Plain, ""),
	}
	t.place.Whole = true
	t.hint(true)
	t.search.Icon = theme.Icon(fynetheme.IconNameSearch)
	t.search.OnChanged, t.search.OnSubmitted = onSearch, onFind
	t.search.OnKey = func(key *fyne.KeyEvent) bool {
		if key.Name != fyne.KeyDown {
			return false
		}
		onDown()
		return true
	}
	t.ExtendBaseWidget(t)
	return t
}

// setSearch shows what the open area is narrowed to.
func (t *topLine) setSearch(text string) {
	if t.search.Text == text {
		return
	}
	told := t.search.OnChanged
	t.search.OnChanged = nil
	t.search.SetText(text)
	t.search.OnChanged = told
}

func (t *topLine) setPlace(word string) { t.place.SetText(word) }

// setTrouble says in two words that the states could not be read; the sentence has
// no room here.
func (t *topLine) setTrouble(damaged bool) {
	words := kit.T("Chưa đọc được sổ")
	if damaged {
		words = kit.T("Sổ bị hỏng")
	}
	t.backup.Set(kit.Wrong, words)
	t.handed.Set(kit.Plain, "")
	t.Refresh()
}

func (t *topLine) setStatus(st record.Status, now time.Time) {
	t.backup.Set(kit.Stamped(kit.T("Sao lưu"), st.LastBackup, now))
	t.handed.Set(kit.Stamped(kit.T("Đóng gói"), st.LastHandOver, now))
	kit.SetVisible(t.handed, !st.Collects)
	t.Refresh()
}

// hint says in the empty search what it does, in full where there is room for that.
func (t *topLine) hint(full bool) {
	words := kit.T("Tìm (Ctrl+K)")
	if full {
		words = fullHint()
	}
	if t.search.PlaceHolder != words {
		t.search.SetPlaceHolder(words)
	}
}

func fullHint() string { return kit.T("Tìm (Ctrl+K); Enter: tìm khắp sổ") }

func (t *topLine) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(topLayout{t.hint}, t.place, t.search, t.backup, t.handed))
}

// topLayout gives the place what it needs, each state a column, and the search
// what is left between them; hint is told whether that is enough for all it could say.
type topLayout struct{ hint func(full bool) }

func (topLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	edge, gap := fynetheme.Size(theme.SizeEdge), fynetheme.Size(theme.SizeGap)
	ems := fynetheme.TextSize()
	return fyne.NewSize(o[0].MinSize().Width+2*edge+20*ems, o[1].MinSize().Height+2*gap)
}

func (l topLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	edge, group := fynetheme.Size(theme.SizeEdge), fynetheme.Size(theme.SizeGroup)
	ems := fynetheme.TextSize()
	x := edge
	put := func(i int, width, height float32) {
		o[i].Move(fyne.NewPos(x, (size.Height-height)/2))
		o[i].Resize(fyne.NewSize(width, height))
		x += width + group
	}
	place := max(o[0].MinSize().Width, 8*ems)
	states := 14 * ems
	if size.Width < 75*ems {
		states = 11 * ems
	}
	room := max(size.Width-2*edge-place-2*states-3*group, 6*ems)
	put(0, place, o[0].MinSize().Height)
	width := min(room, 30*ems)
	l.hint(fyne.MeasureText(fullHint(), ems, fyne.TextStyle{}).Width+4*ems <= width) // an icon stands before it
	put(1, width, o[1].MinSize().Height)
	x = max(x, size.Width-edge-2*states-group)
	for i := 2; i < 4; i++ {
		o[i].Resize(fyne.NewSize(states, o[i].MinSize().Height))
		put(i, states, o[i].MinSize().Height)
	}
}
