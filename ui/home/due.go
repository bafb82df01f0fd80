package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// dueBlock is what waits, under its heading.
type dueBlock struct {
	content *fyne.Container
	many    *kit.Text
	list    *dueList
	none    *kit.Note
}

func newDueBlock(open func(record.Errand), follow func()) *dueBlock {
	d := &dueBlock{many: kit.Caption(""), none: kit.NewNote(kit.Fine, kit.T("Không có câu hỏi nào đến hạn, không có kế hoạch nào trong hai tuần tới."))}
	d.list = newDueList(open, follow)
	heading := kit.Section(kit.T("Việc đến hạn"))
	heading.Whole, d.many.Whole = true, true
	top := kit.VStack(theme.SizeTight, container.New(&head{}, heading, d.many), kit.Hairline())
	d.content = kit.Border(top, nil, nil, nil, container.NewStack(d.list, kit.InsetXY(theme.SizeNone, theme.SizeGap, d.none)))
	return d
}

func (d *dueBlock) set(o record.Overview) {
	words := ""
	if n := len(o.Due) + o.DueMore; n > 0 {
		words = kit.T("{{.N}} việc", map[string]any{"N": kit.Number(int64(n))})
		if late := passed(o.Due); late > 0 {
			words += kit.T(", {{.N}} việc đã qua hạn", map[string]any{"N": kit.Number(int64(late))})
		}
	}
	d.many.SetText(words)
	d.list.set(o.Due)
	kit.SetVisible(d.list, len(o.Due) > 0)
	kit.SetVisible(d.none, len(o.Due) == 0)
	d.content.Refresh()
}

func passed(lines []record.DueLine) int {
	n := 0
	for _, l := range lines {
		if l.State == record.DuePassed {
			n++
		}
	}
	return n
}

// dueList shows as many lines as fit. It has the keyboard:
//
//	arrows, Page Up, Page Down, Home, End   from line to line
//	Enter, Space                            open the line
//
// The line at its foot says how many more there are; a click on it shows them.
type dueList struct {
	widget.BaseWidget

	open   func(record.Errand)
	follow func()

	lines   []record.DueLine
	rows    []*dueRow
	more    *moreRow
	first   int // line shown at the top
	room    int // lines that fit
	at      int // line the keyboard is on
	focused bool
}

func newDueList(open func(record.Errand), follow func()) *dueList {
	l := &dueList{open: open, follow: follow, room: 1}
	l.more = newMoreRow(l.showMore)
	l.ExtendBaseWidget(l)
	return l
}

func (l *dueList) set(lines []record.DueLine) {
	l.lines = lines
	l.at, l.first = min(l.at, max(len(lines)-1, 0)), 0
	l.rows = nil
	for i, line := range lines {
		l.rows = append(l.rows, newDueRow(line, func() { l.tapped(i) }))
	}
	l.Refresh()
}

func (l *dueList) tapped(i int) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	l.moveTo(i)
	l.open(l.lines[i].Errand)
}

// showMore turns the page, from the last one back to the first.
func (l *dueList) showMore() {
	l.first += l.room
	if l.first >= len(l.lines) {
		l.first = 0
	}
	l.at = l.first
	l.Refresh()
}

func (l *dueList) moveTo(i int) {
	l.at = min(max(i, 0), max(len(l.lines)-1, 0))
	switch {
	case l.at < l.first:
		l.first = l.at
	case l.at >= l.first+l.room:
		l.first = l.at - l.room + 1
	}
	l.Refresh()
}

// FocusGained marks the line the keyboard is on.
func (l *dueList) FocusGained() { kit.Arrived(l); l.focused = true; l.moveTo(l.at); l.follow() }

// FocusLost is the other half.
func (l *dueList) FocusLost() { l.focused = false; l.Refresh() }

// TypedKey moves and opens.
func (l *dueList) TypedKey(key *fyne.KeyEvent) {
	if kit.PassKey(l, key) {
		return
	}
	switch key.Name {
	case fyne.KeyUp:
		l.moveTo(l.at - 1)
	case fyne.KeyDown:
		l.moveTo(l.at + 1)
	case fyne.KeyPageUp:
		l.moveTo(l.at - l.room)
	case fyne.KeyPageDown:
		l.moveTo(l.at + l.room)
	case fyne.KeyHome:
		l.moveTo(0)
	case fyne.KeyEnd:
		l.moveTo(len(l.lines) - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.openLine()
	}
}

// TypedRune opens on Space, like a button.
func (l *dueList) TypedRune(r rune) {
	if r == ' ' {
		l.openLine()
	}
}

// TypedShortcut leaves the window's shortcuts to it.
func (l *dueList) TypedShortcut(s fyne.Shortcut) { kit.PassShortcut(l, s) }

func (l *dueList) openLine() {
	if l.at < len(l.lines) {
		l.open(l.lines[l.at].Errand)
	}
}

// CreateRenderer is how Fyne draws it.
func (l *dueList) CreateRenderer() fyne.WidgetRenderer { return &dueRenderer{l} }

type dueRenderer struct{ l *dueList }

// leastLines are shown however small the window is.
const leastLines = 5

func (r *dueRenderer) Destroy() {}

func (r *dueRenderer) MinSize() fyne.Size {
	height := rowHeight() * float32(min(len(r.l.lines), leastLines))
	if len(r.l.lines) > leastLines {
		height += r.l.more.MinSize().Height
	}
	return fyne.NewSize(fynetheme.TextSize()*14, height)
}

func (r *dueRenderer) Objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for i, row := range r.l.rows {
		if i >= r.l.first && i < r.l.first+r.l.room {
			out = append(out, row)
		}
	}
	if r.l.more.Visible() {
		out = append(out, r.l.more)
	}
	return out
}

func (r *dueRenderer) Layout(size fyne.Size) {
	l := r.l
	more := l.more.MinSize().Height
	l.room = int(size.Height / rowHeight())
	cut := l.room < len(l.lines)
	if cut {
		l.room = int((size.Height - more) / rowHeight())
	}
	l.room = max(l.room, 1)
	if !cut {
		l.first = 0
	}
	for i, row := range l.rows {
		row.Resize(fyne.NewSize(size.Width, rowHeight()))
		row.Move(fyne.NewPos(0, float32(i-l.first)*rowHeight()))
		row.mark(l.focused && i == l.at)
	}
	kit.SetVisible(l.more, cut)
	l.more.say(max(len(l.lines)-l.first-l.room, 0))
	l.more.Resize(fyne.NewSize(size.Width, more))
	l.more.Move(fyne.NewPos(0, float32(min(l.room, len(l.lines)-l.first))*rowHeight()))
}

func (r *dueRenderer) Refresh() {
	r.Layout(r.l.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
