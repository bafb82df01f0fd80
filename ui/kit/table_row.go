package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/theme"
)

// tableRowView draws one row. It shows another when the table scrolls.
type tableRowView struct {
	row    int
	key    string
	there  bool // the row was read
	cut    []bool
	full   []string
	all    *fyne.Container
	back   *canvas.Rectangle
	line   *canvas.Rectangle
	tick   *canvas.Image
	texts  []*canvas.Text
	icons  []*canvas.Image
	states []State
}

func newTableRowView(t *Table) *tableRowView {
	v := &tableRowView{row: -1, back: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil), tick: canvas.NewImageFromResource(nil)}
	v.tick.Hidden = true
	v.all = container.NewWithoutLayout(v.back, v.line, v.tick)
	v.cut, v.full = make([]bool, len(t.columns)), make([]string, len(t.columns))
	v.states = make([]State, len(t.columns))
	for range t.columns {
		text, icon := canvas.NewText("", nil), canvas.NewImageFromResource(nil)
		icon.Hidden = true
		v.texts, v.icons = append(v.texts, text), append(v.icons, icon)
		v.all.Objects = append(v.all.Objects, text, icon)
	}
	return v
}

// show reads a row.
func (v *tableRowView) show(t *Table, row int) {
	v.row = row
	v.all.Hidden = row >= t.total
	if v.all.Hidden {
		v.key, v.there = "", false
		return
	}
	r, there := t.row(row)
	v.key, v.there = keyOf(row, r), there
	if there {
		t.chosen.keep(v.key, row, r.Cells)
	}
	for n := range v.texts {
		v.texts[n].Hidden = n >= len(t.shown)
		if n >= len(t.shown) {
			v.icons[n].Hidden = true
			continue
		}
		v.showCell(t, n, r, there)
	}
	v.line.FillColor = fynetheme.Color(fynetheme.ColorNameSeparator)
}

// keyOf is what a row is known by; one without a key by its place.
func keyOf(row int, r TableRow) string {
	if r.Key != "" {
		return r.Key
	}
	return "#" + Number(int64(row))
}

func (v *tableRowView) showCell(t *Table, n int, r TableRow, there bool) {
	i := t.shown[n]
	content, state := "", Plain
	switch {
	case !there && n == 0:
		content = "…"
	case there && i < len(r.Cells):
		content = r.Cells[i]
	}
	if there && i < len(r.Marks) {
		state = r.Marks[i]
	}
	pad, text := sizeOf(theme.SizeGap), v.texts[n]
	x, room := t.lefts[n]+pad, t.lefts[n+1]-t.lefts[n]-2*pad
	indent := v.showIcon(n, state, x)
	text.TextSize = fynetheme.TextSize()
	text.Color = fynetheme.Color(fynetheme.ColorNameForeground)
	if !there {
		text.Color = fynetheme.Color(theme.ColorMuted)
	}
	text.Text = shorten(content, room-indent, text.TextSize)
	v.cut[n], v.full[n] = text.Text != content, content
	text.Alignment = fyne.TextAlignLeading
	if t.columns[i].Number {
		text.Alignment = fyne.TextAlignTrailing
	}
	areaAt(x+indent, 0, room-indent, rowHeight()-1).hold(text)
	text.Refresh()
}

// showIcon puts the icon of a state before a cell's words and says how much room it took.
func (v *tableRowView) showIcon(n int, state State, x float32) float32 {
	icon := v.icons[n]
	icon.Hidden = state == Plain
	if icon.Hidden {
		v.states[n] = Plain
		return 0
	}
	if v.states[n] != state {
		v.states[n], icon.Resource = state, state.icon()
	}
	side := fynetheme.TextSize()
	areaAt(x, whole((rowHeight()-1-side)/2), side, side).hold(icon)
	icon.Refresh()
	return side + sizeOf(theme.SizeTight)
}

// mark shows whether the row is selected and under the pointer.
func (v *tableRowView) mark(b *tableBody) {
	if v.all.Hidden {
		return
	}
	chosen := b.t.Selects && v.there && b.t.chosen.has(v.key)
	fill := color.Color(color.Transparent)
	switch {
	case chosen:
		fill = fynetheme.Color(theme.ColorSelected)
	case v.row == b.hovered && b.t.OnOpen != nil:
		fill = fynetheme.Color(fynetheme.ColorNameHover)
	}
	if v.back.FillColor != fill {
		v.back.FillColor = fill
		v.back.Refresh()
	}
	v.markTick(b.t, chosen)
}

// markTick draws the box at the left that selects the row.
func (v *tableRowView) markTick(t *Table, chosen bool) {
	v.tick.Hidden = !t.Selects
	if v.tick.Hidden {
		return
	}
	name := fynetheme.IconNameCheckButton
	if chosen {
		name = fynetheme.IconNameCheckButtonChecked
	}
	if res := theme.Icon(name); v.tick.Resource != res {
		v.tick.Resource = res
		v.tick.Refresh()
	}
}

func (v *tableRowView) move(y, width, height float32) {
	areaAt(0, y, width, height).hold(v.all)
	areaAt(0, 0, width, height-1).hold(v.back)
	areaAt(0, height-1, width, 1).hold(v.line)
	side := whole(fynetheme.TextSize() * 1.15)
	areaAt(sizeOf(theme.SizeGap), whole((height-1-side)/2), side, side).hold(v.tick)
}
