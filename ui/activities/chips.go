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
	r := &chipRow{onChosen: onChosen, box: kit.HStack(theme.SizeTight)}
	r.ExtendBaseWidget(r)
	return r
}

func (r *chipRow) show(chips []chip) {
	same := slices.EqualFunc(r.chips, chips, func(a, b chip) bool { return a.group == b.group && a.key == b.key })
	r.chips = chips
	if !same {
		r.box.RemoveAll()
		for i := range chips {
			r.box.Add(widget.NewButton("", func() { r.onChosen(r.chips[i]) }))
		}
	}
	for i, c := range chips {
		b := r.box.Objects[i].(*widget.Button)
		b.Importance, b.Icon = widget.LowImportance, nil
		if c.on {
			b.Importance, b.Icon = widget.MediumImportance, theme.Icon(fynetheme.IconNameConfirm)
		}
		b.SetText(c.text())
	}
	r.Refresh()
}

// CreateRenderer shows the row; where the room ends it scrolls sideways.
func (r *chipRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewHScroll(r.box))
}
