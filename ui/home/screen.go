package home

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
	Overview(ctx context.Context) (record.Overview, error)
}

// Screen is the area.
type Screen struct {
	widget.BaseWidget

	// OnOpen is told where a person wants to go.
	OnOpen func(record.Errand)

	desk   kit.Desk
	office Office
	asks   *kit.Latest
	shown  record.Overview

	lawAsks  *kit.Latest
	lawStale bool             // the law is to be asked again
	law      []record.DueLine // what it asks for

	problem *kit.Note
	next    *band
	targets *targets
	due     *dueBlock
	done    *done
	empty   *fyne.Container
	foot    *foot
	page    *kit.FormScroll
	parts   *fyne.Container
}

// New makes the area. It shows nothing until it is told to Reload.
func New(desk kit.Desk, office Office) *Screen {
	s := &Screen{desk: desk, office: office, asks: kit.NewLatest(desk.Runner), lawAsks: kit.NewLatest(desk.Runner), lawStale: true, problem: kit.NewNote(kit.Wrong, "")}
	s.problem.Hide()
	s.next = newBand(s.open)
	s.targets = newTargets(s.open, s.follow)
	s.due = newDueBlock(s.open, s.follow)
	s.done = newDone(s.open, s.follow)
	s.foot = newFoot()
	s.empty = container.NewStack()
	s.page = kit.NewFormScroll(desk.Runner, kit.InsetXY(theme.SizeGap, theme.SizeNone,
		container.New(&pageLayout{}, s.targets.content, s.due.content, s.done.content)))
	s.parts = container.New(frame{}, s.problem, s.next, container.NewStack(s.page, s.empty), s.foot)
	s.page.Hide()
	s.next.Hide()
	s.foot.Hide()
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is how Fyne draws it.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.parts) }

// sources are the nouns the overview is made from.
var sources = []string{
	"activity", "attendance", "question", "unit", "publication", "material", "evidence", "holiday", "office", "backup", "bundle",
}

// Shows is true for everything the overview counts.
func (s *Screen) Shows(c record.Change) bool {
	any := false
	for _, noun := range lawNouns {
		if c.Touches(noun) {
			s.lawStale, any = true, true
		}
	}
	for _, noun := range sources {
		any = any || c.Touches(noun)
	}
	return any
}

// Show reads again where a day has passed since: what is due has moved.
func (s *Screen) Show() {
	s.BaseWidget.Show()
	if s.shown.Today != "" && s.shown.Today < record.DateOf(s.desk.Now()) {
		s.Reload()
	}
}

// Reload reads the overview again.
func (s *Screen) Reload() { kit.Ask(s.asks, s.office.Overview, s.show) }

func (s *Screen) show(o record.Overview, err error) {
	kit.SetVisible(s.problem, err != nil)
	if err != nil { // what was shown stays
		s.problem.SetText(kit.Sentence(err))
		s.parts.Refresh()
		return
	}
	s.shown = o
	s.empty.RemoveAll()
	if o.Empty {
		s.empty.Add(s.newEmpty())
	}
	s.next.set(o.Next)
	s.targets.set(o)
	s.due.set(withLaw(o, s.law))
	s.done.set(o)
	s.foot.set(o.Status, s.desk.Now())
	kit.SetVisible(s.page, !o.Empty)
	kit.SetVisible(s.next, !o.Empty)
	s.foot.Show()
	s.parts.Refresh()
	s.askLaw()
}

// newEmpty is what an office sees that has recorded nothing yet.
func (s *Screen) newEmpty() fyne.CanvasObject {
	words := kit.Line(kit.T("Sổ chưa có gì. Hãy ghi hoạt động đầu tiên, hoặc nhập danh sách đơn vị của địa bàn."))
	words.Whole = true
	words.Color = theme.ColorMuted
	return container.NewCenter(kit.VStack(theme.SizeGroup, words, container.NewCenter(kit.HStack(theme.SizeGap,
		kit.Primary(kit.T("Ghi hoạt động"), iconNew, func() {
			s.open(record.Errand{Area: record.AreaActivities, Ref: record.Ref{Noun: "activity"}})
		}),
		kit.Button(kit.T("Nhập danh sách đơn vị"), iconTakeIn, func() {
			s.open(record.Errand{Area: record.AreaLists, Ref: record.Ref{Noun: "unit"}})
		})))))
}

func (s *Screen) open(e record.Errand) {
	if s.OnOpen != nil && e.Area != "" {
		s.OnOpen(e)
	}
}

// follow brings what has the keyboard in sight.
func (s *Screen) follow() { s.page.FollowFocus() }

// FocusTarget is what has the keyboard first: the next thing to do.
func (s *Screen) FocusTarget() fyne.Focusable { return s.next.button }
