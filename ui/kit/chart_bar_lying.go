package kit

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/ui/theme"
)

// lying is the room of a chart whose bars lie under each other.
type lying struct {
	c                *BarChart
	line, row        float32
	top, left, right float32 // where the bars begin, and where the longest ends
}

// lyingRow is the height of one bar with the air around it, or of two.
func (c *BarChart) lyingRow() float32 {
	line := captionSize("Ậg").Height
	if c.Before != "" {
		return whole(line*2 + sizeOf(theme.SizeGap))
	}
	return whole(line + sizeOf(theme.SizeGap))
}

func (c *BarChart) lying(size fyne.Size) lying {
	l := lying{c: c, line: captionSize("Ậg").Height, row: c.lyingRow()}
	if c.Target > 0 {
		l.top = l.line
	}
	// Room that is left over makes the bars thicker, to a point.
	l.row = max(l.row, min(l.row*1.4, (size.Height-l.top)/float32(len(c.bars))))
	labels := widestCaption(len(c.bars), func(i int) string { return c.bars[i].Label })
	numbers := widestCaption(len(c.bars), func(i int) string { return Number(max(c.bars[i].Value, c.bars[i].Before)) })
	air, gap := sizeOf(theme.SizeTight), sizeOf(theme.SizeGap)
	l.left = whole(min(labels, size.Width*0.42) + air + gap)
	l.right = size.Width - numbers - 2*air
	return l
}

func (l lying) width(value int64) float32 {
	return max(whole((l.right-l.left)*float32(value)/float32(l.c.most())), 0)
}

func (c *BarChart) drawLying(size fyne.Size) drawing {
	var d drawing
	l, air, gap := c.lying(size), sizeOf(theme.SizeTight), sizeOf(theme.SizeGap)
	for i, b := range c.bars {
		y := l.top + float32(i)*l.row
		d.slots = append(d.slots, areaAt(0, whole(y), size.Width, whole(l.row)))
		d.add(written(b.Label, areaAt(air, y, l.left-air-gap, l.row), fyne.TextAlignTrailing, fynetheme.ColorNameForeground))
		l.drawBar(&d, i, b)
	}
	bottom := l.top + float32(len(c.bars))*l.row
	d.add(filled(areaAt(l.left, l.top, 1, bottom-l.top), fynetheme.ColorNamePlaceHolder))
	l.drawTarget(&d, bottom, size)
	return d
}

func (l lying) drawBar(d *drawing, i int, b Bar) {
	y, air := l.top+float32(i)*l.row, sizeOf(theme.SizeTight)
	if l.c.Before == "" {
		l.drawNow(d, b, areaAt(l.left, y+air, l.width(b.Value), l.row-2*air))
		return
	}
	half := whole((l.row - 2*air) / 2)
	l.drawOne(d, barPlace{areaAt(l.left, y+air, l.width(b.Before), half-1), b.Before, true})
	l.drawNow(d, b, areaAt(l.left, y+air+half, l.width(b.Value), half-1))
}

func (l lying) drawNow(d *drawing, b Bar, bar area) {
	for _, p := range now(b, barPlace{bar, b.Value, false}) {
		l.drawOne(d, p)
	}
}

func (l lying) drawOne(d *drawing, p barPlace) {
	d.add(filled(p.bar, p.fill()))
	ink := fynetheme.ColorNameForeground
	if p.quiet || p.value == 0 {
		ink = theme.ColorMuted
	}
	x := p.bar.pos.X + p.bar.size.Width + sizeOf(theme.SizeTight)
	middle := p.bar.pos.Y + p.bar.size.Height/2
	if line := l.left + l.width(l.c.Target); l.c.Target > 0 && x < line+1 && x+captionSize(Number(p.value)).Width > line-1 {
		x = line + sizeOf(theme.SizeTight) // the target's line would go through the number
	}
	d.add(written(Number(p.value), areaAt(x, middle-l.line/2, captionSize(Number(p.value)).Width, l.line), fyne.TextAlignLeading, ink))
}

func (l lying) drawTarget(d *drawing, bottom float32, size fyne.Size) {
	if l.c.Target <= 0 {
		return
	}
	x, words := l.left+l.width(l.c.Target), l.c.targetWords()
	d.add(filled(areaAt(x-1, l.top, 2, bottom-l.top), theme.ColorTarget))
	width := captionSize(words).Width
	at := min(max(x-width/2, 0), size.Width-width)
	d.add(written(words, areaAt(at, 0, width, l.line), fyne.TextAlignLeading, fynetheme.ColorNameForeground))
}
