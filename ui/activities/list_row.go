package activities

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// lineRow is one activity in the list: what it was, and under it when, where and
// how many people came.
type lineRow struct {
	widget.BaseWidget
	title *kit.Text
	about *kit.Text
	count *kit.Text
	state *kit.Text
	late  *widget.Icon      // before the state, where something is overdue
	bar   *canvas.Rectangle // the keyboard is here
	box   *fyne.Container
}

func newLineRow() *lineRow {
	r := &lineRow{title: kit.Line(""), about: kit.Caption(""), count: kit.Line(""), state: kit.Caption(""), late: widget.NewIcon(nil), bar: canvas.NewRectangle(nil)}
	r.count.Align, r.state.Align = fyne.TextAlignTrailing, fyne.TextAlignTrailing
	r.count.Whole, r.state.Whole = true, true
	r.box = container.New(lineLayout{}, r.title, r.about, r.count, r.state, r.bar, r.late)
	r.ExtendBaseWidget(r)
	return r
}

// show copies a prepared line; one not yet read shows only that something is there.
func (r *lineRow) show(line record.ActivityLine, there, keyboard bool, today record.Date) {
	r.warn(there && late(line, today))
	r.bar.FillColor = fynetheme.Color(fynetheme.ColorNamePrimary)
	r.bar.Hidden = !keyboard
	r.bar.Refresh()
	if !there {
		r.set("…", "", "", "")
		return
	}
	count := ""
	if line.Total > 0 {
		count = kit.T("{{.N}} lượt", map[string]any{"N": kit.Number(line.Total)})
	}
	r.set(line.Title, about(line), count, state(line, today))
}

// warn marks a plan whose day is over.
func (r *lineRow) warn(on bool) {
	r.state.Color = theme.ColorMuted
	if on {
		r.state.Color = fynetheme.ColorNameWarning
		r.late.SetResource(fynetheme.NewWarningThemedResource(theme.Icon(fynetheme.IconNameWarning)))
	}
	kit.SetVisible(r.late, on)
	r.state.Refresh()
}

func (r *lineRow) set(title, about, count, state string) {
	r.title.SetText(title)
	r.about.SetText(about)
	r.count.SetText(count)
	r.state.SetText(state)
	r.box.Refresh() // the words at the right take what they need
}

func about(line record.ActivityLine) string {
	parts := []string{line.Date.String(), kit.Term(record.ActivityKinds, line.Kind)}
	for _, where := range []string{line.Place, line.Host} {
		if where != "" {
			parts = append(parts, where)
			break
		}
	}
	return strings.Join(parts, "  ·  ")
}

// state is said unless it is the usual one.
func state(line record.ActivityLine, today record.Date) string {
	switch {
	case line.Status == "held":
		return ""
	case late(line, today):
		return kit.T("Dự kiến, đã qua ngày")
	}
	return kit.Term(record.Statuses, line.Status)
}

// lower writes words in the middle of a sentence.
func lower(words string) string {
	r := []rune(words)
	if len(r) == 0 {
		return ""
	}
	return string(unicode.ToLower(r[0])) + string(r[1:])
}

// lineHeight has room for two lines of text.
func lineHeight() float32 { return fynetheme.Size(theme.SizeRow) * 1.5 }

// CreateRenderer lays it out.
func (r *lineRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(r.box)
}

// lineLayout gives the numbers at the right what they need and the words the rest.
type lineLayout struct{}

func (lineLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(fynetheme.TextSize()*10, lineHeight())
}

func (lineLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	edge, gap := fynetheme.Size(theme.SizeGroup), fynetheme.Size(theme.SizeGap)
	o[4].Resize(fyne.NewSize(gap/2, size.Height))
	y := []float32{size.Height * 0.08, size.Height * 0.5}
	for i := range 2 {
		right := o[i+2].MinSize().Width
		o[i+2].Move(fyne.NewPos(size.Width-edge-right, y[i]))
		o[i+2].Resize(fyne.NewSize(right, size.Height*0.42))
		o[i].Move(fyne.NewPos(edge, y[i]))
		if i == 1 && o[5].Visible() {
			side := fynetheme.CaptionTextSize() + 2
			right += side + gap/2
			o[5].Move(fyne.NewPos(size.Width-edge-right, y[i]+(size.Height*0.42-side)/2))
			o[5].Resize(fyne.NewSquareSize(side))
		}
		o[i].Resize(fyne.NewSize(size.Width-2*edge-right-gap, size.Height*0.42))
	}
}
