package kit

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/ui/theme"
)

// Target is how far one aim is reached.
type Target struct {
	Name        string // "Văn bản được công khai"
	Numerator   int64
	Denominator int64  // 0 with a unit: there is nothing yet to be a part of, and no bar
	Unit        string // the figure is a number of these and not a share: "lần"
	Threshold   int64  // in percent; 0 for none
	State       State  // as whoever knows the rule judges it
	Word        string // the state in a word; "" for the usual one: đạt, cần chú ý, chưa đạt
	Detail      string // what is missing, who is behind, days left
}

// TargetBar shows how far one aim is reached: numerator and denominator, a bar with
// the threshold marked on it, and the state as an icon and a word.
type TargetBar struct {
	widget.BaseWidget

	OnOpen  func() // a click or Enter; nil: it is only read
	OnFocus func() // the keyboard has come

	target Target
	plot   *plot
	icon   *canvas.Image
}

// NewTargetBar makes a bar without a target.
func NewTargetBar() *TargetBar {
	b := &TargetBar{plot: newPlot(), icon: canvas.NewImageFromResource(nil)}
	b.plot.count = func() int { return 1 }
	b.plot.draw = b.draw
	b.plot.least = b.least
	b.plot.said = func(int) {}
	b.plot.open = b.opener
	b.plot.words = b.Described
	b.plot.came = func() func() { return b.OnFocus }
	b.ExtendBaseWidget(b)
	return b
}

// Set shows a target.
func (b *TargetBar) Set(t Target) {
	b.target = t
	b.plot.Refresh()
}

// FocusTarget is what takes the keys.
func (b *TargetBar) FocusTarget() fyne.Focusable { return b.plot }

// Described is the target in words.
func (b *TargetBar) Described() string {
	t := b.target
	words := t.Name + ": " + b.figure()
	if t.Threshold > 0 {
		words += ", " + b.thresholdWords()
	}
	return words + "; " + b.stateWords()
}

func (b *TargetBar) opener() func(int) {
	if b.OnOpen == nil {
		return nil
	}
	return func(int) { b.OnOpen() }
}

func (b *TargetBar) figure() string {
	t := b.target
	if t.Unit != "" {
		return counted(t.Numerator, t.Unit)
	}
	return Number(t.Numerator) + " / " + Number(t.Denominator) + "  ·  " + percent(t.Numerator, t.Denominator)
}

func (b *TargetBar) thresholdWords() string {
	return T("mức {{.N}} %", map[string]any{"N": strconv.FormatInt(b.target.Threshold, 10)})
}

// stateWords are the word of the state and the detail.
func (b *TargetBar) stateWords() string {
	word := b.target.Word
	if word == "" {
		word = stateWord(b.target.State)
	}
	return strings.TrimPrefix(strings.TrimSuffix(word+": "+b.target.Detail, ": "), ": ")
}

func stateWord(s State) string {
	switch s {
	case Fine:
		return T("đạt")
	case Attention:
		return T("cần chú ý")
	case Wrong:
		return T("chưa đạt")
	}
	return T("chưa tính được")
}

// CreateRenderer shows it.
func (b *TargetBar) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.plot) }

// targetRows are the heights of the name, the bar and the state.
func targetRows() (name, bar, state float32) {
	text := fyne.MeasureText("Ậg", fynetheme.TextSize(), fyne.TextStyle{}).Height
	return text + sizeOf(theme.SizeTight), whole(fynetheme.TextSize() * 0.85), captionSize("Ậg").Height + sizeOf(theme.SizeTight)
}

func (b *TargetBar) least() fyne.Size {
	name, bar, state := targetRows()
	air := sizeOf(theme.SizeGap)
	return fyne.NewSize(fynetheme.TextSize()*16, name+bar+state+air)
}

func (b *TargetBar) draw(size fyne.Size) drawing {
	d := drawing{slots: []area{{size: size}}}
	air := sizeOf(theme.SizeTight)
	name, bar, state := targetRows()
	b.writeName(&d, areaAt(air, air, size.Width-2*air, name))
	track := areaAt(air, air+name, size.Width-2*air, bar)
	if b.target.Denominator > 0 || b.target.Unit == "" {
		d.add(filled(track, theme.ColorTrack), filled(partOf(track, b.target.Numerator, b.target.Denominator), theme.ColorBar))
	}
	b.writeState(&d, track, areaAt(air, track.pos.Y+bar, size.Width-2*air, state))
	return d
}

func (b *TargetBar) writeName(d *drawing, a area) {
	figure := canvas.NewText(b.figure(), fynetheme.Color(fynetheme.ColorNameForeground))
	figure.TextSize, figure.Alignment = fynetheme.TextSize(), fyne.TextAlignTrailing
	figure.TextStyle.Bold = true
	width := fyne.MeasureText(figure.Text, figure.TextSize, figure.TextStyle).Width
	areaAt(a.pos.X+a.size.Width-width, a.pos.Y, width, a.size.Height-sizeOf(theme.SizeTight)).hold(figure)
	room := a.size.Width - width - sizeOf(theme.SizeGroup)
	name := canvas.NewText(shorten(b.target.Name, room, fynetheme.TextSize()), figure.Color)
	name.TextSize = fynetheme.TextSize()
	areaAt(a.pos.X, a.pos.Y, room, a.size.Height-sizeOf(theme.SizeTight)).hold(name)
	d.add(name, figure)
}

// writeState writes the threshold under its mark and the state on the side of it
// that has more room.
func (b *TargetBar) writeState(d *drawing, track, row area) {
	gap := sizeOf(theme.SizeGap)
	row.pos.Y += sizeOf(theme.SizeTight)
	row.size.Height -= sizeOf(theme.SizeTight)
	left, right := row.pos.X, row.pos.X+row.size.Width
	if b.target.Threshold > 0 {
		mark := track.pos.X + track.size.Width*float32(min(b.target.Threshold, 100))/100
		mark = min(mark, track.pos.X+track.size.Width-1)
		d.add(filled(areaAt(mark-1, track.pos.Y-3, 2, track.size.Height+6), theme.ColorTarget))
		words := b.thresholdWords()
		width := captionSize(words).Width
		at := min(max(mark-width/2, left), right-width)
		d.add(written(words, areaAt(at, row.pos.Y, width, row.size.Height), fyne.TextAlignLeading, theme.ColorMuted))
		if at-left >= right-at-width {
			right = at - gap
		} else {
			left = at + width + gap
		}
	}
	b.writeWord(d, areaAt(left, row.pos.Y, right-left, row.size.Height))
}

func (b *TargetBar) writeWord(d *drawing, a area) {
	side := fynetheme.CaptionTextSize() + 2
	b.icon.Resource = b.target.State.icon()
	b.icon.Refresh() // else the picture of the icon before stays
	areaAt(a.pos.X, whole(a.pos.Y+(a.size.Height-side)/2), side, side).hold(b.icon)
	x := side + sizeOf(theme.SizeTight)
	d.add(b.icon, written(b.stateWords(), areaAt(a.pos.X+x, a.pos.Y, a.size.Width-x, a.size.Height), fyne.TextAlignLeading, b.target.State.color()))
}
