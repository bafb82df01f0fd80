package settings

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// Drills is what trying a backup asks of the running office.
type Drills interface {
	Drill(ctx context.Context) (record.DrillResult, error)
	RestoreDrill(ctx context.Context, progress func(done, total int64)) (record.DrillResult, error)
}

// drill says how the last trial restore went, and makes one.
type drill struct {
	desk    kit.Desk
	office  Drills
	state   *kit.Note
	content fyne.CanvasObject
}

func newDrill(desk kit.Desk, office Drills) *drill {
	d := &drill{desk: desk, office: office, state: kit.NewNote(kit.Plain, "")}
	d.content = kit.VStack(theme.SizeGap,
		kit.Paragraph(kit.T("Bản sao lưu chỉ có ích khi khôi phục được. Mỗi tháng, lúc không ai dùng máy, sổ khôi phục thử bản mới nhất vào chỗ tạm, đếm lại, so với sổ rồi xóa. Sổ đang dùng không bị động đến.")),
		d.state,
		kit.HStack(theme.SizeGap, kit.Button(kit.T("Thử khôi phục"), theme.IconShield, d.try)))
	return d
}

// show says how the last one went.
func (d *drill) show(r record.DrillResult) {
	at, err := time.Parse(time.RFC3339, r.At)
	if err != nil {
		d.state.Set(kit.Attention, kit.T("Chưa thử khôi phục lần nào."))
		return
	}
	data := map[string]any{"Day": record.DateOf(at.In(d.desk.Now().Location())).String(), "Rows": kit.Number(r.Rows), "Why": kit.In(r.Why)}
	if r.OK {
		d.state.Set(kit.Fine, kit.T("Đã thử khôi phục ngày {{.Day}}: {{.Rows}} bản ghi, khớp.", data))
		return
	}
	d.state.Set(kit.Wrong, kit.T("Thử khôi phục ngày {{.Day}} không đạt: {{.Why}}", data))
}

func (d *drill) try() {
	kit.RunWithProgress(d.desk.Runner, d.desk.Window, kit.T("Đang thử khôi phục"), d.office.RestoreDrill, func(r record.DrillResult, err error) {
		switch {
		case errors.Is(err, context.Canceled):
			d.state.Set(kit.Plain, kit.T("Đã dừng thử khôi phục. Sổ và bản sao lưu vẫn nguyên."))
		case err != nil:
			d.state.Set(kit.Wrong, kit.Sentence(err))
		default:
			d.show(r)
		}
		d.desk.Restate()
	})
}
