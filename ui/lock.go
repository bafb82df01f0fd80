package ui

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
)

// Locker is what the lock asks of the running office.
type Locker interface {
	LockState(ctx context.Context) (record.LockState, error)
	Unlock(ctx context.Context, passphrase string) error
}

// Lock covers the window with a door while nobody is at the desk. Behind the door
// everything stays as it was: what is being typed, dialogs, the place in a list.
//
// It promises that while the door stands nothing of the office is in the window: not
// its content, not a dialog that comes late, and no key that does anything behind it.
type Lock struct {
	shell  *Shell
	office Locker
	state  record.LockState
	since  time.Time      // the last key or movement of the mouse
	had    fyne.Focusable // what had the keyboard at the last look

	door    *Door
	content fyne.CanvasObject   // behind the door
	over    []fyne.CanvasObject // what lay over it
	focused fyne.Focusable
}

func newLock(s *Shell, office Locker) *Lock {
	return &Lock{shell: s, office: office, since: s.desk.Now()}
}

// Locked reports whether the door stands.
func (l *Lock) Locked() bool { return l.door != nil }

// Idle is how long nobody has touched the window.
func (l *Lock) Idle() time.Duration { return l.shell.desk.Now().Sub(l.since) }

// touched notes that somebody is there.
func (l *Lock) touched() { l.since = l.shell.desk.Now() }

// reload reads how the window is locked, then does what is asked with it.
func (l *Lock) reload(then func()) {
	kit.Do(l.shell.desk.Runner, l.office.LockState, func(st record.LockState, err error) {
		if err != nil {
			return // the top line says that the register cannot be read
		}
		l.state = st
		if then != nil {
			then()
		}
	})
}

// Start tells how the window is locked when the register opens. Where the window has
// a passphrase of its own it is asked for at once: else starting the program again
// would be the way round it.
func (l *Lock) Start(st record.LockState) {
	l.state = st
	if st.Own {
		l.Cover()
	}
}

// Tick looks whether nobody has been there for too long; the program calls it every
// few seconds. A clock that was set back begins the time anew.
func (l *Lock) Tick() {
	idle := l.Idle()
	has := l.shell.desk.Window.Canvas().Focused()
	if idle < 0 || has != l.had { // Tab tells no widget that it was pressed
		l.touched()
		idle = 0
	}
	l.had = has
	if l.state.Minutes > 0 && idle >= time.Duration(l.state.Minutes)*time.Minute {
		l.Cover()
	}
}

// Now covers the window at once, or says what is missing for that.
func (l *Lock) Now() {
	l.reload(func() {
		if l.state.Set {
			l.Cover()
			return
		}
		l.shell.toast.Say(kit.T("Chưa khóa được: chưa đặt mật khẩu khóa màn hình. Đặt ở Thiết lập › An toàn dữ liệu."), nil)
	})
}

// Cover puts the door before the window. The field being typed in is left first, so
// that it keeps what it holds as it always does.
func (l *Lock) Cover() {
	if l.Locked() || l.shell.ended || !l.state.Set {
		return
	}
	win := l.shell.desk.Window
	c := win.Canvas()
	l.focused = c.Focused()
	c.Unfocus()
	kit.Cover(c)
	l.clearOver(c)
	l.shell.rest(true)
	l.door = newLockDoor(l.state, l.shell.desk.Now(), l.knock)
	l.content = win.Content()
	win.SetContent(l.door)
	c.Focus(l.door.FocusTarget())
}

// clearOver takes away what lies over the window. Dialogs come back, menus do not.
func (l *Lock) clearOver(c fyne.Canvas) {
	l.over = nil
	for _, o := range slices.Clone(c.Overlays().List()) {
		if popup, ok := o.(*widget.PopUp); ok && popup.Visible() {
			l.over = append(l.over, popup)
		}
	}
	for top := c.Overlays().Top(); top != nil; top = c.Overlays().Top() {
		c.Overlays().Remove(top)
	}
}

func (l *Lock) knock(passphrase string) {
	kit.Do(l.shell.desk.Runner, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, l.office.Unlock(ctx, passphrase)
	}, func(_ struct{}, err error) {
		switch {
		case !l.Locked():
		case err != nil:
			l.door.Refuse(kit.Sentence(err))
		default:
			l.uncover()
		}
	})
}

// uncover shows the window as it was.
func (l *Lock) uncover() {
	win := l.shell.desk.Window
	c := win.Canvas()
	l.door = nil
	l.touched()
	l.shell.rest(false)
	win.SetContent(l.content)
	l.content = nil
	for _, o := range l.over {
		if o.Visible() { // else its work has ended meanwhile
			c.Overlays().Add(o)
		}
	}
	l.over = nil
	l.refocus(c)
	for _, d := range kit.Uncover(c) {
		d.Show()
	}
}

// refocus gives the keyboard back to what had it, where that is still to be seen.
func (l *Lock) refocus(c fyne.Canvas) {
	o, ok := l.focused.(fyne.CanvasObject)
	if ok && fyne.CurrentApp().Driver().CanvasForObject(o) == c {
		c.Focus(l.focused)
	}
	l.focused = nil
}

// end takes the lock off a window that goes on to show something else.
func (l *Lock) end() {
	if !l.Locked() {
		return
	}
	l.door, l.content, l.over, l.focused = nil, nil, nil, nil
	kit.Uncover(l.shell.desk.Window.Canvas())
}
