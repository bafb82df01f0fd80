package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Bar is one bar of a chart.
type Bar struct {
	Label  string // under or before the bar: "3"
	Name   string // in a sentence: "tháng 3"; "" for the label
	Value  int64
	Before int64 // to compare with, where the chart has a name for it
	Ahead  bool  // its time has not come: there is no value yet
}

func (b Bar) name() string {
	if b.Name != "" {
		return b.Name
	}
	return b.Label
}

// BarChart shows numbers by month or by category. Each bar carries its number; a
// target is a line with its name at the end. The line under the bars says the one
// under the keyboard or the pointer, else what they come to.
//
// It is drawn with the toolkit's rectangles and words, and not by a chart library
// as a picture: they stay sharp at every scale, follow the theme and the window's
// size at once, use the window's own font, and know where each bar is, which
// keyboard, pointer and OnOpen need. The library that was tried (go-analyze/charts
// 0.6.4) draws lines at an average or a median only and not at a target, keeps the
// places of its bars to itself, and lets numbers lie on each other.
type BarChart struct {
	widget.BaseWidget

	Title      string // quiet words above
	Unit       string // what is counted: "hoạt động"
	Now        string // the name of the values, "năm nay"; needed with Before only
	Before     string // the name of what they are compared with; "" for nothing
	Target     int64  // 0: none
	TargetName string // "chỉ tiêu"
	Lying      bool   // bars lie under each other: for long labels
	All        string // what all come to, where that is not their sum
	OnOpen     func(i int)
	OnFocus    func() // the keyboard has come

	bars []Bar
	head *chartHead
	plot *plot
	said *Text
}

// NewBarChart makes a chart without bars. Set its fields before Set.
func NewBarChart() *BarChart {
	c := &BarChart{plot: newPlot(), said: Caption("")}
	c.head = newChartHead()
	c.plot.count = func() int { return len(c.bars) }
	c.plot.draw = c.draw
	c.plot.least = c.least
	c.plot.said = func(i int) { c.said.SetText(c.sentence(i)) }
	c.plot.open = func() func(int) { return c.OnOpen }
	c.plot.words = c.Described
	c.plot.came = func() func() { return c.OnFocus }
	c.ExtendBaseWidget(c)
	return c
}

// Set shows bars.
func (c *BarChart) Set(bars []Bar) {
	c.bars = bars
	c.plot.at = min(c.plot.at, max(len(bars)-1, 0))
	c.Refresh()
}

// Bars are the bars shown.
func (c *BarChart) Bars() []Bar { return c.bars }

// FocusTarget is what takes the keys.
func (c *BarChart) FocusTarget() fyne.Focusable { return c.plot }

// Caption is what the line under the bars says.
func (c *BarChart) Caption() string { return c.said.Text }

// Described is the chart in words, a line for each bar.
func (c *BarChart) Described() string {
	lines := []string{strings.TrimPrefix(c.Title+": "+c.total(), ": ")}
	for i := range c.bars {
		lines = append(lines, c.sentence(i))
	}
	return strings.Join(lines, "\n")
}

// sentence says one bar; -1 says what all come to.
func (c *BarChart) sentence(i int) string {
	if i < 0 || i >= len(c.bars) {
		return c.total()
	}
	b := c.bars[i]
	value := counted(b.Value, c.Unit)
	if b.Ahead {
		value = T("chưa đến")
	}
	return b.name() + ": " + value + c.compared(b.Before) + c.aimed()
}

func (c *BarChart) total() string {
	if c.All != "" {
		return c.All
	}
	var value, before int64
	for _, b := range c.bars {
		value += b.Value
		before += b.Before
	}
	return T("tổng {{.N}}", map[string]any{"N": counted(value, c.Unit)}) + c.compared(before)
}

func (c *BarChart) compared(before int64) string {
	if c.Before == "" {
		return ""
	}
	return ", " + c.Before + ": " + Number(before)
}

func (c *BarChart) aimed() string {
	if c.Target == 0 {
		return ""
	}
	return ", " + c.targetWords()
}

func (c *BarChart) targetWords() string {
	name := c.TargetName
	if name == "" {
		name = T("chỉ tiêu")
	}
	return name + " " + Number(c.Target)
}

// most is the value at the end of the room.
func (c *BarChart) most() int64 {
	most := max(c.Target, 1)
	for _, b := range c.bars {
		most = max(most, b.Value)
		if c.Before != "" {
			most = max(most, b.Before)
		}
	}
	return most
}

// Refresh shows changed fields.
func (c *BarChart) Refresh() {
	c.head.set(c.Title, c.Now, c.Before)
	c.said.SetText(c.sentence(c.plot.looked()))
	c.plot.Refresh()
}

// CreateRenderer puts title, bars and caption under each other.
func (c *BarChart) CreateRenderer() fyne.WidgetRenderer {
	c.Refresh()
	return widget.NewSimpleRenderer(container.New(chartStack{}, c.head, c.plot, c.said))
}
