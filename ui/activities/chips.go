package activities

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// chip is one filter; of each group at most one is on.
type chip struct {
	group, key, label string
	count             int // below 0: not shown
	on                bool
}

func (c chip) text() string {
	if c.count < 0 {
		return c.label
	}
	return c.label + "  " + kit.Number(int64(c.count))
}

// chipRow is one row of filters. The buttons stay while only counts change, so
// that the keyboard stays on them.
type chipRow struct {
	widget.BaseWidget
	onChosen func(chip)
	box      *fyne.Container
	chips    []chip
}

func newChipRow(onChosen func(chip)) *chipRow {
	r := &chipRow{onChosen: onChosen, box: container.New(&flow{})}
	r.ExtendBaseWidget(r)
	return r
}

func (r *chipRow) show(chips []chip) {
	same := slices.EqualFunc(r.chips, chips, func(a, b chip) bool { return a.group == b.group && a.key == b.key })
	r.chips = chips
	if !same {
		r.box.RemoveAll()
		for i := range chips {
			r.box.Add(kit.Button("", "", func() { r.onChosen(r.chips[i]) }))
		}
	}
	for i, c := range chips {
		b := r.box.Objects[i].(*kit.PushButton)
		b.Importance, b.Icon = widget.LowImportance, nil
		if c.on {
			b.Importance, b.Icon = widget.MediumImportance, theme.Icon(fynetheme.IconNameConfirm)
		}
		b.SetText(c.text())
	}
	r.Refresh()
}

// CreateRenderer shows the row.
func (r *chipRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.box) }

// flow lays objects side by side and goes on in the next line where the room ends:
// large text must not hide a filter.
type flow struct{ width float32 }

func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	f.place(objects, func(o fyne.CanvasObject, at fyne.Position) {
		size = size.Max(fyne.NewSize(o.MinSize().Width, at.Y+o.MinSize().Height))
	})
	return size
}

func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.place(objects, func(o fyne.CanvasObject, at fyne.Position) {
		o.Move(at)
		o.Resize(o.MinSize())
	})
}

func (f *flow) place(objects []fyne.CanvasObject, put func(fyne.CanvasObject, fyne.Position)) {
	gap := fynetheme.Size(theme.SizeTight)
	var at fyne.Position
	for _, o := range objects {
		need := o.MinSize()
		if at.X > 0 && f.width > 0 && at.X+need.Width > f.width {
			at = fyne.NewPos(0, at.Y+need.Height+gap)
		}
		put(o, at)
		at.X += need.Width + gap
	}
}
