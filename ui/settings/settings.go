// Package settings is the area Thiết lập: who the office is, which optional
// personal fields it keeps and why, how safe the record is, and how the window
// looks.
//
// What is typed is saved on leaving the field. A save that fails says why under
// the field and leaves what was typed where it is.
package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Office is what this area asks of the running office.
type Office interface {
	Office(ctx context.Context) (record.Office, error)
	SaveOffice(ctx context.Context, o record.Office) error
	Status(ctx context.Context) (record.Status, error)
	Backup(ctx context.Context, path string) (record.BackupInfo, error)
	Backups(ctx context.Context) ([]record.BackupInfo, error)
	Verify(ctx context.Context, rebuild bool, progress func(done, total int64)) (record.VerifyReport, error)
	Lists
	DaysOff
	Drills
	Locks
	Mover
}

// Look is how the window looks.
type Look struct {
	Variant  theme.Variant
	Scale    float32
	Language string
}

// Options are what the program adds to what the office can do. A nil function
// leaves its button out.
type Options struct {
	Look       Look
	OnLook     func(Look)
	Recovery   func(ctx context.Context) (code, path string, err error)
	AddKey     func(ctx context.Context, file string) error
	Restore    func(newest string) // asks for a backup, of which the newest is offered
	DataFolder string
	// PrintNotice writes the notice for those who come.
	PrintNotice func()
}

// The parts of the area, one shown at a time.
const (
	PartOffice   = "office"
	PartDays     = "days"
	PartPersonal = "personal"
	PartLists    = "lists"
	PartSafety   = "safety"
	PartLook     = "look"
)

// order is how the parts stand beside each other.
var order = []string{PartOffice, PartDays, PartPersonal, PartLists, PartSafety, PartLook}

func partName(part string) string {
	switch part {
	case PartDays:
		return kit.T("Ngày nghỉ")
	case PartPersonal:
		return kit.T("Dữ liệu cá nhân")
	case PartLists:
		return kit.T("Nhập danh sách")
	case PartSafety:
		return kit.T("An toàn dữ liệu")
	case PartLook:
		return kit.T("Giao diện")
	}
	return kit.T("Cơ quan")
}

// Screen is the area.
type Screen struct {
	widget.BaseWidget

	desk   kit.Desk
	office Office
	asks   *kit.Latest

	chips   *kit.ChipRow
	parts   map[string]fyne.CanvasObject
	moving  *moving
	form    *officeForm
	consent *consentForm
	safety  *safety
	lists   *lists
	days    *daysOff
	pages   *container.Scroll
	at      string                   // the part that is seen
	left    map[string]fyne.Position // where each part was left
	problem *kit.Note
}

// New makes the area.
func New(desk kit.Desk, office Office, o Options) *Screen {
	s := &Screen{desk: desk, office: office, asks: kit.NewLatest(desk.Runner), problem: kit.NewNote(kit.Wrong, ""), left: map[string]fyne.Position{}}
	s.problem.Hide()
	s.moving = newMoving(desk, office, s.Reload)
	s.form = newOfficeForm(desk, office)
	s.consent = newConsentForm(desk, office, o)
	s.safety = newSafety(desk, office, o)
	s.lists = newLists(desk, office)
	s.days = newDaysOff(desk, office)
	s.lists.onLook = func(on bool) { s.showPages(!on) }
	s.parts = map[string]fyne.CanvasObject{
		PartOffice:   kit.VStack(theme.SizeGroup, s.moving.content, s.form.content),
		PartDays:     s.days.content,
		PartPersonal: s.consent.content,
		PartLists:    s.lists.content,
		PartSafety:   s.safety.content,
		PartLook:     newLookForm(o).content,
	}
	s.chips = kit.NewChipRow(func(c kit.GroupChip) { s.Open(c.Key) })
	pages := container.NewStack()
	for _, key := range order {
		pages.Add(s.parts[key])
	}
	s.pages = container.NewVScroll(kit.InsetXY(theme.SizeEdge, theme.SizeGap, pages))
	s.ExtendBaseWidget(s)
	s.Open(PartOffice)
	return s
}

// Open shows one part, at its top or where it was left.
func (s *Screen) Open(part string) {
	if s.lists.preview.Shown() {
		s.lists.preview.Leave()
	}
	var chips []kit.GroupChip
	for _, key := range order {
		chips = append(chips, kit.GroupChip{Chip: kit.Chip{Key: key, Label: partName(key), Count: -1}, On: key == part})
	}
	s.chips.Set(chips)
	if part != s.at {
		s.left[s.at] = s.pages.Offset
	}
	s.at = part
	for key, content := range s.parts {
		if key == part {
			content.Show()
		} else {
			content.Hide()
		}
	}
	s.Refresh()
	s.pages.Refresh() // another part is as high as it is
	s.pages.ScrollToOffset(s.left[part])
}

// CreateRenderer shows the parts' names above the open part, or the list that is
// being looked over in the place of it.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer {
	head := kit.VStack(theme.SizeGap, s.chips, s.problem)
	return widget.NewSimpleRenderer(kit.Border(
		kit.InsetXY(theme.SizeEdge, theme.SizeGap, head), nil, nil, nil, container.NewStack(s.pages, s.lists.preview)))
}

// showPages shows the open part, or leaves its place to a list.
func (s *Screen) showPages(on bool) {
	if on {
		s.pages.Show()
	} else {
		s.pages.Hide()
	}
	s.Refresh()
}

// Save stores the list that is being looked over; fields are saved when they are left.
func (s *Screen) Save() {
	if s.lists.preview.Shown() {
		s.lists.preview.Store()
	}
}

// Dropped takes the files that were dropped on the window: the first is read as a list.
func (s *Screen) Dropped(paths []string) {
	if len(paths) > 0 {
		s.Open(PartLists)
		s.lists.drop(paths[0])
	}
}

// TakeList looks over a list that was pasted elsewhere; back goes there again once it
// was stored or put aside.
func (s *Screen) TakeList(of, text string, back func()) {
	s.Open(PartLists)
	s.lists.take(of, text, back)
}

// Shows is true for the office's own row and days off, for a backup made or tried
// elsewhere, for the lock, for lists that came in and for files of others, which may tell of
// a reorganisation.
func (s *Screen) Shows(c record.Change) bool {
	for _, noun := range []string{"office", "backup", "import", "holiday", "lock", "bundle"} {
		if c.Touches(noun) {
			return true
		}
	}
	return false
}

// news is what Reload reads.
type news struct {
	office  record.Office
	end     record.UnitEnd
	status  record.Status
	backups []record.BackupInfo
	drill   record.DrillResult
	lock    record.LockState
}

// Reload reads all parts again.
func (s *Screen) Reload() {
	kit.Ask(s.asks, func(ctx context.Context) (n news, err error) {
		if n.office, err = s.office.Office(ctx); err != nil {
			return n, err
		}
		if n.end, err = s.office.UnitEnd(ctx); err != nil {
			return n, err
		}
		if n.status, err = s.office.Status(ctx); err != nil {
			return n, err
		}
		if n.backups, err = s.office.Backups(ctx); err != nil {
			return n, err
		}
		if n.drill, err = s.office.Drill(ctx); err != nil {
			return n, err
		}
		n.lock, err = s.office.LockState(ctx)
		return n, err
	}, s.show)
}

func (s *Screen) show(n news, err error) {
	if err != nil {
		s.problem.SetText(kit.Sentence(err))
		s.problem.Show()
		return
	}
	s.problem.Hide()
	s.moving.show(n.end)
	s.form.Edit(n.office)
	s.consent.Edit(n.office)
	s.safety.show(n.status, n.backups)
	s.safety.drill.show(n.drill)
	s.safety.locks.show(n.lock)
	s.days.reload()
	s.lists.reload()
	s.Refresh()
}
