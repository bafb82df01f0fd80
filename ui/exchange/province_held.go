package exchange

import (
	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// heldLines is how many of the lines are shown: who decides looks at what it is about.
const heldLines = 60

// heldDetail is what is held of a machine: from when, what it says, and what letting it in
// means.
type heldDetail struct {
	d *machineDetail
	h record.Held

	count *kit.Note
	why   *kit.Text
	lines *fyne.Container
	letIn *kit.PushButton
	box   *fyne.Container
}

func newHeldDetail(d *machineDetail) *heldDetail {
	held := &heldDetail{d: d, count: kit.NewNote(kit.Attention, ""), why: kit.Paragraph(""), lines: kit.VStack(theme.SizeTight)}
	held.letIn = kit.Button(kit.T("Cho vào sổ…"), "", held.ask)
	held.box = kit.VStack(theme.SizeGap, held.count, held.why, held.lines, kit.HStack(theme.SizeGap, held.letIn))
	held.box.Hide()
	return held
}

func (held *heldDetail) show(h record.Held) {
	held.h = h
	kit.SetVisible(held.box, h.Entries > 0)
	if h.Entries == 0 {
		return
	}
	held.count.SetText(kit.T("Đang giữ {{.N}} mục, ghi từ {{.From}} đến {{.To}} theo đồng hồ máy ấy.", held.numbers()))
	why := kit.T("Máy chưa có trong danh bạ nên chưa kiểm tra được chữ ký. Đề nghị đơn vị gửi tệp đăng ký máy; duyệt xong thì phần này tự vào sổ.")
	if h.Why == "revoked" {
		why = kit.T("Ghi sau chỗ máy bị thu hồi. Gọi đơn vị hỏi ai đã ghi. Đúng là người của đơn vị thì cho vào sổ; không thì để nguyên: phần này vẫn giữ, không tính vào đâu.")
	}
	held.why.SetText(why)
	held.lines.RemoveAll()
	for _, l := range h.Lines[:min(len(h.Lines), heldLines)] {
		line := kit.Caption(dayWords(held.d.k.desk, l.At) + " · " + kit.In(l.Words))
		line.Wrap = true
		held.lines.Add(line)
	}
	if more := len(h.Lines) - heldLines; more > 0 {
		held.lines.Add(kit.Caption(kit.T("và {{.N}} dòng nữa", map[string]any{"N": kit.Number(int64(more))})))
	}
	kit.SetVisible(held.letIn, h.Why == "revoked" && held.d.k.state.Signs)
}

func (held *heldDetail) numbers() map[string]any {
	day := func(stamp string) string { return dayWords(held.d.k.desk, stamp) }
	return map[string]any{"N": kit.Number(int64(held.h.Entries)), "From": day(held.h.From), "To": day(held.h.To),
		"Name": held.d.m.Name, "Unit": held.d.m.UnitName}
}

// ask says what letting in means before it is done: it cannot be taken back.
func (held *heldDetail) ask() {
	names := held.numbers()
	kit.Confirm(held.d.k.desk.Window, kit.Confirmation{
		Heading: kit.T("Cho {{.N}} mục của máy {{.Name}} ({{.Unit}}) vào sổ?", names),
		Loss:    kit.T("Các mục ghi từ {{.From}} đến {{.To}} sẽ tính như mọi mục khác của đơn vị; các đơn vị biết qua danh bạ mới. Không lấy lại được. Máy ấy vẫn bị thu hồi.", names),
		Do:      kit.T("Cho vào sổ"), Keep: kit.T("Để nguyên"),
	}, func() {
		held.d.k.do(held.d.k.p.ReleaseMachine, held.h.Device, kit.T("Đã cho {{.N}} mục của máy {{.Name}} vào sổ.", names))
	})
}
