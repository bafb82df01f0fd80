package law

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Office is what this area asks of the running office.
type Office interface {
	Reader
	Reviewer
	Packer
}

// Reader is an office whose library is searched and read.
type Reader interface {
	ParseDate(text string) (record.Date, error)
	SearchLaw(ctx context.Context, f record.LawFilter) (record.LawPage, error)
	LawUsed(ctx context.Context) (topics []record.Term, types []string, err error)
	ReadLaw(ctx context.Context, item string, on record.Date) (record.LawReading, error)
	CompareLaw(ctx context.Context, item, before, after string) (record.LawComparison, error)
	Cite(ctx context.Context, item, anchor string, on record.Date) (record.Citation, error)
	SaveLawNote(ctx context.Context, n record.LawNote) (record.LawNote, error)
	LawFile(ctx context.Context, item, sha string) (path string, err error)
	PrintLaw(ctx context.Context, item, anchor string, on record.Date, path string) (record.Words, error)
}

// The views by their keys.
const (
	ViewLibrary = "library"
	ViewReview  = "review"
	ViewPacks   = "packs"
)

// Screen is the area: its three views, of which one is seen.
type Screen struct {
	widget.BaseWidget

	// DefaultFolder is where what is printed is written, until a person says another.
	DefaultFolder string
	// Pause is how long a person types on before the library is asked.
	Pause time.Duration
	// OnCite takes a citation into a new question, or into the open one.
	OnCite func(c record.Citation, anew bool)
	// OpenQuestion says whether a question stands open that could take a citation.
	OpenQuestion func() bool
	// OnBegin begins a row of a register, filled in as far as it is known.
	OnBegin func(record.Noun)
	// OnOpenRow shows a row in its area.
	OnOpenRow func(record.Ref)

	desk   kit.Desk
	office Office

	names   *kit.ChipRow
	library *library
	review  *review
	packs   *packs
	stage   *fyne.Container
	views   []view
	at      int
}

// view is one of the views, and whether it must be read again when it is seen.
type view struct {
	key, label string
	page       fyne.CanvasObject
	reload     func()
	stale      bool
}

// New makes the area.
func New(desk kit.Desk, office Office) *Screen {
	s := &Screen{
		desk: desk, office: office, Pause: 150 * time.Millisecond, stage: container.NewStack(),
		OnCite: func(record.Citation, bool) {}, OpenQuestion: func() bool { return false }, OnBegin: func(record.Noun) {}, OnOpenRow: func(record.Ref) {},
	}
	s.library, s.review, s.packs = newLibrary(s), newReview(s), newPacks(s)
	s.views = []view{
		{ViewLibrary, kit.T("Thư viện"), s.library.page, s.library.reload, true},
		{ViewReview, kit.T("Cần xem lại"), s.review.page, s.review.reload, true},
		{ViewPacks, kit.T("Gói"), s.packs.page, s.packs.reload, true},
	}
	for i := range s.views {
		s.stage.Add(s.views[i].page)
		s.views[i].page.Hide()
	}
	s.views[0].page.Show()
	s.names = kit.NewChipRow(func(c kit.GroupChip) { s.View(c.Key) })
	s.name()
	s.ExtendBaseWidget(s)
	return s
}

// name writes the names of the views, with how much waits to be looked at.
func (s *Screen) name() {
	var chips []kit.GroupChip
	for i, v := range s.views {
		n := -1
		if v.key == ViewReview && len(s.review.list) > 0 {
			n = len(s.review.list)
		}
		chips = append(chips, kit.GroupChip{Group: "view", Chip: kit.Chip{Key: v.key, Label: v.label, Count: n}, On: i == s.at})
	}
	s.names.Set(chips)
}

// View shows one of the views.
func (s *Screen) View(key string) {
	for i := range s.views {
		if s.views[i].key == key {
			s.views[s.at].page.Hide()
			s.at = i
			s.views[i].page.Show()
			s.name()
			s.read()
			s.Refresh()
		}
	}
}

// Search seeks words in the library.
func (s *Screen) Search(text string) {
	s.View(ViewLibrary)
	s.library.search(text)
}

// Open shows a document at a provision, as it stands on the day that is chosen.
func (s *Screen) Open(item, anchor string) {
	s.View(ViewLibrary)
	s.library.reading.open(item, anchor)
}

// Dropped offers a pack that was dropped on the window.
func (s *Screen) Dropped(paths []string) {
	s.View(ViewPacks)
	s.packs.offer(paths[0])
}

// of says which nouns each view is made from.
var of = map[string][]string{
	ViewLibrary: {"law", "law_note"},
	ViewReview:  {"law", "law_note", "review", "question", "activity", "material"},
	ViewPacks:   {"law", "bundle"},
}

// Shows reports whether a change touches what this area shows.
func (s *Screen) Shows(c record.Change) bool {
	any := false
	for i := range s.views {
		for _, noun := range of[s.views[i].key] {
			if c.Touches(noun) {
				s.views[i].stale, any = true, true
			}
		}
	}
	return any
}

// Reload reads the view that is seen again, and what waits to be looked at.
func (s *Screen) Reload() {
	s.views[s.at].stale = true
	s.read()
	if s.views[1].stale {
		s.views[1].stale = false
		s.review.reload()
	}
}

func (s *Screen) read() {
	if v := &s.views[s.at]; v.stale {
		v.stale = false
		v.reload()
	}
}

func (s *Screen) today() record.Date { return record.DateOf(s.desk.Now()) }

// focus gives the keyboard to something.
func (s *Screen) focus(f fyne.Focusable) { s.desk.Window.Canvas().Focus(f) }

// say tells at the foot of the window what went wrong.
func (s *Screen) say(err error) { s.desk.Say(kit.Sentence(err), nil) }

// back goes from a text to what was found.
func (s *Screen) back() { s.focus(s.library.hits) }

// CreateRenderer puts the names of the views above the one that is seen.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer {
	head := kit.VStack(theme.SizeNone, kit.InsetXY(theme.SizeGroup, theme.SizeGap, s.names), kit.Hairline())
	return widget.NewSimpleRenderer(kit.Border(head, nil, nil, nil, s.stage))
}

// HelpPage is the page of the help that speaks of this area.
func (s *Screen) HelpPage() string { return "phap-luat" }

// NextPart shows the view so many further on, round and round, with the keyboard in it.
func (s *Screen) NextPart(step int) {
	n := len(s.views)
	s.View(s.views[((s.at+step)%n+n)%n].key)
	for _, p := range s.Panes() {
		if first := p.First(); first != nil {
			s.focus(first)
			return
		}
	}
}

// Panes are those of the view that is seen.
func (s *Screen) Panes() []kit.Pane {
	switch s.views[s.at].key {
	case ViewReview:
		return s.review.panes()
	case ViewPacks:
		return s.packs.panes()
	}
	return s.library.panes()
}

// FocusTarget is what has the keyboard first: the search.
func (s *Screen) FocusTarget() fyne.Focusable {
	if s.at == 0 {
		return s.library.find
	}
	return s.Panes()[0].First()
}

// sized gives an object a width in units of the text, and the height it asks for.
type sized struct{ ems float32 }

func (l sized) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.ems*em(), o[0].MinSize().Height)
}

func (l sized) Layout(o []fyne.CanvasObject, room fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(room)
}

func wide(ems float32, o fyne.CanvasObject) *fyne.Container { return container.New(sized{ems}, o) }
