package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/theme"
)

// calendarBody is the part of a calendar that shows days. It has the keyboard.
type calendarBody struct {
	widget.BaseWidget
	c       *Calendar
	focused bool
	shift   bool
	onEntry bool // the pointer is over something that opens
	shown   calendarSheet
}

// calendarSheet is what is drawn, and what may be tapped where; what was added
// last lies on top.
type calendarSheet struct {
	ground  []fyne.CanvasObject // days and the lines between them
	objects []fyne.CanvasObject // what lies on them
	hits    []calendarHit
	day     area // of the day one is at
	entry   area // of the entry the keyboard is on
}

type calendarHit struct {
	area
	day  record.Date
	key  string // "" for the day itself
	more bool   // "+3"
}

func (s *calendarSheet) add(o ...fyne.CanvasObject) { s.objects = append(s.objects, o...) }

func (s *calendarSheet) lay(o ...fyne.CanvasObject) { s.ground = append(s.ground, o...) }

func newCalendarBody(c *Calendar) *calendarBody {
	b := &calendarBody{c: c}
	b.ExtendBaseWidget(b)
	return b
}

func (b *calendarBody) under(p fyne.Position) (calendarHit, bool) {
	for i := len(b.shown.hits) - 1; i >= 0; i-- {
		if b.shown.hits[i].has(p) {
			return b.shown.hits[i], true
		}
	}
	return calendarHit{}, false
}

func (b *calendarBody) draw(size fyne.Size) calendarSheet {
	if b.c.week {
		return b.drawWeek(size)
	}
	return b.drawMonth(size)
}

// laneHeight is that of an entry on one line, with the air below it.
func laneHeight() float32 { return whole(captionSize("Ậg").Height + sizeOf(theme.SizeTight)/2 + 1) }

// numberHeight is that of the line with the number of a day.
func numberHeight() float32 { return whole(captionSize("Ậg").Height + sizeOf(theme.SizeTight)) }

// MinSize has room for six weeks with the number of each day and one line below.
func (b *calendarBody) MinSize() fyne.Size {
	row := numberHeight() + 2*laneHeight()
	return fyne.NewSize(7*fynetheme.CaptionTextSize()*4.5, numberHeight()+6*row)
}

// CreateRenderer draws anew for every size, day and theme.
func (b *calendarBody) CreateRenderer() fyne.WidgetRenderer {
	r := &calendarRenderer{b: b, day: newOutline(), entry: newOutline()}
	r.Refresh()
	return r
}

type calendarRenderer struct {
	b          *calendarBody
	day, entry outline
}

func (r *calendarRenderer) Destroy()           {}
func (r *calendarRenderer) MinSize() fyne.Size { return r.b.MinSize() }
func (r *calendarRenderer) Refresh()           { r.Layout(r.b.Size()); canvas.Refresh(r.b) }

func (r *calendarRenderer) Layout(size fyne.Size) {
	r.b.shown = calendarSheet{}
	if !size.IsZero() {
		r.b.shown = r.b.draw(size)
	}
	width, ink := sizeOf(theme.SizeRing), fynetheme.ColorNamePrimary
	if !r.b.focused {
		width, ink = 1, fynetheme.ColorNamePlaceHolder
	}
	r.ring(r.day, r.b.shown.day, width, ink)
	r.ring(r.entry, r.b.shown.entry, width, ink)
}

func (r *calendarRenderer) ring(o outline, a area, width float32, ink fyne.ThemeColorName) {
	for _, side := range o {
		side.Hidden = a.size.IsZero()
	}
	if !a.size.IsZero() {
		o.around(a, width, fynetheme.Color(ink))
	}
}

func (r *calendarRenderer) Objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	out = append(out, r.b.shown.ground...)
	out = r.day.over(out) // below the entries: it must not strike through those of several days
	out = append(out, r.b.shown.objects...)
	return r.entry.over(out)
}

// dayEdges are the left edges of the days, on whole pixels, and the last right edge.
func dayEdges(left, right float32) [8]float32 {
	var edges [8]float32
	for i := range edges {
		edges[i] = whole(left + (right-left)*float32(i)/7)
	}
	return edges
}

// writeNumber writes the number of a day; today's stands on a coloured ground.
func (b *calendarBody) writeNumber(s *calendarSheet, words string, d record.Date, a area, ink fyne.ThemeColorName) (right float32) {
	text := canvas.NewText(words, fynetheme.Color(ink))
	text.TextSize = fynetheme.CaptionTextSize()
	if d == b.c.today() {
		text.TextStyle.Bold = true
		text.Color = fynetheme.Color(fynetheme.ColorNameForegroundOnPrimary)
	}
	width := fyne.MeasureText(words, text.TextSize, text.TextStyle).Width
	pad := sizeOf(theme.SizeTight)
	place := areaAt(a.pos.X+1.5*pad, a.pos.Y+pad/2, width, a.size.Height-pad)
	if d == b.c.today() {
		ground := filled(areaAt(place.pos.X-pad, place.pos.Y, width+2*pad, place.size.Height), fynetheme.ColorNamePrimary)
		ground.CornerRadius = pad
		s.add(ground)
	}
	place.hold(text)
	s.add(text)
	return place.pos.X + place.size.Width
}

// writeChip writes an entry on one line; what does not begin here has no edge.
func (b *calendarBody) writeChip(s *calendarSheet, e CalendarEntry, a area, begins bool) {
	edge := float32(3)
	b.writeGround(s, e, a)
	if begins {
		s.add(filled(areaAt(a.pos.X, a.pos.Y, edge, a.size.Height), edgeColor(e)))
	}
	x := a.pos.X + edge + sizeOf(theme.SizeTight)
	if e.State != Plain {
		x = b.addIcon(s, e.State, x, a)
	}
	clock := string(e.Start)
	room := a.pos.X + a.size.Width - x - 2
	if width := captionSize(clock).Width; clock != "" && begins && room > width*3 {
		s.add(written(clock, areaAt(x, a.pos.Y, width, a.size.Height), fyne.TextAlignLeading, theme.ColorMuted))
		x += width + sizeOf(theme.SizeTight)
		room = a.pos.X + a.size.Width - x - 2
	}
	s.add(written(e.Title, areaAt(x, a.pos.Y, room, a.size.Height), fyne.TextAlignLeading, fynetheme.ColorNameForeground))
}

// writeGround colours the place of an entry, or draws its outline.
func (b *calendarBody) writeGround(s *calendarSheet, e CalendarEntry, a area) {
	if !e.Faint {
		s.add(filled(a, theme.ColorSelected))
		return
	}
	ground := filled(a, fynetheme.ColorNameBackground)
	ground.StrokeColor, ground.StrokeWidth = fynetheme.Color(fynetheme.ColorNameInputBorder), 1
	s.add(ground)
}

func edgeColor(e CalendarEntry) fyne.ThemeColorName {
	if e.Faint {
		return fynetheme.ColorNamePlaceHolder
	}
	return fynetheme.ColorNamePrimary
}

func (b *calendarBody) addIcon(s *calendarSheet, state State, x float32, a area) float32 {
	side := fynetheme.CaptionTextSize()
	icon := canvas.NewImageFromResource(state.icon())
	areaAt(whole(x), whole(a.pos.Y+(a.size.Height-side)/2), side, side).hold(icon)
	s.add(icon)
	return x + side + sizeOf(theme.SizeTight)
}

// writeMore says how many entries of a day did not fit.
func (b *calendarBody) writeMore(s *calendarSheet, n int, d record.Date, a area) {
	x := sizeOf(theme.SizeTight)
	words := "+" + Number(int64(n))
	s.add(written(words, areaAt(a.pos.X+x, a.pos.Y, a.size.Width-x, a.size.Height), fyne.TextAlignLeading, fynetheme.ColorNamePrimary))
	s.hits = append(s.hits, calendarHit{area: a, day: d, more: true})
}

// joined are the words that are not empty, with a space between.
func joined(words ...string) string {
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}
