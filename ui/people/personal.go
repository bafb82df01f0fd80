package people

import (
	"context"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/ledger"
	"sophobien/ui/theme"
)

// personal is the view of what the time kept is over for, and of the log.
type personal struct {
	widget.BaseWidget

	desk   kit.Desk
	office Office
	asks   *kit.Latest

	names  *kit.Note
	hide   *kit.PushButton
	fields *kit.Note
	clear  *kit.PushButton
	log    *ledger.List
}

func newPersonal(desk kit.Desk, office Office) *personal {
	p := &personal{desk: desk, office: office, asks: kit.NewLatest(desk.Runner), names: kit.NewNote(kit.Plain, ""), fields: kit.NewNote(kit.Plain, "")}
	p.hide = kit.Button(kit.T("Ẩn tên…"), fynetheme.IconNameVisibilityOff, p.askHide)
	p.clear = kit.Button(kit.T("Xóa thông tin tùy chọn…"), fynetheme.IconNameDelete, p.askClear)
	p.log = ledger.NewList(desk, office, nil, "custody", ledger.ListWords{Nothing: kit.T("Nhật ký dữ liệu cá nhân chưa có gì.")})
	p.log.OnOpen = func(record.ID) {}
	p.ExtendBaseWidget(p)
	return p
}

func (p *personal) reload() {
	p.log.Reload()
	kit.Ask(p.asks, p.office.PersonalDue, p.show)
}

func (p *personal) show(due record.PersonalDue, err error) {
	fields := 0
	for _, n := range due.Fields {
		fields += n
	}
	switch {
	case err != nil:
		p.names.Set(kit.Wrong, kit.Sentence(err))
	case due.Names > 0:
		p.names.Set(kit.Attention, kit.T("{{.N}} người chỉ có trong danh sách trước ngày {{.Day}} vẫn còn tên; thời hạn giữ tên đã hết.", map[string]any{"N": kit.Number(int64(due.Names)), "Day": due.Before.String()}))
	case due.Askers > 0:
		p.names.Set(kit.Attention, kit.T("{{.N}} câu hỏi đã trả lời, nhận trước ngày {{.Day}}, vẫn ghi người hỏi; thời hạn giữ đã hết.", map[string]any{"N": kit.Number(int64(due.Askers)), "Day": due.Before.String()}))
	default:
		p.names.Set(kit.Fine, kit.T("Không có tên nào quá thời hạn giữ (trước ngày {{.Day}}).", map[string]any{"Day": due.Before.String()}))
	}
	p.fields.Set(kit.Fine, kit.T("Không có thông tin tùy chọn nào quá thời hạn giữ."))
	if fields > 0 {
		words := ""
		for _, t := range record.OptionalFields {
			if n := due.Fields[t.Code]; n > 0 {
				if words != "" {
					words += ", "
				}
				words += kit.In(t.Words) + ": " + kit.Number(int64(n))
			}
		}
		p.fields.Set(kit.Attention, kit.T("Thông tin tùy chọn đã hết thời hạn giữ: {{.Fields}}.", map[string]any{"Fields": words}))
	}
	p.hide.Hidden, p.clear.Hidden = due.Names+due.Askers == 0, fields == 0
	p.Refresh()
}

func (p *personal) askHide() {
	kit.Confirm(p.desk.Window, kit.Confirmation{
		Heading: kit.T("Ẩn các tên đã hết thời hạn giữ?"),
		Loss:    kit.T("Họ tên, ngày sinh, chức vụ và thông tin tùy chọn của những người này bị xóa hẳn, cả trong lịch sử; không hoàn tác được. Giới tính, nhóm, số lượt và mọi số liệu báo cáo giữ nguyên. Người đã dự lại sau đó và người trong mạng lưới vẫn giữ tên."),
		Do:      kit.T("Ẩn tên"), Keep: kit.T("Để sau"),
	}, func() {
		p.run(p.hide, func(ctx context.Context) (record.Forgotten, error) { return p.office.HideOldNames(ctx, "") })
	})
}

func (p *personal) askClear() {
	kit.Confirm(p.desk.Window, kit.Confirmation{
		Heading: kit.T("Xóa thông tin tùy chọn đã hết thời hạn giữ?"),
		Loss:    kit.T("Các ô tùy chọn đã quá số tháng ghi ở Thiết lập bị xóa hẳn, cả trong lịch sử; không hoàn tác được. Họ tên và số liệu giữ nguyên."),
		Do:      kit.T("Xóa"), Keep: kit.T("Để sau"),
	}, func() { p.run(p.clear, p.office.ClearOldFields) })
}

// run does long work with its button resting.
func (p *personal) run(button *kit.PushButton, work func(context.Context) (record.Forgotten, error)) {
	button.Disable()
	kit.Do(p.desk.Runner, work, func(gone record.Forgotten, err error) {
		button.Enable()
		if err != nil {
			p.desk.Say(kit.Sentence(err), nil)
		} else {
			p.desk.Say(kit.T("Đã xử lý dữ liệu của {{.N}} người; số liệu giữ nguyên.", map[string]any{"N": kit.Number(int64(gone.People))}), nil)
		}
		p.reload()
	})
}

// CreateRenderer puts what is due above the log.
func (p *personal) CreateRenderer() fyne.WidgetRenderer {
	line := func(n *kit.Note, b *kit.PushButton) fyne.CanvasObject {
		return kit.Border(nil, nil, nil, b, kit.InsetXY(theme.SizeNone, theme.SizeGap, n))
	}
	top := kit.VStack(theme.SizeGap, kit.Section(kit.T("Thời hạn giữ")), line(p.names, p.hide), line(p.fields, p.clear),
		kit.Section(kit.T("Nhật ký dữ liệu cá nhân")))
	return widget.NewSimpleRenderer(kit.Border(kit.InsetXY(theme.SizeGroup, theme.SizeGroup, top), nil, nil, nil, p.log))
}
