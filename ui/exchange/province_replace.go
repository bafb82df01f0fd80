package exchange

import (
	"context"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// keyWords say of each of record.ProvinceKeys what it does and what offices see when it is
// replaced.
func keyWords(role string) string {
	switch role {
	case "registrar":
		return kit.T("Khóa lập danh bạ ký danh bạ: máy nào được nhận, gói đóng cho ai. Thay khi khóa bị lộ. Đơn vị không phải làm gì: danh bạ mới mang khóa mới đến, danh bạ ký bằng khóa cũ không còn giá trị.")
	case "ack":
		return kit.T("Khóa biên nhận ký biên nhận gửi các đơn vị. Thay khi khóa bị lộ. Đơn vị không phải làm gì: biên nhận tới ký bằng khóa mới và được tin khi có danh bạ mới.")
	case "content":
		return kit.T("Khóa tài liệu ký các gói văn bản pháp luật. Thay khi khóa bị lộ. Đơn vị không phải làm gì; gói ký bằng khóa cũ không còn cài được.")
	}
	return kit.T("Khóa nhận gói mở các gói đơn vị giao lên. Thay khi máy này từng ở trong tay người khác. Đơn vị đóng gói bằng khóa mới từ khi nhận danh bạ mới; gói đang trên đường vẫn mở được. Gói cũ đã lọt ra ngoài thì không đóng lại được. Khóa này không cần USB.")
}

// replacing asks which key of the province is to be replaced and for two of the three
// sticks, and says beforehand what comes of it.
type replacing struct {
	k *Keys

	which   *kit.Select
	about   *kit.Text
	keepers []*stickFields
	sticks  *fyne.Container
	problem *kit.Note
	do      *kit.PushButton
	page    *kit.FormScroll
}

func newReplacing(k *Keys) *replacing {
	r := &replacing{k: k, about: kit.Paragraph(""), keepers: twoKeepers(k.desk), problem: kit.NewNote(kit.Wrong, "")}
	var options []string
	for _, t := range record.ProvinceKeys {
		options = append(options, kit.In(t.Words))
	}
	r.which = kit.NewSelect(options, func(string) { r.choose() })
	r.sticks = kit.VStack(theme.SizeGroup, r.keepers[0].box, r.keepers[1].box)
	r.do = kit.Primary(kit.T("Thay khóa"), "", r.replace)
	heading := kit.Page(kit.T("Thay khóa của tỉnh"))
	heading.Wrap = true
	r.page = kit.NewFormScroll(k.desk.Runner, kit.Wide(kit.VStack(theme.SizeGroup, heading, kit.NewField(kit.T("Khóa cần thay"), r.which), r.about,
		r.sticks, r.problem, kit.HStack(theme.SizeGap, r.do, kit.Button(kit.T("Quay lại"), "", r.leave)))))
	r.page.Hide()
	return r
}

// first is what gets the keyboard when one comes here.
func (r *replacing) first() fyne.Focusable { return r.which }

func (r *replacing) role() string { return record.ProvinceKeys[max(r.which.SelectedIndex(), 0)].Code }

func (r *replacing) choose() {
	r.about.SetText(keyWords(r.role()))
	kit.SetVisible(r.sticks, r.role() != record.KeyWorking)
	r.problem.Hide()
	r.page.Refresh()
}

// AskReplace shows how a key of the province is replaced.
func (k *Keys) AskReplace() {
	r := k.replacing
	r.which.SetSelectedIndex(0)
	r.choose()
	r.page.Show()
	k.stages()
	r.page.ToTop()
	k.desk.Window.Canvas().Focus(r.first())
}

func (r *replacing) replace() {
	sticks, ok := []record.RootStick(nil), true
	if r.role() != record.KeyWorking {
		sticks, ok = sticksOf(r.keepers)
	}
	if !ok {
		return
	}
	role, name := r.role(), r.which.Selected
	r.do.Disable()
	kit.Do(r.k.desk.Runner, func(ctx context.Context) (struct{}, error) { return struct{}{}, r.k.p.ReplaceKey(ctx, role, sticks) }, func(_ struct{}, err error) {
		r.do.Enable()
		if err != nil {
			r.problem.SetText(kit.Sentence(err))
			r.problem.Show()
			r.page.Refresh()
			return
		}
		r.leave()
		r.k.told(kit.T("Đã thay khóa: {{.Key}}.", map[string]any{"Key": name}))
	})
}

// leave goes back to the machines.
func (r *replacing) leave() {
	forget(r.keepers)
	r.page.Hide()
	r.k.stages()
	r.k.desk.Window.Canvas().Focus(r.k.replacer)
}

// told says what changed on the roster, and that it is to be handed out, with the keyboard
// on the button that does.
func (k *Keys) told(said string) {
	k.changed.SetText(kit.T("Danh bạ đã đổi. Các đơn vị biết khi nhận danh bạ mới: ghi danh bạ, hoặc ghi biên nhận cho tất cả."))
	k.changed.Show()
	k.desk.Say(said, nil)
	k.Reload()
	k.desk.Window.Canvas().Focus(k.writing)
}
