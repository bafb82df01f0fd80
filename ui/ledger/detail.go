package ledger

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// detail is the right half: heading, tools, the form, and the foot.
type detail struct {
	widget.BaseWidget

	s       *Screen
	title   *kit.Text
	tools   *fyne.Container
	problem *kit.Note
	notice  *fyne.Container // says that a draft is shown
	noticed *kit.Text
	past    *kit.PushButton
	away    *kit.PushButton
	foot    *kit.Foot
	bottom  fyne.CanvasObject
	whole   *fyne.Container
	nothing fyne.CanvasObject
}

func newDetail(s *Screen) *detail {
	d := &detail{s: s, title: kit.Section(""), problem: kit.NewNote(kit.Wrong, ""), noticed: kit.Caption(""), foot: kit.NewFoot(), tools: kit.HStack(theme.SizeGap)}
	d.notice = container.NewBorder(nil, nil, nil, kit.Quiet(kit.T("Bỏ bản nháp"), "", s.dropDraft), d.noticed)
	d.nothing = kit.EmptyState(kit.T("Chọn một dòng ở danh sách, hoặc ghi mới."),
		kit.Primary(s.spec.Words.New, fynetheme.IconNameContentAdd, s.Create))
	d.past = kit.Quiet(kit.T("Lịch sử"), fynetheme.IconNameHistory, d.showHistory)
	d.away = kit.Quiet(kit.T("Xóa"), fynetheme.IconNameDelete, s.Delete)
	head := kit.VStack(theme.SizeGap, d.title, d.tools, d.problem, d.notice)
	if s.spec.Beside != nil {
		head.Add(s.spec.Beside)
	}
	save := kit.Primary(kit.T("Lưu"), fynetheme.IconNameDocumentSave, s.Save)
	bottom := kit.InsetXY(theme.SizeGroup, theme.SizeGap, container.NewBorder(nil, nil, save, kit.HStack(theme.SizeGap, d.past, d.away), kit.InsetXY(theme.SizeGap, theme.SizeNone, d.foot)))
	d.bottom = bottom
	d.whole = container.NewBorder(kit.InsetXY(theme.SizeGroup, theme.SizeGap, head), kit.VStack(theme.SizeNone, kit.Hairline(), bottom), nil, nil, s.form)
	d.problem.Hide()
	d.hide()
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer shows a row, or the sentence that none is shown.
func (d *detail) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(d.whole, d.nothing))
}

func (d *detail) hide() {
	d.whole.Hide()
	d.nothing.Show()
}

func (d *detail) show(n record.Noun, drafted bool, at time.Time) {
	d.nothing.Hide()
	d.whole.Show()
	d.problem.Hide()
	d.foot.Say("")
	d.notice.Hidden = !drafted
	if drafted {
		d.noticed.SetText(kit.ShowsDraft(at))
		d.drafted(at)
	}
	d.name(n)
}

// name says which row is shown, and what can be done with it.
func (d *detail) name(n record.Noun) {
	stored := !n.Ref().ID.IsZero()
	d.title.SetText(d.s.spec.Words.New)
	if stored {
		d.title.SetText(d.s.heading(n))
	}
	d.past.Hidden, d.away.Hidden = !stored, !stored
	d.tools.RemoveAll()
	if d.s.spec.Tools != nil {
		for _, o := range d.s.spec.Tools(n) {
			d.tools.Add(o)
		}
	}
	d.tools.Hidden = len(d.tools.Objects) == 0
	d.Refresh()
}

// heading is what people call the row.
func (s *Screen) heading(n record.Noun) string {
	if s.spec.Heading != nil {
		return s.spec.Heading(n)
	}
	l := record.ListingOf(s.noun)
	if text, ok := record.Get(n, l.Columns[l.TitleColumn()].Name).(string); ok {
		return text
	}
	return ""
}

func (d *detail) drafted(at time.Time) {
	if !at.IsZero() {
		d.foot.Say(kit.T("bản nháp {{.Clock}}", map[string]any{"Clock": at.Format("15:04")}))
	}
}

func (d *detail) saved(at time.Time) {
	d.notice.Hide()
	d.problem.Hide()
	d.foot.Saved(at)
}

func (d *detail) showProblem(sentence string) {
	d.problem.SetText(sentence)
	d.problem.Hidden = sentence == ""
	d.Refresh()
}

func (d *detail) showHistory() {
	n := d.s.form.base
	ShowHistory(d.s.desk, d.s.office, n.Ref(), d.s.heading(n))
}
