package home

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

// foot says how safe the record is: the last backup, the last hand-over, what was not
// handed over yet, and what is wrong with the clock or the law.
type foot struct {
	widget.BaseWidget
	notes *fyne.Container
}

func newFoot() *foot {
	f := &foot{notes: container.New(&flow{})}
	f.ExtendBaseWidget(f)
	return f
}

func (f *foot) set(s record.Status, now time.Time) {
	f.notes.RemoveAll()
	f.say(kit.Stamped(kit.T("Sao lưu gần nhất"), s.LastBackup, now))
	if !s.Collects {
		f.say(kit.Stamped(kit.T("Đóng gói gần nhất"), s.LastHandOver, now))
	}
	if s.Unsent > 0 {
		f.say(kit.Plain, kit.T("{{.N}} lần ghi chưa đóng gói", map[string]any{"N": kit.Number(s.Unsent)}))
	}
	for _, w := range s.Warnings {
		f.say(kit.Attention, kit.In(w))
	}
	f.notes.Refresh()
}

func (f *foot) say(state kit.State, words string) { f.notes.Add(kit.NewNote(state, words)) }

// CreateRenderer puts the notes under a hairline.
func (f *foot) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(kit.VStack(theme.SizeNone, kit.Hairline(), kit.InsetXY(theme.SizeEdge, theme.SizeTight, f.notes)))
}

// flow puts notes beside each other, each as wide as its words, and goes on in the
// next line where the room ends.
type flow struct{ width float32 }

func (l *flow) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.place(o, l.width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {}))
}

func (l *flow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(o, size.Width, func(c fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		c.Move(at)
		c.Resize(size)
	})
}

func (l *flow) place(o []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	x, y, gap := float32(0), float32(0), fynetheme.Size(theme.SizeEdge)
	line := float32(0)
	for _, c := range o {
		words := fyne.MeasureText(c.(*kit.Note).Text(), fynetheme.CaptionTextSize(), fyne.TextStyle{})
		size := fyne.NewSize(min(words.Width+fynetheme.CaptionTextSize()+3*fynetheme.Size(theme.SizeTight), max(width, 1)), c.MinSize().Height)
		if x > 0 && x+size.Width > width && width > 0 {
			x, y = 0, y+line
			line = 0
		}
		put(c, fyne.NewPos(x, y), size)
		x += size.Width + gap
		line = max(line, c.MinSize().Height)
	}
	return y + line
}
