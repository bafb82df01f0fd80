package exchange

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"sophobien/internal/record"
	"sophobien/ui/kit"
	"sophobien/ui/theme"
)

// rebuild makes this PC the province again after the one that was is lost: two of the three
// persons come with their sticks, and an office gives the roster it has.
type rebuild struct {
	k *Keys

	keepers []*stickFields
	roster  *kit.PathEntry
	rosterF *kit.Field
	problem *kit.Note
	asking  *fyne.Container
	do      *kit.PushButton
	back    *kit.PushButton
	busy    bool

	heading *kit.Text
	about   *kit.Text
	digits  *digits
	result  *kit.Note
	files   *kit.Text
	told    *fyne.Container
	done    *kit.PushButton
	telling bool // what was made is shown, until a person goes on

	page *kit.FormScroll
}

func newRebuild(k *Keys) *rebuild {
	r := &rebuild{k: k, heading: kit.Page(""), about: kit.Paragraph(""), roster: kit.NewFolderEntry(k.desk), problem: kit.NewNote(kit.Wrong, ""),
		digits: newDigits(), result: kit.NewNote(kit.Fine, ""), files: kit.Paragraph("")}
	r.heading.Wrap = true
	r.problem.Hide()
	r.keepers = append(twoKeepers(k.desk), newStickFields(k.desk, kit.T("USB của người giữ thứ ba, nếu có"), kit.T("Mật khẩu của người thứ ba"), false))
	r.keepers[2].secretF.Hint(kit.T("Trên USB này có khóa phục hồi: mở được các gói đóng bằng khóa cũ. Không có thì các đơn vị giao lại."))
	r.rosterF = kit.NewField(kit.T("Thư mục có danh bạ mới nhất"), r.roster.Object())
	r.do = kit.Primary(kit.T("Dựng lại"), "", r.make)
	r.back = kit.Button(kit.T("Quay lại"), "", r.leave)
	r.asking = kit.VStack(theme.SizeGroup, r.rosterF, r.keepers[0].box, r.keepers[1].box, r.keepers[2].box, r.problem, kit.HStack(theme.SizeGap, r.do, r.back))
	r.done = kit.Primary(kit.T("Tiếp tục"), "", r.leave)
	r.told = kit.VStack(theme.SizeGroup, r.digits, r.result, r.files, kit.HStack(theme.SizeGap, r.done))
	r.page = kit.NewFormScroll(k.desk.Runner, kit.Wide(kit.VStack(theme.SizeGroup, kit.VStack(theme.SizeGap, r.heading, r.about), r.asking, r.told)))
	r.page.Hide()
	return r
}

// first is what gets the keyboard when one comes here.
func (r *rebuild) first() fyne.Focusable {
	if r.telling {
		return r.done
	}
	return r.roster.Focusable()
}

// ask shows the fields.
func (r *rebuild) ask() {
	r.telling = false
	r.k.replacing.page.Hide()
	r.problem.Hide()
	r.heading.SetText(kit.T("Dựng lại cấp tỉnh trên máy này"))
	r.about.SetText(kit.T("Dùng khi máy giữ khóa của tỉnh đã hỏng hay mất. Còn bản sao lưu thì khôi phục trước rồi mới dựng lại. Hai trong ba người giữ khóa gốc mang USB đến và tự gõ mật khẩu. Các đơn vị không phải đăng ký lại: dãy số trong công văn vẫn như cũ, danh bạ và biên nhận tới mang khóa mới đến."))
	hint := kit.T("USB hay thư mục mang biên nhận gần nhất về một đơn vị có tệp danh bạ này. Không còn thì máy của đơn vị ghi lại bằng lệnh sophobienctl keys roster.")
	if n := r.k.state.RosterVersion; n > 0 {
		hint = kit.T("Máy này đã có danh bạ bản {{.N}}. Để trống nếu không đơn vị nào có bản mới hơn.", map[string]any{"N": kit.Number(n)})
	}
	r.rosterF.Hint(hint)
	r.show()
}

func (r *rebuild) show() {
	kit.SetVisible(r.asking, !r.telling)
	kit.SetVisible(r.told, r.telling)
	r.page.Show()
	r.k.stages()
	r.page.ToTop()
	r.page.Refresh()
	r.k.desk.Window.Canvas().Focus(r.first())
}

func (r *rebuild) make() {
	sticks, ok := sticksOf(r.keepers)
	if !ok || r.busy {
		return
	}
	r.busy = true
	r.do.Disable()
	r.problem.Hide()
	ask := record.Rebuild{Sticks: sticks, Roster: strings.TrimSpace(r.roster.Text)}
	kit.Do(r.k.desk.Runner, func(ctx context.Context) (record.Rebuilt, error) { return r.k.p.RebuildProvince(ctx, ask) }, func(made record.Rebuilt, err error) {
		r.busy = false
		r.do.Enable()
		if err != nil {
			r.problem.SetText(kit.Sentence(err))
			r.problem.Show()
			r.page.Refresh()
			return
		}
		forget(r.keepers)
		r.tell(made)
	})
}

func (r *rebuild) tell(made record.Rebuilt) {
	r.telling = true
	r.heading.SetText(kit.T("Máy này nay là máy của tỉnh"))
	r.about.SetText(kit.T("Danh bạ bản {{.N}} đã sẵn, có {{.Machines}} máy. Dãy số dưới đây phải đúng như trong công văn đã gửi các đơn vị.", map[string]any{
		"N": kit.Number(made.RosterVersion), "Machines": kit.Number(int64(made.Machines))}))
	r.digits.set(made.RootFingerprint)
	if made.Opens {
		r.result.Set(kit.Fine, kit.T("Gói các đơn vị đã đóng bằng khóa cũ vẫn nhận được ở Nhận và trả."))
	} else {
		r.result.Set(kit.Attention, kit.T("Không có khóa phục hồi trên các USB này: gói đóng bằng khóa cũ không mở được. Các đơn vị đóng lại khi nhận danh bạ mới."))
	}
	lines := []string{kit.T("Bây giờ ghi biên nhận cho tất cả ở Nhận và trả: các đơn vị giao lại những gì máy này chưa có. Những điều tỉnh đã trả lời hay kết luận chỉ còn nếu sổ này khôi phục từ bản sao lưu.")}
	if made.Recovery != "" {
		lines = append(lines, kit.T("Khóa phục hồi mới, người giữ cất cùng USB: {{.File}}", map[string]any{"File": made.Recovery}))
	}
	lines = append(lines, kit.T("Nếu máy cũ có thể ở trong tay người khác: thu hồi máy ấy trong danh sách."))
	r.files.SetText(strings.Join(lines, "\n"))
	r.show()
	r.k.desk.Restate()
}

// leave goes back to the machines, or to how keys are made.
func (r *rebuild) leave() {
	r.telling = false
	r.page.Hide()
	forget(r.keepers)
	r.k.stages()
	r.k.Reload()
}
