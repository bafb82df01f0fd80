package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
	"sophobien/ui/theme"
)

// monthSheet is a month being drawn.
type monthSheet struct {
	b     *calendarBody
	sheet *calendarSheet
	edges [8]float32
	top   float32 // below the names of the days
	row   float32
}

func (b *calendarBody) drawMonth(size fyne.Size) calendarSheet {
	var sheet calendarSheet
	from, to := b.c.Range()
	weeks := (daysBetween(from, to) + 1) / 7
	m := monthSheet{b: b, sheet: &sheet, edges: dayEdges(0, size.Width-1), top: numberHeight()}
	m.row = (size.Height - m.top - 1) / float32(weeks)
	m.writeNames()
	for w := range weeks {
		m.drawWeek(w, from.AddDays(7*w))
	}
	m.rule(size, weeks)
	return sheet
}

// writeNames writes the days of the week, short where the columns are narrow.
func (m monthSheet) writeNames() {
	name := weekdayName
	if widestCaption(7, weekdayName)+sizeOf(theme.SizeGap) > m.edges[1]-m.edges[0] {
		name = weekdayShort
	}
	for i := range 7 {
		place := areaAt(m.edges[i], 0, m.edges[i+1]-m.edges[i], m.top)
		m.sheet.add(written(name(i), place, fyne.TextAlignCenter, theme.ColorMuted))
	}
}

func (m monthSheet) rule(size fyne.Size, weeks int) {
	for w := range weeks + 1 {
		m.sheet.lay(filled(areaAt(0, m.y(w), size.Width, 1), fynetheme.ColorNameSeparator))
	}
	for _, x := range m.edges {
		m.sheet.lay(filled(areaAt(x, m.top, 1, m.y(weeks)-m.top), fynetheme.ColorNameSeparator))
	}
}

func (m monthSheet) y(week int) float32 { return whole(m.top + float32(week)*m.row) }

func (m monthSheet) cell(week, day int) area {
	return areaAt(m.edges[day], m.y(week), m.edges[day+1]-m.edges[day], m.y(week+1)-m.y(week))
}

func (m monthSheet) drawWeek(week int, monday record.Date) {
	for i := range 7 {
		m.drawDay(monday.AddDays(i), m.cell(week, i))
	}
	lines := int((m.row - numberHeight() - 1) / laneHeight())
	shown, more := fit(layWeek(monday, m.b.c.entries), lines)
	for _, l := range shown {
		m.drawEntry(week, monday, l)
	}
	for i, n := range more {
		if n > 0 {
			m.b.writeMore(m.sheet, n, monday.AddDays(i), m.lane(week, i, i, max(lines-1, 0)))
		}
	}
}

func (m monthSheet) drawDay(d record.Date, cell area) {
	c := m.b.c
	m.sheet.hits = append(m.sheet.hits, calendarHit{area: cell, day: d})
	if weekday(d) > 4 || c.holiday(d) != "" {
		m.sheet.lay(filled(cell, theme.ColorRail))
	}
	if d == c.day {
		m.sheet.day = areaAt(cell.pos.X, cell.pos.Y, cell.size.Width+1, cell.size.Height+1)
	}
	ink, words := fynetheme.ColorNameForeground, strconv.Itoa(d.Day())
	if d.Month() != c.day.Month() {
		ink, words = theme.ColorMuted, d.String()[:5]
	}
	line := areaAt(cell.pos.X, cell.pos.Y, cell.size.Width, numberHeight())
	x := m.b.writeNumber(m.sheet, words, d, line, ink) + sizeOf(theme.SizeTight)
	if name := c.holiday(d); name != "" {
		room := cell.pos.X + cell.size.Width - x - sizeOf(theme.SizeTight)
		m.sheet.add(written(name, areaAt(x, cell.pos.Y, room, line.size.Height), fyne.TextAlignTrailing, fynetheme.ColorNamePrimary))
	}
}

// lane is the place of a line over some days of a week.
func (m monthSheet) lane(week, first, last, lane int) area {
	x := m.edges[first] + 3
	y := m.y(week) + numberHeight() + float32(lane)*laneHeight()
	return areaAt(x, y, m.edges[last+1]-x-2, laneHeight()-2)
}

func (m monthSheet) drawEntry(week int, monday record.Date, l laid) {
	place := m.lane(week, l.first, l.last, l.lane)
	m.b.writeChip(m.sheet, l.entry, place, l.begins)
	for d := l.first; d <= l.last; d++ {
		day := areaAt(m.edges[d], place.pos.Y, m.edges[d+1]-m.edges[d], place.size.Height)
		m.sheet.hits = append(m.sheet.hits, calendarHit{area: day, day: monday.AddDays(d), key: l.entry.Key})
		if m.b.c.day == monday.AddDays(d) && m.b.c.current().Key == l.entry.Key {
			m.sheet.entry = place
		}
	}
}
