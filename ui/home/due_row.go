package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// rowHeight has room for two lines of text.
func rowHeight() float32 { return fynetheme.Size(theme.SizeRow) * 1.375 }

// dueRow is one thing that waits: what it is, and under it what sort of thing and how
// near its day is.
type dueRow struct {
	widget.BaseWidget

	tapped  func()
	icon    *widget.Icon
	title   *kit.Text
	sort    *kit.Text
	when    *kit.Text
	day     *kit.Text
	back    *canvas.Rectangle
	bar     *canvas.Rectangle
	marked  bool
	hovered bool
}

func newDueRow(line record.DueLine, tapped func()) *dueRow {
	r := &dueRow{
		tapped: tapped, icon: widget.NewIcon(iconOf(line)), title: kit.Line(kit.In(line.Words)),
		sort: kit.Caption(sortOf(line) + "  ·  "), when: kit.Caption(kit.In(line.When)), day: kit.Caption(line.On.String()),
		back: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil),
	}
	r.sort.Whole, r.day.Whole = true, true
	r.day.Align = fyne.TextAlignTrailing
	switch line.State {
	case record.DuePassed:
		r.when.Color = fynetheme.ColorNameError
	case record.DueSoon:
		r.when.Color = fynetheme.ColorNameWarning
	}
	r.ExtendBaseWidget(r)
	return r
}

func sortOf(line record.DueLine) string {
	if line.Area == record.AreaLaw {
		return kit.T("Pháp luật")
	}
	if line.Ref.Noun == "question" {
		return kit.T("Chờ trả lời")
	}
	return kit.T("Dự kiến")
}

// iconOf tells by its shape what has passed, what is near, and what sort the rest is.
func iconOf(line record.DueLine) fyne.Resource {
	switch {
	case line.State == record.DuePassed:
		return fynetheme.NewErrorThemedResource(theme.Icon(fynetheme.IconNameError))
	case line.State == record.DueSoon:
		return fynetheme.NewWarningThemedResource(theme.Icon(fynetheme.IconNameWarning))
	case line.Area == record.AreaLaw:
		return theme.Icon(theme.IconLaw)
	case line.Ref.Noun == "question":
		return theme.Icon(fynetheme.IconNameQuestion)
	}
	return theme.Icon(fynetheme.IconNameCalendar)
}

func (r *dueRow) mark(marked bool) {
	if marked != r.marked {
		r.marked = marked
		r.Refresh()
	}
}

// Tapped opens.
func (r *dueRow) Tapped(*fyne.PointEvent) { r.tapped() }

// MouseIn, MouseMoved and MouseOut follow the pointer.
func (r *dueRow) MouseIn(*desktop.MouseEvent)    { r.hovered = true; r.Refresh() }
func (r *dueRow) MouseMoved(*desktop.MouseEvent) {}
func (r *dueRow) MouseOut()                      { r.hovered = false; r.Refresh() }

// Cursor is a hand: a click opens.
func (r *dueRow) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is how Fyne draws it.
func (r *dueRow) CreateRenderer() fyne.WidgetRenderer {
	return &dueRowRenderer{r, []fyne.CanvasObject{r.back, r.bar, r.icon, r.title, r.sort, r.when, r.day}}
}

type dueRowRenderer struct {
	r       *dueRow
	objects []fyne.CanvasObject
}

func (d *dueRowRenderer) Destroy()                     {}
func (d *dueRowRenderer) Objects() []fyne.CanvasObject { return d.objects }
func (d *dueRowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(fynetheme.TextSize()*14, rowHeight())
}

func (d *dueRowRenderer) Refresh() {
	r := d.r
	r.back.Hidden = !r.marked && !r.hovered
	r.back.FillColor = fynetheme.Color(fynetheme.ColorNameHover)
	if r.marked {
		r.back.FillColor = fynetheme.Color(theme.ColorSelected)
	}
	r.bar.Hidden = !r.marked
	r.bar.FillColor = fynetheme.Color(fynetheme.ColorNamePrimary)
	for _, o := range d.objects {
		o.Refresh()
	}
}

// Layout puts the day at the right and gives the words the rest.
func (d *dueRowRenderer) Layout(size fyne.Size) {
	r := d.r
	d.Refresh()
	tight, gap := fynetheme.Size(theme.SizeTight), fynetheme.Size(theme.SizeGap)
	r.back.Resize(size)
	r.bar.Resize(fyne.NewSize(tight, size.Height))
	icon := fynetheme.Size(fynetheme.SizeNameInlineIcon)
	above, under := r.title.MinSize().Height, r.sort.MinSize().Height
	y := (size.Height - above - under) / 2
	r.icon.Resize(fyne.NewSquareSize(icon))
	r.icon.Move(fyne.NewPos(gap, y+(above-icon)/2+1))
	x, right := gap+icon+gap, size.Width-gap
	put := func(t *kit.Text, x, y, width, height float32) {
		t.Move(fyne.NewPos(x, y))
		t.Resize(fyne.NewSize(max(width, 0), height))
	}
	put(r.title, x, y, right-x, above)
	day, sort := r.day.MinSize().Width, r.sort.MinSize().Width
	put(r.day, right-day, y+above, day, under)
	put(r.sort, x, y+above, sort, under)
	put(r.when, x+sort, y+above, right-day-gap-x-sort, under)
}

// moreRow is the foot of a list that does not fit.
type moreRow struct {
	widget.BaseWidget
	tapped func()
	words  *kit.Text
}

func newMoreRow(tapped func()) *moreRow {
	m := &moreRow{tapped: tapped, words: kit.Caption("")}
	m.words.Color = fynetheme.ColorNamePrimary
	m.ExtendBaseWidget(m)
	return m
}

func (m *moreRow) say(more int) {
	if more == 0 {
		m.words.SetText(kit.T("Về đầu danh sách"))
		return
	}
	m.words.SetText(kit.T("Còn {{.N}} việc nữa", map[string]any{"N": kit.Number(int64(more))}))
}

// Tapped shows more.
func (m *moreRow) Tapped(*fyne.PointEvent) { m.tapped() }

// Cursor is a hand: a click shows more.
func (m *moreRow) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer stands under the words of the rows.
func (m *moreRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.InsetXY(theme.SizeGap, theme.SizeTight, m.words))
}
