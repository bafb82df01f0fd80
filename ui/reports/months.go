package reports

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// months is the small picture of how many activities stand behind a figure, month
// by month of the period, each bar with its number above it.
type months struct {
	widget.BaseWidget
	bars []bar
}

type bar struct {
	label string
	count int
}

func newMonths() *months {
	m := &months{}
	m.ExtendBaseWidget(m)
	return m
}

func (m *months) set(p record.FigurePeriod, list []record.Behind) {
	m.bars = countMonths(p, list)
	m.Refresh()
}

// countMonths counts by calendar month from the first of the period to its last.
func countMonths(p record.FigurePeriod, list []record.Behind) []bar {
	if p.From == "" || p.To == "" || p.From > p.To {
		return nil
	}
	first := p.From.Year()*12 + p.From.Month() - 1
	last := p.To.Year()*12 + p.To.Month() - 1
	out := make([]bar, last-first+1)
	for i := range out {
		out[i].label = strconv.Itoa((first+i)%12 + 1)
	}
	for _, b := range list {
		if i := b.Day.Year()*12 + b.Day.Month() - 1 - first; i >= 0 && i < len(out) {
			out[i].count++
		}
	}
	return out
}

func (m *months) CreateRenderer() fyne.WidgetRenderer {
	r := &monthsRenderer{months: m, caption: kit.Caption(kit.T("Theo tháng"))}
	r.Refresh()
	return r
}

type monthsRenderer struct {
	months  *months
	caption *kit.Text
	rects   []*canvas.Rectangle
	numbers []*kit.Text
	labels  []*kit.Text
	objects []fyne.CanvasObject
}

func (r *monthsRenderer) Destroy()                     {}
func (r *monthsRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *monthsRenderer) MinSize() fyne.Size {
	// The bars need not grow with the text, its lines must.
	return fyne.NewSize(fynetheme.TextSize()*12, fynetheme.TextSize()*4+84)
}

func (r *monthsRenderer) Refresh() {
	r.rects, r.numbers, r.labels = nil, nil, nil
	r.objects = []fyne.CanvasObject{r.caption}
	for _, b := range r.months.bars {
		rect := canvas.NewRectangle(fynetheme.Color(theme.ColorBar))
		number, label := kit.Caption(""), kit.Caption(b.label)
		if b.count > 0 {
			number.Text = strconv.Itoa(b.count)
		}
		number.Whole, label.Whole = true, true
		number.Align, label.Align = fyne.TextAlignCenter, fyne.TextAlignCenter
		r.rects, r.numbers, r.labels = append(r.rects, rect), append(r.numbers, number), append(r.labels, label)
		r.objects = append(r.objects, rect, number, label)
	}
	r.Layout(r.months.Size())
	canvas.Refresh(r.months)
}

func (r *monthsRenderer) Layout(size fyne.Size) {
	text := r.caption.MinSize().Height
	r.caption.Move(fyne.NewPos(fynetheme.Size(theme.SizeGap), 0))
	r.caption.Resize(fyne.NewSize(size.Width, text))
	if len(r.rects) == 0 {
		return
	}
	most := 1
	for _, b := range r.months.bars {
		most = max(most, b.count)
	}
	step := size.Width / float32(len(r.rects))
	room := size.Height - 3*text - fynetheme.Size(theme.SizeGap)
	floor := size.Height - text
	for i, b := range r.months.bars {
		x := float32(i) * step
		h := room * float32(b.count) / float32(most)
		r.rects[i].Move(fyne.NewPos(x+step*0.2, floor-max(h, 1)))
		r.rects[i].Resize(fyne.NewSize(step*0.6, max(h, 1)))
		r.numbers[i].Move(fyne.NewPos(x, floor-h-text))
		r.numbers[i].Resize(fyne.NewSize(step, text))
		r.labels[i].Move(fyne.NewPos(x, floor))
		r.labels[i].Resize(fyne.NewSize(step, text))
	}
}
