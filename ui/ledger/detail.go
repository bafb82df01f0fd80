package ledger

import (
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
	past    *kit.PushButton
	away    *kit.PushButton
	bottom  fyne.CanvasObject
	whole   *fyne.Container
	nothing fyne.CanvasObject
}

func newDetail(s *Screen) *detail {
	d := &detail{s: s, title: kit.Section(""), tools: kit.HStack(theme.SizeGap)}
	d.nothing = kit.EmptyState(kit.T("Chọn một dòng ở danh sách, hoặc ghi mới."),
		kit.Primary(s.spec.Words.New, fynetheme.IconNameContentAdd, s.Create))
	d.past = kit.Quiet(kit.T("Lịch sử"), fynetheme.IconNameHistory, d.showHistory)
	d.away = kit.Quiet(kit.T("Xóa"), fynetheme.IconNameDelete, s.Delete)
	face := s.row.Face
	head := kit.VStack(theme.SizeGap, d.title, d.tools, face.Problem, face.Notice, face.Outside, s.differ)
	if s.spec.Beside != nil {
		head.Add(s.spec.Beside)
	}
	save := kit.Primary(kit.T("Lưu"), fynetheme.IconNameDocumentSave, s.Save)
	bottom := kit.InsetXY(theme.SizeGroup, theme.SizeGap, kit.Border(nil, nil, save, kit.HStack(theme.SizeGap, d.past, d.away), kit.InsetXY(theme.SizeGap, theme.SizeNone, face.Foot)))
	d.bottom = bottom
	d.whole = kit.Border(kit.InsetXY(theme.SizeGroup, theme.SizeGap, head), kit.VStack(theme.SizeNone, kit.Hairline(), bottom), nil, nil, s.form)
	face.OnTurned, s.differ.OnTurned = d.Refresh, d.Refresh
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

func (d *detail) show(n record.Noun) {
	d.nothing.Hide()
	d.whole.Show()
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

func (d *detail) showHistory() {
	n := d.s.form.base
	ShowHistory(d.s.desk, d.s.office, n.Ref(), d.s.heading(n))
}
