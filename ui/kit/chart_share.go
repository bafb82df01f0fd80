package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// Share is one group's part of a whole.
type Share struct {
	Label string
	Value int64
}

// ShareBars shows how a whole divides into groups: a bar for each in a track as long
// as the whole, with its number and its percent.
type ShareBars struct {
	widget.BaseWidget

	Title   string // quiet words above
	Unit    string // what is counted: "lượt người"
	Whole   int64  // 0: what the groups come to
	OnOpen  func(i int)
	OnFocus func() // the keyboard has come

	shares []Share
	head   *chartHead
	plot   *plot
	said   *Text
}

// NewShareBars makes a chart without groups. Set its fields before Set.
func NewShareBars() *ShareBars {
	c := &ShareBars{head: newChartHead(), plot: newPlot(), said: Caption("")}
	c.plot.count = func() int { return len(c.shares) }
	c.plot.draw = c.draw
	c.plot.least = c.least
	c.plot.said = func(i int) { c.said.SetText(c.sentence(i)) }
	c.plot.open = func() func(int) { return c.OnOpen }
	c.plot.words = c.Described
	c.plot.came = func() func() { return c.OnFocus }
	c.ExtendBaseWidget(c)
	return c
}

// Set shows groups.
func (c *ShareBars) Set(shares []Share) {
	c.shares = shares
	c.plot.at = min(c.plot.at, max(len(shares)-1, 0))
	c.Refresh()
}

// FocusTarget is what takes the keys.
func (c *ShareBars) FocusTarget() fyne.Focusable { return c.plot }

// Caption is what the line under the bars says.
func (c *ShareBars) Caption() string { return c.said.Text }

// Described is the chart in words, a line for each group.
func (c *ShareBars) Described() string {
	lines := []string{strings.TrimPrefix(c.Title+": "+c.sentence(-1), ": ")}
	for i := range c.shares {
		lines = append(lines, c.sentence(i))
	}
	return strings.Join(lines, "\n")
}

func (c *ShareBars) sentence(i int) string {
	if i < 0 || i >= len(c.shares) {
		return T("tổng {{.N}}", map[string]any{"N": counted(c.all(), c.Unit)})
	}
	s := c.shares[i]
	return T("{{.Name}}: {{.N}} trên {{.All}}, {{.Percent}}", map[string]any{
		"Name": s.Label, "N": Number(s.Value), "All": counted(c.all(), c.Unit), "Percent": percent(s.Value, c.all())})
}

func (c *ShareBars) all() int64 {
	if c.Whole > 0 {
		return c.Whole
	}
	var sum int64
	for _, s := range c.shares {
		sum += s.Value
	}
	return sum
}

// Refresh shows changed fields.
func (c *ShareBars) Refresh() {
	c.head.set(c.Title, "", "")
	c.said.SetText(c.sentence(c.plot.looked()))
	c.plot.Refresh()
}

// CreateRenderer puts title, bars and caption under each other.
func (c *ShareBars) CreateRenderer() fyne.WidgetRenderer {
	c.Refresh()
	return widget.NewSimpleRenderer(container.New(chartStack{}, c.head, c.plot, c.said))
}

func (c *ShareBars) row() float32 { return whole(captionSize("Ậg").Height + sizeOf(theme.SizeGap)) }

func (c *ShareBars) least() fyne.Size {
	return fyne.NewSize(captionSize("Ậg").Height*16, c.row()*float32(len(c.shares)))
}

func (c *ShareBars) draw(size fyne.Size) drawing {
	var d drawing
	gap, row := sizeOf(theme.SizeGap), c.row()
	labels := widestCaption(len(c.shares), func(i int) string { return c.shares[i].Label })
	numbers := widestCaption(len(c.shares), func(i int) string { return Number(c.shares[i].Value) })
	rates := captionSize("100 %").Width
	left := whole(min(labels, size.Width*0.42) + gap)
	right := size.Width - numbers - rates - 2*gap - gap
	for i, s := range c.shares {
		y := float32(i) * row
		d.slots = append(d.slots, areaAt(0, y, size.Width, row))
		d.add(written(s.Label, areaAt(gap/2, y, left-gap, row), fyne.TextAlignLeading, fynetheme.ColorNameForeground))
		c.drawPart(&d, s, areaAt(left, y+gap/2+1, right-left, row-gap-2))
		d.add(written(Number(s.Value), areaAt(right, y, numbers+gap, row), fyne.TextAlignTrailing, fynetheme.ColorNameForeground))
		d.add(written(percent(s.Value, c.all()), areaAt(size.Width-rates-gap/2, y, rates, row), fyne.TextAlignTrailing, theme.ColorMuted))
	}
	return d
}

func (c *ShareBars) drawPart(d *drawing, s Share, track area) {
	d.add(filled(track, theme.ColorTrack))
	d.add(filled(partOf(track, s.Value, c.all()), theme.ColorBar))
}

// partOf is the left part of a track; what is something shows at least a line.
func partOf(track area, part, all int64) area {
	if all <= 0 || part <= 0 {
		track.size.Width = 0
		return track
	}
	track.size.Width = max(track.size.Width*float32(min(part, all))/float32(all), 2)
	return track
}
