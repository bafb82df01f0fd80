package activities

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// rowList is the list of lines under the keyboard: arrows open, Enter goes on to
// the form, Delete deletes, letters search.
type rowList struct {
	widget.List
	l       *list
	at      int
	quiet   bool
	focused bool
}

func newRowList(l *list) *rowList {
	r := &rowList{l: l}
	r.Length = func() int { return l.pages.Total }
	r.CreateItem = func() fyne.CanvasObject { return newLineRow() }
	r.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		line, there := l.pages.Row(i)
		o.(*lineRow).show(line, there, r.focused && there && line.ID == l.open, record.DateOf(r.l.desk.Now()))
	}
	r.OnSelected = r.selected
	r.ExtendBaseWidget(r)
	return r
}

func (r *rowList) selected(i widget.ListItemID) {
	r.at = i
	if r.quiet {
		return
	}
	// The toolkit looks for the window of the list inside this one and finds none.
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
		c.Focus(r)
	}
	if line, there := r.l.pages.Row(i); there {
		r.l.open = line.ID
		r.Refresh()
		r.l.onOpen(line.ID)
	}
}

// stay makes a change above the lines without moving them.
func (r *rowList) stay(change func()) { kit.Stay(r, r.GetScrollOffset, r.ScrollToOffset, change) }

func (r *rowList) quietly(f func()) {
	r.quiet = true
	f()
	r.quiet = false
}

// TypedKey moves with the arrows, opening what they reach.
func (r *rowList) TypedKey(k *fyne.KeyEvent) {
	if kit.PassKey(r, k) {
		return
	}
	last, page := r.l.pages.Total-1, max(1, int(r.Size().Height/lineHeight())-1)
	switch k.Name {
	case fyne.KeyDown:
		r.Select(min(r.at+1, last))
	case fyne.KeyUp:
		r.Select(max(r.at-1, 0))
	case fyne.KeyPageDown:
		r.Select(min(r.at+page, last))
	case fyne.KeyPageUp:
		r.Select(max(r.at-page, 0))
	case fyne.KeyHome:
		r.Select(0)
	case fyne.KeyEnd:
		r.Select(last)
	case fyne.KeySpace:
		r.Select(r.at)
	case fyne.KeyReturn, fyne.KeyEnter:
		r.Select(r.at)
		r.l.onEnter()
	case fyne.KeyDelete:
		if line, there := r.l.pages.Row(r.at); there && line.ID == r.l.open {
			r.l.onDelete(line)
		}
	}
}

// FocusGained shows where the keyboard is; where nothing is open yet, the first
// line is opened. The toolkit's own mark would stand on another line.
func (r *rowList) FocusGained() {
	kit.Arrived(r)
	r.focused = true
	if r.l.open.IsZero() && r.l.idle() && r.l.pages.Total > 0 {
		r.Select(min(r.at, r.l.pages.Total-1))
	}
	r.Refresh()
}

// FocusLost is the other half.
func (r *rowList) FocusLost() {
	r.focused = false
	r.Refresh()
}

// TypedRune searches: the window's search takes the letter and what follows.
func (r *rowList) TypedRune(c rune) {
	if c == ' ' {
		return
	}
	kit.PassShortcut(r, &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl})
	window := fyne.CurrentApp().Driver().CanvasForObject(r)
	if window != nil && window.Focused() != nil && window.Focused() != fyne.Focusable(r) {
		window.Focused().TypedRune(c)
	}
}

// TypedShortcut leaves all shortcuts to the window.
func (r *rowList) TypedShortcut(s fyne.Shortcut) { kit.PassShortcut(r, s) }
