package activities

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/theme"
)

// detail is the right half: heading, the form or the people, and the foot.
type detail struct {
	widget.BaseWidget
	s        *Screen
	title    *kit.Text
	about    *kit.PushButton
	who      *kit.PushButton
	past     *kit.PushButton // what was done to it
	print    *kit.PushButton // papers; nil: the office writes none
	stages   *stages
	onPeople bool
	count    int
	face     *ledger.Face
	feet     *fyne.Container
	bottom   fyne.CanvasObject
	whole    *fyne.Container
	nothing  fyne.CanvasObject
}

func newDetail(s *Screen) *detail {
	d := &detail{s: s, title: kit.Section(""), face: s.row.Face}
	d.about = kit.Button(kit.T("Thông tin"), "", d.toForm)
	d.who = kit.Button("", "", d.toPeople)
	d.past = kit.Quiet(kit.T("Lịch sử"), fynetheme.IconNameHistory, s.ShowHistory)
	d.stages = newStages(s)
	tabs := kit.Flow(d.about, d.who)
	if papers, ok := s.office.(Papers); ok {
		d.print = kit.Quiet(kit.T("In…"), fynetheme.IconNameDocumentPrint, nil)
		d.print.OnTapped = func() { s.offerPapers(papers, d.print) }
		tabs.Add(d.print)
	}
	tabs.Add(d.past)
	d.nothing = kit.EmptyState(kit.T("Chọn một hoạt động ở danh sách, hoặc ghi hoạt động mới."),
		kit.Primary(kit.T("Hoạt động mới"), fynetheme.IconNameContentAdd, s.Create))
	head := kit.VStack(theme.SizeGap, d.title, tabs, d.stages, d.face.Problem, d.face.Notice, d.face.Outside, s.differ)
	d.feet = container.NewStack(d.face.Foot, s.people.foot)
	save := kit.Primary(kit.T("Lưu"), fynetheme.IconNameDocumentSave, s.Save)
	bottom := kit.InsetXY(theme.SizeGroup, theme.SizeGap, kit.Border(nil, nil, save, nil, kit.InsetXY(theme.SizeGap, theme.SizeNone, d.feet)))
	foot := kit.VStack(theme.SizeNone, kit.Hairline(), bottom)
	d.whole = kit.Border(kit.InsetXY(theme.SizeGroup, theme.SizeGap, head), foot, nil, nil, container.NewStack(s.form, s.people))
	d.bottom = foot
	s.detail = d // its parts look at it
	s.people.onLooking = func(bool) { d.showFoot() }
	d.face.OnTurned = func() { d.whole.Refresh() }
	s.differ.OnTurned = d.face.OnTurned
	d.hide()
	d.toForm()
	d.countPeople(0)
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer shows an activity, or the sentence that none is shown.
func (d *detail) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(d.whole, d.nothing))
}

func (d *detail) hide() {
	d.whole.Hide()
	d.nothing.Show()
}

func (d *detail) show(a record.Activity) {
	d.nothing.Hide()
	d.whole.Show()
	d.name(a)
}

func (d *detail) name(a record.Activity) {
	d.title.SetText(a.Title)
	if a.ID.IsZero() {
		d.title.SetText(kit.T("Hoạt động mới"))
	}
	kit.SetVisible(d.past, !a.ID.IsZero())
	if d.print != nil {
		kit.SetVisible(d.print, !a.ID.IsZero())
	}
	d.stages.show(a)
	d.offerPeople()
	d.whole.Refresh() // the head grows by the stages once a new activity is stored
}

// offerPeople shows the way to the people where the kind asks for them, or some are
// written down.
func (d *detail) offerPeople() {
	asks := record.ActivityAsks(d.s.form.codes["kind"].Chosen().Key, "people")
	kit.SetVisible(d.who, d.s.row.Stored() && (asks || d.count > 0))
}

func (d *detail) countPeople(n int) {
	d.count = n
	d.who.SetText(kit.T("Người tham dự") + "  " + kit.Number(int64(n)))
	d.offerPeople()
}

// showFoot leaves the foot out while a list is looked over: it has its own.
func (d *detail) showFoot() {
	kit.SetVisible(d.bottom, !d.onPeople || !d.s.people.lists.preview.Shown() && !d.s.people.doorOpen())
	d.whole.Refresh()
}

func (d *detail) toForm() {
	d.onPeople = false
	d.s.differ.PutAside(false)
	d.showFoot()
	d.s.widen(false)
	d.s.people.Hide()
	d.s.people.foot.Hide()
	d.s.form.Show()
	d.face.Foot.Show()
	d.stages.show(d.s.stored)
	d.s.remind()
	d.about.Importance, d.who.Importance = widget.MediumImportance, widget.LowImportance
	d.about.Refresh()
	d.who.Refresh()
}

func (d *detail) toPeople() {
	if !d.who.Visible() {
		return
	}
	d.onPeople = true
	d.s.differ.PutAside(true)
	d.stages.Hide()
	d.s.widen(true)
	d.s.form.Hide()
	d.face.Foot.Hide()
	d.s.people.Show()
	d.s.people.foot.Show()
	d.about.Importance, d.who.Importance = widget.LowImportance, widget.MediumImportance
	d.about.Refresh()
	d.who.Refresh()
	d.showFoot()
	d.s.people.focus()
}

// turn goes between the activity and its people.
func (d *detail) turn() {
	switch {
	case !d.s.row.Shown():
	case d.onPeople:
		d.toForm()
		d.s.focus(d.s.form)
	default:
		d.toPeople()
	}
}
