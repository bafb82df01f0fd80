// Package ui is the window: the rail at the left with the areas that work, the
// line at the top that says where one is and how safe the record is, the keys, and
// the passing on of changes. It makes screens and moves between them; what they
// do is theirs.
//
// It promises one subscription to the office's changes, and that only screens
// that show what was touched read again, and only when they are seen.
package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Safety is what the top line asks of the running office.
type Safety interface {
	Status(ctx context.Context) (record.Status, error)
	Subscribe(func(record.Change)) (stop func())
}

// Area is one entry of the rail.
type Area struct {
	Key    string // what the program calls it
	Word   string
	Icon   fyne.ThemeIconName
	Screen kit.Screen
}

// Searcher is a screen that can narrow what it shows to a text.
type Searcher interface{ Search(text string) }

// Creator is a screen on which something new can be begun.
type Creator interface{ Create() }

// Repeater is a screen that can begin another one like what it shows.
type Repeater interface{ Repeat() }

// Saver is a screen with something to store at Ctrl+S.
type Saver interface{ Save() }

// Receiver is a screen that takes files dropped on the window.
type Receiver interface{ Dropped(paths []string) }

// Shell is the window's content.
type Shell struct {
	widget.BaseWidget

	desk   kit.Desk
	office Safety
	status *kit.Latest

	// OnOpenRow shows a row of any noun in its area, at a place in it.
	OnOpenRow func(record.Ref, record.Place)

	// OnPaste is told of what is pasted in an area while no field has the keyboard.
	OnPaste func(area, text string)

	areas []Area
	stale []bool
	left  map[fyne.CanvasObject]fyne.Focusable // where the keyboard was in each pane
	from  fyne.Focusable                       // where F6 was pressed last
	texts []string                             // what each area is narrowed to
	at    int

	rail  *rail
	top   *topLine
	stage *fyne.Container
	notes *fyne.Container
	toast *kit.Toast
	page  *fyne.Container // all but the rail
	found *found
	stop  func()
	ended bool

	lock *Lock       // nil until Guard
	who  *deskButton // nil until Guard
	seen bool        // the open area was to be seen before the window was locked
}

// Guarded is what the shell asks of an office whose window is locked while nobody is
// there, and shared by several officers.
type Guarded interface {
	Locker
	Officers
}

// Helped is a screen that has a page of the help.
type Helped interface{ HelpPage() string }

// New makes the shell around its areas, of which the first takes search and
// creation, and opens the first. The desk's Say and Restate are the shell's own:
// see Desk.
func New(desk kit.Desk, office Safety) *Shell {
	s := &Shell{desk: desk, office: office, status: kit.NewLatest(desk.Runner), at: -1, toast: kit.NewToast(desk.Now), stage: container.NewStack(), notes: kit.VStack(theme.SizeTight)}
	s.top = newTopLine(s.search, s.Find, s.toResults)
	s.found = newFound(s)
	s.left = map[fyne.CanvasObject]fyne.Focusable{}
	s.toast.OnTurned = s.toastTurned
	s.rail = newRail(s.Open)
	s.ExtendBaseWidget(s)
	return s
}

// Desk is the desk the screens get.
func (s *Shell) Desk() kit.Desk {
	d := s.desk
	d.Say, d.SayAgain, d.Offer, d.Restate = s.toast.Say, s.sayAgain, s.toast.Offer, s.restate
	return d
}

// Guard lets the window be locked and says at the foot of the rail who is at the desk;
// edit opens the list of officers. Call it before Begin.
func (s *Shell) Guard(office Guarded, edit func()) {
	s.lock = newLock(s, office)
	s.who = newDeskButton(s.Desk(), office)
	s.who.edit, s.who.lock = edit, s.lock.Now
	kit.OnTouched(s.lock.touched)
}

// Lock is what covers the window; nil where it was never to be locked.
func (s *Shell) Lock() *Lock { return s.lock }

// Tick looks at the clock: what was said goes away, and the window is locked while
// nobody is there. The program calls it every few seconds.
func (s *Shell) Tick() {
	s.toast.Tick()
	if s.lock != nil {
		s.lock.Tick()
	}
}

// locked reports whether the door stands before the window.
func (s *Shell) locked() bool { return s.lock != nil && s.lock.Locked() }

// rest hides the open area from its own keys, or wakes it if it was to be seen.
func (s *Shell) rest(on bool) {
	if s.at < 0 {
		return
	}
	screen := s.areas[s.at].Screen
	switch {
	case on:
		s.seen = screen.Visible()
		screen.Hide()
	case s.seen:
		screen.Show()
	}
}

// Cursor is the arrow; being asked for it tells that the mouse moves over the window.
func (s *Shell) Cursor() desktop.Cursor {
	kit.Touch()
	return desktop.DefaultCursor
}

// Begin shows the areas, opens the first and listens to changes until End.
func (s *Shell) Begin(areas []Area) {
	s.areas = areas
	s.stale = make([]bool, len(areas))
	s.texts = make([]string, len(areas))
	for i, a := range areas {
		s.stale[i] = true
		a.Screen.Hide()
		s.stage.Add(a.Screen)
		s.rail.add(a)
	}
	s.found.Hide()
	s.stage.Add(s.found)
	s.stop = s.office.Subscribe(func(c record.Change) { s.desk.Runner.Post(func() { s.changed(c) }) })
	s.Open(0)
	s.restate()
	if s.lock != nil {
		s.who.reload()
		s.lock.reload(nil)
	}
}

// End stops listening, to changes and to keys.
func (s *Shell) End() {
	s.ended = true
	if s.stop != nil {
		s.stop()
	}
	if s.lock != nil {
		s.lock.end()
		kit.OnTouched(nil)
	}
}

// Open shows an area and reads it again when something it shows was touched since.
func (s *Shell) Open(i int) {
	if i < 0 || i >= len(s.areas) {
		return
	}
	s.leaveFound()
	if i != s.at {
		if s.at >= 0 {
			s.areas[s.at].Screen.Hide()
			s.toast.Pass()
		}
		s.at = i
		s.areas[i].Screen.Show()
		s.top.setPlace(s.areas[i].Word)
		s.top.setSearch(s.texts[i])
		s.rail.mark(i)
	}
	if s.stale[i] {
		s.stale[i] = false
		s.areas[i].Screen.Reload()
	}
}

// At is the open area.
func (s *Shell) At() int { return s.at }

// Go shows an area by its key.
func (s *Shell) Go(key string) {
	for i, a := range s.areas {
		if a.Key == key {
			s.Open(i)
		}
	}
}

// OpenRow shows a row in the area that keeps its noun.
func (s *Shell) OpenRow(ref record.Ref) { s.OpenAt(ref, record.Place{}) }

// OpenAt shows a row at a place in it.
func (s *Shell) OpenAt(ref record.Ref, at record.Place) {
	if s.OnOpenRow != nil {
		s.OnOpenRow(ref, at)
	}
}

// toastTurned gives the page the room the line at the foot takes or leaves. With a line
// that goes, the keyboard goes back where it came from.
func (s *Shell) toastTurned() {
	if s.page != nil {
		s.page.Refresh()
	}
	if s.toast.Visible() || !s.toast.Focused() {
		return
	}
	c := s.desk.Window.Canvas()
	c.Unfocus()
	if s.from != nil {
		c.Focus(s.from)
	}
	if c.Focused() == nil && s.at >= 0 {
		s.toResults()
	}
}

// Toast is the line at the foot.
func (s *Shell) Toast() *kit.Toast { return s.toast }

// changed reloads what is seen, and notes what will have to be when it is.
func (s *Shell) changed(c record.Change) {
	s.toast.Pass()
	for i, a := range s.areas {
		if !a.Screen.Shows(c) {
			continue
		}
		if i == s.at {
			a.Screen.Reload()
		} else {
			s.stale[i] = true
		}
	}
	s.restate()
	if s.lock == nil {
		return
	}
	if c.Touches("office") || c.Touches("officer") {
		s.who.reload()
	}
	if c.Touches("lock") {
		s.lock.reload(nil)
	}
}

func (s *Shell) restate() {
	kit.Ask(s.status, s.office.Status, func(st record.Status, err error) {
		if err != nil {
			s.top.setTrouble(errors.Is(err, record.ErrDamaged))
			s.note(kit.Wrong, kit.Sentence(err))
			return
		}
		s.top.setStatus(st, s.desk.Now())
		s.rail.count(AreaExchange, st.Conflicts)
		s.warn(st.Warnings)
	})
}

// warn says what needs attention before anything else, such as a wrong clock.
func (s *Shell) warn(warnings []record.Words) {
	var words []string
	for _, w := range warnings {
		words = append(words, kit.In(w))
	}
	s.note(kit.Attention, words...)
}

// note puts sentences under the top line, in the place of those before.
func (s *Shell) note(state kit.State, sentences ...string) {
	s.notes.RemoveAll()
	for _, words := range sentences {
		s.notes.Add(kit.InsetXY(theme.SizeEdge, theme.SizeTight, kit.NewNote(state, words)))
	}
}

// search narrows the open area to a text, or the first that can be narrowed.
func (s *Shell) search(text string) {
	if searcher, ok := s.areas[s.at].Screen.(Searcher); ok {
		s.leaveFound()
		s.texts[s.at] = text
		searcher.Search(text)
		return
	}
	for i, a := range s.areas {
		if searcher, ok := a.Screen.(Searcher); ok {
			s.texts[i] = text
			s.Open(i)
			searcher.Search(text)
			return
		}
	}
}

func (s *Shell) save() {
	if saver, ok := s.areas[s.at].Screen.(Saver); ok {
		saver.Save()
	}
}

// Dropped hands files that were dropped on the window to the open area.
func (s *Shell) Dropped(paths []string) {
	if s.ended || s.locked() || s.at < 0 || dialogOver(s.desk.Window) {
		return
	}
	if receiver, ok := s.areas[s.at].Screen.(Receiver); ok {
		receiver.Dropped(paths)
		return
	}
	s.toast.Say(kit.T("Thả tệp danh sách vào một hoạt động, hoặc vào Thiết lập › Nhập danh sách."), nil)
}

func dialogOver(w fyne.Window) bool { return w.Canvas().Overlays().Top() != nil }

// create begins something new in the open area, or in the first that can.
func (s *Shell) create() {
	if creator, ok := s.areas[s.at].Screen.(Creator); ok {
		s.leaveFound()
		creator.Create()
		return
	}
	for i, a := range s.areas {
		if creator, ok := a.Screen.(Creator); ok {
			s.Open(i)
			creator.Create()
			return
		}
	}
}

// createIn begins something new in an area.
func (s *Shell) createIn(key string) {
	for _, a := range s.areas {
		if creator, ok := a.Screen.(Creator); ok && a.Key == key {
			s.Go(key)
			creator.Create()
		}
	}
}

// repeat begins another one like what the open area shows.
func (s *Shell) repeat() {
	if repeater, ok := s.areas[s.at].Screen.(Repeater); ok {
		repeater.Repeat()
	}
}

// CreateRenderer lays out rail, top line, area and toast.
func (s *Shell) CreateRenderer() fyne.WidgetRenderer {
	s.page = kit.Border(kit.VStack(theme.SizeNone, s.top, kit.Hairline(), s.notes), s.toast, nil, nil, s.stage)
	objects := []fyne.CanvasObject{s.rail, s.page}
	if s.who != nil {
		objects = append(objects, s.who) // last in the order of Tab
	}
	return widget.NewSimpleRenderer(container.New(&frame{rail: s.rail, who: s.who}, objects...))
}
