package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/theme"
)

// MonthPicker is a small month to choose a day from: arrows, Home, End, Page Up and
// Page Down move, T goes to today, Enter or a tap chooses, Escape does not.
type MonthPicker struct {
	widget.BaseWidget

	OnChosen func(record.Date)
	OnLeft   func() // Escape
	Holiday  func(record.Date) string

	day   record.Date
	today record.Date
	shown monthCells
}

// monthCells are what is drawn, and the days under it.
type monthCells struct {
	objects []fyne.CanvasObject
	days    []record.Date
	areas   []area
	turns   [2]area // the arrows beside the name of the month
}

// NewMonthPicker makes a month at a day.
func NewMonthPicker(day, today record.Date) *MonthPicker {
	m := &MonthPicker{day: day, today: today}
	m.ExtendBaseWidget(m)
	return m
}

// Day is the day the picker is at.
func (m *MonthPicker) Day() record.Date { return m.day }

func (m *MonthPicker) goTo(d record.Date) {
	if d != "" && d.Valid() {
		m.day = d
		m.Refresh()
	}
}

func (m *MonthPicker) choose(d record.Date) {
	if m.OnChosen != nil {
		m.OnChosen(d)
	}
}

// FocusGained has nothing to show: the picker always has the keyboard.
func (m *MonthPicker) FocusGained() {}

// FocusLost is the other half.
func (m *MonthPicker) FocusLost() {}

// TypedKey moves, chooses and closes.
func (m *MonthPicker) TypedKey(key *fyne.KeyEvent) {
	Touch()
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		m.choose(m.day)
	case fyne.KeyEscape, fyne.KeyF4:
		if m.OnLeft != nil {
			m.OnLeft()
		}
	default:
		if to, ok := stepDay(m.day, key.Name); ok {
			m.goTo(to)
		}
	}
}

// TypedRune goes to today, and chooses on Space.
func (m *MonthPicker) TypedRune(r rune) {
	switch {
	case todayRune(r):
		m.goTo(m.today)
	case r == ' ':
		m.choose(m.day)
	}
}

// Tapped chooses a day, or turns to another month.
func (m *MonthPicker) Tapped(p *fyne.PointEvent) {
	for i, step := range []int{-1, 1} {
		if m.shown.turns[i].has(p.Position) {
			m.goTo(addMonths(m.day, step))
			return
		}
	}
	for i, a := range m.shown.areas {
		if a.has(p.Position) {
			m.choose(m.shown.days[i])
			return
		}
	}
}

// MinSize has room for six weeks, so that the month does not change its size.
func (m *MonthPicker) MinSize() fyne.Size {
	side := m.side()
	return fyne.NewSize(side*7, side*9)
}

// side is that of a day.
func (m *MonthPicker) side() float32 { return whole(fynetheme.TextSize() * 2.1) }

// CreateRenderer draws anew for every day and theme.
func (m *MonthPicker) CreateRenderer() fyne.WidgetRenderer {
	r := &monthRenderer{m: m}
	r.Refresh()
	return r
}

type monthRenderer struct{ m *MonthPicker }

func (r *monthRenderer) Destroy()                     {}
func (r *monthRenderer) Layout(fyne.Size)             {}
func (r *monthRenderer) MinSize() fyne.Size           { return r.m.MinSize() }
func (r *monthRenderer) Objects() []fyne.CanvasObject { return r.m.shown.objects }
func (r *monthRenderer) Refresh()                     { r.m.draw(); canvas.Refresh(r.m) }

func (m *MonthPicker) draw() {
	m.shown = monthCells{}
	m.drawHead()
	from, to := monthSpan(m.day)
	for d := from; d <= to; d = d.AddDays(1) {
		m.drawDay(d, daysBetween(from, d))
	}
	m.drawFoot()
}

func (m *MonthPicker) add(o ...fyne.CanvasObject) { m.shown.objects = append(m.shown.objects, o...) }

func (m *MonthPicker) drawHead() {
	side := m.side()
	for i, icon := range []fyne.ThemeIconName{fynetheme.IconNameNavigateBack, fynetheme.IconNameNavigateNext} {
		m.shown.turns[i] = areaAt(float32(i)*side*6, 0, side, side)
		sign := canvas.NewImageFromResource(theme.Icon(icon))
		inner := fynetheme.TextSize() * 1.2
		areaAt(float32(i)*side*6+(side-inner)/2, (side-inner)/2, inner, inner).hold(sign)
		m.add(sign)
	}
	name := m.word(monthName(m.day), areaAt(side, 0, side*5, side), fynetheme.ColorNameForeground)
	name.TextStyle.Bold = true
	for i := range 7 {
		place := areaAt(float32(i)*side, side, side, side)
		m.add(written(weekdayShort(i), place, fyne.TextAlignCenter, theme.ColorMuted))
	}
}

// word writes a centred word of the text's size.
func (m *MonthPicker) word(text string, a area, ink fyne.ThemeColorName) *canvas.Text {
	t := canvas.NewText(text, fynetheme.Color(ink))
	t.TextSize, t.Alignment = fynetheme.TextSize(), fyne.TextAlignCenter
	a.hold(t)
	m.add(t)
	return t
}

func (m *MonthPicker) drawDay(d record.Date, n int) {
	side := m.side()
	place := areaAt(float32(n%7)*side, float32(n/7+2)*side, side, side)
	m.shown.days, m.shown.areas = append(m.shown.days, d), append(m.shown.areas, place)
	ink := fynetheme.ColorNameForeground
	switch {
	case d == m.day:
		m.add(m.rounded(place, fynetheme.ColorNamePrimary))
		ink = fynetheme.ColorNameForegroundOnPrimary
	case d == m.today:
		m.add(m.ring(place))
	case d.Month() != m.day.Month():
		ink = theme.ColorMuted
	}
	text := m.word(strconv.Itoa(d.Day()), place, ink)
	text.TextStyle.Bold = d == m.today || m.holiday(d) != ""
}

func (m *MonthPicker) rounded(a area, name fyne.ThemeColorName) *canvas.Rectangle {
	r := filled(areaAt(a.pos.X+1, a.pos.Y+1, a.size.Width-2, a.size.Height-2), name)
	r.CornerRadius = sizeOf(theme.SizeTight)
	return r
}

func (m *MonthPicker) ring(a area) *canvas.Rectangle {
	r := m.rounded(a, theme.ColorSelected)
	r.StrokeColor, r.StrokeWidth = fynetheme.Color(fynetheme.ColorNamePrimary), 1
	return r
}

// drawFoot says the day in full, and its holiday.
func (m *MonthPicker) drawFoot() {
	words := DayWords(m.day)
	switch name := m.holiday(m.day); {
	case name != "":
		words += ", " + name
	case m.day == m.today:
		words += ", " + T("hôm nay")
	}
	side := m.side()
	m.add(written(words, areaAt(0, side*8, side*7, side), fyne.TextAlignCenter, theme.ColorMuted))
}

func (m *MonthPicker) holiday(d record.Date) string {
	if m.Holiday == nil {
		return ""
	}
	return m.Holiday(d)
}

// datePopup is a month over the window, under the field it belongs to. A tap beside
// it hides it without a word.
type datePopup struct {
	*widget.PopUp
	month *MonthPicker
	field *DateEntry
}

func newDatePopup(d *DateEntry, window fyne.Canvas, day record.Date) *datePopup {
	p := &datePopup{month: NewMonthPicker(day, d.today()), field: d}
	p.month.Holiday = d.Holiday
	p.month.OnChosen = p.close
	p.month.OnLeft = func() { p.close("") }
	p.PopUp = widget.NewPopUp(p.month, window)
	return p
}

// show opens it under the field, or above where there is no room below.
func (p *datePopup) show() {
	entry := p.field.entry
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(entry)
	below := at.AddXY(0, entry.Size().Height+sizeOf(theme.SizeTight)+2)
	size, window := p.PopUp.MinSize(), p.PopUp.Canvas.Size()
	if below.Y+size.Height > window.Height && at.Y > size.Height {
		below.Y = at.Y - size.Height - 2
	}
	below.Y = max(min(below.Y, window.Height-size.Height), 0)
	below.X = max(min(below.X, window.Width-size.Width), 0)
	p.PopUp.ShowAtPosition(below)
	p.PopUp.Canvas.Focus(p.month)
}

func (p *datePopup) close(day record.Date) {
	p.PopUp.Hide()
	p.field.chosen(day)
}

// open reports whether it is seen; there may be none.
func (p *datePopup) open() bool { return p != nil && p.PopUp.Visible() }
