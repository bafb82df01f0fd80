package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Mover is an office that goes on under another unit once its own was reorganised away.
type Mover interface {
	// UnitEnd says whether it was, and for which units the office may report instead.
	UnitEnd(ctx context.Context) (record.UnitEnd, error)
	MoveOffice(ctx context.Context, unit record.ID) (record.Change, error)
}

// moving is where the office chooses the unit it reports for from now on. It is there only
// while there is something to choose.
type moving struct {
	desk    kit.Desk
	office  Mover
	end     record.UnitEnd
	why     *kit.Note
	units   *fyne.Container // a button for each
	problem *kit.Note
	content fyne.CanvasObject
	moved   func()
}

func newMoving(desk kit.Desk, office Mover, moved func()) *moving {
	m := &moving{desk: desk, office: office, moved: moved, why: kit.NewNote(kit.Attention, ""), units: kit.Flow(), problem: kit.NewNote(kit.Wrong, "")}
	m.problem.Hide()
	m.content = kit.Wide(kit.VStack(theme.SizeGap, kit.Section(kit.T("Đơn vị báo cáo")), m.why, m.units, m.problem))
	m.content.Hide()
	return m
}

func (m *moving) show(end record.UnitEnd) {
	m.end = end
	m.problem.Hide()
	m.why.Set(kit.Attention, m.words())
	m.units.RemoveAll()
	for _, u := range end.Heirs {
		m.units.Add(kit.Button(kit.T("Đổi sang {{.Unit}}…", map[string]any{"Unit": u.Name}), "", func() { m.ask(u) }))
	}
	kit.SetVisible(m.content, end.Unit != "")
}

func (m *moving) words() string {
	data := map[string]any{"Unit": m.end.Unit, "Day": m.end.From.String(), "Into": m.end.Into}
	switch {
	case m.end.Into == "":
		return kit.T("Đơn vị {{.Unit}} đã kết thúc từ ngày {{.Day}} và không có đơn vị nhận. Hãy giao hết phần còn lại cho cấp trên, ở Trao đổi.", data)
	case len(m.end.Heirs) == 1:
		return kit.T("Đơn vị {{.Unit}} đã sắp xếp vào {{.Into}} từ ngày {{.Day}}. Hãy đổi đơn vị báo cáo; những gì đã ghi giữ nguyên.", data)
	}
	return kit.T("Đơn vị {{.Unit}} đã sắp xếp vào {{.Into}} từ ngày {{.Day}}. Hãy chọn đơn vị cơ quan báo cáo từ nay; những gì đã ghi giữ nguyên.", data)
}

func (m *moving) ask(u record.UnitChoice) {
	data := map[string]any{"Old": m.end.Unit, "New": u.Name}
	kit.Confirm(m.desk.Window, kit.Confirmation{
		Heading: kit.T("Từ nay báo cáo cho {{.New}}?", data),
		Loss:    kit.T("Việc đã ghi và đã giao vẫn đứng tên {{.Old}}. Từ nay hoạt động mới, báo cáo và gói giao đi đứng tên {{.New}}. Tên cơ quan và người ký không tự đổi; hãy xem lại sau.", data),
		Do:      kit.T("Đổi đơn vị báo cáo"), Keep: kit.T("Để nguyên"),
	}, func() { m.move(u) })
}

func (m *moving) move(u record.UnitChoice) {
	kit.Do(m.desk.Runner, func(ctx context.Context) (record.Change, error) {
		return m.office.MoveOffice(ctx, u.ID)
	}, func(_ record.Change, err error) {
		if err != nil {
			m.problem.Set(kit.Wrong, kit.Sentence(err))
			m.problem.Show()
			m.content.Refresh()
			return
		}
		m.desk.Say(kit.T("Từ nay báo cáo cho {{.New}}.", map[string]any{"New": u.Name}), nil)
		m.moved()
	})
}
