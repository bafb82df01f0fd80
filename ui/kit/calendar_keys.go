package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"

	"sophobien/internal/record"
)

// AcceptsTab keeps Tab for the entries of the day.
func (b *calendarBody) AcceptsTab() bool { return true }

// KeyDown and KeyUp watch Shift: Fyne does not hand it over with Tab.
func (b *calendarBody) KeyDown(k *fyne.KeyEvent) { b.watchShift(k, true) }

// KeyUp is the other half of KeyDown.
func (b *calendarBody) KeyUp(k *fyne.KeyEvent) { b.watchShift(k, false) }

func (b *calendarBody) watchShift(k *fyne.KeyEvent, down bool) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		b.shift = down
	}
}

// FocusGained shows where the keyboard is.
func (b *calendarBody) FocusGained() { b.focused = true; Arrived(b); b.Refresh() }

// FocusLost is the other half.
func (b *calendarBody) FocusLost() {
	b.focused, b.shift = false, false
	b.c.entry = -1
	b.c.refresh()
}

// TypedKey moves and opens.
func (b *calendarBody) TypedKey(key *fyne.KeyEvent) {
	c := b.c
	if PassKey(b, key) {
		return
	}
	switch key.Name {
	case fyne.KeyTab:
		b.tab()
		return
	case fyne.KeyReturn, fyne.KeyEnter:
		c.enter()
		return
	}
	if c.week && b.weekKey(key.Name) {
		return
	}
	if to, ok := stepDay(c.day, key.Name); ok {
		c.goTo(to)
	}
}

// weekKey does what keys do otherwise in a week.
func (b *calendarBody) weekKey(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyUp:
		b.toEntry(max(b.c.entry-1, -1))
	case fyne.KeyDown:
		b.toEntry(min(b.c.entry+1, len(b.c.Entries(b.c.day))-1))
	case fyne.KeyPageUp:
		b.c.turn(-1)
	case fyne.KeyPageDown:
		b.c.turn(1)
	default:
		return false
	}
	return true
}

// tab goes to the next entry of the day; past the last, and with Shift before the
// day itself, it leaves the calendar: nobody is locked in.
func (b *calendarBody) tab() {
	to := b.c.entry + 1
	if b.shift {
		to = b.c.entry - 1
	}
	if to >= -1 && to < len(b.c.Entries(b.c.day)) {
		b.toEntry(to)
		return
	}
	window := canvasOf(b)
	switch {
	case window == nil:
	case b.shift:
		window.FocusPrevious()
	default:
		window.FocusNext()
	}
}

func (b *calendarBody) toEntry(i int) {
	b.c.entry = i
	b.c.refresh()
}

// TypedRune goes to today, shows a week or a month, or enters. UniKey makes ư of w.
func (b *calendarBody) TypedRune(r rune) {
	switch {
	case todayRune(r):
		b.c.goTo(b.c.today())
	case r == 'm' || r == 'M':
		b.c.ShowWeek(false)
	case r == 'w' || r == 'W' || r == 'ư' || r == 'Ư':
		b.c.ShowWeek(true)
	case r == ' ':
		b.c.enter()
	}
}

// TypedShortcut leaves all shortcuts to the window.
func (b *calendarBody) TypedShortcut(s fyne.Shortcut) { PassShortcut(b, s) }

// Tapped opens an entry, goes to a day or enters the day one is at.
func (b *calendarBody) Tapped(p *fyne.PointEvent) {
	hit, ok := b.under(p.Position)
	if !ok {
		return
	}
	window := canvasOf(b)
	was := b.focused
	if window != nil {
		window.Focus(b)
	}
	switch {
	case hit.more:
		b.c.goTo(hit.day)
		b.offer(hit.day, p.AbsolutePosition)
	case hit.key != "":
		b.c.goTo(hit.day)
		b.c.open(hit.key)
	case hit.day == b.c.day && was:
		b.c.enter()
	default:
		b.c.goTo(hit.day)
	}
}

// offer lists all entries of a day that has more than fit.
func (b *calendarBody) offer(d record.Date, at fyne.Position) {
	var items []*fyne.MenuItem
	for _, e := range b.c.Entries(d) {
		label := shorten(e.words(), b.Size().Width/2, fynetheme.TextSize())
		items = append(items, fyne.NewMenuItem(label, func() { b.c.open(e.Key) }))
	}
	if c := canvasOf(b); c != nil {
		menuOn(c, at, items...)
	}
}

// MouseIn, MouseMoved and MouseOut follow the pointer.
func (b *calendarBody) MouseIn(e *desktop.MouseEvent)    { b.hover(e.Position) }
func (b *calendarBody) MouseMoved(e *desktop.MouseEvent) { b.hover(e.Position) }
func (b *calendarBody) MouseOut()                        { b.onEntry = false }

func (b *calendarBody) hover(p fyne.Position) {
	hit, ok := b.under(p)
	b.onEntry = ok && (hit.key != "" || hit.more)
}

// Cursor is a hand over what a click opens.
func (b *calendarBody) Cursor() desktop.Cursor {
	if b.onEntry {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
