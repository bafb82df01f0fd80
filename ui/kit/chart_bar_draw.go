package kit

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/theme"
)

// barPlace is where one bar of a chart lies and where its number is written.
type barPlace struct {
	bar   area
	value int64
	quiet bool
}

func (p barPlace) fill() fyne.ThemeColorName {
	if p.quiet {
		return theme.ColorBarQuiet
	}
	return theme.ColorBar
}

func (c *BarChart) draw(size fyne.Size) drawing {
	if len(c.bars) == 0 {
		return drawing{}
	}
	if c.Lying {
		return c.drawLying(size)
	}
	return c.drawStanding(size)
}

func (c *BarChart) least() fyne.Size {
	line := captionSize("Ậg").Height
	if !c.Lying {
		return fyne.NewSize(line*12, line*7)
	}
	height := c.lyingRow() * float32(len(c.bars))
	if c.Target > 0 {
		height += line
	}
	return fyne.NewSize(line*12, height)
}

// standing is the room of a chart whose bars stand.
type standing struct {
	c                 *BarChart
	line, left, right float32 // height of a caption, edges of the bars
	top, floor, slot  float32
}

func (c *BarChart) standing(size fyne.Size) standing {
	s := standing{c: c, line: captionSize("Ậg").Height, right: size.Width}
	s.top, s.floor = s.line, size.Height-s.line-2
	if c.Target > 0 {
		s.right -= captionSize(c.targetWords()).Width + sizeOf(theme.SizeGap)
	}
	s.slot = (s.right - s.left) / float32(len(c.bars))
	return s
}

func (s standing) height(value int64) float32 {
	return max(whole((s.floor-s.top)*float32(value)/float32(s.c.most())), 0)
}

func (c *BarChart) drawStanding(size fyne.Size) drawing {
	var d drawing
	s := c.standing(size)
	var places []barPlace
	for i, b := range c.bars {
		d.slots = append(d.slots, areaAt(whole(s.left+float32(i)*s.slot), 0, whole(s.slot), size.Height))
		places = append(places, s.places(i, b)...)
	}
	for _, p := range places {
		d.add(filled(p.bar, p.fill()))
	}
	d.add(filled(areaAt(s.left, s.floor, s.right-s.left, 1), fynetheme.ColorNamePlaceHolder))
	s.writeTarget(&d, size)
	s.writeValues(&d, places)
	s.writeLabels(&d)
	return d
}

// places are the bars of one slot: the earlier one at the left, as time goes.
func (s standing) places(i int, b Bar) []barPlace {
	x, thick := s.left+float32(i)*s.slot, min(s.slot*0.64, fynetheme.TextSize()*3.5)
	at := func(x, width float32, value int64, quiet bool) barPlace {
		h := s.height(value)
		return barPlace{areaAt(whole(x), s.floor-h, whole(width), h), value, quiet}
	}
	if s.c.Before == "" {
		return now(b, at(x+(s.slot-thick)/2, thick, b.Value, false))
	}
	thick = min(s.slot*0.4, fynetheme.TextSize()*2.2)
	middle := x + s.slot/2
	return append([]barPlace{at(middle-thick-0.5, thick, b.Before, true)}, now(b, at(middle+0.5, thick, b.Value, false))...)
}

// now leaves out the bar of a value that there is not yet.
func now(b Bar, p barPlace) []barPlace {
	if b.Ahead {
		return nil
	}
	return []barPlace{p}
}

// writeTarget draws the line to be reached and its name at the line's end.
func (s standing) writeTarget(d *drawing, size fyne.Size) {
	if s.c.Target <= 0 {
		return
	}
	y := s.floor - s.height(s.c.Target)
	d.add(filled(areaAt(s.left, y-1, s.right-s.left+sizeOf(theme.SizeTight), 2), theme.ColorTarget))
	x := s.right + sizeOf(theme.SizeGap)
	d.add(written(s.c.targetWords(), areaAt(x, max(y-s.line/2, 0), size.Width-x, s.line), fyne.TextAlignTrailing, fynetheme.ColorNameForeground))
}

// writeValues writes as many numbers as fit without lying on another number or
// bar, the highest bars first: where all do not fit, the caption says the rest.
func (s standing) writeValues(d *drawing, places []barPlace) {
	order := make([]int, len(places))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if places[a].quiet != places[b].quiet {
			return cmp.Compare(s.rank(places[a]), s.rank(places[b]))
		}
		return cmp.Compare(places[b].value, places[a].value)
	})
	var taken []area
	for _, i := range order {
		if label, fits := s.nudged(i, places, taken); fits {
			taken = append(taken, label)
			d.add(written(Number(places[i].value), label, fyne.TextAlignCenter, s.inkOf(places[i])))
		}
	}
}

func (s standing) rank(p barPlace) int {
	if p.quiet {
		return 1
	}
	return 0
}

func (s standing) inkOf(p barPlace) fyne.ThemeColorName {
	if p.quiet || p.value == 0 {
		return theme.ColorMuted
	}
	return fynetheme.ColorNameForeground
}

// labelOf is the place of a number: above its bar, and above the target's line
// where that would go through it.
func (s standing) labelOf(p barPlace) area {
	width := captionSize(Number(p.value)).Width
	y := p.bar.pos.Y - s.line
	if line := s.floor - s.height(s.c.Target); s.c.Target > 0 && line+1 > y && line-1 < p.bar.pos.Y {
		y = max(line-1-s.line, 0)
	}
	return areaAt(p.bar.pos.X+(p.bar.size.Width-width)/2, y, width, s.line)
}

// nudged is the place of a number in the middle above its bar, or a little beside that
// where a neighbour leaves no room.
func (s standing) nudged(i int, places []barPlace, taken []area) (area, bool) {
	label := s.labelOf(places[i])
	for _, by := range []float32{0, -2, 2, -4, 4, -6, 6} {
		at := areaAt(label.pos.X+by, label.pos.Y, label.size.Width, label.size.Height)
		if at.pos.X >= 0 && s.free(at, i, places, taken) {
			return at, true
		}
	}
	return label, false
}

func (s standing) free(label area, own int, places []barPlace, taken []area) bool {
	const air = 2
	wide := areaAt(label.pos.X-air, label.pos.Y, label.size.Width+2*air, label.size.Height)
	if slices.ContainsFunc(taken, wide.overlaps) {
		return false
	}
	for i, p := range places {
		if i != own && label.overlaps(p.bar) {
			return false
		}
	}
	return true
}

// writeLabels writes the name under each bar, or under every second or third where
// they would touch.
func (s standing) writeLabels(d *drawing) {
	widest := widestCaption(len(s.c.bars), func(i int) string { return s.c.bars[i].Label })
	every := 1
	for widest+sizeOf(theme.SizeTight) > s.slot*float32(every) && every < 4 {
		every++
	}
	for i := 0; i < len(s.c.bars); i += every {
		x := s.left + (float32(i)+0.5)*s.slot - s.slot*float32(every)/2
		place := areaAt(x, s.floor+2, s.slot*float32(every), s.line)
		d.add(written(s.c.bars[i].Label, place, fyne.TextAlignCenter, theme.ColorMuted))
	}
}
