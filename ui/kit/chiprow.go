package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// GroupChip is a filter of a group, of which at most one is on.
type GroupChip struct {
	Chip
	Group string
	On    bool
}

func (c GroupChip) text() string {
	if c.Count < 0 {
		return c.Label
	}
	return c.Label + "  " + Number(int64(c.Count))
}

// ChipRow is one row of filters of several groups; it goes on in the next line where
// the room ends. The buttons stay while only counts change, so that the keyboard
// stays on them.
type ChipRow struct {
	widget.BaseWidget

	onChosen func(GroupChip)
	box      *fyne.Container
	chips    []GroupChip
}

// NewChipRow makes an empty row. onChosen is told of the chip a person pushed, as it
// stood: one that was on is to be switched off.
func NewChipRow(onChosen func(GroupChip)) *ChipRow {
	r := &ChipRow{onChosen: onChosen, box: container.New(&flow{})}
	r.ExtendBaseWidget(r)
	return r
}

// Set shows chips.
func (r *ChipRow) Set(chips []GroupChip) {
	same := slices.EqualFunc(r.chips, chips, func(a, b GroupChip) bool { return a.Group == b.Group && a.Key == b.Key })
	r.chips = chips
	if !same {
		r.box.RemoveAll()
		for i := range chips {
			r.box.Add(Button("", "", func() { r.onChosen(r.chips[i]) }))
		}
	}
	for i, c := range chips {
		b := r.box.Objects[i].(*PushButton)
		b.Importance, b.Icon = widget.LowImportance, nil
		if c.On {
			b.Importance, b.Icon = widget.MediumImportance, theme.Icon(fynetheme.IconNameConfirm)
		}
		b.SetText(c.text())
	}
	r.box.Refresh() // chips have become wider or narrower
}

// FocusTarget is the chip that is on, else the first.
func (r *ChipRow) FocusTarget() fyne.Focusable {
	for i, o := range r.box.Objects {
		if r.chips[i].On {
			return o.(*PushButton)
		}
	}
	if len(r.box.Objects) == 0 {
		return nil
	}
	return r.box.Objects[0].(*PushButton)
}

// CreateRenderer shows the row.
func (r *ChipRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.box) }

// Flow lays objects side by side and goes on in the next line where the room ends.
func Flow(objects ...fyne.CanvasObject) *fyne.Container { return container.New(&flow{}, objects...) }

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
	gap := sizeOf(theme.SizeTight)
	var at fyne.Position
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		need := o.MinSize()
		if at.X > 0 && f.width > 0 && at.X+need.Width > f.width {
			at = fyne.NewPos(0, at.Y+need.Height+gap)
		}
		put(o, at)
		at.X += need.Width + gap
	}
}
