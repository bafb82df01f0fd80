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
// the room ends. Folded, it is one line: what is on and what fits beside it, and a
// button that unfolds the rest. The buttons stay while only counts change, so that the
// keyboard stays on them.
type ChipRow struct {
	widget.BaseWidget

	onChosen func(GroupChip)
	box      *fyne.Container // the chips, and last the button that unfolds
	chips    []GroupChip
	rest     *PushButton
	lines    flow
	folded   bool
	open     bool // a person unfolded it

	high  float32 // as it was laid out last
	grown func()  // lays out what stands around it; nil for nothing
}

// NewChipRow makes an empty row. onChosen is told of the chip a person pushed, as it
// stood: one that was on is to be switched off.
func NewChipRow(onChosen func(GroupChip)) *ChipRow {
	r := &ChipRow{onChosen: onChosen}
	r.rest = Quiet("", "", r.turn)
	r.rest.Hide()
	r.box = container.New(chipLines{r}, r.rest)
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
		r.box.Add(r.rest)
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
	if high := r.MinSize().Height; high != r.high && r.grown != nil {
		r.high = high
		r.grown()
	}
}

// FocusTarget is the chip that is on, else the first.
func (r *ChipRow) FocusTarget() fyne.Focusable {
	for i := range r.chips {
		if r.chips[i].On {
			return r.box.Objects[i].(*PushButton)
		}
	}
	if len(r.chips) == 0 {
		return nil
	}
	return r.box.Objects[0].(*PushButton)
}

// Fold keeps the row in one line, or lets it go on.
func (r *ChipRow) Fold(folded bool) {
	if folded == r.folded {
		return
	}
	r.folded = folded
	r.box.Layout.Layout(r.box.Objects, r.box.Size())
}

// unfolded is how high the row is when it is not folded.
func (r *ChipRow) unfolded() float32 {
	var at fyne.Position
	high, width := float32(0), r.Size().Width
	for i := range r.chips {
		need := r.box.Objects[i].MinSize()
		if at.X > 0 && at.X+need.Width > width {
			at = fyne.NewPos(0, high+sizeOf(theme.SizeTight))
		}
		at.X += need.Width + sizeOf(theme.SizeTight)
		high = max(high, at.Y+need.Height)
	}
	return high
}

// turn unfolds the row, or folds it again.
func (r *ChipRow) turn() {
	r.open = !r.open
	r.box.Refresh()
	r.Refresh()
}

// chipLines lays out a row of chips, folded or not.
type chipLines struct{ row *ChipRow }

func (c chipLines) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return c.row.lines.MinSize(objects)
}

func (c chipLines) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r := c.row
	last := len(r.chips)
	if last+1 > len(objects) {
		return
	}
	shown := c.shown(objects, size.Width)
	left := 0
	for i := range r.chips {
		SetVisible(objects[i], shown[i])
		if !shown[i] {
			left++
		}
	}
	label := T("Gọn lại")
	if left > 0 {
		label = "+" + Number(int64(left))
	}
	if r.rest.Text != label {
		r.rest.SetText(label)
	}
	SetVisible(r.rest, left > 0 || r.folded && r.open && c.oneLine(objects) > size.Width)
	r.lines.Layout(objects, size)
}

// oneLine is how wide all chips are side by side.
func (c chipLines) oneLine(objects []fyne.CanvasObject) float32 {
	wide := -sizeOf(theme.SizeTight)
	for i := range c.row.chips {
		wide += objects[i].MinSize().Width + sizeOf(theme.SizeTight)
	}
	return wide
}

// shown tells which chips are in sight: folded, those that are on, and of the others
// the first that fit into the line beside the button.
func (c chipLines) shown(objects []fyne.CanvasObject, width float32) []bool {
	r, shown := c.row, make([]bool, len(c.row.chips))
	whole := !r.folded || r.open || width <= 0 || c.oneLine(objects) <= width
	spare := width - fyne.MeasureText("+99", sizeOf(fynetheme.SizeNameText), fyne.TextStyle{Bold: true}).Width - 2*sizeOf(theme.SizeGroup)
	for i := range shown {
		shown[i] = whole || r.chips[i].On
		if shown[i] {
			spare -= objects[i].MinSize().Width + sizeOf(theme.SizeTight)
		}
	}
	for i := range shown {
		if need := objects[i].MinSize().Width + sizeOf(theme.SizeTight); !shown[i] {
			if need > spare {
				break
			}
			shown[i], spare = true, spare-need
		}
	}
	return shown
}

// OverRows puts a head with chips above rows. Where the window is so low, or the text
// so large, that few rows would be left, the chips fold into one line.
func OverRows(head fyne.CanvasObject, chips *ChipRow, rows fyne.CanvasObject) *fyne.Container {
	c := container.New(overRows{chips}, head, rows)
	chips.grown = c.Refresh
	return c
}

// fewRows are too few to look through, the headings among them.
const fewRows = 10

type overRows struct{ chips *ChipRow }

func (l overRows) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height)
}

func (l overRows) Layout(o []fyne.CanvasObject, size fyne.Size) {
	high := fitHeight(o[0], size.Width)
	unfolded := high + l.chips.unfolded() - l.chips.MinSize().Height
	if few := size.Height-unfolded < fewRows*rowHeight(); few != l.chips.folded {
		l.chips.Fold(few)
		o[0].Refresh() // what stands below the chips moves, whatever the whole asks for
		high = fitHeight(o[0], size.Width)
	}
	o[0].Move(fyne.Position{})
	o[1].Move(fyne.NewPos(0, high))
	o[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-high)))
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
