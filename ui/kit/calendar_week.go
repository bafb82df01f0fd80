package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/theme"
)

// A week is shown as offices write theirs: what takes whole days first, then the
// mornings, then the afternoons. Hours without anything take no room.
type weekSheet struct {
	b      *calendarBody
	sheet  *calendarSheet
	monday record.Date
	edges  [8]float32
}

// dayPart is a part of every day of the week.
type dayPart struct {
	name string
	has  func(CalendarEntry) bool
}

func dayParts() []dayPart {
	const noon = "12:00"
	return []dayPart{
		{T("Sáng"), func(e CalendarEntry) bool { return !wholeDays(e) && e.Start < noon }},
		{T("Chiều"), func(e CalendarEntry) bool { return !wholeDays(e) && e.Start >= noon }},
	}
}

func wholeDays(e CalendarEntry) bool { return e.Start == "" || e.last() > e.Day }

func (b *calendarBody) drawWeek(size fyne.Size) calendarSheet {
	var sheet calendarSheet
	w := weekSheet{b: b, sheet: &sheet, monday: mondayOf(b.c.day)}
	parts := dayParts()
	gutter := max(captionSize(parts[0].name).Width, captionSize(parts[1].name).Width) + 2*sizeOf(theme.SizeTight)
	w.edges = dayEdges(gutter, size.Width-1)
	top := w.drawHeads(size)
	top = w.drawWhole(top, size)
	half := whole((size.Height - top - 1) / 2)
	for i, part := range parts {
		w.drawPart(part, top+float32(i)*half, half)
	}
	w.rule(size, top, half)
	return sheet
}

// drawHeads writes weekday, date and holiday over each day, and says where they end.
func (w weekSheet) drawHeads(size fyne.Size) float32 {
	line := numberHeight()
	name := weekdayName
	if widestCaption(7, weekdayName)+captionSize(" 00/00 ").Width+sizeOf(theme.SizeGap) > w.edges[1]-w.edges[0] {
		name = weekdayShort
	}
	for i := range 7 {
		d := w.monday.AddDays(i)
		column := areaAt(w.edges[i], 0, w.edges[i+1]-w.edges[i], size.Height)
		w.sheet.hits = append(w.sheet.hits, calendarHit{area: column, day: d})
		if i > 4 || w.b.c.holiday(d) != "" {
			w.sheet.lay(filled(column, theme.ColorRail))
		}
		if d == w.b.c.day {
			w.sheet.day = areaAt(column.pos.X, 0, column.size.Width+1, size.Height)
		}
		w.b.writeNumber(w.sheet, name(i)+" "+d.String()[:5], d, areaAt(column.pos.X, 0, column.size.Width, line), fynetheme.ColorNameForeground)
		pad := sizeOf(theme.SizeTight)
		place := areaAt(column.pos.X+1.5*pad, line-1, column.size.Width-2*pad, line)
		w.sheet.add(written(w.b.c.holiday(d), place, fyne.TextAlignLeading, fynetheme.ColorNamePrimary))
	}
	return line * 2
}

// drawWhole draws what takes whole days, in at most a third of the room.
func (w weekSheet) drawWhole(top float32, size fyne.Size) float32 {
	var entries []CalendarEntry
	for _, e := range w.b.c.entries {
		if wholeDays(e) {
			entries = append(entries, e)
		}
	}
	all := layWeek(w.monday, entries)
	most := max(int((size.Height-top)/3/laneHeight()), 1)
	shown, more := fit(all, most)
	deepest := 0
	for _, l := range shown {
		deepest = max(deepest, l.lane+1)
		w.drawLaid(l, w.lane(top, l.first, l.last, l.lane))
	}
	for i, n := range more {
		if n > 0 {
			deepest = most
			w.b.writeMore(w.sheet, n, w.monday.AddDays(i), w.lane(top, i, i, most-1))
		}
	}
	if deepest == 0 {
		return top
	}
	return top + float32(deepest)*laneHeight() + sizeOf(theme.SizeTight)
}

func (w weekSheet) lane(top float32, first, last, lane int) area {
	x := w.edges[first] + 3
	return areaAt(x, top+float32(lane)*laneHeight(), w.edges[last+1]-x-2, laneHeight()-2)
}

func (w weekSheet) drawLaid(l laid, place area) {
	w.b.writeChip(w.sheet, l.entry, place, l.begins)
	for d := l.first; d <= l.last; d++ {
		w.hit(l.entry, d, areaAt(w.edges[d], place.pos.Y, w.edges[d+1]-w.edges[d], place.size.Height), place)
	}
}

// hit lets a place on a day open an entry, and marks it where the keyboard is on it.
func (w weekSheet) hit(e CalendarEntry, day int, a, ring area) {
	d := w.monday.AddDays(day)
	w.sheet.hits = append(w.sheet.hits, calendarHit{area: a, day: d, key: e.Key})
	if w.b.c.day == d && w.b.c.current().Key == e.Key {
		w.sheet.entry = ring
	}
}

func (w weekSheet) drawPart(part dayPart, top, height float32) {
	pad := sizeOf(theme.SizeTight)
	w.sheet.add(written(part.name, areaAt(pad, top+pad, w.edges[0]-pad, captionSize("Ậg").Height), fyne.TextAlignLeading, theme.ColorMuted))
	for i := range 7 {
		var entries []CalendarEntry
		for _, e := range w.b.c.Entries(w.monday.AddDays(i)) {
			if part.has(e) {
				entries = append(entries, e)
			}
		}
		w.drawCards(i, entries, top+pad, height-2*pad)
	}
}

// drawCards writes the entries of a part of a day under each other, each title on
// as many lines as all of them leave room for.
func (w weekSheet) drawCards(day int, entries []CalendarEntry, top, height float32) {
	lines := 4
	for lines > 1 && w.cardsHeight(day, entries, lines) > height {
		lines--
	}
	y, end := top, top+height
	for i, e := range entries {
		h := w.cardHeight(day, e, lines)
		left := len(entries) - i
		if room := end - y; h > room || left > 1 && h+sizeOf(theme.SizeTight)+laneHeight() > room && w.cardsHeight(day, entries[i:], lines) > room {
			w.b.writeMore(w.sheet, left, w.monday.AddDays(day), w.lane(min(y, end-laneHeight()), day, day, 0))
			return
		}
		w.drawCard(day, e, lines, areaAt(w.edges[day]+3, y, w.edges[day+1]-w.edges[day]-5, h))
		y += h + sizeOf(theme.SizeTight)
	}
}

func (w weekSheet) cardsHeight(day int, entries []CalendarEntry, lines int) float32 {
	sum := float32(0)
	for _, e := range entries {
		sum += w.cardHeight(day, e, lines) + sizeOf(theme.SizeTight)
	}
	return sum
}

func (w weekSheet) titleWidth(day int) float32 {
	return w.edges[day+1] - w.edges[day] - 5 - 3 - 2*sizeOf(theme.SizeTight)
}

func (w weekSheet) cardHeight(day int, e CalendarEntry, lines int) float32 {
	n := len(wrapCaption(e.Title, w.titleWidth(day), lines))
	return whole(captionSize("Ậg").Height*float32(n+1) + sizeOf(theme.SizeTight))
}

func (w weekSheet) drawCard(day int, e CalendarEntry, lines int, a area) {
	w.b.writeGround(w.sheet, e, a)
	w.sheet.add(filled(areaAt(a.pos.X, a.pos.Y, 3, a.size.Height), edgeColor(e)))
	line := captionSize("Ậg").Height
	x, y := a.pos.X+3+sizeOf(theme.SizeTight), a.pos.Y+sizeOf(theme.SizeTight)/2
	width := w.titleWidth(day)
	head := areaAt(x, y, width, line)
	if e.State != Plain {
		head.pos.X = w.b.addIcon(w.sheet, e.State, x, head)
		head.size.Width -= head.pos.X - x
	}
	clock := e.clock()
	if captionSize(clock).Width > head.size.Width {
		clock = string(e.Start)
	}
	w.sheet.add(written(clock, head, fyne.TextAlignLeading, theme.ColorMuted))
	for i, words := range wrapCaption(e.Title, width, lines) {
		w.sheet.add(written(words, areaAt(x, y+line*float32(i+1), width, line), fyne.TextAlignLeading, fynetheme.ColorNameForeground))
	}
	w.hit(e, day, a, a)
}

func (w weekSheet) rule(size fyne.Size, top, half float32) {
	for _, y := range []float32{top - 1, top + half - 1, size.Height - 1} {
		w.sheet.lay(filled(areaAt(0, y, size.Width, 1), fynetheme.ColorNameSeparator))
	}
	for _, x := range w.edges {
		w.sheet.lay(filled(areaAt(x, 0, 1, size.Height), fynetheme.ColorNameSeparator))
	}
}

// wrapCaption breaks words into at most a number of lines; the last ends with … when
// more follow.
func wrapCaption(text string, width float32, most int) []string {
	var out []string
	words := strings.Fields(text)
	for len(words) > 0 {
		n := 1
		for n < len(words) && captionSize(strings.Join(words[:n+1], " ")).Width <= width {
			n++
		}
		if len(out) == most-1 {
			n = len(words)
		}
		out = append(out, shorten(strings.Join(words[:n], " "), width, fynetheme.CaptionTextSize()))
		words = words[n:]
	}
	return out
}
